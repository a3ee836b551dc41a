package page

import (
	"context"
	"math"
	"slices"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/whatif"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// Commands of the page of two inputs.
const (
	cmdRows   = "grid.rows"
	cmdCols   = "grid.columns"
	cmdShares = "grid.shares"
)

// whatIfGrid shows what equity comes to when two inputs take every pair of values about
// where they stand in a scenario.
type whatIfGrid struct {
	base
	model      *workspace.WhatIf
	scenario   whatif.Scenario
	scope      whatif.Scope
	rows, cols whatif.Lever
	meter      *Meter
	data       whatIfGridData
	changes    bool // cells show the change against the baseline
	heat       widget.HeatMap
}

// whatIfGridData is the answer the page shows.
type whatIfGridData struct {
	grid     whatif.Grid
	baseline float64    // equity at the baseline
	at       [2]float64 // where the levers of rows and columns stand in the scenario
}

// newWhatIfGrid returns the page for a scenario, at first of retention and frequency.
func newWhatIfGrid(env *Env, model *workspace.WhatIf, s whatif.Scenario, scope whatif.Scope) Page {
	return &whatIfGrid{
		base: base{env: env}, model: model, scenario: s, scope: scope, rows: whatif.Retention, cols: whatif.Frequency, changes: true,
	}
}

func (p *whatIfGrid) Title() string { return i18n.T("two inputs") }

// The most values of an axis.
const (
	pairRows = 9
	pairCols = 9
)

// Init works the grid out.
func (p *whatIfGrid) Init() tea.Cmd {
	meter := &Meter{}
	p.meter = meter
	model, s, scope, rowLever, colLever := p.model, p.scenario, p.scope, p.rows, p.cols
	return ask(&p.inquiry, i18n.T("valuing every pair"), func(ctx context.Context) (whatIfGridData, error) {
		var d whatIfGridData
		rows, err := model.Axis(ctx, s, scope, rowLever, pairRows)
		if err != nil {
			return d, err
		}
		cols, err := model.Axis(ctx, s, scope, colLever, pairCols)
		if err != nil {
			return d, err
		}
		slices.Reverse(rows.Values) // higher stands above
		for i, lever := range []whatif.Lever{rowLever, colLever} {
			position, err := model.Position(ctx, s, scope, lever)
			if err != nil {
				return d, err
			}
			d.at[i] = position.At
		}
		base, err := model.Evaluate(ctx, whatif.Scenario{})
		if err != nil {
			return d, err
		}
		d.baseline = base.Total.Baseline.Value
		d.grid, err = model.Sensitivity(ctx, s, scope, rows, cols, func(done float64) {
			meter.Tell(workspace.Progress{Step: i18n.T("valuing every pair"), Share: done})
		})
		return d, err
	})
}

// Update handles replies and the mouse.
func (p *whatIfGrid) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case reply[whatIfGridData]:
		if p.accept(msg.generation, msg.err) {
			p.show(msg.value)
		}
	case Tick:
		if p.meter != nil {
			p.meter.Tick(msg.At)
		}
	case tea.MouseClickMsg:
		if row, col, ok := p.heat.Hit(msg.X-1, msg.Y-1); ok {
			p.heat.Row, p.heat.Col = row, col
		}
	}
	return nil
}

// show lays the grid out, with the cursor where the scenario stands.
func (p *whatIfGrid) show(d whatIfGridData) {
	p.data = d
	p.heat = widget.HeatMap{
		RowTitle: p.rows.Name(), ColTitle: p.cols.Name(), Row: nearest(d.grid.Rows.Values, d.at[0]), Col: nearest(d.grid.Cols.Values, d.at[1]),
	}
	for _, v := range d.grid.Rows.Values {
		p.heat.RowLabels = append(p.heat.RowLabels, p.rows.Format(v))
	}
	for _, v := range d.grid.Cols.Values {
		p.heat.ColLabels = append(p.heat.ColLabels, p.cols.Format(v))
	}
	p.fillCells()
}

// nearest returns the place of the value that is closest to one.
func nearest(values []float64, to float64) int {
	best := 0
	for i, v := range values {
		if math.Abs(v-to) < math.Abs(values[best]-to) {
			best = i
		}
	}
	return best
}

// fillCells writes the cells as changes or as equity. Their colour tells equity above
// the least of the grid.
func (p *whatIfGrid) fillCells() {
	least := 0.0
	for i, row := range p.data.grid.Equity {
		for j, v := range row {
			if i+j == 0 || v < least {
				least = v
			}
		}
	}
	p.heat.Cells = nil
	p.heat.Format = func(v float64) string { return i18n.Short(v + least) }
	for _, row := range p.data.grid.Equity {
		cells := make([]widget.HeatCell, len(row))
		for j, v := range row {
			text, note := i18n.Short(v), changeText(p.data.baseline, v)
			if p.changes {
				text, note = note, text
			}
			cells[j] = widget.HeatCell{Value: v - least, Text: text, Note: note}
		}
		p.heat.Cells = append(p.heat.Cells, cells)
	}
}

// whatIfGridKeys are the page's bindings.
var whatIfGridKeys = keys.Join(
	keys.Map{
		{ID: cmdRows, Keys: []string{"y"}, Help: "another input down", Group: groupPage, Short: true},
		{ID: cmdCols, Keys: []string{"x"}, Help: "another input across", Group: groupPage, Short: true},
		{ID: cmdShares, Keys: []string{"space"}, Help: "equity or change", Group: groupPage, Short: true},
		{ID: cmdRetry, Keys: []string{"r"}, Help: "ask again", Group: groupPage},
	},
	keys.Moving(),
)

// Keys returns the page's bindings.
func (p *whatIfGrid) Keys() keys.Map { return whatIfGridKeys }

// Reason finds no fault with any command.
func (p *whatIfGrid) Reason(string) string { return "" }

// Do carries out a command.
func (p *whatIfGrid) Do(id string) tea.Cmd {
	switch id {
	case cmdRows:
		p.rows = p.next(p.rows, p.cols)
		return p.Init()
	case cmdCols:
		p.cols = p.next(p.cols, p.rows)
		return p.Init()
	case cmdShares:
		p.changes = !p.changes
		p.fillCells()
	case cmdRetry:
		return p.Init()
	default:
		if rows, columns, ok := step(id, listPage); ok {
			p.heat.Move(rows, columns)
		}
	}
	return nil
}

// next returns the lever after one that does something and is not the other, whose faces
// are one and the same.
func (p *whatIfGrid) next(l, other whatif.Lever) whatif.Lever {
	for range whatif.Levers {
		l = whatif.Levers[(slices.Index(whatif.Levers, l)+1)%len(whatif.Levers)]
		same := l == other || stays(l) && stays(other)
		if !same && !l.Aside() && p.model.Spec(p.scope, l).Off == "" {
			break
		}
	}
	return l
}

// stays reports whether a lever is a face of how long customers stay.
func stays(l whatif.Lever) bool {
	return l == whatif.Retention || l == whatif.Lifetime || l == whatif.Dropout
}

// View draws the grid.
func (p *whatIfGrid) View(w, h int) string {
	t := p.env.Theme
	if w >= leastW && h >= leastH && p.Busy() != "" && !p.ready && p.meter != nil {
		return waiting(t, p.meter.Progress(t, p.what, p.cancelling), p.Title(), w, h)
	}
	if text, ok := p.instead(w, h); ok {
		return text
	}
	p.heat.Theme, p.heat.Focused = t, true
	title := i18n.T("Equity of everyone by %s and %s", p.rows.Name(), p.cols.Name())
	if p.scope != whatif.Everyone {
		title = i18n.T("Equity of everyone by %s and %s of %s", p.rows.Name(), p.cols.Name(), scopeName(p.scope))
	}
	return widget.Panel{Theme: t, Title: title, Note: p.cellNote(), Focused: true, Body: &p.heat}.View(w, h)
}

// cellNote reads out the cell under the cursor.
func (p *whatIfGrid) cellNote() string {
	g := p.data.grid
	if p.heat.Row >= len(g.Equity) || p.heat.Col >= len(g.Equity[p.heat.Row]) {
		return ""
	}
	v := g.Equity[p.heat.Row][p.heat.Col]
	return i18n.T("%s, %s: %s (%s)", p.rows.Format(g.Rows.Values[p.heat.Row]), p.cols.Format(g.Cols.Values[p.heat.Col]), i18n.Short(v), changeText(p.data.baseline, v))
}
