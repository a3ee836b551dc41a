package widget

import (
	"strings"

	"worth/internal/i18n"
)

// How a tree is drawn: the cursor's sign, a guide for every generation, the sign
// that says whether a line is open, the label, the columns.
const (
	treeGutter  = 2
	treeStep    = 2
	treeGap     = 2  // cells before every column
	treeLabel   = 24 // cells that guides leave to a label, half of them where there are few
	treeLeast   = 22 // cells the labels keep before columns are left out
	treeGuide   = "│ "
	treeClosed  = "▸ "
	treeOpen    = "▾ "
	treeLeaf    = "· "
	treeOutside = "… " // guides that are not all drawn
	treeAbove   = "‹ " // a level out of view at the left
)

// treeLayout is how the last view was divided.
type treeLayout struct {
	heading int        // lines of it
	label   int        // cells for guides and label, behind the gutter
	slots   []gridSlot // columns in view, from left on
	guides  int        // how many there is room for
	more    bool       // columns are out of view at the right
}

// View draws the tree in exactly w×h cells: headings, from two lines on, and the
// lines around the cursor.
func (t *Tree) View(w, h int) string {
	if w <= 0 || h <= 0 {
		return lined(nil, w, h)
	}
	t.format = newGridFormat()
	t.drawn = treeLayout{}
	if h > 1 {
		t.drawn.heading = 1
	}
	t.height = h - t.drawn.heading
	t.clamp()
	k := newGridInk(t.Theme)
	k.current = inkOf(t.Theme.Header)
	p := &gridPen{}
	p.b.Grow(w*h + 64*h)
	lines := t.lines()
	cells := t.texts(lines)
	t.layout(w)
	t.scrollGuides()
	if t.drawn.heading > 0 {
		t.drawHeading(p, k, w)
		if t.height > 0 {
			p.newline()
		}
	}
	for y := range t.height {
		if y > 0 {
			p.newline()
		}
		switch {
		case y < len(lines):
			t.drawLine(p, k, t.top+y, lines[y], cells[y], w)
		case y == 0:
			p.fit(k.muted, Clean(t.Empty), w, false)
		default:
			p.pad(w)
		}
	}
	p.use(ink{})
	return p.b.String()
}

// lines asks the source for what is in view.
func (t *Tree) lines() []TreeLine {
	lines := make([]TreeLine, 0, t.height)
	for i := t.top; i < t.top+t.height && i < t.Len(); i++ {
		lines = append(lines, t.source.Line(i))
	}
	return lines
}

// texts writes the cells of the lines and widens the columns as they need.
func (t *Tree) texts(lines []TreeLine) [][]string {
	if len(t.widths) != len(t.Columns) {
		t.widths = make([]int, len(t.Columns))
		for i, c := range t.Columns {
			t.widths[i] = Width(Clean(treeTitle(c.Title, c.Name))) + treeGap // room for the sort mark
		}
	}
	out := make([][]string, len(lines))
	for y, l := range lines {
		out[y] = make([]string, len(t.Columns))
		for i, c := range t.Columns {
			if i < len(l.Cells) && l.Cells[i] != nil {
				out[y][i] = t.format.cell(l.Cells[i], c.Kind, gridFullWidth)
				t.widths[i] = max(t.widths[i], Width(out[y][i]))
			}
		}
	}
	return out
}

func treeTitle(title i18n.Text, name string) string {
	if title != "" {
		return title.String()
	}
	return name
}

// layout divides w cells: as many columns as leave room for the labels, the one
// under the cursor among them.
func (t *Tree) layout(w int) {
	room := w - treeGutter - treeLeast
	t.left = min(t.left, max(t.column, 0))
	for t.column > t.left && t.span(t.left, t.column) > room {
		t.left++
	}
	for t.left > 0 && t.span(t.left-1, len(t.Columns)-1) <= room { // no room is wasted
		t.left--
	}
	last := t.left - 1
	for last+1 < len(t.Columns) && t.span(t.left, last+1) <= room {
		last++
	}
	d := &t.drawn
	d.more = last < len(t.Columns)-1
	x := w
	if last >= t.left {
		x -= t.span(t.left, last)
	}
	d.label = max(x-treeGutter, 0)
	for i := t.left; i <= last; i++ {
		x += treeGap
		d.slots = append(d.slots, gridSlot{position: i, x: x, width: t.widths[i]})
		x += t.widths[i]
	}
	d.guides = max((d.label-min(treeLabel, d.label/2))/treeStep, 0)
}

// span returns the cells that columns take, with the gaps before them.
func (t *Tree) span(first, last int) int {
	sum := 0
	for i := max(first, 0); i <= last; i++ {
		sum += t.widths[i] + treeGap
	}
	return sum
}

// scrollGuides brings the generation of the cursor into view.
func (t *Tree) scrollGuides() {
	if t.Len() == 0 {
		t.shift = 0
		return
	}
	level := t.source.Line(t.line).Level
	t.shift = max(min(t.shift, level), level-t.drawn.guides)
}

// indent returns how many guides a level has in view: one for the levels that are
// out of view at the left.
func (t *Tree) indent(level int) int {
	if level < t.shift {
		return min(1, t.drawn.guides)
	}
	return min(level-t.shift, t.drawn.guides)
}

// drawHeading draws the titles, the sorted one with its mark, and signs for what
// is out of view.
func (t *Tree) drawHeading(p *gridPen, k gridInk, w int) {
	d := t.drawn
	title := Clean(t.Heading)
	if t.shift > 0 {
		title = i18n.T("%s · from level %d", title, t.shift)
	}
	style := k.heading
	if t.column < 0 {
		style = k.current
	}
	p.use(ink{})
	p.pad(min(treeGutter, w))
	p.fit(style, title, min(d.label, max(w-treeGutter, 0)), false)
	for i, s := range d.slots {
		gap := "  "
		if i == 0 && t.left > 0 {
			gap = "‹ "
		}
		p.text(k.muted, gap)
		c := t.Columns[s.position]
		mark := ""
		if c.Name == t.Sorted {
			mark = " ▲"
			if t.Falling {
				mark = " ▼"
			}
		}
		style := k.heading
		if s.position == t.column {
			style = k.current
		}
		p.fit(style, Clean(treeTitle(c.Title, c.Name))+mark, s.width, c.Kind.Numeric())
	}
}

// drawLine draws one line.
func (t *Tree) drawLine(p *gridPen, k gridInk, at int, l TreeLine, cells []string, w int) {
	current := at == t.line
	base := k.text
	switch {
	case current:
		base = k.row
	case l.Faint:
		base = k.muted
	}
	sign := "  "
	if current {
		sign = "▸ "
	}
	p.fit(k.current, sign, min(treeGutter, w), false)
	t.drawLabel(p, k, base, l, current, min(t.drawn.label, max(w-treeGutter, 0)))
	for i, s := range t.drawn.slots {
		p.text(base, spaces(treeGap))
		style := base
		if current && s.position == t.column {
			style = k.cursor
		}
		p.fit(style, cells[t.drawn.slots[i].position], s.width, t.Columns[s.position].Kind.Numeric())
	}
}

// drawLabel draws the guides, the sign and the label in exactly room cells.
func (t *Tree) drawLabel(p *gridPen, k gridInk, base ink, l TreeLine, current bool, room int) {
	guides := t.indent(l.Level)
	p.use(k.border)
	for i := range guides {
		if room < treeStep {
			break
		}
		guide := treeGuide
		switch {
		case l.Level < t.shift:
			guide = treeAbove
		case i == 0 && t.shift > 0, i == guides-1 && l.Level-t.shift > guides:
			guide = treeOutside
		}
		p.b.WriteString(guide)
		room -= treeStep
	}
	knob := treeLeaf
	if l.Inner {
		knob = treeClosed
		if l.Open {
			knob = treeOpen
		}
	}
	knobW := min(treeStep, room)
	p.fit(k.muted, knob, knobW, false)
	room -= knobW
	style := base
	if current && t.column < 0 {
		style = k.cursor
	}
	label, used := truncate(gridClean(l.Label, room), room)
	t.drawFound(p, k, style, label)
	room -= used
	if note := Clean(l.Note); note != "" && Width(note)+1 <= room {
		p.text(k.muted, " "+note)
		room -= Width(note) + 1
	}
	p.use(base)
	p.pad(room)
}

// drawFound draws a label with what was searched for set off.
func (t *Tree) drawFound(p *gridPen, k gridInk, style ink, label string) {
	needle, lower := strings.ToLower(t.Query), strings.ToLower(label)
	at := strings.Index(lower, needle)
	if needle == "" || at < 0 || len(lower) != len(label) { // some letters change their length
		p.text(style, label)
		return
	}
	p.text(style, label[:at])
	p.text(k.match, label[at:at+len(needle)])
	p.text(style, label[at+len(needle):])
}
