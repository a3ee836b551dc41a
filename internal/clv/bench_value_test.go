package clv

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
)

// benchCustomers is how many customers the benchmarks are about.
const benchCustomers = 1_000_000

// daily returns the BG/NBD fit of CDNOW with time in days.
func daily(b *testing.B) Purchases {
	b.Helper()
	return mustNew(b, BGNBD, exactBG[0], 7*exactBG[1], exactBG[2], exactBG[3])
}

// benchGroups are the histories of a million customers as CDNOW's: observed for 27
// to 39 weeks, by day. About a hundred thousand differ.
var benchGroups = sync.OnceValue(func() []Group {
	params := []float64{exactBG[0], 7 * exactBG[1], exactBG[2], exactBG[3]}
	return newSimulator(BGNBD, params, 1).shop(benchCustomers, 27*7, 39*7)
})

// benchSpend are a million repeat buyers, no two of whom spend the same.
var benchSpend = sync.OnceValue(func() []SpendGroup {
	draw := newSimulator(BGNBD, exactBG, 2)
	groups := make([]SpendGroup, benchCustomers)
	for i := range groups {
		x := 1 + int(3*draw.rand.ExpFloat64())
		m := draw.gamma(exactSpend.P*float64(x)) / float64(x) * exactSpend.V / draw.gamma(exactSpend.Q)
		groups[i] = SpendGroup{x, m, 1}
	}
	return groups
})

func BenchmarkFitSpend(b *testing.B) {
	groups := benchSpend()
	b.ReportAllocs()
	for b.Loop() {
		fit, err := FitSpend(context.Background(), groups)
		if err != nil || !fit.Converged {
			b.Fatal(err, fit)
		}
	}
}

// BenchmarkScores scores a million customers over 12 months: with spend, P(alive),
// orders, their interval and value, its interval included; without, all but money.
func BenchmarkScores(b *testing.B) {
	groups := benchGroups()
	model, terms := daily(b), Terms{Margin: 1, Discount: 0.1, Horizon: 12, Unit: 1}
	for name, spend := range map[string]*Spend{"orders": nil, "money": &exactSpend} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				mustScore(b, model, spend, groups, terms)
			}
			b.ReportMetric(float64(len(groups)), "groups")
		})
	}
}

// BenchmarkExpectedValue is the part of scoring that needs no distribution: P(alive),
// expected orders and 12-month value for a million customers.
func BenchmarkExpectedValue(b *testing.B) {
	groups := benchGroups()
	model, terms := daily(b), Terms{Margin: 1, Discount: 0.1, Horizon: 12, Unit: 1}
	present := terms.quadrature()
	var sum float64
	for b.Loop() {
		alive, value := make([]float64, len(groups)), make([]float64, len(groups))
		err := eachChunk(context.Background(), len(groups), 256, func(c chunk) {
			room := make([]float64, len(present.times))
			for i := c.lo; i < c.hi; i++ {
				alive[i] = model.Alive(groups[i].History)
				value[i] = present.orders(model, groups[i].History, room)
			}
		})
		if err != nil {
			b.Fatal(err)
		}
		sum += alive[0] + value[0]
	}
}

// BenchmarkCurves computes the curves a change of dropout needs.
func BenchmarkCurves(b *testing.B) {
	groups, model := benchGroups(), daily(b)
	for b.Loop() {
		nodes, err := ChooseNodes(model, groups, Terms{Margin: 1, Horizon: 120, Unit: 1})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := NewCurves(context.Background(), model, nodes, groups); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWeights is what a keystroke on margin, discount or horizon costs before
// the dot products.
func BenchmarkWeights(b *testing.B) {
	nodes, err := ChooseNodes(daily(b), benchGroups()[:1000], Terms{Margin: 1, Horizon: 120, Unit: 1})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := nodes.Weights(Terms{Margin: 1, Discount: 0.1, Horizon: 120, Unit: 1}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEvaluate(b *testing.B) {
	groups, draw := benchGroups(), rand.New(rand.NewPCG(3, 4))
	observed := make([]Observed, len(groups))
	for i, g := range groups {
		observed[i] = Observed{g, draw.IntN(3)}
	}
	for b.Loop() {
		if _, err := Evaluate(context.Background(), daily(b), observed, 273); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkValueSums(b *testing.B) {
	groups := benchGroups()
	money := make([]MoneyGroup, len(groups))
	for i, g := range groups {
		money[i] = MoneyGroup{g, 30 * float64(g.N), 1200 * float64(g.N)}
	}
	terms := Terms{Margin: 1, Discount: 0.1, Horizon: 12, Unit: 1}
	for b.Loop() {
		if _, err := ValueSums(context.Background(), daily(b), exactSpend, money, terms); err != nil {
			b.Fatal(err)
		}
	}
}
