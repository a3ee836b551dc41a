package cli

import (
	"context"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"worth/internal/clv"
	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// clvFormulaFlags defines the flags of clv formula; --discount is common to all.
func clvFormulaFlags(o *options, flags *pflag.FlagSet) {
	number := func(name, help string, into **float64) {
		flags.Func(name, help, func(s string) error {
			v, err := parseNumber(s)
			*into = &v
			return err
		})
	}
	f := &o.clv.formula
	number("frequency", i18n.T("orders a year"), &f.Frequency)
	number("profit", i18n.T("profit per order"), &f.Profit)
	number("years", i18n.T("expected lifetime in years"), &f.Years)
	number("cac", i18n.T("cost of winning a customer"), &f.CAC)
	number("upkeep", i18n.T("cost of keeping a customer, a year"), &f.Upkeep)
	flags.Func("retention", i18n.T("share of customers that stays each year, such as 75%%: another way to say --years"), func(s string) error {
		share, err := parseShare(s)
		if err != nil {
			return err
		}
		years, err := clv.Lifetime(share)
		f.Years = &years
		return err
	})
	flags.BoolVar(&f.Perpetual, "perpetual", false, i18n.T("no end: each year the retention stays"))
	flags.Func("timing", i18n.T("when a year's profit comes in: end or start"), func(s string) (err error) {
		f.Timing, err = clv.ParseTiming(s)
		return err
	})
}

// parseNumber reads a plain number.
func parseNumber(s string) (float64, error) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, i18n.Errorf("%q is no number", s)
	}
	return v, nil
}

// clvFormula prints lifetime value by arithmetic: of the inputs given, or with
// sources of every segment, by the inputs the data give where none is given.
func (c *call) clvFormula(ctx context.Context) error {
	overrides := c.opts.clv.formula
	var set workspace.Settings
	for _, change := range c.opts.settings {
		change(&set)
	}
	overrides.Discount = set.Discount
	if len(c.args) == 0 && c.opts.workspace == "" {
		return c.formula(ctx, overrides)
	}
	return c.use(ctx, c.args, func(w *workspace.Workspace) error { return c.formulas(ctx, w, overrides) })
}

// formula prints the value of the inputs on the command line.
func (c *call) formula(ctx context.Context, o workspace.FormulaOverrides) error {
	var missing []string
	for _, input := range []struct {
		name  string
		value *float64
	}{{"--frequency", o.Frequency}, {"--profit", o.Profit}, {"--years or --retention", o.Years}} {
		if input.value == nil {
			missing = append(missing, input.name)
		}
	}
	if len(missing) > 0 {
		return usage(i18n.Errorf("the formula needs %s; or name the exports to estimate it from", strings.Join(missing, ", ")))
	}
	f, err := new(workspace.FormulaInputs).Formula(o)
	if err != nil {
		return err
	}
	v, err := f.Value()
	if err != nil {
		return usage(err)
	}
	columns, cells := formulaCells(f, v)
	t := tabular.Table{Columns: columns, Rows: [][]any{cells}}
	return c.print(ctx, answer{name: "formula", rows: tabular.NewSource(&t), object: report.Row(t), text: formulaText(f, v)})
}

// formulaCells returns a formula with its value as cells.
func formulaCells(f workspace.Formula, v float64) ([]tabular.Column, []any) {
	timing := "end"
	if f.Timing == clv.TimingStart || f.Timing == clv.TimingDefault && f.Perpetual {
		timing = "start"
	}
	columns := []tabular.Column{
		{Name: "clv", Kind: tabular.Float},
		{Name: "frequency", Kind: tabular.Float},
		{Name: "profit", Kind: tabular.Float},
		{Name: "years", Kind: tabular.Float},
		{Name: "retention", Kind: tabular.Float},
		{Name: "cac", Kind: tabular.Float},
		{Name: "upkeep", Kind: tabular.Float},
		{Name: "discount", Kind: tabular.Float},
		{Name: "timing"},
		{Name: "perpetual", Kind: tabular.Boolean},
	}
	return columns, []any{v, f.Frequency, f.Profit, f.Years, clv.Retention(f.Years), f.CAC, f.Upkeep, f.Discount, timing, f.Perpetual}
}

// formulaText returns a formula as people read it.
func formulaText(f workspace.Formula, v float64) func(io.Writer) error {
	return func(out io.Writer) error {
		p := &printer{out: out}
		p.title(i18n.T("Lifetime value"))
		p.line("clv", i18n.Number(v, 2), "")
		p.line(i18n.T("frequency"), i18n.Number(f.Frequency, 2), i18n.T("orders a year"))
		p.line(i18n.T("profit"), i18n.Number(f.Profit, 2), i18n.T("per order"))
		p.line(i18n.T("lifetime"), i18n.Number(f.Years, 2), i18n.T("years, as a retention of %s", i18n.Percent(clv.Retention(f.Years), 1)))
		p.line("CAC", i18n.Number(f.CAC, 2), i18n.T("once"))
		p.line(i18n.T("upkeep"), i18n.Number(f.Upkeep, 2), i18n.T("a year"))
		p.line(i18n.T("discount"), i18n.Percent(f.Discount, 1), i18n.T("a year"))
		return p.err
	}
}

// formulas prints the value of every segment.
func (c *call) formulas(ctx context.Context, w *workspace.Workspace, o workspace.FormulaOverrides) error {
	inputs, err := w.FormulaInputs(ctx)
	if err != nil {
		return err
	}
	t := &tabular.Table{}
	for _, in := range inputs {
		f, err := in.Formula(o)
		if err != nil && in.Segment == "" {
			return err
		}
		var v float64
		if err == nil {
			v, err = f.Value()
		}
		columns, cells := formulaCells(f, v)
		if err != nil {
			c.say.sentence(in.Title + ": " + err.Error())
			cells = make([]any, len(columns))
		}
		t.Columns = append([]tabular.Column{{Name: "segment"}, {Name: "customers", Kind: tabular.Integer}}, columns...)
		t.Columns = append(t.Columns, tabular.Column{Name: "frequency_n", Kind: tabular.Integer}, tabular.Column{Name: "profit_n", Kind: tabular.Integer},
			tabular.Column{Name: "years_n", Kind: tabular.Integer}, tabular.Column{Name: "cac_n", Kind: tabular.Integer})
		row := append([]any{segmentCell(in.Segment), in.Customers}, cells...)
		t.Rows = append(t.Rows, append(row, in.Frequency.N, in.Profit.N, in.Years.N, in.CAC.N))
	}
	return c.print(ctx, answer{name: "formula", rows: tabular.NewSource(t)})
}

// segmentCell names a segment; all customers have none.
func segmentCell(name string) any {
	if name == "" {
		return nil
	}
	return name
}
