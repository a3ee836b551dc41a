package page

import (
	"math"
	"strings"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/widget"
)

// The widths of columns, and from which the list has room beside the chart.
const (
	overWidth   = 52
	besideChart = 100
	trendFrame  = 2

	trendColumns = 2 // tiles beside each other; what follows stands below them
)

// View draws the measure by segment, the chart of what is under the cursor, and past,
// now and forecast below.
func (p *trend) View(w, h int) string {
	p.tiles = nil
	t := p.env.Theme
	if w >= leastW && h >= leastH && p.meter != nil && !p.ready && p.Busy() != "" {
		return waiting(t, p.meter.Progress(t, p.what, p.cancelling), p.Title(), w, h)
	}
	if view, ok := p.without(w, h); ok && p.saved != "" {
		return view
	}
	if view, ok := p.instead(w, h); ok {
		return view
	}
	if len(p.series.Dates) == 0 {
		return say(t, t.Text, w, h, i18n.T("no month or quarter has ended since the first order; choose a later as-of date"), "")
	}
	notes := p.notes(w)
	const least = 8
	notes = notes[:min(len(notes), max(h-least, 0))]
	p.tiles = p.layout(w, h-len(notes))
	for _, column := range p.tiles {
		for i := range column {
			column[i].y += len(notes)
		}
	}
	parts := append(notes, p.tiles[:min(len(p.tiles), trendColumns)].draw(p.drawPane))
	for _, below := range p.tiles[min(len(p.tiles), trendColumns):] {
		parts = append(parts, p.drawPane(below[0]))
	}
	return widget.Block(strings.Join(parts, "\n"), w, h)
}

// notes are what to bear in mind.
func (p *trend) notes(w int) []string {
	t := p.env.Theme
	var lines []string
	if p.stale {
		lines = append(lines, " "+t.Warn.Render(widget.Fit(i18n.T("the workspace has changed since this was made; r makes it again"), max(w-1, 0))))
	}
	for _, warning := range p.series.Warnings {
		lines = append(lines, " "+t.Muted.Render(widget.Fit(warning, max(w-1, 0))))
	}
	return lines
}

// layout places the list beside the chart with the figures below, or the pane in focus
// below the chart where room is short.
func (p *trend) layout(w, h int) tiles {
	table := len(p.series.Trend.Rows) + 2 + trendFrame // its titles, and a definition in full
	const chart = 9                                    // the least lines of a chart that is worth its room
	if w >= besideChart && h >= table+chart {
		upper := tiled(w, h-table, []int{overWidth}, []share{{pane: paneOver}}, []share{{pane: trendPanes}})
		lower := []tile{{pane: paneTrend, x: 0, y: h - table, w: w, h: table}}
		return tiles{upper[0], upper[1], lower}
	}
	return tiled(w, h, nil, []share{{trendPanes, h / 2}, {pane: p.pane}})
}

func (p *trend) drawPane(t tile) string {
	th := p.env.Theme
	panel := widget.Panel{Theme: th, Focused: p.pane == t.pane}
	switch t.pane {
	case paneOver:
		panel.Title, panel.Note = heading(p.column(p.measure)), i18n.T("m: another measure")
		panel.Body = widget.ViewFunc(p.overView)
	case paneTrend:
		panel.Title = i18n.T("Past, now and in a year, if it goes on as it did")
		panel.Note = i18n.T("8 in 10 such forecasts hold")
		panel.Body = widget.ViewFunc(p.tableView)
	default:
		p.chart.Theme, p.chart.Focused = th, true
		panel.Title = i18n.T("%s to %s", p.series.Dates[0].Format("2006-01-02"), p.series.Dates[len(p.series.Dates)-1].Format("2006-01-02"))
		panel.Body = &p.chart
	}
	return panel.View(t.w, t.h)
}

// overView draws a line for every segment: its values over the dates and the latest.
func (p *trend) overView(w, h int) string {
	t, column := p.env.Theme, p.column(p.measure)
	const valueW, changeW, least = 9, 8, 8
	nameW := 0
	for _, s := range p.segments {
		nameW = max(nameW, widget.Width(i18n.T(s)))
	}
	nameW = min(nameW, max(w-valueW-changeW-least-4, least))
	sparkW := max(w-nameW-valueW-changeW-4, 0)
	lines := []string{t.Heading.Render(widget.Fit(" "+widget.Fit(i18n.T("segment"), nameW)+" "+widget.Fit(i18n.T("over the dates"), sparkW)+
		" "+widget.FitRight(i18n.T("latest"), valueW)+" "+widget.FitRight(i18n.T("yoy"), changeW), w))}
	room := max(h-1, 1)
	p.top = max(min(p.top, p.at), p.at-room+1)
	for i := p.top; i < len(p.segments) && i < p.top+room; i++ {
		values := p.values(p.segments[i], p.measure)
		last := values[len(values)-1]
		style, sign := t.Text, " "
		if i == p.at {
			sign, style = "▸", t.Strong
			if p.pane == paneOver {
				style = t.Cursor
			}
		}
		name := style.Render(sign + widget.Fit(i18n.T(p.segments[i]), nameW))
		figures := style.Render(" " + widget.FitRight(written(column, last), valueW) + " " + widget.FitRight(p.yearChange(values), changeW))
		lines = append(lines, name+" "+widget.Sparkline{Theme: t, Values: values}.View(sparkW, 1)+figures)
	}
	return widget.Block(strings.Join(lines, "\n"), w, h)
}

// yearChange is the latest value against that of a year before.
func (p *trend) yearChange(values []float64) string {
	n, year := len(values), 12
	if p.request.Every != "" {
		year = p.request.Every.PerYear()
	}
	if n <= year || math.IsNaN(values[n-1]) || math.IsNaN(values[n-1-year]) || values[n-1-year] == 0 {
		return unknown
	}
	return signed(values[n-1]/values[n-1-year] - 1)
}

// tableView draws past, now and forecast of how all customers behave, with what each
// figure is.
func (p *trend) tableView(w, h int) string {
	t, table := p.env.Theme, p.series.Trend
	const valueW, rangeW, nameW, sparkW, defined = 10, 19, 14, 14, 76
	titles := " " + widget.Fit(i18n.T("figure"), nameW) + widget.FitRight(i18n.T("year ago"), valueW) + widget.FitRight(i18n.T("now"), valueW) +
		widget.FitRight(i18n.T("in a year"), valueW) + " " + widget.Fit(i18n.T("8 in 10"), rangeW)
	used := 1 + nameW + 3*valueW + 1 + rangeW
	withSpark := w >= used+sparkW+defined
	if withSpark {
		titles += " " + widget.Fit(i18n.T("over the dates"), sparkW)
	}
	lines := []string{t.Heading.Render(widget.Fit(titles+"  "+i18n.T("what it is"), w))}
	whole := ""
	for i, row := range table.Rows {
		name, _ := row[0].(string)
		column := p.column(name)
		cell := func(field string) string {
			v, ok := tabular.Number(row[table.Index(field)])
			if !ok {
				v = math.NaN()
			}
			return written(column, v)
		}
		span := ""
		if row[table.Index("low")] != nil {
			span = i18n.T("(%s – %s)", cell("low"), cell("high"))
		}
		style, sign := t.Text, " "
		if i == p.row {
			sign, style = "▸", t.Strong
			if p.pane == paneTrend {
				style = t.Cursor
			}
		}
		line := style.Render(sign + widget.Fit(heading(column), nameW) + widget.FitRight(cell("past"), valueW) + widget.FitRight(cell("now"), valueW) +
			widget.FitRight(cell("forecast"), valueW) + " " + widget.Fit(span, rangeW))
		left := w - used
		if withSpark {
			line += " " + widget.Sparkline{Theme: t, Values: p.values(workspace.AllCustomersName, name)}.View(sparkW, 1)
			left -= sparkW + 1
		}
		definition, _ := row[table.Index("definition")].(string)
		lines = append(lines, line+t.Muted.Render(widget.Fit("  "+definition, max(left, 0))))
		if i == p.row {
			whole = i18n.T("%s: %s", heading(column), definition)
		}
	}
	if len(lines) < h { // what does not fit beside the figures
		lines = append(lines, " "+t.Muted.Render(widget.Fit(whole, max(w-1, 0))))
	}
	return widget.Block(strings.Join(lines, "\n"), w, h)
}
