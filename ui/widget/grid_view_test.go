package widget

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"worth/internal/tabular"
	"worth/ui/keys"
	"worth/ui/screen"
	"worth/ui/theme"
)

// plainText returns a view as the characters on screen.
func plainText(view string, w, h int) string { return screen.Text(view, w, h) }

// hostileTable holds everything a file may hold that a terminal should not see,
// or not see as it is.
func hostileTable(columns, rows int) tabular.Source {
	cells := []any{
		"\x1b[2J\x1b]0;title\a", "a\u202eb\u2066c", strings.Repeat("\u200b", 300) + "x", strings.Repeat("王", 400), "e\u0301\u0302\u0303\u0304",
		"tab\tline\r\nend", "\xff\xfe\x00", "", nil, int64(math.MinInt64), math.Inf(-1), math.NaN(), 1e308, true,
		tabular.Decimal{Unscaled: math.MaxInt64, Scale: 255},
		time.Date(-4000, 1, 1, 0, 0, 0, 0, time.UTC), strings.Repeat("long ", 20_000),
		"🇨🇳👩\u200d👧👍🏽", "हिंदी ภาษา",
		struct{}{},
	}
	names := []string{"id", "id", "", "\x1b[31m", strings.Repeat("wide ", 100), "100 %d", "王\u202e"}
	t := &tabular.Table{}
	for i := range columns {
		t.Columns = append(t.Columns, tabular.Column{Name: names[i%len(names)], Kind: tabular.Kind(i % 8), Personal: i%11 == 3})
	}
	for i := range rows {
		row := make([]any, max(columns-i%2, 0)) // every other row is a cell short
		for j := range row {
			row[j] = cells[(i*7+j)%len(cells)]
		}
		t.Rows = append(t.Rows, row)
	}
	return tabular.NewSource(t)
}

// requireGrid checks what must hold of a grid at any time.
func requireGrid(t *testing.T, g *Grid, w, h int) {
	t.Helper()
	view := g.View(w, h)
	row, column := g.Cursor()
	top, body := g.Window()
	switch {
	case row < 0 || row >= max(g.Len(), 1), column < 0 || column >= max(len(g.visible), 1):
		t.Fatalf("the cursor is at %d, %d of %d×%d", row, column, g.Len(), len(g.visible))
	case top < 0 || row < top || row >= top+max(body, 1) || top > max(g.Len()-max(body, 1), 0):
		t.Fatalf("the window %d+%d does not fit the cursor %d of %d rows", top, body, row, g.Len())
	case len(g.visible) == 0 && len(g.columns) > 0, g.frozen > len(g.visible):
		t.Fatalf("%d of %d columns visible, %d frozen", len(g.visible), len(g.columns), g.frozen)
	}
	if w > 0 && len(g.visible) > 0 {
		slots, _ := g.layout()
		shown := false
		for i, s := range slots {
			shown = shown || s.position == column
			if s.width < 1 || s.x+s.width > g.edge() || i > 0 && s.x < slots[i-1].x+slots[i-1].width+gridGap {
				t.Fatalf("at %d columns the slots overlap or leave the screen: %+v", w, slots)
			}
		}
		if !shown {
			t.Fatalf("at %d columns the cursor's column %d is not in view: %+v", w, column, slots)
		}
	}
	if h <= 0 {
		if view != "" {
			t.Fatalf("a view of no height is %q", view)
		}
		return
	}
	lines := strings.Split(view, "\n")
	if len(lines) != h {
		t.Fatalf("a view of %d lines has %d", h, len(lines))
	}
	for y, line := range lines {
		if got := Width(line); got != max(w, 0) {
			t.Fatalf("line %d of a view %d wide is %d: %q", y, w, got, line)
		}
		if text := ansi.Strip(line); Clean(text) != text {
			t.Fatalf("line %d is not clean: %q", y, text)
		}
	}
}

func TestGridKeepsItsPromises(t *testing.T) {
	themes := []theme.Theme{theme.Dark(), theme.Light(), theme.NoColor(), {}}
	for seed := range uint64(12) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 1))
			g := NewGrid(themes[r.IntN(len(themes))])
			w, h := 80, 24
			for range 400 {
				if r.IntN(16) == 0 {
					w, h = r.IntN(90)-2, r.IntN(30)-2
				}
				disturbGrid(t, g, r)
				requireGrid(t, g, w, h)
			}
		})
	}
}

// disturbGrid does one thing, chosen at random, that a page may do to a grid.
func disturbGrid(t *testing.T, g *Grid, r *rand.Rand) {
	t.Helper()
	switch r.IntN(14) {
	case 0:
		sources := []tabular.Source{
			gridShop{0},
			gridShop{1},
			gridShop{300},
			gridShop{1_000_000},
			hostileTable(0, 3), hostileTable(1, 1), hostileTable(7, 40), hostileTable(500, 12), nil,
		}
		options := [][]GridOption{nil, {KeepKey}, {KeepRow}}
		g.SetSource(sources[r.IntN(len(sources))], options[r.IntN(3)]...)
	case 1:
		g.Click(r.IntN(100)-5, r.IntN(30)-2)
	case 2:
		g.Scroll(r.IntN(2001) - 1000)
	case 3:
		g.Goto(int(r.Uint64()))
	case 4:
		names := g.VisibleColumns()
		r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		g.SetVisible(names[:r.IntN(len(names)+1)])
	case 5:
		if from, _, ok := g.Need(); ok {
			g.Fail(from, errors.New("gone\x1b[0m"), g.Generation())
		}
		g.Retry()
	case 6:
		g.SetRevealed(r.IntN(2) == 0)
		g.SetQuery([]string{"", "a", "王"}[r.IntN(3)])
	case 7, 8:
		if g.Source() != nil {
			fill(t, g)
		}
	default:
		commands := keys.Grid()
		g.Do(commands[r.IntN(len(commands))].ID)
	}
}

func TestGridManyColumnsAndHugeCells(t *testing.T) {
	g := NewGrid(theme.Dark())
	g.SetSource(hostileTable(10_000, 5))
	fill(t, g)
	for _, size := range [][2]int{{80, 24}, {20, 5}, {1, 1}, {0, 0}, {200, 60}} {
		for _, command := range []string{keys.FirstColumn, keys.Freeze, keys.LastColumn, keys.Freeze, keys.Left} {
			g.Do(command)
			requireGrid(t, g, size[0], size[1])
		}
	}
	huge := strings.Repeat("10 MB ", 10<<20/6)
	g.SetSource(tabular.NewSource(&tabular.Table{Columns: []tabular.Column{{Name: "a"}}, Rows: [][]any{{huge}}}))
	fill(t, g)
	requireGrid(t, g, 80, 24)
	if g.CopyCell() != huge {
		t.Error("a copy of a long cell is not the whole cell")
	}
}

func TestGridOnScreen(t *testing.T) {
	draw := func(th theme.Theme, w, h int) string {
		g := NewGrid(th)
		g.SetSource(gridShop{1_000_000})
		g.SetSize(w, h)
		g.SortBy("net_revenue", true)
		g.Goto(40_007)
		fill(t, g)
		g.ToggleMark()
		g.Move(2, 4)
		return plainText(g.View(w, h), w, h)
	}
	for _, size := range [][2]int{{120, 12}, {80, 10}, {40, 10}, {20, 5}, {7, 4}, {3, 2}, {1, 1}} {
		w, h := size[0], size[1]
		t.Run(fmt.Sprintf("%dx%d", w, h), func(t *testing.T) {
			dark := draw(theme.Dark(), w, h)
			if light, plain := draw(theme.Light(), w, h), draw(theme.NoColor(), w, h); light != dark || plain != dark {
				t.Error("the themes differ in their text")
			}
			golden.RequireEqual(t, dark)
		})
	}
}

func TestGridColours(t *testing.T) {
	for _, th := range []theme.Theme{theme.Dark(), theme.Light(), theme.NoColor()} {
		t.Run(th.Name, func(t *testing.T) {
			g := NewGrid(th)
			g.SetSource(gridShop{20})
			fill(t, g)
			g.SetQuery("広島")
			g.Goto(1)
			golden.RequireEqual(t, g.View(70, 6)) // with its sequences
		})
	}
}

func BenchmarkGridView200x60(b *testing.B) {
	for _, th := range []theme.Theme{theme.Dark(), theme.NoColor()} {
		b.Run(th.Name, func(b *testing.B) {
			g := NewGrid(th)
			g.SetSource(gridShop{1_000_000})
			g.SetSize(200, 60)
			g.Goto(500_000)
			fill(b, g)
			b.ReportAllocs()
			for b.Loop() {
				g.View(200, 60)
			}
		})
	}
	b.Run("hostile", func(b *testing.B) {
		g := NewGrid(theme.Dark())
		g.SetSource(hostileTable(500, 300))
		g.SetSize(200, 60)
		fill(b, g)
		b.ReportAllocs()
		for b.Loop() {
			g.View(200, 60)
		}
	})
}

// BenchmarkGridPage is a key that needs a new block: move, ask, receive, draw.
func BenchmarkGridPage(b *testing.B) {
	source := gridShop{1_000_000}
	blocks := map[int][][]any{}
	for from := 0; from < 64*gridBlockRows; from += gridBlockRows {
		rows, err := source.Page(b.Context(), from, gridBlockRows)
		if err != nil {
			b.Fatal(err)
		}
		blocks[from] = rows
	}
	g := NewGrid(theme.Dark())
	g.SetSource(source)
	g.SetSize(200, 60)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		g.Goto(i % 60 * gridBlockRows)
		clear(g.cache.blocks)
		for from, _, ok := g.Need(); ok; from, _, ok = g.Need() {
			g.Put(from, blocks[from], g.Generation())
		}
		g.View(200, 60)
	}
}
