package decode

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"

	"golang.org/x/text/transform"

	"worth/internal/i18n"
)

// Problem is a place in a file that is no character in its encoding.
type Problem struct {
	Line  int64  // physical, counted from 1
	Byte  int64  // of the text after decompression, counted from 1
	Bytes string // in hex
}

const (
	blockBytes  = 256 << 10 // decoded at a time
	mostPlaces  = 5         // problems that are located; the others are counted
	replacement = "\ufffd"
)

// transcoder streams text of one encoding as UTF-8.
type transcoder struct {
	name     string // of the file, for errors
	encoding Encoding
	decoder  transform.Transformer // nil for UTF-8
	strict   bool                  // a problem is an error
	returns  bool                  // lone carriage returns end lines and become line feeds

	line, at int64 // line feeds and bytes before the block
	stats    Stats
	out      []byte
	held     bool // a carriage return of the last block awaits its successor
}

func newTranscoder(name string, e Encoding) *transcoder {
	t := &transcoder{name: name, encoding: e}
	if codec := e.codec(); codec != nil {
		t.decoder = codec.NewDecoder().Transformer
	}
	return t
}

// run copies all of in to w. It stops when the context is done.
func (t *transcoder) run(ctx context.Context, w io.Writer, in io.Reader) error {
	block, carried := make([]byte, blockBytes), 0
	for first := true; ; first = false {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, last, err := fill(in, block[carried:])
		if err != nil {
			return readError(t.name, err)
		}
		text := block[:carried+n]
		if first {
			skipped := t.skipMarks(text)
			text, t.at = text[skipped:], int64(skipped)
		}
		used, err := t.block(text, last)
		if err != nil {
			return err
		}
		if err := t.flush(w, last); err != nil {
			return err
		}
		carried = copy(block, text[used:])
		t.at += int64(used)
		if last {
			return t.judge()
		}
	}
}

// fill reads until block is full or the text ends; unlike io.ReadFull it keeps
// the end apart from a file that is cut off.
func fill(in io.Reader, block []byte) (n int, last bool, err error) {
	for n < len(block) {
		more, err := in.Read(block[n:])
		n += more
		if errors.Is(err, io.EOF) {
			return n, true, nil
		}
		if err != nil {
			return n, false, err //nolint:wrapcheck // the caller names the file
		}
	}
	return n, false, nil
}

// skipMarks returns the length of the byte order marks that text starts with;
// scripts that append to files write more than one.
func (t *transcoder) skipMarks(text []byte) int {
	skipped := 0
	for {
		m, e := mark(text[skipped:])
		if m == "" || e != t.encoding {
			return skipped
		}
		skipped += len(m)
	}
}

// block decodes text into out and returns how much of it was used: all, but for
// a character that goes on in the next block.
func (t *transcoder) block(text []byte, last bool) (used int, err error) {
	t.out = t.out[:0]
	switch {
	case t.decoder == nil:
		return t.utf8Block(text, last)
	case t.encoding.wide():
		return t.piece(text, 0, last)
	}
	for used < len(text) {
		n := asciiRun(text[used:])
		t.out = append(t.out, text[used:used+n]...)
		if used += n; used == len(text) {
			break
		}
		n = foreignRun(text[used:])
		done, err := t.piece(text[used:used+n], used, last && used+n == len(text))
		if used += done; err != nil || done < n {
			return used, err
		}
	}
	return used, nil
}

// piece decodes part of a block, offset bytes into it, and looks for problems.
func (t *transcoder) piece(text []byte, offset int, last bool) (used int, err error) {
	from := len(t.out)
	for {
		t.grow(3*(len(text)-used) + utf8.UTFMax)
		wrote, read, err := t.decoder.Transform(t.out[len(t.out):cap(t.out)], text[used:], last)
		t.out = t.out[:len(t.out)+wrote]
		used += read
		if errors.Is(err, transform.ErrShortDst) {
			continue
		}
		if err != nil && !errors.Is(err, transform.ErrShortSrc) {
			return used, i18n.Errorf("%s: byte %s: decoding %s failed: %v", t.name,
				strconv.FormatInt(t.at+int64(offset+used)+1, 10), string(t.encoding), err)
		}
		break
	}
	if !bytes.Contains(t.out[from:], []byte(replacement)) {
		return used, nil
	}
	return used, t.locate(text[:used], offset, from)
}

// grow makes room for n more bytes of output.
func (t *transcoder) grow(n int) {
	if cap(t.out)-len(t.out) < n {
		t.out = append(make([]byte, 0, 2*cap(t.out)+n), t.out...)
	}
}

// locate counts the problems of a piece, the output of which starts at from, and
// finds the places of the first ones by decoding character by character.
func (t *transcoder) locate(text []byte, offset, from int) error {
	if len(t.stats.Problems) >= mostPlaces {
		t.stats.Replaced += int64(bytes.Count(t.out[from:], []byte(replacement)))
		return nil
	}
	line := t.line + int64(bytes.Count(t.out[:from], []byte{'\n'})) + 1
	var one [4 * utf8.UTFMax]byte
	for at := 0; at < len(text); {
		wrote, read := 0, 0
		for n := 1; read == 0 && at+n <= len(text); n++ {
			wrote, read, _ = t.decoder.Transform(one[:], text[at:at+n], at+n == len(text)) // the errors ask for more bytes
		}
		if read == 0 {
			break
		}
		if wrote > len(replacement) && string(one[:len(replacement)]) == replacement {
			wrote, read = len(replacement), t.unit() // what follows is looked at by itself
		}
		if source := text[at : at+read]; string(one[:wrote]) == replacement && !t.means(source) {
			if err := t.problem(line, int64(offset+at), source); err != nil {
				return err
			}
		}
		line += int64(bytes.Count(one[:wrote], []byte{'\n'}))
		at += read
	}
	return nil
}

// unit is the number of bytes that an undecodable place takes at least.
func (t *transcoder) unit() int {
	if t.encoding.wide() {
		return 2
	}
	return 1
}

// means reports whether source is the replacement character itself, properly encoded.
func (t *transcoder) means(source []byte) bool {
	switch string(source) {
	case "\x84\x31\xa4\x37":
		return t.encoding == GB18030
	case "\xfd\xff":
		return t.encoding == UTF16LE
	case "\xff\xfd":
		return t.encoding == UTF16BE
	}
	return false
}

// problem counts an undecodable place, offset bytes into the block.
func (t *transcoder) problem(line, offset int64, source []byte) error {
	p := Problem{Line: line, Byte: t.at + offset + 1, Bytes: hexBytes(source)}
	if t.strict {
		return i18n.Errorf("%s: line %s, byte %s: %s is no character in %s; say which encoding it is with --encoding, or save the file as UTF-8",
			t.name, strconv.FormatInt(p.Line, 10), strconv.FormatInt(p.Byte, 10), p.Bytes, string(t.encoding))
	}
	t.stats.Replaced++
	if len(t.stats.Problems) < mostPlaces {
		t.stats.Problems = append(t.stats.Problems, p)
	}
	return nil
}

// utf8Block copies UTF-8, replacing what is none.
func (t *transcoder) utf8Block(text []byte, last bool) (used int, err error) {
	if utf8.Valid(text) {
		t.out = append(t.out, text...)
		return len(text), nil
	}
	for used < len(text) {
		r, size := utf8.DecodeRune(text[used:])
		if r != utf8.RuneError || size > 1 {
			t.out = append(t.out, text[used:used+size]...)
			used += size
			continue
		}
		if !last && !utf8.FullRune(text[used:]) {
			return used, nil
		}
		line := t.line + 1
		if len(t.stats.Problems) < mostPlaces || t.strict {
			line += int64(bytes.Count(t.out, []byte{'\n'}))
		}
		if err := t.problem(line, int64(used), text[used:used+1]); err != nil {
			return used, err
		}
		t.out = append(t.out, replacement...)
		used++
	}
	return used, nil
}

// flush writes a decoded block.
func (t *transcoder) flush(w io.Writer, last bool) error {
	if t.returns {
		t.feedLines(last)
	}
	t.line += int64(bytes.Count(t.out, []byte{'\n'}))
	n, err := w.Write(t.out)
	t.stats.Written += int64(n)
	if err != nil {
		return writeError(t.name, err)
	}
	return nil
}

// feedLines makes every line of a block end with a line feed.
func (t *transcoder) feedLines(last bool) {
	text := t.out
	if t.held {
		text = append([]byte{'\r'}, text...)
		t.held = false
	}
	if n := len(text); n > 0 && text[n-1] == '\r' && !last {
		text, t.held = text[:n-1], true
	}
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	t.out = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
}

// judge refuses a text of which too much was no text in its encoding.
func (t *transcoder) judge() error {
	const few, tolerated = 50, 1000 // one in so many bytes
	if t.stats.Replaced <= few || t.stats.Replaced*tolerated < t.stats.Written {
		return nil
	}
	where := ""
	if len(t.stats.Problems) > 0 {
		where = strconv.FormatInt(t.stats.Problems[0].Line, 10)
	}
	return i18n.Errorf("%s: %d {place is no character|places are no characters} in %s, the first in line %s; say which encoding it is with --encoding",
		t.name, t.stats.Replaced, string(t.encoding), where)
}

func hexBytes(b []byte) string {
	const digits = "0123456789ABCDEF"
	out := []byte("0x")
	for _, c := range b {
		out = append(out, digits[c>>4], digits[c&15])
	}
	return string(out)
}
