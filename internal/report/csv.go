package report

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode/utf8"

	"worth/internal/i18n"
	"worth/internal/tabular"
)

// csvWriter writes RFC 4180 with a heading line and line feeds.
type csvWriter struct {
	out      *csv.Writer
	terminal bool
	columns  []tabular.Column
	record   []string
}

func newCSV(out io.Writer, terminal bool) *csvWriter {
	return &csvWriter{out: csv.NewWriter(out), terminal: terminal}
}

func (w *csvWriter) Begin(columns []tabular.Column) error {
	w.columns = columns
	for _, c := range columns {
		w.record = append(w.record, w.text(c.Name))
	}
	return w.flush()
}

func (w *csvWriter) Row(row []any) error {
	w.record = w.record[:0]
	for i, cell := range row {
		if text, ok := cell.(string); ok {
			w.record = append(w.record, w.text(text))
		} else {
			w.record = append(w.record, tabular.Plain(finite(cell), w.columns[i].Kind))
		}
	}
	return w.flush()
}

func (w *csvWriter) End() error {
	w.out.Flush()
	return outputError(w.out.Error())
}

func (w *csvWriter) flush() error { return outputError(w.out.Write(w.record)) }

// text returns a text cell that no spreadsheet takes for a formula and, on a
// terminal, that no escape sequence leaves.
func (w *csvWriter) text(s string) string {
	if w.terminal {
		s = tabular.Clean(s)
	}
	return Inert(s)
}

// starters are the characters that make a spreadsheet take a cell for a formula,
// the full-width ones among them.
const starters = "=+-@\t\r\n＝＋－＠"

// Inert returns a text cell as it can stand in a file that spreadsheets open:
// one that would be run as a formula gets a leading apostrophe, which they show
// as text.
func Inert(s string) string {
	if first, size := utf8.DecodeRuneInString(s); size > 0 && strings.ContainsRune(starters, first) {
		return "'" + s
	}
	return s
}

// write writes text to out.
func write(out io.Writer, text string) error {
	_, err := io.WriteString(out, text)
	return outputError(err)
}

// writeBytes writes b to out.
func writeBytes(out io.Writer, b []byte) error {
	_, err := out.Write(b)
	return outputError(err)
}

// outputError explains why the output could not be written.
func outputError(err error) error {
	if err == nil {
		return nil
	}
	return i18n.Errorf("the output cannot be written: %v; see that its place has room and may be written to", err)
}
