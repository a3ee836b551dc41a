package report

import (
	"io"
	"strings"

	"worth/internal/tabular"
)

const (
	// sample is how many rows settle the widths of a table's columns; later rows
	// flow by. It bounds the memory of a table of any length.
	sample = 1000
	// widest is the widest a column gets; longer cells are written in full and
	// push the rest of their line to the right.
	widest = 48
)

// tableWriter writes aligned columns, numbers to the right.
type tableWriter struct {
	out     io.Writer
	exact   bool
	columns []tabular.Column
	widths  []int
	held    [][]string // rows waiting for the widths; nil once they are settled
	settled bool
	line    strings.Builder
}

func (w *tableWriter) Begin(columns []tabular.Column) error {
	w.columns = columns
	w.widths = make([]int, len(columns))
	heading := make([]string, len(columns))
	for i, c := range columns {
		heading[i] = tabular.Clean(c.Name)
	}
	w.hold(heading)
	return nil
}

func (w *tableWriter) Row(row []any) error {
	texts := displayed(row, w.columns, w.exact)
	if w.settled {
		return w.print(texts)
	}
	w.hold(texts)
	if len(w.held) > sample {
		return w.settle()
	}
	return nil
}

func (w *tableWriter) End() error {
	if w.settled {
		return nil
	}
	return w.settle()
}

// hold keeps a row until the widths are settled.
func (w *tableWriter) hold(texts []string) {
	for i, text := range texts {
		w.widths[i] = max(w.widths[i], min(tabular.Width(text), widest))
	}
	w.held = append(w.held, texts)
}

// settle fixes the widths and writes what was held.
func (w *tableWriter) settle() error {
	w.settled = true
	for i, texts := range w.held {
		if err := w.print(texts); err != nil {
			return err
		}
		if i == 0 {
			if err := w.print(w.rule()); err != nil {
				return err
			}
		}
	}
	w.held = nil
	return nil
}

// rule returns the line under the heading.
func (w *tableWriter) rule() []string {
	rule := make([]string, len(w.widths))
	for i, width := range w.widths {
		rule[i] = strings.Repeat("─", width)
	}
	return rule
}

// print writes one line without blanks at its end.
func (w *tableWriter) print(texts []string) error {
	w.line.Reset()
	for i, text := range texts {
		pad := strings.Repeat(" ", max(0, w.widths[i]-tabular.Width(text)))
		if i > 0 {
			w.line.WriteString("  ")
		}
		if w.columns[i].Kind.Numeric() {
			w.line.WriteString(pad)
			pad = ""
		}
		w.line.WriteString(text)
		w.line.WriteString(pad)
	}
	return write(w.out, strings.TrimRight(w.line.String(), " ")+"\n")
}
