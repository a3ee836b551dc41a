package clv

import "context"

// MoneyGroup is a history that N customers have in common, with the sums of their
// mean spends.
type MoneyGroup struct {
	Group
	M  float64 // Σ m, each at least 0
	M2 float64 // Σ m²
}

// scales returns Σ (v+mx) and Σ (v+mx)².
func (g MoneyGroup) scales(v float64) (sum, squares float64) {
	n, x := float64(g.N), float64(g.X)
	return n*v + x*g.M, n*v*v + 2*v*x*g.M + x*x*g.M2
}

// OrderSums returns for each group the sum over its customers of the orders in the
// time t after the end of observation. It stops when ctx is done.
func OrderSums(ctx context.Context, p Purchases, groups []Group, t float64) ([]Sum, error) {
	slope, err := newSlope(p)
	if err != nil {
		return nil, err
	}
	spans := spansOf(len(groups), func(i int) History { return groups[i].History })
	ahead, err := spans.outlooks(ctx, func(h History) outlook {
		return outlook{
			mean: p.Expected(h, t), square: p.Factorial2(h, t),
			around: slope.around(func(p Purchases) float64 { return p.Expected(h, t) }),
		}.ofActive(p, slope, h)
	})
	if err != nil {
		return nil, err
	}
	sums := make([]Sum, len(groups))
	err = eachChunk(ctx, len(groups), 256, func(c chunk) {
		for i := c.lo; i < c.hi; i++ {
			f, n := ahead[spans.of[i]].ofCustomer(p, slope, groups[i].History), float64(groups[i].N)
			sum := Sum{N: groups[i].N, Mean: n * f.mean, Variance: n * max(0, f.square+f.mean-f.mean*f.mean)}
			for j, g := range slope.of(f.around) {
				sum.Gradient[j] = n * g
			}
			sums[i] = sum
		}
	})
	return sums, err
}

// ValueSums returns for each group the sum over its customers of lifetime value. It
// fails if the terms cannot be used or a customer's expected spend does not exist,
// and stops when ctx is done.
func ValueSums(ctx context.Context, p Purchases, s Spend, groups []MoneyGroup, terms Terms) ([]Sum, error) {
	if err := terms.Check(); err != nil {
		return nil, err
	}
	for _, g := range groups {
		if _, ok := s.meanFactor(g.X); !ok {
			return nil, s.noMean(g.X)
		}
	}
	slope, err := newSlope(p)
	if err != nil {
		return nil, err
	}
	present := terms.quadrature()
	spans := spansOf(len(groups), func(i int) History { return groups[i].History })
	ahead, err := spans.outlooks(ctx, func(h History) outlook {
		room := make([]float64, len(present.times))
		f := outlook{
			mean:   present.orders(p, h, room),
			around: slope.around(func(p Purchases) float64 { return present.orders(p, h, room) }),
		}
		if _, ok := s.squareFactor(h.X); ok {
			_, f.square = valueFactors(p, s, h, terms)
		}
		return f.ofActive(p, slope, h)
	})
	if err != nil {
		return nil, err
	}
	sums := make([]Sum, len(groups))
	err = eachChunk(ctx, len(groups), 64, func(c chunk) {
		for i := c.lo; i < c.hi; i++ {
			f := ahead[spans.of[i]].ofCustomer(p, slope, groups[i].History)
			sums[i] = valueSum(f, s, groups[i], terms.Margin, slope)
		}
	})
	return sums, err
}

// valueSum returns the sum of lifetime value over the customers of a group, of whom
// the outlook is discounted orders and the square of value per scale. With
// value = margin·p/(px+q−1)·(v+mx)·D, D the discounted orders, the derivatives by
// p, q and v are exact.
func valueSum(f outlook, s Spend, g MoneyGroup, margin float64, slope slope) Sum {
	scale, squares := g.scales(s.V)
	perOrder, _ := s.meanFactor(g.X)
	money := margin * perOrder * scale
	sum := Sum{N: g.N, Mean: money * f.mean}
	for j, d := range slope.of(f.around) {
		sum.Gradient[j] = money * d
	}
	left := s.shape(g.X) - 1
	sum.Gradient[4] = sum.Mean * (1/s.P - float64(g.X)/left)
	sum.Gradient[5] = -sum.Mean / left
	sum.Gradient[6] = margin * perOrder * f.mean * float64(g.N)
	if _, ok := s.squareFactor(g.X); ok {
		mean := margin * perOrder * f.mean
		sum.Variance = squares * (f.square - mean*mean)
	} else {
		sum.Endless = g.N
	}
	return sum
}

// outlook is what is expected of a customer: the mean of a quantity that only
// somebody active adds to, the mean of its square or of its pairs, and the first
// mean under the models around.
type outlook struct {
	mean, square float64
	around       [4][2]float64
}

// ofActive returns the outlook, of a customer with the history h, of somebody who is
// active for certain.
func (f outlook) ofActive(p Purchases, s slope, h History) outlook {
	return f.times(1/p.Alive(h), s.around(func(p Purchases) float64 { return 1 / p.Alive(h) }))
}

// ofCustomer returns the outlook, of somebody active, of a customer with the history h.
func (f outlook) ofCustomer(p Purchases, s slope, h History) outlook {
	return f.times(p.Alive(h), s.around(func(p Purchases) float64 { return p.Alive(h) }))
}

func (f outlook) times(factor float64, around [4][2]float64) outlook {
	f.mean *= factor
	f.square *= factor
	for j := range around {
		f.around[j][0] *= around[j][0]
		f.around[j][1] *= around[j][1]
	}
	return f
}

// spans are the distinct x and T of histories, on which alone the future of somebody
// active depends: a tenth of the histories or less.
type spans struct {
	list []History // of somebody who has just ordered
	of   []int32   // by history
}

// spansOf finds the spans of n histories.
func spansOf(n int, history func(i int) History) spans {
	s := spans{of: make([]int32, n)}
	known := map[History]int32{}
	for i := range s.of {
		h := history(i)
		h.TX = h.T
		span, seen := known[h]
		if !seen {
			span = int32(len(s.list)) //nolint:gosec // not more than customers
			known[h] = span
			s.list = append(s.list, h)
		}
		s.of[i] = span
	}
	return s
}

// outlooks returns one outlook for each span.
func (s spans) outlooks(ctx context.Context, outlookOf func(History) outlook) ([]outlook, error) {
	out := make([]outlook, len(s.list))
	err := eachChunk(ctx, len(out), 16, func(c chunk) {
		for i := c.lo; i < c.hi; i++ {
			out[i] = outlookOf(s.list[i])
		}
	})
	return out, err
}
