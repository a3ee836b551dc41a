package workspace

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"time"

	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/tabular"
)

// Series returns the series that was saved as the snapshot. Now is its latest date,
// past that of a year before, if it reaches so far. It is an error for a snapshot of
// anything else.
func (s *Snapshot) Series(ctx context.Context) (*Series, SeriesRequest, error) {
	var req SeriesRequest
	if s.Record.Page != snapshot.Series {
		return nil, req, i18n.Errorf("%q is no series", s.Record.Name)
	}
	if len(s.Record.Scenario) > 0 {
		if err := json.Unmarshal(s.Record.Scenario, &req); err != nil {
			return nil, req, i18n.Errorf("how the series %q was made cannot be read: %v", s.Record.Name, err)
		}
	}
	out := &Series{Rows: &tabular.Table{Columns: s.columns}}
	err := s.Each(ctx, func(row []any) error {
		out.Rows.Rows = append(out.Rows.Rows, slices.Clone(row))
		return nil
	})
	asOf, segment := out.Rows.Index("as_of"), out.Rows.Index("segment")
	if err != nil || asOf < 0 || segment < 0 {
		return nil, req, i18n.Errorf("the series %q cannot be read: %v", s.Record.Name, err)
	}
	all := map[time.Time][]any{} // rows of all customers
	for _, row := range out.Rows.Rows {
		day, _ := row[asOf].(time.Time)
		if row[segment] == AllCustomersName {
			all[day] = row
			out.Dates = append(out.Dates, day)
		}
	}
	if req.Every == "" {
		req.Every = periodOf(out.Dates)
	}
	out.Trend = &tabular.Table{Columns: TrendColumns}
	if n := len(out.Dates); n > 0 {
		out.Trend = trendTable(out.Dates, req.Every, out.Dates[n-1], func(name string, day time.Time) float64 {
			row, at := all[day], out.Rows.Index(name)
			if row == nil || at < 0 {
				return math.NaN()
			}
			if f, ok := tabular.Number(row[at]); ok {
				return f
			}
			return math.NaN()
		})
	}
	return out, req, nil
}

// periodOf tells by its first two dates how long the periods of a series are.
func periodOf(dates []time.Time) snapshot.Every {
	const longMonth = 31 * 24 * time.Hour
	if len(dates) > 1 && dates[1].Sub(dates[0]) > longMonth {
		return snapshot.Quarter
	}
	return snapshot.Month
}
