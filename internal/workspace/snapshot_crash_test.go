package workspace

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"worth/internal/snapshot"
)

// saveEnv makes a child process save snapshots instead of loading.
const saveEnv = "WORTH_TEST_SAVE"

// childSave saves one snapshot after the other, telling each on stdout, until it is
// killed or has saved as many as asked.
func childSave(path string) error {
	ctx := context.Background()
	w, err := Open(ctx, path, Options{})
	if err != nil {
		return err
	}
	const most = 500
	for i := range most {
		name := fmt.Sprintf("%s %d", os.Getenv(saveEnv), i)
		request := SnapshotRequest{Name: name, Question: snapshot.Question{Page: snapshot.Customers}, Program: "child"}
		if _, err := w.SaveSnapshot(ctx, request, nil); err != nil {
			return errors.Join(err, w.Close())
		}
		fmt.Println("saved", name)
	}
	return w.Close()
}

// A process killed anywhere while saving loses nothing that it had saved before, and
// leaves no snapshot in part.
func TestKilledWhileSaving(t *testing.T) {
	if testing.Short() {
		t.Skip("saving until killed takes too long for -short")
	}
	path := filepath.Join(t.TempDir(), "shop.worth.duckdb")
	w := open(t, path, Options{Create: true})
	load(t, w, file(t, "many.csv", manyOrders(60_000)))
	customers := overview(t, w).Customers
	save(t, w, "first", pageOf(snapshot.Segments))
	first := written(t, w, "first")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for round := range 3 {
		cmd, in, out := child(t, path, "", fmt.Sprintf("%s=round %d", saveEnv, round))
		go func(wait time.Duration) {
			time.Sleep(wait)
			_ = cmd.Process.Kill() // it may have ended by itself
		}(time.Duration(400+170*round) * time.Millisecond)
		saved := []string{}
		for out.Scan() {
			saved = append(saved, out.Text()[len("saved "):])
		}
		var killed *exec.ExitError
		if err := cmd.Wait(); !errors.As(err, &killed) || killed.ExitCode() != -1 {
			t.Fatalf("it was not killed: %v %q", err, saved)
		}
		_ = in.Close() // the other end is gone
		w := open(t, path, Options{})
		for _, name := range saved {
			if s := snap(t, w, name); s.Record.Rows < customers {
				t.Errorf("%s has %d rows of %d customers", name, s.Record.Rows, customers)
			}
		}
		all, err := w.Snapshots(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range all {
			rows, err := s.Page(t.Context(), 0, s.Len())
			if err != nil || len(rows) != s.Len() {
				t.Errorf("%s has %d of %d rows, %v", s.Record.Name, len(rows), s.Len(), err)
			}
		}
		if written(t, w, "first") != first {
			t.Error("what was saved before has changed")
		}
		expect(t, w, `select count(*) from duckdb_tables() where schema_name = 'saved' and table_name like 'snapshot\_%' escape '\' and database_name = current_database()
			and regexp_extract(table_name, '\d+')::integer not in (select snapshot_key from saved.snapshots)`, "0")
		t.Logf("killed after %d snapshots", len(saved))
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// Of two programs that save into one workspace both get their turn.
func TestTwoProgramsSave(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.worth.duckdb")
	w := open(t, path, Options{Create: true})
	load(t, w, file(t, "orders.csv", table(shop...)))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	cmd, in, out := child(t, path, file(t, "theirs.csv", table(plainHeader, "100,x,2020-04-01,10")), pauseEnv+"=1")
	if !out.Scan() { // the other one is writing
		t.Fatal("the other process says nothing")
	}
	done := make(chan error)
	go func() {
		var err error
		defer func() { done <- err }()
		for {
			var mine *Workspace
			if mine, err = Open(context.Background(), path, Options{}); err != nil {
				time.Sleep(20 * time.Millisecond) // it is told who holds the file
				continue
			}
			_, err = mine.SaveSnapshot(context.Background(), SnapshotRequest{Name: "mine", Question: pageOf(snapshot.Overview)}, nil)
			err = errors.Join(err, mine.Close())
			return
		}
	}()
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	for out.Scan() {
		t.Log(out.Text())
	}
	if err := errors.Join(cmd.Wait(), <-done); err != nil {
		t.Fatal(err)
	}
	again := open(t, path, Options{})
	if s := snap(t, again, "mine"); s.Len() != 1 {
		t.Errorf("%d rows", s.Len())
	}
}
