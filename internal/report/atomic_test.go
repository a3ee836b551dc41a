package report

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// hello writes a word.
func hello(w io.Writer) error {
	_, err := io.WriteString(w, "hello")
	return err
}

// check fails unless dir holds nothing but a file with this content and mode.
func check(t *testing.T, path, content string, mode os.FileMode) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || string(got) != content {
		t.Errorf("the file holds %q (%v), not %q", got, err, content)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
		t.Errorf("the file may be used as %v (%v), not %v", info.Mode().Perm(), err, mode)
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
		t.Errorf("something is left beside the file: %v (%v)", entries, err)
	}
}

func TestAtomic(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.csv")
	if err := Atomic(path, true, hello); err != nil {
		t.Fatal(err)
	}
	check(t, path, "hello", 0o600)
	failure := errors.New("half way")
	err := Atomic(path, true, func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Repeat("x", 1<<20))
		return errors.Join(err, failure)
	})
	if !errors.Is(err, failure) {
		t.Errorf("the cause is lost: %v", err)
	}
	check(t, path, "hello", 0o600)
}

func TestAtomicKeepsPermissions(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.csv")
	if err := os.WriteFile(path, []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := Atomic(path, false, hello); err != nil {
		t.Fatal(err)
	}
	check(t, path, "hello", 0o640)
	if err := Atomic(path, true, hello); err != nil {
		t.Fatal(err)
	}
	check(t, path, "hello", 0o600)
}

func TestAtomicPathOfAReplacedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.parquet")
	err := AtomicPath(path, true, func(temporary string) error {
		if err := os.Remove(temporary); err != nil {
			return err
		}
		return os.WriteFile(temporary, []byte("hello"), 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	check(t, path, "hello", 0o600)
}

func TestAtomicFollowsLinks(t *testing.T) {
	target, link := filepath.Join(t.TempDir(), "target"), filepath.Join(t.TempDir(), "link")
	if err := os.WriteFile(target, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Skip("this system has no symbolic links")
	}
	if err := Atomic(link, true, hello); err != nil {
		t.Fatal(err)
	}
	check(t, target, "hello", 0o600)
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone (%v)", err)
	}
}

func TestAtomicRefuses(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]string{
		dir:                                 "is a folder",
		filepath.Join(dir, "no", "out.csv"): "no such file or directory",
	} {
		err := Atomic(path, false, hello)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s is answered by %v", path, err)
		}
	}
}

func TestAtomicDevice(t *testing.T) {
	if _, err := os.Stat(os.DevNull); err != nil {
		t.Skip("this system has no null device")
	}
	if err := Atomic(os.DevNull, false, hello); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Errorf("the device was replaced (%v)", err)
	}
}
