package cli

import (
	"context"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// sql prints the rows of a query, as they come.
func (c *call) sql(ctx context.Context) error {
	if len(c.args) == 0 {
		return usage(i18n.Errorf("write the query: worth sql 'select …' SRC…"))
	}
	statement, rest := c.subject()
	return c.use(ctx, rest, func(w *workspace.Workspace) error {
		if err := c.revealed(ctx, w, statement); err != nil {
			return err
		}
		rows := func(ctx context.Context, head func([]tabular.Column) error, visit func([]any) error) error {
			var veil mask
			return w.SQL(ctx, statement,
				func(row []any) error { return visit(veil.row(row)) },
				func(columns []tabular.Column) error {
					veil = c.mask(columns)
					return head(columns)
				})
		}
		return c.print(ctx, answer{name: "sql", stream: rows, exact: true, personal: true})
	})
}
