package page

import (
	"sync/atomic"
	"time"

	"worth/internal/workspace"
	"worth/ui/theme"
	"worth/ui/widget"
)

// Meter carries the progress of a long step from the goroutine that works to the
// update loop, which looks at it with every Tick.
type Meter struct {
	told atomic.Pointer[workspace.Progress]

	since time.Time // the first tick
	shown workspace.Progress
	spent time.Duration
	frame int
}

// Tell takes a report of progress. It may be called from any goroutine.
func (m *Meter) Tell(p workspace.Progress) { m.told.Store(&p) }

// Tick takes over what was told last. It belongs to the update loop.
func (m *Meter) Tick(at time.Time) {
	if m.since.IsZero() {
		m.since = at
	}
	m.spent = at.Sub(m.since)
	m.frame++
	if p := m.told.Load(); p != nil {
		m.shown = *p
	}
}

// Spent returns the time from the first tick to the last.
func (m *Meter) Spent() time.Duration { return m.spent }

// Progress draws the step; label stands in for it before anything was told.
func (m *Meter) Progress(t theme.Theme, label string, cancelling bool) widget.Progress {
	if m.shown.Step != "" {
		label = m.shown.Step
	}
	return widget.Progress{
		Theme: t, Label: label, Detail: m.shown.File, Share: m.shown.Share, Frame: m.frame, Elapsed: m.spent, Cancelling: cancelling,
	}
}
