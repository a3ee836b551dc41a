package screen

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	uv "github.com/charmbracelet/ultraviolet"
	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"

	"worth/internal/i18n"
)

// The size of one cell in pixels. The Go Mono letters are exactly cellW wide at
// fontSize, and both halves of a braille cell get the same number of pixels.
const (
	cellW    = 10
	cellH    = 20
	fontSize = 16.66 // pixels per em
	baseline = 15    // pixels from the top of a cell
	margin   = 10    // pixels around the screen
)

// MaxCells is the largest picture PNG draws, in cells.
const MaxCells = 500 * 200

// Option changes how PNG draws.
type Option func(*painter)

// WithFont reads a TrueType or OpenType file for the letters the Go fonts do
// not have, such as Chinese. Pictures drawn with it depend on that file and so
// are the same only where the file is. Without it such letters are hollow boxes.
func WithFont(path string) Option {
	return func(p *painter) { p.fallback = path }
}

// PNG draws view as a picture of w×h cells in the page colours of the theme
// called themeName ("dark", "light" or "plain", which is grey on black). It
// returns an error when the size is not positive or above MaxCells, the theme
// is unknown, or a font named by WithFont cannot be read.
func PNG(view string, w, h int, themeName string, options ...Option) ([]byte, error) {
	if w <= 0 || h <= 0 || w > MaxCells/h {
		return nil, i18n.Errorf("a picture of %d × %d cells cannot be drawn; give a width and height above 0 and at most %d cells in all", w, h, MaxCells)
	}
	page, ok := pages[themeName]
	if !ok {
		return nil, i18n.Errorf("there is no theme %q to draw a picture in; use dark, light or plain", themeName)
	}
	p := &painter{page: page, img: image.NewRGBA(image.Rect(0, 0, w*cellW+2*margin, h*cellH+2*margin))}
	for _, o := range options {
		o(p)
	}
	if err := p.loadFonts(); err != nil {
		return nil, err
	}
	draw.Draw(p.img, p.img.Bounds(), image.NewUniform(page.ground), image.Point{}, draw.Src)
	p.screen(Raster(view, w, h), w, h)

	var out bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	if err := enc.Encode(&out, p.img); err != nil {
		return nil, i18n.Errorf("the picture could not be written: %v", err)
	}
	return out.Bytes(), nil
}

// pageColours are the colours of a terminal before a program sets any.
type pageColours struct{ text, ground color.RGBA }

var pages = map[string]pageColours{
	"dark":  {text: color.RGBA{0xd8, 0xde, 0xe9, 0xff}, ground: color.RGBA{0x14, 0x18, 0x23, 0xff}},
	"light": {text: color.RGBA{0x24, 0x29, 0x2f, 0xff}, ground: color.RGBA{0xff, 0xff, 0xff, 0xff}},
	"plain": {text: color.RGBA{0xc8, 0xc8, 0xc8, 0xff}, ground: color.RGBA{0x0c, 0x0c, 0x0c, 0xff}},
}

// painter draws cells into an image. It is used once, by one goroutine.
type painter struct {
	page     pageColours
	img      *image.RGBA
	faces    [4]font.Face // regular, bold, italic, bold italic
	wide     font.Face    // the fallback font, or nil
	fallback string       // its path
}

// screen paints all grounds before any letter, so that a letter which leans out
// of its cell is not cut by its neighbour's ground.
func (p *painter) screen(buf uv.ScreenBuffer, w, h int) {
	for _, paint := range []func(image.Rectangle, *uv.Cell){p.ground, p.letter} {
		for y := range h {
			for x := 0; x < w; x++ {
				cell := buf.CellAt(x, y)
				if cell == nil || cell.Width == 0 {
					continue
				}
				paint(image.Rect(0, 0, cell.Width*cellW, cellH).Add(image.Pt(margin+x*cellW, margin+y*cellH)), cell)
			}
		}
	}
}

func (p *painter) ground(at image.Rectangle, cell *uv.Cell) {
	if _, ground := p.colours(cell.Style); ground != p.page.ground {
		draw.Draw(p.img, at, image.NewUniform(ground), image.Point{}, draw.Src)
	}
}

func (p *painter) letter(at image.Rectangle, cell *uv.Cell) {
	ink, _ := p.colours(cell.Style)
	if cell.Style.Attrs&uv.AttrConceal != 0 {
		return
	}
	if cell.Style.Underline != uv.UnderlineNone {
		line := ink
		if c := cell.Style.UnderlineColor; c != nil {
			line = solid(c)
		}
		p.fill(line, at.Min.X, at.Min.Y+baseline+2, at.Max.X, at.Min.Y+baseline+3)
	}
	if cell.Style.Attrs&uv.AttrStrikethrough != 0 {
		p.fill(ink, at.Min.X, at.Min.Y+cellH/2, at.Max.X, at.Min.Y+cellH/2+1)
	}
	for i, r := range []rune(cell.Content) {
		if r == ' ' || (i > 0 && r == '\ufe0f') {
			continue
		}
		if i == 0 && p.shape(at, r, ink) {
			continue
		}
		p.glyph(at, r, cell.Style.Attrs, ink)
	}
}

// glyph draws a letter from the first font that has it, and a hollow box when
// none does.
func (p *painter) glyph(at image.Rectangle, r rune, attrs uint8, ink color.RGBA) {
	variant := 0
	if attrs&uv.AttrBold != 0 {
		variant |= 1
	}
	if attrs&uv.AttrItalic != 0 {
		variant |= 2
	}
	dot := fixed.P(at.Min.X, at.Min.Y+baseline)
	for _, face := range []font.Face{p.faces[variant], p.wide} {
		if face == nil || !hasGlyph(face, r) {
			continue
		}
		d := font.Drawer{Dst: p.img, Src: image.NewUniform(ink), Face: face, Dot: dot}
		d.DrawString(string(r))
		return
	}
	p.hollow(at, ink)
}

func (p *painter) hollow(at image.Rectangle, ink color.RGBA) {
	box := image.Rect(at.Min.X+1, at.Min.Y+4, at.Max.X-1, at.Min.Y+baseline+1)
	p.fill(ink, box.Min.X, box.Min.Y, box.Max.X, box.Min.Y+1)
	p.fill(ink, box.Min.X, box.Max.Y-1, box.Max.X, box.Max.Y)
	p.fill(ink, box.Min.X, box.Min.Y, box.Min.X+1, box.Max.Y)
	p.fill(ink, box.Max.X-1, box.Min.Y, box.Max.X, box.Max.Y)
}

// colours returns the ink and ground of a style as they are seen.
func (p *painter) colours(s uv.Style) (ink, ground color.RGBA) {
	ink, ground = p.page.text, p.page.ground
	if s.Fg != nil {
		ink = solid(s.Fg)
	}
	if s.Bg != nil {
		ground = solid(s.Bg)
	}
	if s.Attrs&uv.AttrReverse != 0 {
		ink, ground = ground, ink
	}
	if s.Attrs&uv.AttrFaint != 0 {
		ink = blend(ground, ink, 150)
	}
	return ink, ground
}

// fill paints the pixels from (x0, y0) up to, not including, (x1, y1).
func (p *painter) fill(c color.RGBA, x0, y0, x1, y1 int) {
	draw.Draw(p.img, image.Rect(x0, y0, x1, y1), image.NewUniform(c), image.Point{}, draw.Src)
}

// tint lays c over the pixels with a coverage of alpha (0–255).
func (p *painter) tint(c color.RGBA, x, y int, alpha uint8) {
	if alpha == 0 || !image.Pt(x, y).In(p.img.Rect) {
		return
	}
	p.img.SetRGBA(x, y, blend(p.img.RGBAAt(x, y), c, alpha))
}

// blend mixes alpha (0–255) of over into under, in whole numbers so that every
// machine rounds alike.
func blend(under, over color.RGBA, alpha uint8) color.RGBA {
	mix := func(u, o uint8) uint8 {
		a := int(alpha)
		return uint8((int(u)*(255-a) + int(o)*a + 127) / 255) //nolint:gosec // between u and o, so 0–255
	}
	return color.RGBA{mix(under.R, over.R), mix(under.G, over.G), mix(under.B, over.B), 0xff}
}

func solid(c color.Color) color.RGBA {
	rgba, ok := color.RGBAModel.Convert(c).(color.RGBA)
	if !ok {
		return color.RGBA{A: 0xff}
	}
	rgba.A = 0xff
	return rgba
}
