package duck

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"worth/internal/i18n"
)

// LockedError says that another process holds a database file.
type LockedError struct {
	Holder string // what DuckDB knows of the holder, such as "/usr/bin/worth (PID 4711)"
	cause  error
}

func (e *LockedError) Error() string {
	if e.Holder == "" {
		return i18n.T("the workspace is in use by another program; close it there and try again")
	}
	return i18n.T("the workspace is in use by %s; close it there and try again", e.Holder)
}

// Unwrap returns DuckDB's own error.
func (e *LockedError) Unwrap() error { return e.cause }

var holder = regexp.MustCompile(`Conflicting lock is held in (.+? \(PID \d+\))`)

// explain turns the driver's errors into the program's: a lock becomes a
// *LockedError, an interrupt context.Canceled; others lose the driver's prefix.
func explain(err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	if strings.Contains(text, "Could not set lock on file") {
		e := &LockedError{cause: err}
		if m := holder.FindStringSubmatch(text); m != nil && !strings.HasPrefix(m[1], ". (") { // one that is just ending has no name
			e.Holder = m[1]
		}
		return e
	}
	var d *duckdb.Error
	if errors.As(err, &d) {
		if d.Type == duckdb.ErrorTypeInterrupt {
			return context.Canceled
		}
		if e := fileError(d.Msg); e != nil {
			e.cause = err
			return e
		}
		return &Error{Message: d.Msg, cause: err}
	}
	return err
}

// explainIn is explain for a query: its name goes with the error, and a
// cancelled context is told as such.
func explainIn(ctx context.Context, name string, err error) error {
	if err == nil {
		return nil
	}
	if cause := ctx.Err(); cause != nil {
		return cause
	}
	err = explain(err)
	var e *Error
	if errors.As(err, &e) && name != "" {
		e.Query = name
		if strings.Contains(e.Message, "DECIMAL(18,4)") && strings.Contains(e.Message, "out of range") {
			return &TooMuchError{cause: err}
		}
	}
	return err
}

// Error is DuckDB's word on a query that failed.
type Error struct {
	Query   string // the query's name, empty for an analyst's own
	Message string
	cause   error
}

func (e *Error) Error() string {
	if e.Query == "" {
		return e.Message
	}
	return fmt.Sprintf("%s (%s.sql)", e.Message, e.Query)
}

// Reason returns what is wrong in a line, for a sentence about the data: without
// the kind of error and the place in a query nobody sees.
func (e *Error) Reason() string {
	line, _, _ := strings.Cut(e.Message, "\n")
	if kind, rest, found := strings.Cut(line, " Error: "); found && !strings.ContainsAny(kind, ".:\"'") {
		line = rest
	}
	return strings.TrimRight(strings.TrimSpace(line), ".")
}

// Unwrap returns the driver's error.
func (e *Error) Unwrap() error { return e.cause }

// TooMuchError says that a sum of amounts is beyond what money can be.
type TooMuchError struct{ cause error }

func (e *TooMuchError) Error() string {
	return i18n.T("the amounts add up to more than money can be here (99,999,999,999,999.9999); " +
		"look for a column of ids or dates that is taken for money, and say with --map which column is")
}

// Unwrap returns DuckDB's own error.
func (e *TooMuchError) Unwrap() error { return e.cause }

// ErrWrites is wrapped by the error of a statement that would change something.
var ErrWrites = errors.New("the statement changes data")

// onlyReads refuses every statement that is not a query, before it runs.
func onlyReads(conn *sql.Conn, statement string) error {
	err := prepared(conn, statement, func(stmt *duckdb.Stmt) error {
		kind, err := stmt.StatementType()
		if err == nil && kind != duckdb.STATEMENT_TYPE_SELECT && kind != duckdb.STATEMENT_TYPE_EXPLAIN {
			err = ErrWrites
		}
		return err
	})
	if errors.Is(err, ErrWrites) {
		return i18n.Errorf("only queries can be run here: one SELECT at a time (%v)", err)
	}
	return err
}
