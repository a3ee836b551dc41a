package demo

import (
	"context"
	"fmt"
	"slices"
	"time"
)

const (
	// referredShare is the share of customers somebody brought in.
	referredShare = 0.18
	// dynasty is how many generations one family of referrals has at least,
	// whatever the size of the shop.
	dynasty = 7
	// staffBase marks a parent who is a member of staff, not a customer.
	staffBase = 1 << 31
	staffSize = 8
)

// growForest settles who brought in whom. In parents, 0 is nobody, n a customer
// with index n−1, staffBase+n a member of staff. Parents come before their
// children in time, so it is a forest; the dirt of real referral files is added
// only to the file.
func (s *shop) growForest() {
	s.parents = make([]uint32, s.Customers)
	var d dice
	d.reseed(s.Seed, streamForest, 0)
	var referred []uint32
	for i := 3; i < s.Customers; i++ {
		if !d.chance(referredShare) {
			continue
		}
		var parent int
		switch n := len(referred); {
		case n == 0:
			parent = d.below(i)
		case n < dynasty:
			parent = int(referred[n-1])
		case d.chance(0.05):
			s.parents[i] = uint32(staffBase + d.below(staffSize)) //nolint:gosec // fits
			continue
		case d.chance(0.45):
			parent = int(referred[d.below(n)])
		default: // earlier customers had more time to advocate
			x := d.unit()
			parent = int(times(times(x, x), float64(i)))
		}
		s.parents[i] = uint32(parent + 1) //nolint:gosec // below 1<<30
		referred = append(referred, uint32(i))
	}
}

// referrer is the id of who brought the customer in, empty for nobody.
func (s *shop) referrer(customer int) string {
	switch p := s.parents[customer]; {
	case p == 0:
		return ""
	case p >= staffBase:
		return fmt.Sprintf("staff-%02d", p-staffBase+1)
	default:
		return s.customerID(int(p) - 1)
	}
}

// friendCoupon is the code a referred customer enters with the first order.
func (s *shop) friendCoupon(customer int) string { return "FRIEND-" + s.referrer(customer) }

const referralHeader = "Referrer Customer ID,Referred Customer ID,Referral Date,Status,Reward,Referrer Kind\n"

// Who brings in customers: customers do, and so do the people in the stores.
const (
	referrerCustomer = "customer"
	referrerStaff    = "staff"
)

// writeReferrals writes referrals.csv: the forest, then the dirt.
func (s *shop) writeReferrals(ctx context.Context, e *export) {
	var d dice
	for i, p := range s.parents {
		if i%chunk == 0 && ctx.Err() != nil {
			return
		}
		if p == 0 {
			continue
		}
		d.reseed(s.Seed, streamForest, i+1)
		status, reward := "completed", 500+500*d.below(3)
		if d.chance(0.02) {
			status, reward = "pending", 0
		}
		date := s.cal.start.AddDate(0, 0, s.joinDay(i)-d.below(4))
		kind := referrerCustomer
		if p >= staffBase {
			kind = referrerStaff
		}
		s.referral(e, s.referrer(i), s.customerID(i), date, status, reward, kind)
	}
	s.referralDirt(e)
}

// referralDirt adds what real referral files hold and a forest must not: people
// who refer themselves, a circle of three, referrers nobody knows, and second
// claims to a customer, one of them rejected.
func (s *shop) referralDirt(e *export) {
	var d dice
	d.reseed(s.Seed, streamDirt, 0)
	roots := s.loneCustomers(&d, 9)
	day := func(i int) time.Time { return s.cal.start.AddDate(0, 0, s.joinDay(i)) }
	for _, i := range roots[:3] {
		s.referral(e, s.customerID(i), s.customerID(i), day(i), "completed", 500, referrerCustomer)
	}
	for k := range 3 {
		from, to := roots[3+k], roots[3+(k+1)%3]
		s.referral(e, s.customerID(from), s.customerID(to), day(to), "completed", 500, referrerCustomer)
	}
	for k, i := range roots[6:8] {
		s.referral(e, fmt.Sprintf("c-9%0*d", s.idWidth, 4711+k), s.customerID(i), day(i), "completed", 500, referrerCustomer)
	}
	s.referral(e, s.customerID(roots[8]), s.customerID(s.anyReferred(&d)), s.cal.start.AddDate(0, 0, s.cal.days-1), "rejected", 0, referrerCustomer)
	s.referral(e, s.customerID(roots[0]), s.customerID(s.anyReferred(&d)), s.cal.start.AddDate(0, 0, s.cal.days-1), "completed", 500, referrerCustomer)
}

// loneCustomers draws n different customers nobody brought in.
func (s *shop) loneCustomers(d *dice, n int) []int {
	var found []int
	for at := d.below(s.Customers); len(found) < n; at = (at + 1 + d.below(7)) % s.Customers {
		if s.parents[at] == 0 && !slices.Contains(found, at) {
			found = append(found, at)
		}
	}
	return found
}

// anyReferred draws a customer somebody brought in.
func (s *shop) anyReferred(d *dice) int {
	at := d.below(s.Customers)
	for s.parents[at] == 0 {
		at = (at + 1) % s.Customers
	}
	return at
}

func (s *shop) referral(e *export, referrer, referred string, date time.Time, status string, reward int, kind string) {
	e.text(referrer, ',').text(referred, ',').text(date.Format(time.DateOnly), ',').text(status, ',').money(reward, ',').text(kind, '\n')
}
