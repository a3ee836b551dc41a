package cli

import (
	"context"
	"errors"
	"io"
	"strconv"
	"time"

	"github.com/spf13/pflag"

	"worth/internal/clv"
	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// clvOptions are the flags of the verbs clv that are no settings.
type clvOptions struct {
	unit        workspace.Unit
	calibrateTo time.Time // zero: the verb's default
	formula     workspace.FormulaOverrides
}

// clvUnitFlags defines the flag of a unit of time.
func clvUnitFlags(o *options, flags *pflag.FlagSet) {
	flags.Func("unit", i18n.T("what the model counts time in: day or week"), func(s string) (err error) {
		o.clv.unit, err = workspace.ParseUnit(s)
		return err
	})
}

// clvFitFlags defines the flags of clv fit and clv evaluate.
func clvFitFlags(o *options, flags *pflag.FlagSet) {
	clvUnitFlags(o, flags)
	flags.Func("calibrate-to", i18n.T("last day the model sees, such as 2026-06-30"), func(s string) error {
		day, err := parseDay(s)
		if err == nil && day.IsZero() {
			return i18n.Errorf("%q is no date; write one such as 2026-06-30", s)
		}
		o.clv.calibrateTo = day
		return err
	})
}

// clvFit prints a fitted model.
func (c *call) clvFit(ctx context.Context) error {
	return c.use(ctx, c.args, func(w *workspace.Workspace) error {
		fit, err := w.FitModel(ctx, workspace.FitRequest{Unit: c.opts.clv.unit, CalibrateTo: c.opts.clv.calibrateTo})
		if err != nil {
			return err
		}
		for _, warning := range fit.Purchases.Warnings {
			c.say.sentence(warning)
		}
		if fit.Spend == nil {
			c.say.sentence(fit.SpendReason)
		}
		return c.print(ctx, answer{name: "fit", rows: fitRow(fit), object: fitObject(fit), text: fitText(fit)})
	})
}

// namedValues returns the values of a model's parameters in the order of the
// model, or null where there are none.
func namedValues(model string, values map[string]float64) any {
	if len(values) == 0 {
		return nil
	}
	var o report.Object
	for _, name := range paramNames(model) {
		o = append(o, report.Member{Name: name, Value: values[name]})
	}
	return o
}

// paramNames returns the names of a model's parameters.
func paramNames(model string) []string {
	m, err := clv.ParseModel(model)
	if err != nil { // no fit has a model nobody knows
		return nil
	}
	return m.Names()
}

// fitObject returns a fit as JSON has it.
func fitObject(f workspace.FitResult) report.Object {
	p := f.Purchases
	o := report.Object{
		{Name: "model", Value: p.Model},
		{Name: "unit", Value: p.Unit},
		{Name: "calibrate_to", Value: f.CalibrateTo},
		{Name: "n", Value: p.N},
		{Name: "repeaters", Value: p.Repeaters},
		{Name: "params", Value: namedValues(p.Model, p.Params)},
		{Name: "se", Value: namedValues(p.Model, p.SE)},
		{Name: "log_likelihood", Value: p.LogLikelihood},
		{Name: "aic", Value: p.AIC},
		{Name: "gradient_norm", Value: p.GradientNorm},
		{Name: "converged", Value: p.Converged},
		{Name: "warnings", Value: p.Warnings},
		{Name: "seconds", Value: p.Seconds},
	}
	if f.Spend == nil {
		return append(o, report.Member{Name: "spend"}, report.Member{Name: "spend_reason", Value: f.SpendReason})
	}
	return append(o, report.Member{Name: "spend", Value: spendObject(f.Spend)})
}

func spendObject(s *workspace.SpendFit) report.Object {
	return report.Object{
		{Name: "p", Value: s.P},
		{Name: "q", Value: s.Q},
		{Name: "v", Value: s.V},
		{Name: "se", Value: s.SE},
		{Name: "n", Value: s.N},
		{Name: "not_positive", Value: s.NotPositive},
		{Name: "log_likelihood", Value: s.LogLikelihood},
		{Name: "correlation", Value: s.Correlation},
		{Name: "warnings", Value: s.Warnings},
	}
}

// fitRow returns a fit as one row.
func fitRow(f workspace.FitResult) tabular.Source {
	p := f.Purchases
	t := &tabular.Table{Rows: [][]any{nil}}
	add := func(name string, kind tabular.Kind, value any) {
		t.Columns = append(t.Columns, tabular.Column{Name: name, Kind: kind})
		t.Rows[0] = append(t.Rows[0], value)
	}
	add("model", tabular.Text, p.Model)
	add("unit", tabular.Text, p.Unit)
	add("calibrate_to", tabular.Text, f.CalibrateTo)
	add("n", tabular.Integer, int64(p.N))
	add("repeaters", tabular.Integer, int64(p.Repeaters))
	for _, name := range paramNames(p.Model) {
		add(name, tabular.Float, p.Params[name])
	}
	for _, name := range paramNames(p.Model) {
		var se any
		if v, ok := p.SE[name]; ok {
			se = v
		}
		add("se_"+name, tabular.Float, se)
	}
	add("log_likelihood", tabular.Float, p.LogLikelihood)
	add("aic", tabular.Float, p.AIC)
	add("gradient_norm", tabular.Float, p.GradientNorm)
	add("converged", tabular.Boolean, p.Converged)
	add("seconds", tabular.Float, p.Seconds)
	spend := [5]any{}
	if s := f.Spend; s != nil {
		spend = [5]any{s.P, s.Q, s.V, float64(s.N), s.LogLikelihood}
	}
	for i, name := range []string{"spend_p", "spend_q", "spend_v", "spend_n", "spend_log_likelihood"} {
		add(name, tabular.Float, spend[i])
	}
	return tabular.NewSource(t)
}

// fitText returns a fit as people read it.
func fitText(f workspace.FitResult) func(io.Writer) error {
	return func(out io.Writer) error {
		p := &printer{out: out}
		fit := f.Purchases
		p.title(i18n.T("%s, time in %ss, orders up to %s", fit.Model, fit.Unit, f.CalibrateTo))
		p.line(i18n.T("customers"), i18n.Number(float64(fit.N), 0), i18n.T("%d with repeat orders", fit.Repeaters))
		for _, name := range paramNames(fit.Model) {
			p.line(name, significant(fit.Params[name]), errorNote(fit.SE, name))
		}
		p.line(i18n.T("log-likelihood"), i18n.Number(fit.LogLikelihood, 4), i18n.T("AIC %s", i18n.Number(fit.AIC, 2)))
		p.line(i18n.T("largest slope"), strconv.FormatFloat(fit.GradientNorm, 'g', 3, 64), converged(fit.Converged))
		p.title(i18n.T("Spend (Gamma-Gamma)"))
		if f.Spend == nil {
			p.print("  " + f.SpendReason)
			return p.err
		}
		for i, param := range []struct {
			name  string
			value float64
		}{{"p", f.Spend.P}, {"q", f.Spend.Q}, {"v", f.Spend.V}} {
			note := ""
			if i < len(f.Spend.SE) {
				note = "± " + significant(f.Spend.SE[i])
			}
			p.line(param.name, significant(param.value), note)
		}
		p.line(i18n.T("log-likelihood"), i18n.Number(f.Spend.LogLikelihood, 4), i18n.T("%d customer{s}", f.Spend.N))
		p.line(i18n.T("correlation"), i18n.Number(f.Spend.Correlation, 3), i18n.T("of frequency and spend, taken for 0"))
		return p.err
	}
}

// significant writes a parameter, which may be of any size.
func significant(v float64) string { return strconv.FormatFloat(v, 'g', 7, 64) }

func errorNote(se map[string]float64, name string) string {
	v, ok := se[name]
	if !ok {
		return i18n.T("no standard error")
	}
	return "± " + significant(v)
}

func converged(yes bool) string {
	if yes {
		return i18n.T("converged")
	}
	return i18n.T("not converged")
}

// clvPredict prints what the models expect of every customer.
func (c *call) clvPredict(ctx context.Context) error {
	return c.use(ctx, c.args, func(w *workspace.Workspace) (err error) {
		rows, err := w.Predictions(ctx, c.opts.clv.unit)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, rows.Close()) }()
		fits, err := w.Models(ctx)
		if err != nil {
			return err
		}
		if fits.SpendReason != "" {
			c.say.sentence(fits.SpendReason)
		}
		return c.print(ctx, answer{name: "predictions", rows: rows, personal: true})
	})
}
