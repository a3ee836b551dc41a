package report

import (
	"cmp"
	"io"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
)

// The number formats of Excel that cells are shown in; their values stay whole.
const (
	formatMoney = "#,##0.00"
	formatShare = "0.0%"
	formatDate  = "yyyy-mm-dd"
	formatTime  = "yyyy-mm-dd hh:mm:ss"
)

// sheetWriter writes a workbook of one sheet: a frozen heading, then the rows.
type sheetWriter struct {
	out     io.Writer
	title   string
	file    *excelize.File
	stream  *excelize.StreamWriter
	columns []tabular.Column
	styles  []int // by column
	cells   []any
	rows    int // written, the heading included
}

func newSheet(out io.Writer, title string) *sheetWriter {
	return &sheetWriter{out: out, title: cmp.Or(title, "worth")}
}

func (w *sheetWriter) Begin(columns []tabular.Column) error {
	if len(columns) > excelize.MaxColumns {
		return i18n.Errorf("an Excel sheet holds %d columns and this answer has %d; choose csv or parquet", excelize.MaxColumns, len(columns))
	}
	w.columns = columns
	w.file = excelize.NewFile()
	if err := w.open(); err != nil {
		return sheetError(err)
	}
	bold, err := w.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return sheetError(err)
	}
	for _, c := range columns {
		w.cells = append(w.cells, excelize.Cell{StyleID: bold, Value: c.Name})
	}
	return w.flush()
}

// open begins the sheet: its title, styles, widths and frozen heading.
func (w *sheetWriter) open() error {
	if err := w.file.SetSheetName("Sheet1", w.title); err != nil {
		return err //nolint:wrapcheck // sheetError does
	}
	var err error
	if w.stream, err = w.file.NewStreamWriter(w.title); err != nil {
		return err //nolint:wrapcheck // sheetError does
	}
	for i, c := range w.columns {
		style, err := w.style(c.Kind)
		if err != nil {
			return err
		}
		w.styles = append(w.styles, style)
		if err := w.stream.SetColWidth(i+1, i+1, float64(min(max(len(c.Name)+3, 12), 40))); err != nil {
			return err //nolint:wrapcheck // sheetError does
		}
	}
	//nolint:wrapcheck // sheetError does
	return w.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// style returns the number format of a column, 0 for none.
func (w *sheetWriter) style(kind tabular.Kind) (int, error) {
	var format string
	switch kind {
	case tabular.Money:
		format = formatMoney
	case tabular.Share:
		format = formatShare
	case tabular.Date:
		format = formatDate
	case tabular.Time:
		format = formatTime
	case tabular.Text, tabular.Integer, tabular.Float, tabular.Boolean:
		return 0, nil
	}
	//nolint:wrapcheck // sheetError does
	return w.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
}

func (w *sheetWriter) Row(row []any) error {
	if w.rows == excelize.TotalRows {
		return i18n.Errorf("an Excel sheet holds %d rows and this answer has more; choose csv or parquet, or ask for fewer rows", excelize.TotalRows-1)
	}
	w.cells = w.cells[:0]
	for i, cell := range row {
		value, err := w.cell(cell, i)
		if err != nil {
			return err
		}
		w.cells = append(w.cells, value)
	}
	return w.flush()
}

// cell returns what Excel stores of a cell. Text is always stored as text, so
// no formula among it is ever run; numbers and dates are real ones, except dates
// before 1900, which Excel does not know.
func (w *sheetWriter) cell(cell any, column int) (any, error) {
	switch v := finite(cell).(type) {
	case nil:
		return nil, nil //nolint:nilnil // an empty cell
	case string:
		if utf8.RuneCountInString(v) > excelize.TotalCellChars {
			return nil, i18n.Errorf("an Excel cell holds %d characters and %s in row %s has more; choose csv or parquet",
				excelize.TotalCellChars, w.columns[column].Name, strconv.Itoa(w.rows+1))
		}
		return v, nil
	case tabular.Decimal:
		return excelize.Cell{StyleID: w.styles[column], Value: v.Float64()}, nil
	case time.Time:
		if v.Year() < 1900 || v.Year() > 9999 {
			return tabular.Plain(v, w.columns[column].Kind), nil
		}
		return excelize.Cell{StyleID: w.styles[column], Value: v.UTC()}, nil
	default:
		return excelize.Cell{StyleID: w.styles[column], Value: v}, nil
	}
}

func (w *sheetWriter) flush() error {
	w.rows++
	at, err := excelize.CoordinatesToCellName(1, w.rows)
	if err != nil {
		return sheetError(err)
	}
	return sheetError(w.stream.SetRow(at, w.cells))
}

func (w *sheetWriter) End() error {
	if err := w.stream.Flush(); err != nil {
		return sheetError(err)
	}
	if _, err := w.file.WriteTo(w.out); err != nil {
		return outputError(err)
	}
	return sheetError(w.file.Close())
}

// discard gives up an unfinished workbook.
func (w *sheetWriter) discard() error {
	if w.file == nil {
		return nil
	}
	return sheetError(w.file.Close())
}

// sheetError explains why the workbook could not be made.
func sheetError(err error) error {
	if err == nil {
		return nil
	}
	return i18n.Errorf("the Excel sheet cannot be written: %v; choose csv instead", err)
}
