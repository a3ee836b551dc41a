package demo

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// files lists the names in a folder.
func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestCancelLeavesNothing(t *testing.T) {
	for _, at := range []int{50, 200, 260, 600, 851, 950} {
		dir := filepath.Join(t.TempDir(), "shop")
		ctx, cancel := context.WithCancel(t.Context())
		got, err := Write(ctx, dir, Options{Customers: 5_000, Orders: 30_000}, func(done, _ int) {
			if done >= at {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) || got != nil {
			t.Errorf("cancelled at %d: files %v, error %v", at, got, err)
		}
		if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("cancelled at %d: %v is left", at, files(t, dir))
		}
	}
}

func TestCancelKeepsTheEarlierShop(t *testing.T) {
	dir := small(t)
	before := sums(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if _, err := Write(ctx, dir, Options{Seed: 9}, func(done, _ int) {
		if done > 900 {
			cancel()
		}
	}); !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want a cancellation", err)
	}
	after := sums(t, dir)
	if len(after) != len(before) {
		t.Errorf("the folder holds %v", files(t, dir))
	}
	for name, hash := range before {
		if after[name] != hash {
			t.Errorf("%s changed", name)
		}
	}
}

func TestANewShopReplacesTheEarlier(t *testing.T) {
	dir := small(t)
	if err := os.WriteFile(filepath.Join(dir, "notes.csv"), []byte("mine\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	end := time.Date(2025, 6, 30, 0, 0, 0, 0, time.UTC)
	written, err := Write(t.Context(), dir, Options{Customers: 60_000, End: end}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{"notes.csv": true}
	for _, f := range written {
		want[f.Name] = true
	}
	if want["order_lines.csv"] || !want["pos_2025.tsv"] {
		t.Fatalf("written: %v", written)
	}
	for _, name := range files(t, dir) {
		if !want[name] {
			t.Errorf("%s of the earlier shop is still there", name)
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
}

func TestSomebodysDataIsNotOverwritten(t *testing.T) {
	for _, name := range []string{"customers.csv", "orders.csv", "pos_2019.tsv"} {
		dir := t.TempDir()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("Customer ID,Secret\n1,2\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Write(t.Context(), dir, Options{Customers: MinCustomers}, nil)
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("error %v, want one that names %s", err, name)
		}
		if data, err := os.ReadFile(path); err != nil || len(data) != 23 || len(files(t, dir)) != 1 {
			t.Errorf("%s was touched, or something is beside it: %v", name, files(t, dir))
		}
	}
}

func TestFolderThatIsAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(t.Context(), path, Options{}, nil); err == nil || !strings.Contains(err.Error(), "choose another folder") {
		t.Errorf("error %v, want a sentence that says what to do", err)
	}
}

func TestRowsAreCountedAndProgressEnds(t *testing.T) {
	dir, last := t.TempDir(), 0
	written, err := Write(t.Context(), dir, Options{Customers: MinCustomers}, func(done, total int) {
		if done < last || total != 1000 {
			t.Errorf("progress went from %d to %d of %d", last, done, total)
		}
		last = done
	})
	if err != nil {
		t.Fatal(err)
	}
	if last != 1000 {
		t.Errorf("progress ended at %d", last)
	}
	for _, f := range written {
		data, err := os.ReadFile(filepath.Join(dir, f.Name))
		if err != nil {
			t.Fatal(err)
		}
		if rows := strings.Count(string(data), "\n") - 1; rows != f.Rows || rows == 0 {
			t.Errorf("%s has %d rows, File says %d", f.Name, rows, f.Rows)
		}
	}
}
