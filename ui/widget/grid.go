package widget

import (
	"slices"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/ui/theme"
)

// Grid shows a tabular.Source of any length and width, reading only the rows
// that are near the window.
//
// A grid does no I/O. After each change its page asks Need which rows are
// missing, reads them in a command, and hands them back with Put (or Fail) and
// the generation they were asked under; rows of an older generation are
// dropped. Until rows are there they are drawn as an ellipsis, and every
// movement works regardless.
//
// Sorting, filtering and searching are the page's: it gives the grid a new
// source, says with SortBy what the sort mark shows, and moves with Goto.
//
// A grid is not safe for concurrent use; it belongs to the update loop.
type Grid struct {
	ink    gridInk
	format gridFormat // of the language at the last View
	width  int        // of the last View or SetSize, as are all sizes below
	height int

	source     tabular.Source
	generation int
	cache      gridCache
	columns    []gridColumn // in the order of the source
	visible    []int        // positions in columns, in the order shown
	frozen     int          // how many of visible were asked to stay in place

	row, column int // the cursor: a row of the source, a position in visible
	top, left   int // the window: the first row, the first position that scrolls
	wantKey     string
	hasWantKey  bool // move to the row of wantKey when it arrives

	marks    map[string]bool
	sort     gridSort
	revealed bool
	search   gridSearch

	loading string
	empty   string
	err     error
}

// gridSort is the order the page says the source has.
type gridSort struct {
	column     string
	descending bool
}

// gridColumn is a column with its state on screen.
type gridColumn struct {
	tabular.Column
	mode    gridWidthMode
	fixed   int    // the width set by hand; 0 is none
	content int    // the widest cell seen, up to gridFullWidth
	serial  uint64 // the cells of all blocks up to this serial have been seen
}

// NewGrid returns a grid without a source.
func NewGrid(t theme.Theme) *Grid {
	g := &Grid{marks: map[string]bool{}, format: newGridFormat()}
	g.SetTheme(t)
	g.cache.reset(0)
	return g
}

// SetTheme sets the styles of later views.
func (g *Grid) SetTheme(t theme.Theme) { g.ink = newGridInk(t) }

// GridOption changes what SetSource keeps.
type GridOption uint8

const (
	// KeepKey moves the cursor to the row that has the key of the present row,
	// once that row has been read. Until then the cursor keeps its row number,
	// and it stays where it is when it is moved meanwhile.
	KeepKey GridOption = iota + 1
	// KeepRow keeps the cursor's row number.
	KeepRow
)

// SetSource shows another source, from its first row unless an option says
// otherwise, and starts a new generation. Marks stay, as they belong to keys.
// Widths, order, hiding and freezing of columns stay when the names of the
// columns are the same. A nil source shows the loading or empty text.
func (g *Grid) SetSource(source tabular.Source, options ...GridOption) {
	key, hasKey := g.rowKey(g.row)
	current := g.CurrentColumn().Name
	g.source, g.err = source, nil
	g.generation++
	if source != nil { // without one, the headings stay for the next
		g.setColumns(source.Columns(), current)
		g.loading = ""
	}
	g.cache.reset(len(g.columns))
	g.hasWantKey = hasKey && slices.Contains(options, KeepKey)
	g.wantKey = key
	if !g.hasWantKey && !slices.Contains(options, KeepRow) {
		g.row, g.top = 0, 0
	}
	g.clamp()
}

// setColumns takes over the columns of a new source, with the state of the old
// ones when they are the same by name; otherwise the cursor goes to the column
// called current, or the first.
func (g *Grid) setColumns(columns []tabular.Column, current string) {
	same := slices.EqualFunc(g.columns, columns, func(old gridColumn, c tabular.Column) bool { return old.Name == c.Name })
	if same {
		for i, c := range columns {
			g.columns[i].Column = c
			g.columns[i].serial = 0
		}
		return
	}
	g.columns = make([]gridColumn, len(columns))
	g.visible = make([]int, len(columns))
	for i, c := range columns {
		g.columns[i].Column = c
		g.visible[i] = i
	}
	g.frozen = min(1, len(columns))
	g.left = 0
	g.column = max(slices.IndexFunc(columns, func(c tabular.Column) bool { return c.Name == current }), 0)
}

// Source returns the source that is shown, or nil.
func (g *Grid) Source() tabular.Source { return g.source }

// Generation returns the number of the present source, which goes with every
// request for rows.
func (g *Grid) Generation() int { return g.generation }

// Len returns the number of rows.
func (g *Grid) Len() int {
	if g.source == nil {
		return 0
	}
	return max(g.source.Len(), 0)
}

// SetLoading says what is going on while the next source is made: in place of
// rows, or below the rows of the present source. SetSource ends it.
func (g *Grid) SetLoading(text string) { g.loading, g.err = text, nil }

// SetEmpty sets the text shown when the source has no rows.
func (g *Grid) SetEmpty(text string) { g.empty = text }

// SetError shows an error: in place of rows while there are none, otherwise
// below them. Nil takes it away.
func (g *Grid) SetError(err error) { g.err, g.loading = err, "" }

// SetSize tells the grid the size it will be drawn at, so that movements by
// page are right before the first View. View does it too.
func (g *Grid) SetSize(w, h int) {
	g.width, g.height = max(w, 0), max(h, 0)
	g.clamp()
}

// SortBy sets the sort mark: the source is in the order of that column. An
// empty name takes the mark away.
func (g *Grid) SortBy(column string, descending bool) {
	g.sort = gridSort{column, descending && column != ""}
}

// Sort returns the column and direction of the sort mark; ok is false when the
// source is in no particular order.
func (g *Grid) Sort() (column string, descending, ok bool) {
	return g.sort.column, g.sort.descending, g.sort.column != ""
}

// SetRevealed shows or masks personal columns, on screen and in copies.
func (g *Grid) SetRevealed(revealed bool) {
	g.revealed = revealed
	for i := range g.columns {
		if g.columns[i].Personal {
			g.columns[i].content, g.columns[i].serial = 0, 0
		}
	}
}

// Revealed reports whether personal columns are shown.
func (g *Grid) Revealed() bool { return g.revealed }

// Position says where the cursor is: "row 12 of 1,000,000 · col 3/14".
func (g *Grid) Position() string {
	if g.Len() == 0 {
		return i18n.T("no rows")
	}
	return i18n.T("row %d of %d · col %d/%d", g.row+1, g.Len(), min(g.column+1, len(g.visible)), len(g.visible))
}
