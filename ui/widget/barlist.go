package widget

import (
	"math"
	"strings"

	"worth/ui/theme"
)

// BarRow is one row of a BarList.
type BarRow struct {
	Label     string
	Value     float64  // the length of the bar; NaN and values below 0 draw none
	Cells     []string // the formatted values at the right, one per column title
	Unmatched bool     // the rest that belongs nowhere; drawn in the warning style
}

// BarList is a list of labels with bars and value columns, one row each, and a
// cursor. It is the shape of "segment, bar, customers, revenue".
type BarList struct {
	Theme   theme.Theme
	Heading string   // above the labels; with no titles at all there is no heading line
	Titles  []string // above the value columns
	Rows    []BarRow
	Max     float64 // the value of a full bar; 0 takes the greatest of the rows
	Cursor  int     // the chosen row
	Focused bool    // whether the cursor is drawn

	scroll scroller
}

// barListLeast is the narrowest bar worth drawing, in cells.
const barListLeast = 4

// Move moves the cursor by delta rows and stops at either end. Large deltas go
// to the ends.
func (b *BarList) Move(delta int) { b.Cursor = moved(b.Cursor, delta, len(b.Rows)) }

// Selected returns the row under the cursor, and false when there are no rows.
func (b *BarList) Selected() (BarRow, bool) {
	if len(b.Rows) == 0 {
		return BarRow{}, false
	}
	return b.Rows[moved(b.Cursor, 0, len(b.Rows))], true
}

// Hit returns the row drawn at line y of the last view, and false where there is
// none.
func (b *BarList) Hit(y int) (row int, ok bool) { return b.scroll.hit(y) }

// View draws the list in w×h cells and keeps the cursor in sight. Where room is
// short, first the bars shrink and go, then the value columns from the right.
func (b *BarList) View(w, h int) string {
	if w <= 0 || h <= 0 {
		return lined(nil, w, h)
	}
	b.Cursor = moved(b.Cursor, 0, len(b.Rows))
	p := b.plan(w)
	inks := b.inks()
	lines := make([]string, 0, h)
	if b.hasHeading() && h > 1 {
		lines = append(lines, b.heading(w, p))
	}
	from, to := b.scroll.window(b.Cursor, len(b.Rows), h-len(lines), len(lines))
	for i := from; i < to; i++ {
		lines = append(lines, b.row(w, p, inks, i))
	}
	return lined(lines, w, h)
}

func (b *BarList) hasHeading() bool {
	return b.Heading != "" || strings.Join(b.Titles, "") != ""
}

// barPlan is how the width of a list is divided.
type barPlan struct {
	label, bar int
	values     []int // widths of the value columns that are shown
	most       float64
}

const barListGap = 2 // cells before every value column

func (b *BarList) plan(w int) barPlan {
	p := barPlan{label: Width(Clean(b.Heading)), most: b.Max}
	for _, r := range b.Rows {
		p.label = max(p.label, Width(Clean(r.Label)))
		if b.Max <= 0 && isFinite(r.Value) {
			p.most = max(p.most, r.Value)
		}
	}
	room := w - 2 // the cursor's column and one empty after the label
	p.label = min(p.label, max(room*2/5, min(room, 12)))
	room -= p.label
	for _, width := range b.valueWidths() {
		if room < width+barListGap {
			break
		}
		p.values = append(p.values, width)
		room -= width + barListGap
	}
	if room >= barListLeast {
		p.bar = room
	}
	return p
}

func (b *BarList) valueWidths() []int {
	widths := make([]int, len(b.Titles))
	for i, title := range b.Titles {
		widths[i] = Width(Clean(title))
	}
	for _, r := range b.Rows {
		for i, c := range r.Cells {
			if i < len(widths) {
				widths[i] = max(widths[i], Width(Clean(c)))
			}
		}
	}
	return widths
}

func (b *BarList) heading(w int, p barPlan) string {
	k := inkOf(b.Theme.Heading)
	l := newInkLine(w)
	l.put(ink{}, " ")
	l.write(k, Fit(Clean(b.Heading), min(p.label, l.left)), min(p.label, l.left))
	for i, width := range p.values {
		if i == 0 {
			l.repeat(ink{}, " ", l.left-valuesWidth(p.values)+barListGap)
		} else {
			l.repeat(ink{}, " ", barListGap)
		}
		l.fitRight(k, Clean(b.Titles[i]), width)
	}
	return l.String()
}

func valuesWidth(widths []int) int {
	sum := 0
	for _, w := range widths {
		sum += w + barListGap
	}
	return sum
}

// barInks are the styles of the parts of a row.
type barInks struct{ label, bar, value, cursor, strong, warn ink }

func (b *BarList) inks() barInks {
	t := b.Theme
	return barInks{
		label: inkOf(t.Text), bar: inkOf(t.Bar), value: inkOf(t.Text),
		cursor: inkOf(t.Cursor), strong: inkOf(t.Strong), warn: inkOf(t.Warn),
	}
}

func (b *BarList) row(w int, p barPlan, k barInks, i int) string {
	r := b.Rows[i]
	label, bar, value, sign := k.label, k.bar, k.value, " "
	if r.Unmatched {
		label, bar = k.warn, k.warn
	}
	if b.Focused && i == b.Cursor {
		label, value, sign = k.cursor, k.strong, "▸"
	}
	l := newInkLine(w)
	l.put(label, sign)
	l.fit(label, Clean(r.Label), p.label)
	l.repeat(ink{}, " ", 1)
	if p.bar > 0 {
		text, cells := slimBar(r.Value, p.most, p.bar)
		l.write(bar, text, cells)
	}
	l.repeat(ink{}, " ", l.left-valuesWidth(p.values))
	for c, width := range p.values {
		l.repeat(ink{}, " ", barListGap)
		cell := ""
		if c < len(r.Cells) {
			cell = Clean(r.Cells[c])
		}
		l.fitRight(value, cell, width)
	}
	return l.String()
}

// partial are the block characters from one to seven eighths of a cell's width.
var partial = [8]string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// hbar returns a level bar of value out of most, in at most w cells with the
// precision of an eighth of a cell, and its width. A value above 0 always shows.
func hbar(value, most float64, w int) (text string, cells int) {
	if math.IsNaN(value) || value <= 0 || most <= 0 || w <= 0 {
		return "", 0
	}
	eighths := max(int(math.Round(min(value/most, 1)*float64(8*w))), 1)
	text = strings.Repeat("█", eighths/8) + partial[eighths%8]
	return text, (eighths + 7) / 8
}

// slimBar is a level bar half a cell high, so that bars of neighbouring rows do not
// touch, with the precision of half a cell. A value above 0 always shows.
func slimBar(value, most float64, w int) (text string, cells int) {
	if math.IsNaN(value) || value <= 0 || most <= 0 || w <= 0 {
		return "", 0
	}
	halves := max(int(math.Round(min(value/most, 1)*float64(2*w))), 1)
	text = strings.Repeat("▄", halves/2)
	if halves%2 == 1 {
		text += "▖"
	}
	return text, (halves + 1) / 2
}
