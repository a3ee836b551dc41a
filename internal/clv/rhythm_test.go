package clv

import (
	"cmp"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// steady returns the order days of n customers who order every gap days, three
// times each.
func steady(n, gap int) [][]int {
	customers := make([][]int, n)
	for i := range customers {
		customers[i] = []int{i, i + gap, i + 2*gap}
	}
	return customers
}

func TestRhythmOfACustomer(t *testing.T) {
	population := NewRhythms(steady(50, 60))
	tests := []struct {
		name string
		days []int
		want Rhythm
	}{
		{"one order: as others at the first", []int{100}, Rhythm{60, 60, 60, false, 50}},
		{"two orders: as others at the second", []int{100, 110}, Rhythm{60, 60, 60, false, 50}},
		{"three orders: own, late no sooner than others", []int{0, 20, 50}, Rhythm{25, 60, 60, true, 2}},
		{"slower than others", []int{0, 100, 300}, Rhythm{150, 175, 190, true, 2}},
		{"six orders: own alone", []int{0, 10, 20, 30, 40, 60}, Rhythm{10, 10, 16, true, 5}},
	}
	for _, test := range tests {
		got, ok := population.Of(test.days)
		if !ok || got != test.want {
			t.Errorf("%s: %+v, %v; want %+v", test.name, got, ok, test.want)
		}
	}
	if r, ok := NewRhythms([][]int{{1}, {5}, {}}).Of([]int{1}); ok {
		t.Errorf("nobody came back, yet the rhythm is %+v", r)
	}
}

// Counted gaps have the rhythms of the customers they were counted from.
func TestTallyRhythms(t *testing.T) {
	dice := rand.New(rand.NewPCG(5, 8))
	customers := make([][]int, 400)
	counted := map[GapCount]int{}
	for i := range customers {
		day := dice.IntN(100)
		for n := range 1 + dice.IntN(9) {
			if n > 0 {
				gap := 1 + int(40*dice.ExpFloat64())
				day += gap
				counted[GapCount{Order: n, Days: gap}]++
			}
			customers[i] = append(customers[i], day)
		}
	}
	var counts []GapCount
	for c, n := range counted {
		counts = append(counts, GapCount{c.Order, c.Days, n})
	}
	slices.SortFunc(counts, func(a, b GapCount) int { return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.Days, b.Days)) })
	if got, want := TallyRhythms(counts), NewRhythms(customers); !reflect.DeepEqual(got, want) {
		t.Errorf("the rhythms are\n%+v, not\n%+v", got, want)
	}
	// An order number nobody counted gaps after ends what is told by order.
	sparse := []GapCount{{1, 10, 50}, {3, 20, 50}}
	if got := TallyRhythms(sparse); len(got.byOrder) != 1 || got.all.Gaps != 100 || got.all.Due != 15 {
		t.Errorf("the rhythms of sparse counts are %+v", got)
	}
	if got := TallyRhythms(nil); !reflect.DeepEqual(got, Rhythms{}) {
		t.Errorf("no gaps have the rhythms %+v", got)
	}
}

func TestRhythmFlags(t *testing.T) {
	r := Rhythm{Due: 10, Late: 20, AtRisk: 30}
	for silence, want := range map[float64]Flag{0: OnTime, 10: OnTime, 11: Due, 20: Due, 21: Late, 30: Late, 31: AtRisk, 1e6: AtRisk} {
		if got := r.Flag(silence); got != want {
			t.Errorf("%v days of silence are %v, want %v", silence, got, want)
		}
	}
}

// TestBackTest: who has left cannot return, who keeps a rhythm does, and what
// happened later does not enter the flags.
func TestBackTest(t *testing.T) {
	const asOf = 1000
	var customers [][]int
	for i := range 40 {
		var left, keeps []int
		for day := i % 7; day < 600; day += 50 {
			left = append(left, day)
		}
		for day := i % 7; day < 1200; day += 50 {
			keeps = append(keeps, day)
		}
		customers = append(customers, left, keeps, []int{asOf + 1 + i})
	}
	rows, unflagged := BackTest(customers, asOf, 90)
	if unflagged != 0 || len(rows) != len(Flags) {
		t.Fatalf("%d unflagged, %d rows", unflagged, len(rows))
	}
	want := map[Flag]BackTestRow{
		OnTime: {OnTime, 40, 40, 1}, Due: {Flag: Due}, Late: {Flag: Late}, AtRisk: {AtRisk, 40, 0, 0},
	}
	for _, row := range rows {
		if row != want[row.Flag] {
			t.Errorf("%+v, want %+v", row, want[row.Flag])
		}
	}
}

// TestBackTestOfChance: customers who order at random and leave at random return
// the less often the later they are.
func TestBackTestOfChance(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 2))
	customers := make([][]int, 3000)
	for i := range customers {
		for at, life := 0.0, 1200*draw.ExpFloat64(); at < min(life, 1500); at += 1 + 60*draw.ExpFloat64() {
			if day := int(at); len(customers[i]) == 0 || day > customers[i][len(customers[i])-1] {
				customers[i] = append(customers[i], day)
			}
		}
	}
	rows, unflagged := BackTest(customers, 700, 180)
	n, last := unflagged, 1.0
	for _, row := range rows {
		n += row.N
		if row.Share > last || row.N == 0 {
			t.Errorf("%+v after a share of %v", row, last)
		}
		last = row.Share
	}
	if n != len(customers) {
		t.Errorf("%d of %d customers are flagged or not", n, len(customers))
	}
	if rows, unflagged := BackTest(nil, 0, 30); unflagged != 0 || rows[0].N != 0 {
		t.Errorf("nobody: %+v, %d", rows, unflagged)
	}
}
