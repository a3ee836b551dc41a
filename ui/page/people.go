package page

import (
	"context"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// Commands of the review of persons.
const (
	cmdPeople = "people"
	cmdAccept = "people.accept"
	cmdRefuse = "people.refuse"
	cmdUndo   = "people.undo"
)

// Panes of the review, in the order of tab.
const (
	paneSuggested = iota
	paneMerged
	peoplePanes
)

// people reviews who is who: pairs that may be one person side by side, and what
// was merged, to be accepted, refused and taken back.
type people struct {
	base
	data     peopleData
	decision inquiry // under way
	pane     int
	tiles    tiles // of the last view
	pairs    widget.BarList
	merges   widget.BarList
}

// peopleData is the answer the page shows.
type peopleData struct {
	suggested workspace.Suggestions
	merges    workspace.Merges
}

// mostPeople is how many suggestions and merges the page lists.
const mostPeople = 500

// NewPeople returns the page that reviews who is who.
func NewPeople(env *Env) Page { return &people{base: base{env: env}} }

// Title is the name of the page.
func (p *people) Title() string { return i18n.T("who is who") }

// Init compares the persons and asks for the merges.
func (p *people) Init() tea.Cmd {
	ws := p.env.Workspace
	return ask(&p.inquiry, i18n.T("comparing customers"), func(ctx context.Context) (d peopleData, err error) {
		if d.suggested, err = ws.Suggestions(ctx, mostPeople); err != nil {
			return d, err
		}
		d.merges, err = ws.Merges(ctx, mostPeople)
		return d, err
	})
}

// Update handles replies and the mouse.
func (p *people) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case reply[peopleData]:
		if p.accept(msg.generation, msg.err) {
			p.asked = msg.asked
			p.show(msg.value)
		}
	case reply[string]:
		return p.decided(msg)
	case revealWritten:
		return revealed(p.env, msg.err)
	case tea.MouseClickMsg:
		p.onClick(msg)
	case Wheel:
		p.list().Move(msg.Lines)
	}
	return nil
}

// show takes over an answer; the cursors stay where they are.
func (p *people) show(d peopleData) {
	p.data = d
	p.pairs.Rows, p.merges.Rows = nil, nil
	for _, s := range d.suggested.Pairs {
		p.pairs.Rows = append(p.pairs.Rows, widget.BarRow{
			Label: s.One.CustomerID + " + " + s.Other.CustomerID, Value: s.Score, Cells: []string{i18n.Number(s.Score, 2)},
		})
	}
	p.pairs.Max = 1
	for _, m := range d.merges.List {
		p.merges.Rows = append(p.merges.Rows, widget.BarRow{
			Label: m.CustomerID + " + " + strings.Join(m.Others, ", "), Cells: []string{stateText(m.State), m.DecidedAt.Format("2006-01-02")},
		})
	}
}

// stateText says what became of a merge.
func stateText(s workspace.MergeState) string {
	switch s {
	case workspace.MergeMade:
		return i18n.T("one person")
	case workspace.MergeUndone:
		return i18n.T("taken back")
	case workspace.MergeRefused:
		return i18n.T("two persons")
	case workspace.MergeLapsed:
		return i18n.T("lapsed")
	}
	return string(s)
}

func (p *people) list() *widget.BarList {
	if p.pane == paneMerged {
		return &p.merges
	}
	return &p.pairs
}

func (p *people) onClick(msg tea.MouseClickMsg) {
	if t, ok := p.tiles.at(msg.X, msg.Y); ok && msg.Button == tea.MouseLeft && t.pane == paneSuggested {
		if row, hit := p.list().Hit(msg.Y - t.y - 1); hit {
			p.list().Cursor = row
		}
	}
}

// peopleKeys are the page's bindings.
var peopleKeys = keys.Join(
	keys.Map{
		{ID: cmdAccept, Keys: []string{"m"}, Help: "merge: the two are one person", Group: groupPage, Short: true},
		{ID: cmdRefuse, Keys: []string{"x"}, Help: "refuse: they are two persons", Group: groupPage, Short: true},
		{ID: cmdUndo, Keys: []string{"u"}, Help: "take the merge or refusal back", Group: groupPage, Short: true},
		{ID: keys.NextPane, Keys: []string{"tab"}, Help: "suggested pairs, or what was merged", Group: groupPage, Short: true},
		{ID: keys.PreviousPane, Keys: []string{"shift+tab"}, Help: "what was merged, or suggested pairs", Group: groupPage},
		{ID: keys.Reveal, Keys: []string{"R"}, Help: "reveal or mask personal fields", Group: groupPage},
		{ID: cmdRetry, Keys: []string{"r"}, Help: "ask again", Group: groupPage},
	},
	sqlBinding,
	keys.Moving().Without(keys.Left, keys.Right),
)

// Keys returns the page's bindings.
func (p *people) Keys() keys.Map { return peopleKeys }

// Reason says why a command cannot be used.
func (p *people) Reason(id string) string {
	_, pair := p.pair()
	merge, merged := p.merge()
	switch {
	case (id == cmdAccept || id == cmdRefuse || id == cmdUndo) && p.decision.Busy() != "":
		return p.decision.Busy()
	case (id == cmdAccept || id == cmdRefuse) && !pair:
		return i18n.T("no suggested pair is chosen")
	case id == cmdUndo && !merged:
		return i18n.T("no merge is chosen; tab shows them")
	case id == cmdUndo && merge.State != workspace.MergeMade && merge.State != workspace.MergeRefused:
		return i18n.T("this joins nobody any more")
	}
	return ""
}

// pair returns the suggestion under the cursor.
func (p *people) pair() (workspace.Suggestion, bool) {
	if p.pane != paneSuggested || p.pairs.Cursor >= len(p.data.suggested.Pairs) {
		return workspace.Suggestion{}, false
	}
	return p.data.suggested.Pairs[p.pairs.Cursor], true
}

// merge returns the merge under the cursor.
func (p *people) merge() (workspace.Merge, bool) {
	if p.pane != paneMerged || p.merges.Cursor >= len(p.data.merges.List) {
		return workspace.Merge{}, false
	}
	return p.data.merges.List[p.merges.Cursor], true
}

// Do carries out a command.
func (p *people) Do(id string) tea.Cmd {
	switch id {
	case cmdAccept, cmdRefuse, cmdUndo:
		if p.Reason(id) != "" {
			return nil
		}
		return p.decide(id)
	case keys.NextPane, keys.PreviousPane:
		p.pane = (p.pane + 1) % peoplePanes
	case keys.Reveal:
		return p.reveal()
	case keys.SQL:
		return behind(p.asked, false)
	case cmdRetry:
		return p.Init()
	default:
		list := p.list()
		if rows, _, ok := step(id, max(len(list.Rows)/4, 1)); ok {
			list.Move(rows)
		}
	}
	return nil
}

// reveal shows or masks personal fields; that they are shown is written down first.
func (p *people) reveal() tea.Cmd {
	if p.env.Revealed {
		p.env.Revealed = false
		return nil
	}
	return revealing(p.env, i18n.T("who is who"), func(err error) tea.Msg { return revealWritten{err} })
}

// decide carries out a decision and rebuilds the analysis, in a command.
func (p *people) decide(id string) tea.Cmd {
	ws := p.env.Workspace
	pair, _ := p.pair()
	merge, _ := p.merge()
	return ask(&p.decision, i18n.T("rebuilding the analysis"), func(ctx context.Context) (string, error) {
		one, other := pair.One.CustomerID, pair.Other.CustomerID
		switch id {
		case cmdAccept:
			return i18n.T("%s and %s are one person now; tab and u take it back", one, other), ws.AcceptMerge(ctx, pair.Pair(), nil)
		case cmdRefuse:
			return i18n.T("%s and %s stay two persons", one, other), ws.RefuseMerge(ctx, pair.Pair(), nil)
		}
		apart, err := ws.UndoMerge(ctx, merge.Number, nil)
		if !apart {
			return i18n.T("taken back; the ids remain one person because they have another key in common"), err
		}
		return i18n.T("merge %s was taken back", strconv.FormatInt(merge.Number, 10)), err
	})
}

// decided ends a decision: every page asks anew.
func (p *people) decided(msg reply[string]) tea.Cmd {
	if !p.decision.settle(msg.generation) {
		return nil
	}
	switch {
	case canceled(msg.err):
		return send(Notice{Text: i18n.T("cancelled; everything is as it was")})
	case msg.err != nil:
		return send(Notice{Text: msg.err.Error(), Bad: true})
	}
	return tea.Batch(send(Notice{Text: msg.value}), send(Changed{}))
}

// Busy returns what runs.
func (p *people) Busy() string {
	if busy := p.decision.Busy(); busy != "" {
		return busy
	}
	return p.base.Busy()
}

// Cancel cancels the decision that runs, or the question.
func (p *people) Cancel() bool { return p.decision.Cancel() || p.base.Cancel() }

// Close gives up what runs.
func (p *people) Close() {
	p.decision.Close()
	p.base.Close()
}
