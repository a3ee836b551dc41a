package ui

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/page"
	"worth/ui/theme"
)

// onMail interprets what a page asks of the program, and brings everything else
// back to the page or dialog whose command sent it.
func (r *root) onMail(m mail) tea.Cmd {
	switch msg := m.msg.(type) {
	case page.OpenPage:
		return r.open(msg.Page, pageOther)
	case page.GoBack:
		return r.back()
	case page.Notice:
		r.notice = msg
	case page.Copy:
		r.notice = page.Notice{Text: i18n.T("copied: %s", msg.What)}
		return tea.SetClipboard(msg.Text)
	case page.OpenOverlay:
		r.dialogs = append(r.dialogs, msg.Overlay)
	case page.CloseOverlay:
		r.dialogs = slices.DeleteFunc(r.dialogs, func(d page.Overlay) bool { return d == m.sender })
	case page.Run:
		return r.run(msg.ID)
	case page.Changed:
		return r.changed()
	case page.ApplySettings:
		return r.apply(msg.Settings)
	case page.LoadFiles:
		return r.load(msg.Request)
	case page.OpenWorkspace:
		return r.openWorkspace(msg.Path)
	case page.Loaded:
		return r.onLoaded(msg.Report)
	case page.OpenSQL:
		return r.openSQL(msg.Text)
	case page.RunProgram:
		return tea.ExecProcess(msg.Command, func(err error) tea.Msg { return mail{m.sender, msg.Done(err)} })
	default:
		return r.deliver(m)
	}
	return nil
}

// deliver brings a reply to its sender, if that is still there.
func (r *root) deliver(m mail) tea.Cmd {
	switch sender := m.sender.(type) {
	case page.Page:
		if r.stack.holds(sender) {
			return from(sender, sender.Update(m.msg))
		}
	case page.Overlay:
		if slices.Contains(r.dialogs, sender) {
			return from(sender, sender.Update(m.msg))
		}
	}
	return nil
}

// open puts a page on the stack.
func (r *root) open(p page.Page, name string) tea.Cmd {
	r.stack.push(p, name)
	return from(p, p.Init())
}

// back goes one level back. At the first page it asks once before it leaves.
func (r *root) back() tea.Cmd {
	if r.held(len(r.stack.pages) - 1) {
		return nil
	}
	if r.stack.pop() {
		return r.refresh()
	}
	if r.asked == r.pressed-1 {
		return tea.Quit
	}
	r.asked = r.pressed
	r.notice = page.Notice{Text: i18n.T("press q or Esc again to leave worth")}
	return nil
}

// held reports whether a page of the stack, from a place on, cannot be closed now,
// and says why.
func (r *root) held(from int) bool {
	for _, p := range r.stack.pages[from:] {
		if h, ok := p.page.(page.Holder); ok && h.Held() != "" {
			r.notice = page.Notice{Text: h.Held(), Bad: true}
			return true
		}
	}
	return false
}

// refresh asks for the page in view anew if the workspace changed meanwhile, or else lets
// it take over what pages above it did.
func (r *root) refresh() tea.Cmd {
	top := r.stack.top()
	if !top.stale {
		if resumer, ok := top.page.(page.Resumer); ok {
			return from(top.page, resumer.Resume())
		}
		return nil
	}
	top.stale = false
	return from(top.page, top.page.Init())
}

// goTo opens the root page of that number.
func (r *root) goTo(n int) tea.Cmd {
	if n < 0 || n >= len(rootPages) || r.held(0) {
		return nil
	}
	at, fresh := r.stack.root(rootPages[n], r.env)
	if fresh {
		return from(at.page, at.page.Init())
	}
	return r.refresh()
}

// openSQL shows a query on the SQL page.
func (r *root) openSQL(text string) tea.Cmd {
	if r.held(0) {
		return nil
	}
	r.dialogs = nil
	cmd := r.goTo(slices.IndexFunc(rootPages, func(p rootPage) bool { return p.name == pageSQL }))
	at := r.stack.top().page
	if opener, ok := at.(page.QueryOpener); ok {
		cmd = tea.Batch(cmd, from(at, opener.Open(text)))
	}
	return cmd
}

// cancelOrQuit cancels what runs, or leaves the program when nothing does.
func (r *root) cancelOrQuit() tea.Cmd {
	switch n := len(r.dialogs); {
	case r.job != nil:
		if r.job.Cancel() {
			return nil
		}
	case n > 0 && cancelled(r.dialogs[n-1]), r.stack.top().page.Cancel():
		return nil
	}
	return tea.Quit
}

// do carries out a command, unless there is a reason why not.
func (r *root) do(id string) tea.Cmd {
	top := r.stack.top().page
	if reason := r.reason(id); reason != "" {
		r.notice = page.Notice{Text: reason}
		return nil
	}
	if _, ok := top.Keys().Find(id); ok {
		return from(top, top.Do(id))
	}
	return r.run(id)
}

// run carries out a command of the program; what is none goes to the page.
func (r *root) run(id string) tea.Cmd {
	top := r.stack.top().page
	if _, own := top.Keys().Find(id); own {
		return from(top, top.Do(id))
	}
	if name, ok := strings.CutPrefix(id, cmdGoTo); ok {
		return r.goTo(slices.IndexFunc(rootPages, func(p rootPage) bool { return p.name == name }))
	}
	if n, ok := strings.CutPrefix(id, cmdPast); ok {
		if number, err := strconv.Atoi(n); err == nil { // the dialog wrote it
			return r.revisit(number)
		}
	}
	if name, ok := strings.CutPrefix(id, cmdScheme); ok {
		return r.apply(page.WithScheme(r.env.Workspace.Settings(), name))
	}
	switch id {
	case keys.Back:
		return r.back()
	case keys.Cancel:
		return r.cancelOrQuit()
	case keys.Save:
		return r.save()
	case keys.Help:
		r.dialogs = append(r.dialogs, page.NewHelp(keys.Join(top.Keys(), Bindings()), r.reason))
	case keys.Palette:
		r.dialogs = append(r.dialogs, page.NewPalette(r.env.Theme, r.commands()))
	case cmdSettings:
		r.dialogs = append(r.dialogs, page.NewSettings(r.env))
	case cmdUndo:
		return r.undo(-1)
	case cmdRedo:
		return r.undo(1)
	case cmdHistory:
		r.dialogs = append(r.dialogs, page.NewSettingsHistory(r.env.Theme, r.past.list, r.past.at, cmdPast))
	case cmdLoad:
		return r.open(page.NewLoad(r.env, nil), pageLoad)
	case cmdQuality:
		return r.open(page.NewQuality(r.env), pageOther)
	case cmdModels:
		return r.open(page.NewModel(r.env), pageOther)
	case cmdIdentity:
		return r.open(page.NewPeople(r.env), pageOther)
	case cmdAdd:
		return r.open(page.NewStart(r.env, r.options.Recent), pageStart)
	case cmdTheme:
		r.nextTheme()
	case cmdMouse:
		r.mouse = !r.mouse
	case cmdQuit:
		return tea.Quit
	default:
		return from(top, top.Do(id))
	}
	return nil
}

// reason says why a command of the page in view or the program cannot be used.
func (r *root) reason(id string) string {
	if why := r.reasonOfHistory(id); why != "" {
		return why
	}
	if id == keys.Save {
		_, why := page.SavingOf(r.stack.top().page)
		return why
	}
	return r.stack.top().page.Reason(id)
}

// nextTheme goes through the themes.
func (r *root) nextTheme() {
	r.auto = false
	switch r.env.Theme.Name {
	case "dark":
		r.env.Theme = theme.Light()
	case "light":
		r.env.Theme = theme.NoColor()
	default:
		r.env.Theme = theme.Dark()
	}
	r.notice = page.Notice{Text: i18n.T("theme: %s", r.env.Theme.Name)}
}

// applied ends a change of settings.
type applied struct {
	settings workspace.Settings
	past     int // their number in the history, newSettings for others
	err      error
}

// newSettings are settings that do not come from the history.
const newSettings = -1

// apply rebuilds the analysis under new settings, in a command that can be
// cancelled.
func (r *root) apply(set workspace.Settings) tea.Cmd { return r.rebuild(set, newSettings) }

// rebuild is apply for settings that have, or have not, a number in the history.
func (r *root) rebuild(set workspace.Settings, past int) tea.Cmd {
	if r.job != nil {
		return nil
	}
	ctx, cancel := context.WithCancel(r.ctx)
	job, ws := page.NewJob(i18n.T("rebuilding the analysis"), cancel), r.env.Workspace
	r.job = job
	return func() tea.Msg {
		defer cancel()
		return applied{set, past, ws.Apply(ctx, set, job.Tell)}
	}
}

// onApplied closes the dialogs after a success. Otherwise everything is as it
// was: the dialog that asked, or the status line, says why.
func (r *root) onApplied(msg applied) tea.Cmd {
	r.job = nil
	switch {
	case msg.err == nil:
		r.dialogs = nil
		if msg.past == newSettings {
			r.past.record(msg.settings)
		} else {
			r.onRevisited(msg.past)
		}
		return r.changed()
	case errors.Is(msg.err, context.Canceled):
		r.notice = page.Notice{Text: i18n.T("cancelled; everything is as it was")}
	case len(r.dialogs) > 0:
		r.notice = page.Notice{Text: msg.err.Error(), Bad: true}
		return r.pass(page.Failed{Err: msg.err})
	default:
		r.notice = page.Notice{Text: msg.err.Error(), Bad: true}
	}
	return nil
}

// changed lets every page ask anew: the one in view now, the others when they
// come into view.
func (r *root) changed() tea.Cmd {
	for _, p := range r.stack.all() {
		p.stale = true
	}
	return tea.Batch(r.askHeader(), r.refresh())
}
