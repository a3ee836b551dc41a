package page

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/theme"
	"worth/ui/widget"
)

// Update handles replies, typing and the mouse.
func (p *sqlPage) Update(msg tea.Msg) tea.Cmd {
	p.sync()
	switch msg := msg.(type) {
	case sqlKept:
		return p.onKept(msg)
	case sqlRan:
		return p.onRan(msg)
	case sqlExplained:
		return p.onExplained(msg)
	case sqlCharted:
		return p.onCharted(msg)
	case sqlOffers:
		p.onOffers(msg)
		return nil
	case sqlWritten:
		return p.onWritten(msg)
	case sqlEdited:
		return p.onEdited(msg)
	case tea.KeyPressMsg:
		return p.onKey(msg)
	case tea.PasteMsg:
		if p.editing {
			p.editor().Insert(msg.Content)
			return nil
		}
	case tea.MouseClickMsg:
		return p.onClick(msg)
	case Wheel:
		return p.onWheel(msg)
	}
	return p.onGrid(msg)
}

// onGrid hands a message to the grid. What personal columns hide is shown from the
// start of a result that is asked for anew, because writing down that they are
// shown ends results.
func (p *sqlPage) onGrid(msg tea.Msg) tea.Cmd {
	if p.grid == nil {
		return nil
	}
	cmd := p.grid.Update(msg)
	if shown, ok := msg.(gridRevealed); ok && shown.page == p.grid && shown.err == nil && p.result != nil {
		return tea.Batch(cmd, p.run(p.statement))
	}
	return cmd
}

// sync takes over what changed in the environment.
func (p *sqlPage) sync() {
	if p.themed == p.env.Theme.Name {
		return
	}
	p.themed = p.env.Theme.Name
	for _, e := range p.buffers {
		e.Theme = p.env.Theme
	}
}

// onKey handles keys while Capture.
func (p *sqlPage) onKey(msg tea.KeyPressMsg) tea.Cmd {
	if !p.editing {
		return p.onGrid(msg)
	}
	e := p.editor()
	if e.Offering() && (msg.String() == "esc" || msg.String() == "tab") {
		e.Key(msg)
		return nil
	}
	if id, ok := p.Keys().Match(msg); ok {
		e.Offer(nil, 0)
		if why := p.Reason(id); why != "" {
			return send(Notice{Text: why, Bad: true})
		}
		return p.Do(id)
	}
	offering, version := e.Offering(), e.Version()
	if !e.Key(msg) || e.Version() == version {
		return nil
	}
	if worthCompleting(msg.Text) || offering && msg.String() == "backspace" {
		return p.complete()
	}
	e.Offer(nil, 0)
	p.offers.stop()
	return nil
}

// Do carries out a command.
func (p *sqlPage) Do(id string) tea.Cmd {
	p.sync()
	switch id {
	case sqlRun:
		return p.runHere()
	case sqlExplain, sqlProfile:
		return p.explain(id == sqlProfile)
	case sqlDraw:
		return p.draw()
	case keys.Save:
		return p.save()
	case sqlComplete:
		return p.complete()
	case sqlQueries:
		return p.offerQueries()
	case sqlHistory:
		return p.offerHistory()
	case sqlExternal:
		return p.editOutside()
	case sqlWrite:
		return p.toggleWriting()
	case sqlMayWrite:
		p.writing = true
		return send(Notice{Text: i18n.T("statements may change the workspace now; F8 takes that back")})
	case sqlEdit:
		p.editing = true
		return nil
	case sqlLeave:
		p.editing = false
		return p.keepChanged()
	case sqlNew, sqlDrop, sqlNext, sqlPrevious:
		return p.turn(id)
	}
	return p.doElse(id)
}

// doElse carries out the commands that carry a name, and those of the result.
func (p *sqlPage) doElse(id string) tea.Cmd {
	if name, ok := strings.CutPrefix(id, sqlOpenQuery); ok {
		return p.openShipped(name)
	}
	if number, ok := strings.CutPrefix(id, sqlOpenPast); ok {
		if i, err := strconv.Atoi(number); err == nil && i >= 0 && i < len(p.history) {
			return p.Open(p.history[i].Text)
		}
		return nil
	}
	switch {
	case p.chart != nil:
		p.chart.move(id)
	case p.grid != nil:
		return p.grid.Do(id)
	case p.err != nil:
		if rows, _, ok := step(id, p.text.height); ok {
			p.text.scroll(rows)
		}
	}
	return nil
}

// keepChanged keeps the texts if any has changed.
func (p *sqlPage) keepChanged() tea.Cmd {
	if p.kept == p.versions() {
		return nil
	}
	return p.keep()
}

// turn goes to another text.
func (p *sqlPage) turn(id string) tea.Cmd {
	n := len(p.buffers)
	switch id {
	case sqlNew:
		p.add("")
		p.editing = true
	case sqlNext:
		p.current = (p.current + 1) % n
	case sqlPrevious:
		p.current = (p.current + n - 1) % n
	case sqlDrop:
		p.buffers = append(p.buffers[:p.current:p.current], p.buffers[p.current+1:]...)
		p.current = min(p.current, n-2)
	}
	return p.keepChanged()
}

// toggleWriting lets statements change the workspace after asking, or stops that.
func (p *sqlPage) toggleWriting() tea.Cmd {
	if p.writing {
		p.writing = false
		return send(Notice{Text: i18n.T("statements only read again")})
	}
	return send(OpenOverlay{&confirm{
		title: i18n.T("Writing"),
		text: i18n.T("Let statements on this page change the workspace, and read and write files? Every change rebuilds the analysis; " +
			"one that leaves nothing to analyse is refused. Press y to allow it, any other key to keep reading only."),
		then: sqlMayWrite,
	}})
}

// offerQueries lists the program's own queries.
func (p *sqlPage) offerQueries() tea.Cmd {
	all, err := p.env.Workspace.ShippedQueries()
	if err != nil {
		return send(Notice{Text: err.Error(), Bad: true})
	}
	commands := make([]widget.Command, 0, len(all))
	for _, q := range all {
		first, _, _ := strings.Cut(q.Question, "\n")
		commands = append(commands, widget.Command{ID: sqlOpenQuery + q.Name, Title: q.Name + "  " + first})
	}
	return send(OpenOverlay{newChoice(p.env.Theme, i18n.T("Queries of the program"), commands)})
}

// openShipped copies one of the program's queries into a text.
func (p *sqlPage) openShipped(name string) tea.Cmd {
	all, err := p.env.Workspace.ShippedQueries()
	if err != nil {
		return send(Notice{Text: err.Error(), Bad: true})
	}
	for _, q := range all {
		if q.Name == name {
			return p.Open(q.Text)
		}
	}
	return nil
}

// offerHistory lists what was run before, the latest first.
func (p *sqlPage) offerHistory() tea.Cmd {
	commands := make([]widget.Command, 0, len(p.history))
	for i := len(p.history) - 1; i >= 0; i-- {
		past := p.history[i]
		commands = append(commands, widget.Command{
			ID: sqlOpenPast + strconv.Itoa(i), Title: oneLine(past.Text), Keys: pastNote(past),
		})
	}
	return send(OpenOverlay{newChoice(p.env.Theme, i18n.T("What was run before"), commands)})
}

// oneLine writes a statement in a line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// pastNote says when a statement was run and what came of it.
func pastNote(past workspace.Past) string {
	at := past.At.Local().Format("01-02 15:04")
	if past.Failed != "" {
		return i18n.T("%s · failed", at)
	}
	return i18n.T("%s · %s row{s}", at, i18n.Short(float64(past.Rows)))
}

// onClick goes to the pane under the mouse.
func (p *sqlPage) onClick(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft {
		return nil
	}
	at := p.places
	switch {
	case msg.Y >= at.editorY && msg.Y < at.editorY+at.editorH:
		p.editing = true
		p.editor().Click(msg.X-at.inset, msg.Y-at.editorY)
	case msg.Y >= at.resultY && msg.Y < at.resultY+at.resultH:
		p.editing = false
		if p.chart == nil && p.grid != nil {
			msg.X, msg.Y = msg.X-at.inset, msg.Y-at.resultY
			return p.grid.Update(msg)
		}
	}
	return nil
}

// onWheel scrolls the pane under the mouse.
func (p *sqlPage) onWheel(msg Wheel) tea.Cmd {
	at := p.places
	if msg.Y >= at.editorY && msg.Y < at.editorY+at.editorH {
		p.editor().Scroll(msg.Lines)
		return nil
	}
	switch {
	case p.chart != nil:
		p.chart.scroll(msg.Lines)
	case p.grid != nil:
		return p.grid.Update(msg)
	case p.err != nil:
		p.text.scroll(msg.Lines)
	}
	return nil
}

// confirm is a question with one answer that counts.
type confirm struct{ title, text, then string }

// Key answers the question: y does it.
func (c *confirm) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if msg.String() == "y" || msg.String() == "Y" {
		return send(Run{c.then}), true
	}
	return nil, true
}

// Update has nothing to handle.
func (c *confirm) Update(tea.Msg) tea.Cmd { return nil }

// View draws the question.
func (c *confirm) View(w, h int, t theme.Theme) string {
	bodyW := min(w-dialogFrame, sayWidth)
	lines := wrapped(c.text, max(bodyW-2, 1))
	for i := range lines {
		lines[i] = " " + t.Text.Render(lines[i])
	}
	body := widget.ViewFunc(func(int, int) string { return strings.Join(lines, "\n") })
	return Dialog(t, c.title, i18n.T("y allows · Esc closes"), body, bodyW, len(lines), w, h)
}
