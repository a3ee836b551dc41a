// Package screen turns a drawn view, the string of styled lines that pages and
// widgets return, into what a terminal of a given size would show: cells, plain
// text for golden files, and PNG pictures for documentation.
//
// The same view gives the same text and picture on every machine: the Latin
// letters come from the Go fonts, which are part of the program, and frames,
// blocks, braille and marks are drawn as geometry, so no system font is read
// unless a caller names one. What it does not do: interpret cursor movement or
// animate. A view is lines of text with colour and hyperlink sequences.
package screen

import (
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// Raster draws view into w×h cells. What does not fit is cut off; a negative
// size counts as 0.
func Raster(view string, w, h int) uv.ScreenBuffer {
	buf := uv.NewScreenBuffer(max(w, 0), max(h, 0))
	if w > 0 && h > 0 {
		uv.NewStyledString(view).Draw(buf, buf.Bounds())
	}
	return buf
}

// Text returns the h lines a reader would see, without styles and without
// trailing spaces, each ended by a newline.
func Text(view string, w, h int) string {
	buf := Raster(view, w, h)
	var out, line strings.Builder
	for y := range max(h, 0) {
		line.Reset()
		for x := range max(w, 0) {
			if cell := buf.CellAt(x, y); cell != nil {
				line.WriteString(cell.Content)
			}
		}
		out.WriteString(strings.TrimRight(line.String(), " "))
		out.WriteByte('\n')
	}
	return out.String()
}
