package page

import (
	"strings"

	"worth/ui/widget"
)

// scrolled is a text longer than its window. The zero value shows the beginning.
type scrolled struct {
	top    int // the first line shown
	lines  int // of the last view
	height int // of the last view
}

// scroll moves the window by so many lines and stops at either end.
func (s *scrolled) scroll(lines int) {
	s.top = max(min(s.top+min(max(lines, -far), far), s.lines-s.height), 0)
}

// view draws styled lines in w×h cells.
func (s *scrolled) view(lines []string, w, h int) string {
	s.lines, s.height = len(lines), h
	s.scroll(0)
	return widget.Block(strings.Join(lines[min(s.top, len(lines)):], "\n"), w, h)
}

// more says whether text follows below the window.
func (s *scrolled) more() bool { return s.top+s.height < s.lines }
