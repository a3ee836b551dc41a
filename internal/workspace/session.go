package workspace

import (
	"encoding/json"
	"time"

	"worth/internal/i18n"
)

// Session is where an analyst left the program, and which settings were in force
// before. It is kept beside the drafts, not in the workspace, whose write lock
// leaving would otherwise take.
type Session struct {
	Version  int          `json:"version"`
	Trail    []Place      `json:"trail"`    // the pages from the first to the one in view
	Others   []Place      `json:"others"`   // first pages that were left for another
	Settings []SettingsAt `json:"settings"` // the oldest first
	At       int          `json:"at"`       // which of Settings were in force
}

// Place is a page and where on it the reader was. What a page has no use for is
// empty.
type Place struct {
	Page    string   `json:"page"`
	Title   string   `json:"title,omitempty"`
	ID      string   `json:"id,omitempty"`     // of whom the page is about
	View    View     `json:"view,omitzero"`    // which customers, their filter and order
	Pane    int      `json:"pane,omitempty"`   // in focus
	Row     int      `json:"row,omitempty"`    // of the cursor, from 0
	Top     int      `json:"top,omitempty"`    // the first row in the window
	Lines   int      `json:"lines,omitempty"`  // of the window
	Key     string   `json:"key,omitempty"`    // of that row: its first cell
	Column  string   `json:"column,omitempty"` // of the cursor
	Columns []string `json:"columns,omitempty"`
	// Scenario is what was set on the what-if page, in that page's own form.
	Scenario json.RawMessage `json:"scenario,omitempty"`
}

// SettingsAt are settings and since when they were in force.
type SettingsAt struct {
	Settings Settings  `json:"settings"`
	Since    time.Time `json:"since"`
}

// sessionVersion changes when an older session would be misread.
const sessionVersion = 1

// maxPast is how many settings are remembered.
const maxPast = 50

// Session returns where the analyst left this workspace; empty when that is not
// known, as for a workspace in memory. What was kept but cannot be used is an
// error with an empty Session, good to go on with.
func (w *Workspace) Session() (Session, error) {
	var s Session
	if w.path == "" {
		return s, nil
	}
	file, err := w.recall(sessionEnding, &s)
	if err == nil && s.Version != sessionVersion && s.Version != 0 {
		err = i18n.Errorf("it is of another version of the program")
	}
	if err == nil {
		err = s.check()
	}
	if err != nil {
		return Session{}, i18n.Errorf("where you left off cannot be read from %s: %v; the program begins at its first page", file, err)
	}
	return s, nil
}

// check returns an error for a session that was not written by KeepSession.
func (s Session) check() error {
	if s.At < 0 || s.At > max(len(s.Settings)-1, 0) {
		return i18n.Errorf("it is damaged")
	}
	return nil
}

// KeepSession keeps a session for the next time this workspace is opened, whole
// or not at all; nothing for a workspace in memory.
func (w *Workspace) KeepSession(s Session) error {
	if w.path == "" {
		return nil
	}
	s.Version = sessionVersion
	if drop := len(s.Settings) - maxPast; drop > 0 {
		s.Settings, s.At = s.Settings[drop:], max(s.At-drop, 0)
	}
	if err := w.store(sessionEnding, s); err != nil {
		return i18n.Errorf("where you left off cannot be kept: %v", err)
	}
	return nil
}

// Equal reports whether two settings say the same.
func (s Settings) Equal(other Settings) bool {
	a, errA := json.Marshal(s)
	b, errB := json.Marshal(other)
	return errA == nil && errB == nil && string(a) == string(b)
}
