package page

import (
	"slices"
	"strings"

	"worth/internal/i18n"
	"worth/internal/whatif"
	"worth/ui/theme"
	"worth/ui/widget"
)

// modeName names a mode in the reader's language.
func modeName(m whatif.Mode) string {
	if m == whatif.ModeFormula {
		return i18n.T("formula")
	}
	return i18n.T("fitted")
}

// sliderRows returns a slider for every lever.
func (p *whatIf) sliderRows() []widget.Slider {
	elsewhere := map[whatif.Lever]bool{}
	for _, o := range p.history.Now().Overrides() {
		elsewhere[o.Lever] = true
	}
	levers := p.levers()
	rows := make([]widget.Slider, len(levers))
	for i, lever := range levers {
		at, ok := p.standing(lever)
		if !ok {
			spec := p.model.Spec(p.scope, lever)
			at = whatif.Position{Spec: spec, At: spec.Base}
		}
		rows[i] = widget.Slider{
			Label: p.leverLabel(lever), Base: at.Base, At: at.At, Low: at.Low, High: at.High, Value: leverValue(at), Off: at.Off,
		}
		switch {
		case at.Own && p.scope != whatif.Everyone:
			rows[i].Mark = "◆"
		case elsewhere[lever]:
			rows[i].Mark = "◇"
		}
	}
	return rows
}

// leverLabel is a lever's name with the unit that its values leave out.
func (p *whatIf) leverLabel(l whatif.Lever) string {
	switch l.Unit() {
	case whatif.UnitPerYear:
		return i18n.T("%s /yr", l.Name())
	case whatif.UnitMoney:
		if c := p.model.Terms.Currency; c != "" {
			return l.Name() + " " + c
		}
	default:
	}
	return l.Name()
}

// leverValue writes where a lever stands, and from where it came.
func leverValue(at whatif.Position) string {
	write := func(v float64) string {
		if at.Unit == whatif.UnitMoney {
			return i18n.Short(v)
		}
		return strings.TrimSuffix(at.Lever.Format(v), i18n.T("%s /yr", ""))
	}
	if at.At == at.Base {
		return write(at.At)
	}
	return write(at.Base) + " → " + write(at.At)
}

// scopeRows returns everyone and the segments with a bar of what they come to.
func (p *whatIf) scopeRows() []widget.BarRow {
	row := func(l whatif.Line, label string) widget.BarRow {
		if l.Scope == p.scope {
			label = "◆ " + label
		}
		return widget.BarRow{Label: label, Value: l.Scenario.Value, Cells: []string{
			i18n.Short(l.Scenario.Value), changeText(l.Baseline.Value, l.Scenario.Value), i18n.Short(l.Baseline.Value),
			i18n.Short(float64(l.Customers)),
		}}
	}
	total := row(p.result.Total, scopeName(whatif.Everyone))
	total.Value = 0 // beside it the segments could not be told apart
	rows := []widget.BarRow{total}
	for _, l := range p.result.Segments {
		rows = append(rows, row(l, scopeName(l.Scope)))
	}
	if beyond := p.result.Beyond; beyond != (whatif.Beyond{}) {
		rows = append(rows, widget.BarRow{Label: i18n.T("without an order"), Cells: []string{
			i18n.Short(beyond.Scenario), changeText(beyond.Baseline, beyond.Scenario), i18n.Short(beyond.Baseline), "",
		}})
	}
	return rows
}

// tornadoRows returns the inputs by how much a large step of theirs matters.
func (p *whatIf) tornadoRows() []widget.BarRow {
	var rows []widget.BarRow
	for _, b := range p.tornado.value {
		side := func(value, equity float64) string {
			return i18n.T("%s: %s", b.Lever.Format(value), i18n.Short(equity))
		}
		rows = append(rows, widget.BarRow{Label: b.Lever.Name(), Value: b.Width(), Cells: []string{
			side(b.Low, b.Equity[0]), side(b.High, b.Equity[1]),
		}})
	}
	return rows
}

// tornadoBody draws the inputs, or says that they are being compared.
func (p *whatIf) tornadoBody(w, h int) string {
	if len(p.bars.Rows) == 0 {
		t := p.env.Theme
		return say(t, t.Muted, w, h, p.tornado.state(p.history.Now()), "")
	}
	return p.bars.View(w, h)
}

// changeText writes a change in percent of a baseline, unknown where that is none.
func changeText(baseline, scenario float64) string {
	switch {
	case scenario == baseline:
		return "="
	case baseline <= 0:
		return unknown
	}
	change := scenario/baseline - 1
	text := i18n.Percent(change, 1)
	if change > 0 {
		text = "+" + text
	}
	return text
}

// ratioText writes CLV : CAC, unknown without a CAC.
func ratioText(ratio float64, known bool) string {
	if !known {
		return unknown
	}
	return i18n.Number(ratio, 1)
}

// figure is a line of the figures: what, at the baseline, in the scenario, the change.
type figure struct {
	label, baseline, scenario, change string
	good                              float64 // the sign says whether the change is one for the better
}

// figuresBody draws baseline beside scenario, and who changes tier where there is room.
func (p *whatIf) figuresBody(w, h int) string {
	t := p.env.Theme
	head := figure{label: p.terms(), baseline: i18n.T("baseline"), scenario: i18n.T("scenario"), change: i18n.T("change")}
	var lines []string
	if room, _ := figureRoom(w); h > 1 && widget.Width(head.label) > room {
		lines = append(lines, " "+t.Muted.Render(widget.Fit(head.label, max(w-1, 0))))
		head.label = ""
		if factor, parameter, ok := p.bentBy(); ok && p.valued {
			head.label = i18n.T("dropout %s %s", parameter, factor)
		}
	}
	lines = append(lines, figureLine(t.Heading, t.Heading, w, head))
	for _, f := range p.figures() {
		lines = append(lines, figureLine(t.Text, changeStyle(t, f.good), w, f))
	}
	for _, line := range wrapped(p.moversText(), max(w-2, 1)) {
		lines = append(lines, " "+t.Muted.Render(line))
	}
	return strings.Join(lines[:min(len(lines), max(h, 0))], "\n")
}

// changeStyle is that of a change for the better or the worse.
func changeStyle(t theme.Theme, good float64) styler {
	switch {
	case good > 0:
		return t.Good
	case good < 0:
		return t.Bad
	}
	return t.Muted
}

// styler paints text.
type styler interface{ Render(parts ...string) string }

// figureWidth is that of a column of numbers.
const figureWidth = 11

// figureRoom returns how wide the labels are, and how many columns of numbers fit.
func figureRoom(w int) (label, columns int) {
	columns = 3
	for columns > 1 && w-columns*figureWidth < 16 {
		columns--
	}
	return max(w-columns*figureWidth-2, 0), columns
}

func figureLine(style, change styler, w int, f figure) string {
	label, columns := figureRoom(w)
	line := style.Render(" " + widget.Fit(f.label, label))
	cells := []string{f.baseline, f.scenario, f.change}
	if columns < 3 {
		cells = cells[1:]
	}
	if columns == 1 {
		cells = cells[:1]
	}
	for i, cell := range cells {
		painted := widget.FitRight(cell, figureWidth)
		if i == len(cells)-1 && columns > 1 {
			line += change.Render(painted)
			continue
		}
		line += style.Render(painted)
	}
	return line
}

// figures returns what the scope comes to.
func (p *whatIf) figures() []figure {
	l := p.line()
	b, s := l.Baseline, l.Scenario
	compare := func(label string, before, after float64) figure {
		return figure{label, i18n.Short(before), i18n.Short(after), changeText(before, after), after - before}
	}
	perCAC := figure{label: i18n.T("CLV : CAC"), baseline: ratioText(b.PerCAC()), scenario: ratioText(s.PerCAC())}
	if before, ok := b.PerCAC(); ok {
		if after, ok := s.PerCAC(); ok {
			perCAC.change, perCAC.good = changeText(before, after), after-before
		}
	}
	equity := []figure{compare(i18n.T("equity"), b.Value, s.Value)}
	value := []figure{
		compare(i18n.T("CLV mean"), b.Mean, s.Mean),
		p.medians(),
		perCAC,
		compare(i18n.T("break-even CAC, 3 : 1"), b.BreakEven(), s.BreakEven()),
		{label: i18n.T("12-month retention"), baseline: i18n.Percent(b.Retention, 1), scenario: i18n.Percent(s.Retention, 1), change: changeText(b.Retention, s.Retention), good: s.Retention - b.Retention},
	}
	if at, _ := p.tiles.of(paneFigures); at.h < whatIfHeight && p.lever().Chained() { // what the slider moves must be in sight
		return slices.Concat(equity, p.mouthFigures(), value)
	}
	return slices.Concat(equity, value, p.mouthFigures())
}

// mouthFigures returns what word of mouth comes to for the scope, nothing where nobody is
// known to have brought in anybody.
func (p *whatIf) mouthFigures() []figure {
	if !p.model.HasReferrals() {
		return nil
	}
	line := p.mouth.value.Total
	for _, l := range p.mouth.value.Segments {
		if l.Scope == p.scope && p.scope != whatif.Everyone {
			line = l
		}
	}
	fresh := p.mouth.fresh(p.history.Now().Chains())
	compare := func(label string, before, after float64) figure {
		f := figure{label: label, baseline: "…", scenario: "…"}
		if p.mouth.landed {
			f.baseline = i18n.Short(before)
		}
		if fresh {
			f.scenario, f.change = i18n.Short(after), changeText(before, after)
		}
		return f
	}
	b, s := line.Baseline, line.Scenario
	return []figure{
		compare(i18n.T("credited for referrals"), b.Credited, s.Credited),
		compare(i18n.T("passed up"), b.Passed, s.Passed),
		compare(i18n.T("influence"), b.Influence, s.Influence),
		compare(i18n.T("CRV"), b.CRV, s.CRV),
	}
}

// medians returns the line of the medians, which take a moment to find.
func (p *whatIf) medians() figure {
	f := figure{label: i18n.T("CLV median")}
	if !p.spread.landed {
		f.baseline, f.scenario = "…", "…"
		return f
	}
	before, after := p.spread.value.Baseline.Median, p.spread.value.Scenario.Median
	for _, s := range p.spread.value.Segments {
		if s.Scope == p.scope && p.scope != whatif.Everyone {
			before, after = s.BaselineMedian, s.ScenarioMedian
		}
	}
	f.baseline, f.scenario, f.change, f.good = i18n.Short(before), i18n.Short(after), changeText(before, after), after-before
	if !p.spread.fresh(p.history.Now()) {
		f.scenario, f.change, f.good = "…", "", 0
	}
	return f
}

// moversText counts the customers who change tier.
func (p *whatIf) moversText() string {
	if state := p.spread.state(p.history.Now()); state != "" {
		return i18n.T("customers who change tier: %s", state)
	}
	d := p.spread.value
	if d.Moved() == 0 {
		return i18n.T("nobody changes tier of value (top fifth, next three tenths, lower half)")
	}
	up, down := 0, 0
	for _, s := range d.Segments {
		if s.Scope == p.scope || p.scope == whatif.Everyone {
			up += s.Up
			down += s.Down
		}
	}
	return i18n.T("%d customer{s} {goes|go} up a tier of value, %d down (top fifth, next three tenths, lower half); m shows them", up, down)
}
