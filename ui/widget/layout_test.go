package widget

import (
	"strings"
	"testing"
)

func TestSplitGivesAllCells(t *testing.T) {
	for total := range 50 {
		for _, weights := range [][]int{{1}, {1, 1, 1}, {2, 0, 3}, {5, 3, 1, 1}} {
			gaps := len(weights) - 1
			sum := 0
			for _, p := range Split(total, 1, weights...) {
				sum += p
			}
			if want := max(total-gaps, 0); sum != want {
				t.Errorf("Split(%d, 1, %v) gives %d cells, want %d", total, weights, sum, want)
			}
		}
	}
}

func TestBesideFillsShorterBlocks(t *testing.T) {
	if got, want := Beside(1, "ab\ncd", "", "xyz"), "ab xyz\ncd    "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := Stack("a", "", "b"), "a\nb"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOverlayKeepsWhatItDoesNotCover(t *testing.T) {
	base := strings.Join([]string{"abcdef", "汉字汉", "ghijkl", "mnopqr"}, "\n")
	got := strings.ReplaceAll(Overlay(base, "XX\nYY", 6, 4), reset, "")
	if want := "abcdef\n汉XX汉\nghYYkl\nmnopqr"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	odd := strings.ReplaceAll(OverlayAt(base, "X", 2, 1, 6, 4), reset, "")
	if want := "汉X 汉"; strings.Split(odd, "\n")[1] != want {
		t.Errorf("a wide letter under the edge: %q, want %q", odd, want)
	}
	if x, y := OverlayOrigin("XX\nYY", 6, 4); x != 2 || y != 1 {
		t.Errorf("the box is at %d, %d", x, y)
	}
}

func TestListsScrollWithTheCursorAndFindClicks(t *testing.T) {
	b := &BarList{Heading: "segment"}
	for i := range 10 {
		b.Rows = append(b.Rows, BarRow{Label: string(rune('a' + i))})
	}
	b.View(20, 4) // a heading and three rows
	b.Move(5)
	if view := b.View(20, 4); !strings.Contains(view, " d") || !strings.Contains(view, " f") {
		t.Errorf("rows d to f are not in sight:\n%s", view)
	}
	b.Move(-1) // still in sight: nothing scrolls
	b.View(20, 4)
	if row, ok := b.Hit(1); !ok || row != 3 {
		t.Errorf("line 1 is row %d, %v; want 3", row, ok)
	}
	for _, y := range []int{-1, 0, 4} {
		if row, ok := b.Hit(y); ok {
			t.Errorf("line %d hits row %d", y, row)
		}
	}
	b.Move(1 << 62)
	if r, ok := b.Selected(); !ok || r.Label != "j" {
		t.Errorf("the end is %v, %v", r, ok)
	}
}

func TestHeatMapStepsAndClicks(t *testing.T) {
	m := &HeatMap{RowLabels: []string{"2", "1"}, ColLabels: []string{"1", "2"}, Cells: [][]HeatCell{{{Value: 100}, {Value: 4}}, {{Value: 0}}}}
	for _, c := range []struct {
		value float64
		want  int
	}{{100, 4}, {4, 1}, {3.9, 0}, {0, 0}, {-5, 0}} {
		if got := m.step(c.value, m.most()); got != c.want {
			t.Errorf("%g is in step %d, want %d", c.value, got, c.want)
		}
	}
	m.View(22, 8)
	if row, col, ok := m.Hit(21, 1); !ok || row != 0 || col != 1 {
		t.Errorf("the upper right is %d, %d, %v", row, col, ok)
	}
	if _, _, ok := m.Hit(0, 0); ok {
		t.Error("the corner is a cell")
	}
	m.Move(5, -5)
	if m.Row != 1 || m.Col != 0 {
		t.Errorf("the cursor is at %d, %d", m.Row, m.Col)
	}
}
