package screen_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"worth/ui/screen"
)

func TestTextIsWhatAReaderSees(t *testing.T) {
	view := "\x1b[1mab\x1b[m  \n汉字x\nthird"
	if got, want := screen.Text(view, 4, 2), "ab\n汉字\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := screen.Text(view, 0, 2); got != "\n\n" {
		t.Errorf("no width gives %q", got)
	}
	if got := screen.Text(view, -1, -1); got != "" {
		t.Errorf("no size gives %q", got)
	}
}

func picture(t *testing.T, view string, w, h int, theme string, o ...screen.Option) image.Image {
	t.Helper()
	data, err := screen.PNG(view, w, h, theme, o...)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// cellInk returns the share of pixels of the cell at column x, line y of a
// picture w cells wide that differ from ground.
func cellInk(img image.Image, x, y int, ground color.Color) float64 {
	const cellW, cellH, margin = 10, 20, 10
	gr, gg, gb, _ := ground.RGBA()
	n := 0
	for py := range cellH {
		for px := range cellW {
			r, g, b, _ := img.At(margin+x*cellW+px, margin+y*cellH+py).RGBA()
			if r != gr || g != gg || b != gb {
				n++
			}
		}
	}
	return float64(n) / (cellW * cellH)
}

func TestPicturesAreTheSameEveryTime(t *testing.T) {
	view := "╭─ \x1b[1;31mtitle\x1b[m ─╮\n│ ▁▃▅▇ ⣿⠤ ▸● │\n╰──── ✓ é 汉 ╯"
	first, err := screen.PNG(view, 20, 4, "dark")
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		again, err := screen.PNG(view, 20, 4, "dark")
		if err != nil || !bytes.Equal(first, again) {
			t.Fatalf("the picture changes from one drawing to the next (%v)", err)
		}
	}
	light, err := screen.PNG(view, 20, 4, "light")
	if err != nil || bytes.Equal(first, light) {
		t.Errorf("dark and light are the same picture (%v)", err)
	}
}

func TestShapesFillTheirPartOfACell(t *testing.T) {
	img := picture(t, "█▄▌▁▏ ⣿░┼╭▲●✓", 13, 1, "light")
	for x, want := range [][2]float64{
		{1, 1},
		{0.5, 0.5},
		{0.5, 0.5},
		{0.1, 0.15},
		{0.1, 0.1},
		{0, 0},
		{0.4, 0.95},
		{1, 1},
		{0.14, 0.16},
		{0.04, 0.12},
		{0.2, 0.45},
		{0.2, 0.4},
		{0.05, 0.3},
	} {
		if got := cellInk(img, x, 0, color.White); got < want[0] || got > want[1] {
			t.Errorf("cell %d has ink on %.2f of it, want %.2f to %.2f", x, got, want[0], want[1])
		}
	}
}

func TestFrameCharactersMeetAtTheEdges(t *testing.T) {
	const margin = 10
	img := picture(t, "╭─╮\n│ │\n╰─╯", 3, 3, "light")
	at := func(x, y int) bool { return img.At(margin+x, margin+y) != color.Color(color.RGBA{255, 255, 255, 255}) }
	for y := range 60 {
		if y > 15 && y < 45 && (!at(5, y) || !at(25, y)) {
			t.Errorf("the sides have a gap at pixel %d", y)
		}
	}
	for x := 10; x < 21; x++ {
		if !at(x, 10) || !at(x, 50) {
			t.Errorf("the edges have a gap at pixel %d", x)
		}
	}
}

func TestStylesAreSeen(t *testing.T) {
	img := picture(t, "\x1b[7m \x1b[m\x1b[48;2;255;0;0m \x1b[m\x1b[4m \x1b[m\x1b[9m \x1b[m\x1b[8mx\x1b[m", 5, 1, "light")
	for x, want := range []float64{1, 1, 0.05, 0.05, 0} {
		if got := cellInk(img, x, 0, color.White); got != want {
			t.Errorf("cell %d has ink on %.2f of it, want %.2f", x, got, want)
		}
	}
	letters := picture(t, "MM\n\x1b[1mMM\x1b[m\n\x1b[3mMM\x1b[m", 2, 3, "light")
	if plain, bold := cellInk(letters, 0, 0, color.White), cellInk(letters, 0, 1, color.White); plain == 0 || bold <= plain {
		t.Errorf("bold letters have ink %.2f, plain ones %.2f", bold, plain)
	}
}

func TestUnknownLettersAreBoxes(t *testing.T) {
	img := picture(t, "汉", 2, 1, "light")
	if left, right := cellInk(img, 0, 0, color.White), cellInk(img, 1, 0, color.White); left == 0 || right == 0 {
		t.Error("a letter no font has leaves no mark")
	}
}

func TestPictureErrorsSayWhatToDo(t *testing.T) {
	notFont := filepath.Join(t.TempDir(), "font.ttf")
	if err := os.WriteFile(notFont, []byte("no font"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		w, h  int
		theme string
		font  string
		want  string
	}{
		{0, 5, "dark", "", "above 0"},
		{5, -1, "dark", "", "above 0"},
		{1 << 40, 1 << 40, "dark", "", "above 0"},
		{5, 5, "pink", "", "dark, light or plain"},
		{5, 5, "dark", notFont, "not a TrueType"},
		{5, 5, "dark", notFont + ".none", "cannot be read"},
	} {
		_, err := screen.PNG("x", c.w, c.h, c.theme, screen.WithFont(c.font))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%d×%d %s %s: %v, want %q in it", c.w, c.h, c.theme, c.font, err, c.want)
		}
	}
}
