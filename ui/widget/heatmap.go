package widget

import (
	"math"
	"strings"

	"worth/internal/i18n"
	"worth/ui/theme"
)

// HeatCell is one cell of a HeatMap.
type HeatCell struct {
	Value float64 // decides the colour; NaN and infinite values have none
	Text  string  // the number shown
	Note  string  // a second line, such as a segment's name, where there is room
}

// HeatMap is a table of cells coloured by value, with a cursor. The steps of the
// scale are shares of the greatest value growing with the square, so that one
// large cell does not wash out all others; the legend names their bounds. In
// a theme without colour a shade at the left of each cell tells its step.
type HeatMap struct {
	Theme     theme.Theme
	RowTitle  string // what the rows are, such as "recency"
	ColTitle  string // what the columns are
	RowLabels []string
	ColLabels []string
	Cells     [][]HeatCell // Cells[row][column]; missing ones are empty
	Row, Col  int          // the cursor
	Focused   bool         // whether the cursor is drawn
	Format    func(v float64) string

	layout heatLayout
}

// heatLayout is how the last view divided its cells.
type heatLayout struct {
	left, top, cellH int
	widths           []int
	rows             int
	legend           bool
}

// heatShades tell the step in a theme without colour.
var heatShades = []string{" ", "░", "▒", "▓", "█"}

// Move moves the cursor and stops at the edges.
func (m *HeatMap) Move(rows, cols int) {
	m.Row = moved(m.Row, rows, len(m.RowLabels))
	m.Col = moved(m.Col, cols, len(m.ColLabels))
}

// Hit returns the cell drawn at column x, line y of the last view, and false
// where there is none.
func (m *HeatMap) Hit(x, y int) (row, col int, ok bool) {
	lay := m.layout
	if x < lay.left || y < lay.top || lay.cellH == 0 {
		return 0, 0, false
	}
	row = (y - lay.top) / lay.cellH
	x -= lay.left
	for col, width := range lay.widths {
		if x < width {
			return row, col, row < lay.rows
		}
		x -= width
	}
	return 0, 0, false
}

// View draws the map in w×h cells. Cells share the room evenly, up to three
// lines high; rows and columns that do not fit are cut, cursor's column or not.
func (m *HeatMap) View(w, h int) string {
	m.Move(0, 0)
	m.layout = m.plan(w, h)
	if w <= 0 || h <= 0 || m.layout.rows == 0 {
		return lined(nil, w, h)
	}
	k := m.inks()
	lines := make([]string, 0, h)
	if m.layout.top > 0 {
		lines = append(lines, m.heading(w))
	}
	most := m.most()
	for r := range m.layout.rows {
		for line := range m.layout.cellH {
			lines = append(lines, m.line(w, r, line, most, k))
		}
	}
	if m.layout.legend {
		for len(lines) < h-1 {
			lines = append(lines, spaces(w))
		}
		lines = append(lines, m.legendLine(w, most, k))
	}
	return lined(lines, w, h)
}

func (m *HeatMap) plan(w, h int) heatLayout {
	rows, cols := len(m.RowLabels), len(m.ColLabels)
	if rows == 0 || cols == 0 || w <= 0 || h <= 0 {
		return heatLayout{}
	}
	lay := heatLayout{left: Width(Clean(m.RowTitle))}
	for _, label := range m.RowLabels {
		lay.left = max(lay.left, Width(Clean(label)))
	}
	lay.left = min(lay.left+1, w/3)
	if h > rows {
		lay.top = 1
	}
	lay.legend = h >= lay.top+rows+1
	room := h - lay.top
	if lay.legend {
		room--
		if room > rows { // an empty line above the legend, if there is one to spare
			room--
		}
	}
	lay.cellH = min(max(room/rows, 1), 3)
	lay.rows = min(rows, max(room/lay.cellH, 1))
	weights := make([]int, cols)
	for i := range weights {
		weights[i] = 1
	}
	lay.widths = Split(min(w-lay.left, cols*24), 0, weights...)
	return lay
}

// heatInks are the styles of a map.
type heatInks struct {
	steps                 []ink
	label, cursor, strong ink
	plain                 bool
}

func (m *HeatMap) inks() heatInks {
	k := heatInks{
		label: inkOf(m.Theme.Muted), cursor: inkOf(m.Theme.Cursor), strong: inkOf(m.Theme.Strong),
		plain: m.Theme.Plain() || len(m.Theme.Heat) == 0,
	}
	for i := range m.stepCount() {
		if k.plain {
			k.steps = append(k.steps, inkOf(m.Theme.Text))
		} else {
			k.steps = append(k.steps, inkOf(m.Theme.Heat[i]))
		}
	}
	return k
}

func (m *HeatMap) stepCount() int {
	if m.Theme.Plain() || len(m.Theme.Heat) == 0 {
		return len(heatShades)
	}
	return len(m.Theme.Heat)
}

func (m *HeatMap) most() float64 {
	most := 0.0
	for _, row := range m.Cells {
		for _, c := range row {
			if isFinite(c.Value) {
				most = max(most, c.Value)
			}
		}
	}
	return most
}

// step returns the step of the scale that value lies in, or −1 for none.
func (m *HeatMap) step(value, most float64) int {
	if !isFinite(value) || most <= 0 {
		return -1
	}
	n := m.stepCount()
	return min(int(math.Sqrt(max(value, 0)/most)*float64(n)), n-1)
}

func (m *HeatMap) heading(w int) string {
	k := inkOf(m.Theme.Heading)
	l := newInkLine(w)
	l.fit(inkOf(m.Theme.Muted), Clean(m.RowTitle), m.layout.left-1)
	l.repeat(ink{}, " ", min(m.layout.left, 1))
	for i, width := range m.layout.widths {
		text := centred(Clean(m.ColLabels[i]), width)
		if i == 0 && m.ColTitle != "" {
			text = titled(Clean(m.ColTitle), text)
		}
		l.raw(k.pre+text+k.post, width)
	}
	return l.String()
}

// titled puts a title before a centred label, which stays where it is, if the space
// at its left has room.
func titled(title, label string) string {
	left := len(label) - len(strings.TrimLeft(label, " "))
	if room := left - Width(title) - 1; room >= 0 {
		return spaces(room) + title + " " + label[left:]
	}
	return label
}

// line draws one of the lines of row r.
func (m *HeatMap) line(w, r, line int, most float64, k heatInks) string {
	lay := m.layout
	l := newInkLine(w)
	label := ""
	if line == (lay.cellH-1)/2 {
		label = Clean(m.RowLabels[r])
	}
	l.fitRight(k.label, label, lay.left-1)
	l.repeat(ink{}, " ", min(lay.left, 1))
	for c, width := range lay.widths {
		m.cell(l, r, c, line, width, most, k)
	}
	return l.String()
}

func (m *HeatMap) cell(l *inkLine, r, c, line, width int, most float64, k heatInks) {
	var cell HeatCell
	if r < len(m.Cells) && c < len(m.Cells[r]) {
		cell = m.Cells[r][c]
	}
	step := m.step(cell.Value, most)
	style, shade := ink{}, ""
	if step >= 0 {
		style = k.steps[step]
		if k.plain && width > 2 {
			shade = heatShades[step]
		}
	}
	text := m.cellText(cell, line)
	if m.Focused && r == m.Row && c == m.Col {
		style = k.cursor
		if line == (m.layout.cellH-1)/2 && width >= Width(text)+4 {
			text = "▸ " + text + " ◂"
		}
	}
	l.raw(style.pre+shade+centred(text, width-len([]rune(shade)))+style.post, width)
}

// cellText returns what a line of a cell says: the number in the middle, or
// above the note when the cell is high enough for both.
func (m *HeatMap) cellText(cell HeatCell, line int) string {
	middle := (m.layout.cellH - 1) / 2
	switch line {
	case middle:
		return Clean(cell.Text)
	case middle + 1:
		return Clean(cell.Note)
	}
	return ""
}

// legendLine names the upper bound of every step.
func (m *HeatMap) legendLine(w int, most float64, k heatInks) string {
	l := newInkLine(w)
	if most <= 0 {
		return l.String()
	}
	format := m.Format
	if format == nil {
		format = i18n.Short
	}
	l.repeat(ink{}, " ", m.layout.left)
	n := m.stepCount()
	for i := range n {
		bound := float64(i+1) / float64(n)
		text := " ≤ " + Clean(format(most*bound*bound)) + " "
		if k.plain {
			text = heatShades[i] + text
		}
		if Width(text) > l.left {
			break
		}
		l.put(k.steps[i], text)
	}
	return l.String()
}

// centred returns text in exactly w cells, in the middle.
func centred(text string, w int) string {
	have := Width(text)
	if have >= w {
		return Fit(text, max(w, 0))
	}
	left := (w - have) / 2
	return spaces(left) + text + spaces(w-have-left)
}
