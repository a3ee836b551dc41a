//go:build unix

package workspace

import (
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// Asking whether a pipe is a workspace does not wait for somebody to write into it.
func TestPipeIsNoWorkspace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe.csv")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	done := make(chan bool, 1)
	go func() { done <- IsWorkspace(path) }()
	select {
	case is := <-done:
		if is {
			t.Error("it is one")
		}
	case <-time.After(time.Minute):
		t.Fatal("it waits")
	}
}
