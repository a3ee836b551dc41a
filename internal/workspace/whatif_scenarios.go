package workspace

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/whatif"
)

// SavedScenario is a scenario that is kept in the workspace under its name.
type SavedScenario struct {
	Scenario whatif.Scenario
	Mode     whatif.Mode // in which it was made; it can be asked in any
	SavedAt  time.Time   // UTC
	AsOf     time.Time   // the last day that counted then
}

// Scenarios returns the scenarios that are kept, by name.
func (w *Workspace) Scenarios(ctx context.Context) ([]SavedScenario, error) {
	rows, err := w.ask(ctx, duck.Call{Name: "workspace/scenarios"})
	if err != nil {
		return nil, err
	}
	out := make([]SavedScenario, len(rows))
	for i, r := range rows {
		s := SavedScenario{}
		if err := json.Unmarshal([]byte(r.text("scenario")), &s.Scenario); err != nil {
			return nil, i18n.Errorf("the scenario %q that is kept in the workspace cannot be read: %v", r.text("name"), err)
		}
		s.Scenario.Name = r.text("name")
		if r.text("mode") == whatif.ModeFormula.String() {
			s.Mode = whatif.ModeFormula
		}
		s.SavedAt, _ = r.time("saved_at")
		s.AsOf, _ = r.time("as_of")
		out[i] = s
	}
	return out, nil
}

// Scenario returns the scenario of a name, or a *NoAnswerError that lists those there
// are.
func (w *Workspace) Scenario(ctx context.Context, name string) (SavedScenario, error) {
	all, err := w.Scenarios(ctx)
	if err != nil {
		return SavedScenario{}, err
	}
	names := make([]string, len(all))
	for i, s := range all {
		if s.Scenario.Name == strings.TrimSpace(name) {
			return s, nil
		}
		names[i] = s.Scenario.Name
	}
	if len(names) == 0 {
		return SavedScenario{}, &NoAnswerError{i18n.T("there is no scenario %q: none was saved in this workspace", name)}
	}
	return SavedScenario{}, &NoAnswerError{i18n.T("there is no scenario %q; saved are %s", name, strings.Join(names, ", "))}
}

// mostName is the most characters of a scenario's name.
const mostName = 80

// scenarioName returns a name as it is kept, or a sentence why it cannot be.
func scenarioName(name string) (string, error) {
	name = strings.TrimSpace(name)
	switch n := len([]rune(name)); {
	case n == 0:
		return "", i18n.Errorf("a scenario needs a name to be saved")
	case n > mostName:
		return "", i18n.Errorf("a name of %d characters is too long; give one of at most %d", n, mostName)
	}
	return name, nil
}

// SaveScenario keeps a scenario under its name, in place of one that has it.
func (w *Workspace) SaveScenario(ctx context.Context, s whatif.Scenario, mode whatif.Mode) error {
	call, err := w.saving(s, mode)
	if err != nil {
		return err
	}
	return w.write(ctx, nil, func(ctx context.Context, tx *duck.Tx) error {
		_, err := tx.Exec(ctx, call)
		return err
	})
}

// saving returns the call that keeps a scenario.
func (w *Workspace) saving(s whatif.Scenario, mode whatif.Mode) (duck.Call, error) {
	name, err := scenarioName(s.Name)
	if err != nil {
		return duck.Call{}, err
	}
	s.Name = name
	text, err := json.Marshal(s)
	if err != nil {
		return duck.Call{}, i18n.Errorf("the scenario %q cannot be kept: %v", name, err)
	}
	args := duck.Args{"name": name, "mode": mode.String(), "scenario": string(text), "as_of": nil}
	if state := w.derivedState(); !state.AsOf.IsZero() {
		args["as_of"] = state.AsOf.Format(time.DateOnly)
	}
	return duck.Call{Name: "workspace/scenario_save", Args: args}, nil
}

// RenameScenario gives a kept scenario another name. It fails if there is no such
// scenario or another has the name.
func (w *Workspace) RenameScenario(ctx context.Context, from, to string) error {
	to, err := scenarioName(to)
	if err != nil {
		return err
	}
	kept, err := w.Scenario(ctx, from)
	if err != nil || kept.Scenario.Name == to {
		return err
	}
	if _, err := w.Scenario(ctx, to); err == nil {
		return i18n.Errorf("there is a scenario %q already; delete it first, or choose another name", to)
	}
	old := kept.Scenario.Name
	kept.Scenario.Name = to
	call, err := w.saving(kept.Scenario, kept.Mode)
	if err != nil {
		return err
	}
	return w.write(ctx, nil, func(ctx context.Context, tx *duck.Tx) error {
		if _, err := tx.Exec(ctx, duck.Call{Name: "workspace/scenario_delete", Args: duck.Args{"name": old}}); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, call)
		return err
	})
}

// DeleteScenario forgets a kept scenario. It fails if there is none.
func (w *Workspace) DeleteScenario(ctx context.Context, name string) error {
	kept, err := w.Scenario(ctx, name)
	if err != nil {
		return err
	}
	return w.write(ctx, nil, func(ctx context.Context, tx *duck.Tx) error {
		_, err := tx.Exec(ctx, duck.Call{Name: "workspace/scenario_delete", Args: duck.Args{"name": kept.Scenario.Name}})
		return err
	})
}
