package widget

import (
	"slices"

	"worth/ui/keys"
)

// Cursor returns the row under the cursor, in the source, and the position of
// its column among the visible ones. In a grid without rows it is row 0.
func (g *Grid) Cursor() (row, column int) { return g.row, g.column }

// Window returns the first row in view and how many rows there is room for.
func (g *Grid) Window() (top, rows int) { return g.top, g.bodyHeight() }

// Move moves the cursor by so many rows and columns, as far as there are any.
func (g *Grid) Move(rows, columns int) {
	g.hasWantKey = g.hasWantKey && rows == 0
	g.row = gridAdd(g.row, rows)
	g.column = gridAdd(g.column, columns)
	g.clamp()
}

// Goto moves the cursor to a row, the first or last if there is no such row,
// and keeps the column.
func (g *Grid) Goto(row int) {
	g.hasWantKey = false
	g.row = row
	g.clamp()
}

// GotoColumn moves the cursor to the first visible column of that name and
// reports whether there is one.
func (g *Grid) GotoColumn(name string) bool {
	i := slices.IndexFunc(g.visible, func(c int) bool { return g.columns[c].Name == name })
	if i >= 0 {
		g.column = i
		g.clamp()
	}
	return i >= 0
}

// Page moves the window and the cursor by so many pages.
func (g *Grid) Page(pages int) { g.shift(pages * max(g.bodyHeight(), 1)) }

// HalfPage moves the window and the cursor by so many half pages.
func (g *Grid) HalfPage(halves int) { g.shift(halves * max(g.bodyHeight()/2, 1)) }

// shift moves window and cursor alike, so that the cursor keeps its line.
func (g *Grid) shift(rows int) {
	g.hasWantKey = false
	g.top = gridAdd(g.top, rows)
	g.row = gridAdd(g.row, rows)
	g.clamp()
}

// Scroll moves the window by so many rows, as a mouse wheel does. The cursor
// moves only as far as it must to stay in view.
func (g *Grid) Scroll(rows int) {
	g.hasWantKey = false
	g.top = min(max(gridAdd(g.top, rows), 0), g.lastTop())
	g.row = min(max(g.row, g.top), g.top+max(g.bodyHeight(), 1)-1)
	g.clamp()
}

// Do carries out a command of package keys that needs nothing but the grid, and
// reports whether it was one.
func (g *Grid) Do(command string) bool {
	switch command {
	case keys.Up:
		g.Move(-1, 0)
	case keys.Down:
		g.Move(1, 0)
	case keys.Left:
		g.Move(0, -1)
	case keys.Right:
		g.Move(0, 1)
	case keys.First:
		g.Goto(0)
	case keys.Last:
		g.Goto(g.Len() - 1)
	case keys.PageUp:
		g.Page(-1)
	case keys.PageDown:
		g.Page(1)
	case keys.HalfUp:
		g.HalfPage(-1)
	case keys.HalfDown:
		g.HalfPage(1)
	case keys.FirstColumn:
		g.Move(0, -len(g.visible))
	case keys.LastColumn:
		g.Move(0, len(g.visible))
	default:
		return g.doColumn(command)
	}
	return true
}

// doColumn carries out the commands that change columns and marks.
func (g *Grid) doColumn(command string) bool {
	switch command {
	case keys.Freeze:
		g.ToggleFreeze()
	case keys.Hide:
		g.HideColumn()
	case keys.Unhide:
		g.UnhideColumns()
	case keys.CycleWidth:
		g.CycleWidth()
	case keys.Narrower:
		g.Resize(-2)
	case keys.Wider:
		g.Resize(2)
	case keys.Mark:
		g.ToggleMark()
	case keys.ClearMarks:
		g.ClearMarks()
	default:
		return false
	}
	return true
}

// clamp restores what always holds: the cursor is on a row and column that
// exist, and both are in the window.
func (g *Grid) clamp() {
	g.row = min(max(g.row, 0), max(g.Len()-1, 0))
	g.column = min(max(g.column, 0), max(len(g.visible)-1, 0))
	body := max(g.bodyHeight(), 1)
	g.top = min(max(g.top, g.row-body+1), g.row)
	g.top = min(max(g.top, 0), g.lastTop())
	g.clampColumn()
}

// lastTop returns the first row of the last window.
func (g *Grid) lastTop() int { return max(g.Len()-max(g.bodyHeight(), 1), 0) }

// gridAdd adds without overflow; rows and columns are counted from 0, so the
// sum of two large ones is simply "the end".
func gridAdd(a, b int) int {
	const far = 1 << 60
	return min(max(a, -far), far) + min(max(b, -far), far)
}
