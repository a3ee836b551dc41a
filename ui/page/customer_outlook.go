package page

import (
	"context"
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/clv"
	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/widget"
)

// outlookW is the least width of a page that has room for what lies ahead.
const outlookW = 76

// outlook is what is to be expected of a person: value by its parts, orders, how
// likely they are still active, and when the next order is due. It is asked for
// beside the page itself, as the first time takes longer.
type outlook struct {
	inquiry
	data  outlookData
	ready bool
	err   error
}

// outlookData is the answer.
type outlookData struct {
	pulse *workspace.Pulse
	fits  workspace.Fits
	none  error // why there is no model
}

// ask asks for a person.
func (o *outlook) ask(ws *workspace.Workspace, id string) tea.Cmd {
	o.ready, o.err = false, nil
	return ask(&o.inquiry, i18n.T("looking ahead of %s", id), func(ctx context.Context) (d outlookData, err error) {
		var none *workspace.NoAnswerError
		if d.fits, err = ws.Models(ctx); errors.As(err, &none) {
			d.none, err = none, nil
		}
		if err != nil {
			return d, err
		}
		d.pulse, err = ws.Pulse(ctx, id)
		return d, err
	})
}

// take takes an answer over.
func (o *outlook) take(r reply[outlookData]) {
	if o.settle(r.generation) {
		o.data, o.err, o.ready = r.value, r.err, r.err == nil
	}
}

// terms are the conditions value is counted under; empty without a model.
func (o *outlook) terms() string {
	if !o.ready || o.data.none != nil {
		return ""
	}
	return termsText(o.data.fits.Terms)
}

// outlook draws what lies ahead, the most important where there are few lines.
func (c *customer) outlook(w, h int) string {
	t, o := c.env.Theme, &c.ahead
	switch {
	case o.err != nil && canceled(o.err):
		return say(t, t.Muted, w, h, i18n.T("stopped"), i18n.T("r asks again"))
	case o.err != nil:
		return say(t, t.Bad, w, h, o.err.Error(), "")
	case !o.ready:
		return say(t, t.Muted, w, h, i18n.T("%s…", o.what), "")
	}
	var lines []string
	add := func(runs ...gridRun) {
		lines = append(lines, gridLine(w, gridRun{}, append([]gridRun{{t.Text, " "}}, runs...)...))
	}
	if text := fitting(w-2, c.expectation()); text != "" {
		add(gridRun{t.Text, text})
	}
	if o.data.none != nil {
		for _, line := range wrapped(o.data.none.Error(), max(w-2, 1)) {
			add(gridRun{t.Warn, line})
		}
	}
	if alive := c.aliveLine(w - 2); alive != "" {
		lines = append(lines, " "+alive+" ")
	}
	add(c.due(w - 2))
	for _, part := range c.partsAhead() {
		add(gridRun{t.Muted, widget.Fit(part.label, 11)}, gridRun{t.Text, widget.FitRight(part.value, 14)}, gridRun{t.Muted, part.note})
	}
	if r := o.data.pulse.Rhythm; r != nil {
		add(gridRun{t.Muted, rhythmText(r)})
	}
	return widget.Block(strings.Join(lines, "\n"), w, h)
}

// fitting returns the first of texts that fits in w columns, or the last.
func fitting(w int, texts []string) string {
	for _, text := range texts {
		if widget.Width(text) <= w {
			return text
		}
	}
	if len(texts) == 0 {
		return ""
	}
	return texts[len(texts)-1]
}

// expectation says how many orders to expect, ever shorter; nothing without a
// prediction.
func (c *customer) expectation() []string {
	orders, ok := c.record.number("expected_orders")
	if !ok {
		return nil
	}
	low, _ := c.record.number("orders_low")
	high, _ := c.record.number("orders_high")
	none, _ := c.record.number("p_no_order")
	expected, least, most, nobody := i18n.Number(orders, 1), i18n.Number(low, 0), i18n.Number(high, 0), i18n.Percent(none, 0)
	return []string{
		i18n.T("%s order{s} expected · %s–%s in 8 of 10 such customers · %s none", expected, least, most, nobody),
		i18n.T("%s order{s} · %s–%s in 8 of 10 such · %s none", expected, least, most, nobody),
		i18n.T("%s order{s} (%s–%s) · %s none", expected, least, most, nobody),
	}
}

// aliveLine is P(alive) and a picture of it through time; "" without a prediction.
func (c *customer) aliveLine(w int) string {
	t, now := c.env.Theme, c.percent("p_alive")
	points := c.ahead.data.pulse.Alive
	if now == "" || len(points) == 0 || w < 24 {
		return ""
	}
	label := i18n.T("P(alive) %s", now)
	since := points[0].Day.Format("2006-01")
	values := aliveValues(points, max(w-widget.Width(label)-widget.Width(since)-3, 1))
	spark := widget.Sparkline{Theme: t, Values: values}
	line := t.Strong.Render(label) + " " + spark.View(len(values), 1) + " " + t.Muted.Render(i18n.T("since %s", since))
	if widget.Width(line) > w {
		line = t.Strong.Render(label) + " " + spark.View(len(values), 1)
	}
	return line + strings.Repeat(" ", max(w-widget.Width(line), 0))
}

// aliveValues reads P(alive) at n equal distances in time.
func aliveValues(points []workspace.AlivePoint, n int) []float64 {
	first, last := points[0].Day, points[len(points)-1].Day
	span := last.Sub(first)
	values := make([]float64, 0, n)
	at := 0
	for i := range n {
		when := first.Add(time.Duration(float64(span) * float64(i) / float64(max(n-1, 1))))
		for at+1 < len(points) && !points[at+1].Day.After(when) {
			at++
		}
		values = append(values, points[at].Alive)
	}
	return values
}

// due says when the next order is due and how that stands.
func (c *customer) due(w int) gridRun {
	t, pulse := c.env.Theme, c.ahead.data.pulse
	r := pulse.Rhythm
	if r == nil {
		return gridRun{t.Muted, pulse.Reason}
	}
	style := t.Good
	switch r.Flag {
	case clv.OnTime:
	case clv.Due:
		style = t.Accent
	case clv.Late, clv.AtRisk:
		style = t.Warn
	}
	flag, due, late, lost := r.Flag.String(), r.Due.Format(time.DateOnly), r.Late.Format(time.DateOnly), r.AtRisk.Format(time.DateOnly)
	return gridRun{style, fitting(w, []string{
		i18n.T("%s: next order due %s, late after %s, at risk after %s", flag, due, late, lost),
		i18n.T("%s: due %s, late %s, at risk %s", flag, due, late, lost),
		i18n.T("%s: next order due %s", flag, due),
	})}
}

// rhythmText says what a rhythm is taken from.
func rhythmText(r *workspace.CustomerRhythm) string {
	if r.Own {
		return i18n.T("due by %d gap{s} of their own", r.Gaps)
	}
	return i18n.T("due by %d gap{s} of customers at the same order", r.Gaps)
}

// outlookLines is how many lines stand before the parts of value.
const outlookLines = 3

// partsAhead are the parts of value that are shown ahead: all or, where they stand in
// the value panel, none.
func (c *customer) partsAhead() []valuePart {
	if c.partsAbove {
		return nil
	}
	return c.valueParts()
}

// valuePart is a part of value with a note on it.
type valuePart struct {
	shortened
	note string
}

// valueParts are the parts of value; none without any.
func (c *customer) valueParts() []valuePart {
	between := ""
	if low, high := c.record.amount("clv_low"), c.record.amount("clv_high"); low != "" && high != "" {
		between = "  " + i18n.T("%s–%s in 8 of 10", low, high)
	}
	var out []valuePart
	for _, part := range []struct{ name, label, note string }{
		{"value", i18n.T("value"), ""}, // first, so that it stays where there are few lines
		{"historic", "= " + i18n.T("historic"), ""},
		{"predicted", "+ " + i18n.T("predicted"), between},
		{"referral", "+ " + i18n.T("referral"), ""},
		{"cost", "− " + i18n.T("cost"), ""},
	} {
		if line := c.money(part.label, part.name); line.value != "" {
			out = append(out, valuePart{line, part.note})
		}
	}
	return out
}
