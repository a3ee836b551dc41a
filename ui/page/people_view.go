package page

import (
	"slices"
	"strings"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/theme"
	"worth/ui/widget"
)

// The least size at which the chosen pair stands beside its list, or below it.
const (
	peopleBeside = 100
	peopleBelow  = 14 // also the height of what is below
)

// View draws the list in view, and the chosen pair side by side.
func (p *people) View(w, h int) string {
	if text, ok := p.instead(w, h); ok {
		return text
	}
	const list, chosen = paneSuggested, paneMerged
	switch {
	case w >= peopleBeside:
		p.tiles = tiled(w, h, []int{w * 2 / 5}, []share{{pane: list}}, []share{{pane: chosen}})
	case h >= peopleBelow+5:
		p.tiles = tiled(w, h, nil, []share{{pane: list}, {pane: chosen, height: peopleBelow}})
	default:
		p.tiles = tiled(w, h, nil, []share{{pane: list}})
	}
	return p.tiles.draw(func(t tile) string {
		if t.pane == list {
			return p.listPanel().View(t.w, t.h)
		}
		return p.chosenPanel().View(t.w, t.h)
	})
}

// listPanel is the list of the pane in view.
func (p *people) listPanel() widget.Panel {
	t := p.env.Theme
	panel := widget.Panel{Theme: t, Title: i18n.T("May be one person"), Note: counted(len(p.pairs.Rows), p.data.suggested.Total), Focused: true}
	list, titles, none := &p.pairs, []string{i18n.T("score")}, i18n.T("nobody looks like anybody else; what shares an exact key is merged already")
	if p.pane == paneMerged {
		panel.Title, panel.Note = i18n.T("Merged and refused"), counted(len(p.merges.Rows), p.data.merges.Total)
		list, titles, none = &p.merges, []string{i18n.T("state"), i18n.T("decided")}, i18n.T("no ids were merged")
	}
	if len(list.Rows) == 0 {
		panel.Body = widget.ViewFunc(func(w, h int) string { return say(t, t.Muted, w, h, none, i18n.T("tab shows the other list")) })
		return panel
	}
	list.Theme, list.Focused, list.Heading, list.Titles = t, true, i18n.T("customers"), titles
	panel.Body = list
	return panel
}

// counted says how many rows there are, and how many of them are listed if that is
// fewer.
func counted(listed int, total int64) string {
	if int64(listed) == total {
		return i18n.Number(float64(total), 0)
	}
	return i18n.T("first %d of %d", listed, total)
}

// chosenPanel is what is known of the row under the cursor.
func (p *people) chosenPanel() widget.Panel {
	t := p.env.Theme
	panel := widget.Panel{Theme: t}
	lines := func(int) []string { return nil }
	if s, ok := p.pair(); ok {
		panel.Title, panel.Note = i18n.T("Side by side"), i18n.T("m merges · x refuses")
		lines = func(w int) []string { return p.sideLines(s, w) }
	} else if m, ok := p.merge(); ok {
		panel.Title, panel.Note = stateText(m.State), i18n.T("u takes it back")
		if p.Reason(cmdUndo) != "" {
			panel.Note = ""
		}
		lines = func(w int) []string { return p.mergeLines(m, w) }
	}
	panel.Body = widget.ViewFunc(func(w, h int) string { return widget.Block(strings.Join(lines(w), "\n"), w, h) })
	return panel
}

// sideLabel is the room for the names of fields.
const sideLabel = 11

// sideLines sets two persons side by side; what they have in common stands out.
func (p *people) sideLines(s workspace.Suggestion, w int) []string {
	t := p.env.Theme
	column := max((w-sideLabel-4)/2, 6)
	line := func(label, one, other string) string {
		style := t.Text
		if one != "" && strings.EqualFold(one, other) {
			style = t.Good
		}
		return " " + t.Muted.Render(widget.Fit(label, sideLabel)) + " " + style.Render(widget.Fit(widget.Clean(orUnknown(one)), column)) + " " +
			style.Render(widget.Fit(widget.Clean(orUnknown(other)), column))
	}
	lines := []string{" " + t.Muted.Render(widget.Fit("", sideLabel)) + " " + t.Strong.Render(widget.Fit(widget.Clean(s.One.CustomerID), column)) + " " +
		t.Strong.Render(widget.Fit(widget.Clean(s.Other.CustomerID), column))}
	one, other := p.fields(s.One), p.fields(s.Other)
	for i := range one {
		lines = append(lines, line(one[i].label, one[i].text, other[i].text))
	}
	lines = append(lines, "")
	return append(lines, p.because(t, i18n.T("score %s: %s", i18n.Number(s.Score, 2), strings.Join(s.Evidence, ", ")), w)...)
}

func (p *people) because(t theme.Theme, text string, w int) []string {
	return appendWrapped(nil, t.Text.Render, "", text, w)
}

// field is what is known of one side.
type field struct{ label, text string }

// fields lists what is known of a person, masked unless revealed.
func (p *people) fields(s workspace.Side) []field {
	private := func(kind, text string) string {
		if p.env.Revealed {
			return text
		}
		return workspace.Mask(kind, text)
	}
	place := slices.DeleteFunc([]string{private("city", s.City), s.Region, s.Country}, func(text string) bool { return text == "" })
	return []field{
		{i18n.T("name"), private("name", s.Name)},
		{i18n.T("e-mail"), private("email", s.Email)},
		{i18n.T("phone"), private("phone", s.Phone)},
		{i18n.T("born"), private("birth", s.Birth)},
		{i18n.T("lives in"), strings.Join(place, ", ")},
		{i18n.T("orders"), i18n.Number(float64(s.Orders), 0)},
		{i18n.T("net revenue"), i18n.Number(s.NetRevenue.Float64(), 2)},
		{i18n.T("last order"), s.LastOrder},
	}
}

// orUnknown returns a dash for an empty text.
func orUnknown(text string) string {
	if text == "" {
		return unknown
	}
	return text
}

// mergeLines says what was merged, and why.
func (p *people) mergeLines(m workspace.Merge, w int) []string {
	t := p.env.Theme
	value := m.Value
	if !p.env.Revealed {
		value = workspace.Mask(m.Rule, value)
	}
	lines := []string{" " + t.Strong.Render(widget.Fit(widget.Clean(m.CustomerID), max(w-2, 1)))}
	for _, other := range m.Others {
		lines = append(lines, " "+t.Text.Render(widget.Fit("+ "+widget.Clean(other), max(w-2, 1))))
	}
	lines = append(lines, "")
	lines = append(lines, p.because(t, m.Reason(), w)...)
	if value != "" {
		lines = append(lines, p.because(t, value, w)...)
	}
	said := i18n.T("decided on %s", m.DecidedAt.Format("2006-01-02 15:04"))
	if m.UndoneAt != nil {
		said = i18n.T("decided on %s, ended on %s", m.DecidedAt.Format("2006-01-02 15:04"), m.UndoneAt.Format("2006-01-02 15:04"))
	}
	return append(lines, appendWrapped(nil, t.Muted.Render, "", said, w)...)
}
