package referral

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// mess invents people and statements about them with everything that goes wrong:
// circles, duplicates, strangers, people who refer themselves, late ones.
func mess(r *rand.Rand) ([]Person, []Edge, []float64) {
	n := 1 + r.IntN(40)
	people, own := make([]Person, n), make([]float64, n)
	for i := range people {
		people[i] = Person{Key: int64(i*7919 + 1), Until: Undated}
		if r.IntN(3) > 0 {
			people[i].Until = r.Int64N(60)
		}
		own[i] = float64(r.IntN(100_000))/100 - 50
	}
	key := func() int64 {
		if r.IntN(8) == 0 {
			return -1 - r.Int64N(6) // a stranger
		}
		return people[r.IntN(n)].Key
	}
	edges := make([]Edge, r.IntN(3*n))
	for i := range edges {
		edges[i] = Edge{Referrer: key(), Referred: key(), At: r.Int64N(50), Reward: float64(r.IntN(3))}
		switch r.IntN(12) {
		case 0:
			edges[i].At = Undated
		case 1:
			edges[i].Status = Status(1 + r.IntN(2))
		case 2:
			edges[i].Kind = Kind(1 + r.IntN(2))
		case 3:
			if i > 0 {
				edges[i] = edges[r.IntN(i)]
			}
		}
	}
	return people, edges, own
}

func eachMess(t *testing.T, check func(t *testing.T, r *rand.Rand, people []Person, edges []Edge, own []float64, o Options)) {
	t.Helper()
	for seed := range uint64(1500) {
		r := rand.New(rand.NewPCG(seed, 5))
		people, edges, own := mess(r)
		check(t, r, people, edges, own, Options{LastTouch: r.IntN(3) == 0, ChainStaff: r.IntN(2) == 0, ChainKOL: r.IntN(2) == 0})
		if t.Failed() {
			t.Fatalf("with seed %d: people %v, edges %v", seed, people, edges)
		}
	}
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*(1+math.Abs(a)+math.Abs(b)) }

// Credit is what a walk over children and grandchildren says, and conserves the
// total.
func TestCreditOfAnyForest(t *testing.T) {
	eachMess(t, func(t *testing.T, r *rand.Rand, people []Person, edges []Edge, own []float64, o Options) {
		f := build(t, people, edges, o)
		p := Params{Lambda: r.Float64(), Theta: r.Float64(), TypeOne: r.Float64(), Keep: 3, SavedCAC: 7}
		c := credit(t, f, Values{Own: f.Arrange(own)}, p)
		if sum, want := total(c.Conserved), total(own); !near(sum, want) {
			t.Errorf("conserved %v of %v", sum, want)
		}
		children := map[int][]int{}
		for i := range f.Len() {
			children[f.Parent(i)] = append(children[f.Parent(i)], i)
		}
		for i := range f.Len() {
			w := walk(children, c.Own, i, p)
			if !near(w.influence, c.Influence[i]) || !near(w.brought, c.Brought[i]) || w.descendants != f.Descendants(i) || w.depth != f.Depth(i) ||
				f.Direct(i) != len(children[i]) || !slices.Equal(slices.Collect(f.Children(i)), children[i]) {
				t.Errorf("node %d: %+v, but %v, %v, %d, %d", i, w, c.Influence[i], c.Brought[i], f.Descendants(i), f.Depth(i))
			}
			kept, passed := w.tree, 0.0
			if f.Parent(i) >= 0 {
				kept, passed = (1-p.Theta)*w.tree, p.Theta*w.tree
			}
			if !near(kept, c.Conserved[i]) || !near(passed, c.Passed(i)) {
				t.Errorf("node %d keeps %v, not %v", i, c.Conserved[i], kept)
			}
		}
	})
}

type walked struct {
	influence, brought, tree float64
	descendants, depth       int
}

// walk adds up what is below a node by the definitions.
func walk(children map[int][]int, own []float64, node int, p Params) walked {
	w := walked{tree: own[node]}
	for _, c := range children[node] {
		below := walk(children, own, c, p)
		w.influence += p.Lambda * (own[c] + below.influence)
		w.brought += own[c] + below.brought
		w.tree += p.Theta * below.tree
		w.descendants += 1 + below.descendants
		w.depth = max(w.depth, 1+below.depth)
	}
	return w
}

// described tells everything that matters of a forest, by key.
func described(f *Forest, edges []Edge) map[int64][]int64 {
	out := map[int64][]int64{}
	for i := range f.Len() {
		path := f.Path(i)
		var keys []int64
		for _, n := range path {
			keys = append(keys, f.Key(n))
		}
		if e := f.Edge(i); e >= 0 {
			keys = append(keys, edges[e].At)
		}
		out[f.Key(i)] = keys
	}
	return out
}

// The order of the statements makes no difference, and every statement either
// brought somebody in or is refused.
func TestOrderOfEdges(t *testing.T) {
	eachMess(t, func(t *testing.T, r *rand.Rand, people []Person, edges []Edge, own []float64, o Options) {
		f := build(t, people, edges, o)
		shuffled := slices.Clone(edges)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		g := build(t, people, shuffled, o)
		a, b := described(f, edges), described(g, shuffled)
		if len(a) != len(b) {
			t.Errorf("%d nodes and %d", len(a), len(b))
		}
		for key, chain := range a {
			if !slices.Equal(chain, b[key]) {
				t.Errorf("%d: %v and %v", key, chain, b[key])
			}
		}
		ca, cb := credit(t, f, Values{Own: f.Arrange(own)}, DefaultParams), credit(t, g, Values{Own: g.Arrange(own)}, DefaultParams)
		if !slices.Equal(ca.Conserved, cb.Conserved) || !slices.Equal(ca.CRV, cb.CRV) || !slices.Equal(f.key, g.key) {
			t.Error("the credit is not the same to the last bit")
		}
		why := func(f *Forest, edges []Edge) map[Edge][reasons]int {
			m := map[Edge][reasons]int{}
			for _, r := range f.Refused() {
				counts := m[edges[r.Edge]]
				counts[r.Reason]++
				m[edges[r.Edge]] = counts
			}
			return m
		}
		x, y := why(f, edges), why(g, shuffled)
		for e, counts := range x {
			if y[e] != counts {
				t.Errorf("%+v is refused for %v and for %v", e, counts, y[e])
			}
		}
		brought := 0
		for i := range f.Len() {
			if f.Parent(i) >= 0 {
				brought++
			}
		}
		if brought+len(f.Refused()) != len(edges) {
			t.Errorf("%d statements: %d brought somebody in, %d are refused", len(edges), brought, len(f.Refused()))
		}
	})
}

// Without the statements that bring a person in, all credit for that person and
// everybody below is gone from the people above, and nothing else changes.
func TestRemovedEdge(t *testing.T) {
	eachMess(t, func(t *testing.T, r *rand.Rand, people []Person, edges []Edge, own []float64, o Options) {
		f := build(t, people, edges, o)
		var cut []int
		for i := range f.Len() {
			if f.Parent(i) >= 0 && f.Person(i) >= 0 && f.Person(f.Parent(i)) >= 0 {
				cut = append(cut, i)
			}
		}
		if len(cut) == 0 {
			return
		}
		node := cut[r.IntN(len(cut))]
		who := f.Key(node)
		// What is not accepted goes too, so that no other statement takes its place.
		var rest []Edge
		for i := range f.Len() {
			if e := f.Edge(i); e >= 0 && i != node {
				rest = append(rest, edges[e])
			}
		}
		g := build(t, people, rest, o)
		before, after := credit(t, f, Values{Own: f.Arrange(own)}, DefaultParams), credit(t, g, Values{Own: g.Arrange(own)}, DefaultParams)
		above := map[int64]bool{}
		for _, n := range f.Path(node)[:f.Generation(node)] {
			above[f.Key(n)] = true
		}
		tree := before.Brought[node] + before.Own[node]
		for i := range g.Len() {
			old := f.Node(g.Key(i))
			want, size := before.Brought[old], f.Descendants(old)
			if above[g.Key(i)] {
				want, size = want-tree, size-f.Size(node)
			}
			if !near(after.Brought[i], want) || g.Descendants(i) != size {
				t.Errorf("%d brought %v, not %v; %d below, not %d", g.Key(i), after.Brought[i], want, g.Descendants(i), size)
			}
			if !above[g.Key(i)] && g.Key(i) != who && !near(after.Conserved[i], before.Conserved[old]) {
				t.Errorf("%d keeps %v, and kept %v", g.Key(i), after.Conserved[i], before.Conserved[old])
			}
		}
	})
}
