package cli

import (
	"fmt"
	"io"
	"sync"
	"time"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// frame is how long a line of progress stands at least.
const frame = 80 * time.Millisecond

// narrator writes what is said about the data: sentences, and on a terminal one
// line of progress that rewrites itself. Its methods may be called from several
// goroutines. What stderr does not take is lost: there is no other place to say so.
type narrator struct {
	out   io.Writer
	live  bool // somebody watches
	mu    sync.Mutex
	shown time.Time // when the line of progress was written; zero: there is none
	wait  string    // whom it was last said to wait for
}

// progress shows how far a long step is. That it waits for another program is
// said once whether somebody watches or not.
func (n *narrator) progress(p workspace.Progress) {
	if !n.live {
		if p.Waiting {
			n.waiting(p.Step)
		}
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	now := time.Now()
	if now.Sub(n.shown) < frame {
		return
	}
	n.shown = now
	text := p.Step
	if p.File != "" {
		text += " " + p.File
	}
	_, _ = fmt.Fprintf(n.out, "\r\x1b[K%s %s", i18n.Percent(p.Share, 0), tabular.Clean(text))
}

// waiting says for whom, once.
func (n *narrator) waiting(text string) {
	n.mu.Lock()
	said := n.wait == text
	n.wait = text
	n.mu.Unlock()
	if !said {
		n.sentence(text)
	}
}

// sentence says something that stays to be read.
func (n *narrator) sentence(text string) {
	n.clear()
	n.mu.Lock()
	defer n.mu.Unlock()
	_, _ = fmt.Fprintln(n.out, "worth: "+tabular.Clean(text))
}

// clear removes the line of progress.
func (n *narrator) clear() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.shown.IsZero() {
		n.shown = time.Time{}
		_, _ = fmt.Fprint(n.out, "\r\x1b[K")
	}
}
