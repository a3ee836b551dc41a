package workspace

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/tabular"
)

// Diff is two snapshots side by side. It holds copies in the database until it is
// closed; loading and new settings end it. Its methods may be called concurrently.
type Diff struct {
	Before, After snapshot.Record
	Measures      []Measure      // columns of both that are not part of the key
	Added         int64          // rows that are in the later one alone
	Removed       int64          // rows that are in the earlier one alone
	Changed       int64          // rows of both that differ in a measure
	Same          int64          // rows of both that do not
	Warnings      []string       // sentences: what to bear in mind
	Cause         snapshot.Cause // of everything, when the change cannot be split; empty when it is

	w     *Workspace
	view  string
	plan  snapshot.Plan
	steps [3]string // their views; empty where the plan has no need of one

	repeated bool // the key does not tell all rows apart
	veiled   bool
}

// Measure is a column that is compared.
type Measure struct {
	tabular.Column
	Moved int64 // rows of both in which it differs
}

// Difference is one measure of one row in both snapshots.
type Difference struct {
	Key         string
	Was, Stands bool // whether the row is in the earlier and in the later one
	Measure     *Measure
	Before      any
	After       any
	Change      any    // after − before, days for dates; for text "a → b", nil when it is the same
	Parts       [3]any // of the change, by snapshot.Causes; for text the step that a cause made, nil for none
}

// Moves reports whether anything moved: the whole, or parts that cancel out.
func (d *Difference) Moves() bool {
	return d.Was != d.Stands || d.Before != d.After || slices.ContainsFunc(d.Parts[:], func(p any) bool {
		f, number := tabular.Number(p)
		return p != nil && (!number || f != 0)
	})
}

// DiffSnapshots compares two snapshots of one page, or one with now, which is what
// its question answers as the workspace is. The change is split by cause, by asking
// the question of today's data with one thing changed at a time, in the order of
// snapshot.Causes. That is done beside the workspace, which does not change.
// Progress may be called from another goroutine.
func (w *Workspace) DiffSnapshots(ctx context.Context, before, after string, progress func(Progress)) (*Diff, error) {
	a, err := w.Snapshot(ctx, before)
	if err != nil {
		return nil, err
	}
	d := &Diff{w: w, Before: a.Record, view: "diff_" + strconv.FormatInt(w.views.Add(1), 10)}
	var b *Snapshot
	if after != snapshot.Now {
		if b, err = w.Snapshot(ctx, after); err != nil {
			return nil, err
		}
		d.After = b.Record
	}
	if err := d.comparable(ctx, b == nil); err != nil {
		return nil, err
	}
	err = w.aside(ctx, func(ctx context.Context, aside *duck.Aside) error {
		from := place{aside.Home(), "saved", tableOf(a.key)}
		to := place{aside.Name(), "main", "after"}
		if b != nil {
			to = place{aside.Home(), "saved", tableOf(b.key)}
		} else if err := d.now(ctx, aside, to); err != nil {
			return err
		}
		if err := d.align(ctx, aside, from, to); err != nil {
			return err
		}
		return d.explain(ctx, aside, progress)
	})
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// comparable returns why the snapshots cannot be compared.
func (d *Diff) comparable(ctx context.Context, now bool) error {
	switch {
	case now && !d.Before.Asks():
		return i18n.Errorf("%q was worked out by the program and cannot be asked again of the workspace as it is; compare it with another snapshot", d.Before.Name)
	case !now && d.Before.Page != d.After.Page:
		return i18n.Errorf("%q is of the page %s and %q of the page %s; compare snapshots of one page",
			d.Before.Name, string(d.Before.Page), d.After.Name, string(d.After.Page))
	}
	for _, r := range []*snapshot.Record{&d.Before, &d.After} {
		if r.Page == snapshot.SQL { // it may have come from elsewhere
			if err := d.w.vet(ctx, r.Question.SQL); err != nil {
				return i18n.Errorf("the query of the snapshot %q cannot be asked again: %v", r.Name, err)
			}
		}
	}
	return nil
}

// now asks the question of the earlier snapshot as the workspace is.
func (d *Diff) now(ctx context.Context, aside *duck.Aside, to place) error {
	state, r, err := current(ctx, aside, &d.Before)
	if err != nil {
		return err
	}
	return aside.Beside(ctx, func(ctx context.Context, tx *duck.Tx) error {
		a, err := state.answer(ctx, tx, &r, to)
		if err != nil {
			return err
		}
		if a.columns == nil {
			res, err := tx.Query(ctx, duck.Call{Name: "snapshot/empty", Idents: to.idents()})
			if err != nil {
				return err
			}
			a.columns = columnsOf(res.Names, res.Types)
		}
		r.Columns, r.Key = snapshot.Describe(a.columns), d.Before.Key
		d.After = r
		return nil
	})
}

// The prefixes of the columns of a comparison.
const (
	beforeIt = "before."
	afterIt  = "after."
	thenIt   = "then."
)

// align puts the rows of the two side by side.
func (d *Diff) align(ctx context.Context, aside *duck.Aside, from, to place) error {
	d.measures()
	for _, side := range []string{"snapshot/side", "snapshot/side_numbered"} {
		parts := map[string]duck.Call{"before": d.side(side, from, beforeIt), "after": d.side(side, to, afterIt)}
		for _, name := range []string{"snapshot/align", "snapshot/align_added"} {
			c := duck.Call{Name: name, Idents: duck.Idents{"view": d.view}, Parts: parts, Args: duck.Args{"rows": d.Before.Rows}}
			if _, err := aside.Exec(ctx, c); err != nil {
				return err
			}
		}
		res, err := aside.Query(ctx, duck.Call{Name: "snapshot/aligned", Idents: duck.Idents{"view": d.view}})
		if err != nil {
			return err
		}
		rows := rowsOf(res)
		d.Added, d.Removed, d.Same = rows[0].whole("added"), rows[0].whole("removed"), rows[0].whole("n")
		if rows[0].whole("n") == rows[0].whole("keys") {
			break
		}
		d.repeated = true
		d.Warnings = append(d.Warnings, i18n.T("%s does not tell all rows apart; rows that have it in common are compared in their order", strings.Join(d.Before.Key, ", ")))
	}
	return d.count(ctx, aside)
}

// side is one side of the comparison.
func (d *Diff) side(name string, at place, prefix string) duck.Call {
	idents := at.idents()
	idents["names"] = prefix + `\0`
	key := duck.Call{Name: "snapshot/key_none"}
	for i, column := range d.Before.Key {
		c := duck.Call{Name: "snapshot/key_column", Idents: duck.Idents{"column": column}}
		if i > 0 {
			c.Name, c.Parts = "snapshot/key_columns", map[string]duck.Call{"left": key}
		}
		key = c
	}
	return duck.Call{Name: name, Idents: idents, Parts: map[string]duck.Call{"key": key}}
}

// measures finds the columns that can be compared, and warns of others.
func (d *Diff) measures() {
	later := d.After.Tabular()
	var only []string
	for _, c := range d.Before.Tabular() {
		_, both := columnNamed(later, c.Name)
		switch {
		case slices.Contains(d.Before.Key, c.Name):
		case both:
			d.Measures = append(d.Measures, Measure{Column: c})
		default:
			only = append(only, c.Name)
		}
	}
	for _, c := range later {
		if _, both := columnNamed(d.Before.Tabular(), c.Name); !both {
			only = append(only, c.Name)
		}
	}
	if len(only) > 0 {
		d.Warnings = append(d.Warnings, i18n.T("not compared, as one of the two does not have it: %s", strings.Join(only, ", ")))
	}
}

// count counts the rows that differ, in all and in every measure.
func (d *Diff) count(ctx context.Context, aside *duck.Aside) error {
	differs := duck.Call{Name: "filter/none"}
	for i := range d.Measures {
		m := &d.Measures[i]
		idents := duck.Idents{"view": d.view, "before": beforeIt + m.Name, "after": afterIt + m.Name}
		res, err := aside.Query(ctx, duck.Call{Name: "snapshot/moved", Idents: idents})
		if err != nil {
			return err
		}
		if m.Moved = rowsOf(res)[0].whole("n"); m.Moved == 0 {
			continue
		}
		part := duck.Call{Name: "snapshot/differs", Idents: idents}
		if differs.Name == "filter/none" {
			differs = part
		} else {
			differs = duck.Call{Name: "filter/either", Parts: map[string]duck.Call{"left": differs, "right": part}}
		}
	}
	res, err := aside.Query(ctx, duck.Call{Name: "snapshot/changed_rows", Idents: duck.Idents{"view": d.view}, Parts: map[string]duck.Call{"differs": differs}})
	if err != nil {
		return err
	}
	d.Changed = rowsOf(res)[0].whole("n")
	d.Same -= d.Changed + d.Added + d.Removed
	return nil
}

// explain asks what is needed to split the change by cause.
func (d *Diff) explain(ctx context.Context, aside *duck.Aside, progress func(Progress)) error {
	today, err := dataPrint(ctx, aside)
	if err != nil {
		return err
	}
	differs := snapshot.Compare(&d.Before, &d.After)
	scored := slices.Contains([]snapshot.Page{snapshot.Segments, snapshot.Customers, snapshot.Customer, snapshot.Scenario}, d.Before.Page)
	if scored && !differs.Rules && !reflect.DeepEqual(d.Before.Cuts, d.After.Cuts) {
		d.Warnings = append(d.Warnings, i18n.T("the cut-points of the scores are quantiles and moved with the customers; a part of what changed in segments is that. Freeze them, or look at the migration matrix, which holds them"))
	}
	if !d.Before.Asks() || !d.After.Asks() {
		return d.unsplit(differs)
	}
	d.plan = snapshot.Explain(&d.Before, &d.After, today)
	for i, step := range snapshot.Steps() {
		if d.plan.Steps[i] != snapshot.Run {
			continue
		}
		if err := d.run(ctx, aside, i, step, progress); err != nil {
			return err
		}
	}
	return nil
}

// unsplit puts everything down to the one thing that differs, if it is one.
func (d *Diff) unsplit(differs snapshot.Differs) error {
	d.plan = snapshot.Plan{Steps: [3]snapshot.From{snapshot.Before, snapshot.Same, snapshot.Same}}
	only, one := differs.Only()
	d.Cause = only
	if !one {
		d.Warnings = append(d.Warnings, i18n.T("%s was worked out by the program and cannot be asked again, so the change is not split by cause", string(d.Before.Page)))
	}
	return nil
}

// run asks the question of a step and puts the answer beside the two.
func (d *Diff) run(ctx context.Context, aside *duck.Aside, i int, step snapshot.Step, progress func(Progress)) error {
	set, asks, err := stepSettings(step, &d.Before, &d.After)
	if err != nil {
		return err
	}
	needed := 0
	for _, from := range d.plan.Steps {
		if from == snapshot.Run {
			needed++
		}
	}
	tell := func(what string, share float64) {
		if progress != nil {
			done := 0
			for _, from := range d.plan.Steps[:i] {
				if from == snapshot.Run {
					done++
				}
			}
			progress(Progress{Step: i18n.T("asking again as of %s: %s", set.AsOf.Format("2006-01-02"), what), Share: (float64(done) + share) / float64(needed)})
		}
	}
	to := place{aside.Name(), "main", "step_" + strconv.Itoa(i)}
	err = rerun(ctx, aside, set, tell, func(ctx context.Context, tx *duck.Tx, out derived) error {
		_, err := out.answer(ctx, tx, asks, to)
		return err
	})
	if err != nil {
		return err
	}
	d.steps[i] = d.view + "_" + strconv.Itoa(i)
	side := "snapshot/side"
	if d.repeated {
		side = "snapshot/side_numbered"
	}
	_, err = aside.Exec(ctx, duck.Call{
		Name: "snapshot/align_step", Idents: duck.Idents{"step": d.steps[i], "view": d.view},
		Parts: map[string]duck.Call{"answer": d.side(side, to, thenIt)},
	})
	return err
}
