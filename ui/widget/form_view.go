package widget

import (
	"worth/internal/i18n"
	"worth/ui/theme"
)

// formLine is a drawn line and the row it stands for; see Form.rows.
type formLine struct {
	text string
	row  int
}

// formListHeight is the most options of an open list shown at once.
const formListHeight = 8

// View draws the form in w×h cells and keeps the field under the cursor, its
// message and its open list in sight.
func (f *Form) View(w, h int) string {
	f.rows = f.rows[:0]
	if w <= 0 || h <= 0 {
		return lined(nil, w, h)
	}
	f.field()
	labelW := 0
	for _, field := range f.Fields {
		labelW = max(labelW, Width(Clean(field.Label)))
	}
	labelW = min(labelW, max(w*2/5, 1))
	var all []formLine
	from, to := 0, 0
	for i := range f.Fields {
		if i == f.Cursor {
			from = len(all)
		}
		all = append(all, f.fieldLines(i, w, h, labelW)...)
		if i == f.Cursor {
			to = len(all)
		}
	}
	f.first = min(max(f.first, to-h), from)
	f.first = max(min(f.first, len(all)-h), 0)
	lines := make([]string, 0, h)
	for _, line := range all[f.first:min(f.first+h, len(all))] {
		lines = append(lines, line.text)
		f.rows = append(f.rows, line.row)
	}
	return lined(lines, w, h)
}

// fieldLines draws one field: its line, its message, its open list.
func (f *Form) fieldLines(i, w, h, labelW int) []formLine {
	field := f.Fields[i]
	lines := []formLine{{text: f.fieldLine(i, w, labelW), row: i}}
	indent := labelW + 4
	if field.Message != "" {
		l := newInkLine(w)
		l.repeat(ink{}, " ", indent)
		l.put(inkOf(f.Theme.Bad), Clean(field.Message))
		lines = append(lines, formLine{text: l.String(), row: i})
	}
	if i != f.Cursor || !f.listing {
		return lines
	}
	from, to := f.list.window(f.picked, len(field.Options), max(min(formListHeight, h-len(lines)), 1), 0)
	for o := from; o < to; o++ {
		style, sign := inkOf(f.Theme.Text), "  "
		if o == f.picked {
			style, sign = inkOf(f.Theme.Cursor), "▸ "
		}
		l := newInkLine(w)
		l.repeat(ink{}, " ", indent)
		l.put(style, sign+Clean(field.Options[o].label())+" ")
		lines = append(lines, formLine{text: l.String(), row: -2 - o})
	}
	return lines
}

func (c Choice) label() string {
	if c.Label == "" {
		return c.Value
	}
	return c.Label
}

func (f *Form) fieldLine(i, w, labelW int) string {
	field := f.Fields[i]
	label, value, sign := inkOf(f.Theme.Text), inkOf(f.Theme.Text), "  "
	focused := i == f.Cursor && !field.Disabled
	switch {
	case field.Disabled:
		label, value = inkOf(f.Theme.Muted), inkOf(f.Theme.Muted)
	case focused:
		label, sign = inkOf(f.Theme.Strong), "▸ "
	}
	l := newInkLine(w)
	l.put(label, sign)
	l.fit(label, Clean(field.Label), labelW)
	l.repeat(ink{}, " ", 2)
	note, valueW := Clean(field.Note), l.left
	if note != "" {
		valueW = min(f.valueWidth(), l.left*2/3)
	}
	f.value(l, field, valueW, focused, value)
	if note != "" {
		l.repeat(ink{}, " ", 2)
		l.fit(inkOf(f.Theme.Muted), note, l.left)
	}
	return l.String()
}

// valueWidth is the width in which every value is seen whole, so that the notes
// beside them stand in one column.
func (f *Form) valueWidth() int {
	width := 12 // room to type
	for i := range f.Fields {
		field := &f.Fields[i]
		if !field.fixed() {
			width = max(width, Width(field.Value)+1, Width(field.Hint)+1)
			continue
		}
		left, text, right := field.shown(true)
		width = max(width, Width(left)+Width(text)+Width(right))
	}
	return width
}

// value draws the value in exactly w cells.
func (f *Form) value(l *inkLine, field Field, w int, focused bool, style ink) {
	w = min(w, l.left)
	rest := l.left - w
	if !field.fixed() {
		if focused {
			f.edit.view(l, w, f.Theme, field.Hint, true)
			return
		}
		still := lineEdit{text: []rune(Clean(field.Value))}
		if field.Disabled {
			l.fit(style, string(still.text), w)
			return
		}
		still.view(l, w, f.Theme, field.Hint, false)
		return
	}
	if focused {
		style = inkOf(f.Theme.Cursor)
	}
	left, text, right := field.shown(focused)
	arrows := arrowInk(f.Theme)
	l.put(arrows, left)
	room := max(l.left-rest-Width(right), 0)
	if have := Width(text); have < room {
		l.put(style, text)
	} else {
		l.fit(style, text, room)
	}
	if l.left-rest >= Width(right) {
		l.put(arrows, right)
	}
	l.repeat(ink{}, " ", l.left-rest)
}

func arrowInk(th theme.Theme) ink {
	if th.Plain() {
		return ink{} // underlined arrows are hard to tell
	}
	return inkOf(th.Accent)
}

// shown returns the text of a chosen value and what stands either side of it.
func (f *Field) shown(focused bool) (left, text, right string) {
	if f.Kind == FieldToggle {
		if f.Value == "true" {
			return "", "● " + i18n.T("on"), ""
		}
		return "", "○ " + i18n.T("off"), ""
	}
	text = Clean(f.Value)
	if at := f.option(); at >= 0 {
		text = Clean(f.Options[at].label())
	}
	if text == "" {
		text = Clean(f.Hint)
	}
	if text == "" {
		text = "–"
	}
	if focused {
		return "‹ ", text, " ›"
	}
	return "", text, " ▾"
}
