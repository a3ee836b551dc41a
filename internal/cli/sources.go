package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"worth/internal/i18n"
	"worth/internal/workspace"
)

// sources is what the arguments of a verb name.
type sources struct {
	workspace string // path; empty: one in memory
	files     []string
}

// sources sorts the arguments into the workspace and the files to load into it.
func (c *call) sources(args []string) (sources, error) {
	s := sources{workspace: c.opts.workspace}
	for _, arg := range args {
		switch {
		case workspace.IsWorkspace(arg) && s.workspace == "":
			s.workspace = arg
		case workspace.IsWorkspace(arg) && !same(arg, s.workspace):
			return s, usage(i18n.Errorf("%s and %s are both workspaces; name one", s.workspace, arg))
		case workspace.IsWorkspace(arg):
		case strings.HasSuffix(arg, ".duckdb") && !exists(arg):
			return s, i18n.Errorf("there is no workspace %s; make it with worth load FILE… -w %s", arg, arg)
		default:
			s.files = append(s.files, arg)
		}
	}
	return s, nil
}

// subject takes the first argument that names no source out of the arguments: an
// id or a query, which sources may surround. If all of them do, it is the first.
func (c *call) subject() (subject string, rest []string) {
	at := 0
	for i, arg := range c.args {
		if !exists(arg) {
			at = i
			break
		}
	}
	rest = append(rest, c.args[:at]...)
	return c.args[at], append(rest, c.args[at+1:]...)
}

// exists reports whether an argument names a file, a folder, or a glob of some.
func exists(arg string) bool {
	if _, err := os.Stat(arg); err == nil {
		return true
	}
	matches, err := filepath.Glob(arg)
	return err == nil && len(matches) > 0
}

// same reports whether two paths lead to one file.
func same(a, b string) bool {
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}

// use opens the workspace that args name, loads the files they name into it, and
// lets ask question it. Nothing loaded is an error of its own.
func (c *call) use(ctx context.Context, args []string, ask func(*workspace.Workspace) error) error {
	s, err := c.sources(args)
	if err != nil {
		return err
	}
	if s.workspace == "" && len(s.files) == 0 {
		return usage(i18n.Errorf("name the exports to read, or a workspace with -w"))
	}
	return c.open(ctx, s, func(w *workspace.Workspace) error {
		if len(s.files) == 0 {
			if err := c.loaded(ctx, w); err != nil {
				return err
			}
		} else if _, err := c.read(ctx, w, s.files); err != nil {
			return err
		}
		c.say.clear()
		return ask(w)
	})
}

// revealed notes in a workspace on disk that personal fields are shown.
func (c *call) revealed(ctx context.Context, w *workspace.Workspace, what string) error {
	if !c.opts.reveal || w.Path() == "" {
		return nil
	}
	return w.LogReveal(ctx, what)
}

// open opens a workspace, makes the settings given, and closes it after then.
func (c *call) open(ctx context.Context, s sources, then func(*workspace.Workspace) error) (err error) {
	engine := c.engine()
	engine.Create = len(s.files) > 0
	w, err := workspace.Open(ctx, s.workspace, engine)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if err := c.apply(ctx, w); err != nil {
		return err
	}
	return then(w)
}

// apply makes the settings of the command line those of the workspace.
func (c *call) apply(ctx context.Context, w *workspace.Workspace) error {
	if len(c.opts.settings) == 0 {
		return nil
	}
	settings := w.Settings()
	for _, change := range c.opts.settings {
		change(&settings)
	}
	if err := w.Apply(ctx, settings, c.say.progress); err != nil {
		return err
	}
	if w.Path() != "" {
		c.say.sentence(i18n.T("%s keeps these settings.", w.Path()))
	}
	return nil
}

// loaded returns an error when a workspace holds nothing yet.
func (c *call) loaded(ctx context.Context, w *workspace.Workspace) error {
	empty, err := w.Empty(ctx)
	if err != nil {
		return err
	}
	if empty {
		return &noDataError{w.Path()}
	}
	return nil
}

// read loads files into a workspace and says what is odd about them.
func (c *call) read(ctx context.Context, w *workspace.Workspace, files []string) (workspace.LoadReport, error) {
	report, err := w.Load(ctx, c.request(files), c.say.progress)
	if err != nil {
		return report, err
	}
	c.warn(report)
	return report, nil
}

// request completes what the command line says about loading.
func (c *call) request(files []string) workspace.LoadRequest {
	request := c.opts.load
	request.Sources = files
	return request
}

// rejected says which row could not be used and why.
func rejected(r *workspace.Reject) string {
	line := strconv.FormatInt(r.Line, 10)
	if r.Column == "" {
		return i18n.T("line %s: %s", line, r.Reason)
	}
	return i18n.T("line %s, %s %q: %s", line, r.Column, r.Value, r.Reason)
}

// warn says what a load found odd.
func (c *call) warn(report workspace.LoadReport) {
	for _, file := range report.Files {
		for _, warning := range file.Warnings {
			c.say.sentence(file.Title() + ": " + warning)
		}
		if r := file.FirstReject; r != nil {
			c.say.sentence(i18n.T("%s: %d of %d row{s} {was|were} rejected; the first is %s", file.Title(), file.Rejected, file.Rows, rejected(r)))
		}
	}
	for _, warning := range report.Warnings {
		c.say.sentence(warning)
	}
}
