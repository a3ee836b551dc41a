package ui

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"worth/internal/workspace"
	"worth/ui/page"
)

// keptShop makes a workspace file with the invented orders and returns what opens
// it: what is kept for it goes to a folder beside it. Opening it again closes it
// first, as one process has one database of a file.
func keptShop(t *testing.T) (open func() *workspace.Workspace, kept string) {
	t.Helper()
	dir := t.TempDir()
	path, kept := filepath.Join(dir, "shop.duckdb"), filepath.Join(dir, "kept")
	var last *workspace.Workspace
	shut := func() {
		if last == nil {
			return
		}
		if err := last.Close(); err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(shut)
	open = func() *workspace.Workspace {
		t.Helper()
		shut()
		w, err := workspace.Open(context.Background(), path, workspace.Options{Threads: 1, Create: true, Drafts: kept})
		if err != nil {
			t.Fatal(err)
		}
		last = w
		return w
	}
	if _, err := open().Load(context.Background(), workspace.LoadRequest{Sources: []string{shopFile(t)}}, nil); err != nil {
		t.Fatal(err)
	}
	return open, kept
}

// leave keeps the session as the program does at its end.
func (d *driver) leave() {
	d.t.Helper()
	if err := d.root.keepSession()(); err != nil {
		d.t.Fatal(err)
	}
}

// tour returns what the screen shows now and after each of some keys.
func (d *driver) tour(names ...string) []string {
	shown := []string{d.text()}
	for _, name := range names {
		d.press(name)
		shown = append(shown, d.text())
	}
	return shown
}

// sameTour compares two tours.
func sameTour(t *testing.T, got, want []string) {
	t.Helper()
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("screen %d is\n%s\nand was\n%s", i, got[i], want[i])
		}
	}
}

func TestReturnsToWhereOneLeft(t *testing.T) {
	open, kept := keptShop(t)
	typed := func(text string) []string { return strings.Split(text, "") }
	i := 0
	for name, way := range map[string][]string{
		"overview":            {"tab", "tab"},
		"segment":             {"2", "down", "down"},
		"cell of heat map":    {"2", "tab", "right", "right", "down"},
		"sorted and filtered": slices.Concat([]string{"3", "right", "right", "right", "s", "f"}, typed("orders>=3"), []string{"enter", "down", "down", "down"}),
		"row found by key":    {"3", "G", "up", "up"},
		"hidden column":       {"3", "right", "-", "-"},
		"drilled":             {"2", "down", "enter", "down", "enter", "down"},
		"customer walked to":  {"3", "down", "enter", "]", "]"},
		"data quality":        {"2", "D"},
		"another first page":  {"2", "down", "down", "3", "down", "1"},
		"query":               {"9"},
		"models":              {"V"},
	} {
		if i++; testing.Short() && i%4 != 0 { // as the race detector runs
			continue
		}
		t.Run(name, func(t *testing.T) {
			if err := os.RemoveAll(kept); err != nil {
				t.Fatal(err)
			}
			d := drive(t, open(), Options{})
			d.press(way...)
			d.leave()
			pages := []string{"2", "3", "1"} // those not in view are as they were, too
			want := d.tour(pages...)
			sameTour(t, drive(t, open(), Options{}).tour(pages...), want)
		})
	}
}

// TestWalksOnAfterReturning goes back from a customer to the list and on along it.
func TestWalksOnAfterReturning(t *testing.T) {
	open, _ := keptShop(t)
	d := drive(t, open(), Options{})
	d.press("3", "down", "down", "enter")
	d.leave()
	want := d.tour("]", "esc")
	sameTour(t, drive(t, open(), Options{}).tour("]", "esc"), want)
}

// TestOrderLinesAreLeftOut returns to the customer whose order was open: an order
// is no place of its own.
func TestOrderLinesAreLeftOut(t *testing.T) {
	open, _ := keptShop(t)
	d := drive(t, open(), Options{})
	d.press("3", "enter")
	at := d.text()
	d.press("enter")
	d.sees(" › order ")
	d.leave()
	if got := drive(t, open(), Options{}).text(); got != at {
		t.Errorf("it is returned to\n%s\nnot\n%s", got, at)
	}
}

func TestBrokenSessionIsSaid(t *testing.T) {
	open, kept := keptShop(t)
	d := drive(t, open(), Options{})
	d.press("2")
	d.leave()
	err := filepath.WalkDir(kept, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		return os.WriteFile(path, []byte(`{"version": 1, "trail": [`), 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	again := drive(t, open(), Options{})
	again.sees("where you left off cannot be read", "worth › overview", "Champions")
}

// TestSessionOfOtherData returns to a customer, a segment, a column and a filter
// that are not there any more.
func TestSessionOfOtherData(t *testing.T) {
	open, _ := keptShop(t)
	w := open()
	err := w.KeepSession(workspace.Session{Trail: []workspace.Place{
		{Page: "customers", View: workspace.View{Filter: "nosuch > 1", Sort: "gone"}, Key: "c-999", Column: "gone", Columns: []string{"gone"}, Row: 1e6},
		{Page: "customer", ID: "c-999", Row: -4},
		{Page: "nosuch"},
		{Page: "quality"},
	}, Others: []workspace.Place{{Page: "segments", Pane: 99, Key: "Nobody", View: workspace.View{R: 99, F: -1}}, {Page: "nosuch"}}})
	if err != nil {
		t.Fatal(err)
	}
	d := drive(t, w, Options{})
	d.sees("c-999", "there is no customer")
	d.press("esc")
	d.sees("customers (40)", "c-039")
	d.press("2")
	d.sees("Champions")
}

func TestSwitchingWorkspacesKeepsBoth(t *testing.T) {
	first, _ := keptShop(t)
	second, kept := keptShop(t)
	w := second()
	path := w.Path()
	d := drive(t, first(), Options{Workspace: workspace.Options{Threads: 1, Drafts: kept}})
	d.press("2", "down")
	at := d.text()
	d.drain(d.root.openWorkspace(path))
	d.sees("worth › overview")
	if got := drive(t, first(), Options{}).text(); got != at {
		t.Errorf("it is returned to\n%s\nleft at\n%s", got, at)
	}
}

func TestUndoAndRedoOfSettings(t *testing.T) {
	open, _ := keptShop(t)
	d := drive(t, open(), Options{})
	d.press("u")
	d.sees("no settings were in force before")
	before := d.root.env.Workspace.Settings()
	d.drain(d.root.apply(page.WithScheme(before, "rf-10")))
	changed := d.root.env.Workspace.Settings()
	changed.Window = 12
	d.drain(d.root.apply(changed))
	d.sees("rf-10", "last 12 months")

	d.press("u")
	d.sees("in force again: window all history", "rf-10", "all history")
	d.press("u")
	d.sees("in force again: scheme rfm-11")
	if !d.root.env.Workspace.Settings().Equal(before) {
		t.Errorf("undone are %+v, not %+v", d.root.env.Workspace.Settings(), before)
	}
	d.press("ctrl+r")
	d.sees("in force again: scheme rf-10")

	// The history is there the next time, with what can be redone.
	d.leave()
	d = drive(t, open(), Options{})
	d.press("U")
	d.sees("Settings that were in force", "window 12 months", "scheme rf-10", "as it was at first")
	d.press("enter") // the latest
	d.sees("in force again: window 12 months")

	// A change after an undo forgets what was undone.
	d.press("u")
	set := d.root.env.Workspace.Settings()
	set.SkipZero = true
	d.drain(d.root.apply(set))
	d.press("ctrl+r")
	d.sees("no change of settings was undone")
	if n := len(d.root.past.list); n != 3 {
		t.Errorf("%d settings are remembered", n)
	}
}

// TestSettingsChangedElsewhere opens a workspace whose settings another program
// has changed since.
func TestSettingsChangedElsewhere(t *testing.T) {
	open, _ := keptShop(t)
	d := drive(t, open(), Options{})
	d.drain(d.root.apply(page.WithScheme(d.root.env.Workspace.Settings(), "rf-10")))
	d.leave()
	if err := open().Apply(context.Background(), workspace.Settings{Window: 6}, nil); err != nil {
		t.Fatal(err)
	}
	d = drive(t, open(), Options{})
	d.press("u")
	d.sees("in force again: window all history, scheme rf-10")
}
