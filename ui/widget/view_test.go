package widget_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"worth/ui/screen"
	"worth/ui/theme"
	"worth/ui/widget"
)

// TestViewsFillTheirSize holds the promise every widget makes: h lines, each
// w cells wide, whatever the content and however small the room.
func TestViewsFillTheirSize(t *testing.T) {
	sizes := [][2]int{{0, 0}, {0, 5}, {5, 0}, {-3, -1}, {1, 1}, {2, 2}, {3, 3}, {4, 3}, {20, 5}, {15, 40}, {40, 10}, {80, 24}, {200, 60}}
	for n := range 40 { // and odd ones between
		sizes = append(sizes, [2]int{n * 7 % 41, n * 5 % 17})
	}
	for _, th := range append(sampleThemes(), theme.Theme{}) {
		for _, views := range []map[string]widget.Viewer{sampleViews(th), hostileViews(th)} {
			for name, v := range views {
				for _, size := range sizes {
					requireSize(t, fmt.Sprintf("%s in theme %q", name, th.Name), v.View(size[0], size[1]), size[0], size[1])
				}
			}
		}
	}
}

func requireSize(t *testing.T, name, view string, w, h int) {
	t.Helper()
	w, h = max(w, 0), max(h, 0)
	if h == 0 {
		if view != "" {
			t.Errorf("%s at %d×0 draws %q", name, w, view)
		}
		return
	}
	lines := strings.Split(view, "\n")
	if len(lines) != h {
		t.Errorf("%s at %d×%d has %d lines", name, w, h, len(lines))
	}
	for y, line := range lines {
		if got := widget.Width(line); got != w {
			t.Fatalf("%s at %d×%d: line %d is %d wide: %q", name, w, h, y, got, line)
		}
	}
}

// TestViewsOnScreen compares what every widget looks like with its picture in
// testdata. The coloured themes must not differ in their text.
func TestViewsOnScreen(t *testing.T) {
	for _, size := range [][2]int{{80, 16}, {40, 10}, {20, 5}} {
		for name, view := range sampleViews(theme.Dark()) {
			w, h := size[0], size[1]
			dark := screen.Text(view.View(w, h), w, h)
			light := screen.Text(sampleViews(theme.Light())[name].View(w, h), w, h)
			if dark != light {
				t.Errorf("%s at %d×%d differs between the dark and light theme:\n%s\n%s", name, w, h, dark, light)
			}
			plain := screen.Text(sampleViews(theme.NoColor())[name].View(w, h), w, h)
			t.Run(fmt.Sprintf("%s-%dx%d", name, w, h), func(t *testing.T) { golden.RequireEqual(t, dark) })
			if size[0] == 80 {
				t.Run(fmt.Sprintf("%s-%dx%d-plain", name, w, h), func(t *testing.T) { golden.RequireEqual(t, plain) })
			}
		}
	}
}

// TestNoControlSequenceGetsThrough draws hostile content without any style, so
// that every sequence found would come from the content.
func TestNoControlSequenceGetsThrough(t *testing.T) {
	for name, v := range hostileViews(theme.Theme{}) {
		if name == "block" || name == "overlay" {
			continue // these take drawn views, which have sequences
		}
		view := v.View(120, 30)
		for _, caret := range []string{"\x1b[7m", "\x1b[m"} { // a text cursor without a theme
			view = strings.ReplaceAll(view, caret, "")
		}
		if i := strings.IndexAny(view, "\x1b\t\r\u202e\u200b"); i >= 0 {
			t.Errorf("%s lets %q through", name, view[i:min(i+10, len(view))])
		}
	}
}

func TestPlainThemeTellsTheCursor(t *testing.T) {
	th := theme.NoColor()
	for name, v := range map[string]widget.Viewer{
		"tree": sampleTree(th), "barlist": sampleBars(th), "heatmap": sampleHeat(th), "form": sampleForm(th), "prompt": samplePrompt(th),
		"palette": samplePalette(th), "files": sampleFiles(th),
	} {
		if text := screen.Text(v.View(80, 16), 80, 16); !strings.Contains(text, "▸") {
			t.Errorf("%s has no ▸ at its cursor:\n%s", name, text)
		}
	}
}

func BenchmarkViews(b *testing.B) {
	th := theme.Dark()
	for name, v := range map[string]widget.Viewer{
		"barlist": sampleBars(th), "linechart": sampleRevenue(th), "heatmap": sampleHeat(th), "overlay": sampleOverlay(th),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				v.View(200, 60)
			}
		})
	}
	b.Run("page of four panels", func(b *testing.B) {
		b.ReportAllocs()
		bars, chart, heat, lorenz := sampleBars(th), sampleRevenue(th), sampleHeat(th), sampleLorenz(th)
		for b.Loop() {
			widget.Stack(
				widget.Beside(0, widget.Panel{Theme: th, Title: "a", Body: bars}.View(100, 30), widget.Panel{Theme: th, Title: "b", Body: chart}.View(100, 30)),
				widget.Beside(0, widget.Panel{Theme: th, Title: "c", Body: heat}.View(100, 30), widget.Panel{Theme: th, Title: "d", Body: lorenz}.View(100, 30)),
			)
		}
	})
}
