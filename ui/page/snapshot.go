package page

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// The panes of a snapshot.
const (
	paneRows = iota
	paneFacts
	snapshotPanes
)

// placeSnapshot is the name of the page in places.
const placeSnapshot = "snapshot"

// savedPage is a snapshot: its rows as they were saved, or as its question is answered
// now, and what it rests on.
type savedPage struct {
	base
	name     string
	now      bool                // its question is asked of the present data
	snap     *workspace.Snapshot // nil until it was read
	grid     *GridPage           // of its rows; nil until then
	goal     *workspace.Place    // where to go in the rows once they are there
	facts    []workspace.Facts
	text     scrolled     // of the facts
	revealed *atomic.Bool // for the commands that read rows
	pane     int
	tiles    tiles // of the last view
}

// newSnapshot returns the page of the snapshot of a name.
func newSnapshot(env *Env, name string) *savedPage {
	p := &savedPage{base: base{env: env}, name: name, revealed: &atomic.Bool{}}
	p.revealed.Store(env.Revealed)
	return p
}

// openNow opens what the question of a snapshot answers now.
func openNow(env *Env, name string) tea.Cmd {
	p := newSnapshot(env, name)
	p.now = true
	return send(OpenPage{p})
}

// Title is the name of the snapshot.
func (p *savedPage) Title() string {
	if p.now {
		return i18n.T("%s, now", p.name)
	}
	return p.name
}

// Init reads the snapshot. Its rows never change; its name and note may.
func (p *savedPage) Init() tea.Cmd {
	ws, name := p.env.Workspace, p.name
	return ask(&p.inquiry, i18n.T("opening %s", name), func(ctx context.Context) (*workspace.Snapshot, error) { return ws.Snapshot(ctx, name) })
}

// show shows a snapshot that was read.
func (p *savedPage) show(s *workspace.Snapshot) tea.Cmd {
	p.snap, p.facts = s, workspace.SnapshotFacts(&s.Record)
	if p.grid == nil {
		p.grid = p.newGrid(s)
		if p.goal != nil {
			p.grid.Restore(*p.goal)
		}
	}
	return p.grid.Init()
}

// newGrid returns the grid of the rows.
func (p *savedPage) newGrid(s *workspace.Snapshot) *GridPage {
	options := []GridOption{
		WithSort("", false), WithFilter(s.CheckFilter), WithEmpty("The question is answered with no rows."),
	}
	open := s.Open
	if p.now {
		open = s.Now
		options = append(options, WithQuestion(func(gridQuery) snapshot.Question { return s.Record.Question }))
	} else {
		options = append(options, WithoutSaving("it is saved already; w writes it to a file"))
	}
	if key := s.Record.Key; len(key) != 1 || len(s.Columns()) == 0 || s.Columns()[0].Name != key[0] {
		options = append(options, WithoutKey())
	}
	stated, revealed := s.Record.Page == snapshot.Referrals, p.revealed
	rows := func(ctx context.Context, sort string, desc bool, filter string) (Rows, error) {
		rows, err := open(ctx, sort, desc, filter)
		if err != nil {
			return nil, err
		}
		if stated && !revealed.Load() { // ids may be phones and e-mail addresses
			return veiledRows{workspace.Veil(rows), rows}, nil
		}
		return rows, nil
	}
	return NewGridPage(p.env, p.Title(), rows, p.drill(s), options...)
}

// drill is what Enter does with a row: it opens the customer or the customers of the
// segment that the row is about, as they are now. Nil for rows about neither.
func (p *savedPage) drill(s *workspace.Snapshot) func(row []any) tea.Cmd {
	t := &tabular.Table{Columns: s.Columns()}
	if at := t.Index("customer_id"); at >= 0 {
		return drillTo(p.env, "customer_id", at)
	}
	return drillTo(p.env, "segment", t.Index("segment"))
}

// drillTo opens the customer, or the customers of the segment, that a cell of a row
// names; nil for a cell that names neither.
func drillTo(env *Env, what string, at int) func(row []any) tea.Cmd {
	if at < 0 || what != "customer_id" && what != "segment" {
		return nil
	}
	return func(row []any) tea.Cmd {
		name := tabular.Plain(row[at], tabular.Text)
		if what == "segment" {
			return send(OpenPage{NewCustomers(env, workspace.View{Segment: name}, i18n.T(name))})
		}
		return send(OpenPage{newCustomer(env, name, nil)})
	}
}

// Update handles replies, keys of the grid and the mouse.
func (p *savedPage) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case reply[*workspace.Snapshot]:
		if p.accept(msg.generation, msg.err) {
			return p.show(msg.value)
		}
		return nil
	case Wheel:
		if t, ok := p.tiles.at(msg.X, msg.Y); ok && t.pane == paneFacts {
			p.text.scroll(msg.Lines)
			return nil
		}
	case tea.MouseClickMsg:
		t, ok := p.tiles.at(msg.X, msg.Y)
		if !ok || msg.Button != tea.MouseLeft {
			return nil
		}
		if p.pane = t.pane; t.pane == paneFacts {
			return nil
		}
		msg.X, msg.Y = msg.X-t.x-1, msg.Y-t.y-1
		return p.onGrid(msg)
	}
	return p.onGrid(msg)
}

// onGrid hands a message to the grid, and reads rows again whose ids were revealed.
func (p *savedPage) onGrid(msg tea.Msg) tea.Cmd {
	if p.grid == nil {
		return nil
	}
	return tea.Batch(p.grid.Update(msg), p.unveil())
}

// unveil reads the rows again if ids that files state are to be shown now, or masked.
func (p *savedPage) unveil() tea.Cmd {
	if p.revealed.Swap(p.env.Revealed) == p.env.Revealed || p.snap.Record.Page != snapshot.Referrals {
		return nil
	}
	return p.grid.Init()
}

// openedKeys are the page's bindings beside those of its grid.
var openedKeys = keys.Map{
	{ID: keys.NextPane, Keys: []string{"tab"}, Help: "rows, or what they rest on", Group: groupPage, Short: true},
	{ID: keys.PreviousPane, Keys: []string{"shift+tab"}, Help: "rows, or what they rest on", Group: groupPage},
	{ID: cmdDiff, Keys: []string{"d"}, Help: "compare with now", Group: groupSnapshots, Short: true},
	{ID: cmdNow, Keys: []string{"p"}, Help: "ask its question of the present data", Group: groupSnapshots, Short: true},
	{ID: cmdSeries, Keys: []string{"t"}, Help: "trend of a series", Group: groupSnapshots, Short: true},
	{ID: cmdWriteSnapshot, Keys: []string{"w"}, Help: "write it to a file for another workspace", Group: groupSnapshots},
}

// SnapshotKeys returns all bindings of a snapshot, whatever has the focus.
func SnapshotKeys() keys.Map { return keys.Join(openedKeys, keys.Paging(), keys.Grid()) }

// Keys are those of the pane in focus.
func (p *savedPage) Keys() keys.Map {
	if p.grid == nil || p.pane == paneFacts {
		return keys.Join(openedKeys, sqlBinding, keys.Map{{ID: cmdRetry, Keys: []string{"r"}, Help: "ask again", Group: groupPage}}, keys.Moving())
	}
	if p.grid.Capture() {
		return p.grid.Keys()
	}
	return keys.Join(openedKeys, p.grid.Keys())
}

// Reason says why a command cannot be used.
func (p *savedPage) Reason(id string) string {
	switch id {
	case cmdDiff, cmdNow, cmdWriteSnapshot:
		if p.snap == nil {
			return noAnswerYet()
		}
	case cmdSeries:
		if p.snap == nil || p.snap.Record.Page != snapshot.Series {
			return i18n.T("it is no series")
		}
		return ""
	case keys.SQL:
		if p.snap == nil || p.snap.Record.SQL == "" {
			return noQuestion()
		}
		return ""
	case keys.Reveal:
		if p.snap != nil && p.snap.Record.Page == snapshot.Referrals {
			return ""
		}
	}
	if p.grid != nil {
		return p.grid.Reason(id)
	}
	return ""
}

// Do carries out a command.
func (p *savedPage) Do(id string) tea.Cmd {
	switch id {
	case keys.NextPane, keys.PreviousPane:
		p.pane = (p.pane + 1) % snapshotPanes
		return nil
	case cmdRetry:
		return p.Init()
	}
	if p.snap == nil {
		return nil
	}
	switch id {
	case cmdDiff:
		return send(OpenPage{newDiff(p.env, p.name, snapshot.Now)})
	case cmdNow:
		return openNow(p.env, p.name)
	case cmdSeries:
		return send(OpenPage{newSavedTrend(p.env, p.name)})
	case cmdWriteSnapshot:
		return send(OpenOverlay{newWriteSnapshot(p.env, p.name)})
	case keys.SQL:
		return behind([]workspace.Asked{p.asks()}, false)
	case keys.Reveal:
		return tea.Batch(p.grid.reveal(), p.unveil())
	}
	if p.pane == paneFacts {
		if rows, _, ok := step(id, p.text.height); ok {
			p.text.scroll(rows)
		}
		return nil
	}
	return p.grid.Do(id)
}

// asks is the query of the snapshot as it was sent, with the values bound in it.
func (p *savedPage) asks() workspace.Asked {
	r := &p.snap.Record
	a := workspace.Asked{Name: r.Name, Question: i18n.T("As it was asked on %s.", r.SavedAt.Format("2006-01-02 15:04")), SQL: r.SQL}
	for _, v := range r.Values {
		a.Parameters = append(a.Parameters, workspace.Parameter{Name: v.Name, Value: v.Value, Kind: tabular.Text})
	}
	return a
}

// Saving keeps the question that is asked now once more.
func (p *savedPage) Saving() (Saving, string) {
	if p.grid == nil {
		return Saving{}, noAnswerYet()
	}
	s, why := p.grid.Saving()
	s.What = p.name
	return s, why
}

// Capture reports whether the grid takes keys as text.
func (p *savedPage) Capture() bool { return p.grid != nil && p.grid.Capture() }

// Busy says what runs.
func (p *savedPage) Busy() string {
	if busy := p.base.Busy(); busy != "" || p.grid == nil {
		return busy
	}
	return p.grid.Busy()
}

// Cancel stops what runs.
func (p *savedPage) Cancel() bool { return p.base.Cancel() || p.grid != nil && p.grid.Cancel() }

// Close gives up the rows.
func (p *savedPage) Close() {
	p.base.Close()
	if p.grid != nil {
		p.grid.Close()
	}
}

// Place is the snapshot, and where the reader is in its rows.
func (p *savedPage) Place() workspace.Place {
	at := workspace.Place{}
	switch {
	case p.grid != nil:
		at = p.grid.Place()
	case p.goal != nil:
		at = *p.goal
	}
	at.Page, at.ID, at.Title, at.Pane = placeSnapshot, p.name, "", p.pane
	if p.now {
		at.Title = snapshot.Now
	}
	return at
}

// Restore returns to a row and a pane.
func (p *savedPage) Restore(at workspace.Place) {
	p.goal, p.now, p.pane = &at, at.Title == snapshot.Now, min(max(at.Pane, 0), snapshotPanes-1)
}

// The widths of the panel of facts, and from which the rows have room beside it.
const (
	factsWidth  = 46
	besideFacts = 100
)

// View draws the rows and what they rest on, side by side where there is room.
func (p *savedPage) View(w, h int) string {
	p.tiles = nil
	if view, ok := p.without(w, h); ok {
		return view
	}
	if view, ok := p.instead(w, h); ok {
		return view
	}
	switch {
	case w >= besideFacts:
		p.tiles = tiled(w, h, []int{w - factsWidth}, []share{{pane: paneRows}}, []share{{pane: paneFacts}})
	default:
		p.tiles = tiled(w, h, nil, []share{{pane: p.pane}})
	}
	return p.tiles.draw(p.drawPane)
}

// without draws that a snapshot is not there any more.
func (b *base) without(w, h int) (string, bool) {
	var none *workspace.NoAnswerError
	if w < leastW || h < leastH || !errors.As(b.err, &none) {
		return "", false
	}
	return say(b.env.Theme, b.env.Theme.Text, w, h, none.Error(), i18n.T("Esc goes back · 0 shows the snapshots")), true
}

func (p *savedPage) drawPane(t tile) string {
	th, r := p.env.Theme, &p.snap.Record
	panel := widget.Panel{Theme: th, Focused: p.pane == t.pane}
	if t.pane == paneFacts {
		panel.Title, panel.Body = i18n.T("What it rests on"), widget.ViewFunc(p.factsView)
		return panel.View(t.w, t.h)
	}
	panel.Title = i18n.T("%s as of %s", i18n.T(string(r.Page)), r.AsOf)
	panel.Note = i18n.T("as saved %s", r.SavedAt.Format("2006-01-02"))
	if p.now {
		panel.Title = i18n.T("%s as of %s", i18n.T(string(r.Page)), p.env.Header.AsOf.Format("2006-01-02"))
		panel.Note = i18n.T("asked now")
	}
	panel.Body = widget.ViewFunc(func(w, h int) string { return p.grid.View(w, h) })
	return panel.View(t.w, t.h)
}

// factsView draws what the snapshot rests on.
func (p *savedPage) factsView(w, h int) string {
	t := p.env.Theme
	var lines []string
	for i, group := range p.facts {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, " "+t.Strong.Render(widget.Fit(group.Heading, max(w-1, 0))))
		for _, f := range group.List {
			if f.Value != "" {
				lines = append(lines, factLines(t.Muted.Render, t.Text.Render, f, w)...)
			}
		}
	}
	return p.text.view(lines, w, h)
}

// factLines writes a fact: its value beside its name, or below it when it is long.
func factLines(name, value func(...string) string, f workspace.Fact, w int) []string {
	const indent = "  "
	label := widget.Clean(f.Name)
	room := w - widget.Width(label) - 3
	if text := widget.Clean(f.Value); widget.Width(text) <= room && !strings.Contains(f.Value, "\n") {
		return []string{" " + name(label) + " " + value(widget.FitRight(text, room)) + " "}
	}
	lines := []string{" " + name(widget.Fit(label, max(w-1, 0)))}
	for _, line := range wrapped(f.Value, max(w-len(indent)-1, 1)) {
		lines = append(lines, indent+value(line))
	}
	return lines
}
