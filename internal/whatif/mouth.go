package whatif

import (
	"context"
	"math"
	"slices"
	"sync"

	"worth/internal/i18n"
	"worth/internal/referral"
)

// Unlimited is the Window at which all of what the referred are worth counts for those
// above them.
const Unlimited = 121

// Referrals is how the referral credit of a baseline came about, so that its assumptions
// can be moved. Its functions are called when they are first needed and may take a while;
// they may be called from any goroutine, one at a time.
type Referrals struct {
	Params referral.Params // of the baseline
	Window int             // months from a referred customer's first order that count for those above; 0 for all

	// Chains returns who brought in whom. It is asked again only after an error.
	Chains func(ctx context.Context) (*Chains, error)
	// Within returns by node what of its own value counts for those above it within so
	// many months; nil if the window cannot be moved.
	Within func(ctx context.Context, months int) ([]float64, error)
}

// Chains is who brought in whom among the customers of a baseline and others. Columns are
// by node, money in currency.
type Chains struct {
	Forest   *referral.Forest
	Own      []float64
	Counted  []float64 // what of Own counts for those above in the baseline; nil: all of it
	Customer []int32   // index into Customers; −1 for people who are none
}

// check returns a sentence on chains that do not fit so many customers.
func (c *Chains) check(customers int) error {
	if len(c.Customer) != c.Forest.Len() {
		return i18n.Errorf("%d people in chains of referrals are said to be %d customers", c.Forest.Len(), len(c.Customer))
	}
	for node, customer := range c.Customer {
		if int(customer) >= customers {
			return i18n.Errorf("person %d in a chain of referrals is customer %d of %d", node, int(customer), customers)
		}
	}
	return nil
}

// assumed are the assumptions about word of mouth; equal ones give equal credit.
type assumed struct{ theta, window, lambda, typeOne float64 }

// assumedOf returns those of terms.
func assumedOf(t terms) assumed { return assumed{t.theta, t.window, t.lambda, t.typeOne} }

// assumed returns those of the baseline.
func (r *Referrals) assumed() assumed {
	a := assumed{theta: r.Params.Theta, window: float64(r.Window), lambda: r.Params.Lambda, typeOne: r.Params.TypeOne}
	if r.Window == 0 {
		a.window = Unlimited
	}
	return a
}

// credits is the part of value that is word of mouth.
type credits struct {
	column   []float64 // by customer: received less passed up; nil for none
	segments []float64 // Σ by segment
	beyond   float64   // of people who are no customers: over everybody credits sum to 0
}

// word is what word of mouth comes to under assumptions.
type word struct {
	of assumed
	credits
	figures []MouthFigures // by segment, then of people who are no customers
}

// keptWords is how many words are kept: enough for a tornado beside the scenario.
const keptWords = 8

// mouth computes what word of mouth comes to and keeps what was computed last. It may be
// used by several goroutines.
type mouth struct {
	Referrals
	people *people
	base   assumed

	mu   sync.Mutex
	kept []*word // the last used last

	work   sync.Mutex // held while computing
	chains *Chains
	credit *referral.Credit
	window float64 // of credit
}

// newMouth returns the mouth of people, nil if nothing is known of referrals.
func newMouth(p *people) *mouth {
	if p.Referrals == nil {
		return nil
	}
	return &mouth{Referrals: *p.Referrals, people: p, base: p.Referrals.assumed()}
}

// find returns what is kept that fits, or nil.
func (m *mouth) find(fits func(*word) bool) *word {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, w := range m.kept {
		if fits(w) {
			m.kept = append(slices.Delete(m.kept, i, i+1), w)
			return w
		}
	}
	return nil
}

// word returns what word of mouth comes to under assumptions.
func (m *mouth) word(ctx context.Context, a assumed) (*word, error) {
	same := func(w *word) bool { return w.of == a }
	if w := m.find(same); w != nil {
		return w, nil
	}
	m.work.Lock()
	defer m.work.Unlock()
	if w := m.find(same); w != nil { // computed while this waited
		return w, nil
	}
	if err := m.recompute(ctx, a); err != nil {
		return nil, err
	}
	w := m.addUp(a)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept = append(m.kept, w)
	if len(m.kept) > keptWords {
		m.kept = slices.Delete(m.kept, 0, 1)
	}
	return w, stopped(ctx)
}

// recompute credits the chains under assumptions.
func (m *mouth) recompute(ctx context.Context, a assumed) error {
	if err := m.load(ctx); err != nil {
		return err
	}
	params := m.Params
	params.Theta, params.Lambda, params.TypeOne = a.theta, a.lambda, a.typeOne
	if m.credit != nil && m.window == a.window {
		return m.credit.Recompute(params)
	}
	values := referral.Values{Own: m.chains.Own, Counted: m.chains.Counted}
	if a.window != m.base.window {
		months := int(math.Round(a.window))
		if a.window >= Unlimited {
			values.Counted = nil
		} else if counted, err := m.Within(ctx, months); err != nil {
			return err
		} else {
			values.Counted = counted
		}
	}
	credit, err := m.chains.Forest.Credit(values, params)
	if err != nil {
		return err
	}
	m.credit, m.window = credit, a.window
	return stopped(ctx)
}

// load asks for the chains, unless they are there.
func (m *mouth) load(ctx context.Context) error {
	if m.chains != nil {
		return nil
	}
	chains, err := m.Chains(ctx)
	if err != nil {
		return err
	}
	if err := chains.check(len(m.people.Segment)); err != nil {
		return err
	}
	m.chains = chains
	return nil
}

// addUp adds the credit up by segment.
func (m *mouth) addUp(a assumed) *word {
	segments := len(m.people.cohorts)
	w := &word{of: a, figures: make([]MouthFigures, segments+1)}
	w.column, w.segments = make([]float64, len(m.people.Segment)), make([]float64, segments)
	c := m.credit
	for node, customer := range m.chains.Customer {
		credit, passed, at := c.Referral(node), c.Passed(node), segments
		if customer >= 0 {
			at = int(m.people.Segment[customer])
			w.column[customer] = credit
			w.segments[at] += credit
		} else {
			w.beyond += credit
		}
		w.figures[at].add(MouthFigures{Credited: credit + passed, Passed: passed, Influence: c.Influence[node], CRV: c.CRV[node]})
	}
	return w
}

// credited returns the credits under the terms of scopes, which differ in weight only;
// where nothing weighs they are those of the baseline.
func (p *people) credited(ctx context.Context, scopes []terms) (credits, error) {
	if p.mouth == nil || !weighs(scopes) {
		return p.credits, nil
	}
	a := assumedOf(scopes[0])
	if a.theta == p.mouth.base.theta && a.window == p.mouth.base.window {
		return p.credits, nil
	}
	if w := p.mouth.find(func(w *word) bool { return w.of.theta == a.theta && w.of.window == a.window }); w != nil {
		return w.credits, nil
	}
	w, err := p.mouth.word(ctx, a)
	if err != nil {
		return credits{}, err
	}
	return w.credits, nil
}

// creditsReady reports whether credited takes no time.
func (p *people) creditsReady(scopes []terms) bool {
	if p.mouth == nil || !weighs(scopes) {
		return true
	}
	a := assumedOf(scopes[0])
	return a.theta == p.mouth.base.theta && a.window == p.mouth.base.window ||
		p.mouth.find(func(w *word) bool { return w.of.theta == a.theta && w.of.window == a.window }) != nil
}

// weighs reports whether referral credit counts in any of the terms.
func weighs(scopes []terms) bool {
	return slices.ContainsFunc(scopes, func(t terms) bool { return t.referral != 0 })
}

// HasReferrals reports whether who brought in whom is known, so that WordOfMouth answers.
func (m *Model) HasReferrals() bool { return m.people.mouth != nil }

// WordOfMouth returns what word of mouth comes to, segment by segment, before it is
// weighted. The first call asks for the chains; later ones take some 20 ms at a million
// people in chains, more when the window was moved. It fails with a sentence if nothing
// is known of referrals.
func (m *Model) WordOfMouth(ctx context.Context, s Scenario) (Mouth, error) {
	if !m.HasReferrals() {
		return Mouth{}, i18n.Errorf("nobody is known to have brought in anybody")
	}
	p, err := m.planned(ctx, s, nil)
	if err != nil {
		return Mouth{}, err
	}
	before, err := m.people.mouth.word(ctx, m.people.mouth.base)
	if err != nil {
		return Mouth{}, err
	}
	after, err := m.people.mouth.word(ctx, assumedOf(p.all))
	if err != nil {
		return Mouth{}, err
	}
	var all Mouth
	for i, b := range before.figures {
		line := MouthLine{Baseline: b, Scenario: after.figures[i]}
		all.Total.Baseline.add(line.Baseline)
		all.Total.Scenario.add(line.Scenario)
		if i == len(m.names) {
			all.Beyond = line
			break
		}
		line.Scope = Scope(m.names[i])
		all.Segments = append(all.Segments, line)
	}
	return all, nil
}
