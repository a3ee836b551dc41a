package workspace

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
)

// sandbox is where an analyst's own SQL runs: a second instance of the database
// that can read the workspace and nothing else. It is opened when it is needed and
// given up, with every result, when the workspace is written to.
//
// A workspace in memory is copied to a private file first, because another
// instance cannot see it.
type sandbox struct {
	mu    sync.RWMutex // held for reading while the box is used, for writing to open or close it
	box   *duck.Sandbox
	dir   string // what it spills, and the copy; removed with it
	epoch int    // how many boxes there have been

	start   sync.Mutex // over the next two
	opening *opening   // one at a time
	gone    bool       // the workspace is closed

	life context.Context //nolint:containedctx // ends with the box
	end  context.CancelFunc
}

// errWritten ends what runs in a sandbox when the workspace is written to.
type errWritten struct{}

func (errWritten) Error() string {
	return i18n.T("the result was given up because the workspace was written to; run the query again")
}

// within lets use work with the sandbox, opening it first if need be. The epoch
// tells one box from the next.
func (w *Workspace) within(ctx context.Context, use func(ctx context.Context, box *duck.Sandbox, epoch int) error) error {
	s := &w.sandbox
	s.mu.RLock()
	for s.box == nil {
		s.mu.RUnlock()
		if err := w.openSandbox(ctx); err != nil {
			return err
		}
		s.mu.RLock()
	}
	defer s.mu.RUnlock()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	life := s.life
	stop := context.AfterFunc(life, cancel)
	defer stop()
	err := use(ctx, s.box, s.epoch)
	if err != nil && life.Err() != nil {
		return errWritten{}
	}
	return err
}

// openSandbox waits until the sandbox is open. It is opened by a goroutine of its
// own, because copying a workspace takes longer than whoever asks first may care to
// wait.
func (w *Workspace) openSandbox(ctx context.Context) error {
	s := &w.sandbox
	s.start.Lock()
	o := s.opening
	if o == nil && !s.gone {
		life, cancel := context.WithCancel(context.Background())
		o = &opening{done: make(chan struct{}), cancel: cancel}
		s.opening = o
		go func() {
			defer close(o.done)
			o.err = w.makeSandbox(life)
			cancel()
			s.start.Lock()
			defer s.start.Unlock()
			s.opening = nil
		}()
	}
	s.start.Unlock()
	if o == nil {
		return i18n.Errorf("the workspace is closed")
	}
	select {
	case <-o.done:
		return o.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// opening is a sandbox being opened.
type opening struct {
	done   chan struct{}
	cancel context.CancelFunc
	err    error // once done
}

// makeSandbox waits for what writes and opens the sandbox.
func (w *Workspace) makeSandbox(ctx context.Context) (err error) {
	const pause = 20 * time.Millisecond
	for !w.writing.TryLock() {
		select {
		case <-ctx.Done():
			return errWritten{}
		case <-time.After(pause):
		}
	}
	defer w.writing.Unlock()
	s := &w.sandbox
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.box != nil {
		return nil
	}
	if s.dir, err = os.MkdirTemp("", "worth-sql-"); err != nil {
		return i18n.Errorf("there is no place for results: %v", err)
	}
	path := w.path
	if path == "" {
		path = filepath.Join(s.dir, duck.SandboxFile)
		err = w.db.CopyFile(ctx, s.dir)
	}
	if err == nil {
		s.box, err = duck.NewSandbox(ctx, path, duck.Options{
			Threads: w.opt.Threads, MemoryLimit: w.opt.MemoryLimit, TempDir: filepath.Join(s.dir, "spill"),
		})
	}
	if err != nil {
		s.box = nil
		return errors.Join(err, os.RemoveAll(s.dir))
	}
	if w.path == "" {
		// The open file lives on without its name, and nobody's data stay behind
		// should the program be killed. Where that cannot be, close removes it.
		_ = os.Remove(path)
	}
	s.epoch++
	s.life, s.end = context.WithCancel(context.Background())
	return nil
}

// leave closes the sandbox for good.
func (s *sandbox) leave() error {
	s.start.Lock()
	s.gone = true
	s.start.Unlock()
	return s.close()
}

// close cancels what runs and gives the sandbox up.
func (s *sandbox) close() error {
	s.start.Lock()
	o := s.opening
	s.start.Unlock()
	if o != nil {
		o.cancel()
		<-o.done
	}
	s.mu.RLock()
	if s.box == nil {
		s.mu.RUnlock()
		return nil
	}
	s.end()
	s.mu.RUnlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.box == nil {
		return nil
	}
	err := s.box.Close()
	s.box = nil
	return errors.Join(err, os.RemoveAll(s.dir))
}
