package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
)

// Hash returns the SHA-256 of a file in hex, reading it once from start to end.
// A gzip file is also checked to be whole, since a reader may take a cut-off one for a
// shorter one.
func Hash(ctx context.Context, path string) (string, error) {
	sum := sha256.New()
	if err := pour(ctx, path, path, io.Discard, sum); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// pour hands the file at path, which people know as title, to two writers from start
// to end: its text, decompressed if need be, and its bytes as they stand.
func pour(ctx context.Context, path, title string, text, stored io.Writer) error {
	f, err := open(path)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read from
	in, _, err := decompressed(io.TeeReader(&untilDone{ctx, f}, stored), title)
	if err != nil {
		return err
	}
	if _, err := io.Copy(text, in); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return readError(title, err)
	}
	return nil
}

// untilDone is a reader that stops when its context is done.
type untilDone struct {
	ctx  context.Context //nolint:containedctx // Read has no place for one
	from io.Reader
}

func (u *untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.from.Read(p) //nolint:wrapcheck // a reader passes on what it meets
}
