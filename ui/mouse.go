package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/ui/page"
)

// drawn is where things were in the last view.
type drawn struct {
	tabs         []tab // of the bar, in the first line
	pageY, pageH int   // of the page
	boxX, boxY   int   // of the dialog on top
	boxW, boxH   int
}

// tab is the place of a root page in the bar.
type tab struct{ from, to, number int }

// wheelLines is how far one notch of the wheel scrolls.
const wheelLines = 3

// wheelFrame is how long turns of the wheel are gathered: about a frame, as
// drawing more often than that only makes the view lag behind the wheel.
const wheelFrame = 16 * time.Millisecond

// wheelDue says that the turns gathered are to be passed on.
type wheelDue struct{}

// onClick goes to the dialog, the bar or the page under the mouse.
func (r *root) onClick(msg tea.MouseClickMsg) tea.Cmd {
	r.notice = page.Notice{}
	d := r.drawn
	switch {
	case r.job != nil:
	case len(r.dialogs) > 0:
		if inside(msg.X, msg.Y, d.boxX, d.boxY, d.boxW, d.boxH) {
			msg.X, msg.Y = msg.X-d.boxX, msg.Y-d.boxY
			return r.pass(msg)
		}
	case msg.Y == 0:
		for _, t := range d.tabs {
			if msg.X >= t.from && msg.X < t.to {
				return r.goTo(t.number)
			}
		}
	case msg.Y >= d.pageY && msg.Y < d.pageY+d.pageH:
		msg.Y -= d.pageY
		return r.pass(msg)
	}
	return nil
}

// onDrag brings what the mouse does with a button held to the page that it was pressed
// on; to let go counts anywhere.
func (r *root) onDrag(msg tea.MouseMsg) tea.Cmd {
	if r.job != nil || len(r.dialogs) > 0 {
		return nil
	}
	switch msg := msg.(type) {
	case tea.MouseMotionMsg:
		if msg.Button == tea.MouseNone {
			return nil
		}
		msg.Y -= r.drawn.pageY
		return r.pass(msg)
	case tea.MouseReleaseMsg:
		msg.Y -= r.drawn.pageY
		return r.pass(msg)
	}
	return nil
}

func inside(x, y, left, top, w, h int) bool {
	return x >= left && x < left+w && y >= top && y < top+h
}

// onWheel gathers turns of the wheel.
func (r *root) onWheel(msg tea.MouseWheelMsg) tea.Cmd {
	switch msg.Button {
	case tea.MouseWheelUp:
		r.wheel.Lines -= wheelLines
	case tea.MouseWheelDown:
		r.wheel.Lines += wheelLines
	default:
		return nil
	}
	r.wheel.X, r.wheel.Y = msg.X, msg.Y
	if r.wheeling {
		return nil
	}
	r.wheeling = true
	return r.after(wheelFrame, func(time.Time) tea.Msg { return wheelDue{} })
}

// onWheelDue passes the gathered turns on as one.
func (r *root) onWheelDue() tea.Cmd {
	wheel := r.wheel
	r.wheel, r.wheeling = page.Wheel{}, false
	if r.job != nil || wheel.Lines == 0 {
		return nil
	}
	wheel.Y -= r.drawn.pageY
	return r.pass(wheel)
}
