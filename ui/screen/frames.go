package screen

import (
	"image"
	"image/color"
)

// The weight of one arm of a box-drawing character.
const (
	none = iota
	light
	heavy
	double
)

// arms are the weights from the middle of the cell up, right, down and left.
type arms [4]uint8

// frameArms are the characters that are made of straight arms.
var frameArms = map[rune]arms{
	'─': {none, light, none, light}, '━': {none, heavy, none, heavy}, '═': {none, double, none, double},
	'│': {light, none, light, none}, '┃': {heavy, none, heavy, none}, '║': {double, none, double, none},
	'┌': {none, light, light, none}, '┐': {none, none, light, light},
	'└': {light, light, none, none}, '┘': {light, none, none, light},
	'├': {light, light, light, none}, '┤': {light, none, light, light},
	'┬': {none, light, light, light}, '┴': {light, light, none, light}, '┼': {light, light, light, light},
	'┏': {none, heavy, heavy, none}, '┓': {none, none, heavy, heavy},
	'┗': {heavy, heavy, none, none}, '┛': {heavy, none, none, heavy},
	'┣': {heavy, heavy, heavy, none}, '┫': {heavy, none, heavy, heavy},
	'┳': {none, heavy, heavy, heavy}, '┻': {heavy, heavy, none, heavy}, '╋': {heavy, heavy, heavy, heavy},
	'╔': {none, double, double, none}, '╗': {none, none, double, double},
	'╚': {double, double, none, none}, '╝': {double, none, none, double},
	'╠': {double, double, double, none}, '╣': {double, none, double, double},
	'╦': {none, double, double, double}, '╩': {double, double, none, double}, '╬': {double, double, double, double},
	'┝': {light, heavy, light, none}, '┥': {light, none, light, heavy}, '┿': {light, heavy, light, heavy},
	'┠': {heavy, light, heavy, none}, '┨': {heavy, none, heavy, light}, '╂': {heavy, light, heavy, light},
	'┯': {none, heavy, light, heavy}, '┷': {light, heavy, none, heavy},
	'╞': {light, double, light, none}, '╡': {light, none, light, double}, '╪': {light, double, light, double},
	'╟': {double, light, double, none}, '╢': {double, none, double, light}, '╫': {double, light, double, light},
	'╴': {none, none, none, light}, '╵': {light, none, none, none},
	'╶': {none, light, none, none}, '╷': {none, none, light, none},
	'╸': {none, none, none, heavy}, '╹': {heavy, none, none, none},
	'╺': {none, heavy, none, none}, '╻': {none, none, heavy, none},
	'╼': {none, heavy, none, light}, '╾': {none, light, none, heavy},
}

// frameDashes are the dashed lines: dashes per cell, weight, upright.
var frameDashes = map[rune]struct {
	count   int
	weight  uint8
	upright bool
}{
	'╌': {2, light, false}, '╍': {2, heavy, false}, '╎': {2, light, true}, '╏': {2, heavy, true},
	'┄': {3, light, false}, '┅': {3, heavy, false}, '┆': {3, light, true}, '┇': {3, heavy, true},
	'┈': {4, light, false}, '┉': {4, heavy, false}, '┊': {4, light, true}, '┋': {4, heavy, true},
}

// frame draws the box-drawing characters in use; the rest is left to the font.
func (p *painter) frame(at image.Rectangle, r rune, ink color.RGBA) bool {
	if a, ok := frameArms[r]; ok {
		p.straight(at, a, ink)
		return true
	}
	if d, ok := frameDashes[r]; ok {
		p.dashes(at, d.count, d.weight, d.upright, ink)
		return true
	}
	switch r {
	case '╭':
		p.corner(at, +1, +1, ink)
	case '╮':
		p.corner(at, -1, +1, ink)
	case '╰':
		p.corner(at, +1, -1, ink)
	case '╯':
		p.corner(at, -1, -1, ink)
	case '╱', '╲', '╳':
		w, h := at.Dx()*subpixels, at.Dy()*subpixels
		if r != '╲' {
			p.stroke(at, ink, image.Pt(0, h), image.Pt(w, 0), subpixels)
		}
		if r != '╱' {
			p.stroke(at, ink, image.Pt(0, 0), image.Pt(w, h), subpixels)
		}
	default:
		return false
	}
	return true
}

// rails returns the offsets from the middle line that a weight covers.
func rails(weight uint8) []int {
	switch weight {
	case light:
		return []int{0}
	case heavy:
		return []int{-1, 0, 1}
	case double:
		return []int{-1, 1}
	}
	return nil
}

// straight draws each arm from the cell's edge to its middle, far enough to meet
// the outer rail of the arms across.
func (p *painter) straight(at image.Rectangle, a arms, ink color.RGBA) {
	mx, my := at.Min.X+cellW/2, at.Min.Y+cellH/2
	reach := 0
	for _, weight := range a {
		if weight > light {
			reach = 1
		}
	}
	for _, o := range rails(a[0]) {
		p.fill(ink, mx+o, at.Min.Y, mx+o+1, my+reach+1)
	}
	for _, o := range rails(a[1]) {
		p.fill(ink, mx-reach, my+o, at.Max.X, my+o+1)
	}
	for _, o := range rails(a[2]) {
		p.fill(ink, mx+o, my-reach, mx+o+1, at.Max.Y)
	}
	for _, o := range rails(a[3]) {
		p.fill(ink, at.Min.X, my+o, mx+reach+1, my+o+1)
	}
}

func (p *painter) dashes(at image.Rectangle, count int, weight uint8, upright bool, ink color.RGBA) {
	for i := range count {
		for _, o := range rails(weight) {
			if upright {
				from, to := at.Min.Y+i*cellH/count, at.Min.Y+(i+1)*cellH/count
				p.fill(ink, at.Min.X+cellW/2+o, from+1, at.Min.X+cellW/2+o+1, to-1)
				continue
			}
			from, to := at.Min.X+i*cellW/count, at.Min.X+(i+1)*cellW/count
			p.fill(ink, from, at.Min.Y+cellH/2+o, to-1, at.Min.Y+cellH/2+o+1)
		}
	}
}

// corner draws a rounded corner whose arms leave to the right (dx 1) or left
// (dx −1) and down (dy 1) or up (dy −1).
func (p *painter) corner(at image.Rectangle, dx, dy int, ink color.RGBA) {
	const outer = 5 * subpixels // outer edge of the arc, from its centre
	const inner = outer - subpixels
	// The middle line lies half a pixel right of and below the cell's middle.
	mx, my := at.Min.X*subpixels+cellW*subpixels/2+subpixels/2, at.Min.Y*subpixels+cellH*subpixels/2+subpixels/2
	cx, cy := mx+dx*(outer-subpixels/2), my+dy*(outer-subpixels/2)
	p.cover(at, ink, func(x, y int) bool {
		if dx*(x-cx) >= 0 && dy*(y-cy) >= 0 {
			return false
		}
		if dx*(x-cx) >= 0 { // past the arc: the level arm
			return y >= my-subpixels/2 && y < my+subpixels/2
		}
		if dy*(y-cy) >= 0 { // the upright arm
			return x >= mx-subpixels/2 && x < mx+subpixels/2
		}
		ex, ey := 2*(x-cx)+1, 2*(y-cy)+1
		d := ex*ex + ey*ey
		return d <= 4*outer*outer && d >= 4*inner*inner
	})
}
