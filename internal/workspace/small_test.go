package workspace

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"worth/internal/rfm"
)

var update = flag.Bool("update", false, "write the golden file of the small data set anew")

// small is the folder of an invented shop with ties, credits, refunds, cancelled
// orders, guests and ids that went through a spreadsheet.
var small = filepath.Join("..", "..", "testdata", "small")

// bought is what the reference makes of one person's orders.
type bought struct {
	days []time.Time // of purchases
	net  int64       // in cents, credits and refunds taken off
}

// reference reads the small orders file as the definitions say, without SQL.
func reference(t *testing.T) (people map[string]*bought, asOf time.Time) {
	t.Helper()
	f, err := os.Open(filepath.Join(small, "orders.csv"))
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	people = map[string]*bought{}
	for _, r := range records[1:] {
		id := strings.TrimSuffix(r[1], ".0")
		if r[5] == "cancelled" || strings.Contains(id, "E+") {
			continue
		}
		at, err := time.Parse(time.DateTime, r[2])
		if err != nil {
			t.Fatal(err)
		}
		if asOf.Before(at) {
			asOf = at
		}
		total, refund := cents(t, r[3]), cents(t, r[4])
		if id == "" {
			continue
		}
		p := people[id]
		if p == nil {
			p = &bought{}
			people[id] = p
		}
		switch net := total - refund; {
		case r[5] == "refunded", refund > 0 && net <= 0:
		case net < 0:
			p.net += net
		default:
			p.net += net
			p.days = append(p.days, at.Truncate(24*time.Hour))
		}
	}
	return people, asOf.Truncate(24 * time.Hour)
}

func cents(t *testing.T, text string) int64 {
	t.Helper()
	if text == "" {
		return 0
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return int64(math.Round(v * 100))
}

// scored is the reference for one scheme: cut-points, scores and segments from
// package rfm.
type scored struct {
	cuts     rfm.Cuts
	measures map[string]rfm.Measures
	segments map[string]string
}

func scoreReference(t *testing.T, name string, average bool) scored {
	t.Helper()
	people, asOf := reference(t)
	scheme, err := rfm.Builtin(name)
	if err != nil {
		t.Fatal(err)
	}
	if average {
		if scheme, err = scheme.ByAverage(); err != nil {
			t.Fatal(err)
		}
	}
	out := scored{measures: map[string]rfm.Measures{}, segments: map[string]string{}}
	money := map[string]float64{}
	for id, p := range people {
		if len(p.days) == 0 {
			continue
		}
		first, last := slices.MinFunc(p.days, time.Time.Compare), slices.MaxFunc(p.days, time.Time.Compare)
		var m rfm.Measures
		m[rfm.RecencyDays] = asOf.Sub(last).Hours() / 24
		m[rfm.TenureDays] = asOf.Sub(first).Hours() / 24
		m[rfm.Orders] = float64(len(p.days))
		for _, d := range p.days {
			if asOf.Sub(d) < 365*24*time.Hour {
				m[rfm.OrdersPerYear]++
			}
		}
		m[rfm.NetRevenue] = float64(p.net) / 100
		m[rfm.AOV] = m[rfm.NetRevenue] / m[rfm.Orders]
		money[id] = m[rfm.NetRevenue]
		if average {
			money[id] = math.Round(m[rfm.AOV]*1e4) / 1e4
		}
		out.measures[id] = m
	}
	var recency, orders, spend []float64
	for id, m := range out.measures {
		recency, orders, spend = append(recency, m[rfm.RecencyDays]), append(orders, m[rfm.Orders]), append(spend, money[id])
	}
	levels := scheme.Levels
	if levels == 0 {
		levels = rfm.DefaultLevels
	}
	if out.cuts, err = rfm.QuantileCuts(recency, orders, spend, levels); err != nil {
		t.Fatal(err)
	}
	for id, m := range out.measures {
		m.SetScore(out.cuts.Score(m[rfm.RecencyDays], m[rfm.Orders], money[id]))
		better := 0
		for _, other := range out.measures {
			if other[rfm.NetRevenue] > m[rfm.NetRevenue] {
				better++
			}
		}
		m[rfm.ValueRank] = float64(better) / float64(len(out.measures))
		out.measures[id] = m
	}
	rules, err := scheme.Resolve(statisticsOf(t, scheme, out.measures))
	if err != nil {
		t.Fatal(err)
	}
	for id, m := range out.measures {
		segment, ok := rules.Segment(m)
		if !ok {
			segment = Unmatched
		}
		out.segments[id] = segment
	}
	return out
}

func statisticsOf(t *testing.T, scheme rfm.Scheme, measures map[string]rfm.Measures) rfm.Stats {
	t.Helper()
	stats := rfm.Stats{}
	for _, need := range scheme.Needs() {
		var values []float64
		sum := 0.0
		for _, m := range measures {
			values = append(values, m[need.Measure])
			sum += m[need.Measure]
		}
		if need.Mean {
			stats[need] = sum / float64(len(values))
			continue
		}
		q, err := rfm.Quantile(values, need.P)
		if err != nil {
			t.Fatal(err)
		}
		stats[need] = q
	}
	return stats
}

// answered is what the workspace says of the small shop under one scheme.
type answered struct {
	Cuts      rfm.Cuts          `json:"cuts"`
	Customers map[string]string `json:"customers"` // R F M and segment by id
	Segments  map[string]int64  `json:"segments"`
}

func answer(t *testing.T, w *Workspace) answered {
	t.Helper()
	cuts, err := w.Cuts(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	out := answered{Cuts: cuts, Customers: map[string]string{}, Segments: map[string]int64{}}
	for _, line := range rows(t, w, "select customer_id, r || ' ' || f || ' ' || m || ' ' || segment from derived.customers where orders > 0") {
		id, rest, _ := strings.Cut(line, "|")
		out.Customers[id] = rest
	}
	segments, err := w.Segments(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range segments {
		out.Segments[s.Segment] = s.Customers
	}
	return out
}

// Every scheme places every customer as the reference in Go does, and as it is
// written down.
func TestSmallShop(t *testing.T) {
	w := inMemory(t)
	load(t, w, filepath.Join(small, "orders.csv"), filepath.Join(small, "customers.csv"))
	golden := map[string]any{"overview": overview(t, w), "quality": smallQuality(t, w)}
	for _, name := range rfm.Names() {
		for _, monetary := range []Monetary{TotalSpend, AverageSpend} {
			average := monetary == AverageSpend
			scheme, err := rfm.Builtin(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := scheme.ByAverage(); average && err != nil {
				continue // a scheme over total spend has no such reading
			}
			apply(t, w, Settings{Scheme: name, Monetary: monetary})
			got, want := answer(t, w), scoreReference(t, name, average)
			if len(got.Customers) != len(want.segments) {
				t.Errorf("%s by %s: %d customers, the reference has %d", name, monetary, len(got.Customers), len(want.segments))
			}
			for id, m := range want.measures {
				said := fmt.Sprintf("%v %v %v %s", m[rfm.R], m[rfm.F], m[rfm.M], want.segments[id])
				if got.Customers[id] != said {
					t.Errorf("%s by %s: customer %s is %q, the reference says %q", name, monetary, id, got.Customers[id], said)
				}
			}
			compareCuts(t, name, got.Cuts, want.cuts)
			golden[name+" by "+string(monetary)] = got
		}
	}
	compareGolden(t, filepath.Join(small, "golden.json"), golden)
}

func compareCuts(t *testing.T, name string, got, want rfm.Cuts) {
	t.Helper()
	for i, pair := range [][2][]float64{{got.R, want.R}, {got.F, want.F}, {got.M, want.M}} {
		if len(pair[0]) != len(pair[1]) {
			t.Fatalf("%s: cut-points %v, the reference %v", name, pair[0], pair[1])
		}
		for j := range pair[0] {
			if math.Abs(pair[0][j]-pair[1][j]) > 1e-4 { // the database keeps four decimals
				t.Errorf("%s: measure %d: cut-points %v, the reference %v", name, i, pair[0], pair[1])
			}
		}
	}
}

func smallQuality(t *testing.T, w *Workspace) map[string]any {
	t.Helper()
	q, err := w.Quality(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return map[string]any{
		"orders": q.Orders, "counted": q.Counted, "credits": q.Credits, "credit_revenue": q.CreditRevenue, "refunded": q.Refunded,
		"excluded": q.Excluded, "zero": q.ZeroAmount, "anonymous": q.Anonymous, "rejected": q.Rejected, "persons": q.Persons,
		"refund_share": q.RefundShare, "coverage": q.IdentityCoverageOrders,
	}
}

func compareGolden(t *testing.T, path string, value any) {
	t.Helper()
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, '\n')
	if *update {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(text, want) {
		got, expected := strings.Split(string(text), "\n"), strings.Split(string(want), "\n")
		for i := range got {
			if i >= len(expected) || got[i] != expected[i] {
				t.Fatalf("%s, line %d: now %q; if that is right, run the test with -update", path, i+1, got[i])
			}
		}
		t.Fatalf("%s is longer than what comes out", path)
	}
}

// The totals of the small shop, counted by hand over the file.
func TestSmallShopTotals(t *testing.T) {
	w := inMemory(t)
	load(t, w, filepath.Join(small, "orders.csv"), filepath.Join(small, "customers.csv"))
	people, asOf := reference(t)
	customers, orders, net := 0, 0, int64(0)
	for _, p := range people {
		if len(p.days) > 0 {
			customers++
		}
		orders += len(p.days)
		net += p.net
	}
	o := overview(t, w)
	identified := o.NetRevenue.Float64() - o.AnonymousRevenue
	if o.Customers != int64(customers) || o.Orders-o.AnonymousOrders != int64(orders) || math.Abs(identified-float64(net)/100) > 1e-9 {
		t.Errorf("%d customers, %d orders of theirs, %v; the reference has %d, %d, %v",
			o.Customers, o.Orders-o.AnonymousOrders, identified, customers, orders, float64(net)/100)
	}
	if o.AsOf != asOf.Format(time.DateOnly) || o.PersonsNoOrder < 2 {
		t.Errorf("as of %s, %d persons without an order", o.AsOf, o.PersonsNoOrder)
	}
	var values []float64
	for _, p := range people {
		if len(p.days) > 0 {
			values = append(values, float64(p.net)/100)
		}
	}
	gini, clamped, ok := rfm.Gini(values)
	if !ok || o.Gini == nil || math.Abs(*o.Gini-gini) > 1e-9 || o.ClampedCustomers != int64(clamped) {
		t.Errorf("Gini %v (%d clamped), the reference %v (%d)", o.Gini, o.ClampedCustomers, gini, clamped)
	}
	expect(t, w, "select reason, count(*) from raw.rejects group by reason", "a spreadsheet dropped digits of this id; export the column as text|"+
		strconv.Itoa(spoilt(t)))
}

// spoilt counts the rows with an id that a spreadsheet spoilt.
func spoilt(t *testing.T) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(small, "orders.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(text, []byte("E+19"))
}

// The same input gives the same output, whatever the threads and however the rows
// are spread over files.
func TestDeterminism(t *testing.T) {
	whole := filepath.Join(small, "orders.csv")
	text, err := os.ReadFile(filepath.Clean(whole))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(strings.TrimSuffix(string(text), "\n")+"\n", "\n")
	header, body := lines[0], lines[1:len(lines)-1]
	third := len(body) / 3
	parts := make([]string, 3)
	for i := range parts {
		end := (i + 1) * third
		if i == 2 {
			end = len(body)
		}
		parts[i] = file(t, fmt.Sprintf("part-%d.csv", i), header+strings.Join(body[i*third:end], ""))
	}
	want := ""
	for name, c := range map[string]struct {
		threads int
		files   []string
	}{
		"one thread":    {1, []string{whole}},
		"two threads":   {2, []string{whole}},
		"four threads":  {4, []string{whole}},
		"three files":   {2, parts},
		"shuffled":      {2, []string{parts[2], parts[0], parts[1]}},
		"shuffled back": {1, []string{parts[1], parts[2], parts[0]}},
	} {
		w := open(t, "", Options{Threads: c.threads})
		load(t, w, c.files...)
		got := customersJSON(t, w)
		o, err := json.Marshal(overview(t, w))
		if err != nil {
			t.Fatal(err)
		}
		got += string(o)
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("%s: the customers differ", name)
		}
	}
}

// A month in which nobody ordered is a month all the same, so that no line leads over it.
func TestMonthsWithoutOrders(t *testing.T) {
	w := loaded(t, "Order ID,Customer ID,Order Date,Total", "1,a,2025-11-05,10", "2,b,2026-02-01,20")
	expect(t, w, "select month, orders, customers, new_customers, net_revenue from derived.months order by 1",
		"2025-11-01|1|1|1|10", "2025-12-01|0|0|0|0", "2026-01-01|0|0|0|0", "2026-02-01|1|1|1|20")
}
