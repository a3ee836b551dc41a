package page

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// cmdTrendMeasure chooses what is charted by segment, cmdTakeTrend takes it.
const (
	cmdTrendMeasure = "trend.measure"
	cmdTakeTrend    = "trend.measure:" // and the name of a column
)

// The panes of the trend.
const (
	paneOver  = iota // a measure by segment
	paneTrend        // past, now and forecast of all customers
	trendPanes
)

// placeTrend is the name of the page in places.
const placeTrend = "trend"

// trend shows the analysis as of the ends of months or quarters: a measure of every
// segment over the dates, and past, now and forecast of how customers behave. Making
// it takes as long as making the analysis once for every date, so it is not made again
// by itself when the workspace changes.
type trend struct {
	base
	request workspace.SeriesRequest
	saved   string // name of the snapshot it is read from; empty: it is made
	meter   *Meter // of making it; nil when nothing is made
	series  *workspace.Series
	stale   bool // the workspace has changed since

	segments []string // all customers first, then those of the latest date
	measure  string   // name of a column of the series
	at       int      // of segments
	row      int      // of the trend table
	pane     int
	tiles    tiles // of the last view
	top      int   // the first segment drawn
	chart    widget.LineChart
}

// newTrend returns the page of a series.
func newTrend(env *Env, req workspace.SeriesRequest) *trend {
	return &trend{base: base{env: env}, request: req, measure: "customers"}
}

// newSavedTrend returns the page of a series that was saved.
func newSavedTrend(env *Env, name string) *trend {
	p := newTrend(env, workspace.SeriesRequest{})
	p.saved = name
	return p
}

// Title is the name of the page, or of the snapshot.
func (p *trend) Title() string {
	if p.saved != "" {
		return i18n.T("trend of %s", p.saved)
	}
	return i18n.T("trend")
}

// Init makes the series the first time.
func (p *trend) Init() tea.Cmd {
	if p.ready && p.cancel == nil {
		p.stale = p.saved == ""
		return nil
	}
	return p.make()
}

// seriesMade is a series, and how it was made.
type seriesMade struct {
	series  *workspace.Series
	request workspace.SeriesRequest
}

// make makes the series in a command, or reads it.
func (p *trend) make() tea.Cmd {
	ws, out, saved, meter := p.env.Workspace, seriesMade{request: p.request}, p.saved, &Meter{}
	p.meter, p.stale = meter, false
	return ask(&p.inquiry, i18n.T("making the series"), func(ctx context.Context) (seriesMade, error) {
		if saved == "" {
			var err error
			out.series, err = ws.Series(ctx, out.request, meter.Tell)
			return out, err
		}
		s, err := ws.Snapshot(ctx, saved)
		if err == nil {
			out.series, out.request, err = s.Series(ctx)
		}
		return out, err
	})
}

// Update handles replies, the progress and the mouse.
func (p *trend) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case reply[seriesMade]:
		awaited := msg.generation == p.generation
		if p.accept(msg.generation, msg.err) {
			p.asked, p.request = msg.asked, msg.value.request
			p.show(msg.value.series)
		}
		if awaited {
			p.meter = nil
		}
	case Tick:
		if p.meter != nil {
			p.meter.Tick(msg.At)
		}
	case tea.MouseClickMsg:
		p.onClick(msg)
	case Wheel:
		if t, ok := p.tiles.at(msg.X, msg.Y); ok {
			p.moveIn(t.pane, msg.Lines)
		}
	}
	return nil
}

// show takes a series over.
func (p *trend) show(s *workspace.Series) {
	p.series, p.segments = s, nil
	name := s.Rows.Index("segment")
	for _, row := range s.Rows.Rows {
		if text, _ := row[name].(string); !slices.Contains(p.segments, text) {
			p.segments = append(p.segments, text)
		}
	}
	p.at, p.row = min(p.at, max(len(p.segments)-1, 0)), min(p.row, max(len(s.Trend.Rows)-1, 0))
	p.chart.Cursor = max(len(s.Dates)-1, 0)
	p.draw()
}

// values are a column of a segment at every date, NaN where it has none.
func (p *trend) values(segment, column string) []float64 {
	out := make([]float64, len(p.series.Dates))
	for i := range out {
		out[i] = math.NaN()
	}
	rows := p.series.Rows
	asOf, name, at := rows.Index("as_of"), rows.Index("segment"), rows.Index(column)
	for _, row := range rows.Rows {
		day, _ := row[asOf].(time.Time)
		i := slices.IndexFunc(p.series.Dates, day.Equal)
		if v, ok := tabular.Number(row[at]); ok && i >= 0 && row[name] == segment {
			out[i] = v
		}
	}
	return out
}

// column describes a column of the series.
func (p *trend) column(name string) tabular.Column {
	at := p.series.Rows.Index(name)
	if at < 0 {
		return tabular.Column{Name: name}
	}
	return p.series.Rows.Columns[at]
}

// written writes a value of a column.
func written(c tabular.Column, v float64) string {
	switch {
	case math.IsNaN(v):
		return unknown
	case c.Kind == tabular.Share:
		return i18n.Percent(v, 1)
	case c.Kind == tabular.Integer && math.Abs(v) < 100_000:
		return i18n.Number(v, 0)
	case math.Abs(v) < 1000:
		return i18n.Number(v, 2)
	}
	return i18n.Short(v)
}

// draw makes the chart of what is under the cursor: a measure of a segment, or a figure
// of all customers with where it leads.
func (p *trend) draw() {
	if p.series == nil || len(p.segments) == 0 {
		return
	}
	segment, name := p.segments[p.at], p.measure
	if p.pane == paneTrend && len(p.series.Trend.Rows) > 0 {
		segment, name = workspace.AllCustomersName, p.trendName()
	}
	column := p.column(name)
	line := widget.Series{Name: i18n.T("%s · %s", i18n.T(segment), heading(column))}
	for i, v := range p.values(segment, name) {
		line.Points = append(line.Points, widget.Point{X: widget.DayNumber(p.series.Dates[i]), Y: v})
	}
	p.chart.Series = []widget.Series{line}
	p.chart.X = widget.Axis{Dates: true}
	p.chart.Y = widget.Axis{Format: func(v float64) string { return written(column, v) }}
	if ahead, ok := p.ahead(line.Points); ok {
		p.chart.Series = append(p.chart.Series, ahead)
	}
	p.chart.Move(0)
}

// trendName is the column of the series that the row of the trend table under the
// cursor is about.
func (p *trend) trendName() string {
	name, _ := p.series.Trend.Rows[p.row][0].(string)
	return name
}

// ahead is the line from the latest value to the forecast, with the trend table in
// focus.
func (p *trend) ahead(points []widget.Point) (widget.Series, bool) {
	if p.pane != paneTrend || len(points) == 0 {
		return widget.Series{}, false
	}
	forecast, ok := tabular.Number(p.series.Trend.Rows[p.row][p.series.Trend.Index("forecast")])
	last := points[len(points)-1]
	if !ok || math.IsNaN(last.Y) {
		return widget.Series{}, false
	}
	year := p.series.Dates[len(p.series.Dates)-1].AddDate(1, 0, 0)
	return widget.Series{Name: i18n.T("forecast"), Points: []widget.Point{last, {X: widget.DayNumber(year), Y: forecast}}}, true
}

func (p *trend) onClick(msg tea.MouseClickMsg) {
	t, ok := p.tiles.at(msg.X, msg.Y)
	if !ok || msg.Button != tea.MouseLeft {
		return
	}
	y := msg.Y - t.y - 1
	switch t.pane {
	case paneOver:
		if at := p.top + y - 1; y >= 1 && at < len(p.segments) {
			p.pane, p.at = paneOver, at
		}
	case paneTrend:
		if y >= 1 && y-1 < len(p.series.Trend.Rows) {
			p.pane, p.row = paneTrend, y-1
		}
	case trendPanes: // the chart
		if at, hit := p.chart.Hit(msg.X - t.x - 1); hit {
			p.chart.Cursor = at
		}
	}
	p.draw()
}

// moveIn moves the cursor of a pane.
func (p *trend) moveIn(pane, by int) {
	switch pane {
	case paneOver:
		p.at = max(min(p.at+by, len(p.segments)-1), 0)
	case paneTrend:
		p.row = max(min(p.row+by, len(p.series.Trend.Rows)-1), 0)
	}
	p.draw()
}

// trendKeys are the page's bindings.
var trendKeys = keys.Join(
	keys.Map{
		{ID: keys.Open, Keys: []string{"enter"}, Help: "show the customers", Group: groupPage, Short: true},
		{ID: keys.NextPane, Keys: []string{"tab"}, Help: "segments or figures", Group: groupPage, Short: true},
		{ID: keys.PreviousPane, Keys: []string{"shift+tab"}, Help: "segments or figures", Group: groupPage},
		{ID: cmdTrendMeasure, Keys: []string{"m"}, Help: "choose a measure", Group: groupPage, Short: true},
		{ID: cmdRetry, Keys: []string{"r"}, Help: "make it again", Group: groupPage},
	},
	exportBinding, sqlBinding,
	keys.Moving(),
)

// TrendKeys returns the bindings of a trend.
func TrendKeys() keys.Map { return trendKeys }

// Keys returns the page's bindings.
func (p *trend) Keys() keys.Map { return trendKeys }

// Reason says why a command cannot be used.
func (p *trend) Reason(id string) string {
	switch id {
	case keys.Open, keys.Export, cmdTrendMeasure, keys.NextPane, keys.PreviousPane:
		if !p.ready {
			return noAnswerYet()
		}
	case keys.SQL:
		if len(p.asked) == 0 {
			return noQuestion()
		}
	case cmdRetry:
		return p.Busy()
	}
	return ""
}

// Do carries out a command.
func (p *trend) Do(id string) tea.Cmd {
	if name, ok := strings.CutPrefix(id, cmdTakeTrend); ok {
		p.measure, p.pane = name, paneOver
		p.draw()
		return nil
	}
	if why := p.Reason(id); why != "" {
		return send(Notice{Text: why, Bad: true})
	}
	switch id {
	case keys.NextPane, keys.PreviousPane:
		p.pane = (p.pane + 1) % trendPanes
		p.draw()
	case cmdTrendMeasure:
		return p.chooseMeasure()
	case keys.Open:
		return p.open()
	case keys.Export:
		offers := []offer{paneOver: {i18n.T("series"), p.series.Rows}, paneTrend: {i18n.T("trend"), p.series.Trend}}
		return export(p.env, p.pane, offers...)
	case keys.SQL:
		name := "snapshot/segments"
		if p.pane == paneTrend {
			name = "snapshot/kpis"
		}
		return behind(p.asked, true, name)
	case cmdRetry:
		return p.make()
	default:
		if rows, columns, ok := step(id, listPage); ok && p.ready {
			p.chart.Move(columns)
			p.moveIn(p.pane, rows)
		}
	}
	return nil
}

// open shows the customers of the segment under the cursor, as they are now.
func (p *trend) open() tea.Cmd {
	if p.pane == paneTrend || p.segments[p.at] == workspace.AllCustomersName {
		return send(OpenPage{NewCustomers(p.env, workspace.View{}, i18n.T("customers"))})
	}
	name := p.segments[p.at]
	return send(OpenPage{NewCustomers(p.env, workspace.View{Segment: name}, i18n.T(name))})
}

// chooseMeasure offers the columns that the segment under the cursor has.
func (p *trend) chooseMeasure() tea.Cmd {
	var commands []widget.Command
	for _, c := range p.series.Rows.Columns {
		if !c.Kind.Numeric() {
			continue
		}
		values := p.values(p.segments[p.at], c.Name)
		if slices.ContainsFunc(values, func(v float64) bool { return !math.IsNaN(v) }) {
			commands = append(commands, widget.Command{ID: cmdTakeTrend + c.Name, Title: heading(c) + "  " + c.Doc.String(), Keys: written(c, values[len(values)-1])})
		}
	}
	return send(OpenOverlay{newChoice(p.env.Theme, i18n.T("Measures"), commands)})
}

// Saving keeps the series.
func (p *trend) Saving() (Saving, string) {
	switch {
	case p.saved != "":
		return Saving{}, i18n.T("it is saved already; the page of snapshots writes it to a file")
	case !p.ready:
		return Saving{}, noAnswerYet()
	}
	req, s := p.request, p.series
	return Saving{What: i18n.T("series"), Request: func(context.Context) (workspace.SnapshotRequest, error) { return req.Snapshot(s) }}, ""
}

// Place is the series, and what is shown of it.
func (p *trend) Place() workspace.Place {
	at := workspace.Place{Page: placeTrend, ID: p.saved, Pane: p.pane, Column: p.measure, Row: p.at}
	// A request always has a JSON form; without one, none is kept.
	at.Scenario, _ = json.Marshal(p.request) //nolint:errchkjson // see above
	return at
}

// Restore returns to a series. One that cannot be read is made as by default.
func (p *trend) Restore(at workspace.Place) {
	var kept workspace.SeriesRequest
	if json.Unmarshal(at.Scenario, &kept) == nil {
		p.request = kept
	}
	p.saved, p.pane, p.at = at.ID, min(max(at.Pane, 0), trendPanes-1), max(at.Row, 0)
	if at.Column != "" && slices.ContainsFunc(workspace.SeriesColumns, func(c tabular.Column) bool { return c.Name == at.Column }) {
		p.measure = at.Column
	}
}
