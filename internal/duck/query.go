package duck

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"worth/internal/tabular"
)

// Result is a query's answer held in memory: column names, DuckDB's type names
// and rows of cells as package tabular defines them. Lists arrive as []any.
type Result struct {
	Names []string
	Types []string
	Rows  [][]any
}

// Runner runs calls: a DB, each on any connection, or a Tx, all on one.
type Runner interface {
	// Exec runs a call for its effect and returns the number of rows changed.
	Exec(ctx context.Context, c Call) (int64, error)
	// Query runs a call and holds its whole answer.
	Query(ctx context.Context, c Call) (*Result, error)
}

var (
	_ Runner = (*DB)(nil)
	_ Runner = (*Tx)(nil)
)

// querier is what *sql.DB and *sql.Conn have in common.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// errClosed is what a closed database answers.
var errClosed = errors.New("the database is closed")

// Exec runs a call for its effect and returns the number of rows changed.
func (db *DB) Exec(ctx context.Context, c Call) (int64, error) {
	pool, release, err := db.use(ctx)
	if err != nil {
		return 0, err
	}
	defer release()
	return exec(ctx, pool, c)
}

// Query runs a call and holds its whole answer.
func (db *DB) Query(ctx context.Context, c Call) (*Result, error) {
	pool, release, err := db.use(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	return query(ctx, pool, c)
}

// Each runs a call and hands every row to visit without holding the answer. The
// row slice is reused. An error of visit ends the query and is returned.
func (db *DB) Each(ctx context.Context, c Call, visit func(row []any) error) error {
	pool, release, err := db.use(ctx)
	if err != nil {
		return err
	}
	defer release()
	text, err := Render(c)
	if err != nil {
		return err
	}
	return each(ctx, pool, text, cell, nil, visit)
}

// EachLegible is Each for columns of any type: cells that package tabular has no
// type for become text. head, unless nil, is called once with the column names.
func (db *DB) EachLegible(ctx context.Context, c Call, head func(names []string), visit func(row []any) error) error {
	pool, release, err := db.use(ctx)
	if err != nil {
		return err
	}
	defer release()
	text, err := Render(c)
	if err != nil {
		return err
	}
	return explainIn(ctx, c.Name, each(ctx, pool, text, legible, func(names, _ []string) error {
		if head != nil {
			head(names)
		}
		return nil
	}, visit))
}

// User runs a statement an analyst wrote, as it is, in a transaction that
// cannot write. head is called once with the column names and DuckDB's type names
// before visit is handed every row. The row slice is reused.
func (db *DB) User(ctx context.Context, statement string, head func(names, types []string) error, visit func(row []any) error) error {
	return db.UserWith(ctx, statement, nil, head, visit)
}

// UserWith is User for a statement that reads variables, which are set first.
func (db *DB) UserWith(ctx context.Context, statement string, variables Args, head func(names, types []string) error, visit func(row []any) error) (err error) {
	pool, release, err := db.use(ctx)
	if err != nil {
		return err
	}
	defer release()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return explain(err)
	}
	defer func() { err = errors.Join(err, explain(conn.Close())) }()
	if err := onlyReads(conn, statement); err != nil {
		return err
	}
	if err := setVariables(ctx, conn, variables); err != nil {
		return err
	}
	if _, err := exec(ctx, conn, Call{Name: "session/begin_read_only"}); err != nil {
		return err
	}
	defer func() {
		_, errEnd := exec(context.WithoutCancel(ctx), conn, Call{Name: "session/rollback"})
		err = errors.Join(err, errEnd)
	}()
	return each(ctx, conn, Text{SQL: statement}, legible, head, visit)
}

// Lock shuts the instance off from files and networks and from any change of
// its settings, until it is opened anew.
func (db *DB) Lock(ctx context.Context) error {
	if db.locked.Load() {
		return nil
	}
	if _, err := db.Exec(ctx, Call{Name: "session/lock"}); err != nil {
		return err
	}
	db.locked.Store(true)
	return nil
}

func exec(ctx context.Context, q querier, c Call) (int64, error) {
	text, err := Render(c)
	if err != nil {
		return 0, err
	}
	res, err := q.ExecContext(ctx, text.SQL, named(text.Args)...)
	if err != nil {
		return 0, explainIn(ctx, c.Name, err)
	}
	n, err := res.RowsAffected()
	return n, explain(err)
}

func query(ctx context.Context, q querier, c Call) (*Result, error) {
	text, err := Render(c)
	if err != nil {
		return nil, err
	}
	res := &Result{}
	err = each(ctx, q, text, cell, func(names, types []string) error {
		res.Names, res.Types = names, types
		return nil
	}, func(row []any) error {
		res.Rows = append(res.Rows, slices.Clone(row))
		return nil
	})
	if err != nil {
		return nil, explainIn(ctx, c.Name, err)
	}
	return res, nil
}

// reading turns a value of the driver, of the type DuckDB names, into a cell.
type reading func(value any, kind string) (any, error)

// each runs a query, hands its columns to head (unless nil) and its rows to visit.
func each(ctx context.Context, q querier, text Text, read reading, head func(names, types []string) error, visit func([]any) error) (err error) {
	rows, err := q.QueryContext(ctx, text.SQL, named(text.Args)...)
	if err != nil {
		return explainIn(ctx, "", err)
	}
	defer func() { err = errors.Join(err, explain(rows.Close())) }()
	names, types, err := describe(rows)
	if err != nil {
		return err
	}
	if head != nil {
		if err := head(names, types); err != nil {
			return err
		}
	}
	raw, into := make([]any, len(types)), make([]any, len(types))
	for i := range raw {
		into[i] = &raw[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return explain(err)
		}
		for i := range raw {
			if raw[i], err = read(raw[i], types[i]); err != nil {
				return err
			}
		}
		if err := visit(raw); err != nil {
			return err
		}
	}
	return explainIn(ctx, "", rows.Err())
}

// describe returns the names of an answer's columns and of their types.
func describe(rows *sql.Rows) (names, types []string, err error) {
	columns, err := rows.ColumnTypes()
	if err != nil {
		return nil, nil, explain(err)
	}
	names, types = make([]string, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		names[i], types[i] = c.Name(), c.DatabaseTypeName()
	}
	return names, types, nil
}

func named(args Args) []any {
	out := make([]any, 0, len(args))
	for name, value := range args {
		out = append(out, sql.Named(name, bindable(value)))
	}
	return out
}

// bindable turns cells back into what the driver binds.
func bindable(value any) any {
	if d, ok := value.(tabular.Decimal); ok {
		return d.String()
	}
	return value
}
