package screen

import (
	"os"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/gofont/gomonobolditalic"
	"golang.org/x/image/font/gofont/gomonoitalic"
	"golang.org/x/image/font/opentype"

	"worth/internal/i18n"
)

// goFonts parses the built-in fonts once: regular, bold, italic, bold italic.
// Fonts may be shared between goroutines; faces, made from them, may not.
var goFonts = sync.OnceValues(func() ([4]*opentype.Font, error) {
	var fonts [4]*opentype.Font
	for i, data := range [][]byte{gomono.TTF, gomonobold.TTF, gomonoitalic.TTF, gomonobolditalic.TTF} {
		f, err := opentype.Parse(data)
		if err != nil {
			return fonts, i18n.Errorf("the built-in font cannot be read: %v", err)
		}
		fonts[i] = f
	}
	return fonts, nil
})

// loadFonts makes the faces the painter draws with.
func (p *painter) loadFonts() error {
	fonts, err := goFonts()
	if err != nil {
		return err
	}
	for i, f := range fonts {
		if p.faces[i], err = newFace(f); err != nil {
			return err
		}
	}
	if p.fallback == "" {
		return nil
	}
	p.wide, err = fallbackFace(p.fallback)
	return err
}

// fallbackFace reads the first font of a font file or collection.
func fallbackFace(path string) (font.Face, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, i18n.Errorf("the font for other letters cannot be read: %v", err)
	}
	collection, err := opentype.ParseCollection(data)
	if err != nil {
		return nil, i18n.Errorf("%s is not a TrueType or OpenType font: %v", path, err)
	}
	f, err := collection.Font(0)
	if err != nil {
		return nil, i18n.Errorf("%s has no font in it that can be used: %v", path, err)
	}
	return newFace(f)
}

func newFace(f *opentype.Font) (font.Face, error) {
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: fontSize, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		return nil, i18n.Errorf("a font cannot be scaled to %s pixels: %v", i18n.Number(fontSize, 2), err)
	}
	return face, nil
}

// hasGlyph reports whether face has the letter itself and not only the
// placeholder it would draw instead.
func hasGlyph(face font.Face, r rune) bool {
	_, _, ok := face.GlyphBounds(r)
	return ok
}
