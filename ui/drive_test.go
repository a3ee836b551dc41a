package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/workspace"
	"worth/ui/screen"
)

// driver is a program whose commands run one after the other and at once, so
// that tests never wait. Ticks do not come by themselves.
type driver struct {
	t    testing.TB
	root *root
	quit bool
}

func drive(t testing.TB, ws *workspace.Workspace, o Options) *driver {
	t.Helper()
	if o.Theme == "" {
		o.Theme = "dark"
	}
	d := &driver{t: t, root: newRoot(context.Background(), ws, o)}
	d.root.after = func(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil }
	t.Cleanup(d.root.stack.forget)
	d.drain(d.root.Init())
	d.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	return d
}

// drain runs a command and all that follow from it.
func (d *driver) drain(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.QuitMsg:
		d.quit = true
	case tea.BatchMsg:
		for _, c := range msg {
			d.drain(c)
		}
	default:
		d.send(msg)
	}
}

func (d *driver) send(msg tea.Msg) {
	_, cmd := d.root.Update(msg)
	d.drain(cmd)
}

// press sends keys by name.
func (d *driver) press(names ...string) {
	for _, name := range names {
		d.root.View() // as the program does after every message
		d.send(pressed(name))
	}
}

// size resizes the window.
func (d *driver) size(w, h int) { d.send(tea.WindowSizeMsg{Width: w, Height: h}) }

// text is the screen without styles.
func (d *driver) text() string { return screen.Text(d.root.View().Content, d.root.w, d.root.h) }

// sees fails the test unless the screen shows all of the texts.
func (d *driver) sees(texts ...string) {
	d.t.Helper()
	shown := d.text()
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			d.t.Errorf("the screen does not show %q:\n%s", text, shown)
		}
	}
}

// pressed returns the key press a name such as "down", "ctrl+c" or "a" stands
// for.
func pressed(name string) tea.KeyPressMsg {
	codes := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft,
		"right": tea.KeyRight, "tab": tea.KeyTab, "backspace": tea.KeyBackspace, "f1": tea.KeyF1,
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	if code, ok := codes[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: []rune(letter)[0], Mod: tea.ModCtrl}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}
