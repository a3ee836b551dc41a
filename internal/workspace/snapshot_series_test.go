package workspace

import (
	"testing"

	"worth/internal/rfm"
	"worth/internal/snapshot"
	"worth/internal/tabular"
)

// sizes returns the customers of every segment of a snapshot of segments.
func sizes(t testing.TB, w *Workspace, name string) map[string]int64 {
	t.Helper()
	s := snap(t, w, name)
	rows, err := s.Page(t.Context(), 0, s.Len())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int64{}
	for _, r := range rows {
		out[r[0].(string)], _ = r[1].(int64)
	}
	return out
}

// The rows of a migration matrix are the earlier segments, to the last customer,
// and the columns the later ones.
func TestMigration(t *testing.T) {
	w := inMemory(t)
	load(t, w, invented(t))
	later := w.state.AsOf
	apply(t, w, Settings{AsOf: later.AddDate(0, -6, 0)})
	save(t, w, "before", pageOf(snapshot.Segments))
	save(t, w, "who", pageOf(snapshot.Customers))
	save(t, w, "some", snapshot.Question{Page: snapshot.Customers, Filter: "orders > 1"})
	cuts, err := w.Cuts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	apply(t, w, Settings{AsOf: later})
	save(t, w, "after", pageOf(snapshot.Segments))
	was := contents(t, w)
	matrix := func(before, after string, requantile bool) *snapshot.Matrix {
		t.Helper()
		m, err := w.Migration(t.Context(), before, after, requantile, nil)
		if err != nil {
			t.Fatal(err)
		}
		for segment, n := range sizes(t, w, "before") {
			if m.Size(segment) != n {
				t.Errorf("%s: %s has %d customers and %d in the matrix", after, segment, n, m.Size(segment))
			}
		}
		return m
	}
	column := func(m *snapshot.Matrix, to string) (n int64) {
		for _, from := range m.From {
			n += m.At(from, to).Customers
		}
		return n
	}
	frozen := matrix("before", "after", false)
	if contents(t, w) != was {
		t.Error("the workspace has changed")
	}
	if !frozen.Frozen || frozen.Size(snapshot.Newcomer) == 0 {
		t.Errorf("%d came new", frozen.Size(snapshot.Newcomer))
	}
	// Frozen, the columns are the segments at the later date under the earlier cut-points.
	cuts.Frozen = true
	apply(t, w, Settings{AsOf: later, Cuts: &cuts})
	save(t, w, "frozen", pageOf(snapshot.Segments))
	for segment, n := range sizes(t, w, "frozen") {
		if column(frozen, segment) != n {
			t.Errorf("frozen, %s has %d customers and %d in the matrix", segment, n, column(frozen, segment))
		}
	}
	if got := matrix("before", snapshot.Now, false); column(got, "Champions") != column(frozen, "Champions") {
		t.Error("now differs from what is the same")
	}
	requantiled := matrix("before", "after", true)
	if requantiled.Frozen || len(requantiled.Warnings) == 0 {
		t.Error("re-quantiled without a warning")
	}
	for segment, n := range sizes(t, w, "after") {
		if column(requantiled, segment) != n {
			t.Errorf("re-quantiled, %s has %d customers and %d in the matrix", segment, n, column(requantiled, segment))
		}
	}
	matrix("who", "after", false)
	if _, err := w.Migration(t.Context(), "some", "after", false, nil); err == nil {
		t.Error("some customers are taken for all")
	}
	var customers int64
	var shares float64
	for _, r := range frozen.Table().Rows {
		n, _ := r[2].(int64)
		customers += n
		if s, ok := r[3].(float64); ok && r[0] == "Champions" {
			shares += s
		}
	}
	if o := overview(t, w); customers != o.Customers || shares < 0.999 || shares > 1.001 {
		t.Errorf("%d customers of %d; the shares of a row are %v", customers, o.Customers, shares)
	}
}

// Every date of a series is what the workspace says as of that date.
func TestSeries(t *testing.T) {
	w := inMemory(t)
	load(t, w, invented(t))
	was := contents(t, w)
	for _, req := range []SeriesRequest{{Every: snapshot.Quarter, Count: 3}, {Count: 2, Requantile: true}} {
		s, err := w.Series(t.Context(), req, nil)
		if err != nil {
			t.Fatal(err)
		}
		if contents(t, w) != was {
			t.Error("the workspace has changed")
		}
		if len(s.Dates) != req.Count || len(s.Rows.Rows)%req.Count != 0 || len(s.Trend.Rows) != len(trends) {
			t.Fatalf("%d dates, %d rows, %d trends", len(s.Dates), len(s.Rows.Rows), len(s.Trend.Rows))
		}
		for _, r := range append(s.Rows.Rows, s.Trend.Rows...) {
			if len(r) != len(SeriesColumns) && len(r) != len(TrendColumns) {
				t.Fatalf("a row of %d cells", len(r))
			}
		}
		t.Run("date", func(t *testing.T) { checkDate(t, w, s, req) })
	}
	s, err := w.Series(t.Context(), SeriesRequest{Every: snapshot.Quarter, Count: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.SaveSnapshot(t.Context(), SnapshotRequest{
		Name: "quarters", Question: pageOf(snapshot.Series), Table: s.Rows, Key: []string{"as_of", "segment"},
	}, nil)
	if err != nil || int(r.Rows) != len(s.Rows.Rows) {
		t.Fatalf("%+v, %v", r, err)
	}
	kept, err := snap(t, w, "quarters").Page(t.Context(), 0, int(r.Rows))
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range s.Rows.Rows {
		for j, c := range SeriesColumns {
			if tabular.Plain(kept[i][j], c.Kind) != tabular.Plain(row[j], c.Kind) {
				t.Errorf("row %d, %s: %v became %v", i, c.Name, row[j], kept[i][j])
			}
		}
	}
	if _, err := w.DiffSnapshots(t.Context(), "quarters", snapshot.Now, nil); err == nil {
		t.Error("a series is asked again")
	}
	if d := compareTo(t, w, "quarters", "quarters"); d.Same != int64(len(s.Rows.Rows)) || d.Changed != 0 {
		t.Errorf("a series differs from itself: %d of %d", d.Changed, d.Same)
	}
}

// checkDate compares the first date of a series with a workspace as of it.
func checkDate(t *testing.T, w *Workspace, s *Series, req SeriesRequest) {
	set := w.Settings()
	set.AsOf = s.Dates[0]
	if !req.Requantile {
		cuts, err := w.Cuts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		cuts.Frozen = true
		set.Cuts = &cuts
	}
	other := inMemory(t)
	load(t, other, invented(t))
	apply(t, other, set)
	o, err := other.Overview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	segments, err := other.Segments(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	cell := func(row []any, name string) string {
		at := s.Rows.Index(name)
		return tabular.Plain(row[at], SeriesColumns[at].Kind)
	}
	all := s.Rows.Rows[0]
	for name, want := range map[string]any{"segment": AllCustomersName, "customers": o.Customers, "active": o.ActiveCustomers, "repeat_rate": *o.RepeatRate} {
		if cell(all, name) != tabular.Plain(want, tabular.Text) {
			t.Errorf("%s of all customers is %s, not %v", name, cell(all, name), want)
		}
	}
	for i, segment := range segments {
		r := s.Rows.Rows[1+i]
		if r[1] != segment.Segment || r[2] != segment.Customers || cell(r, "net_revenue") != segment.NetRevenue.String() {
			t.Errorf("%+v became %v", segment, r)
		}
	}
}

func TestFrozenByDefault(t *testing.T) {
	fixed := rfm.Cuts{
		R: []float64{30, 60, 90, 120}, F: rfm.FixedFCuts(), M: []float64{10, 20, 30, 40},
		RMode: rfm.ModeFixed, FMode: rfm.ModeFixed, MMode: rfm.ModeFixed,
	}
	w := loaded(t, shop...)
	apply(t, w, Settings{Cuts: &fixed, AsOf: day(t, "2020-03-01")})
	save(t, w, "before", pageOf(snapshot.Segments))
	apply(t, w, Settings{Cuts: &fixed, AsOf: day(t, "2020-07-01")})
	m, err := w.Migration(t.Context(), "before", snapshot.Now, false, nil)
	if err != nil || m.Size(snapshot.Newcomer) != 1 || m.AsOf != [2]string{"2020-03-01", "2020-07-01"} {
		t.Errorf("%+v, %v", m, err)
	}
}
