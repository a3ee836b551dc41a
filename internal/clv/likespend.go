package clv

import (
	"context"
	"math"
	"slices"
)

// spendPoint is a place in the space of ln p, ln q, ln v.
type spendPoint [3]float64

// spend returns the parameters at a point.
func (at spendPoint) spend() Spend {
	return Spend{P: math.Exp(at[0]), Q: math.Exp(at[1]), V: math.Exp(at[2])}
}

// plus returns the point reached by length times step, kept within bounds.
func (at spendPoint) plus(step spendPoint, length float64) spendPoint {
	for i := range at {
		at[i] = math.Max(-maxLogParam, math.Min(maxLogParam, at[i]+length*step[i]))
	}
	return at
}

// largest returns the largest absolute component.
func (at spendPoint) largest() float64 {
	return math.Max(math.Abs(at[0]), math.Max(math.Abs(at[1]), math.Abs(at[2])))
}

// spendSlope is the log-likelihood at a point with its derivatives by p, q and v.
type spendSlope struct {
	value    float64
	gradient [3]float64
	hessian  [3][3]float64
}

// spendLikelihood is the data of a spend fit, arranged so that a customer costs one
// logarithm and one division per evaluation: gamma functions are taken once per
// distinct x.
type spendLikelihood struct {
	classes []spendClass
	totals  []float64 // x·m, by class
	weights []float64 // customers, by class
	chunks  []spendChunk
}

// spendClass holds the customers with the same x.
type spendClass struct {
	x     float64
	n     float64 // customers
	logMX float64 // Σ ln(m·x)
	logM  float64 // Σ ln m
}

// spendChunk is a range of totals within one class.
type spendChunk struct {
	chunk
	class int
}

// spendSums are the sums over customers of one class that change with v.
type spendSums struct{ log, inverse, square float64 }

// spendChunkSize bounds what one task sums.
const spendChunkSize = 16384

// newSpendLikelihood sorts the usable groups into classes of equal x, keeping
// their order within a class.
func newSpendLikelihood(groups []SpendGroup) *spendLikelihood {
	xs := distinctX(groups)
	class := make(map[int]int, len(xs))
	for i, x := range xs {
		class[x] = i
	}
	next := make([]int, len(xs)+1)
	for _, g := range groups {
		if g.usable() {
			next[class[g.X]+1]++
		}
	}
	for i := range xs {
		next[i+1] += next[i]
	}
	ends := slices.Clone(next[1:])
	l := &spendLikelihood{
		classes: make([]spendClass, len(xs)),
		totals:  make([]float64, next[len(xs)]),
		weights: make([]float64, next[len(xs)]),
	}
	for _, g := range groups {
		if g.usable() {
			l.place(g, class[g.X], next)
		}
	}
	lo := 0
	for i, end := range ends {
		for _, c := range chunksOf(end-lo, spendChunkSize) {
			l.chunks = append(l.chunks, spendChunk{chunk{lo + c.lo, lo + c.hi}, i})
		}
		lo = end
	}
	return l
}

// place puts a group where the next of its class goes.
func (l *spendLikelihood) place(g SpendGroup, class int, next []int) {
	c, n, i := &l.classes[class], float64(g.N), next[class]
	next[class]++
	c.x = float64(g.X)
	c.n += n
	c.logM += n * math.Log(g.M)
	c.logMX += n * math.Log(g.M*c.x)
	l.totals[i], l.weights[i] = g.M*c.x, n
}

// at returns the log-likelihood and its derivatives (note 025, equation 4, and
// what follows from it).
func (l *spendLikelihood) at(ctx context.Context, s Spend) (spendSlope, error) {
	parts := make([]spendSums, len(l.chunks))
	err := eachTask(ctx, len(l.chunks), func(task int) {
		c := l.chunks[task]
		parts[task] = sumSpend(l.totals[c.lo:c.hi], l.weights[c.lo:c.hi], s.V)
	})
	if err != nil {
		return spendSlope{}, err
	}
	sums := make([]spendSums, len(l.classes))
	for i, c := range l.chunks {
		sum := &sums[c.class]
		sum.log += parts[i].log
		sum.inverse += parts[i].inverse
		sum.square += parts[i].square
	}
	var slope spendSlope
	for i := range l.classes {
		slope.add(s, &l.classes[i], sums[i])
	}
	return slope, nil
}

// sumSpend sums ln(v+mx), 1/(v+mx) and 1/(v+mx)² over customers.
func sumSpend(totals, weights []float64, v float64) spendSums {
	var sum spendSums
	for i, total := range totals {
		scale, n := v+total, weights[i]
		inverse := 1 / scale
		sum.log += n * math.Log(scale)
		sum.inverse += n * inverse
		sum.square += n * inverse * inverse
	}
	return sum
}

// add adds the customers of one class.
func (d *spendSlope) add(s Spend, c *spendClass, sum spendSums) {
	a := s.P * c.x
	b := a + s.Q
	logV := math.Log(s.V)
	d.value += c.n*(lgamma(b)-lgamma(a)-lgamma(s.Q)+s.Q*logV) + a*c.logMX - c.logM - b*sum.log

	psiB := digamma(b)
	d.gradient[0] += c.x * (c.n*(psiB-digamma(a)) + c.logMX - sum.log)
	d.gradient[1] += c.n*(psiB-digamma(s.Q)+logV) - sum.log
	d.gradient[2] += c.n*s.Q/s.V - b*sum.inverse

	triB := trigamma(b)
	h := &d.hessian
	h[0][0] += c.n * c.x * c.x * (triB - trigamma(a))
	h[0][1] += c.n * c.x * triB
	h[0][2] -= c.x * sum.inverse
	h[1][1] += c.n * (triB - trigamma(s.Q))
	h[1][2] += c.n/s.V - sum.inverse
	h[2][2] += b*sum.square - c.n*s.Q/(s.V*s.V)
	h[1][0], h[2][0], h[2][1] = h[0][1], h[0][2], h[1][2]
}

// logGradient returns the gradient by ln p, ln q, ln v.
func (d *spendSlope) logGradient(at spendPoint) spendPoint {
	var g spendPoint
	for i := range g {
		g[i] = d.gradient[i] * math.Exp(at[i])
	}
	return g
}

// logInformation returns the negative Hessian by ln p, ln q, ln v.
func (d *spendSlope) logInformation(at spendPoint) [3][3]float64 {
	var h [3][3]float64
	for i := range h {
		for j := range h {
			h[i][j] = -d.hessian[i][j] * math.Exp(at[i]+at[j])
		}
		h[i][i] -= d.gradient[i] * math.Exp(at[i])
	}
	return h
}
