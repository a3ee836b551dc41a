package widget

import (
	"strings"

	"worth/ui/theme"
)

// Panel is a frame with a title, and a note at the right of its upper edge,
// around a body. Pages are laid out of panels.
type Panel struct {
	Theme   theme.Theme
	Title   string
	Note    string // shown when there is room beside the title
	Focused bool   // the frame is drawn in the accent style
	Body    Viewer // nil leaves the inside empty
}

// PanelInner returns the size of the body of a panel of w×h cells. A panel too
// small for a frame is all body.
func PanelInner(w, h int) (innerW, innerH int) {
	if w < 4 || h < 3 {
		return max(w, 0), max(h, 0)
	}
	return w - 2, h - 2
}

// View draws the panel in w×h cells.
func (p Panel) View(w, h int) string {
	w, h = max(w, 0), max(h, 0)
	innerW, innerH := PanelInner(w, h)
	body := ""
	if p.Body != nil {
		body = p.Body.View(innerW, innerH)
	}
	if innerH == h {
		return Block(body, w, h)
	}
	edge := inkOf(p.Theme.Border)
	if p.Focused {
		edge = inkOf(p.Theme.Accent)
	}
	side := edge.pre + "│" + edge.post
	lines := strings.Split(body, "\n")
	blank := spaces(innerW)
	var out strings.Builder
	out.Grow(len(body) + h*(2*len(side)+4) + 8*w)
	out.WriteString(p.top(w, edge))
	for y := range innerH {
		line := blank
		if y < len(lines) && lines[y] != "" {
			line = lines[y]
		}
		out.WriteByte('\n')
		out.WriteString(side)
		out.WriteString(line)
		out.WriteString(side)
	}
	out.WriteByte('\n')
	out.WriteString(edge.pre + "╰" + strings.Repeat("─", innerW) + "╯" + edge.post)
	return out.String()
}

// top draws the upper edge with title and note.
func (p Panel) top(w int, edge ink) string {
	title, note := Clean(p.Title), Clean(p.Note)
	room := w - 6 // corners, and a rule and a space either side of the title
	if title == "" || room < 1 {
		return edge.pre + "╭" + strings.Repeat("─", w-2) + "╮" + edge.post
	}
	titleW := min(Width(title), room)
	noteW := Width(note)
	if noteW == 0 || titleW+noteW+3 > room {
		note, noteW = "", 0
	}
	style := p.Theme.Strong
	if p.Focused {
		style = p.Theme.Header
	}
	l := newInkLine(w)
	l.put(edge, "╭─")
	l.put(ink{}, " ")
	l.fit(inkOf(style), title, titleW)
	l.put(ink{}, " ")
	if note == "" {
		l.repeat(edge, "─", l.left-1)
	} else {
		l.repeat(edge, "─", l.left-noteW-4)
		l.put(ink{}, " ")
		l.put(inkOf(p.Theme.Muted), note)
		l.put(ink{}, " ")
		l.put(edge, "─")
	}
	l.put(edge, "╮")
	return l.String()
}
