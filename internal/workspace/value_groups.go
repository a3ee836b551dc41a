package workspace

import (
	"context"

	"worth/internal/clv"
	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/tabular"
)

// segmentGroups are the purchase histories of a segment's customers; segment is
// empty for customers without an order in the window.
type segmentGroups struct {
	segment string
	groups  []clv.MoneyGroup
}

// orders returns the groups without money.
func (s *segmentGroups) orders() []clv.Group {
	out := make([]clv.Group, len(s.groups))
	for i, g := range s.groups {
		out[i] = g.Group
	}
	return out
}

// valueGroups reads the histories of all segments, in days, ordered by segment: by
// ask/value_groups, or by a query with its columns that divides customers otherwise.
func (w *Workspace) valueGroups(ctx context.Context, c duck.Call) ([]segmentGroups, error) {
	var out []segmentGroups
	trace(ctx, c)
	err := w.db.Each(ctx, c, func(row []any) error {
		segment, _ := row[0].(string)
		if len(out) == 0 || out[len(out)-1].segment != segment {
			out = append(out, segmentGroups{segment: segment})
		}
		m, _ := tabular.Number(row[5])
		m2, _ := tabular.Number(row[6])
		last := &out[len(out)-1]
		last.groups = append(last.groups, clv.MoneyGroup{Group: historyOf(row[1:5]), M: m, M2: m2})
		return nil
	})
	return out, err
}

// segmentNames returns the names of the segments of the scheme in force in its
// order, Unmatched last, and their titles.
func (w *Workspace) segmentNames() (names []string, titles map[string]string, err error) {
	scheme, err := w.Settings().scheme()
	if err != nil {
		return nil, nil, err
	}
	titles = map[string]string{}
	for _, s := range scheme.Segments {
		names = append(names, s.Name)
		titles[s.Name] = i18n.T(s.Name)
	}
	titles[Unmatched] = i18n.T("Unmatched")
	return append(names, Unmatched), titles, nil
}
