package referral

import (
	"cmp"
	"math"
	"slices"

	"worth/internal/i18n"
)

// Build makes the forest that statements describe among people. The error is
// that of more people than can be numbered (2³¹).
func Build(people []Person, edges []Edge, o Options) (*Forest, error) {
	if len(people)+len(edges) > math.MaxInt32/2 {
		return nil, i18n.Errorf("%d persons and %d referrals are more than worth can chain", len(people), len(edges))
	}
	b := &builder{people: people, edges: edges, reasons: make([]Reason, len(edges))}
	b.screen(o)
	b.number()
	b.choose(o)
	b.prune()
	return b.arrange(), nil
}

// builder numbers everybody: people as they were given, then stubs by key.
type builder struct {
	people  []Person
	edges   []Edge
	reasons []Reason // by edge
	index   *index
	stubs   []int64 // keys
	from    []int32 // referrer's number, by edge; none for those refused by screen
	to      []int32
	edge    []int32 // the edge that brought a number in, or none
}

// screen refuses what can be told from the statement alone.
func (b *builder) screen(o Options) {
	for i, e := range b.edges {
		switch {
		case e.Status == Rejected:
			b.reasons[i] = NotApproved
		case e.Status == Pending:
			b.reasons[i] = NotCompleted
		case e.Referrer == e.Referred:
			b.reasons[i] = Self
		case e.Kind == Staff && !o.ChainStaff:
			b.reasons[i] = ByStaff
		case e.Kind == KOL && !o.ChainKOL:
			b.reasons[i] = ByKOL
		}
	}
}

// number gives everybody a number and refuses what comes too late.
func (b *builder) number() {
	known := newIndex(len(b.people))
	for i, p := range b.people {
		known.add(p.Key, int32(i))
	}
	b.from, b.to = make([]int32, len(b.edges)), make([]int32, len(b.edges))
	for i, e := range b.edges {
		b.from[i], b.to[i] = none, none
		if b.reasons[i] != Accepted {
			continue
		}
		b.from[i], b.to[i] = known.find(e.Referrer), known.find(e.Referred)
		if to := b.to[i]; to != none && e.At != Undated && e.At > b.people[to].Until {
			b.reasons[i] = TooLate
			continue
		}
		if b.from[i] == none {
			b.stubs = append(b.stubs, e.Referrer)
		}
		if b.to[i] == none {
			b.stubs = append(b.stubs, e.Referred)
		}
	}
	b.index = known
	if len(b.stubs) == 0 {
		return
	}
	slices.Sort(b.stubs)
	b.stubs = slices.Compact(b.stubs)
	b.numberStubs()
}

func (b *builder) numberStubs() {
	all := newIndex(len(b.people) + len(b.stubs))
	for i, p := range b.people {
		all.add(p.Key, int32(i))
	}
	for i, key := range b.stubs {
		all.add(key, int32(len(b.people)+i)) //nolint:gosec // Build has checked
	}
	for i, e := range b.edges {
		if b.reasons[i] != Accepted {
			continue
		}
		if b.from[i] == none {
			b.from[i] = all.find(e.Referrer)
		}
		if b.to[i] == none {
			b.to[i] = all.find(e.Referred)
		}
	}
	b.index = all
}

// claim is a statement that is in the running.
type claim struct {
	at       int64
	from, to int32
	edge     int32
}

// choose takes the claims in the order of their times.
func (b *builder) choose(o Options) {
	b.edge = make([]int32, len(b.people)+len(b.stubs))
	for i := range b.edge {
		b.edge[i] = none
	}
	claims := b.claims()
	if o.LastTouch {
		claims = b.latest(claims)
	}
	trees := newTrees(len(b.edge))
	for _, c := range claims {
		switch other := b.edge[c.to]; {
		case other != none && b.from[other] == c.from:
			b.reasons[c.edge] = Repeated
		case other != none:
			b.reasons[c.edge] = Superseded
		case !trees.join(c.from, c.to):
			b.reasons[c.edge] = Circle
		default:
			b.edge[c.to] = c.edge
		}
	}
}

// claims lists what is in the running, earliest first. At one time the numbers
// of the persons decide, so that the order of the statements does not; of equal
// claims the one with the higher reward stands first.
func (b *builder) claims() []claim {
	claims := make([]claim, 0, len(b.edges))
	for i, e := range b.edges {
		if b.reasons[i] == Accepted {
			claims = append(claims, claim{e.At, b.from[i], b.to[i], int32(i)})
		}
	}
	slices.SortFunc(claims, func(x, y claim) int {
		if x.at != y.at {
			return cmp.Compare(x.at, y.at)
		}
		if x.from != y.from {
			return cmp.Compare(x.from, y.from)
		}
		if x.to != y.to {
			return cmp.Compare(x.to, y.to)
		}
		if c := cmp.Compare(b.edges[y.edge].Reward, b.edges[x.edge].Reward); c != 0 {
			return c
		}
		return cmp.Compare(x.edge, y.edge) // alike in all that matters
	})
	return claims
}

// latest leaves the last claim to every person in the running, undated ones only
// where there is no other.
func (b *builder) latest(claims []claim) []claim {
	best := make([]int32, len(b.edge)) // position among claims
	for i := range best {
		best[i] = none
	}
	better := func(c, than claim) bool {
		if (c.at == Undated) != (than.at == Undated) {
			return than.at == Undated
		}
		return c.at > than.at // of one time the first stays
	}
	for i, c := range claims {
		if best[c.to] == none || better(c, claims[best[c.to]]) {
			best[c.to] = int32(i)
		}
	}
	var kept []claim
	for i, c := range claims {
		switch first := claims[best[c.to]]; {
		case int(best[c.to]) == i:
			kept = append(kept, c)
		case first.from == c.from:
			b.reasons[c.edge] = Repeated
		default:
			b.reasons[c.edge] = Superseded
		}
	}
	return kept
}

// prune refuses the claims to strangers who lead to nobody known, from the last
// of a chain upwards.
func (b *builder) prune() {
	known := int32(len(b.people)) //nolint:gosec // Build has checked
	children := make([]int32, len(b.edge))
	for _, e := range b.edge {
		if e != none {
			children[b.from[e]]++
		}
	}
	for s := known; int(s) < len(b.edge); s++ {
		for at := s; at >= known && children[at] == 0 && b.edge[at] != none; {
			e := b.edge[at]
			b.edge[at], b.reasons[e] = none, Unknown
			at = b.from[e]
			children[at]--
		}
	}
}

// trees tells which numbers hang together: union–find with halved paths.
type trees []int32

func newTrees(n int) trees {
	t := make(trees, n)
	for i := range t {
		t[i] = int32(i)
	}
	return t
}

// join hangs child, which has no parent yet, below parent, unless they hang
// together already.
func (t trees) join(parent, child int32) bool {
	root := t.root(parent)
	if root == child {
		return false
	}
	t[child] = root
	return true
}

// root returns the root of a number's tree.
func (t trees) root(i int32) int32 {
	for t[i] != i {
		t[i] = t[t[i]]
		i = t[i]
	}
	return i
}
