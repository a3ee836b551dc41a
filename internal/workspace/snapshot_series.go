package workspace

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/tabular"
)

// SeriesRequest says which dates a series has.
type SeriesRequest struct {
	Every      snapshot.Every `json:"every"`      // empty: month
	Count      int            `json:"count"`      // periods, at most; 0: 24 months or 8 quarters
	Requantile bool           `json:"requantile"` // let every date have cut-points of its own
}

// Snapshot asks to keep a series that was made so, without a name yet.
func (r SeriesRequest) Snapshot(s *Series) (SnapshotRequest, error) {
	req := SnapshotRequest{Question: snapshot.Question{Page: snapshot.Series}, Table: s.Rows, Key: []string{"as_of", "segment"}}
	var err error
	if req.Scenario, err = json.Marshal(r); err != nil {
		return req, i18n.Errorf("the series cannot be kept: %v", err)
	}
	return req, nil
}

// Series is the analysis as of the ends of months or quarters, made from today's
// data.
type Series struct {
	Rows     *tabular.Table // SeriesColumns: for every date all customers, then every segment
	Trend    *tabular.Table // TrendColumns: past, now and forecast
	Dates    []time.Time    // of Rows, oldest first
	Warnings []string       // sentences
}

// SeriesColumns are the columns of Series.Rows. Those from active on are of all customers
// only. Shares are 0–1.
var SeriesColumns = append([]tabular.Column{
	{Name: "as_of", Title: "as of", Kind: tabular.Date, Doc: "last day that counts"},
}, append(slices.Clone(segmentColumns),
	tabular.Column{Name: "active", Title: "active", Kind: tabular.Integer, Doc: "customers with an order in the 365 days up to as-of"},
	tabular.Column{Name: "orders_year", Title: "orders/yr", Kind: tabular.Integer, Doc: "counted orders of those days"},
	tabular.Column{Name: "net_revenue_year", Title: "net/yr", Kind: tabular.Money, Doc: "net revenue of those days"},
	tabular.Column{Name: "aov_year", Title: "AOV/yr", Kind: tabular.Money, Doc: "net revenue per counted order of those days"},
	tabular.Column{Name: "frequency", Title: "frequency", Kind: tabular.Float, Doc: "counted orders per active customer in those days"},
	tabular.Column{Name: "stickiness", Title: "stickiness", Kind: tabular.Share, Doc: "share of those twelve months in which an active customer orders, on average"},
	tabular.Column{Name: "repeat_rate", Title: "repeat rate", Kind: tabular.Share, Doc: "customers with two orders or more"},
	tabular.Column{Name: "referral_rate", Title: "referral rate", Kind: tabular.Share, Doc: "customers who brought in somebody"},
	tabular.Column{Name: "loyalty", Title: "loyalty", Kind: tabular.Share, Doc: "repeat rate + referral rate"},
)...)

// AllCustomersName is what a series calls all customers together.
const AllCustomersName = "all customers"

// trends are the figures of the trend table, in order.
var trends = []string{"aov_year", "frequency", "stickiness", "repeat_rate", "referral_rate", "loyalty", "active", "net_revenue_year"}

// TrendColumns are the columns of Series.Trend.
var TrendColumns = []tabular.Column{
	{Name: "measure", Title: "measure"},
	{Name: "past", Title: "a year ago", Kind: tabular.Float, Doc: "as of the day a year before"},
	{Name: "now", Title: "now", Kind: tabular.Float, Doc: "as of the as-of date"},
	{Name: "forecast", Title: "in a year", Kind: tabular.Float, Doc: "where a straight line through the dates of the series leads"},
	{Name: "low", Title: "low", Kind: tabular.Float, Doc: "one in ten such forecasts ends below, if the series goes on as it did"},
	{Name: "high", Title: "high", Kind: tabular.Float, Doc: "one in ten ends above"},
	{Name: "definition", Title: "what it is"},
}

// Series makes the analysis anew as of the ends of the months or quarters up to the
// as-of date, from the first order on, beside the workspace, which does not change.
// Segments are scored with the cut-points in force, unless asked otherwise: quantiles
// of every date would make segments the same size at each. It returns a
// *NoAnswerError when there are no scores. Progress may be called from another
// goroutine.
func (w *Workspace) Series(ctx context.Context, req SeriesRequest, progress func(Progress)) (*Series, error) {
	if err := w.answerable(ctx, scores); err != nil {
		return nil, err
	}
	o, err := w.Overview(ctx)
	if err != nil {
		return nil, err
	}
	first, err := time.Parse(time.DateOnly, o.FirstOrder)
	if err != nil {
		return nil, i18n.Errorf("the day of the first order, %q, is no date", o.FirstOrder)
	}
	m := seriesMaker{req: req, first: first, progress: progress, figures: map[time.Time]row{}, out: &Series{Rows: &tabular.Table{Columns: SeriesColumns}}}
	err = w.aside(ctx, m.make)
	return m.out, err
}

// seriesMaker is a series in the making.
type seriesMaker struct {
	req      SeriesRequest
	first    time.Time
	progress func(Progress)
	state    derived
	figures  map[time.Time]row // of all customers, by date
	out      *Series
}

func (m *seriesMaker) make(ctx context.Context, aside *duck.Aside) error {
	var err error
	if m.state, err = standing(ctx, aside); err != nil {
		return err
	}
	if m.req.Every == "" {
		m.req.Every = snapshot.Month
	}
	if m.req.Count <= 0 {
		m.req.Count = 2 * m.req.Every.PerYear()
	}
	now := m.state.AsOf
	m.out.Dates = m.req.Every.Ends(m.first, now, m.req.Count)
	days := slices.Clone(m.out.Dates)
	for _, extra := range []time.Time{monthsBefore(now, 12), now} {
		if !slices.ContainsFunc(days, extra.Equal) && !extra.Before(m.first) {
			days = append(days, extra)
		}
	}
	for i, day := range days {
		if err := m.asOf(ctx, aside, day, float64(i)/float64(len(days)), 1/float64(len(days))); err != nil {
			return err
		}
	}
	m.trend(now)
	return nil
}

// asOf makes the analysis as of a day; done is the share of the whole before it, and
// width its own.
func (m *seriesMaker) asOf(ctx context.Context, aside *duck.Aside, day time.Time, done, width float64) error {
	set := m.state.Settings
	set.AsOf = day
	if !m.req.Requantile && m.state.Scored {
		cuts := m.state.Cuts
		cuts.Frozen = true
		set.Cuts = &cuts
	}
	tell := func(step string, share float64) {
		if m.progress != nil {
			m.progress(Progress{Step: i18n.T("as of %s: %s", day.Format("2006-01-02"), step), Share: done + width*share})
		}
	}
	return rerun(ctx, aside, set, tell, func(ctx context.Context, tx *duck.Tx, out derived) error {
		d := &deriver{tx: tx, set: set}
		if err := d.anchor(ctx); err != nil {
			return err
		}
		latest := day.Equal(m.state.AsOf) // its questions stand for those of every date
		if latest {
			trace(ctx, d.call("snapshot/kpis"))
		}
		figures, err := tx.Query(ctx, d.call("snapshot/kpis"))
		if err != nil {
			return err
		}
		m.figures[day] = rowsOf(figures)[0]
		a, err := out.asked(snapshot.Question{Page: snapshot.Segments})
		if err != nil {
			return err
		}
		if latest {
			trace(ctx, a.call)
		}
		if !slices.ContainsFunc(m.out.Dates, day.Equal) {
			return nil
		}
		segments, err := tx.Query(ctx, a.call)
		if err != nil {
			return err
		}
		m.add(day, segments.Rows)
		return nil
	})
}

// add puts the rows of a date down.
func (m *seriesMaker) add(day time.Time, segments [][]any) {
	k := m.figures[day]
	cells := map[string]any{
		"as_of": day, "segment": AllCustomersName, "customers": k.cell("customers"), "customer_share": 1.0, "net_revenue": k.cell("value"),
		"net_revenue_share": 1.0, "active": k.cell("active"), "orders_year": k.cell("orders"), "net_revenue_year": k.cell("net_revenue"),
		"aov_year": k.cell("aov"), "loyalty": loyalty(k),
	}
	for _, name := range []string{"frequency", "stickiness", "repeat_rate", "referral_rate"} {
		cells[name] = k.cell(name)
	}
	all := make([]any, len(SeriesColumns))
	for i, c := range SeriesColumns {
		all[i] = cells[c.Name]
	}
	m.out.Rows.Rows = append(m.out.Rows.Rows, all)
	for _, s := range segments {
		row := make([]any, len(SeriesColumns))
		row[0] = day
		copy(row[1:], s)
		m.out.Rows.Rows = append(m.out.Rows.Rows, row)
	}
}

// loyalty is the repeat rate and the referral rate together.
func loyalty(k row) any {
	repeat, referral := k.known("repeat_rate"), k.known("referral_rate")
	if repeat == nil || referral == nil {
		return nil
	}
	return *repeat + *referral
}

// figure is one of the trends at a date, NaN where there is none.
func (m *seriesMaker) figure(name string, day time.Time) float64 {
	k, ok := m.figures[day]
	if !ok {
		return math.NaN()
	}
	cell := any(nil)
	switch name {
	case "loyalty":
		cell = loyalty(k)
	case "aov_year", "net_revenue_year":
		cell = k.cell(name[:len(name)-len("_year")])
	default:
		cell = k.cell(name)
	}
	f, ok := tabular.Number(cell)
	if !ok {
		return math.NaN()
	}
	return f
}

// trend makes the table of past, now and forecast, and says what to bear in mind.
func (m *seriesMaker) trend(now time.Time) {
	m.out.Trend = trendTable(m.out.Dates, m.req.Every, now, m.figure)
	if !m.req.Requantile {
		m.out.Warnings = append(m.out.Warnings, i18n.T("segments at every date are scored with the cut-points in force as of %s", now.Format("2006-01-02")))
	}
}

// trendTable makes the table of past, now and forecast of figures over dates.
func trendTable(dates []time.Time, every snapshot.Every, now time.Time, figure func(name string, day time.Time) float64) *tabular.Table {
	out := &tabular.Table{Columns: TrendColumns}
	known := func(f float64) any {
		if math.IsNaN(f) {
			return nil
		}
		return f
	}
	for _, name := range trends {
		values := make([]float64, len(dates))
		for i, day := range dates {
			values[i] = figure(name, day)
		}
		column, _ := columnNamed(SeriesColumns, name)
		row := []any{name, known(figure(name, monthsBefore(now, 12))), known(figure(name, now)), nil, nil, nil, column.Doc.String()}
		if f, ok := snapshot.Extend(values, every.PerYear()); ok {
			if column.Kind == tabular.Share { // and stays one
				f.Low, f.High, f.Value = max(0, f.Low), min(1, f.High), min(1, max(0, f.Value))
			}
			row[3], row[4], row[5] = f.Value, f.Low, f.High
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
