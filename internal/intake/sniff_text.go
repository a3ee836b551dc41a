package intake

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"

	"worth/internal/i18n"
)

const (
	sampleRows    = 2000
	sampleCells   = 400_000 // fewer rows of very wide files
	elsewhereRows = 120     // of each place further down a large file
	elsewhere     = 64 << 10
)

// inspectText fills s from the head of delimited text.
func (s *Source) inspectText(ctx context.Context, h *fileHead, o Options) error {
	if err := h.checkText(); err != nil {
		return err
	}
	if len(bytes.TrimSpace(bytes.TrimPrefix(h.data, bom))) == 0 {
		return i18n.Errorf("%s: there is nothing but blank lines in the file; export it again", s.Title())
	}
	if len(h.data) > rowLimit && !bytes.ContainsAny(h.data[:rowLimit], "\r\n") {
		return s.firstRowTooLong()
	}
	if len(o.Delimiter) > 1 {
		return i18n.Errorf("--delimiter: %q is longer than one byte; give one character such as ; or a tab", o.Delimiter)
	}
	s.BOM = bytes.HasPrefix(h.data, bom)
	d, found := dialect{}, false
	if o.Delimiter != " " {
		d, found = detectDialect(h, o.Delimiter)
	}
	if o.Delimiter == " " || !found && separatedByWords(h) {
		var err error
		if h, err = s.rewriteWords(ctx, o.TempDir); err != nil {
			return err
		}
		d = dialect{delimiter: '\t'}
	}
	s.Delimiter, s.Quote, s.Escape = one(d.delimiter), one(d.quote), one(d.escape)
	s.NewLine, s.SkipLines, s.MixedEnds = newLineOf(h.data), blankLines(h.data), mixedEnds(h.data, d.quote)
	return s.readSample(ctx, h, d)
}

// readSample parses the head, decides on the header and names the columns.
func (s *Source) readSample(ctx context.Context, h *fileHead, d dialect) error {
	text := bytes.TrimPrefix(h.data, bom)
	r := &recordReader{dialect: d, data: text, whole: h.whole}
	r.at = s.skipPreamble(text, d, h.whole)
	start := r.at
	first, ok := r.next()
	if !ok {
		return s.firstRowTooLong()
	}
	header := text[start:r.at]
	rows := r.readAll(min(sampleRows, max(50, sampleCells/len(first))))
	if r.longest > rowLimit {
		return i18n.Errorf("%s: a row near the top is longer than %d MB; check the quotes and line ends of the file", s.Title(), rowLimit>>20)
	}
	s.LongestRow = r.longest
	width := len(first)
	if usual, share := usualWidth(rows); share > 0.5 {
		width = max(width, usual)
	}
	s.HasHeader = s.looksLikeHeader(first, rows)
	if s.HasHeader {
		s.Headers = fit(first, width)
		s.Columns = safeNames(s.Headers)
		rows = s.dropLabels(header, rows)
	} else {
		s.Columns = safeNames(make([]string, width))
		rows = append([][]string{first}, rows...)
	}
	for i := range rows {
		rows[i] = fit(rows[i], width)
	}
	s.Sample = rows
	s.describe(rows)
	s.trailingEmpty(rows)
	if h.whole || h.gzip {
		return nil
	}
	return s.sampleElsewhere(ctx, d)
}

func (s *Source) firstRowTooLong() error {
	return i18n.Errorf("%s: the first row is longer than %d MB; check the quotes and line ends of the file", s.Title(), rowLimit>>20)
}

// describe notes what the analyst may want to know about the layout.
func (s *Source) describe(rows [][]string) {
	switch s.Delimiter {
	case "\t":
		s.note("text with tabs between %d column{s}", len(s.Columns))
	default:
		s.note("text with %q between %d column{s}", s.Delimiter, len(s.Columns))
	}
	if len(rows) == 0 {
		s.note("a header and no rows")
	}
	for i, h := range s.Headers {
		if h != s.Columns[i] {
			s.note("column %s is called %s here", strconv.Itoa(i+1), s.Columns[i])
		}
	}
}

// sampleElsewhere adds rows from the quarters and the end of a plain file, so
// that a column whose later rows differ is not judged by its first.
func (s *Source) sampleElsewhere(ctx context.Context, d dialect) error {
	f, err := open(s.Path)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read from
	info, err := f.Stat()
	if err != nil {
		return readError(s.Path, err)
	}
	size := info.Size()
	for _, at := range []int64{size / 4, size / 2, size / 4 * 3, size - elsewhere} {
		if err := ctx.Err(); err != nil {
			return err
		}
		if at < headBytes {
			continue
		}
		chunk := make([]byte, elsewhere)
		n, err := f.ReadAt(chunk, at)
		if err != nil && !errors.Is(err, io.EOF) {
			return readError(s.Path, err)
		}
		if err := s.addChunk(chunk[:n], at, at+int64(n) >= size, d); err != nil {
			return err
		}
	}
	return nil
}

// addChunk adds the records of a piece of the file. The first line may be cut,
// and the piece may start inside quotes, so only records of the full width count.
func (s *Source) addChunk(chunk []byte, at int64, last bool, d dialect) error {
	start := bytes.IndexAny(chunk, "\r\n")
	if start < 0 {
		return nil
	}
	body := chunk[start:]
	if i := bytes.IndexByte(body, 0); i >= 0 {
		return i18n.Errorf("%s: byte %s: a NUL byte; the file is damaged or binary from there on", s.Title(), strconv.FormatInt(at+int64(start+i)+1, 10))
	}
	if i := invalidUTF8(body, last); i >= 0 {
		return i18n.Errorf("%s: byte %s: %s is not UTF-8; save the file as CSV UTF-8",
			s.Title(), strconv.FormatInt(at+int64(start+i)+1, 10), hexByte(body[i]))
	}
	r := &recordReader{dialect: d, data: body, whole: last}
	rows := r.readAll(len(body))
	if last {
		rows = rows[max(0, len(rows)-elsewhereRows):]
	}
	for _, row := range rows[:min(len(rows), elsewhereRows)] {
		if len(row) == len(s.Columns) {
			s.Sample = append(s.Sample, row)
		}
	}
	return nil
}
