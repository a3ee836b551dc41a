package intake

import (
	"bytes"
	"strings"
)

const (
	dialectBytes   = 256 << 10 // of text to compare dialects on
	dialectRecords = 400
)

// candidate is a dialect with how well it fits.
type candidate struct {
	dialect
	records   int
	width     int     // usual number of fields
	share     float64 // of records with that number
	first     bool    // the first record has it too
	malformed int
}

// score orders candidates: an even width of two or more columns that the first
// record shares, sound quotes, then more columns.
func (c candidate) score() float64 {
	if c.width < 2 || c.share < 0.6 {
		return 0
	}
	s := c.share
	if !c.first {
		s /= 2
	}
	if c.records > 0 {
		s -= float64(c.malformed) / float64(c.records)
	}
	return s
}

// detectDialect finds the delimiter and the use of quotes. ok is false when no
// delimiter makes columns; the text is then one column, or words between spaces.
func detectDialect(h *fileHead, forced string) (best dialect, ok bool) {
	delimiters := []byte(",\t;|")
	if forced != "" {
		delimiters = []byte{forced[0]}
	}
	winner := candidate{}
	for _, quoting := range []dialect{{quote: '"', escape: '"'}, {quote: '"', escape: '\\'}, {}} {
		for _, delimiter := range delimiters {
			quoting.delimiter = delimiter
			c := try(h, quoting)
			if better(c, winner) {
				winner = c
			}
		}
		if winner.score() > 0 && winner.malformed == 0 {
			break
		}
	}
	if winner.score() > 0 {
		return winner.dialect, true
	}
	return dialect{delimiter: delimiters[0], quote: '"', escape: '"'}, forced != ""
}

func better(a, b candidate) bool {
	const alike = 0.02 // of a score: then the number of columns decides
	switch difference := a.score() - b.score(); {
	case a.score() == 0:
		return false
	case difference > alike:
		return true
	case difference < -alike:
		return false
	}
	return a.width > b.width
}

func try(h *fileHead, d dialect) candidate {
	data := bytes.TrimPrefix(h.data, bom)
	whole := h.whole
	if len(data) > dialectBytes && bytes.ContainsAny(data[:dialectBytes], "\r\n") {
		data, whole = data[:dialectBytes], false
	}
	r := &recordReader{dialect: d, data: data, whole: whole}
	records := r.readAll(dialectRecords)
	c := candidate{dialect: d, records: len(records), malformed: r.malformed}
	c.width, c.share = usualWidth(records)
	c.first = len(records) > 0 && len(records[0]) == c.width
	return c
}

// newLineOf returns the line end the text uses first.
func newLineOf(data []byte) string {
	i := bytes.IndexAny(data, "\r\n")
	switch {
	case i < 0 || data[i] == '\n':
		return "\n"
	case i+1 < len(data) && data[i+1] == '\n':
		return "\r\n"
	}
	return "\r"
}

// mixedEnds reports whether the text has lines that end differently. What stands
// between quotes ends no line.
func mixedEnds(data []byte, quote byte) bool {
	var pairs, feeds, returns, quoted bool
	for i, c := range data {
		switch {
		case quote != 0 && c == quote:
			quoted = !quoted
		case quoted:
		case c == '\n' && i > 0 && data[i-1] == '\r':
			pairs = true
		case c == '\n':
			feeds = true
		case c == '\r' && i+1 < len(data) && data[i+1] != '\n':
			returns = true
		}
	}
	return pairs && feeds || pairs && returns || feeds && returns
}

// blankLines counts the physical lines before the first with text in it.
func blankLines(data []byte) int {
	data = bytes.TrimPrefix(data, bom)
	start := len(data) - len(bytes.TrimLeft(data, " \t\r\n"))
	end := newLineOf(data)
	return strings.Count(string(data[:start]), end)
}

// one returns a byte as a string, empty for 0.
func one(b byte) string {
	if b == 0 {
		return ""
	}
	return string(rune(b))
}
