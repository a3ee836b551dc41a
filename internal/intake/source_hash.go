package intake

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
)

// Hash returns the SHA-256 of a file in hex, reading it once from start to end.
// A gzip file is also checked to be whole, since a reader may take a cut-off one for a
// shorter one. progress, which may be nil, is called from this goroutine with the
// bytes read so far and their total.
func Hash(ctx context.Context, path string, progress func(done, total int64)) (string, error) {
	info, err := stat(path)
	if err != nil {
		return "", err
	}
	f, err := open(path)
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // only read from
	sum := sha256.New()
	in := &meter{ctx: ctx, from: f, total: info.Size(), progress: progress}
	bytes := bufio.NewReaderSize(io.TeeReader(in, sum), 1<<18)
	if magic, err := bytes.Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		if err := drainGzip(path, bytes); err != nil {
			if ctx.Err() != nil {
				return "", ctx.Err()
			}
			return "", err
		}
	}
	if _, err := io.Copy(io.Discard, bytes); err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		return "", readError(path, err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// drainGzip decompresses a file to its end and keeps nothing of it.
func drainGzip(path string, in io.Reader) error {
	z, err := gzip.NewReader(in)
	if err == nil {
		_, err = io.Copy(io.Discard, z) //nolint:gosec // a bomb costs time here and nothing else
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return readError(path, err)
	}
	return nil
}

// meter counts what is read and stops when its context is done.
type meter struct {
	ctx         context.Context //nolint:containedctx // Read has no place for one
	from        io.Reader
	done, total int64
	progress    func(done, total int64)
}

func (m *meter) Read(p []byte) (int, error) {
	if err := m.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.from.Read(p)
	m.done += int64(n)
	if m.progress != nil && n > 0 {
		m.progress(m.done, m.total)
	}
	return n, err //nolint:wrapcheck // a reader passes on what it meets
}
