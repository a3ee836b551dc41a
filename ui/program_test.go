package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/page"
	"worth/ui/widget"
)

func TestLoadsAndOpensTheOverview(t *testing.T) {
	d := openShop(t)
	d.sees("worth › overview", "files loaded: 1 · orders: 160 · rejected: 0", "40 customers", "Concentration", "Champions", "rfm-11")
	d.press("x") // any key takes the notice away
	if strings.Contains(d.text(), "files loaded") {
		t.Error("the notice stays")
	}
}

// TestDrillsAndComesBack goes from a segment to its customers to one customer,
// and back to the same row.
func TestDrillsAndComesBack(t *testing.T) {
	d := openShop(t)
	d.press("2", "down", "down")
	at := d.text()
	d.press("enter")
	d.sees("worth › segments › ")
	d.press("enter")
	if got := len(d.root.stack.pages); got != 3 {
		t.Fatalf("%d pages are open:\n%s", got, d.text())
	}
	d.press("esc", "esc")
	if got := d.text(); got != at {
		t.Errorf("back is elsewhere:\n%s\nwas\n%s", got, at)
	}
}

func TestDigitsSwitchAndKeepState(t *testing.T) {
	d := openShop(t)
	d.press("2", "down", "tab", "right", "1")
	d.sees("worth › overview")
	d.press("L", "2")
	d.sees("worth › segments", "R 5 F 2")
	d.press("7")
	d.sees("worth › segments")
	if len(d.root.stack.pages) != 1 || len(d.root.stack.roots) != 2 {
		t.Errorf("%d pages on the stack, %d kept", len(d.root.stack.pages), len(d.root.stack.roots))
	}
}

func TestLeavingAsksOnce(t *testing.T) {
	d := openShop(t)
	d.press("q")
	d.sees("press q or Esc again")
	d.press("down", "q")
	if d.quit {
		t.Fatal("another key between does not take the question back")
	}
	d.press("q")
	if !d.quit {
		t.Error("q twice does not leave")
	}
	d = openShop(t)
	d.press("ctrl+c")
	if !d.quit {
		t.Error("ctrl+c does not leave an idle program")
	}
}

// TestCtrlCCancelsFirst presses ctrl+c while a question runs.
func TestCtrlCCancelsFirst(t *testing.T) {
	d := openShop(t)
	d.press("2")
	_, ask := d.root.Update(pressed("r")) // not drained: it runs
	if d.root.busy() == "" {
		t.Fatal("nothing runs")
	}
	d.press("ctrl+c")
	if d.quit || d.root.busy() != "cancelling…" {
		t.Fatalf("left is %v, %q", d.quit, d.root.busy())
	}
	d.drain(ask)
	d.sees("Champions") // the answer before stays
	if d.root.busy() != "" {
		t.Errorf("%q still runs", d.root.busy())
	}
}

// TestLateRepliesAreDropped closes a page before its answer comes.
func TestLateRepliesAreDropped(t *testing.T) {
	d := openShop(t)
	_, ask := d.root.Update(pressed("D"))
	d.press("esc")
	d.drain(ask)
	d.sees("worth › overview")
	if len(d.root.stack.pages) != 1 {
		t.Error("the closed page is back")
	}
}

func TestSettingsApplyAndRefuse(t *testing.T) {
	d := openShop(t)
	d.press(",")
	for _, c := range "2025-06-30" {
		d.press(string(c))
	}
	d.press("ctrl+s")
	d.sees("as of 2025-06-30")
	if len(d.root.dialogs) != 0 {
		t.Error("the dialog stays after it was applied")
	}
	d.press(",", "ctrl+u")
	for _, c := range "1999-01-01" {
		d.press(string(c))
	}
	d.press("ctrl+s")
	d.sees("as of 1999-01-01", "no order counts up to 1999-01-01")
	d.press(",", "ctrl+u", "9", "ctrl+s")
	d.sees("9 is not a date", "Settings")
	if len(d.root.dialogs) != 1 {
		t.Error("the dialog closes over a mistake")
	}
}

// TestRefusedSettingsAreExplained lets the workspace refuse what the dialog let
// through.
func TestRefusedSettingsAreExplained(t *testing.T) {
	d := openShop(t)
	d.press(",")
	d.send(applied{err: i18n.Errorf("the disk is full")})
	d.sees("Settings", "the disk is full")
	d.press("esc")
	d.send(applied{err: context.Canceled})
	d.sees("everything is as it was")
	d.send(applied{err: errors.New("no room")})
	d.sees("no room")
}

func TestSchemesAndCutPoints(t *testing.T) {
	d := openShop(t)
	d.press("2", "m", "down", "down", "down", "down", "enter")
	d.sees("Four groups", "four-groups")
	d.press("F")
	d.sees("frozen")
	d.press("c", "ctrl+u")
	for _, c := range "30 60 90 120" {
		name := string(c)
		if c == ' ' {
			name = "space"
		}
		d.press(name)
	}
	d.press("enter")
	d.sees("Enter applies")
	cuts := d.root.env.Workspace.Settings().Cuts
	if cuts == nil || len(cuts.R) != 4 || cuts.R[3] != 120 {
		t.Fatalf("the cut-points are %+v", cuts)
	}
	d.press("backspace", "backspace", "backspace", "enter") // no longer ascending
	if got := d.root.env.Workspace.Settings().Cuts; got.R[3] != 120 {
		t.Errorf("wrong cut-points are applied: %v", got.R)
	}
	d.press("esc", "F")
	d.sees("quantiles of the data")
	if d.root.env.Workspace.Settings().Cuts != nil {
		t.Error("the cut-points are still frozen")
	}
}

// TestJobsAreWaitedFor gives keys to a program that rebuilds the analysis.
func TestJobsAreWaitedFor(t *testing.T) {
	d := openShop(t)
	d.press("2")
	_, work := d.root.Update(pressed("F"))
	if work == nil {
		t.Fatal("F does nothing")
	}
	d.root.apply(workspace.Settings{})
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	d.send(tickMsg(start))
	d.send(tickMsg(start.Add(time.Second)))
	d.sees("Working", "ctrl+c cancels", "1.0 s")
	d.press("q", "1", "enter")
	d.sees("worth › segments", "Working")
	d.press("ctrl+c")
	d.sees("cancelling…")
	d.press("ctrl+c")
	if !d.quit {
		t.Error("ctrl+c twice does not leave")
	}
}

// TestAsksWhatColumnsAre loads a file whose amount is not clear.
func TestAsksWhatColumnsAre(t *testing.T) {
	file := write(t, "export.csv", "nr,who,when,x1,x2\n1,ann,2025-01-03,12.50,3\n2,bob,2025-02-04,20.00,4\n3,ann,2025-03-05,7.25,5\n")
	d := drive(t, emptyShop(t), Options{Sources: &workspace.LoadRequest{Sources: []string{file}}})
	d.sees("Columns of export.csv", "ctrl+s confirms")
	choose := func(field, column string) {
		t.Helper()
		for range 60 {
			d.press("up")
		}
		for range 60 {
			if strings.Contains(d.text(), "▸ "+field+" ") {
				break
			}
			d.press("down")
		}
		for range 8 {
			if strings.Contains(d.text(), "‹ "+column+" ›") {
				return
			}
			d.press("right")
		}
		t.Fatalf("%s cannot be set to %s:\n%s", field, column, d.text())
	}
	choose("rows are", "orders")
	choose("order_id", "nr")
	choose("customer_id", "who")
	choose("ordered_at", "when")
	choose("amount", "x1")
	d.press("ctrl+s")
	d.sees("worth › overview", "3 orders")
}

func TestBareStartListsFiles(t *testing.T) {
	file := shopFile(t)
	t.Chdir(strings.TrimSuffix(file, "orders.csv"))
	old := write(t, "old.worth.duckdb", "nothing a workspace begins with")
	d := drive(t, emptyShop(t), Options{Pick: true, Recent: []string{old, "/nowhere/gone.worth.duckdb"}})
	d.sees("Open a workspace or load files", "old.worth.duckdb", "orders.csv")
	if strings.Contains(d.text(), "gone") {
		t.Error("a workspace that is gone is offered")
	}
	for _, c := range "orders" {
		d.press(string(c))
	}
	d.press("enter")
	d.sees("worth › overview", "160 orders")
	d.press("a")
	for _, c := range "old" {
		d.press(string(c))
	}
	d.press("enter")
	d.sees("Columns of old.worth.duckdb") // no workspace, so its columns are asked for
	d.press("esc")
	d.sees("worth › overview › open › load")
	d.press("esc", "esc")
	d.sees("worth › overview", "160 orders") // nothing was lost by it
}

// TestGoesOnWithAnotherWorkspace opens a workspace file from the start page.
func TestGoesOnWithAnotherWorkspace(t *testing.T) {
	ctx, path := context.Background(), t.TempDir()+"/shop.worth.duckdb"
	ws, err := workspace.Open(ctx, path, workspace.Options{Create: true, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ws.Load(ctx, workspace.LoadRequest{Sources: []string{shopFile(t)}}, nil); err != nil {
		t.Fatal(err)
	}
	if err := ws.Close(); err != nil {
		t.Fatal(err)
	}
	var told string
	d := drive(t, emptyShop(t), Options{OnOpen: func(p string) { told = p }})
	d.drain(d.root.openWorkspace(path))
	d.sees("shop", "40 customers")
	if told != path {
		t.Errorf("OnOpen is told %q", told)
	}
	d.drain(d.root.openWorkspace("/nowhere.duckdb"))
	d.sees("no such workspace", "40 customers")
	d.root.stack.forget()
	if err := d.root.opened.Close(); err != nil {
		t.Error(err)
	}
	d.root.stack.root(rootPages[0], d.root.env)
}

func TestPaletteRunsCommands(t *testing.T) {
	d := openShop(t)
	d.press(":")
	d.sees("Commands")
	for _, c := range "goseg" {
		d.press(string(c))
	}
	d.sees("go to segments")
	d.press("enter")
	d.sees("worth › segments")
	if len(d.root.dialogs) != 0 {
		t.Error("the palette stays open")
	}
	d.press("ctrl+p")
	for _, c := range "mouse" {
		d.press(string(c))
	}
	d.press("enter")
	if !d.root.mouse || d.root.View().MouseMode != tea.MouseModeCellMotion {
		t.Error("the mouse is not on")
	}
	d.press("?")
	d.sees("Keys", "show the customers")
	d.press("esc", "T")
	if d.root.env.Theme.Name != "light" {
		t.Errorf("the theme is %s", d.root.env.Theme.Name)
	}
}

func TestMouse(t *testing.T) {
	d := openShop(t)
	d.root.View()
	for _, tab := range d.root.drawn.tabs {
		if tab.number == 1 {
			d.send(tea.MouseClickMsg{X: tab.from, Y: 0, Button: tea.MouseLeft})
		}
	}
	d.sees("worth › segments")
	d.send(tea.MouseClickMsg{X: 5, Y: 6, Button: tea.MouseLeft})
	if !strings.Contains(d.text(), "▸Potential Loyalist") {
		t.Errorf("a click does not select:\n%s", d.text())
	}
	// Turns of the wheel are passed on together, when they are due.
	for range 3 {
		d.send(tea.MouseWheelMsg{X: 5, Y: 6, Button: tea.MouseWheelDown})
	}
	if !strings.Contains(d.text(), "▸Potential Loyalist") || d.root.wheel.Lines != 3*wheelLines {
		t.Error("turns are not gathered")
	}
	d.send(wheelDue{})
	if strings.Contains(d.text(), "▸Potential Loyalist") || d.root.wheel.Lines != 0 {
		t.Error("turns are lost")
	}
	d.press(":")
	d.send(tea.MouseClickMsg{X: 0, Y: 0, Button: tea.MouseLeft}) // beside the dialog
	d.sees("Commands")
}

func TestThemeFollowsTheTerminal(t *testing.T) {
	d := drive(t, emptyShop(t), Options{Theme: "auto"})
	d.send(tea.BackgroundColorMsg{Color: widgetWhite{}})
	if d.root.env.Theme.Name != "light" {
		t.Errorf("on white the theme is %s", d.root.env.Theme.Name)
	}
	d.press("T", "T")
	d.send(tea.BackgroundColorMsg{Color: widgetWhite{}})
	if d.root.env.Theme.Name != "dark" {
		t.Error("the terminal overrides the reader's choice")
	}
	for _, tt := range []struct{ asked, noColor, term, want string }{
		{"auto", "", "xterm-256color", "auto"}, {"dark", "1", "xterm", "plain"}, {"light", "", "dumb", "plain"}, {"light", "", "xterm", "light"},
	} {
		env := map[string]string{"NO_COLOR": tt.noColor, "TERM": tt.term}
		if got := themeName(tt.asked, func(k string) string { return env[k] }); got != tt.want {
			t.Errorf("%+v gives %s", tt, got)
		}
	}
}

type widgetWhite struct{}

func (widgetWhite) RGBA() (r, g, b, a uint32) { return 0xffff, 0xffff, 0xffff, 0xffff }

// TestScreensFillAnySize draws whole screens in windows of every size.
func TestScreensFillAnySize(t *testing.T) {
	d := openShop(t)
	for _, open := range [][]string{{"1"}, {"2"}, {"3"}, {"4"}, {"L"}, {"D"}, {":"}} {
		d.press(open...)
		for i := range 50 {
			w, h := i*17%137, i*7%43
			d.size(w, h)
			lines := strings.Split(d.root.View().Content, "\n")
			if h > 0 && len(lines) != h {
				t.Fatalf("after %v at %d×%d there are %d lines", open, w, h, len(lines))
			}
			for y, line := range lines {
				if h > 0 && widget.Width(line) != w {
					t.Fatalf("after %v at %d×%d line %d is %d wide: %q", open, w, h, y, widget.Width(line), line)
				}
			}
		}
	}
}

func TestBindingsAreUnambiguous(t *testing.T) {
	if twice := Bindings().Duplicates(); len(twice) > 0 {
		t.Errorf("bound twice: %v", twice)
	}
	env := &page.Env{Workspace: emptyShop(t)}
	for _, p := range []page.Page{
		page.NewOverview(env), page.NewSegments(env), page.NewQuality(env), page.NewLoad(env, nil),
		page.NewCustomers(env, workspace.View{}, ""), page.NewReferrals(env), page.NewPeople(env), page.NewTree(env, ""),
	} {
		if twice := p.Keys().Duplicates(); len(twice) > 0 {
			t.Errorf("%s binds twice: %v", p.Title(), twice)
		}
		for _, b := range p.Keys() {
			if other, ok := Bindings().Find(b.ID); ok && b.ID != keys.NextPane && b.ID != keys.PreviousPane && b.ID != keys.Back {
				t.Errorf("%s takes the command %s of the program (%s)", p.Title(), b.ID, other.Help)
			}
		}
	}
}

func BenchmarkUpdateView200x60(b *testing.B) {
	d := openShop(b)
	d.size(200, 60)
	for _, name := range []string{"1", "2", "3"} {
		d.press(name)
		b.Run(d.root.stack.top().name, func(b *testing.B) {
			b.ReportAllocs()
			for i := range b.N {
				key := "down"
				if i%20 > 9 {
					key = "up"
				}
				d.root.Update(pressed(key))
				d.root.View()
			}
		})
	}
}

// TestRunningLoadIsNotDropped stays on the load page while files are loaded, and
// leaves it when that is over.
func TestRunningLoadIsNotDropped(t *testing.T) {
	d := openShop(t)
	running := page.NewLoad(d.root.env, &workspace.LoadRequest{Sources: []string{shopFile(t)}})
	d.root.stack.push(running, pageLoad)
	reply := from(running, running.Init())
	for _, key := range []string{"2", "esc"} {
		d.press(key)
		d.sees("worth › overview › load", "files are being loaded; ctrl+c stops that first")
	}
	d.press("D") // another page may lie over it
	d.sees("data quality")
	d.press("3")
	d.sees("data quality", "files are being loaded")
	d.press("esc")
	d.press("ctrl+c")
	d.drain(reply)
	d.press("2")
	d.sees("worth › segments")
}

// TestBarLeavesOutWhatIsEmpty has channels in the bar once something is said of them.
func TestBarLeavesOutWhatIsEmpty(t *testing.T) {
	d := openShop(t)
	if strings.Contains(d.text(), "8 channels") {
		t.Errorf("channels are in the bar:\n%s", d.text())
	}
	d.press("8")
	d.sees("worth › channels", "no order names the channel it came through", "8 channels")
	costs := write(t, "costs.csv", "channel,date,spend\nweb,2025-01-05,1000\n")
	d.drain(d.root.load(workspace.LoadRequest{Sources: []string{costs}}))
	d.press("1")
	d.sees("8 channels")
	d.press("8", "tab", "e", "esc", "Q")
	d.sees("ask/")
}
