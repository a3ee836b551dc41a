package clv

import (
	"context"
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

// MoneyGroup is a history that N customers have in common, with the sums of their
// mean spends.
type MoneyGroup struct {
	Group
	M  float64 // Σ m, each at least 0
	M2 float64 // Σ m²
}

// scales returns Σ (v+mx) and Σ (v+mx)².
func (g MoneyGroup) scales(v float64) (sum, squares float64) {
	n, x := float64(g.N), float64(g.X)
	return n*v + x*g.M, n*v*v + 2*v*x*g.M + x*x*g.M2
}

// OrderSums returns for each group the sum over its customers of the orders in the
// time t after the end of observation. It stops when ctx is done.
func OrderSums(ctx context.Context, p Purchases, groups []Group, t float64) ([]Sum, error) {
	slope, err := newSlope(p)
	if err != nil {
		return nil, err
	}
	sums := make([]Sum, len(groups))
	err = eachChunk(ctx, len(groups), 256, func(c chunk) {
		for i := c.lo; i < c.hi; i++ {
			h, n := groups[i].History, float64(groups[i].N)
			sum := Sum{N: groups[i].N, Mean: n * p.Expected(h, t), Variance: n * Variance(p, h, t)}
			g := slope.of(func(p Purchases) float64 { return p.Expected(h, t) })
			for j := range g {
				sum.Gradient[j] = n * g[j]
			}
			sums[i] = sum
		}
	})
	return sums, err
}

// ValueSums returns for each group the sum over its customers of lifetime value. It
// fails if the terms cannot be used or a customer's expected spend does not exist,
// and stops when ctx is done.
func ValueSums(ctx context.Context, p Purchases, s Spend, groups []MoneyGroup, terms Terms) ([]Sum, error) {
	if err := terms.Check(); err != nil {
		return nil, err
	}
	for _, g := range groups {
		if _, ok := s.meanFactor(g.X); !ok {
			return nil, s.noMean(g.X)
		}
	}
	slope, err := newSlope(p)
	if err != nil {
		return nil, err
	}
	present := terms.quadrature()
	sums := make([]Sum, len(groups))
	err = eachChunk(ctx, len(groups), 64, func(c chunk) {
		for i := c.lo; i < c.hi; i++ {
			sums[i] = valueSum(p, s, groups[i], terms, present, slope)
		}
	})
	return sums, err
}

// valueSum returns the sum of lifetime value over the customers of a group. With
// value = margin·p/(px+q−1)·(v+mx)·D, D the discounted orders, the derivatives by
// p, q and v are exact.
func valueSum(p Purchases, s Spend, g MoneyGroup, terms Terms, present quadrature, slope slope) Sum {
	scale, squares := g.scales(s.V)
	perOrder, _ := s.meanFactor(g.X)
	room := make([]float64, len(present.times))
	orders := present.orders(p, g.History, room)
	money := terms.Margin * perOrder * scale
	sum := Sum{N: g.N, Mean: money * orders}
	for j, d := range slope.of(func(p Purchases) float64 { return present.orders(p, g.History, room) }) {
		sum.Gradient[j] = money * d
	}
	left := s.shape(g.X) - 1
	sum.Gradient[4] = sum.Mean * (1/s.P - float64(g.X)/left)
	sum.Gradient[5] = -sum.Mean / left
	sum.Gradient[6] = terms.Margin * perOrder * orders * float64(g.N)
	if _, ok := s.squareFactor(g.X); ok {
		mean, square := valueFactors(p, s, g.History, terms)
		sum.Variance = squares * (square - mean*mean)
	} else {
		sum.Endless = g.N
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

// of returns the derivatives of a quantity.
func (s slope) of(quantity func(Purchases) float64) [4]float64 {
	var g [4]float64
	for j := range g {
		g[j] = (quantity(s.above[j]) - quantity(s.below[j])) / (2 * s.step[j])
	}
	return g
}
