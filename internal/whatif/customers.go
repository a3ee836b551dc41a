package whatif

import (
	"context"
	"math"
	"slices"

	"worth/internal/i18n"
)

// Movers returns the customers who are in one tier at the baseline and in another in the
// scenario, in their own order.
func (m *Model) Movers(ctx context.Context, s Scenario, from, to Tier) ([]int32, error) {
	p, err := m.planned(ctx, s, nil)
	if err != nil {
		return nil, err
	}
	values, err := m.values(ctx, p.segments)
	if err != nil {
		return nil, err
	}
	var movers []int32
	for i, value := range values {
		if m.before.tiers[i] == from && m.before.tierOf(value) == to {
			movers = append(movers, m.people.order[i])
		}
	}
	slices.Sort(movers)
	return movers, stopped(ctx)
}

// Members returns the customers of a scope, in their own order; nobody for a segment that
// is not there.
func (m *Model) Members(scope Scope) []int32 {
	members := slices.Clone(m.people.order)
	if scope == Everyone {
		slices.Sort(members)
		return members
	}
	i, ok := m.index(scope)
	if !ok {
		return nil
	}
	return members[m.people.cohorts[i].from:m.people.cohorts[i].to]
}

// Rows returns the given customers – the visible ones – under a scenario, in the order
// given. By formula a customer is worth the mean of the segment. It fails if there is no
// such customer.
func (m *Model) Rows(ctx context.Context, s Scenario, customers []int32) ([]Row, error) {
	p, err := m.planned(ctx, s, nil)
	if err != nil {
		return nil, err
	}
	baseline, err := m.engine.valuer(ctx, m.base, false)
	if err != nil {
		return nil, err
	}
	scenario, err := m.engine.valuer(ctx, p.segments, false)
	if err != nil {
		return nil, err
	}
	before, after, err := m.columns(ctx, p)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(customers))
	for i, customer := range customers {
		c := int(customer)
		if c < 0 || c >= len(m.people.Segment) {
			return nil, i18n.Errorf("there is no customer %d among %d", c, len(m.people.Segment))
		}
		row := Row{Customer: customer, Segment: Scope(m.names[m.people.Segment[c]]), Historic: at(m.people.Historic, c), Cost: at(m.people.Cost, c)}
		if math.IsNaN(row.Cost) {
			row.Cost = 0
		}
		row.Baseline = parts(baseline(c), m.credit(m.base, before, c))
		row.Scenario = parts(scenario(c), m.credit(p.segments, after, c))
		row.BaselineTier, row.ScenarioTier = m.before.tierOf(row.Baseline.Value), m.before.tierOf(row.Scenario.Value)
		rows[i] = row
	}
	return rows, nil
}

// columns returns the columns of referral credit at the baseline and in a plan.
func (m *Model) columns(ctx context.Context, p plan) (before, after []float64, err error) {
	c, err := m.people.credited(ctx, p.scopes())
	return m.people.credits.column, c.column, err
}

// parts returns the value of its parts. No referrals at all, weighed, may be -0, which
// adding 0 makes 0.
func parts(predicted, referral float64) Parts {
	predicted, referral = predicted+0, referral+0
	return Parts{Value: predicted + referral, Predicted: predicted, Referral: referral}
}
