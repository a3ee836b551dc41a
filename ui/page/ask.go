package page

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
)

// inquiry is the question a page has running, at most one. Asking again cancels
// the question before; its reply, should it still come, is late and dropped.
// The zero value is ready to use. It belongs to the update loop.
type inquiry struct {
	generation int
	cancel     context.CancelFunc
	what       string
	cancelling bool
}

// reply is the answer to a question of an inquiry.
type reply[T any] struct {
	generation int
	value      T
	err        error
	asked      []workspace.Asked // what was put to the database for it
}

// ask starts a question as a command; what is said in the status line while it
// runs. The question runs off the update loop and must end with its context.
func ask[T any](q *inquiry, what string, question func(context.Context) (T, error)) tea.Cmd {
	q.drop()
	ctx, cancel := context.WithCancel(context.Background())
	q.cancel, q.what = cancel, what
	generation := q.generation
	return func() tea.Msg {
		ctx, trace := workspace.Tracing(ctx)
		value, err := question(ctx)
		return reply[T]{generation: generation, value: value, err: err, asked: trace.Asked()}
	}
}

// settle reports whether a reply is the one waited for, and if so that nothing
// runs any more.
func (q *inquiry) settle(generation int) bool {
	if generation != q.generation || q.cancel == nil {
		return false
	}
	q.cancel()
	q.cancel, q.cancelling = nil, false
	return true
}

// drop cancels what runs and makes its reply late.
func (q *inquiry) drop() {
	if q.cancel != nil {
		q.cancel()
	}
	q.generation++
	q.cancel, q.cancelling = nil, false
}

// Busy returns what runs, empty for nothing.
func (q *inquiry) Busy() string {
	switch {
	case q.cancel == nil:
		return ""
	case q.cancelling:
		return i18n.T("cancelling…")
	}
	return q.what
}

// Cancel cancels what runs and reports whether there was anything to cancel. The
// reply still comes, with an error that canceled knows.
func (q *inquiry) Cancel() bool {
	if q.cancel == nil || q.cancelling {
		return false
	}
	q.cancel()
	q.cancelling = true
	return true
}

// Close gives up what runs.
func (q *inquiry) Close() { q.drop() }

// canceled reports whether err only says that the reader stopped the question.
func canceled(err error) bool { return errors.Is(err, context.Canceled) }

// send returns a command that sends msg, for requests to the root.
func send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
