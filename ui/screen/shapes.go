package screen

import (
	"image"
	"image/color"
)

// shape draws the characters that are geometry rather than letters, so that
// frames close, bars touch and curves join whatever the font. It reports false
// for a character it does not know.
func (p *painter) shape(at image.Rectangle, r rune, ink color.RGBA) bool {
	switch {
	case r >= 0x2580 && r <= 0x259f:
		return p.block(at, r, ink)
	case r >= 0x2800 && r <= 0x28ff:
		p.braille(at, r-0x2800, ink)
		return true
	case r >= 0x2500 && r <= 0x257f:
		return p.frame(at, r, ink)
	}
	return p.mark(at, r, ink)
}

// block draws the block elements U+2580–259F.
func (p *painter) block(at image.Rectangle, r rune, ink color.RGBA) bool {
	x0, y0, x1, y1 := at.Min.X, at.Min.Y, at.Max.X, at.Max.Y
	w, h := at.Dx(), at.Dy()
	switch {
	case r == '▀':
		p.fill(ink, x0, y0, x1, y0+h/2)
	case r <= '█': // lower one eighth to full
		p.fill(ink, x0, y1-eighths(h, int(r-0x2580)), x1, y1)
	case r <= '▏': // left seven eighths down to one
		p.fill(ink, x0, y0, x0+eighths(w, int(0x2590-r)), y1)
	case r == '▐':
		p.fill(ink, x0+w/2, y0, x1, y1)
	case r <= '▓':
		alpha := [3]uint8{48, 100, 170}[r-'░']
		for y := y0; y < y1; y++ {
			for x := x0; x < x1; x++ {
				p.tint(ink, x, y, alpha)
			}
		}
	case r == '▔':
		p.fill(ink, x0, y0, x1, y0+eighths(h, 1))
	case r == '▕':
		p.fill(ink, x1-eighths(w, 1), y0, x1, y1)
	default:
		p.quadrants(at, quadrantBits[r-'▖'], ink)
	}
	return true
}

// eighths returns n eighths of size pixels, rounded, and never nothing.
func eighths(size, n int) int { return max((size*n+4)/8, 1) }

// quadrantBits say for ▖ to ▟ which quarters are filled: upper left 1, upper
// right 2, lower left 4, lower right 8.
var quadrantBits = [10]uint8{4, 8, 1, 1 | 4 | 8, 1 | 8, 1 | 2 | 4, 1 | 2 | 8, 2, 2 | 4, 2 | 4 | 8}

func (p *painter) quadrants(at image.Rectangle, bits uint8, ink color.RGBA) {
	w, h := at.Dx()/2, at.Dy()/2
	for q := range 4 {
		if bits&(1<<q) != 0 {
			x, y := at.Min.X+q%2*w, at.Min.Y+q/2*h
			p.fill(ink, x, y, x+w, y+h)
		}
	}
}

// braille draws the dots of a braille cell; bits are the low eight of the rune.
// The dots are round and almost touch, so that curves read as lines.
func (p *painter) braille(at image.Rectangle, bits rune, ink color.RGBA) {
	cell := [8]image.Point{{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}, {0, 3}, {1, 3}}
	for i, c := range cell {
		if bits&(1<<i) == 0 {
			continue
		}
		cx := at.Min.X*subpixels + (c.X*2+1)*at.Dx()*subpixels/4
		cy := at.Min.Y*subpixels + (c.Y*2+1)*at.Dy()*subpixels/8
		p.disc(cx, cy, subpixels*17/8, 0, ink)
	}
}

// subpixels is how many steps a pixel is divided into, each way, when the edge
// of a slanted or round shape is smoothed.
const subpixels = 8

// cover paints the pixels of box by the part of each for which inside, asked in
// subpixels from the origin of the picture, holds.
func (p *painter) cover(box image.Rectangle, ink color.RGBA, inside func(x, y int) bool) {
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			n := 0
			for s := range subpixels * subpixels {
				if inside(x*subpixels+s%subpixels, y*subpixels+s/subpixels) {
					n++
				}
			}
			p.tint(ink, x, y, uint8(n*255/(subpixels*subpixels)))
		}
	}
}

// disc draws a ring around (cx, cy) from radius hole to radius, in subpixels; a
// hole of 0 fills it.
func (p *painter) disc(cx, cy, radius, hole int, ink color.RGBA) {
	box := image.Rect((cx-radius)/subpixels-1, (cy-radius)/subpixels-1, (cx+radius)/subpixels+2, (cy+radius)/subpixels+2)
	p.cover(box, ink, func(x, y int) bool {
		// Twice the distance to the middle of the subpixel keeps to whole numbers.
		dx, dy := 2*(x-cx)+1, 2*(y-cy)+1
		d := dx*dx + dy*dy
		return d <= 4*radius*radius && d >= 4*hole*hole
	})
}

// polygon fills the convex shape through points, given clockwise in subpixels
// from the corner of at.
func (p *painter) polygon(at image.Rectangle, ink color.RGBA, points ...image.Point) {
	origin := at.Min.Mul(subpixels)
	p.cover(at, ink, func(x, y int) bool {
		q := image.Pt(x, y).Sub(origin)
		for i, a := range points {
			b := points[(i+1)%len(points)]
			if (b.X-a.X)*(q.Y-a.Y)-(b.Y-a.Y)*(q.X-a.X) < 0 {
				return false
			}
		}
		return true
	})
}

// stroke draws a straight line of the given thickness between two points, in
// subpixels from the corner of at.
func (p *painter) stroke(at image.Rectangle, ink color.RGBA, a, b image.Point, thick int) {
	origin := at.Min.Mul(subpixels)
	d := b.Sub(a)
	length2 := d.X*d.X + d.Y*d.Y
	p.cover(at, ink, func(x, y int) bool {
		q := image.Pt(x, y).Sub(origin).Sub(a)
		along := q.X*d.X + q.Y*d.Y
		across := q.X*d.Y - q.Y*d.X
		return along >= 0 && along <= length2 && 4*across*across <= thick*thick*length2
	})
}
