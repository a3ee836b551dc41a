package intake

import (
	"context"
	"io"
)

// beside is something read in Go while the database does its own work.
type beside[T any] struct {
	done  chan struct{} // closed when the fields below are set
	value T
	err   error
}

// startBeside does something in a goroutine of its own.
func startBeside[T any](do func() (T, error)) *beside[T] {
	b := &beside[T]{done: make(chan struct{})}
	go func() {
		defer close(b.done)
		b.value, b.err = do()
	}()
	return b
}

// wait returns what was read once it is there.
func (b *beside[T]) wait() (T, error) {
	<-b.done
	return b.value, b.err
}

// scanned looks through the delimited text that the database reads, for cells that
// hold nothing.
func (l *loader) scanned(ctx context.Context, s *Source) (*nothingScan, error) {
	found := newNothingScan(l.nothing, s.Delimiter, s.Quote)
	if s.Container != CSV {
		return found, nil
	}
	f, err := open(s.Path)
	if err != nil {
		return found, err
	}
	defer f.Close() //nolint:errcheck // only read from
	text, _, err := decompressed(f, s.Title())
	if err != nil {
		return found, err
	}
	if _, err := io.CopyBuffer(found, &meter{ctx: ctx, from: text}, make([]byte, 1<<18)); err != nil {
		if ctx.Err() != nil {
			return found, ctx.Err()
		}
		return found, readError(s.Title(), err)
	}
	found.end()
	return found, nil
}

// loadedAs returns the path under which the content of a file is loaded already, empty
// if it is new. A file is read for it only where one of the same size is known.
func (l *loader) loadedAs(ctx context.Context, s *Source) (string, error) {
	if !l.knownSizes[s.Bytes] {
		return "", nil
	}
	if err := l.hashed(); err != nil {
		return "", err
	}
	if s.SHA256 == "" {
		sum, err := Hash(ctx, s.Original, nil)
		if err != nil {
			return "", err
		}
		s.SHA256 = sum
	}
	return l.known[s.SHA256], nil
}

// unhashed is a file that was read and whose hash is under way.
type unhashed struct {
	source *Source
	sum    *beside[string]
}

// hashLater starts to compute the hash of a file that was read. Reading keeps all
// processors busy; making orders and customers of the rows, which follows, does not.
func (l *loader) hashLater(ctx context.Context, s *Source) {
	l.unhashed = append(l.unhashed, unhashed{s, startBeside(func() (string, error) {
		if s.SHA256 != "" {
			return s.SHA256, nil
		}
		return Hash(ctx, s.Original, nil)
	})})
}

// hashed waits for the hashes that are under way.
func (l *loader) hashed() error {
	for _, u := range l.unhashed {
		sum, err := u.sum.wait()
		if err != nil {
			return err
		}
		if u.source.unchanged != nil {
			if err := u.source.unchanged(); err != nil {
				return err
			}
		}
		u.source.SHA256, l.known[sum] = sum, u.source.Title()
	}
	l.unhashed = nil
	return nil
}

// abandon lets nobody read files any more after the load.
func (l *loader) abandon() {
	for _, u := range l.unhashed {
		<-u.sum.done
	}
}
