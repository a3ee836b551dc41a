package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/page"
)

// headerMsg is the answer to askHeader.
type headerMsg struct {
	ws     *workspace.Workspace
	header workspace.Header
	err    error
}

// askHeader asks for what the top line says.
func (r *root) askHeader() tea.Cmd {
	ctx, ws := r.ctx, r.env.Workspace
	return func() tea.Msg {
		header, err := ws.Header(ctx)
		return headerMsg{ws, header, err}
	}
}

func (r *root) onHeader(msg headerMsg) tea.Cmd {
	switch {
	case msg.ws != r.env.Workspace || errors.Is(msg.err, context.Canceled):
	case msg.err != nil:
		r.notice = page.Notice{Text: msg.err.Error(), Bad: true}
	default:
		r.env.Header, r.scheme = msg.header, schemeName(r.env.Workspace.Settings())
		return r.warm()
	}
	return nil
}

// warmedMsg says how reading ahead went.
type warmedMsg struct {
	ws  *workspace.Workspace
	err error
}

// onWarmed tells what went wrong, unless the workspace was left meanwhile.
func (r *root) onWarmed(msg warmedMsg) {
	if msg.err != nil && msg.ws == r.env.Workspace && !errors.Is(msg.err, context.Canceled) {
		r.notice = page.Notice{Text: msg.err.Error(), Bad: true}
	}
}

// warm reads ahead once the first screen stands.
func (r *root) warm() tea.Cmd {
	const pause = 300 * time.Millisecond
	ctx, ws := r.ctx, r.env.Workspace
	return tea.Tick(pause, func(time.Time) tea.Msg {
		return warmedMsg{ws, ws.Warm(ctx)}
	})
}

// schemeName is the short name of the scheme in force; an empty name stands for
// the first, the default.
func schemeName(set workspace.Settings) string {
	if set.Scheme != "" {
		return set.Scheme
	}
	all, err := workspace.Schemes()
	if err != nil || len(all) == 0 {
		return ""
	}
	return all[0].Name
}

// load loads files on the load page; one that is in view already makes room.
func (r *root) load(request workspace.LoadRequest) tea.Cmd {
	p := page.NewLoad(r.env, &request)
	if top := r.stack.top(); top.name == pageLoad {
		top.page.Close()
		r.stack.pages = slices.Delete(r.stack.pages, len(r.stack.pages)-1, len(r.stack.pages))
	}
	return r.open(p, pageLoad)
}

// onLoaded goes to the overview of what has landed. Files without orders have
// nothing to show there, so their report stays in view.
func (r *root) onLoaded(report workspace.LoadReport) tea.Cmd {
	var rejected, warnings int64
	for _, f := range report.Files {
		rejected += f.Rejected
		warnings += int64(len(f.Warnings))
	}
	r.notice = page.Notice{Text: i18n.T("files loaded: %d · orders: %d · rejected: %d · warnings: %d · L shows each",
		len(report.Files), report.Orders, rejected, warnings)}
	for _, p := range r.stack.all() {
		p.stale = true
	}
	if report.Orders == 0 {
		r.stack.top().stale = false
		return r.askHeader()
	}
	return tea.Batch(r.askHeader(), r.goTo(0))
}

// openedMsg is the answer to openWorkspace.
type openedMsg struct {
	ws      *workspace.Workspace
	path    string
	err     error
	session workspace.Session
	lost    error // why there is no session
}

// openWorkspace opens another workspace file.
func (r *root) openWorkspace(path string) tea.Cmd {
	if r.held(0) {
		return nil
	}
	ctx, o := r.ctx, r.options.Workspace
	o.Create = false
	return func() tea.Msg {
		ws, err := workspace.Open(ctx, path, o)
		msg := openedMsg{ws: ws, path: path, err: err}
		if err == nil {
			msg.session, msg.lost = ws.Session()
		}
		return msg
	}
}

// onOpened goes on with another workspace. The one before is closed if the
// program opened it; otherwise that is its owner's to do.
func (r *root) onOpened(msg openedMsg) tea.Cmd {
	if msg.err != nil {
		r.notice = page.Notice{Text: msg.err.Error(), Bad: true}
		return nil
	}
	if r.options.OnOpen != nil {
		r.options.OnOpen(msg.path)
	}
	left := closeWorkspace(r.keepSession(), r.opened)
	r.stack.forget()
	r.dialogs = nil
	r.opened = msg.ws
	*r.env = page.Env{Workspace: msg.ws, Theme: r.env.Theme}
	r.remember(msg.session, msg.lost)
	r.resume(msg.session)
	return tea.Batch(r.askHeader(), r.begin(), left)
}

// closeWorkspace keeps where the reader was in a workspace no longer in use, and
// closes it unless it is nil.
func closeWorkspace(keep func() error, ws *workspace.Workspace) tea.Cmd {
	return func() tea.Msg {
		err := keep()
		if ws != nil {
			err = errors.Join(err, ws.Close())
		}
		if err != nil {
			return mail{nil, page.Notice{Text: err.Error(), Bad: true}}
		}
		return nil
	}
}
