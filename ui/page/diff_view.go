package page

import (
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/workspace"
	"worth/ui/widget"
)

// View draws what is compared, then the lines or the migration matrix.
func (p *diff) View(w, h int) string {
	p.tiles = nil
	t := p.env.Theme
	if w >= leastW && h >= leastH && p.meter != nil && !p.ready && p.Busy() != "" {
		return waiting(t, p.meter.Progress(t, p.what, p.cancelling), p.Title(), w, h)
	}
	if view, ok := p.without(w, h); ok {
		return view
	}
	if view, ok := p.instead(w, h); ok {
		return view
	}
	head := p.head(w)
	const least, low = 8, 30 // lines of the pane below, and of a page where the head gives way
	most := max(h-least, 0)
	if h < low && p.pane == paneMatrix {
		most = min(most, 3)
	} else if h < low {
		most = min(most, h/3)
	}
	head = head[:min(len(head), most)]
	p.tiles = tiles{{{pane: p.pane, x: 0, y: len(head), w: w, h: h - len(head)}}}
	return widget.Block(strings.Join(append(head, p.panel(w, h-len(head))), "\n"), w, h)
}

// panel draws the pane in focus.
func (p *diff) panel(w, h int) string {
	panel := widget.Panel{Theme: p.env.Theme, Focused: true}
	if p.pane == paneMatrix {
		panel.Title, panel.Note = p.matrix.title(), p.matrix.note()
		panel.Body = widget.ViewFunc(func(w, h int) string { return p.matrix.view(p.env.Theme, w, h) })
		return panel.View(w, h)
	}
	panel.Title = i18n.T("Differences: all measures")
	if p.measure != "" {
		panel.Title = i18n.T("Differences: %s", p.measure)
	}
	panel.Note = p.lineCount()
	panel.Body = widget.ViewFunc(func(w, h int) string { return p.grid.View(w, h) })
	return panel.View(w, h)
}

// lineCount says how many lines there are, and that some are missing.
func (p *diff) lineCount() string {
	if p.data.cut {
		return i18n.T("CUT at %d line{s}; worth snapshot diff prints all", mostDifferences)
	}
	return i18n.T("%d line{s}", p.grid.grid.Len())
}

// headLine is a line above the panes, and its style.
type headLine struct {
	style lipgloss.Style
	text  string
}

// head says what is compared, what differs and how the change was shared out: the most
// important first, as the last lines give way in a low window.
func (p *diff) head(w int) []string {
	t, d := p.env.Theme, &p.data
	lines := []headLine{
		{t.Strong, i18n.T("%s: %s → %s", i18n.T(string(d.before.Page)), datedName(&d.before), datedName(&d.after))},
		{t.Text, i18n.T("rows: %d new, %d gone, %d changed, %d the same", d.added, d.removed, d.changed, d.same)},
		{t.Text, p.causeText()},
	}
	if p.stale {
		lines = append(lines, headLine{t.Warn, i18n.T("the workspace has changed since this was compared; r compares again")})
	}
	if d.wrong > 0 {
		lines = append(lines, headLine{t.Bad, i18n.T("in %d line{s} the parts do not add up to the change", d.wrong)})
	}
	for _, warning := range d.warnings {
		lines = append(lines, headLine{t.Warn, warning + "."})
	}
	if !d.unsplit {
		lines = append(lines, headLine{t.Muted, p.orderText()})
	}
	var out []string
	for _, l := range lines {
		for _, text := range wrapped(l.text, max(w-2, 1)) {
			out = append(out, " "+l.style.Render(text))
		}
	}
	return out
}

// datedName is a snapshot with its as-of date.
func datedName(r *snapshot.Record) string {
	name := r.Name
	if name == snapshot.Now {
		name = i18n.T("now")
	}
	return i18n.T("%s (as of %s)", name, r.AsOf)
}

// causeText says what differs between the two.
func (p *diff) causeText() string {
	d := &p.data
	var parts []string
	if d.differs.Data {
		parts = append(parts, i18n.T("the data")+fileText(&d.before, &d.after))
	}
	if len(d.rules) > 0 {
		parts = append(parts, i18n.T("rules (%s)", factText(d.rules)))
	}
	if d.differs.AsOf {
		parts = append(parts, i18n.T("the as-of date (%s → %s)", d.before.AsOf, d.after.AsOf))
	}
	if len(parts) == 0 {
		return i18n.T("they rest on the same data, rules and as-of date")
	}
	return i18n.T("differ in: %s", strings.Join(parts, ", "))
}

// fileText names the files that one of two snapshots rests on and the other does not,
// a few of them.
func fileText(before, after *snapshot.Record) string {
	const most = 3
	var names []string
	missing := func(from, in *snapshot.Record, sign string) {
		for _, f := range in.Files {
			if !slices.ContainsFunc(from.Files, func(g snapshot.File) bool { return g.SHA256 == f.SHA256 && g.Sheet == f.Sheet }) {
				names = append(names, sign+" "+f.Name)
			}
		}
	}
	missing(before, after, "+")
	missing(after, before, "−")
	switch n := len(names); {
	case n == 0:
		return ""
	case n > most:
		names = append(names[:most], i18n.T("%d more", n-most))
	}
	return " (" + strings.Join(names, ", ") + ")"
}

// factText writes facts in a line.
func factText(facts []workspace.Fact) string {
	texts := make([]string, len(facts))
	for i, f := range facts {
		texts[i] = f.Name + ": " + f.Value
	}
	return strings.Join(texts, "; ")
}

// orderText says in which order the change was shared out, and that it adds up.
func (p *diff) orderText() string {
	text := i18n.T("split by asking again with one thing changed at a time: first the data, then the rules, then the as-of date; what two bring together counts for the later one")
	if p.data.wrong == 0 && len(p.data.lines.Rows) > 0 {
		text += i18n.T(" · in every line the parts add up to the change ✓")
	}
	return text
}
