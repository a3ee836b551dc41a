package page

import (
	"context"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/whatif"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// whatIfCustomers shows customers under the scenario of a what-if page, whose slider
// under the cursor can be moved here too: the rows in sight are valued anew within the
// update, and put in order again in a command.
type whatIfCustomers struct {
	*GridPage
	from     *whatIf
	pick     workspace.Picked
	scenario *atomic.Pointer[whatif.Scenario] // for the commands that ask for rows
	bending  flight[struct{}]                 // what keeps rows from being valued at once
}

// whatIfRowColumns are the columns shown at first.
var whatIfRowColumns = []string{
	"customer_id", "baseline", "scenario", "change", "tier_before", "tier_after", "change_share", "segment", "predicted", "referral", "historic", "cost", "value",
}

// newWhatIfCustomers returns the page of the customers of a pick.
func newWhatIfCustomers(env *Env, from *whatIf, pick workspace.Picked) *whatIfCustomers {
	p := &whatIfCustomers{from: from, pick: pick, scenario: &atomic.Pointer[whatif.Scenario]{}}
	p.take()
	model, scenario := from.model, p.scenario
	open := func(ctx context.Context, sort string, desc bool, _ string) (Rows, error) {
		rows, err := model.CustomerRows(ctx, *scenario.Load(), pick, sort, desc)
		if err != nil {
			return nil, err
		}
		return rows, nil
	}
	p.GridPage = NewGridPage(env, p.name(), open, p.openCustomer,
		WithSort("scenario", true), WithColumns(p.shown), WithEmpty("Nobody is here under this scenario."))
	return p
}

// take makes the scenario of the what-if page that of the rows asked for from now on.
func (p *whatIfCustomers) take() {
	now := p.from.history.Now()
	p.scenario.Store(&now)
}

// name says which customers these are.
func (p *whatIfCustomers) name() string {
	if p.pick.Moving {
		return i18n.T("%s → %s", p.pick.From.Name(), p.pick.To.Name())
	}
	if p.pick.Scope == whatif.Everyone {
		return i18n.T("customers under the scenario")
	}
	return i18n.T("%s under the scenario", scopeName(p.pick.Scope))
}

// shown returns the columns shown at first: referral and cost only where they are known.
func (p *whatIfCustomers) shown(columns []tabular.Column, sample [][]any) []string {
	t := &tabular.Table{Columns: columns}
	var names []string
	for _, name := range whatIfRowColumns {
		known := name != "referral" && name != "cost"
		for _, row := range sample {
			v, _ := row[t.Index(name)].(float64)
			known = known || v != 0
		}
		if known {
			names = append(names, name)
		}
	}
	return names
}

// openCustomer opens the page of a customer.
func (p *whatIfCustomers) openCustomer(row []any) tea.Cmd {
	return send(OpenPage{newCustomer(p.env, tabular.Plain(row[0], tabular.Text), p.GridPage)})
}

// whatIfRowKeys are the page's bindings beside those of a grid.
var whatIfRowKeys = keys.Map{
	{ID: cmdLess, Keys: []string{"["}, Help: "move the slider", Group: groupWhatIf, Short: true},
	{ID: cmdMore, Keys: []string{"]"}, Help: "move the slider up", Group: groupWhatIf, Short: true},
	{ID: cmdMuchLess, Keys: []string{"{"}, Help: "move the slider down by a large step", Group: groupWhatIf},
	{ID: cmdMuchMore, Keys: []string{"}"}, Help: "move the slider up by a large step", Group: groupWhatIf},
	{ID: cmdUndoMove, Keys: []string{"u"}, Help: "undo", Group: groupWhatIf},
	{ID: cmdRedoMove, Keys: []string{"U", "ctrl+r"}, Help: "redo", Group: groupWhatIf},
}

// Keys are the grid's and those that move the slider.
func (p *whatIfCustomers) Keys() keys.Map {
	if p.Capture() {
		return p.GridPage.Keys()
	}
	return keys.Join(whatIfRowKeys, p.GridPage.Keys())
}

// Reason says why a command cannot be used now.
func (p *whatIfCustomers) Reason(id string) string {
	switch id {
	case cmdLess, cmdMore, cmdMuchLess, cmdMuchMore:
		return p.at().Off
	case cmdUndoMove, cmdRedoMove:
		return p.from.Reason(id)
	case keys.SQL:
		return i18n.T("these numbers are computed from the curves of the model; the query behind them is on the page of the sliders")
	}
	return p.GridPage.Reason(id)
}

// Do carries out a command.
func (p *whatIfCustomers) Do(id string) tea.Cmd {
	switch id {
	case cmdMore:
		return p.nudge(p.at().Small)
	case cmdLess:
		return p.nudge(-p.at().Small)
	case cmdMuchMore:
		return p.nudge(p.at().Large)
	case cmdMuchLess:
		return p.nudge(-p.at().Large)
	case cmdUndoMove:
		p.from.history.Undo()
		return p.revalue()
	case cmdRedoMove:
		p.from.history.Redo()
		return p.revalue()
	}
	return p.GridPage.Do(id)
}

// at returns where the slider stands.
func (p *whatIfCustomers) at() whatif.Position {
	lever := p.from.lever()
	if at, ok := p.from.standing(lever); ok {
		return at
	}
	spec := p.from.model.Spec(p.from.scope, lever)
	return whatif.Position{Spec: spec, At: spec.Base}
}

// nudge moves the slider by so much.
func (p *whatIfCustomers) nudge(by float64) tea.Cmd {
	at := p.at()
	if at.Off != "" {
		return p.from.whyOff(at)
	}
	p.from.shift(at, at.Step(at.At, by))
	return p.revalue()
}

// revalue values the rows under the scenario as far as that takes no time, and sets off
// what does.
func (p *whatIfCustomers) revalue() tea.Cmd {
	now := p.from.history.Now()
	if !p.from.model.Ready(now) {
		return p.bending.want(now, p.from.bendingWhat(), func(ctx context.Context, s whatif.Scenario) (struct{}, error) {
			return struct{}{}, p.from.model.Prepare(ctx, s, nil)
		})
	}
	p.from.value(now)
	p.take()
	rows, ok := p.current()
	if !ok { // none are there yet
		return p.Init()
	}
	cmd := p.swap(rows.Under(now))
	if p.pick.Moving || p.query.sort != "customer_id" && p.query.sort != "segment" && p.query.sort != "baseline" && p.query.sort != "tier_before" {
		cmd = tea.Batch(cmd, p.reopen(p.query))
		p.grid.SetLoading("")
	}
	return cmd
}

// current returns the rows in sight.
func (p *whatIfCustomers) current() (*workspace.WhatIfRows, bool) {
	if p.rows == nil {
		return nil, false
	}
	rows, ok := p.rows.rows.(*workspace.WhatIfRows)
	return rows, ok
}

// swap shows other rows in the place of those there are, and reads what is in sight at
// once: it takes less than a frame.
func (p *whatIfCustomers) swap(rows Rows) tea.Cmd {
	earlier := p.rows
	p.rows = newGridRows(rows)
	clear(p.reading)
	p.grid.SetSource(p.rows, widget.KeepRow)
	for from, n, ok := p.grid.Need(); ok; from, n, ok = p.grid.Need() {
		page, err := p.rows.Page(p.rows.life.ctx, from, n)
		if err != nil {
			p.failed = p.grid.Fail(from, err, p.grid.Generation()) || p.failed
			continue
		}
		p.grid.Put(from, page, p.grid.Generation())
	}
	return earlier.letGo()
}

// Update handles what curves were bent for, and what the grid does.
func (p *whatIfCustomers) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case flown[struct{}]:
		if !p.bending.land(msg) {
			return nil
		}
		if p.bending.err != nil {
			return send(Notice{Text: p.bending.err.Error(), Bad: true})
		}
		return p.revalue()
	case tea.MouseClickMsg:
		if msg.Y--; msg.Y < 0 {
			return nil
		}
		return p.GridPage.Update(msg)
	}
	return p.GridPage.Update(msg)
}

// Busy says what runs.
func (p *whatIfCustomers) Busy() string {
	if what := p.bending.busy(); what != "" {
		return what
	}
	return p.GridPage.Busy()
}

// Cancel stops what runs.
func (p *whatIfCustomers) Cancel() bool {
	bent := p.bending.stop()
	return p.GridPage.Cancel() || bent
}

// Close gives the rows up.
func (p *whatIfCustomers) Close() {
	p.bending.stop()
	p.GridPage.Close()
}

// View draws a line about the slider above the rows.
func (p *whatIfCustomers) View(w, h int) string {
	if h < gridLineFrom {
		return p.GridPage.View(w, h)
	}
	t, at := p.env.Theme, p.at()
	moved := t.Text
	if at.At != at.Base {
		moved = t.Strong
	}
	value := leverValue(at)
	if at.Off != "" {
		value = at.Off
	}
	line := gridLine(w, gridRun{t.Muted, i18n.T("value under the scenario, %s", p.from.terms()) + " "},
		gridRun{t.Muted, "  " + i18n.T("[ ] move") + " "}, gridRun{moved, at.Lever.Name() + " " + value},
		gridRun{t.Muted, " " + i18n.T("for %s", scopeName(p.from.scope))})
	return line + "\n" + p.GridPage.View(w, h-1)
}
