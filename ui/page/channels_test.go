package page

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"worth/internal/workspace"
	"worth/ui/keys"
)

// asks returns the dialog that Q of a page opens.
func asks(t testing.TB, p Page) *askedDialog {
	t.Helper()
	cmd := p.Do(keys.SQL)
	if cmd == nil {
		t.Fatalf("Q of %s sends nothing", p.Title())
	}
	msg := cmd()
	open, ok := msg.(OpenOverlay)
	if !ok {
		t.Fatalf("Q of %s sends %v", p.Title(), msg)
	}
	d, ok := open.Overlay.(*askedDialog)
	if !ok {
		t.Fatalf("Q of %s opens %T", p.Title(), open.Overlay)
	}
	return d
}

// asksFor fails unless Q of a page shows the queries, and leads to rows by a command.
func asksFor(t testing.TB, p Page, drill string, names ...string) {
	t.Helper()
	d := asks(t, p)
	got := make([]string, len(d.asked))
	for i, a := range d.asked {
		got[i] = a.Name
		if a.SQL == "" || a.Question == "" {
			t.Errorf("%s is shown without its text", a.Name)
		}
	}
	if strings.Join(got, " ") != strings.Join(names, " ") || d.drill != drill {
		t.Errorf("Q of %s shows %v and leads on by %q, not %v by %q", p.Title(), got, d.drill, names, drill)
	}
}

func TestChannelsDrillAndExplain(t *testing.T) {
	env := familyEnv(t)
	p := familyChannels(t, env)
	shows(t, p, "微信", "no channel named", "net revenue EUR", "CLV : CAC")
	asksFor(t, p, keys.Open, "ask/channels")
	gridDo(t, p, keys.Down)
	shows(t, p, "7,000.00 was spent on it; 7 customers first ordered while it was", "1,610.00: 1.61 for each 1 spent (earning)", "A CAC of up to 536.67")
	for range 2 {
		gridDo(t, p, keys.Right)
	}
	gridDo(t, p, keys.SortAscending, keys.First)
	none := opened(t, openedBy(t, p, keys.Open))
	if none.Title() != "radio (0)" {
		t.Errorf("the smallest channel opens %q", none.Title())
	}
	gridDo(t, p, keys.Down)
	one := opened(t, openedBy(t, p, keys.Open))
	if one.Title() != "no channel named (1)" {
		t.Errorf("the next one opens %q", one.Title())
	}
	asksFor(t, one, keys.Open, "grid/customers_rows")

	gridDo(t, p, keys.NextPane)
	asksFor(t, p, keys.Open, "ask/campaigns")
	shows(t, p, "before and after, not cause and effect", "Poster")
	gridDo(t, p, keys.Down)
	shows(t, p, "2 members were treated and 2 left alone", "Net revenue is not yet earnings")
	segments := opened(t, openedBy(t, p, keys.Open))
	asksFor(t, segments, keys.Open, "ask/campaigns")
	members := opened(t, openedBy(t, segments, keys.Open))
	if !strings.HasPrefix(members.Title(), "Letter, ") {
		t.Errorf("a segment opens %q", members.Title())
	}
	if offers := p.exports(); len(offers) != 3 || len(offers[paneCampaigns].table.Rows) != 2 || len(offers[paneChannels].table.Rows) != 4 {
		t.Errorf("exported are %+v", offers)
	}
}

func TestChannelsKeepTheirPlace(t *testing.T) {
	env := familyEnv(t)
	p := familyChannels(t, env)
	gridDo(t, p, keys.Down, keys.Down)
	again, _ := NewChannels(env).(*channels)
	again.Restore(kept(t, p.Place()))
	opened(t, again)
	gridDrain(t, again, again.Update(nil))
	if got, want := again.under(paneChannels)[0], p.under(paneChannels)[0]; got != want {
		t.Errorf("it is returned to %v, not %v", got, want)
	}
	p.Update(tea.MouseClickMsg{X: 5, Y: p.tiles[0][1].y + 2, Button: tea.MouseLeft})
	if p.pane != paneCampaigns {
		t.Error("a click into the campaigns does not lead there")
	}
}

func TestChannelsWithoutAny(t *testing.T) {
	p := opened(t, NewChannels(shopEnvWithout(t)))
	shows(t, p, "there are no orders to analyse")
	for _, b := range p.Keys() {
		gridDo(t, p, b.ID)
	}
}

// shopEnvWithout is an environment over a workspace with nothing in it.
func shopEnvWithout(t testing.TB) *Env {
	t.Helper()
	ws, err := emptyWorkspace()
	if err != nil {
		t.Fatal(err)
	}
	return &Env{Workspace: ws, Theme: sampleEnv(t).Theme}
}

// TestQueriesBehindPages asks for the query behind every pane of the pages that
// answer more than one question, and where Enter leads from there.
func TestQueriesBehindPages(t *testing.T) {
	env := familyEnv(t)
	p := familyReferrals(t, env)
	for _, want := range []struct{ drill, names string }{
		{keys.Open, "ask/referral_nodes"},
		{keys.Open, "ask/referral_reasons"},
		{keys.Open, "ask/referral_groups"},
		{"", "ask/referral_generations"},
		{keys.Open, "ask/referral_totals ask/referral_groups"},
		{keys.Open, "ask/signals"},
	} {
		asksFor(t, p, want.drill, strings.Fields(want.names)...)
		gridDo(t, p, keys.NextPane)
	}
	gridDo(t, p, keys.PreviousPane)
	tickets := opened(t, openedBy(t, p, keys.Open))
	if tickets.Title() != "customers with: review (1)" {
		t.Errorf("reviews open %q", tickets.Title())
	}
	asksFor(t, familyTree(t, env, "A"), cmdFollow, "ask/referral_nodes")
	asksFor(t, opened(t, NewRefused(env, "", "")), "", "grid/refused_rows")
	asksFor(t, opened(t, NewRejects(env, "")), "", "grid/rejects_rows")

	files, _ := NewLoad(env, nil).(*load)
	opened(t, files)
	for files.data() != "orders" {
		gridDo(t, files, keys.Down)
	}
	asksFor(t, files, cmdFileOrders, "ask/files")
	orders := opened(t, openedBy(t, files, cmdFileOrders))
	if orders.Title() != "orders of orders.csv (12)" {
		t.Errorf("the file opens %q", orders.Title())
	}
	asksFor(t, orders, "", "grid/orders_rows")

	c := shopCustomer(t, env, "A")
	if d := asks(t, c); d.asked[0].Name != "ask/customer" || len(d.asked) < 5 {
		t.Errorf("behind a customer are %+v", d.asked)
	}
	lines := opened(t, openedBy(t, c, keys.Open))
	asksFor(t, lines, "", "ask/order_lines")
}

// data is the kind of the file under the cursor.
func (p *load) data() string {
	f, _ := p.current()
	return f.Kind
}

// TestQualityFindings goes through the findings and opens what is behind them.
func TestQualityFindings(t *testing.T) {
	p, _ := NewQuality(familyEnv(t)).(*quality)
	opened(t, p)
	asksFor(t, p, keys.Open, "ask/quality", "ask/files")
	coverage := opened(t, openedBy(t, p, keys.Open))
	if coverage.Title() != "orders (12)" {
		t.Errorf("identity coverage opens %q", coverage.Title())
	}
	gridDo(t, p, keys.Down, keys.Down, keys.Down)
	if p.Reason(keys.Open) == "" {
		t.Error("no orders without a customer can be opened")
	}
	asksFor(t, p, "", "ask/quality", "ask/files")
	p.View(60, 9)
	gridDo(t, p, keys.Down, keys.Down, keys.Down, keys.Down)
	shown := strings.Split(p.View(60, 9), "\n")
	if !strings.Contains(strings.Join(shown, ""), "▸") {
		t.Errorf("the cursor is out of sight:\n%s", strings.Join(shown, "\n"))
	}
	gridDo(t, p, keys.Last)
	last := p.cursor
	gridDo(t, p, keys.Down)
	if p.cursor != last || last < 10 {
		t.Errorf("the last finding is %d, then %d", last, p.cursor)
	}
	gridDo(t, p, keys.First)
	if p.cursor != 0 {
		t.Errorf("the first finding is %d", p.cursor)
	}
}

// TestModelExportsEveryTable offers the table of the pane in focus first.
func TestModelExportsEveryTable(t *testing.T) {
	p, _ := modelSamples(t, sampleEnv(t))["model"].(*model)
	offers := p.exports()
	for pane, rows := range map[int]int{paneParameters: 7, paneFrequency: 8, paneTracking: 95, paneCalibration: 8, paneTotals: 0} {
		if n := len(offers[pane].table.Rows); n != rows {
			t.Errorf("%s has %d rows, not %d", offers[pane].title, n, rows)
		}
	}
	for _, o := range offers {
		for _, row := range o.table.Rows {
			if len(row) != len(o.table.Columns) {
				t.Errorf("%s: %d cells in %d columns", o.title, len(row), len(o.table.Columns))
			}
		}
	}
	var none *workspace.BackTest
	if len(none.Table().Rows) != 0 {
		t.Error("a test that was not made has rows")
	}
}

// TestTreesKeepTheirPlace returns to the person, the column and the order one left,
// in the tree of one root and among all.
func TestTreesKeepTheirPlace(t *testing.T) {
	env := familyEnv(t)
	for _, root := range []string{"A", ""} {
		p := familyTree(t, env, root)
		gridDo(t, p, cmdExpandAll, keys.Down, keys.Down, cmdNextColumn, cmdNextColumn, keys.SortAscending)
		at := kept(t, p.Place())
		again, ok := OpenAt(env, at, familyReferrals(t, env)).(*tree)
		if !ok {
			t.Fatalf("%+v leads to no tree", at)
		}
		opened(t, again)
		column, _ := p.list.Column()
		restored, _ := again.list.Column()
		if under(again) != under(p) || again.root != root || restored.Name != column.Name || again.list.Sorted != column.Name || again.list.Falling {
			t.Errorf("of %q it is returned to %s of %q, column %s, sorted by %s; left at %s, column %s", root, under(again), again.root, restored.Name,
				again.list.Sorted, under(p), column.Name)
		}
	}
	p := familyReferrals(t, env)
	gridDo(t, p, cmdMeasure, keys.Down, keys.NextPane, keys.NextPane)
	again, _ := NewReferrals(env).(*referrals)
	again.Restore(kept(t, p.Place()))
	opened(t, again)
	if again.pane != paneGroups || again.measure != 1 || again.list.Cursor != 1 || again.roots[1].CustomerID != p.roots[1].CustomerID {
		t.Errorf("it is returned to pane %d, measure %d, root %d", again.pane, again.measure, again.list.Cursor)
	}
}

// TestSearchLooksAtWhatIsShown finds the id of a stranger by what a mask leaves of
// it, and by the rest only once it is revealed.
func TestSearchLooksAtWhatIsShown(t *testing.T) {
	env := familyEnv(t)
	p := familyTree(t, env, "")
	find := func(text string) string {
		gridDo(t, p, keys.First, keys.Search)
		return notices(gridPress(t, p, append(gridType(text), "enter")...))
	}
	if said := find("ann@"); !strings.Contains(said, "nobody's id holds") {
		t.Errorf("what is hidden is found: %q, on %s", said, under(p))
	}
	if said := find("a***"); said != "" || under(p) != "ann@example.com" {
		t.Errorf("what is shown is not found: %q, on %s", said, under(p))
	}
	env.Revealed = true
	defer func() { env.Revealed = false }()
	if said := find("ann@"); said != "" || under(p) != "ann@example.com" {
		t.Errorf("what is revealed is not found: %q, on %s", said, under(p))
	}
}

// TestCustomerSignals shows what a person did beside buying, in one line where there
// is no room for more.
func TestCustomerSignals(t *testing.T) {
	env := familyEnv(t)
	c := shopCustomer(t, env, "A")
	shows(t, c, "review 2", "2024-02-06")
	b := shopCustomer(t, env, "B")
	shows(t, b, "share 1 · 2024-02-07", "ticket 1 · 2024-03-01", "view 1 · 2024-03-02")
	lines := b.who(40, 3)
	if len(lines) != 3 || !strings.Contains(lines[2], "share 1 · ticket 1 · view 1") {
		t.Errorf("in three lines they are %q", lines)
	}
	if first := b.Keys()[0].ID; first != keys.Open {
		t.Errorf("the first key is that of %s", first)
	}
}
