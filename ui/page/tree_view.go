package page

import (
	"strings"

	"worth/internal/i18n"
	"worth/ui/widget"
)

// The heights from which there are lines above the list.
const (
	treeFiguresFrom = 5
	treePathFrom    = 7
)

// View draws what the tree is worth, the way from the root to the cursor, and the
// lines. While a command works on the tree, the last view stays.
func (p *tree) View(w, h int) string {
	if text, ok := p.instead(w, h); ok {
		return text
	}
	if p.lending.what != "" {
		return widget.Block(p.frame, w, h)
	}
	p.list.Theme = p.env.Theme
	p.list.Empty = i18n.T("Nobody is in a tree.")
	var above []string
	if h >= treeFiguresFrom {
		above = append(above, p.figures(w))
	}
	if h >= treePathFrom {
		above = append(above, p.way(w))
	}
	p.listY = len(above)
	p.frame = widget.Stack(append(above, p.list.View(w, h-len(above)))...)
	if p.prompt != nil {
		p.prompt.Theme = p.env.Theme
		return widget.OverlayAt(p.frame, p.prompt.View(w, h), 0, 0, w, h)
	}
	return p.frame
}

// figures says what the whole tree is worth, or in the view of every tree the
// person under the cursor, and under which assumptions.
func (p *tree) figures(w int) string {
	t := p.env.Theme
	right := gridRun{t.Muted, creditText(p.assume) + " "}
	if !sameCredit(p.assume, p.env.Workspace.Settings().Referrals) {
		right = gridRun{t.Warn, i18n.T("%s, not kept", creditText(p.assume)) + " "}
	}
	if p.list.Len() == 0 {
		return gridLine(w, right)
	}
	l := p.person()
	if p.root != "" {
		l = p.tree.Line(0)
	}
	runs := []gridRun{{t.Text, "  "}}
	if p.root == "" {
		runs = append(runs, gridRun{t.Strong, strangerName(l.CustomerID, l.Known, p.env.Revealed) + "   "})
	}
	for i, f := range []valueLine{
		{i18n.T("direct"), i18n.Number(float64(l.Direct), 0)},
		{i18n.T("all"), i18n.Number(float64(l.Descendants), 0)},
		{i18n.T("depth"), i18n.Number(float64(l.Depth), 0)},
		{i18n.T("brought"), i18n.Number(l.Brought, 0)},
		{i18n.T("kept"), i18n.Number(l.Conserved, 0)},
	} {
		if i > 0 {
			runs = append(runs, gridRun{t.Muted, " · "})
		}
		runs = append(runs, gridRun{t.Muted, f.label + " "}, gridRun{t.Strong, f.value})
	}
	return gridLine(w, right, runs...)
}

// way is the path from the root to the person under the cursor, cut at the root
// where room is short.
func (p *tree) way(w int) string {
	room := w - 4
	text := ""
	for i := len(p.path) - 1; i >= 0; i-- {
		name := widget.Clean(p.wayName(i))
		if text != "" {
			name += " › "
		}
		if widget.Width(name)+widget.Width(text) > room {
			text = "… " + text
			break
		}
		text = name + text
	}
	if text == "" && len(p.path) > 0 {
		text = widget.Clean(p.wayName(len(p.path) - 1))
	}
	return gridLine(w, gridRun{}, gridRun{p.env.Theme.Muted, "  " + strings.TrimSpace(text)})
}

// wayName is the name of a person on the path. Only roots can be people the shop
// does not know: nobody is said to have brought them in.
func (p *tree) wayName(i int) string { return strangerName(p.path[i], i > 0, p.env.Revealed) }
