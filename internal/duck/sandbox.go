package duck

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"worth/internal/i18n"
)

// Sandbox is a database file opened a second time, for statements nobody has read
// before: the file is read-only, there is no way to other files, networks or
// settings, and what is kept of an answer lives in memory beside it.
//
// One statement runs at a time; others wait. Kept answers may be read meanwhile.
type Sandbox struct {
	db   *DB
	conn *sql.Conn     // for statements; it was opened before settings were locked
	turn chan struct{} // holds a token while a statement runs

	asking sync.Mutex
	side   *sql.Conn // for questions about what statements can name, while one runs
}

// NewSandbox opens the file at path. Half the memory a database may use is enough
// for it, as there is another one beside it. What it spills goes to opt.TempDir,
// which must be its own.
func NewSandbox(ctx context.Context, path string, opt Options) (*Sandbox, error) {
	// Opening the file again would give the instance that has it open already, and
	// shut that off too.
	db, err := Open(ctx, "", ReadWrite, opt)
	if err != nil {
		return nil, err
	}
	s := &Sandbox{db: db, turn: make(chan struct{}, 1)}
	if err := s.attach(ctx, path, filepath.Dir(opt.TempDir)); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.close(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// attach opens the file at path by a link in a folder of its own in dir: only folders
// can be named in a query.
func (s *Sandbox) attach(ctx context.Context, path, dir string) (err error) {
	folder, err := os.MkdirTemp(dir, "worth-link-")
	if err != nil {
		return i18n.Errorf("there is no place for results: %v", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	for _, ending := range []string{"", ".wal"} { // what was written last may stand in the second
		if path, err = filepath.Abs(path); err != nil {
			return i18n.Errorf("the path %s cannot be resolved: %v", path, err)
		}
		if err := os.Symlink(path+ending, filepath.Join(folder, SandboxFile+ending)); err != nil {
			return i18n.Errorf("the workspace cannot be opened for queries: %v", err)
		}
	}
	pool, release, err := s.db.use(ctx)
	if err != nil {
		return err
	}
	defer release()
	for _, conn := range []**sql.Conn{&s.conn, &s.side} {
		if *conn, err = pool.Conn(ctx); err != nil {
			return explain(err)
		}
	}
	name, _, _ := strings.Cut(filepath.Base(path), ".") // as DuckDB calls it
	if slices.Contains([]string{"", "memory", "scratch", "system", "temp"}, name) {
		name = "workspace"
	}
	if _, err := exec(ctx, s.conn, Call{Name: "session/sandbox", Idents: Idents{"folder": folder, "name": name}}); err != nil {
		return err
	}
	for _, conn := range []*sql.Conn{s.conn, s.side} {
		if _, err := exec(ctx, conn, Call{Name: "session/use", Idents: Idents{"name": name}}); err != nil {
			return err
		}
	}
	return nil
}

// Here asks about what a statement can name, also while one runs.
func (s *Sandbox) Here(ctx context.Context, c Call) (*Result, error) {
	s.asking.Lock()
	defer s.asking.Unlock()
	return query(ctx, s.side, c)
}

// close shuts the doors.
func (s *Sandbox) close(ctx context.Context) error {
	limit, err := query(ctx, s.conn, Call{Name: "sql/memory"})
	if err != nil {
		return err
	}
	if half, ok := halved(limit.Rows[0][0]); ok {
		if _, err := exec(ctx, s.conn, Call{Name: "session/memory_limit", Idents: Idents{"value": half}}); err != nil {
			return err
		}
	}
	if _, err := exec(ctx, s.conn, Call{Name: "session/lock"}); err != nil {
		return err
	}
	s.db.locked.Store(true)
	return nil
}

// halved returns half of a size such as "12.5 GiB".
func halved(size any) (string, bool) {
	text, _ := size.(string)
	number, unit, ok := strings.Cut(text, " ")
	n, err := strconv.ParseFloat(number, 64)
	if !ok || err != nil {
		return "", false
	}
	return strconv.FormatFloat(n/2, 'f', 2, 64) + unit, true
}

// Close gives up everything that was kept. It waits for what runs.
func (s *Sandbox) Close() error {
	var err error
	for _, conn := range []*sql.Conn{s.conn, s.side} {
		if conn != nil {
			err = errors.Join(err, conn.Close())
		}
	}
	return errors.Join(explain(err), s.db.Close())
}

// StatementKind is what a statement would do.
type StatementKind uint8

// The kinds of statements.
const (
	Reads    StatementKind = iota // a query, which answers in rows
	Explains                      // EXPLAIN of a query
	Writes                        // changes data, settings or files
)

// Check reads a statement without running it and returns what it would do and how
// many columns its answer has. The error says where the statement is wrong.
func (s *Sandbox) Check(ctx context.Context, statement string) (kind StatementKind, columns int, err error) {
	if err := s.begin(ctx); err != nil {
		return 0, 0, err
	}
	defer s.end()
	err = prepared(s.conn, statement, func(stmt *duckdb.Stmt) error {
		of, err := stmt.StatementType()
		if err != nil {
			return explain(err)
		}
		switch of {
		case duckdb.STATEMENT_TYPE_SELECT:
			kind = Reads
		case duckdb.STATEMENT_TYPE_EXPLAIN:
			kind = Explains
		default:
			kind = Writes
		}
		columns, err = stmt.ColumnCount()
		return explain(err)
	})
	return kind, columns, err
}

func (s *Sandbox) begin(ctx context.Context) error {
	select {
	case s.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Sandbox) end() { <-s.turn }

// Keep runs a query, which arrives as the argument "statement" of a call, for its
// effect, and tells report how far it is. The variables are set before, for what
// getvariable reads.
func (s *Sandbox) Keep(ctx context.Context, c Call, variables Args, report func(Done)) error {
	return s.statement(ctx, variables, func() error {
		tx := &Tx{conn: s.conn}
		_, err := tx.watch(ctx, func(ctx context.Context) (int64, error) { return tx.Exec(ctx, c) }, report)
		return err
	})
}

// Ask is Keep for a call whose answer is small enough to hold.
func (s *Sandbox) Ask(ctx context.Context, c Call, variables Args) (res *Result, err error) {
	err = s.statement(ctx, variables, func() error {
		res, err = query(ctx, s.conn, c)
		return err
	})
	return res, err
}

// Explain runs an EXPLAIN that Check has found to be one and holds its answer.
func (s *Sandbox) Explain(ctx context.Context, statement string, variables Args) (res *Result, err error) {
	err = s.statement(ctx, variables, func() error {
		res = &Result{}
		return each(ctx, s.conn, Text{SQL: statement}, legible, nil, func(row []any) error {
			res.Rows = append(res.Rows, slices.Clone(row))
			return nil
		})
	})
	return res, err
}

// statement runs one statement after setting variables.
func (s *Sandbox) statement(ctx context.Context, variables Args, run func() error) error {
	if err := s.begin(ctx); err != nil {
		return err
	}
	defer s.end()
	if err := setVariables(ctx, s.conn, variables); err != nil {
		return err
	}
	return run()
}

// Exec runs a call on what was kept.
func (s *Sandbox) Exec(ctx context.Context, c Call) (int64, error) { return s.db.Exec(ctx, c) }

// Query runs a call on what was kept and holds its answer, whose columns may be of
// any type.
func (s *Sandbox) Query(ctx context.Context, c Call) (*Result, error) {
	res := &Result{}
	err := s.each(ctx, c, func(names, types []string) error {
		res.Names, res.Types = names, types
		return nil
	}, func(row []any) error {
		res.Rows = append(res.Rows, slices.Clone(row))
		return nil
	})
	return res, err
}

// Each hands the rows of a call to visit. The row slice is reused.
func (s *Sandbox) Each(ctx context.Context, c Call, visit func(row []any) error) error {
	return s.each(ctx, c, nil, visit)
}

func (s *Sandbox) each(ctx context.Context, c Call, head func(names, types []string) error, visit func([]any) error) error {
	pool, release, err := s.db.use(ctx)
	if err != nil {
		return err
	}
	defer release()
	text, err := Render(c)
	if err != nil {
		return err
	}
	return each(ctx, pool, text, legible, head, visit)
}

// CopyFile copies a database in memory to a new file in a folder, under the name
// SandboxFile.
func (db *DB) CopyFile(ctx context.Context, folder string) (err error) {
	pool, release, err := db.use(ctx)
	if err != nil {
		return err
	}
	defer release()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return explain(err)
	}
	defer func() {
		if err != nil { // whatever is half done goes with the connection
			discard(conn)
			return
		}
		err = explain(conn.Close())
	}()
	if _, err := exec(ctx, conn, Call{Name: "sql/copy_begin", Idents: Idents{"folder": folder}}); err != nil {
		return err
	}
	_, err = exec(ctx, conn, Call{Name: "sql/copy"})
	_, errEnd := exec(context.WithoutCancel(ctx), conn, Call{Name: "sql/copy_end"})
	return errors.Join(err, errEnd)
}

// discard ends a connection instead of giving it back to the pool. That it says so
// is how it is told to.
func discard(conn *sql.Conn) {
	_ = conn.Raw(func(any) error { return driver.ErrBadConn })
}

// SandboxFile is what CopyFile calls its file; queries/sql/copy_begin.sql has the
// same name.
const SandboxFile = "workspace.duckdb"

// prepared hands a statement that is prepared but not run to look.
func prepared(conn *sql.Conn, statement string, look func(*duckdb.Stmt) error) error {
	return explain(conn.Raw(func(driverConn any) error {
		c, ok := driverConn.(*duckdb.Conn)
		if !ok {
			return fmt.Errorf("a connection of type %T", driverConn)
		}
		stmt, err := c.Prepare(statement)
		if err != nil {
			return manyStatements(explain(err))
		}
		p, ok := stmt.(*duckdb.Stmt)
		if !ok {
			return fmt.Errorf("a statement of type %T", stmt)
		}
		return errors.Join(look(p), p.Close())
	}))
}

// manyStatements explains what the driver says of statements that DuckDB turns
// into several.
func manyStatements(err error) error {
	if strings.Contains(err.Error(), "multi-statement") {
		return i18n.Errorf("this is more than one statement to the database; run one at a time, and name the values of a PIVOT: pivot t on column in (a, b)")
	}
	return err
}
