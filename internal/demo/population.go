package demo

import "math"

const (
	// growth is how much denser newcomers are at the end than at the start, less 1.
	growth = 0.7
	// maxRepeats bounds one customer's repeat orders.
	maxRepeats = 5000
	// attemptShare is the chance that an order follows one that came to nothing:
	// unpaid, cancelled or sent back whole. These come on top of the model.
	attemptShare = 0.055
	// guestShare is the share of orders nobody can be named for.
	guestShare = 0.015
	// secondAccountShare is the share of customers whose app orders run under
	// another id.
	secondAccountShare = 0.01
)

// visit kinds, kept in the low bits of an order key above the channel.
const (
	kindFirst   = 1 << 2
	kindAttempt = 1 << 3
	kindUplift  = 1 << 4

	customerShift = 6
	customerBits  = 30
	secondShift   = customerShift + customerBits
	guest         = 1<<customerBits - 1
)

// orderKey packs an order so that keys sort by time: the second, the customer,
// the kind and the channel.
func orderKey(second, customer, kind, channel int) uint64 {
	return uint64(second)<<secondShift | uint64(customer)<<customerShift | uint64(kind|channel) //nolint:gosec // all small and positive
}

// joined is the share of customers who have joined by the share x of the time.
func joined(x float64) float64 { return (x + times(growth/2, times(x, x))) / (1 + growth/2) }

// joinTime is the operational time of customer i's first order. Customers are
// numbered as they join. d must stand at the start of the customer's life.
func (s *shop) joinTime(i int, d *dice) float64 {
	share := (float64(i) + d.unit()) / float64(s.Customers)
	x := (math.Sqrt(1+times(times(2*growth, share), 1+growth/2)) - 1) / growth
	return times(min(x, 1-0x1p-40), float64(s.cal.days))
}

// joinDay is the day of customer i's first order.
func (s *shop) joinDay(i int) int {
	var d dice
	d.reseed(s.Seed, streamLife, i)
	return s.cal.day(s.joinTime(i, &d))
}

// life tells visit every order of customer i, at the given pace of the truth.
// Numbers are drawn in an order that does not depend on the pace, so that more
// pace never means fewer orders that count.
func (s *shop) life(i int, pace float64, d *dice, visit func(day, kind int)) {
	d.reseed(s.Seed, streamLife, i)
	now, horizon := s.joinTime(i, d), float64(s.cal.days)
	rate := times(d.gamma(s.truth.R), pace) / s.truth.Alpha
	leave := d.beta(s.truth.A, s.truth.B)
	join, kind := now, kindFirst
	for n := 0; n <= maxRepeats && now < horizon; n++ {
		day := s.cal.day(now)
		visit(day, kind)
		if d.chance(attemptShare) {
			visit(max(day-d.below(3), 0), kindAttempt)
		}
		if kind == 0 && d.chance(leave) {
			break
		}
		kind = 0
		now += d.exponential() / rate
	}
	s.upliftVisits(i, join, now, d, visit)
}

// upliftVisits tells visit the orders a treated customer, active between two
// operational times, places only because of a campaign.
func (s *shop) upliftVisits(i int, join, until float64, d *dice, visit func(day, kind int)) {
	for c := range s.campaigns {
		camp := &s.campaigns[c]
		if join >= s.cal.busy[camp.fromDay] || until < s.cal.busy[camp.fromDay] || s.arm(c, i) != armTreated {
			continue
		}
		d.reseed(s.Seed, streamUplift, i*len(s.campaigns)+c)
		if d.chance(s.truth.Uplift) {
			visit(camp.fromDay+d.below(camp.toDay-camp.fromDay+1), kindUplift)
		}
	}
}
