// Package workspace is the one door to an analyst's data: an open workspace
// loads files, keeps the settings every number carries and answers every
// question a page or a verb asks, in plain values.
//
// A workspace is a DuckDB file, or lives in memory. The write lock of a file is
// held only while loading or saving; otherwise the file is open for reading, so
// that others can look at it too. Loads and changes of settings are
// transactions: they land whole or not at all.
//
// What it does not do: draw, print, or contain SQL (see the queries folder).
package workspace

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
)

// Options bound what a workspace may use.
type Options struct {
	Threads     int    // for queries; 0: one per core
	MemoryLimit string // such as "4GB"; empty: DuckDB's default
	Create      bool   // make the file when it does not exist
	// Formats are format files, and folders of them, that are known beside those of
	// the program.
	Formats []string
	Drafts  string // folder in which an analyst's own queries and where they left off are kept; empty: nowhere
}

// Workspace is an open workspace. Its methods may be called concurrently; those
// that write (Load, Apply, RememberMapping, LogReveal) wait for each other and
// for running questions.
type Workspace struct {
	db   *duck.DB
	opt  Options
	path string
	made bool // the file did not exist before

	writing sync.Mutex // one writer at a time
	mu      sync.RWMutex
	set     Settings
	state   derived // what derived.* stands for
	built   int     // how often state was taken over

	views   atomic.Int64 // names of scratch tables
	sandbox sandbox      // for an analyst's own SQL
	whatIf  whatIfs      // kept until state changes
	rhythms rhythms      // likewise
}

// Open opens the workspace file at path, or a new one in memory if path is
// empty. It returns an error when the file is no workspace, is of a later
// version, or is being written by another program (see duck.LockedError).
func Open(ctx context.Context, path string, o Options) (*Workspace, error) {
	mode, err := openMode(path, o)
	if err != nil {
		return nil, err
	}
	db, err := duck.Open(ctx, path, mode, duck.Options{Threads: o.Threads, MemoryLimit: o.MemoryLimit})
	if err != nil {
		return nil, openError(path, mode, err)
	}
	w := &Workspace{db: db, opt: o, path: path, made: path != "" && mode == duck.ReadWrite}
	if err := w.begin(ctx, w.made || path == ""); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// begin makes the tables of a new workspace, or reads what an old one keeps.
func (w *Workspace) begin(ctx context.Context, fresh bool) error {
	if fresh {
		if err := w.create(ctx); err != nil {
			return err
		}
		if w.path == "" {
			return nil
		}
		if err := os.Chmod(w.path, 0o600); err != nil {
			return i18n.Errorf("%s: cannot be made private: %v", w.path, err)
		}
		return w.db.Reopen(ctx, duck.ReadOnly)
	}
	if err := w.upgrade(ctx); err != nil {
		return err
	}
	return w.restore(ctx)
}

func (w *Workspace) create(ctx context.Context) error {
	return w.db.Transact(ctx, func(ctx context.Context, tx *duck.Tx) error {
		if _, err := tx.Exec(ctx, duck.Call{Name: "schema/tables"}); err != nil {
			return err
		}
		return keep(ctx, tx, "schema_version", strconv.Itoa(schemaVersion))
	})
}

// Close gives the workspace up. A workspace in memory is gone then, and so is a
// file that Open made and that nothing was loaded into.
func (w *Workspace) Close() error {
	unused := w.made && w.unused()
	if err := errors.Join(w.sandbox.leave(), w.db.Close()); err != nil || !unused {
		return err
	}
	if err := os.Remove(w.path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return i18n.Errorf("%s: the empty workspace cannot be removed: %v", w.path, err)
	}
	return nil
}

// unused reports whether nothing is loaded and no other program has the file
// open. What cannot be told counts as used.
func (w *Workspace) unused() bool {
	ctx := context.Background()
	empty, err := w.Empty(ctx)
	if err != nil {
		// A file that could not be set up holds no tables to ask.
		tables, errDerived := w.db.Query(ctx, duck.Call{Name: "workspace/tables"})
		if errDerived != nil || len(tables.Rows) != 1 || tables.Rows[0][0] != int64(0) {
			return false
		}
		empty = true
	}
	return empty && w.db.Reopen(ctx, duck.ReadWrite) == nil
}

// Path returns the file of the workspace, empty for one in memory.
func (w *Workspace) Path() string { return w.path }

// Name returns a short name for headings: the file's name without its endings.
func (w *Workspace) Name() string { return name(w.path) }

func name(path string) string {
	if path == "" {
		return i18n.T("in memory")
	}
	base := filepath.Base(path)
	for _, ending := range []string{".duckdb", ".worth"} {
		base = strings.TrimSuffix(base, ending)
	}
	return base
}

// Empty reports whether nothing is loaded yet.
func (w *Workspace) Empty(ctx context.Context) (bool, error) {
	res, err := w.db.Query(ctx, duck.Call{Name: "ask/loaded"})
	if err != nil {
		return false, err
	}
	n, _ := res.Rows[0][0].(int64)
	return n == 0, nil
}

// write runs steps, each in a transaction of its own, while holding the file's
// write lock. Waiting for another program's lock goes on until ctx ends; waiting
// tells, about once a second, for whom.
func (w *Workspace) write(ctx context.Context, waiting func(error), steps ...func(context.Context, *duck.Tx) error) error {
	w.writing.Lock()
	defer w.writing.Unlock()
	if err := w.sandbox.close(); err != nil {
		return err
	}
	if err := w.reopen(ctx, duck.ReadWrite, waiting); err != nil {
		return err
	}
	for _, do := range steps {
		if err := w.db.Transact(ctx, do); err != nil {
			return errors.Join(err, w.unlock(ctx, nil))
		}
	}
	return w.unlock(ctx, waiting)
}

// unlock lets others write. One of them may be faster than this program is to
// read again, which does not undo what was written: unless there is time to wait,
// the next question finds out.
func (w *Workspace) unlock(ctx context.Context, waiting func(error)) error {
	err := w.reopen(context.WithoutCancel(ctx), duck.ReadOnly, nil)
	var locked *duck.LockedError
	if !errors.As(err, &locked) || waiting == nil {
		return ignoreLocked(err)
	}
	return ignoreLocked(w.reopen(ctx, duck.ReadOnly, waiting))
}

func ignoreLocked(err error) error {
	var locked *duck.LockedError
	if errors.As(err, &locked) {
		return nil
	}
	return err
}

// reopen changes the mode of the file. Unless waiting is nil it waits for another
// program to let go of it.
func (w *Workspace) reopen(ctx context.Context, mode duck.Mode, waiting func(error)) error {
	const pause = time.Second
	for {
		err := w.db.Reopen(ctx, mode)
		var locked *duck.LockedError
		if err == nil || waiting == nil || !errors.As(err, &locked) {
			return err
		}
		waiting(err)
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(pause):
		}
	}
}

// kept returns a value of saved.workspace, empty if there is none.
func (w *Workspace) kept(ctx context.Context, name string) (string, error) {
	return kept(ctx, w.db, name)
}

func kept(ctx context.Context, from duck.Runner, name string) (string, error) {
	res, err := from.Query(ctx, duck.Call{Name: "workspace/kept", Args: duck.Args{"name": name}})
	if err != nil || len(res.Rows) == 0 {
		return "", err
	}
	value, _ := res.Rows[0][0].(string)
	return value, nil
}

func keep(ctx context.Context, tx *duck.Tx, name, value string) error {
	_, err := tx.Exec(ctx, duck.Call{Name: "workspace/keep", Args: duck.Args{"name": name, "value": value}})
	return err
}

// LogReveal notes in the workspace that personal fields were shown, and which.
func (w *Workspace) LogReveal(ctx context.Context, what string) error {
	return w.write(ctx, nil, func(ctx context.Context, tx *duck.Tx) error {
		_, err := tx.Exec(ctx, duck.Call{Name: "workspace/audit", Args: duck.Args{"action": "reveal", "what": what}})
		return err
	})
}
