package ui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"worth/internal/workspace"
)

// shopFile writes an invented order export: forty customers, the nth with n%7+1
// orders of n·10 and some cents, the last in the month n%12.
func shopFile(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("order_id,customer_id,order_date,amount,currency\n")
	order := 1000
	for n := 1; n <= 40; n++ {
		for k := range n%7 + 1 {
			order++
			fmt.Fprintf(&b, "%d,c-%03d,2025-%02d-%02d,%d.%02d,EUR\n", order, n, max(n%12+1-k, 1), 1+k, n*10, k)
		}
	}
	return write(t, "orders.csv", b.String())
}

// write puts a file into a folder of its own.
func write(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// emptyShop is a workspace in memory with nothing in it.
func emptyShop(t testing.TB) *workspace.Workspace {
	t.Helper()
	ws, err := workspace.Open(context.Background(), "", workspace.Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ws.Close(); err != nil {
			t.Errorf("the workspace does not close: %v", err)
		}
	})
	return ws
}

// openShop is the program with the invented orders loaded, at the overview.
func openShop(t testing.TB) *driver {
	t.Helper()
	return drive(t, emptyShop(t), Options{Sources: &workspace.LoadRequest{Sources: []string{shopFile(t)}}})
}
