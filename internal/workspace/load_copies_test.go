package workspace

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// Copies of a load that was killed go with a later load; those of one under way stay.
func TestCopiesOfKilledLoadsGo(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	if os.TempDir() != os.Getenv("TMPDIR") {
		t.Skip("temporary files are kept elsewhere on this system")
	}
	gone := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^$")
	if err := gone.Run(); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-2 * time.Hour)
	folder := func(name string, at time.Time) string {
		dir := filepath.Join(os.TempDir(), name)
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "decoded-1"), []byte("a,b\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(dir, at, at); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	dead, mine := strconv.Itoa(gone.Process.Pid), strconv.Itoa(os.Getpid())
	folders := map[string]bool{
		folder(copiesPrefix+dead+"-1", old):        false,
		folder(copiesPrefix+dead+"-2", time.Now()): true,
		folder(copiesPrefix+mine+"-3", old):        true,
		folder(copiesPrefix+"of-somebody", old):    true,
		folder("other-"+dead+"-4", old):            true,
	}
	load(t, inMemory(t), file(t, "orders.csv", table(shop...)))
	for dir, stays := range folders {
		if _, err := os.Stat(dir); (err == nil) != stays {
			t.Errorf("%s: %v", filepath.Base(dir), err)
		}
	}
}
