package page

import (
	"strings"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/widget"
)

// The keys of the fields that say how a file is read; no canonical column is called so.
const (
	readFormat    = "format"
	readEncoding  = "=encoding"
	readSheet     = "=sheet"
	readDelimiter = "=delimiter"
	readDates     = "=dates"
)

// noFormat stands for a file of no known export.
const noFormat = "none"

// tabName is how the delimiter of a tab is typed.
const tabName = "tab"

// reading are the fields that say how the file is read, those that it can have.
func (d *mapping) reading() []widget.Field {
	formats := []widget.Choice{{Label: i18n.T("by itself")}, {Value: noFormat, Label: i18n.T("no known export")}}
	for _, f := range d.file.Formats {
		formats = append(formats, widget.Choice{Value: f.Name, Label: f.Title})
	}
	fields := []widget.Field{{
		Key: readFormat, Label: i18n.T("known export"), Kind: widget.FieldChoice, Value: d.values[readFormat], Options: formats,
		Note: i18n.T("as which it is read: %s", d.file.Format),
	}}
	switch {
	case d.file.Sheet != "":
		fields = append(fields, widget.Field{
			Key: readSheet, Label: i18n.T("sheet"), Value: d.values[readSheet], Hint: d.file.Sheet, Note: i18n.T("of the workbook, by name or number"),
		})
	case d.file.Encoding != "":
		encodings := []widget.Choice{{Label: i18n.T("by itself")}}
		for _, name := range workspace.Encodings() {
			encodings = append(encodings, widget.Choice{Value: name})
		}
		fields = append(fields, widget.Field{
			Key: readEncoding, Label: i18n.T("encoding"), Kind: widget.FieldChoice, Value: d.values[readEncoding], Options: encodings,
			Note: i18n.T("of the text: %s", d.file.Encoding),
		}, widget.Field{
			Key: readDelimiter, Label: i18n.T("delimiter"), Value: d.values[readDelimiter], Hint: i18n.T("by itself"), Check: checkDelimiter,
			Note: i18n.T("between cells: one character, or tab"),
		})
	}
	return append(fields, widget.Field{
		Key: readDates, Label: i18n.T("date order"), Kind: widget.FieldChoice, Value: d.values[readDates],
		Options: []widget.Choice{{Label: i18n.T("by itself")}, {Value: "dmy"}, {Value: "mdy"}, {Value: "ymd"}},
		Note:    i18n.T("how 03/04/2026 is read"),
	})
}

// checkDelimiter refuses what is not one character.
func checkDelimiter(text string) error {
	if text == "" || text == tabName || len([]rune(text)) == 1 {
		return nil
	}
	return i18n.Errorf("one character, or tab")
}

func delimiterName(delimiter string) string {
	if delimiter == "\t" {
		return tabName
	}
	return delimiter
}

// read returns how the file is to be read, and whether its columns may be others then.
func (d *mapping) read() (read workspace.ReadOptions, again bool) {
	now := d.form.Values()
	delimiter := now[readDelimiter]
	if delimiter == tabName {
		delimiter = "\t"
	}
	for _, key := range []string{readFormat, readEncoding, readSheet, readDelimiter} {
		again = again || now[key] != d.before[key]
	}
	return workspace.ReadOptions{Encoding: now[readEncoding], Sheet: strings.TrimSpace(now[readSheet]), Delimiter: delimiter, DateOrder: now[readDates]}, again
}

// answer returns what the columns are: all of them, or, when the file is read another
// way and what was recognised need not hold, those that were changed.
func (d *mapping) answer(again bool) map[string]string {
	answer := map[string]string{}
	for key, value := range d.form.Values() {
		switch {
		case strings.HasPrefix(key, "="), key == readFormat && value == "":
		case again && value == d.before[key]:
		default:
			answer[key] = value
		}
	}
	if again && answer[readFormat] == "" && d.form.Value(readFormat) != "" {
		answer[readFormat] = d.form.Value(readFormat)
	}
	return answer
}
