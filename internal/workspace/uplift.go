package workspace

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// moments are a sample by its size, its sum and the sum of its squares.
type moments struct {
	n            int64
	sum, squares float64
}

func (m *moments) add(o moments) {
	m.n += o.n
	m.sum += o.sum
	m.squares += o.squares
}

// mean returns the mean; nil of nobody.
func (m moments) mean() *float64 { return ratio(m.sum, float64(m.n)) }

// variance returns the sample variance, at least two being there.
func (m moments) variance() float64 {
	n := float64(m.n)
	return max(0, (m.squares-m.sum*m.sum/n)/(n-1))
}

// studentReach is how far 95 % of a t distribution reach to either side.
func studentReach(freedom float64) float64 {
	const upper = 0.975
	return distuv.StudentsT{Sigma: 1, Nu: freedom}.Quantile(upper)
}

// spread puts the ends of an interval around an estimate.
func (e *Estimate) spread(reach float64) {
	low, high := *e.Estimate-reach, *e.Estimate+reach
	e.Low, e.High = &low, &high
}

// pairedMean returns a mean with its t interval. Its ends are nil for fewer than two,
// and for values that are all equal, which tell nothing of chance.
func pairedMean(m moments) Estimate {
	e := Estimate{Estimate: m.mean(), N: m.n}
	if m.n >= 2 && m.variance() > 0 {
		e.spread(studentReach(float64(m.n-1)) * math.Sqrt(m.variance()/float64(m.n)))
	}
	return e
}

// welch returns the difference of two means, a − b, with Welch's interval: the arms
// may differ in size and in variance. Its ends are nil for fewer than two in an arm,
// and for values that are all equal in both, which tell nothing of chance.
func welch(a, b moments) Estimate {
	e := Estimate{N: a.n + b.n}
	if a.n == 0 || b.n == 0 {
		return e
	}
	difference := *a.mean() - *b.mean()
	e.Estimate = &difference
	if a.n < 2 || b.n < 2 {
		return e
	}
	va, vb := a.variance()/float64(a.n), b.variance()/float64(b.n)
	if va+vb == 0 {
		return e
	}
	freedom := (va + vb) * (va + vb) / (va*va/float64(a.n-1) + vb*vb/float64(b.n-1))
	e.spread(studentReach(freedom) * math.Sqrt(va+vb))
	return e
}

// newcombe returns the difference of two shares, a of na less b of nb, with
// Newcombe's interval, which is made of Wilson's of either.
func newcombe(a, na, b, nb int64) Estimate {
	e := Estimate{N: na + nb}
	if na == 0 || nb == 0 {
		return e
	}
	p, q := share(a, na), share(b, nb)
	difference := *p.Estimate - *q.Estimate
	below := math.Hypot(*p.Estimate-*p.Low, *q.High-*q.Estimate)
	above := math.Hypot(*p.High-*p.Estimate, *q.Estimate-*q.Low)
	low, high := difference-below, difference+above
	e.Estimate, e.Low, e.High = &difference, &low, &high
	return e
}

// times returns an estimate of a multiple, less a constant.
func (e Estimate) times(factor, less float64) Estimate {
	out := Estimate{N: e.N}
	for _, end := range []struct{ from, to **float64 }{{&e.Estimate, &out.Estimate}, {&e.Low, &out.Low}, {&e.High, &out.High}} {
		if *end.from != nil {
			v := **end.from*factor - less
			*end.to = &v
		}
	}
	return out
}
