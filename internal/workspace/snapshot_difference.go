package workspace

import (
	"context"
	"errors"
	"slices"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/tabular"
)

// Each hands every measure of every row to visit, in the order of the earlier
// snapshot, rows that were added last: all of them, or those in which anything
// moved.
func (d *Diff) Each(ctx context.Context, all bool, visit func(Difference) error) error {
	const chunk = 4096
	total := int(d.Added + d.Removed + d.Changed + d.Same)
	for from := 0; from < total; from += chunk {
		rows, err := d.rows(ctx, from, chunk)
		if err != nil {
			return err
		}
		for _, r := range rows {
			for i := range d.Measures {
				if c := d.difference(r, &d.Measures[i]); all || c.Moves() {
					if err := visit(c); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// Row returns all measures of one row, 0-based in the order of Each.
func (d *Diff) Row(ctx context.Context, n int) ([]Difference, error) {
	rows, err := d.rows(ctx, n, 1)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	out := make([]Difference, len(d.Measures))
	for i := range d.Measures {
		out[i] = d.difference(rows[0], &d.Measures[i])
	}
	return out, nil
}

// Len returns the number of rows, those that did not change included.
func (d *Diff) Len() int { return int(d.Added + d.Removed + d.Changed + d.Same) }

// abreast is a row of both snapshots and of the steps between.
type abreast struct {
	row
	steps [3]*row // nil where the plan has no need of one
}

// rows reads rows of the comparison.
func (d *Diff) rows(ctx context.Context, from, n int) ([]abreast, error) {
	wide, err := d.page(ctx, d.view, from, n)
	if err != nil {
		return nil, err
	}
	out := make([]abreast, len(wide))
	for i := range wide {
		out[i].row = wide[i]
	}
	for k, view := range d.steps {
		if view == "" {
			continue
		}
		step, err := d.page(ctx, view, from, n)
		if err != nil {
			return nil, err
		}
		if len(step) != len(out) {
			return nil, i18n.Errorf("the comparison is not complete; make it again")
		}
		for i := range step {
			out[i].steps[k] = &step[i]
		}
	}
	return out, nil
}

func (d *Diff) page(ctx context.Context, view string, from, n int) ([]row, error) {
	c := duck.Call{Name: "snapshot/compared", Idents: duck.Idents{"view": view}, Args: duck.Args{"from": from, "to": from + n}}
	names, out := map[string]int{}, []row{}
	err := d.w.db.EachLegible(ctx, c, func(columns []string) {
		for i, name := range columns {
			names[name] = i
		}
	}, func(cells []any) error {
		out = append(out, row{names, append([]any{}, cells...)})
		return nil
	})
	return out, err
}

// difference splits one measure of a row.
func (d *Diff) difference(r abreast, m *Measure) Difference {
	c := Difference{Key: r.text("key"), Measure: m, Before: r.cell(beforeIt + m.Name), After: r.cell(afterIt + m.Name)}
	if c.Key == "" && len(d.Before.Key) == 0 {
		c.Key = string(d.Before.Page)
	}
	c.Was, _ = r.cell("was").(bool)
	c.Stands, _ = r.cell("stands").(bool)
	var at [3]any
	var then any
	for i, from := range d.plan.Steps {
		switch from {
		case snapshot.Before:
			then = c.Before
		case snapshot.After:
			then = c.After
		case snapshot.Run:
			then = r.steps[i].cell(thenIt + m.Name)
		case snapshot.Same:
		}
		at[i] = then
	}
	if m.Kind == tabular.Text {
		c.Change, c.Parts = told(c.Before, c.After, at)
	} else {
		c.Change, c.Parts = snapshot.Split(c.Before, c.After, at)
	}
	if d.veiled {
		return d.masked(c)
	}
	return c
}

// told splits a change of text: a part is the step that a cause made.
func told(before, after any, at [3]any) (change any, parts [3]any) {
	step := func(from, to any) any {
		if from == to {
			return nil
		}
		return tabular.Plain(from, tabular.Text) + " → " + tabular.Plain(to, tabular.Text)
	}
	parts = [3]any{step(before, at[0]), step(at[0], at[1]), step(at[1], at[2])}
	if parts[0] == nil {
		parts[0] = step(at[2], after)
	}
	return step(before, after), parts
}

// Veil masks personal fields, and the ids by which files call people nobody knows, in
// everything that is read from now on.
func (d *Diff) Veil() { d.veiled = true }

// masked masks a difference.
func (d *Diff) masked(c Difference) Difference {
	for _, column := range d.Before.Tabular() {
		if column.Personal && slices.Contains(d.Before.Key, column.Name) {
			c.Key = Mask(column.Name, c.Key)
		}
	}
	if d.Before.Page == snapshot.Referrals {
		c.Key = MaskStated(c.Key)
	}
	stated := d.Before.Page == snapshot.Referrals && c.Measure.Kind == tabular.Text
	if !c.Measure.Personal && !stated {
		return c
	}
	for _, cell := range []*any{&c.Before, &c.After} {
		if text, ok := (*cell).(string); ok && c.Measure.Personal {
			*cell = Mask(c.Measure.Name, text)
		} else if ok {
			*cell = MaskStated(text)
		} else {
			*cell = nil
		}
	}
	for _, part := range append([]*any{&c.Change}, &c.Parts[0], &c.Parts[1], &c.Parts[2]) {
		if *part != nil {
			*part = "***"
		}
	}
	return c
}

// Close forgets the copies.
func (d *Diff) Close() error {
	var errs []error
	for _, view := range append([]string{d.view}, d.steps[:]...) {
		if view != "" {
			_, err := d.w.db.Exec(context.Background(), duck.Call{Name: "grid/drop", Idents: duck.Idents{"view": view}})
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// DifferenceColumns are the columns of CauseRows: a row for every key, measure and
// cause. mixed says whether a measure is text or a day, so that before and after are
// text too.
func (d *Diff) DifferenceColumns() []tabular.Column {
	kind := tabular.Float
	for _, m := range d.Measures {
		if !m.Kind.Numeric() {
			kind = tabular.Text
		}
	}
	return []tabular.Column{
		{Name: "key", Title: "key", Doc: "what tells the row apart"},
		{Name: "measure", Title: "measure", Doc: "column that is compared"},
		{Name: "before", Title: "before", Kind: kind, Doc: "in the earlier snapshot; none for a row that was added"},
		{Name: "after", Title: "after", Kind: kind, Doc: "in the later snapshot; none for a row that was removed"},
		{Name: "change", Title: "change", Kind: kind, Doc: "the part that is due to the cause; days for dates"},
		{Name: "cause", Title: "cause", Doc: "data, rules or as_of: what the part is due to"},
	}
}

// CauseRows hands a row as DifferenceColumns describes it to visit for every key,
// measure and cause: of everything, or of what moved.
func (d *Diff) CauseRows(ctx context.Context, all bool, visit func(row []any) error) error {
	return d.Each(ctx, all, func(c Difference) error {
		before, after := plainDay(c.Before, c.Measure.Kind), plainDay(c.After, c.Measure.Kind)
		if d.Cause != "" {
			return visit([]any{c.Key, c.Measure.Name, before, after, c.Change, string(d.Cause)})
		}
		for i, cause := range snapshot.Causes {
			if err := visit([]any{c.Key, c.Measure.Name, before, after, c.Parts[i], string(cause)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// plainDay writes days and moments as text.
func plainDay(cell any, kind tabular.Kind) any {
	if _, is := cell.(time.Time); is {
		return tabular.Plain(cell, kind)
	}
	return cell
}
