package workspace

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"worth/internal/i18n"
	"worth/internal/report"
)

// Drafts are the texts of SQL an analyst works on and what was run before. They
// are kept between sessions in the folder Options.Drafts, one file for every
// workspace that only its owner can read, because keeping them in the workspace
// would take its write lock with every query.
type Drafts struct {
	Buffers []Draft `json:"buffers"`
	Current int     `json:"current"` // the buffer in view
	History []Past  `json:"history"` // the latest last
}

// Draft is a text being worked on.
type Draft struct {
	Text string `json:"text"`
	Row  int    `json:"row"` // of the cursor, from 0
	Col  int    `json:"col"`
}

// Past is a statement that was run.
type Past struct {
	Text    string    `json:"text"`
	At      time.Time `json:"at"`
	Rows    int       `json:"rows"`
	Seconds float64   `json:"seconds"`
	Failed  string    `json:"failed,omitempty"` // what went wrong
}

// The most that is kept of drafts.
const (
	maxHistory = 500
	maxDraft   = 1 << 20 // bytes of one text
)

// Remember adds a statement to the history; one that was run just before moves up.
func (d *Drafts) Remember(p Past) {
	if n := len(d.History); n > 0 && d.History[n-1].Text == p.Text {
		d.History = d.History[:n-1]
	}
	d.History = append(d.History, p)
	d.History = d.History[max(len(d.History)-maxHistory, 0):]
}

// The endings of the files kept for a workspace in the folder Options.Drafts.
const (
	draftsEnding  = ".json"
	sessionEnding = ".session.json"
)

// Drafts returns what was kept for this workspace; nothing yet is no error.
func (w *Workspace) Drafts() (Drafts, error) {
	var d Drafts
	if file, err := w.recall(draftsEnding, &d); err != nil {
		return Drafts{}, i18n.Errorf("the queries kept in %s cannot be read: %v; remove the file to begin anew", file, err)
	}
	return d, nil
}

// KeepDrafts keeps drafts for the next session, whole or not at all.
func (w *Workspace) KeepDrafts(d Drafts) error {
	for i, b := range d.Buffers {
		if len(b.Text) > maxDraft {
			d.Buffers[i].Text = b.Text[:maxDraft]
		}
	}
	if err := w.store(draftsEnding, d); err != nil {
		return i18n.Errorf("the queries cannot be kept: %v", err)
	}
	return nil
}

// beside is the file kept for this workspace in the folder Options.Drafts, empty
// for none.
func (w *Workspace) beside(ending string) string {
	if w.opt.Drafts == "" {
		return ""
	}
	key := w.path
	if abs, err := filepath.Abs(w.path); err == nil && w.path != "" {
		key = abs
	}
	sum := sha256.Sum256([]byte(key))
	return filepath.Join(w.opt.Drafts, hex.EncodeToString(sum[:8])+ending)
}

// recall reads what store kept into v, and leaves it alone when there is nothing.
func (w *Workspace) recall(ending string, v any) (file string, err error) {
	file = w.beside(ending)
	if file == "" {
		return "", nil
	}
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return file, nil
	}
	if err == nil {
		err = json.Unmarshal(text, v)
	}
	return file, err //nolint:wrapcheck // the caller says what cannot be read
}

// store keeps v in a file that only its owner can read, whole or not at all.
func (w *Workspace) store(ending string, v any) error {
	file := w.beside(ending)
	if file == "" {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err //nolint:wrapcheck // the caller says what cannot be kept
	}
	return report.Atomic(file, true, func(out io.Writer) error { return json.NewEncoder(out).Encode(v) })
}
