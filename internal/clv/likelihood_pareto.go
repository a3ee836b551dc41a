package clv

import (
	"context"
	"math"
)

// paretoLikelihood is the log-likelihood of the Pareto/NBD model:
//
//	ln Γ(r+x)/Γ(r) + r ln α − (r+x) ln(α+T) + s ln β − s ln(β+T) + ln(1+I),
//
// I the integral of departure. Groups with t_x = T have none; the others are worth
// counting together.
type paretoLikelihood struct {
	x      tally
	ages   []age
	groups []Group
}

func newParetoLikelihood(groups []Group) *paretoLikelihood {
	l := &paretoLikelihood{x: newTally(groups), ages: agesOf(groups)}
	at := map[History]int{}
	for _, g := range groups {
		i, known := at[g.History]
		switch {
		case g.TX == g.T:
		case known:
			l.groups[i].N += g.N
		default:
			at[g.History] = len(l.groups)
			l.groups = append(l.groups, g)
		}
	}
	return l
}

// at returns the log-likelihood of all groups at r, α, s, β.
func (l *paretoLikelihood) at(ctx context.Context, params vector) (slopes, error) {
	p := pareto{params[0], params[1], params[2], params[3]}
	sum, err := sumSlopes(ctx, len(l.groups), func(c chunk, sum *slopes) {
		for _, g := range l.groups[c.lo:c.hi] {
			part := p.logLeft(g.History)
			sum.add(float64(g.N), &part)
		}
	})
	var rest slopes
	rest.buying(l.x, l.ages, params)
	for _, g := range l.ages {
		n, rate := g.customers, p.beta+g.T
		rest.value -= n * p.s * math.Log1p(g.T/p.beta)
		rest.first[2] -= n * math.Log1p(g.T/p.beta)
		rest.first[3] += n * p.s * (1/p.beta - 1/rate)
		rest.second[2][3] += n * (1/p.beta - 1/rate)
		rest.second[3][3] += n * p.s * (1/(rate*rate) - 1/(p.beta*p.beta))
	}
	sum.add(1, &rest)
	return sum, err
}

// logLeft returns ln(1+I) with its derivatives. By the parameters, the logarithm
// of the integrand has the derivatives h = c + D·φ,
//
//	φ = (ln((α+y)/(α+t_x)), 1/(α+y), ln((β+y)/(β+t_x)), 1/(β+y)),
//	c = (ln((α+T)/(α+t_x)), R/(α+T), 1/s + ln((β+T)/(β+t_x)), s/(β+T)),
//	D = −diag(1, R, 1, s+1),
//
// so with σ = I/(1+I) and moments under the integrand, E for their mean,
// ln(1+I)′ = σ·E h and ln(1+I)″ = σ(1−σ)·E h (E h)ᵀ + σ·(D·cov φ·D + E h′).
func (p pareto) logLeft(h History) slopes {
	d := p.departed(h)
	total, phi, products := d.moments()
	q := d.logOdds(p.s, total)
	left := logistic(q)

	endA, endB := 1/(p.alpha+h.T), 1/(p.beta+h.T)
	size := p.r + float64(h.X)
	c := vector{d.buy, size * endA, 1/p.s + d.leave, p.s * endB}
	by := vector{-1, -size, -1, -(p.s + 1)}
	mean := vector{}
	for i := range mean {
		mean[i] = c[i] + by[i]*phi[i]
	}
	s := slopes{value: softplus(q)}
	for i := range mean {
		s.first[i] = left * mean[i]
		for j := i; j < paramCount; j++ {
			covariance := products[i][j] - phi[i]*phi[j]
			s.second[i][j] = left * ((1-left)*mean[i]*mean[j] + by[i]*by[j]*covariance)
		}
	}
	s.second[0][1] += left * (endA - phi[1])
	s.second[1][1] += left * size * (products[1][1] - endA*endA)
	s.second[2][2] -= left / (p.s * p.s)
	s.second[2][3] += left * (endB - phi[3])
	s.second[3][3] += left * ((p.s+1)*products[3][3] - p.s*endB*endB)
	return s
}

// moments returns the integral over u relative to the integrand at t_x, and the
// means of φ (see logLeft) and of its products under the integrand.
func (d *departure) moments() (total float64, phi vector, products [paramCount]vector) {
	gauss := d.rule()
	for n, at := range gauss.at {
		m := d.at(at * d.end)
		w := gauss.weight[n] * m.value
		w0, w1, w2, w3 := w*m.nearLog, w*m.nearInverse, w*m.farLog, w*m.farInverse
		total += w
		phi[0] += w0
		phi[1] += w1
		phi[2] += w2
		phi[3] += w3
		products[0][0] += w0 * m.nearLog
		products[0][1] += w0 * m.nearInverse
		products[0][2] += w0 * m.farLog
		products[0][3] += w0 * m.farInverse
		products[1][1] += w1 * m.nearInverse
		products[1][2] += w1 * m.farLog
		products[1][3] += w1 * m.farInverse
		products[2][2] += w2 * m.farLog
		products[2][3] += w2 * m.farInverse
		products[3][3] += w3 * m.farInverse
	}
	for i := range phi {
		phi[i] /= total
		for j := i; j < paramCount; j++ {
			products[i][j] /= total
		}
	}
	if !d.alphaNear { // what is near is β's
		p := products
		phi = vector{phi[2], phi[3], phi[0], phi[1]}
		products[0] = vector{p[2][2], p[2][3], p[0][2], p[1][2]}
		products[1] = vector{0, p[3][3], p[0][3], p[1][3]}
		products[2] = vector{0, 0, p[0][0], p[0][1]}
		products[3][3] = p[1][1]
	}
	return total, phi, products
}
