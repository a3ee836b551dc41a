package demo

import (
	"context"
	"math"
	"sync/atomic"

	"worth/internal/i18n"
)

const (
	// calibrateOver is how many customers are looked at to find the pace.
	calibrateOver = 200_000
	slowest       = 1.0 / 1024
	fastest       = 1024.0
)

// calibrate finds the pace, a factor on every customer's rate of ordering, at
// which the shop has the number of orders asked for. It counts the very orders
// that will be written, of all customers or of an even sample of a large shop.
func (s *shop) calibrate(ctx context.Context) (float64, error) {
	stride := (s.Customers + calibrateOver - 1) / calibrateOver
	sampled := (s.Customers + stride - 1) / stride
	target := times(float64(s.Orders)*(1-guestShare), float64(sampled)/float64(s.Customers))
	fewest, err := s.countVisits(ctx, slowest, stride)
	if err != nil {
		return 0, err
	}
	most, err := s.countVisits(ctx, fastest, stride)
	if err != nil {
		return 0, err
	}
	if target < float64(fewest) || target > float64(most) {
		all := float64(s.Customers) / float64(sampled) / (1 - guestShare)
		return 0, i18n.Errorf("%d customers cannot place %d orders; choose between about %d and %d orders, or another number of customers",
			s.Customers, s.Orders, int(math.Ceil(float64(fewest)*all)), int(float64(most)*all))
	}
	low, high := slowest, fastest
	for range 60 {
		pace := math.Sqrt(low * high)
		n, err := s.countVisits(ctx, pace, stride)
		if err != nil {
			return 0, err
		}
		if math.Abs(float64(n)-target) <= 0.0005*target {
			return pace, nil
		}
		if float64(n) < target {
			low = pace
		} else {
			high = pace
		}
	}
	return high, nil
}

// countVisits counts the orders of every stride-th customer at a pace.
func (s *shop) countVisits(ctx context.Context, pace float64, stride int) (int, error) {
	var total atomic.Int64
	err := s.eachChunk(ctx, func(from, to int) {
		var d dice
		n := 0
		for i := (from + stride - 1) / stride * stride; i < to; i += stride {
			s.life(i, pace, &d, func(int, int) { n++ })
		}
		total.Add(int64(n))
	})
	return int(total.Load()), err
}
