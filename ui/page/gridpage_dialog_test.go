package page

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"worth/internal/tabular"
	"worth/ui/keys"
	"worth/ui/screen"
	"worth/ui/theme"
)

// overlayOf returns the dialog among messages.
func overlayOf(t *testing.T, sent []tea.Msg) Overlay {
	t.Helper()
	for _, m := range sent {
		if o, ok := m.(OpenOverlay); ok {
			return o.Overlay
		}
	}
	t.Fatalf("no dialog is opened by %v", sent)
	return nil
}

// pressOverlay presses keys in a dialog and reports whether it closed.
func pressOverlay(o Overlay, pressed ...string) (closed bool) {
	for _, k := range pressed {
		_, closed = o.Key(gridKey(k))
	}
	return closed
}

func TestGridPageChoosesColumns(t *testing.T) {
	p, _ := newFakePage(t, 100)
	o := overlayOf(t, gridDo(t, p, keys.Choose))
	for _, size := range [][2]int{{80, 24}, {20, 5}, {3, 2}, {0, 0}} {
		o.View(size[0], size[1], theme.NoColor())
	}
	if closed := pressOverlay(o, "down", "space", "J", "end", "K", "k", "enter"); !closed {
		t.Fatal("Enter does not take over")
	}
	if want := []string{"id", "city", "score", "email"}; !slices.Equal(p.grid.VisibleColumns(), want) {
		t.Errorf("the columns are %v, not %v", p.grid.VisibleColumns(), want)
	}
	o = overlayOf(t, gridDo(t, p, keys.Choose))
	if text := screen.Text(o.View(80, 24, theme.NoColor()), 60, 10); !strings.Contains(text, "Columns (4 of 5)") || !strings.Contains(text, "[ ] amount") {
		t.Errorf("the dialog says\n%s", text)
	}
	if pressOverlay(o, "a", "a", "enter") {
		t.Error("a grid without columns is accepted")
	}
	if !pressOverlay(o, "esc") || len(p.grid.VisibleColumns()) != 4 {
		t.Error("Esc changes the columns")
	}
	gridDrain(t, p, p.Init())
	if len(p.grid.VisibleColumns()) != 4 {
		t.Error("a refresh forgets which columns are shown")
	}
}

func TestGridPageShowsWholeCells(t *testing.T) {
	p, _ := newFakePage(t, 100)
	o := overlayOf(t, gridDo(t, p, keys.Right, keys.WholeCell))
	golden.RequireEqual(t, screen.Text(o.View(80, 24, theme.NoColor()), 80, 8))
	cmd, closed := o.Key(gridKey("y"))
	if want := (Copy{Text: "0", What: "the cell"}); closed || cmd() != want {
		t.Errorf("y sends %v", cmd())
	}
	if !pressOverlay(o, "v") {
		t.Error("v does not close")
	}
	long := newGridCell(tabular.Column{Name: "note"}, strings.Repeat("word ", 60_000), "")
	view := func() string { return screen.Text(long.View(40, 10, theme.NoColor()), 40, 10) }
	if first := view(); !strings.Contains(first, "line 1 of") {
		t.Errorf("a long cell begins with\n%s", first)
	}
	pressOverlay(long, "end")
	if last := view(); !strings.Contains(last, "characters more") {
		t.Errorf("a long cell ends with\n%s", last)
	}
}

func TestGridPageExports(t *testing.T) {
	dir := t.TempDir()
	p, _ := newFakePage(t, 20_000)
	gridDo(t, p, keys.Filter)
	gridPress(t, p, append(gridType("score > 2"), "enter")...)
	gridDo(t, p, keys.First, keys.Right, keys.SortDescending, keys.Hide)
	export := func(path string) string {
		gridDo(t, p, keys.Export)
		gridPress(t, p, "ctrl+u")
		return notices(gridPress(t, p, append(gridType(path), "enter")...))
	}
	if export("rows"); !strings.Contains(p.prompt.problem, "end it in .csv") {
		t.Errorf("a name without a format says %q", p.prompt.problem)
	}
	gridPress(t, p, "esc")
	path := filepath.Join(dir, "rows.csv")
	if said := export(path); said != "10,000 rows were written to "+path || p.Capture() {
		t.Fatalf("exporting says %q", said)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	if len(lines) != 10_001 || lines[0] != "id,city,email,score" || !strings.Contains(lines[1], ",a***@example.com,") {
		t.Errorf("%d lines begin with %q", len(lines), lines[:2])
	}
	if want, _ := p.grid.Row(0); p.grid.Len() > 0 && want != nil && !strings.HasPrefix(lines[1], want[0].(string)) {
		t.Errorf("the first line %q is not the first row %v", lines[1], want)
	}
	if export(path); !strings.Contains(p.prompt.problem, "Enter once more") {
		t.Fatalf("a file is replaced without asking: %q", p.prompt.problem)
	}
	p.env.Revealed = true
	if said := notices(gridPress(t, p, "enter")); !strings.Contains(said, "10,000 rows") {
		t.Errorf("replacing says %q", said)
	}
	if data, err := os.ReadFile(path); err != nil || !strings.Contains(string(data), "anna.") {
		t.Errorf("revealed columns are masked in the file (%v)", err)
	}
	if said := export(filepath.Join(dir, "missing", "rows.json")); said != "" || !strings.Contains(p.prompt.problem, "cannot be written") {
		t.Errorf("a missing folder says %q and %q", said, p.prompt.problem)
	}
}

func TestGridPageExportsAreCancelled(t *testing.T) {
	dir := t.TempDir()
	p, _ := newFakePage(t, 100_000)
	gridDo(t, p, keys.Export)
	p.prompt.SetValue(filepath.Join(dir, "rows.json"))
	cmd := p.submit()
	if !strings.Contains(p.Busy(), "exporting to") || !p.Cancel() {
		t.Fatalf("an export is not running: %q", p.Busy())
	}
	gridDrain(t, p, cmd)
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Errorf("a cancelled export leaves %v (%v)", files, err)
	}
}

func TestGridExportSaysHowFarItIs(t *testing.T) {
	p, _ := newFakePage(t, 2*gridReport)
	p.exporting.start(context.Background())
	shares := make(chan float64, 1)
	wait := waitForShare(p, p.exporting.number, shares)
	shares <- 0.5
	next := p.Update(wait())
	if p.Busy() != "exporting · 50 %" {
		t.Errorf("busy with %q", p.Busy())
	}
	close(shares)
	if msg := next(); msg != nil {
		t.Errorf("after the end comes %v", msg)
	}
}

func TestGridPageFooterIsTheTypedTexts(t *testing.T) {
	p, _ := newFakePage(t, 100)
	for _, tt := range []struct{ open, want string }{
		{keys.Filter, "Enter filter   Tab complete the word   Esc leave it"},
		{keys.Search, "Enter search   Esc leave it"},
		{keys.Export, "Enter write the file   Esc leave it"},
	} {
		gridDo(t, p, tt.open)
		footer := func() string {
			return strings.TrimSpace(screen.Text(p.Keys().Footer(theme.NoColor(), 80, p.Reason), 80, 1))
		}
		if got := footer(); got != tt.want {
			t.Errorf("while %s is typed the footer reads %q, want %q", tt.open, got, tt.want)
		}
		p.Update(gridKey("esc"))
		if got := footer(); p.Capture() || strings.Contains(got, "leave it") {
			t.Errorf("after %s the footer still reads %q", tt.open, got)
		}
	}
}
