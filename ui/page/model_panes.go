package page

import (
	"math"
	"strconv"
	"time"

	"charm.land/lipgloss/v2"

	"worth/internal/clv"
	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/widget"
)

// parameterLines lists the parameters of the fit in force and of the calibrated
// one, and what there is to say about them.
func (p *model) parameterLines(w int) []string {
	t, fit := p.env.Theme, p.data.fits.Purchases
	cell := 11
	if w < 6+3*cell+1 {
		cell = 9
	}
	lines := []string{gridLine(w, gridRun{}, gridRun{t.Muted, " " + widget.Fit("", 6) +
		widget.FitRight(i18n.T("in force"), cell) + widget.FitRight("±", cell) + widget.FitRight(i18n.T("tested"), cell)})}
	for _, name := range paramNames(p.model) {
		lines = append(lines, gridLine(w, gridRun{}, gridRun{t.Text, " " + widget.Fit(name, 6)},
			gridRun{t.Strong, widget.FitRight(p.parameter(fit, name), cell)},
			gridRun{t.Muted, widget.FitRight(p.standardError(fit, name), cell)},
			gridRun{t.Text, widget.FitRight(p.calibrated(name), cell)}))
	}
	for _, f := range p.fitFacts() {
		lines = append(lines, gridLine(w, gridRun{}, gridRun{t.Muted, " " + widget.Fit(f.label, 15)}, gridRun{t.Text, f.value}))
	}
	for _, warning := range p.warnings() {
		for _, line := range wrapped(warning, max(w-2, 1)) {
			lines = append(lines, gridLine(w, gridRun{}, gridRun{t.Warn, " " + line}))
		}
	}
	return lines
}

// paramNames returns the names of a model's parameters.
func paramNames(name string) []string {
	m, err := clv.ParseModel(name)
	if err != nil { // pages go through the models there are
		return nil
	}
	return m.Names()
}

// figureText writes a parameter, which may be of any size.
func figureText(v float64) string { return strconv.FormatFloat(v, 'g', 5, 64) }

// parameter writes a parameter of the fit in force, if it is of the model looked at.
func (p *model) parameter(fit *workspace.PurchaseFit, name string) string {
	if fit.Model != p.model {
		return unknown
	}
	return figureText(fit.Params[name])
}

func (p *model) standardError(fit *workspace.PurchaseFit, name string) string {
	if se, ok := fit.SE[name]; ok && fit.Model == p.model {
		return figureText(se)
	}
	return unknown
}

func (p *model) calibrated(name string) string {
	if p.data.eval == nil {
		return unknown
	}
	return figureText(p.data.eval.Fit.Params[name])
}

// fitFacts is what the fits rest on.
func (p *model) fitFacts() []valueLine {
	fit, spend := p.data.fits.Purchases, p.data.fits.Spend
	facts := []valueLine{{i18n.T("time in"), i18n.T("days")}}
	if e := p.data.eval; e != nil && fit.Model != p.model {
		fit = e.Fit
	}
	facts = append(facts,
		valueLine{i18n.T("customers"), i18n.T("%d, %d of them repeat", fit.N, fit.Repeaters)},
		valueLine{i18n.T("log-likelihood"), i18n.Number(fit.LogLikelihood, 2)},
		valueLine{"AIC", i18n.Number(fit.AIC, 1)},
		valueLine{i18n.T("search"), searchText(fit)})
	if spend == nil {
		return append(facts, valueLine{i18n.T("spend"), p.data.fits.SpendReason})
	}
	return append(facts,
		valueLine{i18n.T("spend p q v"), figureText(spend.P) + "  " + figureText(spend.Q) + "  " + figureText(spend.V)},
		valueLine{i18n.T("spend from"), i18n.T("%d repeat buyer{s}, %d left out", spend.N, spend.NotPositive)},
		valueLine{i18n.T("corr(x, m)"), i18n.T("%s, taken for 0", i18n.Number(spend.Correlation, 3))})
}

func searchText(fit *workspace.PurchaseFit) string {
	if fit.Converged {
		return i18n.T("converged in %s s", i18n.Number(fit.Seconds, 3))
	}
	return i18n.T("not converged, slope %s", strconv.FormatFloat(fit.GradientNorm, 'g', 2, 64))
}

// warnings are what to keep in mind about the fits that are shown.
func (p *model) warnings() []string {
	var out []string
	if p.data.fits.Purchases.Model == p.model {
		out = append(out, p.data.fits.Purchases.Warnings...)
	} else if p.data.eval != nil {
		out = append(out, p.data.eval.Fit.Warnings...)
	}
	if p.data.fits.Spend != nil {
		out = append(out, p.data.fits.Spend.Warnings...)
	}
	return out
}

// frequencyHeight is how many lines the holdout takes.
func (p *model) frequencyHeight() int {
	if p.data.eval == nil {
		return 4
	}
	return 2*len(p.data.eval.ByFrequency) + 1
}

// frequencyLines draws what customers ordered and were expected to, by how often
// they had ordered before.
func (p *model) frequencyLines(w int) []string {
	t, e := p.env.Theme, p.data.eval
	most := 0.0
	for _, r := range e.ByFrequency {
		most = max(most, r.Actual, r.Predicted)
	}
	placed, expected, ratio, mae := i18n.Number(e.Actual, 0), i18n.Number(e.Predicted, 0), i18n.Number(e.Ratio, 3), i18n.Number(e.MAE, 3)
	lines := []string{gridLine(w, gridRun{}, gridRun{t.Text, " " + fitting(w-2, []string{
		i18n.T("placed %s, expected %s: %s placed for each expected · error %s a customer", placed, expected, ratio, mae),
		i18n.T("placed %s, expected %s: ×%s · error %s", placed, expected, ratio, mae),
		i18n.T("×%s · error %s", ratio, mae),
	})})}
	const labels = 6 + 8 + 10 + 9
	bar := func(share float64, style lipgloss.Style) gridRun {
		return gridRun{style, barOf(share/math.Max(most, 1e-9), max(w-labels-1, 0))}
	}
	for _, r := range e.ByFrequency {
		name := strconv.Itoa(r.X)
		if r.OrMore {
			name += "+"
		}
		lines = append(lines,
			gridLine(w, gridRun{}, gridRun{t.Strong, " " + widget.Fit(name, 5)}, gridRun{t.Muted, widget.FitRight(i18n.Number(float64(r.N), 0), 7) + " "},
				gridRun{t.Muted, widget.Fit(i18n.T("placed"), 9)}, gridRun{t.Text, widget.FitRight(i18n.Number(r.Actual, 2), 8) + "  "}, bar(r.Actual, t.Bar)),
			gridLine(w, gridRun{}, gridRun{t.Text, widget.Fit("", 14)},
				gridRun{t.Muted, widget.Fit(i18n.T("expected"), 9)}, gridRun{t.Text, widget.FitRight(i18n.Number(r.Predicted, 2), 8) + "  "}, bar(r.Predicted, t.Accent)))
	}
	return lines
}

// barOf is a bar of a share of w cells.
func barOf(share float64, w int) string {
	full := int(math.Round(min(max(share, 0), 1) * float64(w)))
	bar := make([]rune, full)
	for i := range bar {
		bar[i] = '█'
	}
	return string(bar)
}

// modelLines compares the models.
func (p *model) modelLines(w int) []string {
	t := p.env.Theme
	if len(p.data.eval.Models) == 0 {
		return []string{gridLine(w, gridRun{}, gridRun{t.Muted, " " + i18n.T("c fits and compares all models")})}
	}
	lines := []string{gridLine(w, gridRun{}, gridRun{t.Muted, " " + widget.Fit("", 12) + widget.FitRight("ΔAIC", 9) +
		widget.FitRight(i18n.T("expected"), 11) + widget.FitRight(i18n.T("placed"), 9) + widget.FitRight("MAE", 8)})}
	for _, m := range p.data.eval.Models {
		style := t.Text
		if m.Model.String() == p.model {
			style = t.Strong
		}
		if m.Reason != "" {
			lines = append(lines, gridLine(w, gridRun{}, gridRun{t.Warn, " " + widget.Fit(m.Model.String(), 12) + m.Reason}))
			continue
		}
		lines = append(lines, gridLine(w, gridRun{}, gridRun{style, " " + widget.Fit(m.Model.String(), 12) + widget.FitRight(i18n.Number(m.Delta, 1), 9) +
			widget.FitRight(i18n.Number(m.Predicted, 0), 11) + widget.FitRight(i18n.Number(m.Actual, 0), 9) + widget.FitRight(i18n.Number(m.MAE, 4), 8)}))
	}
	return lines
}

// totalLines lists what is expected in all and per segment, with intervals, or the
// test of the flags, or how to ask for either.
func (p *model) totalLines(w int) []string {
	t := p.env.Theme
	switch {
	case p.totals.Busy() != "":
		return []string{gridLine(w, gridRun{}, gridRun{t.Muted, " " + i18n.T("%s… Ctrl+C stops it", p.totals.Busy())})}
	case p.failed != nil && canceled(p.failed):
		return []string{gridLine(w, gridRun{}, gridRun{t.Muted, " " + i18n.T("stopped; t adds up again")})}
	case p.failed != nil:
		var lines []string
		for _, line := range wrapped(p.failed.Error(), max(w-2, 1)) {
			lines = append(lines, gridLine(w, gridRun{}, gridRun{t.Warn, " " + line}))
		}
		return lines
	}
	var lines []string
	if p.equity != nil {
		lines = append(lines, p.equityLines(w)...)
	}
	if p.flags != nil {
		lines = append(lines, p.flagLines(w)...)
	}
	if len(lines) == 0 {
		lines = appendWrapped(lines, t.Muted.Render, "", i18n.T("t adds up what all customers and each segment will bring, with intervals"), w)
		lines = appendWrapped(lines, t.Muted.Render, "", i18n.T("b tests the flags of customers who are due, late or at risk"), w)
	}
	return lines
}

// equityLines lists totals with their intervals.
func (p *model) equityLines(w int) []string {
	t, e := p.env.Theme, p.equity
	line := func(run gridRun) string { return gridLine(w, gridRun{}, run) }
	var lines []string
	for _, sum := range []struct {
		name     string
		r        *workspace.Range
		decimals int
	}{{i18n.T("orders"), e.Total.Orders, 0}, {i18n.T("value"), e.Total.Value, 0}} {
		if sum.r == nil {
			continue
		}
		write := func(v float64) string { return i18n.Number(v, sum.decimals) }
		lines = append(lines,
			line(gridRun{t.Strong, " " + widget.Fit(sum.name, 7) + write(sum.r.Expected)}),
			line(gridRun{t.Text, " " + widget.Fit("", 7) + i18n.T("80 %%: %s–%s", write(sum.r.Low80), write(sum.r.High80))}),
			line(gridRun{t.Text, " " + widget.Fit("", 7) + i18n.T("95 %%: %s–%s", write(sum.r.Low95), write(sum.r.High95))}),
			line(gridRun{t.Muted, " " + widget.Fit("", 7) + i18n.T("± %s chance, ± %s parameters", write(sum.r.Process), write(sum.r.Parameters))}))
	}
	for _, text := range reasons(e.ValueReason, w) {
		lines = append(lines, line(gridRun{t.Warn, " " + text}))
	}
	test := e.HoldoutReason
	if h := e.Holdout; h != nil {
		test = i18n.T("since %s, %s order{s} {was|were} placed for each one expected; no interval covers that the model is wrong",
			h.CalibrateTo.Format(time.DateOnly), i18n.Number(h.Ratio, 3))
	}
	for _, text := range wrapped(test, max(w-2, 1)) {
		lines = append(lines, line(gridRun{t.Warn, " " + text}))
	}
	for _, s := range e.Segments {
		text := unknown
		if s.Value != nil {
			text = i18n.T("%s (80 %%: %s–%s)", i18n.Short(s.Value.Expected), i18n.Short(s.Value.Low80), i18n.Short(s.Value.High80))
		} else if s.Orders != nil {
			text = i18n.T("%s order{s} (80 %%: %s–%s)", i18n.Short(s.Orders.Expected), i18n.Short(s.Orders.Low80), i18n.Short(s.Orders.High80))
		}
		lines = append(lines, line(gridRun{t.Text, " " + widget.Fit(s.Title, 20) + text}))
	}
	return lines
}

// reasons breaks a reason into lines; none for none.
func reasons(text string, w int) []string {
	if text == "" {
		return nil
	}
	return wrapped(text, max(w-2, 1))
}

// flagLines lists how many customers of each flag came back.
func (p *model) flagLines(w int) []string {
	t, f := p.env.Theme, p.flags
	lines := []string{gridLine(w, gridRun{}, gridRun{t.Strong, " " + i18n.T("Flags as of %s: who ordered within %d day{s}", f.AsOf.Format(time.DateOnly), f.Window)})}
	for _, r := range f.Rows {
		lines = append(lines, gridLine(w, gridRun{}, gridRun{t.Text, " " + widget.Fit(r.Flag.String(), 10) +
			widget.FitRight(i18n.Number(float64(r.N), 0), 9) + widget.FitRight(i18n.Percent(r.Share, 0), 7)}))
	}
	return lines
}
