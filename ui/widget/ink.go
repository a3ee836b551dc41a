package widget

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// ink is a style taken apart into the sequences before and after a run, so that
// a screen of runs costs a few style renderings and not one each.
type ink struct{ pre, post string }

// inkOf takes a style apart. Only its colours and letter attributes are used.
func inkOf(s lipgloss.Style) ink {
	const probe = "x" // no sequence that sets colours or attributes holds an x
	pre, post, ok := strings.Cut(s.Render(probe), probe)
	if !ok {
		return ink{}
	}
	return ink{pre: pre, post: post}
}

// inkLine builds one line of exactly a given width from runs; what no longer
// fits is cut.
type inkLine struct {
	b    strings.Builder
	left int
}

func newInkLine(w int) *inkLine {
	l := &inkLine{left: max(w, 0)}
	l.b.Grow(l.left + 64)
	return l
}

// put writes s, cut to the room that is left.
func (l *inkLine) put(k ink, s string) {
	if w := Width(s); w > l.left {
		s = Fit(s, l.left)
		l.write(k, s, l.left)
	} else {
		l.write(k, s, w)
	}
}

// fit writes s in exactly w cells, aligned left.
func (l *inkLine) fit(k ink, s string, w int) {
	w = min(max(w, 0), l.left)
	l.write(k, Fit(s, w), w)
}

// fitRight writes s in exactly w cells, aligned right.
func (l *inkLine) fitRight(k ink, s string, w int) {
	w = min(max(w, 0), l.left)
	l.write(k, FitRight(s, w), w)
}

// repeat writes the one-cell text s n times.
func (l *inkLine) repeat(k ink, s string, n int) {
	n = min(max(n, 0), l.left)
	l.write(k, strings.Repeat(s, n), n)
}

// raw writes text that is already styled and known to be w cells wide.
func (l *inkLine) raw(s string, w int) {
	if w <= l.left {
		l.b.WriteString(s)
		l.left -= w
	}
}

func (l *inkLine) write(k ink, s string, w int) {
	if s == "" {
		return
	}
	l.b.WriteString(k.pre)
	l.b.WriteString(s)
	l.b.WriteString(k.post)
	l.left -= w
}

// String returns the line, filled with spaces.
func (l *inkLine) String() string {
	if l.left > 0 {
		l.b.WriteString(spaces(l.left))
		l.left = 0
	}
	return l.b.String()
}
