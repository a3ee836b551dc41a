package page

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/ui/theme"
	"worth/ui/widget"
)

// gridCell is the dialog that shows a whole cell, every character of it.
type gridCell struct {
	column tabular.Column
	text   string // as widget.Escape writes it
	exact  string // for copying
	top    int    // the first line drawn
	last   int    // the last line that can be the first, at the last view
	page   int    // lines of the last view
}

func newGridCell(column tabular.Column, text, exact string) *gridCell {
	return &gridCell{column: column, text: text, exact: exact}
}

// Key scrolls, copies and closes.
func (c *gridCell) Key(msg tea.KeyPressMsg) (cmd tea.Cmd, closed bool) {
	switch msg.String() {
	case "esc", "q", "enter", "v":
		return nil, true
	case "y":
		return send(Copy{Text: c.exact, What: i18n.T("the cell")}), false
	case "up", "k":
		c.top--
	case "down", "j":
		c.top++
	case "pgup", "ctrl+b":
		c.top -= c.page
	case "pgdown", "ctrl+f", "space":
		c.top += c.page
	case "home", "g":
		c.top = 0
	case "end", "G":
		c.top = c.last
	}
	c.top = max(min(c.top, c.last), 0)
	return nil, false
}

// Update has nothing to handle.
func (c *gridCell) Update(tea.Msg) tea.Cmd { return nil }

const (
	gridCellWidth   = 76      // of the dialog, where there is room
	gridCellLongest = 200_000 // characters shown; more is copied, not read
)

// View draws the dialog as high as the text needs.
func (c *gridCell) View(w, h int, t theme.Theme) string {
	boxW := min(gridCellWidth, w)
	innerW, _ := widget.PanelInner(boxW, max(h, 3))
	lines := c.lines(max(innerW-2, 1))
	c.page = max(min(len(lines), h-3), 1)
	c.last = max(len(lines)-c.page, 0)
	c.top = min(c.top, c.last)
	body := widget.ViewFunc(func(w, h int) string {
		var out []string
		for _, line := range lines[c.top:min(c.top+h-1, len(lines))] {
			out = append(out, gridLine(w, gridRun{}, gridRun{t.Text, " " + line}))
		}
		hint := i18n.T("y copies · Esc closes")
		if c.last > 0 {
			hint = i18n.T("line %d of %d · %s", c.top+1, len(lines), hint)
		}
		return widget.Stack(widget.Block(strings.Join(out, "\n"), w, h-1), gridLine(w, gridRun{}, gridRun{t.Muted, " " + hint}))
	})
	return widget.Panel{Theme: t, Title: heading(c.column), Note: c.column.Name, Focused: true, Body: body}.View(boxW, min(c.page+3, h))
}

// lines returns the text and the column's meaning, wrapped.
func (c *gridCell) lines(w int) []string {
	text := c.text
	if text == "" {
		text = i18n.T("(no value)")
	}
	if runes := []rune(text); len(runes) > gridCellLongest {
		text = string(runes[:gridCellLongest]) + "\n" + i18n.T("… %d character{s} more; y copies all of them", len(runes)-gridCellLongest)
	}
	if c.column.Doc != "" {
		text += "\n\n" + c.column.Doc.String()
	}
	return strings.Split(ansi.WrapWc(text, w, ""), "\n")
}
