package whatif

import (
	"context"
	"math"
	"slices"
	"strings"

	"worth/internal/i18n"
)

// Set returns the scenario with a lever set for a scope to what was typed: "35%",
// "+3pt", "×1.2", "-10%", "24mo"; empty text takes the setting away. It fails with a
// sentence, and returns the scenario as it was, if the text says nothing or something
// out of bounds, or the segment is not there.
func (m *Model) Set(s Scenario, scope Scope, lever Lever, text string) (Scenario, error) {
	if _, ok := m.scopes[scope]; !ok {
		return s, i18n.Errorf("there is no segment %q; the segments are %s", string(scope), strings.Join(m.names, ", "))
	}
	if strings.TrimSpace(text) == "" {
		return s.Without(scope, lever), nil
	}
	setting, err := ParseSetting(lever, text)
	if err != nil {
		return s, err
	}
	spec := m.Spec(scope, lever)
	if spec.Off != "" {
		return s, i18n.Errorf("%s does nothing here: %s", lever.Name(), spec.Off)
	}
	if err := spec.check(setting.of(spec.Base)); err != nil {
		return s, err
	}
	return s.With(scope, lever, setting), nil
}

// Nudge returns the scenario with a lever moved by small steps – negative ones
// downwards – from where it stands in the scope, held within bounds. Back at the
// baseline, a setting for everyone is taken away. Where the lever stands may have to be
// computed: see Position.
func (m *Model) Nudge(ctx context.Context, s Scenario, scope Scope, lever Lever, steps float64) (Scenario, error) {
	position, err := m.Position(ctx, s, scope, lever)
	if err != nil {
		return s, err
	}
	if position.Off != "" || math.IsNaN(steps) {
		return s, nil
	}
	return m.place(s, position.Spec, scope, position.Step(position.At, steps*position.Small)), nil
}

// Place returns the scenario with a lever of a scope at a value, held within bounds: what
// a mouse does. At the baseline, a setting for everyone is taken away.
func (m *Model) Place(s Scenario, scope Scope, lever Lever, value float64) Scenario {
	spec := m.Spec(scope, lever)
	if spec.Off != "" {
		return s
	}
	return m.place(s, spec, scope, spec.hold(value))
}

// place sets a lever to a value within bounds. In a segment the baseline is a setting too:
// everyone's would hold otherwise. For everyone, where segments start from different
// values, they are moved by as much, not to the same.
func (m *Model) place(s Scenario, spec Spec, scope Scope, value float64) Scenario {
	switch {
	case scope != Everyone:
		return s.With(scope, spec.Lever, Setting{To, value})
	case value == spec.Base:
		return s.Without(scope, spec.Lever)
	case differ(m.base, spec.Lever):
		return s.With(scope, spec.Lever, Setting{By, value - spec.Base})
	default:
		return s.With(scope, spec.Lever, Setting{To, value})
	}
}

// differ reports whether segments start from different values of a lever.
func differ(base []terms, lever Lever) bool {
	if base[0].level(lever) == nil {
		return false
	}
	return slices.ContainsFunc(base, func(t terms) bool { return *t.level(lever) != *base[0].level(lever) })
}

// Step returns a value moved by so much, on the grid of small steps, within bounds. A step
// across the baseline stops there, so that it can be found again.
func (s Spec) Step(at, by float64) float64 {
	to := at + by
	if s.Small > 0 {
		const slip = 1e-6
		if grid := math.Round(to/s.Small) * s.Small; math.Abs(grid-at) > slip*s.Small {
			to = grid
		}
	}
	if at != s.Base && (at-s.Base)*(to-s.Base) < 0 || math.Abs(to-s.Base) < 1e-9*math.Max(1, math.Abs(s.Base)) {
		to = s.Base
	}
	return s.hold(to)
}

// Snap returns a value on the grid of small steps, within bounds; near the baseline it is
// the baseline.
func (s Spec) Snap(value float64) float64 {
	if s.Small > 0 {
		if math.Abs(value-s.Base) < s.Small/2 {
			return s.Base
		}
		value = math.Round(value/s.Small) * s.Small
	}
	return s.hold(value)
}

// Positions returns where every lever stands in a scope, in the order of Levers.
func (m *Model) Positions(ctx context.Context, s Scenario, scope Scope) ([]Position, error) {
	p, err := m.planned(ctx, s, nil)
	if err != nil {
		return nil, err
	}
	positions := make([]Position, len(Levers))
	for i, lever := range Levers {
		if positions[i], err = m.position(ctx, p, s, scope, lever); err != nil {
			return nil, err
		}
	}
	return positions, nil
}

// Position returns where a lever stands in a scope. Nothing has to be computed where the
// scope sets this very lever, or nothing does.
func (m *Model) Position(ctx context.Context, s Scenario, scope Scope, lever Lever) (Position, error) {
	if position, ok := m.placed(s, scope, lever); ok {
		return position, nil
	}
	p, err := m.planned(ctx, s, nil)
	if err != nil {
		return Position{}, err
	}
	return m.position(ctx, p, s, scope, lever)
}

// placed returns where a lever stands and whether that could be told without a plan.
func (m *Model) placed(s Scenario, scope Scope, lever Lever) (Position, bool) {
	spec := m.Spec(scope, lever)
	position := Position{Spec: spec, At: spec.Base}
	if spec.Off != "" {
		return position, true
	}
	position.Setting, position.Own, position.Set = s.Get(scope, lever)
	if position.Own {
		position.At = spec.hold(position.Setting.of(spec.Base))
		return position, true
	}
	bent := lever.bends() && (s.of(scope).bend() || s.All.bend())
	return position, !position.Set && !bent
}

// bend reports whether a face of retention is set.
func (s Settings) bend() bool {
	for lever := range s {
		if lever.bends() {
			return true
		}
	}
	return false
}

// position returns where a lever stands in a scope of a plan.
func (m *Model) position(ctx context.Context, p plan, s Scenario, scope Scope, lever Lever) (Position, error) {
	position, ok := m.placed(s, scope, lever)
	if ok {
		return position, nil
	}
	spec := position.Spec
	index, t := m.scopes[Everyone], p.all
	if i, ok := m.index(scope); ok {
		index, t = i, p.segments[i]
	}
	switch {
	case lever == Dropout:
		position.At = t.dropout
	case lever.bends():
		if t.dropout == 1 {
			break
		}
		retention, err := m.engine.retained(ctx, index, t.dropout)
		if err != nil {
			return Position{}, err
		}
		position.At = retention
		if lever == Lifetime {
			position.At = m.engine.lifetime(index, retention, t.dropout)
		}
	case t.scale(lever) != nil:
		if factor := *t.scale(lever); factor != 1 {
			position.At = factor * spec.Base
		}
	default:
		position.At = *t.level(lever)
	}
	position.At = spec.hold(position.At)
	return position, nil
}
