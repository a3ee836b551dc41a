package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/pflag"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// customersFlags defines the flags of the verb customers.
func customersFlags(o *options, flags *pflag.FlagSet) {
	flags.StringVar(&o.view.Segment, "segment", "", i18n.T("only customers of this segment"))
	flags.Func("where", i18n.T("only customers for whom this holds, such as 'orders >= 3'"), func(s string) error {
		o.view.Filter = s
		return workspace.CheckFilter(s)
	})
	flags.Func("sort", i18n.T("column to sort by; -column or 'column desc' for the largest first"), func(s string) error {
		o.view.Sort, o.view.Desc = parseSort(s)
		return nil
	})
	flags.Func("limit", i18n.T("only so many rows"), func(s string) (err error) {
		o.limit, err = parseCount(s, 1, maxCount)
		return err
	})
}

// maxCount is more than any answer has rows.
const maxCount = 1 << 40

// customers prints a row for every customer.
func (c *call) customers(ctx context.Context) error {
	return c.use(ctx, c.args, func(w *workspace.Workspace) (err error) {
		if err := knownColumn(c.opts.view.Sort, w.CustomerColumns()); err != nil {
			return err
		}
		rows, err := w.Customers(ctx, c.opts.view)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, rows.Close()) }()
		if err := c.revealed(ctx, w, "customers"); err != nil {
			return err
		}
		shown := tabular.Source(masked{rows, c.mask(rows.Columns())})
		if c.opts.limit > 0 {
			shown = limited{shown, c.opts.limit}
		}
		return c.print(ctx, answer{name: "customers", rows: shown, personal: true})
	})
}

// knownColumn returns an error that names the columns there are.
func knownColumn(name string, columns []tabular.Column) error {
	if name == "" {
		return nil
	}
	var names []string
	for _, column := range columns {
		if strings.EqualFold(column.Name, name) {
			return nil
		}
		names = append(names, column.Name)
	}
	return usage(i18n.Errorf("there is no column %q to sort by; choose %s", name, strings.Join(names, ", ")))
}
