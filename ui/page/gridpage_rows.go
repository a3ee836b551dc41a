package page

import (
	"context"
	"sync"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
)

// Rows is an answer that holds something in the workspace until it is closed.
type Rows interface {
	tabular.Source
	Close() error
}

// OpenRows asks for rows in an order and under a filter: sort is the name of a
// column or empty for the natural order, filter an expression or empty for all
// rows. It is called in commands, never in the update loop, and stops with ctx.
type OpenRows func(ctx context.Context, sort string, desc bool, filter string) (Rows, error)

// gridStreamer are rows that can be read from the first to the last faster than
// by pages.
type gridStreamer interface {
	Each(ctx context.Context, visit func(row []any) error) error
}

// gridLocator are rows that know where a key stands without being read through.
type gridLocator interface {
	// Locate returns the row whose first cell is key; ok is false without one.
	Locate(ctx context.Context, key string) (row int, ok bool, err error)
}

// gridRows are the rows a page shows. They may be let go of while commands still
// read them: those are cancelled first and waited for.
type gridRows struct {
	rows Rows
	life gridTask // all reading is done under its context

	reading sync.RWMutex
	closed  bool
}

func newGridRows(rows Rows) *gridRows {
	r := &gridRows{rows: rows}
	r.life.start(context.Background())
	return r
}

// Columns returns the columns of the rows.
func (r *gridRows) Columns() []tabular.Column { return r.rows.Columns() }

// Len returns the number of rows.
func (r *gridRows) Len() int { return r.rows.Len() }

// Page reads up to n rows from row from on; rows let go of cannot be read.
func (r *gridRows) Page(ctx context.Context, from, n int) ([][]any, error) {
	r.reading.RLock()
	defer r.reading.RUnlock()
	if r.closed {
		return nil, context.Canceled
	}
	return r.rows.Page(ctx, from, n)
}

// Each reads all rows in order.
func (r *gridRows) Each(ctx context.Context, visit func(row []any) error) error {
	if s, ok := r.rows.(gridStreamer); ok {
		r.reading.RLock()
		defer r.reading.RUnlock()
		if r.closed {
			return context.Canceled
		}
		return s.Each(ctx, visit)
	}
	for from := 0; from < r.Len(); from += gridChunk {
		rows, err := r.Page(ctx, from, gridChunk)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := visit(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// locates reports whether Locate can answer.
func (r *gridRows) locates() bool {
	_, ok := r.rows.(gridLocator)
	return ok
}

// Locate returns the row whose first cell is key, or −1.
func (r *gridRows) Locate(ctx context.Context, key string) (int, error) {
	r.reading.RLock()
	defer r.reading.RUnlock()
	rows, ok := r.rows.(gridLocator)
	if !ok || r.closed {
		return -1, nil
	}
	row, found, err := rows.Locate(ctx, key)
	if err != nil || !found {
		return -1, err
	}
	return row, nil
}

// close waits for what still reads and closes the rows. It is called once, and
// not in the update loop.
func (r *gridRows) close() error {
	r.reading.Lock()
	defer r.reading.Unlock()
	r.closed = true
	return r.rows.Close()
}

// letGo returns a command that closes rows no longer shown.
func (r *gridRows) letGo() tea.Cmd {
	r.life.stop()
	return func() tea.Msg {
		if err := r.close(); err != nil {
			return Notice{Text: i18n.T("earlier rows could not be given up: %v", err), Bad: true}
		}
		return nil
	}
}
