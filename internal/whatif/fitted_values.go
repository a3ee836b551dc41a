package whatif

import (
	"context"
	"math"

	"worth/internal/clv"
)

func (e *fitted) mode() Mode    { return ModeFitted }
func (e *fitted) unvalued() int { return e.priceless }

// ends returns the least and the most retention and lifetime of a scope.
func (e *fitted) ends(scope int) ends {
	r := e.limits[scope]
	return ends{retention: r, years: [2]float64{lifetime(r[0]), lifetime(r[1])}}
}

// base returns the terms at the baseline.
func (e *fitted) base() []terms {
	base, a := make([]terms, len(e.Segments)), e.people.assumed()
	for i := range base {
		cac, _ := e.people.cac(i, e.CAC)
		base[i] = terms{
			frequency: 1, aov: 1, dropout: 1,
			margin: e.Terms.Margin, discount: e.Terms.Discount, horizon: e.Terms.Horizon,
			cac: cac, upkeep: e.Upkeep, referral: e.Referral, theta: a.theta, window: a.window, lambda: a.lambda, typeOne: a.typeOne,
		}
	}
	return base
}

// counts returns how many customers the model says something of, and whose cost is
// known.
func (e *fitted) counts(scope int) Counts {
	var n Counts
	for i := range e.crowds {
		if scope != i && scope != len(e.crowds) {
			continue
		}
		_, paid := e.people.cac(i, 0)
		n.CAC += paid
		n.Frequency += e.people.customers(i)
		n.Lifetime += e.people.customers(i)
	}
	return n
}

// off: everything can be moved.
func (e *fitted) off(Lever) string { return "" }

// ready reports whether the bends of a plan are there.
func (e *fitted) ready(p plan) bool {
	for _, t := range append(p.segments, p.all) {
		if e.find(t.dropout, t.upkeep > 0) == nil {
			return false
		}
	}
	return true
}

// prepare computes the bends of a plan.
func (e *fitted) prepare(ctx context.Context, p plan, progress Progress) error {
	upkeep := map[float64]bool{}
	var factors []float64
	for _, t := range append(p.segments, p.all) {
		if _, ok := upkeep[t.dropout]; !ok {
			factors = append(factors, t.dropout)
		}
		upkeep[t.dropout] = upkeep[t.dropout] || t.upkeep > 0
	}
	for i, factor := range factors {
		n := float64(len(factors))
		if _, err := e.bend(ctx, factor, upkeep[factor], progress.part(float64(i)/n, float64(i+1)/n)); err != nil {
			return err
		}
	}
	return nil
}

// retained returns the retention of a scope under a factor.
func (e *fitted) retained(ctx context.Context, scope int, factor float64) (float64, error) {
	b, err := e.bend(ctx, factor, false, nil)
	if err != nil {
		return 0, err
	}
	return e.retention(scope, b.stay), nil
}

// lifetime returns 1/(1−retention).
func (e *fitted) lifetime(_ int, retention, _ float64) float64 { return lifetime(retention) }

// sight is how terms look at the curves of a bend.
type sight struct {
	*bend
	worth   []float64 // weights under which expected spend at the nodes gives discounted spend
	upkeep  []float64 // weights under which who has left gives discounted years of absence
	annuity float64   // discounted years up to the horizon
	year    []float64 // weights of orders within 12 months
}

// look returns the sight of terms.
func (e *fitted) look(ctx context.Context, t terms) (sight, error) {
	b, err := e.bend(ctx, t.dropout, t.upkeep > 0, nil)
	if err != nil {
		return sight{}, err
	}
	conditions := e.Terms
	conditions.Discount, conditions.Horizon = t.discount, t.horizon
	worth, err := b.nodes.Weights(conditions)
	if err != nil {
		return sight{}, err
	}
	s := sight{bend: b, worth: worth, year: b.nodes.At(math.Min(e.year, b.nodes.Times[len(b.nodes.Times)-1]))}
	if t.upkeep > 0 {
		s.keep(conditions)
	}
	return s, nil
}

// keep computes the weights of upkeep: a twelfth of a year's for every month somebody is
// active at the end of, paid then.
func (s *sight) keep(t clv.Terms) {
	s.upkeep = make([]float64, len(s.nodes.Times))
	for month := 0.0; month < t.Horizon-1e-9; month++ {
		end := math.Min(month+1, t.Horizon)
		due := (end - month) / 12 * math.Pow(1+t.Discount, -end/12)
		s.annuity += due
		for j, w := range s.nodes.At(t.End() * end / t.Horizon) {
			s.upkeep[j] += due * w
		}
	}
}

// sights are the sights of segments; equal terms share one.
func (e *fitted) sights(ctx context.Context, segments []terms) ([]sight, error) {
	type key struct {
		dropout, discount, horizon float64
		upkeep                     bool
	}
	known := map[key]sight{}
	sights := make([]sight, len(segments))
	for i, t := range segments {
		k := key{t.dropout, t.discount, t.horizon, t.upkeep > 0}
		s, ok := known[k]
		if !ok {
			var err error
			if s, err = e.look(ctx, t); err != nil {
				return nil, err
			}
			known[k] = s
		}
		sights[i] = s
	}
	return sights, nil
}

// sums returns what the segments come to.
func (e *fitted) sums(ctx context.Context, segments []terms) ([]sums, error) {
	sights, err := e.sights(ctx, segments)
	if err != nil {
		return nil, err
	}
	credited, err := e.people.credited(ctx, segments)
	if err != nil {
		return nil, err
	}
	results := make([]sums, len(segments))
	for i, t := range segments {
		s, curves, n := sights[i], sights[i].segments[i], float64(e.people.customers(i))
		r := sums{
			customers: e.people.customers(i),
			predicted: t.frequency * t.aov * t.margin * clv.Dot(s.worth, curves.money),
			referral:  t.referral * credited.segments[i],
			orders:    t.frequency * clv.Dot(s.year, curves.orders),
			spend:     t.frequency * t.aov * clv.Dot(s.year, curves.money),
			active:    e.crowds[i].active, retained: curves.retained,
			acquiring: t.cac * n, yearly: t.upkeep * n,
		}
		if t.upkeep > 0 {
			r.upkeep = t.upkeep * (s.annuity*r.active - clv.Dot(s.upkeep, curves.left))
			r.predicted -= r.upkeep
		}
		r.profit = r.spend * t.margin
		r.gross = r.value()
		results[i] = r
	}
	return results, nil
}

// prices are what is multiplied with a customer's worth and P(alive), by span.
type prices struct {
	terms          terms
	sight          sight
	worths, alives []float64 // for all spans, or nil where they are computed one by one
}

// of returns the prices of a span.
func (p *prices) of(span int32) (worth, alive float64) {
	if p.worths != nil {
		return p.worths[span], p.alives[span]
	}
	return p.compute(int(span))
}

// compute computes the prices of a span.
func (p *prices) compute(span int) (worth, alive float64) {
	t, s := &p.terms, &p.sight
	worth = t.frequency * t.aov * t.margin * clv.Dot(s.worth, s.curve(s.curves, span))
	if t.upkeep > 0 {
		alive = t.upkeep * (s.annuity - clv.Dot(s.upkeep, s.curve(s.left, span)))
	}
	return worth, alive
}

// table computes the prices of all spans.
func (p *prices) table(spans int) {
	p.worths, p.alives = make([]float64, spans), make([]float64, spans)
	for i := range spans {
		p.worths[i], p.alives[i] = p.compute(i)
	}
}

// valuer returns what single customers come to; tabled if many are asked for.
func (e *fitted) valuer(ctx context.Context, segments []terms, tabled bool) (valuer, error) {
	sights, err := e.sights(ctx, segments)
	if err != nil {
		return nil, err
	}
	known := map[terms]*prices{}
	bySegment := make([]*prices, len(segments))
	for i, t := range segments {
		t.cac, t.referral = 0, 0 // no part of it
		if known[t] == nil {
			known[t] = &prices{terms: t, sight: sights[i]}
			if tabled {
				known[t].table(len(e.spans))
			}
		}
		bySegment[i] = known[t]
	}
	segment := e.people.Segment
	return func(i int) float64 {
		p := bySegment[segment[i]]
		worth, alive := p.of(e.span[i])
		value := e.worth[i] * worth
		if alive != 0 {
			value -= e.alive[e.Group[i]] * alive
		}
		return value
	}, nil
}
