package decode

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"strconv"

	"github.com/xuri/excelize/v2"

	"worth/internal/i18n"
)

const (
	sliceBytes = 2 << 20  // of a sheet's XML that the library reads at a time
	rowBytes   = 64 << 20 // longest row
)

// writeSheet streams a sheet as comma-separated text. The sheet is cut into
// slices of whole rows that are read at the same time and written in their order,
// so memory holds a few slices and never a sheet.
func (m *Member) writeSheet(ctx context.Context, w io.Writer, progress func(done, total int64)) (Stats, error) {
	s, ok := m.sheet()
	if !ok {
		return Stats{}, i18n.Errorf("%s: there is no sheet %q", m.Path, m.Sheet)
	}
	b, err := m.openBook()
	if err != nil {
		return Stats{}, err
	}
	defer b.Close() //nolint:errcheck // only read from; what it leaves behind is in TempDir
	f, z, err := m.zip(ctx)
	if err != nil {
		return Stats{}, err
	}
	defer f.Close() //nolint:errcheck // only read from
	in, err := openPart(z, s.part)
	if err != nil {
		return Stats{}, zipError(m.Title(), err)
	}
	stats, err := m.convertSlices(ctx, w, b, s, in, progress)
	return stats, joinClose(err, in)
}

func (m *Member) sheet() (Sheet, bool) {
	for _, s := range m.Sheets {
		if s.Name == m.Sheet {
			return s, true
		}
	}
	return Sheet{}, false
}

// convertSlices cuts, converts and writes.
func (m *Member) convertSlices(ctx context.Context, w io.Writer, b *book, s Sheet, in io.Reader, progress func(done, total int64)) (Stats, error) {
	ctx, stop := context.WithCancel(ctx)
	queue := make(chan chan converted, runtime.GOMAXPROCS(0))
	cutting := make(chan error, 1)
	go func() {
		defer close(queue)
		cutting <- cut(ctx, in, func(slice []byte) bool {
			result := make(chan converted, 1)
			select {
			case queue <- result:
			case <-ctx.Done():
				return false
			}
			go func() { result <- b.convert(s, slice, s.Columns) }()
			return true
		})
	}()
	stats, err := collect(ctx, w, queue, m, s, progress)
	stop()
	for result := range queue { // wait for whoever still reads the workbook
		<-result
	}
	if cutError := <-cutting; err == nil && cutError != nil {
		err = i18n.Errorf("%s: the sheet %q cannot be read: %v", m.Title(), s.Name, cutError)
	}
	return stats, err
}

// collect writes what was converted, in order.
func collect(ctx context.Context, w io.Writer, queue <-chan chan converted, m *Member, s Sheet, progress func(done, total int64)) (Stats, error) {
	var stats Stats
	var reached int64 // row of the sheet
	for result := range queue {
		part := <-result
		if err := ctx.Err(); err != nil {
			return stats, err
		}
		if part.err != nil {
			return stats, part.err
		}
		n, err := w.Write(part.text)
		stats.Written += int64(n)
		if err != nil {
			return stats, writeError(m.Title(), err)
		}
		reached = stats.follow(part, reached)
		stats.Rows, stats.Dates, stats.Spoilt = stats.Rows+part.rows, stats.Dates+part.dates, stats.Spoilt+part.spoilt
		if progress != nil {
			progress(int64(float64(m.Bytes)*float64(stats.Rows)/float64(max(s.Rows, 1))), m.Bytes)
		}
	}
	return stats, ctx.Err()
}

// follow takes over where the rows of a part stand, after those up to a row, and
// returns the row it reaches. Rows that the sheet does not number count on.
func (s *Stats) follow(part converted, reached int64) int64 {
	if part.rows == 0 {
		return reached
	}
	base := int64(0)
	if part.gaps[0].Row <= reached {
		base = reached
	}
	for i, g := range part.gaps {
		g = Gap{Record: s.Rows + g.Record, Row: base + g.Row}
		if i > 0 || g.Row != reached+1 {
			s.Gaps = append(s.Gaps, g)
		}
	}
	return base + part.last
}

// cut hands on a sheet in documents of whole rows each, until use returns false.
func cut(ctx context.Context, in io.Reader, use func(slice []byte) bool) error {
	c := cutter{in: in}
	if err := c.open(); err != nil || c.opening == nil {
		return err
	}
	for ctx.Err() == nil {
		rows, last, err := c.next()
		if err != nil {
			return err
		}
		if len(rows) > 0 && !use(wrap(c.opening, rows, c.closing)) {
			return nil
		}
		if last {
			return nil
		}
	}
	return nil
}

// cutter cuts the XML of a sheet before rows.
type cutter struct {
	in               io.Reader
	rest             []byte
	done             bool
	row, end         []byte // <row and </sheetData as this file writes them
	opening, closing []byte
}

// open reads up to where the rows begin.
func (c *cutter) open() error {
	const furthest = 1 << 20
	for {
		if at, prefix := findTag(c.rest, "sheetData"); at >= 0 {
			stop := bytes.IndexByte(c.rest[at:], '>')
			if stop >= 0 {
				c.begin(at+stop, prefix)
				return nil
			}
		}
		if c.done || len(c.rest) > furthest {
			return i18n.Errorf("it has no rows where they should be")
		}
		if err := c.more(1 << 16); err != nil {
			return err
		}
	}
}

// begin takes the text up to the end of the opening tag.
func (c *cutter) begin(stop int, prefix string) {
	if c.rest[stop-1] == '/' {
		return // no rows
	}
	_, root := findTag(c.rest, "worksheet")
	c.opening = append([]byte(nil), c.rest[:stop+1]...)
	c.closing = []byte("</" + prefix + "sheetData></" + root + "worksheet>")
	c.row, c.end = []byte("<"+prefix+"row"), []byte("</"+prefix+"sheetData")
	c.rest = append([]byte(nil), c.rest[stop+1:]...)
}

// next returns the next rows; last says that none follow.
func (c *cutter) next() (rows []byte, last bool, err error) {
	for size := sliceBytes; ; size *= 2 {
		if err := c.more(size); err != nil {
			return nil, false, err
		}
		if at := bytes.Index(c.rest, c.end); at >= 0 {
			return c.rest[:at], true, nil
		}
		if c.done {
			return nil, false, i18n.Errorf("it is cut off")
		}
		if at := bytes.LastIndex(c.rest, c.row); at > 0 {
			rows := c.rest[:at]
			c.rest = append([]byte(nil), c.rest[at:]...)
			return rows, false, nil
		}
		if size > rowBytes {
			return nil, false, i18n.Errorf("a row is longer than %d MB", rowBytes>>20)
		}
	}
}

// more reads until there are size bytes or no more.
func (c *cutter) more(size int) error {
	if c.done || len(c.rest) >= size {
		return nil
	}
	block := make([]byte, size)
	had := copy(block, c.rest)
	n, last, err := fill(c.in, block[had:])
	c.rest, c.done = block[:had+n], last
	return err
}

// findTag finds the opening tag of a name in any name space and returns its place
// and the prefix of the name space.
func findTag(text []byte, name string) (at int, prefix string) {
	for from := 0; ; {
		i := bytes.Index(text[from:], []byte(name))
		if i < 0 {
			return -1, ""
		}
		i += from
		open := bytes.LastIndexByte(text[:i], '<')
		if between := string(text[open+1 : i]); open >= 0 && (between == "" || between[len(between)-1] == ':' && len(between) < 32) {
			return open, between
		}
		from = i + len(name)
	}
}

// lastRow returns how many rows a slice reaches to: the number of its last row,
// or the number of rows where they have none.
func lastRow(slice []byte) int {
	count, from := 0, 0
	tag := []byte("row")
	var last []byte
	for {
		i := bytes.Index(slice[from:], tag)
		if i < 0 {
			break
		}
		i += from
		from = i + len(tag)
		if i == 0 || from >= len(slice) || slice[i-1] != '<' && slice[i-1] != ':' || slice[from] > ' ' && slice[from] != '>' && slice[from] != '/' {
			continue
		}
		if open := bytes.LastIndexByte(slice[:i], '<'); slice[open+1] == '/' {
			continue
		}
		count++
		last = slice[i:]
	}
	end := bytes.IndexByte(last, '>')
	if end < 0 {
		return count
	}
	if n, err := strconv.Atoi(string(attribute(last[:end], ' ', 'r'))); err == nil {
		return n
	}
	return count
}

// zip opens the zip file that the workbook is.
func (m *Member) zip(ctx context.Context) (*os.File, *zip.Reader, error) {
	f, err := os.Open(m.Path)
	if err != nil {
		return nil, nil, i18n.Errorf("%s: cannot be opened: %v", m.Path, err)
	}
	z, err := m.zipIn(ctx, f)
	if err != nil {
		return nil, nil, joinClose(err, f)
	}
	return f, z, nil
}

func (m *Member) zipIn(ctx context.Context, f *os.File) (*zip.Reader, error) {
	if m.entry >= 0 {
		entry, err := m.find(f)
		if err != nil {
			return nil, err
		}
		return nestedZip(ctx, *m, entry)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, readError(m.Path, err)
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, zipError(m.Path, err)
	}
	return z, nil
}

// openNested opens a workbook inside an archive.
func (m *Member) openNested() (*excelize.File, error) {
	f, err := os.Open(m.Path)
	if err != nil {
		return nil, i18n.Errorf("%s: cannot be opened: %v", m.Path, err)
	}
	entry, err := m.find(f)
	var data []byte
	if err == nil {
		data, err = m.entryBytes(context.Background(), entry)
	}
	if err := joinClose(err, f); err != nil {
		return nil, err
	}
	return excelize.OpenReader(bytes.NewReader(data), m.excelizeOptions()) //nolint:wrapcheck // the caller names the file
}
