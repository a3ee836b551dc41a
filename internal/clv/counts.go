package clv

import "math"

// Where a list of P(Y ≥ k) ends: at a probability that is negligible beyond the
// mode, and in any case after as many orders as nobody makes.
const (
	negligible = 1e-13
	mostOrders = 1_000_000
)

// Variance returns Var Y(t) = E[Y(Y−1)] + E[Y] − E[Y]².
func Variance(p Purchases, h History, t float64) float64 {
	mean := p.Expected(h, t)
	return max(0, p.Factorial2(h, t)+mean-mean*mean)
}

// counts walks through N ~ NegBin(size, z): P(N = 0) = (1−z)^size and
// P(N = j+1) = P(N = j)·(size+j)/(j+1)·z. What is too small for a float64 is kept
// in units of e^−600, debt of them.
type counts struct {
	size, z float64
	j       float64 // the count reached
	f       float64 // P(N = j), times e^(600·debt)
	debt    int
	atLeast float64 // P(N ≥ j)
}

const debtUnit = 600

// newCounts returns N at 0; odds is z/(1−z).
func newCounts(size, odds float64) counts {
	c := counts{size: size, z: odds / (1 + odds), atLeast: 1}
	c.f, c.debt = owing(-size * math.Log1p(odds))
	return c
}

// owing returns e^log as a number of ordinary size and the units of e^−600 to
// multiply it with.
func owing(log float64) (float64, int) {
	debt := max(0, int(-log/debtUnit))
	return math.Exp(log + debtUnit*float64(debt)), debt
}

// exactly returns P(N = j), 0 as long as it is next to that.
func (c *counts) exactly() float64 {
	if c.debt > 0 {
		return 0
	}
	return c.f
}

// beyondMode tells whether probabilities only fall from here on.
func (c *counts) beyondMode() bool { return c.debt == 0 && c.growth() < 1 }

// growth returns P(N = j+1)/P(N = j).
func (c *counts) growth() float64 { return c.pace() * c.z }

// pace is the part of growth that does not depend on z.
func (c *counts) pace() float64 { return (c.size + c.j) / (c.j + 1) }

// step goes to the next count, at the pace of this one, and leaves the tail alone.
func (c *counts) step(pace float64) {
	c.f *= pace * c.z
	c.j++
	if c.debt > 0 && c.f > 1 {
		c.f *= math.Exp(-debtUnit)
		c.debt--
	}
}

// next goes to the next count. The tail is what remains after those before; past
// the mode it is less than a geometric series, which ends what rounding leaves.
func (c *counts) next() {
	c.atLeast = max(0, c.atLeast-c.exactly())
	c.step(c.pace())
	if g := max(c.growth(), c.z); g < 1 && c.debt == 0 {
		c.atLeast = min(c.atLeast, c.f/(1-g))
	}
}
