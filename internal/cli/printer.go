package cli

import (
	"fmt"
	"io"
	"strings"

	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/tabular"
)

// The columns in which a printer writes names and values.
const (
	nameWidth  = 22
	valueWidth = 18
)

// printer writes text for people: titled paragraphs of names, values and notes.
// It keeps the first error, so that a text is written without asking after every
// line.
type printer struct {
	out   io.Writer
	begun bool
	err   error
}

// title begins a paragraph.
func (p *printer) title(text string) {
	if p.begun {
		p.print("")
	}
	p.begun = true
	p.print(tabular.Clean(text))
}

// line writes a name, its value and a note on it.
func (p *printer) line(name, value, note string) {
	text := "  " + pad(name, nameWidth) + " " + pad(value, valueWidth) + "  " + tabular.Clean(note)
	p.print(strings.TrimRight(text, " "))
}

// table writes rows under the paragraph's title.
func (p *printer) table(t tabular.Table) {
	if p.err != nil {
		return
	}
	w, err := report.New(report.Table, p.out, report.Options{})
	if err != nil {
		p.err = err
		return
	}
	if p.err = w.Begin(t.Columns); p.err != nil {
		return
	}
	for _, row := range t.Rows {
		if p.err = w.Row(row); p.err != nil {
			return
		}
	}
	p.err = w.End()
}

func (p *printer) print(text string) {
	if p.err != nil {
		return
	}
	if _, err := fmt.Fprintln(p.out, text); err != nil {
		p.err = i18n.Errorf("the output cannot be written: %v", err)
	}
}

// pad returns clean text in at least width columns.
func pad(text string, width int) string {
	text = tabular.Clean(text)
	return text + strings.Repeat(" ", max(0, width-tabular.Width(text)))
}

// money returns an amount as people read it.
func money(d tabular.Decimal) string { return i18n.Number(d.Float64(), 2) }

// amount returns a number with decimals, or a dash for none.
func amount(v *float64, decimals int) string {
	if v == nil {
		return "–"
	}
	return i18n.Number(*v, decimals)
}

// percent returns a share in percent, or a dash for none.
func percent(v *float64) string {
	if v == nil {
		return "–"
	}
	return i18n.Percent(*v, 1)
}
