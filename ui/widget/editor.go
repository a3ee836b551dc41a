package widget

import (
	"slices"
	"strings"
	"unicode/utf8"

	"worth/ui/theme"
)

// Editor is a text of many lines being written: SQL, in colours. It undoes and
// redoes, indents, and offers completions below the cursor.
//
// Text that comes in is cleaned, so that nothing pasted can reach the terminal but
// what is seen. Lines are drawn from a cache of their tokens, so that a keystroke
// costs a line and not the text.
type Editor struct {
	Theme   theme.Theme
	Focused bool   // the cursor and the offers are drawn
	Hint    string // in place of an empty text

	lines []string // at least one
	row   int      // the cursor's line
	at    int      // the byte of it before which the cursor stands
	want  int      // the column that moving up and down tries to keep
	top   int      // the first line drawn
	left  int      // the first column drawn
	h     int      // lines of the last view

	undone, done []edit
	grouping     editKind // of the last edit; moving ends a group
	version      int      // counts changes of the text

	colours   colours
	marked    [2]int // lines marked in the margin, the second not included
	offering  offering
	cursorCol int // where the last view drew the cursor
	cursorRow int
}

// NewEditor returns an editor of a text with the cursor at its end.
func NewEditor(t theme.Theme, text string) *Editor {
	e := &Editor{Theme: t}
	e.SetText(text)
	return e
}

// SetText replaces the text, which cannot be undone.
func (e *Editor) SetText(text string) {
	e.lines = cleanLines(text)
	e.done, e.undone, e.grouping = nil, nil, editOther
	e.row = len(e.lines) - 1
	e.at = len(e.lines[e.row])
	e.changed(0)
	e.moved()
}

// tabWidth is how many spaces a tab becomes.
const tabWidth = 4

// cleanLines returns the lines of a text without anything a terminal would obey.
func cleanLines(text string) []string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", spaces(tabWidth)).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = Clean(line)
	}
	return lines
}

// Text returns the whole text.
func (e *Editor) Text() string { return strings.Join(e.text(), "\n") }

// text returns the lines; an editor that was never used has an empty one.
func (e *Editor) text() []string {
	if len(e.lines) == 0 {
		e.lines = []string{""}
	}
	return e.lines
}

// Version changes with every change of the text.
func (e *Editor) Version() int { return e.version }

// Offset returns the byte of the text before which the cursor stands.
func (e *Editor) Offset() int {
	offset := e.at
	for _, line := range e.text()[:e.row] {
		offset += len(line) + 1
	}
	return offset
}

// Cursor returns the line of the cursor and the byte in it.
func (e *Editor) Cursor() (row, at int) { return e.row, e.at }

// SetCursor puts the cursor before a byte of a line, or as near as can be.
func (e *Editor) SetCursor(row, at int) {
	e.row = min(max(row, 0), len(e.text())-1)
	e.at = runeStart(e.lines[e.row], at)
	e.moved()
}

// Mark marks lines in the margin, from the one on which a byte of the text stands
// to that of another.
func (e *Editor) Mark(from, to int) {
	e.marked = [2]int{e.lineOf(from), e.lineOf(to) + 1}
}

// Unmark takes the marks away.
func (e *Editor) Unmark() { e.marked = [2]int{} }

// lineOf returns the line on which a byte of the text stands.
func (e *Editor) lineOf(offset int) int {
	for i, line := range e.text() {
		if offset <= len(line) {
			return i
		}
		offset -= len(line) + 1
	}
	return len(e.lines) - 1
}

// Insert puts a text at the cursor, as a paste does.
func (e *Editor) Insert(text string) {
	e.replace(place{e.row, e.at}, place{e.row, e.at}, cleanLines(text), editOther)
	e.offering.close()
}

// typed puts what a key writes at the cursor.
func (e *Editor) typed(text string) {
	kind := editTyping
	if strings.TrimSpace(text) == "" {
		kind = editOther // undo goes word by word
	}
	e.replace(place{e.row, e.at}, place{e.row, e.at}, cleanLines(text), kind)
}

// newline breaks the line and indents the next one as this one is.
func (e *Editor) newline() {
	line := e.text()[e.row]
	indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
	e.replace(place{e.row, e.at}, place{e.row, e.at}, []string{"", indent[:min(len(indent), e.at)]}, editOther)
}

// indent moves the line right or left by a step.
func (e *Editor) indent(by int) {
	line := e.text()[e.row]
	have := len(line) - len(strings.TrimLeft(line, " "))
	at := e.at
	if by > 0 {
		to := (have/tabWidth + 1) * tabWidth
		e.replace(place{e.row, 0}, place{e.row, 0}, []string{spaces(to - have)}, editOther)
		e.at = at + to - have
	} else if have > 0 {
		to := (have - 1) / tabWidth * tabWidth
		e.replace(place{e.row, 0}, place{e.row, have - to}, []string{""}, editOther)
		e.at = max(at-have+to, 0)
	}
	e.moved()
}

// place is where in a text something stands.
type place struct{ row, at int }

// before reports whether p stands before q.
func (p place) before(q place) bool { return p.row < q.row || p.row == q.row && p.at < q.at }

// remove deletes what stands between the cursor and another place.
func (e *Editor) remove(to place, kind editKind) {
	from := place{e.row, e.at}
	if to.before(from) {
		from, to = to, from
	}
	if from != to {
		e.replace(from, to, []string{""}, kind)
	}
}

// cut returns the lines between two places.
func (e *Editor) cut(from, to place) []string {
	lines := slices.Clone(e.text()[from.row : to.row+1])
	last := len(lines) - 1
	lines[last] = lines[last][:to.at]
	lines[0] = lines[0][from.at:]
	return lines
}

// splice puts lines in place of what stands between two places and returns where
// they end. The cursor goes there.
func (e *Editor) splice(from, to place, with []string) place {
	head, tail := e.text()[from.row][:from.at], e.lines[to.row][to.at:]
	lines := slices.Clone(with)
	lines[0] = head + lines[0]
	last := len(lines) - 1
	end := place{from.row + last, len(lines[last])}
	lines[last] += tail
	if last == 0 && from.row == to.row {
		e.lines[from.row] = lines[0]
	} else {
		e.lines = slices.Replace(e.lines, from.row, to.row+1, lines...)
	}
	e.row, e.at = end.row, end.at
	e.changed(from.row)
	return end
}

// changed notes that the text is another from a line on.
func (e *Editor) changed(row int) {
	e.version++
	e.colours.forget(row)
	e.keepColumn()
}

// moved notes that the cursor was put somewhere: what is typed next is undone by
// itself.
func (e *Editor) moved() {
	e.grouping = editOther
	e.offering.close()
	e.keepColumn()
}

// keepColumn makes the cursor's column the one that moving up and down keeps.
func (e *Editor) keepColumn() { e.want = Width(e.text()[e.row][:e.at]) }

// runeBefore returns the byte at which the character before a byte begins.
func runeBefore(line string, at int) int {
	_, size := utf8.DecodeLastRuneInString(line[:at])
	return at - size
}

// runeAfter returns the byte at which the character at a byte ends.
func runeAfter(line string, at int) int {
	_, size := utf8.DecodeRuneInString(line[at:])
	return at + size
}

// Rewrite replaces the whole text by another, as one change that can be undone.
func (e *Editor) Rewrite(text string) {
	last := len(e.text()) - 1
	e.replace(place{}, place{last, len(e.lines[last])}, cleanLines(text), editOther)
	e.moved()
}
