package widget

import (
	"maps"
	"slices"
)

// ToggleMark marks the row under the cursor, or takes its mark away, and reports
// whether it did: a row that has not been read, or whose first cell has no
// value, cannot be marked. Marks belong to the text of the first cell, so they
// stay with their rows through sorting and filtering.
func (g *Grid) ToggleMark() bool {
	key, ok := g.rowKey(g.row)
	if !ok {
		return false
	}
	if g.marks[key] {
		delete(g.marks, key)
	} else {
		g.marks[key] = true
	}
	return true
}

// ClearMarks takes all marks away.
func (g *Grid) ClearMarks() { clear(g.marks) }

// Marks returns the keys of the marked rows in alphabetical order.
func (g *Grid) Marks() []string { return slices.Sorted(maps.Keys(g.marks)) }

// CursorKey returns the key of the row under the cursor: the exact text of its
// first cell. ok is false when it has not been read or has no key.
func (g *Grid) CursorKey() (key string, ok bool) { return g.rowKey(g.row) }

// marked reports whether a row is marked.
func (g *Grid) marked(row []any) bool {
	if len(g.marks) == 0 {
		return false
	}
	key, ok := gridKey(row)
	return ok && g.marks[key]
}
