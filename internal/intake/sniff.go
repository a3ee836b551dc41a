package intake

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"worth/internal/i18n"
)

const (
	headBytes = 4 << 20  // of text read from the head of a file
	rowLimit  = 16 << 20 // longest record accepted
)

// fileHead is the decompressed beginning of a file.
type fileHead struct {
	path  string // or title, for errors
	data  []byte
	gzip  bool
	whole bool // data is all there is
}

// readHead reads the head of the file at path, which people know as title,
// through gzip when it is compressed, and more than usual when the first records
// are very long.
func readHead(ctx context.Context, path, title string) (*fileHead, error) {
	f, err := open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read from
	text, zipped, err := decompressed(f, title)
	if err != nil {
		return nil, err
	}
	h := &fileHead{path: title, gzip: zipped}
	for _, limit := range []int64{headBytes, rowLimit + headBytes} {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := h.fill(text, limit); err != nil {
			return nil, err
		}
		if h.whole || bytes.Count(h.data, []byte("\n"))+bytes.Count(h.data, []byte("\r")) >= 2 {
			break
		}
	}
	if len(h.data) == 0 {
		return nil, i18n.Errorf("%s: the file is empty; export it again", title)
	}
	return h, nil
}

// decompressed looks through gzip, and says whether it did.
func decompressed(in io.Reader, title string) (io.Reader, bool, error) {
	stored := bufio.NewReaderSize(in, 1<<18)
	magic, err := stored.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, false, readError(title, err)
	}
	if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return stored, false, nil
	}
	z, err := gzip.NewReader(stored)
	if err != nil {
		return nil, true, readError(title, err)
	}
	return z, true, nil
}

// fill appends text until data has limit bytes or the text ends.
func (h *fileHead) fill(text io.Reader, limit int64) error {
	missing := limit - int64(len(h.data))
	head := bytes.NewBuffer(h.data)
	head.Grow(int(missing) + bytes.MinRead)
	_, err := head.ReadFrom(io.LimitReader(text, missing))
	h.data = head.Bytes()
	if err != nil {
		return readError(h.path, err)
	}
	h.whole = int64(len(h.data)) < limit
	return nil
}

// readError explains why reading failed half way.
func readError(path string, err error) error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return i18n.Errorf("%s: the gzip file is cut off before its end; copy or download it again", path)
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader):
		return i18n.Errorf("%s: the gzip file is damaged (%v); copy or download it again", path, err)
	}
	return i18n.Errorf("%s: reading failed: %v", path, err)
}

// refusals are the beginnings of files that are no tables yet known.
var refusals = []struct {
	magic string
	why   i18n.Text
}{
	{"%PDF", "a PDF document, not a table; export the data as CSV"},
	{"SQLite format 3", "an SQLite database, which is not read; export the table as CSV"},
	{"\x28\xb5\x2f\xfd", "compressed with zstd; decompress it first, or compress it with gzip"},
	{"BZh", "compressed with bzip2; decompress it first, or compress it with gzip"},
	{"\xfd7zXZ", "compressed with xz; decompress it first, or compress it with gzip"},
	{"7z\xbc\xaf", "a 7z archive; unpack it and name the file inside"},
	{"Rar!", "a RAR archive; unpack it and name the file inside"},
	{"\x1f\x8b", "compressed twice with gzip; decompress it once"},
	{"\x89PNG", "a picture, not a table; export the data as CSV"},
}

// container decides by content what a file is.
func container(h *fileHead) (Container, error) {
	data := h.data
	if bytes.HasPrefix(data, []byte("PAR1")) {
		if h.gzip {
			return "", i18n.Errorf("%s: Parquet inside gzip is not read; decompress it first", h.path)
		}
		return Parquet, nil
	}
	for _, r := range refusals {
		if bytes.HasPrefix(data, []byte(r.magic)) {
			return "", i18n.Errorf("%s: this is %s", h.path, r.why.String())
		}
	}
	if len(data) >= 12 && string(data[8:12]) == "DUCK" {
		return "", i18n.Errorf("%s: this is a DuckDB database, not an export; open it as a workspace with -w", h.path)
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(data, bom), " \t\r\n")
	if markup(text) {
		return "", i18n.Errorf("%s: this is an HTML or XML page, not a table, even if its name says otherwise; export the data as CSV", h.path)
	}
	found := jsonOrCSV(text)
	if found == CSV && namedJSON(h.path) && (bytes.HasPrefix(text, []byte("[")) || h.whole && json.Valid(text)) {
		return "", notRecords(h.path)
	}
	return found, nil
}

var bom = []byte("\xef\xbb\xbf")

func markup(text []byte) bool {
	start := strings.ToLower(string(text[:min(len(text), 9)]))
	for _, tag := range []string{"<html", "<!doctype", "<?xml", "<table"} {
		if strings.HasPrefix(start, tag) {
			return true
		}
	}
	return false
}

// jsonOrCSV tells one array or object from an object per line.
func jsonOrCSV(text []byte) Container {
	if len(text) == 0 {
		return CSV
	}
	rest := bytes.TrimLeft(text[1:], " \t\r\n")
	switch {
	case text[0] == '[' && (len(rest) == 0 || rest[0] == '{' || rest[0] == ']'):
		return JSON
	case text[0] == '{' && (len(rest) == 0 || rest[0] == '"' || rest[0] == '}'):
		line, _, _ := bytes.Cut(text, []byte("\n"))
		if json.Valid(line) {
			return NDJSON
		}
		return JSON
	}
	return CSV
}

// checkText refuses NUL bytes and invalid UTF-8, naming the place: lines and
// bytes count from 1.
func (h *fileHead) checkText() error {
	if i := bytes.IndexByte(h.data, 0); i >= 0 {
		return i18n.Errorf("%s: line %s, byte %s: a NUL byte; this is binary data, save it as CSV UTF-8",
			h.path, lineAt(h.data, i), strconv.Itoa(i+1))
	}
	if i := invalidUTF8(h.data, h.whole); i >= 0 {
		return i18n.Errorf("%s: line %s, byte %s: %s is not UTF-8; save the file as CSV UTF-8",
			h.path, lineAt(h.data, i), strconv.Itoa(i+1), hexByte(h.data[i]))
	}
	return nil
}

// invalidUTF8 returns the offset of the first invalid byte, or -1. Unless the
// text is whole, a character cut off at the end is none.
func invalidUTF8(data []byte, whole bool) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size <= 1 {
			if !whole && !utf8.FullRune(data[i:]) {
				return -1
			}
			return i
		}
		i += size
	}
	return -1
}

// lineAt returns the 1-based physical line of an offset.
func lineAt(data []byte, offset int) string {
	return strconv.Itoa(1 + bytes.Count(data[:offset], []byte("\n")))
}

func hexByte(b byte) string {
	return "0x" + strings.ToUpper(strconv.FormatUint(uint64(b)+0x100, 16)[1:])
}

// checkParquetEnd refuses a Parquet file whose end is missing.
func (s *Source) checkParquetEnd() error {
	f, err := open(s.Path)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read from
	info, err := f.Stat()
	if err != nil {
		return readError(s.Title(), err)
	}
	size, end := info.Size(), make([]byte, 4)
	if _, err := f.ReadAt(end, max(size-4, 0)); err != nil && !errors.Is(err, io.EOF) {
		return readError(s.Title(), err)
	}
	if size < 12 || string(end) != "PAR1" {
		return i18n.Errorf("%s: the Parquet file is cut off before its end; copy or download it again", s.Title())
	}
	return nil
}
