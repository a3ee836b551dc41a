package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
)

// skim is what going through a file once tells of it, beside its rows.
type skim struct {
	*nothingScan        // of delimited text
	sum          string // SHA-256 of the file, in hex
}

// skimming is a file gone through in a goroutine of its own, while the database reads
// it.
type skimming struct {
	done  chan struct{} // closed when the fields below are set
	found skim
	err   error
}

// startSkim starts to go through a file.
func (l *loader) startSkim(ctx context.Context, s *Source) *skimming {
	k := &skimming{done: make(chan struct{})}
	go func() {
		defer close(k.done)
		k.found, k.err = l.skimmed(ctx, s)
	}()
	return k
}

// wait returns what was found once all of the file was gone through.
func (k *skimming) wait() (skim, error) {
	<-k.done
	return k.found, k.err
}

// skimmed goes through a file. Where the database reads a copy of it, the copy is
// searched and the file itself gone through for its hash.
func (l *loader) skimmed(ctx context.Context, s *Source) (skim, error) {
	found := skim{newNothingScan(l.nothing, s.Delimiter, s.Quote), s.SHA256}
	sum, stored := sha256.New(), io.Discard
	atOnce := s.Container == CSV && s.Path == s.Original
	if atOnce {
		stored = sum
	}
	if s.Container == CSV {
		if err := pour(ctx, s.Path, s.Title(), found, stored); err != nil {
			return found, err
		}
		found.end()
	}
	if atOnce {
		found.sum = hex.EncodeToString(sum.Sum(nil))
	}
	var err error
	if found.sum == "" {
		found.sum, err = Hash(ctx, s.Original)
	}
	return found, err
}

// loadedAs returns the path under which the content of a file is loaded already, empty
// if it is new. A file is read for it only where one of the same size is known.
func (l *loader) loadedAs(ctx context.Context, s *Source) (string, error) {
	if !l.knownSizes[s.Bytes] {
		return "", nil
	}
	if s.SHA256 == "" {
		sum, err := Hash(ctx, s.Original)
		if err != nil {
			return "", err
		}
		s.SHA256 = sum
	}
	return l.known[s.SHA256], nil
}

// know takes down the hash of a file that was read, which must not have changed since
// it was looked at.
func (l *loader) know(s *Source, sum string) error {
	if s.unchanged != nil {
		if err := s.unchanged(); err != nil {
			return err
		}
	}
	s.SHA256, l.known[sum], l.knownSizes[s.Bytes] = sum, s.Title(), true
	return nil
}
