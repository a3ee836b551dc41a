// Package duck is the only door to DuckDB: it opens databases, runs the named
// queries of the queries folder, pages through their results and cancels them.
//
// Guarantees: values reach SQL only as bound parameters and identifiers only
// quoted; a cancelled context interrupts the running query; a failed
// transaction leaves nothing behind; nothing is fetched from a network.
//
// What it does not do: know what any query means. That is for the packages
// above it.
package duck

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"worth/internal/i18n"
)

// Mode says what a database is opened for.
type Mode uint8

// The modes of a database file. A database in memory is always writable.
const (
	ReadOnly Mode = iota
	ReadWrite
)

// Options bound what DuckDB may use.
type Options struct {
	Threads     int    // 0: one per core
	MemoryLimit string // such as "4GB"; empty: DuckDB's default, 80 % of memory
	TempDir     string // where DuckDB spills what does not fit; empty: beside the file, or the system's
}

// DB is an open database. Its methods may be called concurrently; Reopen waits
// for running queries.
type DB struct {
	path string
	opt  Options

	mu   sync.RWMutex // held for reading by every query, for writing by Reopen
	mode Mode
	pool *sql.DB
	lost bool // another process took the file during Reopen; pool is closed

	locked atomic.Bool // shut off from files and settings
}

// Open opens the database file at path, or a new one in memory if path is
// empty. A file that does not exist is created in ReadWrite mode and is an error
// in ReadOnly mode. When another process holds the file, the error is a
// *LockedError.
func Open(ctx context.Context, path string, mode Mode, opt Options) (*DB, error) {
	if path == "" {
		mode = ReadWrite
	} else {
		abs, err := filepath.Abs(path)
		if err != nil {
			return nil, i18n.Errorf("the path %s cannot be resolved: %v", path, err)
		}
		if err := addressable(abs); err != nil {
			return nil, err
		}
		path = abs
	}
	db := &DB{path: path, mode: mode, opt: opt}
	pool, err := db.connect(ctx, mode)
	if err != nil {
		return nil, err
	}
	db.pool = pool
	return db, nil
}

// Path returns the absolute path of the database file, empty for one in memory.
func (db *DB) Path() string { return db.path }

// Close ends all connections. Running queries finish first.
func (db *DB) Close() error {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.pool == nil {
		return nil
	}
	err := db.pool.Close()
	db.pool = nil
	return explain(err)
}

// Reopen changes the mode of a database file, waiting for running queries to
// end. Scratch tables are lost. If the new mode is not to be had (another
// process holds the file) the database is open for reading again and the error
// says who holds it; should the other process be writing by then, queries fail
// with the same error until it is done. For a database in memory Reopen does
// nothing.
func (db *DB) Reopen(ctx context.Context, mode Mode) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	switch {
	case db.pool == nil:
		return errClosed
	case db.path == "" || db.mode == mode && !db.lost:
		return nil
	}
	if err := db.pool.Close(); err != nil {
		return explain(err)
	}
	db.lost = true
	err := db.regain(ctx, mode)
	if err == nil || mode == ReadOnly {
		return err
	}
	var locked *LockedError
	if back := db.regain(context.WithoutCancel(ctx), ReadOnly); back != nil && !errors.As(back, &locked) {
		return errors.Join(err, back)
	}
	return err
}

// regain opens the file in a mode after its pool was closed.
func (db *DB) regain(ctx context.Context, mode Mode) error {
	db.locked.Store(false)
	pool, err := db.connect(ctx, mode)
	if err != nil {
		return err
	}
	db.pool, db.mode, db.lost = pool, mode, false
	return nil
}

// use returns the pool for one query, and what to call when the query is over.
func (db *DB) use(ctx context.Context) (*sql.DB, func(), error) {
	for {
		db.mu.RLock()
		switch {
		case db.pool == nil:
			db.mu.RUnlock()
			return nil, nil, errClosed
		case !db.lost:
			return db.pool, db.mu.RUnlock, nil
		}
		db.mu.RUnlock()
		if err := db.Reopen(ctx, ReadOnly); err != nil {
			return nil, nil, err
		}
	}
}

func (db *DB) connect(ctx context.Context, mode Mode) (*sql.DB, error) {
	dsn := db.path
	if dsn != "" && mode == ReadOnly {
		dsn += "?access_mode=READ_ONLY"
	}
	first := true
	connector, err := duckdb.NewConnector(dsn, func(e driver.ExecerContext) error {
		if first {
			first = false
			if err := db.configure(e); err != nil {
				return err
			}
		}
		if db.locked.Load() { // and so are the settings of a connection
			return db.prepare(e, "session/shared")
		}
		return errors.Join(db.prepare(e, "session"), db.prepare(e, "session/shared"))
	})
	if err != nil {
		return nil, db.explainOpening(err)
	}
	pool := sql.OpenDB(connector)
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(db.explainOpening(err), pool.Close())
	}
	return pool, nil
}

// configure sets what holds for the whole instance.
func (db *DB) configure(e driver.ExecerContext) error {
	threads := db.opt.Threads
	if threads <= 0 {
		threads = runtime.NumCPU()
	}
	settings := []struct{ query, value string }{
		{"session/threads", strconv.Itoa(threads)},
		{"session/memory_limit", db.opt.MemoryLimit},
		{"session/temp_directory", db.tempDir()},
	}
	for _, s := range settings {
		if s.value == "" {
			continue
		}
		if err := run(e, Call{Name: s.query, Idents: Idents{"value": s.value}}); err != nil {
			return err
		}
	}
	return db.prepare(e, "session/instance")
}

func (db *DB) tempDir() string {
	if db.opt.TempDir != "" || db.path != "" {
		return db.opt.TempDir
	}
	return filepath.Join(os.TempDir(), "worth-spill-"+strconv.Itoa(os.Getpid()))
}

func (db *DB) prepare(e driver.ExecerContext, query string) error {
	return run(e, Call{Name: query})
}

func run(e driver.ExecerContext, c Call) error {
	text, err := Render(c)
	if err != nil {
		return err
	}
	if _, err := e.ExecContext(context.Background(), text.SQL, nil); err != nil {
		return explain(err)
	}
	return nil
}
