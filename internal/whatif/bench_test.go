package whatif

import (
	"context"
	"strconv"
	"sync"
	"testing"

	"worth/internal/clv"
)

// millionCustomers is the baseline of the benchmarks: about 145,000 histories.
var millionCustomers = sync.OnceValue(func() Fitted {
	t := &testing.B{}
	return shopOf(t, mustPurchases(t, clv.BGNBD), 1_000_000, 1)
})

// million is its Model.
var million = sync.OnceValue(func() *Model { return mustFitted(&testing.B{}, millionCustomers()) })

// BenchmarkNewFitted is what opening the page costs.
func BenchmarkNewFitted(b *testing.B) {
	in := millionCustomers()
	for b.Loop() {
		m := mustFitted(b, in)
		b.ReportMetric(float64(len(in.Groups)), "histories")
		b.ReportMetric(float64(len(m.engine.(*fitted).spans)), "spans")
		b.ReportMetric(float64(len(m.engine.(*fitted).bends[0].nodes.Times)), "nodes")
	}
}

// BenchmarkKeystroke is a step of a slider that bends nothing: totals and every segment,
// with forty visible customers.
func BenchmarkKeystroke(b *testing.B) {
	m, ctx := million(), context.Background()
	visible := make([]int32, 40)
	for i := range visible {
		visible[i] = int32(i * 1000)
	}
	s := Scenario{}
	for i := 0; b.Loop(); i++ {
		s = m.Place(s, Everyone, Margin, 0.2+float64(i%100)/1000)
		s = m.Place(s, "Loyal", Discount, 0.1+float64(i%7)/100)
		if _, err := m.Evaluate(ctx, s); err != nil {
			b.Fatal(err)
		}
		if _, err := m.Rows(ctx, s, visible); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDistribution is the full distribution.
func BenchmarkDistribution(b *testing.B) {
	m, ctx := million(), context.Background()
	s := m.Place(Scenario{}, "Loyal", Margin, 0.4)
	for b.Loop() {
		if _, err := m.Distribute(ctx, s); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRetention is a step of the retention slider: solved, and every curve anew;
// with upkeep also who has left.
func BenchmarkRetention(b *testing.B) {
	m, ctx := million(), context.Background()
	for name, upkeep := range map[string]float64{"plain": 0, "upkeep": 3} {
		b.Run(name, func(b *testing.B) {
			s := m.Place(Scenario{}, Everyone, Upkeep, upkeep)
			if err := m.Prepare(ctx, s, nil); err != nil {
				b.Fatal(err)
			}
			for i := 0; b.Loop(); i++ {
				base := m.Spec(Everyone, Retention).Base
				s = m.Place(s, Everyone, Retention, base+float64(i+1)*1e-4)
				if _, err := m.Evaluate(ctx, s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkTornado is a tornado, whose retention bends curves twice.
func BenchmarkTornado(b *testing.B) {
	m := million()
	for i := 0; b.Loop(); i++ {
		s, err := m.Set(Scenario{}, Everyone, Retention, "+"+strconv.Itoa(i%5)+"."+strconv.Itoa(i)+"pt")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := m.Tornado(context.Background(), s, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWordOfMouth is a step of θ and one of λ with a million people in chains: credit,
// totals and every segment.
func BenchmarkWordOfMouth(b *testing.B) {
	in, _ := chained(b, millionCustomers())
	m, ctx := mustFitted(b, in), context.Background()
	for _, lever := range []Lever{Theta, Lambda} {
		b.Run(lever.String(), func(b *testing.B) {
			s := m.Place(Scenario{}, Everyone, Referral, 1)
			for i := 0; b.Loop(); i++ {
				s = m.Place(s, Everyone, lever, float64(i%1000)/1000)
				if _, err := m.Evaluate(ctx, s); err != nil {
					b.Fatal(err)
				}
				if _, err := m.WordOfMouth(ctx, s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
