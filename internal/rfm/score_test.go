package rfm

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-12*max(1, math.Abs(b)) }

func TestQuantileIsType7(t *testing.T) {
	for _, c := range []struct {
		values  []float64
		p, want float64
	}{
		{[]float64{7}, 0.2, 7},
		{[]float64{1, 2}, 0.5, 1.5},
		{[]float64{4, 1, 3, 2}, 0.25, 1.75},
		{[]float64{4, 1, 3, 2}, 0.75, 3.25},
		{[]float64{15, 20, 35, 40, 50}, 0.4, 29},
		{[]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.2, 2.8},
		{[]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.8, 8.2},
		{[]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.9, 9.1},
		{[]float64{-5, -1, 10}, 0, -5},
		{[]float64{-5, -1, 10}, 1, 10},
		{[]float64{0.1, 0.1, 0.1, 0.1}, 0.6, 0.1},
	} {
		got, err := Quantile(c.values, c.p)
		if err != nil || !near(got, c.want) {
			t.Errorf("Quantile(%v, %v) = %v, %v; want %v", c.values, c.p, got, err, c.want)
		}
	}
}

func TestQuantileRefuses(t *testing.T) {
	for _, c := range []struct {
		values []float64
		p      float64
		want   string
	}{
		{nil, 0.5, "no customers"},
		{[]float64{1}, 1.5, "not at 1.5"},
		{[]float64{1}, math.NaN(), "not at NaN"},
		{[]float64{1, math.NaN()}, 0.5, "not finite"},
		{[]float64{1, math.Inf(1)}, 0.5, "not finite"},
	} {
		if _, err := Quantile(c.values, c.p); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Quantile(%v, %v): %v; want %q", c.values, c.p, err, c.want)
		}
	}
}

func TestCombineFM(t *testing.T) {
	want := [5][5]int{{1, 2, 2, 3, 3}, {2, 2, 3, 3, 4}, {2, 3, 3, 4, 4}, {3, 3, 4, 4, 5}, {3, 4, 4, 5, 5}}
	for f := 1; f <= 5; f++ {
		for m := 1; m <= 5; m++ {
			if got := CombineFM(f, m); got != want[f-1][m-1] {
				t.Errorf("CombineFM(%d, %d) = %d, want %d", f, m, got, want[f-1][m-1])
			}
		}
	}
}

func TestScoreAtCutPoints(t *testing.T) {
	c := Cuts{
		R: []float64{10, 20, 30, 40}, F: FixedFCuts(), M: []float64{50, 100, 100, 200},
		RMode: ModeFixed, FMode: ModeFixed, MMode: ModeQuantile,
	}
	if err := c.Validate(); err != nil {
		t.Fatal(err)
	}
	for days, want := range map[float64]int{0: 5, 9: 5, 10: 4, 11: 4, 20: 3, 30: 2, 39: 2, 40: 1, 41: 1, 9999: 1} {
		if got := c.Score(days, 1, 0).R; got != want {
			t.Errorf("R of %v days = %d, want %d", days, got, want)
		}
	}
	for orders, want := range map[float64]int{1: 1, 2: 2, 3: 3, 4: 4, 5: 4, 6: 5, 60: 5} {
		if got := c.Score(0, orders, 0).F; got != want {
			t.Errorf("F of %v orders = %d, want %d", orders, got, want)
		}
	}
	for net, want := range map[float64]int{-7: 1, 50: 1, 50.01: 2, 100: 2, 100.01: 4, 200: 4, 200.01: 5} {
		if got := c.Score(0, 1, net).M; got != want {
			t.Errorf("M of %v = %d, want %d", net, got, want)
		}
	}
	if got, want := c.Score(15, 4, 300), (Score{R: 4, F: 4, M: 5, FM: 5}); got != want {
		t.Errorf("Score = %+v, want %+v", got, want)
	}
	if got := DistinctLevels(c.M); got != 4 {
		t.Errorf("DistinctLevels = %d, want 4", got)
	}
}

func TestScoreProperties(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for levels := MinLevels; levels <= MaxLevels; levels++ {
		for range 50 {
			n := 1 + random.IntN(60)
			days, orders, net := make([]float64, n), make([]float64, n), make([]float64, n)
			for i := range n {
				days[i], orders[i] = float64(random.IntN(40)), float64(1+random.IntN(4))
				net[i] = math.Round(random.NormFloat64()*5000) / 100
			}
			c, err := QuantileCuts(days, orders, net, levels)
			if err != nil || c.Validate() != nil || c.Levels() != levels {
				t.Fatalf("QuantileCuts: %+v, %v, %v", c, err, c.Validate())
			}
			checkScores(t, c, levels, days, orders, net)
		}
	}
}

// checkScores holds c against the definition: mirrored recency, equal scores for
// equal values, higher scores for better values.
func checkScores(t *testing.T, c Cuts, levels int, days, orders, net []float64) {
	t.Helper()
	mirrored := slices.Clone(c.R)
	slices.Reverse(mirrored)
	for i := range mirrored {
		mirrored[i] = -mirrored[i]
	}
	for i := range days {
		s := c.Score(days[i], orders[i], net[i])
		if want := above(mirrored, -days[i]); s.R != want {
			t.Fatalf("R of %v days at %v = %d, mirrored %d", days[i], c.R, s.R, want)
		}
		if s.R < 1 || s.R > levels || s.F < 1 || s.F > levels || s.M < 1 || s.M > levels || s.FM != CombineFM(s.F, s.M) {
			t.Fatalf("score %+v out of %d levels", s, levels)
		}
		for j := range days {
			o := c.Score(days[j], orders[j], net[j])
			if days[i] < days[j] && s.R < o.R || orders[i] > orders[j] && s.F < o.F || net[i] > net[j] && s.M < o.M {
				t.Fatalf("a better value scores lower: %+v, %+v", s, o)
			}
		}
	}
}

func TestTiesScoreEqual(t *testing.T) {
	days, orders, net := []float64{5, 5, 5, 5, 5}, []float64{1, 1, 1, 1, 9}, []float64{0.1, 0.1, 0.1, 0.1, 0.1}
	c, err := QuantileCuts(days, orders, net, 5)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := c.Score(5, 1, 0.1), (Score{R: 1, F: 1, M: 1, FM: 1}); got != want {
		t.Errorf("all equal: %+v, want %+v", got, want)
	}
	if got := c.Score(5, 9, 0.1).F; got != 5 {
		t.Errorf("the one frequent customer has F %d, want 5", got)
	}
	if got := DistinctLevels(c.R); got != 2 {
		t.Errorf("DistinctLevels(%v) = %d, want 2", c.R, got)
	}
}

func TestCutsRefuse(t *testing.T) {
	good := Cuts{R: []float64{1, 2}, F: []float64{1, 2}, M: []float64{1, 2}, RMode: ModeFixed, FMode: ModeFixed, MMode: ModeFixed}
	for want, spoil := range map[string]func(*Cuts){
		"R has 0 cut-points; give between 1 and 4":             func(c *Cuts) { c.R = nil },
		"F has 4 cut-points and R has 2":                       func(c *Cuts) { *c = c.WithFixedF() },
		"cut-points of M must ascend, but 1 stands after 2":    func(c *Cuts) { c.M = []float64{2, 1} },
		"cut-points of F must ascend, but 2 stands after 2":    func(c *Cuts) { c.F = []float64{2, 2} },
		"a cut-point of M is NaN":                              func(c *Cuts) { c.M = []float64{1, math.NaN()} },
		"cut-points of R are of mode \"\"; choose quantile or": func(c *Cuts) { c.RMode = "" },
	} {
		c := good
		spoil(&c)
		if err := c.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v; want %q", c, err, want)
		}
	}
	if _, err := QuantileCuts([]float64{1}, []float64{1}, nil, 5); err == nil {
		t.Error("slices of different length were accepted")
	}
	if _, err := QuantileCuts([]float64{1}, []float64{1}, []float64{1}, 6); err == nil {
		t.Error("six levels were accepted")
	}
}
