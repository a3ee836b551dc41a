package page

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// The panes of the overview, in the order of tab.
const (
	paneValue = iota
	paneSegments
	paneRevenue
	paneCurve
	overviewPanes
)

// overview is the first page: what the customers brought, when, from whom, and
// how unevenly.
type overview struct {
	base
	data  overviewData
	pane  int
	tiles tiles  // of the last view
	goal  string // the segment to go to once the answer is there

	list  widget.BarList
	chart widget.LineChart
	curve widget.LineChart
}

// overviewData is the answer the page shows.
type overviewData struct {
	sum      workspace.Overview
	months   []workspace.Period
	curve    []workspace.CurvePoint
	segments []workspace.Segment
	terms    workspace.Terms // of what is expected; none without a model
	unscored error           // why there are neither curve nor segments
}

// NewOverview returns the overview page.
func NewOverview(env *Env) Page { return &overview{base: base{env: env}, pane: paneSegments} }

func (p *overview) Title() string { return i18n.T("overview") }

// Init asks for everything the page shows.
func (p *overview) Init() tea.Cmd {
	ws := p.env.Workspace
	return ask(&p.inquiry, i18n.T("adding up"), func(ctx context.Context) (overviewData, error) {
		return readOverview(ctx, ws)
	})
}

// readOverview asks the workspace. Data without known customers still have
// revenue to show.
func readOverview(ctx context.Context, ws *workspace.Workspace) (d overviewData, err error) {
	if d.sum, err = ws.Overview(ctx); err != nil {
		return d, err
	}
	if d.months, err = ws.Revenue(ctx); err != nil {
		return d, err
	}
	var none *workspace.NoAnswerError
	fits, err := ws.Models(ctx)
	if err != nil && !errors.As(err, &none) {
		return d, err
	}
	d.terms = fits.Terms
	if d.curve, err = ws.Concentration(ctx); err == nil {
		d.segments, err = ws.Segments(ctx)
	}
	if errors.As(err, &none) && d.sum.Orders > 0 {
		d.unscored, err = none, nil
	}
	return d, err
}

// Update handles replies and the mouse.
func (p *overview) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case reply[overviewData]:
		if p.accept(msg.generation, msg.err) {
			p.asked = msg.asked
			p.show(msg.value)
		}
	case tea.MouseClickMsg:
		return p.onClick(msg)
	case Wheel:
		if t, ok := p.tiles.at(msg.X, msg.Y); ok && t.pane == paneSegments {
			p.list.Move(msg.Lines)
		}
	}
	return nil
}

// show takes over an answer and keeps the cursors where they were.
func (p *overview) show(d overviewData) {
	segment := segmentAt(p.data.segments, p.list, p.goal)
	first := len(p.data.months) == 0
	p.data = d
	p.list.Rows = segmentBars(d.segments, false)
	p.list.Cursor = max(slices.IndexFunc(d.segments, func(s workspace.Segment) bool { return s.Segment == segment }), 0)
	p.chart = revenueChart(d.months, p.chart.Cursor)
	if first {
		p.chart.Cursor = max(len(d.months)-1, 0)
	}
	p.curve = curveChart(d.curve, p.curve.Cursor)
	if p.curve.Cursor == 0 {
		p.curve.Cursor = len(d.curve) / 5 // the best fifth
	}
}

func (p *overview) onClick(msg tea.MouseClickMsg) tea.Cmd {
	t, ok := p.tiles.at(msg.X, msg.Y)
	if !ok || msg.Button != tea.MouseLeft {
		return nil
	}
	again := p.pane == t.pane
	p.pane = t.pane
	x, y := msg.X-t.x-1, msg.Y-t.y-1
	switch t.pane {
	case paneSegments:
		if row, ok := p.list.Hit(y); ok {
			open := again && row == p.list.Cursor
			p.list.Cursor = row
			if open {
				return p.open()
			}
		}
	case paneRevenue:
		if at, ok := p.chart.Hit(x); ok {
			p.chart.Cursor = at
		}
	case paneCurve:
		if at, ok := p.curve.Hit(x); ok {
			p.curve.Cursor = at
		}
	}
	return nil
}

// overviewKeys are the page's bindings.
var overviewKeys = keys.Join(
	keys.Map{{ID: keys.Open, Keys: []string{"enter"}, Help: "show the customers", Group: groupPage, Short: true}},
	keys.Map{{ID: keys.NextPane, Keys: []string{"tab"}, Help: "next pane", Group: groupPage, Short: true}},
	keys.Map{{ID: cmdRetry, Keys: []string{"r"}, Help: "ask again", Group: groupPage}},
	exportBinding, sqlBinding,
	keys.Moving(),
)

// Keys returns the page's bindings.
func (p *overview) Keys() keys.Map { return overviewKeys }

// Reason says why a command cannot be used.
func (p *overview) Reason(id string) string {
	if id == keys.Open && (!p.ready || p.data.unscored != nil) {
		return i18n.T("no customers are known")
	}
	if id == keys.Export && !p.ready {
		return i18n.T("there is no answer yet")
	}
	if id == keys.SQL && len(p.asked) == 0 {
		return noQuestion()
	}
	return ""
}

// Do carries out a command.
func (p *overview) Do(id string) tea.Cmd {
	switch id {
	case keys.NextPane:
		p.pane = (p.pane + 1) % overviewPanes
	case keys.PreviousPane:
		p.pane = (p.pane + overviewPanes - 1) % overviewPanes
	case keys.Open:
		return p.open()
	case cmdRetry:
		return p.Init()
	case keys.Export:
		return export(p.env, p.pane, p.exports()...)
	case keys.SQL:
		names := [overviewPanes]string{paneValue: "ask/overview", paneSegments: "ask/segments", paneRevenue: "ask/months", paneCurve: "ask/curve"}
		return behind(p.asked, p.Reason(keys.Open) == "", names[p.pane])
	default:
		p.move(id)
	}
	return nil
}

func (p *overview) move(id string) {
	rows, columns, ok := step(id, listPage)
	if !ok {
		return
	}
	switch p.pane {
	case paneSegments:
		p.list.Move(rows)
	case paneRevenue:
		p.chart.Move(columns + rows)
	case paneCurve:
		p.curve.Move(columns + rows)
	}
}

// open shows the customers behind the pane.
func (p *overview) open() tea.Cmd {
	if p.pane == paneSegments && p.list.Cursor < len(p.data.segments) {
		s := p.data.segments[p.list.Cursor]
		return send(OpenPage{NewCustomers(p.env, workspace.View{Segment: s.Segment}, s.Title)})
	}
	return send(OpenPage{NewCustomers(p.env, workspace.View{}, i18n.T("customers"))})
}
