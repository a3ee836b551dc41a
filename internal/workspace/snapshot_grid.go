package workspace

import (
	"context"
	"errors"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/tabular"
)

// snapshotColumns are the columns of snapshot/grid_view.
var snapshotColumns = []tabular.Column{
	{Name: "name", Title: "name"},
	{Name: "page", Title: "page", Doc: "what was kept"},
	{Name: "note", Title: "note"},
	{Name: "as_of", Title: "as of", Kind: tabular.Date, Doc: "last day that counted"},
	{Name: "saved_at", Title: "saved (UTC)", Kind: tabular.Time, Doc: "when it was saved"},
	{Name: "rows", Title: "rows", Kind: tabular.Integer},
	{Name: "basis", Title: "basis", Doc: "what value is counted in"},
	{Name: "scheme", Title: "scheme", Doc: "how customers were segmented"},
	{Name: "model", Title: "model", Doc: "of purchases to come; none where none could be fitted"},
	{Name: "currency", Title: "currency"},
	{Name: "window_months", Title: "window", Kind: tabular.Integer, Unit: "months", Doc: "that counted for F and M; 0 for all history"},
	{Name: "files", Title: "files", Kind: tabular.Integer, Doc: "how many it rests on"},
	{Name: "program", Title: "program", Doc: "version that saved it"},
}

// SnapshotGrid returns the grid of the snapshots, the latest first without a sort
// column. It returns a sentence for a filter or sort column that cannot be.
func (w *Workspace) SnapshotGrid(ctx context.Context, v View) (*Rows, error) {
	where, order, err := gridParts(snapshotColumns, v)
	if err != nil {
		return nil, err
	}
	if v.Sort == "" {
		order = duck.Call{Name: "snapshot/latest"}
	}
	parts := map[string]duck.Call{"where": where, "order": order}
	trace(ctx, duck.Call{Name: "snapshot/grid_rows", Parts: parts})
	return w.open(ctx, duck.Call{Name: "snapshot/grid_view", Parts: parts}, snapshotColumns)
}

// CheckSnapshotFilter returns what is wrong with a filter expression for the grid of
// snapshots, nil if nothing is.
func CheckSnapshotFilter(text string) error {
	_, err := conditionOn(snapshotColumns, text)
	return err
}

// gridParts returns the condition and the order of a grid over some columns.
func gridParts(columns []tabular.Column, v View) (where, order duck.Call, err error) {
	order = duck.Call{Name: "grid/natural"}
	if where, err = conditionOn(columns, v.Filter); err != nil || v.Sort == "" {
		return where, order, err
	}
	column, ok := columnNamed(columns, v.Sort)
	if !ok {
		return where, order, unknownColumn(columns, v.Sort)
	}
	order = duck.Call{Name: "grid/ascending", Idents: duck.Idents{"column": column.Name}}
	if v.Desc {
		order.Name = "grid/descending"
	}
	return where, order, nil
}

// AnswerRows are the rows of an answer in some order and under some filter, to be
// closed.
type AnswerRows interface {
	tabular.Source
	Close() error
}

// CheckFilter returns what is wrong with a filter expression for the rows of the
// snapshot, nil if nothing is.
func (s *Snapshot) CheckFilter(text string) error {
	_, err := conditionOn(s.columns, text)
	return err
}

// Open returns the rows of the snapshot as they were saved, in the order of a column,
// their own without one, and under a filter.
func (s *Snapshot) Open(ctx context.Context, sort string, desc bool, filter string) (AnswerRows, error) {
	if sort == "" && filter == "" {
		return heldRows{s}, nil
	}
	where, order, err := gridParts(s.columns, View{Sort: sort, Desc: desc, Filter: filter})
	if err != nil {
		return nil, err
	}
	c := duck.Call{
		Name: "snapshot/rows_view", Idents: duck.Idents{"table": tableOf(s.key)}, Parts: map[string]duck.Call{"where": where, "order": order},
	}
	return s.answered(ctx, c, s.columns)
}

// Now asks the question of the snapshot of the workspace as it is, under the settings
// in force, as Open would answer. It returns a *NoAnswerError when the data cannot
// answer, and an error for what the program worked out itself.
func (s *Snapshot) Now(ctx context.Context, sort string, desc bool, filter string) (AnswerRows, error) {
	q := s.Record.Question
	if q.Page == snapshot.SQL {
		r, err := s.w.RunSQL(ctx, q.SQL, nil)
		if err != nil {
			return nil, err
		}
		rows, err := r.Open(ctx, sort, desc, filter)
		if err != nil {
			return nil, errors.Join(err, r.Close())
		}
		return ranRows{rows, r}, nil
	}
	if !q.Asks() {
		return nil, i18n.Errorf("%q was worked out by the program; its own page makes it anew, and a comparison with now asks a scenario again", s.Record.Name)
	}
	if err := s.w.mayKeep(ctx, SnapshotRequest{Name: s.Record.Name, Question: q}); err != nil {
		return nil, err
	}
	a, err := s.w.derivedState().asked(q)
	if err != nil {
		return nil, err
	}
	trace(ctx, a.call)
	c := duck.Call{Name: "snapshot/now_view", Parts: map[string]duck.Call{"answer": a.call}}
	if sort != "" || filter != "" {
		where, order, err := gridParts(a.columns, View{Sort: sort, Desc: desc, Filter: filter})
		if err != nil {
			return nil, err
		}
		c.Name, c.Parts["where"], c.Parts["order"] = "snapshot/now_sorted", where, order
	}
	return s.answered(ctx, c, a.columns)
}

// ranRows are the rows of a query that was run for them.
type ranRows struct {
	SQLRows
	result *SQLResult
}

// Close forgets the rows and the result.
func (r ranRows) Close() error {
	return errors.Join(r.SQLRows.Close(), r.result.Close())
}

// answered keeps an answer in its order until it is closed.
func (s *Snapshot) answered(ctx context.Context, c duck.Call, columns []tabular.Column) (AnswerRows, error) {
	rows, err := s.w.open(ctx, c, columns)
	if err != nil {
		return nil, err
	}
	return legibleRows{rows}, nil
}

// legibleRows are rows with cells of any type.
type legibleRows struct{ *Rows }

// Page returns up to n rows from row from on.
func (r legibleRows) Page(ctx context.Context, from, n int) (rows [][]any, err error) {
	from = max(from, 0)
	err = r.w.db.EachLegible(ctx, r.call(r.paging.page, duck.Args{"from": from, "to": from + max(n, 0)}), nil, func(row []any) error {
		rows = append(rows, append([]any{}, row...))
		return nil
	})
	return rows, err
}

// Each hands every row to visit, in order. The slice is reused.
func (r legibleRows) Each(ctx context.Context, visit func(row []any) error) error {
	return r.w.db.EachLegible(ctx, r.call(r.paging.all, nil), nil, visit)
}
