package page

import (
	"strings"

	"charm.land/lipgloss/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/ui/widget"
)

// gridLineFrom is the least height at which there is a line above the grid.
const gridLineFrom = 5

// lineHeight returns the lines above the grid at the height of the last view.
func (p *GridPage) lineHeight() int {
	if p.bare || p.height < gridLineFrom {
		return 0
	}
	return 1
}

// View draws the line that says how rows are sorted and filtered, and the grid. An
// open prompt lies over both.
func (p *GridPage) View(w, h int) string {
	p.sync()
	p.height = h
	if w <= 0 || h <= 0 {
		return widget.Block("", w, h)
	}
	view := p.grid.View(w, h-p.lineHeight())
	if p.lineHeight() > 0 {
		view = p.line(w) + "\n" + view
	}
	if p.prompt != nil {
		view = widget.OverlayAt(view, p.prompt.View(w, h), 0, 0, w, h)
	}
	return view
}

// line says how the rows are sorted and filtered, and whether personal columns
// are masked.
func (p *GridPage) line(w int) string {
	t := p.env.Theme
	runs := []gridRun{{t.Muted, "  " + i18n.T("sort:") + " "}, {t.Text, p.sortText()}}
	if p.check != nil {
		filter := gridRun{t.Text, p.query.filter}
		if p.query.filter == "" {
			filter = gridRun{t.Muted, i18n.T("none")}
		}
		runs = append(runs, gridRun{t.Muted, "   " + i18n.T("filter:") + " "}, filter)
	}
	right := gridRun{t.Muted, ""}
	if p.personal() {
		right.text = i18n.T("personal columns masked") + " "
		if p.env.Revealed {
			right = gridRun{t.Warn, i18n.T("personal columns shown") + " "}
		}
	}
	return gridLine(w, right, runs...)
}

// sortText says by which column the rows are sorted.
func (p *GridPage) sortText() string {
	name, desc, ok := p.grid.Sort()
	if !ok {
		return i18n.T("as they come")
	}
	title := name
	if p.rows != nil {
		columns := p.rows.Columns()
		if i := (&tabular.Table{Columns: columns}).Index(name); i >= 0 {
			title = heading(columns[i])
		}
	}
	if desc {
		return title + " ▼"
	}
	return title + " ▲"
}

// gridRun is text in one style.
type gridRun struct {
	style lipgloss.Style
	text  string
}

// gridLine writes runs from the left and one at the right in exactly w cells. What
// does not fit is cut, the right one first.
func gridLine(w int, right gridRun, runs ...gridRun) string {
	var b strings.Builder
	left := w
	for _, r := range runs {
		text := widget.Clean(r.text)
		if widget.Width(text) > left {
			text = widget.Fit(text, left)
		}
		if text != "" {
			b.WriteString(r.style.Render(text))
			left -= widget.Width(text)
		}
	}
	text := widget.Clean(right.text)
	if n := widget.Width(text); n > 0 && n+2 <= left {
		b.WriteString(strings.Repeat(" ", left-n) + right.style.Render(text))
		left = 0
	}
	b.WriteString(strings.Repeat(" ", max(left, 0)))
	return b.String()
}
