package page

import (
	"errors"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/theme"
	"worth/ui/widget"
)

// The smallest view a page draws its content in; below it says that there is no
// room.
const (
	leastW = 24
	leastH = 4
)

// base is what pages with one question share: the question, whether it has been
// answered, and what went wrong.
type base struct {
	inquiry
	env   *Env
	ready bool // an answer is there to draw, perhaps while a newer one is made
	err   error
	asked []workspace.Asked // what the answer was made from
}

// accept notes how a question ended and reports whether its value may be used.
func (b *base) accept(generation int, err error) bool {
	if !b.settle(generation) {
		return false
	}
	b.err = err
	b.ready = err == nil || b.ready && canceled(err)
	return err == nil
}

// Capture reports that the page takes no text.
func (b *base) Capture() bool { return false }

// instead draws what stands in for the content: that there is no room, what went
// wrong, what is empty, what is being computed. It returns false when there is
// content to draw.
func (b *base) instead(w, h int) (string, bool) {
	t := b.env.Theme
	var none *workspace.NoAnswerError
	switch {
	case w < leastW || h < leastH:
		return widget.Block(t.Muted.Render(widget.Fit(i18n.T("too small"), max(w, 0))), w, h), true
	case b.err != nil && canceled(b.err) && !b.ready:
		return say(t, t.Muted, w, h, i18n.T("stopped"), i18n.T("r asks again")), true
	case errors.As(b.err, &none):
		return say(t, t.Text, w, h, none.Error(), i18n.T("L shows what was loaded, D the quality of the data, a adds files")), true
	case b.err != nil && !canceled(b.err):
		return say(t, t.Bad, w, h, b.err.Error(), i18n.T("r tries again")), true
	case !b.ready:
		return say(t, t.Muted, w, h, i18n.T("%s…", b.what), ""), true
	}
	return "", false
}

// sayWidth is the widest a sentence in the middle of a page gets.
const sayWidth = 68

// say draws a sentence in the middle of w×h cells with a hint below it.
func say(t theme.Theme, style lipgloss.Style, w, h int, sentence, hint string) string {
	room := max(min(sayWidth, w-4), 1)
	var lines []string
	for _, line := range wrapped(sentence, room) {
		lines = append(lines, style.Render(line))
	}
	if hint != "" && len(lines)+2 <= h {
		lines = append(lines, "")
		for _, line := range wrapped(hint, room) {
			lines = append(lines, t.Muted.Render(line))
		}
	}
	widest := 0
	for _, line := range lines {
		widest = max(widest, widget.Width(line))
	}
	indent := strings.Repeat(" ", max((w-widest)/2, 0))
	for i := range lines {
		lines[i] = indent + lines[i]
	}
	above := make([]string, max((h-len(lines))/2, 0))
	return widget.Block(strings.Join(append(above, lines...), "\n"), w, h)
}

// wrapped breaks a text into lines of at most w columns, safe to draw. Line
// breaks of the text are kept.
func wrapped(text string, w int) []string {
	var lines []string
	for _, paragraph := range strings.Split(text, "\n") {
		lines = append(lines, strings.Split(ansi.Wrap(widget.Clean(paragraph), max(w, 1), ""), "\n")...)
	}
	return lines
}
