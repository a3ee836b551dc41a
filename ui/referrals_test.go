package ui

import (
	"testing"

	"worth/internal/workspace"
)

// TestReferralsAndBack walks from the bar to a tree, to a customer, to the tree
// around them, and back.
func TestReferralsAndBack(t *testing.T) {
	edges := write(t, "referrals.csv", "referrer_id,referred_id,referral date,status\n"+
		"c-001,c-002,2025-01-01,completed\nc-002,c-003,2025-01-01,completed\nc-003,c-004,2025-01-01,completed\nc-005,c-005,,completed\n")
	d := drive(t, emptyShop(t), Options{Sources: &workspace.LoadRequest{Sources: []string{shopFile(t), edges}}})
	d.press("4")
	d.sees("worth › referrals", "Top trees by value brought", "c-001", "self", "multi-level commissions")
	summary := d.text()
	d.press("enter", "*", "down", "down")
	d.sees("worth › referrals › c-001", "c-001 › c-002 › c-003", "λ 0.50 · θ 0.50")
	tree := d.text()
	d.press("o")
	d.sees("worth › referrals › c-001 › c-003", "brought in by c-002", "brought in 1")
	d.press("t")
	d.sees("worth › referrals › c-001 › c-003 › c-001", "c-001 › c-002 › c-003")
	d.press("esc", "esc")
	if got := d.text(); got != tree {
		t.Errorf("back in the tree is elsewhere:\n%s\nwas\n%s", got, tree)
	}
	d.press("esc")
	if got := d.text(); got != summary {
		t.Errorf("back at the summary is elsewhere:\n%s\nwas\n%s", got, summary)
	}
	d.press("]", "A") // λ for every page
	d.sees("λ 0.55 · θ 0.50")
	if l := d.root.env.Workspace.Settings().Referrals.Lambda; l == nil || *l != 0.55 {
		t.Errorf("λ is kept as %v", l)
	}
	d.press(":")
	d.sees("keep λ and θ for every page")
}

// TestReferralsWithoutAny says what to load.
func TestReferralsWithoutAny(t *testing.T) {
	d := openShop(t)
	d.press("4")
	d.sees("no referral was loaded", "L shows what was loaded")
	d.press("3", "enter", "t")
	d.sees("nobody brought them in and they brought in nobody")
}
