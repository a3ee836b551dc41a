package clv

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Revenue is the predictive distribution of what one customer spends in a time to
// come, undiscounted and before margin: a mixture over the number of orders y of
// p·y gamma shapes about a mean that is known as far as x orders tell. In multiples
// of Spend.Scale(x, m) it depends on the history alone:
//
//	P(V ≤ s·(v+mx)) = P(Y=0) + Σ_{y≥1} P(Y=y)·I_{s/(s+1)}(py, px+q).
type Revenue struct {
	none float64   // P(no order)
	a    []float64 // p·y for numbers of orders y
	mass []float64 // P(Y=y)
	norm []float64 // ln B(p·y, px+q)
	b    float64   // px+q, the shape of what is known of the mean
}

// fineCounts is how finely numbers of orders are told apart: up to twice as many
// one by one, beyond in steps of this part of their size, each at its middle. Spend
// scatters so much more than that for a given number of orders that quantiles move
// by less than 0.1 %.
const fineCounts = 96

// NewRevenue returns the distribution of what a customer with the history h spends
// in the time t after the end of observation.
func NewRevenue(p Purchases, s Spend, h History, t float64) Revenue {
	return revenueOf(s, h.X, Orders(p, h, t))
}

// revenueOf returns the distribution of what the given orders of a customer with x
// repeat orders come to.
func revenueOf(s Spend, x int, orders OrderDistribution) Revenue {
	return mixture(s.P, s.shape(x), orders.None(), appendCounts(nil, len(orders)), appendMass(nil, orders))
}

// mixture returns the distribution for numbers of orders with their probabilities.
func mixture(p, b, none float64, counts, mass []float64) Revenue {
	r := Revenue{none: none, a: counts, mass: mass, norm: make([]float64, len(counts)), b: b}
	for i, y := range counts {
		r.a[i] = p * y
		r.norm[i] = mathext.Lbeta(r.a[i], b)
	}
	return r
}

// countStep returns how many numbers of orders from k on share a term.
func countStep(k int) int { return max(1, k/fineCounts) }

// appendCounts appends the middles of the steps that cover 1..n.
func appendCounts(dst []float64, n int) []float64 {
	for k := 1; k <= n; k += countStep(k) {
		dst = append(dst, float64(k)+float64(countStep(k)-1)/2)
	}
	return dst
}

// appendMass appends the probabilities of the steps of appendCounts.
func appendMass(dst []float64, d OrderDistribution) []float64 {
	for k := 1; k <= len(d); k += countStep(k) {
		dst = append(dst, d.atLeast(k)-d.atLeast(k+countStep(k)))
	}
	return dst
}

// CDF returns the probability that the customer spends at most s times the scale.
func (r Revenue) CDF(s float64) float64 {
	if s < 0 {
		return 0
	}
	cdf := r.none
	for i, a := range r.a {
		cdf += r.mass[i] * incompleteBeta(a, r.b, s)
	}
	return math.Min(1, cdf)
}

// incompleteBeta returns I_{s/(1+s)}(a, b), from the end that loses no digits.
func incompleteBeta(a, b, s float64) float64 {
	if s > 1 {
		return 1 - mathext.RegIncBeta(b, a, 1/(1+s))
	}
	return mathext.RegIncBeta(a, b, s/(1+s))
}

// density returns the derivative of CDF by ln s.
func (r Revenue) density(s float64) float64 {
	logU, logRest := -math.Log1p(1/s), -math.Log1p(s)
	var sum float64
	for i, a := range r.a {
		sum += r.mass[i] * math.Exp(a*logU+r.b*logRest-r.norm[i])
	}
	return sum
}

// Quantile returns what is not exceeded with the probability share, in multiples
// of the scale: 0 if no order is at least that likely. The share lies below 1.
func (r Revenue) Quantile(share float64) float64 {
	if share <= r.none || len(r.a) == 0 {
		return 0
	}
	lo, hi := r.bracket(share)
	w := (lo + hi) / 2
	for range 200 {
		off := r.CDF(math.Exp(w)) - share
		if off < 0 {
			lo = w
		} else {
			hi = w
		}
		// Newton's step where it stays inside the bracket, half the bracket elsewhere.
		next := w - off/r.density(math.Exp(w))
		if !(next > lo && next < hi) {
			next = (lo + hi) / 2
		}
		if math.Abs(next-w) <= 1e-14*(1+math.Abs(w)) || hi-lo <= 1e-14*(1+math.Abs(w)) {
			return math.Exp(next)
		}
		w = next
	}
	return math.Exp(w)
}

// bracket returns logarithms between which the quantile lies.
func (r Revenue) bracket(share float64) (lo, hi float64) {
	lo, hi = math.Log(r.a[0]/r.b)-1, math.Log(r.a[len(r.a)-1]/r.b)+1
	for lo > -700 && r.CDF(math.Exp(lo)) > share {
		lo = 2*lo - hi
	}
	for hi < 700 && r.CDF(math.Exp(hi)) < share {
		hi = 2*hi - lo
	}
	return math.Max(lo, -700), math.Min(hi, 700)
}
