package page

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/theme"
	"worth/ui/widget"
)

// Worker is a dialog that works on something while it is open.
type Worker interface {
	Overlay
	// Busy returns what it works on, empty for nothing.
	Busy() string
	// Cancel stops it and reports whether there was anything to stop.
	Cancel() bool
}

// formDialog is a dialog over a form whose answers are worked on in a command. It
// stays open until that has succeeded, so that what is wrong is said beside what was
// typed.
type formDialog struct {
	env     *Env
	title   string
	text    string // above the form
	verb    string // what Enter does, for the frame: "saves"
	what    string // what is done meanwhile, for the status line
	form    widget.Form
	work    func(ctx context.Context, typed map[string]string, tell func(workspace.Progress)) (formDone, error)
	offer   string // the key of the field whose value is a name that may be taken
	working inquiry
	meter   *Meter
	problem string
	replace string // a file that exists, and may be replaced when named once more
	wide    int    // of the last view
}

// formDone is what a dialog ends in.
type formDone struct {
	notice string
	then   []tea.Msg // requests to the root
}

// replaceKey holds a file that may be replaced among what was typed.
const replaceKey = "replace"

// Key edits; ctrl+s, or enter on the last field, sets to work.
func (d *formDialog) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	pressed := msg.String()
	if d.working.Busy() != "" {
		if pressed == "esc" {
			d.working.Cancel()
		}
		return nil, false
	}
	if pressed == "ctrl+s" {
		return d.begin(), false
	}
	if d.form.Key(msg) != widget.FormIgnored {
		d.problem = ""
		return nil, false
	}
	switch pressed {
	case "esc":
		return nil, true
	case "enter":
		return d.begin(), false
	}
	return nil, false
}

// begin sets to work on what was typed.
func (d *formDialog) begin() tea.Cmd {
	if !d.form.Validate() {
		return nil
	}
	typed := d.form.Values()
	for key, value := range typed {
		typed[key] = strings.TrimSpace(value)
	}
	typed[replaceKey] = d.replace
	d.problem = ""
	work, meter := d.work, &Meter{}
	d.meter = meter
	return ask(&d.working, d.what, func(ctx context.Context) (formDone, error) { return work(ctx, typed, meter.Tell) })
}

// Update handles pastes, clicks, the progress and the end of the work.
func (d *formDialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		d.form.Insert(msg.Content)
	case tea.MouseClickMsg:
		d.form.Hit(msg.Y - 1 - len(d.above()))
	case Tick:
		if d.meter != nil {
			d.meter.Tick(msg.At)
		}
	case reply[formDone]:
		return d.onDone(msg)
	}
	return nil
}

// onDone closes the dialog after a success, and says otherwise what is wrong.
func (d *formDialog) onDone(msg reply[formDone]) tea.Cmd {
	if !d.working.settle(msg.generation) {
		return nil
	}
	d.meter = nil
	if msg.err == nil {
		cmds := []tea.Cmd{send(CloseOverlay{})}
		for _, m := range msg.value.then {
			cmds = append(cmds, send(m))
		}
		if msg.value.notice != "" {
			cmds = append(cmds, send(Notice{Text: msg.value.notice}))
		}
		return tea.Batch(cmds...)
	}
	var taken *takenError
	var exists existsError
	switch {
	case canceled(msg.err):
		d.problem = i18n.T("stopped; nothing was changed")
	case errors.As(msg.err, &taken):
		d.form.SetValue(d.offer, taken.free)
		d.problem = msg.err.Error()
	case errors.As(msg.err, &exists):
		d.replace, d.problem = exists.path, msg.err.Error()
	default:
		d.problem = msg.err.Error()
	}
	return nil
}

// Busy returns what the dialog works on.
func (d *formDialog) Busy() string { return d.working.Busy() }

// Cancel stops it.
func (d *formDialog) Cancel() bool { return d.working.Cancel() }

// formWidth is the widest a form's dialog gets.
const formWidth = 78

// above are the lines above the form.
func (d *formDialog) above() []string {
	if d.text == "" {
		return nil
	}
	return append(wrapped(d.text, max(d.wide-2, 1)), "")
}

// View draws the form and, below it, how far the work is or what is wrong.
func (d *formDialog) View(w, h int, t theme.Theme) string {
	d.form.Theme = t
	bodyW := min(w-dialogFrame, formWidth)
	d.wide = bodyW
	var above, below []string
	for _, line := range d.above() {
		above = append(above, " "+t.Muted.Render(line))
	}
	switch {
	case d.meter != nil:
		below = append(below, d.meter.Progress(t, d.what, d.working.cancelling).View(max(bodyW, 0), 2))
	case d.problem != "":
		for _, line := range wrapped(d.problem, max(bodyW-2, 1)) {
			below = append(below, " "+t.Bad.Render(line))
		}
	}
	formH := len(d.form.Fields)
	body := widget.ViewFunc(func(w, h int) string {
		lines := append(append([]string{}, above...), d.form.View(w, max(min(formH+1, h-len(above)-len(below)), 1)))
		return widget.Block(strings.Join(append(lines, below...), "\n"), w, h)
	})
	note := i18n.T("ctrl+s %s · Esc leaves", d.verb)
	if d.working.Busy() != "" {
		note = i18n.T("Esc stops it")
	}
	return Dialog(t, d.title, note, body, bodyW, len(above)+formH+max(len(below), 1)+1, w, h)
}
