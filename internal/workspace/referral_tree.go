package workspace

import (
	"context"
	"strings"

	"worth/internal/duck"
	"worth/internal/referral"
	"worth/internal/tabular"
)

// ReferralTree is the forest of referrals in memory, as lines that open and
// close. Its methods touch no database and answer within milliseconds at a
// million people; they are for one goroutine at a time. Loading and new settings
// make it old: ask for it again.
type ReferralTree struct {
	forest *referral.Forest
	credit *referral.Credit
	view   *referral.View
	ids    *ids
	known  []bool // by node
}

// TreeLine is one line of the tree: a person. Amounts are in currency and as
// ReferralColumns defines them.
type TreeLine struct {
	CustomerID                                                               string
	Known                                                                    bool // false for a referrer only the referral files name
	Level                                                                    int  // how far to indent
	Open                                                                     bool // whether those below are shown
	Direct, Descendants, Depth, Generation                                   int
	Own, DirectValue, Brought, Influence, Conserved, Referral, PassedUp, CRV float64
}

// ReferralTree reads the forest: the tree of one person, or every tree when id is
// empty. It returns a *NoAnswerError when no referral was loaded, and a
// *NotFoundError when nobody in a tree has the id.
func (w *Workspace) ReferralTree(ctx context.Context, id string) (*ReferralTree, error) {
	if err := w.referable(ctx); err != nil {
		return nil, err
	}
	s, t, err := w.readTree(ctx)
	if err != nil {
		return nil, err
	}
	if t.forest, err = referral.Build(s.people, s.edges, referral.Options{ChainStaff: true, ChainKOL: true}); err != nil {
		return nil, err
	}
	values := referral.Values{Own: s.own, Counted: s.counted} // nodes are people, in their order
	if t.credit, err = t.forest.Credit(values, w.Settings().Referrals.Params()); err != nil {
		return nil, err
	}
	root := -1
	if id != "" {
		if root = t.ids.find(id); root < 0 {
			return nil, w.notFound(ctx, id)
		}
	}
	t.view = referral.NewView(t.forest, root)
	return t, nil
}

// readTree reads derived.referrals: everybody in it, and who brought them in.
func (w *Workspace) readTree(ctx context.Context) (*statements, *ReferralTree, error) {
	s, t := &statements{}, &ReferralTree{ids: &ids{}}
	c := duck.Call{Name: "ask/referral_nodes"}
	trace(ctx, c)
	err := w.db.Each(ctx, c, func(row []any) error {
		key, _ := row[1].(int64)
		if parent, referred := row[0].(int64); referred {
			reward, _ := row[6].(float64)
			s.edges = append(s.edges, referral.Edge{Referrer: s.people[parent].Key, Referred: key, At: referral.Undated, Reward: reward})
		}
		s.people = append(s.people, referral.Person{Key: key, Until: referral.Undated})
		name, _ := row[2].(string)
		t.ids.add(name)
		known, _ := row[3].(bool)
		own, _ := row[4].(float64)
		counted, _ := row[5].(float64)
		t.known, s.own, s.counted = append(t.known, known), append(s.own, own), append(s.counted, counted)
		return nil
	})
	return s, t, err
}

// Len returns the number of lines shown.
func (t *ReferralTree) Len() int { return t.view.Len() }

// Line returns a line, 0 the first.
func (t *ReferralTree) Line(line int) TreeLine {
	l := t.describe(t.view.Node(line))
	l.Level, l.Open = t.view.Level(line), t.view.Open(line)
	return l
}

func (t *ReferralTree) describe(node int) TreeLine {
	f, c := t.forest, t.credit
	return TreeLine{
		CustomerID: t.ids.at(node), Known: t.known[node],
		Direct: f.Direct(node), Descendants: f.Descendants(node), Depth: f.Depth(node), Generation: f.Generation(node),
		Own: c.Own[node], DirectValue: rounded(c.DirectValue[node]), Brought: rounded(c.Brought[node]), Influence: rounded(c.Influence[node]),
		Conserved: rounded(c.Conserved[node]), Referral: rounded(c.Referral(node)), PassedUp: rounded(c.Passed(node)), CRV: rounded(c.CRV[node]),
	}
}

// ExpandBelow opens a line and everything below it.
func (t *ReferralTree) ExpandBelow(line int) { t.view.ExpandBelow(line) }

// CollapseBelow closes a line and everything below it.
func (t *ReferralTree) CollapseBelow(line int) { t.view.CollapseBelow(line) }

// Toggle opens a closed line and closes an open one.
func (t *ReferralTree) Toggle(line int) { t.view.Toggle(line) }

// ExpandAll opens everything.
func (t *ReferralTree) ExpandAll() { t.view.ExpandAll() }

// CollapseAll closes everything.
func (t *ReferralTree) CollapseAll() { t.view.CollapseAll() }

// ExpandTo opens what is less than levels below the roots and closes the rest.
func (t *ReferralTree) ExpandTo(levels int) { t.view.ExpandTo(levels) }

// Parent returns the line of who brought in the person on a line, or -1.
func (t *ReferralTree) Parent(line int) int { return t.view.Parent(line) }

// Path returns the ids from the root to the person on a line, both included.
func (t *ReferralTree) Path(line int) []string {
	path := t.forest.Path(t.view.Node(line))
	names := make([]string, len(path))
	for i, node := range path {
		names[i] = t.ids.at(node)
	}
	return names
}

// Reveal opens what is above a person and returns the line, or -1 when nobody of
// that id is in the tree.
func (t *ReferralTree) Reveal(id string) int {
	return t.reveal(t.ids.find(id))
}

// Search looks for the next person after a line, -1 for the first, whose id
// contains text, upper and lower case alike, shown or not, and begins anew at the
// top. Ids of people the shop does not know are looked through as MaskStated leaves
// them, unless revealed. It opens what is above the person and returns the line, or -1.
func (t *ReferralTree) Search(text string, after int, revealed bool) int {
	return t.reveal(t.view.Next(t.nodeOn(after), t.holding(text, revealed)))
}

// SearchBack is Search towards the top: it looks for the person before a line, -1
// for the last, and begins anew at the end.
func (t *ReferralTree) SearchBack(text string, before int, revealed bool) int {
	return t.reveal(t.view.Previous(t.nodeOn(before), t.holding(text, revealed)))
}

// holding returns whether the id of a person contains text as it may be seen.
func (t *ReferralTree) holding(text string, revealed bool) func(int) bool {
	text = strings.ToLower(text)
	return func(node int) bool {
		id := t.ids.at(node)
		if !revealed && !t.known[node] {
			id = MaskStated(id)
		}
		return strings.Contains(strings.ToLower(id), text)
	}
}

// nodeOn returns the node on a line, or -1 without one.
func (t *ReferralTree) nodeOn(line int) int {
	if line < 0 || line >= t.view.Len() {
		return -1
	}
	return t.view.Node(line)
}

// reveal opens what is above a node and returns its line, or -1 without a node.
func (t *ReferralTree) reveal(node int) int {
	if node < 0 {
		return -1
	}
	return t.view.Reveal(node)
}

// SortBy orders siblings by a numeric column of ReferralColumns, or by value so far, best
// first, when column is empty. What is open stays open.
func (t *ReferralTree) SortBy(column string, descending bool) error {
	if column == "" {
		t.view.Sort(nil, false)
		return nil
	}
	value, ok := t.measures()[column]
	if !ok {
		return unknownMeasure(column)
	}
	t.view.Sort(value, descending)
	return nil
}

func (t *ReferralTree) measures() map[string]func(int) float64 {
	of := func(values []float64) func(int) float64 { return func(node int) float64 { return values[node] } }
	count := func(n func(int) int) func(int) float64 { return func(node int) float64 { return float64(n(node)) } }
	f, c := t.forest, t.credit
	return map[string]func(int) float64{
		"own": of(c.Own), "direct": count(f.Direct), "descendants": count(f.Descendants), "direct_value": of(c.DirectValue), "brought": of(c.Brought),
		"influence": of(c.Influence), "conserved": of(c.Conserved), "depth": count(f.Depth), "referral": c.Referral, "passed_up": c.Passed,
		"crv": of(c.CRV), "generation": count(f.Generation),
	}
}

// Recompute shows the credit under other assumptions, without keeping them; those
// that shape the forest or what counts (Window, LastTouch, ChainStaff, ChainKOL)
// are left as they are.
func (t *ReferralTree) Recompute(r Referrals) error { return t.credit.Recompute(r.Params()) }

// Subtree returns the person on a line and everybody below, in pre-order, with
// the columns of ReferralColumns, under the assumptions in force.
func (t *ReferralTree) Subtree(line int) tabular.Table {
	root := t.view.Node(line)
	out := tabular.Table{Columns: referralColumns, Rows: make([][]any, 0, t.forest.Size(root))}
	for node := root; node < root+t.forest.Size(root); node++ {
		out.Rows = append(out.Rows, t.row(node))
	}
	return out
}

// row returns a node with the columns of ReferralColumns.
func (t *ReferralTree) row(node int) []any {
	l := t.describe(node)
	var referrer, referrerKnown any
	if p := t.forest.Parent(node); p >= 0 {
		referrer, referrerKnown = t.ids.at(p), t.known[p]
	}
	return []any{
		l.CustomerID, l.Own, int64(l.Direct), int64(l.Descendants), l.DirectValue, l.Brought, l.Influence, l.Conserved, int64(l.Depth),
		l.Referral, l.PassedUp, l.CRV, int64(l.Generation), referrer, l.Known, referrerKnown,
	}
}

// ids are many short texts in one: a million strings of their own would take
// three times the room.
type ids struct {
	text strings.Builder
	ends []int
}

func (x *ids) add(id string) {
	x.text.WriteString(id)
	x.ends = append(x.ends, x.text.Len())
}

func (x *ids) at(i int) string {
	from := 0
	if i > 0 {
		from = x.ends[i-1]
	}
	return x.text.String()[from:x.ends[i]]
}

// find returns the number of an id, or -1.
func (x *ids) find(id string) int {
	for i := range x.ends {
		if x.at(i) == id {
			return i
		}
	}
	return -1
}
