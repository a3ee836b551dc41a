package workspace

import (
	"strings"

	"worth/internal/rfm"
	"worth/internal/tabular"
)

// Table returns the overview as one row, in the order of its JSON keys.
func (o Overview) Table() *tabular.Table {
	return &tabular.Table{
		Columns: []tabular.Column{
			{Name: "customers", Kind: tabular.Integer},
			{Name: "orders", Kind: tabular.Integer},
			{Name: "net_revenue", Kind: tabular.Money},
			{Name: "aov", Kind: tabular.Money},
			{Name: "median_aov", Kind: tabular.Money},
			{Name: "value_per_customer", Kind: tabular.Money},
			{Name: "repeat_rate", Kind: tabular.Share},
			{Name: "gini", Kind: tabular.Float},
			{Name: "top_20_share", Kind: tabular.Share},
			{Name: "as_of"},
			{Name: "median_value", Kind: tabular.Money},
			{Name: "active_customers", Kind: tabular.Integer},
			{Name: "persons_no_order", Kind: tabular.Integer},
			{Name: "anonymous_orders", Kind: tabular.Integer},
			{Name: "anonymous_revenue", Kind: tabular.Money},
			{Name: "revenue_12mo", Kind: tabular.Money},
			{Name: "revenue_12mo_before", Kind: tabular.Money},
			{Name: "clamped_customers", Kind: tabular.Integer},
			{Name: "first_order"},
			{Name: "last_order"},
			{Name: "share_for_80", Kind: tabular.Share},
		},
		Rows: [][]any{{
			o.Customers, o.Orders, o.NetRevenue, optional(o.AOV), optional(o.MedianAOV), optional(o.ValuePerCustomer), optional(o.RepeatRate),
			optional(o.Gini), optional(o.Top20Share), o.AsOf, optional(o.MedianValue), o.ActiveCustomers, o.PersonsNoOrder,
			o.AnonymousOrders, o.AnonymousRevenue, o.RevenueYear, o.RevenueYearBefore, o.ClampedCustomers,
			o.FirstOrder, o.LastOrder, optional(o.EightyPercentFrom),
		}},
	}
}

// MonthTable returns months as rows.
func MonthTable(months []Period) *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "month", Title: "month", Kind: tabular.Date, Doc: "first day of the month"},
		{Name: "orders", Title: "orders", Kind: tabular.Integer, Doc: "counted orders"},
		{Name: "customers", Title: "customers", Kind: tabular.Integer, Doc: "with a counted order in the month"},
		{Name: "new_customers", Title: "new", Kind: tabular.Integer, Doc: "whose first counted order it was"},
		{Name: "net_revenue", Title: "net revenue", Kind: tabular.Money},
	}}
	for _, m := range months {
		t.Rows = append(t.Rows, []any{m.Month, m.Orders, m.Customers, m.New, m.NetRevenue})
	}
	return t
}

// CurveTable returns the concentration curve as rows.
func CurveTable(curve []CurvePoint) *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "customer_share", Title: "customers", Kind: tabular.Share, Doc: "the best share of customers"},
		{Name: "net_revenue_share", Title: "net revenue", Kind: tabular.Share, Doc: "what they bring"},
	}}
	for _, p := range curve {
		t.Rows = append(t.Rows, []any{p.Customers, p.NetRevenue})
	}
	return t
}

// SegmentTable returns segments as rows.
func SegmentTable(segments []Segment) *tabular.Table {
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
			s.Segment, s.Customers, s.CustomerShare, s.NetRevenue, s.NetRevenueShare, optional(s.RecencyDays), optional(s.Orders), optional(s.AOV),
		})
	}
	return t
}

// HeatTable returns the cells of the R × F heat map as rows.
func HeatTable(cells []Cell) *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "r", Kind: tabular.Integer, Doc: "recency score, best highest"},
		{Name: "f", Kind: tabular.Integer, Doc: "frequency score, best highest"},
		{Name: "customers", Kind: tabular.Integer},
		{Name: "net_revenue", Kind: tabular.Money},
	}}
	for _, c := range cells {
		t.Rows = append(t.Rows, []any{int64(c.R), int64(c.F), c.Customers, c.NetRevenue})
	}
	return t
}

// CutTable returns cut-points as rows: from which value on, or up to which, each
// score is earned.
func CutTable(cuts rfm.Cuts) *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "measure"},
		{Name: "cut_point", Kind: tabular.Integer, Doc: "first, second …, from the smallest"},
		{Name: "value", Kind: tabular.Float, Doc: "in days, orders or currency"},
		{Name: "mode", Doc: "fixed, or a quantile of the data"},
		{Name: "frozen", Kind: tabular.Boolean},
	}}
	for _, m := range []struct {
		name string
		cuts []float64
		mode rfm.Mode
	}{{"recency_days", cuts.R, cuts.RMode}, {"orders", cuts.F, cuts.FMode}, {"monetary", cuts.M, cuts.MMode}} {
		for i, v := range m.cuts {
			t.Rows = append(t.Rows, []any{m.name, int64(i + 1), v, string(m.mode), cuts.Frozen})
		}
	}
	return t
}

// Table returns the quality of the data as one row.
func (q Quality) Table() *tabular.Table {
	t := &tabular.Table{Rows: [][]any{nil}}
	for _, m := range []struct {
		name string
		kind tabular.Kind
		cell any
	}{
		{"orders", tabular.Integer, q.Orders},
		{"counted", tabular.Integer, q.Counted},
		{"excluded", tabular.Integer, q.Excluded},
		{"credits", tabular.Integer, q.Credits},
		{"credit_revenue", tabular.Money, q.CreditRevenue},
		{"refunded", tabular.Integer, q.Refunded},
		{"refund_share", tabular.Share, optional(q.RefundShare)},
		{"zero_amount", tabular.Integer, q.ZeroAmount},
		{"duplicates", tabular.Integer, q.Duplicates},
		{"rejected", tabular.Integer, q.Rejected},
		{"anonymous", tabular.Integer, q.Anonymous},
		{"persons", tabular.Integer, q.Persons},
		{"merged_ids", tabular.Integer, q.Merged},
		{"persons_on_several_platforms", tabular.Integer, q.Spanning},
		{"several_platforms_revenue", tabular.Share, optional(q.SpanningRevenue)},
		{"identity_coverage_orders", tabular.Share, optional(q.IdentityCoverageOrders)},
		{"identity_coverage_revenue", tabular.Share, optional(q.IdentityCoverageRevenue)},
		{"future_orders", tabular.Integer, q.FutureOrders},
		{"after_as_of", tabular.Integer, q.AfterAsOf},
		{"date_min", tabular.Text, q.DateMin},
		{"date_max", tabular.Text, q.DateMax},
	} {
		t.Columns = append(t.Columns, tabular.Column{Name: m.name, Kind: m.kind})
		t.Rows[0] = append(t.Rows[0], m.cell)
	}
	return t
}

// FileTable returns what became of the files as rows.
func FileTable(files []FileReport) *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "file", Title: "file"},
		{Name: "kind", Title: "kind"},
		{Name: "format", Title: "format"},
		{Name: "encoding", Title: "encoding"},
		{Name: "rows", Title: "rows", Kind: tabular.Integer},
		{Name: "kept", Title: "kept", Kind: tabular.Integer},
		{Name: "rejected", Title: "rejected", Kind: tabular.Integer},
		{Name: "credits", Title: "credits", Kind: tabular.Integer},
		{Name: "excluded", Title: "excluded", Kind: tabular.Integer},
		{Name: "duplicates", Title: "duplicates", Kind: tabular.Integer},
		{Name: "date_min", Title: "from"},
		{Name: "date_max", Title: "to"},
		{Name: "net_revenue", Title: "net revenue", Kind: tabular.Money},
		{Name: "warnings", Title: "warnings"},
	}}
	for _, f := range files {
		t.Rows = append(t.Rows, []any{
			f.Title(), f.Kind, f.Format, f.Encoding, f.Rows, f.Kept, f.Rejected, f.Credits, f.Excluded, f.Duplicates,
			optional(f.DateMin), optional(f.DateMax), f.NetRevenue, strings.Join(f.Warnings, "; "),
		})
	}
	return t
}

// optional returns a value as a cell, nil for none.
func optional[T any](v *T) any {
	if v == nil {
		return nil
	}
	return *v
}
