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
	cmdExpected = "referrals.expected"
)

// The panes of the referrals page, in the order of tab.
const (
	paneRoots = iota
	paneRefused
	paneGroups
	paneGenerations
	paneReach
	paneSignals // left out where nothing was loaded
	referralPanes
)

// referrals shows how far word of mouth reaches, whether those who were brought in
// are better customers, who brought most, and what does not count.
type referrals struct {
	base
	data    workspace.ReferralSummary
	beside  []workspace.Signal      // what customers do beside buying
	people  *workspace.ReferralTree // everybody in trees; nil until they were read
	pane    int
	tiles   tiles   // of the last view
	reading inquiry // of the people in trees
	lending lending

	assume  workspace.Referrals
	measure int // of rootMeasures
	roots   []workspace.TreeLine
	goal    string // the root to go to once they are listed

	valuing  inquiry // of what is expected of those who were brought in
	expected *workspace.ReferralValue
	unvalued error // why nothing is

	list        widget.BarList // of the roots
	reasons     widget.BarList
	generations widget.BarList
	signals     widget.BarList
}

// referralData is the answer the page shows first.
type referralData struct {
	sum     workspace.ReferralSummary
	signals []workspace.Signal
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
	return ask(&p.inquiry, i18n.T("following referrals"), func(ctx context.Context) (d referralData, err error) {
		if d.sum, err = ws.Referrals(ctx); err == nil {
			d.signals, err = ws.Signals(ctx)
		}
		return d, err
	})
}

// Update handles replies and the mouse.
func (p *referrals) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case reply[referralData]:
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
	case reply[*workspace.ReferralValue]:
		if p.valuing.settle(msg.generation) {
			p.expected, p.unvalued = msg.value, msg.err
			p.asked = append(p.asked, msg.asked...)
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
func (p *referrals) show(d referralData) tea.Cmd {
	sum := d.sum
	p.data, p.beside = sum, d.signals
	p.signals.Rows = signalBars(d.signals)
	if p.pane == paneSignals && len(d.signals) == 0 {
		p.pane = paneRoots
	}
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
	p.expected, p.unvalued = nil, nil
	ws := p.env.Workspace
	read := ask(&p.reading, i18n.T("reading trees"), func(ctx context.Context) (*workspace.ReferralTree, error) { return ws.ReferralTree(ctx, "") })
	if sum.Customers > expectUpTo {
		return read
	}
	return tea.Batch(read, p.expect())
}

// expectUpTo is how many customers' expected value is added up without being asked:
// it takes a second for each ten or twenty thousand.
const expectUpTo = 50_000

// expect adds up what is expected of customers who were brought in, and of others.
func (p *referrals) expect() tea.Cmd {
	return ask(&p.valuing, i18n.T("adding up what is expected"), p.env.Workspace.ReferralValue)
}

// signalBars are the rows of the list of signals: bars of how many people.
func signalBars(signals []workspace.Signal) []widget.BarRow {
	rows := make([]widget.BarRow, 0, len(signals))
	for _, s := range signals {
		rows = append(rows, widget.BarRow{Label: s.Kind, Value: float64(s.People), Cells: []string{
			i18n.Number(float64(s.People), 0), i18n.Number(float64(s.Interactions), 0), signedCount(s.Positive, "+"), signedCount(s.Negative, "−"), number(s.Rating, 2),
		}})
	}
	return rows
}

// signedCount writes how many speak for or against; a dash for none.
func signedCount(n int64, sign string) string {
	if n == 0 {
		return unknown
	}
	return sign + i18n.Number(float64(n), 0)
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
	id := p.goal
	if p.list.Cursor < len(p.roots) {
		id = p.roots[p.list.Cursor].CustomerID
	}
	p.roots, p.goal = roots, ""
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
	case paneSignals:
		return &p.signals
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
		{ID: keys.Open, Keys: []string{"enter"}, Help: "show the tree, the customers, or the referrals that do not count", Group: groupPage},
		{ID: cmdAllTrees, Keys: []string{"t"}, Help: "all trees", Group: groupPage, Short: true},
		{ID: keys.NextPane, Keys: []string{"tab"}, Help: "next pane", Group: groupPage, Short: true},
		{ID: cmdMeasure, Keys: []string{"m"}, Help: "list by another measure", Group: groupPage, Short: true},
		{ID: cmdExpected, Keys: []string{"c"}, Help: "add up the CLV of those who were brought in", Group: groupPage},
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
	case cmdExpected:
		switch {
		case !p.ready:
			return i18n.T("there is no answer yet")
		case p.expected != nil:
			return i18n.T("it is added up already")
		}
	case keys.Export:
		if !p.ready {
			return i18n.T("there is no answer yet")
		}
	case keys.Open:
		if p.pane == paneGenerations {
			return i18n.T("nothing stands behind this; Tab leads to the trees")
		}
		if p.pane == paneRoots && len(p.roots) == 0 || p.pane == paneRefused && len(p.reasons.Rows) == 0 {
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
		p.pane = (p.pane + 1) % p.panes()
	case keys.PreviousPane:
		p.pane = (p.pane + p.panes() - 1) % p.panes()
	case keys.Open:
		return p.open()
	case cmdAllTrees:
		return p.openTree("")
	case cmdMeasure:
		return p.rank(p.assume, (p.measure+1)%len(rootMeasures))
	case cmdExpected:
		return p.expect()
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

// panes is how many panes there are; that of signals comes last.
func (p *referrals) panes() int {
	if len(p.beside) == 0 {
		return paneSignals
	}
	return referralPanes
}

// question names the query behind the pane in focus.
func (p *referrals) question() []string {
	switch p.pane {
	case paneRoots:
		return []string{"ask/referral_nodes"}
	case paneRefused:
		return []string{"ask/referral_reasons"}
	case paneGroups:
		return []string{"ask/referral_groups", "ask/referral_value_groups"}
	case paneSignals:
		return []string{"ask/signals"}
	case paneGenerations:
		return []string{"ask/referral_generations"}
	}
	return []string{"ask/referral_totals", "ask/referral_groups"}
}

// open shows the tree, the refused referrals or the customers under the cursor.
func (p *referrals) open() tea.Cmd {
	among := func(what, of, title string) tea.Cmd {
		return send(OpenPage{NewCustomers(p.env, workspace.View{Among: workspace.Among{What: what, Of: of}}, title)})
	}
	switch p.pane {
	case paneRefused:
		r := p.data.Reasons[p.reasons.Cursor]
		return send(OpenPage{NewRefused(p.env, r.Reason, r.Text)})
	case paneSignals:
		kind := p.beside[p.signals.Cursor].Kind
		return among(workspace.AmongInteraction, kind, i18n.T("customers with: %s", kind))
	case paneGroups, paneReach:
		return among(workspace.AmongReferred, "yes", i18n.T("brought in"))
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
	if text := cmp.Or(p.inquiry.Busy(), p.reading.Busy(), p.valuing.Busy()); text != "" {
		return text
	}
	return p.lending.what
}

// Cancel stops asking. Crediting is over in a moment; what waits for it is dropped.
func (p *referrals) Cancel() bool {
	asking, reading, valuing := p.inquiry.Cancel(), p.reading.Cancel(), p.valuing.Cancel()
	return p.lending.forgo() || asking || reading || valuing
}

// Close gives up what runs.
func (p *referrals) Close() {
	p.inquiry.Close()
	p.reading.Close()
	p.valuing.Close()
}
