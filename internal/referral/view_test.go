package referral

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// drawn writes what a view shows, indented.
func drawn(v *View) string {
	var b strings.Builder
	for i := range v.Len() {
		fmt.Fprintf(&b, "%*s%c\n", v.Level(i), "", rune(v.forest.Key(v.Node(i))))
	}
	return b.String()
}

func TestViewOpensAndCloses(t *testing.T) {
	f, values := tree(t)
	v := NewView(f, -1)
	steps := []struct {
		name string
		do   func()
		want string
	}{
		{"at first", func() {}, "A\n"},
		{"A opened", func() { v.Toggle(0) }, "A\n B\n C\n D\n"},
		{"a leaf stays closed", func() { v.Toggle(2) }, "A\n B\n C\n D\n"},
		{"B opened", func() { v.Toggle(1) }, "A\n B\n  E\n  F\n C\n D\n"},
		{"A closed", func() { v.Toggle(0) }, "A\n"},
		{"G revealed", func() { v.Reveal(f.Node('G')) }, "A\n B\n  E\n   G\n  F\n C\n D\n"},
		{"B closed, E below open", func() { v.Toggle(1) }, "A\n B\n C\n D\n"},
		{"by name, down", func() { v.Sort(func(n int) float64 { return float64(f.Key(n)) }, true) }, "A\n D\n C\n B\n"},
		{"B opened again", func() { v.Toggle(3) }, "A\n D\n C\n B\n  F\n  E\n   G\n"},
		{"by own value", func() { v.Sort(func(n int) float64 { return values.Own[n] }, false) }, "A\n B\n  F\n  E\n   G\n C\n D\n"},
		{"all closed", v.CollapseAll, "A\n"},
		{"two levels", func() { v.ExpandTo(2) }, "A\n B\n  F\n  E\n C\n D\n"},
		{"all open", v.ExpandAll, "A\n B\n  F\n  E\n   G\n C\n D\n"},
		{"as at first", func() { v.Sort(nil, false) }, "A\n B\n  E\n   G\n  F\n C\n D\n"},
	}
	for _, s := range steps {
		s.do()
		if got := drawn(v); got != s.want {
			t.Errorf("%s:\n%s\nnot\n%s", s.name, got, s.want)
		}
	}
	v.CollapseBelow(1)
	if got := drawn(v); got != "A\n B\n C\n D\n" {
		t.Errorf("closed below B:\n%s", got)
	}
	v.Toggle(1)
	if got := drawn(v); got != "A\n B\n  E\n  F\n C\n D\n" { // E was closed too
		t.Errorf("B opened after that:\n%s", got)
	}
	v.ExpandBelow(1)
	if got := drawn(v); got != "A\n B\n  E\n   G\n  F\n C\n D\n" {
		t.Errorf("opened below B:\n%s", got)
	}
	if v.Size() != 7 || v.At(3) != f.Node('G') {
		t.Errorf("%d places, node %d at place 3", v.Size(), v.At(3))
	}
	if line := v.Line(f.Node('G')); line != 3 || v.Parent(line) != 2 || v.Parent(2) != 1 || v.Parent(0) != -1 || !v.Open(2) || v.Open(3) {
		t.Errorf("G is on line %d, its parent on %d", line, v.Parent(line))
	}
}

func TestViewOfOneTree(t *testing.T) {
	f, _ := tree(t)
	v := NewView(f, f.Node('B'))
	if got := drawn(v); got != "B\n E\n F\n" {
		t.Errorf("below B:\n%s", got)
	}
	if v.Parent(0) != -1 || v.Parent(1) != 0 || v.Line(f.Node('A')) != -1 || v.Reveal(f.Node('C')) != -1 {
		t.Error("what is not below B is seen")
	}
	if line := v.Reveal(f.Node('G')); line != 2 || drawn(v) != "B\n E\n  G\n F\n" {
		t.Errorf("G is on line %d:\n%s", line, drawn(v))
	}
}

// A view shows what a plain walk over open nodes shows, after any steps.
func TestViewOfAnyForest(t *testing.T) {
	eachMess(t, func(t *testing.T, r *rand.Rand, people []Person, edges []Edge, own []float64, o Options) {
		f := build(t, people, edges, o)
		value, descending := f.Arrange(own), false
		var by func(int) float64
		v := NewView(f, -1)
		open := map[int]bool{}
		for range 12 {
			switch step := r.IntN(10); {
			case step == 0:
				by, descending = func(n int) float64 { return value[n] }, r.IntN(2) == 0
				v.Sort(by, descending)
			case step == 1 && f.Len() > 0:
				node := r.IntN(f.Len())
				line := v.Reveal(node)
				if f.Lone(node) != (line < 0) || line >= 0 && v.Node(line) != node {
					t.Errorf("node %d revealed on line %d", node, line)
				}
				if line >= 0 {
					for _, up := range f.Path(node)[:f.Generation(node)] {
						open[up] = true
					}
				}
			case v.Len() > 0:
				line := r.IntN(v.Len())
				if node := v.Node(line); f.Direct(node) > 0 {
					open[node] = !open[node]
				}
				v.Toggle(line)
			}
			want := plainLines(f, open, by, descending)
			for i := range v.Len() {
				if v.Line(v.Node(i)) != i || v.Open(i) != open[v.Node(i)] || v.Parent(i) >= i {
					t.Errorf("line %d: node %d on %d, open %v", i, v.Node(i), v.Line(v.Node(i)), v.Open(i))
				}
			}
			if got := nodes(v); !slices.Equal(got, want) {
				t.Errorf("seen %v, not %v", got, want)
			}
		}
	})
}

func nodes(v *View) []int {
	var out []int
	for i := range v.Len() {
		out = append(out, v.Node(i))
	}
	return out
}

func plainLines(f *Forest, open map[int]bool, by func(int) float64, descending bool) []int {
	sorted := func(family []int) []int {
		if by != nil {
			slices.SortStableFunc(family, func(a, b int) int {
				if descending {
					a, b = b, a
				}
				return cmp.Compare(by(a), by(b))
			})
		}
		return family
	}
	var out []int
	var show func(int)
	show = func(node int) {
		out = append(out, node)
		if open[node] {
			for _, c := range sorted(slices.Collect(f.Children(node))) {
				show(c)
			}
		}
	}
	var roots []int
	for root := range f.Roots() {
		if !f.Lone(root) {
			roots = append(roots, root)
		}
	}
	for _, root := range sorted(roots) {
		show(root)
	}
	return out
}

// Next and Previous go round the places in either direction.
func TestViewFinds(t *testing.T) {
	f, _ := tree(t)
	v := NewView(f, -1)
	vowel := func(n int) bool { return strings.ContainsRune("AE", rune(f.Key(n))) }
	for _, tt := range []struct {
		from           rune // 0: none
		next, previous rune
	}{{0, 'A', 'E'}, {'A', 'E', 'E'}, {'E', 'A', 'A'}, {'C', 'A', 'E'}, {'B', 'E', 'A'}} {
		from := -1
		if tt.from != 0 {
			from = f.Node(int64(tt.from))
		}
		if next, previous := v.Next(from, vowel), v.Previous(from, vowel); f.Key(next) != int64(tt.next) || f.Key(previous) != int64(tt.previous) {
			t.Errorf("from %c: next %c, previous %c", tt.from, rune(f.Key(next)), rune(f.Key(previous)))
		}
	}
	if none := func(int) bool { return false }; v.Next(0, none) != -1 || v.Previous(0, none) != -1 {
		t.Error("somebody is found")
	}
}

func TestTopRoots(t *testing.T) {
	edges := []Edge{{Referrer: 1, Referred: 2}, {Referrer: 3, Referred: 4}, {Referrer: 3, Referred: 5}}
	f := build(t, people(6), edges, Options{})
	top := f.TopRoots(9, func(n int) float64 { return float64(f.Descendants(n)) })
	if len(top) != 2 || f.Key(top[0]) != 3 || f.Key(top[1]) != 1 {
		t.Errorf("top roots %v", top)
	}
	if one := f.TopRoots(1, func(n int) float64 { return -float64(f.Descendants(n)) }); len(one) != 1 || f.Key(one[0]) != 1 {
		t.Errorf("top root %v", one)
	}
	if got := f.Histogram(); !slices.Equal(got, []int{2, 3}) {
		t.Errorf("by generation %v", got)
	}
}
