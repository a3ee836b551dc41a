package whatif

import (
	"context"
	"math"
	"slices"
)

// spreadBase is how value is spread at the baseline.
type spreadBase struct {
	spread     Spread
	thresholds [2]float64
	medians    []float64 // by segment
	tiers      []Tier    // by customer, in the order of people.order
}

// The shares of customers of the baseline that are in the top tier, and in it or the
// middle one.
const (
	topShare    = 0.2
	middleShare = 0.5
)

// tierOf returns the tier of a value.
func (b *spreadBase) tierOf(value float64) Tier {
	switch {
	case value >= b.thresholds[0]:
		return TierTop
	case value >= b.thresholds[1]:
		return TierMiddle
	default:
		return TierRest
	}
}

// Distribute returns how value is spread over all customers; about 50 ms for a million.
func (m *Model) Distribute(ctx context.Context, s Scenario) (Distribution, error) {
	p, err := m.planned(ctx, s, nil)
	if err != nil {
		return Distribution{}, err
	}
	before := m.before
	values, err := m.values(ctx, p.segments)
	if err != nil {
		return Distribution{}, err
	}
	arranged, medians, err := m.arranged(ctx, values)
	if err != nil {
		return Distribution{}, err
	}
	d := Distribution{Thresholds: before.thresholds, Baseline: before.spread}
	d.Scenario, err = spreadOf(ctx, values, arranged, before)
	if err != nil {
		return Distribution{}, err
	}
	moves := make([]moves, len(m.names))
	err = each(ctx, len(moves), 1, func(i, _, _ int) {
		c := m.people.cohorts[i]
		for j, value := range values[c.from:c.to] {
			moves[i][before.tiers[c.from+j]][before.tierOf(value)]++
		}
	})
	for i, name := range m.names {
		up, down := moves[i].addTo(&d.Moves)
		d.Segments = append(d.Segments, SegmentSpread{
			Scope: Scope(name), BaselineMedian: before.medians[i], ScenarioMedian: medians[i], Up: up, Down: down,
		})
	}
	return d, err
}

// moves are customers by tier at the baseline, then in the scenario.
type moves [tiers][tiers]int

// addTo adds moves to those of all and returns how many customers move to a better and to
// a worse tier.
func (m *moves) addTo(all *[tiers][tiers]int) (up, down int) {
	for from := range m {
		for to, n := range m[from] {
			all[from][to] += n
			switch {
			case to < from:
				up += n
			case to > from:
				down += n
			}
		}
	}
	return up, down
}

// spreadBefore returns how value is spread at the baseline.
func (m *Model) spreadBefore(ctx context.Context) (*spreadBase, error) {
	values, err := m.values(ctx, m.base)
	if err != nil {
		return nil, err
	}
	arranged, medians, err := m.arranged(ctx, values)
	if err != nil {
		return nil, err
	}
	before := &spreadBase{medians: medians, tiers: make([]Tier, len(values))}
	if n := len(values); n > 0 {
		before.thresholds = [2]float64{arranged[tierRank(topShare, n)], arranged[tierRank(middleShare, n)]}
	}
	if before.spread, err = spreadOf(ctx, values, arranged, before); err != nil {
		return nil, err
	}
	for i, value := range values {
		before.tiers[i] = before.tierOf(value)
	}
	return before, nil
}

// tierRank returns the ascending rank of the last of the most valuable share of n
// customers.
func tierRank(share float64, n int) int {
	return n - max(1, int(math.Ceil(share*float64(n)-1e-9)))
}

// values returns what every customer is worth, in the order of people.order.
func (m *Model) values(ctx context.Context, segments []terms) ([]float64, error) {
	value, err := m.engine.valuer(ctx, segments, true)
	if err != nil {
		return nil, err
	}
	credited, err := m.people.credited(ctx, segments)
	if err != nil {
		return nil, err
	}
	values := make([]float64, len(m.people.order))
	err = each(ctx, len(values), chunkSize, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			customer := int(m.people.order[i])
			values[i] = value(customer) + m.credit(segments, credited.column, customer)
		}
	})
	return values, err
}

// credit returns the weighted referral credit of a customer, given the column of credits.
func (m *Model) credit(segments []terms, column []float64, customer int) float64 {
	if column == nil {
		return 0
	}
	return segments[m.people.Segment[customer]].referral * column[customer]
}

// arranged returns values with those of spreadRanks in place, and the median of every
// segment.
func (m *Model) arranged(ctx context.Context, values []float64) (arranged, medians []float64, err error) {
	arranged, medians = slices.Clone(values), make([]float64, len(m.names))
	err = each(ctx, len(medians), 1, func(i, _, _ int) {
		medians[i] = median(arranged[m.people.cohorts[i].from:m.people.cohorts[i].to])
	})
	if err != nil {
		return nil, nil, err
	}
	arrange(arranged, spreadRanks(len(values)))
	return arranged, medians, stopped(ctx)
}

// spreadRanks returns the ranks a Spread and the tiers of n customers are made of.
func spreadRanks(n int) []int {
	if n == 0 {
		return nil
	}
	ranks := []int{tierRank(topShare, n), tierRank(middleShare, n)}
	for j := 1; j <= 9; j++ {
		q := quantileOf(float64(j)/10, n)
		ranks = append(ranks, q.rank, q.next(n), min(n-1, n-tenth(j, n)))
	}
	slices.Sort(ranks)
	return slices.Compact(ranks)
}

// tenth returns how many of n customers the first j tenths are.
func tenth(j, n int) int { return (n*j + 5) / 10 }

// piece is what a chunk of customers adds to a Spread.
type piece struct {
	classes    [10]float64 // Σ value by how many of the tenths' least values are not below
	counts     [10]int
	tiers      [tiers]int
	tierValues [tiers]float64
}

// spreadOf returns how values are spread; arranged are the same in another order.
func spreadOf(ctx context.Context, values, arranged []float64, tiered *spreadBase) (Spread, error) {
	n := len(values)
	if n == 0 {
		return Spread{}, nil
	}
	var s Spread
	var least [9]float64 // of the first tenth, of the first two, …
	for j := range least {
		s.Deciles[j] = quantileOf(float64(j+1)/10, n).of(arranged)
		least[j] = arranged[min(n-1, n-tenth(j+1, n))]
	}
	s.Median = s.Deciles[4]
	pieces := make([]piece, chunks(n, chunkSize))
	err := each(ctx, n, chunkSize, func(chunk, lo, hi int) {
		p := &pieces[chunk]
		for _, value := range values[lo:hi] {
			class := 0
			for _, v := range least {
				if value <= v {
					class++
				}
			}
			tier := tiered.tierOf(value)
			p.classes[class] += value
			p.counts[class]++
			p.tiers[tier]++
			p.tierValues[tier] += value
		}
	})
	var all piece
	for i := range pieces {
		all.add(&pieces[i])
	}
	for tier := range s.Tiers {
		s.Tiers[tier], s.TierValues[tier] = all.tiers[tier], all.tierValues[tier]
	}
	s.Tenths, s.Mean = all.tenths(least, n)
	return s, err
}

// add adds a piece.
func (p *piece) add(o *piece) {
	for i := range p.classes {
		p.classes[i] += o.classes[i]
		p.counts[i] += o.counts[i]
	}
	for i := range p.tiers {
		p.tiers[i] += o.tiers[i]
		p.tierValues[i] += o.tierValues[i]
	}
}

// tenths returns the sum of every tenth, the most valuable first, and the mean. Customers
// worth the least value of a tenth may belong to it or to the next: as many as it takes.
func (p *piece) tenths(least [9]float64, n int) (sums [10]float64, mean float64) {
	var above, last float64
	count := 0
	for j, value := range least {
		above += p.classes[j]
		count += p.counts[j]
		top := above + float64(tenth(j+1, n)-count)*value
		sums[j], last = top-last, top
	}
	above += p.classes[len(least)]
	sums[len(least)] = above - last
	return sums, above / float64(n)
}
