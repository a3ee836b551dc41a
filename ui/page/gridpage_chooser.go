package page

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/ui/theme"
	"worth/ui/widget"
)

// gridChooser is the dialog that chooses and orders the columns of a grid.
type gridChooser struct {
	page   *GridPage
	items  []gridChoice
	cursor int
	first  int // the first item drawn
}

// gridChoice is a column in the dialog.
type gridChoice struct {
	column tabular.Column
	shown  bool
}

// newGridChooser lists the visible columns in their order, then the hidden ones.
func newGridChooser(p *GridPage) *gridChooser {
	c := &gridChooser{page: p}
	columns, shown := p.rows.Columns(), p.shown()
	for _, at := range shown {
		c.items = append(c.items, gridChoice{columns[at], true})
	}
	for i, column := range columns {
		if !slices.Contains(shown, i) {
			c.items = append(c.items, gridChoice{column, false})
		}
	}
	current := p.grid.CurrentColumn().Name
	c.cursor = max(slices.IndexFunc(c.items, func(i gridChoice) bool { return i.column.Name == current }), 0)
	return c
}

// Key moves, chooses and orders; Enter takes over what was chosen.
func (c *gridChooser) Key(msg tea.KeyPressMsg) (cmd tea.Cmd, closed bool) {
	switch msg.String() {
	case "esc", "q":
		return nil, true
	case "enter":
		names := c.names()
		if len(names) == 0 {
			return send(Notice{Text: i18n.T("at least one column must be shown"), Bad: true}), false
		}
		c.page.show(names)
		return nil, true
	case "up", "k":
		c.cursor = max(c.cursor-1, 0)
	case "down", "j":
		c.cursor = min(c.cursor+1, len(c.items)-1)
	case "home", "g":
		c.cursor = 0
	case "end", "G":
		c.cursor = len(c.items) - 1
	case "space":
		c.items[c.cursor].shown = !c.items[c.cursor].shown
	case "a":
		all := !slices.ContainsFunc(c.items, func(i gridChoice) bool { return !i.shown })
		for i := range c.items {
			c.items[i].shown = !all
		}
	case "K", "shift+up":
		c.swap(-1)
	case "J", "shift+down":
		c.swap(1)
	}
	return nil, false
}

// swap moves the column under the cursor.
func (c *gridChooser) swap(by int) {
	if to := c.cursor + by; to >= 0 && to < len(c.items) {
		c.items[c.cursor], c.items[to] = c.items[to], c.items[c.cursor]
		c.cursor = to
	}
}

// names returns the chosen columns in order.
func (c *gridChooser) names() []string {
	var names []string
	for _, i := range c.items {
		if i.shown {
			names = append(names, i.column.Name)
		}
	}
	return names
}

// Update has nothing to handle.
func (c *gridChooser) Update(tea.Msg) tea.Cmd { return nil }

// View draws the dialog.
func (c *gridChooser) View(w, h int, t theme.Theme) string {
	width, doc := 0, 0
	for _, i := range c.items {
		width = max(width, widget.Width(widget.Clean(heading(i.column))))
		doc = max(doc, widget.Width(i.column.Doc.String()))
	}
	hint := i18n.T("Space show or hide · J K move · a all · Enter take over")
	boxW := min(max(width+doc+12, widget.Width(hint)+4), w)
	boxH := min(len(c.items)+3, h)
	body := widget.ViewFunc(func(w, h int) string {
		return widget.Stack(c.list(w, h-1, width, t), gridLine(w, gridRun{}, gridRun{t.Muted, " " + hint}))
	})
	title := i18n.T("Columns (%d of %d)", len(c.names()), len(c.items))
	return widget.Panel{Theme: t, Title: title, Focused: true, Body: body}.View(boxW, boxH)
}

// list draws the columns that fit, the one under the cursor among them: their
// headings in so many cells, and what they mean.
func (c *gridChooser) list(w, h, headings int, t theme.Theme) string {
	if h <= 0 {
		return ""
	}
	c.first = max(min(c.first, c.cursor, len(c.items)-h), c.cursor-h+1, 0)
	var lines []string
	for i := c.first; i < min(c.first+h, len(c.items)); i++ {
		item := c.items[i]
		sign, box, style := "  ", "[ ] ", t.Muted
		if item.shown {
			box, style = "[✓] ", t.Text
		}
		if i == c.cursor {
			sign, style = "▸ ", t.Cursor
		}
		name := widget.Fit(widget.Clean(heading(item.column)), headings)
		doc := gridRun{t.Muted, "  " + item.column.Doc.String()}
		lines = append(lines, gridLine(w, gridRun{}, gridRun{style, sign + box + name + " "}, doc))
	}
	return widget.Block(widget.Stack(lines...), w, h)
}
