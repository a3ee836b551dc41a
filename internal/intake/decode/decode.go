package decode

import (
	"context"
	"io"
	"os"
	"time"

	"worth/internal/i18n"
)

// Format is what kind of bytes a member holds.
type Format string

// The formats.
const (
	Text     Format = "text"     // delimited text, JSON: anything written in characters
	Workbook Format = "workbook" // a sheet of an .xlsx file
	Other    Format = "other"    // what another reader knows, such as Parquet; taken as it is
)

// Options steer Open. The zero value lets the files speak for themselves.
type Options struct {
	Encoding Encoding // of text; empty detects it
	Sheet    string   // name of a workbook's sheet, or its number from 1; empty proposes
	Limits   Limits   // for archives and workbooks; the zero value is DefaultLimits
	TempDir  string   // for the large parts of workbooks; empty is the system's
	Strict   bool     // makes an undecodable byte an error instead of a counted replacement
}

// Sheet is one sheet of a workbook.
type Sheet struct {
	Name    string
	Rows    int64 // rows with a value in them
	Columns int   // up to the last with a value in it
	Hidden  bool
	// Dictionary says that it looks like a description of columns and not like data.
	Dictionary bool
	// Formulas counts cells that hold one; Unstored those of them without a stored
	// result, which read as empty. Merged counts ranges of merged cells: their value
	// stands in the first cell.
	Formulas, Unstored, Merged int64

	part string // of the zip file
}

// Member is one table-to-be: a file, a file in an archive, or a sheet.
type Member struct {
	Path       string   // the file on disk
	Name       string   // of the file within an archive; empty when Path is the file
	Format     Format   //
	Encoding   Encoding // of Text; UTF-8 for a Workbook
	Confidence float64  // in Encoding, 0–1
	Evidence   []string // what was found and why, in sentences
	Sheet      string   // of a Workbook
	Sheets     []Sheet  // all sheets of the workbook that Sheet is one of
	Gzip       bool     // whether Path is gzip-compressed
	Returns    bool     // whether lone carriage returns end the lines of Text
	// Bytes is the size of the member before decompression: the total that progress
	// is told.
	Bytes int64
	// Plain says that Path can be read as it is: UTF-8 text, gzip-compressed or not,
	// or a format of its own.
	Plain bool

	options Options
	seen    stamp
	entry   int // in the archive, -1 for none
}

// Stats is what WriteUTF8 did.
type Stats struct {
	Written  int64     // bytes
	Rows     int64     // of a Workbook
	Replaced int64     // undecodable places, each now U+FFFD
	Problems []Problem // the first of them
	Dates    int64     // cells of a Workbook that are dates and were written as such
	Gaps     []Gap     // of a Workbook: where its rows do not follow each other
	Spoilt   int64     // numbers of a Workbook too long for it, whose last digits are lost
}

// Gap says which row of a sheet a record is, where rows without a value stand before
// it. Records and rows count from 1; those behind follow one by one.
type Gap struct{ Record, Row int64 }

// Title names the member for people: the path, and what is within it.
func (m *Member) Title() string {
	title := m.Path
	if m.Name != "" {
		title += ": " + m.Name
	}
	if m.Sheet != "" {
		title += " [" + m.Sheet + "]"
	}
	return title
}

// Open looks at the file at path and returns the tables in it, at least one. It
// reads the beginning and samples of plain text, the beginning of everything
// compressed, and the sheets of workbooks once. Errors say what the file is and
// what to do. Open is safe for concurrent use.
func Open(ctx context.Context, path string, o Options) ([]Member, error) {
	if o.Limits == (Limits{}) {
		o.Limits = DefaultLimits
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, i18n.Errorf("%s: cannot be opened: %v", path, err)
	}
	defer f.Close() //nolint:errcheck // only read from
	info, err := f.Stat()
	if err != nil {
		return nil, readError(path, err)
	}
	m := Member{Path: path, Bytes: info.Size(), options: o, seen: stampOf(info), entry: -1}
	head := make([]byte, headBytes)
	n, _, err := fill(io.NewSectionReader(f, 0, info.Size()), head)
	if err != nil {
		return nil, readError(path, err)
	}
	switch kindOf(head[:n]) {
	case kindZip:
		return openZip(ctx, f, m)
	case kindOldOffice:
		return nil, refuseOldOffice(path, head[:n])
	case kindGzip:
		return one(m.openGzip(ctx, f))
	case kindOther:
		m.Format, m.Plain = Other, true
		return []Member{m}, nil
	case kindText:
	}
	return one(m.openText(ctx, f, head[:n]))
}

func one(m Member, err error) ([]Member, error) {
	if err != nil {
		return nil, err
	}
	return []Member{m}, nil
}

// WriteUTF8 streams the member to w as UTF-8: text with its line ends (lone
// carriage returns become line feeds), a sheet as comma-separated text with
// ISO dates, anything else byte by byte. progress, which may be nil, is called
// from this goroutine with the bytes of the source read so far and their total.
//
// Memory stays bounded for text of any size. An undecodable place is counted in
// Stats, and an error when Options.Strict is set or when there are too many to
// believe the encoding. A file that changed since Open is an error.
func (m *Member) WriteUTF8(ctx context.Context, w io.Writer, progress func(done, total int64)) (Stats, error) {
	if err := m.Unchanged(); err != nil {
		return Stats{}, err
	}
	var stats Stats
	var err error
	if m.Format == Workbook {
		stats, err = m.writeSheet(ctx, w, progress)
	} else {
		stats, err = m.writeText(ctx, w, progress)
	}
	if err != nil {
		return stats, err
	}
	return stats, m.Unchanged()
}

// writeText copies or transcodes the member's bytes.
func (m *Member) writeText(ctx context.Context, w io.Writer, progress func(done, total int64)) (Stats, error) {
	in, err := m.reader(ctx, progress)
	if err != nil {
		return Stats{}, err
	}
	defer in.Close() //nolint:errcheck // only read from
	if m.Format == Other {
		n, err := io.Copy(w, in)
		if err != nil {
			return Stats{Written: n}, readError(m.Title(), err)
		}
		return Stats{Written: n}, nil
	}
	t := newTranscoder(m.Title(), m.Encoding)
	t.strict, t.returns = m.options.Strict, m.Returns
	err = t.run(ctx, w, in)
	return t.stats, err
}

// Unchanged returns an error when the file is no longer as Open found it. Call it
// after reading a Plain member; WriteUTF8 does so itself.
func (m *Member) Unchanged() error {
	info, err := os.Stat(m.Path)
	if err != nil {
		return i18n.Errorf("%s: went away while it was being read: %v", m.Path, err)
	}
	if stampOf(info) != m.seen {
		return i18n.Errorf("%s: the file changed while it was being read; load it again when it is complete", m.Path)
	}
	return nil
}

// stamp tells a file from what it becomes when somebody writes to it.
type stamp struct {
	size    int64
	changed time.Time
}

func stampOf(info os.FileInfo) stamp { return stamp{size: info.Size(), changed: info.ModTime()} }
