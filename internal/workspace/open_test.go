package workspace

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What cannot be opened as a workspace ends in a sentence that names it and stays, or
// stays away.
func TestOpenRefused(t *testing.T) {
	dir := t.TempDir()
	whole := filepath.Join(dir, "whole.worth.duckdb")
	w := open(t, whole, Options{Create: true})
	load(t, w, file(t, "orders.csv", table(shop...)))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Clean(whole))
	if err != nil {
		t.Fatal(err)
	}
	damaged := []byte(string(content))
	for i := 4096; i < 12288; i++ { // both headers: which one counts changes
		damaged[i] ^= 0x55
	}
	for name, c := range map[string]struct{ path, want string }{
		"text":         {file(t, "text.duckdb", "Order ID\n"), "not a workspace"},
		"nothing":      {file(t, "empty.duckdb", ""), "not a workspace"},
		"a folder":     {dir, "not a workspace"},
		"damaged":      {file(t, "damaged.duckdb", string(damaged)), "damaged or cut off"},
		"cut off":      {file(t, "cut.duckdb", string(content[:5000])), "damaged or cut off"},
		"half":         {file(t, "half.duckdb", string(content[:len(content)/2])), "damaged or cut off"},
		"no folder":    {filepath.Join(dir, "none", "shop.duckdb"), "there is no folder"},
		"question":     {filepath.Join(dir, "whole.worth.duckdb?x.duckdb"), "cannot have this name"},
		"number sign":  {filepath.Join(dir, "shop#1.duckdb"), "cannot have this name"},
		"lone percent": {filepath.Join(dir, "100%.duckdb"), "cannot have this name"},
		"escape":       {filepath.Join(dir, "\x1b[31m.duckdb"), "cannot have this name"},
	} {
		t.Run(name, func(t *testing.T) {
			before, _ := os.ReadFile(c.path) // what there is
			w, err := Open(context.Background(), c.path, Options{Create: true})
			if err == nil {
				t.Fatal("it opens", w.Close())
			}
			if text := err.Error(); !strings.Contains(text, c.want) || !strings.Contains(text, filepath.Base(c.path)) {
				t.Errorf("it says %q", text)
			}
			if after, _ := os.ReadFile(c.path); string(after) != string(before) {
				t.Error("the file has changed")
			}
			if _, err := os.Stat(c.path); before == nil && name != "a folder" && err == nil {
				t.Error("there is a file now")
			}
		})
	}
}

// A disk without room, or that cannot be written to, is told as such, and leaves no
// file that is no workspace.
func TestOpenUnwritable(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), filepath.Join(dir, "shop.duckdb"), Options{Create: true}); err == nil || !strings.Contains(err.Error(), "not allowed") {
		t.Errorf("%v", err)
	}
}

// A workspace without anything in it has nothing to read ahead, which is no error.
func TestWarmEmpty(t *testing.T) {
	if err := inMemory(t).Warm(context.Background()); err != nil {
		t.Error(err)
	}
}
