package whatif

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"worth/internal/clv"
)

// fits are the purchase models of a shop, time in days.
var fits = map[clv.Model][]float64{
	clv.BGNBD:     {.2425945224, 7 * 4.413602019, .7929220172, 2.4259067768},
	clv.MBGNBD:    {.5248431591, 7 * 6.1830852796, .8913593907, 1.6140022402},
	clv.ParetoNBD: {.55327705, 7 * 10.57768346, .60623999, 7 * 11.66873529},
}

// spend is the spend model of the shop.
var spend = clv.Spend{P: 6.25, Q: 3.74, V: 15.44}

// segmentNames are those of the shop; nobody is in the last.
var segmentNames = []string{"Champions", "Loyal", "At Risk", "Lost", "Nobody"}

// yearly are the terms of the baseline.
var yearly = clv.Terms{Margin: 0.35, Discount: 0.1, Horizon: 12, Unit: 1}

// mustPurchases returns a purchase model of the shop.
func mustPurchases(t testing.TB, m clv.Model) clv.Purchases {
	t.Helper()
	p, err := clv.New(m, fits[m])
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// shop draws a baseline of n customers: first orders over half a year, orders at Gamma
// rates until somebody leaves.
func shop(t testing.TB, p clv.Purchases, n int) Fitted {
	t.Helper()
	return shopOf(t, p, n, 3)
}

// shopOf draws a baseline whose first orders lie step days apart.
func shopOf(t testing.TB, p clv.Purchases, n, step int) Fitted {
	t.Helper()
	draw := rand.New(rand.NewPCG(7, uint64(n)))
	in := Fitted{Purchases: p, Segments: segmentNames, Terms: yearly, CAC: 12}
	index := map[clv.History]int32{}
	for range n {
		h := drawHistory(draw, step)
		group, ok := index[h]
		if !ok {
			group = int32(len(in.Groups))
			index[h] = group
			in.Groups = append(in.Groups, clv.Group{History: h, N: 1})
		}
		m := 0.0
		if h.X > 0 {
			m = 20 * math.Exp(0.6*draw.NormFloat64())
		}
		value, err := spend.Mean(h.X, m)
		if err != nil {
			t.Fatal(err)
		}
		in.Group = append(in.Group, group)
		in.Spend = append(in.Spend, value)
		in.Customers.Segment = append(in.Customers.Segment, segmentOf(h))
		in.Customers.Historic = append(in.Customers.Historic, float64(h.X+1)*25)
		in.Customers.Referral = append(in.Customers.Referral, 3*draw.NormFloat64())
		in.Customers.Cost = append(in.Customers.Cost, math.NaN())
	}
	return in
}

// drawHistory draws what is known of a customer, in whole days.
func drawHistory(draw *rand.Rand, step int) clv.History {
	h := clv.History{T: float64(27*7 + step*draw.IntN(12*7/step))}
	rate, leave := draw.ExpFloat64()*draw.ExpFloat64()/60, draw.Float64()/3
	for at := draw.ExpFloat64() / rate; at < h.T; at += draw.ExpFloat64() / rate {
		if day := math.Ceil(at); day > h.TX && day <= h.T {
			h.X, h.TX = h.X+1, day
		}
		if draw.Float64() < leave {
			break
		}
	}
	return h
}

// segmentOf sorts customers into the segments of the shop.
func segmentOf(h clv.History) uint8 {
	switch quiet := h.T - h.TX; {
	case h.X >= 5 && quiet < 60:
		return 0
	case h.X >= 1 && quiet < 90:
		return 1
	case h.X >= 1:
		return 2
	default:
		return 3
	}
}

// mustFitted returns the Model of a baseline.
func mustFitted(t testing.TB, in Fitted) *Model {
	t.Helper()
	m, err := NewFitted(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// formulae are estimates for the shop's customers.
func formulae(in Fitted) Formulae {
	f := Formulae{Customers: in.Customers, Discount: 0.1}
	for i, name := range in.Segments {
		rank := float64(i)
		f.Segments = append(f.Segments, FormulaSegment{
			Name: name, Frequency: 10 - 2*rank, AOV: 60 - 5*rank, Margin: 0.35 - rank/50, Years: 5 - rank, CAC: 12, Upkeep: 1,
			N: Counts{Frequency: 100, Profit: 200, Lifetime: 50},
		})
	}
	return f
}

// mustFormula returns the Model of formulae.
func mustFormula(t testing.TB, in Formulae) *Model {
	t.Helper()
	m, err := NewFormula(in)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// mustSet returns a scenario with what was typed.
func mustSet(t testing.TB, m *Model, s Scenario, scope Scope, lever Lever, text string) Scenario {
	t.Helper()
	s, err := m.Set(s, scope, lever, text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// mustEvaluate returns what a scenario comes to.
func mustEvaluate(t testing.TB, m *Model, s Scenario) Result {
	t.Helper()
	result, err := m.Evaluate(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// mustDistribute returns how a scenario is spread.
func mustDistribute(t testing.TB, m *Model, s Scenario) Distribution {
	t.Helper()
	d, err := m.Distribute(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// near fails if got is not within a relative error of want.
func near(t testing.TB, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Max(1, math.Abs(want))) {
		t.Errorf("%s is %.12g, want %.12g", what, got, want)
	}
}

// bothModels calls test with the shop's Model in every mode and of every purchase model.
func bothModels(t *testing.T, test func(t *testing.T, m *Model)) {
	t.Helper()
	for _, model := range clv.Models {
		t.Run(model.String(), func(t *testing.T) {
			test(t, mustFitted(t, shopOf(t, mustPurchases(t, model), 2000, 28)))
		})
	}
	t.Run("formula", func(t *testing.T) {
		test(t, mustFormula(t, formulae(shopOf(t, mustPurchases(t, clv.MBGNBD), 2000, 28))))
	})
}
