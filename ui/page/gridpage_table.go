package page

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"worth/internal/tabular"
)

// tableRows are the rows of a table in memory.
type tableRows struct{ tabular.Source }

// Close has nothing to give up.
func (tableRows) Close() error { return nil }

// openTable returns a callback over a table in memory that can sort but not
// filter. The rows it hands out are the table's own, in another order.
func openTable(t *tabular.Table) OpenRows {
	return func(ctx context.Context, sort string, desc bool, _ string) (Rows, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		at := t.Index(sort)
		if at < 0 {
			return tableRows{tabular.NewSource(t)}, nil
		}
		sorted := &tabular.Table{Columns: t.Columns, Rows: slices.Clone(t.Rows)}
		slices.SortStableFunc(sorted.Rows, func(a, b []any) int { return compareCells(a[at], b[at], desc) })
		return tableRows{tabular.NewSource(sorted)}, nil
	}
}

// compareCells orders cells of one column; those without a value come last in
// either direction.
func compareCells(a, b any, desc bool) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	if desc {
		a, b = b, a
	}
	x, number := tabular.Number(a)
	y, both := tabular.Number(b)
	switch {
	case number && both:
		return cmp.Compare(x, y)
	case number: // numbers before texts, where a column has both
		return -1
	case both:
		return 1
	}
	if x, ok := a.(time.Time); ok {
		y, _ := b.(time.Time)
		return x.Compare(y)
	}
	return strings.Compare(tabular.Plain(a, tabular.Text), tabular.Plain(b, tabular.Text))
}

// columnsWithValues returns a choice of the named columns, nil for all, less those
// without a value in the sample.
func columnsWithValues(names []string) func(columns []tabular.Column, sample [][]any) []string {
	return func(columns []tabular.Column, sample [][]any) []string {
		chosen := names
		if chosen == nil {
			for _, c := range columns {
				chosen = append(chosen, c.Name)
			}
		}
		t := &tabular.Table{Columns: columns}
		return slices.DeleteFunc(slices.Clone(chosen), func(name string) bool {
			at := t.Index(name)
			return !slices.ContainsFunc(sample, func(row []any) bool { return at >= 0 && at < len(row) && hasValue(row[at]) })
		})
	}
}

// hasValue reports whether a cell says anything: an amount of nothing does not.
func hasValue(cell any) bool {
	if d, ok := cell.(tabular.Decimal); ok {
		return d.Unscaled != 0
	}
	return cell != nil
}
