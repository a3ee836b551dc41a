package page

import (
	"strings"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/widget"
)

// View draws the panes, as many as there is room for.
func (p *referrals) View(w, h int) string {
	p.tiles = nil
	if text, ok := p.instead(w, h); ok {
		return text
	}
	t := p.env.Theme
	p.tiles = p.layout(w, h)
	for pane := range referralPanes {
		if list := p.listOf(pane); list != nil {
			list.Theme, list.Focused = t, p.pane == pane
		}
	}
	return p.tiles.draw(func(at tile) string {
		panel := widget.Panel{Theme: t, Focused: p.pane == at.pane}
		switch at.pane {
		case paneRoots:
			p.list.Rows = p.rootBars()
			p.list.Heading = i18n.T("root")
			p.list.Titles = []string{i18n.T("brought"), i18n.T("influence"), i18n.T("kept"), i18n.T("all"), i18n.T("depth")}
			panel.Title, panel.Note, panel.Body = i18n.T("Top trees by %s", p.measureName()), p.creditNote(), widget.ViewFunc(p.rootsBody)
		case paneRefused:
			panel.Title, panel.Note, panel.Body = i18n.T("Do not count"), p.reasonNote(), widget.ViewFunc(p.refusedBody)
		case paneGroups:
			panel.Title, panel.Note, panel.Body = i18n.T("Brought in or not"), p.groupsNote(), widget.ViewFunc(p.groups)
		case paneGenerations:
			p.generations.Heading = i18n.T("generation")
			p.generations.Titles = []string{i18n.T("people"), i18n.T("own value")}
			panel.Title, panel.Body = i18n.T("Depth"), &p.generations
		case paneSignals:
			p.signals.Heading = i18n.T("kind")
			p.signals.Titles = []string{i18n.T("people"), i18n.T("times"), i18n.T("for"), i18n.T("against"), i18n.T("rating")}
			panel.Title, panel.Note, panel.Body = i18n.T("Beside the money"), i18n.T("never part of value"), &p.signals
		case paneReach:
			panel.Title, panel.Note, panel.Body = i18n.T("Word of mouth"), p.env.Header.Currency, widget.ViewFunc(p.reach)
		}
		return panel.View(at.w, at.h)
	})
}

// The heights of panes with their frames.
const (
	reachHeight  = 11
	groupsHeight = 10
	mostSignals  = 8
)

// layout divides the page: everything in a wide window, the pane in focus beside
// the key figures in a narrower one, and that pane alone in a small one.
func (p *referrals) layout(w, h int) tiles {
	refused := min(max(len(p.reasons.Rows), 1)+listFrame, 9)
	switch {
	case w >= 100 && h >= 30:
		left := []share{{paneReach, reachHeight + 3}, {pane: paneGenerations}, {paneRefused, refused}}
		right := []share{{paneGroups, groupsHeight}, {pane: paneRoots}}
		if n := len(p.beside); n > 0 {
			right = append(right, share{paneSignals, min(n+listFrame, mostSignals)})
		}
		return tiled(w, h, []int{w * 44 / 100}, left, right)
	case w >= 76 && h >= 2*groupsHeight && p.pane == paneSignals:
		return tiled(w, h, nil, []share{{pane: paneRoots}, {paneSignals, min(len(p.beside)+listFrame, mostSignals)}})
	case w >= 76 && h >= 2*groupsHeight && p.pane == paneGroups: // intervals need the width
		return tiled(w, h, nil, []share{{paneGroups, groupsHeight}, {pane: paneRoots}})
	case w >= 76 && h >= 2*groupsHeight:
		return tiled(w, h, []int{w * 47 / 100},
			[]share{{paneReach, reachHeight}, {pane: paneGenerations}}, []share{{pane: paneRoots}, {paneRefused, min(refused, 6)}})
	}
	return tiled(w, h, nil, []share{{pane: p.pane}})
}

// rootsBody draws the list of roots, or says that it is being made.
func (p *referrals) rootsBody(w, h int) string {
	switch t := p.env.Theme; {
	case p.people == nil && p.reading.Busy() != "":
		return say(t, t.Muted, w, h, i18n.T("%s…", p.reading.Busy()), "")
	case p.people == nil:
		return say(t, t.Muted, w, h, i18n.T("stopped"), i18n.T("r asks again"))
	}
	return p.list.View(w, h)
}

// reasonNote says the reason under the cursor in words.
func (p *referrals) reasonNote() string {
	if p.reasons.Cursor >= len(p.data.Reasons) {
		return ""
	}
	return p.data.Reasons[p.reasons.Cursor].Text
}

// measureName is what the roots are listed by.
func (p *referrals) measureName() string {
	switch rootMeasures[p.measure] {
	case "brought":
		return i18n.T("value brought")
	case "influence":
		return i18n.T("influence")
	case "conserved":
		return i18n.T("value kept")
	case "descendants":
		return i18n.T("people")
	}
	return i18n.T("depth")
}

// creditNote says under which assumptions the roots are credited.
func (p *referrals) creditNote() string {
	text := creditText(p.assume)
	if !sameCredit(p.assume, p.env.Workspace.Settings().Referrals) {
		return i18n.T("%s, not kept", text)
	}
	return text
}

// reach draws the key figures and, where there is room, what they do not mean.
func (p *referrals) reach(w, h int) string {
	t, s := p.env.Theme, p.data
	whole := func(n int64) string { return i18n.Number(float64(n), 0) }
	reward := []string{i18n.T("none is said")}
	if s.RewardPerReferred != nil {
		reward = []string{i18n.T("for each referred customer · %s in all", i18n.Short(s.Rewards)), i18n.T("each · %s in all", i18n.Short(s.Rewards)), i18n.T("each")}
	}
	figures := []keyFigure{
		{i18n.T("referral rate"), percent(s.ReferralRate, 1), t.Muted, []string{
			i18n.T("%s of %s customer{s} brought in others", whole(s.Referrers), whole(s.Customers)), i18n.T("of %s customer{s}", whole(s.Customers)), i18n.T("of %s", whole(s.Customers)),
		}},
		{i18n.T("referrers"), whole(s.Referrers), t.Muted, []string{i18n.T("%s each", number(s.ReferralsPerReferrer, 2))}},
		{i18n.T("referred"), whole(s.Referred), t.Muted, []string{
			i18n.T("%s of customers", percent(shareOf(s.Referred, s.Customers), 1)), i18n.T("= %s", percent(shareOf(s.Referred, s.Customers), 1)),
		}},
		{i18n.T("K-factor"), number(s.KFactor, 3), t.Muted, []string{
			i18n.T("new by referral ÷ active, of 365 days"), i18n.T("new ÷ active, 365 d"), i18n.T("365 days"),
		}},
		{i18n.T("reward"), number(s.RewardPerReferred, 2), t.Muted, reward},
		{i18n.T("trees"), whole(s.Roots), t.Muted, []string{i18n.T("%d generation{s} at most", s.Deepest), i18n.T("depth %d", s.Deepest)}},
		{i18n.T("strangers"), whole(s.Strangers), t.Muted, []string{i18n.T("referrers nobody knows, worth nothing"), i18n.T("referrers unknown"), i18n.T("unknown")}},
		{i18n.T("refused"), whole(s.Refused), t.Muted, []string{i18n.T("statements that do not count"), i18n.T("do not count")}},
	}
	const labelW, valueW = 14, 7
	var lines []string
	for _, f := range figures {
		label, value := widget.Fit(f.label, labelW), widget.FitRight(f.value, valueW)
		lines = append(lines, " "+t.Muted.Render(label)+t.Strong.Render(value)+"  "+f.style.Render(f.note(w-labelW-valueW-3)))
	}
	caution := wrapped(i18n.T("Credit measures value; it is nobody's pay. worth does not compute multi-level commissions."), max(w-2, 1))
	if len(lines)+1+len(caution) <= h {
		lines = append(lines, "")
		for _, line := range caution {
			lines = append(lines, " "+t.Muted.Render(line))
		}
	}
	return strings.Join(lines, "\n")
}

// shareOf returns a share of a whole, nil where there is no whole.
func shareOf(part, whole int64) *float64 {
	if whole == 0 {
		return nil
	}
	v := float64(part) / float64(whole)
	return &v
}

// refusedBody draws the reasons, or says that there are none.
func (p *referrals) refusedBody(w, h int) string {
	if len(p.reasons.Rows) == 0 {
		return p.env.Theme.Good.Render(" " + i18n.T("every statement counts"))
	}
	return p.reasons.View(w, h)
}

// groups compares those who were brought in with the others.
func (p *referrals) groups(w, _ int) string {
	t := p.env.Theme
	column := max((w-1)*36/100, 12)
	label := max(w-1-2*column, 10)
	whom := func(referred bool) *workspace.ReferralGroup {
		for i, g := range p.data.Groups {
			if g.Referred == referred {
				return &p.data.Groups[i]
			}
		}
		return &workspace.ReferralGroup{}
	}
	in, others := whom(true), whom(false)
	lines := []string{t.Heading.Render(widget.Fit("", label+1) + widget.FitRight(i18n.T("brought in"), column) + widget.FitRight(i18n.T("others"), column))}
	add := func(name, a, b string) {
		lines = append(lines, t.Muted.Render(widget.Fit(" "+name, label+1))+t.Strong.Render(widget.FitRight(a, column))+t.Text.Render(widget.FitRight(b, column)))
	}
	whole := func(v *float64) string { return number(v, 0) }
	shares := func(v *float64) string { return percent(v, 1) }
	add(i18n.T("customers"), i18n.Number(float64(in.Customers), 0), i18n.Number(float64(others.Customers), 0))
	add(i18n.T("retention"), within(in.Retention, shares, column), within(others.Retention, shares, column))
	add(i18n.T("repeat"), within(in.RepeatShare, shares, column), within(others.RepeatShare, shares, column))
	add(i18n.T("value"), within(in.Value, whole, column), within(others.Value, whole, column))
	add(i18n.T("CLV"), p.expectation(p.expected.Of(*in), column), p.expectation(p.expected.Of(*others), column))
	add(i18n.T("median"), number(in.MedianValue, 2), number(others.MedianValue, 2))
	add(i18n.T("AOV"), number(in.AOV, 2), number(others.AOV, 2))
	return strings.Join(lines, "\n")
}

// expectation writes what is expected of each customer of a group, or how it stands
// with that.
func (p *referrals) expectation(e workspace.Estimate, room int) string {
	if p.expected == nil && p.valuing.Busy() != "" {
		return "…"
	}
	return within(e, func(v *float64) string { return number(v, 0) }, room)
}

// groupsNote says what the numbers of both groups are counted in.
func (p *referrals) groupsNote() string {
	switch {
	case p.unvalued != nil && !canceled(p.unvalued):
		return i18n.T("95 %% intervals · no CLV, V says why")
	case p.expected == nil && p.valuing.Busy() == "":
		return i18n.T("95 %% intervals · c adds up CLV")
	case p.expected == nil:
		return i18n.T("95 %% intervals")
	}
	return i18n.T("95 %% intervals · CLV of %s", horizonText(p.expected.Terms.Horizon))
}

// within writes an estimate with its interval, without it where there is no room.
func within(e workspace.Estimate, format func(*float64) string, room int) string {
	text := format(e.Estimate)
	if e.Low == nil || e.High == nil {
		return text
	}
	if full := i18n.T("%s (%s–%s)", text, format(e.Low), format(e.High)); widget.Width(full) < room {
		return full
	}
	return text
}
