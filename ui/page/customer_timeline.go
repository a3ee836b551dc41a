package page

import (
	"math"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/ui/theme"
	"worth/ui/widget"
)

// timeline draws orders on a time axis from the first one to the as-of date:
// a bar as high as what was bought, a sign below for what was taken back or does
// not count, and a dotted line since the last order that counts.
type timeline struct {
	theme    theme.Theme
	orders   []timedOrder
	asOf     time.Time
	selected int // the order under the cursor; −1 for none
}

// timedOrder is an order on the axis.
type timedOrder struct {
	at       time.Time
	amount   float64
	standing string
}

// timedOrders reads the orders of a customer that have a date.
func timedOrders(t *tabular.Table) []timedOrder {
	at, amount, standing := t.Index("ordered_at"), t.Index("net_revenue"), t.Index("standing")
	orders := make([]timedOrder, 0, len(t.Rows))
	for _, row := range t.Rows {
		var o timedOrder
		if at >= 0 {
			o.at, _ = row[at].(time.Time)
		}
		if amount >= 0 {
			o.amount, _ = tabular.Number(row[amount])
		}
		if standing >= 0 {
			o.standing, _ = row[standing].(string)
		}
		orders = append(orders, o)
	}
	return orders
}

// purchase is the standing of orders that count as purchases.
const purchase = "purchase"

// timeCell is one cell of the picture.
type timeCell struct {
	glyph rune
	style *lipgloss.Style
}

// View draws the timeline in w×h cells: bars, the axis, and below it dates. With
// one line there is the axis alone.
func (l timeline) View(w, h int) string {
	if w <= 0 || h <= 0 {
		return widget.Block("", w, h)
	}
	first, last, ok := l.span()
	if !ok {
		return widget.Block(l.theme.Muted.Render(widget.Fit(i18n.T("no dated order"), w)), w, h)
	}
	column := func(t time.Time) int { return timeColumn(t, first, l.asOf, w) }
	bars := max(h-2, 0)
	lines := make([]string, 0, h)
	for _, row := range l.bars(w, bars, column) {
		lines = append(lines, drawCells(row))
	}
	lines = append(lines, drawCells(l.axis(w, column(last), column)))
	if h > 1 {
		lines = append(lines, drawCells(l.dates(w, first, last, column)))
	}
	return widget.Block(strings.Join(lines, "\n"), w, h)
}

// span returns the first order of any standing and the last purchase up to the
// as-of date, or the last order when none counts.
func (l timeline) span() (first, last time.Time, ok bool) {
	var lastPurchase time.Time
	for _, o := range l.orders {
		if o.at.IsZero() || dayAfter(o.at, l.asOf) {
			continue
		}
		if first.IsZero() || o.at.Before(first) {
			first = o.at
		}
		if o.at.After(last) {
			last = o.at
		}
		if o.standing == purchase && o.at.After(lastPurchase) {
			lastPurchase = o.at
		}
	}
	if !lastPurchase.IsZero() {
		last = lastPurchase
	}
	return first, last, !first.IsZero()
}

// dayAfter reports whether t lies after the day asOf.
func dayAfter(t, asOf time.Time) bool { return !t.Before(asOf.AddDate(0, 0, 1)) }

// timeColumn returns the column of t on an axis of w columns; the as-of date is in
// the last.
func timeColumn(t, first, asOf time.Time, w int) int {
	length := asOf.Sub(first).Hours()
	if length <= 0 {
		return w - 1
	}
	return min(max(int(math.Round(t.Sub(first).Hours()/length*float64(w-1))), 0), w-1)
}

// blankCells returns a line of w empty cells.
func blankCells(w int) []timeCell {
	line := make([]timeCell, w)
	for i := range line {
		line[i].glyph = ' '
	}
	return line
}

// bars draws what was bought in each column, from the top line down.
func (l timeline) bars(w, h int, column func(time.Time) int) [][]timeCell {
	sums := make([]float64, w)
	most, chosen := 0.0, -1
	for i, o := range l.orders {
		if o.at.IsZero() || dayAfter(o.at, l.asOf) {
			continue
		}
		x := column(o.at)
		if o.standing == purchase {
			sums[x] += max(o.amount, 0)
			most = max(most, sums[x])
		}
		if i == l.selected {
			chosen = x
		}
	}
	levels := []rune(" ▁▂▃▄▅▆▇█")
	rows := make([][]timeCell, h)
	for y := range rows {
		rows[y] = blankCells(w)
		for x, sum := range sums {
			if sum <= 0 {
				continue
			}
			eighths := max(int(math.Round(sum/most*float64(8*h))), 1) - 8*(h-1-y)
			style := &l.theme.Bar
			if x == chosen {
				style = &l.theme.Accent
			}
			rows[y][x] = timeCell{levels[min(max(eighths, 0), 8)], style}
		}
	}
	return rows
}

// axis draws the line orders stand on.
func (l timeline) axis(w, last int, column func(time.Time) int) []timeCell {
	line := make([]timeCell, w)
	for x := range line {
		line[x] = timeCell{'─', &l.theme.Border}
		if x > last {
			line[x] = timeCell{'╌', &l.theme.Muted} // silence since the last order
		}
	}
	line[w-1] = timeCell{'┤', &l.theme.Muted}
	rank := make([]int, w)
	for i, o := range l.orders {
		if o.at.IsZero() || dayAfter(o.at, l.asOf) {
			continue
		}
		x := column(o.at)
		cell, r := timeCell{'┴', &l.theme.Bar}, 1
		switch {
		case i == l.selected:
			cell, r = timeCell{'◆', &l.theme.Accent}, 5
		case x == last && o.standing == purchase:
			cell, r = timeCell{'●', &l.theme.Bar}, 4
		case o.standing == "excluded":
			cell, r = timeCell{'×', &l.theme.Muted}, 2
		case o.standing != purchase:
			cell, r = timeCell{'▾', &l.theme.Bad}, 3
		}
		if r > rank[x] {
			line[x], rank[x] = cell, r
		}
	}
	return line
}

// dates writes the as-of date, the last and the first order below the axis, and
// years where there is room.
func (l timeline) dates(w int, first, last time.Time, column func(time.Time) int) []timeCell {
	line := blankCells(w)
	place := func(text string, x int, style *lipgloss.Style) {
		runes := []rune(text)
		from := max(min(x-len(runes)/2, w-len(runes)), 0)
		if from+len(runes) > w {
			return
		}
		for i := max(from-2, 0); i < min(from+len(runes)+2, w); i++ {
			if line[i].style != nil {
				return
			}
		}
		for i, r := range runes {
			line[from+i] = timeCell{r, style}
		}
	}
	place(i18n.T("as of %s", l.asOf.Format(time.DateOnly)), w-1, &l.theme.Muted)
	place(i18n.T("last %s", last.Format(time.DateOnly)), column(last), &l.theme.Text)
	place(last.Format(time.DateOnly), column(last), &l.theme.Text)
	place(first.Format(time.DateOnly), 0, &l.theme.Muted)
	for year := first.Year() + 1; year <= l.asOf.Year() && year-first.Year() < w; year++ {
		start := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
		place(start.Format("2006"), column(start), &l.theme.Muted)
	}
	return line
}

// drawCells writes a line in runs of one style. Blanks go on with the style before
// them unless it would be seen on them.
func drawCells(line []timeCell) string {
	var b, run strings.Builder
	var style *lipgloss.Style
	flush := func() {
		if style == nil {
			b.WriteString(run.String())
		} else {
			b.WriteString(style.Render(run.String()))
		}
		run.Reset()
	}
	for _, c := range line {
		if c.style != style && (c.style != nil || style.GetUnderline()) {
			flush()
			style = c.style
		}
		run.WriteRune(c.glyph)
	}
	flush()
	return b.String()
}
