package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// advice ends every failure of what has become stale.
const advice = "; run go generate ./... and look at what has changed"

// The differences between two pictures that may come from how a processor rounds.
const (
	faintest = 24    // of 255, in any channel of a pixel
	fewest   = 0.001 // share of pixels that differ more
)

// largest is what a picture may weigh, in bytes.
const largest = 150_000

func TestREADMEIsCurrent(t *testing.T) {
	made, err := draw(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for name, part := range made.parts {
		text, err := fill(string(readme), map[string]string{name: part})
		if err != nil {
			t.Error(err)
		} else if text != string(readme) {
			t.Errorf("the part %q of the README is stale%s", name, advice)
		}
	}
	for _, p := range made.pictures {
		t.Run(p.name, func(t *testing.T) {
			same(t, p)
			if !strings.Contains(string(readme), "testdata/pictures/"+p.name+".png") {
				t.Error("the README does not show the picture")
			}
		})
	}
	kept, err := filepath.Glob(picturePath(root, "*"))
	if err != nil || len(kept) != len(made.pictures) {
		t.Errorf("%d pictures are kept and %d are made (%v)", len(kept), len(made.pictures), err)
	}
}

// same fails the test unless the picture is the one that is kept.
func same(t *testing.T, p picture) {
	t.Helper()
	kept, err := os.ReadFile(picturePath(root, p.name))
	if err != nil {
		t.Fatal(err)
	}
	if len(kept) > largest {
		t.Errorf("the picture weighs %d bytes, more than %d", len(kept), largest)
	}
	share := difference(t, kept, p.png)
	if share > fewest {
		t.Errorf("%.2f %% of the pixels are no longer those of the picture%s", 100*share, advice)
	}
}

// difference returns the share of pixels that clearly differ, 1 for pictures of
// two sizes.
func difference(t *testing.T, a, b []byte) float64 {
	t.Helper()
	first, second := decoded(t, a), decoded(t, b)
	if first.Bounds() != second.Bounds() {
		return 1
	}
	differ, size := 0, first.Bounds()
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			if far(first.At(x, y), second.At(x, y)) {
				differ++
			}
		}
	}
	return float64(differ) / float64(size.Dx()*size.Dy())
}

// far reports whether two colours can be told apart.
func far(a, b color.Color) bool {
	r1, g1, b1, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	apart := func(x, y uint32) bool { return max(x, y)-min(x, y) > faintest<<8 }
	return apart(r1, r2) || apart(g1, g2) || apart(b1, b2)
}

func decoded(t *testing.T, data []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestFill(t *testing.T) {
	const before = "head\n<!-- made by go generate: keys -->\nold\n<!-- end of keys -->\ntail\n"
	const after = "head\n<!-- made by go generate: keys -->\nnew\n<!-- end of keys -->\ntail\n"
	if got, err := fill(before, map[string]string{"keys": "new\n"}); got != after || err != nil {
		t.Errorf("fill = %q (%v)", got, err)
	}
	if got, err := fill(after, map[string]string{"keys": "new\n"}); got != after || err != nil {
		t.Errorf("fill again = %q (%v)", got, err)
	}
	for _, text := range []string{"", "<!-- made by go generate: keys -->\n", "<!-- end of keys -->\n"} {
		if _, err := fill(text, map[string]string{"keys": ""}); err == nil || !strings.Contains(err.Error(), "keys") {
			t.Errorf("fill(%q) = %v, want an error that names the part", text, err)
		}
	}
}

// TestDifferences makes sure that a picture with another letter is noticed.
func TestDifferences(t *testing.T) {
	picture := func(side int, spot color.Color) []byte {
		img := image.NewRGBA(image.Rect(0, 0, side, side))
		for i := range 2 * side {
			img.Set(i%side, i/side, spot)
		}
		var out bytes.Buffer
		if err := png.Encode(&out, img); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	black, grey, white := picture(100, color.Black), picture(100, color.Gray{20}), picture(100, color.White)
	if d := difference(t, black, grey); d != 0 {
		t.Errorf("a faint difference counts %v", d)
	}
	if d := difference(t, black, white); d != 0.02 {
		t.Errorf("two lines of a hundred count %v", d)
	}
	if d := difference(t, black, picture(50, color.Black)); d != 1 {
		t.Errorf("another size counts %v", d)
	}
	small, err := slim(white)
	if err != nil || difference(t, white, small) != 0 {
		t.Errorf("slim changes the picture (%v)", err)
	}
}
