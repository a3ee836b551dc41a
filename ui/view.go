package ui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/ui/keys"
	"worth/ui/page"
	"worth/ui/theme"
	"worth/ui/widget"
)

// View draws the screen and declares what the terminal is to do.
func (r *root) View() tea.View {
	v := tea.NewView(r.screen())
	v.AltScreen = true
	v.WindowTitle = "worth"
	if r.env.Header.Name != "" {
		v.WindowTitle = "worth · " + widget.Clean(r.env.Header.Name)
	}
	if r.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

// The heights from which there is room for the lines around the page.
const (
	barFrom      = 5
	statusFrom   = 7
	settingsFrom = 12
)

// screen draws the bar, the settings, the page, the status line and the dialogs,
// less of them in a small window.
func (r *root) screen() string {
	w, h := max(r.w, 0), max(r.h, 0)
	r.drawn = drawn{}
	var above, below []string
	if h >= barFrom {
		above = append(above, r.bar(w))
	}
	if h >= settingsFrom {
		above = append(above, r.settingsLine(w))
	}
	if h >= statusFrom {
		below = append(below, r.status(w))
	}
	r.drawn.pageY, r.drawn.pageH = len(above), max(h-len(above)-len(below), 0)
	body := r.stack.top().page.View(w, r.drawn.pageH)
	base := widget.Stack(widget.Stack(above...), body, widget.Stack(below...))
	return r.withDialogs(base, w, h)
}

// withDialogs lays the dialogs over the screen, and what is waited for on top.
func (r *root) withDialogs(base string, w, h int) string {
	for _, d := range r.dialogs {
		base = r.lay(base, d.View(w, h, r.env.Theme), w, h)
	}
	if r.job != nil && r.job.Spent() > 0 { // a short wait needs no dialog
		base = r.lay(base, r.job.View(w, h, r.env.Theme), w, h)
	}
	return base
}

func (r *root) lay(base, box string, w, h int) string {
	r.drawn.boxX, r.drawn.boxY = widget.OverlayOrigin(box, w, h)
	r.drawn.boxH = strings.Count(box, "\n") + 1
	r.drawn.boxW = w - 2*r.drawn.boxX
	return widget.Overlay(base, box, w, h)
}

// bar draws where one is, and the root pages.
func (r *root) bar(w int) string {
	t := r.env.Theme
	crumbs := r.crumbs(w - 2)
	crumbsW := widget.Width(crumbs)
	left := " " + r.paintCrumbs(t, crumbs)
	room := w - crumbsW - 1
	tabs, tabsW := r.tabs(t, true)
	if tabsW+2 > room {
		tabs, tabsW = r.tabs(t, false)
	}
	if tabsW+2 > room {
		r.drawn.tabs = nil
		return left + strings.Repeat(" ", max(room, 0))
	}
	start := w - tabsW - 1
	for i := range r.drawn.tabs {
		r.drawn.tabs[i].from += start
		r.drawn.tabs[i].to += start
	}
	return left + strings.Repeat(" ", room-tabsW-1) + tabs + " "
}

// crumbSign stands between the pages of the path.
const crumbSign = " › "

// crumbs is the path to the page in view, cut from the left where room is short.
func (r *root) crumbs(room int) string {
	parts := []string{"worth"}
	for _, p := range r.stack.pages {
		parts = append(parts, widget.Clean(p.page.Title()))
	}
	text := strings.Join(parts, crumbSign)
	for len(parts) > 2 && widget.Width(text) > room {
		parts = append(parts[:1:1], parts[2:]...)
		text = parts[0] + " … " + strings.Join(parts[1:], crumbSign)
	}
	if widget.Width(text) > room {
		text = widget.Fit(text, max(room, 0))
	}
	return text
}

// paintCrumbs sets off the name of the program and the page in view.
func (r *root) paintCrumbs(t theme.Theme, crumbs string) string {
	head, rest, ok := strings.Cut(crumbs, crumbSign)
	if !ok {
		return t.Header.Render(crumbs)
	}
	last := rest
	if i := strings.LastIndex(rest, crumbSign); i >= 0 {
		last = rest[i+len(crumbSign):]
		return t.Header.Render(head) + t.Muted.Render(crumbSign+rest[:i]+crumbSign) + t.Strong.Render(last)
	}
	return t.Header.Render(head) + t.Muted.Render(crumbSign) + t.Strong.Render(last)
}

// tabs draws the root pages with their digits and notes where each stands,
// counted from its own start. Where names are not asked for, the page at the
// bottom of the path alone has its own.
func (r *root) tabs(t theme.Theme, names bool) (text string, width int) {
	var b strings.Builder
	bottom := r.stack.pages[0].name
	r.drawn.tabs = r.drawn.tabs[:0]
	for i, p := range rootPages {
		if p.absent != nil && p.absent(r.env.Header) && p.name != bottom {
			continue
		}
		if width > 0 {
			b.WriteString("  ")
			width += 2
		}
		digit, name := p.key, " "+p.title.String()
		style := t.Muted
		switch {
		case p.name == bottom:
			style = t.Strong
		case !names:
			name = ""
		}
		b.WriteString(t.Accent.Render(digit) + style.Render(name))
		size := widget.Width(digit) + widget.Width(name)
		r.drawn.tabs = append(r.drawn.tabs, tab{from: width, to: width + size, number: i})
		width += size
	}
	return b.String(), width
}

// carried is a setting that every number carries, and how soon it gives way in a
// narrow window: the highest rank first.
type carried struct {
	text string
	rank int
}

// settingsLine says under which settings the numbers below were made.
func (r *root) settingsLine(w int) string {
	parts := r.carried()
	for lineWidth(parts) > w-2 && len(parts) > 1 {
		worst := 0
		for i, p := range parts {
			if p.rank > parts[worst].rank {
				worst = i
			}
		}
		parts = slices.Delete(parts, worst, worst+1)
	}
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = p.text
	}
	return r.env.Theme.Muted.Render(widget.Fit(" "+strings.Join(texts, " · "), w))
}

func lineWidth(parts []carried) int {
	width := -3
	for _, p := range parts {
		width += widget.Width(p.text) + 3
	}
	return width
}

func (r *root) carried() []carried {
	h := r.env.Header
	parts := []carried{{widget.Clean(h.Name), 5}}
	if h.AsOf.IsZero() { // nothing is loaded
		return parts
	}
	basis := page.BasisName(h.Basis)
	if h.Currency != "" {
		basis += " " + widget.Clean(h.Currency)
	}
	window := i18n.T("all history")
	if h.Window > 0 {
		window = i18n.T("last %d month{s}", h.Window)
	}
	parts = append(parts,
		carried{i18n.T("%d customer{s}", h.Customers), 4}, carried{i18n.T("%d order{s}", h.Orders), 6},
		carried{i18n.T("as of %s", h.AsOf.Format(time.DateOnly)), 0}, carried{basis, 1},
		carried{widget.Clean(r.scheme), 2}, carried{window, 3})
	if h.Apart > 0 {
		parts = append(parts, carried{i18n.T("%d order{s} in other currencies apart", h.Apart), 2})
	}
	if h.TimeZone != "" {
		parts = append(parts, carried{widget.Clean(h.TimeZone), 7})
	}
	return parts
}

// status draws the notice or the keys of the page, and at the right what runs.
func (r *root) status(w int) string {
	t := r.env.Theme
	right := ""
	if r.busyFor > 0 {
		spin := []rune("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")
		right = string(spin[r.frame%len(spin)]) + " " + widget.Clean(r.busy()) + " " + widget.ElapsedText(r.busyFor) + " "
	}
	rightW := min(widget.Width(right), w)
	left := r.statusLeft(t, max(w-rightW-1, 0))
	return " " + left + t.Accent.UnsetUnderline().Render(widget.FitRight(right, rightW))
}

// statusLeft is the notice, or the keys that can be used.
func (r *root) statusLeft(t theme.Theme, w int) string {
	if r.notice.Text != "" {
		style := t.Strong
		if r.notice.Bad {
			style = t.Bad
		}
		return style.Render(widget.Fit(widget.Clean(r.notice.Text), w))
	}
	top := r.stack.top().page
	bindings := keys.Join(top.Keys(), Bindings())
	if top.Capture() {
		bindings = top.Keys()
	}
	return bindings.Footer(t, w, r.reason)
}
