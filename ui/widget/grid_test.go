package widget

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/ui/keys"
	"worth/ui/theme"
)

// gridShop is an invented list of customers, made row by row as it is read.
type gridShop struct{ rows int }

func (gridShop) Columns() []tabular.Column {
	return []tabular.Column{
		{Name: "customer_id", Title: "customer"},
		{Name: "name", Title: "name", Personal: true},
		{Name: "last_order", Title: "last order", Kind: tabular.Date},
		{Name: "orders", Title: "orders", Kind: tabular.Integer},
		{Name: "net_revenue", Title: "net", Kind: tabular.Money},
		{Name: "share", Title: "share", Kind: tabular.Share},
		{Name: "p_alive", Title: "P(alive)", Kind: tabular.Float},
		{Name: "city", Title: "city"},
		{Name: "active", Title: "active", Kind: tabular.Boolean},
		{Name: "note", Title: "note"},
	}
}

func (s gridShop) Len() int { return s.rows }

func (s gridShop) Page(ctx context.Context, from, n int) ([][]any, error) {
	cities := []string{"Springfield", "広島", "São Paulo", "Łódź"}
	rows := make([][]any, 0, n)
	for i := from; i < min(from+n, s.rows); i++ {
		row := []any{
			fmt.Sprintf("c-%07d", i), "Person " + strconv.Itoa(i), time.Date(2024, 1, 1+i%365, 0, 0, 0, 0, time.UTC),
			int64(i * 7 % 2500),
			tabular.Decimal{Unscaled: int64(i) * 123457, Scale: 4},
			float64(i%1000) / 1000,
			float64(i%97) / 97, cities[i%len(cities)], i%3 == 0, nil,
		}
		if i%5 == 0 {
			row[9] = "a long remark about order " + strconv.Itoa(i) + " that nobody needs to read to its end\nbut may"
		}
		rows = append(rows, row)
	}
	return rows, ctx.Err()
}

// fill answers every request of the grid.
func fill(t testing.TB, g *Grid) {
	t.Helper()
	for range 100 {
		from, n, ok := g.Need()
		if !ok {
			return
		}
		rows, err := g.Source().Page(t.Context(), from, n)
		if err != nil {
			t.Fatal(err)
		}
		if !g.Put(from, rows, g.Generation()) {
			t.Fatalf("the rows from %d on, just asked for, were refused", from)
		}
	}
	t.Fatal("the grid never has enough")
}

// gridOf returns a filled grid over source, drawn once at 80×24.
func gridOf(t testing.TB, source tabular.Source) *Grid {
	t.Helper()
	g := NewGrid(theme.NoColor())
	g.SetSource(source)
	g.SetSize(80, 24)
	fill(t, g)
	g.View(80, 24)
	return g
}

func TestGridMovement(t *testing.T) {
	const body = 22 // rows in 24 lines
	tests := []struct {
		name     string
		commands string
		row, top int
		column   int
	}{
		{"start", "", 0, 0, 0},
		{"down", keys.Down, 1, 0, 0},
		{"up at the top", keys.Up, 0, 0, 0},
		{"last", keys.Last, 999, 1000 - body, 0},
		{"down at the end", keys.Last + " " + keys.Down, 999, 1000 - body, 0},
		{"last and first", keys.Last + " " + keys.First, 0, 0, 0},
		{"page down", keys.PageDown, body, body, 0},
		{"page down twice, up once", keys.PageDown + " " + keys.PageDown + " " + keys.PageUp, body, body, 0},
		{"page up at the top", keys.PageUp, 0, 0, 0},
		{"page keeps the line", keys.Down + " " + keys.PageDown, body + 1, body, 0},
		{"page down at the end", keys.Last + " " + keys.PageDown, 999, 1000 - body, 0},
		{"half page", keys.HalfDown, body / 2, body / 2, 0},
		{"half page and back", keys.HalfDown + " " + keys.HalfUp, 0, 0, 0},
		{"right", keys.Right, 0, 0, 1},
		{"left at the first column", keys.Left, 0, 0, 0},
		{"last column", keys.LastColumn, 0, 0, 9},
		{"right at the last column", keys.LastColumn + " " + keys.Right, 0, 0, 9},
		{"first column", keys.LastColumn + " " + keys.FirstColumn, 0, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := gridOf(t, gridShop{1000})
			for _, command := range strings.Fields(tt.commands) {
				if !g.Do(command) {
					t.Fatalf("Do(%q) is not a command of the grid", command)
				}
			}
			row, column := g.Cursor()
			top, _ := g.Window()
			if row != tt.row || top != tt.top || column != tt.column {
				t.Errorf("row %d, top %d, column %d; want %d, %d, %d", row, top, column, tt.row, tt.top, tt.column)
			}
		})
	}
	if NewGrid(theme.NoColor()).Do(keys.Filter) {
		t.Error("Do claims a command that is the page's")
	}
}

func TestGridGoto(t *testing.T) {
	g := gridOf(t, gridShop{1_000_000})
	for _, tt := range []struct{ to, want int }{{500_000, 500_000}, {-1, 0}, {math.MaxInt, 999_999}, {math.MinInt, 0}} {
		g.Goto(tt.to)
		if row, _ := g.Cursor(); row != tt.want {
			t.Errorf("Goto(%d) went to %d, want %d", tt.to, row, tt.want)
		}
	}
	g.Move(math.MaxInt, math.MaxInt)
	g.Move(math.MaxInt, math.MaxInt)
	if row, column := g.Cursor(); row != 999_999 || column != 9 {
		t.Errorf("a move beyond the end went to %d, %d", row, column)
	}
	if g.GotoColumn("nowhere") || !g.GotoColumn("orders") || g.CurrentColumn().Name != "orders" {
		t.Error("GotoColumn does not find columns by name")
	}
}

func TestGridScroll(t *testing.T) {
	g := gridOf(t, gridShop{1000})
	g.Scroll(3)
	if row, _ := g.Cursor(); row != 3 {
		t.Errorf("the cursor is on row %d, want 3, the first in view", row)
	}
	g.Goto(20)
	g.Scroll(3)
	if row, _ := g.Cursor(); row != 20 {
		t.Errorf("scrolling moved the cursor to %d although row 20 is in view", row)
	}
	g.Scroll(-1000)
	if top, _ := g.Window(); top != 0 {
		t.Errorf("scrolled above the first row, to %d", top)
	}
	g.Scroll(5000)
	if top, _ := g.Window(); top != 978 {
		t.Errorf("scrolled to %d, want 978, the last full window", top)
	}
}

func TestGridNeedsOnlyTheWindow(t *testing.T) {
	g := NewGrid(theme.NoColor())
	if _, _, ok := g.Need(); ok {
		t.Fatal("a grid without a source needs rows")
	}
	g.SetSource(gridShop{1_000_000})
	g.SetSize(80, 24)
	g.Goto(500_000)
	var asked []int
	for from, n, ok := g.Need(); ok; from, n, ok = g.Need() {
		if n != gridBlockRows {
			t.Errorf("asked for %d rows", n)
		}
		asked = append(asked, from)
	}
	if want := []int{499_968, 499_712}; !slices.Equal(asked, want) {
		t.Errorf("asked for rows from %v on, want %v", asked, want)
	}
	if view := g.View(80, 24); !strings.Contains(view, "…") {
		t.Error("rows not yet read are not shown as such")
	}
	g.Goto(999_999)
	if from, n, ok := g.Need(); !ok || from+n != 1_000_000 || n != 64 {
		t.Errorf("Need = %d, %d, %v; want the last 64 rows", from, n, ok)
	}
}

func TestGridPrefetches(t *testing.T) {
	g := gridOf(t, gridShop{10_000})
	g.Goto(245)
	if from, _, ok := g.Need(); !ok || from != 256 {
		t.Errorf("Need = %d, %v near the end of a block; want the next block", from, ok)
	}
}

func TestGridDropsLateRows(t *testing.T) {
	g := NewGrid(theme.NoColor())
	g.SetSource(gridShop{100})
	old := g.Generation()
	g.SetSource(gridShop{50})
	rows := [][]any{{"late"}}
	if g.Put(0, rows, old) || g.Fail(0, errors.New("late"), old) {
		t.Error("rows of an older generation were taken")
	}
	for _, from := range []int{-256, 7, 256} {
		if g.Put(from, rows, g.Generation()) {
			t.Errorf("rows from %d on were taken although never asked for", from)
		}
	}
}

func TestGridCacheIsBounded(t *testing.T) {
	g := gridOf(t, gridShop{1_000_000})
	for i := range 300 {
		g.Goto(i * 3000)
		fill(t, g)
		if len(g.cache.blocks) > g.cache.limit {
			t.Fatalf("%d blocks are kept, limit %d", len(g.cache.blocks), g.cache.limit)
		}
		if row, _ := g.Cursor(); g.cache.blocks[row/gridBlockRows] == nil {
			t.Fatalf("the block of row %d was dropped while in view", row)
		}
	}
}

func TestGridFail(t *testing.T) {
	g := NewGrid(theme.NoColor())
	g.SetSource(gridShop{100})
	g.SetSize(80, 24)
	from, _, _ := g.Need()
	g.Fail(from, errors.New("the disk is gone"), g.Generation())
	if _, _, ok := g.Need(); ok {
		t.Error("rows that failed are asked for again by themselves")
	}
	if view := g.View(80, 24); !strings.Contains(view, "the disk is gone") {
		t.Errorf("the error is not shown:\n%s", view)
	}
	g.Retry()
	if _, _, ok := g.Need(); !ok {
		t.Error("Retry does not ask again")
	}
}

func TestGridShortPage(t *testing.T) {
	g := NewGrid(theme.NoColor())
	g.SetSource(gridShop{100})
	g.SetSize(80, 24)
	from, _, _ := g.Need()
	g.Put(from, [][]any{{"only one"}}, g.Generation())
	if _, _, ok := g.Need(); ok {
		t.Error("a page shorter than expected is asked for forever")
	}
	if view := g.View(80, 24); !strings.Contains(view, "only one") {
		t.Error("the rows that came are not shown")
	}
}

func TestGridKeepKey(t *testing.T) {
	g := gridOf(t, gridShop{1000})
	g.Goto(40)
	g.GotoColumn("orders")
	turned := &tabular.Table{Columns: gridShop{}.Columns()}
	rows, err := gridShop{1000}.Page(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(rows)
	turned.Rows = rows[900:]
	g.SetSource(tabular.NewSource(turned), KeepKey)
	fill(t, g)
	if key, _ := g.CursorKey(); key != "c-0000040" || g.CurrentColumn().Name != "orders" {
		t.Errorf("the cursor is on %s, %s", key, g.CurrentColumn().Name)
	}

	g.SetSource(gridShop{1000}, KeepKey)
	g.Do(keys.Down)
	here, _ := g.Cursor()
	fill(t, g)
	if row, _ := g.Cursor(); row != here {
		t.Errorf("the cursor jumped to %d after it had been moved", row)
	}

	g.SetSource(gridShop{1000}, KeepRow)
	if row, _ := g.Cursor(); row != here {
		t.Errorf("KeepRow went to row %d, want %d", row, here)
	}
	g.SetSource(gridShop{1000})
	if row, _ := g.Cursor(); row != 0 {
		t.Errorf("a new source begins at row %d", row)
	}
}

func TestGridMarks(t *testing.T) {
	g := gridOf(t, gridShop{1000})
	g.Do(keys.Mark)
	g.Goto(3)
	g.Do(keys.Mark)
	if want := []string{"c-0000000", "c-0000003"}; !slices.Equal(g.Marks(), want) {
		t.Fatalf("Marks = %v, want %v", g.Marks(), want)
	}
	if view := g.View(80, 24); strings.Count(view, "●") != 2 || !strings.Contains(view, "2 marked") {
		t.Errorf("marks are not shown:\n%s", view)
	}
	g.Do(keys.Mark)
	g.SetSource(gridShop{500})
	if want := []string{"c-0000000"}; !slices.Equal(g.Marks(), want) {
		t.Errorf("Marks = %v after a new source, want %v", g.Marks(), want)
	}
	if g.ToggleMark() {
		t.Error("a row that has not been read was marked")
	}
	g.Do(keys.ClearMarks)
	if len(g.Marks()) > 0 {
		t.Error("marks are left")
	}
}

func TestGridSearchState(t *testing.T) {
	g := gridOf(t, gridShop{1000})
	g.OpenSearch()
	g.Type("ann\x1b王")
	g.Backspace()
	if !g.Searching() || !strings.Contains(g.View(80, 24), "/ann␛▏") {
		t.Errorf("the query being typed is not shown:\n%s", g.View(80, 24))
	}
	if q := g.AcceptSearch(); q != "ann␛" || g.Searching() {
		t.Errorf("AcceptSearch = %q", q)
	}
	g.OpenSearch()
	g.Type("x")
	g.CancelSearch()
	if g.Query() != "ann␛" {
		t.Errorf("after Cancel the query is %q", g.Query())
	}
	g.OpenSearch()
	if q := g.AcceptSearch(); q != "ann␛" {
		t.Errorf("an empty query gives %q, want the one before", q)
	}
	g.SetQuery("")
	g.Backspace()
	if g.Query() != "" {
		t.Error("SetQuery did not end the search")
	}
}

func TestGridStates(t *testing.T) {
	g := NewGrid(theme.NoColor())
	show := func(want string) {
		t.Helper()
		if view := g.View(60, 8); !strings.Contains(view, want) {
			t.Errorf("the grid does not say %q:\n%s", want, view)
		}
	}
	show("Nothing to show.")
	g.SetLoading("counting customers…")
	show("counting customers…")
	g.SetError(i18n.Errorf("the file %s has no customers", "a.csv"))
	show("the file a.csv has no customers")
	g.SetEmpty("no customer matches the filter")
	g.SetSource(gridShop{0})
	show("no customer matches the filter")
	g.SetSource(gridShop{5})
	show("row 1 of 5 · col 1/10")
	g.SetLoading("sorting…")
	show("sorting…")
}
