package workspace

import (
	"strings"

	"worth/internal/tabular"
)

// PeopleTable returns suggested pairs and then merges as rows.
func PeopleTable(s Suggestions, m Merges) *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "merge", Title: "merge", Kind: tabular.Integer, Doc: "the number to undo it by; none for what is only suggested"},
		{Name: "state", Title: "state", Doc: "suggested, made, undone, refused, or lapsed: too many ids share the key by now"},
		{Name: "score", Title: "score", Kind: tabular.Float, Doc: "0–1, of suggested pairs; a rank, no probability"},
		{Name: "customer_id", Title: "customer", Doc: "the id that is shown, or the first of the pair"},
		{Name: "other_id", Title: "other ids", Doc: "what is, or may be, the same person"},
		{Name: "rule", Title: "rule", Doc: "the kind of key the ids share, or hand"},
		{Name: "reason", Title: "reason", Doc: "why they are one, or may be"},
		{Name: "value", Title: "key", Doc: "the key the ids share", Personal: true},
		{Name: "name", Title: "name", Personal: true},
		{Name: "other_name", Title: "other name", Personal: true},
		{Name: "email", Title: "e-mail", Personal: true},
		{Name: "other_email", Title: "other e-mail", Personal: true},
		{Name: "phone", Title: "phone", Personal: true},
		{Name: "other_phone", Title: "other phone", Personal: true},
		{Name: "orders", Title: "orders", Kind: tabular.Integer, Doc: "counted, of the first"},
		{Name: "other_orders", Title: "other orders", Kind: tabular.Integer, Doc: "counted, of the other"},
		{Name: "decided_at", Title: "decided", Kind: tabular.Time, Doc: "in UTC"},
	}}
	for _, p := range s.Pairs {
		t.Rows = append(t.Rows, []any{
			nil, "suggested", p.Score, p.One.CustomerID, p.Other.CustomerID, nil, strings.Join(p.Evidence, ", "), nil,
			known(p.One.Name), known(p.Other.Name), known(p.One.Email), known(p.Other.Email), known(p.One.Phone), known(p.Other.Phone),
			p.One.Orders, p.Other.Orders, nil,
		})
	}
	for _, g := range m.List {
		t.Rows = append(t.Rows, []any{
			g.Number, string(g.State), optional(g.Score), g.CustomerID, strings.Join(g.Others, ", "), g.Rule, g.Reason(), known(g.Value),
			nil, nil, nil, nil, nil, nil, nil, nil, g.DecidedAt,
		})
	}
	return t
}

// known returns a text as a cell, none for an empty one.
func known(text string) any {
	if text == "" {
		return nil
	}
	return text
}
