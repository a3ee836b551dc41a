package whatif

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"worth/internal/clv"
	"worth/internal/referral"
)

// chained adds chains of referrals to a baseline: every person but the first few was
// brought in by somebody before them, and every tenth person in a chain is no customer.
// Within so many months half of what people are worth counts, and a month more for each.
func chained(t testing.TB, in Fitted) (Fitted, *Chains) {
	t.Helper()
	draw := rand.New(rand.NewPCG(5, 6))
	n := len(in.Group) + len(in.Group)/9
	var people []referral.Person
	var edges []referral.Edge
	for i := range n {
		people = append(people, referral.Person{Key: int64(i), Until: referral.Undated})
		if i > 5 && draw.IntN(3) > 0 {
			edges = append(edges, referral.Edge{Referrer: draw.Int64N(int64(i)), Referred: int64(i), At: referral.Undated, Reward: 2})
		}
	}
	forest, err := referral.Build(people, edges, referral.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := &Chains{Forest: forest, Own: make([]float64, forest.Len()), Customer: make([]int32, forest.Len())}
	customer := int32(0)
	for node := range c.Customer {
		c.Own[node] = math.Round(draw.ExpFloat64()*1e4) / 100
		c.Customer[node] = -1
		if node%10 != 0 && int(customer) < len(in.Group) {
			c.Customer[node] = customer
			customer++
		}
	}
	params := referral.DefaultParams
	credit, err := forest.Credit(referral.Values{Own: c.Own}, params)
	if err != nil {
		t.Fatal(err)
	}
	in.Customers.Referral = make([]float64, len(in.Group))
	for node, customer := range c.Customer {
		if customer >= 0 {
			in.Customers.Referral[customer] = credit.Referral(node)
		}
	}
	in.Customers.Referrals = &Referrals{
		Params: params,
		Chains: func(context.Context) (*Chains, error) { return c, nil },
		Within: func(_ context.Context, months int) ([]float64, error) { return within(c, months), nil },
	}
	return in, c
}

// within is what of the own value of chains counts within so many months.
func within(c *Chains, months int) []float64 {
	counted := slices.Clone(c.Own)
	for i := range counted {
		counted[i] *= float64(months) / (float64(months) + 6)
	}
	return counted
}

// TestWordOfMouth: under any assumptions the credit of customers is that of package
// referral, weighted, and that of everybody sums to nothing.
func TestWordOfMouth(t *testing.T) {
	in, chains := chained(t, shopOf(t, mustPurchases(t, clv.MBGNBD), 900, 28))
	ctx := context.Background()
	everyone := make([]int32, len(in.Group))
	for i := range everyone {
		everyone[i] = int32(i)
	}
	for _, m := range []*Model{mustFitted(t, in), mustFormula(t, formulae(in))} {
		base := mustEvaluate(t, m, Scenario{}).Total
		for _, tt := range []struct {
			set    map[Lever]string
			params referral.Params
			months int
		}{
			{nil, referral.DefaultParams, 0},
			{map[Lever]string{Theta: "0.8"}, referral.Params{Lambda: 0.5, Theta: 0.8, TypeOne: 1}, 0},
			{map[Lever]string{Theta: "0", Lambda: "70%"}, referral.Params{Lambda: 0.7, TypeOne: 1}, 0},
			{map[Lever]string{Window: "1y", TypeOne: "0.25"}, referral.Params{Lambda: 0.5, Theta: 0.5, TypeOne: 0.25}, 12},
			{map[Lever]string{Window: "6mo", Theta: "1"}, referral.Params{Lambda: 0.5, Theta: 1, TypeOne: 1}, 6},
		} {
			s := mustSet(t, m, Scenario{}, Everyone, Referral, "40%")
			for lever, text := range tt.set {
				s = mustSet(t, m, s, Everyone, lever, text)
			}
			values := referral.Values{Own: chains.Own}
			if tt.months > 0 {
				values.Counted = within(chains, tt.months)
			}
			want, err := chains.Forest.Credit(values, tt.params)
			if err != nil {
				t.Fatal(err)
			}
			result := mustEvaluate(t, m, s)
			near(t, "equity", result.Total.Scenario.Value, base.Baseline.Value, 1e-9)
			var segments float64
			for _, l := range result.Segments {
				segments += l.Scenario.Value
			}
			near(t, "segments and others", segments+result.Beyond.Scenario, result.Total.Scenario.Value, 1e-9)
			rows, err := m.Rows(ctx, s, everyone)
			if err != nil {
				t.Fatal(err)
			}
			for node, customer := range chains.Customer {
				if customer >= 0 {
					near(t, "credit of a customer", rows[customer].Scenario.Referral, 0.4*want.Referral(node), 1e-9)
				}
			}
			mouth, err := m.WordOfMouth(ctx, s)
			if err != nil {
				t.Fatal(err)
			}
			checkMouth(t, mouth, want)
			if err := m.Prepare(ctx, s, nil); err != nil || !m.Ready(s) {
				t.Errorf("a scenario that was asked for is not ready (%v)", err)
			}
		}
	}
}

// checkMouth compares what word of mouth comes to with a credit.
func checkMouth(t *testing.T, mouth Mouth, want *referral.Credit) {
	t.Helper()
	var sum, all MouthFigures
	for node := range want.Own {
		sum.add(MouthFigures{Credited: want.Referral(node) + want.Passed(node), Passed: want.Passed(node), Influence: want.Influence[node], CRV: want.CRV[node]})
	}
	for _, line := range append(slices.Clone(mouth.Segments), mouth.Beyond) {
		all.add(line.Scenario)
	}
	near(t, "credited", mouth.Total.Scenario.Credited, sum.Credited, 1e-9)
	near(t, "passed up", mouth.Total.Scenario.Passed, sum.Credited, 1e-9)
	near(t, "influence", mouth.Total.Scenario.Influence, sum.Influence, 1e-9)
	near(t, "CRV", mouth.Total.Scenario.CRV, sum.CRV, 1e-9)
	near(t, "credited by segment", all.Credited, sum.Credited, 1e-9)
	near(t, "CRV by segment", all.CRV, sum.CRV, 1e-9)
}

// TestWordOfMouthSpecs: levers of word of mouth are for everyone, and need referrals.
func TestWordOfMouthSpecs(t *testing.T) {
	in, _ := chained(t, shopOf(t, mustPurchases(t, clv.BGNBD), 300, 28))
	m := mustFitted(t, in)
	for _, lever := range []Lever{Theta, Window, Lambda, TypeOne} {
		if spec := m.Spec(Everyone, lever); spec.Off != "" || spec.Base != spec.hold(spec.Base) {
			t.Errorf("%s: %+v", lever, spec)
		}
		if _, err := m.Set(Scenario{}, "Loyal", lever, "0.5"); err == nil {
			t.Errorf("%s is set for a segment", lever)
		}
	}
	if at, want := m.Spec(Everyone, Window), "all"; Window.Format(at.Base) != want || at.Step(at.Base, -1) != 120 {
		t.Errorf("no window is %q, and a step lower %v", Window.Format(at.Base), at.Step(at.Base, -1))
	}
	in.Customers.Referrals = nil
	plain := mustFitted(t, in)
	if plain.HasReferrals() || plain.Spec(Everyone, Theta).Off == "" || plain.Spec(Everyone, Referral).Off != "" {
		t.Errorf("without chains: %+v", plain.Spec(Everyone, Theta))
	}
	if _, err := plain.WordOfMouth(context.Background(), Scenario{}); err == nil {
		t.Error("word of mouth without referrals is not refused")
	}
}

// TestWordOfMouthFails: chains that cannot be had, or do not fit, are an error of the
// scenarios that need them, and of no other.
func TestWordOfMouthFails(t *testing.T) {
	in, chains := chained(t, shopOf(t, mustPurchases(t, clv.BGNBD), 300, 28))
	gone := errors.New("the database is gone")
	fails := gone
	in.Customers.Referrals.Chains = func(context.Context) (*Chains, error) { return chains, fails }
	m := mustFitted(t, in)
	s := mustSet(t, m, Scenario{}, Everyone, Theta, "0.9")
	mustEvaluate(t, m, s) // counts nothing
	s = mustSet(t, m, s, Everyone, Referral, "100%")
	if m.Ready(s) {
		t.Error("chains that were never asked for are ready")
	}
	if _, err := m.Evaluate(context.Background(), s); !errors.Is(err, gone) {
		t.Errorf("the error is %v", err)
	}
	fails = nil
	mustEvaluate(t, m, s)
	chains.Customer[3] = int32(len(in.Group))
	if _, err := mustFitted(t, in).Evaluate(context.Background(), s); err == nil {
		t.Error("a customer who is not there is not refused")
	}
}

// TestWordOfMouthHeldDown: sliders of word of mouth held down stop at their bounds, and
// nothing is ever infinite.
func TestWordOfMouthHeldDown(t *testing.T) {
	in, _ := chained(t, shopOf(t, mustPurchases(t, clv.MBGNBD), 200, 28))
	m := mustFitted(t, in)
	s := mustSet(t, m, Scenario{}, Everyone, Referral, "100%")
	for _, lever := range []Lever{Theta, Window, Lambda, TypeOne} {
		spec := m.Spec(Everyone, lever)
		for _, by := range []float64{-1, 1} {
			for range 150 {
				s = mustNudge(t, m, s, Everyone, lever, by)
			}
			want := spec.Low
			if by > 0 {
				want = spec.High
			}
			at, err := m.Position(context.Background(), s, Everyone, lever)
			if err != nil || at.At != want {
				t.Errorf("%s held down stands at %v, want %v (%v)", lever, at.At, want, err)
			}
			checkFinite(t, mustEvaluate(t, m, s))
			mouth, err := m.WordOfMouth(context.Background(), s)
			if err != nil {
				t.Fatal(err)
			}
			checkFinite(t, mouth)
		}
	}
}
