package widget

import (
	"worth/internal/tabular"
	"worth/ui/theme"
)

// TreeLine is one line of a Tree.
type TreeLine struct {
	Label string // cleaned when it is drawn
	Note  string // short, after the label, where there is room
	Level int    // generations below the roots
	Inner bool   // there are lines below it, shown or not
	Open  bool   // they are shown
	Faint bool   // drawn in the muted style
	Cells []any  // one for every column
}

// TreeSource is what a Tree shows: the lines that are seen at the moment, 0 the
// first. Line is asked for the lines on screen only and must be quick.
type TreeSource interface {
	Len() int
	Line(line int) TreeLine
}

// Tree is a table of lines that open and close, of any length. Labels stand at the
// left behind guides for their level, values in columns at the right. What is open
// is the source's business: after it has changed there, Goto puts the cursor on
// its line again.
//
// Where lines are deeper than there is room for guides, the guides scroll with the
// cursor. Where there are more columns than fit, they scroll with the column
// cursor, which stands on the labels at first.
type Tree struct {
	Theme   theme.Theme
	Heading string           // above the labels
	Columns []tabular.Column // of the values; those with numbers are aligned right
	Query   string           // highlighted in labels
	Empty   string           // in place of lines
	Sorted  string           // name of the column the lines are sorted by; "" for none
	Falling bool             // largest first

	source TreeSource
	line   int // under the cursor
	column int // under the cursor; -1: the labels
	top    int // the first line in view
	left   int // the first column in view
	shift  int // generations scrolled out of view
	widths []int
	height int // lines of the last view, without the heading
	drawn  treeLayout
	format gridFormat
}

// NewTree returns a tree over a source.
func NewTree(t theme.Theme, source TreeSource) *Tree {
	return &Tree{Theme: t, source: source, column: -1}
}

// SetSource shows other lines, from the first on.
func (t *Tree) SetSource(source TreeSource) {
	t.source, t.line, t.top, t.shift = source, 0, 0, 0
	t.Forget()
}

// Forget lets the columns take the widths that the lines in view need. Otherwise
// they only grow, so that they do not jump while lines pass by.
func (t *Tree) Forget() { t.widths = nil }

// Len returns the number of lines.
func (t *Tree) Len() int {
	if t.source == nil {
		return 0
	}
	return t.source.Len()
}

// Cursor returns the line under the cursor; 0 without lines.
func (t *Tree) Cursor() int { return t.line }

// Column returns the column under the cursor, and false on the labels.
func (t *Tree) Column() (tabular.Column, bool) {
	if t.column < 0 || t.column >= len(t.Columns) {
		return tabular.Column{}, false
	}
	return t.Columns[t.column], true
}

// Goto moves the cursor to a line, the first or last if there is no such line.
func (t *Tree) Goto(line int) {
	t.line = line
	t.clamp()
}

// Move moves the cursor by so many lines, as far as there are any.
func (t *Tree) Move(lines int) { t.Goto(gridAdd(t.line, lines)) }

// Page moves the window and the cursor by so many half pages.
func (t *Tree) Page(halves int) {
	step := halves * max(t.height/2, 1)
	t.top = gridAdd(t.top, step)
	t.Move(step)
}

// Scroll moves the window by so many lines, and the cursor as far as it must to
// stay in view.
func (t *Tree) Scroll(lines int) {
	t.top = min(max(gridAdd(t.top, lines), 0), t.lastTop())
	t.Goto(min(max(t.line, t.top), t.top+max(t.height, 1)-1))
}

// MoveColumn moves the column cursor, as far as there are any columns.
func (t *Tree) MoveColumn(columns int) {
	t.column = min(max(gridAdd(t.column, columns), -1), len(t.Columns)-1)
}

// Click puts the cursor on what the last view has at a cell: a line, or the
// heading of a column. The sign before a label that opens it is knob.
func (t *Tree) Click(x, y int) (line, heading, knob bool) {
	y -= t.drawn.heading
	if y == -1 && t.drawn.heading > 0 {
		for i, s := range t.drawn.slots {
			if x >= s.x-treeGap && x < s.x+s.width {
				t.column = t.left + i
				return false, true, false
			}
		}
		t.column = -1
		return false, true, false
	}
	at := t.top + y
	if y < 0 || y >= t.height || at >= t.Len() {
		return false, false, false
	}
	l := t.source.Line(at)
	indent := treeGutter + treeStep*t.indent(l.Level)
	t.Goto(at)
	return true, false, l.Inner && x >= indent && x < indent+treeStep
}

func (t *Tree) lastTop() int { return max(t.Len()-max(t.height, 1), 0) }

// clamp restores what always holds: the cursor is on a line there is, in view.
func (t *Tree) clamp() {
	t.line = min(max(t.line, 0), max(t.Len()-1, 0))
	t.top = min(max(t.top, t.line-max(t.height, 1)+1), t.line)
	t.top = min(max(t.top, 0), t.lastTop())
}
