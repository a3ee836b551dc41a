package page

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/rfm"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// The panes of the segments page.
const (
	paneList = iota
	paneHeat
	paneCuts
)

// segments shows the segments of the scheme in force as a list and as a heat map
// of scores, with the cut-points that make the scores, which can be edited.
type segments struct {
	base
	data  segmentsData
	pane  int
	tiles tiles          // of the last view
	goal  string         // the segment to go to once the answer is there
	cell  workspace.View // the scores of the cell to go to then

	list widget.BarList
	heat widget.HeatMap
	form *widget.Form // of the cut-points while they are edited
}

// segmentsData is the answer the page shows.
type segmentsData struct {
	segments []workspace.Segment
	cells    []workspace.Cell
	cuts     rfm.Cuts
}

// NewSegments returns the segments page.
func NewSegments(env *Env) Page {
	return &segments{base: base{env: env}}
}

func (p *segments) Title() string { return i18n.T("segments") }

// Init asks for everything the page shows.
func (p *segments) Init() tea.Cmd {
	ws := p.env.Workspace
	return ask(&p.inquiry, i18n.T("counting segments"), func(ctx context.Context) (segmentsData, error) {
		return readSegments(ctx, ws)
	})
}

func readSegments(ctx context.Context, ws *workspace.Workspace) (d segmentsData, err error) {
	if d.segments, err = ws.Segments(ctx); err != nil {
		return d, err
	}
	if d.cells, err = ws.HeatMap(ctx); err != nil {
		return d, err
	}
	d.cuts, err = ws.Cuts(ctx)
	return d, err
}

// Update handles replies, the mouse, and keys while cut-points are edited.
func (p *segments) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case reply[segmentsData]:
		if p.accept(msg.generation, msg.err) {
			p.asked = msg.asked
			p.show(msg.value)
		}
	case tea.KeyPressMsg:
		if p.form != nil {
			return p.onFormKey(msg)
		}
	case tea.PasteMsg:
		if p.form != nil {
			p.form.Insert(msg.Content)
		}
	case tea.MouseClickMsg:
		return p.onClick(msg)
	case Wheel:
		if t, ok := p.tiles.at(msg.X, msg.Y); ok && t.pane == paneList {
			p.list.Move(msg.Lines)
		}
	}
	return nil
}

// show takes over an answer and keeps the cursors on their segment and cell.
func (p *segments) show(d segmentsData) {
	name := segmentAt(p.data.segments, p.list, p.goal)
	p.data = d
	p.list.Rows = segmentBars(d.segments, true)
	p.list.Cursor = max(slices.IndexFunc(d.segments, func(s workspace.Segment) bool { return s.Segment == name }), 0)
	p.showHeat(d)
}

// showHeat lays the cells out with the best customers at the upper right.
func (p *segments) showHeat(d segmentsData) {
	levels := max(d.cuts.Levels(), 1)
	p.heat.RowLabels, p.heat.ColLabels = nil, nil
	p.heat.Cells = make([][]widget.HeatCell, levels)
	for i := range levels {
		p.heat.RowLabels = append(p.heat.RowLabels, "R"+i18n.Number(float64(levels-i), 0))
		p.heat.ColLabels = append(p.heat.ColLabels, "F"+i18n.Number(float64(i+1), 0))
		p.heat.Cells[i] = make([]widget.HeatCell, levels)
	}
	if at := p.cell; at.R > 0 && at.R <= levels && at.F > 0 && at.F <= levels {
		p.heat.Row, p.heat.Col = levels-at.R, at.F-1
	}
	p.cell = workspace.View{}
	for _, c := range d.cells {
		row, col := levels-c.R, c.F-1
		if row < 0 || row >= levels || col < 0 || col >= levels {
			continue
		}
		p.heat.Cells[row][col] = widget.HeatCell{
			Value: float64(c.Customers), Text: i18n.Short(float64(c.Customers)), Note: i18n.Short(c.NetRevenue),
		}
	}
}

func (p *segments) onClick(msg tea.MouseClickMsg) tea.Cmd {
	t, ok := p.tiles.at(msg.X, msg.Y)
	if !ok || msg.Button != tea.MouseLeft {
		return nil
	}
	again := p.pane == t.pane
	x, y := msg.X-t.x-1, msg.Y-t.y-1
	switch t.pane {
	case paneList:
		p.pane = paneList
		if row, ok := p.list.Hit(y); ok {
			again = again && row == p.list.Cursor
			p.list.Cursor = row
			return p.openIf(again)
		}
	case paneHeat:
		p.pane = paneHeat
		if row, col, ok := p.heat.Hit(x, y); ok {
			again = again && row == p.heat.Row && col == p.heat.Col
			p.heat.Row, p.heat.Col = row, col
			return p.openIf(again)
		}
	case paneCuts:
		if p.form == nil {
			return p.Do(cmdCuts)
		}
		p.form.Hit(y)
	}
	return nil
}

func (p *segments) openIf(open bool) tea.Cmd {
	if !open || p.Reason(keys.Open) != "" {
		return nil
	}
	return p.open()
}

// segmentsKeys are the page's bindings.
var segmentsKeys = keys.Join(
	keys.Map{
		{ID: keys.Open, Keys: []string{"enter"}, Help: "show the customers", Group: groupPage, Short: true},
		{ID: keys.NextPane, Keys: []string{"tab"}, Help: "list or heat map", Group: groupPage, Short: true},
		{ID: cmdScheme, Keys: []string{"m"}, Help: "scheme", Group: groupPage, Short: true},
		{ID: cmdCuts, Keys: []string{"c"}, Help: "edit cut-points", Group: groupPage, Short: true},
		{ID: cmdFreeze, Keys: []string{"F"}, Help: "freeze cut-points", Group: groupPage, Short: true},
		{ID: cmdRetry, Keys: []string{"r"}, Help: "ask again", Group: groupPage},
	},
	exportBinding, sqlBinding,
	keys.Moving(),
)

// cutsKeys are the bindings while cut-points are typed.
var cutsKeys = keys.Map{
	{ID: cmdApply, Keys: []string{"enter"}, Help: "apply", Group: groupPage, Short: true},
	{ID: keys.Back, Keys: []string{"esc"}, Help: "leave the cut-points", Group: groupPage, Short: true},
}

// Keys returns the page's bindings.
func (p *segments) Keys() keys.Map {
	if p.form != nil {
		return cutsKeys
	}
	return segmentsKeys
}

// Reason says why a command cannot be used.
func (p *segments) Reason(id string) string {
	switch id {
	case keys.Export:
		if !p.ready {
			return i18n.T("there is no answer yet")
		}
	case keys.Open:
		if !p.ready {
			return i18n.T("there is no answer yet")
		}
		if p.selected() == 0 {
			return i18n.T("nobody is in it")
		}
	case keys.SQL:
		if len(p.asked) == 0 {
			return noQuestion()
		}
	case cmdCuts, cmdFreeze:
		if !p.ready {
			return i18n.T("there are no cut-points yet")
		}
	}
	return ""
}

// selected returns how many customers stand behind the cursor.
func (p *segments) selected() int64 {
	if p.pane != paneHeat {
		if p.list.Cursor < len(p.data.segments) {
			return p.data.segments[p.list.Cursor].Customers
		}
		return 0
	}
	r, f := p.heatScores()
	for _, c := range p.data.cells {
		if c.R == r && c.F == f {
			return c.Customers
		}
	}
	return 0
}

// heatScores returns the scores of the cell under the cursor.
func (p *segments) heatScores() (r, f int) { return len(p.heat.RowLabels) - p.heat.Row, p.heat.Col + 1 }

// Capture reports whether cut-points are being typed.
func (p *segments) Capture() bool { return p.form != nil }

// Do carries out a command.
func (p *segments) Do(id string) tea.Cmd {
	switch id {
	case keys.NextPane, keys.PreviousPane:
		p.pane = paneHeat - p.pane
	case keys.Open:
		return p.open()
	case cmdScheme:
		return send(OpenOverlay{NewSchemes(p.env)})
	case cmdCuts:
		p.edit()
	case cmdFreeze:
		return p.freeze()
	case cmdApply:
		return p.applyCuts()
	case keys.Back:
		p.form = nil
	case cmdRetry:
		return p.Init()
	case keys.Export:
		return export(p.env, p.pane, p.exports()...)
	case keys.SQL:
		name := "ask/segments"
		if p.pane == paneHeat {
			name = "ask/heat"
		}
		return behind(p.asked, p.Reason(keys.Open) == "", name)
	default:
		rows, columns, ok := step(id, listPage)
		if ok && p.pane == paneHeat {
			p.heat.Move(rows, columns)
		} else if ok {
			p.list.Move(rows)
		}
	}
	return nil
}

// open shows the customers of the segment or cell under the cursor.
func (p *segments) open() tea.Cmd {
	if p.pane == paneHeat {
		r, f := p.heatScores()
		title := i18n.T("R %d, F %d", r, f)
		return send(OpenPage{NewCustomers(p.env, workspace.View{R: r, F: f}, title)})
	}
	if p.list.Cursor >= len(p.data.segments) {
		return nil
	}
	s := p.data.segments[p.list.Cursor]
	return send(OpenPage{NewCustomers(p.env, workspace.View{Segment: s.Segment}, s.Title)})
}
