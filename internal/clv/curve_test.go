package clv

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// activeOrders returns N(t) of an active buyer: the expected orders of a BG/NBD customer
// but for P(alive).
func activeOrders(r, alpha, a, b float64, x int, seen, t float64) *curve {
	g := betaGeometric{r: r, alpha: alpha, a: a, b: b}
	return &curve{activeBuyer: g.given(History{X: x, T: seen}), longest: t}
}

func TestActiveOrders(t *testing.T) {
	for _, c := range []struct {
		r, alpha, a, b float64
		x              int
		seen, want     float64
	}{
		{.2425945224, 4.4136020190, .7929220172, 2.4259067768, 2, 272. / 7, 1.687255965186},
		{.2425945224, 4.4136020190, .7929220172, 2.4259067768, 5000, 38.8, 3440.265655996},
		{.24, 4.4, .5, .5, 0, 38, .178136739827}, // C = 0
		{.24, 4.4, 1, 2.4, 2, 38, 1.649082124194},
		{.24, 4.4, .3, .4, 0, 38, .184418022303}, // C < 0
	} {
		curve := activeOrders(c.r, c.alpha, c.a, c.b, c.x, c.seen, 39)
		near(t, fmt.Sprintf("%+v: N(39)", c), curve.orders(39), c.want, 2e-12)
		near(t, fmt.Sprintf("%+v: N(39) by the integral", c), curve.integral(39), c.want, 2e-12)
	}
}

// wide draws from low to high, evenly in logarithms.
func wide(rng *rand.Rand, low, high float64) float64 {
	return low * math.Pow(high/low, rng.Float64())
}

// randomCase draws parameters, a history and a time, from the ordinary to the odd.
func randomCase(rng *rand.Rand, m Model) ([]float64, History, float64) {
	params := []float64{wide(rng, .02, 20), wide(rng, .1, 300), wide(rng, .02, 20), wide(rng, .02, 20)}
	if m == ParetoNBD {
		params[3] = wide(rng, .1, 300)
	} else if rng.IntN(8) == 0 {
		params[2] = float64(1 + rng.IntN(2))
	}
	h := History{T: wide(rng, .1, 500)}
	if rng.IntN(4) > 0 {
		h.X = int(wide(rng, 1, 400))
		h.TX = h.T * math.Sqrt(rng.Float64())
	}
	return params, h, wide(rng, .1, 1000)
}

// TestSeriesAndIntegral: two ways to N(t) agree.
func TestSeriesAndIntegral(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var worst float64
	for range 2000 {
		params, h, at := randomCase(rng, BGNBD)
		h.X *= 1 + 10*rng.IntN(2)
		for i := range params {
			if rng.IntN(4) == 0 {
				params[i] *= 10
			}
		}
		c := activeOrders(params[0], params[1], params[2], params[3], h.X, h.T, at)
		got, want := c.orders(at), c.integral(at)
		off := math.Abs(got/want - 1)
		worst = max(worst, off)
		if !(off < 1e-11) {
			t.Errorf("%v, %+v: N(%v) is %v by the series and %v by the integral", params, h, at, got, want)
		}
	}
	t.Logf("worst relative difference %.2g", worst)
}

// TestConsistency: what can be had in two ways is the same in both.
func TestConsistency(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, m := range Models {
		t.Run(m.String(), func(t *testing.T) {
			for i := range 200 {
				params, h, at := randomCase(rng, m)
				p := mustNew(t, m, params...)
				what := fmt.Sprintf("%v, %+v, t = %v: ", params, h, at)
				expected, orders := p.Expected(h, at), Orders(p, h, at)
				// The list ends at 1e-13; what is beyond counts little.
				if off := math.Abs(orders.Mean() - expected); !(off <= 1e-11*(expected+float64(len(orders)+10))) {
					t.Errorf("%sthe mean of the distribution is off by %v of %v", what, off, expected)
				}
				if v := Variance(p, h, at); !(math.Abs(orders.Variance()-v) <= 1e-8*v+1e-11*square(float64(len(orders)+10))) {
					t.Errorf("%sthe variance of the distribution is %v, want %v", what, orders.Variance(), v)
				}
				at3 := make([]float64, 3)
				p.ExpectedAt(at3, h, []float64{at / 50, at, 0})
				near(t, what+"E[Y] among others", at3[1], expected, 1e-11)
				near(t, what+"E[Y] sooner", at3[0], p.Expected(h, at/50), 1e-11)
				if at3[2] != 0 {
					t.Errorf("%s%v orders in no time", what, at3[2])
				}
				if alive, later := p.Alive(h), p.AliveAfter(h, at); !(later <= alive*(1+1e-12) && later >= 0) {
					t.Errorf("%sP(alive) %v now, %v later", what, alive, later)
				}
				near(t, what+"P(alive) after no time", p.AliveAfter(h, 0), p.Alive(h), 1e-11)
				if i%5 == 0 {
					checkDERT(t, what, p, h)
				}
			}
		})
	}
}

func square(v float64) float64 { return v * v }

// checkDERT compares DERT with ∫ δe^−δt·E[Y(t)] dt by a much finer rule.
func checkDERT(t *testing.T, what string, p Purchases, h History) {
	t.Helper()
	const delta = .002
	fine := legendreFor(2048)
	end := math.Log1p(45 / delta)
	times, values := make([]float64, len(fine.at)), make([]float64, len(fine.at))
	for i, at := range fine.at {
		times[i] = math.Expm1(at * end)
	}
	p.ExpectedAt(values, h, times)
	var want float64
	for i, e := range values {
		want += fine.weight[i] * end * (1 + times[i]) * delta * math.Exp(-delta*times[i]) * e
	}
	near(t, what+"DERT", p.DERT(h, delta), want, 1e-10)
}

// TestPairsIntegral: two ways to E[Y(Y−1)] agree.
func TestPairsIntegral(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		params, h, at := randomCase(rng, BGNBD)
		y := activeOrders(params[0], params[1], params[2], params[3], h.X, h.T, at).activeBuyer
		if (y.size+40)*(1+at/y.rate) > 2e5 {
			continue
		}
		near(t, fmt.Sprintf("%v, %+v: E[Y(Y−1)], t = %v", params, h, at), y.pairsIntegral(at), y.pairsSum(at), 1e-10)
	}
}

// TestDeparture: the integral has nodes enough, whichever of α and β is smaller.
func TestDeparture(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	fine := legendreFor(1024)
	var worst float64
	for range 3000 {
		params, h, _ := randomCase(rng, ParetoNBD)
		p := pareto{params[0], params[1], params[2], params[3]}
		if h.TX == h.T {
			continue
		}
		d := p.departed(h)
		var sum float64
		for i, at := range fine.at {
			sum += fine.weight[i] * d.at(at*d.end).value
		}
		off := math.Abs(softplus(p.logOddsLeft(h)) - softplus(d.logOdds(p.s, sum)))
		worst = max(worst, off)
		if !(off < 2e-12) {
			t.Errorf("%v, %+v: ln(1+I) is off by %v", params, h, off)
		}
	}
	t.Logf("worst difference %.2g", worst)
}

// TestFiniteEverywhere asks every model about extreme customers at extreme
// parameters.
func TestFiniteEverywhere(t *testing.T) {
	histories := []History{{0, 0, 0}, {0, 0, 1e4}, {1, 0, 1e4}, {1, 1e4, 1e4}, {3, 1e-6, 5}, {5000, 10, 1560}, {10_000, 10_950, 10_957}}
	values := []float64{1e-12, 1, 1e3, 1e12}
	var at [3]float64
	for _, m := range Models {
		for i := range 4 * 4 * 4 * 4 {
			params := []float64{values[i%4], values[i/4%4], values[i/16%4], values[i/64]}
			p := mustNew(t, m, params...)
			for _, h := range histories {
				p.ExpectedAt(at[:], h, []float64{1e-9, 39, 1e5})
				for what, v := range map[string]float64{
					"Alive": p.Alive(h), "AliveAfter": p.AliveAfter(h, 52), "LogLikelihood": p.LogLikelihood(h),
					"Expected": at[0], "Expected later": at[1], "Expected at last": at[2],
					"Factorial2": p.Factorial2(h, 39), "DERT": p.DERT(h, .002), "New": p.New(39),
				} {
					if math.IsNaN(v) || math.IsInf(v, 0) || (what != "LogLikelihood" && v < -1e-9) {
						t.Errorf("%v %v, %+v: %s is %v", m, params, h, what, v)
					}
				}
			}
		}
	}
}

// TestNoOrders: in no time, and from somebody certain to have left, nothing comes.
func TestNoOrders(t *testing.T) {
	for _, m := range Models {
		p := mustNew(t, m, .5, 10, 1, 20)
		if orders := Orders(p, sampleCustomers[1], 0); len(orders) > 0 || p.Factorial2(sampleCustomers[1], 0) != 0 {
			t.Errorf("%v: %v in no time", m, orders)
		}
		gone := History{5000, 10, 1560}
		orders := Orders(p, gone, 39)
		if p.Alive(gone) != 0 || orders.Mean() != 0 || p.Expected(gone, 39) != 0 {
			t.Errorf("%v: %v of somebody who left", m, orders.Mean())
		}
	}
}

// TestManyOrders: distributions of customers with thousands of orders are whole.
func TestManyOrders(t *testing.T) {
	for _, c := range []struct {
		m      Model
		params []float64
	}{{BGNBD, exactBG}, {MBGNBD, exactMBG}, {ParetoNBD, exactPareto}} {
		p := mustNew(t, c.m, c.params...)
		for _, h := range []History{{5000, 38.8, 38.8}, {10_000, 1565, 1565}, {300, 38.5, 38.8}} {
			for _, at := range []float64{39, 520} {
				what := fmt.Sprintf("%v, %+v, t = %v: ", c.m, h, at)
				orders := Orders(p, h, at)
				near(t, what+"mean", orders.Mean(), p.Expected(h, at), 1e-9)
				near(t, what+"variance", orders.Variance(), Variance(p, h, at), 1e-7)
				for i := 1; i < len(orders); i++ {
					if orders[i] > orders[i-1]*(1+1e-12)+1e-13 || orders[i] < 0 {
						t.Fatalf("%sP(Y ≥ %d) is %v after %v", what, i+1, orders[i], orders[i-1])
					}
				}
			}
		}
	}
}
