package page

import (
	"path/filepath"
	"strings"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/theme"
	"worth/ui/widget"
)

// View draws the progress of a load, or the table of files above what became of
// the one under the cursor.
func (p *load) View(w, h int) string {
	t := p.env.Theme
	p.listH = 0
	switch {
	case p.meter != nil && w >= leastW && h >= leastH:
		return p.loading(w, h)
	case p.pending() != nil && w >= leastW && h >= leastH:
		return say(t, t.Warn, w, h, p.err.Error(), i18n.T("Enter says what its columns are, Esc leaves everything as it was"))
	}
	if text, ok := p.instead(w, h); ok {
		return text
	}
	p.grid.SetTheme(t)
	files := widget.Panel{Theme: t, Title: i18n.T("Files"), Note: p.total(), Focused: true, Body: p.grid}
	f, ok := p.current()
	if !ok || h < 14 {
		p.listH = h
		return files.View(w, h)
	}
	p.listH = min(len(p.files)+5, h/2)
	about := widget.Panel{Theme: t, Title: filepath.Base(f.Title()), Note: f.Format + " · " + f.Encoding, Body: widget.ViewFunc(func(w, h int) string {
		return p.detail.view(fileLines(t, f, w), w, h)
	})}
	return widget.Stack(files.View(w, p.listH), about.View(w, h-p.listH))
}

// loading draws the progress in the middle of the page.
func (p *load) loading(w, h int) string {
	t := p.env.Theme
	body := p.meter.Progress(t, i18n.T("reading files"), p.cancelling)
	box := Dialog(t, i18n.T("Loading"), "", body, min(w-4, 72), 3, w, h)
	return widget.Overlay(widget.Block("", w, h), box, w, h)
}

// total counts the files and rows for the frame.
func (p *load) total() string {
	var rows, rejected int64
	for _, f := range p.files {
		rows += f.Kept
		rejected += f.Rejected
	}
	return i18n.T("%d file{s} · %d row{s} kept · %d rejected", len(p.files), rows, rejected)
}

// fileLines says what became of a file: its columns, what was not used, what
// there is to be wary of.
func fileLines(t theme.Theme, f workspace.FileReport, w int) []string {
	var lines []string
	for _, warning := range f.Warnings {
		lines = appendWrapped(lines, t.Warn.Render, "▲ ", warning, w)
	}
	for _, q := range f.Questions {
		lines = appendWrapped(lines, t.Warn.Render, "? ", q.Reason, w)
	}
	lines = append(lines, mappingLines(t, f.Mapping, w)...)
	lines = append(lines, conversionLines(t, f, w)...)
	if len(f.Unmapped) > 0 {
		lines = appendWrapped(lines, t.Muted.Render, "", i18n.T("not used: %s", strings.Join(f.Unmapped, ", ")), w)
	}
	for _, evidence := range f.Evidence {
		lines = appendWrapped(lines, t.Muted.Render, "", evidence, w)
	}
	return lines
}

// conversionLines says what was done to the cells of a file, column by column.
func conversionLines(t theme.Theme, f workspace.FileReport, w int) []string {
	var lines []string
	for _, c := range f.Conversions {
		text := i18n.T("%d cell{s}, %s", c.Cells, c.Text)
		if len(c.Examples) > 0 {
			text += ": " + strings.Join(c.Examples, " · ")
		}
		name := c.Column
		if name == "" {
			name = i18n.T("sheet")
		}
		lines = appendWrapped(lines, t.Text.Render, "", name+": "+text, w)
	}
	if f.Looked > 0 {
		lines = appendWrapped(lines, t.Muted.Render, "", i18n.T("cells were counted in the first %d row{s}", f.Looked), w)
	}
	return lines
}

// appendWrapped appends a text in as many lines as it needs, the first after a
// sign.
func appendWrapped(lines []string, style func(...string) string, sign, text string, w int) []string {
	indent := " " + sign
	for _, line := range wrapped(text, w-widget.Width(indent)-1) {
		lines = append(lines, style(indent+line))
		indent = strings.Repeat(" ", widget.Width(indent))
	}
	return lines
}

// mappingWidth is the room of one pair of the mapping.
const mappingWidth = 38

// mappingLines lists which column became what, in as many columns as fit.
func mappingLines(t theme.Theme, mapping []workspace.Mapped, w int) []string {
	across := max((w-1)/mappingWidth, 1)
	width := max((w-1)/across, 1)
	down := (len(mapping) + across - 1) / across
	lines := make([]string, down)
	for i := range down {
		lines[i] = " "
		for j := i; j < len(mapping); j += down {
			lines[i] += mappingPair(t, mapping[j], width)
		}
	}
	return lines
}

func mappingPair(t theme.Theme, m workspace.Mapped, width int) string {
	sign := " ← "
	style := t.Text
	if !m.Sure {
		sign, style = " ≈ ", t.Warn
	}
	fieldW := min(14, width/2)
	return t.Muted.Render(widget.Fit(m.Field, fieldW)) + t.Muted.Render(sign) +
		style.Render(widget.Fit(widget.Clean(m.Column), max(width-fieldW-4, 0))) + " "
}
