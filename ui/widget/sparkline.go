package widget

import (
	"math"

	"worth/ui/theme"
)

// levels are the block characters from one to eight eighths of a cell's height.
var levels = [8]string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}

// Sparkline is a small picture of a run of values without axes. NaN and
// infinite values are gaps. The scale goes from 0, or the least value if that is
// negative, to the greatest.
type Sparkline struct {
	Theme  theme.Theme
	Values []float64
}

// View draws the values in w×h cells, one column each from the left; when there
// are more values than columns, each column shows the mean of its share.
func (s Sparkline) View(w, h int) string {
	if w <= 0 || h <= 0 {
		return lined(nil, w, h)
	}
	columns := bucketMeans(s.Values, w)
	low, high := finiteRange(columns)
	low = min(low, 0)
	bar := inkOf(s.Theme.Bar)
	lines := make([]string, h)
	for y := range lines {
		line := newInkLine(w)
		run := make([]byte, 0, 3*w)
		for _, v := range columns {
			run = append(run, columnBlock(v, low, high, h, h-1-y)...)
		}
		line.write(bar, string(run), len(columns))
		lines[y] = line.String()
	}
	return lined(lines, w, h)
}

// columnBlock returns what a column of value v shows in the cell at height row
// (0 is the lowest) of h cells.
func columnBlock(v, low, high float64, h, row int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return " "
	}
	eighths := 1 // the least value is still seen
	if high > low {
		eighths = max(int(math.Round(share(v, low, high)*float64(8*h))), 1)
	}
	switch fill := eighths - 8*row; {
	case fill <= 0:
		return " "
	case fill >= 8:
		return levels[7]
	default:
		return levels[fill-1]
	}
}

// bucketMeans returns at most n values, each the mean of the finite ones in its
// equal part of values, or NaN where there is none.
func bucketMeans(values []float64, n int) []float64 {
	count := min(len(values), n)
	out := make([]float64, count)
	for i := range out {
		sum, seen := 0.0, 0
		part := values[i*len(values)/count : (i+1)*len(values)/count]
		for _, v := range part {
			if isFinite(v) {
				sum += v / float64(len(part)) // divided first: no overflow
				seen++
			}
		}
		out[i] = math.NaN()
		if seen > 0 {
			out[i] = sum * float64(len(part)) / float64(seen)
		}
	}
	return out
}

// finiteRange returns the least and greatest finite value, or 0 and 0.
func finiteRange(values []float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if isFinite(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	if low > high {
		return 0, 0
	}
	return low, high
}

func isFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// share returns where v lies between low and high, from 0 to 1, without
// overflowing for the largest numbers. low must be below high.
func share(v, low, high float64) float64 {
	s := (v/2 - low/2) / (high/2 - low/2)
	return min(max(s, 0), 1)
}
