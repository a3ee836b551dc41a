package page

import (
	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/ui/keys"
	"worth/ui/theme"
	"worth/ui/widget"
)

// help is the dialog that lists every key.
type help struct {
	bindings keys.Map
	reason   keys.Reason
	text     scrolled
}

// NewHelp returns the dialog that lists the bindings, with the reasons why some
// cannot be used now.
func NewHelp(bindings keys.Map, reason keys.Reason) Overlay {
	return &help{bindings: bindings, reason: reason}
}

// Key scrolls; esc, q and the keys of help itself close.
func (d *help) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "esc", "q", "?", "f1", "enter":
		return nil, true
	}
	if id, ok := keys.Moving().Match(msg); ok {
		rows, _, _ := step(id, d.text.height)
		d.text.scroll(rows)
	}
	return nil, false
}

// Update handles the wheel.
func (d *help) Update(msg tea.Msg) tea.Cmd {
	if wheel, ok := msg.(Wheel); ok {
		d.text.scroll(wheel.Lines)
	}
	return nil
}

// View draws the list.
func (d *help) View(w, h int, t theme.Theme) string {
	bodyW := min(w-dialogFrame, 76)
	lines := d.bindings.HelpTable(t, max(bodyW-2, 0), d.reason)
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	note := i18n.T("Esc closes")
	if d.text.more() {
		note = i18n.T("↓ more · Esc closes")
	}
	body := widget.ViewFunc(func(w, h int) string { return d.text.view(lines, w, h) })
	return Dialog(t, i18n.T("Keys"), note, body, bodyW, len(lines), w, h)
}
