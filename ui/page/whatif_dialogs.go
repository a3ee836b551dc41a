package page

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/whatif"
	"worth/internal/workspace"
	"worth/ui/theme"
	"worth/ui/widget"
)

// naming is the dialog that asks for a name and has the page carry out a command with
// it.
type naming struct {
	title  string
	then   string // the command, without the name
	prompt widget.Prompt
}

func newNaming(t theme.Theme, title, name, then string) *naming {
	d := &naming{title: title, then: then, prompt: widget.Prompt{Theme: t, Hint: i18n.T("a name, such as summer save")}}
	d.prompt.SetValue(name)
	return d
}

// Key edits; enter takes the name.
func (d *naming) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if d.prompt.Key(msg) {
		d.prompt.Message = ""
		return nil, false
	}
	switch msg.String() {
	case "esc":
		return nil, true
	case "enter":
		name := strings.TrimSpace(d.prompt.Value())
		if name == "" {
			d.prompt.Message = i18n.T("type a name")
			return nil, false
		}
		return send(Run{d.then + name}), true
	}
	return nil, false
}

// Update takes pastes.
func (d *naming) Update(msg tea.Msg) tea.Cmd {
	if paste, ok := msg.(tea.PasteMsg); ok {
		d.prompt.Insert(paste.Content)
	}
	return nil
}

// View draws the line.
func (d *naming) View(w, h int, t theme.Theme) string {
	d.prompt.Theme = t
	return Dialog(t, d.title, i18n.T("Enter takes it · Esc leaves"), &d.prompt, min(w-dialogFrame, 60), 2, w, h)
}

// savedDialog compares the saved scenarios with the baseline and each other.
type savedDialog struct {
	list   []workspace.SavedScenario
	totals []whatif.Line
	terms  string // under which they were valued
	cursor int
	top    int
	armed  bool // the next d deletes
}

// Key moves, loads, renames and deletes.
func (d *savedDialog) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	armed := d.armed
	d.armed = false
	name := ""
	if d.cursor < len(d.list) {
		name = d.list[d.cursor].Scenario.Name
	}
	switch msg.String() {
	case "esc", "q":
		return nil, true
	case "up", "k":
		d.cursor = max(d.cursor-1, 0)
	case "down", "j":
		d.cursor = max(min(d.cursor+1, len(d.list)-1), 0)
	case "enter":
		if name == "" {
			return nil, true
		}
		return send(Run{cmdLoadSaved + name}), true
	case "r":
		if name != "" {
			return send(Run{cmdAskRename + name}), true
		}
	case "d", "delete":
		if name != "" && armed {
			return send(Run{cmdDeleteScenario + name}), true
		}
		d.armed = name != ""
	}
	return nil, false
}

// Update handles clicks, which choose, and the wheel.
func (d *savedDialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		if row := d.top + msg.Y - 3; row >= 0 && row < len(d.list) && msg.Y >= 3 {
			d.cursor = row
		}
	case Wheel:
		d.cursor = max(min(d.cursor+msg.Lines, len(d.list)-1), 0)
	}
	return nil
}

// savedColumns are the widths of the columns beside the name.
var savedColumns = []int{8, 10, 10, 10, 9, 8}

// View draws a line for every scenario.
func (d *savedDialog) View(w, h int, t theme.Theme) string {
	const widest = 100
	note := i18n.T("Enter loads · r renames · d deletes · Esc closes")
	if d.armed {
		note = i18n.T("d again deletes it")
	}
	body := widget.ViewFunc(func(w, h int) string { return d.body(w, h, t) })
	return Dialog(t, i18n.T("Scenarios"), note, body, min(w-dialogFrame, widest), len(d.list)+2, w, h)
}

func (d *savedDialog) body(w, h int, t theme.Theme) string {
	if len(d.list) == 0 {
		return " " + t.Muted.Render(widget.Fit(i18n.T("no scenario is saved yet; w saves the one in view"), max(w-1, 0)))
	}
	lines := []string{
		" " + t.Muted.Render(widget.Fit(d.terms, max(w-1, 0))),
		t.Heading.Render(savedLine(w, i18n.T("scenario"), []string{
			i18n.T("made for"), i18n.T("as of"), i18n.T("equity"), i18n.T("change"), i18n.T("CLV mean"), i18n.T("CLV:CAC"),
		})),
	}
	room := max(h-len(lines), 1)
	d.top = max(min(d.top, d.cursor), d.cursor-room+1)
	for i := d.top; i < len(d.list) && i < d.top+room; i++ {
		line := savedLine(w, d.list[i].Scenario.Name, d.cells(i))
		if i == d.cursor {
			lines = append(lines, t.Cursor.Render(line))
			continue
		}
		lines = append(lines, t.Text.Render(line))
	}
	return strings.Join(lines, "\n")
}

// cells writes what a scenario comes to.
func (d *savedDialog) cells(i int) []string {
	k, total := d.list[i], d.totals[i]
	asOf := unknown
	if !k.AsOf.IsZero() {
		asOf = k.AsOf.Format(time.DateOnly)
	}
	return []string{
		modeName(k.Mode), asOf, i18n.Short(total.Scenario.Value), changeText(total.Baseline.Value, total.Scenario.Value),
		i18n.Short(total.Scenario.Mean), ratioText(total.Scenario.PerCAC()),
	}
}

// savedLine lays a line of the comparison out; columns that do not fit are left out from
// the left, the name never.
func savedLine(w int, name string, cells []string) string {
	room, from := w-2, len(cells)
	const least = 12
	for from > 0 && room-savedColumns[from-1]-1 >= least {
		from--
		room -= savedColumns[from] + 1
	}
	line := " " + widget.Fit(widget.Clean(name), max(room, 0))
	for i := from; i < len(cells); i++ {
		line += " " + widget.FitRight(cells[i], savedColumns[i])
	}
	return widget.Fit(line, w)
}
