package whatif

import (
	"cmp"
	"context"
	"slices"

	"worth/internal/clv"
	"worth/internal/i18n"
)

// Progress is told how much of a calculation is done, 0–1. It may be nil.
type Progress func(done float64)

// Model values the customers of a baseline under scenarios.
type Model struct {
	engine  engine
	people  *people
	names   []string
	scopes  map[Scope]int
	base    []terms  // of segments, at the baseline
	baseAll terms    // of all together
	specs   [][]Spec // by segment, then everyone's; by lever
	start   []sums   // of segments, at the baseline
	before  *spreadBase
}

// mostSegments is how many segments customers can be in.
const mostSegments = 256

// NewFitted returns the Model of a fitted purchase model. It computes the curves of the
// baseline, well under a second for a million customers, and stops when ctx is done. It
// fails with a sentence if the baseline cannot be used.
func NewFitted(ctx context.Context, in Fitted) (*Model, error) {
	if err := checkNames(in.Segments); err != nil {
		return nil, err
	}
	e, err := newFitted(ctx, in)
	if err != nil {
		return nil, err
	}
	return newModel(ctx, e, e.people, in.Segments)
}

// NewFormula returns the Model of a formula with estimates per segment. It fails with a
// sentence if an estimate cannot be used.
func NewFormula(in Formulae) (*Model, error) {
	names := make([]string, len(in.Segments))
	for i, s := range in.Segments {
		names[i] = s.Name
	}
	if err := checkNames(names); err != nil {
		return nil, err
	}
	e, err := newFormula(in)
	if err != nil {
		return nil, err
	}
	return newModel(context.Background(), e, e.people, names)
}

// Timed returns the Model of a formula with a year's profit at another time, or in the
// retention form. It fails with a sentence if the Model is no formula, or a lifetime has
// no such form.
func (m *Model) Timed(timing clv.Timing, perpetual bool) (*Model, error) {
	e, ok := m.engine.(*formula)
	if !ok {
		return nil, i18n.Errorf("a fitted model counts every month at its end; only the formula knows a start and an end of years")
	}
	in := e.Formulae
	in.Timing, in.Perpetual = timing, perpetual
	return NewFormula(in)
}

// checkNames returns a sentence if segments cannot be told apart.
func checkNames(names []string) error {
	if len(names) == 0 || len(names) > mostSegments {
		return i18n.Errorf("scenarios need 1 to %d segments, not %d", mostSegments, len(names))
	}
	for i, name := range names {
		if name == "" || slices.Contains(names[:i], name) {
			return i18n.Errorf("segment %d is called %q, which another is called too, or nobody", i+1, name)
		}
	}
	return nil
}

// newModel finds where the scopes stand.
func newModel(ctx context.Context, e engine, people *people, names []string) (*Model, error) {
	m := &Model{engine: e, people: people, names: slices.Clone(names), scopes: map[Scope]int{Everyone: len(names)}, base: e.base()}
	for i, name := range names {
		m.scopes[Scope(name)] = i
	}
	var err error
	if m.start, err = e.sums(ctx, m.base); err != nil {
		return nil, err
	}
	all := total(m.start)
	m.baseAll = together(m.base, all)
	all = all.with(m.baseAll.referral*people.credits.beyond, people.mouth != nil)
	for i := range len(names) + 1 {
		of, t := all, m.baseAll
		if i < len(names) {
			of, t = m.start[i], m.base[i]
		}
		s := standing{
			figures: of.figures(all.value()), terms: t, customers: of.customers, active: of.active,
			ends: e.ends(i), n: e.counts(i), off: func(l Lever) string { return cmp.Or(people.fixed(l, i < len(names)), e.off(l)) },
		}
		s.years = e.lifetime(i, s.figures.Retention, 1)
		m.specs = append(m.specs, s.specs())
	}
	m.before, err = m.spreadBefore(ctx)
	return m, err
}

// together returns the terms of all segments: what they share, or else the mean – of
// margin over spend, of costs over customers.
func together(base []terms, all sums) terms {
	t := base[0]
	for _, mean := range []struct {
		lever    Lever
		sum, per float64
	}{{Margin, all.profit, all.spend}, {CAC, all.acquiring, float64(all.customers)}, {Upkeep, all.yearly, float64(all.customers)}} {
		if differ(base, mean.lever) && mean.per != 0 {
			*t.level(mean.lever) = mean.sum / mean.per
		}
	}
	return t
}

// Mode tells whether the Model is fitted or a formula.
func (m *Model) Mode() Mode { return m.engine.mode() }

// Segments returns the names of the segments.
func (m *Model) Segments() []string { return slices.Clone(m.names) }

// index returns the number of a segment.
func (m *Model) index(scope Scope) (int, bool) {
	i, ok := m.scopes[scope]
	return i, ok && scope != Everyone
}

// Spec returns what a lever can do in a scope; for a segment that is not there, what it
// can do for everyone. It takes no time.
func (m *Model) Spec(scope Scope, lever Lever) Spec {
	i, ok := m.scopes[scope]
	if !ok {
		i = len(m.names)
	}
	if !lever.known() {
		return Spec{Lever: lever, Off: i18n.T("there is no such assumption")}
	}
	return m.specs[i][lever]
}

// Ready reports whether everything a scenario needs is computed: Evaluate, Positions,
// Nudge and Rows then take far less than a frame. If not, call Prepare off the loop.
func (m *Model) Ready(s Scenario) bool {
	_, ok := m.planNow(s)
	return ok
}

// Prepare computes what a scenario needs and keeps it for the next few. It takes up to a
// second for a million customers when retention was changed and stops when ctx is done.
func (m *Model) Prepare(ctx context.Context, s Scenario, progress Progress) error {
	_, err := m.planned(ctx, s, progress)
	return err
}

// Evaluate returns totals per segment and for all. If the scenario is Ready it takes
// microseconds, otherwise it prepares it first. Settings out of bounds are held at them
// and noted.
func (m *Model) Evaluate(ctx context.Context, s Scenario) (Result, error) {
	p, err := m.planned(ctx, s, nil)
	if err != nil {
		return Result{}, err
	}
	segments, err := m.engine.sums(ctx, p.segments)
	if err != nil {
		return Result{}, err
	}
	after, beyond, err := m.total(ctx, segments, p)
	if err != nil {
		return Result{}, err
	}
	unmoved := m.baseAll.referral * m.people.credits.beyond
	before := total(m.start).with(unmoved, m.people.mouth != nil)
	result := Result{Mode: m.Mode(), Unvalued: m.engine.unvalued(), Notes: p.notes, Beyond: Beyond{Baseline: unmoved, Scenario: beyond}}
	result.Total = Line{Customers: before.customers, Baseline: before.figures(before.value()), Scenario: after.figures(after.value())}
	for i, name := range m.names {
		c := m.people.cohorts[i]
		result.Total.Historic += c.historic
		result.Total.Cost += c.cost
		result.Segments = append(result.Segments, Line{
			Scope: Scope(name), Customers: m.start[i].customers, Historic: c.historic, Cost: c.cost,
			Baseline: m.start[i].figures(before.value()), Scenario: segments[i].figures(after.value()),
		})
	}
	return result, nil
}

// equity returns Σ value under a scenario.
func (m *Model) equity(ctx context.Context, s Scenario) (float64, error) {
	p, err := m.planned(ctx, s, nil)
	if err != nil {
		return 0, err
	}
	segments, err := m.engine.sums(ctx, p.segments)
	if err != nil {
		return 0, err
	}
	all, _, err := m.total(ctx, segments, p)
	return all.value(), err
}

// total adds the segments of a plan up with the weighted referral credit of people who
// are no customers, which it returns too.
func (m *Model) total(ctx context.Context, segments []sums, p plan) (all sums, beyond float64, err error) {
	c, err := m.people.credited(ctx, p.scopes())
	if err != nil {
		return sums{}, 0, err
	}
	beyond = p.all.referral * c.beyond
	even := !slices.ContainsFunc(p.segments, func(t terms) bool { return t.referral != p.all.referral })
	return total(segments).with(beyond, even && m.people.mouth != nil), beyond, nil
}
