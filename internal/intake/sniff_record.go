package intake

// dialect is how delimited text is written.
type dialect struct {
	delimiter byte
	quote     byte // 0 for none
	escape    byte // 0 for none
}

// recordReader cuts delimited text into records the way DuckDB's reader does: a
// quote counts only at the start of a field, blank lines are no records.
type recordReader struct {
	dialect
	data  []byte
	at    int  // next byte
	whole bool // data ends where the file ends
	// malformed counts fields with text after the closing quote and quotes that
	// never close.
	malformed int
	longest   int // bytes of the longest record
}

// next returns the next record, or false at the end. A record that the end of
// an incomplete text may have cut is not returned.
func (r *recordReader) next() ([]string, bool) {
	for r.at < len(r.data) && newline(r.data[r.at]) {
		r.at++
	}
	if r.at >= len(r.data) {
		return nil, false
	}
	from := r.at
	var fields []string
	for {
		field, more := r.field()
		fields = append(fields, field)
		if !more {
			break
		}
	}
	if r.at >= len(r.data) && !r.whole {
		return nil, false
	}
	r.longest = max(r.longest, r.at-from)
	return fields, true
}

// field reads one field and what ends it; more says another one follows.
func (r *recordReader) field() (text string, more bool) {
	if r.quote != 0 && r.at < len(r.data) && r.data[r.at] == r.quote {
		return r.quoted()
	}
	from := r.at
	for r.at < len(r.data) && r.data[r.at] != r.delimiter && !newline(r.data[r.at]) {
		r.at++
	}
	return string(r.data[from:r.at]), r.end()
}

// quoted reads a field in quotes.
func (r *recordReader) quoted() (text string, more bool) {
	var out []byte
	for r.at++; r.at < len(r.data); r.at++ {
		c := r.data[r.at]
		following := r.at+1 < len(r.data)
		switch {
		case c == r.escape && c != r.quote && following:
			r.at++
			out = append(out, r.data[r.at])
		case c != r.quote:
			out = append(out, c)
		case r.escape == r.quote && following && r.data[r.at+1] == r.quote:
			r.at++
			out = append(out, c)
		default:
			r.at++
			return string(r.afterQuote(out)), r.end()
		}
	}
	if r.whole {
		r.malformed++
	}
	return string(out), false
}

// afterQuote takes stray text between a closing quote and the delimiter.
func (r *recordReader) afterQuote(out []byte) []byte {
	from := r.at
	for r.at < len(r.data) && r.data[r.at] != r.delimiter && !newline(r.data[r.at]) {
		r.at++
	}
	if r.at > from {
		r.malformed++
	}
	return append(out, r.data[from:r.at]...)
}

// end steps over a delimiter (another field follows) or a line end.
func (r *recordReader) end() (more bool) {
	if r.at >= len(r.data) {
		return false
	}
	c := r.data[r.at]
	r.at++
	if c == r.delimiter {
		return true
	}
	if c == '\r' && r.at < len(r.data) && r.data[r.at] == '\n' {
		r.at++
	}
	return false
}

func newline(c byte) bool { return c == '\n' || c == '\r' }

// readAll returns up to most records.
func (r *recordReader) readAll(most int) [][]string {
	var out [][]string
	for len(out) < most {
		record, ok := r.next()
		if !ok {
			break
		}
		out = append(out, record)
	}
	return out
}

// usualWidth returns the most frequent number of fields and the share of
// records that have it; of equally frequent ones the larger.
func usualWidth(records [][]string) (width int, share float64) {
	counts := map[int]int{}
	for _, r := range records {
		counts[len(r)]++
	}
	for w, n := range counts {
		if n > counts[width] || n == counts[width] && w > width {
			width = w
		}
	}
	if len(records) == 0 {
		return 0, 0
	}
	return width, float64(counts[width]) / float64(len(records))
}
