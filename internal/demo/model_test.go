package demo

import (
	"math"
	"testing"
)

// expectedRepeats is the mean number of repeat orders within t days of the first
// at the given truth: E[X(t)] = ∫ (1 − (1 + p·t/α)^−r)/p Beta(p; a, b) dp, by the
// trapezoid rule in the logit of p.
func expectedRepeats(tr Truth, t float64) float64 {
	sum, weights := 0.0, 0.0
	for v := -40.0; v <= 40; v += 0.05 {
		p := 1 / (1 + math.Exp(-v))
		w := math.Exp(tr.A*math.Log(p) + tr.B*math.Log1p(-p))
		if p == 1 || w == 0 {
			continue
		}
		weights += w
		sum += w * -math.Expm1(-tr.R*math.Log1p(p*t/tr.Alpha)) / p
	}
	return sum / weights
}

func TestRepeatOrdersFollowTheModel(t *testing.T) {
	for _, o := range []Options{{Customers: 30_000}, {Customers: 30_000, Orders: 300_000, Seed: 5}} {
		s, err := plan(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		var d dice
		repeats, want := 0, 0.0
		for i := range s.Customers {
			s.life(i, 1, &d, func(_, kind int) {
				if kind == 0 {
					repeats++
				}
			})
			if i%100 == 50 { // customers are numbered as they join
				d.reseed(s.Seed, streamLife, i)
				want += 100 * expectedRepeats(s.truth, float64(s.cal.days)-s.joinTime(i, &d))
			}
		}
		if ratio := float64(repeats) / want; math.Abs(ratio-1) > 0.04 {
			t.Errorf("%d repeat orders, the model expects %.0f (ratio %.3f)", repeats, want, ratio)
		}
	}
}

func TestSpendFollowsTheModel(t *testing.T) {
	s, err := plan(t.Context(), Options{Customers: 40_000})
	if err != nil {
		t.Fatal(err)
	}
	sum, shortfall := 0.0, 0.0
	for i := range s.Customers {
		sum += float64(s.traitOf(i).spend) * s.truth.P / float64(s.Customers)
		shortfall += 1 / float64(s.traitOf(i).spend) / float64(s.Customers)
	}
	if want := s.truth.P * s.truth.V / (s.truth.Q - 1); math.Abs(sum/want-1) > 0.02 {
		t.Errorf("mean spend %.2f, the model expects %.2f", sum, want)
	}
	if want := s.truth.Q / s.truth.V; math.Abs(shortfall/want-1) > 0.02 {
		t.Errorf("mean rate ν %.4f, the model expects %.4f", shortfall, want)
	}
}

func TestParametersScaleTheRateOnly(t *testing.T) {
	plain, err := Parameters(Options{})
	if err != nil {
		t.Fatal(err)
	}
	busy, err := Parameters(Options{Customers: 1000, Orders: 9000})
	if err != nil {
		t.Fatal(err)
	}
	if plain != standard || busy.Alpha >= plain.Alpha {
		t.Errorf("plain %+v, busy %+v: want the standard truth and a smaller Alpha", plain, busy)
	}
	busy.Alpha = plain.Alpha
	if busy != plain {
		t.Errorf("more orders changed more than Alpha: %+v", busy)
	}
}

func TestMorePaceNeverMeansFewerOrders(t *testing.T) {
	s, err := plan(t.Context(), Options{Customers: 500})
	if err != nil {
		t.Fatal(err)
	}
	var d dice
	for i := range s.Customers {
		last := 0
		for _, pace := range []float64{0.01, 0.3, 1, 2, 9, 100} {
			n := 0
			s.life(i, pace, &d, func(_, kind int) {
				if kind == 0 {
					n++
				}
			})
			if n < last {
				t.Fatalf("customer %d: %d repeat orders at pace %v, %d before", i, n, pace, last)
			}
			last = n
		}
	}
}

func TestDiceMoments(t *testing.T) {
	var d dice
	d.reseed(1, streamLife, 1)
	const n = 200_000
	for _, tc := range []struct {
		name           string
		draw           func() float64
		mean, variance float64
	}{
		{"unit", d.unit, 0.5, 1.0 / 12},
		{"exponential", d.exponential, 1, 1},
		{"normal", d.normal, 0, 1},
		{"gamma .62", func() float64 { return d.gamma(0.62) }, 0.62, 0.62},
		{"gamma 3.9", func() float64 { return d.gamma(3.9) }, 3.9, 3.9},
		{"erlang 6", func() float64 { return d.erlang(6) }, 6, 6},
		{"beta .85 6.4", func() float64 { return d.beta(0.85, 6.4) }, 0.85 / 7.25, 0.85 * 6.4 / (7.25 * 7.25 * 8.25)},
	} {
		sum, squares := 0.0, 0.0
		for range n {
			x := tc.draw()
			sum += x
			squares += x * x
		}
		mean := sum / n
		variance := squares/n - mean*mean
		if math.Abs(mean-tc.mean) > 5*math.Sqrt(tc.variance/n) || math.Abs(variance/tc.variance-1) > 0.04 {
			t.Errorf("%s: mean %.4f variance %.4f, want %.4f and %.4f", tc.name, mean, variance, tc.mean, tc.variance)
		}
	}
}

func TestLogarithmAndExponential(t *testing.T) {
	var d dice
	d.reseed(1, streamLife, 2)
	for range 20_000 {
		x := math.Ldexp(d.unit(), d.below(200)-100)
		if got, want := ln(x), math.Log(x); math.Abs(got-want) > 4e-15*math.Max(1, math.Abs(want)) {
			t.Fatalf("ln(%v) = %v, want %v", x, got, want)
		}
		y := 600 * (d.unit() - 0.5)
		if got, want := exp(y), math.Exp(y); math.Abs(got/want-1) > 1e-13 {
			t.Fatalf("exp(%v) = %v, want %v", y, got, want)
		}
	}
	if exp(-1e4) != 0 || exp(0) != 1 || ln(1) != 0 {
		t.Errorf("exp(-1e4) = %v, exp(0) = %v, ln(1) = %v", exp(-1e4), exp(0), ln(1))
	}
}
