package cli

import (
	"context"

	"worth/internal/tabular"
	"worth/internal/workspace"
)

// segments prints a row for every segment of the scheme.
func (c *call) segments(ctx context.Context) error {
	return c.use(ctx, c.args, func(w *workspace.Workspace) error {
		segments, err := w.Segments(ctx)
		if err != nil {
			return err
		}
		return c.print(ctx, answer{name: "segments", rows: tabular.NewSource(workspace.SegmentTable(segments))})
	})
}
