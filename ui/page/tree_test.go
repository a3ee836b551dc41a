package page

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"worth/ui/keys"
	"worth/ui/screen"
	"worth/ui/widget"
)

// under returns who is under the cursor.
func under(p *tree) string { return p.person().CustomerID }

// TestTreeWalks gives commands and looks who is under the cursor, and how many
// lines are seen.
func TestTreeWalks(t *testing.T) {
	env := familyEnv(t)
	for _, tt := range []struct {
		name  string
		do    []string
		want  string
		lines int
	}{
		{"begins at the root", nil, "A", 4},
		{"right goes to the first below", []string{keys.Right}, "B", 4},
		{"right opens", []string{keys.Right, keys.Right}, "B", 6},
		{"enter opens", []string{keys.Down, keys.Open}, "B", 6},
		{"enter closes", []string{keys.Down, keys.Open, keys.Open}, "B", 4},
		{"left goes to the parent", []string{keys.Down, cmdClose}, "A", 4},
		{"left closes", []string{cmdClose}, "A", 1},
		{"everything below", []string{cmdExpandBelow, keys.Last}, "D", 7},
		{"below B only", []string{keys.Down, cmdExpandBelow, keys.Down}, "E", 7},
		{"collapsed below", []string{cmdExpandBelow, cmdCloseBelow, keys.Right}, "A", 4},
		{"parent", []string{cmdExpandBelow, keys.Down, keys.Down, keys.Down, cmdParent}, "E", 7},
		{"all closed keeps the root", []string{cmdExpandAll, keys.Last, cmdCloseAll}, "A", 1},
		{"pages stop at the ends", []string{keys.PageDown, keys.PageDown, keys.HalfUp, keys.PageUp, keys.First}, "A", 4},
	} {
		p := familyTree(t, env, "A")
		gridDo(t, p, tt.do...)
		if got := under(p); got != tt.want || p.list.Len() != tt.lines {
			t.Errorf("%s: on %s of %d lines, want %s of %d", tt.name, got, p.list.Len(), tt.want, tt.lines)
		}
	}
}

// TestTreeFigures holds the worked example to the cent on screen.
func TestTreeFigures(t *testing.T) {
	p := familyTree(t, familyEnv(t), "A")
	gridDo(t, p, cmdExpandBelow, keys.Down, keys.Down, keys.Down)
	shows(t, p, "direct 3 · all 6 · depth 3 · brought 22,000 · kept 13,750", "A › B › E › G", "own value", "13,750.00", "3,750.00")
}

func TestTreeSearches(t *testing.T) {
	env := familyEnv(t)
	p := familyTree(t, env, "")
	search := func(text string) string {
		gridDo(t, p, keys.Search)
		if !p.Capture() {
			t.Fatal("a search takes no text")
		}
		return notices(gridPress(t, p, append(gridType(text), "enter")...))
	}
	if said := search("g"); under(p) != "G" || said != "" {
		t.Errorf("g leads to %s: %s", under(p), said)
	}
	shows(t, p, "A › B › E › G")
	if said := notices(gridDo(t, p, keys.SearchNext)); !strings.Contains(said, "no other") || under(p) != "G" {
		t.Errorf("again it leads to %s: %s", under(p), said)
	}
	search("E")
	first := under(p)
	gridDo(t, p, keys.SearchNext)
	second := under(p)
	gridDo(t, p, keys.SearchPrev)
	if first == second || under(p) != first {
		t.Errorf("n leads from %s to %s, N back to %s", first, second, under(p))
	}
	if said := search("户"); under(p) != "客户-9" {
		t.Errorf("户 leads to %s: %s", under(p), said)
	}
	if said := search("nobody"); !strings.Contains(said, "nobody's id holds") || under(p) != "客户-9" {
		t.Errorf("a search in vain leads to %s: %s", under(p), said)
	}
	gridDo(t, p, keys.Search)
	gridPress(t, p, "x", "esc")
	if p.Capture() || p.list.Query != "nobody" {
		t.Errorf("given up, the search is %q", p.list.Query)
	}
}

func TestTreeSorts(t *testing.T) {
	p := familyTree(t, familyEnv(t), "A")
	order := func() string {
		var ids []string
		for i := range p.list.Len() {
			ids = append(ids, p.tree.Line(i).CustomerID)
		}
		return strings.Join(ids, "")
	}
	gridDo(t, p, cmdExpandAll, keys.Last)
	was := under(p)
	gridDo(t, p, cmdNextColumn, keys.SortAscending)
	if got := order(); got != "ABFEGCD" || under(p) != was {
		t.Errorf("by own value, smallest first: %s, on %s", got, under(p))
	}
	shows(t, p, "own value ▲")
	gridDo(t, p, cmdNextColumn, keys.SortDescending)
	if got := order(); got != "ABEGFCD" || p.list.Sorted != "conserved" {
		t.Errorf("by what is kept: %s by %s", got, p.list.Sorted)
	}
	gridDo(t, p, cmdThetaMore, cmdThetaMore)
	shows(t, p, "θ 0.60, not kept", "kept ▼")
	gridDo(t, p, keys.FirstColumn, keys.SortAscending)
	if p.list.Sorted != "" {
		t.Errorf("on the labels it is sorted by %s", p.list.Sorted)
	}
}

// TestTreeFollows opens a customer and comes back to the same line.
func TestTreeFollows(t *testing.T) {
	env := familyEnv(t)
	p := familyTree(t, env, "")
	gridDo(t, p, cmdExpandAll, keys.Search)
	gridPress(t, p, "F", "enter")
	for under(p) != "F" {
		gridDo(t, p, keys.SearchNext)
	}
	before := screen.Text(p.View(120, 37), 120, 37)
	sent := gridDo(t, p, keys.Open) // nobody is below
	if len(sent) != 1 {
		t.Fatalf("sent %v", sent)
	}
	open, ok := sent[0].(OpenPage)
	if !ok || open.Page.Title() != "F" {
		t.Fatalf("sent %v", sent)
	}
	opened(t, open.Page)
	shows(t, open.Page, "brought in by B")
	if after := screen.Text(p.View(120, 37), 120, 37); after != before {
		t.Errorf("back is elsewhere:\n%s\nwas\n%s", after, before)
	}
	for !strings.Contains(under(p), "@") {
		gridDo(t, p, keys.Down)
	}
	if why := p.Reason(cmdFollow); !strings.Contains(why, "a***@example.com only as a referrer") {
		t.Errorf("a stranger's page: %q", why)
	}
	gridDo(t, p, keys.Reveal)
	shows(t, p, "ann@example.com")
	gridDo(t, p, keys.Reveal)
}

// TestCustomerChain shows who brought a customer in and leads to their tree.
func TestCustomerChain(t *testing.T) {
	env := familyEnv(t)
	c := opened(t, newCustomer(env, "B", nil))
	shows(t, c, "brought in by A", "brought in 2, 3 in all", "brought      7,000.00", "influence    2,500.00", "kept         3,750.00")
	sent := gridDo(t, c, cmdOwnTree)
	if len(sent) != 1 {
		t.Fatalf("sent %v", sent)
	}
	open, ok := sent[0].(OpenPage)
	if !ok {
		t.Fatalf("sent %v", sent)
	}
	around, ok := open.Page.(*tree)
	if !ok {
		t.Fatalf("opened %v", open.Page)
	}
	opened(t, around)
	if under(around) != "B" || around.Title() != "A" {
		t.Errorf("the tree of %s, on %s", around.Title(), under(around))
	}
	lone := opened(t, newCustomer(env, "Z", nil))
	if lone.Reason(cmdOwnTree) == "" {
		t.Error("somebody without referrals has a tree")
	}
}

// TestTreeExports writes the people below the cursor, with strangers masked.
func TestTreeExports(t *testing.T) {
	env := familyEnv(t)
	p := familyTree(t, env, "A")
	path := filepath.Join(t.TempDir(), "branch.csv")
	export := func(path string) string {
		gridDo(t, p, keys.Export)
		p.prompt.SetValue(path)
		return notices(gridPress(t, p, "enter"))
	}
	gridDo(t, p, keys.Down, cmdNextColumn, keys.SortAscending)
	if said := export(path); !strings.Contains(said, "4 rows were written") || p.Capture() {
		t.Errorf("it says %q", said)
	}
	written, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, line := range strings.Split(strings.TrimSpace(string(written)), "\n")[1:] {
		id, _, _ := strings.Cut(line, ",")
		ids = append(ids, id)
	}
	if got := strings.Join(ids, ""); got != "BFEG" {
		t.Errorf("the file holds %s", got)
	}
	export(path)
	if p.prompt == nil || !strings.Contains(p.prompt.problem, "press Enter once more") {
		t.Fatal("a file that exists is replaced at once")
	}
	if said := notices(gridPress(t, p, "enter")); !strings.Contains(said, "4 rows") {
		t.Errorf("once more says %q", said)
	}
	gridDo(t, p, keys.Export)
	p.prompt.SetValue("branch.doc")
	gridPress(t, p, "enter")
	if p.prompt == nil || p.prompt.problem == "" {
		t.Error("an unknown format is written")
	}
	gridPress(t, p, "esc")
	forest := familyTree(t, env, "")
	gridDo(t, forest, cmdCloseAll)
	for !strings.Contains(under(forest), "@") {
		gridDo(t, forest, keys.Down)
	}
	p = forest
	strangers := filepath.Join(t.TempDir(), "stranger.csv")
	export(strangers)
	if written, err = os.ReadFile(strangers); err != nil || strings.Contains(string(written), "ann@") || !strings.Contains(string(written), "a***@example.com") {
		t.Errorf("a stranger is written as\n%s (%v)", written, err)
	}
}

func TestTreeClicks(t *testing.T) {
	p := familyTree(t, familyEnv(t), "A")
	view := screen.Text(p.View(120, 37), 120, 37)
	click := func(text string) {
		t.Helper()
		for y, line := range strings.Split(view, "\n") {
			if before, _, found := strings.Cut(line, text); found && y > p.listY-1 {
				gridDrain(t, p, p.Update(tea.MouseClickMsg{Button: tea.MouseLeft, X: widget.Width(before), Y: y}))
				view = screen.Text(p.View(120, 37), 120, 37)
				return
			}
		}
		t.Fatalf("there is no %q:\n%s", text, view)
	}
	click("▸ B")
	if under(p) != "B" || p.list.Len() != 6 {
		t.Errorf("a click on a sign goes to %s of %d lines", under(p), p.list.Len())
	}
	click("· C")
	click("· C ") // again: a leaf leads to the customer
	if under(p) != "C" {
		t.Errorf("a click goes to %s", under(p))
	}
	click("own value")
	click("own value")
	if p.list.Sorted != "own" || !p.list.Falling {
		t.Errorf("two clicks on a heading sort by %q", p.list.Sorted)
	}
	click("own value")
	if p.list.Falling {
		t.Error("a third click does not turn the order round")
	}
	p.Update(Wheel{Lines: 3})
	if p.list.Cursor() != p.list.Len()-1 && p.list.Len() > 37 {
		t.Error("the wheel does nothing")
	}
}

// TestTreeStaysAfterChanges asks anew, as after new settings, and finds the cursor
// on the same person.
func TestTreeStaysAfterChanges(t *testing.T) {
	p := familyTree(t, familyEnv(t), "A")
	gridDo(t, p, cmdExpandAll, keys.Search)
	gridPress(t, p, "G", "enter")
	gridDo(t, p, cmdNextColumn, keys.SortDescending, cmdLambdaMore)
	gridDrain(t, p, p.Init())
	if under(p) != "G" || p.list.Sorted != "own" {
		t.Errorf("afterwards on %s, sorted by %s", under(p), p.list.Sorted)
	}
	if text := screen.Text(p.View(120, 37), 120, 37); !strings.Contains(text, "λ 0.50 · θ 0.50") || strings.Contains(text, "not kept") {
		t.Errorf("the assumptions are not those of the settings:\n%s", text)
	}
}
