package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/page"
)

// history is the settings that were in force, one after the other, for going back
// and forth between them.
type history struct {
	list []workspace.SettingsAt
	at   int // which are in force
}

// newHistory goes on with what a session kept. Settings that were changed since
// by somebody else are the latest.
func newHistory(s workspace.Session, now workspace.Settings) history {
	h := history{s.Settings, s.At}
	h.record(now)
	return h
}

// kept is the part of a session that is the history's.
func (h *history) kept() workspace.Session {
	return workspace.Session{Settings: slices.Clone(h.list), At: h.at}
}

// record notes settings that are in force now. What was undone before is
// forgotten, as what follows from these is another story.
func (h *history) record(now workspace.Settings) {
	if h.at < len(h.list) && h.list[h.at].Settings.Equal(now) {
		return
	}
	h.list = append(h.list[:min(h.at+1, len(h.list)):len(h.list)], workspace.SettingsAt{Settings: now, Since: time.Now().UTC().Truncate(time.Second)})
	h.at = len(h.list) - 1
}

// can reports whether there are settings so many steps on, or back.
func (h *history) can(steps int) bool { return h.at+steps >= 0 && h.at+steps < len(h.list) }

// undo goes back, or with 1 forth, in the settings that were in force.
func (r *root) undo(steps int) tea.Cmd { return r.revisit(r.past.at + steps) }

// revisit applies the settings of that number in the history.
func (r *root) revisit(n int) tea.Cmd {
	if n < 0 || n >= len(r.past.list) || n == r.past.at {
		return nil
	}
	return r.rebuild(r.past.list[n].Settings, n)
}

// onRevisited says which settings changed by going back or forth.
func (r *root) onRevisited(n int) {
	before := r.past.list[r.past.at].Settings
	r.past.at = n
	r.notice = page.Notice{Text: i18n.T("in force again: %s", page.SettingsText(r.past.list[n].Settings.Changes(before)))}
}

// reasonOfHistory says why one cannot go back or forth in the settings.
func (r *root) reasonOfHistory(id string) string {
	switch {
	case id == cmdUndo && !r.past.can(-1):
		return i18n.T("no settings were in force before")
	case id == cmdRedo && !r.past.can(1):
		return i18n.T("no change of settings was undone")
	case id == cmdHistory && len(r.past.list) < 2:
		return i18n.T("the settings were never changed")
	}
	return ""
}
