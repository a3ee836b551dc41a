package cli

import (
	"context"
	"io"
	"strconv"

	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// customer prints everything about one customer.
func (c *call) customer(ctx context.Context) error {
	if len(c.args) == 0 {
		return usage(i18n.Errorf("name the customer: worth customer ID SRC…"))
	}
	id, rest := c.subject()
	return c.use(ctx, rest, func(w *workspace.Workspace) error {
		found, err := w.Customer(ctx, id)
		if err != nil {
			return err
		}
		if err := c.revealed(ctx, w, "customer "+id); err != nil {
			return err
		}
		shown := workspace.Customer{
			Fields: c.maskTable(found.Fields), Person: c.maskTable(found.Person), Identities: c.maskTable(found.Identities),
			Orders: c.maskTable(found.Orders), Signals: found.Signals, Percentiles: found.Percentiles,
		}
		return c.print(ctx, answer{
			name: "customer", personal: true,
			rows: tabular.NewSource(&shown.Fields), object: customerObject(shown), text: customerText(id, shown),
		})
	})
}

// customerObject returns a customer as one object: the columns of the customer
// table, then what belongs to them.
func customerObject(c workspace.Customer) report.Object {
	percentiles := []report.Object{}
	for _, p := range c.Percentiles {
		percentiles = append(percentiles, report.Object{
			{Name: "measure", Value: p.Measure}, {Name: "score", Value: p.Score}, {Name: "value", Value: p.Value}, {Name: "below", Value: p.Below},
		})
	}
	return append(report.Row(c.Fields),
		report.Member{Name: "person", Value: report.Row(c.Person)},
		report.Member{Name: "identities", Value: c.Identities},
		report.Member{Name: "percentiles", Value: percentiles},
		report.Member{Name: "interactions", Value: c.Signals},
		report.Member{Name: "order_history", Value: c.Orders})
}

// customerText returns a customer as people read it.
func customerText(id string, c workspace.Customer) func(io.Writer) error {
	return func(out io.Writer) error {
		p := &printer{out: out}
		p.title(i18n.T("Customer %s", id))
		p.fields(c.Person)
		p.fields(c.Fields)
		if len(c.Percentiles) > 0 {
			p.title(i18n.T("Among all customers"))
		}
		for _, q := range c.Percentiles {
			p.line(q.Measure, i18n.T("score %s", strconv.Itoa(q.Score)), i18n.T("better than %s", i18n.Percent(q.Below, 1)))
		}
		if len(c.Identities.Rows) > 0 {
			p.title(i18n.T("Known as"))
			p.table(c.Identities)
		}
		if len(c.Signals.Rows) > 0 {
			p.title(i18n.T("Beside the money: what speaks for the shop and against it"))
			p.table(c.Signals)
		}
		p.title(i18n.T("Orders"))
		p.table(c.Orders)
		return p.err
	}
}

// fields writes the cells of a table's first row that have a value.
func (p *printer) fields(t tabular.Table) {
	if len(t.Rows) == 0 {
		return
	}
	for i, text := range report.Display(t.Rows[0], t.Columns) {
		if text != "" {
			p.line(t.Columns[i].Name, text, "")
		}
	}
}
