package duck

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

func TestTransact(t *testing.T) {
	db := opened(t, filepath.Join(t.TempDir(), "shop.duckdb"), ReadWrite)
	statement(t, db, "create table kept as select 42 as n")
	insert := func(ctx context.Context, tx *Tx) error {
		_, err := tx.conn.ExecContext(ctx, "insert into kept values (1); create table more (n int); create temp table aside as select 1")
		return err
	}
	broken := errors.New("broken")
	err := db.Transact(t.Context(), func(ctx context.Context, tx *Tx) error { return errors.Join(insert(ctx, tx), broken) })
	if !errors.Is(err, broken) {
		t.Errorf("the error of the work is lost: %v", err)
	}
	check := func(sum int64, tables int64) {
		t.Helper()
		if got := single(t, db, "select sum(n)::int from kept"); got != sum {
			t.Errorf("the table holds %v", got)
		}
		if got := single(t, db, "select count(*) from duckdb_tables() where database_name <> 'scratch'"); got != tables {
			t.Errorf("there are %v tables", got)
		}
	}
	check(42, 1)

	ctx, cancel := context.WithCancel(t.Context())
	err = db.Transact(ctx, func(ctx context.Context, tx *Tx) error {
		if err := insert(ctx, tx); err != nil {
			return err
		}
		time.AfterFunc(50*time.Millisecond, cancel)
		_, err := tx.conn.ExecContext(ctx, endless)
		return explainIn(ctx, "", err)
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled, it ends in %v", err)
	}
	check(42, 1)

	// A context that ends after the work, before the commit, still leaves nothing.
	ctx, cancel = context.WithCancel(t.Context())
	err = db.Transact(ctx, func(ctx context.Context, tx *Tx) error {
		defer cancel()
		return insert(ctx, tx)
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before the commit, it ends in %v", err)
	}
	check(42, 1)

	if err := db.Transact(t.Context(), insert); err != nil {
		t.Fatal(err)
	}
	check(43, 2) // and no temporary table
}

func TestAppend(t *testing.T) {
	db := memory(t)
	statement(t, db, "create schema s")
	statement(t, db, "create table s.rows (n int, name varchar, share double, yes boolean)")
	rows := [][]any{{int32(1), "a", 0.5, true}, {int32(2), nil, nil, nil}}
	err := db.Transact(t.Context(), func(ctx context.Context, tx *Tx) error { return tx.Append(ctx, "s", "rows", rows) })
	if err != nil {
		t.Fatal(err)
	}
	if got := single(t, db, "select to_json(list(r order by n))::varchar from s.rows r"); got !=
		`[{"n":1,"name":"a","share":0.5,"yes":true},{"n":2,"name":null,"share":null,"yes":null}]` {
		t.Errorf("the table holds %v", got)
	}
	for name, bad := range map[string][][]any{"too few cells": {{int32(3)}}, "a wrong type": {{"x", "y", "z", "w"}}} {
		err := db.Transact(t.Context(), func(ctx context.Context, tx *Tx) error {
			return tx.Append(ctx, "s", "rows", append(rows, bad...))
		})
		if err == nil {
			t.Errorf("%s: appended", name)
		}
	}
	if n := single(t, db, "select count(*) from s.rows"); n != int64(2) {
		t.Errorf("after failures there are %v rows", n)
	}
}

// The progress call needs a handle that the driver keeps to itself; this is the
// test that breaks when the driver changes.
func TestConnectionIsFound(t *testing.T) {
	err := memory(t).Transact(t.Context(), func(_ context.Context, tx *Tx) error {
		if _, known := connection(tx.conn); !known {
			return errors.New("the driver's connection is not where it was; see connection")
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestWatch(t *testing.T) {
	db := memory(t)
	statement(t, db, "create table raw as select range % 1000 as k, hash(range) as v from range(20000000)")
	statement(t, db, "create schema derived")
	var mu sync.Mutex
	var shares []float64
	err := db.Transact(t.Context(), func(ctx context.Context, tx *Tx) error {
		statement := Call{Name: "derive/record", Args: Args{"settings": "{}"}}
		if _, err := tx.Watch(ctx, statement, nil); err != nil {
			return err
		}
		// Any query that runs long enough to be asked twice will do.
		ctx, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		_, err := tx.watch(ctx, func(ctx context.Context) (int64, error) {
			_, err := tx.conn.ExecContext(ctx, "create table out as select k, count(distinct v) from raw group by k order by 2")
			return 0, explainIn(ctx, "", err)
		}, func(d Done) {
			mu.Lock()
			defer mu.Unlock()
			shares = append(shares, d.Share)
		})
		if err != nil && !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
		return nil
	})
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	if len(shares) == 0 {
		t.Fatal("nobody was told how far it is")
	}
	for i, s := range shares {
		if s < 0 || s > 1 {
			t.Errorf("share %d is %v", i, s)
		}
	}
}
