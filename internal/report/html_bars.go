package report

import "math"

// The frame of bars.
const (
	barRow    = 34.0 // a row of two bars
	barHeight = 11.0
	barLabel  = 170.0
	barNumber = 58.0 // room for the numbers at the right
	barHead   = 24.0 // the legend
)

// draw draws two bars a row, the longest as long as there is room.
func (c PairedBars) draw() drawing {
	d := newDrawing(c.Label, barHead+barRow*float64(len(c.Rows)))
	most := 0.0
	for _, r := range c.Rows {
		most = max(most, share(r.First), share(r.Second))
	}
	x := scale{0, most, barLabel, chartW - barNumber}
	const mark, half = 10.0, (chartW - barLabel) / 2
	for i, name := range []string{c.First, c.Second} {
		at := barLabel + float64(i)*half
		d.rect([]string{"other", "bar"}[i], at, 4, mark, mark, "")
		d.text("", at+mark+6, 4+mark-1, name)
	}
	for i, r := range c.Rows {
		top := barHead + barRow*float64(i) + 4
		const columns = 24
		d.text("strong end", barLabel-10, top+barHeight+textDrop, shortened(r.Label, columns))
		for k, bar := range []struct {
			class, name, text string
			value             float64
		}{{"other", c.First, r.FirstText, r.First}, {"bar", c.Second, r.SecondText, r.Second}} {
			y := top + float64(k)*(barHeight+1)
			d.rect("track", x.start, y, x.end-x.start, barHeight, "")
			d.rect(bar.class, x.start, y, x.at(share(bar.value))-x.start, barHeight, r.Label+" · "+bar.name+" "+bar.text)
			d.text("small end", chartW-2, y+barHeight-2, bar.text)
		}
	}
	return d
}

// share returns a number a bar can be as long as.
func share(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return max(v, 0)
}

// draw draws the columns side by side with their numbers above and their labels
// below.
func (c ColumnChart) draw() drawing {
	d := newDrawing(c.Label, chartH)
	most := 0.0
	for _, bar := range c.Bars {
		most = max(most, share(bar.Height))
	}
	const room = 20.0 // for the number above the highest
	y := scale{0, most, chartH - chartFoot, chartTop + room}
	d.line("grid", chartEdge, y.start, chartW-chartEdge, y.start)
	if len(c.Bars) == 0 {
		return d
	}
	const widest, character = 90.0, 7.0
	step := (chartW - 2*chartEdge) / float64(len(c.Bars))
	w := min(step*0.7, widest)
	for i, bar := range c.Bars {
		middle := chartEdge + step*(float64(i)+0.5)
		top := y.at(share(bar.Height))
		d.rect("bar", middle-w/2, top, w, y.start-top, bar.Label+": "+bar.Text)
		d.text("middle strong", middle, top-6, bar.Text)
		d.text("middle", middle, chartH-8, shortened(bar.Label, max(int(step/character), 2)))
	}
	return d
}

// The frame of heat maps.
const (
	heatLeft  = 44.0
	heatTop   = 40.0
	heatCellH = 46.0
	heatSteps = 5
	heatGap   = 2.0
)

// draw draws the cells with their two lines.
func (c HeatMap) draw() drawing {
	rows, cols := len(c.RowLabels), len(c.ColLabels)
	d := newDrawing(c.Label, heatTop+heatCellH*float64(rows)+4)
	if rows == 0 || cols == 0 {
		return d
	}
	w := (chartW - heatLeft) / float64(cols)
	d.text("", 0, 14, c.RowTitle+" ↓")
	d.text("middle", heatLeft+w*float64(cols)/2, 14, c.ColTitle+" →")
	for i, label := range c.ColLabels {
		d.text("middle", heatLeft+w*(float64(i)+0.5), 33, label)
	}
	most := 0.0
	for _, row := range c.Cells {
		for _, cell := range row {
			most = max(most, share(cell.Value))
		}
	}
	for i, label := range c.RowLabels {
		y := heatTop + heatCellH*float64(i)
		d.text("end", heatLeft-8, y+heatCellH/2+textDrop, label)
		for k, name := range c.ColLabels {
			d.cell(c.cell(i, k), heatLeft+w*float64(k), y, w, most, label+" "+name)
		}
	}
	return d
}

// cell returns a cell, an empty one where there is none.
func (c HeatMap) cell(row, col int) HeatCell {
	if row >= len(c.Cells) || col >= len(c.Cells[row]) {
		return HeatCell{}
	}
	return c.Cells[row][col]
}

// cell draws a cell of a heat map.
func (d *drawing) cell(c HeatCell, x, y, w, most float64, name string) {
	step := heatStep(share(c.Value), most)
	d.rect(heatClasses[step], x, y, w-heatGap, heatCellH-heatGap, name+": "+c.Text+" · "+c.Note)
	ink := "low"
	if step > heatSteps/2 {
		ink = "high"
	}
	d.text("middle "+ink, x+(w-heatGap)/2, y+19, c.Text)
	d.text("middle small "+ink, x+(w-heatGap)/2, y+34, c.Note)
}

// heatClasses are the steps of the scale.
var heatClasses = [heatSteps]string{"h0", "h1", "h2", "h3", "h4"}

// heatStep returns the step of a value where most is the greatest: shares of it
// that grow with the square.
func heatStep(v, most float64) int {
	if most <= 0 || v <= 0 {
		return 0
	}
	return min(int(math.Sqrt(v/most)*heatSteps), heatSteps-1)
}
