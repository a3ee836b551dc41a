package duck

import (
	"context"
	"database/sql"
	"reflect"
	"time"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// watchEvery is how often a running query is asked how far it is.
const watchEvery = 100 * time.Millisecond

// Watch runs a call and tells report, about ten times a second and from another
// goroutine, which share of it (0–1) is done. DuckDB does not know the share of
// every query; report is then not called.
func (tx *Tx) Watch(ctx context.Context, c Call, report func(share float64)) (int64, error) {
	if report == nil {
		return tx.Exec(ctx, c)
	}
	return tx.watch(ctx, func(ctx context.Context) (int64, error) { return tx.Exec(ctx, c) }, func(d Done) { report(d.Share) })
}

// Done is how far a running query is.
type Done struct {
	Share float64 // of the work, 0–1
	Rows  int64   // rows of tables read so far
}

func (tx *Tx) watch(ctx context.Context, run func(context.Context) (int64, error), report func(Done)) (int64, error) {
	handle, known := connection(tx.conn)
	if !known || report == nil {
		return run(ctx)
	}
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(watchEvery)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				p := mapping.QueryProgress(handle)
				percent, rows, _ := mapping.QueryProgressTypeMembers(&p)
				if percent > 0 {
					report(Done{min(percent/100, 1), int64(rows)}) //nolint:gosec // no table has 2⁶³ rows
				}
			}
		}
	}()
	n, err := run(ctx)
	close(done)
	<-stopped
	return n, err
}

// connection finds the handle behind a connection. The driver offers the
// progress call but keeps the handle it needs to itself, so it is read by
// reflection; a driver that changed says false here and progress is not shown.
func connection(conn *sql.Conn) (mapping.Connection, bool) {
	var handle mapping.Connection
	found := false
	err := conn.Raw(func(driverConn any) error {
		v := reflect.ValueOf(driverConn)
		if v.Kind() != reflect.Pointer {
			return nil
		}
		field := v.Elem().FieldByName("conn")
		if !field.IsValid() || field.Kind() != reflect.Struct {
			return nil
		}
		ptr := field.FieldByName("Ptr")
		if !ptr.IsValid() || ptr.Kind() != reflect.UnsafePointer {
			return nil
		}
		handle.Ptr = ptr.UnsafePointer()
		found = handle.Ptr != nil
		return nil
	})
	return handle, found && err == nil
}
