package cli

import (
	"context"
	"errors"
	"os"
	"strconv"

	"github.com/spf13/pflag"

	"worth/internal/demo"
	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// demoFlags defines the flags of the verb demo.
func demoFlags(o *options, flags *pflag.FlagSet) {
	o.program(flags)
	flags.Func("customers", i18n.T("customers of the shop"), func(s string) (err error) {
		o.customers, err = parseCount(s, demo.MinCustomers, demo.MaxCustomers)
		return err
	})
	flags.Func("orders", i18n.T("orders of the shop, met within 2 %%"), func(s string) (err error) {
		o.orders, err = parseCount(s, 1, maxCount)
		return err
	})
	flags.Func("seed", i18n.T("number that another shop grows from"), func(s string) (err error) {
		if o.seed, err = strconv.ParseUint(s, 10, 64); err != nil {
			return i18n.Errorf("%q is no seed; write a whole number", s)
		}
		return nil
	})
}

// demo opens the invented shop, or writes its exports to the folder of -o.
func (c *call) demo(ctx context.Context) (err error) {
	if len(c.args) > 0 {
		return usage(i18n.Errorf("worth demo invents its own data; leave %q out", c.args[0]))
	}
	if c.opts.output != "" {
		return c.writeDemo(ctx)
	}
	dir, err := os.MkdirTemp("", "worth-demo-")
	if err != nil {
		return i18n.Errorf("there is no place for the exports of the demo shop: %v", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if _, err := c.invent(ctx, dir); err != nil {
		return err
	}
	c.args = []string{dir}
	return c.explore(ctx)
}

// invent writes the exports of the shop that the flags describe.
func (c *call) invent(ctx context.Context, dir string) ([]demo.File, error) {
	size := demo.Options{Customers: c.opts.customers, Orders: c.opts.orders, Seed: c.opts.seed}
	files, err := demo.Write(ctx, dir, size, func(done, total int) {
		c.say.progress(workspace.Progress{Step: i18n.T("inventing a shop"), Share: float64(done) / float64(total)})
	})
	c.say.clear()
	return files, err
}

// writeDemo writes the exports to a folder and prints their names.
func (c *call) writeDemo(ctx context.Context) error {
	files, err := c.invent(ctx, c.opts.output)
	if err != nil {
		return err
	}
	t := &tabular.Table{Columns: []tabular.Column{{Name: "file"}, {Name: "rows", Kind: tabular.Integer}, {Name: "a_row_is"}}}
	for _, f := range files {
		t.Rows = append(t.Rows, []any{f.Name, int64(f.Rows), f.What.String()})
	}
	c.opts.output = "" // the list goes to stdout
	return c.print(ctx, answer{name: "demo", rows: tabular.NewSource(t)})
}
