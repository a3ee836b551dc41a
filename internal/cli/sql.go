package cli

import (
	"context"

	"github.com/spf13/pflag"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// sqlFlags defines the flags of the verb sql.
func sqlFlags(o *options, flags *pflag.FlagSet) {
	flags.BoolVar(&o.write, "write", false, i18n.T("let the statement change the workspace, and read and write files"))
}

// sql prints the rows of a query, as they come, or changes the workspace.
func (c *call) sql(ctx context.Context) error {
	if len(c.args) == 0 {
		return usage(i18n.Errorf("write the query: worth sql 'select …' SRC…"))
	}
	statement, rest := c.subject()
	return c.use(ctx, rest, func(w *workspace.Workspace) error {
		if c.opts.write && workspace.Changes(statement) {
			return c.change(ctx, w, statement)
		}
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

// change runs a statement that changes the workspace and prints how many rows it
// changed.
func (c *call) change(ctx context.Context, w *workspace.Workspace, statement string) error {
	n, err := w.WriteSQL(ctx, statement, nil)
	if err != nil {
		return err
	}
	changed := &tabular.Table{
		Columns: []tabular.Column{{Name: "changed", Title: "rows changed", Kind: tabular.Integer}},
		Rows:    [][]any{{n}},
	}
	return c.print(ctx, answer{name: "sql", rows: tabular.NewSource(changed), exact: true})
}
