// Package ui is the program an analyst meets: pages on a stack, dialogs over
// them, one line that says under which settings every number was made, and keys
// that are data.
//
// The root (this package) routes messages and interprets what pages ask of the
// program; pages (ui/page) put questions to the workspace in commands and draw
// the answers with widgets (ui/widget). Nothing here knows SQL, DuckDB or files.
// The interface never blocks: whatever takes time runs in a command, is seen to
// run, and can be cancelled.
package ui

import (
	"context"
	"errors"
	"os"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
)

// Options are how the program starts.
type Options struct {
	Sources   *workspace.LoadRequest // loaded first, with progress; nil for nothing
	Theme     string                 // auto, dark, light or plain; empty is auto
	Mouse     bool                   // whether the mouse is listened to at first
	Recent    []string               // workspace files opened before, the latest first
	Pick      bool                   // start by choosing a workspace or files
	OnOpen    func(path string)      // told of every workspace file opened from within; may be nil
	Workspace workspace.Options      // for those workspaces
	Version   string                 // of the program, noted in snapshots
}

// Run shows the program in the terminal until the reader leaves it or ctx ends.
// The workspace stays open; it belongs to the caller. The terminal is restored
// whatever happens. Run returns ctx's error when that ended it,
// context.Canceled after an interrupt, and a sentence when the terminal cannot
// be used or the program failed.
func Run(ctx context.Context, ws *workspace.Workspace, o Options) error {
	o.Theme = themeName(o.Theme, os.Getenv)
	r := newRoot(ctx, ws, o)
	_, err := tea.NewProgram(r, tea.WithContext(ctx)).Run()
	var kept error
	if !errors.Is(err, tea.ErrProgramPanic) {
		kept = r.keepSession()()
	}
	r.stack.forget()
	if r.opened != nil {
		err = errors.Join(err, r.opened.Close())
	}
	switch {
	case err == nil:
		return kept
	case errors.Is(err, tea.ErrProgramPanic):
		return i18n.Errorf("worth stopped because of a mistake of its own; nothing in the workspace was changed by it (%v)", err)
	case errors.Is(err, tea.ErrInterrupted):
		return context.Canceled
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return i18n.Errorf("the program cannot be shown in this terminal: %v", err)
}

// themeName returns the theme to use: plain where colour is not wanted
// (NO_COLOR) or cannot be (TERM=dumb), whatever was asked for.
func themeName(asked string, env func(string) string) string {
	if env("NO_COLOR") != "" || env("TERM") == "dumb" {
		return "plain"
	}
	return asked
}
