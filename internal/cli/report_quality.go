package cli

import (
	"context"
	"path/filepath"

	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// reportQuality says how much of the data can be used, and what stands in the way
// of the rest.
func reportQuality(ctx context.Context, w *workspace.Workspace, s *report.Section) error {
	q, err := w.Quality(ctx)
	if err != nil {
		return err
	}
	s.Figures = []report.Figure{
		{Label: i18n.T("orders loaded"), Value: i18n.T("%d", q.Orders), Note: q.DateMin + " – " + q.DateMax},
		{Label: i18n.T("count as purchases"), Value: i18n.T("%d", q.Counted), Note: i18n.T("%d left out: cancelled, unpaid or void", q.Excluded)},
		{Label: i18n.T("identity coverage"), Value: percent(q.IdentityCoverageOrders), Note: i18n.T("of counted orders; %s of net revenue", percent(q.IdentityCoverageRevenue))},
		{Label: i18n.T("given back"), Value: percent(q.RefundShare), Note: i18n.T("of gross sales, as refunds and credits")},
		{Label: i18n.T("rejected rows"), Value: i18n.T("%d", q.Rejected), Note: i18n.T("%d row{s} {repeats|repeat} an order", q.Duplicates)},
		{Label: i18n.T("after the as-of date"), Value: i18n.T("%d", q.AfterAsOf), Note: i18n.T("%d dated after the day they were loaded", q.FutureOrders)},
	}
	files := shownColumns(workspace.FileTable(named(q.Files)), []string{
		"file", "format", "rows", "kept", "rejected", "duplicates", "date_min", "date_max", "net_revenue",
	})
	s.Panels = []report.Panel{
		{Title: i18n.T("What keeps data out"), Table: obstacles(q), Notes: q.Warnings},
		{Title: i18n.T("Files"), Wide: true, Table: files, Notes: fileNotes(q.Files)},
	}
	return nil
}

// obstacles lists how many orders or rows are not what they should be.
func obstacles(q workspace.Quality) *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{{Name: "finding", Title: "finding"}, {Name: "count", Title: "number", Kind: tabular.Integer}}}
	for _, f := range []struct {
		text string
		n    int64
	}{
		{i18n.T("counted orders that name nobody: in the totals, in no score or segment"), q.Anonymous},
		{i18n.T("orders left out by their status"), q.Excluded},
		{i18n.T("credits and negative orders: they lower net revenue and are no purchases"), q.Credits},
		{i18n.T("orders refunded in whole or in part"), q.Refunded},
		{i18n.T("orders of amount 0"), q.ZeroAmount},
		{i18n.T("rows that repeat an order"), q.Duplicates},
		{i18n.T("rows that could not be read"), q.Rejected},
		{i18n.T("orders dated in the future"), q.FutureOrders},
		{i18n.T("orders after the as-of date"), q.AfterAsOf},
	} {
		t.Rows = append(t.Rows, []any{f.text, f.n})
	}
	return t
}

// named are files without the folders they came from, which are nobody's business.
func named(files []workspace.FileReport) []workspace.FileReport {
	out := make([]workspace.FileReport, len(files))
	for i, f := range files {
		f.File = filepath.Base(f.File)
		out[i] = f
	}
	return out
}

// fileNotes are the warnings of files.
func fileNotes(files []workspace.FileReport) []string {
	var notes []string
	for _, f := range named(files) {
		for _, warning := range f.Warnings {
			notes = append(notes, f.Title()+": "+warning)
		}
	}
	return notes
}
