package page

import (
	"context"
	"errors"
	"math"
	"slices"

	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// diffData is a comparison as the page shows it.
type diffData struct {
	before, after snapshot.Record
	differs       snapshot.Differs
	rules         []workspace.Fact // in which they differ, as they are later
	measures      []diffMeasure
	added         int64
	removed       int64
	changed       int64
	same          int64
	lines         *tabular.Table // diffColumns: everything that moved
	cut           bool           // more moved than lines are kept
	wrong         int            // lines whose parts do not add up to the change
	unsplit       bool           // the change cannot be split by cause
	warnings      []string
}

// diffMeasure is a column that was compared.
type diffMeasure struct {
	label string
	moved int // lines of it
}

// diffColumns are the columns of the lines.
var diffColumns = []tabular.Column{
	{Name: "key", Title: "key", Doc: "what tells the row apart"},
	{Name: "measure", Title: "measure", Doc: "column that is compared; shares in per cent, change of days in days"},
	{Name: "before", Title: "before", Kind: tabular.Float, Doc: "in the earlier one; none for a row that was added"},
	{Name: "after", Title: "after", Kind: tabular.Float, Doc: "in the later one; none for a row that was removed"},
	{Name: "change", Title: "change", Kind: tabular.Float, Doc: "after − before"},
	{Name: "data", Title: "by data", Kind: tabular.Float, Doc: "part of the change that files loaded, or rows changed, made"},
	{Name: "rules", Title: "by rules", Kind: tabular.Float, Doc: "part that settings made: scheme, cut-points, model, scenario, basis, window …"},
	{Name: "as_of", Title: "by as-of", Kind: tabular.Float, Doc: "part that the last day that counts made"},
	{Name: "share", Title: "share", Kind: tabular.Share, Doc: "of what was before"},
	{Name: "row", Title: "row", Doc: "whether the row is new, gone or in both"},
}

// diffMeasureAt is the column of the measure.
const diffMeasureAt = 1

// mostDifferences is how many lines are kept.
const mostDifferences = 100_000

// errEnough ends reading a comparison.
var errEnough = errors.New("enough")

// earlierFirst orders two snapshots by the last day that counts, and by when they were
// saved where that is the same.
func earlierFirst(ctx context.Context, ws *workspace.Workspace, one, other string) (before, after string, err error) {
	if one == snapshot.Now || other == snapshot.Now {
		return one, other, nil
	}
	a, err := ws.Snapshot(ctx, one)
	if err != nil {
		return one, other, err
	}
	b, err := ws.Snapshot(ctx, other)
	if err != nil {
		return one, other, err
	}
	if b.Record.AsOf < a.Record.AsOf || b.Record.AsOf == a.Record.AsOf && b.Record.SavedAt.Before(a.Record.SavedAt) {
		return other, one, nil
	}
	return one, other, nil
}

// readDiff compares and reads what moved.
func readDiff(ctx context.Context, ws *workspace.Workspace, before, after string, revealed bool, tell func(workspace.Progress)) (out diffData, err error) {
	d, err := ws.DiffSnapshots(ctx, before, after, tell)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if !revealed {
		d.Veil()
	}
	out = diffData{
		before: d.Before, after: d.After, differs: snapshot.Compare(&d.Before, &d.After), rules: workspace.DifferingRules(&d.Before, &d.After),
		added: d.Added, removed: d.Removed, changed: d.Changed, same: d.Same, warnings: d.Warnings, unsplit: d.Cause == snapshot.Whole,
		lines: &tabular.Table{Columns: diffColumns},
	}
	tell(workspace.Progress{Step: i18n.T("reading what moved"), Share: -1})
	moved := map[string]int{}
	err = d.Each(ctx, false, func(c workspace.Difference) error {
		if len(out.lines.Rows) == mostDifferences {
			out.cut = true
			return errEnough
		}
		if c.Before == nil && c.After == nil && !partsMove(c) { // unknown in a row that came or went
			return nil
		}
		row, right := diffLine(c, d.Cause)
		if !right {
			out.wrong++
		}
		moved[measureLabel(c.Measure)]++
		out.lines.Rows = append(out.lines.Rows, row)
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	for i := range d.Measures {
		label := measureLabel(&d.Measures[i])
		out.measures = append(out.measures, diffMeasure{label, moved[label]})
	}
	return out, err
}

// measureLabel names a measure and says what it is counted in.
func measureLabel(m *workspace.Measure) string {
	name := heading(m.Column)
	if m.Kind == tabular.Share {
		return i18n.T("%s, %%", name)
	}
	return name
}

// percentPoints are what a share of 1 comes to.
const percentPoints = 100

// diffLine writes a difference as a row of diffColumns and reports whether its parts
// add up to the change.
func diffLine(c workspace.Difference, cause snapshot.Cause) (row []any, right bool) {
	parts := c.Parts
	if cause != "" { // it is all due to one, or nobody knows
		parts = [3]any{}
		if i := slices.Index(snapshot.Causes, cause); i >= 0 {
			parts[i] = c.Change
		}
	}
	standing := i18n.T("in both")
	switch {
	case !c.Was:
		standing = i18n.T("new")
	case !c.Stands:
		standing = i18n.T("gone")
	}
	kind := c.Measure.Kind
	cell := func(v any) any {
		f, number := tabular.Number(v)
		if number && kind == tabular.Share {
			return f * percentPoints
		}
		if !number && v != nil {
			return tabular.Plain(v, kind)
		}
		return v
	}
	row = []any{
		c.Key, measureLabel(c.Measure), cell(c.Before), cell(c.After), cell(c.Change),
		cell(parts[0]), cell(parts[1]), cell(parts[2]), changeShare(c), standing,
	}
	return row, cause != "" || addsUp(c)
}

// changeShare is how large a change is, measured by what was before.
func changeShare(c workspace.Difference) any {
	change, ok := tabular.Number(c.Change)
	before, known := tabular.Number(c.Before)
	if !ok || !known || before == 0 {
		return nil
	}
	return change / math.Abs(before)
}

// partsMove reports whether any part of a change is anything but nothing.
func partsMove(c workspace.Difference) bool {
	return slices.ContainsFunc(c.Parts[:], func(p any) bool {
		f, number := tabular.Number(p)
		return p != nil && (!number || f != 0)
	})
}

// addsUp reports whether the parts of a change come to it, to the digits that numbers
// of that size have.
func addsUp(c workspace.Difference) bool {
	change, ok := tabular.Number(c.Change)
	if !ok {
		return true // texts have no sum
	}
	sum := 0.0
	for _, p := range c.Parts {
		f, _ := tabular.Number(p)
		sum += f
	}
	before, _ := tabular.Number(c.Before)
	after, _ := tabular.Number(c.After)
	const digits = 1e-9
	return math.Abs(sum-change) <= digits*(1+math.Abs(before)+math.Abs(after))
}

// of returns the lines of a measure, or all of them for none.
func (d *diffData) of(measure string) *tabular.Table {
	if measure == "" || d.lines == nil {
		return d.lines
	}
	t := &tabular.Table{Columns: diffColumns}
	for _, row := range d.lines.Rows {
		if row[diffMeasureAt] == measure {
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}
