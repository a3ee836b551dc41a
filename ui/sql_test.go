package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"worth/internal/workspace"
)

// TestAsksInSQL goes from a number to the query behind it, runs it on the SQL page,
// and comes back.
func TestAsksInSQL(t *testing.T) {
	d := openShop(t)
	d.press("2", "Q")
	d.sees("ask/segments", "Enter shows the rows")
	d.press("enter")
	d.sees("worth › segments › ")
	d.press("f", "o", "r", "d", "e", "r", "s", ">", "1", "enter", "Q")
	d.sees("grid/customers_rows", `"orders" >`, "$value_2 = 1")
	d.press("o")
	d.sees("worth › SQL", "-- grid/customers_rows", "-- $value_2 = 1")
	d.press("ctrl+r")
	d.sees("customer_id", "1 row ·")
	d.press("esc", "1")
	d.sees("worth › overview")
	d.press("9")
	d.sees("worth › SQL", "1 row ·", "customer_id")
}

// TestSQLFollowsTheSettings runs the query again when the analysis has changed, and
// takes digits as text while the editor has the keys.
func TestSQLFollowsTheSettings(t *testing.T) {
	d := openShop(t)
	d.press("9")
	d.send(tea.PasteMsg{Content: "select count(*) as orders_1, $as_of as day from core.orders where ordered_at <= $as_of"})
	d.press("space", "1", "backspace", "ctrl+r")
	d.sees("2025-12-", "$as_of = 2025-12-")
	d.press("esc", ",")
	for _, c := range "2025-06-30" {
		d.press(string(c))
	}
	d.press("ctrl+s")
	d.sees("$as_of = 2025-06-30", "│▸ ")
	if shown := d.text(); strings.Count(shown, "2025-06-30") < 3 {
		t.Errorf("the query was not run again:\n%s", shown)
	}
}

// TestRevealedResultsAreAskedAgain shows personal columns of a workspace on disk,
// which writes that down and so ends the result.
func TestRevealedResultsAreAskedAgain(t *testing.T) {
	ws, err := workspace.Open(t.Context(), t.TempDir()+"/shop.worth.duckdb", workspace.Options{Threads: 1, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ws.Close(); err != nil {
			t.Error(err)
		}
	})
	d := drive(t, ws, Options{Sources: &workspace.LoadRequest{Sources: []string{shopFile(t)}}})
	d.press("9")
	d.send(tea.PasteMsg{Content: "select 'ann@example.com' as email, 7 as n"})
	d.press("ctrl+r", "esc")
	d.sees("▸ a***")
	d.press("R")
	d.sees("▸ ann@example.com")
}
