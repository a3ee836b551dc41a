package intake

import (
	"bytes"
	"context"
	"encoding/binary"

	"worth/internal/duck"
)

// nothingScan is a writer that looks, while a text goes by, for cells that say in
// a word that they hold nothing: NULL, a dash. It may take something else for
// such a cell (part of a quoted text, say), but misses none; when it found
// nothing, nobody need compare every cell with every word.
type nothingScan struct {
	words [][]byte
	first [256]bool // whether a word begins with the byte
	edge  [256]bool // whether a cell may begin after the byte, or end before it
	tail  []byte    // the end of what went by, long enough to hold a word and its edges
	keep  int       // length of tail
	found bool

	eight [4]uint64 // each byte a word begins with, eight times over
	few   bool      // whether eight holds them all
}

// newNothingScan returns a scan of delimited text for words; empty words are none.
func newNothingScan(words []string, delimiter, quote string) *nothingScan {
	n := &nothingScan{tail: []byte{'\n'}}
	var firsts []byte
	for _, w := range words {
		if w == "" {
			continue
		}
		n.words = append(n.words, []byte(w))
		n.keep = max(n.keep, len(w)+2)
		if !n.first[w[0]] {
			n.first[w[0]] = true
			firsts = append(firsts, w[0])
		}
	}
	n.few = len(firsts) <= len(n.eight)
	for i := range n.eight {
		const each = 0x0101010101010101
		if n.few && len(firsts) > 0 {
			n.eight[i] = each * uint64(firsts[min(i, len(firsts)-1)])
		}
	}
	for _, c := range []byte("\r\n\ufeff" + delimiter + quote) {
		n.edge[c] = true
	}
	return n
}

// Write looks at the next part of the text; it never fails.
func (n *nothingScan) Write(p []byte) (int, error) {
	if n.found {
		return len(p), nil
	}
	seam := append(n.tail, p[:min(len(p), n.keep)]...) //nolint:gocritic // the tail is made anew below
	n.look(seam)
	n.look(p)
	if len(p) >= n.keep {
		seam = p
	}
	n.tail = append([]byte(nil), seam[max(0, len(seam)-n.keep):]...)
	return len(p), nil
}

// none reports, once the whole text went by, that no cell held such a word.
func (n *nothingScan) none() bool {
	if !n.found {
		n.look(append(n.tail, '\n'))
	}
	return !n.found
}

// look searches b for a word between two edges, eight bytes at a time where none
// of them can begin a word.
func (n *nothingScan) look(b []byte) {
	p0, p1, p2, p3 := n.eight[0], n.eight[1], n.eight[2], n.eight[3]
	for i := 1; i < len(b); {
		end := min(i+8, len(b))
		if end == i+8 && n.few {
			v := binary.LittleEndian.Uint64(b[i:])
			if zeroByte(v^p0)|zeroByte(v^p1)|zeroByte(v^p2)|zeroByte(v^p3) == 0 {
				i = end
				continue
			}
		}
		for ; i < end; i++ {
			if n.first[b[i]] && n.edge[b[i-1]] && n.wordAt(b[i:]) {
				n.found = true
				return
			}
		}
	}
}

// zeroByte is not 0 if and only if one of the eight bytes of v is.
func zeroByte(v uint64) uint64 {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	return (v - ones) & ^v & tops
}

func (n *nothingScan) wordAt(b []byte) bool {
	for _, w := range n.words {
		if len(b) > len(w) && n.edge[b[len(w)]] && bytes.HasPrefix(b, w) {
			return true
		}
	}
	return false
}

// pass is one reading of a file in Go, beside the database's own.
type pass struct {
	done chan struct{} // closed when the fields below are set
	sum  string
	none bool // whether no cell says in a word that it holds nothing; false when unknown
	err  error
}

// beside starts reading a file for its hash, unless that is known, and for words
// for nothing, if the file is what the database reads too.
func (l *loader) beside(ctx context.Context, s *Source) *pass {
	p := &pass{done: make(chan struct{}), sum: s.SHA256}
	if s.SHA256 != "" {
		close(p.done)
		return p
	}
	go func() {
		defer close(p.done)
		if s.Container != CSV || s.Gzip || s.Path != s.Original {
			p.sum, p.err = Hash(ctx, s.Original, nil)
			return
		}
		scan := newNothingScan(l.nothing, s.Delimiter, s.Quote)
		p.sum, p.err = hash(ctx, s.Original, scan, nil)
		p.none = p.err == nil && scan.none()
	}()
	return p
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
