package clv

import "math"

// leave is a node of the integral over p, the probability of leaving after an
// order. The weights of a rule add up to 1.
type leave struct{ p, weight float64 }

// leaving appends a rule for expectations over p ~ Beta(a, b′) of functions of
// p·t/B, t up to longest: the trapezoid rule in v = logit p, where the density is
// e^(av)/(1+e^v)^(a+b′) and the functions are analytic in a strip about the real
// line, so that the error falls with e^(−const/step). With p₀ = a/(a+b′) the mode
// and v = logit p₀ + d, density and p relative to the mode are free of
// cancellation: ln w = a·d − (a+b′)·ln(1+p₀(e^d−1)), p = p₀e^d/(1+p₀(e^d−1)).
//
// Where p or 1−p is too small to matter to the function, the rest of the rule is
// a geometric series, whose sum goes to the last node: a and b′ may be as small as
// they like.
func (y activeBuyer) leaving(dst []leave, longest float64) []leave {
	const least = 1e-18 // of the weight at the mode, and of what p matters by
	step := min(0.25, 0.5*math.Sqrt(1/y.a+1/y.b))
	low := least / max(1, y.b, (y.size+1)*longest/y.rate)
	high := least / max(1, y.a, y.size)
	p0 := y.a / (y.a + y.b)
	from := len(dst)
	sum := 0.0
	walk := func(j, by float64, tail float64, reached func(p, rest float64) bool) {
		for ; ; j += by {
			d := j * step
			grown := p0 * math.Expm1(d)
			n := leave{p0 * math.Exp(d) / (1 + grown), math.Exp(y.a*d - (y.a+y.b)*math.Log1p(grown))}
			end := reached(n.p, (1-p0)/(1+grown))
			if end {
				n.weight *= 1 + 1/math.Expm1(tail*step)
			}
			dst = append(dst, n)
			sum += n.weight
			if end || n.weight < least {
				return
			}
		}
	}
	walk(0, 1, y.b, func(_, rest float64) bool { return rest < high })
	walk(-1, -1, y.a, func(p, _ float64) bool { return p < low })
	for i := range dst[from:] {
		dst[from+i].weight /= sum
	}
	return dst
}

// pairsIntegral returns E[Y(Y−1)] of an active buyer in the time t: given p,
// 2(1−p)/p·(t/B)·[(1−(1+y)^−R)/y − R(1+y)^−(R+1)] with y = pt/B.
func (y activeBuyer) pairsIntegral(t float64) float64 {
	var sum float64
	for _, n := range y.leaving(nil, t) {
		sum += n.weight * (1 - n.p) / n.p * pairsBracket(y.size, n.p*t/y.rate)
	}
	return 2 * t / y.rate * sum
}

// pairsBracket returns (1−(1+y)^−R)/y − R(1+y)^−(R+1), where it cancels by its
// series Σₙ (−1)ⁿ⁺¹ (R)ₙ₊₁ n/(n+1)!·yⁿ.
func pairsBracket(size, y float64) float64 {
	if (size+10)*y > 0.1 {
		log := math.Log1p(y)
		return -math.Expm1(-size*log)/y - size*math.Exp(-(size+1)*log)
	}
	sum, term := 0.0, size // term is (−1)ⁿ⁺¹ (R)ₙ₊₁/(n+1)!·yⁿ but for its first sign
	for n := 1.0; n < 20; n++ {
		term *= -(size + n) / (n + 1) * y
		sum -= term * n
	}
	return sum
}

// pairsSum returns E[Y(Y−1)] of an active buyer in the time t as
// Σᵢ P(N = i)·Σ_{k ≤ i} 2(k−1)·(b′)ₖ₋₁/(a+b′)ₖ₋₁, all terms positive.
func (y activeBuyer) pairsSum(t float64) float64 {
	n := newCounts(y.size, t/y.rate)
	sum, pairs, stay := 0.0, 0.0, 1.0
	for i := 1.0; ; i++ { // n is at i−1
		n.next()
		pairs += 2 * (i - 1) * stay
		stay *= (y.b + i - 1) / (y.a + y.b + i - 1)
		term := n.exactly() * pairs
		sum += term
		if i > 2 && n.beyondMode() && term <= 1e-17*(1-n.z)*sum {
			return sum
		}
	}
}
