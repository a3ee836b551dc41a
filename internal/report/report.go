// Package report writes answers: rows and objects as tables for people, JSON,
// CSV, Markdown and Excel sheets, and files that appear whole or not at all.
//
// The idea: an answer is columns that know their kind and rows of plain cells
// (package tabular), handed over one at a time, so that a report of any length
// needs no more memory than its format does. A [Writer] is told the columns
// once, then every row, then the end.
//
// Guarantees: JSON, CSV and Excel carry numbers unrounded, and no value (NULL,
// NaN, an infinity) as null or an empty cell, never as 0. Text stays text: an
// identifier keeps its zeros, nothing a spreadsheet would run is left running,
// and no control sequence of a cell reaches a terminal. Only the table and
// Markdown, which people read, round.
//
// What it does not do: ask the questions, mask personal cells or write Parquet;
// the first two are the caller's, the last is the database's (see [AtomicPath]).
// Writers are for one goroutine.
package report

import (
	"errors"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"worth/internal/i18n"
	"worth/internal/tabular"
)

// Format names how a report is written.
type Format string

// The formats.
const (
	Table    Format = "table"   // aligned, rounded, for people
	JSON     Format = "json"    // an array of rows or one object
	CSV      Format = "csv"     // RFC 4180, safe to open in a spreadsheet
	Markdown Format = "md"      // a GitHub table
	Parquet  Format = "parquet" // written by the database, not by this package
	XLSX     Format = "xlsx"    // an Excel workbook of one sheet
)

// Formats are all formats, the default first.
var Formats = []Format{Table, JSON, CSV, Markdown, Parquet, XLSX}

// Parse returns the format called name.
func Parse(name string) (Format, error) {
	if f := Format(strings.ToLower(name)); slices.Contains(Formats, f) {
		return f, nil
	}
	return "", i18n.Errorf("the format %q is not known; choose %s", name, list(Formats))
}

// ByName returns the format that the extension of a file's name stands for.
func ByName(file string) (Format, error) {
	switch ext := strings.ToLower(filepath.Ext(file)); ext {
	case ".txt":
		return Table, nil
	case ".json", ".csv", ".md", ".parquet", ".xlsx":
		return Format(ext[1:]), nil
	default:
		return "", i18n.Errorf("the name %s does not say in which format to write; end it in .json, .csv, .md, .parquet, .xlsx or .txt, or give --format", file)
	}
}

// Binary reports whether the format is no text, so that a terminal cannot show it.
func (f Format) Binary() bool { return f == Parquet || f == XLSX }

// Writer takes the rows of one report.
type Writer interface {
	// Begin starts the report. It is called once, also when no rows follow.
	Begin(columns []tabular.Column) error
	// Row writes one row: a cell for every column, as package tabular says. The
	// row may be reused by the caller afterwards.
	Row(row []any) error
	// End completes the report. Without it the output is unfinished.
	End() error
}

// Options say how a format is written.
type Options struct {
	One      bool   // the answer is a single row: JSON writes an object instead of an array
	Exact    bool   // the table shows cells unrounded and ungrouped
	Terminal bool   // the output is a terminal: text is cleaned in every format that would let it through
	Sheet    string // title of the Excel sheet; empty: the program's name
}

// Write writes a report that fill begins and gives its rows, and ends it. When that
// fails, nothing stays of what a workbook keeps on disk while it is written.
func Write(f Format, out io.Writer, o Options, fill func(Writer) error) error {
	w, err := New(f, out, o)
	if err != nil {
		return err
	}
	if err = fill(w); err == nil {
		err = w.End()
	}
	if sheet, ok := w.(*sheetWriter); ok && err != nil {
		return errors.Join(err, sheet.discard())
	}
	return err
}

// New returns a Writer of format f on out. Out is not closed and should be
// buffered if writes to it are dear. Parquet has no Writer: it returns an error.
func New(f Format, out io.Writer, o Options) (Writer, error) {
	switch f {
	case Table:
		return &tableWriter{out: out, exact: o.Exact}, nil
	case JSON:
		return &jsonWriter{out: out, one: o.One}, nil
	case CSV:
		return newCSV(out, o.Terminal), nil
	case Markdown:
		return &markdownWriter{out: out, exact: o.Exact}, nil
	case XLSX:
		return newSheet(out, o.Sheet), nil
	case Parquet:
		return nil, i18n.Errorf("Parquet is written by the database and cannot be streamed; choose another format")
	}
	return nil, i18n.Errorf("the format %q is not known; choose %s", string(f), list(Formats))
}

// finite returns the cell, or nil for a number that is none.
func finite(cell any) any {
	if v, ok := cell.(float64); ok && (math.IsNaN(v) || math.IsInf(v, 0)) {
		return nil
	}
	return cell
}

// timestamp writes a day or a point in time in ISO form. Points in time carry no
// zone: they are in the time zone of the workspace.
func timestamp(t time.Time, kind tabular.Kind) string {
	if kind == tabular.Date {
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02T15:04:05.999999")
}

// display returns a cell as people read it: rounded, grouped, on one line and
// without anything that could steer a terminal.
func display(cell any, kind tabular.Kind) string {
	cell = finite(cell)
	v, numeric := tabular.Number(cell)
	switch {
	case !numeric:
		return tabular.Clean(tabular.Plain(cell, kind))
	case kind == tabular.Share:
		return i18n.Percent(v, 1)
	case kind == tabular.Integer:
		return i18n.Number(v, 0)
	default:
		return i18n.Number(v, 2)
	}
}

// Display returns the cells of a row as people read them: rounded, grouped, each
// on one line and safe for a terminal; empty for no value.
func Display(row []any, columns []tabular.Column) []string { return displayed(row, columns, false) }

// displayed returns the cells of a row as text for people.
func displayed(row []any, columns []tabular.Column, exact bool) []string {
	texts := make([]string, len(row))
	for i, cell := range row {
		if exact {
			texts[i] = tabular.Clean(tabular.Plain(finite(cell), columns[i].Kind))
		} else {
			texts[i] = display(cell, columns[i].Kind)
		}
	}
	return texts
}

// list joins the names of formats for a sentence.
func list(formats []Format) string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = string(f)
	}
	return strings.Join(names, ", ")
}
