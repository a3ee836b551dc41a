package workspace

import (
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"worth/internal/referral"
	"worth/internal/tabular"
)

// idsOf reads the first cells of all rows of a source, two rows at a time.
func idsOf(t *testing.T, rows tabular.Source) string {
	t.Helper()
	var ids []string
	for from := 0; from < rows.Len(); from += 2 {
		page, err := rows.Page(context.Background(), from, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range page {
			id, _ := row[0].(string)
			ids = append(ids, id)
		}
	}
	return strings.Join(ids, " ")
}

// A fork has a view and assumptions of its own.
func TestForkedTree(t *testing.T) {
	w := wordOfMouth(t, append(familyReferrals, "stranger,Z,2024-01-01,,")...)
	tree, err := w.ReferralTree(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	zero := 0.0
	branch, err := tree.Fork("B", Referrals{Theta: &zero})
	if err != nil {
		t.Fatal(err)
	}
	branch.ExpandAll()
	if tree.Len() != 2 || branch.Len() != 4 || branch.Line(0).Conserved != 5000 || tree.Line(tree.Reveal("B")).Conserved != 3750 {
		t.Errorf("the fork has %d lines, B keeps %v, in the tree %v", branch.Len(), branch.Line(0).Conserved, tree.Line(tree.Reveal("B")).Conserved)
	}
	if err := branch.SortBy("own", false); err != nil {
		t.Fatal(err)
	}
	branch.CollapseAll()
	if got := idsOf(t, branch.Whole()); got != "B F E G" {
		t.Errorf("below B, by own value, stand %s", got)
	}
	want, err := w.Subtree(context.Background(), "A")
	if err != nil {
		t.Fatal(err)
	}
	same, err := tree.Fork("A", w.Settings().Referrals)
	if err != nil {
		t.Fatal(err)
	}
	page, err := same.Whole().Page(context.Background(), 0, 100)
	if err != nil || len(page) != len(want.Rows) {
		t.Fatalf("%d rows, not %d (%v)", len(page), len(want.Rows), err)
	}
	for i, row := range page {
		for j, cell := range row {
			if cell != want.Rows[i][j] {
				t.Errorf("row %d, %s: %v, not %v", i, want.Columns[j].Name, cell, want.Rows[i][j])
			}
		}
	}
	if _, err := tree.Fork("nobody", Referrals{}); err == nil {
		t.Error("nobody has a tree")
	}
	high := 2.0
	if _, err := tree.Fork("", Referrals{Lambda: &high}); err == nil {
		t.Error("a λ of 2 is taken")
	}
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := same.Whole().Page(stopped, 0, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped read ends with %v", err)
	}
}

func TestTreeSearchesBothWays(t *testing.T) {
	w := wordOfMouth(t, append(familyReferrals, "c-1,Z,2024-01-01,,")...) // C and c-1 hold a c
	tree, err := w.ReferralTree(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	who := func(line int) string { return tree.Line(line).CustomerID }
	first := tree.Search("c", -1, false)
	last := tree.SearchBack("c", -1, false)
	if who(first) != "C" || who(last) != "c-1" {
		t.Errorf("first %s, last %s", who(first), who(last))
	}
	if next := tree.Search("c", tree.Reveal("C"), false); who(next) != "c-1" || who(tree.SearchBack("c", next, false)) != "C" {
		t.Errorf("next %s, back %s", who(next), who(tree.SearchBack("c", next, false)))
	}
	if round := tree.SearchBack("c", tree.Reveal("C"), false); who(round) != "c-1" {
		t.Errorf("round the top to %s", who(round))
	}
	if tree.SearchBack("nosuch", -1, false) != -1 {
		t.Error("nobody is found")
	}
}

func TestTopRootsOfTree(t *testing.T) {
	w := wordOfMouth(t, append(familyReferrals, "stranger,Z,2024-01-01,,")...)
	tree, err := w.ReferralTree(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	for column, want := range map[string]string{"brought": "A stranger", "generation": "A stranger", "referral": "A stranger"} {
		roots, err := tree.TopRoots(column, 9)
		var got []string
		for _, l := range roots {
			got = append(got, l.CustomerID)
		}
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("by %s: %v (%v)", column, got, err)
		}
	}
	if one, err := tree.TopRoots("brought", 1); err != nil || len(one) != 1 || one[0].Brought != 22_000 {
		t.Errorf("the first: %+v (%v)", one, err)
	}
	if _, err := tree.TopRoots("customer_id", 9); err == nil {
		t.Error("roots by a column without numbers")
	}
}

func TestReferralStanding(t *testing.T) {
	w := wordOfMouth(t, append(familyReferrals, "stranger,C,2024-01-01,,")...)
	for id, want := range map[string]string{"B": "A", "A": "", "C": "stranger"} {
		row, err := w.ReferralStanding(context.Background(), id)
		if err != nil || len(row.Rows) != 1 {
			t.Errorf("%s: %v (%v)", id, row, err)
			continue
		}
		if got, _ := row.Rows[0][row.Index("referrer_id")].(string); got != want {
			t.Errorf("%s was brought in by %q, not %q", id, got, want)
		}
	}
	for _, id := range []string{"Z", "stranger", "nobody"} {
		if row, err := w.ReferralStanding(context.Background(), id); err != nil || len(row.Rows) != 0 {
			t.Errorf("%s stands at %v (%v)", id, row.Rows, err)
		}
	}
}

func TestRefusedForAReason(t *testing.T) {
	w := wordOfMouth(t, append(familyReferrals, "A,A,,,", "B,B,,,", "A,nobody,,,")...)
	for reason, want := range map[string]int{"self": 2, "unknown": 1, "": 3, "cycle": 0} {
		rows, err := w.RefusedEdges(context.Background(), reason)
		if err != nil {
			t.Fatal(err)
		}
		if rows.Len() != want {
			t.Errorf("%d statements are refused as %q, want %d", rows.Len(), reason, want)
		}
		if err := rows.Close(); err != nil {
			t.Error(err)
		}
	}
}

// BenchmarkMillionLines forks, opens and walks a tree of a million people.
func BenchmarkMillionLines(b *testing.B) {
	const n = 1_000_000
	tree := millionTree(b, n)
	b.Run("fork", func(b *testing.B) {
		for b.Loop() {
			if _, err := tree.Fork("", Referrals{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	tree.ExpandAll()
	for name, step := range map[string]func(i int){
		"line":    func(i int) { tree.Line(i * 7919 % tree.Len()) },
		"toggle":  func(int) { tree.Toggle(0) },
		"below":   func(i int) { tree.CollapseBelow(0); tree.ExpandBelow(0) },
		"search":  func(int) { tree.Search("nosuch", 0, false) },
		"path":    func(i int) { tree.Path(i * 7919 % tree.Len()) },
		"credit":  func(int) { _ = tree.Recompute(Referrals{}) },
		"sort":    func(int) { _ = tree.SortBy("brought", true) },
		"reveals": func(i int) { tree.Reveal(tree.ids.at(i * 7919 % n)) },
		"roots":   func(int) { _, _ = tree.TopRoots("influence", 50) },
	} {
		b.Run(name, func(b *testing.B) {
			i := 0
			for b.Loop() {
				step(i)
				i++
			}
		})
	}
}

// millionTree is a forest in memory: a chain of ten thousand, one referrer of four
// hundred thousand, and people brought in by anybody before them.
func millionTree(b *testing.B, n int) *ReferralTree {
	b.Helper()
	draw := rand.New(rand.NewPCG(1, 2))
	people, edges, own := make([]referral.Person, n), make([]referral.Edge, 0, n), make([]float64, n)
	names, known := &ids{}, make([]bool, n)
	for i := range n {
		people[i] = referral.Person{Key: int64(i), Until: referral.Undated}
		own[i], known[i] = float64(i%190), true
		parent := draw.IntN(max(i, 1))
		switch {
		case i < 10_000:
			parent = i - 1
		case i < 410_000:
			parent = 10_000
		}
		if parent >= 0 && parent < i {
			edges = append(edges, referral.Edge{Referrer: int64(parent), Referred: int64(i), At: referral.Undated})
		}
	}
	f, err := referral.Build(people, edges, referral.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for node := range n {
		names.add("p-" + strconv.Itoa(f.Person(node)))
	}
	c, err := f.Credit(referral.Values{Own: f.Arrange(own)}, referral.DefaultParams)
	if err != nil {
		b.Fatal(err)
	}
	return &ReferralTree{forest: f, credit: c, view: referral.NewView(f, -1), ids: names, known: known}
}
