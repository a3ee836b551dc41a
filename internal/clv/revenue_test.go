package clv

import (
	"math"
	"testing"
)

// TestRevenueReference checks the spend of two CDNOW customers in 39 weeks.
func TestRevenueReference(t *testing.T) {
	people := readSample(t)
	bg := mustNew(t, BGNBD, exactBG...)
	weeks39 := Terms{Margin: 1, Horizon: 1, Unit: 7, Month: 39 * 7}
	tests := []struct {
		id                  int
		mean, sd, q50, q90  string
		orders10, orders90  int
		variance, noOrder39 string
	}{
		{1, "30.2255676251", "42.85692353", "15.449933", "84.977227", 0, 3, "2.528814376104", "0.4453720498"},
		{6, "238.518554931", "271.2428812", "160.7628", "620.13768", 0, 9, "13.32216298034", "0.3642799114"},
	}
	for _, test := range tests {
		of := people[test.id-1]
		scale := exactSpend.Scale(of.X, of.m)
		near(t, "expected spend", mustValue(t, bg, of, weeks39), number(t, test.mean), 1e-9)
		variance, err := ValueVariance(bg, exactSpend, of.History, of.m, weeks39)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "spend's standard deviation", math.Sqrt(variance), number(t, test.sd), 1e-9)
		r := NewRevenue(bg, exactSpend, of.History, 39)
		if q := r.Quantile(0.1); q != 0 {
			t.Errorf("P10 of spend is %v, want 0", q)
		}
		printed(t, "P50 of spend", scale*r.Quantile(0.5), test.q50)
		printed(t, "P90 of spend", scale*r.Quantile(0.9), test.q90)
		near(t, "P(V ≤ P90)", r.CDF(r.Quantile(0.9)), 0.9, 1e-12)

		orders := Orders(bg, of.History, 39)
		if lo, hi := orders.Quantile(0.1), orders.Quantile(0.9); lo != test.orders10 || hi != test.orders90 {
			t.Errorf("P10–P90 of orders are %d–%d, want %d–%d", lo, hi, test.orders10, test.orders90)
		}
		near(t, "variance of orders", orders.Variance(), number(t, test.variance), 1e-10)
		printed(t, "P(no order)", orders.None(), test.noOrder39)
	}
}

// TestRevenueIsADistribution: the density is the slope of the distribution, and
// quantiles invert it, for shapes below and above 1 and many orders.
func TestRevenueIsADistribution(t *testing.T) {
	bg := mustNew(t, BGNBD, exactBG...)
	for _, s := range []Spend{exactSpend, {P: 0.3, Q: 0.8, V: 10}, {P: 60, Q: 25, V: 5}} {
		for _, h := range someHistories[1:] {
			r := NewRevenue(bg, s, h, 39)
			last := 0.0
			for w := -8.0; w <= 8; w += 0.5 {
				at := math.Exp(w)
				cdf := r.CDF(at)
				if !(cdf >= last-1e-13 && cdf <= 1) {
					t.Errorf("%v %v: P(V ≤ %v) is %v after %v", s, h, at, cdf, last)
				}
				const step = 1e-4
				slope := (r.CDF(math.Exp(w+step)) - r.CDF(math.Exp(w-step))) / (2 * step)
				if d := r.density(at); math.Abs(d-slope) > 1e-5*d+1e-10 {
					t.Errorf("%v %v: density at %v is %v, the slope %v", s, h, at, d, slope)
				}
				last = cdf
			}
			for share := 0.05; share < 1; share += 0.05 {
				if q := r.Quantile(share); q > 0 && math.Abs(r.CDF(q)-share) > 1e-11 {
					t.Errorf("%v %v: P(V ≤ Q(%v)) is %v", s, h, share, r.CDF(q))
				}
			}
		}
	}
}

// TestRevenueTable compares quantiles by table with those of the distribution.
func TestRevenueTable(t *testing.T) {
	bg := mustNew(t, BGNBD, exactBG...)
	var worst float64
	for _, s := range []Spend{exactSpend, {P: 0.3, Q: 0.8, V: 10}, {P: 60, Q: 25, V: 5}} {
		for _, x := range []int{0, 1, 3, 10, 40} {
			for _, after := range []float64{26, 52, 520} {
				last := 38.0 * float64(x) / float64(x+1)
				h := History{x, last, 38.86}
				orders := Orders(bg, h, after)
				table, ok := newRevenueTable(s.P, s.shape(x), len(orders)+7)
				if !ok {
					t.Fatalf("no table for %+v with %d orders", s, len(orders))
				}
				mass := appendMass(nil, orders)
				exact := NewRevenue(bg, s, h, after)
				for _, share := range []float64{0.1, 0.5, 0.9} {
					got, inside := table.quantile(orders.None(), mass, share)
					want := exact.Quantile(share)
					if want > 0 && inside {
						worst = math.Max(worst, math.Abs(got/want-1))
					}
					if inside && math.Abs(got-want) > 1e-4*want {
						t.Errorf("%+v %v: Q(%v) by table is %v, want %v", s, h, share, got, want)
					}
				}
			}
		}
	}
	t.Logf("worst relative error %.2g", worst)
}

// TestRevenueOfManyOrders: orders gathered in steps move quantiles by little.
func TestRevenueOfManyOrders(t *testing.T) {
	bg := mustNew(t, BGNBD, exactBG...)
	h := History{2000, 38.8, 38.86}
	orders := Orders(bg, h, 39)
	stepped := NewRevenue(bg, exactSpend, h, 39)
	var counts, mass []float64
	for y := 1; y <= len(orders); y++ {
		counts, mass = append(counts, float64(y)), append(mass, orders.Exactly(y))
	}
	full := mixture(exactSpend.P, exactSpend.shape(h.X), orders.None(), counts, mass)
	t.Logf("%d numbers of orders in %d terms", len(orders), len(stepped.a))
	for _, share := range []float64{0.2, 0.5, 0.9} {
		near(t, "quantile of many orders", stepped.Quantile(share), full.Quantile(share), 1e-3)
	}
}
