package decode

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"

	"worth/internal/i18n"
)

// mostColumns a sheet may have; a stray cell far to the right would widen every
// row.
const mostColumns = 4096

// scan counts what a sheet holds by looking at the tags of its XML. The library
// would hold a sheet in memory to answer this, and its rows do not tell a sheet
// that ends early from one that ends.
func (m *Member) scan(ctx context.Context, z *zip.Reader, s *Sheet) error {
	in, err := openPart(z, s.part)
	if err != nil {
		return i18n.Errorf("%s: the sheet %q is missing from the workbook; open it in Excel and save it again", m.Title(), s.Name)
	}
	c := counter{sheet: s}
	err = c.run(ctx, in)
	if err := joinClose(err, in); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return i18n.Errorf("%s: the sheet %q cannot be read: %v; open the workbook in Excel and save it again", m.Title(), s.Name, err)
	}
	if s.Columns > mostColumns {
		return i18n.Errorf("%s: the sheet %q has a value in column %d, more than the limit of %d; delete what stands far to the right",
			m.Title(), s.Name, s.Columns, mostColumns)
	}
	return nil
}

// counter follows the tags of a sheet.
type counter struct {
	sheet    *Sheet
	filled   bool // the row has a value
	column   int  // of the open cell
	previous int  // column of the cell before
	formula  bool // the open cell has one
	value    bool // the open cell has a value
	ended    bool // the data is complete
}

func (c *counter) run(ctx context.Context, in io.Reader) error {
	r := bufio.NewReaderSize(in, 1<<18)
	for n := 0; ; n++ {
		if n&0xffff == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		piece, err := r.ReadSlice('>')
		if at := bytes.LastIndexByte(piece, '<'); at >= 0 && err == nil {
			c.tag(piece[at+1 : len(piece)-1])
		}
		switch {
		case errors.Is(err, io.EOF):
			if !c.ended {
				return i18n.Errorf("it is cut off")
			}
			return nil
		case err != nil && !errors.Is(err, bufio.ErrBufferFull):
			return err //nolint:wrapcheck // the caller names the file
		}
	}
}

// tag takes one tag without its angle brackets.
func (c *counter) tag(tag []byte) {
	name, closing, empty := tagName(tag)
	switch string(name) {
	case "row":
		if !closing {
			c.filled, c.previous = false, 0
		}
	case "c":
		if closing || empty {
			c.endCell(empty)
			return
		}
		c.value, c.formula = false, false
		c.column = columnOf(attribute(tag, ' ', 'r'))
		if c.column == 0 {
			c.column = c.previous + 1
		}
	case "v", "t":
		c.value = c.value || !closing && !empty
	case "f":
		c.formula = c.formula || !closing
	case "mergeCell":
		if !closing {
			c.sheet.Merged++
		}
	case "sheetData":
		c.ended = c.ended || closing || empty
	}
}

func (c *counter) endCell(empty bool) {
	if empty { // a cell with a style and nothing else
		c.previous++
		return
	}
	c.previous = c.column
	if c.formula {
		c.sheet.Formulas++
		if !c.value {
			c.sheet.Unstored++
		}
	}
	if !c.value {
		return
	}
	c.sheet.Columns = max(c.sheet.Columns, c.column)
	if !c.filled {
		c.filled = true
		c.sheet.Rows++
	}
}

// tagName returns the name of a tag without its name space.
func tagName(tag []byte) (name []byte, closing, empty bool) {
	if len(tag) > 0 && tag[0] == '/' {
		tag, closing = tag[1:], true
	}
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		tag, empty = tag[:n-1], true
	}
	if i := bytes.IndexAny(tag, " \t\r\n"); i >= 0 {
		tag = tag[:i]
	}
	if i := bytes.IndexByte(tag, ':'); i >= 0 {
		tag = tag[i+1:]
	}
	return tag, closing, empty
}

// attribute returns the value of an attribute named by one letter after a blank.
func attribute(tag []byte, blank, letter byte) []byte {
	i := bytes.Index(tag, []byte{blank, letter, '=', '"'})
	if i < 0 {
		return nil
	}
	value, _, _ := bytes.Cut(tag[i+4:], []byte{'"'})
	return value
}

// columnOf reads the column of a cell reference such as AB12; 0 for none.
func columnOf(ref []byte) int {
	column := 0
	for _, c := range ref {
		if c < 'A' || c > 'Z' || column > mostColumns {
			break
		}
		column = column*26 + int(c-'A') + 1
	}
	return column
}
