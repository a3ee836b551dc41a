package workspace

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/tabular"
)

// pricing is how amounts become amounts of one currency.
type pricing string

const (
	oneCurrency pricing = ""          // there is no other; amounts are as they are
	setApart    pricing = "apart"     // orders in other currencies do not count
	converted   pricing = "converted" // they count at exchange rates, where one is known
)

// CurrencyTotal is what the orders of one currency brought up to the as-of date.
// Money is never added up over currencies.
type CurrencyTotal struct {
	Currency   string          `json:"currency"`    // ISO code; empty for orders that name none
	Orders     int64           `json:"orders"`      // purchases
	Customers  int64           `json:"customers"`   // who made them
	NetRevenue tabular.Decimal `json:"net_revenue"` // in that currency
	Counted    int64           `json:"counted"`     // of the purchases, those in the analysis; the others are set aside
	Revenue    tabular.Decimal `json:"revenue"`     // what they bring in it, in the currency of the analysis
}

// Apart is how many purchases are set aside.
func (c CurrencyTotal) Apart() int64 { return c.Orders - c.Counted }

// parts are the parts of queries that look at money under a pricing.
func (p pricing) parts(args duck.Args) map[string]duck.Call {
	named := map[string]string{}
	switch p {
	case oneCurrency: // what the parts are anyway
	case setApart:
		named["derive/sold"], named["derive/spent"] = "derive/sold_apart", "derive/spent_apart"
		named["derive/in_currency"] = "derive/in_currency_apart"
	case converted:
		named["derive/sold"], named["derive/spent"] = "derive/sold_converted", "derive/spent_converted"
		named["derive/in_currency"] = "derive/in_currency_converted"
	}
	parts := map[string]duck.Call{}
	for part, name := range named {
		parts[part] = duck.Call{Name: name, Args: args}
	}
	return parts
}

// priced completes a question about single orders: in the currency of the analysis,
// and in the time zone in force. Parameters of a question without arguments stay open.
func (d derived) priced(c duck.Call) duck.Call {
	zone, local := d.Settings.TimeZone, "local_zone"
	if zone == "" || zone == "UTC" {
		zone, local = "UTC", "local_utc"
	}
	c.Idents = duck.Idents{"local": local}
	if c.Args != nil {
		c.Args = maps.Clone(c.Args)
		c.Args["currency"], c.Args["zone"] = d.Currency, zone
	}
	c.Parts = d.Pricing.parts(c.Args)
	return c
}

// priceIn decides which currency the analysis counts in, and how amounts in others
// come to it. most is that of most orders, several whether there are others, spend
// those of channel costs.
func (d *deriver) priceIn(ctx context.Context, most string, several bool, spend []any) error {
	var counts []row
	if several {
		res, err := d.tx.Query(ctx, duck.Call{Name: "derive/currency_counts"})
		if err != nil {
			return err
		}
		counts = rowsOf(res)
		most = counts[0].text("currency")
	}
	d.out.Currency = most
	if d.set.Currency != "" {
		d.out.Currency = d.set.Currency
	}
	foreign := func(c string) bool { return c != "" && c != d.out.Currency }
	strange := several || foreign(most) || slices.ContainsFunc(spend, func(v any) bool {
		c, _ := v.(string)
		return d.out.Currency != "" && foreign(c)
	})
	if !strange {
		return nil
	}
	d.out.Pricing = setApart
	if d.set.Rates == "" {
		return nil
	}
	d.out.Pricing = converted
	kept, err := keptRates(d.set.Rates)
	if err != nil {
		return err
	}
	var currencies, days, values []string
	for _, r := range ratesInto(kept, d.out.Currency) {
		currencies, days, values = append(currencies, r.currency), append(days, r.since.Format(time.DateOnly)), append(values, decimals(r.value))
	}
	_, err = d.tx.Exec(ctx, duck.Call{Name: "derive/rates", Args: duck.Args{"currencies": list(currencies), "days": list(days), "rates": list(values)}})
	return err
}

// list is a list that is empty, not null, without elements.
func list(texts []string) []string { return append([]string{}, texts...) }

// currencies sums up what each currency brought, where there is more than one. It
// returns a *NoAnswerError when the currency that was asked for is that of none.
func (d *deriver) currencies(ctx context.Context) error {
	if d.out.Pricing == oneCurrency {
		_, err := d.tx.Exec(ctx, duck.Call{Name: "derive/no_rates"})
		return err
	}
	own := d.parts["orders"] // without a pricing: amounts as they are
	own.Parts = nil
	counted, err := d.tx.Query(ctx, d.call("derive/currencies"))
	if err != nil {
		return err
	}
	c := d.call("derive/currencies")
	c.Parts = map[string]duck.Call{"orders": own}
	all, err := d.tx.Query(ctx, c)
	if err != nil {
		return err
	}
	byCode := map[string]row{}
	for _, r := range rowsOf(counted) {
		byCode[r.text("currency")] = r
	}
	var counts int64
	for _, r := range rowsOf(all) {
		t := CurrencyTotal{Currency: r.text("currency"), Orders: r.whole("orders"), Customers: r.whole("customers"), NetRevenue: r.money("net_revenue")}
		if in, ok := byCode[t.Currency]; ok {
			t.Counted, t.Revenue = in.whole("orders"), in.money("net_revenue")
		}
		counts += t.Counted
		d.out.Currencies = append(d.out.Currencies, t)
	}
	res, err := d.tx.Query(ctx, d.call("derive/spend_apart"))
	if err != nil {
		return err
	}
	d.out.SpendApart, _ = res.Rows[0][0].(int64)
	if counts == 0 && d.set.Currency != "" && len(d.out.Currencies) > 0 {
		return &NoAnswerError{i18n.T("no order counts in %s: the orders are in %s; choose one of these, or give exchange rates (--rates FILE)", d.set.Currency, codes(d.out.Currencies))}
	}
	return nil
}

func codes(list []CurrencyTotal) string {
	var texts []string
	for _, c := range list {
		if c.Currency != "" {
			texts = append(texts, c.Currency)
		}
	}
	return strings.Join(texts, ", ")
}

// currencyWarnings says what is set aside, and what was converted.
func (d derived) currencyWarnings() []string {
	var out, apart, exchanged []string
	for _, c := range d.Currencies {
		text := i18n.T("%s: %d order{s} of %d customer{s}, net revenue %s", c.Currency, c.Orders, c.Customers, c.NetRevenue.String())
		switch {
		case c.Currency == "" && c.Orders > 0:
			out = append(out, i18n.T("%d order{s} {names no currency and is|name no currency and are} taken to be in %s", c.Orders, d.Currency))
		case c.Currency == d.Currency || c.Orders == 0 && c.NetRevenue.Unscaled == 0:
		case c.Counted == 0:
			apart = append(apart, text)
		case c.Apart() > 0:
			apart = append(apart, i18n.T("%s: %d of %d order{s}, from before the first known rate", c.Currency, c.Apart(), c.Orders))
			fallthrough
		default:
			exchanged = append(exchanged, text)
		}
	}
	if len(apart) > 0 {
		out = append(out, i18n.T("amounts in other currencies than %s are not added up; set aside from all figures are %s; --currency chooses another, --rates FILE converts", d.Currency, strings.Join(apart, "; ")))
	}
	if len(exchanged) > 0 {
		out = append(out, i18n.T("converted into %s at the rates in force: %s", d.Currency, strings.Join(exchanged, "; ")))
	}
	if d.SpendApart > 0 {
		out = append(out, i18n.T("%d line{s} of channel costs {is in another currency|are in other currencies} than %s and set aside", d.SpendApart, d.Currency))
	}
	return out
}

// apart counts the purchases that are set aside for their currency.
func (d derived) apart() int64 {
	var n int64
	for _, c := range d.Currencies {
		n += c.Apart()
	}
	return n
}
