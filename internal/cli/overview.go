package cli

import (
	"context"
	"io"
	"strconv"
	"strings"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// overview prints the first answer.
func (c *call) overview(ctx context.Context) error {
	return c.use(ctx, c.args, func(w *workspace.Workspace) error { return c.printOverview(ctx, w) })
}

// printOverview prints the overview of an open workspace.
func (c *call) printOverview(ctx context.Context, w *workspace.Workspace) error {
	o, err := w.Overview(ctx)
	if err != nil {
		return err
	}
	h, err := w.Header(ctx)
	if err != nil {
		return err
	}
	return c.print(ctx, answer{name: "overview", rows: overviewRow(o), object: o, text: overviewText(h, o)})
}

// overviewRow returns the overview as one row, in the order of its JSON keys.
func overviewRow(o workspace.Overview) tabular.Source {
	return tabular.NewSource(&tabular.Table{
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
			o.Customers, o.Orders, o.NetRevenue, cell(o.AOV), cell(o.MedianAOV), cell(o.ValuePerCustomer), cell(o.RepeatRate),
			cell(o.Gini), cell(o.Top20Share), o.AsOf, cell(o.MedianValue), o.ActiveCustomers, o.PersonsNoOrder,
			o.AnonymousOrders, o.AnonymousRevenue, o.RevenueYear, o.RevenueYearBefore, o.ClampedCustomers,
			o.FirstOrder, o.LastOrder, cell(o.EightyPercentFrom),
		}},
	})
}

// overviewText returns the overview as people read it.
func overviewText(h workspace.Header, o workspace.Overview) func(io.Writer) error {
	return func(out io.Writer) error {
		p := &printer{out: out}
		p.title(heading(h))
		p.line(i18n.T("net revenue"), money(o.NetRevenue), growth(o))
		p.line(i18n.T("customers"), i18n.T("%d", o.Customers), i18n.T("%d with an order in the last 365 days", o.ActiveCustomers))
		p.line(i18n.T("orders"), i18n.T("%d", o.Orders), o.FirstOrder+" – "+o.LastOrder)
		p.line(i18n.T("AOV"), amount(o.AOV, 2), i18n.T("median %s", amount(o.MedianAOV, 2)))
		p.line(i18n.T("value per customer"), amount(o.ValuePerCustomer, 2), i18n.T("median %s", amount(o.MedianValue, 2)))
		p.line(i18n.T("repeat rate"), percent(o.RepeatRate), i18n.T("customers with two orders or more"))
		p.line(i18n.T("top 20 %% bring"), percent(o.Top20Share), share(o.EightyPercentFrom, i18n.Text("the best %s bring 80 %% of net revenue")))
		p.line(i18n.T("Gini"), amount(o.Gini, 3), "")
		if o.AnonymousOrders > 0 {
			p.line(i18n.T("orders of nobody"), i18n.T("%d", o.AnonymousOrders), i18n.T("net revenue %s, in the totals but in no customer", i18n.Number(o.AnonymousRevenue, 2)))
		}
		if o.PersonsNoOrder > 0 {
			p.line(i18n.T("without an order"), i18n.T("%d", o.PersonsNoOrder), i18n.T("persons known by name only"))
		}
		if o.ClampedCustomers > 0 {
			p.line(i18n.T("below zero"), i18n.T("%d", o.ClampedCustomers), i18n.T("customers with negative net revenue; they count as 0 in the Gini"))
		}
		return p.err
	}
}

// heading returns the settings that every number carries in one line.
func heading(h workspace.Header) string {
	parts := []string{h.Name, i18n.T("as of %s", h.AsOf.Format("2006-01-02")), strings.ReplaceAll(string(h.Basis), "_", " ") + " " + h.Currency, h.Scheme}
	if h.Window > 0 {
		parts = append(parts, i18n.T("window %s months", strconv.Itoa(h.Window)))
	}
	var shown []string
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			shown = append(shown, part)
		}
	}
	return strings.Join(shown, " · ")
}

// growth compares the last year's revenue with that of the year before.
func growth(o workspace.Overview) string {
	if o.RevenueYearBefore <= 0 {
		return i18n.T("last 365 days %s", i18n.Number(o.RevenueYear, 2))
	}
	change := i18n.Percent(o.RevenueYear/o.RevenueYearBefore-1, 1)
	if o.RevenueYear >= o.RevenueYearBefore {
		change = "+" + change
	}
	return i18n.T("last 365 days %s, %s on the year before", i18n.Number(o.RevenueYear, 2), change)
}
