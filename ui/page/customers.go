package page

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// customerColumns are the columns of the customers grid that are shown at first.
var customerColumns = []string{
	"customer_id", "last_order", "recency_days", "orders", "net_revenue", "aov", "r", "f", "m", "segment", "gap_days", "tenure_days",
}

// modelColumns follow them once a model has filled them.
var modelColumns = []string{"p_alive", "expected_orders", "expected_spend", "clv", "clv_low", "clv_high", "predicted", "referral"}

// NewCustomers returns the grid of the customers of a view; an empty title is that
// of all customers. Enter opens the customer under the cursor.
func NewCustomers(env *Env, view workspace.View, title string) Page {
	if title == "" {
		title = i18n.T("customers")
	}
	empty := i18n.Text("No customer has an order that counts. Load orders, or choose an earlier as-of date.")
	if view.Segment != "" || view.R > 0 || view.F > 0 {
		empty = "No customer is here under the present settings."
	}
	var p *GridPage
	onOpen := func(row []any) tea.Cmd {
		at := (&tabular.Table{Columns: p.rows.Columns()}).Index("customer_id")
		if at < 0 || at >= len(row) || row[at] == nil {
			return send(Notice{Text: i18n.T("this row names no customer"), Bad: true})
		}
		return send(OpenPage{newCustomer(env, tabular.Plain(row[at], tabular.Text), p)})
	}
	p = NewGridPage(env, title, openCustomers(env.Workspace, view), onOpen,
		WithSort("net_revenue", true), WithFilter(workspace.CheckFilter), WithColumns(chooseCustomerColumns), WithEmpty(empty),
		WithQuestion(func(q gridQuery) snapshot.Question {
			return snapshot.Question{
				Page: snapshot.Customers, Segment: view.Segment, R: view.R, F: view.F, Filter: q.filter, Sort: q.sort, Desc: q.desc,
			}
		}))
	p.query = gridQuery{sort: view.Sort, desc: view.Desc, filter: view.Filter}
	p.home = workspace.Place{Page: placeCustomers, Title: title, View: view}
	return p
}

// openCustomers asks the workspace for the customers of a view, whose order and
// filter the grid sets.
func openCustomers(ws *workspace.Workspace, view workspace.View) OpenRows {
	return func(ctx context.Context, sort string, desc bool, filter string) (Rows, error) {
		view.Sort, view.Desc, view.Filter = sort, desc, filter
		rows, err := ws.Customers(ctx, view)
		if err != nil {
			return nil, err
		}
		return rows, nil
	}
}

// chooseCustomerColumns returns the columns shown at first. Those of a model are
// among them when a sample has values there.
func chooseCustomerColumns(columns []tabular.Column, sample [][]any) []string {
	names := slices.Clone(customerColumns)
	for _, name := range modelColumns {
		at := (&tabular.Table{Columns: columns}).Index(name)
		if at >= 0 && slices.ContainsFunc(sample, func(row []any) bool { return at < len(row) && row[at] != nil }) {
			names = append(names, name)
		}
	}
	return names
}
