package clv

import "math"

// departure is the integral over when a Pareto/NBD customer may have left,
//
//	I = s·∫ ((α+T)/(α+y))^R ((β+T)/(β+y))^s dy/(β+y),  y = t_x..T,  R = r+x,
//
// the odds of having left: A0 of note 009 without its case distinction. It is
// taken in u = ln((m+y)/(m+t_x)), m the smaller of α and β, and relative to the
// integrand at t_x, its largest value. Beyond e^−45 of that it ends.
type departure struct {
	near, far           float64 // the smaller of α+t_x and β+t_x, and the larger
	nearPower, farPower float64 // the powers with which they count: R with α, s with β
	alphaNear           bool    // α is the smaller
	end                 float64 // u is 0..end
	buy, leave          float64 // ln((α+T)/(α+t_x)) and ln((β+T)/(β+t_x))
	fall                float64 // R·buy + s·leave: how far the integrand falls, in logs
}

// departed returns the integral of a history; where t_x = T it is empty: end = 0.
func (p pareto) departed(h History) departure {
	size := p.r + float64(h.X)
	d := departure{near: p.alpha + h.TX, far: p.beta + h.TX, nearPower: size, farPower: p.s, alphaNear: p.alpha <= p.beta}
	d.buy, d.leave = math.Log1p((h.T-h.TX)/d.near), math.Log1p((h.T-h.TX)/d.far)
	d.fall = size*d.buy + p.s*d.leave
	d.end = d.buy
	if !d.alphaNear {
		d.near, d.far, d.nearPower, d.farPower = d.far, d.near, d.farPower, d.nearPower
		d.end = d.leave
	}
	d.end = min(d.end, 45/d.nearPower, math.Log1p(d.far/d.near*math.Expm1(45/d.farPower)))
	return d
}

// rule returns nodes enough for the length of the integral and for how far the
// integrand falls: 16 for most customers.
func (d *departure) rule() rule {
	switch {
	case d.end < 3 && d.fall < 12:
		return legendre16()
	case d.end < 12:
		return legendre32()
	}
	return legendreFor(6 * d.end)
}

// moment is the integrand at a node, relative to that at t_x, and what its
// derivatives are made of.
type moment struct {
	value       float64
	nearLog     float64 // u
	nearInverse float64 // 1/(m+y)
	farLog      float64 // the same of the larger of α and β
	farInverse  float64
}

// at returns the integrand at u.
func (d *departure) at(u float64) moment {
	near := d.near * math.Exp(u)
	far := near + (d.far - d.near)
	m := moment{nearLog: u, nearInverse: 1 / near, farLog: math.Log(far / d.far), farInverse: 1 / far}
	m.value = math.Exp(-d.nearPower*u - d.farPower*m.farLog)
	if d.alphaNear {
		m.value *= near * m.farInverse // dy/(β+y), where β+y is not m+y itself
	}
	return m
}

// logOddsLeft returns ln I, −∞ where t_x = T.
func (p pareto) logOddsLeft(h History) float64 {
	d := p.departed(h)
	gauss := d.rule()
	var sum float64
	for i, at := range gauss.at {
		m := d.at(at * d.end)
		sum += gauss.weight[i] * m.value
	}
	return d.logOdds(p.s, sum)
}

// logOdds returns ln I from the integral over u/end relative to the integrand at
// t_x.
func (d *departure) logOdds(s, integral float64) float64 {
	return d.fall + math.Log(s*d.end*integral)
}
