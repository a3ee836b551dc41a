package widget

// offering is the list of completions below the cursor.
type offering struct {
	list   []Suggestion
	remove int // bytes before the cursor that a completion replaces
	picked int
	scroll scroller
}

// offersShown is how many completions are in view at once.
const offersShown = 8

func (o *offering) open() bool { return len(o.list) > 0 }
func (o *offering) close()     { o.list = nil }

// Offer shows ways to go on; a choice replaces so many bytes before the cursor. No
// offers close the list.
func (e *Editor) Offer(offers []Suggestion, replacing int) {
	if replacing < 0 || replacing > e.at {
		offers = nil
	}
	e.offering = offering{list: offers, remove: replacing}
}

// Offering reports whether completions are shown.
func (e *Editor) Offering() bool { return e.offering.open() }

// offerKey handles the keys of the list of completions.
func (e *Editor) offerKey(key string) bool {
	o := &e.offering
	switch key {
	case "up", "ctrl+p":
		o.picked = moved(o.picked, -1, len(o.list))
	case "down", "ctrl+n":
		o.picked = moved(o.picked, 1, len(o.list))
	case "tab":
		e.take()
	case "esc":
		o.close()
	default:
		return false
	}
	return true
}

// take puts the picked completion in place.
func (e *Editor) take() {
	o := e.offering
	with := cleanLines(o.list[o.picked].Text)
	e.replace(place{e.row, max(e.at-o.remove, 0)}, place{e.row, e.at}, with, editOther)
	e.offering.close()
}

// withOffers lays the list of completions over a view, below the cursor or above
// it where there is more room.
func (e *Editor) withOffers(view string, w, h int) string {
	o := &e.offering
	if !o.open() || !e.Focused || w < 12 || h < 3 {
		return view
	}
	below, above := h-e.cursorRow-1, e.cursorRow
	n := min(len(o.list), offersShown, max(below, above))
	y := e.cursorRow + 1
	if below < n {
		n = min(n, max(above, below))
		if above > below {
			y = e.cursorRow - n
		}
	}
	box := e.offerBox(w, n)
	typedW := Width(e.lines[e.row][max(e.at-o.remove, 0):e.at])
	return OverlayAt(view, box, max(e.cursorCol-typedW-1, 0), y, w, h)
}

// offerBox draws n of the completions.
func (e *Editor) offerBox(w, n int) string {
	o := &e.offering
	textW, noteW := 0, 0
	for _, s := range o.list {
		textW, noteW = max(textW, Width(s.Text)), max(noteW, Width(s.Note))
	}
	textW = min(textW, w/2)
	boxW := min(textW+noteW+4, w)
	text, note, cursor := inkOf(e.Theme.Overlay), inkOf(e.Theme.Muted), inkOf(e.Theme.Cursor)
	from, to := o.scroll.window(o.picked, len(o.list), n, 0)
	lines := make([]string, 0, n)
	for i := from; i < to; i++ {
		l := newInkLine(boxW)
		k, sign := text, "│"
		if i == o.picked {
			k, sign = cursor, "▸"
		}
		l.put(inkOf(e.Theme.Accent), sign)
		l.fit(k, " "+o.list[i].Text, textW+1)
		l.put(k, " ")
		if i == o.picked {
			l.fit(cursor, o.list[i].Note, l.left)
		} else {
			l.fit(note, o.list[i].Note, l.left)
		}
		lines = append(lines, l.String())
	}
	return lined(lines, boxW, len(lines))
}
