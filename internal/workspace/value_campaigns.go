package workspace

import (
	"cmp"
	"context"
	"strconv"

	"worth/internal/i18n"
	"worth/internal/tabular"
)

// Campaign is what a campaign changed: what its members brought while it ran, on
// the basis of the settings, beside those who were left alone. Without anybody
// left alone it compares with as many days before, which says nothing of cause.
type Campaign struct {
	Key      string      `json:"-"`        // for Among
	Campaign string      `json:"campaign"` // its name; empty where no file describes it
	From     string      `json:"from"`     // ISO date
	To       string      `json:"to"`       // ISO date, at most as-of
	Treated  CampaignArm `json:"treated"`
	Control  CampaignArm `json:"control"`
	Both     int64       `json:"in_both"` // members the files put in either arm; they are left out
	Cost     float64     `json:"cost"`    // of its contacts and beside them, in currency
	Causal   bool        `json:"causal"`  // against a control group; else before and after
	Effect
	Reason   string            `json:"reason,omitempty"` // why nothing can be said of what it changed
	Segments []CampaignSegment `json:"segments"`         // by the segment of today
}

// CampaignArm is the members who were treated, or those who were left alone.
type CampaignArm struct {
	Members int64    `json:"members"`
	Buyers  int64    `json:"buyers"`         // who placed an order
	Bought  Estimate `json:"conversion"`     // buyers ÷ members, 0–1
	Value   *float64 `json:"value_per_head"` // mean over all members
	value   moments
	gain    moments // value less that of as many days before
}

// Effect is what being treated changed.
type Effect struct {
	Uplift      Estimate `json:"uplift"`            // value per treated member
	Conversion  Estimate `json:"conversion_uplift"` // in points, 0–1; nil without a control group
	Incremental Estimate `json:"incremental"`       // value of all treated members
	ROI         Estimate `json:"roi"`               // (incremental − cost) ÷ cost; nil without a cost
}

// CampaignSegment is what a campaign changed among the members of a segment.
type CampaignSegment struct {
	Segment string      `json:"segment"` // empty for members without an order in the window
	Title   string      `json:"-"`       // in the reader's language
	Treated CampaignArm `json:"treated"`
	Control CampaignArm `json:"control"`
	Cost    float64     `json:"cost"` // of its contacts, and its share by them of what the campaign cost beside
	Effect
}

// Campaigns returns what each campaign changed, by its first day. It returns a
// *NoAnswerError when no members of campaigns were loaded.
func (w *Workspace) Campaigns(ctx context.Context) ([]Campaign, error) {
	if err := w.answerable(ctx, scores); err != nil {
		return nil, err
	}
	state := w.derivedState()
	f, err := w.framed(ctx, state, state.AsOf)
	if err != nil {
		return nil, err
	}
	rows, err := w.ask(ctx, f.call("ask/campaigns"))
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, &NoAnswerError{i18n.T("no members of campaigns were loaded; load a file with campaign, customer and arm (treated, control)")}
	}
	names, titles, err := w.segmentNames()
	if err != nil {
		return nil, err
	}
	var out []Campaign
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].whole("campaign_key") == rows[0].whole("campaign_key") {
			n++
		}
		out = append(out, campaignOf(rows[:n], append(names[:len(names):len(names)], ""), titles))
		rows = rows[n:]
	}
	return out, nil
}

// campaignOf adds up the rows of one campaign: an arm and a segment each.
func campaignOf(rows []row, segments []string, titles map[string]string) Campaign {
	r := rows[0]
	c := Campaign{
		Key: strconv.FormatInt(r.whole("campaign_key"), 10), Campaign: r.text("campaign"), From: r.day("first_day"), To: r.day("last_day"),
		Cost: r.float("fixed"),
	}
	bySegment := map[string]*CampaignSegment{}
	contacts, unvalued := 0.0, int64(0)
	for _, r := range rows {
		name := r.text("segment")
		s := bySegment[name]
		if s == nil {
			s = &CampaignSegment{Segment: name, Title: cmp.Or(titles[name], i18n.T("no order in the window"))}
			bySegment[name] = s
		}
		if r.text("arm") == "both" {
			c.Both += r.whole("members")
			continue
		}
		whole, part := &c.Treated, &s.Treated
		if r.text("arm") == "control" {
			whole, part = &c.Control, &s.Control
		}
		unvalued += r.whole("unvalued")
		whole.add(r)
		part.add(r)
		contacts += r.float("cost")
		s.Cost += r.float("cost")
	}
	c.Causal = c.Control.Members > 0
	fixed := c.Cost
	c.Cost += contacts
	reaches, _ := r.cell("reaches").(bool)
	if c.Reason = c.unknown(unvalued, reaches); c.Reason == "" {
		c.Effect = effect(&c.Treated, &c.Control, c.Cost, c.Causal)
	}
	for _, name := range segments {
		s := bySegment[name]
		if s == nil || s.Treated.Members+s.Control.Members == 0 {
			continue
		}
		if part := ratio(fixed*float64(s.Treated.Members), float64(c.Treated.Members)); part != nil {
			s.Cost += *part
		}
		if c.Reason == "" {
			s.Effect = effect(&s.Treated, &s.Control, s.Cost, c.Causal)
		}
		c.Segments = append(c.Segments, *s)
	}
	return c
}

func (a *CampaignArm) add(r row) {
	n := r.whole("members")
	a.Members += n
	a.Buyers += r.whole("buyers")
	a.value.add(moments{n, r.float("value"), r.float("squares")})
	a.gain.add(moments{n, r.float("gain"), r.float("gain_squares")})
}

// unknown says why nothing can be said of what a campaign changed; empty if
// something can. Unvalued are orders of its members of unknown value; reaches says
// whether orders reach back as far as the days it is compared with.
func (c *Campaign) unknown(unvalued int64, reaches bool) string {
	switch {
	case c.From == "" && c.Campaign == "":
		return i18n.T("no file describes the campaign, so it is not known when it ran")
	case c.From == "":
		return i18n.T("it is not known when the campaign began")
	case c.To == "":
		return i18n.T("it is not known when the campaign ended, or it began after the as-of date")
	case c.Treated.Members == 0:
		return i18n.T("nobody was treated")
	case !c.Causal && !reaches:
		return i18n.T("nobody was left alone, and orders do not reach back to as many days before it")
	case unvalued > 0:
		return i18n.T("the value of %d of its members' orders is not known; give a margin, or choose the basis net revenue", unvalued)
	}
	return ""
}

// effect compares the arms and works out what they bring of themselves.
func effect(treated, control *CampaignArm, cost float64, causal bool) Effect {
	for _, a := range []*CampaignArm{treated, control} {
		a.Bought, a.Value = share(a.Buyers, a.Members), a.value.mean()
	}
	var e Effect
	if causal {
		e.Uplift = welch(treated.value, control.value)
		e.Conversion = newcombe(treated.Buyers, treated.Members, control.Buyers, control.Members)
	} else {
		e.Uplift = pairedMean(treated.gain)
	}
	e.Incremental = e.Uplift.times(float64(treated.Members), 0)
	if cost > 0 {
		e.ROI = e.Incremental.times(1/cost, 1)
	}
	return e
}

// campaignColumns are the columns of what a campaign changed, in all or among the
// members of a segment.
func campaignColumns(by ...tabular.Column) []tabular.Column {
	columns := append(by,
		tabular.Column{Name: "treated", Title: "treated", Kind: tabular.Integer, Doc: "members who were treated"},
		tabular.Column{Name: "control", Title: "control", Kind: tabular.Integer, Doc: "members who were left alone"},
		tabular.Column{Name: "treated_conversion", Title: "treated bought", Kind: tabular.Share, Doc: "placed an order while it ran"},
		tabular.Column{Name: "control_conversion", Title: "control bought", Kind: tabular.Share, Doc: "placed an order while it ran"},
		tabular.Column{Name: "treated_value", Title: "treated value", Kind: tabular.Money, Doc: "value per treated member while it ran, on the basis in force"},
		tabular.Column{Name: "control_value", Title: "control value", Kind: tabular.Money, Doc: "the same of those left alone"})
	for _, e := range []struct {
		name  string
		title i18n.Text
		kind  tabular.Kind
	}{
		{"uplift", "uplift", tabular.Money},
		{"conversion_uplift", "more bought", tabular.Share},
		{"incremental", "incremental", tabular.Money},
		{"roi", "ROI", tabular.Share},
	} {
		columns = append(columns, tabular.Column{Name: e.name, Title: e.title, Kind: e.kind},
			tabular.Column{Name: e.name + "_low", Title: e.title + " low", Kind: e.kind, Doc: "low end of the 95 % interval"},
			tabular.Column{Name: e.name + "_high", Title: e.title + " high", Kind: e.kind, Doc: "high end of the 95 % interval"})
	}
	return append(columns, tabular.Column{Name: "cost", Title: "cost", Kind: tabular.Money, Doc: "of contacts and beside them"})
}

// campaignCells are the cells of campaignColumns.
func campaignCells(treated, control *CampaignArm, e *Effect, cost float64) []any {
	cells := []any{
		treated.Members, control.Members, optional(treated.Bought.Estimate), optional(control.Bought.Estimate), optional(treated.Value), optional(control.Value),
	}
	for _, x := range []Estimate{e.Uplift, e.Conversion, e.Incremental, e.ROI} {
		cells = append(cells, optional(x.Estimate), optional(x.Low), optional(x.High))
	}
	return append(cells, cost)
}

// CampaignTable returns campaigns as rows.
func CampaignTable(campaigns []Campaign) *tabular.Table {
	t := &tabular.Table{Columns: campaignColumns(
		tabular.Column{Name: "campaign", Title: "campaign"},
		tabular.Column{Name: "from", Title: "from", Doc: "first day"},
		tabular.Column{Name: "to", Title: "to", Doc: "last day, at most as-of"})}
	t.Columns = append(t.Columns,
		tabular.Column{Name: "design", Title: "compared with", Doc: "control: members who were left alone; before: as many days before, which proves no cause"},
		tabular.Column{Name: "reason", Title: "why not", Doc: "why nothing can be said of what it changed"})
	for i := range campaigns {
		c := &campaigns[i]
		row := []any{text(c.Campaign), text(c.From), text(c.To)}
		row = append(row, campaignCells(&c.Treated, &c.Control, &c.Effect, c.Cost)...)
		t.Rows = append(t.Rows, append(row, c.Design(), text(c.Reason)))
	}
	return t
}

// Design is what a campaign is compared with: control or before.
func (c *Campaign) Design() string {
	if c.Causal {
		return "control"
	}
	return "before"
}

// CampaignSegmentTable returns what campaigns changed among the members of each
// segment as rows.
func CampaignSegmentTable(campaigns ...Campaign) *tabular.Table {
	t := &tabular.Table{Columns: campaignColumns(
		tabular.Column{Name: "segment", Title: "segment", Doc: "of today"}, tabular.Column{Name: "campaign", Title: "campaign"})}
	for i := range campaigns {
		c := &campaigns[i]
		for j := range c.Segments {
			s := &c.Segments[j]
			t.Rows = append(t.Rows, append([]any{text(s.Segment), text(c.Campaign)}, campaignCells(&s.Treated, &s.Control, &s.Effect, s.Cost)...))
		}
	}
	return t
}

// text is a cell for a text that may be empty.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}
