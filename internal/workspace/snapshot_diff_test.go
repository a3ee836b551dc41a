package workspace

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"worth/internal/demo"
	"worth/internal/rfm"
	"worth/internal/snapshot"
	"worth/internal/tabular"
)

// invented writes the exports of a small invented shop.
func invented(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	if _, err := demo.Write(context.Background(), dir, demo.Options{Customers: 300, Orders: 1500, Seed: 3}, nil); err != nil {
		t.Fatal(err)
	}
	return dir
}

// compareTo compares two snapshots that must be comparable.
func compareTo(t testing.TB, w *Workspace, before, after string) *Diff {
	t.Helper()
	d, err := w.DiffSnapshots(context.Background(), before, after, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// differences returns everything that a diff says, and checks that the parts make up
// the whole: exactly for whole numbers and money, to the last digits for others.
func differences(t testing.TB, d *Diff) []Difference {
	t.Helper()
	var out []Difference
	err := d.Each(context.Background(), true, func(c Difference) error {
		out = append(out, c)
		if c.Measure.Kind == tabular.Text {
			return nil
		}
		var sum float64
		exact := true
		for _, p := range c.Parts {
			f, _ := tabular.Number(p)
			if _, is := p.(float64); is {
				exact = false
			}
			sum += f
		}
		whole, _ := tabular.Number(c.Change)
		before, _ := tabular.Number(c.Before)
		after, _ := tabular.Number(c.After)
		slack := 1e-9 * (1 + math.Abs(before) + math.Abs(after))
		if exact {
			slack = 1e-6
		}
		if math.Abs(sum-whole) > slack || c.Measure.Kind.Numeric() && math.Abs(after-before-whole) > slack {
			t.Errorf("%s %s: %v → %v is %v, in parts %v", c.Key, c.Measure.Name, c.Before, c.After, c.Change, c.Parts)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// causes tells which parts are anything but nothing.
func causes(all []Difference) (data, rules, asOf int) {
	for _, c := range all {
		for i, n := range []*int{&data, &rules, &asOf} {
			if f, number := tabular.Number(c.Parts[i]); c.Parts[i] != nil && (!number || f != 0) {
				*n++
			}
		}
	}
	return data, rules, asOf
}

// keepAll keeps every page of the shop under a prefix.
func keepAll(t testing.TB, w *Workspace, prefix string) []string {
	t.Helper()
	questions := map[string]snapshot.Question{
		"overview": pageOf(snapshot.Overview), "segments": pageOf(snapshot.Segments), "customers": pageOf(snapshot.Customers),
		"regulars": {Page: snapshot.Customers, Filter: "orders >= 3"}, "referrals": pageOf(snapshot.Referrals),
		"sql": statement("select segment, count(*) as n, sum(value) as value, max(last_order) as last from derived.customers group by segment order by segment"),
	}
	var names []string
	for name, q := range questions {
		save(t, w, prefix+name, q)
		names = append(names, name)
	}
	return names
}

func TestDiffOfTwoDates(t *testing.T) {
	w := inMemory(t)
	load(t, w, invented(t))
	later := w.state.AsOf
	apply(t, w, Settings{AsOf: later.AddDate(0, -3, 0)})
	names := keepAll(t, w, "before ")
	apply(t, w, Settings{AsOf: later})
	keepAll(t, w, "after ")
	was := contents(t, w)
	for _, name := range names {
		for _, after := range []string{"after " + name, snapshot.Now} {
			d := compareTo(t, w, "before "+name, after)
			all := differences(t, d)
			if data, rules, asOf := causes(all); data != 0 || rules != 0 || asOf == 0 {
				t.Errorf("%s: %d differ by data, %d by rules, %d by date", name, data, rules, asOf)
			}
			if len(all) != d.Len()*len(d.Measures) || d.Len() == 0 {
				t.Errorf("%s: %d of %d × %d", name, len(all), d.Len(), len(d.Measures))
			}
		}
	}
	if contents(t, w) != was {
		t.Error("the workspace has changed")
	}
}

func TestDiffOfRules(t *testing.T) {
	w := inMemory(t)
	load(t, w, invented(t))
	names := keepAll(t, w, "before ")
	cuts, err := w.Cuts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	cuts.Frozen = true
	cuts.M[2] *= 1.5
	cuts.M[3] *= 1.5
	apply(t, w, Settings{Cuts: &cuts})
	for _, name := range names {
		d := compareTo(t, w, "before "+name, snapshot.Now)
		data, rules, asOf := causes(differences(t, d))
		if data != 0 || asOf != 0 {
			t.Errorf("%s: with a cut-point changed, %d differ by data and %d by date", name, data, asOf)
		}
		if moves := name == "segments" || name == "customers"; moves != (rules > 0) && (moves || name == "overview") {
			t.Errorf("%s: with a cut-point changed, %d differ by rules", name, rules)
		}
	}
}

// Everything at once: a file loaded, the scheme changed, a day passed.
func TestDiffOfEverything(t *testing.T) {
	w := loaded(t, shop...)
	save(t, w, "before", pageOf(snapshot.Customers))
	save(t, w, "totals", pageOf(snapshot.Overview))
	load(t, w, file(t, "more.csv", table(plainHeader, "100,z,2020-04-01,10", "101,a,2020-04-02,30")))
	apply(t, w, Settings{Scheme: "rf-10", Basis: Margin, MarginRate: 0.5, AsOf: day(t, "2020-06-01")})
	d := compareTo(t, w, "before", snapshot.Now)
	if d.Added != 1 || d.Removed != 0 || d.Changed == 0 {
		t.Errorf("%d added, %d removed, %d changed", d.Added, d.Removed, d.Changed)
	}
	data, rules, asOf := causes(differences(t, d))
	if data == 0 || rules == 0 || asOf == 0 {
		t.Errorf("%d differ by data, %d by rules, %d by date", data, rules, asOf)
	}
	found := false
	for _, c := range differences(t, compareTo(t, w, "totals", snapshot.Now)) {
		if c.Measure.Name == "net_revenue" {
			found = true
			if got := fmt.Sprint(c.Parts); got != "[40 0 -100]" {
				t.Errorf("net revenue came by %s", got)
			}
		}
	}
	if !found {
		t.Error("net revenue is not compared")
	}
	// An order of 100 is after the later date. A snapshot against an earlier one of other data: what was added goes.
	save(t, w, "after", pageOf(snapshot.Customers))
	if d := compareTo(t, w, "after", "before"); d.Removed != 1 || d.Added != 0 {
		t.Errorf("%d added, %d removed", d.Added, d.Removed)
	} else {
		differences(t, d)
	}
}

func TestDiffOfRowsThatHaveNoKey(t *testing.T) {
	w := loaded(t, shop...)
	save(t, w, "before", statement("select 'x' as k, i as n from range(4) t(i)"))
	save(t, w, "after", statement("select 'x' as k, i * 2 as n from range(5) t(i)"))
	d := compareTo(t, w, "before", "after")
	if d.Added != 1 || d.Removed != 0 || d.Changed != 3 || d.Same != 1 || len(d.Warnings) == 0 {
		t.Errorf("%d added, %d removed, %d changed, %d same, %q", d.Added, d.Removed, d.Changed, d.Same, d.Warnings)
	}
	if _, rules, _ := causes(differences(t, d)); rules != 4 {
		t.Errorf("%d differ by rules", rules)
	}
}

func TestDiffThatCannotBe(t *testing.T) {
	w := loaded(t, shop...)
	save(t, w, "overview", pageOf(snapshot.Overview))
	save(t, w, "segments", pageOf(snapshot.Segments))
	for _, pair := range [][2]string{{"overview", "segments"}, {"none", "segments"}, {"overview", "none"}} {
		if d, err := w.DiffSnapshots(t.Context(), pair[0], pair[1], nil); err == nil {
			t.Errorf("%v are compared: %+v", pair, d)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.DiffSnapshots(ctx, "overview", snapshot.Now, nil); err == nil {
		t.Error("a cancelled diff ends well")
	}
	compareTo(t, w, "overview", snapshot.Now)
}

func TestDiffOfCustomersMoves(t *testing.T) {
	w := inMemory(t)
	load(t, w, filepath.Join(small, "orders.csv"))
	save(t, w, "before", pageOf(snapshot.Customers))
	apply(t, w, Settings{Cuts: &rfm.Cuts{
		R: []float64{30, 60, 90, 120}, F: rfm.FixedFCuts(), M: []float64{10, 20, 30, 40},
		RMode: rfm.ModeFixed, FMode: rfm.ModeFixed, MMode: rfm.ModeFixed,
	}})
	told := 0
	for _, c := range differences(t, compareTo(t, w, "before", snapshot.Now)) {
		if c.Measure.Name == "segment" && c.Change != nil {
			told++
			if c.Parts[0] != nil || c.Parts[2] != nil || c.Parts[1] != c.Change || !strings.Contains(fmt.Sprint(c.Change), " → ") {
				t.Errorf("%s: %v in parts %v", c.Key, c.Change, c.Parts)
			}
		}
	}
	if told == 0 {
		t.Error("nobody moved")
	}
}
