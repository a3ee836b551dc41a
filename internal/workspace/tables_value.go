package workspace

import "worth/internal/tabular"

// namedRow is a table of one row in the making.
type namedRow struct{ t tabular.Table }

func (n *namedRow) add(name string, kind tabular.Kind, cell any) {
	n.t.Columns = append(n.t.Columns, tabular.Column{Name: name, Kind: kind})
	if len(n.t.Rows) == 0 {
		n.t.Rows = [][]any{nil}
	}
	n.t.Rows[0] = append(n.t.Rows[0], cell)
}

// Table returns the summary as one row, in the order of its JSON keys.
func (s ReferralSummary) Table() *tabular.Table {
	var n namedRow
	for _, c := range []struct {
		name  string
		count int64
	}{
		{"customers", s.Customers},
		{"referrers", s.Referrers},
		{"referred", s.Referred},
		{"strangers", s.Strangers},
		{"roots", s.Roots},
		{"deepest", s.Deepest},
		{"refused", s.Refused},
	} {
		n.add(c.name, tabular.Integer, c.count)
	}
	n.add("referral_rate", tabular.Share, optional(s.ReferralRate))
	n.add("referrals_per_referrer", tabular.Float, optional(s.ReferralsPerReferrer))
	n.add("k_factor", tabular.Float, optional(s.KFactor))
	n.add("rewards", tabular.Money, s.Rewards)
	n.add("reward_per_referred", tabular.Money, optional(s.RewardPerReferred))
	return &n.t
}

// ReferralGroupTable returns customers who were brought in and the others as rows,
// with the value expected of them unless it is nil.
func ReferralGroupTable(groups []ReferralGroup, expected *ReferralValue) *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{{Name: "referred", Kind: tabular.Boolean}, {Name: "customers", Kind: tabular.Integer}}}
	for _, e := range []struct {
		name string
		kind tabular.Kind
	}{{"repeat_share", tabular.Share}, {"retention", tabular.Share}, {"value", tabular.Money}, {"clv", tabular.Money}} {
		for _, end := range []string{"", "_low", "_high"} {
			t.Columns = append(t.Columns, tabular.Column{Name: e.name + end, Kind: e.kind})
		}
	}
	t.Columns = append(t.Columns, tabular.Column{Name: "aov", Kind: tabular.Money}, tabular.Column{Name: "median_value", Kind: tabular.Money})
	for _, g := range groups {
		row := []any{g.Referred, g.Customers}
		for _, e := range []Estimate{g.RepeatShare, g.Retention, g.Value, expected.Of(g)} {
			row = append(row, optional(e.Estimate), optional(e.Low), optional(e.High))
		}
		t.Rows = append(t.Rows, append(row, optional(g.AOV), optional(g.MedianValue)))
	}
	return t
}

// GenerationTable returns the people who stand equally far below their roots as
// rows.
func GenerationTable(generations []Generation) *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "generation", Title: "generation", Kind: tabular.Integer},
		{Name: "people", Title: "people", Kind: tabular.Integer},
		{Name: "own", Title: "own value", Kind: tabular.Money},
		{Name: "conserved", Title: "kept", Kind: tabular.Money},
	}}
	for _, g := range generations {
		t.Rows = append(t.Rows, []any{g.Generation, g.People, g.Own, g.Conserved})
	}
	return t
}

// RefusalTable returns why statements of referrals do not count as rows.
func RefusalTable(reasons []RefusalReasons) *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "reason"}, {Name: "text", Title: "why not"}, {Name: "count", Title: "statements", Kind: tabular.Integer},
	}}
	for _, r := range reasons {
		t.Rows = append(t.Rows, []any{r.Reason, r.Text, r.Count})
	}
	return t
}

// Table returns what the models expect by segment, and in all in the last row.
func (e *Equity) Table() *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "segment", Title: "segment"},
		{Name: "customers", Title: "customers", Kind: tabular.Integer},
	}}
	for _, m := range []struct {
		name string
		kind tabular.Kind
	}{{"orders", tabular.Float}, {"value", tabular.Money}} {
		for _, end := range []string{"", "_low_80", "_high_80", "_low_95", "_high_95"} {
			t.Columns = append(t.Columns, tabular.Column{Name: m.name + end, Kind: m.kind})
		}
	}
	if e == nil {
		return t
	}
	for _, r := range append(e.Segments[:len(e.Segments):len(e.Segments)], e.Total) {
		row := []any{r.Title, int64(r.Customers)}
		for _, x := range []*Range{r.Orders, r.Value} {
			if x == nil {
				row = append(row, nil, nil, nil, nil, nil)
			} else {
				row = append(row, x.Expected, x.Low80, x.High80, x.Low95, x.High95)
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Table returns the parameters of both models with their standard errors.
func (f Fits) Table() *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "model"}, {Name: "parameter"}, {Name: "value", Kind: tabular.Float}, {Name: "se", Title: "standard error", Kind: tabular.Float},
	}}
	if p := f.Purchases; p != nil {
		if model, err := p.purchases(); err == nil {
			for _, name := range model.Model().Names() {
				var se any
				if v, ok := p.SE[name]; ok {
					se = v
				}
				t.Rows = append(t.Rows, []any{p.Model, name, p.Params[name], se})
			}
		}
	}
	if s := f.Spend; s != nil {
		for i, v := range []float64{s.P, s.Q, s.V} {
			var se any
			if i < len(s.SE) {
				se = s.SE[i]
			}
			t.Rows = append(t.Rows, []any{"gamma-gamma", []string{"p", "q", "v"}[i], v, se})
		}
	}
	return t
}
