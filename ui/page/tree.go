package page

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// The commands of the tree explorer beside those of package keys.
const (
	cmdClose        = "tree.close"
	cmdExpandBelow  = "tree.expand"
	cmdCloseBelow   = "tree.collapse"
	cmdExpandAll    = "tree.expand.all"
	cmdCloseAll     = "tree.collapse.all"
	cmdParent       = "tree.parent"
	cmdFollow       = "tree.customer"
	cmdNextColumn   = "tree.column.next"
	cmdBeforeColumn = "tree.column.previous"
)

// tree walks the people who came through somebody, or through anybody, with what
// each brought.
//
// The tree itself lives in memory. Short steps are taken in the update loop; what
// may take longer than a frame at a million people (search, sorting, new
// assumptions) is done in a command, while the last view stays on screen.
type tree struct {
	base
	root  string                  // whose tree; empty: every tree
	known bool                    // the shop knows them other than as a referrer
	start string                  // who the cursor is on at first; empty: the root
	only  bool                    // with an empty root: the tree start stands in, not every tree
	from  *workspace.ReferralTree // the people, if they were read already

	tree   *workspace.ReferralTree // nil until it was read
	assume workspace.Referrals
	list   *widget.Tree
	path   []string // to the person under the cursor

	lending   lending
	prompt    *gridPrompt // of a search or an export
	searching bool        // it is of a search
	sought    []string    // what was searched for before
	named     []string    // what was exported to before
	exporting gridTask
	frame     string // the last view, for while the tree is lent
	listY     int    // the line of the view the list begins at
}

// NewTree returns the explorer of the tree of a person who is the root of one; an
// empty id is every tree.
func NewTree(env *Env, root string) Page { return newTree(env, root, "", nil) }

// NewTreeAround returns the explorer of the tree a person stands in, with the
// cursor on them.
func NewTreeAround(env *Env, id string) Page {
	p := newTree(env, "", id, nil)
	p.only = true
	return p
}

// newTree returns an explorer over people who were read already, or are to be
// read for nil.
func newTree(env *Env, root, start string, from *workspace.ReferralTree) *tree {
	p := &tree{base: base{env: env}, root: root, start: start, from: from, assume: env.Workspace.Settings().Referrals}
	p.list = widget.NewTree(env.Theme, nil)
	p.list.Columns = treeColumns()
	p.list.Heading = i18n.T("person")
	return p
}

// shownColumns are the values of the explorer, the first ones first.
var shownColumns = []string{
	"own", "conserved", "brought", "influence", "direct", "descendants", "depth", "direct_value", "referral", "passed_up", "crv", "generation",
}

// treeColumns are the columns of the explorer.
func treeColumns() []tabular.Column {
	all := &tabular.Table{Columns: workspace.ReferralColumns()}
	var columns []tabular.Column
	for _, name := range shownColumns {
		columns = append(columns, all.Columns[all.Index(name)])
	}
	return columns
}

// Title names whose tree it is.
func (p *tree) Title() string {
	switch {
	case p.tree == nil && (p.root != "" || p.start != ""):
		return i18n.T("tree")
	case p.root != "":
		return strangerName(p.root, p.known, p.env.Revealed)
	}
	return i18n.T("all trees")
}

// treeRead is a tree that was read, and the line to put the cursor on.
type treeRead struct {
	root string
	only bool // see tree
	tree *workspace.ReferralTree
	line int
}

// Init reads the tree, or the part of it that is explored.
func (p *tree) Init() tea.Cmd {
	ws, from, root, start, only, assume := p.env.Workspace, p.from, p.root, p.start, p.only, p.assume
	if p.tree != nil { // the workspace has changed
		from, assume = nil, ws.Settings().Referrals
		if p.list.Len() > 0 && p.lending.what == "" {
			start = p.person().CustomerID
		}
	}
	p.assume = assume
	sorted, falling := p.list.Sorted, p.list.Falling
	return ask(&p.inquiry, i18n.T("reading the tree"), func(ctx context.Context) (treeRead, error) {
		r, err := readTree(ctx, ws, from, treeRead{root: root, only: only}, start, assume)
		if err == nil && sorted != "" {
			err = r.sort(sorted, falling)
		}
		return r, err
	})
}

// readTree reads the people unless that was done, and takes the tree of the root of
// r, the one start stands in, or every tree.
func readTree(ctx context.Context, ws *workspace.Workspace, from *workspace.ReferralTree, r treeRead, start string, assume workspace.Referrals) (treeRead, error) {
	var err error
	if from == nil {
		if from, err = ws.ReferralTree(ctx, ""); err != nil {
			return r, err
		}
	}
	if r.root == "" && r.only {
		if line := from.Reveal(start); line >= 0 {
			r.root = from.Path(line)[0]
		}
	}
	if r.tree, err = from.Fork(r.root, assume); err != nil {
		return r, err
	}
	r.line = max(r.tree.Reveal(start), 0)
	return r, ctx.Err()
}

// sort orders siblings and keeps the line on its person.
func (r *treeRead) sort(column string, falling bool) error {
	if r.tree.Len() == 0 {
		return nil
	}
	id := r.tree.Line(r.line).CustomerID
	if err := r.tree.SortBy(column, falling); err != nil {
		return err
	}
	r.line = max(r.tree.Reveal(id), 0)
	return nil
}

// Update handles replies, the mouse, and keys while a search or a file name is
// typed.
func (p *tree) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case reply[treeRead]:
		if p.accept(msg.generation, msg.err) {
			p.asked = append(p.asked[:0:0], msg.asked...)
			p.show(msg.value)
		}
	case returned:
		return p.lending.take(msg, p.Do)
	case treeExported:
		return p.onExported(msg)
	case revealWritten:
		return revealed(p.env, msg.err)
	case tea.KeyPressMsg:
		return p.onKey(msg)
	case tea.PasteMsg:
		if p.prompt != nil {
			p.prompt.Insert(msg.Content)
		}
	case tea.MouseClickMsg:
		return p.onClick(msg)
	case Wheel:
		if p.usable() {
			p.list.Scroll(msg.Lines)
			p.look()
		}
	}
	return nil
}

// usable reports whether the tree is there and not lent.
func (p *tree) usable() bool { return p.ready && p.lending.what == "" }

// show takes over a tree.
func (p *tree) show(r treeRead) {
	p.root, p.only, p.tree, p.from = r.root, false, r.tree, nil
	p.known = r.tree.Len() > 0 && r.tree.Line(0).Known
	p.list.SetSource(treeLines{p})
	p.list.Goto(r.line)
	p.look()
}

// look takes note of who is under the cursor.
func (p *tree) look() {
	p.path = nil
	if p.list.Len() > 0 {
		p.path = p.tree.Path(p.list.Cursor())
	}
}

// person returns who is under the cursor; there must be lines.
func (p *tree) person() workspace.TreeLine { return p.tree.Line(p.list.Cursor()) }

// treeLines are the lines of a tree as the list draws them.
type treeLines struct{ p *tree }

// Len implements widget.TreeSource.
func (s treeLines) Len() int { return s.p.tree.Len() }

// Line implements widget.TreeSource.
func (s treeLines) Line(i int) widget.TreeLine {
	l := s.p.tree.Line(i)
	out := widget.TreeLine{
		Label: strangerName(l.CustomerID, l.Known, s.p.env.Revealed), Level: l.Level, Inner: l.Direct > 0, Open: l.Open, Faint: !l.Known,
		Cells: treeCells(l),
	}
	if out.Inner && !l.Open {
		out.Note = i18n.T("(%d)", l.Descendants)
	}
	return out
}

// treeCells are the values of a person in the order of shownColumns.
func treeCells(l workspace.TreeLine) []any {
	return []any{
		l.Own, l.Conserved, l.Brought, l.Influence, int64(l.Direct), int64(l.Descendants), int64(l.Depth), l.DirectValue, l.Referral, l.PassedUp,
		l.CRV, int64(l.Generation),
	}
}

// treeKeys are the page's bindings.
var treeKeys = keys.Join(
	keys.Map{
		{ID: keys.Open, Keys: []string{"enter", "space"}, Help: "open or close", Group: groupPage, Short: true},
		{ID: cmdFollow, Keys: []string{"o"}, Help: "show the customer", Group: groupPage, Short: true},
		{ID: cmdParent, Keys: []string{"p"}, Help: "go to who brought them in", Group: groupPage, Short: true},
		{ID: keys.Search, Keys: []string{"/"}, Help: "search", Group: groupPage, Short: true},
		{ID: keys.SortDescending, Keys: []string{"S"}, Help: "sort siblings by this column, largest first", Group: groupPage},
		{ID: keys.SortAscending, Keys: []string{"s"}, Help: "sort siblings by this column, smallest first", Group: groupPage},
		{ID: keys.Export, Keys: []string{"e"}, Help: "export this person and who came through them", Group: groupPage},
		{ID: cmdNextColumn, Keys: []string{"tab"}, Help: "next column", Group: groupPage, Short: true},
		{ID: cmdBeforeColumn, Keys: []string{"shift+tab"}, Help: "column before", Group: groupPage},
		{ID: keys.Right, Keys: []string{"right", "l"}, Help: "open, then go to the first below", Group: groupPage},
		{ID: cmdClose, Keys: []string{"left", "h"}, Help: "close, then go to who brought them in", Group: groupPage},
		{ID: cmdExpandBelow, Keys: []string{"*"}, Help: "open everything below", Group: groupPage},
		{ID: cmdCloseBelow, Keys: []string{"-"}, Help: "close everything below", Group: groupPage},
		{ID: cmdExpandAll, Keys: []string{"+"}, Help: "open everything", Group: groupPage},
		{ID: cmdCloseAll, Keys: []string{"_"}, Help: "close everything", Group: groupPage},
		{ID: keys.SearchNext, Keys: []string{"n"}, Help: "go to the next match", Group: groupPage},
		{ID: keys.SearchPrev, Keys: []string{"N"}, Help: "go to the match before", Group: groupPage},
		{ID: keys.FirstColumn, Keys: []string{"^"}, Help: "go to the first column", Group: groupPage},
		{ID: keys.LastColumn, Keys: []string{"$"}, Help: "go to the last column", Group: groupPage},
		{ID: keys.Reveal, Keys: []string{"R"}, Help: "reveal or mask ids that are phones or e-mails", Group: groupPage},
		{ID: cmdRetry, Keys: []string{"r"}, Help: "ask again", Group: groupPage},
	},
	creditKeys,
	sqlBinding,
	keys.Moving().Without(keys.Left, keys.Right),
)

// TreeKeys returns the bindings of the tree explorer, for the README.
func TreeKeys() keys.Map { return treeKeys }

// Keys returns the page's bindings.
func (p *tree) Keys() keys.Map {
	switch {
	case p.prompt == nil:
		return treeKeys
	case p.searching:
		return searchKeys
	}
	return exportKeys
}

// Reason says why a command cannot be used now.
func (p *tree) Reason(id string) string {
	if _, own := treeKeys.Find(id); !own || id == cmdRetry {
		return ""
	}
	if !p.ready || p.lending.what != "" { // what is lent is asked when it is back
		if !p.ready {
			return i18n.T("nothing was read yet")
		}
		return ""
	}
	if id == keys.SQL && len(p.asked) == 0 {
		return noQuestion()
	}
	if p.list.Len() == 0 {
		return i18n.T("nobody is in a tree")
	}
	switch id {
	case keys.SearchNext, keys.SearchPrev:
		if p.list.Query == "" {
			return i18n.T("nothing was searched for yet")
		}
	case cmdFollow:
		if l := p.person(); !l.Known {
			return i18n.T("the shop knows %s only as a referrer", strangerName(l.CustomerID, false, p.env.Revealed))
		}
	case cmdParent:
		if p.tree.Parent(p.list.Cursor()) < 0 {
			return i18n.T("nobody brought them in")
		}
	case cmdKeepCredit:
		if sameCredit(p.assume, p.env.Workspace.Settings().Referrals) {
			return i18n.T("λ and θ are those of every page already")
		}
	}
	return ""
}

// Capture reports whether a search or a file name is typed.
func (p *tree) Capture() bool { return p.prompt != nil }

// Busy says what runs.
func (p *tree) Busy() string {
	if text := p.inquiry.Busy(); text != "" {
		return text
	}
	if p.exporting.running() {
		return i18n.T("exporting")
	}
	return p.lending.what
}

// Cancel stops reading and exporting. What works on the tree in memory is over in
// a moment; what waits for it is dropped.
func (p *tree) Cancel() bool {
	asking, exporting := p.inquiry.Cancel(), p.exporting.stop()
	return p.lending.forgo() || asking || exporting
}

// Close gives up what the page holds.
func (p *tree) Close() {
	p.inquiry.Close()
	p.exporting.stop()
}
