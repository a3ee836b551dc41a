package clv

import (
	"context"
	"math"
	"slices"
)

// betaGeometricLikelihood is the log-likelihood of the BG/NBD (k = 0) and the
// MBG/NBD (k = 1) model:
//
//	ln Γ(r+x)/Γ(r) + r ln α − R ln(α+T) + ln (b)ₙ/(a+b)ₙ + ln(1+e^q),
//	n = x+k, q = ln(a/(b+n−1)) + R·ln((α+T)/(α+t_x)), R = r+x.
//
// Only the last term needs a look at every group; logarithms of times and of
// b+n−1 are taken once per distinct T, t_x and x.
type betaGeometricLikelihood struct {
	k         float64
	x, orders tally // of x, and of n
	ages      []age
	groups    []leaver
	times     []float64 // distinct T and t_x
	most      int       // largest x
}

// leaver is a group that may have left: all, but in the BG/NBD model those who did
// not come back.
type leaver struct {
	x, n     float64
	t, tx    int32 // T and t_x among the distinct times
	purchase int32 // x again
}

func newBetaGeometricLikelihood(m Model, groups []Group) *betaGeometricLikelihood {
	l := &betaGeometricLikelihood{x: newTally(groups), ages: agesOf(groups)}
	l.orders = l.x
	if m == MBGNBD {
		l.k = 1
		var all float64
		for _, g := range l.ages {
			all += g.customers
		}
		l.orders = tally{append([]float64{all}, l.x.above...)}
	}
	at := map[float64]int32{}
	index := func(t float64) int32 {
		i, known := at[t]
		if !known {
			i = int32(len(l.times)) //nolint:gosec // there are no 2³¹ groups
			at[t] = i
			l.times = append(l.times, t)
		}
		return i
	}
	l.groups = slices.Grow(l.groups, len(groups))
	for _, g := range groups {
		if g.X > 0 || m == MBGNBD {
			l.most = max(l.most, g.X)
			l.groups = append(l.groups, leaver{
				x: float64(g.X), n: float64(g.N), t: index(g.T), tx: index(g.TX),
				purchase: int32(g.X), //nolint:gosec // X is checked
			})
		}
	}
	return l
}

// logTime is ln(α+t) and 1/(α+t) of a distinct time.
type logTime struct{ log, inverse float64 }

// at returns the log-likelihood of all groups at r, α, a, b.
func (l *betaGeometricLikelihood) at(ctx context.Context, params vector) (slopes, error) {
	a, b := params[2], params[3]
	times := make([]logTime, len(l.times))
	for i, t := range l.times {
		times[i] = logTime{math.Log(params[1] + t), 1 / (params[1] + t)}
	}
	odds := make([]float64, l.most+1) // ln(a/(b+n−1)) by x
	for x := range odds {
		odds[x] = math.Log(a / (b + float64(x) - 1 + l.k)) // not asked for at x = 0, k = 0
	}
	sum, err := sumSlopes(ctx, len(l.groups), func(c chunk, sum *slopes) {
		l.leaving(l.groups[c.lo:c.hi], params, times, odds, sum)
	})
	var rest slopes
	rest.buying(l.x, l.ages, params)
	value, first, second := l.orders.rising(b)
	both, firstBoth, secondBoth := l.orders.rising(a + b)
	rest.value += value - both
	rest.first[2] -= firstBoth
	rest.first[3] += first - firstBoth
	rest.second[2][2] -= secondBoth
	rest.second[2][3] -= secondBoth
	rest.second[3][3] += second - secondBoth
	sum.add(1, &rest)
	return sum, err
}

// leaving adds ln(1+e^q) of some groups: with σ = e^q/(1+e^q), the gradient is
// σ·q′ and the second derivative σ(1−σ)·q′q′ᵀ + σ·q″.
func (l *betaGeometricLikelihood) leaving(groups []leaver, params vector, times []logTime, odds []float64, sum *slopes) {
	r, a, b := params[0], params[2], params[3]
	for i := range groups {
		g := &groups[i]
		end, last := times[g.t], times[g.tx]
		size := r + g.x
		q := odds[g.purchase] + size*(end.log-last.log)
		e := math.Exp(-math.Abs(q))
		left, value := 1/(1+e), math.Log1p(e)
		if q > 0 {
			value += q
		} else {
			left *= e
		}
		by := 1 / (b + g.x - 1 + l.k)
		d := vector{end.log - last.log, size * (end.inverse - last.inverse), 1 / a, -by}
		n, curved := g.n*left, g.n*left*e/(1+e)
		if q <= 0 {
			curved = g.n * left / (1 + e)
		}
		sum.value += g.n * value
		for j := range d {
			sum.first[j] += n * d[j]
			for k := j; k < paramCount; k++ {
				sum.second[j][k] += curved * d[j] * d[k]
			}
		}
		sum.second[0][1] += n * (end.inverse - last.inverse)
		sum.second[1][1] += n * size * (last.inverse*last.inverse - end.inverse*end.inverse)
		sum.second[2][2] -= n / (a * a)
		sum.second[3][3] += n * by * by
	}
}
