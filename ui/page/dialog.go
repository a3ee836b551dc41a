package page

import (
	"worth/ui/theme"
	"worth/ui/widget"
)

// dialogFrame is what a dialog's frame takes of its width and height.
const dialogFrame = 2

// Dialog draws the box of a dialog around a body of bodyW×bodyH cells, smaller
// where less room is.
func Dialog(t theme.Theme, title, note string, body widget.Viewer, bodyW, bodyH, w, h int) string {
	panel := widget.Panel{Theme: t, Title: title, Note: note, Focused: true, Body: body}
	return panel.View(min(bodyW+dialogFrame, w), min(bodyH+dialogFrame, h))
}
