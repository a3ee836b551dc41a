package cli

import (
	"context"
	"errors"
	"strconv"
	"time"

	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// reportOverview says what the customers brought, when, and how unevenly.
func reportOverview(ctx context.Context, w *workspace.Workspace, s *report.Section) error {
	o, err := w.Overview(ctx)
	if err != nil {
		return err
	}
	months, err := w.Revenue(ctx)
	if err != nil {
		return err
	}
	s.Figures = []report.Figure{
		{Label: i18n.T("net revenue"), Value: money(o.NetRevenue), Note: growth(o)},
		{Label: i18n.T("customers"), Value: i18n.T("%d", o.Customers), Note: i18n.T("%d with an order in the last 365 days", o.ActiveCustomers)},
		{Label: i18n.T("orders"), Value: i18n.T("%d", o.Orders), Note: o.FirstOrder + " – " + o.LastOrder},
		{Label: i18n.T("AOV"), Value: amount(o.AOV, 2), Note: i18n.T("median %s", amount(o.MedianAOV, 2))},
		{Label: i18n.T("value per customer"), Value: amount(o.ValuePerCustomer, 2), Note: i18n.T("median %s", amount(o.MedianValue, 2))},
		{Label: i18n.T("repeat rate"), Value: percent(o.RepeatRate), Note: i18n.T("customers with two orders or more")},
		{Label: i18n.T("top 20 %% bring"), Value: percent(o.Top20Share), Note: share(o.EightyPercentFrom, i18n.Text("the best %s bring 80 %% of net revenue"))},
		{Label: i18n.T("Gini"), Value: amount(o.Gini, 3), Note: i18n.T("0: everybody brings the same; 1: one brings all")},
	}
	s.Panels = []report.Panel{{Title: i18n.T("Net revenue by month"), Chart: revenueChart(months)}}
	if o.AnonymousOrders > 0 {
		s.Panels[0].Notes = []string{i18n.T("%d order{s} {names|name} nobody; their net revenue of %s is in the totals but in no customer.",
			o.AnonymousOrders, i18n.Number(o.AnonymousRevenue, 2))}
	}
	curve, err := w.Concentration(ctx)
	var none *workspace.NoAnswerError
	switch {
	case errors.As(err, &none):
		s.Panels = append(s.Panels, report.Panel{Title: i18n.T("Concentration"), Notes: []string{none.Error()}})
		return nil
	case err != nil:
		return err
	}
	s.Panels = append(s.Panels, report.Panel{Title: i18n.T("Concentration"), Note: i18n.T("net revenue of the best customers"), Chart: curveChart(curve)})
	return nil
}

// revenueChart is the net revenue of months.
func revenueChart(months []workspace.Period) report.LineChart {
	c := report.LineChart{Label: i18n.T("net revenue by month"), Format: i18n.Short}
	const about = 8
	step := max((len(months)+about-1)/about, 1)
	for i, m := range months {
		name := m.Month.Format("2006-01")
		c.Points = append(c.Points, report.Point{
			X: float64(m.Month.Unix()), Y: m.NetRevenue,
			Text: i18n.T("%s: %s from %d order{s}, %d new customer{s}", name, i18n.Number(m.NetRevenue, 2), m.Orders, m.New),
		})
		if i%step == 0 && (len(months)-i > step/2 || step == 1) {
			c.XTicks = append(c.XTicks, report.Tick{At: float64(m.Month.Unix()), Text: name})
		}
	}
	return c
}

// curveChart is the concentration curve, with the line of everybody bringing the
// same.
func curveChart(curve []workspace.CurvePoint) report.LineChart {
	whole := func(v float64) string { return i18n.Percent(v, 0) }
	c := report.LineChart{Label: i18n.T("share of net revenue that the best customers bring"), Format: whole, Diagonal: true}
	for _, p := range curve {
		c.Points = append(c.Points, report.Point{
			X: p.Customers, Y: p.NetRevenue, Text: i18n.T("the best %s of customers bring %s", i18n.Percent(p.Customers, 0), i18n.Percent(p.NetRevenue, 1)),
		})
	}
	for _, at := range []float64{0, 0.2, 0.4, 0.6, 0.8, 1} {
		c.XTicks = append(c.XTicks, report.Tick{At: at, Text: whole(at)})
	}
	return c
}

// reportSegments shows who is in which segment, and what earns a score.
func reportSegments(ctx context.Context, w *workspace.Workspace, s *report.Section) error {
	segments, err := w.Segments(ctx)
	if err != nil {
		return err
	}
	cells, err := w.HeatMap(ctx)
	if err != nil {
		return err
	}
	cuts, err := w.Cuts(ctx)
	if err != nil {
		return err
	}
	bars := report.PairedBars{Label: i18n.T("segments by their share of customers and net revenue"), First: i18n.T("customers"), Second: i18n.T("net revenue")}
	for _, g := range segments {
		bars.Rows = append(bars.Rows, report.Bar{
			Label: g.Title, First: g.CustomerShare, FirstText: i18n.Percent(g.CustomerShare, 1),
			Second: g.NetRevenueShare, SecondText: i18n.Percent(g.NetRevenueShare, 1),
		})
	}
	from := i18n.T("quantiles of the data")
	if cuts.Frozen {
		from = i18n.T("frozen")
	}
	s.Panels = []report.Panel{
		{Title: i18n.T("Shares"), Chart: bars},
		{Title: i18n.T("Recency × frequency"), Note: i18n.T("customers and their net revenue"), Chart: heatChart(cells, cuts.Levels())},
		{Title: i18n.T("Segments"), Wide: true, Table: segmentReport(segments)},
		{
			Title: i18n.T("Cut-points"), Note: from, Wide: true, Table: cutReport(cuts.R, cuts.F, cuts.M),
			Notes: []string{i18n.T("A score is one more than the cut-points that are passed; 5 is best. Recency is better when smaller, so it passes a cut-point from above.")},
		},
	}
	return nil
}

// segmentReport is the table of segments with what they mean.
func segmentReport(segments []workspace.Segment) *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "segment", Title: "segment"},
		{Name: "customers", Title: "customers", Kind: tabular.Integer},
		{Name: "net_revenue", Title: "net revenue", Kind: tabular.Money},
		{Name: "recency_days", Title: "days ago", Kind: tabular.Integer, Doc: "mean days since the last order"},
		{Name: "orders", Title: "orders", Kind: tabular.Float, Doc: "mean counted orders per customer"},
		{Name: "aov", Title: "AOV", Kind: tabular.Money, Doc: "net revenue per counted order"},
		{Name: "meaning", Title: "who"},
	}}
	for _, g := range segments {
		t.Rows = append(t.Rows, []any{g.Title, g.Customers, g.NetRevenue, cell(g.RecencyDays), cell(g.Orders), cell(g.AOV), g.Meaning})
	}
	return t
}

// heatChart lays cells out with the best customers at the upper right.
func heatChart(cells []workspace.Cell, levels int) report.HeatMap {
	m := report.HeatMap{Label: i18n.T("customers by recency and frequency score"), RowTitle: i18n.T("recency"), ColTitle: i18n.T("frequency")}
	for i := range levels {
		m.RowLabels = append(m.RowLabels, "R"+strconv.Itoa(levels-i))
		m.ColLabels = append(m.ColLabels, "F"+strconv.Itoa(i+1))
		m.Cells = append(m.Cells, make([]report.HeatCell, levels))
	}
	for _, c := range cells {
		row, col := levels-c.R, c.F-1
		if row < 0 || row >= levels || col < 0 || col >= levels {
			continue
		}
		m.Cells[row][col] = report.HeatCell{Value: float64(c.Customers), Text: i18n.Short(float64(c.Customers)), Note: i18n.Short(c.NetRevenue)}
	}
	return m
}

// cutReport is the table of cut-points, a measure a row.
func cutReport(r, f, m []float64) *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{{Name: "measure", Title: "measure"}}}
	for i := range r {
		t.Columns = append(t.Columns, tabular.Column{Name: "cut_" + strconv.Itoa(i+1), Title: i18n.Text(strconv.Itoa(i + 1)), Kind: tabular.Float})
	}
	for _, row := range []struct {
		name string
		cuts []float64
	}{{i18n.T("recency, days"), r}, {i18n.T("frequency, orders"), f}, {i18n.T("money"), m}} {
		cells := []any{row.name}
		for i := range r {
			if i < len(row.cuts) {
				cells = append(cells, row.cuts[i])
			} else {
				cells = append(cells, nil)
			}
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// reportSettings lists every setting, and what the words of a report mean.
func reportSettings(ctx context.Context, w *workspace.Workspace, s *report.Section) error {
	h, err := w.Header(ctx)
	if err != nil {
		return err
	}
	settings := &tabular.Table{Columns: []tabular.Column{{Name: "setting", Title: "setting"}, {Name: "value", Title: "value"}, {Name: "meaning", Title: "what it decides"}}}
	for _, word := range w.Settings().Words() {
		if word.Name == i18n.T("as of") {
			word.Value = h.AsOf.Format(time.DateOnly)
		}
		settings.Rows = append(settings.Rows, []any{word.Name, word.Value, word.Meaning})
	}
	words := &tabular.Table{Columns: []tabular.Column{{Name: "word", Title: "word"}, {Name: "meaning", Title: "meaning"}}}
	for _, d := range definitions {
		words.Rows = append(words.Rows, []any{d[0].String(), d[1].String()})
	}
	s.Panels = []report.Panel{
		{Title: i18n.T("Settings"), Wide: true, Table: settings},
		{Title: i18n.T("Definitions"), Wide: true, Table: words},
	}
	return nil
}

// definitions are the words of a report and what they mean.
var definitions = [][2]i18n.Text{
	{"net revenue", "what was paid for counted orders, after discounts, refunds and credits; tax and shipping only if the settings say so"},
	{"counted order", "an order up to the as-of date that was not cancelled, void or unpaid; credits and refunds lower revenue and are no orders"},
	{"customer", "a person with at least one counted order"},
	{"AOV", "net revenue per counted order"},
	{"repeat rate", "share of customers with two counted orders or more"},
	{"R, F, M", "scores for how recent the last order is, how many orders there are and what they brought, by the cut-points in force; 5 is best"},
	{"Gini", "how unevenly net revenue is spread over customers; negative net revenue counts as 0"},
	{"P(alive)", "probability under the model that a customer has not left for good"},
	{"expected orders", "orders the model expects within the horizon"},
	{"CLV", "expected value within the horizon, on the basis in force, each future amount discounted to the as-of date"},
	{"8 in 10", "the range that holds the true value of eight of ten such customers if the model is right"},
	{"kept (conserved)", "own value, plus what those brought in pass up, less what is passed up; over all customers it adds up to own value"},
	{"brought", "own value of everybody who came through a customer; counts one person once for everybody above"},
	{"identity coverage", "share of counted orders, or of net revenue, whose customer is known"},
}
