package referral

import (
	"math/rand/v2"
	"testing"
)

// million is a forest of a million people: a chain of 10,000, one referrer of
// 400,000, and the rest at random.
func million() ([]Person, []Edge, []float64) {
	const n, chain, star = 1_000_000, 10_000, 400_000
	r := rand.New(rand.NewPCG(1, 2))
	people, own, edges := make([]Person, n), make([]float64, n), make([]Edge, 0, n)
	for i := range people {
		people[i] = Person{Key: r.Int64(), Until: int64(i) + 1000}
		own[i] = float64(r.IntN(1_000_000)) / 100
	}
	for i := 1; i < n; i++ {
		from := i - 1
		switch {
		case i > chain && i <= chain+star:
			from = chain
		case i > chain+star:
			from = r.IntN(i)
		}
		edges = append(edges, Edge{Referrer: people[from].Key, Referred: people[i].Key, At: int64(i), Reward: 5})
	}
	r.Shuffle(len(edges), func(i, j int) { edges[i], edges[j] = edges[j], edges[i] })
	return people, edges, own
}

func BenchmarkBuildAndCredit(b *testing.B) {
	people, edges, own := million()
	for b.Loop() {
		f := build(b, people, edges, Options{})
		credit(b, f, Values{Own: f.Arrange(own)}, DefaultParams)
	}
}

func BenchmarkRecompute(b *testing.B) {
	people, edges, own := million()
	f := build(b, people, edges, Options{})
	c := credit(b, f, Values{Own: f.Arrange(own)}, DefaultParams)
	p := DefaultParams
	for b.Loop() {
		p.Lambda, p.Theta = 1-p.Lambda*0.9, 1-p.Theta*0.9
		if err := c.Recompute(p); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkView(b *testing.B) {
	people, edges, own := million()
	f := build(b, people, edges, Options{})
	c := credit(b, f, Values{Own: f.Arrange(own)}, DefaultParams)
	v := NewView(f, -1)
	byInfluence := func(n int) float64 { return c.Influence[n] }
	b.Run("sort", func(b *testing.B) {
		for b.Loop() {
			v.Sort(byInfluence, true)
		}
	})
	b.Run("expand all", func(b *testing.B) {
		for b.Loop() {
			v.ExpandAll()
		}
	})
	b.Run("close and open the root", func(b *testing.B) {
		for b.Loop() {
			v.Toggle(0)
			v.Toggle(0)
		}
	})
	b.Run("close and open the star", func(b *testing.B) {
		star := v.Line(f.Node(people[10_000].Key))
		for b.Loop() {
			v.Toggle(star)
			v.Toggle(star)
		}
	})
	b.Run("to the parent and back", func(b *testing.B) {
		line := v.Len() / 2
		for b.Loop() {
			line = v.Line(v.Node(line))
			if v.Parent(line) >= line {
				b.Fatal("the parent is not above")
			}
		}
	})
	b.Run("reveal", func(b *testing.B) {
		deepest := v.Line(f.Len() - 1)
		for b.Loop() {
			v.CollapseAll()
			if v.Reveal(f.Len()-1) < 0 {
				b.Fatal(deepest)
			}
		}
	})
}

// TestMillion builds, credits and unfolds the forest of the benchmarks whole.
func TestMillion(t *testing.T) {
	if testing.Short() {
		t.Skip("a million people are much for -short")
	}
	people, edges, own := million()
	f := build(t, people, edges, Options{})
	c := credit(t, f, Values{Own: f.Arrange(own)}, DefaultParams)
	v := NewView(f, -1)
	v.ExpandAll()
	v.Toggle(0)
	v.Toggle(0)
	if v.Len() != len(people) || !near(total(c.Conserved), total(own)) {
		t.Errorf("%d lines; %v conserved of %v", v.Len(), total(c.Conserved), total(own))
	}
}
