package referral

import (
	"slices"
	"testing"
)

// reasonsOf returns the reason of every statement, by position.
func reasonsOf(f *Forest, edges int) []Reason {
	out := make([]Reason, edges)
	for _, r := range f.Refused() {
		out[r.Edge] = r.Reason
	}
	return out
}

func people(n int) []Person {
	out := make([]Person, n)
	for i := range out {
		out[i] = Person{Key: int64(i + 1), Until: Undated}
	}
	return out
}

func TestRefusals(t *testing.T) {
	known := people(6)
	known[1].Until = 100 // person 2 paid first at 100
	for _, c := range []struct {
		name  string
		edges []Edge
		o     Options
		want  []Reason
		paths map[int64][]int64 // the chain above a person
	}{
		{"one referral", []Edge{{Referrer: 1, Referred: 2, At: 50}}, Options{}, []Reason{Accepted}, map[int64][]int64{2: {1, 2}}},
		{"on the moment of the order", []Edge{{Referrer: 1, Referred: 2, At: 100}}, Options{}, []Reason{Accepted}, nil},
		{"after the order", []Edge{{Referrer: 1, Referred: 2, At: 101}}, Options{}, []Reason{TooLate}, map[int64][]int64{2: {2}}},
		{"without a date", []Edge{{Referrer: 1, Referred: 2, At: Undated}}, Options{}, []Reason{Accepted}, nil},
		{
			"dated before undated",
			[]Edge{{Referrer: 1, Referred: 2, At: Undated}, {Referrer: 3, Referred: 2, At: 90}},
			Options{},
			[]Reason{Superseded, Accepted},
			map[int64][]int64{2: {3, 2}},
		},
		{"themself", []Edge{{Referrer: 2, Referred: 2, At: 1}}, Options{}, []Reason{Self}, nil},
		{
			"the earliest wins",
			[]Edge{{Referrer: 1, Referred: 2, At: 60}, {Referrer: 3, Referred: 2, At: 50}},
			Options{},
			[]Reason{Superseded, Accepted},
			map[int64][]int64{2: {3, 2}},
		},
		{
			"the latest in time wins",
			[]Edge{{Referrer: 1, Referred: 2, At: 60}, {Referrer: 3, Referred: 2, At: 50}, {Referrer: 4, Referred: 2, At: 200}},
			Options{LastTouch: true},
			[]Reason{Accepted, Superseded, TooLate},
			map[int64][]int64{2: {1, 2}},
		},
		{
			"the latest dated wins",
			[]Edge{{Referrer: 1, Referred: 2, At: Undated}, {Referrer: 3, Referred: 2, At: 50}, {Referrer: 3, Referred: 2, At: 40}},
			Options{LastTouch: true},
			[]Reason{Superseded, Accepted, Repeated},
			map[int64][]int64{2: {3, 2}},
		},
		{
			"an earlier one that is no claim", []Edge{
				{Referrer: 1, Referred: 2, At: 10, Status: Rejected}, {Referrer: 1, Referred: 2, At: 20, Status: Pending}, {Referrer: 3, Referred: 2, At: 50},
			}, Options{}, []Reason{NotApproved, NotCompleted, Accepted}, map[int64][]int64{2: {3, 2}},
		},
		{
			"said twice",
			[]Edge{{Referrer: 1, Referred: 2, At: 10}, {Referrer: 1, Referred: 2, At: 10}, {Referrer: 1, Referred: 2, At: 20}},
			Options{},
			[]Reason{Accepted, Repeated, Repeated},
			nil,
		},
		{
			"a circle of three",
			[]Edge{{Referrer: 1, Referred: 2, At: 3}, {Referrer: 2, Referred: 3, At: 1}, {Referrer: 3, Referred: 1, At: 2}},
			Options{},
			[]Reason{Circle, Accepted, Accepted},
			map[int64][]int64{1: {2, 3, 1}},
		},
		{
			"after a circle the next one counts",
			[]Edge{{Referrer: 1, Referred: 2, At: 1}, {Referrer: 2, Referred: 1, At: 2}, {Referrer: 3, Referred: 1, At: 3}},
			Options{},
			[]Reason{Accepted, Circle, Accepted},
			map[int64][]int64{2: {3, 1, 2}},
		},
		{
			"staff and KOL",
			[]Edge{{Referrer: 1, Referred: 2, At: 1, Kind: Staff}, {Referrer: 3, Referred: 4, Kind: KOL}},
			Options{},
			[]Reason{ByStaff, ByKOL},
			nil,
		},
		{
			"staff and KOL, asked for",
			[]Edge{{Referrer: 1, Referred: 2, At: 1, Kind: Staff}, {Referrer: 3, Referred: 4, Kind: KOL}},
			Options{ChainStaff: true, ChainKOL: true},
			[]Reason{Accepted, Accepted},
			nil,
		},
		{"an unknown referrer", []Edge{{Referrer: 99, Referred: 2, At: 1}}, Options{}, []Reason{Accepted}, map[int64][]int64{2: {99, 2}}},
		{"an unknown referred", []Edge{{Referrer: 1, Referred: 99, At: 1}}, Options{}, []Reason{Unknown}, nil},
		{
			"unknown, but between known",
			[]Edge{{Referrer: 1, Referred: 98, At: 1}, {Referrer: 98, Referred: 99, At: 1}, {Referrer: 99, Referred: 2, At: 1}},
			Options{},
			[]Reason{Accepted, Accepted, Accepted},
			map[int64][]int64{2: {1, 98, 99, 2}},
		},
		{
			"a chain of strangers",
			[]Edge{{Referrer: 1, Referred: 97, At: 1}, {Referrer: 97, Referred: 98, At: 1}, {Referrer: 98, Referred: 99, At: 1}},
			Options{},
			[]Reason{Unknown, Unknown, Unknown},
			nil,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := build(t, known, c.edges, c.o)
			if got := reasonsOf(f, len(c.edges)); !slices.Equal(got, c.want) {
				t.Errorf("reasons %v, not %v", got, c.want)
			}
			for who, want := range c.paths {
				var got []int64
				for _, node := range f.Path(f.Node(who)) {
					got = append(got, f.Key(node))
				}
				if !slices.Equal(got, want) {
					t.Errorf("the path to %d is %v, not %v", who, got, want)
				}
			}
		})
	}
}

func TestStubs(t *testing.T) {
	edges := []Edge{{Referrer: 99, Referred: 2}, {Referrer: 98, Referred: 2, At: 5}, {Referrer: 1, Referred: 97}}
	f := build(t, people(3), edges, Options{})
	if f.Len() != 4 || f.Stubs() != 1 || f.Linked() != 2 {
		t.Errorf("%d nodes, %d stubs, %d linked", f.Len(), f.Stubs(), f.Linked())
	}
	stub := f.Node(99)
	if stub < 0 || f.Person(stub) != -1 || f.Key(stub) != 99 || f.Node(98) != -1 || f.Node(97) != -1 || f.Node(1234) != -1 {
		t.Errorf("stub %d, others %d, %d, %d", stub, f.Node(98), f.Node(97), f.Node(1234))
	}
	c := credit(t, f, Values{Own: f.Arrange([]float64{10, 20, 30})}, DefaultParams)
	if c.Own[stub] != 0 || c.Conserved[stub] != 10 || total(c.Conserved) != 60 {
		t.Errorf("a stub is worth %v and keeps %v; all keep %v", c.Own[stub], c.Conserved[stub], total(c.Conserved))
	}
}

func TestReasonsSpeak(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Reasons() {
		if r.String() == "" || r.Text() == "" || seen[r.String()] || seen[r.Text()] {
			t.Errorf("reason %d is %q, %q", int(r), r.String(), r.Text())
		}
		seen[r.String()], seen[r.Text()] = true, true
	}
	if len(seen) != 2*int(reasons-1) {
		t.Errorf("%d texts", len(seen))
	}
}

// Everyone refers everyone else, and all at once.
func TestEveryoneRefersEveryone(t *testing.T) {
	const n = 300
	var edges []Edge
	for i := range n {
		for j := range n {
			edges = append(edges, Edge{Referrer: int64(i + 1), Referred: int64(j + 1), At: 7})
		}
	}
	f := build(t, people(n), edges, Options{})
	count := map[Reason]int{}
	for _, r := range f.Refused() {
		count[r.Reason]++
	}
	if count[Self] != n || len(f.Refused()) != n*n-(n-1) || f.Direct(0) != n-1 {
		t.Errorf("%v refused, %d brought in by the first", count, f.Direct(0))
	}
}

// A ring is cut at its latest referral and becomes one chain.
func TestRing(t *testing.T) {
	const n = 100_000
	edges := make([]Edge, n)
	for i := range edges {
		edges[i] = Edge{Referrer: int64(i + 1), Referred: int64((i+1)%n + 1), At: int64((i + 500) % n)}
	}
	f := build(t, people(n), edges, Options{})
	refused := f.Refused()
	if len(refused) != 1 || refused[0].Reason != Circle || edges[refused[0].Edge].At != n-1 {
		t.Fatalf("refused %v", refused)
	}
	root := f.Node(edges[refused[0].Edge].Referred)
	if root != 0 || f.Depth(root) != n-1 || f.Descendants(root) != n-1 || len(f.Path(n-1)) != n || len(f.Histogram()) != n {
		t.Errorf("root %d: depth %d, %d below", root, f.Depth(root), f.Descendants(root))
	}
}

func TestStrangersOnly(t *testing.T) {
	const n = 1_000_000
	edges := make([]Edge, n)
	for i := range edges {
		edges[i] = Edge{Referrer: int64(10 + i), Referred: int64(11 + i), At: int64(i % 1000)}
	}
	f := build(t, people(3), edges, Options{})
	if len(f.Refused()) != n || f.Len() != 3 || f.Stubs() != 0 {
		t.Errorf("%d refused, %d nodes", len(f.Refused()), f.Len())
	}
	for i := range edges { // strangers who bring in people who are known
		edges[i] = Edge{Referrer: int64(10 + i), Referred: 1 + int64(i%3), At: int64(i)}
	}
	f = build(t, people(3), edges, Options{})
	if len(f.Refused()) != n-3 || f.Len() != 6 || f.Stubs() != 3 {
		t.Errorf("%d refused, %d nodes", len(f.Refused()), f.Len())
	}
}

func TestNobody(t *testing.T) {
	f := build(t, nil, nil, Options{})
	v := NewView(f, -1)
	if f.Len() != 0 || f.Node(1) != -1 || len(f.Histogram()) != 0 || v.Len() != 0 || len(f.TopRoots(3, nil)) != 0 {
		t.Error("nobody makes somebody")
	}
	v.ExpandAll()
	if c := credit(t, f, Values{}, DefaultParams); len(c.Own) != 0 || v.Len() != 0 {
		t.Error("nobody is credited")
	}
}
