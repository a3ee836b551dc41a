package cli

import (
	"context"
	"errors"
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
	fits, err := w.Models(ctx)
	var none *workspace.NoAnswerError
	if err != nil && !errors.As(err, &none) {
		return err
	}
	return c.print(ctx, answer{name: "overview", rows: tabular.NewSource(o.Table()), object: o, text: overviewText(h, o, fits)})
}

// overviewText returns the overview as people read it.
func overviewText(h workspace.Header, o workspace.Overview, fits workspace.Fits) func(io.Writer) error {
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
		p.expected(fits, o)
		if o.AnonymousOrders > 0 {
			p.line(i18n.T("orders of nobody"), i18n.T("%d", o.AnonymousOrders), i18n.T("net revenue %s, in the totals but in no customer", i18n.Number(o.AnonymousRevenue, 2)))
		}
		if o.PersonsNoOrder > 0 {
			p.line(i18n.T("without an order"), i18n.T("%d", o.PersonsNoOrder), i18n.T("persons without an order that counts"))
		}
		if o.ClampedCustomers > 0 {
			p.line(i18n.T("below zero"), i18n.T("%d", o.ClampedCustomers), i18n.T("customers with negative net revenue; they count as 0 in the Gini"))
		}
		p.currencies(o.Currency, o.Currencies)
		return p.err
	}
}

// expected writes what the customers are expected to bring, where a model was
// fitted, with the terms.
func (p *printer) expected(fits workspace.Fits, o workspace.Overview) {
	if o.ExpectedOrders == nil {
		return
	}
	t := fits.Terms
	p.line(i18n.T("expected orders"), amount(o.ExpectedOrders, 1), i18n.T("in %s month{s}, %s", i18n.Number(t.Horizon, 1), t.Model))
	if o.ExpectedValue != nil {
		p.line(i18n.T("expected value"), amount(o.ExpectedValue, 2),
			i18n.T("the same, discounted at %s a year, %s", i18n.Percent(t.Discount, 1), strings.ReplaceAll(string(t.Basis), "_", " ")))
	}
}

// currencies writes what orders in other currencies than that of the analysis
// brought, each in its own.
func (p *printer) currencies(counted string, list []workspace.CurrencyTotal) {
	for _, c := range list {
		if c.Currency == counted || c.Currency == "" {
			continue
		}
		note := i18n.T("%d order{s} of %d customer{s}, set aside from all figures", c.Orders, c.Customers)
		switch {
		case c.Counted == c.Orders:
			note = i18n.T("%d order{s} of %d customer{s}, counted as %s %s", c.Orders, c.Customers, money(c.Revenue), counted)
		case c.Counted > 0:
			note = i18n.T("%d order{s} of %d customer{s}, %d of them counted as %s %s, the others set aside", c.Orders, c.Customers, c.Counted, money(c.Revenue), counted)
		}
		p.line(i18n.T("net revenue %s", c.Currency), money(c.NetRevenue), note)
	}
}

// heading returns the settings that every number carries in one line.
func heading(h workspace.Header) string {
	parts := []string{h.Name, i18n.T("as of %s", h.AsOf.Format("2006-01-02")), strings.ReplaceAll(string(h.Basis), "_", " ") + " " + h.Currency, h.Scheme}
	if h.Apart > 0 {
		parts = append(parts, i18n.T("%d order{s} in other currencies set aside", h.Apart))
	}
	if h.Window > 0 {
		parts = append(parts, i18n.T("window %s month{s}", strconv.Itoa(h.Window)))
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
