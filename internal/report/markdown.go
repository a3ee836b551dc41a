package report

import (
	"io"
	"strings"

	"worth/internal/tabular"
)

// markdownWriter writes a GitHub table.
type markdownWriter struct {
	out     io.Writer
	exact   bool
	columns []tabular.Column
}

func (w *markdownWriter) Begin(columns []tabular.Column) error {
	w.columns = columns
	names := make([]string, len(columns))
	rule := make([]string, len(columns))
	for i, c := range columns {
		names[i] = tabular.Clean(c.Name)
		rule[i] = "---"
		if c.Kind.Numeric() {
			rule[i] = "---:"
		}
	}
	if err := w.line(names); err != nil {
		return err
	}
	return write(w.out, "| "+strings.Join(rule, " | ")+" |\n")
}

func (w *markdownWriter) Row(row []any) error {
	return w.line(displayed(row, w.columns, w.exact))
}

func (w *markdownWriter) End() error { return nil }

// markup escapes what Markdown would read as more than text.
var markup = strings.NewReplacer(
	`\`, `\\`, `|`, `\|`, "`", "\\`", `*`, `\*`, `[`, `\[`, `]`, `\]`, `<`, `&lt;`, `&`, `&amp;`)

func (w *markdownWriter) line(texts []string) error {
	for i, text := range texts {
		texts[i] = markup.Replace(text)
	}
	return write(w.out, "| "+strings.Join(texts, " | ")+" |\n")
}
