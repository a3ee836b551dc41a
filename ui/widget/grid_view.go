package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"worth/internal/i18n"
	"worth/ui/theme"
)

// gridInk is a theme taken apart, as the grid needs it.
type gridInk struct {
	text, muted, row, cursor, mark, match, heading, current, border, bad ink
}

func newGridInk(t theme.Theme) gridInk {
	return gridInk{
		text: inkOf(t.Text), muted: inkOf(t.Muted), row: inkOf(t.Strong), cursor: inkOf(t.Cursor), mark: inkOf(t.Mark),
		match: inkOf(t.Match), heading: inkOf(t.Heading), current: inkOf(t.Accent.Bold(true)), border: inkOf(t.Border),
		bad: inkOf(t.Bad),
	}
}

// gridPen writes a screen run by run: it changes style only where the style
// changes, and keeps count of nothing else.
type gridPen struct {
	b   strings.Builder
	ink ink
}

// use sets the style of what follows.
func (p *gridPen) use(k ink) {
	if k != p.ink {
		p.b.WriteString(p.ink.post)
		p.b.WriteString(k.pre)
		p.ink = k
	}
}

// text writes clean text as it is.
func (p *gridPen) text(k ink, s string) {
	p.use(k)
	p.b.WriteString(s)
}

// pad writes n spaces in the present style.
func (p *gridPen) pad(n int) { p.b.WriteString(spaces(n)) }

// fit writes clean text in exactly width columns.
func (p *gridPen) fit(k ink, s string, width int, right bool) {
	p.use(k)
	used := len(s)
	if used > width || !isPlainASCII(s) {
		s, used = truncate(s, width)
	}
	if right {
		p.pad(width - used)
	}
	p.b.WriteString(s)
	if !right {
		p.pad(width - used)
	}
}

// newline ends a line; styles do not run across lines.
func (p *gridPen) newline() {
	p.use(ink{})
	p.b.WriteByte('\n')
}

// View draws the grid in exactly w×h cells: the headings, the rows in the
// window, and a line that says where the cursor is. With a height of 2 the last
// of these is left out, with 1 the headings too.
func (g *Grid) View(w, h int) string {
	g.format = newGridFormat()
	g.SetSize(w, h)
	if h <= 0 {
		return ""
	}
	p := &gridPen{}
	p.b.Grow(g.width*g.height + 64*g.height)
	slots, frozen := g.layout()
	if g.headerHeight() > 0 {
		g.drawHeader(p, slots, frozen)
		p.newline()
	}
	body := g.bodyHeight()
	if message, k := g.message(); message != "" {
		g.drawMessage(p, message, k, body)
	} else {
		g.drawRows(p, slots, frozen, body)
	}
	if h > 2 {
		p.newline()
		g.drawStatus(p)
	}
	p.use(ink{})
	return p.b.String()
}

// drawHeader draws the headings.
func (g *Grid) drawHeader(p *gridPen, slots []gridSlot, frozen int) {
	x := 0
	if g.gutter() > 0 {
		sign := "  "
		if g.left > frozen {
			sign = "‹ "
		}
		p.text(g.ink.muted, sign)
		x = g.gutter()
	}
	for i, s := range slots {
		x = g.drawGap(p, g.ink.heading, x, s, i == frozen && frozen > 0)
		k := g.ink.heading
		if s.position == g.column {
			k = g.ink.current
		}
		index := g.visible[s.position]
		c := &g.columns[index]
		g.drawTitle(p, k, c, c.title(index), s.width)
		x += s.width
	}
	p.use(ink{})
	p.pad(g.edge() - x)
	if g.edge() < g.width {
		sign := " "
		if n := len(slots); n > 0 && slots[n-1].position < len(g.visible)-1 {
			sign = "›"
		}
		p.text(g.ink.muted, sign)
	}
}

// drawTitle draws one heading, with the sort mark beside it.
func (g *Grid) drawTitle(p *gridPen, k ink, c *gridColumn, title string, width int) {
	mark := ""
	if g.sort.column != "" && g.sort.column == c.Name {
		mark = "▲"
		if g.sort.descending {
			mark = "▼"
		}
	}
	right := c.Kind.Numeric()
	if mark == "" || width < 2 {
		p.fit(k, title, width, right)
		return
	}
	title, used := truncate(title, max(width-2, 0))
	p.use(k)
	if right {
		p.pad(width - used - 2)
	}
	p.b.WriteString(title + " " + mark)
	if !right {
		p.pad(width - used - 2)
	}
}

// drawGap fills the line from x to the slot and returns the slot's x. The gap
// between frozen and other columns holds a rule.
func (g *Grid) drawGap(p *gridPen, k ink, x int, s gridSlot, rule bool) int {
	if rule {
		p.text(g.ink.border, gridRule)
		return s.x
	}
	if s.x > x {
		p.use(k)
		p.pad(s.x - x)
	}
	return s.x
}

// drawRows draws the rows of the window.
func (g *Grid) drawRows(p *gridPen, slots []gridSlot, frozen, body int) {
	needle := g.search.needle()
	for line := range body {
		if line > 0 {
			p.newline()
		}
		i := g.top + line
		if i >= g.Len() {
			p.pad(g.width)
			continue
		}
		row, ok := g.cache.row(i)
		if !ok {
			g.drawGutter(p, i, false)
			p.fit(g.ink.muted, ellipsis, g.width-g.gutter(), false)
			continue
		}
		g.drawRow(p, i, row, slots, frozen, needle)
	}
}

// drawRow draws the cells of one row.
func (g *Grid) drawRow(p *gridPen, i int, row []any, slots []gridSlot, frozen int, needle string) {
	base, marked := g.ink.text, g.marked(row)
	switch {
	case marked:
		base = g.ink.mark
	case i == g.row:
		base = g.ink.row
	}
	g.drawGutter(p, i, marked)
	x := g.gutter()
	for n, s := range slots {
		x = g.drawGap(p, base, x, s, n == frozen && frozen > 0)
		index := g.visible[s.position]
		text, empty := g.cellText(row, index, s.width)
		k := base
		switch {
		case i == g.row && s.position == g.column:
			k = g.ink.cursor
		case empty:
			k = g.ink.muted
		case gridFound(text, needle):
			k = g.ink.match
		}
		number := g.columns[index].Kind.Numeric()
		if number && len(text) > s.width && Width(text) > s.width {
			text = ellipsis // the beginning of a number is another number
		}
		p.fit(k, text, s.width, number)
		x += s.width
	}
	p.use(ink{})
	p.pad(g.width - x)
}

// drawGutter draws the signs left of a row: ▸ for the cursor, ● for a mark.
func (g *Grid) drawGutter(p *gridPen, i int, marked bool) {
	if g.gutter() == 0 {
		return
	}
	sign := " "
	if i == g.row {
		sign = "▸"
	}
	p.text(g.ink.current, sign)
	sign = " "
	if marked {
		sign = "●"
	}
	p.text(g.ink.mark, sign)
}

// message returns what stands in place of rows, if there are none.
func (g *Grid) message() (text string, k ink) {
	switch {
	case g.Len() > 0 && len(g.columns) > 0:
		return "", ink{}
	case g.err != nil:
		return g.err.Error(), g.ink.bad
	case g.loading != "":
		return g.loading, g.ink.muted
	case g.empty != "":
		return g.empty, g.ink.muted
	}
	return i18n.T("Nothing to show."), g.ink.muted
}

// drawMessage draws a message wrapped over the lines of the body.
func (g *Grid) drawMessage(p *gridPen, message string, k ink, body int) {
	const longest = 4000 // characters of an error; more than any screen holds
	indent := g.gutter()
	width := max(g.edge()-indent, 1)
	lines := strings.Split(ansi.WrapWc(gridClean(message, longest), width, ""), "\n")
	for i := range body {
		if i > 0 {
			p.newline()
		}
		if i < len(lines) {
			p.pad(indent)
			p.fit(k, lines[i], g.width-indent, false)
		} else {
			p.pad(g.width)
		}
	}
}

// drawStatus draws the last line: an error, a query being typed, or the position
// and what is marked and hidden.
func (g *Grid) drawStatus(p *gridPen) {
	indent := g.gutter()
	p.pad(indent)
	k, text := g.ink.muted, ""
	switch {
	case g.search.open:
		k, text = g.ink.text, "/"+g.search.query+"▏"
	case g.err != nil && g.Len() > 0:
		k, text = g.ink.bad, gridClean(g.err.Error(), g.width)
	case g.loading != "" && g.Len() > 0:
		k, text = g.ink.text, gridClean(g.loading, g.width)
	default:
		text = g.summary()
	}
	p.fit(k, text, g.width-indent, false)
}

// summary returns the position and what else there is to say about the grid.
func (g *Grid) summary() string {
	if len(g.columns) == 0 {
		return ""
	}
	parts := []string{g.Position()}
	if len(g.marks) > 0 {
		parts = append(parts, i18n.T("%d marked", len(g.marks)))
	}
	if n := g.Hidden(); n > 0 {
		parts = append(parts, i18n.T("%d column{s} hidden", n))
	}
	if g.search.query != "" {
		parts = append(parts, "/"+g.search.query)
	}
	return strings.Join(parts, " · ")
}
