package workspace

import (
	"context"
	"strconv"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/tabular"
)

// resultRows are the rows of a result in some order and under some filter.
type resultRows struct {
	r    *SQLResult
	view string
	n    int
	own  bool // the view is a copy that goes with the rows
}

// Open returns the rows of the result in the order of a column, their own without
// one, and under a filter. The rows are to be closed; the result stays.
func (r *SQLResult) Open(ctx context.Context, sort string, desc bool, filter string) (SQLRows, error) {
	if r.table != nil {
		return heldRows{tabular.NewSource(r.table)}, nil
	}
	if sort == "" && filter == "" {
		return &resultRows{r: r, view: r.view, n: r.n}, nil
	}
	where, err := conditionOn(r.Columns, filter)
	if err != nil {
		return nil, err
	}
	order := duck.Call{Name: "grid/natural"}
	if sort != "" {
		column, ok := columnNamed(r.Columns, sort)
		if !ok {
			return nil, unknownColumn(r.Columns, sort)
		}
		order = duck.Call{Name: "grid/ascending", Idents: duck.Idents{"column": column.Name}}
		if desc {
			order.Name = "grid/descending"
		}
	}
	rows := &resultRows{r: r, view: "sql_" + strconv.FormatInt(r.w.views.Add(1), 10), own: true}
	err = r.within(ctx, func(ctx context.Context, box *duck.Sandbox) error {
		_, err := box.Exec(ctx, duck.Call{
			Name: "sql/view", Idents: duck.Idents{"view": rows.view, "source": r.view}, Args: duck.Args{"rows": r.n},
			Parts: map[string]duck.Call{"where": where, "order": order},
		})
		if err != nil {
			return err
		}
		count, err := box.Query(ctx, duck.Call{Name: "grid/count", Idents: duck.Idents{"view": rows.view}})
		if err == nil {
			n, _ := count.Rows[0][0].(int64)
			rows.n = int(n)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// CheckFilter returns what is wrong with a filter expression for the result.
func (r *SQLResult) CheckFilter(text string) error {
	_, err := conditionOn(r.Columns, text)
	return err
}

// Close forgets the result.
func (r *SQLResult) Close() error {
	if r.table != nil {
		return nil
	}
	return r.forget(r.view)
}

// SQLRows are the rows of a result, to be closed.
type SQLRows interface {
	tabular.Source
	Close() error
}

// heldRows are rows in memory.
type heldRows struct{ tabular.Source }

// Close has nothing to give up.
func (heldRows) Close() error { return nil }

// within works with the sandbox the result is in, if that is still there.
func (r *SQLResult) within(ctx context.Context, use func(context.Context, *duck.Sandbox) error) error {
	if !r.w.sandbox.is(r.epoch) {
		return errWritten{}
	}
	return r.w.within(ctx, func(ctx context.Context, box *duck.Sandbox, epoch int) error {
		if epoch != r.epoch {
			return errWritten{}
		}
		return use(ctx, box)
	})
}

// is reports whether the sandbox of an epoch is still open.
func (s *sandbox) is(epoch int) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.box != nil && s.epoch == epoch
}

// forget drops a scratch table, if its sandbox is still there.
func (r *SQLResult) forget(view string) error {
	if !r.w.sandbox.is(r.epoch) {
		return nil
	}
	return r.w.within(context.Background(), func(ctx context.Context, box *duck.Sandbox, epoch int) error {
		if epoch != r.epoch {
			return nil
		}
		_, err := box.Exec(ctx, duck.Call{Name: "grid/drop", Idents: duck.Idents{"view": view}})
		return err
	})
}

// Columns returns the columns of the result.
func (s *resultRows) Columns() []tabular.Column { return s.r.Columns }

// Len returns the number of rows.
func (s *resultRows) Len() int { return s.n }

// Page returns up to n rows from row from on.
func (s *resultRows) Page(ctx context.Context, from, n int) (rows [][]any, err error) {
	from = min(max(from, 0), s.n)
	to := min(from+max(n, 0), s.n)
	err = s.r.within(ctx, func(ctx context.Context, box *duck.Sandbox) error {
		res, err := box.Query(ctx, duck.Call{
			Name: "grid/page", Idents: duck.Idents{"view": s.view}, Args: duck.Args{"from": from, "to": to},
		})
		if err == nil {
			rows = res.Rows
		}
		return err
	})
	return rows, err
}

// Each hands every row to visit, in order. The slice is reused.
func (s *resultRows) Each(ctx context.Context, visit func(row []any) error) error {
	return s.r.within(ctx, func(ctx context.Context, box *duck.Sandbox) error {
		left := s.n // a result that was cut holds a row more
		return box.Each(ctx, duck.Call{Name: "grid/all", Idents: duck.Idents{"view": s.view}}, func(row []any) error {
			if left--; left < 0 {
				return nil
			}
			return visit(row)
		})
	})
}

// Close forgets the copy in this order, if there is one.
func (s *resultRows) Close() error {
	if !s.own {
		return nil
	}
	return s.r.forget(s.view)
}

// errNoPlan says that DuckDB's plan could not be read.
func errNoPlan(err error) error {
	return i18n.Errorf("the plan of the query cannot be read: %v", err)
}
