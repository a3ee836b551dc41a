package cli

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

func TestRecent(t *testing.T) {
	config := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", config)
	t.Setenv("HOME", config)
	if list, err := readRecent(); len(list) != 0 || err != nil {
		t.Fatalf("before anything was opened: %v (%v)", list, err)
	}
	for i := range maxRecent + 5 {
		if err := remember(filepath.Join(config, strconv.Itoa(i))); err != nil {
			t.Fatal(err)
		}
	}
	again := filepath.Join(config, "7")
	if err := remember(again); err != nil {
		t.Fatal(err)
	}
	list, err := readRecent()
	if err != nil || len(list) != maxRecent || list[0].Path != again || list[1].Path != filepath.Join(config, "24") {
		t.Errorf("the list is %v (%v)", list, err)
	}
	file, err := recentFile()
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the list may be read by others: %v (%v)", info, err)
	}
	if err := os.WriteFile(file, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readRecent(); err == nil {
		t.Error("a spoilt list is taken for an empty one")
	}
}
