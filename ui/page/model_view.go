package page

import (
	"strings"
	"time"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/widget"
)

// View draws the panes there is room for.
func (p *model) View(w, h int) string {
	p.tiles = nil
	if text, ok := p.instead(w, h); ok {
		return text
	}
	p.tiles = p.layout(w, h)
	t := p.env.Theme
	p.tracking.Theme, p.alive.Theme = t, t
	return p.tiles.draw(func(at tile) string {
		focused := at.pane == p.pane
		panel := widget.Panel{Theme: t, Focused: focused}
		switch at.pane {
		case paneParameters:
			panel.Title, panel.Note, panel.Body = p.model, p.fitNote(), p.lines(p.parameterLines)
		case paneFrequency:
			panel.Title, panel.Note, panel.Body = i18n.T("Orders in the holdout, by repeat orders before"), p.holdoutNote(), p.tested(p.lines(p.frequencyLines))
		case paneTracking:
			panel.Title, panel.Note, panel.Body = p.trackingTitle(), p.calibratedNote(), p.tested(p.chart(&p.tracking, focused))
		case paneCalibration:
			panel.Title, panel.Note, panel.Body = i18n.T("Who bought again, by predicted probability"), p.aliveNote(focused), p.tested(p.chart(&p.alive, focused))
		case paneModels:
			panel.Title, panel.Note, panel.Body = i18n.T("Models compared"), i18n.T("smallest AIC first"), p.tested(p.lines(p.modelLines))
		case paneTotals:
			panel.Title, panel.Note, panel.Body = i18n.T("Totals"), p.termsNote(), p.lines(p.totalLines)
		}
		return panel.View(at.w, at.h)
	})
}

// layout divides the page: everything in a wide window, the pane in focus beside
// the parameters in a narrower one, and that pane alone in a small one.
func (p *model) layout(w, h int) tiles {
	const (
		parameters = 18
		models     = 7
	)
	switch {
	case w < 64 || h < 16:
		return tiled(w, h, nil, []share{{pane: p.pane}})
	case w < 100 || h < 34:
		other := p.pane
		if other == paneParameters {
			other = paneFrequency
		}
		return tiled(w, h, []int{w / 2}, []share{{pane: paneParameters}}, []share{{pane: other}})
	}
	return tiled(w, h, []int{w * 44 / 100},
		[]share{{paneParameters, parameters}, {paneModels, models}, {pane: paneTotals}},
		[]share{{paneFrequency, min(p.frequencyHeight()+2, h*2/5)}, {pane: paneTracking}, {pane: paneCalibration}})
}

// lines is a body of lines, as many as fit.
func (p *model) lines(content func(w int) []string) widget.Viewer {
	return widget.ViewFunc(func(w, h int) string { return widget.Block(strings.Join(content(w), "\n"), w, h) })
}

// tested is a body that needs an evaluation.
func (p *model) tested(body widget.Viewer) widget.Viewer {
	if p.data.eval != nil {
		return body
	}
	return widget.ViewFunc(func(w, h int) string {
		return say(p.env.Theme, p.env.Theme.Warn, w, h, p.data.refused.Error(), "")
	})
}

// chart is a chart as a body.
func (p *model) chart(c *widget.LineChart, focused bool) widget.Viewer {
	c.Focused = focused
	return c
}

// fitNote says what the parameters were fitted on.
func (p *model) fitNote() string {
	if p.model == p.data.fits.Purchases.Model {
		return i18n.T("in force, orders up to %s", p.data.fits.Terms.AsOf)
	}
	return i18n.T("in force: %s", p.data.fits.Purchases.Model)
}

// calibratedNote says until when the model has seen orders.
func (p *model) calibratedNote() string {
	if p.data.eval == nil {
		return ""
	}
	return i18n.T("calibrated to %s", p.data.eval.CalibrateTo.Format(time.DateOnly))
}

// holdoutNote says what the holdout is.
func (p *model) holdoutNote() string {
	if p.data.eval == nil {
		return ""
	}
	return i18n.T("%d day{s} from %s", p.data.eval.HoldoutDays, p.data.eval.CalibrateTo.Format(time.DateOnly))
}

func (p *model) trackingTitle() string {
	if p.cumulative {
		return i18n.T("Repeat orders, summed up")
	}
	return i18n.T("Repeat orders by week")
}

// aliveNote reads out the group under the cursor.
func (p *model) aliveNote(focused bool) string {
	e := p.data.eval
	if e == nil || !focused || p.alive.Cursor >= len(e.Calibration) {
		return ""
	}
	b := e.Calibration[p.alive.Cursor]
	return i18n.T("%d customer{s}, P(alive) %s–%s", b.N, i18n.Percent(b.Low, 0), i18n.Percent(b.High, 0))
}

// termsNote says under which conditions value is counted.
func (p *model) termsNote() string { return termsText(p.data.fits.Terms) }

// termsText is the conditions of value in a line.
func termsText(t workspace.Terms) string {
	return joined(" · ", horizonText(t.Horizon), i18n.T("%s a year", i18n.Percent(t.Discount, 0)), basisText(t.Basis), t.Currency)
}

// horizonText writes a horizon in months, with a decimal only where it has one.
func horizonText(months float64) string {
	if months == float64(int64(months)) {
		return i18n.T("%d month{s}", int64(months))
	}
	return i18n.T("%s month{s}", i18n.Number(months, 1))
}

// basisText names the basis of value.
func basisText(b workspace.Basis) string { return strings.ReplaceAll(string(b), "_", " ") }

// trackingChart draws repeat orders as placed and as expected.
func trackingChart(e *workspace.Evaluation, cumulative bool, cursor int) widget.LineChart {
	if e == nil {
		return widget.LineChart{}
	}
	var actual, expected []widget.Point
	for _, week := range e.ByWeek {
		a, b := week.Actual, week.Predicted
		if cumulative {
			a, b = week.ActualTotal, week.PredictedTotal
		}
		x := widget.DayNumber(week.End)
		actual, expected = append(actual, widget.Point{X: x, Y: a}), append(expected, widget.Point{X: x, Y: b})
	}
	if cursor == 0 {
		cursor = len(actual) - 1
	}
	return widget.LineChart{
		Series: []widget.Series{{Name: i18n.T("placed"), Points: actual}, {Name: i18n.T("expected"), Points: expected}}, Cursor: max(cursor, 0),
		X: widget.Axis{Dates: true}, Y: widget.Axis{Format: func(v float64) string { return i18n.Short(v) }},
	}
}

// aliveChart draws how many customers bought in the holdout against how many were
// predicted to.
func aliveChart(e *workspace.Evaluation, cursor int) widget.LineChart {
	if e == nil {
		return widget.LineChart{}
	}
	var points []widget.Point
	for _, b := range e.Calibration {
		points = append(points, widget.Point{X: b.Predicted, Y: b.Bought})
	}
	whole := func(share float64) string { return i18n.Percent(share, 0) }
	return widget.LineChart{
		Series: []widget.Series{{Name: i18n.T("bought, of those predicted to"), Points: points}}, Diagonal: true, Cursor: cursor,
		X: widget.Axis{Min: 0, Max: 1, Format: whole}, Y: widget.Axis{Min: 0, Max: 1, Format: whole},
	}
}
