package page

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/theme"
	"worth/ui/widget"
)

// schemes is the dialog that chooses a segmentation scheme.
type schemes struct {
	env    *Env
	all    []workspace.Scheme
	err    error
	cursor int
}

// NewSchemes returns the dialog that chooses a segmentation scheme, with the one
// in force under the cursor.
func NewSchemes(env *Env) Overlay {
	d := &schemes{env: env}
	d.all, d.err = workspace.Schemes()
	set := env.Workspace.Settings()
	if set.SchemeText != "" { // the analyst's own stands first
		d.all = append([]workspace.Scheme{{Name: set.Scheme, Title: i18n.T("your own scheme")}}, d.all...)
	}
	for i := range d.all {
		if d.inForce(set, i) {
			d.cursor = i
		}
	}
	return d
}

// Key moves, chooses with enter, and closes with esc.
func (d *schemes) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "esc", "q":
		return nil, true
	case "up", "k":
		d.cursor = max(d.cursor-1, 0)
	case "down", "j":
		d.cursor = max(min(d.cursor+1, len(d.all)-1), 0)
	case "enter":
		return d.choose()
	}
	return nil, false
}

// Update handles clicks: the first on a scheme selects it.
func (d *schemes) Update(msg tea.Msg) tea.Cmd {
	if click, ok := msg.(tea.MouseClickMsg); ok {
		if row := click.Y - 1; row >= 0 && row < len(d.all) {
			d.cursor = row
		}
	}
	return nil
}

func (d *schemes) choose() (tea.Cmd, bool) {
	if d.cursor >= len(d.all) {
		return nil, true
	}
	set, chosen := d.env.Workspace.Settings(), d.all[d.cursor]
	if d.inForce(set, d.cursor) {
		return nil, true
	}
	return send(ApplySettings{WithScheme(set, chosen.Name)}), false
}

// inForce reports whether a scheme is the one of the settings, whose empty name
// stands for the first, the default.
func (d *schemes) inForce(set workspace.Settings, i int) bool {
	return d.all[i].Name == set.Scheme || i == 0 && set.Scheme == ""
}

// WithScheme returns the settings with a shipped scheme in force. Cut-points stay
// frozen if they were.
func WithScheme(set workspace.Settings, name string) workspace.Settings {
	set.Scheme, set.SchemeText = name, ""
	return set
}

// View draws the schemes by name with what they are.
func (d *schemes) View(w, h int, t theme.Theme) string {
	body := widget.ViewFunc(func(w, _ int) string {
		if d.err != nil {
			return t.Bad.Render(d.err.Error())
		}
		nameW := 0
		for _, s := range d.all {
			nameW = max(nameW, widget.Width(widget.Clean(s.Name)))
		}
		lines := make([]string, len(d.all))
		for i, s := range d.all {
			name, title := widget.Fit(widget.Clean(s.Name), nameW), widget.Fit(widget.Clean(s.Title), max(w-nameW-5, 0))
			if i == d.cursor {
				lines[i] = t.Cursor.Render("▸ " + name + "   " + title)
				continue
			}
			lines[i] = "  " + t.Strong.Render(name) + "   " + t.Muted.Render(title)
		}
		return strings.Join(lines, "\n")
	})
	return Dialog(t, i18n.T("Segmentation scheme"), i18n.T("Enter chooses · Esc leaves"), body, min(w-dialogFrame, 78), len(d.all), w, h)
}
