package widget

import "unicode/utf8"

// dotCanvas is a drawing surface of braille dots, two by four to a cell. Every
// cell has one owner, the number of the series drawn last in it, because
// a cell has one colour.
type dotCanvas struct {
	w, h   int     // cells
	dots   []uint8 // the low byte of the braille rune
	owner  []uint8
	glyphs []rune // a character instead of dots; 0 for dots
}

func newDotCanvas(w, h int) *dotCanvas {
	return &dotCanvas{w: w, h: h, dots: make([]uint8, w*h), owner: make([]uint8, w*h), glyphs: make([]rune, w*h)}
}

// dotBits are the braille bits by column and row within a cell.
var dotBits = [2][4]uint8{{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}}

// dot sets the dot at (x, y), counted from the upper left; outside ones are
// ignored. A line takes whole cells out of an area, or it would be lost in it.
func (c *dotCanvas) dot(x, y int, owner uint8) {
	if x < 0 || y < 0 || x >= 2*c.w || y >= 4*c.h {
		return
	}
	i := y/4*c.w + x/2
	if c.owner[i] == ownerArea && owner != ownerArea {
		c.dots[i] = 0
	}
	c.dots[i] |= dotBits[x%2][y%4]
	c.owner[i] = owner
}

// glyph sets the character of a cell, over any dots.
func (c *dotCanvas) glyph(x, y int, r rune, owner uint8) {
	if x < 0 || y < 0 || x >= c.w || y >= c.h {
		return
	}
	c.glyphs[y*c.w+x] = r
	c.owner[y*c.w+x] = owner
}

// line sets the dots from (x0, y0) to (x1, y1) for which pen, asked with the
// number of dots set so far, holds; that is how dashes are made.
func (c *dotCanvas) line(x0, y0, x1, y1 int, owner uint8, pen func(n int) bool) {
	dx, dy := absInt(x1-x0), -absInt(y1-y0)
	sx, sy := 1, 1
	if x0 > x1 {
		sx = -1
	}
	if y0 > y1 {
		sy = -1
	}
	for n, rest := 0, dx+dy; ; n++ { // Bresenham
		if pen(n) {
			c.dot(x0, y0, owner)
		}
		if x0 == x1 && y0 == y1 {
			return
		}
		twice := 2 * rest
		if twice >= dy {
			rest += dy
			x0 += sx
		}
		if twice <= dx {
			rest += dx
			y0 += sy
		}
	}
}

// empty reports whether a cell has nothing or only an area in it.
func (c *dotCanvas) empty(x, y int) bool {
	i := y*c.w + x
	return c.glyphs[i] == 0 && (c.dots[i] == 0 || c.owner[i] == ownerArea)
}

// row writes line y in runs of one owner each. Cells of the column cursor are
// written in mark and, where empty, as a rule; −1 is no cursor.
func (c *dotCanvas) row(l *inkLine, y, cursor int, inks []ink, mark, rule ink) {
	run := make([]byte, 0, 3*c.w)
	style, cells := ink{}, 0
	flush := func(next ink) {
		if next != style && cells > 0 {
			l.write(style, string(run), cells)
			run, cells = run[:0], 0
		}
		style = next
	}
	for x := range c.w {
		i := y*c.w + x
		next, r := ink{}, ' '
		switch {
		case x == cursor && c.empty(x, y):
			next, r = rule, '│'
		case c.glyphs[i] != 0:
			next, r = inks[c.owner[i]], c.glyphs[i]
		case c.dots[i] != 0:
			next, r = inks[c.owner[i]], 0x2800+rune(c.dots[i])
		}
		if x == cursor && !c.empty(x, y) {
			next = mark
		}
		flush(next)
		run = utf8.AppendRune(run, r)
		cells++
	}
	flush(ink{pre: "end"}) // differs from every style: writes what is left
}

func absInt(v int) int { return max(v, -v) }
