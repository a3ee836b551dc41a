package page

import (
	"strings"

	"worth/internal/i18n"
	"worth/internal/sqltext"
	"worth/ui/widget"
)

// sqlPlaces is where the panes were drawn: the lines of their insides, and how far
// those stand from the left.
type sqlPlaces struct {
	editorY, editorH int
	resultY, resultH int
	inset            int
}

// The heights from which the panes have frames, and from which both are drawn.
const (
	sqlFramesH = 12
	sqlBothH   = 7
)

// View draws the editor above the result, or one of them where there is no room
// for both.
func (p *sqlPage) View(w, h int) string {
	p.sync()
	p.places = sqlPlaces{}
	if w < leastW || h < leastH {
		return widget.Block(p.env.Theme.Muted.Render(widget.Fit(i18n.T("too small"), max(w, 0))), w, h)
	}
	p.markStatement()
	p.editor().Focused = p.editing
	if h < sqlFramesH {
		return p.bareView(w, h)
	}
	editorH := max(h*2/5, 6)
	if !p.editing {
		editorH = max(h*3/10, 5)
	}
	t := p.env.Theme
	editor := widget.Panel{Theme: t, Title: p.editorTitle(), Note: p.editorNote(), Focused: p.editing, Body: p.editor()}
	result := widget.Panel{Theme: t, Title: p.resultTitle(), Note: p.resultNote(), Focused: !p.editing, Body: widget.ViewFunc(p.resultView)}
	p.places = sqlPlaces{editorY: 1, editorH: editorH - 2, resultY: editorH + 1, resultH: h - editorH - 2, inset: 1}
	return widget.Stack(editor.View(w, editorH), result.View(w, h-editorH))
}

// bareView draws without frames; in very little room, only what has the focus.
func (p *sqlPage) bareView(w, h int) string {
	editorH := h / 2
	switch {
	case h < sqlBothH && p.editing:
		editorH = h
	case h < sqlBothH:
		editorH = 0
	}
	resultH := h - editorH
	p.places = sqlPlaces{editorH: editorH, resultY: editorH, resultH: resultH}
	editor, result := "", ""
	if editorH > 0 {
		editor = p.editor().View(w, editorH)
	}
	if resultH > 1 {
		t := p.env.Theme
		title := gridLine(w, gridRun{t.Muted, p.resultNote() + " "}, gridRun{t.Strong, p.resultTitle()})
		p.places.resultY++
		p.places.resultH--
		result = widget.Stack(title, p.resultView(w, resultH-1))
	} else if resultH > 0 {
		result = p.resultView(w, resultH)
	}
	return widget.Block(widget.Stack(editor, result), w, h)
}

// longText is a text whose statements are not looked for with every view.
const longText = 64 << 10

// markStatement marks in the margin what would be run.
func (p *sqlPage) markStatement() {
	e := p.editor()
	e.Unmark()
	text := e.Text()
	if len(text) > longText {
		return
	}
	if span, ok := sqltext.At(text, e.Offset()); ok {
		e.Mark(span.Start, span.End)
	}
}

func (p *sqlPage) editorTitle() string {
	if len(p.buffers) == 1 {
		return i18n.T("query")
	}
	return i18n.T("query %d of %d", p.current+1, len(p.buffers))
}

// editorNote says whether statements may write, and what the parameters of the
// text stand for.
func (p *sqlPage) editorNote() string {
	mode := i18n.T("read-only")
	if p.writing {
		mode = i18n.T("WRITING")
	}
	text := p.editor().Text()
	if len(text) > longText {
		return mode
	}
	var values []string
	own := sqltext.Parameters(text)
	for _, given := range p.env.Workspace.Parameters() {
		for _, name := range own {
			if name == given.Name {
				values = append(values, "$"+name+" = "+given.Text())
			}
		}
	}
	return strings.Join(append(values, mode), " · ")
}

func (p *sqlPage) resultTitle() string {
	if p.chart != nil {
		return p.chart.title
	}
	return i18n.T("result")
}

// resultNote says how many rows there are, and that some are missing.
func (p *sqlPage) resultNote() string {
	switch {
	case p.running.running():
		return p.Busy()
	case p.result != nil && p.result.Truncated:
		return i18n.T("TRUNCATED at %d row{s} · %s", p.result.Len(), seconds(p.result.Took))
	}
	return p.said
}

// resultView draws the rows, the chart, or why there are none.
func (p *sqlPage) resultView(w, h int) string {
	t := p.env.Theme
	switch {
	case h <= 0:
		return ""
	case p.err != nil:
		var lines []string
		for _, line := range wrapped(p.err.Error(), max(w-2, 1)) {
			lines = append(lines, " "+t.Bad.Render(line))
		}
		return p.text.view(lines, w, h)
	case p.chart != nil:
		return p.chart.view(w, h, t, !p.editing)
	case p.grid != nil:
		return p.grid.View(w, h)
	case p.running.running() || p.said != "":
		return widget.Block("", w, h)
	}
	return say(t, t.Muted, w, h, i18n.T("F5 runs the statement under the cursor"),
		i18n.T("F3 lists the program's own queries, F4 what was run before; Tab completes; Esc leaves the editor"))
}
