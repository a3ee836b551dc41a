package widget

import (
	"slices"

	"worth/internal/i18n"
	"worth/internal/tabular"
)

// gridWidthMode says how the width of a column follows from its cells.
type gridWidthMode uint8

const (
	gridFit     gridWidthMode = iota // as wide as the cells seen, up to gridFitWidth
	gridFull                         // as wide as the cells seen, up to gridFullWidth
	gridCompact                      // at most gridCompactWidth
	gridModes                        // how many modes there are
)

const (
	gridFitWidth     = 40
	gridFullWidth    = 200
	gridCompactWidth = 10
	gridMinWidth     = 3 // of a column resized by hand
)

// CurrentColumn returns the column under the cursor; the zero Column when there
// is none.
func (g *Grid) CurrentColumn() tabular.Column {
	if g.column >= len(g.visible) {
		return tabular.Column{}
	}
	return g.columns[g.visible[g.column]].Column
}

// VisibleColumns returns the names of the visible columns in the order shown.
func (g *Grid) VisibleColumns() []string {
	names := make([]string, len(g.visible))
	for i, c := range g.visible {
		names[i] = g.columns[c].Name
	}
	return names
}

// SetVisible shows exactly the named columns, in that order. A name that stands
// for several columns shows as many of them as it is repeated. Unknown names are
// passed over; when none is left, all columns are shown.
func (g *Grid) SetVisible(names []string) {
	byName := map[string][]int{}
	for i, c := range g.columns {
		byName[c.Name] = append(byName[c.Name], i)
	}
	var visible []int
	for _, name := range names {
		if same := byName[name]; len(same) > 0 {
			visible = append(visible, same[0])
			byName[name] = same[1:]
		}
	}
	if len(visible) == 0 {
		g.UnhideColumns()
		return
	}
	g.showColumns(visible)
}

// HideColumn hides the column under the cursor and reports whether it did; the
// last visible column stays.
func (g *Grid) HideColumn() bool {
	if len(g.visible) < 2 {
		return false
	}
	if g.column < g.frozen {
		g.frozen--
	}
	g.visible = slices.Delete(g.visible, g.column, g.column+1)
	g.clamp()
	return true
}

// UnhideColumns shows all columns in the order of the source.
func (g *Grid) UnhideColumns() {
	all := make([]int, len(g.columns))
	for i := range all {
		all[i] = i
	}
	g.showColumns(all)
}

// showColumns sets the visible columns and keeps the cursor on its column if
// that is still there.
func (g *Grid) showColumns(visible []int) {
	current := -1
	if g.column < len(g.visible) {
		current = g.visible[g.column]
	}
	g.visible = visible
	if i := slices.Index(visible, current); i >= 0 {
		g.column = i
	}
	g.frozen = min(g.frozen, len(visible))
	g.clamp()
}

// Hidden returns how many columns are not shown.
func (g *Grid) Hidden() int { return len(g.columns) - len(g.visible) }

// ToggleFreeze keeps the columns up to the one under the cursor in place while
// the others scroll; when they already are, it lets all scroll. Frozen columns
// never take more than half the screen: what does not fit there scrolls.
func (g *Grid) ToggleFreeze() {
	if g.frozen == g.column+1 {
		g.frozen = 0
	} else {
		g.frozen = min(g.column+1, len(g.visible))
	}
	g.clamp()
}

// Frozen returns how many columns were asked to stay in place.
func (g *Grid) Frozen() int { return g.frozen }

// CycleWidth changes the width of the column under the cursor: from fit to full
// to compact and back. It forgets a width set by hand.
func (g *Grid) CycleWidth() {
	if c := g.current(); c != nil {
		if c.fixed == 0 {
			c.mode = (c.mode + 1) % gridModes
		}
		c.fixed = 0
		g.clamp()
	}
}

// Resize makes the column under the cursor wider or narrower by hand.
func (g *Grid) Resize(by int) {
	if c := g.current(); c != nil {
		c.fixed = min(max(gridAdd(g.columnWidth(g.column), by), gridMinWidth), gridFullWidth)
		g.clamp()
	}
}

// current returns the column under the cursor or nil.
func (g *Grid) current() *gridColumn {
	if g.column >= len(g.visible) {
		return nil
	}
	return &g.columns[g.visible[g.column]]
}

// title returns the heading of a column as it is drawn.
func (c *gridColumn) title(index int) string {
	title := c.Name
	if c.Title != "" {
		title = c.Title.String()
	}
	if title = gridClean(title, gridFullWidth); title != "" {
		return title
	}
	return i18n.T("column %d", index+1)
}

// columnWidth returns the width the column at a visible position wants, at
// least 1. It looks at the cells of blocks received since it was last asked.
func (g *Grid) columnWidth(position int) int {
	index := g.visible[position]
	c := &g.columns[index]
	if c.fixed > 0 {
		return c.fixed
	}
	if c.content == 0 {
		c.content = Width(c.title(index)) + 2 // room for the sort mark
	}
	if c.serial < g.cache.serial {
		for _, b := range g.cache.since(c.serial) {
			for _, row := range b.rows {
				if c.content >= gridFullWidth {
					break
				}
				c.content = max(c.content, g.cellWidth(row, index))
			}
		}
		c.serial = g.cache.serial
	}
	switch c.mode {
	case gridFull:
		return min(c.content, gridFullWidth)
	case gridCompact:
		return min(c.content, gridCompactWidth)
	case gridFit, gridModes:
	}
	return min(c.content, gridFitWidth)
}
