package workspace

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"worth/internal/demo"
	"worth/internal/whatif"
)

// demoShop is a workspace with an invented shop that models can be fitted to.
func demoShop(t testing.TB) *Workspace {
	t.Helper()
	dir := t.TempDir()
	o := demo.Options{Customers: 800, Orders: 3200, End: time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)}
	if _, err := demo.Write(context.Background(), dir, o, nil); err != nil {
		t.Fatal(err)
	}
	w := inMemory(t)
	load(t, w, dir)
	return w
}

func whatIf(t testing.TB, w *Workspace, mode whatif.Mode) *WhatIf {
	t.Helper()
	m, err := w.WhatIf(context.Background(), mode, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func evaluate(t testing.TB, m *WhatIf, s whatif.Scenario) whatif.Result {
	t.Helper()
	r, err := m.Evaluate(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// near compares numbers that were added up in another order.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(1, math.Abs(b)) }

// TestWhatIfStartsFromPredictions compares the baseline, in total and by segment,
// with the customers it stands for.
func TestWhatIfStartsFromPredictions(t *testing.T) {
	w := demoShop(t)
	for name, set := range map[string]Settings{
		"default": {}, "margin": {Basis: Margin, MarginRate: 0.35, Horizon: 30}, "window": {Window: 6}, "pareto": {Model: "pareto-nbd"},
	} {
		apply(t, w, set)
		m := whatIf(t, w, whatif.ModeFitted)
		r := evaluate(t, m, whatif.Scenario{})
		lines := append([]whatif.Line{r.Total}, r.Segments...)
		for i, line := range lines {
			where := fmt.Sprintf("coalesce(segment, '%s') = '%s'", Unscored, strings.ReplaceAll(string(line.Scope), "'", "''"))
			if i == 0 {
				where = "true"
			}
			var sums [4]float64
			_, err := fmt.Sscanf(rows(t, w, "select count(*), coalesce(sum(clv), 0), coalesce(sum(historic), 0)::double, coalesce(sum(cost), 0) from derived.customers where x is not null and "+where)[0],
				"%g|%g|%g|%g", &sums[0], &sums[1], &sums[2], &sums[3])
			if err != nil {
				t.Fatal(err)
			}
			if float64(line.Customers) != sums[0] || !near(line.Baseline.Value, sums[1]) || !near(line.Historic, sums[2]) || !near(line.Cost, sums[3]) {
				t.Errorf("%s, %q: %d customers, equity %v, historic %v, cost %v; they are %v", name, line.Scope, line.Customers, line.Baseline.Value, line.Historic, line.Cost, sums)
			}
		}
		if r.Total.Customers != m.Customers || r.Total.Change() != 0 {
			t.Errorf("%s: %d of %d customers, a change of %v at the baseline", name, r.Total.Customers, m.Customers, r.Total.Change())
		}
		if _, err := m.Set(whatif.Scenario{}, Unscored, whatif.Margin, "10%"); (err == nil) != (name == "window") {
			t.Errorf("%s: the customers outside the window: %v", name, err)
		}
	}
}

// TestWhatIfIsKeptUntilDataChange asks twice, changes settings, and asks again.
func TestWhatIfIsKeptUntilDataChange(t *testing.T) {
	w := demoShop(t)
	first := whatIf(t, w, whatif.ModeFitted)
	formula := whatIf(t, w, whatif.ModeFormula)
	if whatIf(t, w, whatif.ModeFitted) != first || whatIf(t, w, whatif.ModeFormula) != formula || formula.Mode() != whatif.ModeFormula {
		t.Error("the same question is worked out twice")
	}
	apply(t, w, Settings{Horizon: 24})
	if again := whatIf(t, w, whatif.ModeFitted); again == first || again.Terms.Horizon != 24 {
		t.Error("the model is that of the settings before")
	}
}

// TestWhatIfStops cancels while customers are read.
func TestWhatIfStops(t *testing.T) {
	w := demoShop(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, mode := range []whatif.Mode{whatif.ModeFitted, whatif.ModeFormula} {
		if _, err := w.WhatIf(ctx, mode, nil); !errors.Is(err, context.Canceled) {
			t.Errorf("%v: %v", mode, err)
		}
	}
	if _, err := w.WhatIf(context.Background(), whatif.ModeFitted, func(Progress) {}); err != nil {
		t.Errorf("after a cancelled one: %v", err)
	}
}

// TestWhatIfRefuses says why there is no answer, and answers by formula where it can.
func TestWhatIfRefuses(t *testing.T) {
	var none *NoAnswerError
	for _, mode := range []whatif.Mode{whatif.ModeFitted, whatif.ModeFormula} {
		if _, err := inMemory(t).WhatIf(context.Background(), mode, nil); !errors.As(err, &none) || !strings.Contains(none.Error(), "load") {
			t.Errorf("%v without data: %v", mode, err)
		}
	}
	rows := []string{"order_id,customer_id,order_date,amount"}
	for i := range 80 { // forty customers, two orders each, a year apart: nobody leaves, nothing varies
		rows = append(rows, fmt.Sprintf("%d,c%d,%d-03-01,10", i, i%40, 2021+2*(i/40)))
	}
	w := loaded(t, rows...)
	if _, err := w.WhatIf(context.Background(), whatif.ModeFitted, nil); err != nil && !errors.As(err, &none) {
		t.Errorf("thin data: %v", err)
	}
	m := whatIf(t, w, whatif.ModeFormula)
	if r := evaluate(t, m, whatif.Scenario{}); r.Total.Customers != 40 || !(r.Total.Baseline.Value > 0) {
		t.Errorf("by formula %d customers are worth %v", r.Total.Customers, r.Total.Baseline.Value)
	}
	short := loaded(t, "order_id,customer_id,order_date,amount", "1,a,2024-01-01,5", "2,b,2024-02-01,5")
	if _, err := short.WhatIf(context.Background(), whatif.ModeFormula, nil); !errors.As(err, &none) || !strings.Contains(none.Error(), "two years") {
		t.Errorf("a span of a month: %v", err)
	}
	w = inMemory(t)
	apply(t, w, Settings{Basis: Margin}) // before anything is loaded that would not do
	load(t, w, file(t, "orders.csv", table(rows...)))
	if _, err := w.WhatIf(context.Background(), whatif.ModeFormula, nil); !errors.As(err, &none) || !strings.Contains(none.Error(), "--margin") {
		t.Errorf("an unknown margin: %v", err)
	}
}

// TestFormulaEstimates works the estimates of a shop out by hand: thirty customers who
// order every year but the last, and thirty who ordered once, all six years ago.
func TestFormulaEstimates(t *testing.T) {
	rows := []string{"order_id,customer_id,order_date,amount"}
	for c := range 60 {
		for year := range 5 {
			if c < 30 || year == 0 {
				rows = append(rows, fmt.Sprintf("%d-%d,c%d,%d-06-01,%d", c, year, c, 2018+year, 10+2*year))
			}
		}
	}
	rows = append(rows, "z,z,2024-06-01,7") // 2,192 days after the first
	w := loaded(t, rows...)
	m := whatIf(t, w, whatif.ModeFormula)
	// Years since the first that are over, and the next one too: 5 (0 to 4). 150 brought
	// an order of a regular, 30 one of the others; 120 of them were followed by another.
	position, err := m.Position(context.Background(), whatif.Scenario{}, whatif.Everyone, whatif.Retention)
	if err != nil {
		t.Fatal(err)
	}
	var regulars whatif.Spec
	for _, name := range m.Segments() {
		if s := m.Spec(whatif.Scope(name), whatif.Lifetime); s.N == 150 {
			regulars = s
		}
	}
	if want := 1 / (1 - 120.0/151); math.Abs(regulars.Base-want) > 1e-9 {
		t.Errorf("regulars stay %v years, want %v (everybody's retention is %v)", regulars.Base, want, position.At)
	}
}

// TestWhatIfRows compares every customer under a scenario with the customers they are,
// in the order of every column.
func TestWhatIfRows(t *testing.T) {
	ctx := context.Background()
	w := demoShop(t)
	m := whatIf(t, w, whatif.ModeFitted)
	s, err := m.Set(whatif.Scenario{}, whatif.Everyone, whatif.Margin, "50%")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]string{}
	for _, line := range rows(t, w, "select customer_id, segment, clv from derived.customers where x is not null") {
		id, rest, _ := strings.Cut(line, "|")
		known[id] = rest
	}
	var columns []string
	for _, c := range whatIfColumns {
		columns = append(columns, c.Name)
	}
	for _, column := range columns {
		r, err := m.CustomerRows(ctx, s, Picked{}, column, true)
		if err != nil {
			t.Fatal(err)
		}
		page, err := r.Page(ctx, 0, m.Customers+10)
		if err != nil || len(page) != len(known) || r.Len() != len(known) {
			t.Fatalf("%s: %d rows of %d customers, %v", column, len(page), len(known), err)
		}
		at := slices.Index(columns, column)
		for i, row := range page {
			id, _ := row[0].(string)
			baseline, _ := row[2].(float64)
			scenario, _ := row[3].(float64)
			var clv float64
			segment, _, _ := strings.Cut(known[id], "|")
			if _, err := fmt.Sscanf(known[id][len(segment)+1:], "%g", &clv); err != nil || row[1] != segment || !near(baseline, clv) || !near(scenario, clv/2) {
				t.Fatalf("%s: the row of %s is %v; the customer is %s", column, id, row, known[id])
			}
			if i == 0 || at == 1 || at == 6 || at == 7 {
				continue // sorted by what stands behind the words
			}
			switch v := row[at].(type) {
			case float64:
				if before, _ := page[i-1][at].(float64); before < v {
					t.Fatalf("%s: %v stands before %v", column, before, v)
				}
			case string:
				if before, _ := page[i-1][at].(string); before < v {
					t.Fatalf("%s: %v stands before %v", column, before, v)
				}
			}
		}
	}
	if _, err := m.CustomerRows(ctx, s, Picked{}, "nonsense", true); err == nil {
		t.Error("a column that is not there sorts")
	}
}

// TestWhatIfRowsPicked: segments and those who change tier are those who are counted.
func TestWhatIfRowsPicked(t *testing.T) {
	ctx := context.Background()
	m := whatIf(t, demoShop(t), whatif.ModeFitted)
	s := m.Place(whatif.Scenario{}, whatif.Everyone, whatif.Margin, 0.5)
	spread, err := m.Distribute(ctx, s)
	if err != nil {
		t.Fatal(err)
	}
	down := 0
	for i, line := range evaluate(t, m, s).Segments {
		r, err := m.CustomerRows(ctx, s, Picked{Scope: line.Scope}, "", false)
		if err != nil || r.Len() != line.Customers {
			t.Errorf("%s: %d rows of %d customers, %v", line.Scope, r.Len(), line.Customers, err)
		}
		for from := whatif.TierTop; from <= whatif.TierRest; from++ {
			for to := from + 1; to <= whatif.TierRest; to++ {
				moving, err := m.CustomerRows(ctx, s, Picked{Scope: line.Scope, Moving: true, From: from, To: to}, "change", false)
				if err != nil {
					t.Fatal(err)
				}
				down += moving.Len()
			}
		}
		if down -= spread.Segments[i].Down; down != 0 {
			t.Errorf("%s: rows of those who go down differ from their count by %d", line.Scope, down)
		}
	}
	r, err := m.CustomerRows(ctx, s, Picked{}, "", false)
	if err != nil {
		t.Fatal(err)
	}
	other, err := r.Under(whatif.Scenario{}).Page(ctx, 7, 1)
	if err != nil {
		t.Fatal(err)
	}
	if row, ok, err := r.Locate(ctx, fmt.Sprint(other[0][0])); row != 7 || !ok || err != nil || other[0][2] != other[0][3] {
		t.Errorf("%v stands in row %d, %v", other[0], row, err)
	}
}

// TestWhatIfWordOfMouth compares word of mouth in scenarios with the settings they stand
// for, for every reading of own value.
func TestWhatIfWordOfMouth(t *testing.T) {
	ctx := context.Background()
	w := demoShop(t)
	theta, lambda, one := 0.8, 0.3, 0.25
	for _, own := range OwnValues {
		apply(t, w, Settings{Referrals: Referrals{Own: own}})
		m := whatIf(t, w, whatif.ModeFitted)
		var s whatif.Scenario
		for lever, text := range map[whatif.Lever]string{
			whatif.Theta: "0.8", whatif.Lambda: "0.3", whatif.TypeOne: "25%", whatif.Window: "9mo", whatif.Referral: "100%",
		} {
			var err error
			if s, err = m.Set(s, whatif.Everyone, lever, text); err != nil {
				t.Fatal(err)
			}
		}
		mouth, err := m.WordOfMouth(ctx, s)
		if err != nil {
			t.Fatal(err)
		}
		result := evaluate(t, m, s)
		base, _ := sumsOfMouth(t, w)
		apply(t, w, Settings{Referrals: Referrals{Own: own, Theta: &theta, Lambda: &lambda, TypeOne: &one, Window: 9}})
		want, referral := sumsOfMouth(t, w)
		for i, f := range []struct {
			got  whatif.MouthFigures
			want whatif.MouthFigures
		}{{mouth.Total.Baseline, base}, {mouth.Total.Scenario, want}} {
			if !near(f.got.Credited, f.want.Passed) || !near(f.got.Passed, f.want.Passed) || math.Abs(f.got.Influence-f.want.Influence) > 1e-4 || math.Abs(f.got.CRV-f.want.CRV) > 1e-4 {
				t.Errorf("%s, %d: word of mouth is %+v, want %+v", own, i, f.got, f.want)
			}
		}
		for _, l := range result.Segments {
			if math.Abs(l.Scenario.Referral-referral[string(l.Scope)]) > 1e-4 {
				t.Errorf("%s, %s: referral credit is %v, want %v", own, l.Scope, l.Scenario.Referral, referral[string(l.Scope)])
			}
		}
		if !near(result.Total.Scenario.Value, result.Total.Baseline.Value) {
			t.Errorf("%s: credit makes %v of %v", own, result.Total.Scenario.Value, result.Total.Baseline.Value)
		}
	}
}

// sumsOfMouth adds up what derived.referrals says, and referral credit by segment.
func sumsOfMouth(t *testing.T, w *Workspace) (f whatif.MouthFigures, bySegment map[string]float64) {
	t.Helper()
	line := rows(t, w, "select sum(passed_up), sum(influence), sum(crv) from derived.referrals")[0]
	if _, err := fmt.Sscanf(line, "%g|%g|%g", &f.Passed, &f.Influence, &f.CRV); err != nil {
		t.Fatal(err)
	}
	bySegment = map[string]float64{}
	for _, line := range rows(t, w, "select segment, sum(referral) from derived.customers where x is not null group by segment") {
		name, sum, _ := strings.Cut(line, "|")
		v, err := strconv.ParseFloat(sum, 64)
		if err != nil {
			t.Fatal(err)
		}
		bySegment[name] = v
	}
	return f, bySegment
}

func TestScenariosAreKept(t *testing.T) {
	ctx := context.Background()
	w := demoShop(t)
	m := whatIf(t, w, whatif.ModeFitted)
	s := whatif.Scenario{Name: "  summer save "}
	for scope, text := range map[whatif.Scope]string{whatif.Everyone: "35%", whatif.Scope(m.Segments()[0]): "×0.9"} {
		var err error
		if s, err = m.Set(s, scope, whatif.Margin, text); err != nil {
			t.Fatal(err)
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(w.SaveScenario(ctx, s, whatif.ModeFitted))
	must(w.SaveScenario(ctx, s, whatif.ModeFormula)) // in place of the first
	must(w.SaveScenario(ctx, whatif.Scenario{Name: "a ' quote"}, whatif.ModeFitted))
	kept, err := w.Scenario(ctx, "summer save")
	must(err)
	s.Name = "summer save"
	if !kept.Scenario.Equal(s) || kept.Mode != whatif.ModeFormula || kept.SavedAt.IsZero() || kept.AsOf.Format(time.DateOnly) != m.Terms.AsOf {
		t.Errorf("kept %+v, want %+v", kept, s)
	}
	must(w.RenameScenario(ctx, "a ' quote", "b"))
	must(w.RenameScenario(ctx, "b", "b"))
	if err := w.RenameScenario(ctx, "b", "summer save"); err == nil {
		t.Error("a rename takes the name of another")
	}
	must(w.DeleteScenario(ctx, "summer save"))
	all, err := w.Scenarios(ctx)
	must(err)
	if len(all) != 1 || all[0].Scenario.Name != "b" {
		t.Errorf("left are %+v", all)
	}
	for _, name := range []string{"", " ", strings.Repeat("x", 81)} {
		if err := w.SaveScenario(ctx, whatif.Scenario{Name: name}, whatif.ModeFitted); err == nil {
			t.Errorf("a scenario is kept under %q", name)
		}
	}
	var none *NoAnswerError
	if err := w.DeleteScenario(ctx, "gone"); !errors.As(err, &none) || !strings.Contains(none.Error(), "saved are b") {
		t.Errorf("a scenario that is not there: %v", err)
	}
}

// BenchmarkWhatIf makes the models of the shop of BenchmarkLoad.
func BenchmarkWhatIf(b *testing.B) {
	w := inMemory(b)
	load(b, w, shopFile(b))
	for _, mode := range []whatif.Mode{whatif.ModeFitted, whatif.ModeFormula} {
		b.Run(mode.String(), func(b *testing.B) {
			for b.Loop() {
				w.whatIf = whatIfs{}
				whatIf(b, w, mode)
			}
		})
	}
}
