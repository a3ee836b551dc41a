// Package cli turns a command line into questions to a workspace, and the
// answers into text, JSON, tables and files.
//
// The idea: every page of the program has a verb that prints the same numbers.
// A verb opens the workspace its arguments name, or reads the files they name
// into one in memory, asks, and hands the answer to package report. The table of
// verbs stands in verbs.go; each has a file of its name (check stands with load).
//
// Guarantees: stdout carries data and nothing else, stderr everything said about
// it. Every way to fail ends in one sentence on stderr and one of the exit codes
// below. Personal fields are masked unless they are asked for by --reveal. A file
// named by -o is written whole or not at all. An interrupt cancels what runs; a
// second one ends the process.
//
// What it does not do: compute anything, or draw the program; main hands that in
// as [Env.Interactive].
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// The exit codes.
const (
	exitDone      = 0   // the answer is complete
	exitFailed    = 1   // something went wrong; stderr says what
	exitUsage     = 2   // the command line cannot be understood
	exitNoAnswer  = 3   // the data cannot answer; stderr says why
	exitCancelled = 130 // interrupted, by convention 128 + SIGINT
)

// Env is the world a command line runs in.
type Env struct {
	Stdout, Stderr io.Writer
	// OutIsTerminal and ErrIsTerminal say whether somebody watches stdout and
	// stderr. With a terminal on stdout the program opens where files are named
	// without a verb; with one on stderr, progress is shown.
	OutIsTerminal, ErrIsTerminal bool
	// Interactive opens the program on a workspace and returns when it is left.
	// Nil: the overview is printed instead.
	Interactive func(context.Context, *workspace.Workspace, StartOptions) error
	Version     string
}

// StartOptions is what the program is to begin with.
type StartOptions struct {
	Load     workspace.LoadRequest // what to load first; nothing if it has no sources
	Theme    string                // auto, dark, light or plain
	Mouse    bool                  // whether the mouse is listened to
	Reveal   bool                  // show personal fields from the start
	Engine   workspace.Options     // how to open further workspaces
	Recent   []Recent              // workspaces opened before, latest first
	Remember func(path string)     // to be told of every workspace opened
	Version  string                // of the program, noted in snapshots
}

// Run carries out a command line without the program's name and returns the exit
// code. It listens for interrupts while it runs.
func Run(ctx context.Context, args []string, env Env) int {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // the next interrupt is the system's to handle
	c := &call{env: env, say: &narrator{out: env.Stderr, live: env.ErrIsTerminal}}
	err := c.execute(ctx, args)
	c.say.clear()
	code := exitCode(ctx, err)
	if code == exitCancelled {
		err = i18n.Errorf("cancelled")
	}
	if err != nil {
		// There is nobody left to tell that stderr is closed.
		_, _ = fmt.Fprintln(env.Stderr, "worth: "+sentence(err))
	}
	return code
}

// call is one run of the program.
type call struct {
	env  Env
	opts options
	args []string // those that are no flags
	say  *narrator
	root *cobra.Command
}

// execute parses the command line and runs its verb. The verb's own error goes
// past fang, which would ask the terminal for its colours before reporting it.
func (c *call) execute(ctx context.Context, args []string) error {
	var failure error
	c.root = c.commands(func(run func(*call, context.Context) error) func(*cobra.Command, []string) error {
		return func(cmd *cobra.Command, args []string) error {
			c.args = args
			failure = run(c, cmd.Context())
			return nil
		}
	})
	c.root.SetArgs(args)
	err := fang.Execute(ctx, c.root,
		fang.WithVersion(c.env.Version),
		fang.WithoutManpage(),
		fang.WithErrorHandler(func(io.Writer, fang.Styles, error) {}))
	if err != nil {
		return usage(err)
	}
	return failure
}

// usageError is a command line that cannot be understood.
type usageError struct{ cause error }

func (e *usageError) Error() string { return e.cause.Error() }
func (e *usageError) Unwrap() error { return e.cause }

// usage marks an error as one of the command line.
func usage(err error) error { return &usageError{err} }

// noDataError says that a workspace holds nothing to answer from.
type noDataError struct{ path string }

func (e *noDataError) Error() string {
	return i18n.T("%s holds no data yet; load some with worth load FILE… -w %s", e.path, e.path)
}

// exitCode returns the exit code that an error stands for.
func exitCode(ctx context.Context, err error) int {
	var (
		wrong    *usageError
		setting  *workspace.SettingError
		segment  *workspace.UnknownSegmentError
		unknown  *workspace.NotFoundError
		noAnswer *workspace.NoAnswerError
		noData   *noDataError
	)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, context.Canceled) || ctx.Err() != nil:
		return exitCancelled
	case errors.As(err, &wrong) || errors.As(err, &setting) || errors.As(err, &segment):
		return exitUsage
	case errors.As(err, &noAnswer) || errors.As(err, &noData) || errors.As(err, &unknown):
		return exitNoAnswer
	}
	return exitFailed
}

// sentence returns the text of an error as a terminal may show it.
func sentence(err error) string {
	lines := strings.Split(err.Error(), "\n")
	for i, line := range lines {
		lines[i] = tabular.Clean(line)
	}
	return strings.Join(lines, "\n")
}
