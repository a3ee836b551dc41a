package page

import (
	"context"
	"maps"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/rfm"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/theme"
	"worth/ui/widget"
)

// emptyWorkspace is a workspace in memory with nothing in it, for pages that ask
// for the settings in force.
var emptyWorkspace = sync.OnceValues(func() (*workspace.Workspace, error) {
	return workspace.Open(context.Background(), "", workspace.Options{Threads: 1})
})

// sampleEnv is what sample pages work with.
func sampleEnv(t testing.TB) *Env {
	t.Helper()
	ws, err := emptyWorkspace()
	if err != nil {
		t.Fatal(err)
	}
	return &Env{Workspace: ws, Theme: theme.Dark(), Header: workspace.Header{
		Name: "shop", Customers: 1200, Orders: 3400, AsOf: time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC),
		Basis: workspace.NetRevenue, Currency: "EUR", Scheme: "11 segments by recency (R) and by frequency and money (FM)",
	}}
}

func known(v float64) *float64 { return &v }

func money(v float64) tabular.Decimal { return tabular.Decimal{Unscaled: int64(v * 1e4), Scale: 4} }

// answered gives a page the answer to the question it has running.
func answered[T any](p Page, q *inquiry, value T, err error) []tea.Msg {
	var sent []tea.Msg
	if cmd := p.Update(reply[T]{generation: q.generation, value: value, err: err}); cmd != nil {
		sent = append(sent, cmd())
	}
	return sent
}

func sampleSegments() []workspace.Segment {
	out := make([]workspace.Segment, 0, 12)
	for i, name := range []string{
		"Champions", "Loyal", "Potential Loyalist", "New", "Promising", "Need Attention", "About To Sleep", "At Risk",
		"Can't Lose Them", "Hibernating", "Lost", workspace.Unmatched,
	} {
		n := float64(12 - i)
		s := workspace.Segment{
			Segment: name, Title: name, Meaning: "Invented people of segment " + name + ".", Customers: int64(n * 15), CustomerShare: n / 78,
			NetRevenue: money(n * n * 1234.5), NetRevenueShare: n * n / 650, RecencyDays: known(400 / n), Orders: known(n / 2), AOV: known(40 + n),
			Predicted: known(n * n * 412.3), CLVMean: known(n * 27.5), Value: known(n * n * 1646.8),
		}
		if name == "Promising" { // empty segments are shown too
			s = workspace.Segment{Segment: name, Title: name, Meaning: s.Meaning}
		}
		out = append(out, s)
	}
	return out
}

func sampleMonths() []workspace.Period {
	var out []workspace.Period
	for i := range 30 {
		out = append(out, workspace.Period{
			Month: time.Date(2024, time.Month(5+i), 1, 0, 0, 0, 0, time.UTC), Orders: int64(80 + i*3), Customers: int64(60 + i*2), New: int64(40 - i),
			NetRevenue: 5000 + 300*float64(i) + 2000*float64(i%12/9),
		})
	}
	return out
}

func sampleOverview() overviewData {
	d := overviewData{months: sampleMonths(), segments: sampleSegments(), sum: workspace.Overview{
		Customers: 1200, Orders: 3400, NetRevenue: money(285_000), AOV: known(83.82), MedianAOV: known(61.5), ValuePerCustomer: known(230.9),
		MedianValue: known(118.2), RepeatRate: known(0.54), Gini: known(0.61), Top20Share: known(0.66), Top1: known(0.12), Top5: known(0.31),
		Top10: known(0.47), EightyPercentFrom: known(0.36), ActiveCustomers: 640, AnonymousOrders: 42, RevenueYear: 130_000,
		RevenueYearBefore: 121_000, AsOf: "2026-10-31", ExpectedOrders: known(2100), ExpectedValue: known(91_000), MedianCLV: known(44.2),
	}}
	d.terms = sampleFits().Terms
	for i := range 101 {
		share := float64(i) / 100
		d.curve = append(d.curve, workspace.CurvePoint{Customers: share, NetRevenue: 1 - (1-share)*(1-share)*(1-share)})
	}
	return d
}

func overviewSample(t testing.TB, env *Env) *overview {
	t.Helper()
	p, _ := NewOverview(env).(*overview)
	p.Init()
	answered(p, &p.inquiry, sampleOverview(), nil)
	return p
}

func segmentsSample(t testing.TB, env *Env) *segments {
	t.Helper()
	p, _ := NewSegments(env).(*segments)
	p.Init()
	d := segmentsData{segments: sampleSegments(), cuts: rfm.Cuts{
		R: []float64{30, 90, 180, 365}, F: []float64{1, 1, 2, 4}, M: []float64{25.5, 60, 140, 320},
		RMode: rfm.ModeQuantile, FMode: rfm.ModeQuantile, MMode: rfm.ModeQuantile,
	}}
	for r := 1; r <= 5; r++ {
		for _, f := range []int{1, 3, 4, 5} {
			d.cells = append(d.cells, workspace.Cell{R: r, F: f, Customers: int64(r * f * 7), NetRevenue: float64(r * f * f * 400)})
		}
	}
	answered(p, &p.inquiry, d, nil)
	return p
}

func sampleFiles() []workspace.FileReport {
	first, last := "2024-05-01", "2026-10-31"
	return []workspace.FileReport{
		{
			File: "/data/orders.csv", Kind: "orders", Format: "csv", Encoding: "utf-8", Rows: 3500, Kept: 3470, Rejected: 30, Credits: 12,
			Excluded: 41, Duplicates: 2, DateMin: &first, DateMax: &last, NetRevenue: money(285_000),
			Mapping: []workspace.Mapped{
				{Field: "order_id", Column: "InvoiceNo", Sure: true},
				{Field: "ordered_at", Column: "InvoiceDate", Sure: true},
				{Field: "customer_id", Column: "CustomerID", Sure: true},
				{Field: "amount", Column: "Betrag\x1b[31m", Sure: false},
			},
			Unmapped: []string{"Note", "客户"}, Columns: []string{"InvoiceNo", "InvoiceDate", "CustomerID", "Betrag\x1b[31m", "Note", "客户"},
			Warnings: []string{"3,210 dates can be read as day/month or month/day; they were read as day/month, 2024-05-01 to 2026-10-31"},
		},
		{File: "/data/customers.csv", Kind: "customers", Format: "csv", Encoding: "utf-8", Rows: 1300, Kept: 1300},
	}
}

func loadSample(t testing.TB, env *Env) *load {
	t.Helper()
	p, _ := NewLoad(env, nil).(*load)
	p.Init()
	answered(p, &p.inquiry, sampleFiles(), nil)
	return p
}

func loadingSample(t testing.TB, env *Env) *load {
	t.Helper()
	p, _ := NewLoad(env, &workspace.LoadRequest{Sources: []string{"/data/orders.csv"}}).(*load)
	p.Init()
	p.meter.Tell(workspace.Progress{Step: "reading rows", File: "/data/orders.csv", Share: 0.42})
	start := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	p.Update(Tick{At: start})
	p.Update(Tick{At: start.Add(3 * time.Second)})
	return p
}

func sampleQuality() workspace.Quality {
	return workspace.Quality{
		Files: sampleFiles(), Orders: 3455, Counted: 3400, Credits: 12, CreditRevenue: -830.5, Refunded: 33, Excluded: 41, ZeroAmount: 4,
		Anonymous: 42, Duplicates: 2, Rejected: 30, Persons: 1300, Merged: 84, Spanning: 61, SpanningRevenue: known(0.083), IdentityCoverageOrders: known(0.988), IdentityCoverageRevenue: known(0.991),
		RefundShare: known(0.021), AfterAsOf: 7,
		Currency: "EUR", Apart: 12, Currencies: []workspace.CurrencyTotal{
			{Currency: "EUR", Orders: 3400, Customers: 1210, NetRevenue: money(187204.5), Counted: 3400, Revenue: money(187204.5)},
			{Currency: "USD", Orders: 12, Customers: 9, NetRevenue: money(830)},
		}, DateMin: "2024-05-01", DateMax: "2026-10-31",
		Warnings: []string{"amounts in other currencies than EUR are not added up"},
	}
}

func qualitySample(t testing.TB, env *Env) *quality {
	t.Helper()
	p, _ := NewQuality(env).(*quality)
	p.Init()
	answered(p, &p.inquiry, sampleQuality(), nil)
	return p
}

func startSample(t testing.TB, env *Env) *start {
	t.Helper()
	p, _ := NewStart(env, []string{"/data/shop.worth.duckdb"}).(*start)
	day := time.Date(2026, 10, 31, 9, 0, 0, 0, time.UTC)
	recent := []widget.FileEntry{{Name: "shop.worth.duckdb", Path: "/data/shop.worth.duckdb", Size: 48_123_904, Modified: day}}
	p.Update(listed{recent: recent, listing: widget.Listing{Dir: "/data", Entries: []widget.FileEntry{
		{Name: "2025", Path: "/data/2025", Dir: true, Modified: day},
		{Name: "customers.csv", Path: "/data/customers.csv", Size: 81_220, Modified: day},
		{Name: "orders.csv", Path: "/data/orders.csv", Size: 12_400_000, Modified: day},
	}}})
	return p
}

// samplePages are the pages of this package in their states, by name.
func samplePages(t testing.TB, env *Env) map[string]Page {
	t.Helper()
	heat := segmentsSample(t, env)
	heat.Do("pane.next")
	cuts := segmentsSample(t, env)
	cuts.Do(cmdCuts)
	curve := overviewSample(t, env)
	curve.pane = paneCurve
	waiting, _ := NewSegments(env).(*segments)
	waiting.Init()
	failed, _ := NewOverview(env).(*overview)
	failed.Init()
	answered(failed, &failed.inquiry, overviewData{}, &workspace.NoAnswerError{})
	marked := startSample(t, env)
	for _, key := range []string{"down", "down", "down", "space"} {
		marked.Update(gridKey(key))
	}
	none, _ := NewLoad(env, nil).(*load)
	none.Init()
	answered(none, &none.inquiry, []workspace.FileReport(nil), nil)
	pages := sqlSamples(t, env)
	maps.Copy(pages, modelSamples(t, env))
	maps.Copy(pages, peopleSamples(t, env))
	maps.Copy(pages, snapshotSamples(t, env))
	maps.Copy(pages, map[string]Page{
		"overview": overviewSample(t, env), "overview-curve": curve, "overview-empty": failed, "segments": segmentsSample(t, env),
		"segments-heat": heat, "segments-cuts": cuts, "segments-waiting": waiting, "load": loadSample(t, env), "load-empty": none,
		"loading": loadingSample(t, env), "quality": qualitySample(t, env), "start": startSample(t, env), "start-marked": marked,
	})
	maps.Copy(pages, whatIfSamples(t, env))
	return pages
}

// sampleOverlays are the dialogs of this package, by name.
func sampleOverlays(env *Env) map[string]Overlay {
	asked := sampleFiles()[0]
	asked.Questions = []workspace.Question{{
		Field: "amount", Candidates: []string{"Betrag\x1b[31m", "Note"}, Needed: true, Reason: "Betrag could be the amount of the order or of the line",
	}}
	refused := NewSettings(env)
	refused.Update(Failed{context.DeadlineExceeded})
	overlays := snapshotOverlays(env)
	maps.Copy(overlays, map[string]Overlay{
		"settings": NewSettings(env), "settings-refused": refused, "schemes": NewSchemes(env),
		"mapping": NewMapping(env, asked, &workspace.LoadRequest{}, workspace.ReadOptions{}),
		"help":    NewHelp(segmentsKeys, func(id string) string { return map[string]string{cmdFreeze: "nothing is scored yet"}[id] }),
		"asked": &askedDialog{drill: "open", asked: []workspace.Asked{{
			Name: "ask/heat", Question: "How many customers have each pair of R and F scores?\n$least: customers.",
			SQL:        "select r, f, customers, net_revenue\nfrom derived.heat where customers >= $least order by r, f;",
			Parameters: []workspace.Parameter{{Name: "least", Value: int64(1), Kind: tabular.Integer}},
		}}},
		"confirm": &confirm{title: "Writing", text: "Let statements on this page change the workspace?"},
		"palette": NewPalette(env.Theme, []widget.Command{{ID: "x", Title: "go to overview", Keys: "1"}, {ID: "y", Title: "freeze", Disabled: "not scored"}}),
	})
	return overlays
}
