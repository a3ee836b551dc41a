package decode

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"sync"

	"github.com/xuri/excelize/v2"

	"worth/internal/i18n"
)

// book is an open workbook.
type book struct {
	*excelize.File
	title    string
	from1904 bool       // days count from 1904, as on old Macs
	replaces sync.Mutex // held while the sheet's part is being replaced by a slice of it
}

// openBook opens the member's workbook with its styles ready for reading.
func (m *Member) openBook() (b *book, err error) {
	defer func() { fault(m.Title(), recover(), &err) }()
	var f *excelize.File
	if m.entry >= 0 {
		f, err = m.openNested()
	} else {
		f, err = excelize.OpenFile(m.Path, m.excelizeOptions())
	}
	if err != nil {
		return nil, i18n.Errorf("%s: the workbook cannot be read: %v; open it in Excel and save it again", m.Title(), err)
	}
	b = &book{File: f, title: m.Title()}
	props, err := f.GetWorkbookProps()
	if err == nil {
		b.from1904 = props.Date1904 != nil && *props.Date1904
		err = markDates(f)
	}
	if err != nil {
		return nil, joinClose(i18n.Errorf("%s: the workbook cannot be read: %v; open it in Excel and save it again", m.Title(), err), f)
	}
	return b, nil
}

// fault makes an error of what a panic of the library on a malformed workbook
// left, which is nil when there was none.
func fault(title string, left any, err *error) {
	if left != nil {
		*err = i18n.Errorf("%s: the workbook is malformed (%v); open it in Excel and save it again", title, left)
	}
}

func (b *book) hidden(sheet string) bool {
	visible, err := b.GetSheetVisible(sheet)
	return err == nil && !visible
}

// top returns the first rows of a sheet.
func (b *book) top(sheet string) (out [][]string, err error) {
	const rows, looked = 8, 200
	defer func() { fault(b.title, recover(), &err) }()
	r, err := b.Rows(sheet)
	if err != nil {
		return nil, i18n.Errorf("%s: the sheet %q cannot be read: %v; open the workbook in Excel and save it again", b.title, sheet, err)
	}
	for n := 0; n < looked && len(out) < rows && r.Next(); n++ {
		cells, err := r.Columns()
		if err != nil {
			return nil, joinClose(i18n.Errorf("%s: the sheet %q cannot be read: %v", b.title, sheet, err), r)
		}
		if len(cells) > 0 {
			out = append(out, cells)
		}
	}
	if err := r.Close(); err != nil {
		return nil, i18n.Errorf("%s: the sheet %q cannot be read: %v", b.title, sheet, err)
	}
	return out, nil
}

// converted is a slice of a sheet as comma-separated text.
type converted struct {
	text          []byte
	rows          int64
	gaps          []Gap // within the slice; rows as the sheet numbers them, or from 1 where it does not
	last          int64 // row of the last record, likewise
	dates, spoilt int64
	err           error
}

// convert reads a slice of a sheet's XML, complete rows in complete elements, and
// writes its rows with width columns each. It is safe for concurrent use.
func (b *book) convert(s Sheet, slice []byte, width int) (out converted) {
	defer func() { fault(b.title, recover(), &out.err) }()
	reaches := lastRow(slice)
	rows, err := b.rowsOf(s, slice)
	if err != nil || reaches > excelize.TotalRows {
		out.err = errors.Join(err, b.malformed(s))
		return out
	}
	var stored *storedRows
	out.text = make([]byte, 0, len(slice)/2)
	number := 0
	for ; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil {
			out.err = i18n.Errorf("%s: the sheet %q cannot be read: %v", b.title, s.Name, err)
			return out
		}
		if len(cells) == 0 {
			continue
		}
		for i, cell := range cells {
			switch {
			case strings.HasPrefix(cell, dateMark) || strings.HasPrefix(cell, timeMark):
				text, ok := isoDate(cell, b.from1904)
				if cells[i] = text; ok {
					out.dates++
				}
			case scientific(cell):
				if stored == nil {
					stored = &storedRows{book: b, sheet: s, slice: slice}
				}
				if cells[i], err = stored.cell(number, i, cell); err != nil {
					out.err = err
					return out
				}
				if scientific(cells[i]) {
					out.spoilt++
				}
			}
		}
		if row, ok := appendRecord(out.text, cells, width); ok {
			out.text = row
			out.rows++
			if at := int64(number) + 1; at != out.last+1 || out.rows == 1 {
				out.gaps = append(out.gaps, Gap{Record: out.rows, Row: at})
			}
			out.last = int64(number) + 1
		}
	}
	if number < reaches { // the library ends without a word where it cannot go on
		out.err = b.malformed(s)
	}
	return out
}

func (b *book) malformed(s Sheet) error {
	return i18n.Errorf("%s: the sheet %q is malformed; open the workbook in Excel and save it again", b.title, s.Name)
}

// rowsOf lets the library read a slice in place of the whole sheet.
func (b *book) rowsOf(s Sheet, slice []byte) (*excelize.Rows, error) {
	b.replaces.Lock()
	defer b.replaces.Unlock()
	b.Pkg.Store(s.part, slice)
	rows, err := b.Rows(s.Name)
	if err != nil {
		return nil, i18n.Errorf("%s: the sheet %q cannot be read: %v", b.title, s.Name, err)
	}
	return rows, nil
}

// storedRows reads a slice once more, this time the numbers as they are stored:
// the library shows those of more than 15 digits in scientific notation, though
// an id of 18 digits may be stored in full.
type storedRows struct {
	book  *book
	sheet Sheet
	slice []byte
	rows  *excelize.Rows
	at    int // number of the row that cells is
	cells []string
}

// cell returns the stored number of a cell, in full where it is; rows are asked
// for in order. shown is what the library makes of it.
func (r *storedRows) cell(row, column int, shown string) (string, error) {
	var err error
	if r.rows == nil {
		if r.rows, err = r.book.rowsOf(r.sheet, r.slice); err != nil {
			return "", err
		}
		r.at = -1
	}
	for r.at < row && r.rows.Next() {
		r.at++
		if r.cells, err = r.rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
			return "", i18n.Errorf("%s: the sheet %q cannot be read: %v", r.book.title, r.sheet.Name, err)
		}
	}
	if column >= len(r.cells) {
		return shown, nil
	}
	stored := r.cells[column]
	if !scientific(stored) {
		return stored, nil
	}
	value, err := strconv.ParseFloat(stored, 64)
	if err != nil || value >= 1e15 || value <= -1e15 {
		return stored, nil // digits are lost; whoever reads an id must see that
	}
	return strconv.FormatFloat(value, 'f', -1, 64), nil
}

// scientific reports whether a cell is a number such as 1.2E+17 or 2E-07.
func scientific(cell string) bool {
	const longest = 24
	at := strings.IndexAny(cell, "eE")
	if at < 1 || len(cell) > longest || at+2 >= len(cell) || cell[at+1] != '+' && cell[at+1] != '-' {
		return false
	}
	return strings.Trim(cell[:at], "-0123456789.") == "" && strings.Trim(cell[at+2:], "0123456789") == ""
}

// appendRecord writes cells as one record of width fields; a row without values
// is none.
func appendRecord(out []byte, cells []string, width int) ([]byte, bool) {
	filled := false
	for i := range max(width, len(cells)) {
		if i > 0 {
			out = append(out, ',')
		}
		if i < len(cells) && cells[i] != "" {
			filled = true
			out = appendField(out, cells[i])
		}
	}
	return append(out, '\n'), filled
}

func appendField(out []byte, cell string) []byte {
	if !strings.ContainsAny(cell, ",\"\r\n") {
		return append(out, cell...)
	}
	out = append(out, '"')
	for {
		i := strings.IndexByte(cell, '"')
		if i < 0 {
			break
		}
		out = append(append(out, cell[:i]...), '"', '"')
		cell = cell[i+1:]
	}
	return append(append(out, cell...), '"')
}

// wrap makes a document of a slice of a sheet's rows.
func wrap(opening, rows, closing []byte) []byte {
	return bytes.Join([][]byte{opening, rows, closing}, nil)
}
