package clv

import "math"

// betaGeometric is the BG/NBD (k = 0) and the MBG/NBD (k = 1) model: while
// active, customers buy at the rate λ ~ Gamma(r, rate α); after every order – with
// k = 1 the first one included – they leave with probability p ~ Beta(a, b).
//
// Given alive at T, λ ~ Gamma(R, rate B) with R = r+x, B = α+T, and p ~ Beta(a, b′)
// with b′ = b+x+k, independent of each other. Beyond P(alive) the two models
// differ in b′ alone.
type betaGeometric struct{ r, alpha, a, b, k float64 }

func newBetaGeometric(m Model, params []float64) betaGeometric {
	g := betaGeometric{r: params[0], alpha: params[1], a: params[2], b: params[3]}
	if m == MBGNBD {
		g.k = 1
	}
	return g
}

// Model tells which of the two this is.
func (g betaGeometric) Model() Model {
	if g.k == 1 {
		return MBGNBD
	}
	return BGNBD
}

// Params returns r, alpha, a, b.
func (g betaGeometric) Params() []float64 { return []float64{g.r, g.alpha, g.a, g.b} }

// logOddsLeft returns the logarithm of the odds of having left by T:
// q = ln(a/(b+x−1+k)) + R·ln((α+T)/(α+t_x)). In the BG/NBD model nobody leaves
// before a repeat order: −∞ at x = 0.
func (g betaGeometric) logOddsLeft(h History) float64 {
	if h.X == 0 && g.k == 0 {
		return math.Inf(-1)
	}
	x := float64(h.X)
	return math.Log(g.a/(g.b+x-1+g.k)) + (g.r+x)*math.Log1p((h.T-h.TX)/(g.alpha+h.TX))
}

// Alive returns P(alive | x, t_x, T) = 1/(1+e^q).
func (g betaGeometric) Alive(h History) float64 { return logistic(-g.logOddsLeft(h)) }

// LogLikelihood returns ln L of 2005a, eq. (6), its two terms joined in logs:
// ln Γ(r+x)/Γ(r) + r ln α + ln B(a, b′)/B(a, b) − R ln(α+T) + ln(1+e^q).
func (g betaGeometric) LogLikelihood(h History) float64 {
	x, n := float64(h.X), h.X+int(g.k)
	return lnRising(g.r, h.X) - g.r*math.Log1p(h.T/g.alpha) - x*math.Log(g.alpha+h.T) +
		lnRising(g.b, n) - lnRising(g.a+g.b, n) + softplus(g.logOddsLeft(h))
}

// given returns what is known of a customer who is alive at T.
func (g betaGeometric) given(h History) activeBuyer {
	x := float64(h.X)
	return activeBuyer{size: g.r + x, rate: g.alpha + h.T, a: g.a, b: g.b + x + g.k, excess: g.a + g.b - 1 + g.k - g.r}
}

// Expected returns E[Y(t)] = P(alive)·N(t).
func (g betaGeometric) Expected(h History, t float64) float64 {
	c := curve{activeBuyer: g.given(h), longest: t}
	return g.Alive(h) * c.orders(t)
}

// ExpectedAt sets dst[i] to Expected(h, ts[i]).
func (g betaGeometric) ExpectedAt(dst []float64, h History, ts []float64) {
	c := curve{activeBuyer: g.given(h)}
	for _, t := range ts {
		c.longest = max(c.longest, t)
	}
	alive := g.Alive(h)
	for i, t := range ts {
		dst[i] = alive * c.orders(t)
	}
}

// New returns E[X(t)]: N(t) of somebody seen for no time, times the probability of
// not having left at the first order.
func (g betaGeometric) New(t float64) float64 {
	c := curve{activeBuyer: g.given(History{}), longest: t}
	stay := 1.0
	if g.k == 1 {
		stay = g.b / (g.a + g.b)
	}
	return stay * c.orders(t)
}

// AliveAfter returns P(alive)·E[(1+pt/B)^−R]: an active customer leaves at the
// rate λp.
func (g betaGeometric) AliveAfter(h History, t float64) float64 {
	buyer := g.given(h)
	var sum float64
	for _, n := range buyer.leaving(nil, t) {
		sum += n.weight * math.Exp(-buyer.size*math.Log1p(n.p*t/buyer.rate))
	}
	return g.Alive(h) * sum
}

// AtLeast appends P(Y ≥ k) = P(alive)·(b′)ₖ₋₁/(a+b′)ₖ₋₁·P(N ≥ k), N ~ NegBin(R, z)
// the orders the customer would make if not leaving.
func (g betaGeometric) AtLeast(dst []float64, h History, t float64) []float64 {
	buyer := g.given(h)
	n := newCounts(buyer.size, t/buyer.rate)
	stay := g.Alive(h)
	for j := 0.0; ; j++ {
		n.next()
		p := stay * n.atLeast
		if p < negligible && n.beyondMode() || j == mostOrders {
			return dst
		}
		dst = append(dst, p)
		stay *= (buyer.b + j) / (buyer.a + buyer.b + j)
	}
}

// Factorial2 returns E[Y(Y−1)] = Σₖ 2(k−1)·P(Y ≥ k), or where that is a long sum
// the integral over p.
func (g betaGeometric) Factorial2(h History, t float64) float64 {
	buyer := g.given(h)
	if (buyer.size+40)*(1+t/buyer.rate) > 5000 {
		return g.Alive(h) * buyer.pairsIntegral(t)
	}
	return g.Alive(h) * buyer.pairsSum(t)
}

// DERT returns ∫₀^∞ e^−δt dE[Y(t)] = ∫₀^∞ δe^−δt·E[Y(t)] dt, by Gauss–Legendre in
// u = ln(1+t/B), in which N(t) is entire, up to δt = 45, where nothing is left.
// N(t) settles at about e^(−Rpu): the faster, the more nodes, 64 for most.
func (g betaGeometric) DERT(h History, delta float64) float64 {
	c := curve{activeBuyer: g.given(h), longest: 45 / delta}
	w := delta * c.rate
	end := math.Log1p(45 / w)
	pace := c.size * min(1, (c.a+10)/(c.a+c.b))
	gauss := legendreFor(48 + 4*math.Sqrt(pace*end))
	var sum float64
	for i, at := range gauss.at {
		grown := math.Expm1(at * end) // t/B
		sum += gauss.weight[i] * w * (1 + grown) * math.Exp(-w*grown) * c.orders(grown*c.rate)
	}
	return g.Alive(h) * end * sum
}
