package page

import (
	"os"
	"path/filepath"
	"slices"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// start offers recent workspaces and files to load.
type start struct {
	env    *Env
	picker *widget.FilePicker
	marked []string // paths chosen so far, in order
	busy   bool     // a directory is being read
}

// listed is a directory that was read, and the recent workspaces that are still
// there.
type listed struct {
	listing widget.Listing
	recent  []widget.FileEntry
}

// picked is what a path turned out to be.
type picked struct {
	path      string
	workspace bool
}

// NewStart returns the page that chooses what to work on: recent workspaces (none
// when files are added to one) and the files of a directory.
func NewStart(env *Env, recent []string) Page {
	entries := make([]widget.FileEntry, 0, len(recent))
	for _, path := range recent {
		entries = append(entries, widget.FileEntry{Name: filepath.Base(path), Path: path})
	}
	return &start{env: env, picker: widget.NewFilePicker(env.Theme, entries)}
}

func (p *start) Title() string { return i18n.T("open") }

// Init reads the directory in view, first the working directory.
func (p *start) Init() tea.Cmd {
	dir := p.picker.Dir()
	if dir == "" {
		dir = "."
	}
	return p.list(dir)
}

// list reads a directory in a command.
func (p *start) list(dir string) tea.Cmd {
	p.busy = true
	recent := slices.Clone(p.picker.Recent)
	return func() tea.Msg { return listed{readDir(dir), present(recent)} }
}

// present returns the entries whose files are still there, with size and date.
func present(entries []widget.FileEntry) []widget.FileEntry {
	var out []widget.FileEntry
	for _, e := range entries {
		if info, err := os.Stat(e.Path); err == nil {
			e.Size, e.Modified = info.Size(), info.ModTime()
			out = append(out, e)
		}
	}
	return out
}

// readDir returns the entries of a directory, with an absolute path.
func readDir(dir string) widget.Listing {
	full, err := filepath.Abs(dir)
	if err != nil {
		return widget.Listing{Dir: dir, Err: i18n.Errorf("%s cannot be found: %v", dir, err)}
	}
	entries, err := os.ReadDir(full)
	if err != nil {
		return widget.Listing{Dir: full, Err: i18n.Errorf("%s cannot be read: %v", full, err)}
	}
	out := widget.Listing{Dir: full}
	for _, e := range entries {
		path := filepath.Join(full, e.Name())
		entry := widget.FileEntry{Name: e.Name(), Path: path, Dir: e.IsDir()}
		if info, err := os.Stat(path); err == nil { // follows links; one that leads nowhere has no size
			entry.Dir, entry.Size, entry.Modified = info.IsDir(), info.Size(), info.ModTime()
		}
		out.Entries = append(out.Entries, entry)
	}
	return out
}

// Update handles replies, typing and the mouse.
func (p *start) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case listed:
		p.busy, p.picker.Recent = false, msg.recent
		p.picker.Show(msg.listing)
	case picked:
		return p.onPicked(msg)
	case tea.KeyPressMsg:
		return p.onKey(msg)
	case tea.PasteMsg:
		p.picker.Type(msg.Content)
	case tea.MouseClickMsg:
		before, _ := p.picker.Chosen()
		if msg.Button == tea.MouseLeft && p.picker.Hit(msg.Y-1) {
			if now, ok := p.picker.Chosen(); ok && now.Path == before.Path {
				return p.Do(keys.Open)
			}
		}
	case Wheel:
		p.picker.Move(msg.Lines)
	}
	return nil
}

func (p *start) onKey(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "enter":
		return p.Do(keys.Open)
	case "space":
		return p.Do(keys.Mark)
	case "esc":
		if p.picker.Query() != "" {
			p.picker.Show(p.listing())
			return p.Init()
		}
		return p.Do(keys.Back)
	}
	p.picker.Key(msg)
	return nil
}

// listing is the directory in view without its files, until they are read anew.
func (p *start) listing() widget.Listing { return widget.Listing{Dir: p.picker.Dir()} }

// onPicked opens a workspace, or loads files.
func (p *start) onPicked(msg picked) tea.Cmd {
	if msg.workspace {
		return send(OpenWorkspace{msg.path})
	}
	return send(LoadFiles{workspace.LoadRequest{Sources: []string{msg.path}}})
}

// startKeys are the page's bindings. Letters narrow the list, so none is bound.
var startKeys = keys.Map{
	{ID: keys.Open, Keys: []string{"enter"}, Help: "open or load", Group: groupPage, Short: true},
	{ID: keys.Mark, Keys: []string{"space"}, Help: "mark to load together", Group: groupPage, Short: true},
	{ID: cmdAll, Keys: []string{"ctrl+t"}, Help: "show all files", Group: groupPage, Short: true},
	{ID: keys.Back, Keys: []string{"esc"}, Help: "back", Group: groupPage, Short: true},
}

// Keys returns the page's bindings.
func (p *start) Keys() keys.Map { return startKeys }

// Reason says why a command cannot be used.
func (p *start) Reason(string) string { return "" }

// Capture reports that letters narrow the list.
func (p *start) Capture() bool { return true }

// Busy says when a directory is being read.
func (p *start) Busy() string {
	if p.busy {
		return i18n.T("reading the directory")
	}
	return ""
}

// Cancel has nothing to cancel: a directory is read in one go.
func (p *start) Cancel() bool { return false }

// Close has nothing to give up.
func (p *start) Close() {}

// Do carries out a command.
func (p *start) Do(id string) tea.Cmd {
	entry, ok := p.picker.Chosen()
	switch {
	case id == keys.Back:
		return send(GoBack{})
	case id == cmdAll:
		p.picker.SetShowAll(!p.picker.ShowAll)
	case !ok:
	case id == keys.Open && entry.Dir:
		return p.list(entry.Path)
	case id == keys.Open && len(p.marked) > 0:
		return send(LoadFiles{workspace.LoadRequest{Sources: slices.Clone(p.marked)}})
	case id == keys.Open:
		path := entry.Path
		return func() tea.Msg { return picked{path, workspace.IsWorkspace(path)} }
	case id == keys.Mark && !entry.Dir && !entry.Recent:
		p.mark(entry.Path)
	}
	return nil
}

// mark adds a path to those that are loaded together, or takes it away.
func (p *start) mark(path string) {
	if i := slices.Index(p.marked, path); i >= 0 {
		p.marked = slices.Delete(p.marked, i, i+1)
	} else {
		p.marked = append(p.marked, path)
	}
	p.picker.Move(+1)
}

// View draws the files, and below them those that are marked.
func (p *start) View(w, h int) string {
	t := p.env.Theme
	p.picker.Theme = t
	if w < leastW || h < leastH {
		return widget.Block(t.Muted.Render(widget.Fit(i18n.T("too small"), max(w, 0))), w, h)
	}
	files := widget.Panel{Theme: t, Title: i18n.T("Open a workspace or load files"), Focused: true, Body: p.picker}
	if len(p.marked) == 0 || h < 10 {
		files.Note = p.note()
		return files.View(w, h)
	}
	marksH := min(len(p.marked)+2, h/3)
	marks := widget.Panel{Theme: t, Title: i18n.T("To load together"), Note: i18n.T("Enter loads them"), Body: widget.ViewFunc(func(w, _ int) string {
		text := ""
		for _, path := range p.marked {
			text += " " + t.Mark.Render(widget.Fit(widget.Clean(filepath.Base(path)), w-1)) + "\n"
		}
		return text
	})}
	return widget.Stack(files.View(w, h-marksH), marks.View(w, marksH))
}

func (p *start) note() string {
	if len(p.marked) > 0 {
		return i18n.T("%d marked", len(p.marked))
	}
	return i18n.T("space marks several")
}
