package workspace

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// renamed is an invented export with one of its customers called otherwise.
func renamed(t *testing.T, path, from, to string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(formatsDir, filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), from) {
		t.Fatalf("%s names no %s", path, from)
	}
	return file(t, filepath.Base(path), strings.ReplaceAll(string(text), from, to))
}

// TestSameIDOnTwoPlatforms checks that a customer id which two platforms give is two
// persons, in any order of files, in one load or several, and one on each of them.
func TestSameIDOnTwoPlatforms(t *testing.T) {
	t.Parallel()
	taobao := renamed(t, "taobao/ExportOrderList.csv", "tb_an", "anna")
	jd := renamed(t, "jd_orders/jd_orders.csv", "jd_an", "anna")
	more := file(t, "more.csv", "order_id,customer_id,order_date,amount\n77,anna,2026-03-01,5\n")
	people := func(w *Workspace) []string {
		return rows(t, w, `select p.customer_id || ' ' || string_agg(distinct coalesce(o.platform, '-'), '+' order by coalesce(o.platform, '-'))
			from core.persons p join core.orders o using (person_key) where p.customer_id like '%anna%' group by p.customer_id order by 1`)
	}
	want := []string{"anna -+京东", "淘宝 anna 淘宝"}
	for name, files := range map[string][]string{"one way": {taobao, jd, more}, "another": {more, jd, taobao}} {
		w := open(t, "", Options{})
		if _, err := w.Load(t.Context(), LoadRequest{Sources: files}, nil); err != nil {
			t.Fatal(err)
		}
		if got := people(w); !slices.Equal(got, want) {
			t.Errorf("%s: the persons are %q", name, got)
		}
	}
	w := open(t, "", Options{})
	for _, f := range []string{jd, taobao, more} {
		report, err := w.Load(t.Context(), LoadRequest{Sources: []string{f}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if said := strings.Contains(strings.Join(report.Files[0].Warnings, "\n"), "淘宝 anna"); said != (f == taobao) {
			t.Errorf("%s says %q", f, report.Files[0].Warnings)
		}
	}
	if got := people(w); !slices.Equal(got, want) {
		t.Errorf("load by load: the persons are %q", got)
	}
}

// TestSameIDOfUnknownPlatforms checks that an id means the same person in files of no
// known platform, whatever their own columns call it.
func TestSameIDOfUnknownPlatforms(t *testing.T) {
	t.Parallel()
	w := open(t, "", Options{})
	files := []string{
		file(t, "one.csv", "order_id,customer_id,order_date,amount,platform\n1,17,2026-01-02,5,Tmall\n"),
		file(t, "two.csv", "order_id,customer_id,order_date,amount,platform\n2,17,2026-01-03,5,JD\n"),
	}
	if _, err := w.Load(t.Context(), LoadRequest{Sources: files}, nil); err != nil {
		t.Fatal(err)
	}
	if got := customer(t, w, "17", "orders"); got != "2" {
		t.Errorf("the customer has %s orders", got)
	}
}
