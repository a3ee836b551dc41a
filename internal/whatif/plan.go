package whatif

import (
	"context"
	"errors"
	"math"
	"slices"

	"worth/internal/i18n"
)

// terms are the assumptions that hold in a segment.
type terms struct {
	frequency, aov, dropout   float64 // factors on the baseline
	margin, discount, horizon float64
	cac, upkeep               float64
	referral                  float64
	theta, window             float64 // of word of mouth, the same in all segments
	lambda, typeOne           float64
}

// level returns the term of a lever that is set as it is, or nil for those that scale.
func (t *terms) level(l Lever) *float64 {
	switch l {
	case Margin:
		return &t.margin
	case Discount:
		return &t.discount
	case Horizon:
		return &t.horizon
	case CAC:
		return &t.cac
	case Upkeep:
		return &t.upkeep
	case Referral:
		return &t.referral
	case Theta:
		return &t.theta
	case Window:
		return &t.window
	case Lambda:
		return &t.lambda
	case TypeOne:
		return &t.typeOne
	default:
		return nil
	}
}

// scale returns the term of a lever that scales, or nil.
func (t *terms) scale(l Lever) *float64 {
	switch l {
	case Frequency:
		return &t.frequency
	case AOV:
		return &t.aov
	default:
		return nil
	}
}

// plan is a scenario resolved for a Model.
type plan struct {
	segments []terms
	all      terms // as set for everyone
	notes    []string
}

// scopes returns the terms of all scopes, those of everyone last.
func (p plan) scopes() []terms { return append(slices.Clone(p.segments), p.all) }

// errNotReady is what a solver says of a target that was not solved yet.
var errNotReady = errors.New("not computed yet")

// resolver turns a scenario into a plan.
type resolver struct {
	model *Model
	s     Scenario
	solve func(target) (float64, error)
	plan  plan
}

// resolve returns the plan of a scenario. solve finds factors for retentions.
func (m *Model) resolve(s Scenario, solve func(target) (float64, error)) (plan, error) {
	r := resolver{model: m, s: s, solve: solve}
	r.plan.segments = slices.Clone(m.base)
	r.plan.all = m.baseAll
	if err := r.everyone(); err != nil {
		return plan{}, err
	}
	for _, scope := range s.scopes() {
		i, ok := m.index(scope)
		if !ok {
			r.note(i18n.T("There is no segment %q here; its settings do nothing.", string(scope)))
			continue
		}
		if err := r.apply(scope, i, s.Segments[scope], []*terms{&r.plan.segments[i]}); err != nil {
			return plan{}, err
		}
	}
	return r.plan, nil
}

// everyone applies the settings for everyone to all segments.
func (r *resolver) everyone() error {
	to := []*terms{&r.plan.all}
	for i := range r.plan.segments {
		to = append(to, &r.plan.segments[i])
	}
	return r.apply(Everyone, len(r.model.base), r.s.All, to)
}

// apply applies the settings of a scope to terms. What scales does so by one factor,
// found where the scope stands; what is set as it is starts where each of the terms does.
func (r *resolver) apply(scope Scope, index int, settings Settings, to []*terms) error {
	for _, lever := range Levers {
		setting, ok := settings[lever]
		if !ok {
			continue
		}
		spec := r.model.specs[index][lever]
		switch {
		case spec.Off != "":
			r.note(i18n.T("%s does nothing here: %s", lever.Name(), spec.Off))
		case lever.bends():
			factor, err := r.factor(scope, index, lever, setting)
			if err != nil {
				return err
			}
			for _, t := range to {
				t.dropout = factor
			}
		case to[0].scale(lever) != nil:
			factor := scaleFactor(spec, r.held(scope, spec, setting.of(spec.Base)), setting)
			for _, t := range to {
				*t.scale(lever) = factor
			}
		default:
			for _, t := range to {
				at := t.level(lever)
				*at = r.held(scope, spec, setting.of(*at))
			}
		}
	}
	return nil
}

// scaleFactor returns the factor that takes a lever from its base to a value. What
// starts at nothing can only be multiplied.
func scaleFactor(spec Spec, value float64, setting Setting) float64 {
	switch {
	case value == spec.Base:
		return 1
	case spec.Base > 0:
		return value / spec.Base
	case setting.How == Times:
		return math.Min(mostScale, math.Max(0, setting.Value))
	}
	return 1
}

// factor returns the factor on the parameter of leaving for a setting of a face of
// retention.
func (r *resolver) factor(scope Scope, index int, lever Lever, setting Setting) (float64, error) {
	spec := r.model.specs[index][lever]
	value := r.held(scope, spec, setting.of(spec.Base))
	if math.Abs(value-spec.Base) < 1e-12 {
		return 1, nil
	}
	switch lever {
	case Dropout:
		return value, nil
	case Lifetime:
		return r.solve(target{index, 1 - 1/value})
	default:
		return r.solve(target{index, value})
	}
}

// held returns a value within the bounds of a lever, and notes if it was not.
func (r *resolver) held(scope Scope, spec Spec, value float64) float64 {
	held := spec.hold(value)
	if math.Abs(held-value) > 1e-9*math.Max(1, math.Abs(value)) {
		where := i18n.T("everyone")
		if scope != Everyone {
			where = string(scope)
		}
		r.note(i18n.T("%s for %s is held at %s.", spec.Lever.Name(), where, spec.Lever.Format(held)))
	}
	return held
}

// note adds a sentence, once.
func (r *resolver) note(sentence string) {
	if !slices.Contains(r.plan.notes, sentence) {
		r.plan.notes = append(r.plan.notes, sentence)
	}
}

// planNow returns the plan of a scenario if nothing has to be computed for it.
func (m *Model) planNow(s Scenario) (plan, bool) {
	p, err := m.resolve(s, func(t target) (float64, error) {
		if factor, ok := m.engine.known(t); ok {
			return factor, nil
		}
		return 0, errNotReady
	})
	return p, err == nil && m.engine.ready(p) && m.people.creditsReady(p.scopes())
}

// planned returns the plan of a scenario with all that it needs computed.
func (m *Model) planned(ctx context.Context, s Scenario, progress Progress) (plan, error) {
	if p, ok := m.planNow(s); ok {
		progress.tell(1)
		return p, nil
	}
	progress.tell(0)
	p, err := m.resolve(s, func(t target) (float64, error) { return m.engine.solve(ctx, t) })
	if err != nil {
		return plan{}, err
	}
	if err := m.engine.prepare(ctx, p, progress.part(0.3, 1)); err != nil {
		return plan{}, err
	}
	_, err = m.people.credited(ctx, p.scopes())
	return p, err
}
