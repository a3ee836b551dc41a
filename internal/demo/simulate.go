package demo

import (
	"context"
	"math"
	"sync"
	"sync/atomic"
)

// chunk is how many customers are simulated at a time.
const chunk = 4096

// eachChunk calls work for ranges [from, to) that cover all customers, from
// several goroutines, until ctx ends.
func (s *shop) eachChunk(ctx context.Context, work func(from, to int)) error {
	var next atomic.Int64
	var group sync.WaitGroup
	for range workers() {
		group.Go(func() {
			for ctx.Err() == nil {
				from := int(next.Add(chunk)) - chunk
				if from >= s.Customers {
					return
				}
				work(from, min(from+chunk, s.Customers))
			}
		})
	}
	group.Wait()
	return ctx.Err()
}

// tally is what one goroutine finds out about its chunks.
type tally struct {
	months   [][]uint64
	arrivals [][]int
}

func newTally(months int) *tally {
	t := &tally{months: make([][]uint64, months), arrivals: make([][]int, months)}
	for m := range t.arrivals {
		t.arrivals[m] = make([]int, channelCount)
	}
	return t
}

// simulate lets every customer live, and guests come by. It fills what writing
// the orders needs.
func (s *shop) simulate(ctx context.Context, report func(thousandths int)) error {
	s.people = make([]trait, s.Customers)
	sum := newTally(len(s.cal.months))
	var done int
	var mu sync.Mutex
	err := s.eachChunk(ctx, func(from, to int) {
		t := newTally(len(s.cal.months))
		var d, side dice
		for i := from; i < to; i++ {
			s.people[i] = s.traitOf(i)
			s.record(i, t, &d, &side)
		}
		mu.Lock()
		defer mu.Unlock()
		sum.add(t)
		done += to - from
		report(50 + 200*done/s.Customers)
	})
	if err != nil {
		return err
	}
	s.months, s.arrivals = sum.months, sum.arrivals
	for _, keys := range s.months {
		s.orders += len(keys)
	}
	s.guests(int(math.Round(float64(s.orders) * guestShare / (1 - guestShare))))
	s.growForest()
	return nil
}

// add puts the findings of t into sum. The order of additions does not show:
// keys are sorted before they are written.
func (sum *tally) add(t *tally) {
	for m := range t.months {
		sum.months[m] = append(sum.months[m], t.months[m]...)
		for c, n := range t.arrivals[m] {
			sum.arrivals[m][c] += n
		}
	}
}

// record notes the orders of customer i in t.
func (s *shop) record(i int, t *tally, d, side *dice) {
	side.reseed(s.Seed, streamVisit, i)
	home := side.weighted(homeCum)
	s.life(i, 1, d, func(day, kind int) {
		channel := home
		if side.chance(0.2) {
			channel = side.weighted(homeCum)
		}
		if channel == channelPOS && (kind == kindAttempt || s.cal.weekday[day] == 0) {
			channel = channelWeb // stores are closed on Sundays and do not hold unpaid baskets
		}
		m := s.cal.month[day]
		if kind == kindFirst {
			t.arrivals[m][channel]++
		}
		t.months[m] = append(t.months[m], orderKey(s.cal.moment(side, day, channel), i, kind, channel))
	})
}

// homeCum weighs the channels by how many customers are at home there.
var homeCum = runningTotal([]int{channelWeb: 54, channelApp: 29, channelPOS: 17})

// guests adds n orders of people who left no id.
func (s *shop) guests(n int) {
	var d dice
	d.reseed(s.Seed, streamGuest, 0)
	for range n {
		day := s.cal.day(times(d.unit(), float64(s.cal.days)))
		channel := channelWeb
		if s.cal.weekday[day] != 0 && d.chance(0.4) {
			channel = channelPOS
		}
		m := s.cal.month[day]
		s.months[m] = append(s.months[m], orderKey(s.cal.moment(&d, day, channel), guest, 0, channel))
	}
	s.orders += n
}

// traitOf draws what the orders of customer i share.
func (s *shop) traitOf(i int) trait {
	var d dice
	d.reseed(s.Seed, streamSpend, i)
	return trait{spend: float32(s.truth.V / d.gamma(s.truth.Q)), country: s.countryOf(i)}
}
