package page

import (
	"encoding/json"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/whatif"
	"worth/internal/workspace"
)

// whatIfPlace is what is kept of a what-if page.
type whatIfPlace struct {
	Now   whatif.Scenario `json:"now"`
	Saved whatif.Scenario `json:"saved"` // as it was saved or loaded last, with its name
	Mode  whatif.Mode     `json:"mode"`
	Scope whatif.Scope    `json:"scope"`
	Years yearly          `json:"years,omitempty"` // how the formula counts them
}

// Place is the scenario, saved or not, and for whom the sliders are set.
func (p *whatIf) Place() workspace.Place {
	at := workspace.Place{Page: "whatif", Pane: p.pane}
	// A scenario always has a JSON form; without one, none is kept.
	at.Scenario, _ = json.Marshal(whatIfPlace{p.history.Now(), p.saved, p.mode, p.scope, p.timing}) //nolint:errchkjson // see above
	return at
}

// Restore takes over a scenario. One that cannot be read is passed over.
func (p *whatIf) Restore(at workspace.Place) {
	var kept whatIfPlace
	if err := json.Unmarshal(at.Scenario, &kept); err != nil {
		return
	}
	p.history = whatif.NewHistory(kept.Now)
	p.saved, p.scope = kept.Saved, kept.Scope
	if kept.Mode == whatif.ModeFitted || kept.Mode == whatif.ModeFormula {
		p.mode = kept.Mode
	}
	if kept.Years >= 0 && kept.Years < yearWays {
		p.timing = kept.Years
	}
	if at.Pane == paneScopes {
		p.pane = at.Pane
	}
}

// exports are what the scenario comes to, by segment and in all.
func (p *whatIf) exports() []offer {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "segment", Title: "segment"},
		{Name: "customers", Title: "customers", Kind: tabular.Integer},
		{Name: "baseline", Title: "baseline", Kind: tabular.Money},
		{Name: "scenario", Title: "scenario", Kind: tabular.Money},
		{Name: "change", Title: "change", Kind: tabular.Money},
		{Name: "change_share", Title: "change, share", Kind: tabular.Share},
	}}
	for _, l := range append(p.result.Segments[:len(p.result.Segments):len(p.result.Segments)], p.result.Total) {
		var share any
		if v, ok := l.ChangeShare(); ok {
			share = v
		}
		t.Rows = append(t.Rows, []any{scopeName(l.Scope), int64(l.Customers), l.Baseline.Value, l.Scenario.Value, l.Change(), share})
	}
	if b := p.result.Beyond; b != (whatif.Beyond{}) {
		t.Rows = append(t.Rows[:len(t.Rows)-1:len(t.Rows)-1], []any{i18n.T("without an order"), int64(0), b.Baseline, b.Scenario, b.Scenario - b.Baseline, nil}, t.Rows[len(t.Rows)-1])
	}
	return []offer{{i18n.T("what-if"), t}}
}
