package cli

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestReportOfSmallShop compares the report of the small invented shop with the
// one that was looked at in a browser.
func TestReportOfSmallShop(t *testing.T) {
	small := filepath.Join("..", "..", "testdata", "small")
	code, stdout, stderr := outcome(context.Background(), Env{Version: "test"},
		"report", filepath.Join(small, "orders.csv"), filepath.Join(small, "customers.csv"), "--as-of", "2026-10-31", "--currency", "EUR", "--threads", "1")
	if code != exitDone {
		t.Fatalf("the report ends in %d: %s", code, stderr)
	}
	got := strings.Replace(stdout, time.Now().Format(time.DateOnly), "TODAY", 1)
	got = regexp.MustCompile(`(?s)<meta http-equiv.*?/>|<style>.*</style>`).ReplaceAllString(got, "")
	path := filepath.Join("testdata", "report.html.golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	lines, wanted := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i, line := range lines {
		if i >= len(wanted) || line != wanted[i] {
			t.Fatalf("line %d of the report has changed; look at it and run with -update:\n%s", i+1, line)
		}
	}
	t.Fatalf("the report ends early, after %d of %d lines", len(lines), len(wanted))
}
