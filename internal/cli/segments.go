package cli

import (
	"context"

	"worth/internal/tabular"
	"worth/internal/workspace"
)

// segments prints a row for every segment of the scheme.
func (c *call) segments(ctx context.Context) error {
	return c.use(ctx, c.args, func(w *workspace.Workspace) error {
		segments, err := w.Segments(ctx)
		if err != nil {
			return err
		}
		return c.print(ctx, answer{name: "segments", rows: segmentRows(segments)})
	})
}

// segmentRows returns segments as rows.
func segmentRows(segments []workspace.Segment) tabular.Source {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "segment"},
		{Name: "customers", Kind: tabular.Integer},
		{Name: "customer_share", Kind: tabular.Share},
		{Name: "net_revenue", Kind: tabular.Money},
		{Name: "net_revenue_share", Kind: tabular.Share},
		{Name: "recency_days", Kind: tabular.Float},
		{Name: "orders", Kind: tabular.Float},
		{Name: "aov", Kind: tabular.Money},
	}}
	for _, s := range segments {
		t.Rows = append(t.Rows, []any{
			s.Segment, s.Customers, s.CustomerShare, s.NetRevenue, s.NetRevenueShare, cell(s.RecencyDays), cell(s.Orders), cell(s.AOV),
		})
	}
	return tabular.NewSource(t)
}
