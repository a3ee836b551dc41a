package demo

import (
	"context"
	"fmt"
	"slices"
)

// product is one article of the shop. Prices are in cents.
type product struct {
	sku, name, category, brand string
	price, cost                int
}

// families are the categories with what their names and prices are made of.
var families = []struct {
	category, prefix string
	base             int // cents
	qualities        [4]string
	things           [5]string
}{
	{"Tea", "TEA", 690, [4]string{"Spring", "Smoked", "Mountain", "Old Tree"}, [5]string{"Green Tea 100 g", "Oolong 100 g", "Black Tea 250 g", "White Tea 50 g", "Pu'er Cake 357 g"}},
	{"Coffee", "COF", 850, [4]string{"House", "Washed", "Natural", "Reserve"}, [5]string{"Espresso 250 g", "Filter Roast 250 g", "Decaf 250 g", "Espresso 1 kg", "Sampler Box"}},
	{"Ceramics", "CER", 1450, [4]string{"Celadon", "Ash Glaze", "Indigo", "Wood-Fired"}, [5]string{"Cup", "Bowl", "Teapot", "Plate Set", "Vase"}},
	{"Kitchen", "KIT", 1190, [4]string{"Steel", "Beech", "Copper", "Cast Iron"}, [5]string{"Scoop", "Kettle", "Board", "Pan", "Knife"}},
	{"Textiles", "TEX", 1290, [4]string{"Linen", "Cotton", "Wool", "Hemp"}, [5]string{"Tea Towel", "Apron", "Cushion", "Throw", "Table Runner"}},
	{"Stationery", "STA", 390, [4]string{"Plain", "Ruled", "Marbled", "Gilt"}, [5]string{"Notebook", "Card Set", "Fountain Pen", "Ink 50 ml", "Desk Tray"}},
	{"Candles", "CAN", 950, [4]string{"Cedar", "Fig", "Osmanthus", "Sea Salt"}, [5]string{"Candle 90 g", "Candle 220 g", "Incense", "Diffuser", "Holder"}},
	{"Garden", "GAR", 490, [4]string{"Terracotta", "Zinc", "Glazed", "Oak"}, [5]string{"Seed Tin", "Pot", "Trowel", "Watering Can", "Planter"}},
}

// dearness scales a family's base price from its cheapest thing to its dearest.
var dearness = [5]int{100, 170, 260, 390, 640}

var brands = [...]string{"Hollow & Reed", "Maison Tarn", "Nordlicht", "Ninefold", "Casa Ombra", "Kiln Street"}

// catalog is the range of products, and byPrice the same from cheap to dear.
var catalog, byPrice = func() ([]product, []*product) {
	var all []product
	for f := range families {
		family := &families[f]
		for t, thing := range family.things {
			for q, quality := range family.qualities {
				n := len(all)
				price := family.base*dearness[t]/100*(100+18*q)/100/50*50 + 40 + 10*(n%6)
				all = append(all, product{
					sku:      fmt.Sprintf("%s-%04d", family.prefix, 100*(t+1)+q+1),
					name:     quality + " " + thing,
					category: family.category,
					brand:    brands[(n*5+f)%len(brands)],
					price:    price,
					cost:     price * (34 + (n*7)%25) / 100,
				})
			}
		}
	}
	sorted := make([]*product, len(all))
	for i := range all {
		sorted[i] = &all[i]
	}
	slices.SortFunc(sorted, func(a, b *product) int { return a.price - b.price })
	return all, sorted
}()

// perFamily is how many products stand together in catalog for each family.
var perFamily = len(catalog) / len(families)

// pick draws a product; half of the time from the family the customer likes.
func pick(d *dice, liked int) *product {
	family := liked
	if d.chance(0.5) {
		family = d.below(len(families))
	}
	return &catalog[family*perFamily+d.below(perFamily)]
}

// closest is the cheapest product that costs at least cents, or the dearest of
// all, with the quantity that reaches cents.
func closest(cents int) (p *product, quantity int) {
	at, _ := slices.BinarySearchFunc(byPrice, cents, func(p *product, c int) int { return p.price - c })
	if at < len(byPrice) {
		return byPrice[at], 1
	}
	p = byPrice[len(byPrice)-1]
	return p, (cents + p.price - 1) / p.price
}

// appendLines writes the order lines of an order, whose amounts sum to subtotal
// cents, and returns how many there are. The last line makes up the difference:
// a product just dear enough, with the excess as line discount.
func appendLines(dst []byte, d *dice, orderID []byte, liked, subtotal int) (lines []byte, count int) {
	rest := subtotal
	for count < 4 && d.chance(0.55) {
		p, quantity := pick(d, liked), 1
		if d.chance(0.18) {
			quantity = 2
		}
		if p.price*quantity >= rest {
			break
		}
		dst = appendLine(dst, orderID, p, quantity, 0)
		rest -= p.price * quantity
		count++
	}
	p, quantity := closest(rest)
	dst = appendLine(dst, orderID, p, quantity, quantity*p.price-rest)
	return dst, count + 1
}

// lineHeader names the columns of order_lines.csv.
const lineHeader = "Order ID,SKU,Product Name,Category,Quantity,Unit Price,Line Discount,Unit Cost\n"

func appendLine(dst, orderID []byte, p *product, quantity, discount int) []byte {
	dst = append(append(dst, orderID...), ',')
	dst = append(append(dst, p.sku...), ',')
	dst = append(append(dst, p.name...), ',')
	dst = append(append(dst, p.category...), ',')
	dst = append(appendPadded(dst, quantity, 1), ',')
	dst = append(appendMoney(dst, p.price), ',')
	dst = append(appendMoney(dst, discount), ',')
	return append(appendMoney(dst, p.cost), '\n')
}

const productHeader = "SKU,Product Name,Category,Brand,Unit Cost\n"

// writeProducts writes products.csv.
func writeProducts(_ context.Context, e *export) {
	for i := range catalog {
		p := &catalog[i]
		e.text(p.sku, ',').text(p.name, ',').text(p.category, ',').text(p.brand, ',').money(p.cost, '\n')
	}
}
