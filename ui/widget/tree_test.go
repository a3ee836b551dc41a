package widget_test

import (
	"strings"
	"testing"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/ui/screen"
	"worth/ui/theme"
	"worth/ui/widget"
)

// lineage is a source of n lines, all of which are seen.
type lineage struct {
	n    int
	line func(i int) widget.TreeLine
}

func (l lineage) Len() int                   { return l.n }
func (l lineage) Line(i int) widget.TreeLine { return l.line(i) }

func sampleTree(th theme.Theme) *widget.Tree {
	lines := []widget.TreeLine{
		{Label: "c-00044", Inner: true, Open: true, Cells: []any{5000.0, 13750.0, int64(3)}},
		{Label: "c-00102", Level: 1, Inner: true, Open: true, Cells: []any{5000.0, 3750.0, int64(2)}},
		{Label: "c-00311", Level: 2, Inner: true, Note: "(1)", Cells: []any{2000.0, 2000.0, int64(1)}},
		{Label: "客户-7", Level: 2, Cells: []any{1000.0, 500.0, int64(0)}},
		{Label: "c-00103", Level: 1, Faint: true, Cells: []any{nil, 2500.0, int64(0)}},
	}
	t := widget.NewTree(th, lineage{len(lines), func(i int) widget.TreeLine { return lines[i] }})
	t.Heading, t.Query, t.Sorted, t.Falling = "person", "031", "kept", true
	t.Columns = []tabular.Column{
		{Name: "own", Title: "own value", Kind: tabular.Money},
		{Name: "kept", Title: "kept", Kind: tabular.Money},
		{Name: "direct", Title: "direct", Kind: tabular.Integer},
	}
	t.Move(1)
	return t
}

// hostileTree has labels that break careless code, levels deeper than any screen,
// and cells of the wrong kind.
func hostileTree(th theme.Theme, bad string) *widget.Tree {
	t := widget.NewTree(th, lineage{400, func(i int) widget.TreeLine {
		return widget.TreeLine{Label: bad, Note: bad, Level: i * 37 % 400, Inner: i%2 == 0, Cells: []any{bad, 1e300}}
	}})
	t.Heading, t.Query = bad, "A"
	for range 9 {
		t.Columns = append(t.Columns, tabular.Column{Name: bad, Title: i18n.Text(bad)})
	}
	t.Goto(399)
	t.MoveColumn(7)
	return t
}

// TestTreeMoves moves the cursors and looks where they are.
func TestTreeMoves(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   func(tree *widget.Tree)
		want int
	}{
		{"down", func(tree *widget.Tree) { tree.Move(2) }, 2},
		{"stops above", func(tree *widget.Tree) { tree.Move(-3) }, 0},
		{"stops below", func(tree *widget.Tree) { tree.Goto(1 << 40) }, 999},
		{"half a page", func(tree *widget.Tree) { tree.Page(1) }, 9},
		{"two pages", func(tree *widget.Tree) { tree.Page(4) }, 36},
		{"the wheel takes the cursor along", func(tree *widget.Tree) { tree.Scroll(30) }, 30},
		{"and back", func(tree *widget.Tree) { tree.Scroll(30); tree.Scroll(-30) }, 18},
	} {
		tree := widget.NewTree(theme.Dark(), lineage{1000, func(int) widget.TreeLine { return widget.TreeLine{Label: "x"} }})
		tree.View(40, 20)
		tt.do(tree)
		if got := tree.Cursor(); got != tt.want {
			t.Errorf("%s: the cursor is on line %d, want %d", tt.name, got, tt.want)
		}
	}
	tree := sampleTree(theme.Dark())
	if _, on := tree.Column(); on {
		t.Error("the column cursor begins on a value")
	}
	tree.MoveColumn(9)
	if c, on := tree.Column(); !on || c.Name != "direct" {
		t.Errorf("the last column is %q", c.Name)
	}
	tree.MoveColumn(-9)
	if _, on := tree.Column(); on {
		t.Error("the column cursor does not come back to the labels")
	}
}

// TestTreeClicks clicks on what was drawn.
func TestTreeClicks(t *testing.T) {
	tree := sampleTree(theme.NoColor())
	text := screen.Text(tree.View(60, 8), 60, 8)
	rows := strings.Split(text, "\n")
	at := func(y int, part string) int {
		before, _, found := strings.Cut(rows[y], part)
		if !found {
			t.Fatalf("no %q in line %d of\n%s", part, y, text)
		}
		return widget.Width(before)
	}
	if line, _, knob := tree.Click(at(3, "▸ c-00311"), 3); !line || !knob || tree.Cursor() != 2 {
		t.Errorf("a click on the sign of c-00311: line %v, knob %v, cursor %d", line, knob, tree.Cursor())
	}
	if line, _, knob := tree.Click(at(3, "00311"), 3); !line || knob {
		t.Errorf("a click on the label: line %v, knob %v", line, knob)
	}
	if line, _, knob := tree.Click(at(4, "· 客户"), 4); !line || knob || tree.Cursor() != 3 {
		t.Errorf("a click on the sign of a leaf: line %v, knob %v, cursor %d", line, knob, tree.Cursor())
	}
	if _, head, _ := tree.Click(at(0, "kept"), 0); !head {
		t.Error("a click on a heading is none")
	}
	if c, on := tree.Column(); !on || c.Name != "kept" {
		t.Errorf("a click on the heading of kept goes to %q", c.Name)
	}
	if line, head, _ := tree.Click(3, 7); line || head {
		t.Error("there is something below the last line")
	}
}

// TestTreeScrollsColumns shows the column under the cursor in a window too narrow
// for all.
func TestTreeScrollsColumns(t *testing.T) {
	tree := sampleTree(theme.NoColor())
	if text := screen.Text(tree.View(40, 4), 40, 4); !strings.Contains(text, "own value") || strings.Contains(text, "direct") {
		t.Errorf("a narrow tree begins with\n%s", text)
	}
	tree.MoveColumn(3)
	if text := screen.Text(tree.View(40, 4), 40, 4); !strings.Contains(text, "direct") || !strings.Contains(text, "‹") {
		t.Errorf("the last column is not in view:\n%s", text)
	}
	if text := screen.Text(tree.View(90, 4), 90, 4); !strings.Contains(text, "own value") || !strings.Contains(text, "direct") {
		t.Errorf("a wide tree leaves room empty:\n%s", text)
	}
}

// TestTreeScrollsGuides goes down a chain of ten thousand: the label under the
// cursor is always readable, and the heading says where it is.
func TestTreeScrollsGuides(t *testing.T) {
	tree := widget.NewTree(theme.NoColor(), lineage{10_000, func(i int) widget.TreeLine {
		return widget.TreeLine{Label: "person " + i18n.Number(float64(i), 0), Level: i, Inner: true, Open: true}
	}})
	tree.Heading = "person"
	for _, line := range []int{0, 10, 5000, 9999, 4000} {
		tree.Goto(line)
		text := screen.Text(tree.View(80, 10), 80, 10)
		if want := "person " + i18n.Number(float64(line), 0) + "\n"; !strings.Contains(text+"\n", want) {
			t.Errorf("%q is not to be seen:\n%s", want, text)
		}
		if line > 100 && !strings.Contains(text, "from level") {
			t.Errorf("nothing says how deep it is:\n%s", text)
		}
	}
}

func BenchmarkTree(b *testing.B) {
	const million = 1_000_000
	tree := widget.NewTree(theme.Dark(), lineage{million, func(i int) widget.TreeLine {
		return widget.TreeLine{
			Label: "p-0012345", Level: i % 12, Inner: i%3 == 0, Open: true,
			Cells: []any{float64(i), 2.5 * float64(i), 3.5, 4.5, int64(i), int64(3), int64(4), 1.5},
		}
	}})
	for _, name := range []string{"own", "kept", "brought", "influence", "direct", "all", "depth", "CRV"} {
		tree.Columns = append(tree.Columns, tabular.Column{Name: name, Kind: tabular.Money})
	}
	b.ReportAllocs()
	at := 0
	for b.Loop() {
		at = (at + 7919) % million
		tree.Goto(at)
		tree.View(200, 60)
	}
}
