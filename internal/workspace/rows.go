package workspace

import (
	"context"
	"strconv"
	"strings"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/tabular"
)

// Rows is an answer of any length, paged from the database. It holds a copy of
// the answer in the database until it is closed; loading and new settings end
// it, and it must be asked for again. Its methods may be called concurrently.
type Rows struct {
	w       *Workspace
	columns []tabular.Column
	view    string // scratch table; empty for all customers, which need none
	paging  paging
	n       int
}

var _ tabular.Source = (*Rows)(nil)

// paging names the questions that go through an answer.
type paging struct{ page, all, locate string }

var (
	allCustomers    = paging{"grid/customers_page", "grid/customers_all", "grid/customers_locate"}
	pickedCustomers = paging{"grid/picked_page", "grid/picked_all", "grid/picked_locate"} // the view holds row numbers
	copied          = paging{"grid/page", "grid/all", "grid/locate"}                      // the view holds the rows
)

// call returns a question about the answer.
func (r *Rows) call(name string, args duck.Args) duck.Call {
	c := duck.Call{Name: name, Args: args, Idents: duck.Idents{}}
	if r.view != "" {
		c.Idents["view"] = r.view
	}
	if name == copied.locate {
		c.Idents["column"] = r.columns[0].Name
	}
	return c
}

// Columns returns the columns in their natural order.
func (r *Rows) Columns() []tabular.Column { return r.columns }

// Len returns the number of rows.
func (r *Rows) Len() int { return r.n }

// Page returns up to n rows from row from on.
func (r *Rows) Page(ctx context.Context, from, n int) ([][]any, error) {
	from = max(from, 0)
	res, err := r.w.db.Query(ctx, r.call(r.paging.page, duck.Args{"from": from, "to": from + max(n, 0)}))
	if err != nil {
		return nil, err
	}
	return res.Rows, nil
}

// Each hands every row to visit, in order, without holding them. The slice is
// reused.
func (r *Rows) Each(ctx context.Context, visit func(row []any) error) error {
	return r.w.db.Each(ctx, r.call(r.paging.all, nil), visit)
}

// Locate returns the number of the first row whose first column is key, and
// whether there is one.
func (r *Rows) Locate(ctx context.Context, key string) (row int, ok bool, err error) {
	rows, err := r.w.ask(ctx, r.call(r.paging.locate, duck.Args{"key": key}))
	if err != nil || rows[0].cell("row") == nil {
		return 0, false, err
	}
	return int(rows[0].whole("row")), true, nil
}

// Close forgets the copy.
func (r *Rows) Close() error {
	if r.view == "" {
		return nil
	}
	_, err := r.w.db.Exec(context.Background(), duck.Call{Name: "grid/drop", Idents: duck.Idents{"view": r.view}})
	return err
}

// open keeps the answer of a query under a name of its own and counts it.
func (w *Workspace) open(ctx context.Context, c duck.Call, columns []tabular.Column) (*Rows, error) {
	r := &Rows{w: w, columns: columns, paging: copied, view: "view_" + strconv.FormatInt(w.views.Add(1), 10)}
	if c.Idents == nil {
		c.Idents = duck.Idents{}
	}
	c.Idents["view"] = r.view
	if _, err := w.db.Exec(ctx, c); err != nil {
		return nil, err
	}
	count, err := w.db.Query(ctx, duck.Call{Name: "grid/count", Idents: duck.Idents{"view": r.view}})
	if err != nil {
		return nil, err
	}
	r.n = int(rowsOf(count)[0].whole("n"))
	return r, nil
}

// Customers returns the grid of persons that a view asks for. It returns a
// *NoAnswerError when nobody can be named, and a sentence for a filter or sort
// column that cannot be.
func (w *Workspace) Customers(ctx context.Context, v View) (*Rows, error) {
	if err := w.anybody(ctx); err != nil {
		return nil, err
	}
	where, err := w.where(v)
	if err != nil {
		return nil, err
	}
	order, err := orderOf(v)
	if err != nil {
		return nil, err
	}
	parts := map[string]duck.Call{"where": where, "order": order}
	trace(ctx, duck.Call{Name: "grid/customers_rows", Parts: parts})
	if order.Name != "grid/natural" {
		return w.open(ctx, duck.Call{Name: "grid/customers_view", Parts: parts}, customerColumns)
	}
	if where.Name != everything.Name {
		r, err := w.open(ctx, duck.Call{Name: "grid/customers_picked", Parts: parts}, customerColumns)
		if r != nil {
			r.paging = pickedCustomers
		}
		return r, err
	}
	rows, err := w.ask(ctx, duck.Call{Name: "grid/customers_count"})
	if err != nil {
		return nil, err
	}
	return &Rows{w: w, columns: customerColumns, paging: allCustomers, n: int(rows[0].whole("n"))}, nil
}

// orderOf returns the sort order of a view; rows stand best customer first.
func orderOf(v View) (duck.Call, error) {
	if v.Sort == "" || v.Sort == "net_revenue" && v.Desc {
		return duck.Call{Name: "grid/natural"}, nil
	}
	column, ok := columnNamed(customerColumns, v.Sort)
	if !ok {
		return duck.Call{}, unknownColumn(customerColumns, v.Sort)
	}
	c := duck.Call{Name: "grid/ascending", Idents: duck.Idents{"column": column.Name}}
	if v.Desc {
		c.Name = "grid/descending"
	}
	return c, nil
}

// Rejects returns the rows that could not be used: of one file, or of all when
// file is empty.
func (w *Workspace) Rejects(ctx context.Context, file string) (*Rows, error) {
	var path any
	if file != "" {
		path = file
	}
	args := duck.Args{"file": path}
	trace(ctx, duck.Call{Name: "grid/rejects_rows", Args: args})
	return w.open(ctx, duck.Call{Name: "grid/rejects_view", Args: args}, rejectColumns)
}

var rejectColumns = []tabular.Column{
	{Name: "file", Title: "file", Doc: "where the row stands"},
	{Name: "line", Title: "line", Kind: tabular.Integer, Doc: "record in the file, a header being 1; in a workbook the row of the sheet"},
	{Name: "column", Title: "column", Doc: "which cell is to blame"},
	{Name: "value", Title: "value", Doc: "what the cell holds"},
	{Name: "reason", Title: "reason", Doc: "why the row could not be used"},
}

func columnsOf(names, types []string) []tabular.Column {
	out := make([]tabular.Column, len(names))
	for i, n := range names {
		p, personal := columnNamed(personColumns, n)
		out[i] = tabular.Column{Name: n, Kind: kindOf(types[i]), Personal: personal && p.Personal}
	}
	return out
}

// kindOf returns the kind of a DuckDB type.
func kindOf(duckType string) tabular.Kind {
	base, _, _ := strings.Cut(duckType, "(") // DECIMAL(18,4)
	switch base {
	case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT":
		return tabular.Integer
	case "FLOAT", "DOUBLE", "DECIMAL":
		return tabular.Float
	case "DATE":
		return tabular.Date
	case "TIMESTAMP", "TIMESTAMPTZ", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS":
		return tabular.Time
	case "BOOLEAN":
		return tabular.Boolean
	}
	return tabular.Text
}

func columnNamed(columns []tabular.Column, name string) (tabular.Column, bool) {
	for _, c := range columns {
		if c.Name == name {
			return c, true
		}
	}
	return tabular.Column{}, false
}

func unknownColumn(columns []tabular.Column, name string) error {
	list := ""
	for i, c := range columns {
		if i > 0 {
			list += ", "
		}
		list += c.Name
	}
	return i18n.Errorf("there is no column %q; the columns are %s", name, list)
}
