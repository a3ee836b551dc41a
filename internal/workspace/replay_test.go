package workspace

import (
	"archive/zip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// packed writes a zip file with members of text.
func packed(t *testing.T, name string, members ...[2]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for _, m := range members {
		w, err := z.Create(m[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(m[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestReplay corrects files that are loaded already: how one is read, and what the
// columns of one part of an archive are. What was decided before stays.
func TestReplay(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	days := file(t, "days.csv", "order_id,customer_id,order_date,amount\n1,a,03/04/2026,10\n2,b,05/06/2026,20\n")
	archive := packed(t, "both.zip",
		[2]string{"one.csv", "order_id,customer_id,order_date,amount,extra\n11,a,2026-01-02,1,100\n"},
		[2]string{"two.csv", "order_id,customer_id,order_date,amount,extra\n12,b,2026-01-03,2,200\n"})
	w := open(t, "", Options{})
	load := func(req LoadRequest) {
		t.Helper()
		if _, err := w.Load(ctx, req, nil); err != nil {
			t.Fatal(err)
		}
	}
	check := func(what string, want ...string) {
		t.Helper()
		got := rows(t, w, "select order_id || ' ' || ordered_at::date || ' ' || net_revenue::double from core.orders order by order_id::int")
		if !slices.Equal(got, want) {
			t.Errorf("%s: the orders are\n%s", what, strings.Join(got, "\n"))
		}
	}
	load(LoadRequest{Sources: []string{days, archive}})
	check("at first", "1 2026-04-03 10.0", "2 2026-06-05 20.0", "11 2026-01-02 1.0", "12 2026-01-03 2.0")

	load(LoadRequest{Replay: true, Read: map[string]ReadOptions{days: {DateOrder: "mdy"}}})
	check("month first", "1 2026-03-04 10.0", "2 2026-05-06 20.0", "11 2026-01-02 1.0", "12 2026-01-03 2.0")

	load(LoadRequest{Replay: true, MapFile: map[string]map[string]string{archive + ": two.csv": {"amount": "extra"}}})
	check("another column of one part", "1 2026-03-04 10.0", "2 2026-05-06 20.0", "11 2026-01-02 1.0", "12 2026-01-03 200.0")

	report, read, err := w.Reread(ctx, days)
	if err != nil || read.DateOrder != "mdy" || len(report.Columns) != 4 {
		t.Errorf("the form gets %+v, %+v, %v", report, read, err)
	}
	if err := os.Remove(days); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Load(ctx, LoadRequest{Replay: true}, nil); err == nil || !strings.Contains(err.Error(), "no longer there") {
		t.Errorf("a file that is gone gives %v", err)
	}
	check("after a refusal", "1 2026-03-04 10.0", "2 2026-05-06 20.0", "11 2026-01-02 1.0", "12 2026-01-03 200.0")
}
