package cli

import (
	"context"
	"slices"

	"worth/internal/tabular"
	"worth/internal/workspace"
)

// mask hides the personal cells of rows.
type mask struct {
	columns  []tabular.Column
	personal []int // positions of the personal columns
	kind     int   // the column that says what a value is, or -1
}

// mask returns what hides the personal cells of rows with these columns: nothing
// when the analyst asked to see them.
func (c *call) mask(columns []tabular.Column) mask {
	m := mask{columns: columns, kind: -1}
	for i, column := range columns {
		if column.Personal && !c.opts.reveal {
			m.personal = append(m.personal, i)
		}
		if column.Name == "kind" {
			m.kind = i
		}
	}
	return m
}

// row returns a row with its personal cells masked, a copy if there are any.
// Cells that are no text, such as a day of birth, are left out altogether.
func (m mask) row(row []any) []any {
	if len(m.personal) == 0 {
		return row
	}
	row = slices.Clone(row)
	for _, i := range m.personal {
		text, ok := row[i].(string)
		if !ok {
			row[i] = nil
			continue
		}
		kind := m.columns[i].Name
		if m.kind >= 0 {
			if named, ok := row[m.kind].(string); ok {
				kind = named
			}
		}
		row[i] = workspace.Mask(kind, text)
	}
	return row
}

// rows returns rows with their personal cells masked.
func (m mask) rows(rows [][]any) [][]any {
	shown := make([][]any, len(rows))
	for i, row := range rows {
		shown[i] = m.row(row)
	}
	return shown
}

// masked is a source whose personal cells are hidden.
type masked struct {
	tabular.Source
	mask mask
}

// Page implements tabular.Source.
func (s masked) Page(ctx context.Context, from, n int) ([][]any, error) {
	page, err := s.Source.Page(ctx, from, n)
	return s.mask.rows(page), err
}

// maskTable returns an answer that is held with its personal cells masked.
func (c *call) maskTable(t tabular.Table) tabular.Table {
	return tabular.Table{Columns: t.Columns, Rows: c.mask(t.Columns).rows(t.Rows)}
}

// limited is the beginning of a source.
type limited struct {
	tabular.Source
	limit int
}

// Len implements tabular.Source.
func (s limited) Len() int { return min(s.limit, s.Source.Len()) }

// Page implements tabular.Source.
func (s limited) Page(ctx context.Context, from, n int) ([][]any, error) {
	return s.Source.Page(ctx, from, min(n, max(0, s.limit-from)))
}
