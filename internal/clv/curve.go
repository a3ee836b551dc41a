package clv

import "math"

// activeBuyer is a customer of a (M)BG/NBD model who is active now: the rate of
// buying is Gamma(size, rate), the probability of leaving after an order
// Beta(a, b).
type activeBuyer struct {
	size, rate float64 // R = r+x and B = α+T
	a, b       float64 // a and b′ = b+x+k
	excess     float64 // a+b′−1−R, in which x cancels
}

// Where the series for N(t) is left for the integral: at a large z, after many
// terms, where terms alternate and cancel (A far below 0), and where they grow long
// before they fall.
const (
	seriesReach   = 0.98 // z
	seriesTerms   = 1000
	seriesLowest  = -10 // A
	seriesHighest = 40  // A
	seriesShape   = 100 // a
)

// curve evaluates N(t), the expected orders of an active buyer in the time t, at
// any number of times. It keeps what does not depend on t.
type curve struct {
	activeBuyer
	longest float64 // no time asked for is longer
	coef    []float64
	room    [96]float64 // for coef, as far as it goes
	nodes   []leave
}

// orders returns N(t), with C = a+b′−1 and z = t/(B+t)
//
//	N = (C/(a−1))·[1 − (B/(B+t))^R · ₂F₁(R, b′; C; z)]
//
// (2005a, eq. (10)), in a form that is regular at a = 1 and at C = 0:
//
//	N = −[C·φ + e^((a−1)ℓ)·Q],  ℓ = −ln(1+t/B),  φ = (e^((a−1)ℓ) − 1)/(a−1),
//	Q = Σₙ (A)ₙ(a)ₙ₋₁ zⁿ/((C+1)ₙ₋₁ n!),  A = C−R.
func (c *curve) orders(t float64) float64 {
	z := t / (c.rate + t)
	if z <= seriesReach && c.excess >= seriesLowest && c.excess <= seriesHighest && c.a <= seriesShape {
		if q, ok := c.series(z); ok {
			log := -math.Log1p(t / c.rate)
			return -((c.a+c.b-1)*expm1Over(c.a-1, log) + math.Exp((c.a-1)*log)*q)
		}
	}
	return c.integral(t)
}

// series returns Q, or false if it takes too many terms.
func (c *curve) series(z float64) (float64, bool) {
	if c.coef == nil {
		c.coef = append(c.room[:0], c.excess)
	}
	sum, power := 0.0, 1.0
	for n := range seriesTerms {
		if n == len(c.coef) {
			c.extend()
		}
		power *= z
		term := c.coef[n] * power
		sum += term
		if math.Abs(term) <= 1e-17*math.Abs(sum) {
			return sum, true
		}
	}
	return 0, false
}

// extend adds a coefficient of Q: that of zⁿ⁺¹ is that of zⁿ times
// (A+n)(a+n−1)/((C+n)(n+1)).
func (c *curve) extend() {
	n := float64(len(c.coef))
	c.coef = append(c.coef, c.coef[len(c.coef)-1]*(c.excess+n)*(c.a+n-1)/((c.a+c.b-1+n)*(n+1)))
}

// integral returns N(t) = E[(1 − (1+pt/B)^−R)/p] over p ~ Beta(a, b′).
func (c *curve) integral(t float64) float64 {
	if c.nodes == nil {
		c.nodes = c.leaving(make([]leave, 0, 512), c.longest)
	}
	var sum float64
	for _, n := range c.nodes {
		sum += n.weight * -math.Expm1(-c.size*math.Log1p(n.p*t/c.rate)) / n.p
	}
	return sum
}
