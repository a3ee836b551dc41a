package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"worth/internal/clv"
	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/whatif"
	"worth/internal/workspace"
)

// whatIfOptions are the flags of the verb whatif.
type whatIfOptions struct {
	set      []whatif.Assignment
	formula  bool
	scenario string // name of a saved one to start from
	save     string // name to save under
	rows     bool   // print customers

	timing    clv.Timing // of the formula
	perpetual bool
}

// whatIfFlags defines the flags of the verb whatif.
func whatIfFlags(o *options, flags *pflag.FlagSet) {
	flags.Func("set", i18n.T("an assumption and its value: margin=35%%, aov=×1.1, horizon=24mo or 'retention@At Risk=+3pt'; may be given again"), func(s string) error {
		a, err := whatif.ParseAssignment(s)
		o.whatIf.set = append(o.whatIf.set, a)
		return err
	})
	flags.BoolVar(&o.whatIf.formula, "formula", false, i18n.T("value by formula, segment by segment, not on the fitted model"))
	flags.StringVar(&o.whatIf.scenario, "scenario", "", i18n.T("name of a saved scenario to start from"))
	flags.Func("timing", i18n.T("with --formula: when a year's profit comes in, end or start"), func(s string) (err error) {
		o.whatIf.timing, err = clv.ParseTiming(s)
		return err
	})
	flags.BoolVar(&o.whatIf.perpetual, "perpetual", false, i18n.T("with --formula: no end, each year the retention stays"))
	flags.BoolVar(&o.whatIf.rows, "customers", false, i18n.T("print every customer under the scenario, most valuable first, in place of the segments"))
	flags.StringVar(&o.whatIf.save, "save", "", i18n.T("name under which to save the scenario in the workspace"))
}

// whatIf prints what customers would be worth under other assumptions.
func (c *call) whatIf(ctx context.Context) error {
	return c.use(ctx, c.args, func(w *workspace.Workspace) error {
		o := c.opts.whatIf
		mode := whatif.ModeFitted
		if o.formula {
			mode = whatif.ModeFormula
		}
		var start whatif.Scenario
		if o.scenario != "" {
			kept, err := w.Scenario(ctx, o.scenario)
			if err != nil {
				return err
			}
			start = kept.Scenario
		}
		model, err := w.WhatIf(ctx, mode, nil)
		if err != nil {
			return err
		}
		if o.timing != clv.TimingDefault || o.perpetual {
			if model, err = model.Timed(o.timing, o.perpetual); err != nil {
				return usage(err)
			}
		}
		scenario, err := assume(model, start, o.set)
		if err != nil {
			return usage(err)
		}
		return c.printWhatIf(ctx, w, model, scenario)
	})
}

// assume returns a scenario with everything set that was asked for.
func assume(m *workspace.WhatIf, s whatif.Scenario, set []whatif.Assignment) (whatif.Scenario, error) {
	var err error
	for _, a := range set {
		if s, err = m.Set(s, a.Scope, a.Lever, a.Text); err != nil {
			return s, err
		}
	}
	return s, nil
}

// printWhatIf values a scenario, saves it if asked to, and prints a row for every segment
// and one for all.
func (c *call) printWhatIf(ctx context.Context, w *workspace.Workspace, model *workspace.WhatIf, s whatif.Scenario) error {
	result, err := model.Evaluate(ctx, s)
	if err != nil {
		return err
	}
	spread, err := model.Distribute(ctx, s)
	if err != nil {
		return err
	}
	if name := c.opts.whatIf.save; name != "" {
		s.Name = name
		if err := w.SaveScenario(ctx, s, model.Mode()); err != nil {
			return err
		}
	}
	c.summariseWhatIf(ctx, model, s, result)
	if c.opts.whatIf.rows {
		rows, err := model.CustomerRows(ctx, s, workspace.Picked{}, "", false)
		if err != nil {
			return err
		}
		return c.print(ctx, answer{name: "whatif", rows: rows})
	}
	t := workspace.ScenarioTable(result, spread, model.HasReferrals())
	if model.HasReferrals() {
		mouth, err := model.WordOfMouth(ctx, s)
		if err != nil {
			return err
		}
		addMouth(t, mouth)
	}
	return c.print(ctx, answer{name: "whatif", rows: tabular.NewSource(t)})
}

// addMouth adds columns for what word of mouth comes to.
func addMouth(t *tabular.Table, mouth whatif.Mouth) {
	for _, name := range []string{"credited", "passed_up", "influence", "crv"} {
		for _, of := range []string{"baseline_", "scenario_"} {
			t.Columns = append(t.Columns, tabular.Column{Name: of + name, Kind: tabular.Money})
		}
	}
	lines := append(slices.Clone(mouth.Segments), mouth.Beyond, mouth.Total)
	for i, l := range lines {
		b, s := l.Baseline, l.Scenario
		t.Rows[i] = append(t.Rows[i], b.Credited, s.Credited, b.Passed, s.Passed, b.Influence, s.Influence, b.CRV, s.CRV)
	}
}

// summariseWhatIf says under which terms values are counted and what was set.
func (c *call) summariseWhatIf(ctx context.Context, model *workspace.WhatIf, s whatif.Scenario, result whatif.Result) {
	t := model.Terms
	if result.Mode == whatif.ModeFormula {
		c.say.sentence(i18n.T("By formula over the customers' lifetime, at a discount of %s a year, in %s.", i18n.Percent(t.Discount, 1), string(t.Basis)))
	} else {
		c.say.sentence(i18n.T("By %s over %s month{s}, at a discount of %s a year, in %s, unless set otherwise.",
			t.Model, i18n.Number(t.Horizon, 1), i18n.Percent(t.Discount, 1), string(t.Basis)))
	}
	var set []string
	for _, o := range s.Settings() {
		text := i18n.T("%s = %s", o.Lever.Name(), o.Lever.FormatSetting(o.Setting))
		if o.Scope != whatif.Everyone {
			text = i18n.T("%s of %s", text, string(o.Scope))
		}
		set = append(set, text)
	}
	if len(set) > 0 {
		c.say.sentence(i18n.T("Set: %s.", strings.Join(set, "; ")))
	}
	at, err := model.Position(ctx, s, whatif.Everyone, whatif.Dropout)
	if err == nil && result.Mode == whatif.ModeFitted && at.At != at.Base {
		c.say.sentence(i18n.T("The retention is reached by a factor of %s on the dropout parameter of the model, from today on; who is active today stays as fitted.", i18n.Number(at.At, 4)))
	}
	if result.Unvalued > 0 {
		c.say.sentence(i18n.T("%d customer{s} {counts|count} nothing, because the spend model expects no finite spend of them.", result.Unvalued))
	}
	for _, note := range result.Notes {
		c.say.sentence(note)
	}
}
