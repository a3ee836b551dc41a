package widget

// scroller remembers which part of a list was drawn last, so that the list does
// not jump while the cursor stays in sight, and so that a click finds its row.
type scroller struct {
	first, shown, top int
}

// window returns the rows [from, to) of count to draw in h lines, with the
// cursor among them. top is the line of the first one.
func (s *scroller) window(cursor, count, h, top int) (from, to int) {
	h = max(h, 0)
	s.first = min(s.first, cursor)
	s.first = max(s.first, cursor-h+1)
	s.first = max(min(s.first, count-h), 0)
	s.shown = min(h, count-s.first)
	s.top = top
	return s.first, s.first + s.shown
}

// hit returns the row last drawn at line y.
func (s *scroller) hit(y int) (row int, ok bool) {
	if y < s.top || y >= s.top+s.shown {
		return 0, false
	}
	return s.first + y - s.top, true
}

// moved returns a cursor among count rows after a move by delta; 0 when there
// are no rows.
func moved(cursor, delta, count int) int {
	if count == 0 {
		return 0
	}
	cursor = min(max(cursor, 0), count-1)
	delta = min(max(delta, -count), count) // no overflow for "to the end" deltas
	return min(max(cursor+delta, 0), count-1)
}
