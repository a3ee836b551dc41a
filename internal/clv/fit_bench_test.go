package clv

import (
	"context"
	"sync"
	"testing"
)

// million are a million customers of a shop like CDNOW, in days: about a hundred
// thousand groups.
var million = sync.OnceValue(func() []Group {
	return newSimulator(BGNBD, []float64{.2425945224, 30.8952141331, .7929220172, 2.4259067768}, 1).shop(1_000_000, 189, 272)
})

// BenchmarkFit fits a million customers with each model.
func BenchmarkFit(b *testing.B) {
	for _, m := range Models {
		b.Run(m.String(), func(b *testing.B) {
			groups := million()
			b.ReportMetric(float64(len(groups)), "groups")
			for b.Loop() {
				fit(b, m, groups)
			}
		})
	}
}

// BenchmarkFitOfTheSample fits the 2,357 customers of CDNOW.
func BenchmarkFitOfTheSample(b *testing.B) {
	for _, m := range Models {
		b.Run(m.String(), func(b *testing.B) {
			groups := groupsOf(readSample(b))
			for b.Loop() {
				fit(b, m, groups)
			}
		})
	}
}

// BenchmarkYear asks for P(alive), E[Y] and a curve of 12 months of a million
// customers.
func BenchmarkYear(b *testing.B) {
	months := make([]float64, 12)
	for i := range months {
		months[i] = float64(i+1) * 365.25 / 12
	}
	for _, c := range []struct {
		m      Model
		params []float64
	}{
		{MBGNBD, []float64{.52484, 43.28, .89136, 1.614}},
		{BGNBD, []float64{.24259, 30.895, .79292, 2.4259}},
		{ParetoNBD, []float64{.55328, 74.04, .60624, 81.68}},
	} {
		b.Run(c.m.String(), func(b *testing.B) {
			groups, p := million(), mustNew(b, c.m, c.params...)
			for b.Loop() {
				err := eachChunk(context.Background(), len(groups), 1024, func(c chunk) {
					curve := make([]float64, len(months))
					for _, g := range groups[c.lo:c.hi] {
						p.Alive(g.History)
						p.Expected(g.History, 273)
						p.ExpectedAt(curve, g.History, months)
					}
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkOrders asks for the distribution of a customer's orders in 39 weeks, and
// BenchmarkDERT for what a customer is worth for ever.
func BenchmarkOrders(b *testing.B) {
	benchmarkModels(b, func(p Purchases, h History) { p.AtLeast(nil, h, 39) })
}

func BenchmarkDERT(b *testing.B) {
	benchmarkModels(b, func(p Purchases, h History) { p.DERT(h, .0027) })
}

func benchmarkModels(b *testing.B, ask func(p Purchases, h History)) {
	for _, p := range []Purchases{mustNew(b, MBGNBD, exactMBG...), mustNew(b, BGNBD, exactBG...), mustNew(b, ParetoNBD, exactPareto...)} {
		b.Run(p.Model().String(), func(b *testing.B) {
			for b.Loop() {
				ask(p, sampleCustomers[1])
			}
		})
	}
}
