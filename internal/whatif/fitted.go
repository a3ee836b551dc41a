package whatif

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"

	"worth/internal/clv"
	"worth/internal/i18n"
)

// reach is how far ahead the curves of a Model go, in months, unless the baseline's
// horizon is longer.
const reach = 120

// fitted is the engine of a fitted purchase model. It knows customers by their spans: x
// and T, which is all that the future of somebody active depends on, kept as the history
// of somebody who has just ordered.
type fitted struct {
	Fitted
	people    *people
	spans     []clv.Group // sorted by x and T
	survival  survival
	span      []int32      // of customers
	worth     []float64    // of customers: P(alive)·spend per order
	alive     []float64    // of groups: P(alive)
	crowds    []crowd      // by segment
	priceless int          // customers without expected spend
	year      float64      // 12 months in the model's time
	limits    [][2]float64 // of retention, by scope

	mu     sync.Mutex
	bends  []*bend // what was computed, the last used last
	solved map[target]float64
}

// crowd are the customers of a segment, added up by span.
type crowd struct {
	active         float64   // Σ P(alive)
	money, actives []float64 // by span: Σ worth and Σ P(alive)
}

// newFitted takes a baseline apart.
func newFitted(ctx context.Context, in Fitted) (*fitted, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	people, err := newPeople(in.Customers, len(in.Segments))
	if err != nil {
		return nil, err
	}
	e := &fitted{Fitted: in, people: people, solved: map[target]float64{}, year: 12 * clv.DaysPerMonth / in.Terms.Unit}
	spanOf := e.findSpans()
	e.survival = newSurvival(in.Purchases, e.spans)
	e.alive = make([]float64, len(in.Groups))
	err = each(ctx, len(in.Groups), 256, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			e.alive[i] = in.Purchases.Alive(in.Groups[i].History)
		}
	})
	if err != nil {
		return nil, err
	}
	e.addUp(spanOf)
	if _, err := e.bend(ctx, 1, false, nil); err != nil {
		return nil, err
	}
	return e, e.findLimits(ctx)
}

// check returns a sentence on what cannot be used.
func (in *Fitted) check() error {
	if in.Purchases == nil || len(in.Groups) == 0 {
		return i18n.Errorf("there is no purchase model, or there are no histories, to build scenarios on")
	}
	if err := in.Terms.Check(); err != nil {
		return err
	}
	n := len(in.Customers.Segment)
	if len(in.Group) != n {
		return i18n.Errorf("%d customers have a history and %d a segment", len(in.Group), n)
	}
	for i, g := range in.Group {
		if g < 0 || int(g) >= len(in.Groups) {
			return i18n.Errorf("customer %d has the history %d of %d", i, int(g), len(in.Groups))
		}
	}
	for i, g := range in.Groups {
		if !(g.X >= 0 && g.TX >= 0 && g.T >= g.TX && g.T <= mostMoney) {
			return i18n.Errorf("history %d, %d repeat orders, the last at %g of %g observed, is not possible", i, g.X, g.TX, g.T)
		}
	}
	if err := checkColumn(i18n.T("expected value of an order"), in.Spend, n, true); err != nil {
		return err
	}
	return checkCosts(in.CAC, in.Upkeep, in.Referral)
}

// checkCosts returns a sentence on the first of a baseline's costs that cannot be used.
func checkCosts(cac, upkeep, referral float64) error {
	if !(cac >= 0 && cac <= mostMoney) {
		return i18n.Errorf("an acquisition cost of %g cannot be used; it must be 0 or more", cac)
	}
	if !(upkeep >= 0 && upkeep <= mostMoney) {
		return i18n.Errorf("an upkeep of %g a year cannot be used; it must be 0 or more", upkeep)
	}
	if !(referral >= 0 && referral <= 1) {
		return i18n.Errorf("a weight of referral credit of %g cannot be used; it must be 0 to 1", referral)
	}
	return nil
}

// findSpans finds the distinct x and T and returns those of the groups.
func (e *fitted) findSpans() []int32 {
	known := map[clv.History]int32{}
	for _, g := range e.Groups {
		h := clv.History{X: g.X, TX: g.T, T: g.T}
		if _, seen := known[h]; !seen {
			known[h] = 0
			e.spans = append(e.spans, clv.Group{History: h})
		}
	}
	slices.SortFunc(e.spans, func(a, b clv.Group) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.T, b.T)) })
	for i, span := range e.spans {
		known[span.History] = int32(i)
	}
	of := make([]int32, len(e.Groups))
	for i, g := range e.Groups {
		of[i] = known[clv.History{X: g.X, TX: g.T, T: g.T}]
	}
	return of
}

// addUp adds the customers up by segment and span. One after the other: a sum must not
// depend on the number of processors.
func (e *fitted) addUp(spanOf []int32) {
	e.crowds = make([]crowd, len(e.Segments))
	for i := range e.crowds {
		e.crowds[i] = crowd{money: make([]float64, len(e.spans)), actives: make([]float64, len(e.spans))}
	}
	e.span, e.worth = make([]int32, len(e.Group)), make([]float64, len(e.Group))
	for i, group := range e.Group {
		c, span, alive, spend := &e.crowds[e.people.Segment[i]], spanOf[group], e.alive[group], e.Spend[i]
		if math.IsNaN(spend) {
			spend = 0
			e.priceless++
		}
		e.span[i], e.worth[i] = span, spend*alive
		c.active += alive
		c.money[span] += spend * alive
		c.actives[span] += alive
	}
}

// findLimits finds how far retention can be moved.
func (e *fitted) findLimits(ctx context.Context) error {
	e.limits = make([][2]float64, len(e.crowds)+1)
	stay := make([]float64, len(e.spans))
	for i, factor := range []float64{mostFactor, leastFactor} {
		p, err := e.bent(factor)
		if err != nil {
			return err
		}
		if err := e.survival.at(ctx, p, []float64{e.year}, stay); err != nil {
			return err
		}
		for scope := range e.limits {
			e.limits[scope][i] = e.retention(scope, stay)
		}
	}
	return nil
}

// scoped returns the crowds of a scope: one segment's, or all.
func (e *fitted) scoped(scope int) []crowd {
	if scope == len(e.crowds) {
		return e.crowds
	}
	return e.crowds[scope : scope+1]
}
