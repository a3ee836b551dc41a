package page

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// The commands of the model page.
const (
	cmdNextModel  = "model.next"
	cmdEarlier    = "model.earlier"
	cmdLater      = "model.later"
	cmdCumulative = "model.cumulative"
	cmdTotals     = "model.totals"
	cmdFlags      = "model.flags"
	cmdCompare    = "model.compare"
)

// The panes of the model page, in the order of tab.
const (
	paneParameters = iota
	paneFrequency
	paneTracking
	paneCalibration
	paneModels
	paneTotals
	modelPanes
)

// compareUpTo is how many customers all models are fitted for without being asked.
const compareUpTo = 100_000

// model is the page of the fitted models: what they are, how well they would have
// predicted, and how sure their totals are.
type model struct {
	base
	data   modelData
	pane   int
	tiles  tiles // of the last view
	model  string
	until  time.Time // last day of calibration; zero: the workspace's choice
	totals inquiry
	equity *workspace.Equity
	flags  *workspace.BackTest
	failed error // of the totals or the flags

	cumulative bool
	compare    bool
	tracking   widget.LineChart
	alive      widget.LineChart
}

// modelData is the answer the page shows.
type modelData struct {
	fits    workspace.Fits
	eval    *workspace.Evaluation
	refused error // why there is no evaluation
}

// NewModel returns the page of the fitted models.
func NewModel(env *Env) Page { return &model{base: base{env: env}, pane: paneFrequency} }

// Title is the page's name.
func (p *model) Title() string { return i18n.T("models") }

// Init asks for the fitted models and evaluates the one that is looked at.
func (p *model) Init() tea.Cmd {
	p.totals.drop()
	p.equity, p.flags, p.failed = nil, nil, nil
	ws := p.env.Workspace
	if p.model == "" {
		p.model = ws.Settings().Model
	}
	if p.model == "" {
		p.model = workspace.Models[0]
	}
	req := workspace.EvaluateRequest{
		Model: p.model, CalibrateTo: p.until, Compare: p.compare || p.env.Header.Customers <= compareUpTo,
	}
	return ask(&p.inquiry, i18n.T("fitting %s and testing it on the last orders", p.model), func(ctx context.Context) (modelData, error) {
		return readModel(ctx, ws, req)
	})
}

// readModel asks the workspace. A model that cannot be tested can still be shown.
func readModel(ctx context.Context, ws *workspace.Workspace, req workspace.EvaluateRequest) (d modelData, err error) {
	if d.fits, err = ws.Models(ctx); err != nil {
		return d, err
	}
	d.eval, err = ws.EvaluateModel(ctx, req)
	var none *workspace.NoAnswerError
	if errors.As(err, &none) {
		d.refused, err = none, nil
	}
	return d, err
}

// Update handles replies and the mouse.
func (p *model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case reply[modelData]:
		if p.accept(msg.generation, msg.err) {
			p.asked = msg.asked
			p.show(msg.value)
		}
	case reply[*workspace.Equity]:
		if p.totals.settle(msg.generation) {
			p.equity, p.failed = msg.value, msg.err
			p.asked = append(p.asked, msg.asked...)
		}
	case reply[*workspace.BackTest]:
		if p.totals.settle(msg.generation) {
			p.flags, p.failed = msg.value, msg.err
			p.asked = append(p.asked, msg.asked...)
		}
	case tea.MouseClickMsg:
		if t, ok := p.tiles.at(msg.X, msg.Y); ok {
			p.pane = t.pane
		}
	case Wheel:
		if t, ok := p.tiles.at(msg.X, msg.Y); ok {
			p.moveIn(t.pane, msg.Lines)
		}
	}
	return nil
}

// show takes over an answer.
func (p *model) show(d modelData) {
	p.data = d
	if d.eval != nil {
		p.until = d.eval.CalibrateTo
	}
	p.draw()
}

// draw makes the charts of the answer.
func (p *model) draw() {
	p.tracking = trackingChart(p.data.eval, p.cumulative, p.tracking.Cursor)
	p.alive = aliveChart(p.data.eval, p.alive.Cursor)
}

// modelKeys are the page's bindings.
var modelKeys = keys.Join(
	keys.Map{
		{ID: keys.Open, Keys: []string{"enter"}, Help: "show the customers", Group: groupPage},
		{ID: keys.NextPane, Keys: []string{"tab"}, Help: "next pane", Group: groupPage, Short: true},
		{ID: cmdNextModel, Keys: []string{"n"}, Help: "test another model", Group: groupPage, Short: true},
		{ID: cmdEarlier, Keys: []string{"["}, Help: "calibrate to four weeks earlier", Group: groupPage, Short: true},
		{ID: cmdLater, Keys: []string{"]"}, Help: "calibrate to four weeks later", Group: groupPage, Short: true},
		{ID: cmdCumulative, Keys: []string{"w"}, Help: "orders by week, or summed up", Group: groupPage, Short: true},
		{ID: cmdTotals, Keys: []string{"t"}, Help: "totals and segments with intervals", Group: groupPage, Short: true},
		{ID: cmdFlags, Keys: []string{"b"}, Help: "test the flags of overdue customers", Group: groupPage},
		{ID: cmdCompare, Keys: []string{"c"}, Help: "compare all models", Group: groupPage},
		{ID: cmdRetry, Keys: []string{"r"}, Help: "ask again", Group: groupPage},
	},
	exportBinding, sqlBinding,
	keys.Moving(),
)

// Keys returns the page's bindings.
func (p *model) Keys() keys.Map { return modelKeys }

// Reason says why a command cannot be used.
func (p *model) Reason(id string) string {
	switch id {
	case cmdTotals, cmdFlags, keys.Export:
		if !p.ready {
			return i18n.T("no model was fitted yet")
		}
	case cmdCumulative:
		if p.data.eval == nil {
			return i18n.T("the model was not tested")
		}
	case cmdEarlier, cmdLater:
		if p.until.IsZero() {
			return i18n.T("the model was not tested")
		}
	case cmdCompare:
		if p.data.eval != nil && len(p.data.eval.Models) > 0 {
			return i18n.T("all models are compared already")
		}
	case keys.SQL:
		if len(p.asked) == 0 {
			return noQuestion()
		}
	}
	return ""
}

// Do carries out a command.
func (p *model) Do(id string) tea.Cmd {
	switch id {
	case keys.NextPane:
		p.pane = (p.pane + 1) % modelPanes
	case keys.PreviousPane:
		p.pane = (p.pane + modelPanes - 1) % modelPanes
	case cmdNextModel:
		at := slices.Index(workspace.Models, p.model)
		p.model = workspace.Models[(at+1)%len(workspace.Models)]
		return p.Init()
	case cmdEarlier:
		return p.calibrate(-calibrationStep)
	case cmdLater:
		return p.calibrate(calibrationStep)
	case cmdCumulative:
		p.cumulative = !p.cumulative
		p.draw()
	case cmdCompare:
		p.compare = true
		return p.Init()
	case cmdTotals:
		p.pane = paneTotals
		return ask(&p.totals, i18n.T("adding up intervals"), p.env.Workspace.Equity)
	case cmdFlags:
		p.pane = paneTotals
		ws := p.env.Workspace
		return ask(&p.totals, i18n.T("testing the flags"), func(ctx context.Context) (*workspace.BackTest, error) {
			return ws.BackTestFlags(ctx, workspace.BackTestDays)
		})
	case cmdRetry:
		return p.Init()
	case keys.Export:
		return export(p.env, p.pane, p.exports()...)
	case keys.Open:
		return send(OpenPage{NewCustomers(p.env, workspace.View{}, i18n.T("customers"))})
	case keys.SQL:
		return behind(p.asked, true, p.questions()...)
	default:
		if rows, columns, ok := step(id, listPage); ok {
			p.moveIn(p.pane, rows+columns)
		}
	}
	return nil
}

// questions names the queries behind the pane in focus.
func (p *model) questions() []string {
	switch p.pane {
	case paneTracking:
		return []string{"ask/split_days"}
	case paneTotals:
		if p.equity != nil || p.flags != nil {
			return []string{"ask/value_groups", "ask/order_days"}
		}
	}
	return []string{"ask/split", "ask/split_spend"}
}

// calibrationStep is how many days a key moves the end of calibration.
const calibrationStep = 28

// calibrate moves the end of calibration, within the orders there are.
func (p *model) calibrate(days int) tea.Cmd {
	if p.until.IsZero() {
		return send(Notice{Text: p.Reason(cmdEarlier), Bad: true})
	}
	next := p.until.AddDate(0, 0, days)
	if asOf := p.env.Header.AsOf; !next.Before(asOf) {
		return send(Notice{Text: i18n.T("calibration must end before %s", asOf.Format(time.DateOnly)), Bad: true})
	}
	p.until = next
	return p.Init()
}

// moveIn moves the cursor of a chart.
func (p *model) moveIn(pane, by int) {
	switch pane {
	case paneTracking:
		p.tracking.Move(by)
	case paneCalibration:
		p.alive.Move(by)
	}
}

// Busy says what runs.
func (p *model) Busy() string {
	if text := p.inquiry.Busy(); text != "" {
		return text
	}
	return p.totals.Busy()
}

// Cancel stops what runs.
func (p *model) Cancel() bool {
	asking, adding := p.inquiry.Cancel(), p.totals.Cancel()
	return asking || adding
}

// Close gives up what runs.
func (p *model) Close() {
	p.inquiry.Close()
	p.totals.Close()
}
