package workspace

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"worth/internal/tabular"
)

// mixedOrders are orders in three currencies, one that names none among them.
const mixedOrders = `order_id,customer_id,order_date,amount,currency
1,a,2026-01-05,100,EUR
2,a,2026-02-05,50,EUR
3,b,2026-01-10,200,USD
4,b,2026-03-10,300,USD
5,c,2026-01-15,70,eur
6,d,2026-02-01,10000,JPY
7,e,2026-02-02,30,
`

func loadMixed(t *testing.T, set Settings, files ...string) *Workspace {
	t.Helper()
	w := open(t, "", Options{})
	sources := []string{file(t, "mixed.csv", mixedOrders)}
	for i, text := range files {
		sources = append(sources, file(t, fmt.Sprintf("more-%d.csv", i), text))
	}
	if err := w.Apply(t.Context(), set, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Load(t.Context(), LoadRequest{Sources: sources}, nil); err != nil {
		t.Fatal(err)
	}
	return w
}

// TestCurrenciesApart checks that money of different currencies is never added up.
func TestCurrenciesApart(t *testing.T) {
	t.Parallel()
	w := loadMixed(t, Settings{})
	o, err := w.Overview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if o.Currency != "EUR" || o.Orders != 4 || o.Customers != 3 || o.NetRevenue.String() != "250" {
		t.Errorf("the overview counts %d orders of %d customers, %s %s", o.Orders, o.Customers, o.NetRevenue, o.Currency)
	}
	if got := strings.Join(o.Warnings, "\n"); !strings.Contains(got, "JPY: 1 order of 1 customer, net revenue 10000") || !strings.Contains(got, "USD: 2 orders of 1 customer, net revenue 500") {
		t.Errorf("the warnings are %s", got)
	}
	if got := customer(t, w, "b", "orders", "net_revenue"); got != "0|0" && got != "0|" {
		t.Errorf("a customer who paid in dollars has %s", got)
	}
	q, err := w.Quality(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if q.Apart != 3 || q.Counted != 4 || len(q.Currencies) != 4 {
		t.Errorf("%d are apart, %d count, %v", q.Apart, q.Counted, q.Currencies)
	}
	if got := q.Files[0].Warnings; len(got) != 1 || !strings.Contains(got[0], "EUR: 3 orders, net revenue 220; USD: 2") {
		t.Errorf("the file says %q", got)
	}
	h, err := w.Header(t.Context())
	if err != nil || h.Apart != 3 || h.Orders != 4 {
		t.Errorf("the header has %+v, %v", h, err)
	}
	c, err := w.Customer(t.Context(), "b")
	if err != nil {
		t.Fatal(err)
	}
	if counts, ok := c.Orders.Rows[0][c.Orders.Index("counts")].(bool); !ok || counts {
		t.Errorf("an order that is set aside counts: %v", counts)
	}
}

// TestCurrencyOfChoice checks that the analysis counts what it is told to.
func TestCurrencyOfChoice(t *testing.T) {
	t.Parallel()
	w := loadMixed(t, Settings{Currency: "USD"})
	o, err := w.Overview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if o.NetRevenue.String() != "530" || o.Orders != 3 {
		t.Errorf("%d orders bring %s dollars", o.Orders, o.NetRevenue)
	}
	var none *NoAnswerError
	if err := w.Apply(t.Context(), Settings{Currency: "EURO"}, nil); err == nil {
		t.Error("a currency of four letters was taken")
	}
	single := open(t, "", Options{})
	if _, err := single.Load(t.Context(), LoadRequest{Sources: []string{file(t, "eur.csv", "order_id,customer_id,order_date,amount,currency\n1,a,2026-01-05,100,EUR\n")}}, nil); err != nil {
		t.Fatal(err)
	}
	if err := single.Apply(t.Context(), Settings{Currency: "USD"}, nil); !errors.As(err, &none) || !strings.Contains(err.Error(), "EUR") {
		t.Errorf("a currency that no order is in gives %v", err)
	}
	if got := single.Settings().Currency; got != "" {
		t.Errorf("the refused currency %q is in force", got)
	}
}

// TestConverted checks rates at the day of the order, refunds and costs of channels
// included, and that what has no rate stays apart.
func TestConverted(t *testing.T) {
	t.Parallel()
	rates, err := ParseRates("rates.csv", "currency,rate,date\nUSD,0.5,2026-01-01\nUSD,0.25,2026-03-01\n")
	if err != nil {
		t.Fatal(err)
	}
	w := loadMixed(t, Settings{Currency: "EUR", Rates: rates},
		"order_id,refund_date,refund_amount\n3,2026-02-20,100\n",
		"channel,from,to,spend,currency\nads,2026-01-01,2026-01-31,40,USD\nads,2026-02-01,2026-02-28,5,EUR\nads,2026-02-01,2026-02-28,500,JPY\n")
	o, err := w.Overview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// 250 euros; (200 − 100) × 0.5 at the order's day; 300 × 0.25; the yen are apart.
	if o.NetRevenue.String() != "375" || o.Orders != 6 {
		t.Errorf("%d orders bring %s: %v", o.Orders, o.NetRevenue, o.Warnings)
	}
	if got := customer(t, w, "b", "orders", "net_revenue"); got != "2|125" {
		t.Errorf("the converted customer has %s", got)
	}
	text := strings.Join(o.Warnings, "\n")
	for _, want := range []string{"JPY", "converted into EUR", "1 line of channel costs"} {
		if !strings.Contains(text, want) {
			t.Errorf("the warnings do not say %s: %s", want, text)
		}
	}
	if got := rows(t, w, "select sum(spend)::integer::varchar from derived.channels"); len(got) != 1 || got[0] != "25" {
		t.Errorf("channels cost %v", got)
	}
}

// TestConvertedTotals checks that totals are the sums of the converted orders, for
// any orders, rates and currency of choice.
func TestConvertedTotals(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	codes := []string{"EUR", "USD", "JPY", "CHF"} // no rate of francs
	var table, orders strings.Builder
	for _, code := range codes[:3] {
		for month := 1; month <= 3; month++ {
			fmt.Fprintf(&table, "%s,%d.%03d,2026-%02d-01\n", code, rnd.IntN(3), 1+rnd.IntN(998), month)
		}
	}
	text, err := ParseRates("rates.csv", table.String())
	if err != nil {
		t.Fatal(err)
	}
	kept, err := keptRates(text)
	if err != nil {
		t.Fatal(err)
	}
	orders.WriteString("order_id,customer_id,order_date,amount,currency\n")
	type order struct {
		code, day string
		cents     int64
	}
	var list []order
	for i := range 200 {
		o := order{codes[rnd.IntN(4)], fmt.Sprintf("2026-%02d-%02d", 1+rnd.IntN(3), 1+rnd.IntN(28)), rnd.Int64N(100000)}
		list = append(list, o)
		fmt.Fprintf(&orders, "%d,c%d,%s,%d.%02d,%s\n", i, rnd.IntN(30), o.day, o.cents/100, o.cents%100, o.code)
	}
	w := open(t, "", Options{})
	if _, err := w.Load(t.Context(), LoadRequest{Sources: []string{file(t, "orders.csv", orders.String())}}, nil); err != nil {
		t.Fatal(err)
	}
	for _, into := range codes[:3] {
		if err := w.Apply(t.Context(), Settings{Currency: into, Rates: text}, nil); err != nil {
			t.Fatal(err)
		}
		crossed := map[string][]rate{}
		for _, r := range ratesInto(kept, into) {
			crossed[r.currency] = append(crossed[r.currency], r)
		}
		want := new(big.Rat)
		for _, o := range list {
			value := big.NewRat(o.cents, 100)
			if o.code != into {
				day, err := parseRate([]string{"EUR", "1", o.day}, []int{0, 1, 2}, false)
				if err != nil {
					t.Fatal(err)
				}
				at := rateAt(crossed[o.code], day.since)
				if at == nil {
					continue
				}
				value.Mul(value, at)
			}
			rounded, _ := new(big.Rat).SetString(value.FloatString(4))
			want.Add(want, rounded)
		}
		o, err := w.Overview(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		// A crossed rate is kept with 12 decimals, an amount with 4: one unit of the
		// last an order at most.
		got, _ := new(big.Rat).SetString(o.NetRevenue.String())
		if diff := new(big.Rat).Sub(got, want); diff.Abs(diff).Cmp(big.NewRat(int64(len(list)), 10000)) > 0 {
			t.Errorf("in %s all is %s, its parts %s", into, got.FloatString(4), want.FloatString(4))
		}
		var parts tabular.Decimal
		for _, c := range o.Currencies {
			parts.Unscaled += c.Revenue.Unscaled
		}
		if parts.Unscaled != o.NetRevenue.Unscaled {
			t.Errorf("in %s the currencies bring %d, all %d", into, parts.Unscaled, o.NetRevenue.Unscaled)
		}
		if i := slices.IndexFunc(o.Currencies, func(c CurrencyTotal) bool { return c.Currency == "CHF" }); i < 0 || o.Currencies[i].Counted != 0 {
			t.Errorf("francs count without a rate: %v", o.Currencies)
		}
	}
}

// TestParseRates checks what a file of rates may look like.
func TestParseRates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"bare", "USD,0.92\n", "USD 0.920000000000 0001-01-01\n"},
		{"names in any order", "\ufeffdate,rate,currency\n2026-01-01,1.5,usd\n", "USD 1.500000000000 2026-01-01\n"},
		{"decimal comma", "currency;rate\nUSD;0,92\n", "USD 0.920000000000 0001-01-01\n"},
		{"sorted, repeats once", "USD,2,2026-02-01\nUSD,1,2026-01-01\nUSD,1,2026-01-01\n", "USD 1.000000000000 2026-01-01\nUSD 2.000000000000 2026-02-01\n"},
		{"two at once", "USD,1\nUSD,2\n", "two exchange rates"},
		{"not a number", "USD,abc\n", "no exchange rate"},
		{"fraction", "USD,1/3\n", "no exchange rate"},
		{"zero", "USD,0\n", "no exchange rate"},
		{"infinite", "USD,Inf\n", "no exchange rate"},
		{"not a day", "USD,1,1.2.2026\n", "no date"},
		{"not a currency", "dollar,1\n", "no currency"},
		{"empty", "currency,rate\n", "has no exchange rates"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := ParseRates("rates.csv", c.text)
			if err != nil {
				got = err.Error()
			}
			if !strings.Contains(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if err == nil {
				if _, err := keptRates(got); err != nil {
					t.Errorf("what was kept cannot be read: %v", err)
				}
			}
		})
	}
}
