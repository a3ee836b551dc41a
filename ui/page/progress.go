package page

import (
	"context"

	"worth/internal/i18n"
	"worth/ui/theme"
)

// Job is a long step that the program waits for behind a progress dialog.
type Job struct {
	Meter
	label      string
	cancel     context.CancelFunc
	cancelling bool
}

// NewJob returns a job that cancel stops; label is shown until the first report.
func NewJob(label string, cancel context.CancelFunc) *Job { return &Job{label: label, cancel: cancel} }

// Cancel asks the job to stop, which may take a moment, and reports whether it had
// not been asked before.
func (j *Job) Cancel() bool {
	first := !j.cancelling
	j.cancelling = true
	j.cancel()
	return first
}

// View draws the progress dialog.
func (j *Job) View(w, h int, t theme.Theme) string {
	return Dialog(t, i18n.T("Working"), "", j.Progress(t, j.label, j.cancelling), min(w-dialogFrame, 64), 3, w, h)
}
