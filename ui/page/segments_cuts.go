package page

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/rfm"
	"worth/ui/widget"
)

// The keys of the fields of the cut-point form.
const (
	fieldR = "r"
	fieldF = "f"
	fieldM = "m"
)

// edit opens the form of the cut-points in their pane. The segments stay in
// view, so that every change that is applied is seen at once.
func (p *segments) edit() {
	cuts := p.data.cuts
	p.form = &widget.Form{Theme: p.env.Theme, Fields: []widget.Field{
		{Key: fieldR, Label: i18n.T("recency, days"), Value: joinPoints(cuts.R), Check: checkPoints},
		{Key: fieldF, Label: i18n.T("frequency, orders"), Value: joinPoints(cuts.F), Check: checkPoints},
		{Key: fieldM, Label: i18n.T("money"), Value: joinPoints(cuts.M), Check: checkPoints},
	}}
}

// onFormKey works the form: enter applies what was typed and keeps the form open,
// esc leaves it.
func (p *segments) onFormKey(msg tea.KeyPressMsg) tea.Cmd {
	if id, ok := cutsKeys.Match(msg); ok {
		return p.Do(id)
	}
	p.form.Key(msg)
	return nil
}

// applyCuts asks for an analysis with the typed cut-points.
func (p *segments) applyCuts() tea.Cmd {
	if !p.form.Validate() {
		return nil
	}
	cuts, err := p.typedCuts()
	if err != nil {
		return send(Notice{Text: err.Error(), Bad: true})
	}
	set := p.env.Workspace.Settings()
	set.Cuts = &cuts
	return send(ApplySettings{set})
}

// typedCuts returns the cut-points in the form, or a sentence on what is wrong
// with them.
func (p *segments) typedCuts() (rfm.Cuts, error) {
	cuts := rfm.Cuts{RMode: rfm.ModeFixed, FMode: rfm.ModeFixed, MMode: rfm.ModeFixed, Frozen: true}
	for _, f := range []struct {
		key  string
		to   *[]float64
		mode *rfm.Mode
		old  []float64
	}{
		{fieldR, &cuts.R, &cuts.RMode, p.data.cuts.R}, {fieldF, &cuts.F, &cuts.FMode, p.data.cuts.F}, {fieldM, &cuts.M, &cuts.MMode, p.data.cuts.M},
	} {
		text := p.form.Value(f.key)
		if text == joinPoints(f.old) { // untouched quantiles may coincide
			*f.to, *f.mode = f.old, rfm.ModeQuantile
			continue
		}
		points, err := splitPoints(text)
		if err != nil {
			return cuts, err
		}
		*f.to = points
	}
	return cuts, cuts.Validate()
}

// freeze keeps the cut-points in force for other dates and data, or takes
// quantiles of the data again.
func (p *segments) freeze() tea.Cmd {
	set := p.env.Workspace.Settings()
	if set.Cuts != nil {
		set.Cuts = nil
	} else {
		cuts := p.data.cuts
		cuts.Frozen = true
		set.Cuts = &cuts
	}
	return send(ApplySettings{set})
}

// joinPoints writes cut-points as they are typed.
func joinPoints(points []float64) string {
	texts := make([]string, len(points))
	for i, p := range points {
		texts[i] = strconv.FormatFloat(p, 'f', -1, 64)
	}
	return strings.Join(texts, "  ")
}

// splitPoints reads typed cut-points.
func splitPoints(text string) ([]float64, error) {
	var points []float64
	for _, word := range strings.Fields(text) {
		v, err := strconv.ParseFloat(word, 64)
		if err != nil {
			return nil, i18n.Errorf("%q is not a number; write the cut-points as 30 60 90 180", word)
		}
		points = append(points, v)
	}
	return points, nil
}

func checkPoints(text string) error {
	_, err := splitPoints(text)
	return err
}
