package widget

import (
	"unicode"

	tea "charm.land/bubbletea/v2"

	"worth/ui/theme"
)

// lineEdit is the one-line text under the text inputs. The zero value is empty.
// Text that comes in is cleaned, so a pasted control sequence cannot reach the
// terminal.
type lineEdit struct {
	text   []rune
	cursor int // 0..len(text)
	offset int // the first rune drawn
}

func (e *lineEdit) string() string { return string(e.text) }

func (e *lineEdit) set(s string) {
	e.text = []rune(Clean(s))
	e.cursor = len(e.text)
}

func (e *lineEdit) insert(s string) {
	add := []rune(Clean(s))
	text := make([]rune, 0, len(e.text)+len(add))
	text = append(append(append(text, e.text[:e.cursor]...), add...), e.text[e.cursor:]...)
	e.text, e.cursor = text, e.cursor+len(add)
}

// remove deletes the runes from the cursor to another place.
func (e *lineEdit) remove(to int) {
	to = min(max(to, 0), len(e.text))
	from := min(e.cursor, to)
	e.text = append(e.text[:from:from], e.text[max(e.cursor, to):]...)
	e.cursor = from
}

// wordLeft returns the start of the word before the cursor.
func (e *lineEdit) wordLeft() int {
	i := e.cursor
	for i > 0 && !isWordRune(e.text[i-1]) {
		i--
	}
	for i > 0 && isWordRune(e.text[i-1]) {
		i--
	}
	return i
}

// wordRight returns the end of the word after the cursor.
func (e *lineEdit) wordRight() int {
	i := e.cursor
	for i < len(e.text) && !isWordRune(e.text[i]) {
		i++
	}
	for i < len(e.text) && isWordRune(e.text[i]) {
		i++
	}
	return i
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

// key edits by a key press and reports whether it was one for a text line.
func (e *lineEdit) key(msg tea.KeyPressMsg) bool {
	switch msg.String() {
	case "left", "ctrl+b":
		e.cursor = max(e.cursor-1, 0)
	case "right", "ctrl+f":
		e.cursor = min(e.cursor+1, len(e.text))
	case "home", "ctrl+a":
		e.cursor = 0
	case "end", "ctrl+e":
		e.cursor = len(e.text)
	case "alt+left", "ctrl+left", "alt+b":
		e.cursor = e.wordLeft()
	case "alt+right", "ctrl+right", "alt+f":
		e.cursor = e.wordRight()
	case "backspace", "ctrl+h", "shift+backspace":
		e.remove(e.cursor - 1)
	case "delete", "ctrl+d":
		e.remove(e.cursor + 1)
	case "ctrl+w", "alt+backspace":
		e.remove(e.wordLeft())
	case "ctrl+u":
		e.remove(0)
	case "ctrl+k":
		e.remove(len(e.text))
	default:
		if msg.Text == "" {
			return false
		}
		e.insert(msg.Text)
	}
	return true
}

// view draws the text in exactly w cells with the cursor in sight; hint stands
// in for an empty text. Without focus there is no cursor.
func (e *lineEdit) view(l *inkLine, w int, th theme.Theme, hint string, focused bool) {
	w = min(w, l.left)
	if w <= 0 {
		return
	}
	rest := l.left - w
	text := inkOf(th.Text)
	if len(e.text) == 0 && !focused {
		l.fit(inkOf(th.Muted), Clean(hint), w)
		return
	}
	e.scroll(w)
	shown := e.text[e.offset:]
	if !focused {
		l.fit(text, string(shown), w)
		return
	}
	l.put(text, string(shown[:e.cursor-e.offset]))
	under, after := " ", ""
	if e.cursor < len(e.text) {
		under, after = string(e.text[e.cursor]), string(e.text[e.cursor+1:])
	} else if len(e.text) == 0 {
		after = Clean(hint)
		text = inkOf(th.Muted)
	}
	l.put(caret(th), under)
	if room := l.left - rest; room > 0 {
		l.fit(text, after, room)
	}
}

// caret is the style of the cell the next letter goes to.
func caret(th theme.Theme) ink {
	return inkOf(th.Cursor.Reverse(th.Plain()))
}

// scroll moves the drawn part so that the cursor's cell is within w cells.
func (e *lineEdit) scroll(w int) {
	e.cursor = min(max(e.cursor, 0), len(e.text))
	e.offset = min(e.offset, e.cursor)
	under := 1
	if e.cursor < len(e.text) {
		under = runeWidth(e.text[e.cursor])
	}
	used := under
	first := e.cursor
	for first > e.offset && used+runeWidth(e.text[first-1]) <= w {
		first--
		used += runeWidth(e.text[first])
	}
	e.offset = first
}
