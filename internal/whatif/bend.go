package whatif

import (
	"context"
	"math"
	"slices"

	"worth/internal/clv"
)

// bend are the curves of the model with its parameter of leaving times a factor.
type bend struct {
	factor   float64
	nodes    clv.Nodes
	curves   []float64 // by span: expected orders of somebody active, at the nodes
	stay     []float64 // by span: whether somebody active still is in 12 months
	left     []float64 // by span: whether somebody active has left, at the nodes; nil until upkeep asks
	segments []bendSums
}

// bendSums are the curves of a segment's customers, added up.
type bendSums struct {
	money    []float64 // expected spend at the nodes
	orders   []float64 // expected orders
	left     []float64 // customers who have left
	retained float64   // customers still active in 12 months
}

// keptBends is how many bends are kept, beside two for each segment: enough for a tornado
// and a grid with the scenarios at hand.
const keptBends = 24

// leastParam is the smallest legal parameter of a purchase model, and 1/leastParam the
// largest.
const leastParam = 1e-12

// bent returns the purchase model with its parameter of leaving times factor.
func (e *fitted) bent(factor float64) (clv.Purchases, error) {
	if factor == 1 {
		return e.Purchases, nil
	}
	params := slices.Clone(e.Purchases.Params())
	params[2] = math.Min(1/leastParam, math.Max(leastParam, params[2]*factor))
	return clv.New(e.Purchases.Model(), params)
}

// find returns the bend of a factor, with what upkeep needs if asked, or nil.
func (e *fitted) find(factor float64, upkeep bool) *bend {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i, b := range e.bends {
		if b.factor == factor && (b.left != nil || !upkeep) {
			e.bends = append(slices.Delete(e.bends, i, i+1), b)
			return b
		}
	}
	return nil
}

// keep adds a bend to those kept, in the place of one of its factor. The baseline's is
// never dropped.
func (e *fitted) keep(b *bend) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.bends = slices.DeleteFunc(e.bends, func(old *bend) bool { return old.factor == b.factor })
	if len(e.bends) >= keptBends+2*len(e.crowds) {
		oldest := slices.IndexFunc(e.bends, func(old *bend) bool { return old.factor != 1 })
		e.bends = slices.Delete(e.bends, oldest, oldest+1)
	}
	e.bends = append(e.bends, b)
}

// bend returns the bend of a factor, computed if need be.
func (e *fitted) bend(ctx context.Context, factor float64, upkeep bool, progress Progress) (*bend, error) {
	if b := e.find(factor, upkeep); b != nil {
		return b, nil
	}
	p, err := e.bent(factor)
	if err != nil {
		return nil, err
	}
	b := e.find(factor, false)
	if b == nil {
		until := 1.0
		if upkeep {
			until = 0.5
		}
		if b, err = e.newBend(ctx, p, factor, progress.part(0, until)); err != nil {
			return nil, err
		}
	}
	if upkeep {
		if b, err = e.withLeft(ctx, p, b); err != nil {
			return nil, err
		}
	}
	e.keep(b)
	progress.tell(1)
	return b, nil
}

// newBend computes a bend.
func (e *fitted) newBend(ctx context.Context, p clv.Purchases, factor float64, progress Progress) (*bend, error) {
	terms := e.Terms
	terms.Horizon = math.Max(reach, terms.Horizon)
	nodes, err := clv.ChooseNodes(p, e.spans, terms)
	if err != nil {
		return nil, err
	}
	progress.tell(0.1)
	k := len(nodes.Times)
	b := &bend{factor: factor, nodes: nodes, curves: make([]float64, 0, k*len(e.spans)), stay: make([]float64, len(e.spans))}
	for lo := 0; lo < len(e.spans); lo += chunkSize {
		spans := e.spans[lo:min(lo+chunkSize, len(e.spans))]
		curves, err := clv.NewCurves(ctx, p, nodes, spans)
		if err != nil {
			return nil, err
		}
		for i, span := range spans {
			active := p.Alive(span.History)
			for _, orders := range curves.Of(i) {
				b.curves = append(b.curves, orders/active)
			}
		}
		progress.tell(0.1 + 0.8*float64(lo+len(spans))/float64(len(e.spans)))
	}
	if err := e.survival.at(ctx, p, []float64{e.year}, b.stay); err != nil {
		return nil, err
	}
	b.segments = make([]bendSums, len(e.crowds))
	err = each(ctx, len(e.crowds), 1, func(i, _, _ int) {
		s := e.crowds[i]
		b.segments[i] = bendSums{money: sumCurves(b.curves, s.money, k), orders: sumCurves(b.curves, s.actives, k), retained: clv.Dot(s.actives, b.stay)}
	})
	return b, err
}

// withLeft returns a bend with what upkeep needs.
func (e *fitted) withLeft(ctx context.Context, p clv.Purchases, old *bend) (*bend, error) {
	b := *old
	b.left = make([]float64, len(b.curves))
	if err := e.survival.at(ctx, p, b.nodes.Times, b.left); err != nil {
		return nil, err
	}
	for i, stays := range b.left {
		b.left[i] = 1 - stays
	}
	b.segments = slices.Clone(old.segments)
	for i := range b.segments {
		b.segments[i].left = sumCurves(b.left, e.crowds[i].actives, len(b.nodes.Times))
	}
	return &b, nil
}

// sumCurves returns Σ by·curve over the spans, whose curves have k values.
func sumCurves(curves, by []float64, k int) []float64 {
	sum := make([]float64, k)
	for i, times := range by {
		if times == 0 {
			continue
		}
		for j, v := range curves[i*k:][:k] {
			sum[j] += times * v
		}
	}
	return sum
}

// curve returns element i of curves.
func (b *bend) curve(curves []float64, i int) []float64 {
	k := len(b.nodes.Times)
	return curves[i*k:][:k]
}
