package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/ui/page"
)

// tickEvery is how often spinners turn.
const tickEvery = 100 * time.Millisecond

// tickMsg moves spinners and elapsed times while something runs.
type tickMsg time.Time

// busy returns what runs, empty for nothing.
func (r *root) busy() string {
	if r.job != nil {
		return i18n.T("working")
	}
	if n := len(r.dialogs); n > 0 {
		if what := worksOn(r.dialogs[n-1]); what != "" {
			return what
		}
	}
	return r.stack.top().page.Busy()
}

// tick starts the next tick while something runs. Nothing ticks in an idle
// program.
func (r *root) tick() tea.Cmd {
	if r.busy() == "" {
		r.busySince, r.busyFor = time.Time{}, 0
		return nil
	}
	if r.ticking {
		return nil
	}
	r.ticking = true
	return r.after(tickEvery, func(at time.Time) tea.Msg { return tickMsg(at) })
}

// onTick takes the time.
func (r *root) onTick(at time.Time) tea.Cmd {
	r.ticking = false
	if r.busy() == "" {
		return nil
	}
	if r.busySince.IsZero() {
		r.busySince = at.Add(-tickEvery)
	}
	r.busyFor = at.Sub(r.busySince)
	r.frame++
	if r.job != nil {
		r.job.Tick(at)
		return nil
	}
	return r.pass(page.Tick{At: at})
}
