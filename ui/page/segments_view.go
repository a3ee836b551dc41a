package page

import (
	"math"
	"strings"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/widget"
)

// valuesW is the least width of a segment list that shows what segments are worth,
// so that bars are left.
const valuesW = 96

// View draws list, heat map and cut-points, as many as there is room for.
func (p *segments) View(w, h int) string {
	p.tiles = nil
	if text, ok := p.instead(w, h); ok {
		return text
	}
	p.tiles = p.layout(w, h)
	t := p.env.Theme
	p.list.Theme, p.heat.Theme = t, t
	p.list.Focused, p.heat.Focused = p.pane == paneList && p.form == nil, p.pane == paneHeat && p.form == nil
	p.list.Heading = i18n.T("segment")
	p.list.Titles = []string{
		i18n.T("customers"), i18n.T("share"), i18n.T("revenue"), i18n.T("share"), i18n.T("days ago"), i18n.T("orders"), i18n.T("AOV"),
	}
	p.heat.RowTitle, p.heat.ColTitle = "", i18n.T("frequency")
	p.heat.Format = func(v float64) string { return i18n.Short(math.Floor(v)) } // customers are whole
	return p.tiles.draw(func(at tile) string {
		panel := widget.Panel{Theme: t}
		switch at.pane {
		case paneList:
			if at.w >= valuesW {
				p.list.Titles = append(p.list.Titles, i18n.T("expected"), i18n.T("CLV"), i18n.T("value"))
			}
			panel.Title, panel.Body = p.env.Header.Scheme, widget.ViewFunc(p.listBody)
			panel.Focused = p.list.Focused
		case paneHeat:
			panel.Title, panel.Note, panel.Body = i18n.T("Recency × frequency"), p.cellNote(), &p.heat
			panel.Focused = p.heat.Focused
		case paneCuts:
			panel.Title, panel.Note, panel.Body = i18n.T("Cut-points"), p.cutsNote(), widget.ViewFunc(p.cutsBody)
			panel.Focused = p.form != nil
		}
		return panel.View(at.w, at.h)
	})
}

// cutsHeight is the room of the cut-points with their frame.
const cutsHeight = 6

// layout divides the page: side by side in a wide window; otherwise the list or
// the heat map, with the cut-points below where they fit.
func (p *segments) layout(w, h int) tiles {
	main := p.pane
	list := len(p.list.Rows) + listFrame + 1
	switch {
	case w >= 130 && h >= 2*cutsHeight:
		return tiled(w, h, []int{w * 58 / 100}, []share{{pane: paneList}}, []share{{pane: paneHeat}, {paneCuts, cutsHeight}})
	case p.form != nil && h < 2*cutsHeight:
		return tiled(w, h, nil, []share{{pane: paneCuts}})
	case h >= list+cutsHeight+listFrame+7 && w >= 64: // all three below each other
		return tiled(w, h, nil, []share{{paneList, list}, {pane: paneHeat}, {paneCuts, cutsHeight}})
	case h >= 2*cutsHeight:
		return tiled(w, h, nil, []share{{pane: main}, {paneCuts, cutsHeight}})
	}
	return tiled(w, h, nil, []share{{pane: main}})
}

// listBody draws the list and, where a line is left, who is in the segment under
// the cursor.
func (p *segments) listBody(w, h int) string {
	if h < len(p.list.Rows)+2 || p.list.Cursor >= len(p.data.segments) {
		return p.list.View(w, h)
	}
	meaning := p.env.Theme.Muted.Render(widget.Fit(" "+widget.Clean(p.data.segments[p.list.Cursor].Meaning), w))
	return widget.Stack(p.list.View(w, h-1), meaning)
}

// cellNote reads out the cell under the cursor.
func (p *segments) cellNote() string {
	if p.pane != paneHeat {
		return i18n.T("customers, revenue")
	}
	r, f := p.heatScores()
	for _, c := range p.data.cells {
		if c.R == r && c.F == f {
			return i18n.T("R %d F %d · %d customer{s} · %s", r, f, c.Customers, i18n.Short(c.NetRevenue))
		}
	}
	return i18n.T("R %d F %d · nobody", r, f)
}

// cutsNote says where the cut-points come from.
func (p *segments) cutsNote() string {
	switch {
	case p.form != nil:
		return i18n.T("Enter applies · Esc leaves")
	case p.data.cuts.Frozen:
		return i18n.T("frozen · F takes quantiles again")
	}
	return i18n.T("quantiles of the data · F freezes, c edits")
}

// cutsBody draws the score of every measure as the range that earns it, or the
// form while it is edited.
func (p *segments) cutsBody(w, h int) string {
	if p.form != nil {
		p.form.Theme = p.env.Theme
		return p.form.View(w, h)
	}
	t, c := p.env.Theme, p.data.cuts
	const labelW = 18
	column := max(min((w-labelW-2)/max(c.Levels(), 1), 14), 6)
	head := widget.Fit(" "+i18n.T("score"), labelW)
	for level := 1; level <= c.Levels(); level++ {
		head += widget.FitRight(i18n.Number(float64(level), 0), column)
	}
	lines := []string{t.Heading.Render(head)}
	for _, m := range []struct {
		label  string
		ranges []string
	}{
		{i18n.T("R recency, days"), recencyRanges(c.R)}, {i18n.T("F orders"), upwardRanges(c.F)}, {p.moneyLabel(), upwardRanges(c.M)},
	} {
		line := t.Muted.Render(widget.Fit(" "+m.label, labelW))
		for _, r := range m.ranges {
			line += t.Text.Render(widget.FitRight(r, column))
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func (p *segments) moneyLabel() string {
	if p.env.Workspace != nil && p.env.Workspace.Settings().Monetary == workspace.AverageSpend {
		return i18n.T("M average order")
	}
	return i18n.T("M money")
}

// nobody stands for a score that coinciding cut-points leave without a range.
const nobody = "–"

// upwardRanges writes, for scores 1 up, the values that earn them: a score is one
// more than the cut-points below the value.
func upwardRanges(cuts []float64) []string {
	out := make([]string, 0, len(cuts)+1)
	before := math.Inf(-1)
	for _, c := range cuts {
		if c == before {
			out = append(out, nobody)
			continue
		}
		out = append(out, "≤ "+i18n.Short(c))
		before = c
	}
	if len(cuts) == 0 {
		return append(out, i18n.T("all"))
	}
	return append(out, "> "+i18n.Short(cuts[len(cuts)-1]))
}

// recencyRanges is upwardRanges for a measure that is better when smaller: a
// score is one more than the cut-points above the value.
func recencyRanges(cuts []float64) []string {
	n := len(cuts)
	if n == 0 {
		return []string{i18n.T("all")}
	}
	out := []string{"≥ " + i18n.Short(cuts[n-1])}
	for i := n - 1; i >= 0; i-- {
		if i > 0 && cuts[i-1] == cuts[i] {
			out = append(out, nobody)
			continue
		}
		out = append(out, "< "+i18n.Short(cuts[i]))
	}
	return out
}
