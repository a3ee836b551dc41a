package widget

import (
	"math"

	"worth/ui/theme"
)

// Slider is a number that can be moved between bounds, with a mark where it stood
// before.
type Slider struct {
	Label     string
	Mark      string  // one cell after the label, such as a sign of a setting of its own
	Base, At  float64 // where it stood and where it stands
	Low, High float64 // bounds, the ends of the track
	Value     string  // where it stands, or from where to where, as a person reads it
	Off       string  // why it cannot be moved, instead of the track; empty if it can
}

// logFrom is the ratio of bounds from which a track is logarithmic: on an even one
// everything would crowd at its left end.
const logFrom = 50

// place returns where on the track a value stands, 0–1.
func (s Slider) place(v float64) float64 {
	low, high := s.Low, s.High
	if s.logarithmic() {
		low, high, v = math.Log(low), math.Log(high), math.Log(math.Max(v, s.Low))
	}
	share := (v - low) / (high - low)
	if !(share >= 0) || high <= low { // no number, or no track
		return 0
	}
	return math.Min(share, 1)
}

// at returns the value at a place on the track, 0–1.
func (s Slider) at(share float64) float64 {
	share = math.Min(math.Max(share, 0), 1)
	if s.logarithmic() {
		return math.Exp(math.Log(s.Low) + share*(math.Log(s.High)-math.Log(s.Low)))
	}
	return s.Low + share*(s.High-s.Low)
}

func (s Slider) logarithmic() bool { return s.Low > 0 && s.High >= logFrom*s.Low }

// changed reports whether the slider stands elsewhere than before.
func (s Slider) changed() bool { return s.At != s.Base }

// Sliders is a list of sliders, one a line, with a cursor. The slider under the
// cursor can be typed into.
type Sliders struct {
	Theme   theme.Theme
	Rows    []Slider
	Cursor  int
	Focused bool // whether the cursor is drawn

	edit   lineEdit
	typing bool
	scroll scroller
	track  span // of the last view
}

// span is a run of cells.
type span struct{ from, width int }

// The widths of the parts of a line.
const (
	sliderLeast = 6  // the shortest track worth drawing
	sliderMost  = 60 // the longest
	typingLeast = 12 // room for what is typed
)

// Move moves the cursor and ends typing. Large deltas go to the ends.
func (s *Sliders) Move(delta int) {
	s.EndTyping()
	s.Cursor = moved(s.Cursor, delta, len(s.Rows))
}

// Hit returns the slider at line y of the last view, and the value at column x if
// that is on its track.
func (s *Sliders) Hit(x, y int) (row int, value float64, onTrack, ok bool) {
	row, ok = s.scroll.hit(y)
	if !ok || row >= len(s.Rows) {
		return 0, 0, false, false
	}
	onTrack = s.track.width > 1 && x >= s.track.from && x < s.track.from+s.track.width && s.Rows[row].Off == ""
	return row, s.ValueAt(row, x), onTrack, true
}

// ValueAt returns the value of a slider at column x of the last view, that of the
// nearest end beside the track.
func (s *Sliders) ValueAt(row, x int) float64 {
	if row < 0 || row >= len(s.Rows) {
		return 0
	}
	if s.track.width < 2 {
		return s.Rows[row].At
	}
	return s.Rows[row].at(float64(x-s.track.from) / float64(s.track.width-1))
}

// View draws the sliders in w×h cells and keeps the cursor in sight. Where room is
// short the tracks shrink and go, then the values are cut.
func (s *Sliders) View(w, h int) string {
	if w <= 0 || h <= 0 {
		s.track, s.scroll.shown = span{}, 0
		return lined(nil, w, h)
	}
	s.Cursor = moved(s.Cursor, 0, len(s.Rows))
	label, value := s.plan(w)
	k := s.inks()
	from, to := s.scroll.window(s.Cursor, len(s.Rows), h, 0)
	lines := make([]string, 0, to-from)
	for i := from; i < to; i++ {
		lines = append(lines, s.line(w, label, value, k, i))
	}
	return lined(lines, w, h)
}

// plan divides the width into labels, tracks and values.
func (s *Sliders) plan(w int) (label, value int) {
	for _, r := range s.Rows {
		label, value = max(label, Width(Clean(r.Label))), max(value, Width(Clean(r.Value)))
	}
	if s.typing {
		value = max(value, typingLeast)
	}
	const signs = 4 // cursor, mark, and a space either side of the track
	label = min(label, max(w/3, 8))
	room := w - label - signs
	value = min(value, max(room, 0))
	s.track = span{from: label + 3}
	if rest := room - value - 1; rest >= sliderLeast {
		s.track.width = min(rest, sliderMost)
	}
	return label, value
}

// sliderInks are the styles of the parts of a line.
type sliderInks struct{ label, cursor, strong, muted, track, way, base, handle, mark ink }

func (s *Sliders) inks() sliderInks {
	t := s.Theme
	return sliderInks{
		label: inkOf(t.Text), cursor: inkOf(t.Cursor), strong: inkOf(t.Strong), muted: inkOf(t.Muted), track: inkOf(t.Track),
		way: inkOf(t.Bar), base: inkOf(t.Muted), handle: inkOf(t.Accent.UnsetUnderline()), mark: inkOf(t.Warn),
	}
}

func (s *Sliders) line(w, label, value int, k sliderInks, i int) string {
	r := s.Rows[i]
	here := s.Focused && i == s.Cursor
	l := newInkLine(w)
	style, sign := k.label, " "
	if r.Off != "" {
		style = k.muted
	}
	if here {
		style, sign = k.cursor, "▸"
	}
	l.put(style, sign)
	l.fit(style, Clean(r.Label), label)
	l.fit(k.mark, Clean(r.Mark), 1)
	l.put(ink{}, " ")
	if r.Off != "" {
		l.put(k.muted, Clean(r.Off))
		return l.String()
	}
	if s.track.width > 0 {
		s.drawTrack(l, r, k)
		l.put(ink{}, " ")
	}
	switch {
	case here && s.typing:
		s.edit.view(l, value, s.Theme, "", true)
	case r.changed():
		l.fit(k.strong, Clean(r.Value), max(value, 0))
	default:
		l.fit(k.muted, Clean(r.Value), max(value, 0))
	}
	return l.String()
}

// drawTrack draws the track with ● where the slider stood and ○ where it stands,
// and the way between them.
func (s *Sliders) drawTrack(l *inkLine, r Slider, k sliderInks) {
	last := s.track.width - 1
	base, at := int(math.Round(r.place(r.Base)*float64(last))), int(math.Round(r.place(r.At)*float64(last)))
	low, high := min(base, at), max(base, at)
	l.repeat(k.track, "─", low)
	switch {
	case base == at:
		l.put(k.handle, "○")
	case base < at:
		l.put(k.base, "●")
		l.repeat(k.way, "━", high-low-1)
		l.put(k.handle, "○")
	default:
		l.put(k.handle, "○")
		l.repeat(k.way, "━", high-low-1)
		l.put(k.base, "●")
	}
	l.repeat(k.track, "─", last-high)
}
