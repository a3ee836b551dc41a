package page

import (
	"cmp"
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// The commands of the referrals page beside those of package keys.
const (
	cmdMeasure  = "referrals.measure"
	cmdAllTrees = "referrals.trees"
)

// The panes of the referrals page, in the order of tab.
const (
	paneRoots = iota
	paneRefused
	paneGroups
	paneGenerations
	paneReach
	referralPanes
)

// referrals shows how far word of mouth reaches, whether those who were brought in
// are better customers, who brought most, and what does not count.
type referrals struct {
	base
	data    workspace.ReferralSummary
	people  *workspace.ReferralTree // everybody in trees; nil until they were read
	pane    int
	tiles   tiles   // of the last view
	reading inquiry // of the people in trees
	lending lending

	assume  workspace.Referrals
	measure int // of rootMeasures
	roots   []workspace.TreeLine

	list        widget.BarList // of the roots
	reasons     widget.BarList
	generations widget.BarList
}

// rootMeasures are what roots can be listed by, the first at first.
var rootMeasures = []string{"brought", "influence", "conserved", "descendants", "depth"}

// topRoots is how many roots are listed.
const topRoots = 50

// NewReferrals returns the referrals page.
func NewReferrals(env *Env) Page { return &referrals{base: base{env: env}} }

// Title is the name of the page.
func (p *referrals) Title() string { return i18n.T("referrals") }

// Init asks for everything the page shows.
func (p *referrals) Init() tea.Cmd {
	ws := p.env.Workspace
	p.assume = ws.Settings().Referrals
	return ask(&p.inquiry, i18n.T("following referrals"), ws.Referrals)
}

// Update handles replies and the mouse.
func (p *referrals) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case reply[workspace.ReferralSummary]:
		if p.accept(msg.generation, msg.err) {
			p.asked = msg.asked
			return p.show(msg.value)
		}
	case reply[*workspace.ReferralTree]:
		if p.reading.settle(msg.generation) && !canceled(msg.err) {
			p.err = msg.err
			p.people, p.asked = msg.value, append(p.asked, msg.asked...)
			if msg.err == nil {
				return p.rank(p.assume, p.measure)
			}
		}
	case returned:
		return p.lending.take(msg, p.Do)
	case revealWritten:
		return revealed(p.env, msg.err)
	case tea.MouseClickMsg:
		return p.onClick(msg)
	case Wheel:
		if t, ok := p.tiles.at(msg.X, msg.Y); ok {
			if list := p.listOf(t.pane); list != nil {
				list.Move(msg.Lines)
			}
		}
	}
	return nil
}

// show takes over an answer and goes on with the people, who may be many.
func (p *referrals) show(sum workspace.ReferralSummary) tea.Cmd {
	p.data = sum
	p.generations.Rows = nil
	for _, g := range sum.Generations {
		label := i18n.T("roots")
		if g.Generation > 0 {
			label = i18n.Number(float64(g.Generation), 0)
		}
		p.generations.Rows = append(p.generations.Rows, widget.BarRow{
			Label: label, Value: float64(g.People), Cells: []string{i18n.Number(float64(g.People), 0), i18n.Short(g.Own)},
		})
	}
	p.reasons.Rows = nil
	for _, r := range sum.Reasons {
		p.reasons.Rows = append(p.reasons.Rows, widget.BarRow{Label: r.Reason, Value: float64(r.Count), Cells: []string{i18n.Number(float64(r.Count), 0)}})
	}
	p.people = nil
	ws := p.env.Workspace
	return ask(&p.reading, i18n.T("reading trees"), func(ctx context.Context) (*workspace.ReferralTree, error) { return ws.ReferralTree(ctx, "") })
}

// rank credits the people under some assumptions and lists the roots by a measure,
// in a command.
func (p *referrals) rank(assume workspace.Referrals, measure int) tea.Cmd {
	t := p.people
	again := !sameCredit(assume, p.assume)
	return p.lending.lend(i18n.T("crediting"), func() func() tea.Cmd {
		var err error
		if again {
			err = t.Recompute(assume)
		}
		var roots []workspace.TreeLine
		if err == nil {
			roots, err = t.TopRoots(rootMeasures[measure], topRoots)
		}
		return func() tea.Cmd {
			if err != nil {
				return send(Notice{Text: err.Error(), Bad: true})
			}
			p.assume, p.measure = assume, measure
			p.showRoots(roots)
			return nil
		}
	})
}

// showRoots lists roots and keeps the cursor on its person.
func (p *referrals) showRoots(roots []workspace.TreeLine) {
	id := ""
	if p.list.Cursor < len(p.roots) {
		id = p.roots[p.list.Cursor].CustomerID
	}
	p.roots = roots
	p.list.Cursor = max(slices.IndexFunc(roots, func(l workspace.TreeLine) bool { return l.CustomerID == id }), 0)
}

// rootBars are the rows of the list of roots.
func (p *referrals) rootBars() []widget.BarRow {
	rows := make([]widget.BarRow, 0, len(p.roots))
	for _, l := range p.roots {
		value, _ := tabular.Number(treeCells(l)[slices.Index(shownColumns, rootMeasures[p.measure])])
		rows = append(rows, widget.BarRow{
			Label: strangerName(l.CustomerID, l.Known, p.env.Revealed), Value: value,
			Cells: []string{
				i18n.Short(l.Brought), i18n.Short(l.Influence), i18n.Short(l.Conserved), i18n.Number(float64(l.Descendants), 0),
				i18n.Number(float64(l.Depth), 0),
			},
		})
	}
	return rows
}

// listOf returns the list of a pane, nil where there is none.
func (p *referrals) listOf(pane int) *widget.BarList {
	switch pane {
	case paneRoots:
		return &p.list
	case paneRefused:
		return &p.reasons
	case paneGenerations:
		return &p.generations
	}
	return nil
}

func (p *referrals) onClick(msg tea.MouseClickMsg) tea.Cmd {
	t, ok := p.tiles.at(msg.X, msg.Y)
	if !ok || msg.Button != tea.MouseLeft {
		return nil
	}
	again := p.pane == t.pane
	p.pane = t.pane
	list := p.listOf(t.pane)
	if list == nil {
		return nil
	}
	if row, hit := list.Hit(msg.Y - t.y - 1); hit {
		again = again && row == list.Cursor
		list.Cursor = row
		if again && p.Reason(keys.Open) == "" {
			return p.Do(keys.Open)
		}
	}
	return nil
}

// referralsKeys are the page's bindings.
var referralsKeys = keys.Join(
	keys.Map{
		{ID: keys.Open, Keys: []string{"enter"}, Help: "show the tree, or the referrals that do not count", Group: groupPage},
		{ID: cmdAllTrees, Keys: []string{"t"}, Help: "all trees", Group: groupPage, Short: true},
		{ID: keys.NextPane, Keys: []string{"tab"}, Help: "next pane", Group: groupPage, Short: true},
		{ID: cmdMeasure, Keys: []string{"m"}, Help: "list by another measure", Group: groupPage, Short: true},
		{ID: keys.Reveal, Keys: []string{"R"}, Help: "reveal or mask ids that are phones or e-mails", Group: groupPage},
		{ID: cmdRetry, Keys: []string{"r"}, Help: "ask again", Group: groupPage},
	},
	creditKeys,
	exportBinding, sqlBinding,
	keys.Moving(),
)

// Keys returns the page's bindings.
func (p *referrals) Keys() keys.Map { return referralsKeys }

// Reason says why a command cannot be used.
func (p *referrals) Reason(id string) string {
	if id == keys.SQL && len(p.asked) == 0 {
		return noQuestion()
	}
	_, credit := creditKeys.Find(id)
	ranked := credit || id == cmdMeasure || id == cmdAllTrees || id == keys.Open && p.pane == paneRoots
	switch {
	case (ranked || id == keys.Open) && !p.ready:
		return i18n.T("there is no answer yet")
	case ranked && p.people == nil:
		return i18n.T("the trees have not been read yet")
	}
	switch id {
	case keys.Export:
		if !p.ready {
			return i18n.T("there is no answer yet")
		}
	case keys.Open:
		list := p.listOf(p.pane)
		if list == nil || p.pane == paneGenerations {
			return i18n.T("nothing stands behind this; Tab leads to the trees")
		}
		if p.pane == paneRoots && len(p.roots) == 0 || p.pane == paneRefused && len(list.Rows) == 0 {
			return i18n.T("nothing is in it")
		}
	case cmdKeepCredit:
		if sameCredit(p.assume, p.env.Workspace.Settings().Referrals) {
			return i18n.T("λ and θ are those of every page already")
		}
	}
	return ""
}

// Do carries out a command, later if the people are being credited.
func (p *referrals) Do(id string) tea.Cmd {
	switch {
	case id == cmdRetry:
		return p.Init()
	case p.lending.wait(id):
		return nil
	}
	if why := p.Reason(id); why != "" {
		return send(Notice{Text: why, Bad: true})
	}
	if next, ok := nudged(p.assume, id); ok {
		return p.rank(next, p.measure)
	}
	switch id {
	case keys.NextPane:
		p.pane = (p.pane + 1) % referralPanes
	case keys.PreviousPane:
		p.pane = (p.pane + referralPanes - 1) % referralPanes
	case keys.Open:
		return p.open()
	case cmdAllTrees:
		return p.openTree("")
	case cmdMeasure:
		return p.rank(p.assume, (p.measure+1)%len(rootMeasures))
	case cmdKeepCredit:
		return keepCredit(p.env, p.assume)
	case keys.Reveal:
		return p.reveal()
	case keys.Export:
		return export(p.env, 0, p.exports()...)
	case keys.SQL:
		return behind(p.asked, p.Reason(keys.Open) == "", p.question()...)
	default:
		if rows, _, ok := step(id, listPage); ok {
			if list := p.listOf(p.pane); list != nil {
				list.Move(rows)
			}
		}
	}
	return nil
}

// question names the query behind the pane in focus.
func (p *referrals) question() []string {
	switch p.pane {
	case paneRoots:
		return []string{"ask/referral_nodes"}
	case paneRefused:
		return []string{"ask/referral_reasons"}
	case paneGroups:
		return []string{"ask/referral_groups"}
	case paneGenerations:
		return []string{"ask/referral_generations"}
	}
	return []string{"ask/referral_totals", "ask/referral_groups"}
}

// open shows the tree or the refused referrals under the cursor.
func (p *referrals) open() tea.Cmd {
	if p.pane == paneRefused {
		r := p.data.Reasons[p.reasons.Cursor]
		return send(OpenPage{NewRefused(p.env, r.Reason, r.Text)})
	}
	return p.openTree(p.roots[p.list.Cursor].CustomerID)
}

// openTree shows the tree of a root, or every tree for an empty id, under the
// assumptions of this page.
func (p *referrals) openTree(root string) tea.Cmd {
	t := newTree(p.env, root, "", p.people)
	t.assume = p.assume
	return send(OpenPage{t})
}

// reveal shows or masks ids of people the shop does not know.
func (p *referrals) reveal() tea.Cmd {
	if p.env.Revealed {
		p.env.Revealed = false
		return send(Notice{Text: i18n.T("personal data are masked")})
	}
	return revealing(p.env, p.Title(), func(err error) tea.Msg { return revealWritten{err} })
}

// Busy says what runs.
func (p *referrals) Busy() string {
	if text := cmp.Or(p.inquiry.Busy(), p.reading.Busy()); text != "" {
		return text
	}
	return p.lending.what
}

// Cancel stops asking. Crediting is over in a moment; what waits for it is dropped.
func (p *referrals) Cancel() bool {
	asking, reading := p.inquiry.Cancel(), p.reading.Cancel()
	return p.lending.forgo() || asking || reading
}

// Close gives up what runs.
func (p *referrals) Close() {
	p.inquiry.Close()
	p.reading.Close()
}
