package widget

import (
	"strconv"
	"time"

	"worth/internal/i18n"
)

// The widths of the columns beside the name.
const (
	fileSizeW = 9
	fileDateW = 10
)

// View draws the directory, the typed text and the entries in w×h cells.
func (f *FilePicker) View(w, h int) string {
	if w <= 0 || h <= 0 {
		return lined(nil, w, h)
	}
	lines := []string{f.inputLine(w)}
	if h > 3 {
		lines = append([]string{f.dirLine(w)}, lines...)
	}
	if message, style := f.message(); message != "" && len(lines) < h {
		l := newInkLine(w)
		l.put(style, "  "+message)
		lines = append(lines, l.String())
	}
	from, to := f.scroll.window(f.cursor, len(f.matches), h-len(lines), len(lines))
	k := fileInks{
		text: inkOf(f.Theme.Text), dir: inkOf(f.Theme.Accent), recent: inkOf(f.Theme.Good), note: inkOf(f.Theme.Muted),
		cursor: inkOf(f.Theme.Cursor), match: inkOf(f.Theme.Match),
	}
	for i := from; i < to; i++ {
		lines = append(lines, f.row(w, i, k))
	}
	return lined(lines, w, h)
}

type fileInks struct{ text, dir, recent, note, cursor, match ink }

func (f *FilePicker) dirLine(w int) string {
	l := newInkLine(w)
	where := Clean(f.listing.Dir)
	if where == "" {
		where = i18n.T("recent workspaces")
	}
	note := strconv.Itoa(len(f.matches)) + "/" + strconv.Itoa(len(f.offered))
	l.put(inkOf(f.Theme.Strong), keepEnd(where, w-len(note)-1))
	l.repeat(ink{}, " ", l.left-len(note))
	l.put(inkOf(f.Theme.Muted), note)
	return l.String()
}

// keepEnd cuts a path from the left, where it says least.
func keepEnd(path string, w int) string {
	runes := []rune(path)
	if Width(path) <= w {
		return path
	}
	for len(runes) > 0 && Width(string(runes)) > w-1 {
		runes = runes[1:]
	}
	if w <= 0 {
		return ""
	}
	return ellipsis + string(runes)
}

func (f *FilePicker) inputLine(w int) string {
	l := newInkLine(w)
	l.put(inkOf(f.Theme.Accent), "›")
	l.put(ink{}, " ")
	f.edit.view(l, l.left, f.Theme, i18n.T("type to narrow · enter opens · ctrl+t shows all files"), true)
	return l.String()
}

// message says why there is nothing to choose from.
func (f *FilePicker) message() (string, ink) {
	switch {
	case f.listing.Err != nil:
		return Clean(f.listing.Err.Error()), inkOf(f.Theme.Bad)
	case len(f.matches) == 0 && f.Query() != "":
		return i18n.T("nothing matches"), inkOf(f.Theme.Muted)
	case len(f.matches) == 0:
		return i18n.T("no data files here"), inkOf(f.Theme.Muted)
	}
	return "", ink{}
}

func (f *FilePicker) row(w, i int, k fileInks) string {
	m := f.matches[i]
	e := f.offered[m.entry]
	style, sign := k.text, "  "
	switch {
	case e.Recent:
		style, sign = k.recent, "• "
	case e.Dir:
		style = k.dir
	}
	cursor := i == f.cursor
	if cursor {
		style, sign = k.cursor, "▸ "
	}
	size, date := fileSize(e), fileDate(e.Modified)
	l := newInkLine(w)
	l.put(style, sign)
	name := Clean(e.Name)
	if e.Dir {
		name += "/"
	}
	nameW := l.left
	showSize, showDate := w >= 30, w >= 44
	if showSize {
		nameW -= fileSizeW + 1
	}
	if showDate {
		nameW -= fileDateW + 2
	}
	highlighted(l, name, m.bytes, nameW, style, k.match, cursor)
	if showSize {
		l.put(ink{}, " ")
		l.fitRight(k.note, size, fileSizeW)
	}
	if showDate {
		l.put(ink{}, "  ")
		l.fitRight(k.note, date, fileDateW)
	}
	return l.String()
}

func fileSize(e FileEntry) string {
	switch {
	case e.Dir:
		return ""
	case e.Size < 1e4:
		return i18n.T("%d B", e.Size)
	}
	return i18n.T("%sB", i18n.Short(float64(e.Size)))
}

func fileDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
