package duck

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// endless is a query that does not end by itself in any test's time.
const endless = "select sum(a.range * b.range % 7) from range(10000000) a, range(10000000) b"

func TestOnlyReads(t *testing.T) {
	db := memory(t)
	statement(t, db, "create table kept as select 42 as n")
	for _, sql := range []string{
		"insert into kept values (1)", "update kept set n = 1", "delete from kept", "drop table kept", "create table more (n int)",
		"create or replace view kept as select 1", "alter table kept add column m int", "truncate kept",
		"copy kept to '/tmp/h9-never-written.csv'", "copy kept from '/etc/passwd'", "export database '/tmp/h9-never-written'",
		"attach ':memory:' as other", "detach scratch", "use scratch", "set threads = 1", "reset threads", "pragma threads = 1",
		"install httpfs", "load httpfs", "call pragma_version()", "begin", "commit", "rollback", "checkpoint", "vacuum", "prepare p as select 1",
		"insert into kept select 1 returning n", "select 1; drop table kept", "drop table kept; select 1", "explain analyze insert into kept values (1)",
		"with gone as (select 1) insert into kept select * from gone", "",
	} {
		_, rows, err := ask(t.Context(), db, sql)
		if err == nil {
			t.Errorf("%s: ran and answered %v", sql, rows)
		}
		if n := single(t, db, "select sum(n)::int from kept"); n != int64(42) {
			t.Fatalf("%s: changed the data: %v", sql, n)
		}
	}
	_, _, err := ask(t.Context(), db, "drop table kept")
	if !errors.Is(err, ErrWrites) && (err == nil || !strings.Contains(err.Error(), "only queries")) {
		t.Errorf("the refusal is %v", err)
	}
}

func TestReads(t *testing.T) {
	db := memory(t)
	for sql, want := range map[string]any{
		"select 1": int64(1),
		"with a as (select 2 as n) select n from a": int64(2),
		"from range(1)":          int64(0),
		"values ('x')":           "x",
		"select 1;":              int64(1),
		"-- a comment\nselect 3": int64(3),
	} {
		if got := single(t, db, sql); got != want {
			t.Errorf("%s: %v", sql, got)
		}
	}
}

func TestLock(t *testing.T) {
	db := memory(t)
	if _, _, err := ask(t.Context(), db, "select * from read_csv('/etc/passwd', sep = ':')"); err != nil {
		t.Fatalf("before the lock files can be read: %v", err)
	}
	for range 2 {
		if err := db.Lock(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for _, sql := range []string{
		"select * from read_csv('/etc/passwd', sep = ':')", "select * from '/etc/passwd'", "select * from read_text('/etc/passwd')",
		"select * from glob('/etc/*')", "select * from read_parquet('https://example.invalid/x.parquet')",
	} {
		if _, rows, err := ask(t.Context(), db, sql); err == nil {
			t.Errorf("%s: read %d rows", sql, len(rows))
		}
	}
	if _, err := db.pool.ExecContext(t.Context(), "set enable_external_access = true"); err == nil {
		t.Error("the lock can be taken off")
	}
	if got := single(t, db, "select 1"); got != int64(1) {
		t.Errorf("plain queries answer %v", got)
	}
}

func TestCancel(t *testing.T) {
	db := memory(t)
	for name, run := range map[string]func(context.Context) error{
		"user": func(ctx context.Context) error { _, _, err := ask(ctx, db, endless); return err },
		"transaction": func(ctx context.Context) error {
			return db.Transact(ctx, func(ctx context.Context, tx *Tx) error {
				_, err := tx.conn.ExecContext(ctx, endless)
				return explainIn(ctx, "", err)
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(100*time.Millisecond, cancel)
			begun := time.Now()
			if err := run(ctx); !errors.Is(err, context.Canceled) {
				t.Errorf("cancelled, it ends in %v", err)
			}
			if took := time.Since(begun); took > 5*time.Second {
				t.Errorf("cancelling took %v", took)
			}
			if got := single(t, db, "select 1"); got != int64(1) {
				t.Errorf("afterwards it answers %v", got)
			}
		})
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := db.Query(done, Call{Name: "ask/derived"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that has ended gives %v", err)
	}
}

func TestEachStops(t *testing.T) {
	db, enough, n := memory(t), errors.New("enough"), 0
	err := db.User(t.Context(), "from range(100000)", func(_, _ []string) error { return nil }, func([]any) error {
		if n++; n == 3 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) || n != 3 {
		t.Errorf("after %d rows: %v", n, err)
	}
	if err := db.User(t.Context(), "from range(3)", func(_, _ []string) error { return enough }, nil); !errors.Is(err, enough) {
		t.Errorf("an error of head is lost: %v", err)
	}
}

func TestErrorsNameTheQuery(t *testing.T) {
	_, err := memory(t).Query(t.Context(), Call{Name: "ask/loaded"})
	var e *Error
	if !errors.As(err, &e) || e.Query != "ask/loaded" || !strings.Contains(err.Error(), "ask/loaded.sql") {
		t.Errorf("a query that fails says %v", err)
	}
	_, _, err = ask(t.Context(), memory(t), "select nothing")
	if err == nil || strings.Contains(err.Error(), ".sql") || !strings.Contains(err.Error(), "nothing") {
		t.Errorf("an analyst's own says %v", err)
	}
}
