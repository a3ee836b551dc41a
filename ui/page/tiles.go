package page

import "worth/ui/widget"

// tile is the place of a pane in the view of its page.
type tile struct{ pane, x, y, w, h int }

// tiles is how a page is divided into panes: columns of tiles, together exactly
// the page's cells.
type tiles [][]tile

// share is a pane and the height it gets in its column.
type share struct {
	pane   int
	height int // in cells; 0: what the others leave, shared evenly
}

// tiled divides w×h cells into columns of the given widths; the last column gets
// what is left.
func tiled(w, h int, widths []int, stacks ...[]share) tiles {
	var out tiles
	x := 0
	for i, stack := range stacks {
		width := w - x
		if i < len(stacks)-1 {
			width = min(widths[i], width)
		}
		out = append(out, stacked(x, width, h, stack))
		x += width
	}
	return out
}

// stacked divides one column.
func stacked(x, w, h int, stack []share) []tile {
	open, rest := 0, h
	for _, s := range stack {
		if s.height == 0 {
			open++
		}
		rest -= s.height
	}
	var column []tile
	y := 0
	for _, s := range stack {
		height := s.height
		if height == 0 {
			height = max(rest, 0) / open
			rest -= height
			open--
		}
		height = max(min(height, h-y), 0)
		column = append(column, tile{pane: s.pane, x: x, y: y, w: w, h: height})
		y += height
	}
	return column
}

// draw joins the panes' views.
func (t tiles) draw(view func(tile) string) string {
	blocks := make([]string, 0, len(t))
	for _, column := range t {
		parts := make([]string, 0, len(column))
		for _, tile := range column {
			parts = append(parts, view(tile))
		}
		blocks = append(blocks, widget.Stack(parts...))
	}
	return widget.Beside(0, blocks...)
}

// at returns the tile at a cell of the page, and false where there is none.
func (t tiles) at(x, y int) (tile, bool) {
	for _, column := range t {
		for _, p := range column {
			if x >= p.x && x < p.x+p.w && y >= p.y && y < p.y+p.h {
				return p, true
			}
		}
	}
	return tile{}, false
}

// of returns the tile of a pane, and false if it is not in view.
func (t tiles) of(pane int) (tile, bool) {
	for _, column := range t {
		for _, p := range column {
			if p.pane == pane {
				return p, true
			}
		}
	}
	return tile{}, false
}
