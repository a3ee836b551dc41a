package widget

import (
	"math"
	"time"

	"worth/internal/i18n"
	"worth/ui/theme"
)

// Progress shows work under way: what is done, how far it is, how long it took
// so far, and how to cancel it.
type Progress struct {
	Theme      theme.Theme
	Label      string
	Detail     string        // such as rows read; may be empty
	Share      float64       // 0–1; NaN or below 0 when unknown
	Frame      int           // counts up while the share is unknown; moves the picture
	Elapsed    time.Duration // since the work began
	Cancelling bool          // the reader has asked to cancel; it takes a moment
}

// spinnerFrames turn once in ten frames.
var spinnerFrames = []rune("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")

func (p Progress) known() bool { return !math.IsNaN(p.Share) && p.Share >= 0 }

// View draws the progress in w×h cells: the label, the bar, and below it the
// detail and the way to cancel. With one line there is label and share only.
func (p Progress) View(w, h int) string {
	if w <= 0 || h <= 0 {
		return lined(nil, w, h)
	}
	lines := []string{p.head(w)}
	if h > 1 {
		lines = append(lines, p.bar(w))
	}
	if h > 2 {
		lines = append(lines, p.foot(w))
	}
	return lined(lines, w, h)
}

// head is the label, with the share and the time at the right.
func (p Progress) head(w int) string {
	right := ElapsedText(p.Elapsed)
	if p.known() {
		right = i18n.Percent(min(p.Share, 1), 0) + "  " + right
	}
	l := newInkLine(w)
	l.put(inkOf(p.Theme.Accent), string(spinnerFrames[p.turn(len(spinnerFrames))]))
	l.put(ink{}, " ")
	rightW := Width(right)
	if rightW+2 > l.left {
		rightW = 0
	}
	l.fit(inkOf(p.Theme.Strong), Clean(p.Label), l.left-rightW-2)
	l.repeat(ink{}, " ", min(2, l.left-rightW))
	l.fitRight(inkOf(p.Theme.Muted), right, rightW)
	return l.String()
}

// turn returns the frame modulo n, for negative frames too.
func (p Progress) turn(n int) int { return ((p.Frame % n) + n) % n }

func (p Progress) bar(w int) string {
	l := newInkLine(w)
	bar, track := inkOf(p.Theme.Bar), inkOf(p.Theme.Track)
	if p.known() {
		text, cells := hbar(min(p.Share, 1), 1, w)
		l.write(bar, text, cells)
		l.repeat(track, "░", l.left)
		return l.String()
	}
	size := max(w/6, 1)
	way := max(w-size, 1)
	at := p.turn(2 * way)
	if at > way { // there and back
		at = 2*way - at
	}
	l.repeat(track, "░", at)
	l.repeat(bar, "█", size)
	l.repeat(track, "░", l.left)
	return l.String()
}

func (p Progress) foot(w int) string {
	hint := i18n.T("ctrl+c cancels")
	style := inkOf(p.Theme.Muted)
	if p.Cancelling {
		hint, style = i18n.T("cancelling…"), inkOf(p.Theme.Warn)
	}
	l := newInkLine(w)
	detail := Clean(p.Detail)
	hintW := min(Width(hint), w)
	l.fit(inkOf(p.Theme.Muted), detail, w-hintW-2)
	l.repeat(ink{}, " ", l.left-hintW)
	l.fitRight(style, hint, hintW)
	return l.String()
}

// ElapsedText writes how long something took: 0.4 s, 12 s, 3:05 min, 1:02:10 h.
func ElapsedText(d time.Duration) string {
	d = max(d, 0)
	seconds := int(d / time.Second)
	switch {
	case d < 10*time.Second:
		return i18n.T("%.1f s", d.Truncate(100*time.Millisecond).Seconds())
	case d < time.Minute:
		return i18n.T("%d s", seconds)
	case d < time.Hour:
		return i18n.T("%d:%02d min", seconds/60, seconds%60)
	}
	return i18n.T("%s:%02d:%02d h", i18n.Number(float64(seconds/3600), 0), seconds/60%60, seconds%60)
}
