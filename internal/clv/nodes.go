package clv

import (
	"cmp"
	"context"
	"math"
	"slices"

	"worth/internal/i18n"
)

// Nodes are a few times after the end of observation at which it is enough to know
// expected orders: between them a polynomial in ln(1 + t/c) through the nodes gives
// them back (barycentric Lagrange interpolation, Berrut & Trefethen 2004). That is
// linear, so value under any discount and horizon is a dot product of a customer's
// curve with weights that are computed once – and so is the value of a segment,
// whose curve is the sum of its customers' curves.
//
// Nodes are values and may be shared by goroutines.
type Nodes struct {
	Times []float64 // in units of the purchase model's time, ascending, 0 left out
	Error float64   // largest relative error of value seen when they were chosen
	c     float64   // scale of the logarithm
	at    []float64 // s_j = (1 − cos(πj/K))/2, j = 0..K
	span  float64   // ln(1 + horizon/c)
}

// How nodes are chosen: as few as give values to within nodesError.
const (
	fewestNodes  = 16
	mostNodes    = 40
	nodesError   = 1e-7
	nodesSamples = 48 // histories on which they are checked
)

// newNodes returns k nodes up to a horizon, crowded towards 0 on the scale c.
func newNodes(c, horizon float64, k int) Nodes {
	n := Nodes{c: c, span: math.Log1p(horizon / c), at: make([]float64, k+1), Times: make([]float64, k)}
	for j := 1; j <= k; j++ {
		n.at[j] = (1 - math.Cos(math.Pi*float64(j)/float64(k))) / 2
		n.Times[j-1] = c * math.Expm1(n.at[j]*n.span)
	}
	n.Times[k-1] = horizon
	return n
}

// ChooseNodes returns the nodes for the curves of a purchase model up to the
// horizon of the terms; margin and discount do not matter. It checks them against
// values computed without nodes, for a sample of the groups, horizons from a month to
// all and discounts of 0, 10 and 100 %, and takes as many as keep the relative error
// below 1e-7 – or 40, and Error says what is left. It fails if the terms cannot be
// used.
func ChooseNodes(p Purchases, groups []Group, terms Terms) (Nodes, error) {
	if err := terms.Check(); err != nil {
		return Nodes{}, err
	}
	check := newNodesCheck(p, groups, terms)
	var best Nodes
	for k := fewestNodes; k <= mostNodes; k += 2 {
		nodes := newNodes(nodesScale(p), terms.End(), k)
		nodes.Error = check.worst(p, nodes)
		if best.Times == nil || nodes.Error < best.Error {
			best = nodes
		}
		if best.Error < nodesError {
			break
		}
	}
	return best, nil
}

// nodesScale returns c for curves that are entire functions of ln(1 + t/(α+T)), or
// with β for the Pareto/NBD: it has to stay near the smallest α+T.
func nodesScale(p Purchases) float64 {
	params := p.Params()
	if p.Model() == ParetoNBD {
		return 1.5 * params[3]
	}
	return 1.5 * params[1]
}

// Weights returns the weights under which a curve at the nodes gives discounted
// orders over the horizon of the terms. It fails if the terms cannot be used or
// reach beyond the nodes.
func (n Nodes) Weights(terms Terms) ([]float64, error) {
	if err := terms.Check(); err != nil {
		return nil, err
	}
	if last := n.Times[len(n.Times)-1]; terms.End() > last*(1+1e-12) {
		return nil, i18n.Errorf("a horizon of %s month{s} lies beyond the curves, which end at %s",
			figure(terms.Horizon), figure(last/terms.at(1)))
	}
	return n.weights(terms.quadrature()), nil
}

// weights returns a functional of a curve as weights at the nodes.
func (n Nodes) weights(q quadrature) []float64 {
	weights := make([]float64, len(n.Times))
	basis := make([]float64, len(n.Times))
	for i, t := range q.times {
		n.basis(basis, t)
		for j, b := range basis {
			weights[j] += q.weights[i] * b
		}
	}
	return weights
}

// At returns the weights under which a curve at the nodes gives expected orders
// until time t, which lies between 0 and the last node.
func (n Nodes) At(t float64) []float64 {
	basis := make([]float64, len(n.Times))
	n.basis(basis, t)
	return basis
}

// basis sets dst to the Lagrange polynomials of the nodes at time t.
func (n Nodes) basis(dst []float64, t float64) {
	u := math.Log1p(t/n.c) / n.span
	k := len(n.at) - 1
	var sum float64
	for j, at := range n.at {
		if u == at || (j > 0 && t == n.Times[j-1]) {
			clear(dst)
			if j > 0 {
				dst[j-1] = 1
			}
			return
		}
		w := 1 / (u - at)
		if j%2 == 1 {
			w = -w
		}
		if j == 0 || j == k {
			w /= 2
		}
		sum += w
		if j > 0 {
			dst[j-1] = w
		}
	}
	for j := range dst {
		dst[j] /= sum
	}
}

// Curve sets dst to the expected orders of a history until each node.
func (n Nodes) Curve(dst []float64, p Purchases, h History) {
	p.ExpectedAt(dst, h, n.Times)
}

// Curves are the curves of expected orders of many histories.
type Curves struct {
	Nodes  Nodes
	values []float64 // len(Nodes.Times) for each history
}

// NewCurves computes the curves of all groups on all processors, or
// stops when ctx is done.
func NewCurves(ctx context.Context, p Purchases, nodes Nodes, groups []Group) (Curves, error) {
	k := len(nodes.Times)
	curves := Curves{nodes, make([]float64, k*len(groups))}
	err := eachChunk(ctx, len(groups), 256, func(c chunk) {
		for i := c.lo; i < c.hi; i++ {
			nodes.Curve(curves.Of(i), p, groups[i].History)
		}
	})
	return curves, err
}

// Of returns the curve of group i. It shares memory with the curves.
func (c Curves) Of(i int) []float64 {
	k := len(c.Nodes.Times)
	return c.values[i*k : (i+1)*k : (i+1)*k]
}

// Add adds the curve of group i, times by, to a segment's curve.
func (c Curves) Add(segment []float64, i int, by float64) {
	for j, e := range c.Of(i) {
		segment[j] += by * e
	}
}

// Dot returns what a curve is worth under weights.
func Dot(weights, curve []float64) float64 {
	var sum float64
	for j, w := range weights {
		sum += w * curve[j]
	}
	return sum
}

// nodesCheck holds values computed without nodes.
type nodesCheck struct {
	sample []History
	rules  []quadrature // one per horizon and discount
	direct [][]float64  // by sample, by rule
}

// newNodesCheck computes the values nodes are checked against.
func newNodesCheck(p Purchases, groups []Group, terms Terms) nodesCheck {
	check := nodesCheck{sample: sampleHistories(groups)}
	for _, discount := range []float64{0, 0.1, 1} {
		for months := 1.0; ; months = math.Ceil(months * 1.2) {
			until := terms
			until.Discount, until.Horizon = discount, math.Min(months, terms.Horizon)
			check.rules = append(check.rules, until.quadrature())
			if months >= terms.Horizon {
				break
			}
		}
	}
	for _, h := range check.sample {
		known := map[float64]float64{} // the rules share their times
		values := make([]float64, len(check.rules))
		for i, rule := range check.rules {
			for j, t := range rule.times {
				e, ok := known[t]
				if !ok {
					e = p.Expected(h, t)
					known[t] = e
				}
				values[i] += rule.weights[j] * e
			}
		}
		check.direct = append(check.direct, values)
	}
	return check
}

// worst returns the largest relative error of a value by nodes.
func (c nodesCheck) worst(p Purchases, nodes Nodes) float64 {
	weights := make([][]float64, len(c.rules))
	for i, rule := range c.rules {
		weights[i] = nodes.weights(rule)
	}
	var worst float64
	curve := make([]float64, len(nodes.Times))
	for i, h := range c.sample {
		nodes.Curve(curve, p, h)
		for j, direct := range c.direct[i] {
			// Somebody who is certain to have left is worth nothing either way.
			if off := math.Abs(Dot(weights[j], curve) - direct); off > 1e-300 {
				worst = math.Max(worst, off/math.Abs(direct))
			}
		}
	}
	return worst
}

// sampleHistories returns histories that stand for all: the extremes of x, t_x and
// T, and some evenly spread by T.
func sampleHistories(groups []Group) []History {
	if len(groups) == 0 {
		return []History{{}}
	}
	order := make([]int, len(groups))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(groups[a].T, groups[b].T) })
	sample := []History{
		extreme(groups, func(h History) float64 { return float64(h.X) }),
		extreme(groups, func(h History) float64 { return h.TX }),
		extreme(groups, func(h History) float64 { return float64(-h.X) }),
	}
	for i := range nodesSamples {
		sample = append(sample, groups[order[i*(len(order)-1)/(nodesSamples-1)]].History)
	}
	return sample
}

// extreme returns the history of the groups for which measure is largest.
func extreme(groups []Group, measure func(History) float64) History {
	return slices.MaxFunc(groups, func(a, b Group) int {
		return cmp.Compare(measure(a.History), measure(b.History))
	}).History
}
