package ui

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/page"
	"worth/ui/theme"
)

// root is the program: a stack of pages with dialogs over it. It brings messages
// to whom they concern and interprets what pages ask of the program.
type root struct {
	ctx     context.Context //nolint:containedctx // the life of the program
	options Options
	env     *page.Env
	stack   stack
	dialogs []page.Overlay
	job     *page.Job // what everything waits for, if anything

	w, h   int
	scheme string // short name of the scheme in force
	mouse  bool
	auto   bool // the theme follows the terminal's background

	notice  page.Notice
	pressed int // keys so far
	asked   int // the key at which leaving was asked for

	wheel    page.Wheel // turns of the wheel not yet passed on
	wheeling bool       // a wheelDue is on its way

	ticking   bool // a tickMsg is on its way
	busySince time.Time
	busyFor   time.Duration
	frame     int

	after func(time.Duration, func(time.Time) tea.Msg) tea.Cmd // tea.Tick

	past history // of the settings

	opened *workspace.Workspace // the one the program opened itself, to close
	drawn  drawn                // of the last view, for clicks
}

// newRoot returns the program before its first message.
func newRoot(ctx context.Context, ws *workspace.Workspace, o Options) *root {
	r := &root{ctx: ctx, options: o, mouse: o.Mouse, asked: -1, after: tea.Tick, env: &page.Env{Workspace: ws, Version: o.Version}}
	r.env.Theme, r.auto = startTheme(o.Theme)
	session, err := ws.Session()
	r.remember(session, err)
	switch {
	case o.Sources != nil:
		r.stack.push(page.NewLoad(r.env, o.Sources), pageLoad)
	case o.Pick:
		r.stack.push(page.NewStart(r.env, o.Recent), pageStart)
	default:
		r.resume(session)
	}
	return r
}

// Init starts the first page.
func (r *root) Init() tea.Cmd {
	cmds := []tea.Cmd{r.begin(), r.askHeader(), r.tick()}
	if r.auto {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	return tea.Batch(cmds...)
}

// Update brings a message to whom it concerns.
func (r *root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.w, r.h = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		r.onBackground(msg.IsDark())
	case tea.KeyPressMsg:
		cmd = r.onKey(msg)
	case tea.PasteMsg:
		cmd = r.pass(msg)
	case tea.MouseClickMsg:
		cmd = r.onClick(msg)
	case tea.MouseMotionMsg:
		cmd = r.onDrag(msg)
	case tea.MouseReleaseMsg:
		cmd = r.onDrag(msg)
	case tea.MouseWheelMsg:
		cmd = r.onWheel(msg)
	case wheelDue:
		cmd = r.onWheelDue()
	case tickMsg:
		cmd = r.onTick(time.Time(msg))
	case mail:
		cmd = r.onMail(msg)
	case headerMsg:
		cmd = r.onHeader(msg)
	case warmedMsg:
		r.onWarmed(msg)
	case applied:
		cmd = r.onApplied(msg)
	case openedMsg:
		cmd = r.onOpened(msg)
	}
	return r, tea.Batch(cmd, r.tick())
}

// onKey goes to the dialog on top, to a page that takes text, or to the command
// the key is bound to. ctrl+c cancels or leaves whatever is in view.
func (r *root) onKey(msg tea.KeyPressMsg) tea.Cmd {
	r.pressed++
	r.notice = page.Notice{}
	top := r.stack.top().page
	switch {
	case msg.String() == "ctrl+c":
		return r.cancelOrQuit()
	case r.job != nil:
		if msg.String() == "esc" {
			r.job.Cancel()
		}
		return nil
	case len(r.dialogs) > 0:
		return r.dialogKey(msg)
	case page.Taken(top, msg):
		return from(top, top.Update(msg))
	}
	if id, ok := top.Keys().Match(msg); ok {
		return r.do(id)
	}
	id, ok := Bindings().Match(msg)
	switch {
	case !ok:
		return from(top, top.Update(msg))
	case id == keys.Page:
		return r.goTo(slices.IndexFunc(rootPages, func(p rootPage) bool { return p.key == msg.String() }))
	}
	return r.do(id)
}

// dialogKey gives a key to the dialog on top.
func (r *root) dialogKey(msg tea.KeyPressMsg) tea.Cmd {
	last := len(r.dialogs) - 1
	dialog := r.dialogs[last]
	cmd, closed := dialog.Key(msg)
	if closed {
		r.dialogs = r.dialogs[:last]
	}
	return from(dialog, cmd)
}

// pass gives a message to the dialog on top, or to the page in view.
func (r *root) pass(msg tea.Msg) tea.Cmd {
	if n := len(r.dialogs); n > 0 {
		return from(r.dialogs[n-1], r.dialogs[n-1].Update(msg))
	}
	top := r.stack.top().page
	return from(top, top.Update(msg))
}

// startTheme returns the theme called name; auto begins dark, until the terminal
// has said what its background is.
func startTheme(name string) (t theme.Theme, auto bool) {
	if t, ok := theme.ByName(name); ok {
		return t, false
	}
	return theme.Dark(), true
}

// onBackground takes the theme that suits the terminal.
func (r *root) onBackground(dark bool) {
	if !r.auto {
		return
	}
	r.env.Theme = theme.Light()
	if dark {
		r.env.Theme = theme.Dark()
	}
}
