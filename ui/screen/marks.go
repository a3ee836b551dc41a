package screen

import (
	"image"
	"image/color"
)

// mark draws the triangles, discs, ticks and other signs that programs in a
// terminal use beside letters. It reports false for one it does not know.
func (p *painter) mark(at image.Rectangle, r rune, ink color.RGBA) bool {
	if pts, ok := markPolygons[r]; ok {
		p.polygon(at, ink, scaled(pts)...)
		return true
	}
	if strokes, ok := markStrokes[r]; ok {
		for _, s := range strokes {
			ends := scaled(s[:])
			p.stroke(at, ink, ends[0], ends[1], subpixels*3/2)
		}
		return true
	}
	cx, cy := at.Min.X*subpixels+at.Dx()*subpixels/2, (at.Min.Y+markMiddle)*subpixels
	switch r {
	case '●':
		p.disc(cx, cy, 4*subpixels, 0, ink)
	case '○':
		p.disc(cx, cy, 4*subpixels, 3*subpixels-2, ink)
	case '◉':
		p.disc(cx, cy, 9*subpixels/2, 7*subpixels/2, ink)
		p.disc(cx, cy, 2*subpixels, 0, ink)
	case '·':
		p.disc(cx, cy, 5*subpixels/4, 0, ink)
	case '•':
		p.disc(cx, cy, 5*subpixels/2, 0, ink)
	default:
		return false
	}
	return true
}

// markMiddle is the height, in pixels from the top of a cell, on which signs sit:
// the middle of a lower-case letter with its ascender.
const markMiddle = 10

// markPolygons are convex outlines, clockwise, in pixels of a cell.
var markPolygons = map[rune][]image.Point{
	'▲': {{5, 5}, {10, 15}, {0, 15}},
	'▼': {{0, 6}, {10, 6}, {5, 16}},
	'▶': {{1, 5}, {10, 10}, {1, 15}},
	'◀': {{9, 5}, {9, 15}, {0, 10}},
	'▴': {{5, 7}, {9, 14}, {1, 14}},
	'▾': {{1, 7}, {9, 7}, {5, 14}},
	'▸': {{2, 6}, {8, 10}, {2, 14}},
	'◂': {{8, 6}, {8, 14}, {2, 10}},
	'◆': {{5, 5}, {10, 10}, {5, 15}, {0, 10}},
	'■': {{1, 6}, {9, 6}, {9, 14}, {1, 14}},
	'▪': {{3, 8}, {7, 8}, {7, 12}, {3, 12}},
}

// markStrokes are lines between points in pixels of a cell.
var markStrokes = map[rune][][2]image.Point{
	'✓': {{{1, 10}, {4, 14}}, {{4, 15}, {9, 5}}},
	'✔': {{{1, 10}, {4, 14}}, {{4, 15}, {9, 5}}},
	'✗': {{{1, 6}, {9, 14}}, {{9, 6}, {1, 14}}},
	'✘': {{{1, 6}, {9, 14}}, {{9, 6}, {1, 14}}},
	'□': {{{1, 6}, {9, 6}}, {{1, 14}, {9, 14}}, {{1, 6}, {1, 14}}, {{9, 6}, {9, 14}}},
	'◇': {{{5, 5}, {9, 10}}, {{9, 10}, {5, 15}}, {{5, 15}, {1, 10}}, {{1, 10}, {5, 5}}},
	'△': {{{5, 6}, {9, 14}}, {{9, 14}, {1, 14}}, {{1, 14}, {5, 6}}},
	'▽': {{{1, 7}, {9, 7}}, {{9, 7}, {5, 15}}, {{5, 15}, {1, 7}}},
	'⏎': {{{9, 5}, {9, 11}}, {{9, 11}, {1, 11}}, {{4, 8}, {1, 11}}, {{4, 14}, {1, 11}}},
	'⇧': {{{5, 5}, {9, 10}}, {{5, 5}, {1, 10}}, {{5, 6}, {5, 15}}},
}

func scaled(pixels []image.Point) []image.Point {
	out := make([]image.Point, len(pixels))
	for i, pt := range pixels {
		out[i] = pt.Mul(subpixels)
	}
	return out
}
