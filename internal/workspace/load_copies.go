package workspace

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"worth/internal/i18n"
)

// copiesPrefix begins the name of a folder for the prepared copies of a load; the
// number of the process follows.
const copiesPrefix = "worth-load-"

// copiesFolder makes a folder for the prepared copies of a load. Those that loads left
// whose process was killed go: the copies hold what the files hold.
func copiesFolder() (string, error) {
	sweepCopies()
	dir, err := os.MkdirTemp("", copiesPrefix+strconv.Itoa(os.Getpid())+"-")
	if err != nil {
		return "", i18n.Errorf("no folder for temporary files can be made: %v; name one that may be written to in TMPDIR", err)
	}
	return dir, nil
}

// sweepCopies removes the folders of processes that are gone. What cannot be removed is
// somebody else's and none of this program's business.
func sweepCopies() {
	const settled = time.Hour // the processes of a container are not seen; no load of theirs takes as long
	dirs, err := filepath.Glob(filepath.Join(os.TempDir(), copiesPrefix+"*-*"))
	if err != nil { // the folder's name holds brackets
		return
	}
	for _, dir := range dirs {
		number, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(dir), copiesPrefix), "-")
		pid, err := strconv.Atoi(number)
		if err != nil || running(pid) {
			continue
		}
		if info, err := os.Lstat(dir); err == nil && info.IsDir() && time.Since(info.ModTime()) > settled {
			_ = os.RemoveAll(dir)
		}
	}
}

// running reports whether there is a process of that number, as far as can be told.
func running(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	return !errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone)
}
