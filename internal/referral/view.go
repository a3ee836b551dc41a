package referral

import (
	"cmp"
	"slices"
)

// View is a forest, or one tree of it, as the lines of a tree that opens and
// closes. Its places are its nodes in pre-order under the order of siblings in
// force; what is seen is an ascending list of places, so that a line is found by
// position, a node by bisection, and closing cuts a stretch out of the list.
type View struct {
	forest *Forest
	roots  []int32
	at     []int32 // node, by place
	place  []int32 // by node; none for nodes of other trees
	span   []int32 // size of the subtree, by place
	open   []bool  // by place
	lines  []int32 // places seen
	spare  []int32 // room to build lines in
}

// NewView returns a view of the tree below root, closed but for the root; with
// root -1, of every tree of more than one node, all closed.
func NewView(f *Forest, root int) *View {
	v := &View{forest: f}
	if root >= 0 {
		v.roots = []int32{int32(root)} //nolint:gosec // a node is an int32
	} else {
		for r := range f.Roots() {
			if f.size[r] > 1 {
				v.roots = append(v.roots, int32(r)) //nolint:gosec // a node is an int32
			}
		}
	}
	v.place = make([]int32, f.Len())
	for i := range v.place {
		v.place[i] = none
	}
	v.Sort(nil, false)
	if root >= 0 {
		v.Toggle(0)
	}
	return v
}

// Len returns the number of lines seen.
func (v *View) Len() int { return len(v.lines) }

// Node returns the node on a line.
func (v *View) Node(line int) int { return int(v.at[v.lines[line]]) }

// Open reports whether a line's children are seen.
func (v *View) Open(line int) bool { return v.open[v.lines[line]] }

// Level returns how far a line is indented: 0 for the roots of the view.
func (v *View) Level(line int) int {
	node := v.Node(line)
	if len(v.roots) == 1 {
		return v.forest.Generation(node) - v.forest.Generation(int(v.roots[0]))
	}
	return v.forest.Generation(node) // the roots of the view are those of the forest
}

// Line returns the line of a node, or -1 if the node is not seen.
func (v *View) Line(node int) int {
	place := v.place[node]
	if place == none {
		return -1
	}
	if line, seen := slices.BinarySearch(v.lines, place); seen {
		return line
	}
	return -1
}

// Parent returns the line of the parent of a line, or -1 for a root of the view.
func (v *View) Parent(line int) int {
	if v.Level(line) == 0 {
		return -1
	}
	return v.Line(v.forest.Parent(v.Node(line)))
}

// Toggle opens a closed line and closes an open one. A line without children
// stays as it is.
func (v *View) Toggle(line int) {
	place := v.lines[line]
	if v.span[place] == 1 {
		return
	}
	end := place + v.span[place]
	v.open[place] = !v.open[place]
	if v.open[place] {
		v.spare = v.walk(v.spare[:0], place+1, end)
		v.lines = slices.Insert(v.lines, line+1, v.spare...)
		return
	}
	rest, _ := slices.BinarySearch(v.lines, end)
	v.lines = slices.Delete(v.lines, line+1, rest)
}

// ExpandBelow opens a line and everything below it.
func (v *View) ExpandBelow(line int) { v.setBelow(line, true) }

// CollapseBelow closes a line and everything below it.
func (v *View) CollapseBelow(line int) { v.setBelow(line, false) }

func (v *View) setBelow(line int, open bool) {
	first := v.lines[line]
	for p := first; p < first+v.span[first]; p++ {
		v.open[p] = open && v.span[p] > 1
	}
	v.refresh()
}

// walk appends the places from first up to end that are seen when first is.
func (v *View) walk(into []int32, first, end int32) []int32 {
	for p := first; p < end; {
		into = append(into, p)
		if v.open[p] {
			p++
		} else {
			p += v.span[p]
		}
	}
	return into
}

// ExpandAll opens everything.
func (v *View) ExpandAll() { v.setAll(true) }

// CollapseAll closes everything.
func (v *View) CollapseAll() { v.setAll(false) }

func (v *View) setAll(open bool) {
	for p := range v.open {
		v.open[p] = open && v.span[p] > 1
	}
	v.refresh()
}

// ExpandTo opens what is less than levels below the roots and closes the rest.
func (v *View) ExpandTo(levels int) {
	top := 0
	if len(v.roots) == 1 {
		top = v.forest.Generation(int(v.roots[0]))
	}
	for p := range v.open {
		v.open[p] = v.span[p] > 1 && v.forest.Generation(int(v.at[p]))-top < levels
	}
	v.refresh()
}

// Reveal opens everything above a node and returns its line, or -1 if the node is
// not part of the view.
func (v *View) Reveal(node int) int {
	if v.place[node] == none {
		return -1
	}
	if line := v.Line(node); line >= 0 {
		return line
	}
	for up := v.forest.parent[node]; up != none && v.place[up] != none; up = v.forest.parent[up] {
		v.open[v.place[up]] = true
	}
	v.refresh()
	return v.Line(node)
}

// Next returns the next node of the view after a node, or from the first on for
// -1, that match accepts, seen or not; it goes on from the top and ends with the
// node itself. It returns -1 when there is none.
func (v *View) Next(node int, match func(node int) bool) int {
	from := -1
	if node >= 0 {
		from = int(v.place[node])
	}
	return v.find(from, 1, match)
}

// Previous is Next towards the top; it begins at the end for -1 and goes on there.
func (v *View) Previous(node int, match func(node int) bool) int {
	from := len(v.at)
	if node >= 0 {
		from = int(v.place[node])
	}
	return v.find(from, -1, match)
}

// find goes round the places in steps of 1 or -1, from the one after a place to
// the place itself.
func (v *View) find(place, step int, match func(node int) bool) int {
	n := len(v.at)
	for i := 1; i <= n; i++ {
		if found := int(v.at[((place+i*step)%n+n)%n]); match(found) {
			return found
		}
	}
	return -1
}

// Size returns the number of nodes of the view, seen or not.
func (v *View) Size() int { return len(v.at) }

// At returns a node of the view by its place, seen or not: 0 is the first.
func (v *View) At(place int) int { return int(v.at[place]) }

// refresh lists anew what is seen.
func (v *View) refresh() {
	v.lines = v.walk(v.lines[:0], 0, int32(len(v.at))) //nolint:gosec // nodes are int32
}

// Sort orders siblings, and the roots among themselves, by a value of their
// nodes; equal ones stay in the order of the forest, which is also what a nil
// value asks for. What is open stays open.
func (v *View) Sort(value func(node int) float64, descending bool) {
	first, child := v.families(value, descending)
	size := v.forest.size
	was, open := v.at, v.open
	next := int32(0)
	for _, r := range child[:first[0]] {
		v.place[r] = next
		next += size[r]
	}
	v.at, v.span, v.open = make([]int32, next), make([]int32, next), make([]bool, next)
	k := 0
	for _, root := range v.roots {
		for node := root; node < root+size[root]; node++ { // parents before children
			at := v.place[node] + 1
			for _, c := range child[first[k]:first[k+1]] {
				v.place[c] = at
				at += size[c]
			}
			k++
		}
	}
	for _, root := range v.roots {
		for node := root; node < root+size[root]; node++ {
			v.at[v.place[node]], v.span[v.place[node]] = node, size[node]
		}
	}
	for p, node := range was {
		v.open[v.place[node]] = open[p]
	}
	v.refresh()
}

// families lists the roots and then the children of every node of the view, each
// family in order: those of the k-th node are child[first[k]:first[k+1]].
func (v *View) families(value func(node int) float64, descending bool) (first, child []int32) {
	total := 0
	for _, r := range v.roots {
		total += v.forest.Size(int(r))
	}
	first, child = make([]int32, 0, total+1), make([]int32, 0, total)
	child = append(child, v.roots...)
	s := sorter{value: value, descending: descending}
	s.sort(child)
	first = append(first, int32(len(child))) //nolint:gosec // nodes are int32
	for _, root := range v.roots {
		for node := root; node < root+v.forest.size[root]; node++ {
			from := len(child)
			for c := range v.forest.Children(int(node)) {
				child = append(child, int32(c)) //nolint:gosec // a node is an int32
			}
			s.sort(child[from:])
			first = append(first, int32(len(child))) //nolint:gosec // nodes are int32
		}
	}
	return first, child
}

// sorter sorts families by a value, which it asks for once for every node.
type sorter struct {
	value      func(node int) float64
	descending bool
	room       []ranked
}

type ranked struct {
	value float64
	node  int32
}

// sort sorts a family that stands in the order of the forest.
func (s *sorter) sort(family []int32) {
	if s.value == nil || len(family) < 2 {
		return
	}
	s.room = s.room[:0]
	for _, node := range family {
		value := s.value(int(node))
		if s.descending {
			value = -value
		}
		s.room = append(s.room, ranked{value, node})
	}
	slices.SortFunc(s.room, func(a, b ranked) int {
		if c := cmp.Compare(a.value, b.value); c != 0 {
			return c
		}
		return cmp.Compare(a.node, b.node)
	})
	for i, r := range s.room {
		family[i] = r.node
	}
}
