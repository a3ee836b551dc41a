package ui

import (
	tea "charm.land/bubbletea/v2"

	"worth/ui/page"
)

// save asks under which name the page in view is kept as a snapshot.
func (r *root) save() tea.Cmd {
	top := r.stack.top().page
	saving, why := page.SavingOf(top)
	if why != "" {
		r.notice = page.Notice{Text: why, Bad: true}
		return nil
	}
	return from(top, page.Save(r.env, saving))
}

// cancelled stops what a dialog works on and reports whether it did anything.
func cancelled(d page.Overlay) bool {
	worker, ok := d.(page.Worker)
	return ok && worker.Cancel()
}

// worksOn is what a dialog works on, empty for nothing.
func worksOn(d page.Overlay) string {
	if worker, ok := d.(page.Worker); ok {
		return worker.Busy()
	}
	return ""
}
