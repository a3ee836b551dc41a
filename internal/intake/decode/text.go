package decode

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"

	"worth/internal/i18n"
)

const (
	headBytes  = 1 << 20
	pieceBytes = 64 << 10
	pieceCount = 24 // of a large plain file, beside its head
	// foreignEnough bytes beyond ASCII decide about compressed text, within
	// searched bytes of it.
	foreignEnough = 4 << 10
	searched      = 64 << 20
)

// openText completes a member that is text on disk, the head of which is known.
func (m Member) openText(ctx context.Context, f *os.File, head []byte) (Member, error) {
	pieces := [][]byte{head}
	if step := (m.Bytes - int64(len(head))) / pieceCount; step > 0 {
		for i := range int64(pieceCount) {
			if err := ctx.Err(); err != nil {
				return m, err
			}
			piece := make([]byte, min(pieceBytes, step))
			at := int64(len(head)) + (i+1)*step - int64(len(piece)) // the last piece ends where the file does
			n, _, err := fill(io.NewSectionReader(f, at, int64(len(piece))), piece)
			if err != nil {
				return m, readError(m.Path, err)
			}
			pieces = append(pieces, piece[:n])
		}
	}
	m.settle(pieces)
	return m, nil
}

// settle decides on the encoding of text and on whether it can be read as it is.
func (m *Member) settle(pieces [][]byte) {
	d := Detect(pieces...)
	sound := d.Encoding == UTF8 && d.Confidence >= 0.99
	if told := m.options.Encoding; told != "" {
		evidence := []string{i18n.T("encoding %s, as told; reads as %s", string(told), excerpt(told, pieces[0]))}
		if told != d.Encoding {
			evidence = append(evidence, i18n.T("without being told: %s", d.Evidence[0]))
		}
		d.Encoding, d.Confidence, d.Evidence = told, 1, evidence
	}
	m.Format, m.Encoding, m.Confidence = Text, d.Encoding, d.Confidence
	m.Evidence = append(m.Evidence, d.Evidence...)
	m.Returns = !d.Encoding.wide() && onlyReturns(pieces[0]) || d.Encoding.wide() && onlyReturns([]byte(decodeAll(d.Encoding, pieces[0])))
	if m.Returns {
		m.Evidence = append(m.Evidence, i18n.T("lines end with a carriage return alone; read with line feeds"))
	}
	twice := bytes.HasPrefix(pieces[0], []byte("\xef\xbb\xbf\xef\xbb\xbf"))
	// Text with zero bytes is left to its reader, which says where they stand.
	m.Plain = m.Name == "" && m.Encoding == UTF8 && !m.Returns && !twice && (sound || bytes.IndexByte(pieces[0], 0) >= 0)
}

// onlyReturns reports whether the text has carriage returns and no line feed.
func onlyReturns(text []byte) bool {
	last := len(text) - 1 // its line feed may stand in the next piece
	return bytes.IndexByte(text, '\n') < 0 && last > 0 && bytes.IndexByte(text[:last], '\r') >= 0
}

// openGzip completes a member that is gzip-compressed on disk.
func (m Member) openGzip(ctx context.Context, f *os.File) (Member, error) {
	m.Gzip = true
	z, err := gzip.NewReader(bufio.NewReaderSize(io.NewSectionReader(f, 0, m.Bytes), 1<<16))
	if err != nil {
		return m, readError(m.Path, err)
	}
	in := &guarded{ctx: ctx, from: z, limits: m.options.Limits, compressed: m.Bytes}
	if err := m.openStream(ctx, in); err != nil {
		return m, err
	}
	return m, nil
}

// openStream completes a member from the beginning of its decompressed bytes.
func (m *Member) openStream(ctx context.Context, in io.Reader) error {
	head := make([]byte, headBytes)
	n, last, err := fill(in, head)
	if err != nil {
		return m.streamError(ctx, err)
	}
	head = head[:n]
	switch kindOf(head) {
	case kindZip, kindGzip:
		return i18n.Errorf("%s: holds another compressed file; unpack it once and load what is inside", m.Title())
	case kindOldOffice:
		return refuseOldOffice(m.Title(), head)
	case kindOther:
		m.Format, m.Plain = Other, m.Name == ""
		return nil
	case kindText:
	}
	if looksLikeTar(head) {
		return i18n.Errorf("%s: holds a tar archive; unpack it and name the files inside", m.Title())
	}
	pieces := [][]byte{head}
	if !last {
		more, err := foreign(in)
		if err != nil {
			return m.streamError(ctx, err)
		}
		pieces = append(pieces, more...)
	}
	m.settle(pieces)
	return nil
}

func (m *Member) streamError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return readError(m.Title(), err)
}

// foreign reads on to the next pieces that are not all ASCII.
func foreign(in io.Reader) ([][]byte, error) {
	var found [][]byte
	have := 0
	for read := 0; read < searched && have < foreignEnough; read += headBytes {
		block := make([]byte, headBytes)
		n, last, err := fill(in, block)
		if err != nil {
			return nil, err
		}
		block = block[:n]
		if from := asciiRun(block); from < n {
			piece := afterLine(block[max(0, bytes.LastIndexAny(block[:from], "\r\n")):])
			piece = piece[:min(len(piece), pieceBytes)]
			for _, c := range piece {
				if c >= 0x80 {
					have++
				}
			}
			found = append(found, piece)
		}
		if last {
			break
		}
	}
	return found, nil
}

func looksLikeTar(head []byte) bool {
	const at = 257
	return len(head) > at+5 && string(head[at:at+5]) == "ustar"
}

// reader opens the member's decompressed bytes.
func (m *Member) reader(ctx context.Context, progress func(done, total int64)) (io.ReadCloser, error) {
	f, err := os.Open(m.Path)
	if err != nil {
		return nil, i18n.Errorf("%s: cannot be opened: %v", m.Path, err)
	}
	if m.entry >= 0 {
		in, err := m.entryReader(ctx, f, progress)
		if err != nil {
			return nil, joinClose(err, f)
		}
		return in, nil
	}
	from := io.Reader(&counted{from: f, total: m.Bytes, progress: progress})
	if m.Gzip {
		z, err := gzip.NewReader(bufio.NewReaderSize(from, 1<<16))
		if err != nil {
			return nil, joinClose(readError(m.Path, err), f)
		}
		from = &guarded{ctx: ctx, from: z, limits: m.options.Limits, compressed: m.Bytes}
	}
	return readCloser{from, f}, nil
}

// readCloser reads from one thing and closes others.
type readCloser struct {
	io.Reader
	io.Closer
}
