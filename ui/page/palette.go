package page

import (
	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/ui/theme"
	"worth/ui/widget"
)

// palette is the dialog that finds a command by a few letters of its name.
type palette struct {
	title string
	list  *widget.Palette
	most  int // lines of all commands
}

// NewPalette returns the dialog over the commands; it sends Run with the chosen
// one.
func NewPalette(t theme.Theme, commands []widget.Command) Overlay {
	return newChoice(t, i18n.T("Commands"), commands)
}

// newChoice returns a palette under another title.
func newChoice(t theme.Theme, title string, commands []widget.Command) Overlay {
	d := &palette{title: title, list: widget.NewPalette(t, commands)}
	d.most = d.list.Height()
	return d
}

// Key narrows and chooses. A command that cannot be used says why.
func (d *palette) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if d.list.Key(msg) {
		return nil, false
	}
	switch msg.String() {
	case "esc":
		return nil, true
	case "enter":
		return d.choose()
	}
	return nil, false
}

func (d *palette) choose() (tea.Cmd, bool) {
	command, ok := d.list.Chosen()
	switch {
	case ok:
		return send(Run{command.ID}), true
	case command.Disabled != "":
		return send(Notice{Text: i18n.T("%s: not now, %s", command.Title, command.Disabled), Bad: true}), false
	}
	return nil, false
}

// Update handles pastes and clicks; a click chooses.
func (d *palette) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		d.list.Type(msg.Content)
	case tea.MouseClickMsg:
		d.list.Hit(msg.Y - 1)
	case Wheel:
		for range msg.Lines {
			d.list.Down()
		}
		for range -msg.Lines {
			d.list.Up()
		}
	}
	return nil
}

// View draws the commands that match.
func (d *palette) View(w, h int, t theme.Theme) string {
	d.list.Theme = t
	return Dialog(t, d.title, i18n.T("Enter does it · Esc closes"), d.list, min(w-dialogFrame, 70), min(d.most, 20), w, h)
}
