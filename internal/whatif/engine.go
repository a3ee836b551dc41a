package whatif

import "context"

// engine values segments in one of the modes. Scopes are numbers: a segment's index, or
// the number of segments for everyone.
type engine interface {
	mode() Mode
	// base returns the terms of every segment at the baseline.
	base() []terms
	// ends returns the least and the most retention and lifetime of a scope.
	ends(scope int) ends
	// counts returns what the estimates of a scope rest on.
	counts(scope int) Counts
	// off says why a lever does nothing, or nothing.
	off(l Lever) string
	// known and solve return the factor on the parameter of leaving for a retention.
	known(t target) (float64, bool)
	solve(ctx context.Context, t target) (float64, error)
	// ready reports whether what a plan needs is computed; prepare computes it.
	ready(p plan) bool
	prepare(ctx context.Context, p plan, progress Progress) error
	// sums returns what the segments come to.
	sums(ctx context.Context, segments []terms) ([]sums, error)
	// retained returns the retention of a scope under a factor.
	retained(ctx context.Context, scope int, factor float64) (float64, error)
	// lifetime returns the lifetime in years of a scope under a factor and the retention
	// that goes with it.
	lifetime(scope int, retention, factor float64) float64
	// valuer returns what single customers come to; tabled if many are asked for.
	valuer(ctx context.Context, segments []terms, tabled bool) (valuer, error)
	// unvalued returns how many customers have no expected spend.
	unvalued() int
}

// valuer returns what a customer is worth but for referral credit.
type valuer func(customer int) float64

// sums are what a segment comes to, in quantities that add up.
type sums struct {
	customers        int
	predicted        float64 // Σ value but for referral credit
	referral         float64 // Σ weighted referral credit
	upkeep           float64 // Σ upkeep subtracted in predicted
	gross            float64 // Σ value before acquisition
	acquiring        float64 // Σ cost of acquiring
	orders, spend    float64 // expected in 12 months
	active, retained float64 // customers active today, and those of them in 12 months
	profit           float64 // Σ spend·margin
	yearly           float64 // Σ upkeep of a year
}

// add adds a segment.
func (s *sums) add(o sums) {
	s.customers += o.customers
	s.predicted += o.predicted
	s.referral += o.referral
	s.upkeep += o.upkeep
	s.gross += o.gross
	s.acquiring += o.acquiring
	s.orders += o.orders
	s.spend += o.spend
	s.active += o.active
	s.retained += o.retained
	s.profit += o.profit
	s.yearly += o.yearly
}

// with returns the sums with the referral credit of people who are no customers. Where
// that of everybody weighs the same it sums to nothing, to the last bit.
func (s sums) with(beyond float64, even bool) sums {
	credit := s.referral + beyond
	if even {
		credit = 0
	}
	s.gross += credit - s.referral
	s.referral = credit
	return s
}

// value returns Σ value.
func (s sums) value() float64 { return s.predicted + s.referral }

// figures returns the figures of sums; all is the value of all segments.
func (s sums) figures(all float64) Figures {
	n := float64(s.customers)
	return Figures{
		Value: s.value(), Mean: over(s.value(), n), Share: over(s.value(), all),
		Referral: s.referral, Upkeep: s.upkeep,
		Orders: over(s.orders, n), AOV: over(s.spend, s.orders), Retention: max(0, over(s.retained, s.active)),
		CAC: over(s.acquiring, n), Gross: over(s.gross, n),
	}
}

// over returns a/b, 0 if b is.
func over(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// total adds up segments.
func total(segments []sums) sums {
	var all sums
	for _, s := range segments {
		all.add(s)
	}
	return all
}
