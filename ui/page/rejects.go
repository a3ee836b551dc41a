package page

import (
	"context"
	"path/filepath"

	"worth/internal/i18n"
	"worth/internal/workspace"
)

// NewRejects returns the grid of the rows that were not kept, with line, column,
// value and reason: those of one file, or of all when file is empty.
func NewRejects(env *Env, file string) Page {
	title := i18n.T("rejected rows")
	if file != "" {
		title = i18n.T("rejected rows of %s", filepath.Base(file))
	}
	ws := env.Workspace
	p := NewGridPage(env, title, func(ctx context.Context, _ string, _ bool, _ string) (Rows, error) {
		return ws.Rejects(ctx, file)
	}, nil)
	p.home = workspace.Place{Page: placeRejects, ID: file}
	return p
}
