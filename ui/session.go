package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"worth/internal/workspace"
	"worth/ui/page"
)

// place is a page and where the reader is on it, for another session.
func (p *placed) place() (workspace.Place, bool) {
	at := workspace.Place{}
	if k, ok := p.page.(page.Keeper); ok {
		at = k.Place()
	}
	if p.name != pageLoad && p.name != pageStart && p.name != pageOther {
		at.Page = p.name
	}
	return at, at.Page != ""
}

// session returns where the reader is. The trail ends before a page that cannot
// be returned to.
func (r *root) session() workspace.Session {
	s := r.past.kept()
	for _, p := range r.stack.pages {
		at, ok := p.place()
		if !ok {
			break
		}
		s.Trail = append(s.Trail, at)
	}
	for _, p := range r.stack.roots {
		if at, ok := p.place(); ok && !slices.Contains(r.stack.pages, p) {
			s.Others = append(s.Others, at)
		}
	}
	return s
}

// keepSession returns what keeps where the reader is now with the workspace in
// use. Where nothing can be returned to, as while files are loaded, what was kept
// before stays.
func (r *root) keepSession() func() error {
	s, ws := r.session(), r.env.Workspace
	return func() error {
		if len(s.Trail) == 0 && len(s.Others) == 0 {
			return nil
		}
		return ws.KeepSession(s)
	}
}

// remember takes over the settings of a session, and says why there is none.
func (r *root) remember(s workspace.Session, err error) {
	r.past = newHistory(s, r.env.Workspace.Settings())
	if err != nil {
		r.notice = page.Notice{Text: err.Error(), Bad: true}
	}
}

// resume puts the pages of a session on an empty stack, the first page of the
// program where there is none, without asking them anything yet.
func (r *root) resume(s workspace.Session) {
	for _, at := range s.Others {
		if p := r.restoreRoot(at); p != nil {
			p.stale = true
		}
	}
	r.stack.clear()
	if len(s.Trail) == 0 || r.restoreRoot(s.Trail[0]) == nil {
		r.stack.root(rootPages[0], r.env)
		return
	}
	for _, at := range s.Trail[1:] {
		p := page.OpenAt(r.env, at, r.stack.top().page)
		if p == nil {
			break
		}
		r.stack.push(p, pageOther)
	}
}

// restoreRoot makes a first page as it was left; nil for one that is none.
func (r *root) restoreRoot(at workspace.Place) *placed {
	i := slices.IndexFunc(rootPages, func(p rootPage) bool { return p.name == at.Page })
	if i < 0 {
		return nil
	}
	p, fresh := r.stack.root(rootPages[i], r.env)
	if k, ok := p.page.(page.Keeper); ok && fresh {
		k.Restore(at)
	}
	return p
}

// begin asks the pages of the stack their first questions: that in view, and the
// one below, along whose rows it may walk. Those further down ask when they come
// into view.
func (r *root) begin() tea.Cmd {
	var cmds []tea.Cmd
	last := len(r.stack.pages) - 1
	for i, p := range r.stack.pages {
		if p.stale = i < last-1; !p.stale {
			cmds = append(cmds, from(p.page, p.page.Init()))
		}
	}
	slices.Reverse(cmds)
	return tea.Batch(cmds...)
}
