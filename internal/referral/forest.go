package referral

import (
	"cmp"
	"iter"
	"slices"
)

// Forest is who brought in whom, everybody with at most one parent. Its nodes
// are the numbers 0 to Len()-1 in pre-order.
type Forest struct {
	key        []int64
	person     []int32 // position among the people given; none for stubs
	parent     []int32 // none for roots
	size       []int32 // of the subtree, the node included
	direct     []int32
	generation []int32
	depth      []int32
	edge       []int32 // what brought the node in; none for roots
	node       []int32 // by the builder's number; none for stubs that hang on nothing
	index      *index
	stubs      int
	linked     int
	refused    []Refused
	reward     []float64 // by node, for bringing it in
}

// Refused is a statement that does not count.
type Refused struct {
	Edge   int // its position among the statements given to Build
	Reason Reason
}

// arrange puts the chosen claims into pre-order.
func (b *builder) arrange() *Forest {
	first, child, order := b.family()
	size := make([]int32, len(b.edge))
	for _, i := range slices.Backward(order) {
		size[i]++
		if e := b.edge[i]; e != none {
			size[b.from[e]] += size[i]
		}
	}
	node := make([]int32, len(b.edge))
	next := int32(0)
	for i := range node {
		node[i] = none
		stray := i >= len(b.people) && size[i] == 1
		if b.edge[i] == none && !stray {
			node[i] = next
			next += size[i]
		}
	}
	for _, i := range order { // parents first
		if node[i] == none {
			continue
		}
		at := node[i] + 1
		for _, c := range child[first[i]:first[i+1]] {
			node[c] = at
			at += size[c]
		}
	}
	f := &Forest{node: node, index: b.index, size: make([]int32, next)}
	for i, n := range node {
		if n != none {
			f.size[n] = size[i]
		}
	}
	b.fill(f)
	return f
}

// family lists the children of every number, in the order of their numbers, and
// all numbers with parents before children.
func (b *builder) family() (first, child, order []int32) {
	n := len(b.edge)
	first, child, order = make([]int32, n+1), make([]int32, n), make([]int32, 0, n)
	for _, e := range b.edge {
		if e != none {
			first[b.from[e]+1]++
		}
	}
	for i := range n {
		first[i+1] += first[i]
	}
	at := slices.Clone(first)
	for i, e := range b.edge {
		if e == none {
			order = append(order, int32(i))
			continue
		}
		child[at[b.from[e]]] = int32(i)
		at[b.from[e]]++
	}
	for k := 0; k < len(order); k++ {
		i := order[k]
		order = append(order, child[first[i]:first[i+1]]...)
	}
	return first, child, order
}

// fill describes the nodes.
func (b *builder) fill(f *Forest) {
	n := len(f.size)
	f.key, f.reward = make([]int64, n), make([]float64, n)
	f.person, f.parent, f.edge = make([]int32, n), make([]int32, n), make([]int32, n)
	f.direct, f.generation, f.depth = make([]int32, n), make([]int32, n), make([]int32, n)
	for i, at := range f.node {
		if at == none {
			continue
		}
		f.edge[at], f.parent[at] = b.edge[i], none
		if i < len(b.people) {
			f.key[at], f.person[at] = b.people[i].Key, int32(i)
		} else {
			f.key[at], f.person[at] = b.stubs[i-len(b.people)], none
			f.stubs++
		}
		if e := b.edge[i]; e != none {
			f.parent[at] = f.node[b.from[e]]
			f.reward[at] = b.edges[e].Reward
		}
	}
	for i := range n {
		if p := f.parent[i]; p != none {
			f.generation[i] = f.generation[p] + 1
		}
		if f.size[i] > 1 || f.parent[i] != none {
			f.linked++
		}
	}
	for i := n - 1; i >= 0; i-- {
		if p := f.parent[i]; p != none {
			f.direct[p]++
			f.depth[p] = max(f.depth[p], f.depth[i]+1)
		}
	}
	for i, r := range b.reasons {
		if r != Accepted {
			f.refused = append(f.refused, Refused{i, r})
		}
	}
}

// Len returns the number of nodes: everybody given, and the stubs that hang
// together with somebody.
func (f *Forest) Len() int { return len(f.key) }

// Linked returns the number of nodes that brought somebody in or were brought in.
func (f *Forest) Linked() int { return f.linked }

// Stubs returns the number of nodes nobody knows.
func (f *Forest) Stubs() int { return f.stubs }

// Refused lists the statements that do not count, in the order in which the
// statements were given. Callers must not change it.
func (f *Forest) Refused() []Refused { return f.refused }

// Key returns the person at a node.
func (f *Forest) Key(node int) int64 { return f.key[node] }

// Person returns the node's position among the people given, or -1 for a stub.
func (f *Forest) Person(node int) int { return int(f.person[node]) }

// Node returns the node of a person, or -1 for a person who has none.
func (f *Forest) Node(key int64) int {
	if i := f.index.find(key); i != none {
		return int(f.node[i])
	}
	return -1
}

// Parent returns who brought the node in, or -1 for a root.
func (f *Forest) Parent(node int) int { return int(f.parent[node]) }

// Edge returns the position of the statement that brought the node in, or -1 for
// a root.
func (f *Forest) Edge(node int) int { return int(f.edge[node]) }

// Reward returns what the referrer was given for the node, in currency.
func (f *Forest) Reward(node int) float64 { return f.reward[node] }

// Size returns the number of nodes of the subtree, the node included: the
// subtree is the nodes from node to node+Size(node)-1.
func (f *Forest) Size(node int) int { return int(f.size[node]) }

// Direct returns how many people the node brought in itself.
func (f *Forest) Direct(node int) int { return int(f.direct[node]) }

// Descendants returns how many people came through the node in all.
func (f *Forest) Descendants(node int) int { return int(f.size[node]) - 1 }

// Generation returns how many people stand above the node: 0 for a root.
func (f *Forest) Generation(node int) int { return int(f.generation[node]) }

// Depth returns how many generations stand below the node: 0 for a leaf.
func (f *Forest) Depth(node int) int { return int(f.depth[node]) }

// Lone reports whether the node hangs together with nobody.
func (f *Forest) Lone(node int) bool { return f.size[node] == 1 && f.parent[node] == none }

// Children goes over the people whom the node brought in, in the order of the
// forest.
func (f *Forest) Children(node int) iter.Seq[int] {
	return func(yield func(int) bool) {
		end := node + int(f.size[node])
		for c := node + 1; c < end; c += int(f.size[c]) {
			if !yield(c) {
				return
			}
		}
	}
}

// Roots goes over the nodes that nobody brought in, lone ones included.
func (f *Forest) Roots() iter.Seq[int] {
	return func(yield func(int) bool) {
		for r := 0; r < len(f.size); r += int(f.size[r]) {
			if !yield(r) {
				return
			}
		}
	}
}

// Path returns the nodes from the root to the node, both included.
func (f *Forest) Path(node int) []int {
	path := make([]int, 0, f.generation[node]+1)
	for at := int32(node); at != none; at = f.parent[at] { //nolint:gosec // a node is an int32
		path = append(path, int(at))
	}
	slices.Reverse(path)
	return path
}

// Histogram counts the linked nodes by generation: how many roots brought
// somebody in, how many people they brought in, and so on.
func (f *Forest) Histogram() []int {
	var counts []int
	for i, g := range f.generation {
		if f.Lone(i) {
			continue
		}
		for int(g) >= len(counts) {
			counts = append(counts, 0)
		}
		counts[g]++
	}
	return counts
}

// TopRoots returns the roots that brought somebody in and have the highest
// values, at most n of them, best first.
func (f *Forest) TopRoots(n int, value func(node int) float64) []int {
	var roots []int
	for r := range f.Roots() {
		if f.size[r] > 1 {
			roots = append(roots, r)
		}
	}
	slices.SortStableFunc(roots, func(a, b int) int { return cmp.Compare(value(b), value(a)) })
	return roots[:min(max(n, 0), len(roots))]
}
