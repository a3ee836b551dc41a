package page

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"worth/ui/keys"
	"worth/ui/screen"
)

// familyFiles writes the exports of an invented family tree: A brought in B, C and
// D, B brought in E and F, E brought in G, a stranger brought in H, 客户-9 a friend,
// Z nobody; two statements do not count. There are channels, a campaign with a
// control group and one without, and what some did beside buying.
func familyFiles(dir string) error {
	orders := `Order ID,Customer ID,Order Date,Total,Currency,Channel
1,A,2024-01-05,3000,EUR,web
2,B,2024-02-05,5000,EUR,web
3,C,2024-02-06,5000,EUR,微信
4,D,2024-02-07,5000,EUR,微信
5,E,2024-03-05,2000,EUR,web
6,F,2024-03-06,1000,EUR,web
7,G,2024-04-05,4000,EUR,微信
8,A,2025-05-05,2000,EUR,pos
9,Z,2025-05-06,10,EUR,
10,H,2025-01-06,70,EUR,web
11,客户-9,2025-01-07,90,EUR,web
12,friend,2025-02-07,110,EUR,web
`
	beside := `Customer ID,Date,Kind,Target,Value
A,2024-01-06,review,tea,5
A,2024-02-06,review,cups,2
B,2024-02-07,share,tea,12
B,2024-03-01,ticket,delivery,30
B,2024-03-02,view,tea,40
G,2024-05-01,view,cups,10
`
	costs := `Channel,From,To,Amount,Currency
web,2024-01-01,2025-05-31,7000,EUR
radio,2024-06-01,2024-06-30,50,EUR
`
	campaigns := `Campaign ID,Campaign Name,From,To,Cost
1,Letter,2025-05-01,2025-05-06,20
2,Poster,2024-02-05,2024-02-07,
`
	members := `Campaign ID,Customer ID,Arm,Cost
1,A,treated,1
1,B,treated,1
1,C,control,
1,Z,control,
2,B,treated,
2,D,treated,
`
	edges := `Referrer ID,Referred ID,Referral Date,Status,Reward,Referrer Kind
A,B,2024-02-01,completed,10,customer
A,C,2024-02-02,completed,10,customer
A,D,2024-02-03,completed,,customer
B,E,2024-03-01,completed,5,customer
B,F,2024-03-01,completed,5,customer
E,G,2024-04-01,completed,5,customer
ann@example.com,H,2025-01-01,completed,,customer
客户-9,friend,2025-02-01,completed,,customer
A,A,2024-01-01,completed,,customer
bob@example.com,G,2024-05-01,completed,,customer
`
	for name, text := range map[string]string{
		"orders.csv": orders, "referrals.csv": edges, "interactions.csv": beside, "channel_costs.csv": costs, "campaigns.csv": campaigns,
		"campaign_members.csv": members,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// family is a workspace of the family tree.
var family = loadedOnce(1, familyFiles)

// familyEnv returns an environment over the family tree.
func familyEnv(t testing.TB) *Env {
	t.Helper()
	return envOver(t, family)
}

// opened starts a page and waits for its answer.
func opened[P Page](t testing.TB, p P) P {
	t.Helper()
	gridDrain(t, p, p.Init())
	p.View(120, 37)
	t.Cleanup(p.Close)
	return p
}

func familyReferrals(t testing.TB, env *Env) *referrals {
	t.Helper()
	p, _ := NewReferrals(env).(*referrals)
	return opened(t, p)
}

func familyTree(t testing.TB, env *Env, root string) *tree {
	t.Helper()
	p, _ := NewTree(env, root).(*tree)
	return opened(t, p)
}

func familyChannels(t testing.TB, env *Env) *channels {
	t.Helper()
	p, _ := NewChannels(env).(*channels)
	return opened(t, p)
}

// openedBy returns the page that a command of another opens.
func openedBy(t testing.TB, p Page, command string) Page {
	t.Helper()
	for _, msg := range gridDo(t, p, command) {
		if open, ok := msg.(OpenPage); ok {
			return open.Page
		}
	}
	t.Fatalf("%s of %s opens no page", command, p.Title())
	return nil
}

func shows(t testing.TB, p Page, texts ...string) {
	t.Helper()
	shown := screen.Text(p.View(120, 37), 120, 37)
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			t.Errorf("there is no %q:\n%s", text, shown)
		}
	}
}

// TestReferralPagesOnScreen compares the pages with their pictures in every theme
// and size.
func TestReferralPagesOnScreen(t *testing.T) {
	env := familyEnv(t)
	refused := familyReferrals(t, env)
	gridDo(t, refused, keys.NextPane)
	groups := familyReferrals(t, env)
	gridDo(t, groups, keys.NextPane, keys.NextPane)
	generations := familyReferrals(t, env)
	gridDo(t, generations, keys.PreviousPane, keys.PreviousPane, keys.PreviousPane, keys.Down)
	reach := familyReferrals(t, env)
	gridDo(t, reach, keys.PreviousPane, keys.PreviousPane)
	signals := familyReferrals(t, env)
	gridDo(t, signals, keys.PreviousPane)
	campaigns := familyChannels(t, env)
	gridDo(t, campaigns, keys.NextPane, keys.Down)
	segments := opened(t, openedBy(t, campaigns, keys.Open))
	open := familyTree(t, env, "A")
	gridDo(t, open, cmdExpandBelow, keys.Down, keys.Down, cmdNextColumn, cmdNextColumn, keys.SortDescending)
	searched := familyTree(t, env, "")
	gridDo(t, searched, keys.Search)
	gridPress(t, searched, "G")
	for name, p := range map[string]Page{
		"roots": familyReferrals(t, env), "refused": refused, "groups": groups, "generations": generations, "reach": reach,
		"signals": signals, "channels": familyChannels(t, env), "campaigns": campaigns, "by-segment": segments,
		"tree": open, "forest": familyTree(t, env, ""), "search": searched,
	} {
		t.Run(name, func(t *testing.T) { goldenScreens(t, env, p) })
	}
}

func TestReferralPagesFillAnySize(t *testing.T) {
	env := familyEnv(t)
	open := familyTree(t, env, "")
	gridDo(t, open, cmdExpandAll)
	for name, p := range map[string]Page{"referrals": familyReferrals(t, env), "channels": familyChannels(t, env), "tree": open} {
		for i := range 80 {
			gridDo(t, p, keys.NextPane, cmdNextColumn)
			w, h := i*13%131, i*7%47
			requireFilled(t, name, p.View(w, h), w, h)
		}
	}
}

// TestReferralStates looks at the pages while they ask, once they were stopped,
// and when there is nothing to show.
func TestReferralStates(t *testing.T) {
	env := familyEnv(t)
	for name, p := range map[string]Page{"referrals": NewReferrals(env), "tree": NewTree(env, "")} {
		init := p.Init()
		busy := p.Busy()
		if busy == "" {
			t.Errorf("%s does not say that it asks", name)
		}
		shows(t, p, busy+"…")
		if !p.Cancel() {
			t.Errorf("%s cannot be cancelled", name)
		}
		gridDrain(t, p, init)
		shows(t, p, "stopped", "r asks again")
		gridDo(t, p, cmdRetry)
		shows(t, p, "A", "kept")
		if text := screen.Text(p.View(20, 3), 20, 3); !strings.Contains(text, "too small") {
			t.Errorf("%s in a tiny window is %q", name, text)
		}
		if d := keys.Join(p.Keys(), keys.Global().Without(keys.NextPane, keys.PreviousPane)).Duplicates(); len(d) > 0 {
			t.Errorf("%s binds twice: %v", name, d)
		}
		p.Close()
	}
	without := shopEnv(t)
	for _, p := range []Page{NewReferrals(without), NewTree(without, "")} {
		opened(t, p)
		shows(t, p, "no referral was loaded", "a adds files")
		for _, b := range p.Keys() { // no command may need an answer that is not there
			gridDo(t, p, b.ID)
		}
	}
	missing := opened(t, NewTree(env, "nobody"))
	shows(t, missing, "nobody is in no tree", "r tries again")
}

// TestReferralsCredit changes λ and θ and lists the roots by what they change.
func TestReferralsCredit(t *testing.T) {
	env := familyEnv(t)
	p := familyReferrals(t, env)
	shows(t, p, "Top trees by value brought", "λ 0.50 · θ 0.50", "a***@example.com", "22 k", "8,750", "13.8 k")
	gridDo(t, p, cmdMeasure, cmdLambdaMore, cmdLambdaMore, cmdThetaLess)
	shows(t, p, "Top trees by influence", "λ 0.60 · θ 0.45, not kept")
	if got := p.roots[0]; got.CustomerID != "A" || got.Influence != 0.6*15_000+0.36*3000+0.216*4000 {
		t.Errorf("with λ 0.6 the influence of %s is %v", got.CustomerID, got.Influence)
	}
	for range 30 {
		gridDo(t, p, cmdLambdaMore, cmdThetaLess)
	}
	if got := p.roots[0]; got.Influence != got.Brought || got.Conserved != got.Own {
		t.Errorf("λ 1 and θ 0 give %+v", got)
	}
	var kept ApplySettings
	if cmd := p.Do(cmdKeepCredit); cmd != nil {
		kept, _ = cmd().(ApplySettings)
	}
	if r := kept.Settings.Referrals; r.Lambda == nil || *r.Lambda != 1 || *r.Theta != 0 {
		t.Errorf("keeping them asks for %+v", kept.Settings.Referrals)
	}
	tree := gridDo(t, p, keys.Open)
	if open, ok := tree[0].(OpenPage); !ok {
		t.Errorf("Enter sends %v", tree)
	} else {
		opened(t, open.Page)
		shows(t, open.Page, "λ 1.00 · θ 0.00, not kept", "brought 22,000 · kept 5,000")
	}
}

// TestReferralsWaits presses keys while the people are being credited.
func TestReferralsWaits(t *testing.T) {
	p := familyReferrals(t, familyEnv(t))
	running := p.Do(cmdLambdaMore)
	for range 3 * mostWaiting {
		if cmd := p.Do(keys.Down); cmd != nil {
			t.Fatal("a key does not wait")
		}
	}
	if p.list.Cursor != 0 || p.Busy() == "" || !p.Cancel() {
		t.Errorf("meanwhile the cursor is on %d, busy with %q", p.list.Cursor, p.Busy())
	}
	p.Do(keys.Down)
	gridDrain(t, p, running)
	if p.list.Cursor != 1 || p.Busy() != "" {
		t.Errorf("afterwards the cursor is on %d, busy with %q", p.list.Cursor, p.Busy())
	}
}

// TestRefusedRows opens the statements of one reason and of any, masked at first.
func TestRefusedRows(t *testing.T) {
	env := familyEnv(t)
	p := familyReferrals(t, env)
	sent := gridDo(t, p, keys.NextPane, keys.Open)
	if len(sent) != 1 {
		t.Fatalf("sent %v", sent)
	}
	one, ok := sent[0].(OpenPage)
	if !ok {
		t.Fatalf("sent %v", sent)
	}
	opened(t, one.Page)
	if got := one.Page.Title(); !strings.HasSuffix(got, "(1)") {
		t.Errorf("the page of one reason is %q", got)
	}
	all := opened(t, NewRefused(env, "", ""))
	gridDrain(t, all, all.Update(nil))
	shows(t, all, "b***@example.com", "self")
	gridDo(t, all, keys.Reveal)
	all.View(120, 37)
	gridDrain(t, all, all.Update(nil))
	shows(t, all, "bob@example.com")
	gridDo(t, all, keys.Reveal)
	all.View(120, 37)
	gridDrain(t, all, all.Update(nil))
	shows(t, all, "b***@example.com")
}

// TestReferralsClicks clicks on the lists of the page.
func TestReferralsClicks(t *testing.T) {
	p := familyReferrals(t, familyEnv(t))
	p.View(120, 37)
	at := func(pane int) tile {
		for _, column := range p.tiles {
			for _, tile := range column {
				if tile.pane == pane {
					return tile
				}
			}
		}
		t.Fatalf("pane %d is not in view", pane)
		return tile{}
	}
	click := func(pane, y int) []tea.Msg {
		tile := at(pane)
		return gridDrain(t, p, p.Update(tea.MouseClickMsg{Button: tea.MouseLeft, X: tile.x + 3, Y: tile.y + y}))
	}
	if sent := click(paneRoots, 3); len(sent) != 0 || p.list.Cursor != 1 {
		t.Errorf("a click on the second root goes to %d and sends %v", p.list.Cursor, sent)
	}
	if sent := click(paneRoots, 3); len(sent) != 1 {
		t.Errorf("a second click sends %v", sent)
	}
	if click(paneRefused, 1); p.pane != paneRefused {
		t.Error("a click does not focus a pane")
	}
	p.Update(Wheel{X: at(paneRoots).x + 3, Y: at(paneRoots).y + 3, Lines: -3})
	if p.list.Cursor != 0 {
		t.Errorf("the wheel goes to %d", p.list.Cursor)
	}
}

// TestNextTwentieth walks a share up and down in twentieths.
func TestNextTwentieth(t *testing.T) {
	for _, tt := range []struct {
		from float64
		by   int
		want float64
	}{{0.5, 1, 0.55}, {0.55, -1, 0.5}, {1, 1, 1}, {0, -1, 0}, {0.95, 1, 1}, {0.05, -1, 0}, {0.33, 1, 0.4}, {0.33, -1, 0.3}} {
		if got := nextTwentieth(tt.from, tt.by); fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("nextTwentieth(%v, %d) = %v, want %v", tt.from, tt.by, got, tt.want)
		}
	}
}
