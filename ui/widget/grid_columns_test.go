package widget

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"worth/internal/tabular"
	"worth/ui/keys"
	"worth/ui/theme"
)

// headings returns the first line of the view.
func headings(g *Grid, w int) string {
	line, _, _ := strings.Cut(plainText(g.View(w, 10), w, 10), "\n")
	return line
}

func TestGridHideAndChoose(t *testing.T) {
	g := gridOf(t, gridShop{100})
	g.GotoColumn("last_order")
	g.Do(keys.Hide)
	if slices.Contains(g.VisibleColumns(), "last_order") || g.Hidden() != 1 {
		t.Errorf("visible after hiding: %v", g.VisibleColumns())
	}
	if g.CurrentColumn().Name != "orders" {
		t.Errorf("the cursor is on %s, want the column that moved up", g.CurrentColumn().Name)
	}
	g.SetVisible([]string{"city", "nowhere", "customer_id", "city"})
	if want := []string{"city", "customer_id"}; !slices.Equal(g.VisibleColumns(), want) {
		t.Errorf("visible = %v, want %v", g.VisibleColumns(), want)
	}
	g.SetSource(gridShop{10})
	if want := []string{"city", "customer_id"}; !slices.Equal(g.VisibleColumns(), want) {
		t.Errorf("visible after a source with the same columns = %v, want %v", g.VisibleColumns(), want)
	}
	if !g.HideColumn() || g.HideColumn() {
		t.Error("the last visible column must stay, the one before may go")
	}
	g.SetVisible([]string{"nowhere"})
	if len(g.VisibleColumns()) != 10 {
		t.Errorf("choosing nothing leaves %v", g.VisibleColumns())
	}
	g.Do(keys.Hide)
	g.Do(keys.Unhide)
	if g.Hidden() != 0 {
		t.Error("unhiding left columns hidden")
	}
}

func TestGridDuplicateNames(t *testing.T) {
	table := &tabular.Table{
		Columns: []tabular.Column{{Name: "a"}, {Name: "a"}, {Name: ""}, {Name: "a"}},
		Rows:    [][]any{{"one", "two", "three", "four"}},
	}
	g := gridOf(t, tabular.NewSource(table))
	if !strings.Contains(headings(g, 80), "column 3") {
		t.Errorf("the column without a name has no heading: %q", headings(g, 80))
	}
	g.SetVisible([]string{"a", "a"})
	if got := g.CopyRow(); got != "one\ttwo" {
		t.Errorf("the two columns called a hold %q", got)
	}
	g.Move(0, 1)
	g.SetSource(tabular.NewSource(table))
	if _, column := g.Cursor(); column != 1 {
		t.Errorf("the cursor left the second of two columns with the same name for %d", column)
	}
}

func TestGridFreeze(t *testing.T) {
	g := gridOf(t, gridShop{100})
	g.Do(keys.LastColumn)
	if h := headings(g, 80); !strings.Contains(h, "customer") || !strings.Contains(h, "note") || !strings.HasPrefix(h, "‹") {
		t.Errorf("the frozen and the last column are not both shown: %q", h)
	}
	g.Do(keys.FirstColumn)
	g.Do(keys.Freeze)
	if g.Frozen() != 0 {
		t.Fatal("freezing the frozen column again does not free it")
	}
	g.Do(keys.LastColumn)
	if h := headings(g, 60); strings.Contains(h, "customer") {
		t.Errorf("a free column stays: %q", h)
	}
	g.Do(keys.Freeze)
	if h := headings(g, 60); !strings.Contains(h, "note") {
		t.Errorf("freezing everything hides the column under the cursor: %q", h)
	}
}

func TestGridWideFrozenColumnLeavesHalf(t *testing.T) {
	table := &tabular.Table{
		Columns: []tabular.Column{{Name: "id"}, {Name: "value"}},
		Rows:    [][]any{{strings.Repeat("x", 500), "seen"}},
	}
	g := gridOf(t, tabular.NewSource(table))
	g.Do(keys.CycleWidth)
	for _, w := range []int{20, 40, 80} {
		if view := plainText(g.View(w, 5), w, 5); !strings.Contains(view, "seen") {
			t.Errorf("at %d columns the frozen column hides the rest:\n%s", w, view)
		}
	}
}

// What is left of the screen goes to the last column, unless its width was chosen.
func TestGridStretchesTheLastColumn(t *testing.T) {
	reason := strings.Repeat("because ", 9) + "of this"
	table := &tabular.Table{
		Columns: []tabular.Column{{Name: "id"}, {Name: "note"}, {Name: "reason"}},
		Rows:    [][]any{{"a", strings.Repeat("n", 50), reason}},
	}
	shown := func(g *Grid, w int) bool { return strings.Contains(plainText(g.View(w, 5), w, 5), reason) }
	g := gridOf(t, tabular.NewSource(table))
	if !shown(g, 140) {
		t.Errorf("with room to spare the last column is cut:\n%s", plainText(g.View(140, 5), 140, 5))
	}
	if shown(g, 100) {
		t.Error("without room the last column is not cut")
	}
	g.GotoColumn("reason")
	g.Do(keys.Narrower)
	if shown(g, 140) {
		t.Error("a column that was made narrower is stretched again")
	}
}

func TestGridWidths(t *testing.T) {
	g := gridOf(t, gridShop{100})
	g.GotoColumn("note")
	width := func() int { return g.columnWidth(g.column) }
	if width() != gridFitWidth {
		t.Errorf("fit is %d wide, want the limit %d", width(), gridFitWidth)
	}
	g.Do(keys.CycleWidth)
	if width() <= gridFitWidth || width() > gridFullWidth {
		t.Errorf("full is %d wide", width())
	}
	g.Do(keys.CycleWidth)
	if width() != gridCompactWidth {
		t.Errorf("compact is %d wide", width())
	}
	g.Do(keys.Wider)
	if width() != gridCompactWidth+2 {
		t.Errorf("wider than compact is %d", width())
	}
	for range 50 {
		g.Do(keys.Narrower)
	}
	if width() != gridMinWidth {
		t.Errorf("the narrowest is %d, want %d", width(), gridMinWidth)
	}
	for range 3 { // forget the width set by hand, then full, then fit
		g.Do(keys.CycleWidth)
	}
	if width() == gridMinWidth {
		t.Error("cycling does not forget a width set by hand")
	}
}

func TestGridSortMark(t *testing.T) {
	g := gridOf(t, gridShop{100})
	g.SortBy("net_revenue", true)
	if h := headings(g, 100); !strings.Contains(h, "net ▼") || strings.Count(h, "▼") != 1 {
		t.Errorf("no sort mark: %q", h)
	}
	g.SortBy("customer_id", false)
	if h := headings(g, 100); !strings.Contains(h, "customer ▲") {
		t.Errorf("no sort mark: %q", h)
	}
	if column, descending, ok := g.Sort(); column != "customer_id" || descending || !ok {
		t.Errorf("Sort = %s, %v, %v", column, descending, ok)
	}
	g.SortBy("", true)
	if _, descending, ok := g.Sort(); ok || descending {
		t.Error("the sort mark was not taken away")
	}
}

func gridDecimal(unscaled int64, scale uint8) tabular.Decimal {
	return tabular.Decimal{Unscaled: unscaled, Scale: scale}
}

func gridDay(y int) time.Time { return time.Date(y, 3, 15, 9, 30, 0, 0, time.UTC) }

var gridCellTests = []struct {
	cell any
	kind tabular.Kind
	want string
}{
	{"00001", tabular.Text, "00001"},
	{"a\x1b[31m\u202eb\nc", tabular.Text, "a␛[31mb↵c"},
	{int64(0), tabular.Integer, "0"},
	{int64(-41208), tabular.Integer, "-41,208"},
	{int64(999), tabular.Integer, "999"},
	{int64(math.MinInt64), tabular.Integer, "-9,223,372,036,854,775,808"},
	{3.0, tabular.Integer, "3"},
	{gridDecimal(30000, 4), tabular.Integer, "3"},
	{int64(12), tabular.Money, "12.00"},
	{gridDecimal(25003156300, 4), tabular.Money, "2,500,315.63"},
	{gridDecimal(125000, 4), tabular.Money, "12.50"},
	{gridDecimal(49, 4), tabular.Money, "0.00"},
	{gridDecimal(50, 4), tabular.Money, "0.01"},
	{gridDecimal(-50, 4), tabular.Money, "-0.01"},
	{gridDecimal(-49, 4), tabular.Money, "0.00"},
	{gridDecimal(5, 0), tabular.Money, "5.00"},
	{gridDecimal(5, 1), tabular.Money, "0.50"},
	{gridDecimal(math.MinInt64, 4), tabular.Money, "-922,337,203,685,477.58"},
	{gridDecimal(1, 200), tabular.Money, "0.00"},
	{gridDecimal(9999, 4), tabular.Money, "1.00"},
	{1234.5, tabular.Money, "1,234.50"},
	{-0.001, tabular.Money, "0.00"},
	{0.583, tabular.Share, "58.3 %"},
	{1.0, tabular.Share, "100.0 %"},
	{int64(1), tabular.Share, "100.0 %"},
	{gridDecimal(5, 1), tabular.Share, "50.0 %"},
	{0.61, tabular.Float, "0.61"},
	{0.000412345, tabular.Float, "0.000412"},
	{0.0, tabular.Float, "0.00"},
	{1234567.891, tabular.Float, "1,234,567.89"},
	{1e300, tabular.Float, "1e+300"},
	{123456789012345.0, tabular.Float, "123,456,789,012,345.00"},
	{math.Inf(1), tabular.Money, "∞"},
	{math.Inf(-1), tabular.Share, "-∞"},
	{math.NaN(), tabular.Float, "NaN"},
	{true, tabular.Boolean, "yes"},
	{false, tabular.Boolean, "no"},
	{gridDay(1997), tabular.Date, "1997-03-15"},
	{gridDay(1997), tabular.Time, "1997-03-15 09:30:00"},
	{gridDay(1), tabular.Date, "0001-03-15"},
	{gridDay(9999), tabular.Date, "9999-03-15"},
	{gridDay(-43), tabular.Date, "0044-03-15 BC"},
	{gridDay(0), tabular.Time, "0001-03-15 09:30:00 BC"},
	{nil, tabular.Money, ""},
}

func TestGridCells(t *testing.T) {
	f := newGridFormat()
	for _, tt := range gridCellTests {
		if got := f.cell(tt.cell, tt.kind, 40); got != tt.want {
			t.Errorf("the %T %v of kind %d is shown as %q, want %q", tt.cell, tt.cell, tt.kind, got, tt.want)
		}
	}
}

func TestGridLongCellIsNotReadWhole(t *testing.T) {
	long := strings.Repeat("é", 5_000_000)
	if n := len(gridClean(long, 40)); n > 1000 {
		t.Errorf("%d bytes of a long cell are prepared for 40 columns", n)
	}
	hidden := strings.Repeat("\u200b", 1_000_000) + "end"
	if got := gridClean(hidden, 40); got != ellipsis {
		t.Errorf("a cell of invisible characters is shown as %q", got)
	}
}

func TestGridMask(t *testing.T) {
	g := gridOf(t, gridShop{100})
	g.GotoColumn("name")
	for name, text := range map[string]string{"view": g.View(80, 5), "cell": g.CopyCell(), "row": g.CopyRow(), "whole": g.CellText()} {
		if strings.Contains(text, "Person") || !strings.Contains(text, "P***") {
			t.Errorf("the %s does not mask the name: %q", name, text)
		}
	}
	g.SetRevealed(true)
	if !g.Revealed() || g.CopyCell() != "Person 0" || !strings.Contains(g.View(80, 5), "Person 0") {
		t.Error("the revealed name is not shown")
	}
	for in, want := range map[string]string{"": "***", "\u200b": "***", "\x1b[0m": "␛***", "王小明": "王***"} {
		if got := gridMask(in); got != want {
			t.Errorf("gridMask(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestGridCopy(t *testing.T) {
	g := gridOf(t, tabular.NewSource(&tabular.Table{
		Columns: []tabular.Column{{Name: "id"}, {Name: "net", Kind: tabular.Money}, {Name: "note"}, {Name: "none"}},
		Rows:    [][]any{{"00001", tabular.Decimal{Unscaled: 123456789, Scale: 4}, "a\t\"b\"\n\x1b", nil}},
	}))
	if got, want := g.CopyRow(), "00001\t12345.6789\t\"a\t\"\"b\"\"\n\x1b\"\t"; got != want {
		t.Errorf("CopyRow = %q, want %q", got, want)
	}
	g.GotoColumn("net")
	if got := g.CopyCell(); got != "12345.6789" {
		t.Errorf("CopyCell = %q, want the exact value", got)
	}
	g.GotoColumn("note")
	if got, want := g.CellText(), "a⇥\"b\"↵\n␛"; got != want {
		t.Errorf("CellText = %q, want %q", got, want)
	}
	g.SetVisible([]string{"none"})
	if g.CopyCell() != "" || g.CellText() != "" {
		t.Error("no value is copied as something")
	}
	empty := NewGrid(theme.NoColor())
	if empty.CopyCell() != "" || empty.CopyRow() != "" || empty.CurrentColumn().Name != "" {
		t.Error("an empty grid copies something")
	}
}

func TestGridHits(t *testing.T) {
	g := gridOf(t, gridShop{1000})
	g.Goto(500)
	g.View(80, 24)
	top, _ := g.Window()
	if row, ok := g.RowAt(10, 1); !ok || row != top {
		t.Errorf("RowAt the first line = %d, %v; want %d", row, ok, top)
	}
	for _, y := range []int{-1, 0, 23, 24} {
		if row, ok := g.RowAt(10, y); ok {
			t.Errorf("RowAt line %d = %d, which is no row", y, row)
		}
	}
	for _, title := range []string{"customer", "orders", "net"} {
		x := Width(headings(g, 80)[:strings.Index(headings(g, 80), title)])
		g.View(80, 24)
		p, ok := g.HeaderAt(x, 0)
		if c := g.columns[g.visible[p]]; !ok || string(c.Title) != title {
			t.Errorf("the heading at %d is %q, want %q", x, c.Title, title)
		}
	}
	if !g.Click(3, 5) {
		t.Fatal("a click on a row hit nothing")
	}
	if row, column := g.Cursor(); row != g.top+4 || column != 0 {
		t.Errorf("the click went to %d, %d", row, column)
	}
	if g.Click(3, 0) || g.Click(3, 23) || g.Click(-1, -1) {
		t.Error("a click beside the rows hit one")
	}
}
