package keys

import "worth/internal/i18n"

// Commands every page understands or hands to the root.
const (
	Cancel       = "cancel"        // stop the running query; without one, leave the program
	Back         = "back"          // one level back
	Help         = "help"          // show the keys
	Palette      = "palette"       // find a command by name
	Save         = "save"          // keep what is shown as a snapshot
	NextPane     = "pane.next"     // focus the next pane
	PreviousPane = "pane.previous" // focus the pane before
	Page         = "page"          // go to the page of the pressed digit
)

// Commands of pages, beside those of their widgets.
const (
	Open   = "open"   // drill into what is under the cursor
	Export = "export" // write what is shown to a file
	SQL    = "sql"    // show the query behind the number
	Reveal = "reveal" // show or mask personal columns
)

// Commands of the grid. widget.Grid carries out most of them itself; those that
// need data (sorting, filtering, finding, copying) are the page's.
const (
	Up             = "up"
	Down           = "down"
	Left           = "left"
	Right          = "right"
	First          = "row.first"
	Last           = "row.last"
	PageUp         = "page.up"
	PageDown       = "page.down"
	HalfUp         = "half.up"
	HalfDown       = "half.down"
	FirstColumn    = "column.first"
	LastColumn     = "column.last"
	Search         = "search"
	SearchNext     = "search.next"
	SearchPrev     = "search.previous"
	Filter         = "filter"
	SortAscending  = "sort.ascending"
	SortDescending = "sort.descending"
	Freeze         = "column.freeze"
	Hide           = "column.hide"
	Unhide         = "column.unhide"
	Choose         = "column.choose"
	CycleWidth     = "column.width"
	Narrower       = "column.narrower"
	Wider          = "column.wider"
	Mark           = "mark"
	ClearMarks     = "mark.clear"
	WholeCell      = "cell.whole"
	CopyCell       = "copy.cell"
	CopyRow        = "copy.row"
)

// Headings of the help.
const (
	groupProgram i18n.Text = "Program"
	groupPage    i18n.Text = "Page"
	groupMove    i18n.Text = "Move"
	groupFind    i18n.Text = "Find and sort"
	groupColumns i18n.Text = "Columns"
	groupCells   i18n.Text = "Cells and rows"
)

// Global returns the bindings that hold everywhere.
func Global() Map {
	return Map{
		{ID: Palette, Keys: []string{":", "ctrl+p"}, Help: "find a command", Group: groupProgram, Short: true},
		{ID: Help, Keys: []string{"?", "f1"}, Help: "show all keys", Group: groupProgram, Short: true},
		{ID: Save, Keys: []string{"ctrl+s"}, Help: "save as a snapshot", Group: groupProgram, Short: true},
		{ID: Back, Keys: []string{"esc", "q"}, Help: "go back", Group: groupProgram, Short: true},
		{ID: Cancel, Keys: []string{"ctrl+c"}, Help: "stop the query, or quit", Group: groupProgram},
		{ID: NextPane, Keys: []string{"tab"}, Help: "go to the next pane", Group: groupProgram},
		{ID: PreviousPane, Keys: []string{"shift+tab"}, Help: "go to the pane before", Group: groupProgram},
		{
			ID: Page, Keys: []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"},
			Help: "go to the page of that number", Group: groupProgram,
		},
	}
}

// Paging returns the bindings of pages that show answers: drill in, export, the
// query behind a number, personal columns.
func Paging() Map {
	return Map{
		{ID: Open, Keys: []string{"enter"}, Help: "open", Group: groupPage, Short: true},
		{ID: Export, Keys: []string{"e"}, Help: "export what is shown", Group: groupPage, Short: true},
		{ID: SQL, Keys: []string{"Q"}, Help: "show the query behind this", Group: groupPage},
		{ID: Reveal, Keys: []string{"R"}, Help: "reveal or mask personal columns", Group: groupPage},
	}
}

// Moving returns the bindings that move a cursor, for grids, lists and charts.
func Moving() Map {
	return Map{
		{ID: Up, Keys: []string{"up", "k"}, Help: "go up", Group: groupMove},
		{ID: Down, Keys: []string{"down", "j"}, Help: "go down", Group: groupMove},
		{ID: Left, Keys: []string{"left", "h"}, Help: "go left", Group: groupMove},
		{ID: Right, Keys: []string{"right", "l"}, Help: "go right", Group: groupMove},
		{ID: First, Keys: []string{"g", "home"}, Help: "go to the first row", Group: groupMove},
		{ID: Last, Keys: []string{"G", "end"}, Help: "go to the last row", Group: groupMove},
		{ID: PageUp, Keys: []string{"pgup", "ctrl+b"}, Help: "go up a page", Group: groupMove},
		{ID: PageDown, Keys: []string{"pgdown", "ctrl+f"}, Help: "go down a page", Group: groupMove},
		{ID: HalfUp, Keys: []string{"ctrl+u"}, Help: "go up half a page", Group: groupMove},
		{ID: HalfDown, Keys: []string{"ctrl+d"}, Help: "go down half a page", Group: groupMove},
	}
}

// Grid returns the bindings of grids, those of Moving included.
func Grid() Map {
	return Join(Moving(), Map{
		{ID: FirstColumn, Keys: []string{"^", "shift+home"}, Help: "go to the first column", Group: groupMove},
		{ID: LastColumn, Keys: []string{"$", "shift+end"}, Help: "go to the last column", Group: groupMove},

		{ID: Search, Keys: []string{"/"}, Help: "search", Group: groupFind, Short: true},
		{ID: SearchNext, Keys: []string{"n"}, Help: "go to the next match", Group: groupFind},
		{ID: SearchPrev, Keys: []string{"N"}, Help: "go to the match before", Group: groupFind},
		{ID: Filter, Keys: []string{"f"}, Help: "filter", Group: groupFind, Short: true},
		{ID: SortAscending, Keys: []string{"s"}, Help: "sort by this column, smallest first", Group: groupFind},
		{ID: SortDescending, Keys: []string{"S"}, Help: "sort by this column, largest first", Group: groupFind},

		{ID: Freeze, Keys: []string{"!"}, Help: "freeze columns up to this one, or none", Group: groupColumns},
		{ID: Hide, Keys: []string{"-"}, Help: "hide the column", Group: groupColumns},
		{ID: Unhide, Keys: []string{"+"}, Help: "show all columns", Group: groupColumns},
		{ID: Choose, Keys: []string{"c"}, Help: "choose columns", Group: groupColumns},
		{ID: CycleWidth, Keys: []string{"_"}, Help: "change the column width: fit, full, compact", Group: groupColumns},
		{ID: Narrower, Keys: []string{"<"}, Help: "make the column narrower", Group: groupColumns},
		{ID: Wider, Keys: []string{">"}, Help: "make the column wider", Group: groupColumns},

		{ID: WholeCell, Keys: []string{"v"}, Help: "show the whole cell", Group: groupCells},
		{ID: CopyCell, Keys: []string{"y"}, Help: "copy the cell", Group: groupCells},
		{ID: CopyRow, Keys: []string{"Y"}, Help: "copy the row", Group: groupCells},
		{ID: Mark, Keys: []string{"space"}, Help: "mark the row, or take its mark away", Group: groupCells},
		{ID: ClearMarks, Keys: []string{"M"}, Help: "take all marks away", Group: groupCells},
	})
}

// All returns every binding of this package, for the README and for checks.
func All() Map { return Join(Paging(), Grid(), Global()) }
