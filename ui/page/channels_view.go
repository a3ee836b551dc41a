package page

import (
	"strings"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/widget"
)

// paneWords is the pane below the grids, which has no focus.
const paneWords = channelPanes

// The heights of the panes of channels with their frames.
const (
	wordsHeight = 8  // of the words in a wide window,
	wordsHigher = 11 // and in a narrow one
	gridAround  = 4  // frame, headings and the line below the rows
)

// View draws the panes there is room for.
func (p *channels) View(w, h int) string {
	p.tiles = nil
	if text, ok := p.instead(w, h); ok {
		return text
	}
	t := p.env.Theme
	p.tiles = p.layout(w, h)
	return p.tiles.draw(func(at tile) string {
		panel := widget.Panel{Theme: t, Focused: p.pane == at.pane}
		switch at.pane {
		case paneChannels:
			panel.Title, panel.Note, panel.Body = i18n.T("Channels of the first order"), p.termsNote(), p.listed(paneChannels, p.data.noChannels)
		case paneCampaigns:
			panel.Title, panel.Note, panel.Body = i18n.T("Campaigns"), p.basisNote(), p.listed(paneCampaigns, p.data.noCampaigns)
		case paneWords:
			panel.Title, panel.Body = p.wordsTitle(), widget.ViewFunc(p.words)
		}
		return panel.View(at.w, at.h)
	})
}

// layout divides the page: both grids with words below them, or the grid in focus,
// in a small window without words.
func (p *channels) layout(w, h int) tiles {
	words := wordsHeight
	if w < 110 {
		words = wordsHigher
	}
	switch {
	case h < wordsHigher+gridAround || w < 60:
		return tiled(w, h, nil, []share{{pane: p.pane}})
	case h < 30:
		return tiled(w, h, nil, []share{{pane: p.pane}, {paneWords, words}})
	}
	return tiled(w, h, nil, []share{{paneChannels, min(len(p.data.channels)+gridAround, h/3)}, {pane: paneCampaigns}, {paneWords, words}})
}

// listed is the grid of a pane, or why there is nothing in it.
func (p *channels) listed(pane int, none error) widget.Viewer {
	if none == nil {
		return p.grids[pane]
	}
	return widget.ViewFunc(func(w, h int) string { return say(p.env.Theme, p.env.Theme.Muted, w, h, none.Error(), "") })
}

// termsNote says under which conditions value is counted.
func (p *channels) termsNote() string {
	if p.data.terms.Model == "" {
		return p.basisNote()
	}
	return termsText(p.data.terms)
}

// basisNote says in what value is counted.
func (p *channels) basisNote() string {
	return joined(" ", basisText(p.env.Header.Basis), widget.Clean(p.env.Header.Currency))
}

// wordsTitle names what is under the cursor.
func (p *channels) wordsTitle() string {
	row := p.under(p.pane)
	if row == nil {
		return ""
	}
	name, _ := row[0].(string)
	return widget.Clean(name)
}

// words says in sentences what the row under the cursor means.
func (p *channels) words(w, h int) string {
	var sentences []string
	row := p.under(p.pane)
	switch {
	case row == nil:
	case p.pane == paneChannels:
		if c, ok := p.channel(row); ok {
			sentences = p.aboutChannel(&c)
		}
	default:
		if c, ok := p.campaign(row); ok {
			sentences = p.aboutCampaign(&c)
		}
	}
	var lines []string
	for _, s := range sentences {
		for _, line := range wrapped(s, max(w-2, 1)) {
			lines = append(lines, " "+p.env.Theme.Text.Render(line))
		}
	}
	return widget.Block(strings.Join(lines, "\n"), w, h)
}

// aboutChannel says what a channel costs and brings.
func (p *channels) aboutChannel(c *workspace.Channel) []string {
	var out []string
	if c.CLV != nil {
		out = append(out, i18n.T("A customer of it is expected to bring %s within %s at %s a year (%s), all %s together %s.", i18n.Number(*c.CLV, 2),
			horizonText(p.data.terms.Horizon), i18n.Percent(p.data.terms.Discount, 0), p.data.terms.Model, i18n.Number(float64(c.Customers), 0), short(c.Predicted)))
	}
	if c.Spend == nil {
		return append(out, i18n.T("What it costs is not known; load a file with channel, day and amount spent."))
	}
	out = append(out, i18n.T("%s was spent on it; %s customer{s} first ordered while it was, so winning one cost %s (CAC).",
		i18n.Number(*c.Spend, 2), whole(c.Won), number(c.CAC, 2)))
	if c.Ratio == nil {
		return append(out, i18n.T("What a customer brings beside that is not known yet: nobody was seen for a month."))
	}
	out = append(out, i18n.T("In the first %s month{s} of age a customer brought %s: %s for each 1 spent (%s). A CAC of up to %s leaves 3 : 1.",
		number(c.Months, 0), number(c.Value, 2), number(c.Ratio, 2), c.Band().String(), number(c.BreakEven, 2)))
	if c.Payback == nil {
		return append(out, i18n.T("The CAC is not earned yet at any age that was seen."))
	}
	return append(out, i18n.T("The CAC is earned by the end of month %s of a customer's age.", number(c.Payback, 0)))
}

// whole writes a count that may be unknown.
func whole(n *int64) string {
	if n == nil {
		return unknown
	}
	return i18n.Number(float64(*n), 0)
}

// aboutCampaign says what a campaign changed, and what that rests on.
func (p *channels) aboutCampaign(c *workspace.Campaign) []string {
	if c.Reason != "" {
		return []string{i18n.T("Nothing can be said of what it changed: %s.", c.Reason)}
	}
	money := func(v *float64) string { return number(v, 2) }
	percents := func(v *float64) string { return percent(v, 1) }
	all := func(v *float64) string { return number(v, 0) }
	treated, control := i18n.Number(float64(c.Treated.Members), 0), i18n.Number(float64(c.Control.Members), 0)
	var out []string
	if c.Causal {
		out = append(out, i18n.T("From %s to %s %s member{s} {was|were} treated and %s left alone. They brought %s and %s each: %s more by being treated.",
			c.From, c.To, treated, control, money(c.Treated.Value), money(c.Control.Value), within(c.Uplift, money, far)))
		out = append(out, i18n.T("%s and %s of them bought, a difference of %s.", percent(c.Treated.Bought.Estimate, 1), percent(c.Control.Bought.Estimate, 1), within(c.Conversion, percents, far)))
	} else {
		out = append(out, i18n.T("From %s to %s %s member{s} {was|were} treated and nobody left alone. They brought %s each, %s more than in as many days before: before and after, not cause and effect.",
			c.From, c.To, treated, money(c.Treated.Value), within(c.Uplift, money, far)))
	}
	result := i18n.T("In all %s, for a cost of %s.", within(c.Incremental, all, far), i18n.Number(c.Cost, 2))
	if c.ROI.Estimate != nil {
		result = i18n.T("In all %s, for a cost of %s: a return of %s.", within(c.Incremental, all, far), i18n.Number(c.Cost, 2), within(c.ROI, percents, far))
	}
	out = append(out, result)
	if p.env.Header.Basis == workspace.NetRevenue {
		out = append(out, i18n.T("Net revenue is not yet earnings: under the basis margin the cost of goods comes off."))
	}
	if c.Both > 0 {
		out = append(out, i18n.T("%s member{s} {stands in both arms and is|stand in both arms and are} left out.", i18n.Number(float64(c.Both), 0)))
	}
	return out
}
