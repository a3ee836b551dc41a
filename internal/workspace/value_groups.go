package workspace

import (
	"context"

	"worth/internal/clv"
	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/tabular"
)

// segmentGroups are the purchase histories of a segment's customers, from and to in
// those of all; segment is empty for customers without an order in the window.
type segmentGroups struct {
	segment  string
	from, to int
}

// valueGroups reads the histories of all segments, in days, ordered by segment: by
// ask/value_groups, or by a query with its columns that divides customers otherwise.
func (w *Workspace) valueGroups(ctx context.Context, c duck.Call) (groups []clv.MoneyGroup, segments []segmentGroups, err error) {
	trace(ctx, c)
	err = w.db.Each(ctx, c, func(row []any) error {
		segment, _ := row[0].(string)
		if len(segments) == 0 || segments[len(segments)-1].segment != segment {
			segments = append(segments, segmentGroups{segment: segment, from: len(groups)})
		}
		m, _ := tabular.Number(row[5])
		m2, _ := tabular.Number(row[6])
		groups = append(groups, clv.MoneyGroup{Group: historyOf(row[1:5]), M: m, M2: m2})
		segments[len(segments)-1].to = len(groups)
		return nil
	})
	return groups, segments, err
}

// withoutMoney returns groups as those who only count orders take them.
func withoutMoney(groups []clv.MoneyGroup) []clv.Group {
	out := make([]clv.Group, len(groups))
	for i, g := range groups {
		out[i] = g.Group
	}
	return out
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
