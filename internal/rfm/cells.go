package rfm

import (
	"encoding/binary"
	"iter"
	"math"
	"math/bits"
	"slices"
)

// axis is a measure, or all scores at once, cut where any box begins or ends.
type axis struct {
	measure Measure
	atoms   []atom
}

// atom is a piece of an axis within which no box can tell customers apart.
type atom struct {
	boxes    bitset    // the boxes that contain it
	lo, hi   float64   // for whole measures: the values in it, both ends included
	readings []reading // an example
}

// limits is what a missing atom and a real one have in common.
type limits struct{ lo, hi float64 }

// or returns the atom's limits, or lowest and up when the measure is unbounded
// by any rule.
func (a *atom) or(lowest float64) limits {
	if a == nil {
		return limits{lowest, math.Inf(1)}
	}
	return limits{a.lo, a.hi}
}

// axes returns the axes along which the boxes differ.
func axes(boxes []Box, levels int) []axis {
	used := Rules{Boxes: boxes}.Measures()
	var list []axis
	scores := slices.DeleteFunc(slices.Clone(used), func(m Measure) bool { return !m.isScore() })
	if len(scores) > 0 {
		list = append(list, axis{R, scoreAtoms(boxes, scores, levels)})
	}
	for _, m := range used {
		switch {
		case m.isScore():
		case m.isWhole():
			list = append(list, axis{m, wholeAtoms(boxes, m)})
		default:
			list = append(list, axis{m, realAtoms(boxes, m)})
		}
	}
	return list
}

// scoreAtoms tries every triple of R, F and M. Triples that lie in the same
// boxes are one atom, whose example is the first of them.
func scoreAtoms(boxes []Box, scores []Measure, levels int) []atom {
	var atoms []atom
	seen := make(map[string]bool)
	for r := 1; r <= levels; r++ {
		for f := 1; f <= levels; f++ {
			for m := 1; m <= levels; m++ {
				var customer Measures
				customer.SetScore(Score{R: r, F: f, M: m, FM: CombineFM(f, m)})
				in := within(boxes, scores, customer)
				if key := in.key(); !seen[key] {
					seen[key] = true
					a := atom{boxes: in}
					for _, s := range scores {
						a.readings = append(a.readings, reading{s, customer[s]})
					}
					atoms = append(atoms, a)
				}
			}
		}
	}
	return atoms
}

// wholeAtoms cuts the whole numbers that m can be into runs.
func wholeAtoms(boxes []Box, m Measure) []atom {
	lowest := m.domain(DefaultLevels).Lo
	starts := []float64{lowest}
	for _, b := range boxes {
		r := b.Ranges[m]
		first, next := math.Ceil(r.Lo), math.Floor(r.Hi)+1
		if r.LoOpen {
			first = math.Floor(r.Lo) + 1
		}
		if r.HiOpen {
			next = math.Ceil(r.Hi)
		}
		for _, s := range [...]float64{first, next} {
			if s > lowest && !math.IsInf(s, 0) {
				starts = append(starts, s)
			}
		}
	}
	slices.Sort(starts)
	starts = slices.Compact(starts)
	atoms := make([]atom, len(starts))
	for i, s := range starts {
		atoms[i] = newAtom(boxes, m, s)
		atoms[i].lo, atoms[i].hi = s, math.Inf(1)
		if i+1 < len(starts) {
			atoms[i].hi = starts[i+1] - 1
		}
	}
	return atoms
}

// realAtoms cuts what m can be into the bounds themselves and the intervals
// between them.
func realAtoms(boxes []Box, m Measure) []atom {
	domain := m.domain(DefaultLevels)
	var bounds []float64
	for _, b := range boxes {
		for _, v := range [...]float64{b.Ranges[m].Lo, b.Ranges[m].Hi} {
			if domain.Contains(v) && !math.IsInf(v, 0) {
				bounds = append(bounds, v)
			}
		}
	}
	if !math.IsInf(domain.Lo, 0) {
		bounds = append(bounds, domain.Lo)
	}
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	var atoms []atom
	previous := domain.Lo
	for _, v := range append(slices.Clone(bounds), domain.Hi) {
		if inside := between(previous, v); inside > previous && inside < v {
			atoms = append(atoms, newAtom(boxes, m, inside))
		}
		if domain.Contains(v) && !math.IsInf(v, 0) {
			atoms = append(atoms, newAtom(boxes, m, v))
		}
		previous = v
	}
	return atoms
}

// between returns a value strictly between two, of which either may be infinite,
// if there is one.
func between(lo, hi float64) float64 {
	switch {
	case math.IsInf(lo, -1) && math.IsInf(hi, 1):
		return 0
	case math.IsInf(lo, -1):
		return hi - 1
	case math.IsInf(hi, 1):
		return lo + 1
	}
	return lo + (hi-lo)/2
}

func newAtom(boxes []Box, m Measure, value float64) atom {
	var customer Measures
	customer[m] = value
	return atom{boxes: within(boxes, []Measure{m}, customer), readings: []reading{{m, value}}}
}

// within returns the boxes that contain the customer as far as the given
// measures tell.
func within(boxes []Box, measures []Measure, customer Measures) bitset {
	in := newBitset(len(boxes))
	for i := range boxes {
		if !slices.ContainsFunc(measures, func(m Measure) bool { return !boxes[i].Ranges[m].Contains(customer[m]) }) {
			in.add(i)
		}
	}
	return in
}

// bitset is a set of boxes by index.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) add(i int) { b[i/64] |= 1 << (i % 64) }

func (b bitset) and(o bitset) bitset {
	both := make(bitset, len(b))
	for i := range b {
		both[i] = b[i] & o[i]
	}
	return both
}

// key identifies the set among those of as many boxes.
func (b bitset) key() string {
	key := make([]byte, 0, 8*len(b))
	for _, w := range b {
		key = binary.BigEndian.AppendUint64(key, w)
	}
	return string(key)
}

// all yields the members in ascending order.
func (b bitset) all() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, w := range b {
			for ; w != 0; w &= w - 1 {
				if !yield(64*i + bits.TrailingZeros64(w)) {
					return
				}
			}
		}
	}
}
