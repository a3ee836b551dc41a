package duck

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	duckdb "github.com/duckdb/duckdb-go/v2"
)

// Tx is a running transaction. It is used by one goroutine at a time, except
// Progress, which any goroutine may ask.
type Tx struct {
	conn *sql.Conn
}

// Transact runs do in one transaction that commits when do returns nil and
// otherwise leaves the database as it was. A file must be open in ReadWrite
// mode. Temporary tables that do creates are gone afterwards.
func (db *DB) Transact(ctx context.Context, do func(ctx context.Context, tx *Tx) error) error {
	pool, release, err := db.use(ctx)
	if err != nil {
		return err
	}
	defer release()
	return transact(ctx, pool, do)
}

// transact is Transact on a connection of a pool that is prepared first.
func transact(ctx context.Context, pool *sql.DB, do func(ctx context.Context, tx *Tx) error, prepare ...Call) (err error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return explain(err)
	}
	defer func() {
		// A connection keeps its temporary tables; ending it frees them.
		errEnd := conn.Raw(func(any) error { return driver.ErrBadConn })
		if !errors.Is(errEnd, driver.ErrBadConn) {
			err = errors.Join(err, errEnd)
		}
		if errClose := conn.Close(); errClose != nil && !errors.Is(errClose, sql.ErrConnDone) {
			err = errors.Join(err, errClose)
		}
	}()
	tx := &Tx{conn: conn}
	for _, c := range append(prepare, Call{Name: "session/begin"}) {
		if _, err := tx.Exec(ctx, c); err != nil {
			return err
		}
	}
	if err := do(ctx, tx); err != nil {
		_, errBack := tx.Exec(context.WithoutCancel(ctx), Call{Name: "session/rollback"})
		return errors.Join(err, errBack)
	}
	_, err = tx.Exec(ctx, Call{Name: "session/commit"})
	return err
}

// Exec runs a call for its effect and returns the number of rows changed.
func (tx *Tx) Exec(ctx context.Context, c Call) (int64, error) { return exec(ctx, tx.conn, c) }

// Query runs a call and holds its whole answer.
func (tx *Tx) Query(ctx context.Context, c Call) (*Result, error) { return query(ctx, tx.conn, c) }

// Append adds rows to a table of the given schema, in bulk.
func (tx *Tx) Append(ctx context.Context, schema, table string, rows [][]any) error {
	return explain(tx.conn.Raw(func(driverConn any) error {
		c, ok := driverConn.(driver.Conn)
		if !ok {
			return fmt.Errorf("a connection of type %T", driverConn)
		}
		appender, err := duckdb.NewAppender(c, "", schema, table)
		if err != nil {
			return explain(err)
		}
		values := make([]driver.Value, 0, 16)
		for _, row := range rows {
			if err := ctx.Err(); err != nil {
				return errors.Join(err, appender.Close())
			}
			values = values[:0]
			for _, v := range row {
				values = append(values, v)
			}
			if err := appender.AppendRow(values...); err != nil {
				return errors.Join(explain(err), appender.Close())
			}
		}
		return explain(appender.Close())
	}))
}

// Set gives variables their values, for what getvariable reads.
func (tx *Tx) Set(ctx context.Context, variables Args) error {
	return setVariables(ctx, tx.conn, variables)
}
