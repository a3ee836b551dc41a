package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Overlay draws box in the middle of base, a view of w×h cells, and returns w×h
// cells. A box larger than the view is cut. Only the lines the box covers are
// touched.
func Overlay(base, box string, w, h int) string {
	x, y := OverlayOrigin(box, w, h)
	return OverlayAt(base, box, x, y, w, h)
}

// OverlayOrigin returns the column and line at which Overlay puts the upper left
// corner of box, for turning a click on the screen into one in the box.
func OverlayOrigin(box string, w, h int) (x, y int) {
	boxW, boxH := boxSize(box)
	return max((w-boxW)/2, 0), max((h-boxH)/2, 0)
}

func boxSize(box string) (w, h int) {
	if box == "" {
		return 0, 0
	}
	lines := strings.Split(box, "\n")
	for _, line := range lines {
		w = max(w, Width(line))
	}
	return w, len(lines)
}

// OverlayAt draws box over base, a view of w×h cells, with its upper left corner
// at column x and line y, moved as far as needed to lie inside the view.
func OverlayAt(base, box string, x, y, w, h int) string {
	if w <= 0 || h <= 0 {
		return lined(nil, w, h)
	}
	boxW, boxH := boxSize(box)
	if boxW == 0 {
		return Block(base, w, h)
	}
	boxW, boxH = min(boxW, w), min(boxH, h)
	x, y = max(min(x, w-boxW), 0), max(min(y, h-boxH), 0)
	lines := strings.Split(base, "\n")
	for len(lines) < h {
		lines = append(lines, spaces(w))
	}
	for i, over := range strings.Split(box, "\n")[:boxH] {
		lines[y+i] = spliced(lines[y+i], exactly(over, boxW), x, boxW, w)
	}
	return lined(lines, w, h)
}

// reset ends every style, so that what is under a box does not colour it.
const reset = "\x1b[m"

// spliced replaces boxW cells of line from column x with over. A wide letter cut
// by an edge leaves a space.
func spliced(line, over string, x, boxW, w int) string {
	left := exactly(ansi.TruncateWc(line, x, ""), x)
	// TruncateLeft keeps the sequences of what it cuts, so the rest of the line
	// goes on in its style.
	room := w - x - boxW
	right := ""
	if room > 0 {
		right = ansi.TruncateLeftWc(line, x+boxW, "")
		if Width(right) > room { // a wide letter under the edge was kept whole
			right = ansi.TruncateLeftWc(line, x+boxW+1, "")
		}
		right = exactly(spaces(room-Width(right))+right, room)
	}
	return left + reset + over + reset + right
}
