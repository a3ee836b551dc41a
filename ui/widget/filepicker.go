package widget

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/ui/theme"
)

// FileEntry is a file or directory a FilePicker offers.
type FileEntry struct {
	Name     string // shown
	Path     string // what Chosen gives back
	Dir      bool
	Recent   bool // a workspace opened before; stands above the directory
	Size     int64
	Modified time.Time // zero shows no date
}

// Listing is the content of a directory, or why it could not be read.
type Listing struct {
	Dir     string
	Entries []FileEntry
	Err     error
}

// ListDir reads a directory. The page runs it off the Update loop and hands the
// result to FilePicker.Show; the widget itself reads nothing.
type ListDir func(dir string) Listing

// FilePicker offers recent workspaces and the data files of a directory,
// narrowed by typing a few letters of a name. Directories stand first; hidden
// files and files that are no data are left out unless ShowAll is set.
type FilePicker struct {
	Theme   theme.Theme
	Recent  []FileEntry
	ShowAll bool // also hidden files and files of other kinds; set with SetShowAll

	listing Listing
	offered []FileEntry
	matches []fileMatch
	edit    lineEdit
	cursor  int
	scroll  scroller
}

// fileMatch is an offered entry and the bytes of its name that were typed.
type fileMatch struct {
	entry int
	bytes []int
}

// dataSuffixes are the endings of files worth loads.
var dataSuffixes = []string{
	".csv", ".tsv", ".txt", ".json", ".ndjson", ".jsonl", ".parquet", ".xlsx", ".gz", ".zip", ".duckdb", ".db",
}

// NewFilePicker returns a picker that shows recent until it is given a listing.
func NewFilePicker(th theme.Theme, recent []FileEntry) *FilePicker {
	f := &FilePicker{Theme: th, Recent: recent}
	f.rebuild()
	return f
}

// Show replaces the directory. What was typed is forgotten. A listing with an
// error shows the error in place of its files.
func (f *FilePicker) Show(l Listing) {
	f.listing = l
	f.edit.set("")
	f.rebuild()
}

// Dir returns the directory shown.
func (f *FilePicker) Dir() string { return f.listing.Dir }

// SetShowAll shows or leaves out hidden files and files of other kinds.
func (f *FilePicker) SetShowAll(all bool) {
	f.ShowAll = all
	f.rebuild()
}

// Query returns what was typed.
func (f *FilePicker) Query() string { return f.edit.string() }

// Type adds text to what was typed.
func (f *FilePicker) Type(text string) {
	f.edit.insert(text)
	f.narrow()
}

// Move moves the cursor by delta rows and stops at either end.
func (f *FilePicker) Move(delta int) { f.cursor = moved(f.cursor, delta, len(f.matches)) }

// Chosen returns the entry under the cursor, and false when nothing matches. Of
// a directory the page shows the listing next.
func (f *FilePicker) Chosen() (FileEntry, bool) {
	if len(f.matches) == 0 {
		return FileEntry{}, false
	}
	return f.offered[f.matches[f.cursor].entry], true
}

// Hit moves the cursor to the entry drawn at line y of the last view and
// reports whether there is one.
func (f *FilePicker) Hit(y int) bool {
	row, ok := f.scroll.hit(y)
	if ok {
		f.cursor = row
	}
	return ok
}

// Key handles a key press: moving, typing, deleting, and ctrl+t for ShowAll. It
// reports false for keys it leaves to the page, such as enter and esc.
func (f *FilePicker) Key(msg tea.KeyPressMsg) bool {
	switch msg.String() {
	case "up", "ctrl+p":
		f.Move(-1)
	case "down", "ctrl+n":
		f.Move(+1)
	case "pgup":
		f.Move(-f.scroll.shown)
	case "pgdown":
		f.Move(f.scroll.shown)
	case "ctrl+t":
		f.SetShowAll(!f.ShowAll)
	default:
		before := f.Query()
		if !f.edit.key(msg) {
			return false
		}
		if f.Query() != before {
			f.narrow()
		}
	}
	return true
}

// rebuild puts together what is offered: recent workspaces, the directory
// above, directories, files.
func (f *FilePicker) rebuild() {
	f.offered = f.offered[:0]
	for _, r := range f.Recent {
		r.Recent = true
		f.offered = append(f.offered, r)
	}
	if dir := f.listing.Dir; dir != "" {
		if parent := filepath.Dir(dir); parent != dir {
			f.offered = append(f.offered, FileEntry{Name: "..", Path: parent, Dir: true})
		}
	}
	entries := slices.Clone(f.listing.Entries)
	slices.SortStableFunc(entries, func(a, b FileEntry) int {
		if a.Dir != b.Dir {
			if a.Dir {
				return -1
			}
			return 1
		}
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.Name, b.Name))
	})
	for _, e := range entries {
		if f.ShowAll || e.offered() {
			f.offered = append(f.offered, e)
		}
	}
	f.narrow()
}

// offered reports whether the entry is shown without ShowAll.
func (e FileEntry) offered() bool {
	if strings.HasPrefix(e.Name, ".") {
		return false
	}
	name := strings.ToLower(e.Name)
	return e.Dir || slices.ContainsFunc(dataSuffixes, func(s string) bool { return strings.HasSuffix(name, s) })
}

// narrow matches the names with what was typed. The cursor goes to the best
// match; with nothing typed, to the first entry that is not the directory above.
func (f *FilePicker) narrow() {
	f.matches, f.cursor = f.matches[:0], 0
	names := make([]string, len(f.offered))
	for i, e := range f.offered {
		names[i] = Clean(e.Name)
	}
	for _, m := range fuzzyAll(f.Query(), names) {
		f.matches = append(f.matches, fileMatch{entry: m.Index, bytes: m.MatchedIndexes})
	}
	if f.Query() == "" && len(f.offered) > 1 && f.offered[0].Name == ".." {
		f.cursor = 1
	}
}
