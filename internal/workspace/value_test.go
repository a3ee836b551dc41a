package workspace

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"worth/internal/clv"
	"worth/internal/demo"
	"worth/internal/duck"
	"worth/internal/tabular"
)

// closeTo requires two numbers to agree to a relative precision.
func closeTo(t *testing.T, what string, got, want, precision float64) {
	t.Helper()
	if !(math.Abs(got-want) <= precision*math.Abs(want)) {
		t.Errorf("%s is %.12g, not %.12g", what, got, want)
	}
}

// cdnow loads the sample of Fader and Hardie.
func cdnow(t *testing.T, s Settings) *Workspace {
	t.Helper()
	w := inMemory(t)
	apply(t, w, s)
	loadAs(t, w, LoadRequest{Sources: []string{public(t, "CDNOW_sample.txt")}, Map: map[string]string{"customer_id": "#2"}})
	return w
}

// The exact maximum likelihood fits of the calibration sample, in weeks.
func TestCDNOWFits(t *testing.T) {
	for _, reference := range []struct {
		model      string
		params, se []float64 // in the order of the model
		log        float64
		digits     float64
	}{
		{"bg-nbd", []float64{.2425945224, 4.4136020190, .7929220172, 2.4259067768}, []float64{.01255738, .37822406, .18573382, .70541426}, -9582.429207, 1e-8},
		{"mbg-nbd", []float64{.5248431591, 6.1830852796, .8913593907, 1.6140022402}, []float64{.08326821, .69562064, .15478993, .53749480}, -9582.135716, 1e-8},
		{"pareto-nbd", []float64{.55327705, 10.57768346, .60623999, 11.66873529}, []float64{.0476279, .8427225, .1872813, 6.2111136}, -9594.9761789, 1e-7},
	} {
		w := cdnow(t, Settings{Model: reference.model})
		fit, err := w.FitModel(context.Background(), FitRequest{Unit: Weeks, CalibrateTo: day(t, "1997-09-30")})
		if err != nil {
			t.Fatal(err)
		}
		p := fit.Purchases
		model, err := clv.ParseModel(reference.model)
		if err != nil {
			t.Fatal(err)
		}
		if p.Model != reference.model || p.N != 2357 || p.Repeaters != 946 || !p.Converged {
			t.Errorf("%s: %+v", reference.model, p)
		}
		for i, name := range model.Names() {
			closeTo(t, reference.model+" "+name, p.Params[name], reference.params[i], reference.digits)
			closeTo(t, reference.model+" se of "+name, p.SE[name], reference.se[i], 1e-5)
		}
		if math.Abs(p.LogLikelihood-reference.log) > 1e-6 {
			t.Errorf("%s: log-likelihood %.7f, not %.7f", reference.model, p.LogLikelihood, reference.log)
		}
		if fit.Spend == nil || fit.Spend.N != 946 {
			t.Fatalf("%s: no model of spend: %s", reference.model, fit.SpendReason)
		}
		closeTo(t, "p", fit.Spend.P, 6.2495722713, 1e-8)
		closeTo(t, "q", fit.Spend.Q, 3.7442246671, 1e-8)
		closeTo(t, "v", fit.Spend.V, 15.4435209626, 1e-8)
		if math.Abs(fit.Spend.LogLikelihood+4055.917695) > 1e-6 {
			t.Errorf("log-likelihood of spend is %.7f", fit.Spend.LogLikelihood)
		}
	}
}

// The holdout of 39 weeks, as published.
func TestCDNOWHoldout(t *testing.T) {
	e, err := cdnow(t, Settings{Model: "bg-nbd"}).EvaluateModel(context.Background(),
		EvaluateRequest{Unit: Weeks, CalibrateTo: day(t, "1997-09-30"), Compare: true})
	if err != nil {
		t.Fatal(err)
	}
	actual := []float64{.237, .697, 1.393, 1.560, 2.532, 2.947, 3.862, 6.359}
	predicted := []float64{.2250873, .5231312, 1.0441341, 1.5202795, 2.1638658, 2.6538459, 3.5040423, 6.1571905}
	for i, row := range e.ByFrequency {
		if math.Abs(row.Actual-actual[i]) > 5e-4 || math.Abs(row.Predicted-predicted[i]) > 5e-8 {
			t.Errorf("%d repeat orders: %.7f actual, %.7f predicted", row.X, row.Actual, row.Predicted)
		}
	}
	if e.HoldoutDays != 273 || e.Actual != 1882 || e.N != 2357 || len(e.ByFrequency) != 8 {
		t.Errorf("%d days, %v orders of %d customers, %d rows", e.HoldoutDays, e.Actual, e.N, len(e.ByFrequency))
	}
	closeTo(t, "predicted", e.Predicted, 1653.4087, 1e-7)
	closeTo(t, "MAE", e.MAE, .78545, 1e-5)
	closeTo(t, "RMSE", e.RMSE, 1.60798, 1e-5)
	closeTo(t, "correlation", e.Correlation, .62565, 1e-5)
	last := e.ByWeek[len(e.ByWeek)-1]
	if len(e.ByWeek) != 78 || last.ActualTotal != 2457+1882 || !last.End.Equal(e.AsOf) || last.Known {
		t.Errorf("%d weeks, %v repeat orders until %v", len(e.ByWeek), last.ActualTotal, last.End)
	}
	var order []string
	for _, m := range e.Models {
		order = append(order, m.Model.String())
	}
	if strings.Join(order, " ") != "mbg-nbd bg-nbd pareto-nbd" {
		t.Errorf("by AIC: %v", order)
	}
	for _, m := range e.Models[2:] {
		closeTo(t, "Pareto/NBD's orders", m.Predicted, 1665.513107213, 1e-9)
		closeTo(t, "Pareto/NBD's MAE", m.MAE, .754523, 1e-6)
	}
}

// Predictions over 39 weeks, whatever the unit.
func TestCDNOWPredictions(t *testing.T) {
	w := cdnow(t, Settings{Model: "bg-nbd", AsOf: day(t, "1997-09-30"), Horizon: 39 * 7 / clv.DaysPerMonth})
	for _, unit := range Units {
		r, err := w.Predictions(context.Background(), unit)
		if err != nil {
			t.Fatal(err)
		}
		page, err := r.Page(context.Background(), 0, r.Len())
		if err != nil {
			t.Fatal(err)
		}
		table := tabular.Table{Columns: r.Columns(), Rows: page}
		found := 0
		for _, row := range page {
			if row[0] != "0001" {
				continue
			}
			found++
			cell := func(name string) float64 { v, _ := tabular.Number(row[table.Index(name)]); return v }
			closeTo(t, "t_x", cell("t_x"), 213/unit.days(), 1e-12)
			closeTo(t, "P(alive)", cell("p_alive"), .72662, 1e-5)
			closeTo(t, "expected orders", cell("expected_orders"), 1.225994455287, 1e-8)
			closeTo(t, "expected spend", cell("expected_spend"), 30.2255676251, 1e-8)
		}
		if found != 1 || len(page) != 2357 {
			t.Errorf("%d rows, %d of customer 0001", len(page), found)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	e, err := w.Equity(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	o := e.Total.Orders
	closeTo(t, "expected orders", o.Expected, 1653.409, 1e-6)
	closeTo(t, "process", o.Process, 69.550, 1e-4)
	closeTo(t, "parameters", o.Parameters, 74.351, 1e-4)
	closeTo(t, "low", o.Low95, 1453.9, 1e-4)
	closeTo(t, "high", o.High95, 1852.9, 1e-4)
}

// valueShop is a workspace with the orders, customers and costs of the invented shop.
func valueShop(t *testing.T, s Settings) *Workspace {
	t.Helper()
	dir := t.TempDir()
	if _, err := demo.Write(t.Context(), dir, demo.Options{Customers: 800, Orders: 3200, Seed: 5}, nil); err != nil {
		t.Fatal(err)
	}
	w := inMemory(t)
	apply(t, w, s)
	load(t, w, dir+"/orders.csv", dir+"/channel_costs.csv")
	return w
}

// Sums over segments are the total, and the parts of value add up.
func TestValueAddsUp(t *testing.T) {
	w := valueShop(t, Settings{})
	segments, err := w.Segments(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	o := overview(t, w)
	var predicted, orders float64
	for _, s := range segments {
		if s.Customers == 0 {
			continue
		}
		predicted += *s.Predicted
		orders += *s.ExpectedOrders
		closeTo(t, s.Segment, *s.Value, *s.Historic+*s.Predicted-value(s.Cost), 1e-6)
		closeTo(t, s.Segment+" mean", *s.CLVMean, *s.Predicted/float64(s.Customers), 1e-9)
	}
	closeTo(t, "equity", *o.ExpectedValue, predicted, 1e-9)
	closeTo(t, "orders", *o.ExpectedOrders, orders, 1e-9)
	e, err := w.Equity(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	closeTo(t, "interval's orders", e.Total.Orders.Expected, orders, 1e-6)
	closeTo(t, "interval's value", e.Total.Value.Expected, predicted, 1e-6)
	if e.Holdout == nil || !(e.Holdout.Ratio > 0.5 && e.Holdout.Ratio < 2) {
		t.Errorf("the holdout says %+v %s", e.Holdout, e.HoldoutReason)
	}
	for _, r := range e.Segments {
		if r.Orders == nil || r.Value == nil || !(r.Value.Low95 < r.Value.Low80 && r.Value.Low80 < r.Value.Expected && r.Value.Expected < r.Value.High80) {
			t.Errorf("%s: %+v", r.Segment, r)
		}
	}
}

// What a channel costs is spread over whom it won; equal ages are compared.
func TestChannels(t *testing.T) {
	rows := []string{"order_id,customer_id,order_date,total,channel"}
	for i := range 10 { // ten customers of 30 a month, half a year each
		for month := 1; month <= 7; month++ {
			rows = append(rows, fmt.Sprintf("%d,c%d,2026-%02d-05,30,Web", 100*i+month, i, month))
		}
	}
	w := inMemory(t)
	load(t, w, file(t, "orders.csv", table(rows...)), file(t, "costs.csv", table("channel,date,spend", "web,2026-01-05,1000")))
	channels, err := w.Channels(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(channels) != 1 || channels[0].Customers != 10 || *channels[0].Won != 10 || *channels[0].CAC != 100 {
		t.Fatalf("channels are %+v", channels)
	}
	c := channels[0]
	if c.Channel != "web" || c.Orders != 70 || c.NetRevenue != 2100 || *c.BreakEven != 60 {
		t.Errorf("the channel is %+v, break-even %v", c, *c.BreakEven)
	}
	// A month of age has 30.4 days: orders fall on days 0, 31, 59, 90, 120, 151 and 181,
	// so into months 1, 2, 2, 3, 4, 5 and a sixth that is not over.
	if *c.Months != 5 || *c.Value != 30*6 || *c.Ratio != 1.8 || c.Band() != BandEarning || *c.Payback != 3 {
		t.Errorf("%v months bring %v, %v to 1 (%v), paid back after %v", *c.Months, *c.Value, *c.Ratio, c.Band(), *c.Payback)
	}
	apply(t, w, Settings{AsOf: day(t, "2026-01-20")}) // nobody was seen for a month of age
	if channels, err = w.Channels(t.Context()); err != nil || channels[0].Ratio != nil || channels[0].Payback != nil || *channels[0].CAC != 100 {
		t.Errorf("after two weeks: %+v, %v", channels, err)
	}
}

// A channel nobody knows the cost of is shown by what its customers bring, and so
// are customers of no channel.
func TestChannelsWithoutCosts(t *testing.T) {
	w := loaded(t, "order_id,customer_id,order_date,total,channel", "1,a,2026-01-01,10, Web", "2,a,2026-02-01,90,pos", "3,b,2026-01-02,20,pos", "4,c,2026-01-03,5,")
	channels, err := w.Channels(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range channels {
		got = append(got, fmt.Sprintf("%s %d %d %v %v", c.Channel, c.Customers, c.Orders, c.NetRevenue, c.Spend == nil && c.Won == nil && c.BreakEven == nil))
	}
	if want := "web 1 2 100 true; pos 1 1 20 true;  1 1 5 true"; strings.Join(got, "; ") != want {
		t.Errorf("channels are %q, not %q", strings.Join(got, "; "), want)
	}
	for of, want := range map[string]string{"web": "a", "pos": "b", "": "c"} {
		r, err := w.Customers(t.Context(), View{Among: Among{What: AmongChannel, Of: of}})
		if err != nil {
			t.Fatal(err)
		}
		page, err := r.Page(t.Context(), 0, 9)
		if err != nil || len(page) != 1 || page[0][0] != want {
			t.Errorf("of %q are %v: %v", of, page, err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
	var none *NoAnswerError
	if _, err := loaded(t, "order_id,customer_id,order_date,total", "1,a,2026-01-01,10").Channels(t.Context()); !errors.As(err, &none) {
		t.Errorf("without channels: %v", err)
	}
	if _, err := w.Customers(t.Context(), View{Among: Among{What: "shoe size", Of: "43"}}); err == nil {
		t.Error("customers are told apart by their shoe size")
	}
}

func TestPulse(t *testing.T) {
	w := loaded(t, "order_id,customer_id,order_date,total", "1,a,2026-01-01,10", "2,a,2026-01-11,10", "3,a,2026-01-11,10", "4,a,2026-01-21,10",
		"5,a,2026-01-31,10", "6,b,2026-01-01,5", "7,b,2026-02-20,5", "8,c,2026-02-01,5")
	p, err := w.Pulse(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	r := p.Rhythm
	if r == nil || !r.Own || r.Gaps != 3 || !r.Due.Equal(day(t, "2026-02-10")) || r.Silence != 20 || r.Flag != clv.Due {
		t.Errorf("the rhythm is %+v", r)
	}
	if p.Alive != nil {
		t.Error("three customers carry a fit")
	}
	if p, err = w.Pulse(t.Context(), "c"); err != nil || p.Rhythm == nil || p.Rhythm.Own || p.Rhythm.Gaps != 4 {
		t.Errorf("a first order has the rhythm %+v, %v", p.Rhythm, err)
	}
	if p, err = w.Pulse(t.Context(), "nobody"); err != nil || p.Rhythm != nil || p.Reason == "" {
		t.Errorf("nobody has the rhythm %+v, %v", p, err)
	}
}

// What SQL says of gaps is what the lists of all customers say.
func TestRhythmsAgree(t *testing.T) {
	w := valueShop(t, Settings{})
	var lists [][]int
	err := w.db.Each(t.Context(), duck.Call{Name: "ask/order_days"}, func(row []any) error {
		var days []int
		for _, d := range floats(row[0]) {
			days = append(days, int(d))
		}
		lists = append(lists, days)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := clv.NewRhythms(lists)
	got, err := w.rhythmsOf(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n < 20; n++ {
		days := make([]int, n)
		for i := range days {
			days[i] = 10 * i
		}
		a, okA := got.Of(days)
		b, okB := want.Of(days)
		if okA != okB || math.Abs(a.Due-b.Due)+math.Abs(a.Late-b.Late)+math.Abs(a.AtRisk-b.AtRisk) > 1e-9 || a.Gaps != b.Gaps {
			t.Errorf("after %d orders: %+v, not %+v", n, a, b)
		}
	}
	test, err := w.BackTestFlags(t.Context(), BackTestDays)
	if err != nil {
		t.Fatal(err)
	}
	if first, last := test.Rows[0], test.Rows[len(test.Rows)-1]; !(first.N > 0 && last.N > 0 && first.Share > last.Share) {
		t.Errorf("who is on time comes back no more often than who is at risk: %+v", test.Rows)
	}
}

// Purchase days that are kept give the histories that the orders give.
func TestPurchaseDaysAgree(t *testing.T) {
	w := valueShop(t, Settings{})
	state := w.derivedState()
	f, err := w.framed(t.Context(), state, state.AsOf)
	if err != nil {
		t.Fatal(err)
	}
	day := state.AsOf.AddDate(0, -9, 0)
	c := w.bought(f, f.with("ask/split", duck.Args{"split": day.Format(time.DateOnly)}))
	if c.Parts["bought"].Name != "ask/bought" {
		t.Errorf("purchase days are gathered again: %s", c.Parts["bought"].Name)
	}
	kept, err := w.ask(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	c.Parts["bought"] = f.call("ask/bought_until")
	gathered, err := w.ask(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if len(kept) < 100 || !reflect.DeepEqual(kept, gathered) {
		t.Errorf("%d histories are kept, %d gathered", len(kept), len(gathered))
	}
	early, err := w.framed(t.Context(), state, day)
	if err != nil {
		t.Fatal(err)
	}
	if c := w.bought(early, early.call("ask/split")); c.Parts["bought"].Name != "ask/bought_until" {
		t.Errorf("on an earlier day purchase days come from %s", c.Parts["bought"].Name)
	}
}

// P(alive) through time ends with what the customers table says, rises with an
// order and never rises without one.
func TestAliveThroughTime(t *testing.T) {
	w := valueShop(t, Settings{})
	id := rows(t, w, "select customer_id from derived.customers where x > 4 order by customer_id limit 1")[0]
	p, err := w.Pulse(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	want := rows(t, w, fmt.Sprintf("select round(p_alive, 9) from derived.customers where customer_id = '%s'", id))[0]
	last := p.Alive[len(p.Alive)-1]
	if got := rows(t, w, fmt.Sprintf("select round(%v, 9)", last.Alive))[0]; got != want || !last.Day.Equal(w.derivedState().AsOf) {
		t.Errorf("P(alive) ends at %s on %v, the table says %s", got, last.Day, want)
	}
	for i, a := range p.Alive[1:] {
		before := p.Alive[i]
		if !a.Day.After(before.Day) || !a.Order && a.Alive > before.Alive || a.Alive < 0 || a.Alive > 1 {
			t.Errorf("%+v follows %+v", a, before)
		}
	}
}

// The inputs of the formula come from the data, and any of them can be replaced.
func TestFormulaInputs(t *testing.T) {
	w := valueShop(t, Settings{})
	inputs, err := w.FormulaInputs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all := inputs[0]
	var customers int64
	for _, in := range inputs[1:] {
		customers += in.Customers
	}
	if all.Segment != "" || all.Customers != customers || all.Frequency.N != customers || all.Profit.Value == nil || all.CAC.N == 0 {
		t.Errorf("of all customers: %+v", all)
	}
	frequency, profit, years, cac := 10.0, 80.0, 4.0, 300.0
	f, err := all.Formula(FormulaOverrides{Frequency: &frequency, Profit: &profit, Years: &years, CAC: &cac})
	if err != nil {
		t.Fatal(err)
	}
	if v, err := f.Value(); err != nil || v != 2900 {
		t.Errorf("the worked example comes to %v, %v", v, err)
	}
	f, err = all.Formula(FormulaOverrides{Years: &years})
	if err != nil || f.Frequency != *all.Frequency.Value || f.CAC != *all.CAC.Value || f.Years != 4 {
		t.Errorf("one input replaced: %+v, %v", f, err)
	}
	var none *NoAnswerError
	if _, err := new(FormulaInputs).Formula(FormulaOverrides{}); !errors.As(err, &none) {
		t.Errorf("nothing known: %v", err)
	}
}

// Data that cannot carry a model are refused with a reason.
func TestModelsRefused(t *testing.T) {
	w := loaded(t, "order_id,customer_id,order_date,total", "1,a,2026-01-01,10", "2,b,2026-02-11,10")
	var none *NoAnswerError
	if _, err := w.Models(t.Context()); !errors.As(err, &none) || !strings.Contains(none.Error(), "2 customers") {
		t.Errorf("models: %v", err)
	}
	if _, err := w.FitModel(t.Context(), FitRequest{}); !errors.As(err, &none) {
		t.Errorf("fit: %v", err)
	}
	if _, err := w.EvaluateModel(t.Context(), EvaluateRequest{}); !errors.As(err, &none) {
		t.Errorf("evaluate: %v", err)
	}
	if _, err := w.Equity(t.Context()); !errors.As(err, &none) {
		t.Errorf("equity: %v", err)
	}
	if _, err := w.Predictions(t.Context(), Days); !errors.As(err, &none) {
		t.Errorf("predictions: %v", err)
	}
	if o := overview(t, w); o.ExpectedOrders != nil || o.ExpectedValue != nil {
		t.Errorf("the overview expects %v orders", *o.ExpectedOrders)
	}
}
