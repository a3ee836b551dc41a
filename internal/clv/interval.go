package clv

import (
	"math"

	"worth/internal/i18n"
)

// Sum is an expectation summed over customers – orders or value – with what its
// interval is made of. Sums add up: that of a segment is the sum over its customers.
type Sum struct {
	N        int        // customers
	Mean     float64    // Σ E
	Variance float64    // Σ Var, if every customer's exists
	Endless  int        // customers whose variance does not exist
	Gradient [7]float64 // ∂ΣE by the four purchase parameters and by p, q, v
}

// Add adds another sum.
func (s *Sum) Add(other Sum) {
	s.N += other.N
	s.Mean += other.Mean
	s.Variance += other.Variance
	s.Endless += other.Endless
	for i, g := range other.Gradient {
		s.Gradient[i] += g
	}
}

// Interval is what a sum is expected to come to and how far off that may be: the
// realised sum scatters about it by chance (Process), and the parameters behind it
// are estimates (Parameters). No interval covers that the model is wrong: show the
// holdout ratio of actual to expected beside it.
type Interval struct {
	Mean       float64 // expected sum
	Process    float64 // standard deviation of the realised sum at known parameters
	Parameters float64 // standard deviation of the expectation by the parameters
}

// SD returns the standard deviation of both parts together.
func (i Interval) SD() float64 { return math.Hypot(i.Process, i.Parameters) }

// Z80 and Z95 are the normal quantiles of intervals that hold in 80 and 95 % of
// cases.
const (
	Z80 = 1.2815515655446004
	Z95 = 1.959963984540054
)

// Range returns the ends of the interval of ± z standard deviations.
func (i Interval) Range(z float64) (low, high float64) {
	off := z * i.SD()
	return i.Mean - off, i.Mean + off
}

// Interval returns the interval of a sum, given the covariances of the purchase
// parameters and of p, q, v – nil for orders, which know no spend. It fails where
// the variance of some customer does not exist.
func (s Sum) Interval(purchases, spend [][]float64) (Interval, error) {
	if s.Endless > 0 {
		return Interval{}, i18n.Errorf("the sum has no interval: what %d of its %d customers spend has no variance, their p·x + q is not more than 2", s.Endless, s.N)
	}
	if purchases == nil {
		return Interval{}, i18n.Errorf("the sum has no interval: the purchase model has no standard errors")
	}
	parameters := form(s.Gradient[:4], purchases) + form(s.Gradient[4:], spend)
	return Interval{s.Mean, math.Sqrt(math.Max(0, s.Variance)), math.Sqrt(math.Max(0, parameters))}, nil
}

// form returns the quadratic form gᵀVg, 0 without V.
func form(g []float64, v [][]float64) float64 {
	var sum float64
	for i := range v {
		for j := range v[i] {
			sum += g[i] * v[i][j] * g[j]
		}
	}
	return sum
}

// slope takes derivatives by the purchase parameters: it holds the models a step
// below and above in each.
type slope struct {
	below, above [4]Purchases
	step         [4]float64
}

// slopeStep is the relative step of central differences: its square, which bounds
// the error of the difference, and what it divides the rounding of an expectation
// by meet at about 1e-9.
const slopeStep = 3e-5

// newSlope returns the models around p.
func newSlope(p Purchases) (slope, error) {
	var s slope
	for j, at := range p.Params() {
		s.step[j] = slopeStep * at
		for side, model := range map[float64]*Purchases{-1: &s.below[j], 1: &s.above[j]} {
			params := append([]float64(nil), p.Params()...)
			params[j] += side * s.step[j]
			moved, err := New(p.Model(), params)
			if err != nil {
				return slope{}, i18n.Errorf("the uncertainty of the parameters cannot be followed: %v", err)
			}
			*model = moved
		}
	}
	return s, nil
}

// of returns the derivatives of a quantity, given its values under the models around.
func (s slope) of(around [4][2]float64) [4]float64 {
	var g [4]float64
	for j, at := range around {
		g[j] = (at[1] - at[0]) / (2 * s.step[j])
	}
	return g
}

// around returns a quantity under the models a step below and above in each parameter.
func (s slope) around(quantity func(Purchases) float64) [4][2]float64 {
	var at [4][2]float64
	for j := range at {
		at[j] = [2]float64{quantity(s.below[j]), quantity(s.above[j])}
	}
	return at
}
