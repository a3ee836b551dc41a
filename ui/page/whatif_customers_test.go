package page

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"worth/internal/referral"
	"worth/internal/whatif"
	"worth/internal/workspace"
	"worth/ui/keys"
)

// chainedWhatIf is sampleWhatIf with chains of referrals: customer i was brought in by
// i/3, and 0 by somebody who is no customer.
func chainedWhatIf(t testing.TB, customers int) *workspace.WhatIf {
	t.Helper()
	in := sampleFitted(t, customers)
	people := make([]referral.Person, customers)
	var edges []referral.Edge
	for i := range people {
		people[i] = referral.Person{Key: int64(i), Until: referral.Undated}
		if i > 0 {
			edges = append(edges, referral.Edge{Referrer: int64(i / 3), Referred: int64(i), At: referral.Undated})
		}
	}
	edges = append(edges, referral.Edge{Referrer: -1, Referred: 0, At: referral.Undated})
	forest, err := referral.Build(people, edges, referral.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := &whatif.Chains{Forest: forest, Own: make([]float64, forest.Len()), Customer: make([]int32, forest.Len())}
	for node := range c.Own {
		if c.Customer[node] = int32(forest.Person(node)); c.Customer[node] >= 0 {
			c.Own[node] = float64(50 + node%200)
		}
	}
	credit, err := forest.Credit(referral.Values{Own: c.Own}, referral.DefaultParams)
	if err != nil {
		t.Fatal(err)
	}
	in.Customers.Referral = make([]float64, customers)
	for node, customer := range c.Customer {
		if customer >= 0 {
			in.Customers.Referral[customer] = credit.Referral(node)
		}
	}
	in.Customers.Referrals = &whatif.Referrals{
		Params: referral.DefaultParams,
		Chains: func(context.Context) (*whatif.Chains, error) { return c, nil },
		Within: func(context.Context, int) ([]float64, error) { return make([]float64, len(c.Own)), nil },
	}
	return whatIfOf(t, in)
}

// whatIfCustomersSample is the page of all customers under a page's scenario.
func whatIfCustomersSample(t testing.TB, env *Env, from *whatIf) *whatIfCustomers {
	t.Helper()
	p := newWhatIfCustomers(env, from, workspace.Picked{})
	gridDrain(t, p, p.Init())
	p.View(120, 37)
	gridDrain(t, p, p.Update(nil))
	return p
}

// TestWhatIfCustomers drills into a segment, moves the slider there and looks at every
// row in sight, then goes back to the same slider.
func TestWhatIfCustomers(t *testing.T) {
	m := chainedWhatIf(t, 400)
	env := sampleEnv(t)
	from := whatIfSample(t, env, m)
	press(from, "down", "down", "tab", "down", "down")
	sent := press(from, "enter")
	open, ok := sent[0].(OpenPage)
	if !ok {
		t.Fatalf("enter on a segment sends %v", sent)
	}
	p, ok := open.Page.(*whatIfCustomers)
	if !ok || p.pick.Scope != "Loyal" {
		t.Fatalf("it opens %T of %v", open.Page, p.pick)
	}
	gridDrain(t, p, p.Init())
	p.View(120, 30)
	gridDrain(t, p, p.Update(nil))
	checkRows(t, p, m)
	for _, id := range []string{cmdMore, cmdMuchMore, cmdLess} {
		p.Do(id) // commands are not run: what is in sight must be right at once
		checkRows(t, p, m)
	}
	if now := from.history.Now(); math.Abs(now.All[whatif.Margin].Value-0.45) > 1e-9 {
		t.Errorf("the scenario is %v", now)
	}
	gridDrain(t, p, p.Init())
	checkRows(t, p, m)
	p.Do(cmdUndoMove)
	if !from.history.Now().IsBaseline() {
		t.Error("a slide cannot be undone")
	}
	p.Close()
	settle(from, from.Resume())
	if from.lever() != whatif.Margin || !from.valued || !from.spread.fresh(from.history.Now()) {
		t.Error("back on the page of the sliders not all is worked out")
	}
}

// checkRows compares the rows in sight with the scenario.
func checkRows(t *testing.T, p *whatIfCustomers, m *workspace.WhatIf) {
	t.Helper()
	view := shown(p, 120, 30)
	for i := range min(20, p.grid.Len()) {
		row, ok := p.grid.Row(i)
		if !ok {
			t.Fatalf("row %d is not there at once", i)
		}
		var number int32
		if _, err := fmt.Sscanf(fmt.Sprint(row[0]), "c-%d", &number); err != nil {
			t.Fatal(err)
		}
		want, err := m.Rows(context.Background(), p.from.history.Now(), []int32{number})
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := row[3].(float64); got != want[0].Scenario.Value || !strings.Contains(view, fmt.Sprint(row[0])) {
			t.Errorf("row %d, %v, is worth %v in the scenario, want %v:\n%s", i, row[0], got, want[0].Scenario.Value, view)
		}
	}
}

// TestWhatIfCustomersBend moves retention, which takes a moment, and word of mouth.
func TestWhatIfCustomersBend(t *testing.T) {
	m := chainedWhatIf(t, 300)
	from := whatIfSample(t, sampleEnv(t), m)
	press(from, "down", "down", "down")
	p := whatIfCustomersSample(t, from.env, from)
	cmd := p.Do(cmdMuchMore)
	if p.Busy() != "bending curves" {
		t.Fatalf("busy with %q", p.Busy())
	}
	gridDrain(t, p, cmd)
	checkRows(t, p, m)
	if p.Busy() != "" {
		t.Errorf("in the end busy with %q", p.Busy())
	}
	p.Do(cmdMuchMore)
	if !p.Cancel() {
		t.Error("bending cannot be stopped")
	}
	from.sliders.Cursor = 0
	for from.lever() != whatif.Referral {
		from.sliders.Cursor++
	}
	gridDrain(t, p, p.Do(cmdMuchMore))
	checkRows(t, p, m)
	if id, ok := p.Keys().Match(tea.KeyPressMsg{Code: ']', Text: "]"}); !ok || id != cmdMore || p.Reason(keys.SQL) == "" {
		t.Errorf("] is %q", id)
	}
}

// TestWhatIfMouth moves what is passed up: totals stay, the figures and the bars tell
// where value goes.
func TestWhatIfMouth(t *testing.T) {
	p := whatIfSample(t, sampleEnv(t), chainedWhatIf(t, 400))
	before := p.result.Total.Scenario.Value
	p.sliders.Cursor = 0
	for p.lever() != whatif.Referral {
		p.sliders.Cursor++
	}
	press(p, "1", "0", "0", "%", "enter", "down", "0", ".", "9", "enter")
	if at, _ := p.standing(whatif.Theta); at.At != 0.9 || math.Abs(p.result.Total.Scenario.Value-before) > 1e-6 {
		t.Errorf("θ is %v, equity %v of %v", at.At, p.result.Total.Scenario.Value, before)
	}
	press(p, "u", "U", "down", "down", "l") // influence, which no value waits for
	p.sliders.Cursor = 0
	p.Do(cmdMore)
	if !p.mouth.fresh(p.history.Now().Chains()) {
		t.Error("word of mouth waits for a slider that does not move it")
	}
	text := shown(p, 120, 37)
	for _, want := range []string{"credited for referrals", "influence", "CRV", "without an order", "0.5 → 0.9"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not shown:\n%s", want, text)
		}
	}
	p.pane, p.list.Cursor = paneScopes, len(p.list.Rows)-1
	if p.Reason(keys.Open) == "" {
		t.Error("people without an order can be opened")
	}
}

// BenchmarkWhatIfCustomersKey moves a slider with forty rows of a million customers in
// sight, and draws them.
func BenchmarkWhatIfCustomersKey(b *testing.B) {
	from := whatIfSample(b, sampleEnv(b), sampleWhatIf(b, 1_000_000))
	press(from, "down", "down")
	p := whatIfCustomersSample(b, from.env, from)
	ids := []string{cmdMore, cmdMore, cmdLess, cmdLess}
	for i := 0; b.Loop(); i++ {
		p.Do(ids[i%len(ids)])
		p.View(120, 40)
	}
	p.Close()
}
