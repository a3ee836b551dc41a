package page

import (
	"errors"
	"strings"

	"worth/internal/i18n"
	"worth/internal/whatif"
	"worth/internal/workspace"
	"worth/ui/theme"
	"worth/ui/widget"
)

// View draws sliders, figures, segments and the tornado, as many as there is room for.
func (p *whatIf) View(w, h int) string {
	p.tiles = nil
	t := p.env.Theme
	var none *workspace.NoAnswerError
	switch fits := w >= leastW && h >= leastH; {
	case fits && p.meter != nil && !p.ready && p.Busy() != "":
		return waiting(t, p.meter.Progress(t, p.what, p.cancelling), p.Title(), w, h)
	case fits && errors.As(p.err, &none):
		return say(t, t.Text, w, h, none.Error(), p.otherMode())
	}
	if text, ok := p.instead(w, h); ok {
		return text
	}
	p.tiles = p.layout(w, h)
	p.fill()
	return p.tiles.draw(func(at tile) string { return p.panel(at).View(at.w, at.h) })
}

// otherMode says how to get an answer from the other mode.
func (p *whatIf) otherMode() string {
	if p.mode == whatif.ModeFormula {
		return i18n.T("f goes to the fitted model · a adds files · , settings")
	}
	return i18n.T("f values by formula instead · a adds files · , settings")
}

// waiting draws the progress of a page's first answer in its middle.
func waiting(t theme.Theme, progress widget.Progress, title string, w, h int) string {
	box := Dialog(t, title, "", progress, min(w-4, 72), 3, w, h)
	return widget.Overlay(widget.Block("", w, h), box, w, h)
}

// The heights of panels with their frames.
const (
	aboutHeight   = 10 // what the lever under the cursor does, and the frame
	whatIfHeight  = 13
	mouthHeight   = 4 // more where word of mouth is known
	tornadoHeight = 11
)

// layout divides the page: side by side in a wide window, figures above sliders or
// segments in a narrow one, only these in a low one.
func (p *whatIf) layout(w, h int) tiles {
	sliders, figures := len(p.levers())+aboutHeight, whatIfHeight
	if p.model != nil && p.model.HasReferrals() && h >= whatIfHeight+mouthHeight+14 {
		figures += mouthHeight
	}
	switch {
	case w >= 110 && h >= whatIfHeight+6:
		right := []share{{paneFigures, figures}, {pane: paneScopes}}
		if h >= whatIfHeight+tornadoHeight+8 {
			return tiled(w, h, []int{w / 2},
				[]share{{pane: paneSliders}, {paneTornado, max(h-sliders, tornadoHeight)}}, right)
		}
		return tiled(w, h, []int{w / 2}, []share{{pane: paneSliders}}, right)
	case h >= 20:
		return tiled(w, h, nil, []share{{paneFigures, 8}, {pane: p.pane}})
	case h >= 12:
		return tiled(w, h, nil, []share{{paneFigures, 5}, {pane: p.pane}})
	}
	return tiled(w, h, nil, []share{{pane: p.pane}})
}

// fill gives the widgets what they draw.
func (p *whatIf) fill() {
	t := p.env.Theme
	p.sliders.Theme, p.list.Theme, p.bars.Theme = t, t, t
	p.sliders.Focused, p.list.Focused = p.pane == paneSliders, p.pane == paneScopes
	p.sliders.Rows = p.sliderRows()
	p.list.Heading = i18n.T("scenario")
	p.list.Titles = []string{i18n.T("equity"), i18n.T("change"), i18n.T("baseline"), i18n.T("customers")}[:p.scopeColumns()]
	p.list.Rows = p.scopeRows()
	p.bars.Heading = i18n.T("input")
	p.bars.Titles = []string{i18n.T("a step lower"), i18n.T("a step higher")}
	p.bars.Rows = p.tornadoRows()
}

// scopeColumns returns how many columns the list of segments has beside its bars, which
// go first where room is short.
func (p *whatIf) scopeColumns() int {
	at, _ := p.tiles.of(paneScopes)
	switch {
	case at.w >= 90:
		return 4
	case at.w >= 74:
		return 3
	}
	return 2
}

// panel returns a pane in its frame.
func (p *whatIf) panel(at tile) widget.Panel {
	panel := widget.Panel{Theme: p.env.Theme}
	now := p.history.Now()
	switch at.pane {
	case paneSliders:
		panel.Title, panel.Note = i18n.T("for %s", scopeName(p.scope)), p.slidersNote()
		panel.Focused, panel.Body = p.pane == paneSliders, widget.ViewFunc(p.slidersBody)
	case paneScopes:
		panel.Title, panel.Note = i18n.T("Customer equity"), p.scenarioName()
		panel.Focused, panel.Body = p.pane == paneScopes, &p.list
	case paneFigures:
		panel.Title, panel.Note = p.figuresTitle(), p.env.Header.Currency
		panel.Body = widget.ViewFunc(p.figuresBody)
	case paneTornado:
		panel.Title, panel.Note = i18n.T("What matters most"), p.tornado.state(now)
		panel.Body = widget.ViewFunc(p.tornadoBody)
	}
	return panel
}

// scenarioName is the name of the scenario with a star when it differs from what was
// saved.
func (p *whatIf) scenarioName() string {
	now := p.scenario()
	name := now.Name
	switch {
	case name == "" && now.IsBaseline():
		name = i18n.T("baseline")
	case name == "":
		name = i18n.T("not saved")
	}
	if !now.Equal(p.saved) {
		name += " *"
	}
	return name
}

// slidersNote is the name of the scenario and, where there is no room for figures, what
// it comes to.
func (p *whatIf) slidersNote() string {
	if _, ok := p.tiles.of(paneFigures); ok {
		return p.scenarioName()
	}
	l := p.line()
	return i18n.T("equity %s %s", i18n.Short(l.Scenario.Value), changeText(l.Baseline.Value, l.Scenario.Value))
}

// figuresTitle names whom the figures are of, and the model.
func (p *whatIf) figuresTitle() string {
	return i18n.T("%s, by %s", scopeName(p.scope), p.modelName())
}

// modelName names what customers are valued by.
func (p *whatIf) modelName() string {
	if p.mode == whatif.ModeFormula {
		return modeName(p.mode)
	}
	return p.model.Terms.Model
}

// basisText says what value is counted in, and by which model.
func (p *whatIf) basisText() string {
	return joined(" · ", i18n.T("by %s", p.modelName()), i18n.T("as of %s", p.model.Terms.AsOf), BasisName(p.model.Terms.Basis), p.model.Terms.Currency)
}

// terms says under which conditions value is counted.
func (p *whatIf) terms() string {
	horizon, discount := i18n.T("for life"), ""
	if at, ok := p.standing(whatif.Horizon); ok && at.Off == "" {
		horizon = i18n.T("next %s", at.Lever.Format(at.At))
	}
	if at, ok := p.standing(whatif.Discount); ok {
		discount = i18n.T("discount %s", at.Lever.Format(at.At))
	}
	if p.mode == whatif.ModeFormula {
		horizon = p.timing.short()
	}
	return joined(" · ", horizon, discount, BasisName(p.model.Terms.Basis)+" "+p.model.Terms.Currency)
}

// slidersBody draws the sliders and, below, what the one under the cursor does.
func (p *whatIf) slidersBody(w, h int) string {
	t := p.env.Theme
	rows := len(p.sliders.Rows)
	room := h - min(rows, h)
	if room <= 0 {
		return p.sliders.View(w, h)
	}
	var about []string
	for _, line := range p.about() {
		for _, piece := range wrapped(line, max(w-2, 1)) {
			about = append(about, " "+t.Muted.Render(piece))
		}
	}
	if len(about) < room {
		about = append([]string{""}, about...)
	}
	about = about[:min(len(about), room)]
	return widget.Stack(p.sliders.View(w, rows), strings.Join(about, "\n"))
}

// about says what stands in the way of a value, what the lever under the cursor does,
// how retention is reached, and what is set for segments.
func (p *whatIf) about() []string {
	var lines []string
	if p.problem != nil && !canceled(p.problem) {
		lines = append(lines, p.problem.Error())
	}
	lines = append(lines, p.result.Notes...)
	if at, ok := p.standing(p.lever()); ok {
		lines = append(lines, p.leverHelp(at))
	}
	if text := p.bentText(); text != "" {
		lines = append(lines, text)
	}
	if o := p.history.Now().Overrides(); len(o) > 0 {
		texts := make([]string, len(o))
		for i := range o {
			texts[i] = settingText(o[i])
		}
		lines = append(lines, i18n.T("set for segments (O lists, removes): %s", strings.Join(texts, "; ")))
	}
	return lines
}

// leverHelp says what a lever does and on how much its baseline rests.
func (p *whatIf) leverHelp(at whatif.Position) string {
	help := at.Lever.Help()
	byFormula := p.mode == whatif.ModeFormula
	if byFormula && stays(at.Lever) {
		help = i18n.T("Of the customers who ordered in a year, the share who did in the next; lifetime is 1/(1 − retention), dropout a factor on 1/lifetime.")
	}
	switch {
	case at.N == 0:
		return help
	case at.Lever == whatif.AOV || at.Lever == whatif.Margin:
		return i18n.T("%s Estimated from %d order{s}.", help, at.N)
	case byFormula && stays(at.Lever):
		return i18n.T("%s Estimated from %d year{s} of customers.", help, at.N)
	}
	return i18n.T("%s Estimated from %d customer{s}.", help, at.N)
}

// bentText says by which factor on the parameter of leaving the retention is reached, or
// that this is being worked out.
func (p *whatIf) bentText() string {
	factor, parameter, ok := p.bentBy()
	switch {
	case p.mode == whatif.ModeFormula:
		return ""
	case !p.valued && p.bending.stopped:
		return i18n.T("stopped: what is shown is from before; move a slider to go on")
	case !p.valued:
		return i18n.T("%s: what is shown is a moment behind", p.bending.what)
	case !ok:
		return ""
	}
	return i18n.T("Retention is reached by one factor, %s, on the dropout parameter %s of the model, from today on: who is active today stays as fitted.", factor, parameter)
}

// bentBy returns the factor on the parameter of leaving, and its name; false if it is that
// of the baseline.
func (p *whatIf) bentBy() (factor, parameter string, ok bool) {
	at, known := p.standing(whatif.Dropout)
	if !known || at.Off != "" || at.At == at.Base || p.mode == whatif.ModeFormula {
		return "", "", false
	}
	parameter = "a"
	if p.model.Terms.Model == "pareto-nbd" {
		parameter = "s"
	}
	return at.Lever.Format(at.At), parameter, true
}
