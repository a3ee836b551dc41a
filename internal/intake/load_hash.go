package intake

import "context"

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
