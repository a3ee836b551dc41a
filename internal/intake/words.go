package intake

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"worth/internal/i18n"
)

// separatedByWords reports whether the text is a table with runs of spaces
// between its columns: nearly every line has the same number of words, and the
// lines show signs of alignment or have at least three words.
func separatedByWords(h *fileHead) bool {
	lines := strings.FieldsFunc(string(h.data[:min(len(h.data), dialectBytes)]), func(r rune) bool { return r == '\n' || r == '\r' })
	if !h.whole && len(lines) > 1 {
		lines = lines[:len(lines)-1]
	}
	var records [][]string
	aligned := 0
	for _, line := range lines[:min(len(lines), dialectRecords)] {
		if words := strings.Fields(line); len(words) > 0 {
			records = append(records, words)
		}
		if strings.HasPrefix(line, " ") || strings.Contains(strings.TrimSpace(line), "  ") {
			aligned++
		}
	}
	const even = 0.95
	width, share := usualWidth(records)
	return share >= even && (width >= 3 || width == 2 && aligned*2 > len(records))
}

// rewriteWords copies a whitespace-separated table into dir with tabs between
// the fields, one output line per input line so that line numbers stay, and
// points s at the copy. It returns the head of the copy.
func (s *Source) rewriteWords(ctx context.Context, dir string) (*fileHead, error) {
	if dir == "" {
		return nil, i18n.Errorf("%s: a table with spaces between its columns needs a folder for a temporary copy", s.Title())
	}
	in, err := open(s.Path)
	if err != nil {
		return nil, err
	}
	defer in.Close() //nolint:errcheck // only read from
	text, _, err := decompressed(in, s.Title())
	if err != nil {
		return nil, err
	}
	out, err := os.CreateTemp(dir, "words-*.tsv")
	if err != nil {
		return nil, i18n.Errorf("%s: no temporary copy could be made in %s: %v", s.Title(), dir, err)
	}
	err = errors.Join(tabulate(ctx, s.Title(), text, out), out.Close())
	if err != nil {
		return nil, errors.Join(err, os.Remove(out.Name()))
	}
	s.Path, s.Gzip, s.BOM = out.Name(), false, false
	s.note("runs of spaces separate the columns; read through a copy with tabs")
	return readHead(ctx, s.Path, s.Title())
}

// tabulate writes every line of in with single tabs between its words.
func tabulate(ctx context.Context, path string, in io.Reader, out io.Writer) error {
	lines := bufio.NewReaderSize(in, 1<<16)
	w := bufio.NewWriterSize(out, 1<<16)
	var tabs []byte
	for number := 1; ; number++ {
		if number%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		line, err := readLine(lines)
		if len(line) > 0 {
			if number == 1 {
				line = bytes.TrimPrefix(line, bom)
			}
			var bad error
			if tabs, bad = tabbed(tabs[:0], line); bad == nil {
				_, bad = w.Write(tabs)
			}
			if bad != nil {
				return i18n.Errorf("%s: line %s: %v", path, strconv.Itoa(number), bad)
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			if err := w.Flush(); err != nil {
				return i18n.Errorf("%s: the copy with tabs cannot be written: %v", path, err)
			}
			return nil
		case errors.Is(err, bufio.ErrTooLong):
			return i18n.Errorf("%s: line %s is longer than %d MB; check the line ends of the file", path, strconv.Itoa(number), rowLimit>>20)
		case err != nil:
			return readError(path, err)
		}
	}
}

// readLine returns a line with its end, in memory bounded by rowLimit.
func readLine(r *bufio.Reader) ([]byte, error) {
	var whole []byte
	for {
		piece, err := r.ReadSlice('\n')
		if len(whole)+len(piece) > rowLimit {
			return nil, bufio.ErrTooLong
		}
		if err == nil && whole == nil {
			return piece, nil
		}
		whole = append(whole, piece...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return whole, err //nolint:wrapcheck // the caller tells the end from a failure
		}
	}
}

// tabbed appends the words of a line to dst, with tabs between them.
func tabbed(dst, line []byte) ([]byte, error) {
	if bytes.IndexByte(line, 0) >= 0 {
		return dst, i18n.Errorf("a NUL byte; this is binary data, save it as CSV UTF-8")
	}
	if !utf8.Valid(line) {
		return dst, i18n.Errorf("not UTF-8; save the file as CSV UTF-8")
	}
	for i, word := range bytes.Fields(line) {
		if i > 0 {
			dst = append(dst, '\t')
		}
		dst = append(dst, word...)
	}
	return append(dst, '\n'), nil
}
