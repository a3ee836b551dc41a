package workspace

import (
	"context"
	"errors"
	"strings"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/tabular"
)

// NotFoundError says that no customer has an id, and which ids are like it.
type NotFoundError struct {
	ID   string
	Near []string
}

func (e *NotFoundError) Error() string {
	if len(e.Near) == 0 {
		return i18n.T("there is no customer %q", e.ID)
	}
	return i18n.T("there is no customer %q; the nearest ids are %s", e.ID, strings.Join(e.Near, ", "))
}

// Customer returns everything about one person, by the id that is shown or one that
// was merged into it, or a *NotFoundError.
func (w *Workspace) Customer(ctx context.Context, id string) (*Customer, error) {
	if err := w.anybody(ctx); err != nil {
		return nil, err
	}
	res, err := w.query(ctx, duck.Call{Name: "ask/customer", Args: duck.Args{"id": id}})
	if err != nil {
		return nil, err
	}
	if len(res.Rows) == 0 {
		shown, err := w.shownAs(ctx, id)
		if err != nil || shown == "" || shown == id {
			return nil, errors.Join(err, w.notFound(ctx, id))
		}
		return w.Customer(ctx, shown)
	}
	cells := res.Rows[0]
	last := len(cells) - 1
	c := &Customer{Fields: tabular.Table{Columns: customerColumns, Rows: [][]any{cells[:last]}}}
	return c, w.complete(ctx, c, cells[last])
}

func (w *Workspace) notFound(ctx context.Context, id string) error {
	rows, err := w.ask(ctx, duck.Call{Name: "ask/near_ids", Args: duck.Args{"id": id}})
	if err != nil {
		return err
	}
	e := &NotFoundError{ID: id}
	for _, r := range rows {
		e.Near = append(e.Near, r.text("customer_id"))
	}
	return e
}

// complete adds what stands in other tables.
func (w *Workspace) complete(ctx context.Context, c *Customer, key any) error {
	w.mu.RLock()
	state := w.state
	w.mu.RUnlock()
	args := qualityArgs(state)
	args["person_key"] = key
	for _, part := range []struct {
		query   string
		columns []tabular.Column
		into    *tabular.Table
	}{
		{"ask/person", personColumns, &c.Person},
		{"ask/identities", identityColumns, &c.Identities},
		{"ask/customer_orders", orderColumns, &c.Orders},
		{"ask/customer_signals", customerSignalColumns, &c.Signals},
	} {
		res, err := w.query(ctx, state.priced(duck.Call{Name: part.query, Args: args}))
		if err != nil {
			return err
		}
		*part.into = tabular.Table{Columns: part.columns, Rows: res.Rows}
	}
	for i, row := range c.Orders.Rows { // the key is for asking, not for showing
		k, _ := row[0].(int64)
		c.OrderKeys = append(c.OrderKeys, k)
		c.Orders.Rows[i] = row[1:]
	}
	return w.percentiles(ctx, c)
}

// percentiles places a scored customer among all.
func (w *Workspace) percentiles(ctx context.Context, c *Customer) error {
	cell := func(name string) any { return c.Fields.Rows[0][c.Fields.Index(name)] }
	if cell("r") == nil {
		return nil
	}
	rows, err := w.ask(ctx, duck.Call{Name: "ask/percentiles", Args: duck.Args{
		"recency_days": cell("recency_days"), "orders": cell("orders"), "net_revenue": cell("net_revenue"),
	}})
	if err != nil {
		return err
	}
	for _, p := range []struct{ measure, score string }{{"recency_days", "r"}, {"orders", "f"}, {"net_revenue", "m"}} {
		value, _ := tabular.Number(cell(p.measure))
		score, _ := cell(p.score).(int64)
		c.Percentiles = append(c.Percentiles, Percentile{
			Measure: p.measure, Score: int(score), Value: value, Below: rows[0].float(p.measure),
		})
	}
	return nil
}

// Warm reads ahead what opening a customer needs of a large workspace, so that the
// first one opens as fast as the next: somebody is opened for nothing whose many
// orders stand all over the file. Nothing depends on it. Before there are orders there
// is nothing to read.
func (w *Workspace) Warm(ctx context.Context) error {
	w.mu.RLock()
	built, ready := w.built, w.state.Ready
	w.mu.RUnlock()
	if !ready { // nothing is loaded, or nothing was derived from it yet
		return nil
	}
	const most = 1000 // who has more is nobody, but a counter that sells to all
	rows, err := w.ask(ctx, duck.Call{Name: "ask/most_orders", Args: duck.Args{"most": most}})
	if err != nil {
		return err
	}
	if len(rows) > 0 {
		if _, err := w.Customer(ctx, rows[0].text("customer_id")); err != nil {
			return err
		}
	}
	_, err = w.rhythmsOf(ctx, built)
	return err
}

// OrderLines returns what was in an order; Customer.OrderKeys holds its key.
func (w *Workspace) OrderLines(ctx context.Context, orderKey int64) (*tabular.Table, error) {
	res, err := w.query(ctx, duck.Call{Name: "ask/order_lines", Args: duck.Args{"order_key": orderKey}})
	if err != nil {
		return nil, err
	}
	return &tabular.Table{Columns: lineColumns, Rows: res.Rows}, nil
}

var personColumns = []tabular.Column{
	{Name: "name", Title: "name", Personal: true},
	{Name: "email", Title: "e-mail", Personal: true},
	{Name: "phone", Title: "phone", Personal: true},
	{Name: "gender", Title: "gender"},
	{Name: "birth", Title: "born", Kind: tabular.Date, Personal: true},
	{Name: "city", Title: "city", Personal: true},
	{Name: "region", Title: "region"},
	{Name: "country", Title: "country"},
	{Name: "registered_at", Title: "registered", Kind: tabular.Time},
	{Name: "tags", Title: "tags"},
}

var identityColumns = []tabular.Column{
	{Name: "kind", Title: "known by"},
	{Name: "value", Title: "value", Personal: true},
	{Name: "source", Title: "from file"},
}

var orderColumns = []tabular.Column{
	{Name: "order_id", Title: "order", Doc: "the id the file gives the order"},
	{Name: "ordered_at", Title: "ordered", Kind: tabular.Time},
	{Name: "standing", Title: "counts as", Doc: "purchase, credit, refunded or excluded"},
	{Name: "status", Title: "status", Doc: "as the file says it"},
	{Name: "channel", Title: "channel"},
	{Name: "shop", Title: "shop"},
	{Name: "campaign", Title: "campaign"},
	{Name: "coupon", Title: "coupon"},
	{Name: "gross", Title: "gross", Kind: tabular.Money},
	{Name: "discount", Title: "discount", Kind: tabular.Money},
	{Name: "refund", Title: "refund", Kind: tabular.Money},
	{Name: "net_revenue", Title: "net", Kind: tabular.Money},
	{Name: "currency", Title: "currency"},
	{Name: "counts", Title: "in analysis", Kind: tabular.Boolean, Doc: "whether the as-of date, the status and the currency include it"},
	{Name: "file", Title: "file"},
	{Name: "line", Title: "line", Kind: tabular.Integer},
}

var lineColumns = []tabular.Column{
	{Name: "sku", Title: "SKU"},
	{Name: "product", Title: "product"},
	{Name: "category", Title: "category"},
	{Name: "quantity", Title: "quantity", Kind: tabular.Float},
	{Name: "price", Title: "price", Kind: tabular.Money},
	{Name: "discount", Title: "discount", Kind: tabular.Money},
	{Name: "net_revenue", Title: "net", Kind: tabular.Money},
	{Name: "cost", Title: "cost", Kind: tabular.Money},
}
