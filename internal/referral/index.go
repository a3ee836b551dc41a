package referral

import "math/bits"

// none stands for no node, no parent, no edge.
const none int32 = -1

// index finds the number of a key. It is a hash table in two flat arrays, a
// third of the time and space of a map: building a forest is mostly looking up.
type index struct {
	keys  []int64
	at    []int32 // none: an empty place
	shift uint8
}

// newIndex returns a table for up to n keys.
func newIndex(n int) *index {
	width := uint8(bits.Len(uint(2*n + 1))) //nolint:gosec // at most 64, and n is a length
	x := &index{keys: make([]int64, 1<<width), at: make([]int32, 1<<width), shift: 64 - width}
	for i := range x.at {
		x.at[i] = none
	}
	return x
}

// place returns where a key stands or would stand.
func (x *index) place(key int64) int {
	const golden = 0x9e3779b97f4a7c15                // spreads keys that follow one another
	p := int(uint64(key) * golden >> (x.shift & 63)) //nolint:gosec // the bits are what counts
	for x.at[p] != none && x.keys[p] != key {
		p = (p + 1) & (len(x.at) - 1)
	}
	return p
}

// add gives a key its number unless it has one.
func (x *index) add(key int64, number int32) {
	if p := x.place(key); x.at[p] == none {
		x.keys[p], x.at[p] = key, number
	}
}

// find returns the number of a key, or none.
func (x *index) find(key int64) int32 { return x.at[x.place(key)] }
