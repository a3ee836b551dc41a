package workspace

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"worth/internal/duck"
)

// The environment that makes a child process of the tests load a file into a
// workspace, and stop when half of it is done if so asked.
const (
	workspaceEnv = "WORTH_TEST_WORKSPACE"
	sourceEnv    = "WORTH_TEST_SOURCE"
	pauseEnv     = "WORTH_TEST_PAUSE"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(workspaceEnv); path != "" {
		act := func() error { return childLoad(path, os.Getenv(sourceEnv)) }
		if os.Getenv(saveEnv) != "" {
			act = func() error { return childSave(path) }
		}
		if err := act(); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// childLoad loads a file, telling every step on stdout.
func childLoad(path, source string) error {
	ctx := context.Background()
	w, err := Open(ctx, path, Options{Create: true})
	if err != nil {
		return err
	}
	paused := os.Getenv(pauseEnv) == ""
	_, err = w.Load(ctx, LoadRequest{Sources: []string{source}}, func(p Progress) {
		fmt.Printf("%.3f %s\n", p.Share, p.Step)
		if !paused && !p.Waiting {
			paused = true
			_, _ = io.Copy(io.Discard, os.Stdin) // until the parent closes it
		}
	})
	return errors.Join(err, w.Close())
}

// child starts a process that loads and returns its lines as they come.
func child(t *testing.T, path, source string, env ...string) (cmd *exec.Cmd, in io.Closer, out *bufio.Scanner) {
	t.Helper()
	cmd = exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(append(os.Environ(), workspaceEnv+"="+path, sourceEnv+"="+source, "TMPDIR="+t.TempDir()), env...)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, stdin, bufio.NewScanner(stdout)
}

// A process killed anywhere in a load leaves the workspace as it was before, or, when
// all is written already, with the whole load.
func TestKilledWhileLoading(t *testing.T) {
	if testing.Short() {
		t.Skip("loading 300,000 orders several times takes too long for -short")
	}
	path := filepath.Join(t.TempDir(), "shop.worth.duckdb")
	w := open(t, path, Options{Create: true})
	load(t, w, file(t, "orders.csv", table(shop...)))
	apply(t, w, Settings{AsOf: day(t, "2020-05-01"), Scheme: "rf-10"})
	before := contents(t, w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	const many = 300_000
	source := file(t, "many.csv", manyOrders(many))
	random := rand.New(rand.NewPCG(7, 7))
	killed := 0
	for round := range 6 {
		cmd, in, out := child(t, path, source)
		step := ""
		go func(wait time.Duration) {
			time.Sleep(wait)
			_ = cmd.Process.Kill() // it may have ended by itself
		}(time.Duration(50+300*round+random.IntN(300)) * time.Millisecond)
		for out.Scan() {
			step = out.Text()
		}
		err := cmd.Wait()
		_ = in.Close() // the other end is gone
		w := open(t, path, Options{})
		all := holdsAll(t, w, many)
		if err == nil && !all {
			t.Fatal("the load is over and not all of it is there")
		}
		if all { // it was faster than the killer
			t.Logf("round %d: the load was over", round)
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			break
		}
		killed++
		if contents(t, w) != before {
			t.Fatalf("killed at %q, the workspace has changed", step)
		}
		t.Logf("round %d: killed at %q", round, step)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if killed == 0 {
		t.Error("no load was killed")
	}
	// And it can be written to.
	w = open(t, path, Options{})
	load(t, w, file(t, "more.csv", table(plainHeader, "100,z,2020-04-01,10")))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// holdsAll reports whether a workspace holds a file of so many orders, all of them, and
// the analysis of all of its customers.
func holdsAll(t *testing.T, w *Workspace, orders int) bool {
	t.Helper()
	return slices.Equal(rows(t, w, `select (select max(kept) from raw.files), (select count(*) from core.orders where file_key = (select max(file_key) from raw.files)),
		(select count(*) from derived.customers) = (select count(*) from core.persons)`), []string{fmt.Sprintf("%d|%d|true", orders, orders)})
}

// While one process writes, another waits and says for whom, and then sees what
// both brought.
func TestTwoProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.worth.duckdb")
	w := open(t, path, Options{Create: true})
	load(t, w, file(t, "orders.csv", table(shop...)))
	// This process lets go, or the other could not write.
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	cmd, in, out := child(t, path, file(t, "theirs.csv", table(plainHeader, "100,x,2020-04-01,10")), pauseEnv+"=1")
	if !out.Scan() || strings.HasPrefix(out.Text(), "error") {
		t.Fatalf("the other process says %q", out.Text())
	}
	var locked *duck.LockedError
	if _, err := Open(t.Context(), path, Options{}); !errors.As(err, &locked) || !strings.Contains(err.Error(), "PID") {
		t.Errorf("opening what another writes: %v", err)
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	for out.Scan() {
		if strings.HasPrefix(out.Text(), "error") {
			t.Error(out.Text())
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	w = open(t, path, Options{})
	if o := overview(t, w); o.Orders != 7 {
		t.Errorf("there are %d orders", o.Orders)
	}
}

// A process that wants to write waits until the reader has gone.
func TestWriterWaits(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.worth.duckdb")
	w := open(t, path, Options{Create: true})
	load(t, w, file(t, "orders.csv", table(shop...)))
	cmd, in, out := child(t, path, file(t, "theirs.csv", table(plainHeader, "100,x,2020-04-01,10")))
	if !out.Scan() || !strings.Contains(out.Text(), "waiting: ") || !strings.Contains(out.Text(), fmt.Sprint(os.Getpid())) {
		t.Fatalf("the other process says %q", out.Text())
	}
	if o := overview(t, w); o.Orders != 6 { // it does not disturb
		t.Errorf("while it waits there are %d orders", o.Orders)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for out.Scan() {
		if strings.HasPrefix(out.Text(), "error") {
			t.Error(out.Text())
		}
	}
	if err := errors.Join(cmd.Wait(), in.Close()); err != nil && !errors.Is(err, os.ErrClosed) {
		t.Fatal(err)
	}
	if o := overview(t, open(t, path, Options{})); o.Orders != 7 {
		t.Errorf("there are %d orders", o.Orders)
	}
}

// A first load that fails leaves no empty workspace behind; one that was there
// stays.
func TestFailedFirstLoad(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "new.worth.duckdb")
	for _, cancelled := range []bool{false, true} {
		w, err := Open(t.Context(), path, Options{Create: true})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		source := file(t, "bad.csv", "a,b\n1,2\n")
		if cancelled {
			source = file(t, "orders.csv", table(shop...))
		}
		if _, err := w.Load(ctx, LoadRequest{Sources: []string{source}}, func(Progress) { cancel() }); err == nil {
			t.Fatal("it loads")
		}
		cancel()
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(dir)
		if err != nil || len(entries) != 0 {
			t.Errorf("left behind: %v, %v", entries, err)
		}
	}
	w := open(t, path, Options{Create: true})
	load(t, w, file(t, "orders.csv", table(shop...)))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w = open(t, path, Options{Create: true})
	if _, err := w.Load(t.Context(), LoadRequest{Sources: []string{file(t, "bad.csv", "a,b\n1,2\n")}}, nil); err == nil {
		t.Fatal("it loads")
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the workspace: %v, %v", info, err)
	}
}
