package widget

const (
	gridGap       = 2     // between columns
	gridRule      = " │ " // between frozen columns and the others
	gridRuleWidth = 3
	gridMargin    = 8 // screens narrower than this get no gutter and no right margin
	gridSliver    = 4 // a column cut at the right edge to less than this is left out
)

// gridSlot is where a visible column stands on screen.
type gridSlot struct {
	position int // in visible
	x, width int
}

// gutter returns the columns left of the first one, for ▸ and the marks.
func (g *Grid) gutter() int {
	if g.width < gridMargin {
		return 0
	}
	return 2
}

// edge returns the column after the last one cells may use; the one there says
// whether more columns follow.
func (g *Grid) edge() int {
	if g.width < gridMargin {
		return g.width
	}
	return g.width - 1
}

// headerHeight returns the lines above the rows.
func (g *Grid) headerHeight() int { return min(max(g.height-1, 0), 1) }

// bodyHeight returns the lines for rows: what the header and the status line
// leave.
func (g *Grid) bodyHeight() int {
	return max(g.height-2, min(g.height, 1))
}

// frozenSlots places the frozen columns in at most half the screen and returns
// them with the column where the scrolling ones begin.
func (g *Grid) frozenSlots() (slots []gridSlot, end int) {
	x := g.gutter()
	limit := x + (g.edge()-x-gridRuleWidth)/2
	for p := range min(g.frozen, len(g.visible)) {
		start := x
		if p > 0 {
			start += gridGap
		}
		want := g.columnWidth(p)
		if limit-start < min(want, gridMinWidth) {
			break
		}
		width := min(want, limit-start)
		slots = append(slots, gridSlot{p, start, width})
		x = start + width
	}
	if len(slots) > 0 {
		x += gridRuleWidth
	}
	return slots, x
}

// layout places the columns in view: the frozen ones first, which it counts.
func (g *Grid) layout() (slots []gridSlot, frozen int) {
	slots, x := g.frozenSlots()
	frozen = len(slots)
	for p := max(g.left, frozen); p < len(g.visible); p++ {
		room := g.edge() - x
		want := g.columnWidth(p)
		if room <= 0 || room < min(want, gridSliver) && p > g.left {
			break
		}
		slots = append(slots, gridSlot{p, x, min(want, room)})
		x += want + gridGap
	}
	g.stretch(slots)
	return slots, frozen
}

// stretch gives what columns leave of the screen to the last of all, where its cells
// are longer than a column is by itself.
func (g *Grid) stretch(slots []gridSlot) {
	if len(slots) == 0 || slots[len(slots)-1].position != len(g.visible)-1 {
		return
	}
	last := &slots[len(slots)-1]
	if c := &g.columns[g.visible[last.position]]; c.fixed == 0 && c.mode == gridFit {
		last.width = max(last.width, min(c.content, g.edge()-last.x))
	}
}

// clampColumn moves the window sideways so that the cursor's column is in view,
// and no further than the last column needs.
func (g *Grid) clampColumn() {
	if len(g.visible) == 0 {
		g.left = 0
		return
	}
	slots, start := g.frozenSlots()
	frozen, room := len(slots), g.edge()-start
	if frozen == len(g.visible) {
		g.left = frozen
		return
	}
	last := g.firstBefore(len(g.visible)-1, frozen, room)
	g.left = min(max(g.left, frozen), last)
	if g.column < frozen {
		return
	}
	if g.column < g.left {
		g.left = g.column
		return
	}
	g.left = max(g.left, g.firstBefore(g.column, frozen, room))
}

// firstBefore returns the first position from which the column at position is
// still shown in full within room; position itself when it is wider than that.
func (g *Grid) firstBefore(position, frozen, room int) int {
	used := g.columnWidth(position)
	for position > frozen {
		used += gridGap + g.columnWidth(position-1)
		if used > room {
			break
		}
		position--
	}
	return position
}

// RowAt returns the row drawn at a point of the last view; ok is false on the
// header, the status line and below the last row.
func (g *Grid) RowAt(x, y int) (row int, ok bool) {
	line := y - g.headerHeight()
	if x < 0 || x >= g.width || line < 0 || line >= g.bodyHeight() || g.top+line >= g.Len() {
		return 0, false
	}
	return g.top + line, true
}

// ColumnAt returns the position among the visible columns of the one drawn at x,
// the gap after it included.
func (g *Grid) ColumnAt(x int) (position int, ok bool) {
	slots, frozen := g.layout()
	for i, s := range slots {
		gap := gridGap
		if i == frozen-1 {
			gap = gridRuleWidth
		}
		if x >= s.x && x < s.x+s.width+gap {
			return s.position, true
		}
	}
	return 0, false
}

// HeaderAt returns the position of the column whose heading is drawn at a point.
func (g *Grid) HeaderAt(x, y int) (position int, ok bool) {
	if y != 0 || g.headerHeight() == 0 {
		return 0, false
	}
	return g.ColumnAt(x)
}

// Click moves the cursor to the cell or the heading drawn at a point and reports
// whether it hit a row; a page may then sort by the heading or open the row.
func (g *Grid) Click(x, y int) (hitRow bool) {
	row, hitRow := g.RowAt(x, y)
	_, hitHeader := g.HeaderAt(x, y)
	if !hitRow && !hitHeader {
		return false
	}
	if position, ok := g.ColumnAt(x); ok {
		g.column = position
	}
	if hitRow {
		g.row, g.hasWantKey = row, false
	}
	g.clamp()
	return hitRow
}
