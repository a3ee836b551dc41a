package widget

import (
	"math"
	"slices"

	"worth/ui/theme"
)

// Point is one value of a chart.
type Point struct{ X, Y float64 }

// Series is one line of a LineChart. Points are in the order of X; a point that
// is not finite breaks the line.
type Series struct {
	Name   string
	Points []Point
}

// ChartShape is how a LineChart draws its first series.
type ChartShape int

// The shapes. Further series are always lines.
const (
	ShapeLine ChartShape = iota // a line
	ShapeArea                   // a line, filled down to 0
	ShapeBars                   // one column per point
)

// LineChart draws one to three series over a number or date axis, with round
// axis labels and a cursor column that reads out the values under it. Series
// beside the first differ in colour and in dashes, so that they can be told
// apart without colour too.
type LineChart struct {
	Theme    theme.Theme
	Series   []Series
	X, Y     Axis
	Shape    ChartShape
	Diagonal bool // draw the line of equality from the lower left to the upper right
	Cursor   int  // the index of a point of the first series
	Focused  bool // whether the cursor is drawn

	frame chartFrame
}

// chartFrame is how the last view was divided, and what range it showed.
type chartFrame struct {
	left, top      int // cells left of and above the plot
	w, h           int // cells of the plot
	axes           bool
	x0, x1         float64
	y0, y1         float64
	xTicks, yTicks []tick
}

// The owners of cells beside the series.
const (
	ownerDiagonal = 0
	ownerFirst    = 1 // the first series; the others follow
	maxSeries     = 3
	ownerArea     = ownerFirst + maxSeries
)

// Move moves the cursor by delta points and stops at either end.
func (c *LineChart) Move(delta int) {
	if len(c.Series) > 0 {
		c.Cursor = moved(c.Cursor, delta, len(c.Series[0].Points))
	}
}

// Hit returns the index of the point of the first series nearest to column x of
// the last view, and false when x is beside the plot or there is no point.
func (c *LineChart) Hit(x int) (point int, ok bool) {
	f := c.frame
	if len(c.Series) == 0 || x < f.left || x >= f.left+f.w {
		return 0, false
	}
	best := math.MaxInt
	for i, p := range c.Series[0].Points {
		if !isFinite(p.X) {
			continue
		}
		if d := absInt(f.column(p.X) - (x - f.left)); d < best {
			best, point, ok = d, i, true
		}
	}
	return point, ok
}

// View draws the chart in w×h cells. Small charts leave out the axes, then the
// line that names the series.
func (c *LineChart) View(w, h int) string {
	if w <= 0 || h <= 0 {
		c.frame = chartFrame{}
		return lined(nil, w, h)
	}
	c.Move(0)
	c.frame = c.plan(w, h)
	f := c.frame
	canvas := newDotCanvas(f.w, f.h)
	c.draw(canvas)
	lines := make([]string, 0, h)
	if f.top > 0 {
		lines = append(lines, c.legend(w))
	}
	inks := c.inks()
	label, rule := inkOf(c.Theme.Muted), inkOf(c.Theme.Border)
	mark := inkOf(c.Theme.Accent)
	if c.Theme.Plain() {
		mark = ink{}
	}
	marks := f.labelRows()
	for y := range f.h {
		l := newInkLine(w)
		if f.axes {
			text, edge := marks[y], "│"
			if text != "" {
				edge = "┤"
			}
			l.fitRight(label, text, f.left-2)
			l.put(rule, " "+edge)
		}
		canvas.row(l, y, c.cursorColumn(), inks, mark, rule)
		lines = append(lines, l.String())
	}
	if f.axes {
		lines = append(lines, c.base(w, rule), c.xLabels(w, label))
	}
	return lined(lines, w, h)
}

// inks are the styles by owner.
func (c *LineChart) inks() []ink {
	t := c.Theme
	return []ink{inkOf(t.Muted), inkOf(t.Bar), inkOf(t.BarOther), inkOf(t.Good), inkOf(t.Track)}
}

func (c *LineChart) shown() []Series { return c.Series[:min(len(c.Series), maxSeries)] }

// plan divides w×h cells and settles the ranges.
func (c *LineChart) plan(w, h int) chartFrame {
	f := chartFrame{w: w, h: h}
	if h >= 5 && c.hasLegend() {
		f.top = 1
		f.h--
	}
	f.axes = f.h >= 4 && w >= 16
	if f.axes {
		f.h -= 2
	}
	parts := max(f.h/3, 1) // with fewer lines between them labels stand unevenly
	f.x0, f.x1 = c.xRange()
	f.y0, f.y1 = c.yRange(parts)
	if f.axes {
		f.yTicks = c.Y.ticks(f.y0, f.y1, parts)
		for _, t := range f.yTicks {
			f.left = max(f.left, Width(t.label))
		}
		f.left = min(f.left, w/3) + 2
		f.w = w - f.left
		f.xTicks = c.fittingXTicks(f)
	}
	return f
}

func (c *LineChart) hasLegend() bool {
	return c.Focused || slices.ContainsFunc(c.shown(), func(s Series) bool { return s.Name != "" })
}

// fittingXTicks returns the most x ticks whose labels stay apart.
func (c *LineChart) fittingXTicks(f chartFrame) []tick {
	for count := max(f.w/8, 1); ; count-- {
		ticks := c.X.ticks(f.x0, f.x1, count)
		if count <= 1 || apart(f, ticks) {
			return ticks
		}
	}
}

func apart(f chartFrame, ticks []tick) bool {
	end := -2
	for _, t := range ticks {
		start := f.labelStart(t)
		if start < end+2 {
			return false
		}
		end = start + Width(t.label)
	}
	return true
}

// labelStart returns the plot column where the label of an x tick starts: in
// the middle below it, kept within the plot.
func (f chartFrame) labelStart(t tick) int {
	width := Width(t.label)
	return max(min(f.column(t.at)-width/2, f.w-width), 0)
}

func (c *LineChart) xRange() (low, high float64) {
	if c.X.Max > c.X.Min && isFinite(c.X.Min) && isFinite(c.X.Max) {
		return c.X.Min, c.X.Max
	}
	low, high = math.Inf(1), math.Inf(-1)
	for _, s := range c.shown() {
		for _, p := range s.Points {
			if isFinite(p.X) {
				low, high = min(low, p.X), max(high, p.X)
			}
		}
	}
	if low > high {
		return 0, 1
	}
	if c.Shape == ShapeBars && len(c.Series[0].Points) > 1 {
		half := (high/2 - low/2) / float64(len(c.Series[0].Points)-1)
		low, high = low-half, high+half
	}
	return widened(low, high)
}

// yRange returns the range of Y, which holds 0 and ends at round values.
func (c *LineChart) yRange(parts int) (low, high float64) {
	if c.Y.Max > c.Y.Min && isFinite(c.Y.Min) && isFinite(c.Y.Max) {
		return c.Y.Min, c.Y.Max
	}
	for _, s := range c.shown() {
		for _, p := range s.Points {
			if isFinite(p.X) && isFinite(p.Y) {
				low, high = min(low, p.Y), max(high, p.Y)
			}
		}
	}
	low, high = widened(low, high)
	if step := roundStep(low, high, parts); step > 0 {
		roundLow, roundHigh := math.Floor(low/step+1e-9)*step, math.Ceil(high/step-1e-9)*step
		if isFinite(roundLow) && isFinite(roundHigh) {
			low, high = roundLow, roundHigh
		}
	}
	return low, high
}

// widened returns a range that is not empty.
func widened(low, high float64) (float64, float64) {
	if high > low && isFinite(high/2-low/2) {
		return low, high
	}
	by := max(math.Abs(low)/1e3, 0.5)
	low, high = low-by, high+by
	if !isFinite(low) || !isFinite(high) {
		return -math.MaxFloat64, math.MaxFloat64
	}
	return low, high
}

// column returns the plot column of x.
func (f chartFrame) column(x float64) int { return f.dotX(x) / 2 }

func (f chartFrame) dotX(x float64) int {
	return int(math.Round(share(x, f.x0, f.x1) * float64(2*f.w-1)))
}

// dotY returns the dot row of y, counted from the top.
func (f chartFrame) dotY(y float64) int {
	return int(math.Round((1 - share(y, f.y0, f.y1)) * float64(4*f.h-1)))
}

func (c *LineChart) cursorColumn() int {
	if !c.Focused || len(c.Series) == 0 || len(c.Series[0].Points) == 0 {
		return -1
	}
	x := c.Series[0].Points[c.Cursor].X
	if !isFinite(x) {
		return -1
	}
	return c.frame.column(x)
}
