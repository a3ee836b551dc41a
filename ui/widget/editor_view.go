package widget

import (
	"strconv"
	"strings"

	"worth/internal/sqltext"
	"worth/ui/theme"
)

// colours are the tokens of the lines of a text, made as they are drawn.
type colours struct {
	lines []coloured // of the first lines, as many as are known
}

// coloured is a line taken apart, and the state it leaves to the next.
type coloured struct {
	tokens []sqltext.Token
	after  sqltext.State
}

// forget drops what is known of a line and all after it.
func (c *colours) forget(row int) { c.lines = c.lines[:min(len(c.lines), row)] }

// of returns the tokens of a line.
func (c *colours) of(lines []string, row int) []sqltext.Token {
	for i := len(c.lines); i <= row; i++ {
		var state sqltext.State
		if i > 0 {
			state = c.lines[i-1].after
		}
		tokens, after := sqltext.Line(lines[i], state)
		c.lines = append(c.lines, coloured{tokens, after})
	}
	return c.lines[row].tokens
}

// editorInks are the styles of the parts of a text, by kind of token.
type editorInks struct {
	token                  [sqltext.Punctuation + 1]ink
	number, marked, cursor ink
}

func (e *Editor) inks() editorInks {
	t := e.Theme
	k := editorInks{number: inkOf(t.Muted), marked: inkOf(t.Accent.UnsetUnderline()), cursor: caret(t)}
	k.token = [...]ink{
		sqltext.Space: {}, sqltext.Comment: inkOf(t.Muted), sqltext.Keyword: inkOf(t.Header), sqltext.Function: inkOf(t.BarOther),
		sqltext.Name: inkOf(t.Text), sqltext.String: inkOf(t.Good), sqltext.Number: inkOf(t.Warn.UnsetBold()),
		sqltext.Parameter: inkOf(t.Match), sqltext.Punctuation: inkOf(t.Text),
	}
	return k
}

// margin is the width of the line numbers and the mark after them.
func (e *Editor) margin() int { return len(strconv.Itoa(len(e.text()))) + 2 }

// View draws the text in w×h cells with the cursor in sight.
func (e *Editor) View(w, h int) string {
	e.h = h
	if w <= 0 || h <= 0 {
		return lined(nil, w, h)
	}
	margin := e.margin()
	if w < margin+8 {
		margin = 0
	}
	e.reveal(w-margin, h)
	k := e.inks()
	out := make([]string, 0, h)
	for row := e.top; row < min(e.top+h, len(e.lines)); row++ {
		l := newInkLine(w)
		if margin > 0 {
			l.fitRight(k.number, strconv.Itoa(row+1), margin-2)
			sign := " "
			if row >= e.marked[0] && row < e.marked[1] {
				sign = "▎"
			}
			l.put(k.marked, sign)
			l.put(ink{}, " ")
		}
		e.drawLine(l, k, row)
		out = append(out, l.String())
	}
	e.cursorRow = e.row - e.top
	e.cursorCol = margin + Width(e.lines[e.row][:e.at]) - e.left
	return e.withOffers(lined(out, w, h), w, h)
}

// reveal scrolls so that the cursor is within w×h cells of text.
func (e *Editor) reveal(w, h int) {
	e.row = min(e.row, len(e.text())-1)
	e.at = runeStart(e.lines[e.row], e.at)
	e.top = max(min(e.top, e.row), e.row-h+1, 0)
	e.top = max(min(e.top, len(e.lines)-h), 0)
	column := Width(e.lines[e.row][:e.at])
	under := 1
	if e.at < len(e.lines[e.row]) {
		under = Width(e.lines[e.row][e.at:runeAfter(e.lines[e.row], e.at)])
	}
	if !e.Focused { // it is read, not written
		column, under = 0, 0
	}
	const step = 8 // columns to scroll by at once
	if column < e.left {
		e.left = max(column-step, 0)
	}
	if column+under > e.left+w {
		e.left = column + under - w + min(step, max(w-under-1, 0))
	}
	e.left = max(e.left, 0)
}

// drawLine draws a line from the first column in view, with the cursor if it is on
// it.
func (e *Editor) drawLine(l *inkLine, k editorInks, row int) {
	line := e.lines[row]
	cursor := -1
	if e.Focused && row == e.row {
		cursor = e.at
	}
	if line == "" && len(e.lines) == 1 && e.Hint != "" {
		if cursor == 0 {
			l.put(k.cursor, " ")
		}
		l.put(k.number, Clean(e.Hint))
		return
	}
	start := columnAt(line, e.left)
	if start < len(line) && Width(line[:start]) < e.left { // half of a wide letter
		start = runeAfter(line, start)
		l.put(ink{}, " ")
	}
	for _, token := range e.colours.of(e.lines, row) {
		from, to := max(token.Start, start), token.End
		if from >= to || l.left == 0 {
			continue
		}
		style := k.token[token.Kind]
		if cursor < from || cursor >= to {
			l.cut(style, line[from:to])
			continue
		}
		after := runeAfter(line, cursor)
		l.cut(style, line[from:cursor])
		l.cut(k.cursor, line[cursor:after])
		l.cut(style, line[after:to])
	}
	if cursor == len(line) {
		l.put(k.cursor, " ")
	}
}

// cut writes as much of s as there is room for, without an ellipsis.
func (l *inkLine) cut(k ink, s string) {
	if s == "" || l.left <= 0 {
		return
	}
	if len(s) > l.left { // no character is wider than its bytes
		s = s[:columnAt(s, l.left)]
	}
	if strings.TrimLeft(s, " ") == "" && k == (ink{}) {
		l.raw(s, len(s))
		return
	}
	l.write(k, s, Width(s))
}

// SQLLines returns a text of SQL in colours, broken into lines of at most w columns.
func SQLLines(text string, w int, t theme.Theme) []string {
	k := (&Editor{Theme: t}).inks()
	lines := cleanLines(text)
	var known colours
	var out []string
	for row, line := range lines {
		l := newInkLine(w)
		for _, token := range known.of(lines, row) {
			part := line[token.Start:token.End]
			if Width(part) > l.left && l.left < w {
				out = append(out, l.String())
				l = newInkLine(w)
				l.raw(spaces(min(tabWidth, w/2)), min(tabWidth, w/2))
				if token.Kind == sqltext.Space {
					continue
				}
			}
			l.cut(k.token[token.Kind], part)
		}
		out = append(out, l.String())
	}
	return out
}
