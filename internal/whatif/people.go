package whatif

import (
	"math"

	"worth/internal/i18n"
)

// people are the customers of a Model and what is known of each segment of them.
type people struct {
	Customers
	cohorts []cohort
	order   []int32 // customers by segment, in their own order within
	credits credits // of the baseline
	mouth   *mouth  // nil if nothing is known of referrals
}

// cohort are the customers of a segment, added up.
type cohort struct {
	from, to       int // in people.order
	historic, cost float64
	paid           int // customers with a known cost
}

// newPeople adds customers up by segment. It fails if a column does not fit.
func newPeople(in Customers, segments int) (*people, error) {
	p := &people{Customers: in, cohorts: make([]cohort, segments), credits: credits{in.Referral, make([]float64, segments), 0}}
	if err := p.check(); err != nil {
		return nil, err
	}
	for _, s := range in.Segment {
		p.cohorts[s].to++
	}
	from := 0
	for i := range p.cohorts {
		c := &p.cohorts[i]
		c.from, c.to, from = from, from, from+c.to
	}
	p.order = make([]int32, len(in.Segment))
	for i, s := range in.Segment {
		c := &p.cohorts[s]
		p.order[c.to] = int32(i)
		c.to++
		c.historic += at(in.Historic, i)
		p.credits.segments[s] += at(in.Referral, i)
		if in.Cost != nil && !math.IsNaN(in.Cost[i]) {
			c.cost += in.Cost[i]
			c.paid++
		}
	}
	if p.mouth = newMouth(p); p.mouth != nil {
		for _, credit := range p.credits.segments {
			p.credits.beyond -= credit
		}
	}
	return p, nil
}

// assumed returns the assumptions about word of mouth at the baseline.
func (p *people) assumed() assumed {
	if p.mouth == nil {
		return assumed{window: Unlimited}
	}
	return p.mouth.base
}

// fixed says why a lever of word of mouth cannot be moved, for a segment or everyone;
// nothing if it can, or is none.
func (p *people) fixed(l Lever, segment bool) string {
	switch {
	case l == Referral && p.Referral == nil && p.mouth == nil, l.Chained() && p.mouth == nil:
		return i18n.T("no referral is known")
	case l == Window && p.mouth.Within == nil:
		return i18n.T("what was bought when is not known")
	case l.Chained() && segment:
		return i18n.T("one for everyone, as chains cross segments")
	}
	return ""
}

// check returns a sentence on a column that cannot be used.
func (p *people) check() error {
	n := len(p.Segment)
	if n > math.MaxInt32 {
		return i18n.Errorf("%d customers are more than a scenario can hold", n)
	}
	for i, s := range p.Segment {
		if int(s) >= len(p.cohorts) {
			return i18n.Errorf("customer %d is in segment %d of %d", i, int(s), len(p.cohorts))
		}
	}
	for _, column := range []struct {
		name   string
		values []float64
		gaps   bool // NaN is allowed
	}{{i18n.T("value so far"), p.Historic, false}, {i18n.T("referral credit"), p.Referral, false}, {i18n.T("acquisition cost"), p.Cost, true}} {
		if column.values == nil {
			continue
		}
		if err := checkColumn(column.name, column.values, n, column.gaps); err != nil {
			return err
		}
	}
	if p.Referrals == nil {
		return nil
	}
	return p.Referrals.Params.Check()
}

// mostMoney bounds amounts, so that no sum is infinite.
const mostMoney = 1e15

// checkColumn returns a sentence if a column is not one finite amount for each of n
// customers; with gaps, amounts may be NaN.
func checkColumn(name string, values []float64, n int, gaps bool) error {
	if len(values) != n {
		return i18n.Errorf("the column %s has %d values for %d customers", name, len(values), n)
	}
	for i, v := range values {
		if !(math.Abs(v) <= mostMoney) && !(gaps && math.IsNaN(v)) {
			return i18n.Errorf("the %s of customer %d, %g, cannot be used", name, i, v)
		}
	}
	return nil
}

// at returns element i of a column that may not be there.
func at(column []float64, i int) float64 {
	if column == nil {
		return 0
	}
	return column[i]
}

// customers returns how many customers a segment has.
func (p *people) customers(segment int) int { return p.cohorts[segment].to - p.cohorts[segment].from }

// cac returns the mean cost of acquiring a segment's customers: where none is known that
// of all customers, or else otherwise. n is how many of the segment's are known.
func (p *people) cac(segment int, otherwise float64) (cac float64, n int) {
	if c := p.cohorts[segment]; c.paid > 0 {
		return c.cost / float64(c.paid), c.paid
	}
	var all cohort
	for _, c := range p.cohorts {
		all.cost += c.cost
		all.paid += c.paid
	}
	if all.paid > 0 {
		return all.cost / float64(all.paid), 0
	}
	return otherwise, 0
}
