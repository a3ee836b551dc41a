package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"worth/internal/workspace"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"worth": func() { run(Env{}) },
		// worth-tty is worth with somebody at a terminal; the program that opens
		// says what it was given.
		"worth-tty": func() { run(Env{OutIsTerminal: true, Interactive: describe}) },
	})
}

// run is what main does.
func run(env Env) {
	env.Stdout, env.Stderr, env.Version = os.Stdout, os.Stderr, "test"
	os.Exit(Run(context.Background(), os.Args[1:], env))
}

// describe stands in for the program.
func describe(_ context.Context, w *workspace.Workspace, o StartOptions) error {
	fmt.Printf("opened %q to load %d sources, reveal %v, threads %d, theme %s, mouse %v\n",
		w.Path(), len(o.Load.Sources), o.Reveal, o.Engine.Threads, o.Theme, o.Mouse)
	o.Remember("opened-from-within.duckdb")
	for _, recent := range o.Recent {
		fmt.Println("recent", recent.Path)
	}
	return nil
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("XDG_CONFIG_HOME", env.WorkDir+"/config")
			env.Setenv("HOME", env.WorkDir)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// exits runs a command and requires its exit code: exits 2 worth --nope.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code command [arg…]")
	}
	code := 0
	var failed interface{ ExitCode() int }
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &failed) {
		code = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if fmt.Sprint(code) != args[0] {
		ts.Fatalf("exit code %d, not %s", code, args[0])
	}
}

// outcome runs a command line in this process.
func outcome(ctx context.Context, env Env, args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	env.Stdout, env.Stderr = &out, &err
	return Run(ctx, args, env), out.String(), err.String()
}

func TestInterrupt(t *testing.T) {
	code, _, stderr := outcome(context.Background(), Env{
		OutIsTerminal: true,
		Interactive: func(ctx context.Context, _ *workspace.Workspace, _ StartOptions) error {
			self, err := os.FindProcess(os.Getpid())
			if err != nil {
				return err
			}
			if err := self.Signal(os.Interrupt); err != nil {
				return err
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(10 * time.Second):
				return errors.New("the interrupt did not arrive")
			}
		},
	})
	if code != exitCancelled || stderr != "worth: cancelled\n" {
		t.Errorf("an interrupt ends in %d: %s", code, stderr)
	}
}

func TestCancelQuery(t *testing.T) {
	file := t.TempDir() + "/orders.csv"
	orders := "order_id,customer_id,order_date,total\n1,c1,2026-01-05,10\n2,c2,2026-02-05,20\n"
	if err := os.WriteFile(file, []byte(orders), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer cancel()
	begun := time.Now()
	code, stdout, stderr := outcome(ctx, Env{}, "sql", "select sum(a.range * b.range) from range(1000000) a, range(1000000) b", file)
	if code != exitCancelled || stdout != "" || !strings.HasSuffix(stderr, "worth: cancelled\n") {
		t.Errorf("a cancelled query ends in %d: %s%s", code, stdout, stderr)
	}
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("cancelling took %v", took)
	}
}

func TestProgressOnlyOnATerminal(t *testing.T) {
	for _, live := range []bool{false, true} {
		var out bytes.Buffer
		n := &narrator{out: &out, live: live}
		n.progress(workspace.Progress{Step: "reading", File: "a\x1b[31m.csv", Share: 0.5})
		n.sentence("orders.csv: odd\x1b[0m")
		text := out.String()
		if strings.Contains(text, "\x1b[31m") || strings.Contains(text, "\x1b[0m") {
			t.Errorf("a file's name steers the terminal: %q", text)
		}
		if strings.Contains(text, "50 %") != live || !strings.HasSuffix(text, "worth: orders.csv: odd␛[0m\n") {
			t.Errorf("watched %v, it says %q", live, text)
		}
	}
}

// Whoever waits for another program is told, also where no progress is shown.
func TestWaitingIsSaid(t *testing.T) {
	var out bytes.Buffer
	n := &narrator{out: &out}
	for range 3 {
		n.progress(workspace.Progress{Step: "waiting: the workspace is in use by a (PID 1)", Waiting: true})
	}
	n.progress(workspace.Progress{Step: "reading", Share: 0.5})
	n.progress(workspace.Progress{Step: "waiting: the workspace is in use by b (PID 2)", Waiting: true})
	want := "worth: waiting: the workspace is in use by a (PID 1)\nworth: waiting: the workspace is in use by b (PID 2)\n"
	if out.String() != want {
		t.Errorf("it says %q", out.String())
	}
}
