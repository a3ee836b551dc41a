package widget

import "math"

// draw puts area, diagonal and series on the canvas, the first series last so
// that it owns the cells it shares.
func (c *LineChart) draw(canvas *dotCanvas) {
	f := c.frame
	shown := c.shown()
	if c.Shape == ShapeArea && len(shown) > 0 {
		c.area(canvas, shown[0].Points)
	}
	if c.Diagonal {
		canvas.line(0, 4*f.h-1, 2*f.w-1, 0, ownerDiagonal, func(n int) bool { return n%3 < 2 })
	}
	for i := len(shown) - 1; i >= 0; i-- {
		if i == 0 && c.Shape == ShapeBars {
			c.bars(canvas, shown[0].Points)
			continue
		}
		c.polyline(canvas, shown[i].Points, ownerFirst+uint8(i)) //nolint:gosec // below maxSeries
	}
}

// dashed returns which dots of a series' line are drawn.
func dashed(owner uint8) func(n int) bool {
	switch owner {
	case ownerFirst + 1:
		return func(n int) bool { return n%5 < 3 }
	case ownerFirst + 2:
		return func(n int) bool { return n%3 == 0 }
	}
	return func(int) bool { return true }
}

func (c *LineChart) polyline(canvas *dotCanvas, points []Point, owner uint8) {
	f, pen := c.frame, dashed(owner)
	drawn := 0
	for i, p := range points {
		if !isFinite(p.X) || !isFinite(p.Y) {
			continue
		}
		x, y := f.dotX(p.X), f.dotY(p.Y)
		if i == 0 || !isFinite(points[i-1].X) || !isFinite(points[i-1].Y) {
			canvas.dot(x, y, owner) // a point between two gaps is still seen
			continue
		}
		px, py := f.dotX(points[i-1].X), f.dotY(points[i-1].Y)
		start := drawn
		canvas.line(px, py, x, y, owner, func(n int) bool { return pen(start + n) })
		drawn += max(absInt(x-px), absInt(y-py))
	}
}

// area fills every second dot between the line and 0, so that the line still
// stands out against its area.
func (c *LineChart) area(canvas *dotCanvas, points []Point) {
	f := c.frame
	zero := f.dotY(0)
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		if !isFinite(a.X) || !isFinite(a.Y) || !isFinite(b.X) || !isFinite(b.Y) {
			continue
		}
		x0, x1 := f.dotX(a.X), f.dotX(b.X)
		y0, y1 := f.dotY(a.Y), f.dotY(b.Y)
		for x := x0; x <= x1; x++ {
			y := y0
			if x1 > x0 {
				y = y0 + (y1-y0)*(x-x0)/(x1-x0)
			}
			for from, to := min(y, zero), max(y, zero); from <= to; from++ {
				if (x+from)%2 == 0 {
					canvas.dot(x, from, ownerArea)
				}
			}
		}
	}
}

// bars draws a column per point, to an eighth of a cell. Where columns would be
// narrower than a cell, or go below 0, they are made of dots instead.
func (c *LineChart) bars(canvas *dotCanvas, points []Point) {
	f := c.frame
	if f.y0 < 0 || len(points) > f.w {
		c.dotBars(canvas, points)
		return
	}
	for i, p := range points {
		if !isFinite(p.X) || !isFinite(p.Y) {
			continue
		}
		from, to := c.slot(points, i, f.w)
		if f.w/len(points) >= 3 {
			to-- // a gap, where all columns are wide enough for one
		}
		eighths := int(math.Round(share(p.Y, f.y0, f.y1) * float64(8*f.h)))
		if p.Y > 0 {
			eighths = max(eighths, 1)
		}
		for row := 0; row*8 < eighths; row++ {
			r := '█'
			if rest := eighths - row*8; rest < 8 {
				r = '▁' + rune(rest-1)
			}
			for x := from; x < max(to, from+1); x++ {
				canvas.glyph(x, f.h-1-row, r, ownerFirst)
			}
		}
	}
}

func (c *LineChart) dotBars(canvas *dotCanvas, points []Point) {
	f := c.frame
	zero := f.dotY(0)
	for i, p := range points {
		if !isFinite(p.X) || !isFinite(p.Y) {
			continue
		}
		from, to := c.slot(points, i, 2*f.w)
		if 2*f.w/len(points) >= 3 {
			to--
		}
		y := f.dotY(p.Y)
		for x := from; x < max(to, from+1); x++ {
			for row, end := min(y, zero), max(y, zero); row <= end; row++ {
				canvas.dot(x, row, ownerFirst)
			}
		}
	}
}

// slot returns the columns [from, to) of w that belong to point i: half-way to
// its neighbours.
func (c *LineChart) slot(points []Point, i, w int) (from, to int) {
	f := c.frame
	left, right := f.x0, f.x1
	if i > 0 && isFinite(points[i-1].X) {
		left = points[i-1].X/2 + points[i].X/2
	}
	if i+1 < len(points) && isFinite(points[i+1].X) {
		right = points[i].X/2 + points[i+1].X/2
	}
	at := func(x float64) int { return int(math.Round(share(x, f.x0, f.x1) * float64(w))) }
	return at(left), at(right)
}

// labelRows returns the y labels by plot row. The topmost wins where two meet.
func (f chartFrame) labelRows() map[int]string {
	rows := make(map[int]string, len(f.yTicks))
	for _, t := range f.yTicks {
		rows[min(f.dotY(t.at)/4, f.h-1)] = t.label
	}
	return rows
}

// base draws the x axis with its ticks and the foot of the cursor.
func (c *LineChart) base(w int, rule ink) string {
	f := c.frame
	marks := make([]rune, f.w)
	for i := range marks {
		marks[i] = '─'
	}
	for _, t := range f.xTicks {
		marks[min(f.column(t.at), f.w-1)] = '┬'
	}
	l := newInkLine(w)
	l.repeat(ink{}, " ", f.left-1)
	l.put(rule, "└")
	at := c.cursorColumn()
	if at < 0 {
		l.write(rule, string(marks), f.w)
		return l.String()
	}
	l.write(rule, string(marks[:at]), at)
	l.write(inkOf(c.Theme.Strong), "▲", 1)
	l.write(rule, string(marks[at+1:]), f.w-at-1)
	return l.String()
}

func (c *LineChart) xLabels(w int, label ink) string {
	f := c.frame
	l := newInkLine(w)
	l.repeat(ink{}, " ", f.left)
	for _, t := range f.xTicks {
		start := f.labelStart(t)
		gap := start - (f.w - l.left)
		if gap < 0 || gap == 0 && l.left < f.w { // would touch the label before
			continue
		}
		l.repeat(ink{}, " ", gap)
		l.put(label, t.label)
	}
	return l.String()
}

// legend draws the names of the series, with the values under the cursor.
func (c *LineChart) legend(w int) string {
	signs := [maxSeries]string{"━", "╍", "┉"}
	if c.Shape != ShapeLine {
		signs[0] = "■"
	}
	muted, strong, inks := inkOf(c.Theme.Muted), inkOf(c.Theme.Strong), c.inks()
	l := newInkLine(w)
	l.repeat(ink{}, " ", c.frame.left)
	cursor := c.cursorColumn() >= 0
	var x float64
	if cursor {
		x = c.Series[0].Points[c.Cursor].X
		l.put(strong, c.X.write(x))
		l.put(ink{}, "  ")
	}
	for i, s := range c.shown() {
		if i > 0 {
			l.put(ink{}, "  ")
		}
		l.put(inks[ownerFirst+i], signs[i])
		if s.Name != "" {
			l.put(muted, " "+Clean(s.Name))
		}
		if cursor {
			l.put(strong, " "+c.Y.write(nearestY(s.Points, x)))
		}
	}
	return l.String()
}

// nearestY returns the value at the point whose X is nearest to x, or NaN.
func nearestY(points []Point, x float64) float64 {
	best, y := math.Inf(1), math.NaN()
	for _, p := range points {
		if d := math.Abs(p.X - x); d < best {
			best, y = d, p.Y
		}
	}
	return y
}
