package widget

import (
	tea "charm.land/bubbletea/v2"
)

// Key handles a key press and reports whether it was one for an editor. With offers
// open, up, down, tab and esc are theirs.
func (e *Editor) Key(msg tea.KeyPressMsg) bool {
	key := msg.String()
	if e.offering.open() && e.offerKey(key) {
		return true
	}
	if e.moveKey(key) || e.deleteKey(key) {
		return true
	}
	switch key {
	case "enter", "shift+enter", "ctrl+j":
		e.newline()
	case "tab":
		e.indent(1)
	case "shift+tab":
		e.indent(-1)
	case "ctrl+z":
		e.Undo()
	case "ctrl+y", "ctrl+shift+z":
		e.Redo()
	default:
		if msg.Text == "" {
			return false
		}
		e.typed(msg.Text)
	}
	return true
}

// moveKey handles the keys that move the cursor.
func (e *Editor) moveKey(key string) bool {
	line := e.text()[e.row]
	to := place{e.row, e.at}
	switch key {
	case "left", "ctrl+b":
		to = e.charBefore()
	case "right", "ctrl+f":
		to = e.charAfter()
	case "alt+left", "ctrl+left", "alt+b":
		to = e.wordBefore()
	case "alt+right", "ctrl+right", "alt+f":
		to = e.wordAfter()
	case "home", "ctrl+a":
		to.at = homeOf(line, e.at)
	case "end", "ctrl+e":
		to.at = len(line)
	case "ctrl+home", "alt+<":
		to = place{}
	case "ctrl+end", "alt+>":
		to = place{len(e.lines) - 1, len(e.lines[len(e.lines)-1])}
	case "up":
		e.vertical(-1)
		return true
	case "down":
		e.vertical(1)
		return true
	case "pgup":
		e.vertical(-max(e.h-1, 1))
		return true
	case "pgdown":
		e.vertical(max(e.h-1, 1))
		return true
	default:
		return false
	}
	e.row, e.at = to.row, to.at
	e.moved()
	return true
}

// deleteKey handles the keys that delete.
func (e *Editor) deleteKey(key string) bool {
	line := e.text()[e.row]
	switch key {
	case "backspace", "ctrl+h", "shift+backspace":
		if pad := indentBefore(line, e.at); pad > 1 {
			e.remove(place{e.row, e.at - pad}, editOther)
		} else {
			e.remove(e.charBefore(), editDeleting)
		}
	case "delete", "ctrl+d":
		e.remove(e.charAfter(), editDeleting)
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		e.remove(e.wordBefore(), editOther)
	case "alt+d", "alt+delete", "ctrl+delete":
		e.remove(e.wordAfter(), editOther)
	case "ctrl+u":
		e.remove(place{e.row, 0}, editOther)
	case "ctrl+k":
		if e.at == len(line) { // the line break itself
			e.remove(e.charAfter(), editOther)
		} else {
			e.remove(place{e.row, len(line)}, editOther)
		}
	default:
		return false
	}
	return true
}

// indentBefore returns how many spaces backspace takes at once: those back to the
// step before, within the indentation.
func indentBefore(line string, at int) int {
	for i := range at {
		if line[i] != ' ' {
			return 0
		}
	}
	if at == 0 {
		return 0
	}
	return (at-1)%tabWidth + 1
}

// homeOf returns the first letter of a line, or its beginning when the cursor is at
// that already.
func homeOf(line string, at int) int {
	first := 0
	for first < len(line) && line[first] == ' ' {
		first++
	}
	if at == first {
		return 0
	}
	return first
}

// charBefore returns the place one character before the cursor.
func (e *Editor) charBefore() place {
	switch {
	case e.at > 0:
		return place{e.row, runeBefore(e.lines[e.row], e.at)}
	case e.row > 0:
		return place{e.row - 1, len(e.lines[e.row-1])}
	}
	return place{}
}

// charAfter returns the place one character after the cursor.
func (e *Editor) charAfter() place {
	switch {
	case e.at < len(e.lines[e.row]):
		return place{e.row, runeAfter(e.lines[e.row], e.at)}
	case e.row < len(e.lines)-1:
		return place{e.row + 1, 0}
	}
	return place{e.row, e.at}
}

// wordBefore returns the start of the word before the cursor; at the start of a
// line, the end of the line above.
func (e *Editor) wordBefore() place {
	if e.at == 0 {
		return e.charBefore()
	}
	line := lineEdit{text: []rune(e.lines[e.row][:e.at])}
	line.cursor = len(line.text)
	return place{e.row, len(string(line.text[:line.wordLeft()]))}
}

// wordAfter returns the end of the word after the cursor; at the end of a line, the
// start of the line below.
func (e *Editor) wordAfter() place {
	if e.at == len(e.lines[e.row]) {
		return e.charAfter()
	}
	line := lineEdit{text: []rune(e.lines[e.row][e.at:])}
	return place{e.row, e.at + len(string(line.text[:line.wordRight()]))}
}

// vertical moves the cursor by lines and keeps its column where a line is long
// enough.
func (e *Editor) vertical(by int) {
	want := e.want
	row := min(max(e.row+by, 0), len(e.text())-1)
	at := columnAt(e.lines[row], want)
	switch {
	case row == e.row && by < 0:
		at = 0
	case row == e.row && by > 0:
		at = len(e.lines[row])
	}
	e.row, e.at = row, at
	e.moved()
	if row != 0 || by > 0 {
		e.want = want
	}
}

// columnAt returns the byte of a line at a column, or its end.
func columnAt(line string, column int) int {
	used := 0
	for i, r := range line {
		if used+runeWidth(r) > column {
			return i
		}
		used += runeWidth(r)
	}
	return len(line)
}

// Click puts the cursor at a cell of the last view.
func (e *Editor) Click(x, y int) {
	row := min(e.top+y, len(e.text())-1)
	column := max(x-e.margin(), 0) + e.left
	e.SetCursor(row, columnAt(e.lines[row], column))
}

// Scroll moves the cursor by lines, as the wheel does.
func (e *Editor) Scroll(lines int) { e.vertical(lines) }
