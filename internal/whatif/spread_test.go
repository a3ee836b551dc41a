package whatif

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"testing"

	"worth/internal/clv"
)

// TestArrange compares with sorting: many, few, equal, sorted and reversed values.
func TestArrange(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 2))
	kinds := map[string]func(i int) float64{
		"normal":  func(int) float64 { return draw.NormFloat64() },
		"few":     func(int) float64 { return float64(draw.IntN(3)) },
		"equal":   func(int) float64 { return 1 },
		"rising":  func(i int) float64 { return float64(i) },
		"falling": func(i int) float64 { return float64(-i) },
		"saw":     func(i int) float64 { return float64(i % 100) },
	}
	for name, value := range kinds {
		for _, n := range []int{1, 2, 3, 64, 65, 1000, 20000, 150000} {
			values := make([]float64, n)
			for i := range values {
				values[i] = value(i)
			}
			sorted := slices.Sorted(slices.Values(values))
			if got, want := median(slices.Clone(values)), (sorted[(n-1)/2]+sorted[n/2])/2; math.Abs(got-want) > 1e-12*math.Abs(want) {
				t.Errorf("%s: the median of %d is %v, want %v", name, n, got, want)
			}
			ranks := spreadRanks(n)
			arrange(values, ranks)
			for _, rank := range ranks {
				if values[rank] != sorted[rank] {
					t.Errorf("%s: rank %d of %d is %v, want %v", name, rank, n, values[rank], sorted[rank])
				}
			}
			if slices.Sort(values); !slices.Equal(values, sorted) {
				t.Errorf("%s: values are lost", name)
			}
		}
	}
}

// TestDistribution compares with what sorted customers say.
func TestDistribution(t *testing.T) {
	bothModels(t, func(t *testing.T, m *Model) {
		s := mustSet(t, m, mustSet(t, m, Scenario{}, "At Risk", Frequency, "×2.5"), "Loyal", AOV, "×0.4")
		d := mustDistribute(t, m, s)
		customers := make([]int32, len(m.people.Segment))
		for i := range customers {
			customers[i] = int32(i)
		}
		rows, err := m.Rows(context.Background(), s, customers)
		if err != nil {
			t.Fatal(err)
		}
		var before, after []float64
		var moves [tiers][tiers]int
		for _, row := range rows {
			before, after = append(before, row.Baseline.Value), append(after, row.Scenario.Value)
			moves[row.BaselineTier][row.ScenarioTier]++
		}
		if moves != d.Moves || d.Moved() == 0 {
			t.Errorf("rows move %v, the distribution %v", moves, d.Moves)
		}
		checkSpread(t, d.Baseline, before)
		checkSpread(t, d.Scenario, after)
		slices.Sort(before)
		n := len(before)
		if d.Thresholds != [2]float64{before[n-n/5], before[n-n/2]} {
			t.Errorf("thresholds %v", d.Thresholds)
		}
		movers, err := m.Movers(context.Background(), s, TierMiddle, TierTop)
		if err != nil || len(movers) != d.Moves[TierMiddle][TierTop] || !slices.IsSorted(movers) {
			t.Errorf("%d movers of %d, %v", len(movers), d.Moves[TierMiddle][TierTop], err)
		}
		for _, c := range movers {
			if rows[c].BaselineTier != TierMiddle || rows[c].ScenarioTier != TierTop {
				t.Errorf("customer %d is no mover", c)
			}
		}
		if same := mustDistribute(t, m, Scenario{}); same.Moved() != 0 || same.Baseline != same.Scenario {
			t.Errorf("at the baseline %d customers move", same.Moved())
		}
	})
}

// checkSpread compares a spread with values.
func checkSpread(t *testing.T, s Spread, values []float64) {
	t.Helper()
	sorted := slices.Clone(values)
	sort.Sort(sort.Reverse(sort.Float64Slice(sorted)))
	n := len(sorted)
	near(t, "median", s.Median, (sorted[(n-1)/2]+sorted[n/2])/2, 1e-12)
	for j := range s.Tenths {
		var sum float64
		for _, v := range sorted[n*j/10 : n*(j+1)/10] {
			sum += v
		}
		near(t, "tenth", s.Tenths[j], sum, 1e-9)
	}
	var customers int
	var value, all float64
	for tier := range s.Tiers {
		customers += s.Tiers[tier]
		value += s.TierValues[tier]
	}
	for _, v := range sorted {
		all += v
	}
	near(t, "sum of tiers", value, all, 1e-10)
	if customers != n || !slices.IsSorted(s.Deciles[:]) {
		t.Errorf("%d customers in tiers, deciles %v", customers, s.Deciles)
	}
}

// TestTornadoAndGrid: bars and cells are what direct evaluation says.
func TestTornadoAndGrid(t *testing.T) {
	bothModels(t, func(t *testing.T, m *Model) {
		ctx := context.Background()
		s := mustSet(t, m, mustSet(t, m, Scenario{}, Everyone, Margin, "+2pt"), "Loyal", Retention, "+2pt")
		bars, err := m.Tornado(ctx, s, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i, bar := range bars {
			if i > 0 && bar.Width() > bars[i-1].Width() {
				t.Errorf("%v is wider than the bar above", bar.Lever)
			}
			for side, value := range []float64{bar.Low, bar.High} {
				want := mustEvaluate(t, m, m.Place(s, Everyone, bar.Lever, value)).Total.Scenario.Value
				near(t, "bar of "+bar.Lever.String(), bar.Equity[side], want, 0)
			}
		}
		for _, levers := range [][2]Lever{{Margin, Retention}, {Lifetime, Discount}, {AOV, CAC}} {
			for _, scope := range []Scope{Everyone, "At Risk"} {
				checkGrid(t, m, s, scope, levers)
			}
		}
		if _, err := m.Sensitivity(ctx, s, Everyone, Axis{Lever: Retention}, Axis{Lever: Dropout}, nil); err == nil {
			t.Error("a grid of retention and dropout is not refused")
		}
		if _, err := m.Sensitivity(ctx, s, Everyone, Axis{Margin, []float64{2}}, Axis{Lever: AOV}, nil); err == nil {
			t.Error("a grid with a margin of 200 % is not refused")
		}
	})
}

// checkGrid compares a grid with direct evaluation; where the scenario stands it is the
// scenario.
func checkGrid(t *testing.T, m *Model, s Scenario, scope Scope, levers [2]Lever) {
	t.Helper()
	ctx := context.Background()
	rows, err := m.Axis(ctx, s, scope, levers[0], 5)
	if err != nil {
		t.Fatal(err)
	}
	cols, err := m.Axis(ctx, s, scope, levers[1], 3)
	if err != nil {
		t.Fatal(err)
	}
	grid, err := m.Sensitivity(ctx, s, scope, rows, cols, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows.Values) != 5 || len(cols.Values) != 3 || !slices.IsSorted(rows.Values) {
		t.Errorf("axes %v and %v", rows, cols)
	}
	for i, a := range rows.Values {
		for j, b := range cols.Values {
			want := mustEvaluate(t, m, m.Place(m.Place(s, scope, levers[0], a), scope, levers[1], b)).Total.Scenario.Value
			near(t, "cell", grid.Equity[i][j], want, 0)
		}
	}
	at, here := [2]int{}, mustEvaluate(t, m, s).Total.Scenario.Value
	for i, axis := range []Axis{rows, cols} {
		position, err := m.Position(ctx, s, scope, levers[i])
		if err != nil {
			t.Fatal(err)
		}
		at[i] = slices.Index(axis.Values, position.At)
	}
	if at[0] < 0 || at[1] < 0 {
		t.Fatalf("where the scenario stands is not on the axes %v and %v", rows, cols)
	}
	near(t, "cell of the scenario", grid.Equity[at[0]][at[1]], here, 1e-8)
}

// TestSlidersHeldDown: a lever nudged for a minute ends at its bound, and back at the
// baseline nothing is set.
func TestSlidersHeldDown(t *testing.T) {
	bothModels(t, func(t *testing.T, m *Model) {
		ctx := context.Background()
		for _, lever := range Levers {
			if lever.bends() || m.Spec(Everyone, lever).Off != "" {
				continue
			}
			spec, s := m.Spec(Everyone, lever), Scenario{}
			for range 1800 {
				s = mustNudge(t, m, s, Everyone, lever, 5)
			}
			if at, _ := m.Position(ctx, s, Everyone, lever); math.Abs(at.At-spec.High) > 1e-9*math.Abs(spec.High) {
				t.Errorf("%v held up stands at %v, not %v", lever, at.At, spec.High)
			}
			for range 4000 {
				if s = mustNudge(t, m, s, Everyone, lever, -1); s.IsBaseline() {
					break
				}
			}
			if !s.IsBaseline() && spec.Base > spec.Low {
				t.Errorf("%v never comes back to the baseline: %v", lever, s.Settings())
			}
		}
		for _, lever := range []Lever{Retention, Lifetime, Dropout} {
			s := mustNudge(t, m, Scenario{}, "Loyal", lever, 3)
			s = mustNudge(t, m, s, "Loyal", lever, 1e6)
			if at, _ := m.Position(ctx, s, "Loyal", lever); at.At > at.High || at.At < at.Base {
				t.Errorf("%v stands at %v", lever, at.At)
			}
			checkFinite(t, mustEvaluate(t, m, s))
		}
	})
}

// mustNudge returns a scenario with a lever nudged.
func mustNudge(t *testing.T, m *Model, s Scenario, scope Scope, lever Lever, steps float64) Scenario {
	t.Helper()
	s, err := m.Nudge(context.Background(), s, scope, lever, steps)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSurvival compares with clv, for ages of 0 to 20 years and odd parameters.
func TestSurvival(t *testing.T) {
	var spans []clv.Group
	for _, x := range []int{0, 1, 7, 60} {
		for days := 0.0; days <= 7300; days += 61 {
			spans = append(spans, clv.Group{History: clv.History{X: x, TX: days, T: days}})
		}
	}
	for _, test := range []struct {
		model  clv.Model
		params []float64
	}{
		{clv.BGNBD, fits[clv.BGNBD]},
		{clv.MBGNBD, fits[clv.MBGNBD]},
		{clv.ParetoNBD, fits[clv.ParetoNBD]},
		{clv.BGNBD, []float64{2, 3, 0.05, 0.2}},
		{clv.MBGNBD, []float64{0.1, 100, 20, 30}},
		{clv.ParetoNBD, []float64{1, 5, 3, 4}},
	} {
		p, err := clv.New(test.model, test.params)
		if err != nil {
			t.Fatal(err)
		}
		times, got := []float64{30, 365.25, 3650}, make([]float64, 3*len(spans))
		plan := newSurvival(p, spans)
		if err := plan.at(context.Background(), p, times, got); err != nil {
			t.Fatal(err)
		}
		if len(plan.samples) == len(spans) {
			t.Error("nothing is interpolated")
		}
		for i, span := range spans {
			for j, after := range times {
				near(t, "survival", got[i*3+j], p.AliveAfter(span.History, after)/p.Alive(span.History), 1e-8)
			}
		}
	}
}
