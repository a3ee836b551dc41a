package intake

import (
	"bytes"
	"context"
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"

	"worth/internal/duck"
)

// nothingScan is a writer that looks, while delimited text goes by, for cells that
// say in a word that they hold nothing: NULL, a dash. It may take something else for
// such a cell (part of a quoted text, say), but misses none; when it found nothing,
// nobody need compare every cell with every word.
type nothingScan struct {
	words [][]byte
	first [256]bool // whether a word begins with the byte
	edge  [256]bool // whether a cell may begin after the byte, or end before it
	tail  []byte    // the end of what went by, for cells that go on

	found  bool // some cell is one of the words, or a dash among spaces
	dashed bool // some cell is a dash among spaces, which DuckDB would read as the amount 0

	eight [3]uint64 // each byte a word begins with, as folded leaves it, eight times over
	few   bool      // whether eight holds them all
}

// folded makes the upper- and the lower-case letters of eight bytes one, and some
// other bytes too, which are told apart later.
const folded = 0x2020202020202020

// seam is how much of a text is looked at again where its parts meet: more than a
// cell that holds nothing takes.
const seam = 64

// newNothingScan returns a scan of delimited text for words. Empty words are none,
// and dashes among spaces are known by their shape.
func newNothingScan(words []string, delimiter, quote string) *nothingScan {
	n := &nothingScan{tail: []byte{'\n'}}
	const each = 0x0101010101010101
	firsts := []uint64{each*'-' | folded}
	n.first['-'] = true
	for _, w := range words {
		if w == "" || strings.Contains(w, " ") {
			continue
		}
		n.words = append(n.words, []byte(w))
		n.first[w[0]] = true
		if eight := each*uint64(w[0]) | folded; !slices.Contains(firsts, eight) {
			firsts = append(firsts, eight)
		}
	}
	n.few = len(firsts) <= len(n.eight)
	for i := range n.eight {
		n.eight[i] = firsts[min(i, len(firsts)-1)]
	}
	for _, c := range []byte("\r\n'\ufeff" + delimiter + quote) {
		n.edge[c] = true
	}
	return n
}

// Write looks at the next part of the text; it never fails.
func (n *nothingScan) Write(p []byte) (int, error) {
	n.look(append(n.tail, p[:min(len(p), seam)]...))
	n.look(p)
	if len(p) >= seam {
		n.tail = append(n.tail[:0], p[len(p)-seam:]...)
	} else {
		n.tail = append(n.tail, p...)
		n.tail = n.tail[max(0, len(n.tail)-seam):]
	}
	return len(p), nil
}

// end takes what went by for the whole text.
func (n *nothingScan) end() { n.look(append(n.tail, '\n')) }

// look searches b for cells that hold nothing, eight bytes at a time where few bytes
// can begin one. Once there is a word, only dashes are new.
func (n *nothingScan) look(b []byte) {
	i := 1
	if n.few {
		p0, p1, p2 := n.eight[0], n.eight[1], n.eight[2]
		for ; i+8 < len(b); i += 8 {
			v := binary.LittleEndian.Uint64(b[i:]) | folded
			for hits := zeroByte(v^p0) | zeroByte(v^p1) | zeroByte(v^p2); hits != 0; hits &= hits - 1 {
				at := i + bits.TrailingZeros64(hits)/8
				if n.edge[b[at-1]] || b[at] == '-' && b[at+1] == ' ' { // most are within words, dates and ids
					n.lookAt(b, at)
				}
			}
		}
	}
	for ; i < len(b); i++ {
		n.lookAt(b, i)
	}
}

// lookAt finds out whether a cell that holds nothing begins at i, or a dash among
// spaces is there.
func (n *nothingScan) lookAt(b []byte, i int) {
	if !n.found && n.edge[b[i-1]] && n.first[b[i]] && n.wordAt(b[i:]) {
		n.found = true
	}
	if !n.dashed && b[i] == '-' && i+1 < len(b) && b[i+1] == ' ' && n.dashAt(b, i) {
		n.found, n.dashed = true, true
	}
}

// zeroByte sets the top bit of each of the eight bytes of v that is 0, and of some
// above it that may not be.
func zeroByte(v uint64) uint64 {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	return (v - ones) & ^v & tops
}

// wordAt reports whether b begins with a word and the end of its cell.
func (n *nothingScan) wordAt(b []byte) bool {
	for _, w := range n.words {
		if len(b) > len(w) && n.edge[b[len(w)]] && bytes.HasPrefix(b, w) {
			return true
		}
	}
	return false
}

// dashAt reports whether the dash at i has spaces behind it, perhaps before it, and
// nothing else in its cell.
func (n *nothingScan) dashAt(b []byte, i int) bool {
	to, from := i+1, i-1
	for to < len(b) && b[to] == ' ' {
		to++
	}
	if to == i+1 || to == len(b) || !n.edge[b[to]] {
		return false
	}
	for from >= 0 && b[from] == ' ' {
		from--
	}
	return from >= 0 && n.edge[b[from]]
}

// wordsForNothing returns what the database takes for a cell that holds nothing.
func wordsForNothing(ctx context.Context, run duck.Runner) ([]string, error) {
	res, err := run.Query(ctx, duck.Call{Name: "load/words_for_nothing"})
	if err != nil {
		return nil, err
	}
	words := make([]string, len(res.Rows))
	for i, row := range res.Rows {
		words[i], _ = row[0].(string)
	}
	return words, nil
}
