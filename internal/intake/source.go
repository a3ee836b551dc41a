package intake

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"

	"worth/internal/i18n"
	"worth/internal/intake/decode"
)

// Container is how a file holds its rows.
type Container string

// The containers DuckDB's readers take.
const (
	CSV     Container = "csv"     // delimited text, whatever the delimiter
	JSON    Container = "json"    // one array of objects, or one object
	NDJSON  Container = "ndjson"  // one object per line
	Parquet Container = "parquet" // Apache Parquet
)

// Options steer Inspect. The zero value lets the file speak for itself.
type Options struct {
	// TempDir is where a prepared copy of a whitespace-separated table goes. The
	// caller owns the folder and removes it when loading is over. When it is
	// empty such tables are refused.
	TempDir string
	// Delimiter forces the field delimiter; empty detects it.
	Delimiter string
	// Encoding forces the encoding of text; empty detects it.
	Encoding decode.Encoding
	// Sheet chooses the sheet of workbooks by name or number; empty proposes.
	Sheet string
	// Limits hold archives and workbooks to a size; the zero value is
	// decode.DefaultLimits.
	Limits decode.Limits
	// Decoding, which may be nil, is told how much of a file is decoded, 0–1.
	Decoding func(file string, share float64)
}

// Source is one file as Inspect found it: everything a reader must be told to
// read it as text columns, and a sample to decide what the columns mean.
type Source struct {
	Path      string    // the file to read: Original, or a prepared copy of it
	Original  string    // the file the analyst named
	Container Container // how it holds its rows
	Gzip      bool      // whether Path is gzip-compressed
	Member    string    // the file in the archive or [sheet] that it is; empty for all of Original
	SHA256    string    // hex digest of Original, or of a Member's text; empty until the caller sets it from Hash
	Bytes     int64     // size of Original, or of a Member in its archive

	Encoding decode.Encoding // of the text before it was decoded; empty for containers without one
	Sheet    string          // of a workbook

	Delimiter  string   // between fields, for CSV; one byte
	Quote      string   // around fields, for CSV; empty when quotes mean nothing
	Escape     string   // before a quote inside quotes; empty when Quote is
	NewLine    string   // "\n", "\r\n" or "\r", for CSV
	MixedEnds  bool     // whether lines end differently near the top, for CSV
	BOM        bool     // whether the text starts with a UTF-8 byte order mark
	HasHeader  bool     // whether the first record names the columns
	SkipLines  int      // physical lines before the first record: blank, or above the header
	Labels     bool     // whether the record below the header holds labels and no values
	LongestRow int      // bytes of the longest record in the sample
	Headers    []string // names as the file writes them; nil without a header
	Columns    []string // unique names, safe to show, in file order

	// Sample holds up to about 2,000 rows from the head and, of large plain files,
	// some from the middle and the end; every row has len(Columns) cells.
	Sample [][]string
	// Evidence says in sentences what was found and why, in the order decided.
	Evidence []string
	// Warnings are what decoding could not do, in sentences.
	Warnings []string

	gaps       []decode.Gap // where the rows of a sheet do not follow each other
	sheetDates int64        // cells of a sheet that are dates and were written as such
	unchanged  func() error // nil, or whether the file is still as it was inspected
}

// Column returns the position of the column called name (its safe name or its
// original header text), or -1.
func (s *Source) Column(name string) int {
	for i, c := range s.Columns {
		if c == name {
			return i
		}
	}
	for i, h := range s.Headers {
		if h == name {
			return i
		}
	}
	want := normalise(name)
	if want == "" {
		return -1
	}
	for i, c := range s.Columns {
		if normalise(c) == want {
			return i
		}
	}
	return -1
}

// SetColumns sets names and sample of a file whose columns only its reader
// knows (Parquet and JSON). Names become Headers, and Columns are made unique
// and safe from them. Rows are padded or cut to the number of names.
func (s *Source) SetColumns(names []string, sample [][]string) {
	s.HasHeader = true
	s.Headers = append([]string(nil), names...)
	s.Columns = safeNames(names)
	s.Sample = make([][]string, len(sample))
	for i, row := range sample {
		s.Sample[i] = fit(row, len(names))
	}
}

// Signature identifies the layout of the source: equal headers, equal
// signature. See Signature.
func (s *Source) Signature() string {
	if s.HasHeader {
		return Signature(s.Headers)
	}
	return Signature(append([]string{"\x00headerless"}, s.Columns...))
}

func (s *Source) note(english string, args ...any) {
	s.Evidence = append(s.Evidence, i18n.T(english, args...))
}

// Inspect looks at the UTF-8 file at path without loading it; see InspectAll for
// other encodings, archives and workbooks. It reads at most some
// megabytes, except for whitespace-separated tables, which it copies once into
// o.TempDir with tabs between the fields and the same line numbers.
//
// A file that cannot be a table ends in an error that says why and what to do.
// A header without rows is not an error: the sample is empty then. Inspect is
// safe for concurrent use on different files.
func Inspect(ctx context.Context, path string, o Options) (*Source, error) {
	info, err := stat(path)
	if err != nil {
		return nil, err
	}
	s := &Source{Path: path, Original: path, Bytes: info.Size()}
	if err := s.inspect(ctx, o); err != nil {
		return nil, err
	}
	return s, nil
}

// inspect looks at the file that the source is read from.
func (s *Source) inspect(ctx context.Context, o Options) error {
	head, err := readHead(ctx, s.Path, s.Title())
	if err != nil {
		return err
	}
	s.Gzip = head.gzip
	s.Container, err = container(head)
	if err != nil {
		return err
	}
	switch s.Container {
	case Parquet:
		s.note("Parquet file")
		return s.checkParquetEnd()
	case JSON, NDJSON:
		s.note("%s text", string(s.Container))
		if err := head.checkText(); err != nil {
			return err
		}
		return s.checkNesting(ctx)
	case CSV:
		return s.inspectText(ctx, head, o)
	}
	return nil
}

// stat refuses whatever is not a readable, non-empty, regular file.
func stat(path string) (os.FileInfo, error) {
	info, err := os.Stat(path)
	switch {
	case err == nil && !utf8.ValidString(path): // which the database cannot be told
		return nil, i18n.Errorf("%s: the name of the file or of a folder is not valid UTF-8; rename it", strings.ToValidUTF8(path, "�"))
	case errors.Is(err, fs.ErrNotExist):
		return nil, i18n.Errorf("%s: there is no such file; check the path", path)
	case errors.Is(err, fs.ErrPermission):
		return nil, i18n.Errorf("%s: not allowed to read this file; check its permissions", path)
	case err != nil:
		return nil, i18n.Errorf("%s: cannot be opened: %v", path, err)
	case info.IsDir():
		return nil, i18n.Errorf("%s: this is a folder; name a file in it, or name it on the command line to load all its data files", path)
	case !info.Mode().IsRegular():
		return nil, i18n.Errorf("%s: this is not a regular file; save the data to a file first", path)
	case info.Size() == 0:
		return nil, i18n.Errorf("%s: the file is empty; export it again", path)
	}
	return info, nil
}

// open is os.Open with a sentence for an error.
func open(path string) (*os.File, error) {
	f, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return nil, i18n.Errorf("%s: not allowed to read this file; check its permissions", path)
	case err != nil:
		return nil, i18n.Errorf("%s: cannot be opened: %v", path, err)
	}
	return f, nil
}
