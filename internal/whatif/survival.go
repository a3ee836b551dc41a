package whatif

import (
	"context"
	"math"

	"worth/internal/clv"
)

// survival computes the probability that somebody active today is still active later.
// It depends on x and T alone and, at each x, smoothly on the logarithm of α+T (or β+T):
// it is computed at a few T and a polynomial through these gives the others. That is
// what makes solving for a retention quick, for the integral behind it is costly.
type survival struct {
	samples []clv.History // where it is computed
	runs    []run         // by x
}

// run are the spans of one x: from lo to hi, with their samples from first on.
type run struct {
	lo, hi, first int
	basis         [][]float64 // weights of the samples, by span; nil if every span is a sample
}

// newSurvival plans for spans, which are sorted by x and then by T.
func newSurvival(p clv.Purchases, spans []clv.Group) survival {
	c := p.Params()[1] // α
	if p.Model() == clv.ParetoNBD {
		c = p.Params()[3] // β
	}
	var s survival
	for lo := 0; lo < len(spans); {
		hi := lo
		for hi < len(spans) && spans[hi].X == spans[lo].X {
			hi++
		}
		s.add(spans, lo, hi, c)
		lo = hi
	}
	return s
}

// add plans for the spans lo..hi, which have one x.
func (s *survival) add(spans []clv.Group, lo, hi int, c float64) {
	r := run{lo: lo, hi: hi, first: len(s.samples)}
	least, most := spans[lo].T, spans[hi-1].T
	width := math.Log((c + most) / (c + least))
	n := 16 + int(10*width)
	if hi-lo <= n+1 {
		for _, span := range spans[lo:hi] {
			s.samples = append(s.samples, span.History)
		}
		s.runs = append(s.runs, r)
		return
	}
	at := make([]float64, n+1) // Chebyshev points on 0..1
	for j := range at {
		at[j] = (1 - math.Cos(math.Pi*float64(j)/float64(n))) / 2
		t := math.Max(0, (c+least)*math.Exp(at[j]*width)-c)
		s.samples = append(s.samples, clv.History{X: spans[lo].X, TX: t, T: t})
	}
	for _, span := range spans[lo:hi] {
		r.basis = append(r.basis, barycentric(at, math.Log((c+span.T)/(c+least))/width))
	}
	s.runs = append(s.runs, r)
}

// barycentric returns the weights under which values at the Chebyshev points at give the
// value of the polynomial through them at u.
func barycentric(at []float64, u float64) []float64 {
	weights := make([]float64, len(at))
	var sum float64
	for j, v := range at {
		if u == v {
			clear(weights)
			weights[j] = 1
			return weights
		}
		w := 1 / (u - v)
		if j%2 == 1 {
			w = -w
		}
		if j == 0 || j == len(at)-1 {
			w /= 2
		}
		weights[j] = w
		sum += w
	}
	for j := range weights {
		weights[j] /= sum
	}
	return weights
}

// at sets dst to the probabilities of being active after each of times, span by span.
func (s survival) at(ctx context.Context, p clv.Purchases, times []float64, dst []float64) error {
	k := len(times)
	known := make([]float64, k*len(s.samples))
	err := each(ctx, len(s.samples), 16, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			active := p.Alive(s.samples[i])
			for j, t := range times {
				known[i*k+j] = p.AliveAfter(s.samples[i], t) / active
			}
		}
	})
	if err != nil {
		return err
	}
	return each(ctx, len(s.runs), 1, func(i, _, _ int) { s.runs[i].fill(dst, known, k) })
}

// fill gives the spans of a run what the samples say, k values each.
func (r run) fill(dst, known []float64, k int) {
	if r.basis == nil {
		copy(dst[r.lo*k:r.hi*k], known[r.first*k:])
		return
	}
	for i, basis := range r.basis {
		to := dst[(r.lo+i)*k:][:k]
		clear(to)
		for j, w := range basis {
			for l, v := range known[(r.first+j)*k:][:k] {
				to[l] += w * v
			}
		}
		for l, v := range to {
			to[l] = math.Min(1, math.Max(0, v))
		}
	}
}
