package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"worth/internal/workspace"
)

// New returns the program without a terminal, for whoever sends the messages and
// draws the screen themselves, as the pictures of the README are made. The
// environment has no say in the theme: auto is dark unless a message says
// otherwise. The workspace stays open; it belongs to the caller.
func New(ctx context.Context, ws *workspace.Workspace, o Options) tea.Model {
	return newRoot(ctx, ws, o)
}
