package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/page"
)

// rootPage is a page that a digit opens.
type rootPage struct {
	name  string
	key   string // the digit
	title i18n.Text
	open  func(*page.Env) page.Page

	// absent says that the page has nothing to show and stands in no bar; nil: never.
	// Its key still opens it, and it says what is missing.
	absent func(workspace.Header) bool
}

// rootPages are the pages of the bar, in order.
var rootPages = []rootPage{
	{name: "overview", key: "1", title: "overview", open: page.NewOverview},
	{name: "segments", key: "2", title: "segments", open: page.NewSegments},
	{name: "customers", key: "3", title: "customers", open: func(env *page.Env) page.Page {
		return page.NewCustomers(env, workspace.View{}, i18n.T("customers"))
	}},
	{name: "referrals", key: "4", title: "referrals", open: page.NewReferrals},
	{name: "whatif", key: "5", title: "what-if", open: page.NewWhatIf},
	{name: "channels", key: "8", title: "channels", open: page.NewChannels, absent: func(h workspace.Header) bool { return !h.Channels }},
	{name: pageSQL, key: "9", title: "SQL", open: page.NewSQL},
	{name: "snapshots", key: "0", title: "snapshots", open: page.NewSnapshots},
}

// Names of pages beside the root pages.
const (
	pageSQL   = "sql"
	pageLoad  = "load"
	pageStart = "start"
	pageOther = "" // opened by another page
)

// placed is a page on the stack.
type placed struct {
	page  page.Page
	name  string // one of rootPages, pageLoad, pageStart, pageOther
	stale bool   // the workspace has changed since it asked
}

// stack is the pages from the first to the one in view, and the root pages that
// were left for another, which keep their state. It is never empty after the
// first push.
type stack struct {
	pages []*placed
	roots []*placed // every root page that was opened, in view or not
}

// top returns the page in view.
func (s *stack) top() *placed { return s.pages[len(s.pages)-1] }

// push puts a page on top.
func (s *stack) push(p page.Page, name string) *placed {
	at := &placed{page: p, name: name}
	s.pages = append(s.pages, at)
	return at
}

// pop closes the top page and reports whether there was one below it.
func (s *stack) pop() bool {
	if len(s.pages) < 2 {
		return false
	}
	s.top().page.Close()
	s.pages = s.pages[:len(s.pages)-1]
	return true
}

// clear closes every page that is no root page and empties the stack.
func (s *stack) clear() {
	for _, p := range s.pages {
		if !slices.Contains(s.roots, p) {
			p.page.Close()
		}
	}
	s.pages = nil
}

// forget closes every page, the root pages too.
func (s *stack) forget() {
	s.clear()
	for _, p := range s.roots {
		p.page.Close()
	}
	s.roots = nil
}

// root makes a root page the only one on the stack and reports whether it is new.
func (s *stack) root(r rootPage, env *page.Env) (at *placed, fresh bool) {
	s.clear()
	for _, p := range s.roots {
		if p.name == r.name {
			s.pages = []*placed{p}
			return p, false
		}
	}
	at = s.push(r.open(env), r.name)
	s.roots = append(s.roots, at)
	return at, true
}

// all returns every page that is kept, on the stack or not.
func (s *stack) all() []*placed {
	out := slices.Clone(s.pages)
	for _, p := range s.roots {
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// holds reports whether a page is still kept.
func (s *stack) holds(p page.Page) bool {
	return slices.ContainsFunc(s.all(), func(at *placed) bool { return at.page == p })
}

// mail is a message on its way to the page or dialog whose command sent it.
type mail struct {
	sender any // a page.Page or page.Overlay
	msg    tea.Msg
}

// from makes the messages of a command mail of its sender.
func from(sender any, cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		switch msg := cmd().(type) {
		case nil:
			return nil
		case tea.BatchMsg:
			batch := make(tea.BatchMsg, 0, len(msg))
			for _, c := range msg {
				batch = append(batch, from(sender, c))
			}
			return batch
		default:
			return mail{sender, msg}
		}
	}
}
