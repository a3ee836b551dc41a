// Package page holds the screens of the program, one file a screen.
//
// A page asks the workspace questions in commands (tea.Cmd), never in Update or
// View, and every question carries a generation number and a cancel function: a
// reply that is late is dropped, ctrl+c cancels what runs. What a page wants of
// the program around it (open another page, say something, copy) it sends as a
// message of this file; the root interprets it.
//
// A command of a page returns one message or a tea.BatchMsg. The root brings the
// message back to the page that sent the command, wherever on the stack it
// stands by then, so replies need no address; when the page has been closed they
// are dropped. Messages of tea itself (tea.Quit, tea.Sequence) are the root's.
//
// Mouse clicks reach Update as tea.MouseClickMsg with X and Y counted from the
// upper left corner of the page's own view, drags as tea.MouseMotionMsg and
// tea.MouseReleaseMsg likewise (beyond the view too), wheel turns as Wheel, pastes as
// tea.PasteMsg, keys that are bound to nothing as tea.KeyPressMsg.
//
// Pages never see SQL, DuckDB or files, only the workspace and the plain values
// it returns.
package page

import (
	"os/exec"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/theme"
)

// Page is one screen of the stack. All methods are called from the program's
// own goroutine.
type Page interface {
	// Title is the page's name in the breadcrumbs.
	Title() string
	// Init starts the page's first questions. It is called when the page is
	// opened and again when the workspace has changed under it.
	Init() tea.Cmd
	// Update handles a message that is not a key of the program itself.
	Update(msg tea.Msg) tea.Cmd
	// Do carries out a command of Keys, whichever key, click or palette entry
	// asked for it.
	Do(id string) tea.Cmd
	// View draws the page on w × h cells, both at least 0.
	View(w, h int) string
	// Keys are the page's bindings beside the program's own.
	Keys() keys.Map
	// Reason says why a command cannot be used now; empty when it can.
	Reason(id string) string
	// Capture reports whether the page takes keys as text at the moment (a
	// search, a form), so that the program's own keys must not apply; ctrl+c,
	// resize and mouse still do.
	Capture() bool
	// Busy returns what runs at the moment, for the status line; empty for nothing.
	Busy() string
	// Cancel cancels what runs and reports whether anything did.
	Cancel() bool
	// Close gives up what the page holds. It is not used afterwards.
	Close()
}

// Env is what every page works with. It changes as a whole between messages:
// pages keep the pointer, not its contents.
type Env struct {
	Workspace *workspace.Workspace
	Theme     theme.Theme
	Header    workspace.Header
	Revealed  bool   // personal fields are shown
	Version   string // of the program, noted in snapshots
}

// Messages a page sends to the root.
type (
	// OpenPage puts a page on the stack.
	OpenPage struct{ Page Page }
	// GoBack closes the top page.
	GoBack struct{}
	// Notice is said in the status line until the next key.
	Notice struct {
		Text string
		Bad  bool
	}
	// Copy puts text on the terminal's clipboard (OSC 52).
	Copy struct{ Text, What string }
	// OpenOverlay lays a dialog over the pages.
	OpenOverlay struct{ Overlay Overlay }
	// CloseOverlay takes the dialog away that sends it.
	CloseOverlay struct{}
	// Changed says that settings or data have changed: every page asks anew.
	Changed struct{}
	// ApplySettings asks the root to rebuild the analysis under new settings, with
	// progress; Changed follows.
	ApplySettings struct{ Settings workspace.Settings }
	// LoadFiles asks the root to load files on the load page, with progress;
	// Changed follows.
	LoadFiles struct{ Request workspace.LoadRequest }
	// OpenWorkspace asks the root to go on with another workspace file.
	OpenWorkspace struct{ Path string }
	// Run asks the root to carry out a command as if its key had been pressed.
	Run struct{ ID string }
	// OpenSQL asks the root to show a query on the SQL page.
	OpenSQL struct{ Text string }
	// RunProgram asks the root to hand the terminal to another program; Done makes
	// the message that the sender gets when it is over.
	RunProgram struct {
		Command *exec.Cmd
		Done    func(error) tea.Msg
	}
	// Loaded says that a load has landed: the root goes to the overview.
	Loaded struct{ Report workspace.LoadReport }
)

// Messages the root sends.
type (
	// Wheel is a turn of the mouse wheel over the page: the turns of about a
	// frame taken together. X and Y are cells of the page's view.
	Wheel struct{ X, Y, Lines int }
	// Tick comes about ten times a second to the top page and the dialogs while
	// one of them is busy, for spinners and elapsed times.
	Tick struct{ At time.Time }
	// Failed tells a dialog that what it asked for (ApplySettings) was not done,
	// and why; everything is as it was. After a success the dialog is closed.
	Failed struct{ Err error }
)

// Holder is a page that may be in the middle of what closing it would undo.
type Holder interface {
	// Held says why the page cannot be closed now; empty when it can.
	Held() string
}

// Overlay is a dialog over the pages. It gets every key until it is closed.
type Overlay interface {
	// Key handles a key; closed says that the dialog is over, cmd what follows.
	Key(msg tea.KeyPressMsg) (cmd tea.Cmd, closed bool)
	// Update handles other messages, such as pastes and replies.
	Update(msg tea.Msg) tea.Cmd
	// View draws the dialog's own box on at most w × h cells.
	View(w, h int, t theme.Theme) string
}

// Resumer is a page that pages above it may have changed.
type Resumer interface {
	// Resume is called when the page comes into view again.
	Resume() tea.Cmd
}

// Typist is a page on which some keys begin a text, such as a number, before they can
// be anybody's binding.
type Typist interface {
	// Types reports whether a key begins a text now.
	Types(msg tea.KeyPressMsg) bool
}

// Taken reports whether a key is text for a page and no command. F1 never is.
func Taken(p Page, msg tea.KeyPressMsg) bool {
	if p.Capture() {
		return msg.String() != "f1"
	}
	typist, ok := p.(Typist)
	return ok && typist.Types(msg)
}
