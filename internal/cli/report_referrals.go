package cli

import (
	"context"
	"errors"

	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// topRoots is how many trees of referrals a report lists.
const topRoots = 10

// reportReferrals says how far word of mouth reaches and whether it pays.
func (c *call) reportReferrals(ctx context.Context, w *workspace.Workspace, s *report.Section) error {
	r, err := w.Referrals(ctx)
	if err != nil {
		return err
	}
	roots, err := w.TopRoots(ctx, "brought", topRoots)
	if err != nil {
		return err
	}
	expected, err := w.ReferralValue(ctx)
	var none *workspace.NoAnswerError
	if err != nil && !errors.As(err, &none) {
		return err
	}
	trees := c.veiled(tabular.NewSource(roots))
	rows, err := trees.Page(ctx, 0, trees.Len())
	if err != nil {
		return err
	}
	s.Figures = []report.Figure{
		{Label: i18n.T("customers who brought in others"), Value: i18n.T("%d", r.Referrers), Note: i18n.T("%s of %d customer{s}", percent(r.ReferralRate), r.Customers)},
		{Label: i18n.T("customers who were brought in"), Value: i18n.T("%d", r.Referred), Note: i18n.T("%s for each referrer", amount(r.ReferralsPerReferrer, 2))},
		{Label: i18n.T("trees"), Value: i18n.T("%d", r.Roots), Note: i18n.T("at most %d generation{s} below a root", r.Deepest)},
		{Label: i18n.T("k-factor"), Value: amount(r.KFactor, 3), Note: i18n.T("new by referral in 365 days for each customer active in them")},
		{Label: i18n.T("rewards"), Value: i18n.Number(r.Rewards, 2), Note: i18n.T("%s for each customer who was brought in", amount(r.RewardPerReferred, 2))},
	}
	s.Panels = []report.Panel{
		{Title: i18n.T("People by generation"), Note: i18n.T("0: those nobody brought in"), Chart: depthChart(r.Generations), Table: workspace.GenerationTable(r.Generations)},
		{Title: i18n.T("Brought in or not"), Note: i18n.T("with 95 %% intervals"), Table: groupTable(r.Groups, expected), Notes: []string{
			i18n.T("Customers who were brought in may differ for other reasons than the referral: this compares, it does not prove."),
		}},
		{Title: i18n.T("Trees that brought most"), Wide: true, Table: shownColumns(&tabular.Table{Columns: trees.Columns(), Rows: rows}, []string{
			"customer_id", "own", "direct", "descendants", "depth", "direct_value", "brought", "influence", "conserved",
		})},
	}
	if len(r.Reasons) > 0 {
		refused := &tabular.Table{Columns: []tabular.Column{{Name: "reason", Title: "why not"}, {Name: "count", Title: "statements", Kind: tabular.Integer}}}
		for _, reason := range r.Reasons {
			refused.Rows = append(refused.Rows, []any{reason.Text, reason.Count})
		}
		s.Panels = append(s.Panels, report.Panel{Title: i18n.T("Referrals that do not count"), Table: refused})
	}
	return nil
}

// depthChart is how many people stand how far below their roots.
func depthChart(generations []workspace.Generation) report.ColumnChart {
	c := report.ColumnChart{Label: i18n.T("people by generations below their root")}
	for _, g := range generations {
		c.Bars = append(c.Bars, report.UprightBar{Label: i18n.T("%d", g.Generation), Height: float64(g.People), Text: i18n.Short(float64(g.People))})
	}
	return c
}

// groupTable compares customers who were brought in with the others.
func groupTable(groups []workspace.ReferralGroup, expected *workspace.ReferralValue) *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{{Name: "measure", Title: "measure"}}}
	measures := [][]any{
		{i18n.T("customers")}, {i18n.T("bought again")}, {i18n.T("kept after a year")}, {i18n.T("AOV")}, {i18n.T("value per customer")}, {i18n.T("median value")}, {i18n.T("CLV")},
	}
	whole := func(v float64) string { return i18n.Percent(v, 1) }
	cents := func(v float64) string { return i18n.Number(v, 2) }
	for _, g := range groups {
		name := i18n.Text("others")
		if g.Referred {
			name = "brought in"
		}
		t.Columns = append(t.Columns, tabular.Column{Name: string(name), Title: name})
		for i, text := range []string{
			i18n.T("%d", g.Customers), estimate(g.RepeatShare, whole), estimate(g.Retention, whole), amount(g.AOV, 2), estimate(g.Value, cents), amount(g.MedianValue, 2),
			estimate(expected.Of(g), cents),
		} {
			measures[i] = append(measures[i], text)
		}
	}
	t.Rows = measures
	return t
}

// estimate writes a number with its interval.
func estimate(e workspace.Estimate, write func(float64) string) string {
	switch {
	case e.Estimate == nil:
		return "–"
	case e.Low == nil || e.High == nil:
		return write(*e.Estimate)
	}
	return i18n.T("%s (%s – %s)", write(*e.Estimate), write(*e.Low), write(*e.High))
}
