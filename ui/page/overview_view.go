package page

import (
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/theme"
	"worth/ui/widget"
)

// View draws the panes there is room for.
func (p *overview) View(w, h int) string {
	p.tiles = nil
	if text, ok := p.instead(w, h); ok {
		return text
	}
	p.tiles = p.layout(w, h)
	t := p.env.Theme
	p.list.Theme, p.chart.Theme, p.curve.Theme = t, t, t
	return p.tiles.draw(func(at tile) string {
		focused := at.pane == p.pane
		panel := widget.Panel{Theme: t, Focused: focused}
		switch at.pane {
		case paneValue:
			panel.Title, panel.Body = i18n.T("Value"), widget.ViewFunc(p.figures)
		case paneSegments:
			panel.Title, panel.Note, panel.Body = i18n.T("Segments"), p.env.Header.Scheme, p.scored(p.segments(focused, at.w))
		case paneRevenue:
			panel.Title, panel.Note, panel.Body = i18n.T("Revenue by month"), p.monthNote(focused), p.chartBody(&p.chart, focused)
		case paneCurve:
			panel.Title, panel.Body = i18n.T("Concentration"), p.scored(p.concentration(focused))
		}
		return panel.View(at.w, at.h)
	})
}

// The room the panes need.
const (
	figuresHeight = 12 // of the figures with their frame
	listFrame     = 3  // frame and heading of the segment list
	summaryHeight = 7  // of the concentration in words
)

// layout divides the page: four panes, or in a small window those that fit, or
// just the one in focus.
func (p *overview) layout(w, h int) tiles {
	list := len(p.list.Rows) + listFrame
	switch {
	case w < 64 || h < 16:
		return tiled(w, h, nil, []share{{pane: p.pane}})
	case w < 100 || h < 30:
		right := []share{{pane: paneSegments}}
		switch rest := h - list; {
		case rest >= summaryHeight-1:
			right = []share{{pane: paneSegments, height: list}, {pane: paneCurve}}
		case p.pane == paneCurve:
			right = []share{{pane: paneCurve}}
		}
		return tiled(w, h, []int{w / 2}, []share{{paneValue, figuresHeight}, {pane: paneRevenue}}, right)
	}
	top := max(min(list, h/2), figuresHeight)
	return tiled(w, h, []int{w * 42 / 100},
		[]share{{paneValue, top}, {pane: paneRevenue}}, []share{{paneSegments, top}, {pane: paneCurve}})
}

// scored is a body that needs known customers.
func (p *overview) scored(body widget.Viewer) widget.Viewer {
	if p.data.unscored == nil {
		return body
	}
	return widget.ViewFunc(func(w, h int) string {
		return say(p.env.Theme, p.env.Theme.Warn, w, h, p.data.unscored.Error(), "")
	})
}

// segments is the list of segments, with shorter headings in a narrow pane so
// that bars are left.
func (p *overview) segments(focused bool, w int) widget.Viewer {
	p.list.Focused = focused
	p.list.Heading = i18n.T("segment")
	p.list.Titles = []string{i18n.T("customers"), i18n.T("revenue")}
	if w < 48 {
		p.list.Titles = []string{i18n.T("cust."), i18n.T("rev.")}
	}
	return &p.list
}

// segmentBars are the rows of a segment list: bars of the share of net revenue.
func segmentBars(segments []workspace.Segment, wide bool) []widget.BarRow {
	rows := make([]widget.BarRow, 0, len(segments))
	for _, s := range segments {
		row := widget.BarRow{
			Label: s.Title, Value: s.NetRevenueShare, Unmatched: s.Segment == workspace.Unmatched,
			Cells: []string{i18n.Percent(s.CustomerShare, 0), i18n.Percent(s.NetRevenueShare, 0)},
		}
		if wide {
			row.Cells = []string{
				i18n.Number(float64(s.Customers), 0), i18n.Percent(s.CustomerShare, 1), i18n.Short(s.NetRevenue.Float64()),
				i18n.Percent(s.NetRevenueShare, 1), number(s.RecencyDays, 0), number(s.Orders, 1), number(s.AOV, 2),
				short(s.Predicted), number(s.CLVMean, 2), short(s.Value),
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// keyFigure is one line of the key figures.
type keyFigure struct {
	label, value string
	style        lipgloss.Style // of the note
	notes        []string       // the same, ever shorter; the first that fits is shown
}

// note returns the longest note that fits in w columns.
func (f keyFigure) note(w int) string {
	for _, n := range f.notes {
		if widget.Width(n) <= w {
			return n
		}
	}
	return ""
}

// figures draws the key figures, and the revenue of the months as a picture
// where there is room.
func (p *overview) figures(w, h int) string {
	t := p.env.Theme
	const labelW, valueW = 15, 8
	var lines []string
	for _, f := range p.keyFigures(t) {
		label, value := widget.Fit(f.label, labelW), widget.FitRight(f.value, valueW)
		lines = append(lines, " "+t.Muted.Render(label)+t.Strong.Render(value)+"  "+f.style.Render(f.note(w-labelW-valueW-3)))
	}
	if spare := h - len(lines) - 1; spare >= 1 && w > 20 {
		spark := widget.Sparkline{Theme: t, Values: monthValues(p.data.months, w-2)}
		lines = append(lines, "")
		for _, line := range strings.Split(spark.View(w-2, min(spare, 3)), "\n") {
			lines = append(lines, " "+line)
		}
	}
	return strings.Join(lines, "\n")
}

func (p *overview) keyFigures(t theme.Theme) []keyFigure {
	d := p.data.sum
	return []keyFigure{
		{i18n.T("net revenue"), i18n.Short(d.NetRevenue.Float64()), t.Muted, []string{p.env.Header.Currency}},
		yearFigure(t, d),
		{i18n.T("customers"), i18n.Number(float64(d.Customers), 0), t.Muted, activeNotes(d)},
		{i18n.T("orders"), i18n.Number(float64(d.Orders), 0), t.Warn, anonymousNotes(d)},
		{i18n.T("order (AOV)"), number(d.AOV, 2), t.Muted, medianNotes(d.MedianAOV)},
		{i18n.T("customer value"), number(d.ValuePerCustomer, 2), t.Muted, medianNotes(d.MedianValue)},
		{i18n.T("repeat rate"), percent(d.RepeatRate, 0), t.Muted, []string{i18n.T("bought twice or more"), i18n.T("2+ orders")}},
		{i18n.T("best 20 %% bring"), percent(d.Top20Share, 0), t.Muted, []string{i18n.T("of customers' revenue"), i18n.T("of revenue")}},
		{i18n.T("Gini"), number(d.Gini, 2), t.Muted, eightyNotes(d)},
		p.expectedFigure(t),
	}
}

// yearFigure is the revenue of the last 12 months beside the 12 before.
func yearFigure(t theme.Theme, d workspace.Overview) keyFigure {
	f := keyFigure{label: i18n.T("last 12 months"), value: i18n.Short(d.RevenueYear), style: t.Muted}
	if d.RevenueYearBefore > 0 {
		change := d.RevenueYear/d.RevenueYearBefore - 1
		f.notes, f.style = []string{i18n.T("%s on the 12 before", signed(change)), i18n.T("%s yoy", signed(change))}, t.Good
		if change < 0 {
			f.style = t.Bad
		}
	}
	return f
}

// expectedFigure is what all customers are expected to bring within the horizon,
// with the conditions it is counted under.
func (p *overview) expectedFigure(t theme.Theme) keyFigure {
	d, terms := p.data.sum, p.data.terms
	if d.ExpectedOrders == nil {
		return keyFigure{i18n.T("expected"), unknown, t.Muted, []string{i18n.T("no model fits; V says why"), i18n.T("V says why")}}
	}
	f := keyFigure{label: i18n.T("next %s", horizonText(terms.Horizon)), value: short(d.ExpectedValue), style: t.Muted}
	if d.ExpectedValue == nil {
		f.value = short(d.ExpectedOrders)
		f.notes = []string{i18n.T("orders expected, %s", terms.Model), i18n.T("orders")}
		return f
	}
	f.notes = []string{
		i18n.T("%s expected at %s a year, %s", basisText(terms.Basis), i18n.Percent(terms.Discount, 0), terms.Model),
		i18n.T("expected at %s a year", i18n.Percent(terms.Discount, 0)),
		i18n.T("expected"),
	}
	return f
}

func activeNotes(d workspace.Overview) []string {
	if d.Customers == 0 {
		return nil
	}
	share := i18n.Percent(float64(d.ActiveCustomers)/float64(d.Customers), 0)
	return []string{i18n.T("%d active, %s", d.ActiveCustomers, share), i18n.T("%s active", share)}
}

func anonymousNotes(d workspace.Overview) []string {
	if d.AnonymousOrders == 0 {
		return nil
	}
	return []string{i18n.T("%d name nobody", d.AnonymousOrders), i18n.T("%d unnamed", d.AnonymousOrders)}
}

func medianNotes(median *float64) []string {
	if median == nil {
		return nil
	}
	return []string{i18n.T("median %s", number(median, 2)), i18n.T("median %s", i18n.Short(*median))}
}

func eightyNotes(d workspace.Overview) []string {
	if d.EightyPercentFrom == nil {
		return nil
	}
	share := i18n.Percent(*d.EightyPercentFrom, 0)
	return []string{i18n.T("80 %% from best %s", share), i18n.T("80 %% by %s", share)}
}

// monthValues returns the revenue of the months, at most the last n.
func monthValues(months []workspace.Period, n int) []float64 {
	var values []float64
	for _, m := range months[max(len(months)-max(n, 0), 0):] {
		values = append(values, m.NetRevenue)
	}
	return values
}

// revenueChart draws the months.
func revenueChart(months []workspace.Period, cursor int) widget.LineChart {
	points := make([]widget.Point, 0, len(months))
	for _, m := range months {
		points = append(points, widget.Point{X: widget.DayNumber(m.Month), Y: m.NetRevenue})
	}
	return widget.LineChart{
		Series: []widget.Series{{Name: i18n.T("net revenue"), Points: points}}, Shape: widget.ShapeArea, Cursor: cursor,
		X: widget.Axis{Dates: true, Format: func(day float64) string {
			return time.Unix(int64(day)*24*60*60, 0).UTC().Format("2006-01")
		}},
	}
}

// monthNote reads out what the chart itself does not show of the month.
func (p *overview) monthNote(focused bool) string {
	if !focused || p.chart.Cursor >= len(p.data.months) {
		return ""
	}
	m := p.data.months[p.chart.Cursor]
	return i18n.T("%d order{s} · %d new", m.Orders, m.New)
}

func (p *overview) chartBody(c *widget.LineChart, focused bool) widget.Viewer {
	c.Focused = focused
	return c
}

// curveChart draws the share of revenue that the best customers bring.
func curveChart(curve []workspace.CurvePoint, cursor int) widget.LineChart {
	points := make([]widget.Point, 0, len(curve))
	for _, c := range curve {
		points = append(points, widget.Point{X: c.Customers, Y: c.NetRevenue})
	}
	whole := func(share float64) string { return i18n.Percent(share, 0) }
	return widget.LineChart{
		Series: []widget.Series{{Name: i18n.T("of revenue, from the best customers"), Points: points}}, Diagonal: true, Cursor: cursor,
		X: widget.Axis{Min: 0, Max: 1, Format: whole}, Y: widget.Axis{Min: 0, Max: 1, Format: whole},
	}
}

// chartLeast is the least height that a curve can be read in.
const chartLeast = 9

// concentration is the curve, or in a low pane what it comes to.
func (p *overview) concentration(focused bool) widget.Viewer {
	p.curve.Focused = focused
	return widget.ViewFunc(func(w, h int) string {
		if h < chartLeast {
			return strings.Join(p.concentrationLines(w), "\n")
		}
		head := p.env.Theme.Text.Render(widget.Fit(" "+p.concentrationSentence(), w))
		return widget.Stack(head, p.curve.View(w, h-1))
	})
}

// concentrationSentence is the curve in a line.
func (p *overview) concentrationSentence() string {
	d := p.data.sum
	s := i18n.T("Gini %s · best 20 %% bring %s", number(d.Gini, 2), percent(d.Top20Share, 0))
	if d.EightyPercentFrom != nil {
		s += " · " + i18n.T("80 %% comes from the best %s", i18n.Percent(*d.EightyPercentFrom, 0))
	}
	return s
}

// concentrationLines is the curve in a few lines.
func (p *overview) concentrationLines(w int) []string {
	d, t := p.data.sum, p.env.Theme
	var lines []string
	for _, top := range []struct {
		label string
		share *float64
	}{{"1 %", d.Top1}, {"5 %", d.Top5}, {"10 %", d.Top10}, {"20 %", d.Top20Share}} {
		text := widget.Fit(i18n.T("best %s bring", top.label), 15)
		lines = append(lines, " "+t.Muted.Render(text)+t.Strong.Render(widget.FitRight(percent(top.share, 0), 9)))
	}
	if d.EightyPercentFrom != nil {
		lines = append(lines, " "+t.Muted.Render(widget.Fit(i18n.T("80 %% comes from the best %s", i18n.Percent(*d.EightyPercentFrom, 0)), w-1)))
	}
	return lines
}
