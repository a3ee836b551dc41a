package cli

import (
	"context"
	"time"

	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// reportValue says what the fitted models expect, and how far to trust them.
func reportValue(ctx context.Context, w *workspace.Workspace, s *report.Section) error {
	fits, err := w.Models(ctx)
	if err != nil {
		return err
	}
	equity, err := w.Equity(ctx)
	if err != nil {
		return err
	}
	s.Lead = i18n.T("What the customers are expected to bring in the %s month{s} after the as-of date, by a model fitted to when they bought.",
		i18n.Number(fits.Terms.Horizon, 0))
	s.Figures = []report.Figure{{Label: i18n.T("model"), Value: fits.Purchases.Model, Note: i18n.T("%d customer{s}, %d of them repeat buyers",
		fits.Purchases.N, fits.Purchases.Repeaters)}}
	s.Figures = append(s.Figures, rangeFigures(equity)...)
	s.Panels = []report.Panel{
		{Title: i18n.T("Expected by segment"), Note: i18n.T("range: 8 in 10 cases if the model is right"), Wide: true, Table: equityTable(equity), Notes: equityNotes(equity)},
		{Title: i18n.T("Purchase model"), Note: i18n.T("parameters, time in days"), Table: purchaseTable(fits.Purchases), Notes: purchaseNotes(fits.Purchases)},
	}
	spend := report.Panel{Title: i18n.T("Spend model"), Note: i18n.T("Gamma-Gamma")}
	if fits.Spend != nil {
		spend.Table, spend.Notes = spendTable(fits.Spend), fits.Spend.Warnings
	}
	if fits.SpendReason != "" {
		spend.Notes = append(spend.Notes, fits.SpendReason)
	}
	s.Panels = append(s.Panels, spend)
	return nil
}

// rangeFigures are the expected sums and the test of the model.
func rangeFigures(e *workspace.Equity) []report.Figure {
	figure := func(label string, r *workspace.Range, decimals int) report.Figure {
		if r == nil {
			return report.Figure{Label: label, Value: "–", Note: e.ValueReason}
		}
		return report.Figure{
			Label: label, Value: i18n.Number(r.Expected, decimals),
			Note: i18n.T("8 in 10: %s – %s", i18n.Number(r.Low80, decimals), i18n.Number(r.High80, decimals)),
		}
	}
	test := report.Figure{Label: i18n.T("happened ÷ expected"), Value: "–", Note: e.HoldoutReason}
	if h := e.Holdout; h != nil {
		test.Value = i18n.Number(h.Ratio, 2)
		test.Note = i18n.T("orders after %s: %s, expected %s", h.CalibrateTo.Format(time.DateOnly), i18n.Number(h.Actual, 0), i18n.Number(h.Predicted, 0))
	}
	return []report.Figure{figure(i18n.T("expected value"), e.Total.Value, 2), figure(i18n.T("expected orders"), e.Total.Orders, 0), test}
}

// equityTable is the expectation by segment and in all.
func equityTable(e *workspace.Equity) *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "segment", Title: "segment"},
		{Name: "customers", Title: "customers", Kind: tabular.Integer},
		{Name: "orders", Title: "expected orders", Kind: tabular.Integer},
		{Name: "orders_low", Title: "from", Kind: tabular.Integer},
		{Name: "orders_high", Title: "to", Kind: tabular.Integer},
		{Name: "value", Title: "expected value", Kind: tabular.Money, Doc: "discounted, on the basis in force"},
		{Name: "value_low", Title: "from", Kind: tabular.Money},
		{Name: "value_high", Title: "to", Kind: tabular.Money},
	}}
	for _, r := range append(e.Segments[:len(e.Segments):len(e.Segments)], e.Total) {
		row := []any{r.Title, int64(r.Customers)}
		for _, x := range []*workspace.Range{r.Orders, r.Value} {
			if x == nil {
				row = append(row, nil, nil, nil)
			} else {
				row = append(row, x.Expected, x.Low80, x.High80)
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func equityNotes(e *workspace.Equity) []string {
	if e.ValueReason == "" {
		return nil
	}
	return []string{e.ValueReason}
}

// paramDecimals is how exactly parameters and their errors are shown.
const paramDecimals = 4

func paramColumns() []tabular.Column {
	return []tabular.Column{{Name: "parameter", Title: "parameter"}, {Name: "value", Title: "value"}, {Name: "se", Title: "standard error"}}
}

func purchaseTable(p *workspace.PurchaseFit) *tabular.Table {
	t := &tabular.Table{Columns: paramColumns()}
	for _, name := range paramNames(p.Model) {
		var se any
		if v, ok := p.SE[name]; ok {
			se = i18n.Number(v, paramDecimals)
		}
		t.Rows = append(t.Rows, []any{name, i18n.Number(p.Params[name], paramDecimals), se})
	}
	return t
}

func purchaseNotes(p *workspace.PurchaseFit) []string {
	notes := []string{i18n.T("log-likelihood %s · AIC %s", i18n.Number(p.LogLikelihood, 2), i18n.Number(p.AIC, 2))}
	if !p.Converged {
		notes = append(notes, i18n.T("the fit did not converge; take its numbers as a guess"))
	}
	return append(notes, p.Warnings...)
}

func spendTable(f *workspace.SpendFit) *tabular.Table {
	t := &tabular.Table{Columns: paramColumns()}
	for i, p := range []struct {
		name  string
		value float64
	}{{"p", f.P}, {"q", f.Q}, {"v", f.V}} {
		var se any
		if i < len(f.SE) {
			se = i18n.Number(f.SE[i], paramDecimals)
		}
		t.Rows = append(t.Rows, []any{p.name, i18n.Number(p.value, paramDecimals), se})
	}
	return t
}
