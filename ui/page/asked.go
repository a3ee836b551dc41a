package page

import (
	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/theme"
	"worth/ui/widget"
)

// askedDialog shows where a number comes from: the question that was put to the
// database, as it was sent, with the values bound in it.
type askedDialog struct {
	asked []workspace.Asked
	at    int
	drill string // the command of the page that leads to the rows behind the number; empty: there are none
	text  scrolled
}

// behind opens the dialog over the questions of some names, or over all of them
// without names. The command keys.Open of the page leads to the rows behind the
// number, if rows is true.
func behind(asked []workspace.Asked, rows bool, names ...string) tea.Cmd {
	if !rows {
		return behindBy(asked, "", names...)
	}
	return behindBy(asked, keys.Open, names...)
}

// behindBy is behind for a page on which another command leads to the rows; an
// empty one says that there are none.
func behindBy(asked []workspace.Asked, drill string, names ...string) tea.Cmd {
	chosen := asked
	if len(names) > 0 {
		chosen = nil
		for _, name := range names {
			if a, ok := workspace.Named(asked, name); ok {
				chosen = append(chosen, a)
			}
		}
	}
	if len(chosen) == 0 {
		return send(Notice{Text: noQuestion(), Bad: true})
	}
	return send(OpenOverlay{&askedDialog{asked: chosen, drill: drill}})
}

// noQuestion is why there is nothing to show.
func noQuestion() string {
	return i18n.T("no query stands behind this, or it has not been answered yet")
}

// sqlBinding shows the query behind a number.
var sqlBinding = keys.Map{{ID: keys.SQL, Keys: []string{"Q"}, Help: "show the query behind this", Group: groupPage}}

// Key goes through the questions, drills to the rows, opens the query, and closes.
func (d *askedDialog) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "esc", "q", "Q":
		return nil, true
	case "enter":
		if d.drill != "" {
			return send(Run{d.drill}), true
		}
		return d.open()
	case "o":
		return d.open()
	case "y":
		return send(Copy{Text: d.asked[d.at].Script(), What: i18n.T("the query")}), false
	case "tab", "right":
		d.turn(1)
	case "shift+tab", "left":
		d.turn(-1)
	default:
		if id, ok := keys.Moving().Match(msg); ok {
			rows, _, _ := step(id, d.text.height)
			d.text.scroll(rows)
		}
	}
	return nil, false
}

// open shows the query on the SQL page.
func (d *askedDialog) open() (tea.Cmd, bool) {
	return send(OpenSQL{d.asked[d.at].Script()}), true
}

// turn goes to another question.
func (d *askedDialog) turn(by int) {
	d.at = (d.at + by + len(d.asked)) % len(d.asked)
	d.text = scrolled{}
}

// Update handles the wheel.
func (d *askedDialog) Update(msg tea.Msg) tea.Cmd {
	if wheel, ok := msg.(Wheel); ok {
		d.text.scroll(wheel.Lines)
	}
	return nil
}

// askedWidth is the widest the dialog gets.
const askedWidth = 100

// View draws the question, its values and the query.
func (d *askedDialog) View(w, h int, t theme.Theme) string {
	bodyW := min(w-dialogFrame, askedWidth)
	a := d.asked[d.at]
	var lines []string
	for _, line := range wrapped(a.Question, max(bodyW-2, 1)) {
		lines = append(lines, " "+t.Muted.Render(line))
	}
	lines = append(lines, "")
	for _, p := range a.Parameters {
		lines = append(lines, " "+t.Match.Render("$"+p.Name)+t.Text.Render(" = "+widget.Clean(p.Text())))
	}
	if len(a.Parameters) > 0 {
		lines = append(lines, "")
	}
	for _, line := range widget.SQLLines(a.SQL, max(bodyW-2, 1), t) {
		lines = append(lines, " "+line)
	}
	note := i18n.T("o opens it in the SQL page · Esc closes")
	if d.drill != "" {
		note = i18n.T("Enter shows the rows · o opens it in the SQL page · Esc closes")
	}
	title := a.Name
	if len(d.asked) > 1 {
		title = i18n.T("%s · %d of %d, Tab turns", a.Name, d.at+1, len(d.asked))
	}
	body := widget.ViewFunc(func(w, h int) string { return d.text.view(lines, w, h) })
	return Dialog(t, title, note, body, bodyW, len(lines), w, h)
}
