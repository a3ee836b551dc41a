package cli

import (
	"context"
	"errors"
	"io"

	"github.com/spf13/pflag"

	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// Limits of what a diff prints unless it is asked for more.
const (
	fewRows   = 1000 // up to which rows that did not change are printed too
	mostLines = 200  // of a diff for people
)

// snapshotDiffFlags defines the flags of snapshot diff.
func snapshotDiffFlags(o *options, flags *pflag.FlagSet) {
	flags.BoolVar(&o.snapshot.all, "all", false, i18n.T("what did not change too; of up to %d rows it is printed anyway", fewRows))
	flags.BoolVar(&o.snapshot.migration, "migration", false, i18n.T("who went from which segment to which, instead"))
	flags.BoolVar(&o.snapshot.requantile, "requantile", false, i18n.T("with --migration: let the later segments have their own cut-points"))
}

// snapshotDiff prints what changed between two snapshots, or one and now, by cause.
func (c *call) snapshotDiff(ctx context.Context) error {
	return c.kept(ctx, "diff A B", 1, 2, func(w *workspace.Workspace, words []string) error {
		before, after := words[0], snapshot.Now
		if len(words) == 2 {
			after = words[1]
		}
		if c.opts.snapshot.migration {
			return c.migration(ctx, w, before, after)
		}
		return c.difference(ctx, w, before, after)
	})
}

// difference prints a row for every key, measure and cause.
func (c *call) difference(ctx context.Context, w *workspace.Workspace, before, after string) (err error) {
	if err := c.revealed(ctx, w, "difference of "+before+" and "+after); err != nil {
		return err
	}
	d, err := w.DiffSnapshots(ctx, before, after, c.say.progress)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if !c.opts.reveal {
		d.Veil()
	}
	c.say.clear()
	for _, warning := range d.Warnings {
		c.say.sentence(warning + ".")
	}
	all := c.opts.snapshot.all || d.Len() <= fewRows
	c.say.sentence(i18n.T("%d rows added, %d removed, %d changed, %d the same.", d.Added, d.Removed, d.Changed, d.Same))
	if !all {
		c.say.sentence(i18n.T("What did not change is left out; --all prints it."))
	}
	rows := func(ctx context.Context, head func([]tabular.Column) error, visit func([]any) error) error {
		if err := head(d.DifferenceColumns()); err != nil {
			return err
		}
		return d.CauseRows(ctx, all, visit)
	}
	return c.print(ctx, answer{name: "diff", stream: rows, exact: true, personal: true, text: diffText(ctx, d)})
}

// diffText writes a diff for people: a line for everything that moved.
func diffText(ctx context.Context, d *workspace.Diff) func(io.Writer) error {
	return func(out io.Writer) error {
		p := &printer{out: out}
		p.title(i18n.T("From %s to %s", dated(&d.Before), dated(&d.After)))
		t := tabular.Table{Columns: []tabular.Column{
			{Name: "key"},
			{Name: "measure"},
			{Name: "before", Kind: tabular.Float},
			{Name: "after", Kind: tabular.Float},
			{Name: "change", Kind: tabular.Float},
			{Name: "share", Kind: tabular.Share},
			{Name: "data", Kind: tabular.Float},
			{Name: "rules", Kind: tabular.Float},
			{Name: "as_of", Kind: tabular.Float},
		}}
		more := 0
		err := d.Each(ctx, false, func(c workspace.Difference) error {
			if len(t.Rows) == mostLines {
				more++
				return nil
			}
			parts := c.Parts
			if d.Cause != "" {
				parts = [3]any{}
			}
			t.Rows = append(t.Rows, []any{
				c.Key, c.Measure.Name, shown(c.Before, c.Measure), shown(c.After, c.Measure), c.Change, shareOf(c), parts[0], parts[1], parts[2],
			})
			return nil
		})
		if err != nil {
			return err
		}
		if len(t.Rows) == 0 {
			p.print("  " + i18n.T("nothing changed"))
			return p.err
		}
		p.table(t)
		if more > 0 {
			p.print(i18n.T("… and %d more; --format csv prints all", more))
		}
		if d.Cause != "" {
			p.print(i18n.T("all of it by %s", string(d.Cause)))
		}
		return p.err
	}
}

// dated names a snapshot with its as-of date.
func dated(r *snapshot.Record) string { return i18n.T("%s (as of %s)", r.Name, r.AsOf) }

// shown is a cell of a diff for people: days and moments as text.
func shown(cell any, m *workspace.Measure) any {
	switch m.Kind {
	case tabular.Date, tabular.Time, tabular.Boolean:
		return tabular.Plain(cell, m.Kind)
	case tabular.Text, tabular.Integer, tabular.Money, tabular.Float, tabular.Share:
	}
	return cell
}

// shareOf is how large a change is, measured by what there was before.
func shareOf(c workspace.Difference) any {
	change, ok := tabular.Number(c.Change)
	before, known := tabular.Number(c.Before)
	if !ok || !known || before == 0 {
		return nil
	}
	return change / before
}

// migration prints who went from which segment to which.
func (c *call) migration(ctx context.Context, w *workspace.Workspace, before, after string) error {
	m, err := w.Migration(ctx, before, after, c.opts.snapshot.requantile, c.say.progress)
	if err != nil {
		return err
	}
	for _, warning := range m.Warnings {
		c.say.sentence(warning + ".")
	}
	if m.Frozen {
		c.say.sentence(i18n.T("Segments as of %s are scored with the rules and cut-points of %q.", m.AsOf[1], before))
	}
	return c.print(ctx, answer{name: "migration", rows: tabular.NewSource(m.Table()), text: matrixText(m)})
}

// matrixText writes a migration matrix for people: customers, and what share of the
// row they are.
func matrixText(m *snapshot.Matrix) func(io.Writer) error {
	return func(out io.Writer) error {
		p := &printer{out: out}
		p.title(i18n.T("Customers by segment, as of %s (rows) and %s (columns)", m.AsOf[0], m.AsOf[1]))
		t := tabular.Table{Columns: []tabular.Column{{Name: i18n.T("from")}}}
		var to []string
		for _, name := range m.To {
			if reached(m, name) {
				to = append(to, name)
				t.Columns = append(t.Columns, tabular.Column{Name: i18n.T(name), Kind: tabular.Integer})
			}
		}
		t.Columns = append(t.Columns, tabular.Column{Name: i18n.T("all"), Kind: tabular.Integer}, tabular.Column{Name: i18n.T("stayed"), Kind: tabular.Share})
		for _, from := range m.From {
			size := m.Size(from)
			if size == 0 {
				continue
			}
			row := []any{i18n.T(from)}
			for _, name := range to {
				row = append(row, m.At(from, name).Customers)
			}
			var stayed any
			if from != snapshot.Newcomer {
				stayed = float64(m.At(from, from).Customers) / float64(size)
			}
			t.Rows = append(t.Rows, append(row, size, stayed))
		}
		p.table(t)
		return p.err
	}
}

// reached reports whether anybody went to a segment.
func reached(m *snapshot.Matrix, to string) bool {
	for _, from := range m.From {
		if m.At(from, to).Customers > 0 {
			return true
		}
	}
	return false
}
