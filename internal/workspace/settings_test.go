package workspace

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"worth/internal/rfm"
)

// shop has three customers: a buys thrice, b twice on one day, c once for nothing.
var shop = []string{
	"Order ID,Customer ID,Order Date,Total,Cost",
	"1,a,2020-01-10T12:00:00Z,10,4",
	"2,a,2020-02-10T12:00:00Z,20,8",
	"3,b,2020-02-10T20:30:00Z,30,12",
	"4,b,2020-02-10T08:00:00Z,5,2",
	"5,c,2020-03-31T23:30:00Z,0,0",
	"6,a,2020-06-30T12:00:00Z,100,40",
}

func TestAsOfRedatesEverything(t *testing.T) {
	ctx := context.Background()
	w := loaded(t, shop...)
	if o := overview(t, w); o.AsOf != "2020-06-30" || o.Orders != 6 || o.Customers != 3 || o.NetRevenue.String() != "165" {
		t.Errorf("by default: %+v", o)
	}
	apply(t, w, Settings{AsOf: day(t, "2020-02-10")})
	o := overview(t, w)
	if o.AsOf != "2020-02-10" || o.Orders != 4 || o.Customers != 2 || o.NetRevenue.String() != "65" || o.LastOrder != "2020-02-10" || o.PersonsNoOrder != 1 {
		t.Errorf("as of February: %+v", o)
	}
	if got := customer(t, w, "a", "recency_days", "tenure_days", "orders", "net_revenue", "x", "t_x", "t_cal"); got != "0|31|2|30|1|31|31" {
		t.Errorf("a is %s", got)
	}
	if got := customer(t, w, "c", "orders", "r", "segment"); got != "0||" {
		t.Errorf("c, who comes later, is %s", got)
	}
	months, err := w.Revenue(ctx)
	if err != nil || len(months) != 2 || months[1].Orders != 3 || months[1].New != 1 {
		t.Errorf("months %+v: %v", months, err)
	}
	q, err := w.Quality(ctx)
	if err != nil || q.AfterAsOf != 2 || q.Counted != 4 {
		t.Errorf("quality %+v: %v", q, err)
	}
	c, err := w.Customer(ctx, "a")
	if err != nil {
		t.Fatal(err)
	}
	counts := c.Orders.Index("counts")
	counted := func(i int) bool { yes, _ := c.Orders.Rows[i][counts].(bool); return yes }
	if len(c.Orders.Rows) != 3 || counted(0) || !counted(1) {
		t.Errorf("the orders of a are %v", c.Orders.Rows)
	}

	apply(t, w, Settings{AsOf: day(t, "2020-09-28")})
	if got := customer(t, w, "a", "recency_days", "orders_per_year"); got != "90|3" {
		t.Errorf("after the data a is %s", got)
	}
	apply(t, w, Settings{AsOf: day(t, "2021-02-10")})
	if got := customer(t, w, "a", "orders_per_year"); got != "1" { // 2020-02-10 is 366 days ago
		t.Errorf("a year on a has %s orders a year", got)
	}
}

func TestNothingCounts(t *testing.T) {
	ctx := context.Background()
	w := loaded(t, shop...)
	for name, s := range map[string]Settings{
		"before the data":   {AsOf: day(t, "2019-12-31")},
		"outside of window": {AsOf: day(t, "2022-01-01"), Window: 1},
	} {
		apply(t, w, s)
		_, errOverview := w.Overview(ctx)
		_, errSegments := w.Segments(ctx)
		_, errCuts := w.Cuts(ctx)
		_, errRevenue := w.Revenue(ctx)
		for _, err := range []error{errOverview, errSegments, errCuts, errRevenue} {
			var none *NoAnswerError
			if !errors.As(err, &none) || !strings.Contains(err.Error(), "as-of date") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if r, err := w.Customers(ctx, View{}); err != nil || r.Len() != 3 {
			t.Errorf("%s: the customers cannot be listed: %v", name, err)
		}
	}
}

// Moments fall on the days of the time zone in which days are counted.
func TestTimeZone(t *testing.T) {
	w := loaded(t, shop...)
	if got := customer(t, w, "c", "first_order"); got != "2020-03-31" {
		t.Errorf("in UTC c came on %s", got)
	}
	apply(t, w, Settings{TimeZone: "Asia/Shanghai"})
	if got := customer(t, w, "c", "first_order"); got != "2020-04-01" {
		t.Errorf("in Shanghai c came on %s", got)
	}
	if got := customer(t, w, "b", "first_order", "last_order", "x"); got != "2020-02-10|2020-02-11|1" {
		t.Errorf("in Shanghai b came on %s", got)
	}
	apply(t, w, Settings{TimeZone: "Asia/Shanghai", AsOf: day(t, "2020-03-31")})
	if o := overview(t, w); o.Orders != 4 {
		t.Errorf("up to 31 March in Shanghai there are %d orders", o.Orders)
	}
	apply(t, w, Settings{TimeZone: "America/Los_Angeles", AsOf: day(t, "2020-02-10")})
	if got := customer(t, w, "b", "orders", "last_order"); got != "2|2020-02-10" {
		t.Errorf("in Los Angeles b is %s", got)
	}
}

// What a file says without an offset is a wall clock: it stays what it was in
// whatever time zone days are counted, beside files that say their offset.
func TestWallClocksStay(t *testing.T) {
	ctx := context.Background()
	naive := strings.ReplaceAll(table(append(slices.Clone(shop), "7,d,2020-03-08T02:30:00Z,5,1")...), "Z,", ",") // New York skips that hour
	w := inMemory(t)
	load(t, w, file(t, "orders.csv", naive))
	load(t, w, file(t, "refunds.csv", table("Order ID,Refund Date,Refund Amount", "1,2020-01-12 23:50:00,1")),
		file(t, "people.csv", table("Customer ID,Registered At", "a,2020-01-01 00:10:00")),
		file(t, "moments.csv", table(plainHeader, "m1,m,2020-02-01T20:00:00Z,10")))
	const wall = "select order_id, case when order_id = '7' then ordered_at::date else ordered_at end from core.orders where customer_id <> 'm' order by 1"
	const rest = "select (select refunded_at from core.refunds), (select registered_at from core.persons where customer_id = 'a')"
	files := func() string {
		list, err := w.Files(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return *list[0].DateMin + " " + *list[0].DateMax
	}
	days, clocks, others, span := customersOf(t, w), rows(t, w, wall), rows(t, w, rest), files()
	for zone, moment := range map[string]string{"Asia/Shanghai": "2020-02-02", "America/New_York": "2020-02-01", "": "2020-02-01"} {
		apply(t, w, Settings{TimeZone: zone})
		if got := customersOf(t, w); !slices.Equal(got, days) {
			t.Errorf("in %q the customers are\n%s\nnot\n%s", zone, strings.Join(got, "\n"), strings.Join(days, "\n"))
		}
		if got := customer(t, w, "m", "last_order"); got != moment {
			t.Errorf("in %q the moment falls on %s", zone, got)
		}
		if got := files(); got != span {
			t.Errorf("in %q the file goes from %s, not %s", zone, got, span)
		}
		q, err := w.Quality(ctx)
		if err != nil || q.DateMin != span[:10] {
			t.Errorf("in %q the data begin on %s: %v", zone, q.DateMin, err)
		}
	}
	apply(t, w, Settings{})
	if got := rows(t, w, rest); !slices.Equal(got, others) {
		t.Errorf("back in UTC there is %v, before %v", got, others)
	}
	if got := rows(t, w, wall); !slices.Equal(got, clocks) {
		t.Errorf("back in UTC the orders are of %v, before %v", got, clocks)
	}
}

// customersOf are the days of all customers but m.
func customersOf(t *testing.T, w *Workspace) []string {
	t.Helper()
	return rows(t, w, "select customer_id, first_order, last_order, orders from derived.customers where customer_id <> 'm' order by 1")
}

func TestWindow(t *testing.T) {
	w := loaded(t, shop...)
	apply(t, w, Settings{Window: 3}) // 31 March to 30 June
	o := overview(t, w)
	if o.Orders != 2 || o.Customers != 2 || o.NetRevenue.String() != "100" {
		t.Errorf("in the window: %+v", o)
	}
	if got := customer(t, w, "a", "orders", "net_revenue", "tenure_days", "x"); got != "1|100|172|2" {
		t.Errorf("a is %s; tenure and x are of all history", got)
	}
	if got := customer(t, w, "b", "orders", "r", "segment"); got != "0||" {
		t.Errorf("b, who bought before, is %s", got)
	}
	apply(t, w, Settings{Window: 2}) // from 1 May
	if o := overview(t, w); o.Orders != 1 {
		t.Errorf("in two months there are %d orders", o.Orders)
	}
}

func TestBasis(t *testing.T) {
	w := loaded(t, shop...)
	for _, c := range []struct {
		s    Settings
		want string // margin and historic of a
	}{
		{Settings{}, "78|130"},
		{Settings{Basis: NetRevenue}, "78|130"},
		{Settings{Basis: Margin}, "78|78"},
		{Settings{Basis: Margin, MarginRate: 0.5}, "78|78"}, // the cost is known
	} {
		apply(t, w, c.s)
		if got := customer(t, w, "a", "margin", "historic"); got != c.want {
			t.Errorf("%+v: a brought %s", c.s, got)
		}
	}
	w = loaded(t, "Order ID,Customer ID,Order Date,Total", "1,a,2020-01-10,10", "2,a,2020-02-10,20")
	var none *NoAnswerError
	if err := w.Apply(context.Background(), Settings{Basis: Margin}, nil); !errors.As(err, &none) {
		t.Errorf("without cost or rate: %v", err)
	}
	if got := customer(t, w, "a", "margin", "historic"); got != "|30" {
		t.Errorf("refused, a brought %s", got)
	}
	apply(t, w, Settings{Basis: Margin, MarginRate: 0.5})
	if got := customer(t, w, "a", "margin", "historic"); got != "15|15" {
		t.Errorf("at half, a brought %s", got)
	}
}

func TestWhatCounts(t *testing.T) {
	w := loaded(t, shop...)
	apply(t, w, Settings{MergeSameDay: true})
	if got := customer(t, w, "b", "orders", "aov"); got != "1|35" {
		t.Errorf("merged, b has %s", got)
	}
	apply(t, w, Settings{})
	if got := customer(t, w, "b", "orders", "aov"); got != "2|17.5" {
		t.Errorf("apart, b has %s", got)
	}
	if o := overview(t, w); o.Customers != 3 {
		t.Errorf("with the order for nothing there are %d customers", o.Customers)
	}
	apply(t, w, Settings{SkipZero: true})
	if o := overview(t, w); o.Customers != 2 || o.Orders != 5 || o.NetRevenue.String() != "165" {
		t.Errorf("without the order for nothing: %+v", o)
	}
}

func TestAverageMonetary(t *testing.T) {
	w := loaded(t, shop...)
	for monetary, want := range map[Monetary][]float64{
		TotalSpend:   {14, 28, 54, 92},     // of 0, 35, 130
		AverageSpend: {7, 14, 22.6667, 33}, // of 0, 17.5, 43.3333
	} {
		apply(t, w, Settings{Monetary: monetary})
		cuts, err := w.Cuts(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for i := range want {
			if math.Abs(cuts.M[i]-want[i]) > 0.001 {
				t.Errorf("%s: the cut-points of M are %v", monetary, cuts.M)
				break
			}
		}
	}
}

func TestCutsFrozenAndFixed(t *testing.T) {
	ctx := context.Background()
	w := loaded(t, shop...)
	before, err := w.Cuts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	frozen := before
	frozen.Frozen = true
	apply(t, w, Settings{Cuts: &frozen})
	load(t, w, file(t, "more.csv", table("Order ID,Customer ID,Order Date,Total", "7,d,2020-07-01,5000", "8,e,2020-07-02,900")))
	if after, err := w.Cuts(ctx); err != nil || !reflect.DeepEqual(after, frozen) {
		t.Errorf("frozen cut-points %v became %v: %v", frozen, after, err)
	}
	apply(t, w, Settings{})
	if after, err := w.Cuts(ctx); err != nil || slices.Equal(after.M, before.M) {
		t.Errorf("thawed, they stay %v: %v", after.M, err)
	}
	fixed := before.WithFixedF()
	apply(t, w, Settings{Cuts: &fixed})
	if after, err := w.Cuts(ctx); err != nil || !slices.Equal(after.F, []float64{1, 2, 3, 5}) || slices.Equal(after.M, before.M) {
		t.Errorf("with F fixed the cut-points are %+v: %v", after, err)
	}
	expect(t, w, "select customer_id, f from derived.customers order by 1", "a|3", "b|2", "c|1", "d|1", "e|1")
}

func TestApplyRefuses(t *testing.T) {
	w := loaded(t, shop...)
	good := Settings{AsOf: day(t, "2020-05-01"), Scheme: "rf-10", Currency: "EUR"}
	apply(t, w, good)
	before := contents(t, w)
	minus, treble, nan := -0.05, 3.0, math.NaN()
	five := rfm.Cuts{
		R: []float64{1, 2, 3, 4}, F: []float64{1, 2, 3, 4}, M: []float64{1, 2, 3, 4},
		RMode: rfm.ModeFixed, FMode: rfm.ModeFixed, MMode: rfm.ModeFixed,
	}
	three, falling := five, five
	three.R, three.F, three.M = three.R[:2], three.F[:2], three.M[:2]
	falling.M = []float64{4, 3, 2, 1}
	for name, s := range map[string]Settings{
		"time zone":               {TimeZone: "Mars/Olympus"},
		"basis":                   {Basis: "profit"},
		"margin":                  {MarginRate: 1.5},
		"margin that is none":     {MarginRate: nan},
		"window":                  {Window: -1},
		"model":                   {Model: "crystal-ball"},
		"monetary measure":        {Monetary: "median"},
		"scheme":                  {Scheme: "nosuch"},
		"scheme file":             {Scheme: "own.yaml", SchemeText: "segments: ["},
		"horizon":                 {Horizon: -1},
		"horizon without number":  {Horizon: nan},
		"horizon of 200 years":    {Horizon: 2400},
		"discount":                {Discount: &minus},
		"discount of 300 %":       {Discount: &treble},
		"discount without number": {Discount: &nan},
		"cuts falling":            {Cuts: &falling},
		"cuts for other levels":   {Cuts: &three},
		"cuts of nothing":         {Cuts: &rfm.Cuts{}},
	} {
		err := w.Apply(context.Background(), s, nil)
		if err == nil || len(err.Error()) < 20 {
			t.Errorf("%s: %v", name, err)
		}
		if !reflect.DeepEqual(w.Settings(), good) {
			t.Fatalf("%s: the settings became %+v", name, w.Settings())
		}
	}
	if after := contents(t, w); after != before {
		t.Error("the workspace has changed")
	}
	if o := overview(t, w); o.AsOf != "2020-05-01" {
		t.Errorf("it is now as of %s", o.AsOf)
	}
}

func TestApplyCancelled(t *testing.T) {
	w := loaded(t, shop...)
	before := contents(t, w)
	for stop := range 5 { // at each step of it
		ctx, cancel := context.WithCancel(context.Background())
		steps := 0
		err := w.Apply(ctx, Settings{AsOf: day(t, "2020-02-10")}, func(Progress) {
			if steps++; steps > stop {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled at step %d, it ends in %v", stop, err)
		}
		if after := contents(t, w); after != before || !w.Settings().AsOf.IsZero() {
			t.Errorf("cancelled at step %d, the workspace has changed", stop)
		}
	}
}

func TestSettingsAreKept(t *testing.T) {
	path := t.TempDir() + "/shop.worth.duckdb"
	w := open(t, path, Options{Create: true})
	load(t, w, file(t, "orders.csv", table(shop...)))
	rate := 0.05
	s := Settings{AsOf: day(t, "2020-05-01"), TimeZone: "Europe/Berlin", Window: 12, Scheme: "metals", SkipZero: true, Discount: &rate}
	apply(t, w, s)
	before := overview(t, w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, path, Options{})
	if !reflect.DeepEqual(again.Settings(), s) {
		t.Errorf("the settings became %+v", again.Settings())
	}
	if after := overview(t, again); !reflect.DeepEqual(after, before) {
		t.Errorf("%+v became %+v", before, after)
	}
}

// Contribution is margin less what contacting a customer cost by the as-of date; people
// who were contacted and did not buy cost that too.
func TestContribution(t *testing.T) {
	ctx := context.Background()
	w := loaded(t, shop...)
	load(t, w, file(t, "campaigns.csv", table("Campaign ID,Campaign Name,From,To", "k1,Spring,2020-03-01,2020-03-31", "k2,Summer,2020-06-15,2020-06-20")),
		file(t, "members.csv", table("Campaign ID,Customer ID,Arm,Cost", "k1,a,treated,1.50", "k2,a,treated,2", "k1,b,control,", "k1,n,treated,0.25")),
		file(t, "people.csv", table("Customer ID,Name", "n,Nobody Yet")))
	of := func(id string) string { return customer(t, w, id, "margin", "historic") }
	for name, test := range map[string]struct {
		set  Settings
		want string // a, b and n, who bought nothing
	}{
		"margin":       {Settings{Basis: Margin}, "78|78 21|21 |"},
		"contribution": {Settings{Basis: Contribution}, "78|74.5 21|21 |-0.25"},
		"earlier":      {Settings{Basis: Contribution, AsOf: day(t, "2020-05-31")}, "18|16.5 21|21 |-0.25"},
		"window":       {Settings{Basis: Contribution, Window: 1}, "60|58 | |"},
	} {
		apply(t, w, test.set)
		if got := of("a") + " " + of("b") + " " + of("n"); got != test.want {
			t.Errorf("%s: %s, not %s", name, got, test.want)
		}
	}
	apply(t, w, Settings{})
	bare := loaded(t, plainHeader, "1,a,2020-01-01,10", "2,b,2020-02-01,10")
	var none *NoAnswerError
	if err := bare.Apply(ctx, Settings{Basis: Contribution}, nil); !errors.As(err, &none) || bare.Settings().Basis != "" {
		t.Errorf("a margin nobody knows: %v, %+v", err, bare.Settings())
	}
	early := inMemory(t)
	apply(t, early, Settings{Basis: Margin}) // nothing is loaded that could say
	load(t, early, file(t, "orders.csv", table(plainHeader, "1,a,2020-01-01,10")))
	if q, err := early.Quality(ctx); err != nil || len(q.Warnings) != 1 || !strings.Contains(q.Warnings[0], "the margin is not known") {
		t.Errorf("the quality says %+v: %v", q.Warnings, err)
	}
}

// Predictions count the share of margin of those whose margin is known: others would
// make it smaller than anybody's.
func TestMarginShareOfTheKnown(t *testing.T) {
	rows := []string{"Order ID,Customer ID,Order Date,Total,Cost"}
	for c := range 80 {
		for k := range 1 + c%4 {
			cost := ""
			if c%2 == 0 {
				cost = "6" // of 10
			}
			rows = append(rows, fmt.Sprintf("%d-%d,c%d,2024-%02d-%02d,10,%s", c, k, c, 1+2*k, 1+c%28, cost))
		}
	}
	w := loaded(t, rows...)
	apply(t, w, Settings{Basis: Margin})
	w.mu.RLock()
	share := w.state.Models.Margin
	w.mu.RUnlock()
	if share == nil || math.Abs(*share-0.4) > 1e-9 {
		t.Errorf("the share is %v (%s %s), not 0.4", share, w.state.Models.Reason, w.state.Models.SpendReason)
	}
}
