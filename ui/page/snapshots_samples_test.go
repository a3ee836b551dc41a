package page

import (
	"errors"
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/rfm"
	"worth/internal/snapshot"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/keys"
)

// sampleRecord is what an invented snapshot of segments rests on.
func sampleRecord(name, asOf string) snapshot.Record {
	return snapshot.Record{
		Version: 1, Name: name, Note: "before the \x1b[31m weekend", Page: snapshot.Segments, Rows: 3, AsOf: asOf, Basis: "net_revenue", Currency: "EUR",
		SavedAt: time.Date(2026, 11, 2, 8, 30, 0, 0, time.UTC), Scheme: "rfm-11", Question: snapshot.Question{Page: snapshot.Segments},
		SQL: "select * from derived.segments where customers >= $least;", Values: []snapshot.Value{{Name: "least", Value: "1"}},
		Cuts:     rfm.Cuts{R: []float64{41, 117, 244, 468}, F: []float64{1, 2, 3, 5}, M: []float64{53.4, 98.9, 173, 339}},
		Model:    []byte(`{"purchases":{"model":"mbg-nbd","unit":"day","n":2711,"params":{"r":0.5,"alpha":40,"a":0.8,"b":2.5}},"spend_reason":"no repeat order has an amount"}`),
		Settings: []byte(`{}`), Files: []snapshot.File{{Name: "orders.csv", SHA256: "0123456789abcdef", Kind: "orders", Rows: 11033, Kept: 11020}},
		Data: "f00d", Program: "1.0", DuckDB: "v1.5.5", Key: []string{"segment"},
	}
}

// gridSettled opens the rows of a page's grid and reads those in view.
func gridSettled(t testing.TB, p Page, cmd tea.Cmd) {
	t.Helper()
	gridDrain(t, p, cmd)
	p.View(200, 57)
	gridDrain(t, p, p.Update(nil))
	t.Cleanup(p.Close)
}

// listSample is the page of snapshots with some rows, or none.
func listSample(t testing.TB, env *Env, rows int) *snapshots {
	t.Helper()
	p, _ := NewSnapshots(env).(*snapshots)
	table := &tabular.Table{Columns: []tabular.Column{
		{Name: "name", Title: "name"},
		{Name: "page", Title: "page"},
		{Name: "note", Title: "note"},
		{Name: "as_of", Title: "as of", Kind: tabular.Date},
		{Name: "saved_at", Title: "saved (UTC)", Kind: tabular.Time},
		{Name: "rows", Title: "rows", Kind: tabular.Integer},
	}}
	for i := range rows {
		day := time.Date(2026, 10-time.Month(i), 31, 9, 0, 0, 0, time.UTC)
		name := fmt.Sprintf("month %d \x1b[31m客户", i)
		table.Rows = append(table.Rows, []any{name, "segments", "a note", day, day, int64(11)})
	}
	p.open = openTable(table)
	gridSettled(t, p, p.Init())
	return p
}

// savedSample is a snapshot that was opened.
func savedSample(t testing.TB, env *Env) *savedPage {
	t.Helper()
	p := newSnapshot(env, "segments 2026-10-31")
	p.Init()
	r := sampleRecord(p.name, "2026-10-31")
	p.settle(p.generation)
	p.ready, p.snap, p.facts = true, &workspace.Snapshot{Record: r}, workspace.SnapshotFacts(&r)
	p.grid = NewGridPage(env, p.name, openTable(&tabular.Table{
		Columns: []tabular.Column{{Name: "segment", Title: "segment"}, {Name: "customers", Title: "customers", Kind: tabular.Integer}},
		Rows:    [][]any{{"Champions", int64(312)}, {"Loyal", int64(472)}, {"New \x1b[31m", int64(45)}},
	}), nil, WithSort("", false))
	gridSettled(t, p, p.grid.Init())
	return p
}

// sampleDiff is an invented comparison of two snapshots of segments.
func sampleDiff() diffData {
	measure := &workspace.Measure{Column: tabular.Column{Name: "customers", Title: "customers", Kind: tabular.Integer}}
	share := &workspace.Measure{Column: tabular.Column{Name: "customer_share", Title: "of customers", Kind: tabular.Share}}
	day := &workspace.Measure{Column: tabular.Column{Name: "last_order", Title: "last order", Kind: tabular.Date}}
	d := diffData{
		before: sampleRecord("Monday", "2026-07-31"), after: sampleRecord("Friday", "2026-10-31"), differs: snapshot.Differs{Data: true, Rules: true, AsOf: true},
		rules: []workspace.Fact{{Name: "window", Value: "24 months"}}, added: 1, removed: 0, changed: 2, same: 8,
		warnings: []string{"the cut-points of the scores are quantiles and moved with the customers"}, lines: &tabular.Table{Columns: diffColumns},
		measures: []diffMeasure{{"customers", 2}, {"of customers, %", 1}, {"last order", 1}, {"AOV", 0}},
	}
	for _, c := range []workspace.Difference{
		{Key: "Champions", Was: true, Stands: true, Measure: measure, Before: int64(312), After: int64(357), Change: int64(45), Parts: [3]any{int64(3), int64(0), int64(42)}},
		{Key: "Champions", Was: true, Stands: true, Measure: share, Before: 0.1151, After: 0.119, Change: 0.0039, Parts: [3]any{0.001, 0.0009, 0.002}},
		{Key: "New \x1b[31m", Stands: true, Measure: measure, After: int64(7), Change: int64(7), Parts: [3]any{int64(7), int64(0), int64(0)}},
		{
			Key: "Lost", Was: true, Stands: true, Measure: day, Before: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC), After: time.Date(2026, 7, 3, 0, 0, 0, 0, time.UTC),
			Change: 2.0, Parts: [3]any{2.0, 0.0, 0.0},
		},
	} {
		row, _ := diffLine(c, "")
		d.lines.Rows = append(d.lines.Rows, row)
	}
	return d
}

// sampleMatrix is an invented migration matrix.
func sampleMatrix() *snapshot.Matrix {
	amount := func(v int64) tabular.Decimal { return tabular.Decimal{Unscaled: v * 1e4, Scale: 4} }
	m := snapshot.NewMatrix([]snapshot.Move{
		{From: "Champions", To: "Champions", Customers: 124, Before: amount(85_100), After: amount(109_700)},
		{From: "Champions", To: "Loyal", Customers: 188, Before: amount(97_000), After: amount(101_000)},
		{From: "Loyal", To: "At Risk", Customers: 86, Before: amount(40_000), After: amount(40_000)},
		{From: "Loyal", To: snapshot.Gone, Customers: 2, Before: amount(400)},
		{From: snapshot.Newcomer, To: "Champions", Customers: 21, After: amount(1_900)},
	}, []string{"Champions", "Loyal", "At Risk"}, []string{"Champions", "Loyal", "At Risk"})
	m.Frozen, m.AsOf, m.Warnings = true, [2]string{"2026-07-31", "2026-10-31"}, []string{"the data have changed since \"Friday\" was saved"}
	return m
}

// diffSample is a comparison that was made.
func diffSample(t testing.TB, env *Env, d diffData) *diff {
	t.Helper()
	p := newDiff(env, "Monday", "Friday")
	p.Init()
	gridSettled(t, p, p.Update(reply[comparison]{generation: p.generation, value: comparison{"Monday", "Friday", d}}))
	return p
}

// migrationSample is a comparison with its migration matrix in view.
func migrationSample(t testing.TB, env *Env, cells matrixCells) *diff {
	t.Helper()
	p := diffSample(t, env, sampleDiff())
	p.Do(keys.NextPane)
	p.Update(reply[*snapshot.Matrix]{generation: p.matrix.generation, value: sampleMatrix()})
	p.matrix.cells = cells
	p.Do(keys.Right)
	return p
}

// sampleSeries is an invented series of months.
func sampleSeries() *workspace.Series {
	s := &workspace.Series{
		Rows: &tabular.Table{Columns: workspace.SeriesColumns}, Trend: &tabular.Table{Columns: workspace.TrendColumns},
		Warnings: []string{"segments at every date are scored with the cut-points in force as of 2026-10-31"},
	}
	put := func(day time.Time, segment string, values map[string]any) {
		row := make([]any, len(workspace.SeriesColumns))
		row[0], row[1] = day, segment
		for name, v := range values {
			row[s.Rows.Index(name)] = v
		}
		s.Rows.Rows = append(s.Rows.Rows, row)
	}
	for i := range 18 {
		day := time.Date(2025, time.Month(6+i), 0, 0, 0, 0, 0, time.UTC)
		s.Dates = append(s.Dates, day)
		put(day, workspace.AllCustomersName, map[string]any{
			"customers": int64(900 + 40*i), "net_revenue": money(float64(90_000 + 9000*i)), "aov_year": money(61 + float64(i)/3), "loyalty": 0.6 + float64(i)/100,
		})
		put(day, "Champions", map[string]any{"customers": int64(100 + i*i), "net_revenue": money(float64(30_000 + 3000*i))})
		put(day, "At Risk", map[string]any{"customers": int64(200 - 5*i)})
	}
	s.Trend.Rows = [][]any{
		{"aov_year", 61.15, 63.92, 65.0, 63.82, 66.18, "net revenue per counted order of those days"},
		{"loyalty", 0.745, 0.811, 0.936, 0.916, 0.956, "repeat rate + referral rate"},
		{"referral_rate", nil, nil, nil, nil, nil, "customers who brought in somebody"},
	}
	return s
}

// trendSample is a series that was made.
func trendSample(t testing.TB, env *Env) *trend {
	t.Helper()
	p := newTrend(env, workspace.SeriesRequest{Every: snapshot.Month})
	p.Init()
	answered(p, &p.inquiry, seriesMade{sampleSeries(), p.request}, nil)
	t.Cleanup(p.Close)
	return p
}

// making lets what works say how far it is.
func making(p interface{ Update(msg tea.Msg) tea.Cmd }, m *Meter) {
	m.Tell(workspace.Progress{Step: "as of 2026-06-30: fitting models", Share: 0.42})
	start := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	p.Update(Tick{At: start})
	p.Update(Tick{At: start.Add(3 * time.Second)})
}

// snapshotSamples are the pages of snapshots in their states.
func snapshotSamples(t testing.TB, env *Env) map[string]Page {
	t.Helper()
	facts := savedSample(t, env)
	facts.Do(keys.NextPane)
	gone := newSnapshot(env, "gone")
	gone.Init()
	answered(gone, &gone.inquiry, (*workspace.Snapshot)(nil), &workspace.NoAnswerError{})
	comparing := newDiff(env, "Monday", snapshot.Now)
	comparing.Init()
	failed := newDiff(env, "Monday", snapshot.Now)
	failed.Init()
	answered(failed, &failed.inquiry, comparison{}, errors.New(`"Monday" is of the page segments and "Friday" of the page overview; compare snapshots of one page`))
	nothing := sampleDiff()
	nothing.lines, nothing.differs, nothing.rules, nothing.warnings = &tabular.Table{Columns: diffColumns}, snapshot.Differs{}, nil, nil
	stale := diffSample(t, env, sampleDiff())
	stale.Init()
	making(comparing, comparing.meter)
	series := newTrend(env, workspace.SeriesRequest{})
	series.Init()
	making(series, series.meter)
	table := trendSample(t, env)
	table.Do(keys.NextPane)
	return map[string]Page{
		"snapshots": listSample(t, env, 4), "snapshots-empty": listSample(t, env, 0), "snapshot": savedSample(t, env), "snapshot-facts": facts,
		"snapshot-gone": gone, "diff": stale, "diff-nothing": diffSample(t, env, nothing), "diff-comparing": comparing, "diff-failed": failed,
		"migration": migrationSample(t, env, cellCustomers), "migration-value": migrationSample(t, env, cellValue),
		"trend": trendSample(t, env), "trend-figures": table, "trend-making": series,
	}
}

// snapshotOverlays are the dialogs of snapshots.
func snapshotOverlays(env *Env) map[string]Overlay {
	segments := asking("segments", snapshot.Question{Page: snapshot.Segments})
	taken := newSave(env, segments, "segments 2026-10-31")
	taken.begin()
	taken.Update(reply[formDone]{generation: taken.working.generation, err: &takenError{&workspace.NameTakenError{Name: "segments 2026-10-31"}, "segments 2026-10-31 2"}})
	waits, _ := newImport(env).(*formDialog)
	waits.form.SetValue(fieldPath, "monday"+snapshotEnding)
	waits.begin()
	making(waits, waits.meter)
	return map[string]Overlay{
		"save": newSave(env, segments, "segments 2026-10-31"), "save-taken": taken, "series": newSeriesDialog(env),
		"import-waits": waits, "write-snapshot": newWriteSnapshot(env, "Monday"), "rename": newRename(env, "Monday"), "note": newNote(env, "Monday", "old"),
	}
}
