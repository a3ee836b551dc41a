package ui

import (
	"path/filepath"
	"strings"
	"testing"

	"worth/internal/workspace"
)

// typed sends a text key by key.
func (d *driver) typed(text string) { d.press(strings.Split(text, "")...) }

// TestSnapshotsOfAWeek saves pages, loads more orders, and compares with now.
func TestSnapshotsOfAWeek(t *testing.T) {
	d := openShop(t)
	d.press("2", "ctrl+s")
	d.sees("Save as a snapshot", "segments 2025-12-")
	d.press("enter")
	d.typed("before the weekend")
	d.press("enter")
	d.sees("saved as “segments 2025-12-", "0 shows the snapshots")
	d.press("ctrl+s")
	d.sees("Save as a snapshot", " 2 ") // a name that is free is offered
	d.press("backspace", "backspace", "ctrl+s")
	d.sees("already; choose another name", " 2\" is free", "Save as a snapshot")
	d.press("esc")
	d.press("3", "f")
	d.typed("orders >= 3")
	d.press("enter", "ctrl+s", "ctrl+s")
	d.sees("saved as “customers 2025-12-")
	d.press("0")
	d.sees("snapshots (2)", "before the weekend", "Enter open", "d compare")
	d.press("G", "enter")
	d.sees("as saved", "What it rests on", "Champions", "orders.csv", "sha256")
	d.press("Q")
	d.sees("As it was asked on", "derived.segments")
	d.press("esc", "ctrl+s")
	d.sees("it is saved already")
	d.press("p")
	d.sees(", now", "asked now")
	d.press("esc", "esc")
	d.sees("snapshots (2)")

	more := write(t, "more.csv", "order_id,customer_id,order_date,amount,currency\n9001,c-001,2025-12-31,500.00,EUR\n9002,c-900,2025-12-30,70.00,EUR\n")
	d.drain(d.root.load(workspace.LoadRequest{Sources: []string{more}}))
	d.press("0", "G", "d")
	d.sees("→ now", "differ in: the data", "Differences: all measures", "by data", "add up to the change ✓")
	d.press("tab")
	d.sees("Migration: customers", "cut-points frozen", "new")
	d.press("z")
	d.sees("re-quantiled")
	d.press("esc")
}

// TestSnapshotsAreChanged renames, annotates, deletes, brings back, writes and reads
// snapshots with keys alone.
func TestSnapshotsAreChanged(t *testing.T) {
	d := openShop(t)
	d.press("ctrl+s", "ctrl+s", "0", "m")
	d.press("ctrl+u")
	d.typed("Monday")
	d.press("enter")
	d.sees("is now called \"Monday\"")
	d.press("o")
	d.typed("a quiet week")
	d.press("enter")
	d.sees("a quiet week")
	file := filepath.Join(t.TempDir(), "monday.worth-snapshot")
	d.press("w", "ctrl+u")
	d.typed(file)
	d.press("enter")
	d.sees("was written to")
	d.press("i")
	d.typed(file)
	d.press("enter")
	d.sees("there is a snapshot \"Monday\" already")
	d.press("esc", "x", "y")
	d.sees("No snapshot is saved yet", "is deleted; u brings it back")
	d.press("u")
	d.sees("\"Monday\" is back", "a quiet week")
	d.press("x", "y", "i")
	d.typed(file)
	d.press("enter")
	d.sees("\"Monday\" is here: overview", "a quiet week")
	d.press("u")
	d.sees("there is a snapshot \"Monday\" already")
}

// TestTrendOfQuarters makes a series and keeps it.
func TestTrendOfQuarters(t *testing.T) {
	d := openShop(t)
	d.press("0", "t", "right", "ctrl+s")
	d.sees("Past, now and in a year", "all customers", "AOV/yr", "net revenue per counted order")
	d.press("tab", "Q")
	d.sees("snapshot/kpis")
	d.press("esc", "ctrl+s", "ctrl+s")
	d.sees("saved as “series 2025-12-")
	d.sees("the workspace has changed since this was made")
	d.press("esc", "enter")
	d.sees("series as of 2025-12-", "What it rests on")
	d.press("t")
	d.sees("trend of series 2025-12-", "Past, now and in a year", "all customers", "to 2025-09-30")
	d.press("ctrl+s")
	d.sees("it is saved already")
}

// TestNothingToSave says why a page cannot be saved.
func TestNothingToSave(t *testing.T) {
	d := openShop(t)
	d.press("9", "esc", "ctrl+s")
	d.sees("run a statement first")
	d.press("5", "tab", "0")
	d.sees("No snapshot is saved yet")
	d.press("d")
	d.sees("no snapshot is saved yet")
}
