package referral

import (
	"math"
	"testing"
)

// tree is the worked example: A→B,C,D; B→E,F; E→G.
func tree(t *testing.T) (*Forest, Values) {
	t.Helper()
	own := []float64{5000, 5000, 5000, 5000, 2000, 1000, 4000}
	people := make([]Person, len(own))
	for i := range people {
		people[i] = Person{Key: int64('A' + i), Until: Undated}
	}
	edges := []Edge{
		{Referrer: 'A', Referred: 'B'},
		{Referrer: 'A', Referred: 'C'},
		{Referrer: 'A', Referred: 'D'},
		{Referrer: 'B', Referred: 'E'},
		{Referrer: 'B', Referred: 'F'},
		{Referrer: 'E', Referred: 'G'},
	}
	f := build(t, people, edges, Options{})
	return f, Values{Own: f.Arrange(own)}
}

func build(t testing.TB, people []Person, edges []Edge, o Options) *Forest {
	t.Helper()
	f, err := Build(people, edges, o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func credit(t testing.TB, f *Forest, v Values, p Params) *Credit {
	t.Helper()
	c, err := f.Credit(v, p)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWorkedTree(t *testing.T) {
	f, v := tree(t)
	c := credit(t, f, v, DefaultParams)
	a := f.Node('A')
	if c.DirectValue[a] != 15_000 || c.Brought[a] != 22_000 || c.Influence[a] != 8_750 || c.CRV[a] != 15_000 {
		t.Errorf("A: direct %v, brought %v, influence %v, CRV %v", c.DirectValue[a], c.Brought[a], c.Influence[a], c.CRV[a])
	}
	if f.Direct(a) != 3 || f.Descendants(a) != 6 || f.Depth(a) != 3 || f.Generation(f.Node('G')) != 3 {
		t.Errorf("A: %d direct, %d in all, depth %d", f.Direct(a), f.Descendants(a), f.Depth(a))
	}
	kept := map[rune]float64{'A': 13_750, 'B': 3_750, 'C': 2_500, 'D': 2_500, 'E': 2_000, 'F': 500, 'G': 2_000}
	var sum float64
	for name, want := range kept {
		got := c.Conserved[f.Node(int64(name))]
		if got != want {
			t.Errorf("%c keeps %v, not %v", name, got, want)
		}
		sum += got
	}
	if sum != 27_000 {
		t.Errorf("conserved credit adds up to %v", sum)
	}
	b := f.Node('B')
	if c.Referral(a) != 8_750 || c.Referral(b) != -1_250 {
		t.Errorf("the referral part of A is %v, of B %v", c.Referral(a), c.Referral(b))
	}
	if in := c.Referral(b) + c.Passed(b); c.Passed(b) != 3_750 || in != 2_500 || c.Passed(a) != 0 {
		t.Errorf("B passes up %v and is credited %v; A passes up %v", c.Passed(b), in, c.Passed(a))
	}
}

// A café customer who spends 500 a year for ten years, with three friends alike.
func TestWorkedCafe(t *testing.T) {
	people := []Person{{1, Undated}, {2, Undated}, {3, Undated}, {4, Undated}}
	f := build(t, people, []Edge{{Referrer: 1, Referred: 2}, {Referrer: 1, Referred: 3}, {Referrer: 1, Referred: 4}}, Options{})
	c := credit(t, f, Values{Own: f.Arrange([]float64{5000, 5000, 5000, 5000})}, DefaultParams)
	i := f.Node(1)
	if own, with := c.Own[i], c.Own[i]+c.DirectValue[i]; own != 5_000 || with != 20_000 {
		t.Errorf("own %v, with direct credit %v", own, with)
	}
}

func TestKumarReferralValue(t *testing.T) {
	people := []Person{{1, Undated}, {2, Undated}, {3, Undated}}
	edges := []Edge{{Referrer: 1, Referred: 2, Reward: 5}, {Referrer: 1, Referred: 3, Reward: 10}}
	f := build(t, people, edges, Options{})
	p := Params{Lambda: 0.5, Theta: 0.5, TypeOne: 0.25, Keep: 20, SavedCAC: 30}
	c := credit(t, f, Values{Own: f.Arrange([]float64{1, 100, 60})}, p)
	if want := 0.25*(100-20) + 30 - 5 + 0.25*(60-20) + 30 - 10; c.CRV[0] != want {
		t.Errorf("CRV %v, not %v", c.CRV[0], want)
	}
}

// What a window leaves out stays with the person and reaches nobody above.
func TestWindow(t *testing.T) {
	f, v := tree(t)
	v.Counted = append([]float64(nil), v.Own...)
	g := f.Node('G')
	v.Counted[g] = 1_000 // of 4,000
	c := credit(t, f, v, DefaultParams)
	if e := f.Node('E'); c.DirectValue[e] != 1_000 || c.Conserved[g] != 3_500 || c.Conserved[e] != 1_250 {
		t.Errorf("E: direct %v, keeps %v; G keeps %v", c.DirectValue[e], c.Conserved[e], c.Conserved[g])
	}
	if sum := total(c.Conserved); sum != 27_000 {
		t.Errorf("conserved credit adds up to %v", sum)
	}
}

func total(values []float64) float64 {
	var sum float64
	for _, v := range values {
		sum += v
	}
	return sum
}

func TestParamsOutOfRange(t *testing.T) {
	f, v := tree(t)
	c := credit(t, f, v, DefaultParams)
	before := c.Conserved[0]
	for _, p := range []Params{{Lambda: -0.1}, {Theta: 1.1}, {TypeOne: math.NaN()}, {Keep: math.Inf(1)}, {SavedCAC: math.NaN()}} {
		if err := c.Recompute(p); err == nil {
			t.Errorf("%+v is taken", p)
		}
	}
	if c.Conserved[0] != before {
		t.Error("a refused change of parameters changed the credit")
	}
	if _, err := f.Credit(Values{Own: []float64{1}}, DefaultParams); err == nil {
		t.Error("one value for seven nodes is taken")
	}
}

func TestParamsAtTheirEnds(t *testing.T) {
	f, v := tree(t)
	c := credit(t, f, v, Params{Lambda: 1, Theta: 1, TypeOne: 1})
	if c.Influence[0] != 22_000 || c.Conserved[0] != 27_000 || c.Conserved[1] != 0 || c.Passed(1) != 12_000 {
		t.Errorf("at 1: influence %v, A keeps %v, B %v and passes up %v", c.Influence[0], c.Conserved[0], c.Conserved[1], c.Passed(1))
	}
	if err := c.Recompute(Params{}); err != nil {
		t.Fatal(err)
	}
	if c.Influence[0] != 0 || c.Conserved[0] != 5_000 || c.Referral(1) != 0 || c.CRV[0] != 0 {
		t.Errorf("at 0: influence %v, A keeps %v, CRV %v", c.Influence[0], c.Conserved[0], c.CRV[0])
	}
}
