package report

import (
	"io"
	"math"
	"strconv"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"worth/internal/tabular"
)

// jsonWriter writes an array with one object a line, or a single object.
type jsonWriter struct {
	out     io.Writer
	one     bool
	columns []tabular.Column
	keys    [][]byte // `"name": `, ready to write
	buf     []byte
	rows    int
}

func (w *jsonWriter) Begin(columns []tabular.Column) error {
	w.columns = columns
	for _, name := range uniqueNames(columns) {
		w.keys = append(w.keys, append(appendText(nil, name), ": "...))
	}
	if w.one {
		return nil
	}
	return write(w.out, "[")
}

func (w *jsonWriter) Row(row []any) error {
	w.buf = w.buf[:0]
	switch {
	case w.one:
	case w.rows > 0:
		w.buf = append(w.buf, ",\n "...)
	default:
		w.buf = append(w.buf, "\n "...)
	}
	w.rows++
	w.buf = append(w.buf, '{')
	for i, cell := range row {
		if i > 0 {
			w.buf = append(w.buf, ", "...)
		}
		w.buf = append(w.buf, w.keys[i]...)
		w.buf = appendCell(w.buf, cell, w.columns[i].Kind)
	}
	w.buf = append(w.buf, '}')
	return writeBytes(w.out, w.buf)
}

func (w *jsonWriter) End() error {
	switch {
	case w.one && w.rows == 0:
		return write(w.out, "null\n")
	case w.one:
		return write(w.out, "\n")
	case w.rows == 0:
		return write(w.out, "]\n")
	}
	return write(w.out, "\n]\n")
}

// uniqueNames returns the names of columns, later ones of the same name with a
// number, so that no key of an object hides another.
func uniqueNames(columns []tabular.Column) []string {
	taken := make(map[string]bool, len(columns))
	names := make([]string, len(columns))
	for i, c := range columns {
		name := c.Name
		for n := 2; taken[name]; n++ {
			name = c.Name + "_" + strconv.Itoa(n)
		}
		taken[name] = true
		names[i] = name
	}
	return names
}

// appendCell appends a cell as a JSON value.
func appendCell(dst []byte, cell any, kind tabular.Kind) []byte {
	switch v := cell.(type) {
	case string:
		return appendText(dst, v)
	case int64:
		return strconv.AppendInt(dst, v, 10)
	case float64:
		return appendFloat(dst, v)
	case bool:
		return strconv.AppendBool(dst, v)
	case tabular.Decimal:
		return append(dst, v.String()...)
	case time.Time:
		return append(append(append(dst, '"'), timestamp(v, kind)...), '"')
	}
	return append(dst, "null"...)
}

// appendFloat appends the shortest number that reads back as v; null if v is none.
func appendFloat(dst []byte, v float64) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return append(dst, "null"...)
	}
	form := byte('f')
	if a := math.Abs(v); a != 0 && (a < 1e-6 || a >= 1e21) {
		form = 'e'
	}
	return strconv.AppendFloat(dst, v, form, -1, 64)
}

// appendText appends a JSON string. Whatever could steer a terminal is escaped,
// so the text is safe to look at and still reads back as it was, except that
// invalid UTF-8 becomes U+FFFD.
func appendText(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r >= ' ' && r < 0x7f:
			dst = append(dst, byte(r))
		case r == '\n':
			dst = append(dst, `\n`...)
		case r == '\t':
			dst = append(dst, `\t`...)
		case r > 0xffff && !unicode.IsPrint(r):
			high, low := utf16.EncodeRune(r)
			dst = appendEscape(appendEscape(dst, high), low)
		case !unicode.IsPrint(r):
			dst = appendEscape(dst, r)
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return append(dst, '"')
}

// appendEscape appends \uXXXX.
func appendEscape(dst []byte, r rune) []byte {
	const digits = "0123456789abcdef"
	return append(dst, '\\', 'u', digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15])
}
