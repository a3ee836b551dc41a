package whatif

import (
	"context"
	"math"

	"worth/internal/clv"
	"worth/internal/i18n"
)

// formula is the engine of lifetime value by arithmetic: every customer of a segment is
// worth the same. Its parameter of leaving is 1/lifetime.
type formula struct {
	Formulae
	people *people
}

// newFormula checks estimates.
func newFormula(in Formulae) (*formula, error) {
	people, err := newPeople(in.Customers, len(in.Segments))
	if err != nil {
		return nil, err
	}
	e := &formula{in, people}
	base := e.base()
	for i, s := range in.Segments {
		if !(s.Margin >= -1 && s.Margin <= 1) {
			return nil, i18n.Errorf("in the segment %s, a margin of %s cannot be used; it must be −100 %% to 100 %%", s.Name, percent(s.Margin))
		}
		if !(s.AOV >= 0 && s.AOV <= mostSetting) {
			return nil, i18n.Errorf("in the segment %s, a spend of %g per order cannot be used", s.Name, s.AOV)
		}
		if !(s.Years >= e.leastLifetime() && s.Years <= mostYears) {
			return nil, i18n.Errorf("in the segment %s, a lifetime of %s cannot be used; it must be %s to %s",
				s.Name, Lifetime.Format(s.Years), Lifetime.Format(e.leastLifetime()), Lifetime.Format(mostYears))
		}
		if err := checkCosts(base[i].cac, s.Upkeep, in.Referral); err != nil {
			return nil, i18n.Errorf("in the segment %s: %v", s.Name, err)
		}
		if _, err := e.value(i, base[i]); err != nil {
			return nil, i18n.Errorf("in the segment %s: %v", s.Name, err)
		}
	}
	return e, nil
}

func (e *formula) mode() Mode    { return ModeFormula }
func (e *formula) unvalued() int { return 0 }

// base returns the terms at the baseline.
func (e *formula) base() []terms {
	base, a := make([]terms, len(e.Segments)), e.people.assumed()
	for i, s := range e.Segments {
		base[i] = terms{
			frequency: 1, aov: 1, dropout: 1,
			margin: s.Margin, discount: e.Discount, horizon: reach,
			cac: s.CAC, upkeep: s.Upkeep, referral: e.Referral, theta: a.theta, window: a.window, lambda: a.lambda, typeOne: a.typeOne,
		}
	}
	return base
}

// counts returns what estimates rest on.
func (e *formula) counts(scope int) Counts {
	if scope < len(e.Segments) {
		return e.Segments[scope].N
	}
	var n Counts
	for _, s := range e.Segments {
		n.Frequency += s.N.Frequency
		n.Profit += s.N.Profit
		n.Lifetime += s.N.Lifetime
		n.CAC += s.N.CAC
	}
	return n
}

// off: the formula counts to the end of the lifetime.
func (e *formula) off(l Lever) string {
	if l == Horizon {
		return i18n.T("counts as long as customers stay")
	}
	return ""
}

// leaving returns the share of the customers of a scope who leave in a year; more than 1
// if they stay for less.
func (e *formula) leaving(scope int) float64 {
	var sum, customers, plain float64
	for i, s := range e.Segments {
		if scope == i || scope == len(e.Segments) {
			n := float64(e.people.customers(i))
			sum += n / s.Years
			customers += n
			plain = 1 / s.Years
		}
	}
	if customers == 0 {
		return plain
	}
	return sum / customers
}

// factors returns the least and most factor that keeps a scope's lifetimes usable.
func (e *formula) factors(scope int) (least, most float64) {
	leaving := e.leaving(scope)
	least, most = math.Max(leastFactor, 1/mostYears/leaving), math.Min(mostFactor, 1/e.leastLifetime()/leaving)
	return math.Min(1, least), math.Max(1, most)
}

// leastLifetime returns the shortest lifetime in years.
func (e *formula) leastLifetime() float64 {
	if e.Perpetual {
		return 1
	}
	return leastYears
}

// ends returns the least and the most retention and lifetime of a scope.
func (e *formula) ends(scope int) ends {
	least, most := e.factors(scope)
	least, most = least*e.leaving(scope), most*e.leaving(scope)
	return ends{retention: [2]float64{retention(most), retention(least)}, years: [2]float64{1 / most, 1 / least}}
}

// retention returns the retention when a share leaves in a year.
func retention(leaving float64) float64 { return math.Max(0, 1-leaving) }

// lifetime returns the lifetime in years under a factor.
func (e *formula) lifetime(scope int, _, factor float64) float64 {
	return 1 / (factor * e.leaving(scope))
}

// solve returns the factor at which 1 − retention of the customers leave in a year.
func (e *formula) solve(_ context.Context, t target) (float64, error) {
	least, most := e.factors(t.scope)
	return math.Min(most, math.Max(least, (1-t.retention)/e.leaving(t.scope))), nil
}

// known is solve: nothing needs time.
func (e *formula) known(t target) (float64, bool) {
	factor, err := e.solve(context.Background(), t)
	return factor, err == nil
}

// ready: nothing has to be computed.
func (e *formula) ready(plan) bool { return true }

// prepare has nothing to do.
func (e *formula) prepare(ctx context.Context, _ plan, progress Progress) error {
	progress.tell(1)
	return stopped(ctx)
}

// retained returns the retention of a scope under a factor.
func (e *formula) retained(_ context.Context, scope int, factor float64) (float64, error) {
	return retention(factor * e.leaving(scope)), nil
}

// years returns the lifetime of a segment under terms.
func (e *formula) years(segment int, t terms) float64 {
	return math.Min(mostYears, math.Max(e.leastLifetime(), e.Segments[segment].Years/t.dropout))
}

// value returns what a customer of a segment is worth, acquisition included.
func (e *formula) value(segment int, t terms) (float64, error) {
	s := e.Segments[segment]
	return clv.Formula{
		Frequency: s.Frequency * t.frequency, Profit: s.AOV * t.aov * t.margin, Years: e.years(segment, t),
		CAC: t.cac, Upkeep: t.upkeep, Discount: t.discount, Timing: e.Timing, Perpetual: e.Perpetual,
	}.Value()
}

// sums returns what the segments come to.
func (e *formula) sums(ctx context.Context, segments []terms) ([]sums, error) {
	credited, err := e.people.credited(ctx, segments)
	if err != nil {
		return nil, err
	}
	results := make([]sums, len(segments))
	for i, t := range segments {
		value, err := e.value(i, t)
		if err != nil {
			return nil, err
		}
		free := t
		free.upkeep = 0
		unkept, err := e.value(i, free)
		if err != nil {
			return nil, err
		}
		s, customers := e.Segments[i], e.people.customers(i)
		n := float64(customers)
		r := sums{
			customers: customers, predicted: n * value, upkeep: n * (unkept - value),
			referral: t.referral * credited.segments[i],
			orders:   n * s.Frequency * t.frequency,
			active:   n, retained: n * (1 - 1/e.years(i, t)),
			acquiring: n * t.cac, yearly: n * t.upkeep,
		}
		r.gross = r.value() + r.acquiring
		r.spend = r.orders * s.AOV * t.aov
		r.profit = r.spend * t.margin
		results[i] = r
	}
	return results, stopped(ctx)
}

// valuer returns what single customers come to: the mean of their segment.
func (e *formula) valuer(ctx context.Context, segments []terms, _ bool) (valuer, error) {
	values := make([]float64, len(segments))
	for i, t := range segments {
		value, err := e.value(i, t)
		if err != nil {
			return nil, err
		}
		values[i] = value
	}
	return func(i int) float64 { return values[e.people.Segment[i]] }, stopped(ctx)
}
