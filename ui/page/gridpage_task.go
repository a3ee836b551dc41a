package page

import "context"

// gridTask is a question that takes a while: a context to cancel it by and a
// number that its replies carry. Starting or stopping a task makes the replies
// of the one before late, and late replies are dropped.
//
// It belongs to the update loop; only the context goes to other goroutines.
type gridTask struct {
	ctx    context.Context //nolint:containedctx // a task is its context, with a number
	cancel context.CancelFunc
	number int
}

// start begins the task anew and cancels what ran before.
func (t *gridTask) start(parent context.Context) (ctx context.Context, number int) {
	t.stop()
	t.ctx, t.cancel = context.WithCancel(parent)
	t.number++
	return t.ctx, t.number
}

// stop cancels the task and reports whether it was running.
func (t *gridTask) stop() bool {
	if t.cancel == nil {
		return false
	}
	t.cancel()
	t.ctx, t.cancel = nil, nil
	t.number++
	return true
}

// running reports whether replies are awaited.
func (t *gridTask) running() bool { return t.cancel != nil }

// awaits reports whether a reply of that number is the one awaited.
func (t *gridTask) awaits(number int) bool { return t.running() && number == t.number }
