package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"worth/ui/screen"
	"worth/ui/theme"
	"worth/ui/widget"
)

// screenSizes are the windows less the lines the program draws around a page.
var screenSizes = [][2]int{{80, 21}, {120, 37}, {200, 57}, {40, 8}, {0, 0}}

// TestPagesOnScreen compares every page with its picture in testdata. Coloured
// themes must say the same; the one without colour has its own picture.
func TestPagesOnScreen(t *testing.T) {
	env := sampleEnv(t)
	for name, p := range samplePages(t, env) {
		for _, size := range screenSizes {
			w, h := size[0], size[1]
			texts := map[string]string{}
			for _, th := range []theme.Theme{theme.Dark(), theme.Light(), theme.NoColor()} {
				env.Theme = th
				view := p.View(w, h)
				requireFilled(t, name, view, w, h)
				texts[th.Name] = screen.Text(view, w, h)
			}
			if texts["dark"] != texts["light"] {
				t.Errorf("%s at %d×%d differs between dark and light:\n%s\n%s", name, w, h, texts["dark"], texts["light"])
			}
			t.Run(fmt.Sprintf("%s-%dx%d", name, w, h), func(t *testing.T) { golden.RequireEqual(t, texts["dark"]) })
			if w == 80 {
				t.Run(name+"-plain", func(t *testing.T) { golden.RequireEqual(t, texts["plain"]) })
			}
		}
	}
}

// TestPagesInColour compares the sequences of two pages in every theme.
func TestPagesInColour(t *testing.T) {
	env := sampleEnv(t)
	for name, p := range map[string]Page{"overview": overviewSample(t, env), "segments": segmentsSample(t, env)} {
		for _, th := range []theme.Theme{theme.Dark(), theme.Light(), theme.NoColor()} {
			env.Theme = th
			view := p.View(80, 21)
			t.Run(name+"-"+th.Name, func(t *testing.T) { golden.RequireEqual(t, view) })
			if coloured := strings.Contains(view, "\x1b[38"); coloured == th.Plain() {
				t.Errorf("%s in theme %s: coloured is %v", name, th.Name, coloured)
			}
		}
	}
}

// TestDialogsOnScreen compares every dialog with its picture, and draws it in
// windows too small for it.
func TestDialogsOnScreen(t *testing.T) {
	env := sampleEnv(t)
	for name, d := range sampleOverlays(env) {
		for _, size := range [][2]int{{80, 24}, {40, 10}, {20, 5}, {2, 2}, {0, 0}} {
			w, h := size[0], size[1]
			text := screen.Text(d.View(w, h, theme.NoColor()), w, h)
			if lines := strings.Split(strings.TrimRight(text, "\n"), "\n"); len(lines) > max(h, 1) {
				t.Errorf("%s at %d×%d takes %d lines", name, w, h, len(lines))
			}
			if w == 80 || w == 40 {
				t.Run(fmt.Sprintf("%s-%dx%d", name, w, h), func(t *testing.T) { golden.RequireEqual(t, text) })
			}
		}
	}
}

// TestPagesFillAnySize holds the promise of View at odd sizes, and that no
// sequence of a file reaches the terminal.
func TestPagesFillAnySize(t *testing.T) {
	env := sampleEnv(t)
	for name, p := range samplePages(t, env) {
		for i := range 60 {
			if testing.Short() && i%6 != 0 { // as the race detector runs
				continue
			}
			w, h := i*13%131, i*7%47
			view := p.View(w, h)
			requireFilled(t, name, view, w, h)
			if strings.Contains(view, "\x1b[31m") { // a column's name in the samples
				t.Fatalf("%s at %d×%d lets a sequence of a file through", name, w, h)
			}
		}
	}
}

// requireFilled fails unless a view has h lines, each w cells wide.
func requireFilled(t *testing.T, name, view string, w, h int) {
	t.Helper()
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
