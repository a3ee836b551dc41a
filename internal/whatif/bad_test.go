package whatif

import (
	"context"
	"math"
	"strings"
	"testing"

	"worth/internal/clv"
)

// TestBadBaselines: what cannot be used gets a sentence.
func TestBadBaselines(t *testing.T) {
	p := mustPurchases(t, clv.MBGNBD)
	for want, spoil := range map[string]func(in *Fitted){
		"no purchase model":         func(in *Fitted) { in.Purchases = nil },
		"no histories":              func(in *Fitted) { in.Groups = nil },
		"a margin of":               func(in *Fitted) { in.Terms.Margin = -2 },
		"a horizon of":              func(in *Fitted) { in.Terms.Horizon = 0 },
		"a horizon of 2,400":        func(in *Fitted) { in.Terms.Horizon = 2400 },
		"a discount of":             func(in *Fitted) { in.Terms.Discount = -0.05 },
		"has the history 9,999,999": func(in *Fitted) { in.Group[3] = 9999999 },
		"is in segment 77":          func(in *Fitted) { in.Customers.Segment[3] = 77 },
		"a segment":                 func(in *Fitted) { in.Group = in.Group[1:] },
		"expected value of an":      func(in *Fitted) { in.Spend[3] = math.Inf(1) },
		"value so far of":           func(in *Fitted) { in.Customers.Historic[3] = math.NaN() },
		"has 1 values":              func(in *Fitted) { in.Customers.Referral = []float64{1} },
		"acquisition cost of -1":    func(in *Fitted) { in.CAC = -1 },
		"upkeep of NaN":             func(in *Fitted) { in.Upkeep = math.NaN() },
		"weight of referral":        func(in *Fitted) { in.Referral = 3 },
		"is not possible":           func(in *Fitted) { in.Groups[0].TX = in.Groups[0].T + 1 },
		"another is called":         func(in *Fitted) { in.Segments = []string{"A", "A", "B", "C", "D"} },
		"need 1 to 256 segments":    func(in *Fitted) { in.Segments = nil },
	} {
		in := shop(t, p, 50)
		spoil(&in)
		if _, err := NewFitted(context.Background(), in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
	for want, spoil := range map[string]func(in *Formulae){
		"a margin of 150 %": func(in *Formulae) { in.Segments[1].Margin = 1.5 },
		"a lifetime of":     func(in *Formulae) { in.Segments[1].Years = 0 },
		"a spend of":        func(in *Formulae) { in.Segments[1].AOV = math.NaN() },
		"a frequency of":    func(in *Formulae) { in.Segments[1].Frequency = -1 },
		"a discount of":     func(in *Formulae) { in.Discount = 30 },
		"segment Loyal":     func(in *Formulae) { in.Segments[1].Upkeep = -1 },
		"1 y to 100 y":      func(in *Formulae) { in.Segments[1].Years, in.Perpetual = 0.5, true },
	} {
		in := formulae(shop(t, p, 50))
		spoil(&in)
		if _, err := NewFormula(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

// TestPoorBaselines: nobody, one customer, no spend, everybody the same.
func TestPoorBaselines(t *testing.T) {
	p := mustPurchases(t, clv.ParetoNBD)
	one := Fitted{
		Purchases: p, Groups: []clv.Group{{History: clv.History{T: 100}, N: 1}}, Segments: []string{"A"}, Terms: yearly,
		Group: []int32{0}, Spend: []float64{30}, Customers: Customers{Segment: []uint8{0}},
	}
	none, free, same, old := one, one, one, one
	none.Group, none.Spend, none.Customers = nil, nil, Customers{}
	free.Spend = []float64{math.NaN()}
	same.Group, same.Spend, same.Customers.Segment = make([]int32, 500), make([]float64, 500), make([]uint8, 500)
	old.Groups = []clv.Group{{History: clv.History{X: 10000, TX: 20, T: 1e6}, N: 1}}
	for name, in := range map[string]Fitted{"one": one, "none": none, "free": free, "same": same, "old": old} {
		m := mustFitted(t, in)
		for _, s := range []Scenario{{}, m.Place(Scenario{}, Everyone, Margin, 0.9), m.Place(Scenario{}, Everyone, Retention, 0.5), m.Place(Scenario{}, Everyone, Upkeep, 5)} {
			checkFinite(t, mustEvaluate(t, m, s))
			checkFinite(t, mustDistribute(t, m, s))
			if _, err := m.Tornado(context.Background(), s, nil); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got := mustEvaluate(t, m, Scenario{}).Unvalued; (got == 1) != (name == "free") {
			t.Errorf("%s: %d customers are not valued", name, got)
		}
	}
}

// TestNotes: a scenario made elsewhere says what of it does not hold here.
func TestNotes(t *testing.T) {
	m := mustFitted(t, shop(t, mustPurchases(t, clv.MBGNBD), 500))
	s := Scenario{}.With("Gone", Margin, Setting{To, 0.5}).With(Everyone, Discount, Setting{To, 3}).With("Nobody", Retention, Setting{By, 0.1})
	notes := strings.Join(mustEvaluate(t, m, s).Notes, "\n")
	for _, want := range []string{`no segment "Gone"`, "discount for everyone is held at 100 %", "no customers here"} {
		if !strings.Contains(notes, want) {
			t.Errorf("%q is not among the notes: %s", want, notes)
		}
	}
}

// TestFormulaValues reproduces lifetime value by arithmetic: 10 orders of 80 profit for 4
// years less 300.
func TestFormulaValues(t *testing.T) {
	in := Formulae{
		Customers: Customers{Segment: make([]uint8, 5)},
		Segments:  []FormulaSegment{{Name: "all", Frequency: 10, AOV: 160, Margin: 0.5, Years: 4, CAC: 300}},
	}
	for _, test := range []struct {
		discount  float64
		timing    clv.Timing
		perpetual bool
		want      float64
	}{
		{0, clv.TimingDefault, false, 2900},
		{0.1, clv.TimingEnd, false, 2235.89},
		{0.1, clv.TimingStart, false, 2489.48},
		{0, clv.TimingDefault, true, 2900},
		{0.1, clv.TimingDefault, true, 2214.29},
	} {
		in.Discount, in.Timing, in.Perpetual = test.discount, test.timing, test.perpetual
		m := mustFormula(t, in)
		result := mustEvaluate(t, m, Scenario{})
		near(t, "mean", math.Round(100*result.Total.Baseline.Mean)/100, test.want, 1e-12)
		near(t, "equity", result.Total.Baseline.Value, 5*result.Total.Baseline.Mean, 1e-12)
		ratio, ok := result.Total.Baseline.PerCAC()
		near(t, "CLV : CAC", ratio, (result.Total.Baseline.Mean+300)/300, 1e-12)
		near(t, "break-even CAC", result.Total.Baseline.BreakEven(), (result.Total.Baseline.Mean+300)/3, 1e-12)
		if retention := m.Spec(Everyone, Retention).Base; !ok || retention != 0.75 {
			t.Errorf("retention is %v", retention)
		}
		byRetention := mustEvaluate(t, m, mustSet(t, m, Scenario{}, Everyone, Retention, "80%"))
		byLifetime := mustEvaluate(t, m, mustSet(t, m, Scenario{}, Everyone, Lifetime, "5y"))
		near(t, "5 years", byRetention.Total.Scenario.Value, byLifetime.Total.Scenario.Value, 1e-9)
		in.Segments[0].Years = 5
		near(t, "5 years of the baseline", byLifetime.Total.Scenario.Value, mustEvaluate(t, mustFormula(t, in), Scenario{}).Total.Baseline.Value, 1e-9)
		in.Segments[0].Years = 4
	}
}

// TestTimed: the same estimates at another time of the year are those made so.
func TestTimed(t *testing.T) {
	in := formulae(shop(t, mustPurchases(t, clv.MBGNBD), 300))
	m := mustFormula(t, in)
	for _, way := range []struct {
		timing    clv.Timing
		perpetual bool
	}{{clv.TimingStart, false}, {clv.TimingEnd, true}} {
		in.Timing, in.Perpetual = way.timing, way.perpetual
		timed, err := m.Timed(way.timing, way.perpetual)
		if err != nil {
			t.Fatal(err)
		}
		want, got := mustEvaluate(t, mustFormula(t, in), Scenario{}).Total, mustEvaluate(t, timed, Scenario{}).Total
		if want.Baseline != got.Baseline || got.Baseline.Value == mustEvaluate(t, m, Scenario{}).Total.Baseline.Value {
			t.Errorf("%+v: %v, want %v", way, got.Baseline, want.Baseline)
		}
	}
	if _, err := mustFitted(t, shop(t, mustPurchases(t, clv.MBGNBD), 50)).Timed(clv.TimingStart, false); err == nil {
		t.Error("a fitted model is given a time of the year")
	}
}

// TestFormulaMovesTogether: a slider for everyone moves segments that differ by as much.
func TestFormulaMovesTogether(t *testing.T) {
	m := mustFormula(t, formulae(shop(t, mustPurchases(t, clv.MBGNBD), 500)))
	s := m.Place(Scenario{}, Everyone, Margin, m.Spec(Everyone, Margin).Base+0.05)
	ctx := context.Background()
	for _, name := range []Scope{"Champions", "Lost"} {
		at, err := m.Position(ctx, s, name, Margin)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "margin of "+string(name), at.At, at.Base+0.05, 1e-12)
	}
}

// TestCostsAndParts: acquisition costs are the customers' own, where known, and parts of
// a customer add up.
func TestCostsAndParts(t *testing.T) {
	in := shop(t, mustPurchases(t, clv.BGNBD), 400)
	for i := range in.Customers.Cost {
		if in.Customers.Segment[i] == 1 {
			in.Customers.Cost[i] = 40
		}
	}
	m := mustFitted(t, in)
	result := mustEvaluate(t, m, m.Place(Scenario{}, Everyone, Referral, 0.5))
	loyal, risk := result.Segments[1], result.Segments[2]
	if loyal.Baseline.CAC != 40 || risk.Baseline.CAC != 40 || loyal.Cost != 40*float64(loyal.Customers) || risk.Cost != 0 {
		t.Errorf("CAC %v and %v, cost %v and %v", loyal.Baseline.CAC, risk.Baseline.CAC, loyal.Cost, risk.Cost)
	}
	if n := m.Spec("Loyal", CAC).N; n != loyal.Customers {
		t.Errorf("the CAC of Loyal rests on %d", n)
	}
	var referral float64
	for i, credit := range in.Customers.Referral {
		if in.Customers.Segment[i] == 1 {
			referral += credit / 2
		}
	}
	near(t, "referral credit", loyal.Scenario.Referral, referral, 1e-9)
	near(t, "change by referral credit", loyal.Change(), referral, 1e-9)
	rows, err := m.Rows(context.Background(), Scenario{}, []int32{7})
	if err != nil {
		t.Fatal(err)
	}
	row := rows[0]
	near(t, "total", row.Total(), row.Historic+row.Scenario.Predicted+row.Scenario.Referral-row.Cost, 1e-12)
	if _, err := m.Rows(context.Background(), Scenario{}, []int32{400}); err == nil {
		t.Error("a customer who is not there is not refused")
	}
}
