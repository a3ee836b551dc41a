package decode

import (
	"context"
	"io"

	"worth/internal/i18n"
)

// Limits keep an archive from filling the disk.
type Limits struct {
	Bytes   int64 // after decompression, of all files of an archive together
	Ratio   int64 // of decompressed to compressed bytes, once Allowance is passed
	Members int   // files in an archive
	Parts   int64 // bytes of a workbook's parts that are held in memory: styles, pictures
}

// DefaultLimits are far above any export and far below what hurts.
var DefaultLimits = Limits{Bytes: 64 << 30, Ratio: 250, Members: 2000, Parts: 256 << 20}

// Allowance is how much may come out of a compressed file before the ratio counts.
const Allowance = 64 << 20

// refusal is an error whose text is a sentence already.
type refusal struct{ error }

// check refuses what a file claims, or has been seen, to expand to.
func (l Limits) check(expanded, compressed int64) error {
	if expanded > l.Bytes {
		return &refusal{i18n.Errorf("expands to more than %d MB, the limit for one file; unpack it and name the files inside, or raise the limit with --max-archive-bytes", l.Bytes>>20)}
	}
	if expanded > Allowance && expanded/max(compressed, 1) > l.Ratio {
		return &refusal{i18n.Errorf("expands to more than %d times its size, which no export does and an attack would; unpack it with care and name the file inside, or raise the limit with --max-archive-ratio", l.Ratio)}
	}
	return nil
}

// guarded stops a decompressor at the limits and when its context is done.
type guarded struct {
	ctx        context.Context //nolint:containedctx // Read has no place for one
	from       io.Reader
	limits     Limits
	compressed int64
	expanded   int64
}

func (g *guarded) Read(p []byte) (int, error) {
	if err := g.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := g.from.Read(p)
	g.expanded += int64(n)
	if bad := g.limits.check(g.expanded, g.compressed); bad != nil {
		return n, bad
	}
	return n, err //nolint:wrapcheck // a reader passes on what it meets
}

// counted tells progress what is read from the disk.
type counted struct {
	from        io.Reader
	done, total int64
	progress    func(done, total int64)
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.done += int64(n)
	if c.progress != nil && n > 0 {
		c.progress(min(c.done, c.total), c.total)
	}
	return n, err //nolint:wrapcheck // a reader passes on what it meets
}
