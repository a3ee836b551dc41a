package clv

import (
	"context"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// mustScore scores groups that can be scored.
func mustScore(t testing.TB, p Purchases, spend *Spend, groups []Group, terms Terms) []Score {
	t.Helper()
	scores, err := Scores(context.Background(), p, spend, groups, terms)
	if err != nil {
		t.Fatal(err)
	}
	return scores
}

// TestScoresAgree compares scores with what is computed for one customer alone.
func TestScoresAgree(t *testing.T) {
	var groups []Group // not in the order of x, each x several times
	for _, older := range []float64{0, 1, 9} {
		for _, h := range someHistories {
			groups = append(groups, Group{History{h.X, h.TX, h.T + older}, 1})
		}
	}
	for _, p := range models(t) {
		for _, terms := range []Terms{yearly, lasting(3.5, 0), lasting(120, 0.1)} {
			scores := mustScore(t, p, &exactSpend, groups, terms)
			for i, score := range scores {
				checkScore(t, p, groups[i].History, terms, score)
			}
		}
	}
}

// checkScore compares one score.
func checkScore(t *testing.T, p Purchases, h History, terms Terms, score Score) {
	t.Helper()
	orders := Orders(p, h, terms.End())
	near(t, "P(alive)", score.Alive, p.Alive(h), 1e-15)
	near(t, "expected orders", score.Orders, p.Expected(h, terms.End()), 1e-11)
	near(t, "discounted orders", score.Discounted, DiscountedOrders(p, h, terms), 1e-7)
	near(t, "P(no order)", score.None, orders.None(), 1e-14)
	if score.OrdersLow != orders.Quantile(0.1) || score.OrdersHigh != orders.Quantile(0.9) {
		t.Errorf("%v %v: orders %d–%d, want %d–%d", p.Model(), h, score.OrdersLow, score.OrdersHigh, orders.Quantile(0.1), orders.Quantile(0.9))
	}
	const m = 33.0
	worth, ok := score.Of(exactSpend.Scale(h.X, m))
	if !ok {
		t.Fatalf("%v is not valued", h)
	}
	near(t, "value", worth.CLV, mustValue(t, p, person{History: h, m: m}, terms), 1e-7)
	revenue := NewRevenue(p, exactSpend, h, terms.End())
	present := exactSpend.Scale(h.X, m) * score.Discounted / score.Orders
	near(t, "P10 of value", worth.CLVLow, present*revenue.Quantile(0.1), 1e-4)
	near(t, "P90 of value", worth.CLVHigh, present*revenue.Quantile(0.9), 1e-4)
}

// TestScoresShareTables: histories with equal x share one table.
func TestScoresShareTables(t *testing.T) {
	bg := mustNew(t, BGNBD, exactBG...)
	s := scorer{purchases: bg, spend: &exactSpend, terms: yearly, end: yearly.End()}
	groups := make([]Group, 3*scoreTaskSize)
	for i := range groups {
		groups[i] = Group{History{2, 20, 30 + float64(i)/100}, 1}
	}
	tasks := s.plan(groups)
	if len(tasks) != 3 || tasks[0].table() == nil || tasks[0].table() != tasks[2].table() {
		t.Errorf("%d tasks with the tables %p and %p; want 3 with one", len(tasks), tasks[0].table(), tasks[len(tasks)-1].table())
	}
}

// TestScoresKnowNoThreads: one processor and all give the same bits.
func TestScoresKnowNoThreads(t *testing.T) {
	groups := historyGrid()
	mbg := mustNew(t, MBGNBD, exactMBG...)
	all := mustScore(t, mbg, &exactSpend, groups, yearly)
	before := runtime.GOMAXPROCS(1)
	one := mustScore(t, mbg, &exactSpend, groups, yearly)
	runtime.GOMAXPROCS(before)
	if !slices.Equal(all, one) {
		t.Error("scores differ between one processor and all")
	}
}

// TestScoresWithoutSpend: without a spend model, or where it has no mean, orders
// are scored and money is said to be unknown.
func TestScoresWithoutSpend(t *testing.T) {
	bg := mustNew(t, BGNBD, exactBG...)
	groups := []Group{{History{0, 0, 38}, 1}, {History{3, 20, 38}, 1}}
	endless := Spend{P: 2, Q: 0.7, V: 10}
	for _, test := range []struct {
		spend  *Spend
		valued [2]bool
	}{{nil, [2]bool{false, false}}, {&endless, [2]bool{false, true}}} {
		for i, score := range mustScore(t, bg, test.spend, groups, yearly) {
			if score.Valued != test.valued[i] || score.Orders <= 0 || (!score.Valued && (score.Value != 0 || score.PerOrder != 0)) {
				t.Errorf("with %v: %+v", test.spend, score)
			}
		}
	}
}

// TestScoresOfALoss: at a negative margin the low end is the larger loss.
func TestScoresOfALoss(t *testing.T) {
	bg := mustNew(t, BGNBD, exactBG...)
	loss := yearly
	loss.Margin = -0.5
	groups := []Group{{History{7, 29, 38.86}, 1}}
	gain, cost := mustScore(t, bg, &exactSpend, groups, yearly)[0], mustScore(t, bg, &exactSpend, groups, loss)[0]
	near(t, "low end of the loss", cost.ValueLow, -0.5*gain.ValueHigh, 1e-12)
	if cost.ValueHigh != 0 || cost.ValueLow >= cost.Value {
		t.Errorf("the loss lies within %v–%v about %v", cost.ValueLow, cost.ValueHigh, cost.Value)
	}
}

func TestScoresStaySane(t *testing.T) {
	groups := []Group{
		{History{10_000, 38.8, 38.86}, 1},
		{History{0, 0, 0}, 1},
		{History{1, 1e-3, 1e-3}, 1},
		{History{1, 0.1, 1560}, 1},
		{History{5000, 1500, 1560}, 1},
	}
	for _, p := range models(t) {
		for _, terms := range []Terms{yearly, lasting(0.01, 10), lasting(60, 0)} {
			for i, s := range mustScore(t, p, &exactSpend, groups, terms) {
				for _, v := range []float64{s.Alive, s.Orders, s.Discounted, s.None, s.PerOrder, s.Value, s.ValueLow, s.ValueHigh} {
					if math.IsNaN(v) || math.IsInf(v, 0) || v < -1e-12 {
						t.Errorf("%v %v over %v months: %+v", p.Model(), groups[i].History, terms.Horizon, s)
						break
					}
				}
			}
		}
	}
}

func TestScoresRefuse(t *testing.T) {
	bg := mustNew(t, BGNBD, exactBG...)
	for says, h := range map[string]History{
		"-1 repeat orders": {-1, 0, 5}, "the last at 9 of 5": {1, 9, 5}, "NaN": {1, 2, math.NaN()}, "the last at 3 of 5": {0, 3, 5},
	} {
		if _, err := Scores(context.Background(), bg, nil, []Group{{h, 1}}, yearly); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v: %v; want a sentence with %q", h, err, says)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Scores(ctx, bg, nil, historyGrid(), yearly); err == nil || !strings.Contains(err.Error(), "stopped") {
		t.Errorf("cancelled scoring says %v", err)
	}
}
