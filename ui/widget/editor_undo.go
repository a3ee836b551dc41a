package widget

// edit is one change that can be taken back: between two places, one text was put
// in place of another.
type edit struct {
	from    place
	was, is []string
	endOfIs place
	cursor  place // before the change
	kind    editKind
}

// editKind says which edits belong together: letters typed one after the other are
// undone at once, and so are letters deleted one after the other.
type editKind uint8

const (
	editOther editKind = iota
	editTyping
	editDeleting
)

// maxEdits bounds what can be undone.
const maxEdits = 1000

// replace changes the text and notes how to take that back.
func (e *Editor) replace(from, to place, with []string, kind editKind) {
	was := e.cut(from, to)
	change := edit{from: from, was: was, is: with, cursor: place{e.row, e.at}, kind: kind}
	change.endOfIs = e.splice(from, to, with)
	e.undone = nil
	last := len(e.done) - 1
	if last >= 0 && kind != editOther && e.grouping == kind && e.done[last].join(change) {
		return
	}
	e.done = append(e.done, change)
	e.done = e.done[max(len(e.done)-maxEdits, 0):]
	e.grouping = kind
}

// join adds a change to the one before it if both are on one line and touch.
func (c *edit) join(next edit) bool {
	if len(c.was) != 1 || len(c.is) != 1 || len(next.was) != 1 || len(next.is) != 1 || c.from.row != next.from.row {
		return false
	}
	switch {
	case next.kind == editTyping && next.from == c.endOfIs && next.was[0] == "":
		c.is = []string{c.is[0] + next.is[0]}
		c.endOfIs = next.endOfIs
	case next.kind == editDeleting && c.is[0] == "" && next.is[0] == "" && endOf(next.from, next.was) == c.from: // backspace
		c.was = []string{next.was[0] + c.was[0]}
		c.from, c.endOfIs = next.from, next.endOfIs
	case next.kind == editDeleting && c.is[0] == "" && next.is[0] == "" && next.from == c.from: // delete
		c.was = []string{c.was[0] + next.was[0]}
	default:
		return false
	}
	return true
}

// Undo takes the last change back and reports whether there was one.
func (e *Editor) Undo() bool {
	last := len(e.done) - 1
	if last < 0 {
		return false
	}
	c := e.done[last]
	e.done = e.done[:last]
	e.splice(c.from, c.endOfIs, c.was)
	e.SetCursor(c.cursor.row, c.cursor.at)
	e.undone = append(e.undone, c)
	return true
}

// Redo makes a change that was taken back again and reports whether there was one.
func (e *Editor) Redo() bool {
	last := len(e.undone) - 1
	if last < 0 {
		return false
	}
	c := e.undone[last]
	e.undone = e.undone[:last]
	end := e.splice(c.from, endOf(c.from, c.was), c.is)
	e.SetCursor(end.row, end.at)
	e.done = append(e.done, c)
	return true
}

// endOf returns where a text that begins at a place ends.
func endOf(from place, text []string) place {
	last := len(text) - 1
	if last == 0 {
		return place{from.row, from.at + len(text[0])}
	}
	return place{from.row + last, len(text[last])}
}
