package report

import (
	"math"
	"strconv"
	"strings"

	"worth/internal/tabular"
)

// drawing is a chart as shapes of SVG, in units of its own.
type drawing struct {
	Label string
	W, H  string
	Lines []lineShape
	Paths []pathShape
	Rects []rectShape
	Texts []textShape
}

type (
	lineShape struct{ Class, X1, Y1, X2, Y2 string }
	pathShape struct{ Class, D string }
	rectShape struct{ Class, X, Y, W, H, Title string }
	textShape struct{ Class, X, Y, Text string }
)

// newDrawing returns a drawing of a height; all are equally wide.
func newDrawing(label string, h float64) drawing {
	return drawing{Label: label, W: units(chartW), H: units(h)}
}

// units writes a length to a tenth of a unit.
func units(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

func (d *drawing) line(class string, x1, y1, x2, y2 float64) {
	d.Lines = append(d.Lines, lineShape{class, units(x1), units(y1), units(x2), units(y2)})
}

func (d *drawing) rect(class string, x, y, w, h float64, title string) {
	d.Rects = append(d.Rects, rectShape{class, units(x), units(y), units(max(w, 0)), units(max(h, 0)), title})
}

func (d *drawing) text(class string, x, y float64, text string) {
	d.Texts = append(d.Texts, textShape{class, units(x), units(y), text})
}

// The frame of charts with axes.
const (
	chartW    = 640.0
	chartH    = 270.0
	chartLeft = 62.0 // room for the numbers of the vertical axis
	chartTop  = 12.0
	chartEdge = 24.0 // room at the right
	chartFoot = 28.0 // room for the horizontal axis
	textDrop  = 4.0  // from the middle of a line of text to where it stands
)

// scale maps values to lengths.
type scale struct{ from, to, start, end float64 }

func (s scale) at(v float64) float64 {
	if s.to == s.from {
		return s.start
	}
	return s.start + (v-s.from)/(s.to-s.from)*(s.end-s.start)
}

// draw draws the line, the area between it and zero, and a place to read every
// point out.
func (c LineChart) draw() drawing {
	d := newDrawing(c.Label, chartH)
	points := finitePoints(c.Points)
	if len(points) == 0 {
		return d
	}
	low, high := 0.0, 0.0
	for _, p := range points {
		low, high = min(low, p.Y), max(high, p.Y)
	}
	ticks := rounded(low, high)
	x := scale{points[0].X, points[len(points)-1].X, chartLeft, chartW - chartEdge}
	y := scale{ticks[0], ticks[len(ticks)-1], chartH - chartFoot, chartTop}
	for _, v := range ticks {
		d.line("grid", x.start, y.at(v), x.end, y.at(v))
		d.text("end", x.start-6, y.at(v)+textDrop, c.Format(v))
	}
	for _, t := range c.XTicks {
		d.text("middle", x.at(t.At), chartH-8, t.Text)
	}
	if c.Diagonal {
		last := points[len(points)-1]
		d.line("even", x.start, y.at(points[0].Y), x.end, y.at(last.Y))
	}
	d.trace(points, x, y)
	return d
}

// trace draws the line through points.
func (d *drawing) trace(points []Point, x, y scale) {
	var path strings.Builder
	for i, p := range points {
		command := " L"
		if i == 0 {
			command = "M"
		}
		path.WriteString(command + units(x.at(p.X)) + " " + units(y.at(p.Y)))
	}
	line, zero := path.String(), units(y.at(0))
	first, last := units(x.at(points[0].X)), units(x.at(points[len(points)-1].X))
	d.Paths = append(d.Paths, pathShape{"area", line + " L" + last + " " + zero + " L" + first + " " + zero + " Z"}, pathShape{"line", line})
	for i, p := range points {
		left, right := x.start, x.end
		if i > 0 {
			left = (x.at(points[i-1].X) + x.at(p.X)) / 2
		}
		if i+1 < len(points) {
			right = (x.at(p.X) + x.at(points[i+1].X)) / 2
		}
		d.rect("hover", left, y.end, right-left, y.start-y.end, p.Text)
	}
}

// finitePoints leaves out points that have no place.
func finitePoints(points []Point) []Point {
	var out []Point
	for _, p := range points {
		if !math.IsNaN(p.X+p.Y) && !math.IsInf(p.X, 0) && !math.IsInf(p.Y, 0) {
			out = append(out, p)
		}
	}
	return out
}

// rounded returns about five round numbers from at most low to at least high.
func rounded(low, high float64) []float64 {
	const about = 4
	span := high - low
	if span <= 0 {
		return []float64{low, low + 1}
	}
	step := math.Pow(10, math.Floor(math.Log10(span/about)))
	for _, by := range []float64{1, 2, 2.5, 5, 10} {
		if span/(step*by) <= about {
			step *= by
			break
		}
	}
	var out []float64
	for i := math.Floor(low / step); ; i++ {
		out = append(out, i*step)
		if i*step >= high {
			return out
		}
	}
}

// shortened cuts a text for a place of so many columns.
func shortened(text string, columns int) string {
	text = tabular.Clean(text)
	if tabular.Width(text) <= columns {
		return text
	}
	for tabular.Width(text) > columns-1 {
		runes := []rune(text)
		text = string(runes[:len(runes)-1])
	}
	return text + "…"
}
