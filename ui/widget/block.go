package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Viewer is anything that draws itself in exactly w×h cells: h lines joined by
// newlines, each w cells wide. A height of 0 or less gives the empty string.
type Viewer interface {
	View(w, h int) string
}

// ViewFunc lets a function stand where a Viewer is wanted.
type ViewFunc func(w, h int) string

// View calls f and cuts or fills what it returns.
func (f ViewFunc) View(w, h int) string { return Block(f(w, h), w, h) }

// Block makes text exactly w×h cells: longer lines and further lines are cut,
// missing ones filled with spaces. Text may hold colour sequences.
func Block(text string, w, h int) string {
	if h <= 0 {
		return ""
	}
	w = max(w, 0)
	lines := strings.Split(text, "\n")
	if len(lines) > h {
		lines = lines[:h]
	}
	for i, line := range lines {
		lines[i] = exactly(line, w)
	}
	for blank := spaces(w); len(lines) < h; {
		lines = append(lines, blank)
	}
	return strings.Join(lines, "\n")
}

// exactly cuts or fills a styled line to w cells.
func exactly(line string, w int) string {
	have := Width(line)
	if have > w {
		line = ansi.TruncateWc(line, w, "")
		have = Width(line) // one less where a wide letter was cut
	}
	if have < w {
		line += spaces(w - have)
	}
	return line
}

// lined joins the lines a widget made to a view of h lines, each w wide; lines
// are trusted to have that width already.
func lined(lines []string, w, h int) string {
	if h <= 0 {
		return ""
	}
	if len(lines) > h {
		lines = lines[:h]
	}
	for blank := spaces(max(w, 0)); len(lines) < h; {
		lines = append(lines, blank)
	}
	return strings.Join(lines, "\n")
}

// Beside puts blocks next to each other with gap empty columns between, by
// zipping their lines. Every block must be as wide in all its lines as in its
// first; blocks with fewer lines than the tallest are filled with spaces below.
// Empty blocks are left out.
func Beside(gap int, blocks ...string) string {
	type column struct {
		lines []string
		blank string
	}
	var columns []column
	height, size := 0, 0
	for _, b := range blocks {
		if b == "" {
			continue
		}
		c := column{lines: strings.Split(b, "\n")}
		columns = append(columns, c)
		height = max(height, len(c.lines))
		size += len(b)
	}
	for i, c := range columns {
		if len(c.lines) < height {
			columns[i].blank = spaces(Width(c.lines[0]))
		}
	}
	space := spaces(max(gap, 0))
	var out strings.Builder
	out.Grow(size + height*len(space)*len(columns))
	for y := range height {
		if y > 0 {
			out.WriteByte('\n')
		}
		for i, c := range columns {
			if i > 0 {
				out.WriteString(space)
			}
			if y < len(c.lines) {
				out.WriteString(c.lines[y])
			} else {
				out.WriteString(c.blank)
			}
		}
	}
	return out.String()
}

// Stack puts blocks below each other. Empty blocks, those of height 0, are left
// out.
func Stack(blocks ...string) string {
	kept := make([]string, 0, len(blocks))
	for _, b := range blocks {
		if b != "" {
			kept = append(kept, b)
		}
	}
	return strings.Join(kept, "\n")
}

// Split divides total cells into parts by weight with gap cells between them.
// Parts and gaps add up to exactly total when there is room for the gaps;
// weights of 0 or less get nothing.
func Split(total, gap int, weights ...int) []int {
	parts := make([]int, len(weights))
	sum := 0
	for _, weight := range weights {
		sum += max(weight, 0)
	}
	room := max(total-max(gap, 0)*(len(weights)-1), 0)
	if sum == 0 {
		return parts
	}
	given, before := 0, 0
	for i, weight := range weights {
		before += max(weight, 0)
		parts[i] = room*before/sum - given // rounding is spread, not left to the last
		given += parts[i]
	}
	return parts
}
