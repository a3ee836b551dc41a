package page

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/whatif"
)

// flight is work on a scenario that takes longer than a frame, off the update loop. One
// is under way at a time; when it lands the page asks for the latest scenario, so a
// slider held down never makes a queue. The zero value is ready.
type flight[T any] struct {
	task    gridTask
	what    string
	of      whatif.Scenario // what is under way, or was done last
	stopped bool            // the reader stopped it; another scenario sets off anew
	landed  bool            // value is there, of some scenario
	value   T
	err     error
}

// flown is a flight that has landed.
type flown[T any] struct {
	number int
	value  T
	err    error
}

// want sets off work on a scenario, unless it was done, has failed or was stopped for that
// very scenario, or another is under way.
func (f *flight[T]) want(s whatif.Scenario, what string, work func(context.Context, whatif.Scenario) (T, error)) tea.Cmd {
	settled := f.landed || f.stopped || f.err != nil
	if f.task.running() || settled && f.of.Equal(s) {
		return nil
	}
	ctx, number := f.task.start(context.Background())
	f.of, f.what, f.stopped, f.err = s, what, false, nil
	return func() tea.Msg {
		value, err := work(ctx, s)
		return flown[T]{number, value, err}
	}
}

// land takes a result over and reports whether it was the one awaited.
func (f *flight[T]) land(msg flown[T]) bool {
	if !f.task.awaits(msg.number) {
		return false
	}
	f.task.stop()
	f.err = msg.err
	if msg.err == nil {
		f.value, f.landed = msg.value, true
	}
	return true
}

// stop cancels what is under way and reports whether anything was.
func (f *flight[T]) stop() bool {
	running := f.task.stop()
	f.stopped = f.stopped || running
	return running
}

// fresh reports whether there is a value of a scenario, not of one before it.
func (f *flight[T]) fresh(s whatif.Scenario) bool {
	return f.landed && f.err == nil && !f.stopped && !f.task.running() && f.of.Equal(s)
}

// state says why there is no value of a scenario; empty if there is.
func (f *flight[T]) state(s whatif.Scenario) string {
	switch {
	case f.fresh(s):
		return ""
	case f.err != nil:
		return f.err.Error()
	case f.stopped:
		return i18n.T("stopped")
	}
	return i18n.T("working…")
}

// busy returns what is under way, empty for nothing.
func (f *flight[T]) busy() string {
	if f.task.running() {
		return f.what
	}
	return ""
}
