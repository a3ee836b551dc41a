package duck

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	osexec "os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The environment that makes a child process of the tests hold a file open, for
// reading only if so asked.
const (
	holdEnv     = "WORTH_TEST_HOLD"
	readOnlyEnv = "WORTH_TEST_READ_ONLY"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(holdEnv); path != "" {
		hold(path)
		return
	}
	os.Exit(m.Run())
}

// hold opens a database, says so and keeps it until stdin ends.
func hold(path string) {
	mode := ReadWrite
	if os.Getenv(readOnlyEnv) != "" {
		mode = ReadOnly
	}
	db, err := Open(context.Background(), path, mode, Options{})
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	fmt.Println("held")
	_, _ = io.Copy(io.Discard, os.Stdin) // until the parent lets go
	if err := db.Close(); err != nil {
		os.Exit(1)
	}
}

// otherProcess starts a process that holds the file and returns how to end it.
func otherProcess(t *testing.T, path string, env ...string) (letGo func()) {
	t.Helper()
	cmd := osexec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(append(os.Environ(), holdEnv+"="+path), env...)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || line != "held\n" {
		t.Fatalf("the other process says %q (%v)", line, err)
	}
	return func() {
		if err := errors.Join(in.Close(), cmd.Wait()); err != nil {
			t.Errorf("the other process: %v", err)
		}
	}
}

func memory(t *testing.T) *DB {
	t.Helper()
	return opened(t, "", ReadWrite)
}

func opened(t *testing.T, path string, mode Mode) *DB {
	t.Helper()
	db, err := Open(t.Context(), path, mode, Options{Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// statement runs SQL that no file of queries holds.
func statement(t *testing.T, db *DB, sql string) {
	t.Helper()
	if _, err := db.pool.ExecContext(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

// ask returns the answer to a statement as an analyst sees it.
func ask(ctx context.Context, db *DB, sql string) (names []string, rows [][]any, err error) {
	err = db.User(ctx, sql, func(n, _ []string) error { names = n; return nil }, func(row []any) error {
		rows = append(rows, append([]any{}, row...))
		return nil
	})
	return names, rows, err
}

// single returns the only cell of an answer.
func single(t *testing.T, db *DB, sql string) any {
	t.Helper()
	_, rows, err := ask(t.Context(), db, sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	if len(rows) != 1 || len(rows[0]) != 1 {
		t.Fatalf("%s: %v", sql, rows)
	}
	return rows[0][0]
}

func TestOpenMissingFile(t *testing.T) {
	if db, err := Open(t.Context(), filepath.Join(t.TempDir(), "none.duckdb"), ReadOnly, Options{}); err == nil {
		t.Error("a file that does not exist was opened for reading", db.Close())
	}
}

func TestReopen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.duckdb")
	db := opened(t, path, ReadWrite)
	statement(t, db, "create table kept as select 42 as n")
	for _, mode := range []Mode{ReadWrite, ReadOnly, ReadOnly, ReadWrite, ReadOnly} {
		if err := db.Reopen(t.Context(), mode); err != nil {
			t.Fatal(err)
		}
		if n := single(t, db, "select n from kept"); n != int64(42) {
			t.Fatalf("after reopening there is %v", n)
		}
		_, err := db.pool.ExecContext(t.Context(), "create or replace table more as select 1")
		if written := err == nil; written != (mode == ReadWrite) {
			t.Fatalf("mode %d: writing ended in %v", mode, err)
		}
	}
	if err := memory(t).Reopen(t.Context(), ReadOnly); err != nil {
		t.Errorf("a database in memory: %v", err)
	}
}

func TestReopenWaitsForQueries(t *testing.T) {
	db := opened(t, filepath.Join(t.TempDir(), "shop.duckdb"), ReadWrite)
	inside, proceed, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		first := true
		done <- db.User(context.Background(), "select * from range(10)", func(_, _ []string) error { return nil }, func([]any) error {
			if first {
				first = false
				close(inside)
				<-proceed
			}
			return nil
		})
	}()
	<-inside
	changed := make(chan error, 1)
	go func() { changed <- db.Reopen(context.Background(), ReadOnly) }()
	select {
	case err := <-changed:
		t.Fatalf("the mode changed under a running query: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	close(proceed)
	if err := errors.Join(<-done, <-changed); err != nil {
		t.Error(err)
	}
}

func TestLockedByAnotherProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.duckdb")
	db := opened(t, path, ReadWrite)
	statement(t, db, "create table kept as select 42 as n")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	letGo := otherProcess(t, path)
	var locked *LockedError
	if _, err := Open(t.Context(), path, ReadOnly, Options{}); !errors.As(err, &locked) {
		t.Fatalf("opening a file that is held: %v", err)
	}
	if !strings.Contains(locked.Holder, "PID") || !strings.Contains(locked.Error(), locked.Holder) {
		t.Errorf("the holder is %q: %v", locked.Holder, locked)
	}
	letGo()
	if n := single(t, opened(t, path, ReadOnly), "select n from kept"); n != int64(42) {
		t.Errorf("afterwards there is %v", n)
	}
}

func TestReopenRefusedKeepsTheOldMode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.duckdb")
	db := opened(t, path, ReadWrite)
	statement(t, db, "create table kept as select 42 as n")
	if err := db.Reopen(t.Context(), ReadOnly); err != nil {
		t.Fatal(err)
	}
	letGo := otherProcess(t, path, readOnlyEnv+"=1") // two may read, and neither can write
	var locked *LockedError
	if err := db.Reopen(t.Context(), ReadWrite); !errors.As(err, &locked) {
		t.Errorf("writing beside a reader: %v", err)
	}
	if n := single(t, db, "select n from kept"); n != int64(42) {
		t.Errorf("after the refusal there is %v", n)
	}
	letGo()
	if err := db.Reopen(t.Context(), ReadWrite); err != nil {
		t.Errorf("once the other has gone: %v", err)
	}
}

// A process that was too late to get its file back gets it when it asks next.
func TestLostFileComesBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.duckdb")
	db := opened(t, path, ReadWrite)
	statement(t, db, "create table kept as select 42 as n")
	if err := db.pool.Close(); err != nil {
		t.Fatal(err)
	}
	db.lost = true // as Reopen leaves it when another process is faster
	letGo := otherProcess(t, path)
	var locked *LockedError
	for _, mode := range []Mode{ReadOnly, ReadWrite} {
		if err := db.Reopen(t.Context(), mode); !errors.As(err, &locked) {
			t.Errorf("while another writes, opening in mode %d: %v", mode, err)
		}
	}
	if _, _, err := ask(t.Context(), db, "select n from kept"); !errors.As(err, &locked) {
		t.Errorf("while another writes: %v", err)
	}
	letGo()
	if n := single(t, db, "select n from kept"); n != int64(42) {
		t.Errorf("afterwards there is %v", n)
	}
	if err := db.Reopen(t.Context(), ReadWrite); err != nil {
		t.Error(err)
	}
}

func TestClosed(t *testing.T) {
	db := memory(t)
	if err := errors.Join(db.Close(), db.Close()); err != nil {
		t.Fatal(err)
	}
	ctx, call := t.Context(), Call{Name: "ask/loaded"}
	_, errQuery := db.Query(ctx, call)
	_, errExec := db.Exec(ctx, call)
	_, _, errUser := ask(ctx, db, "select 1")
	for _, err := range []error{
		errQuery, errExec, errUser,
		db.Each(ctx, call, nil), db.Transact(ctx, nil), db.Reopen(ctx, ReadOnly),
	} {
		if !errors.Is(err, errClosed) && err != nil {
			t.Errorf("a closed database says %v", err)
		}
	}
	if errQuery == nil || errExec == nil || errUser == nil {
		t.Error("a closed database answers")
	}
}
