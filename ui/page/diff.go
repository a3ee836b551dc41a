package page

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// Commands of the comparison.
const (
	cmdDiffMeasure = "diff.measure"
	cmdTurnRound   = "diff.turn"
	cmdRequantile  = "diff.requantile"
	cmdMatrixCells = "diff.cells"

	cmdTakeMeasure = "diff.measure:" // and the label of a measure, nothing for all
)

// The panes of the comparison.
const (
	paneDifferences = iota
	paneMatrix
)

// placeDiff is the name of the page in places.
const placeDiff = "diff"

// diff compares two snapshots, or one with now: what moved, split by cause, and who
// went from which segment to which. Comparing may take as long as making the analysis
// three times, so it is not done again by itself when the workspace changes.
type diff struct {
	base
	before, after string // names of snapshots; after may be snapshot.Now
	turned        bool   // the reader said which is the earlier one
	meter         *Meter // of comparing; nil when nothing is compared
	data          diffData
	stale         bool   // the workspace has changed since
	measure       string // shown alone; empty for all
	grid          *GridPage
	goal          *workspace.Place // where to go in the lines once they are there
	revealed      bool             // the lines were read with personal fields
	pane          int
	tiles         tiles // of the last view
	matrix        matrixPane
}

// newDiff returns the comparison of two snapshots, or of one with snapshot.Now.
func newDiff(env *Env, before, after string) *diff {
	return &diff{base: base{env: env}, before: before, after: after}
}

// Title names both.
func (p *diff) Title() string { return i18n.T("%s → %s", p.before, p.after) }

// Init compares the first time.
func (p *diff) Init() tea.Cmd {
	if p.ready && p.cancel == nil {
		p.stale = true
		return nil
	}
	return p.compare()
}

// comparison is what comparing ends in: also which of the two is the earlier one.
type comparison struct {
	before, after string
	data          diffData
}

// compare compares in a command.
func (p *diff) compare() tea.Cmd {
	ws, before, after, turned, revealed, meter := p.env.Workspace, p.before, p.after, p.turned, p.env.Revealed, &Meter{}
	p.meter, p.revealed, p.stale = meter, revealed, false
	p.matrix.drop()
	return ask(&p.inquiry, i18n.T("comparing"), func(ctx context.Context) (comparison, error) {
		out := comparison{before: before, after: after}
		var err error
		if !turned {
			if out.before, out.after, err = earlierFirst(ctx, ws, before, after); err != nil {
				return out, err
			}
		}
		out.data, err = readDiff(ctx, ws, out.before, out.after, revealed, meter.Tell)
		return out, err
	})
}

// Update handles replies, the progress and the mouse.
func (p *diff) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case reply[comparison]:
		return p.onCompared(msg)
	case reply[*snapshot.Matrix]:
		return p.matrix.onMade(msg)
	case Tick:
		for _, m := range []*Meter{p.meter, p.matrix.meter} {
			if m != nil {
				m.Tick(msg.At)
			}
		}
		return nil
	case tea.MouseClickMsg:
		return p.onClick(msg)
	}
	return p.onGrid(msg)
}

// onCompared shows a comparison.
func (p *diff) onCompared(msg reply[comparison]) tea.Cmd {
	awaited := msg.generation == p.generation
	if !p.accept(msg.generation, msg.err) {
		if awaited {
			p.meter = nil
		}
		return nil
	}
	p.meter = nil
	p.before, p.after, p.data = msg.value.before, msg.value.after, msg.value.data
	p.asked = msg.asked
	if !slices.ContainsFunc(p.data.measures, func(m diffMeasure) bool { return m.label == p.measure }) {
		p.measure = ""
	}
	cmd := p.showLines()
	if p.pane == paneMatrix {
		cmd = tea.Batch(cmd, p.migrate())
	}
	return cmd
}

// showLines shows the lines of the measure that was chosen.
func (p *diff) showLines() tea.Cmd {
	sort, desc := "", false
	if p.grid != nil {
		sort, desc = p.grid.query.sort, p.grid.query.desc
		p.grid.Close()
	}
	p.grid = NewGridPage(p.env, i18n.T("differences"), openTable(p.data.of(p.measure)), p.drill(), WithSort("", false), WithoutLine(), WithoutKey(),
		WithEmpty("Nothing moved."), WithoutSaving("a comparison is made of what is saved; e writes it to a file"))
	p.grid.query.sort, p.grid.query.desc = sort, desc
	if p.goal != nil {
		p.grid.Restore(*p.goal)
		p.goal = nil
	}
	return p.grid.Init()
}

// drill is what Enter does with a line: it opens the customer or the segment that the
// line is about, as they are now. Nil for lines about neither, and masked ones.
func (p *diff) drill() func(row []any) tea.Cmd {
	key := p.data.before.Key
	if len(key) != 1 || p.veils() && !p.revealed {
		return nil
	}
	return drillTo(p.env, key[0], 0)
}

// onGrid hands a message to the grid, and compares again once personal fields were
// revealed or masked.
func (p *diff) onGrid(msg tea.Msg) tea.Cmd {
	if p.grid == nil {
		return nil
	}
	cmd := p.grid.Update(msg)
	if p.ready && p.cancel == nil && p.env.Revealed != p.revealed && p.veils() {
		return tea.Batch(cmd, p.compare())
	}
	return cmd
}

// veils reports whether anything is masked until it is revealed.
func (p *diff) veils() bool {
	if p.data.before.Page == snapshot.Referrals {
		return true
	}
	return slices.ContainsFunc(p.data.before.Columns, func(c snapshot.Column) bool { return c.Personal })
}

// onClick goes to the pane under the mouse.
func (p *diff) onClick(msg tea.MouseClickMsg) tea.Cmd {
	t, ok := p.tiles.at(msg.X, msg.Y)
	if !ok || msg.Button != tea.MouseLeft {
		return nil
	}
	msg.X, msg.Y = msg.X-t.x-1, msg.Y-t.y-1
	switch t.pane {
	case paneDifferences:
		return p.onGrid(msg)
	case paneMatrix:
		p.matrix.click(msg.X, msg.Y)
	}
	return nil
}

// diffKeys are the page's bindings beside those of its grid.
var diffKeys = keys.Map{
	{ID: keys.NextPane, Keys: []string{"tab"}, Help: "differences or migration", Group: groupPage, Short: true},
	{ID: keys.PreviousPane, Keys: []string{"shift+tab"}, Help: "differences or migration", Group: groupPage},
	{ID: cmdDiffMeasure, Keys: []string{"m"}, Help: "choose a measure", Group: groupPage, Short: true},
	{ID: cmdTurnRound, Keys: []string{"x"}, Help: "the other way round: the later one first", Group: groupPage},
	{ID: cmdRetry, Keys: []string{"r"}, Help: "compare again", Group: groupPage},
}

// matrixKeys are the bindings of the migration matrix.
var matrixKeys = keys.Join(keys.Map{
	{ID: cmdMatrixCells, Keys: []string{"space"}, Help: "customers, shares or value", Group: groupPage, Short: true},
	{ID: cmdRequantile, Keys: []string{"z"}, Help: "freeze cut-points, or not", Group: groupPage, Short: true},
}, exportBinding, sqlBinding, keys.Moving())

// DiffKeys returns all bindings of a comparison, whatever has the focus.
func DiffKeys() keys.Map { return keys.Join(diffKeys, matrixKeys, keys.Paging(), keys.Grid()) }

// Keys are those of the pane in focus.
func (p *diff) Keys() keys.Map {
	if p.pane == paneMatrix {
		return keys.Join(diffKeys.Without(cmdDiffMeasure), matrixKeys)
	}
	if p.grid == nil {
		return keys.Join(diffKeys, keys.Moving())
	}
	if p.grid.Capture() {
		return p.grid.Keys()
	}
	return keys.Join(diffKeys, p.grid.Keys().Without(cmdRetry))
}

// Reason says why a command cannot be used.
func (p *diff) Reason(id string) string {
	switch id {
	case cmdRetry, cmdTurnRound:
		if id == cmdTurnRound && p.after == snapshot.Now {
			return i18n.T("now is the later one")
		}
		return p.Busy()
	case keys.NextPane, keys.PreviousPane:
		if p.ready && p.pane == paneDifferences && !p.migrates() {
			return i18n.T("only segments and all customers say who was in which segment")
		}
	case cmdDiffMeasure:
		if !p.ready {
			return noAnswerYet()
		}
	case cmdMatrixCells, cmdRequantile:
		return p.matrix.reason()
	case keys.Export:
		if p.pane == paneMatrix {
			return p.matrix.reason()
		}
	case keys.SQL:
		if len(p.asked) == 0 {
			return noQuestion()
		}
		return ""
	case keys.Reveal:
		if p.ready && p.veils() {
			return ""
		}
	}
	if p.grid != nil && p.pane == paneDifferences {
		return p.grid.Reason(id)
	}
	return ""
}

// Do carries out a command.
func (p *diff) Do(id string) tea.Cmd {
	if label, ok := strings.CutPrefix(id, cmdTakeMeasure); ok {
		p.measure = label
		return p.showLines()
	}
	if why := p.Reason(id); why != "" {
		return send(Notice{Text: why, Bad: true})
	}
	switch id {
	case cmdRetry:
		return p.compare()
	case cmdTurnRound:
		p.before, p.after, p.turned = p.after, p.before, true
		return p.compare()
	case keys.NextPane, keys.PreviousPane:
		p.pane = paneMatrix - p.pane
		if p.pane == paneMatrix && p.matrix.made == nil && p.ready {
			return p.migrate()
		}
		return nil
	case cmdDiffMeasure:
		return p.chooseMeasure()
	case keys.SQL:
		return behind(p.asked, false)
	}
	if p.pane == paneMatrix {
		return p.doMatrix(id)
	}
	if p.grid == nil {
		return nil
	}
	return p.grid.Do(id)
}

// chooseMeasure offers the measures, with how many lines each has.
func (p *diff) chooseMeasure() tea.Cmd {
	commands := []widget.Command{{ID: cmdTakeMeasure, Title: i18n.T("all measures"), Keys: i18n.T("%d line{s}", len(p.data.lines.Rows))}}
	for _, m := range p.data.measures {
		c := widget.Command{ID: cmdTakeMeasure + m.label, Title: m.label, Keys: i18n.T("%d line{s}", m.moved)}
		if m.moved == 0 {
			c.Disabled = i18n.T("it did not move")
		}
		commands = append(commands, c)
	}
	return send(OpenOverlay{newChoice(p.env.Theme, i18n.T("Measures"), commands)})
}

// Capture reports whether the grid takes keys as text.
func (p *diff) Capture() bool { return p.grid != nil && p.pane == paneDifferences && p.grid.Capture() }

// Busy says what runs.
func (p *diff) Busy() string {
	for _, busy := range []string{p.base.Busy(), p.matrix.Busy()} {
		if busy != "" {
			return busy
		}
	}
	if p.grid != nil {
		return p.grid.Busy()
	}
	return ""
}

// Cancel stops what runs.
func (p *diff) Cancel() bool {
	return p.base.Cancel() || p.matrix.Cancel() || p.grid != nil && p.grid.Cancel()
}

// Close gives up what runs.
func (p *diff) Close() {
	p.base.Close()
	p.matrix.Close()
	if p.grid != nil {
		p.grid.Close()
	}
}

// Place is what is compared, and where the reader is in the lines.
func (p *diff) Place() workspace.Place {
	at := workspace.Place{}
	switch {
	case p.grid != nil:
		at = p.grid.Place()
	case p.goal != nil:
		at = *p.goal
	}
	at.Page, at.ID, at.Title, at.Pane, at.View.Segment = placeDiff, p.before, p.after, p.pane, p.measure
	return at
}

// Restore returns to the lines of a measure.
func (p *diff) Restore(at workspace.Place) {
	p.goal, p.pane, p.measure = &at, min(max(at.Pane, 0), paneMatrix), at.View.Segment
	p.turned = true // as they were
}

// exports are who went where, and everything that moved.
func (p *diff) exports() []offer {
	var migration *tabular.Table
	if p.matrix.made != nil {
		migration = p.matrix.made.Table()
	}
	return []offer{{i18n.T("migration"), migration}, {i18n.T("differences"), p.data.lines}}
}
