package page

import (
	"context"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/theme"
	"worth/ui/widget"
)

// matrixCells is what the cells of a migration matrix show.
type matrixCells int

// What cells can show, in the order of the key.
const (
	cellCustomers matrixCells = iota
	cellShares
	cellValue
	matrixCellKinds
)

// matrixPane shows who went from which segment to which between two snapshots.
type matrixPane struct {
	inquiry
	made       *snapshot.Matrix // nil until it was made
	err        error
	meter      *Meter // of making it
	requantile bool   // the later segments have cut-points of their own
	cells      matrixCells
	heat       widget.HeatMap
	from, to   []string // the segments of the rows and columns shown
}

// migrates reports whether the snapshots say who was in which segment.
func (p *diff) migrates() bool {
	return saysWho(p.data.before.Question) && saysWho(p.data.after.Question)
}

// saysWho reports whether a question is answered with the segment of every customer.
func saysWho(q snapshot.Question) bool {
	return q.Page == snapshot.Segments || q.Page == snapshot.Customers && q.Segment == "" && q.R == 0 && q.F == 0 && q.Filter == ""
}

// migrate makes the matrix in a command.
func (p *diff) migrate() tea.Cmd {
	if !p.migrates() {
		return nil
	}
	ws, before, after, requantile, meter := p.env.Workspace, p.before, p.after, p.matrix.requantile, &Meter{}
	p.matrix.meter = meter
	return ask(&p.matrix.inquiry, i18n.T("following customers"), func(ctx context.Context) (*snapshot.Matrix, error) {
		return ws.Migration(ctx, before, after, requantile, meter.Tell)
	})
}

// drop forgets a matrix of an earlier comparison.
func (m *matrixPane) drop() {
	m.inquiry.drop()
	m.made, m.err, m.meter = nil, nil, nil
}

// onMade shows the matrix: the segments that anybody was in, or came to.
func (m *matrixPane) onMade(msg reply[*snapshot.Matrix]) tea.Cmd {
	if !m.settle(msg.generation) {
		return nil
	}
	if m.meter, m.err = nil, msg.err; msg.err != nil {
		return nil
	}
	m.made = msg.value
	m.from = slices.DeleteFunc(slices.Clone(m.made.From), func(name string) bool { return m.made.Size(name) == 0 })
	m.to = slices.DeleteFunc(slices.Clone(m.made.To), func(name string) bool {
		return !slices.ContainsFunc(m.from, func(from string) bool { return m.made.At(from, name).Customers > 0 })
	})
	m.fill(m.heat.Theme, 0)
	m.heat.Move(0, 0)
	return nil
}

// fill writes the map for a view of w cells: names of columns where they fit, numbers
// otherwise.
func (m *matrixPane) fill(t theme.Theme, w int) {
	m.heat.Theme, m.heat.Focused = t, true
	m.heat.RowTitle, m.heat.ColTitle = i18n.T("from"), i18n.T("to")
	m.heat.Format = func(v float64) string { return i18n.Percent(v, 0) }
	m.heat.RowLabels, m.heat.ColLabels, m.heat.Cells = nil, nil, nil
	left := 0
	for _, name := range m.from {
		left = max(left, widget.Width(i18n.T(name))+1)
	}
	const roomy = 11 // cells of a column from which names fit
	room := max(w-left, 0) / max(len(m.to), 1)
	for i, name := range m.from {
		label := i18n.T(name)
		if room < roomy {
			label += " " + segmentSign(i)
		}
		m.heat.RowLabels = append(m.heat.RowLabels, label)
	}
	for _, name := range m.to {
		label := i18n.T(name)
		if i := slices.Index(m.from, name); i >= 0 && room < roomy {
			label = segmentSign(i)
		}
		m.heat.ColLabels = append(m.heat.ColLabels, label)
	}
	for _, name := range m.from {
		row := make([]widget.HeatCell, len(m.to))
		size := float64(m.made.Size(name))
		for j, to := range m.to {
			if move := m.made.At(name, to); move.Customers > 0 {
				row[j] = widget.HeatCell{Value: float64(move.Customers) / size, Text: m.cellText(move, size, room)}
			}
		}
		m.heat.Cells = append(m.heat.Cells, row)
	}
}

// segmentSign tells segments apart where there is no room for names.
func segmentSign(i int) string { return strconv.Itoa(i + 1) }

// cellText writes what the cells show at the moment in about so many cells.
func (m *matrixPane) cellText(move snapshot.Move, size float64, room int) string {
	const thousand, shortW = 1000, 8
	switch m.cells {
	case cellShares:
		return i18n.Percent(float64(move.Customers)/size, 0)
	case cellValue:
		v := valueMoved(move)
		if room < shortW && math.Abs(v) >= thousand {
			return i18n.T("%s k", i18n.Number(v/thousand, 0))
		}
		if room < shortW {
			return i18n.Number(v, 0)
		}
		return plus(v) + i18n.Short(v)
	case cellCustomers, matrixCellKinds:
	}
	return i18n.Short(float64(move.Customers))
}

// valueMoved is what those who went this way brought in between.
func valueMoved(move snapshot.Move) float64 { return move.After.Float64() - move.Before.Float64() }

func plus(v float64) string {
	if v > 0 {
		return "+"
	}
	return ""
}

// reason says why there is no matrix to do something with.
func (m *matrixPane) reason() string {
	if m.made == nil {
		return noAnswerYet()
	}
	return ""
}

// doMatrix carries out the commands of the matrix.
func (p *diff) doMatrix(id string) tea.Cmd {
	m := &p.matrix
	switch id {
	case cmdMatrixCells:
		m.cells = (m.cells + 1) % matrixCellKinds
	case cmdRequantile:
		m.requantile = !m.requantile
		m.made = nil
		return p.migrate()
	case keys.Export:
		return export(p.env, 0, p.exports()...)
	default:
		if rows, columns, ok := step(id, listPage); ok {
			m.heat.Move(rows, columns)
		}
	}
	return nil
}

// click goes to the cell under the mouse, counted from the body of the panel.
func (m *matrixPane) click(x, y int) {
	if row, col, ok := m.heat.Hit(x, y-len(m.warnings(0))); ok {
		m.heat.Row, m.heat.Col = row, col
	}
}

// title says what the cells show.
func (m *matrixPane) title() string {
	switch m.cells {
	case cellShares:
		return i18n.T("Migration: share of the earlier segment")
	case cellValue:
		return i18n.T("Migration: value moved, net revenue after − before")
	case cellCustomers, matrixCellKinds:
	}
	return i18n.T("Migration: customers")
}

// note says under which cut-points the later segments stand.
func (m *matrixPane) note() string {
	if m.requantile {
		return i18n.T("re-quantiled")
	}
	return i18n.T("cut-points frozen")
}

// warnings are what to bear in mind, in lines of w cells; one line each for 0.
func (m *matrixPane) warnings(w int) []string {
	if m.made == nil {
		return nil
	}
	if w == 0 {
		return m.made.Warnings
	}
	var lines []string
	for _, warning := range m.made.Warnings {
		lines = append(lines, wrapped(warning+".", w)[0])
	}
	return lines
}

// view draws the matrix, above it what to bear in mind and below it the cell under the
// cursor.
func (m *matrixPane) view(t theme.Theme, w, h int) string {
	var none *workspace.NoAnswerError
	switch {
	case m.meter != nil && m.Busy() != "":
		return waiting(t, m.meter.Progress(t, m.what, m.cancelling), i18n.T("Migration"), w, h)
	case m.err != nil && canceled(m.err):
		return say(t, t.Muted, w, h, i18n.T("stopped"), i18n.T("z asks again"))
	case errors.As(m.err, &none):
		return say(t, t.Text, w, h, m.err.Error(), "")
	case m.err != nil:
		return say(t, t.Bad, w, h, m.err.Error(), "")
	case m.made == nil:
		return widget.Block("", w, h)
	}
	m.fill(t, w)
	var lines []string
	for _, line := range m.warnings(max(w-2, 1)) {
		lines = append(lines, " "+t.Warn.Render(line))
	}
	lines = append(lines, m.heat.View(w, max(h-len(lines)-1, 0)))
	lines = append(lines, " "+t.Strong.Render(widget.Fit(m.readout(), max(w-1, 0))))
	return widget.Block(strings.Join(lines, "\n"), w, h)
}

// readout says everything about the cell under the cursor.
func (m *matrixPane) readout() string {
	if m.heat.Row >= len(m.from) || m.heat.Col >= len(m.to) {
		return ""
	}
	from, to := m.from[m.heat.Row], m.to[m.heat.Col]
	move, size := m.made.At(from, to), m.made.Size(from)
	moved := tabular.Decimal{Unscaled: move.After.Unscaled - move.Before.Unscaled, Scale: move.After.Scale}
	return i18n.T("%s → %s: %d of %d, %s · net %s → %s, %s", i18n.T(from), i18n.T(to), move.Customers, size,
		i18n.Percent(float64(move.Customers)/float64(max(size, 1)), 1), i18n.Short(move.Before.Float64()), i18n.Short(move.After.Float64()),
		plus(moved.Float64())+i18n.Short(moved.Float64()))
}
