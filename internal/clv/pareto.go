package clv

import "math"

// pareto is the Pareto/NBD model: customers buy at the rate λ ~ Gamma(r, rate α)
// until they leave, which they do at the rate μ ~ Gamma(s, rate β), whether they
// buy or not.
type pareto struct{ r, alpha, s, beta float64 }

// Model returns ParetoNBD.
func (pareto) Model() Model { return ParetoNBD }

// Params returns r, alpha, s, beta.
func (p pareto) Params() []float64 { return []float64{p.r, p.alpha, p.s, p.beta} }

// Alive returns P(alive | x, t_x, T) = 1/(1+I).
func (p pareto) Alive(h History) float64 { return logistic(-p.logOddsLeft(h)) }

// AliveAfter returns P(alive)·S(t), S(t) = ((β+T)/(β+T+t))^s.
func (p pareto) AliveAfter(h History, t float64) float64 {
	return p.Alive(h) * math.Exp(-p.s*math.Log1p(t/(p.beta+h.T)))
}

// LogLikelihood returns ln L of note 009, eq. (18):
// ln Γ(r+x)/Γ(r) + r ln α + s ln β − (r+x) ln(α+T) − s ln(β+T) + ln(1+I).
func (p pareto) LogLikelihood(h History) float64 {
	return lnRising(p.r, h.X) - p.r*math.Log1p(h.T/p.alpha) - float64(h.X)*math.Log(p.alpha+h.T) -
		p.s*math.Log1p(h.T/p.beta) + softplus(p.logOddsLeft(h))
}

// Expected returns E[Y(t)] = P(alive)·(r+x)(β+T)/(α+T)·ψ(1−s), with
// ψ(e) = (e^(eΛ)−1)/e and Λ = ln(1+t/(β+T)) (note 009, eq. (41)).
func (p pareto) Expected(h History, t float64) float64 {
	return p.Alive(h) * p.pace(h) * p.psi(h, t)
}

// ExpectedAt sets dst[i] to Expected(h, ts[i]).
func (p pareto) ExpectedAt(dst []float64, h History, ts []float64) {
	scale := p.Alive(h) * p.pace(h)
	for i, t := range ts {
		dst[i] = scale * p.psi(h, t)
	}
}

// pace returns (r+x)(β+T)/(α+T), the orders an active customer makes in the time
// β+T.
func (p pareto) pace(h History) float64 {
	return (p.r + float64(h.X)) * (p.beta + h.T) / (p.alpha + h.T)
}

func (p pareto) psi(h History, t float64) float64 {
	return expm1Over(1-p.s, math.Log1p(t/(p.beta+h.T)))
}

// New returns E[X(t)] = (rβ/α)·ψ(1−s), with T = 0.
func (p pareto) New(t float64) float64 { return p.pace(History{}) * p.psi(History{}, t) }

// AtLeast appends P(Y ≥ k) = P(alive)·∫₀ᵗ S(u)·g_k(u) du: the k-th order comes at
// u, with the density g_k(u) = P(N(u) = k−1)·(R+k−1)/(B+u), R = r+x, B = α+T and
// N(u) ~ NegBin(R, u/(B+u)), before the customer leaves. The nodes lie in the
// logarithm of time; the sharper the customer's rate is known, the more of them.
func (p pareto) AtLeast(dst []float64, h History, t float64) []float64 {
	size, rate := p.r+float64(h.X), p.alpha+h.T
	near := min(rate, p.beta+h.T)
	end := math.Log1p(t / near)
	alive := p.Alive(h)
	if end == 0 || alive == 0 {
		return dst
	}
	gauss := legendreFor(16 + 5*math.Sqrt((size+20)*end))
	nodes := make([]counts, len(gauss.at))
	for i, at := range gauss.at {
		u := near * math.Expm1(at*end)
		log := -size*math.Log1p(u/rate) - p.s*math.Log1p(u/(p.beta+h.T))
		n := counts{size: size, z: u / (rate + u)}
		n.f, n.debt = owing(log + math.Log(alive*gauss.weight[i]*end*(near+u)/(rate+u)))
		nodes[i] = n
	}
	for last := (counts{size: size, z: t / (rate + t)}); last.j < mostOrders; last.j++ {
		var sum float64
		pace := last.pace()
		for i := range nodes {
			sum += nodes[i].exactly()
			nodes[i].step(pace)
		}
		sum *= size + last.j
		if sum < negligible && last.growth() < 1 {
			break
		}
		dst = append(dst, min(sum, alive))
	}
	return dst
}

// Factorial2 returns E[Y(Y−1)] = P(alive)·R(R+1)/(α+T)²·2(β+T)²·[ψ(2−s) − ψ(1−s)].
// The bracket is ∫₀^Λ e^((1−s)y)(e^y−1) dy, which is integrated where the
// difference would cancel.
func (p pareto) Factorial2(h History, t float64) float64 {
	size, ratio := p.r+float64(h.X), (p.beta+h.T)/(p.alpha+h.T)
	end := math.Log1p(t / (p.beta + h.T))
	var bracket float64
	if end > 1 && p.s < 100 {
		bracket = expm1Over(2-p.s, end) - expm1Over(1-p.s, end)
	} else {
		if p.s > 2 {
			end = min(end, 60/(p.s-2))
		}
		gauss := legendre64()
		for i, at := range gauss.at {
			bracket += gauss.weight[i] * end * math.Exp((1-p.s)*at*end) * math.Expm1(at*end)
		}
	}
	return p.Alive(h) * 2 * size * (size + 1) * ratio * ratio * bracket
}

// DERT returns P(alive)·(r+x)(β+T)/(α+T)·G, G = ∫₀^∞ e^(−w(e^y−1)+(1−s)y) dy with
// w = δ(β+T), which is w^(s−1)·U(s, s, w) (2005b, appendix).
func (p pareto) DERT(h History, delta float64) float64 {
	w := delta * (p.beta + h.T)
	end := math.Log1p(45 / w)
	if p.s > 1 {
		end = min(end, 45/(p.s-1))
	}
	gauss := legendre64()
	var sum float64
	for i, at := range gauss.at {
		y := at * end
		sum += gauss.weight[i] * math.Exp((1-p.s)*y-w*math.Expm1(y))
	}
	return p.Alive(h) * p.pace(h) * end * sum
}
