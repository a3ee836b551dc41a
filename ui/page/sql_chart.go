package page

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/ui/theme"
	"worth/ui/widget"
)

// sqlChart draws a result: the first column that is a text or a date against the
// first number. Texts become bars, dates a line.
type sqlChart struct {
	title string
	dates bool
	bars  widget.BarList
	line  widget.LineChart
}

// sqlChartRows is how many rows are drawn, the first ones of the grid.
const sqlChartRows = 1000

// sqlCharted are the rows to draw.
type sqlCharted struct {
	grid  *GridPage
	label int // columns
	value int
	rows  [][]any
	err   error
}

// draw shows the result as a chart, or as a grid again.
func (p *sqlPage) draw() tea.Cmd {
	if p.chart != nil {
		p.chart = nil
		return nil
	}
	if p.grid == nil || p.grid.rows == nil {
		return nil
	}
	label, value, ok := charted(p.grid.rows.Columns())
	if !ok {
		return send(Notice{Text: i18n.T("a chart needs a text or a date, and a number beside it"), Bad: true})
	}
	if p.grid.rows.Columns()[label].Personal && !p.env.Revealed {
		return send(Notice{Text: i18n.T("the labels are personal; press R to show them"), Bad: true})
	}
	grid, rows := p.grid, p.grid.rows
	return func() tea.Msg {
		read, err := rows.Page(context.Background(), 0, sqlChartRows)
		return sqlCharted{grid, label, value, read, err}
	}
}

// charted returns the columns to draw: a label and a value. Without a text or a
// date, the first of two numbers is the label.
func charted(columns []tabular.Column) (label, value int, ok bool) {
	label = slices.IndexFunc(columns, func(c tabular.Column) bool { return !c.Kind.Numeric() && c.Kind != tabular.Boolean })
	if label < 0 {
		label = 0
	}
	for i, c := range columns {
		if i != label && c.Kind.Numeric() {
			return label, i, true
		}
	}
	return 0, 0, false
}

// onCharted draws the rows unless another result has come.
func (p *sqlPage) onCharted(msg sqlCharted) tea.Cmd {
	if msg.grid != p.grid || p.grid == nil || p.grid.rows == nil {
		return nil
	}
	if msg.err != nil {
		return send(Notice{Text: msg.err.Error(), Bad: true})
	}
	columns := p.grid.rows.Columns()
	p.chart = newSQLChart(columns[msg.label], columns[msg.value], msg.rows, msg.label, msg.value)
	return nil
}

// newSQLChart makes a chart of cells.
func newSQLChart(label, value tabular.Column, rows [][]any, labelAt, valueAt int) *sqlChart {
	c := &sqlChart{title: i18n.T("%s by %s", heading(value), heading(label)), dates: label.Kind == tabular.Date || label.Kind == tabular.Time}
	c.bars.Heading, c.bars.Titles = heading(label), []string{heading(value)}
	var points []widget.Point
	for _, row := range rows {
		number, ok := tabular.Number(row[valueAt])
		if !ok {
			continue
		}
		if at, isTime := row[labelAt].(time.Time); isTime && c.dates {
			points = append(points, widget.Point{X: widget.DayNumber(at), Y: number})
		}
		text := tabular.Plain(row[labelAt], label.Kind)
		if text == "" {
			text = i18n.T("(no value)")
		}
		c.bars.Rows = append(c.bars.Rows, widget.BarRow{Label: text, Value: number, Cells: []string{i18n.Short(number)}})
	}
	slices.SortStableFunc(points, func(a, b widget.Point) int {
		switch {
		case a.X < b.X:
			return -1
		case a.X > b.X:
			return 1
		}
		return 0
	})
	c.line = widget.LineChart{
		Series: []widget.Series{{Name: heading(value), Points: points}}, Shape: widget.ShapeLine, X: widget.Axis{Dates: true},
		Cursor: max(len(points)-1, 0),
	}
	c.dates = c.dates && len(points) > 1
	return c
}

// move carries out a command that moves the cursor.
func (c *sqlChart) move(id string) {
	rows, columns, ok := step(id, listPage)
	if !ok {
		return
	}
	if c.dates {
		c.line.Move(rows + columns)
	} else {
		c.bars.Move(rows)
	}
}

func (c *sqlChart) scroll(lines int) {
	if !c.dates {
		c.bars.Move(lines)
	}
}

// view draws the chart.
func (c *sqlChart) view(w, h int, t theme.Theme, focused bool) string {
	c.bars.Theme, c.line.Theme = t, t
	c.bars.Focused, c.line.Focused = focused, focused
	if c.dates {
		return c.line.View(w, h)
	}
	return c.bars.View(w, h)
}
