package workspace

import (
	"context"

	"worth/internal/duck"
	"worth/internal/tabular"
)

// Signal is something customers do beside buying: a view, a share, a review, a
// ticket. It may speak for the shop or against it, and is never part of value.
type Signal struct {
	Kind         string   `json:"kind"`         // as the files call it
	People       int64    `json:"people"`       // who did it
	Interactions int64    `json:"interactions"` // how often, up to the as-of date
	Positive     int64    `json:"positive"`     // of them: speak for the shop
	Negative     int64    `json:"negative"`     // speak against it
	Rating       *float64 `json:"rating"`       // mean value of what is rated, such as reviews; nil for anything else
	LastDay      string   `json:"last_day"`     // ISO date of the latest, empty if no day is said
}

// Signals returns what customers did beside buying, what is rated first. There are
// none when no interactions were loaded.
func (w *Workspace) Signals(ctx context.Context) ([]Signal, error) {
	if err := w.answerable(ctx, someOrders); err != nil {
		return nil, err
	}
	rows, err := w.ask(ctx, duck.Call{Name: "ask/signals", Args: qualityArgs(w.derivedState())})
	out := make([]Signal, 0, len(rows))
	for _, r := range rows {
		out = append(out, Signal{
			Kind: r.text("kind"), People: r.whole("people"), Interactions: r.whole("interactions"), Positive: r.whole("positive"),
			Negative: r.whole("negative"), Rating: r.known("rating"), LastDay: r.day("last_at"),
		})
	}
	return out, err
}

// SignalTable returns signals as rows.
func SignalTable(signals []Signal) *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "kind", Title: "kind", Doc: "as the files call it"},
		{Name: "people", Title: "people", Kind: tabular.Integer, Doc: "customers who did it"},
		{Name: "interactions", Title: "times", Kind: tabular.Integer, Doc: "how often, up to the as-of date"},
		{Name: "positive", Title: "for", Kind: tabular.Integer, Doc: "of them, speak for the shop"},
		{Name: "negative", Title: "against", Kind: tabular.Integer, Doc: "of them, speak against the shop"},
		{Name: "rating", Title: "rating", Kind: tabular.Float, Doc: "mean value of what is rated"},
		{Name: "last_day", Title: "last", Doc: "day of the latest"},
	}}
	for _, s := range signals {
		var last any
		if s.LastDay != "" {
			last = s.LastDay
		}
		t.Rows = append(t.Rows, []any{s.Kind, s.People, s.Interactions, s.Positive, s.Negative, optional(s.Rating), last})
	}
	return t
}

// customerSignalColumns are the columns of Customer.Signals.
var customerSignalColumns = []tabular.Column{
	{Name: "kind", Title: "kind", Doc: "as the files call it"},
	{Name: "interactions", Title: "times", Kind: tabular.Integer, Doc: "how often, up to the as-of date"},
	{Name: "positive", Title: "for", Kind: tabular.Integer, Doc: "of them, speak for the shop"},
	{Name: "negative", Title: "against", Kind: tabular.Integer, Doc: "of them, speak against the shop"},
	{Name: "rating", Title: "rating", Kind: tabular.Float, Doc: "mean value of what is rated"},
	{Name: "last_day", Title: "last", Kind: tabular.Date, Doc: "day of the latest"},
}
