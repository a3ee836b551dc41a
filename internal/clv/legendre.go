package clv

import (
	"math"
	"sync"

	"gonum.org/v1/gonum/integrate/quad"
)

// rule is a Gauss–Legendre rule on 0..1: exact for polynomials of degree
// 2·len−1, and for the entire functions integrated here as good as exact once it
// has some nodes to each of their wiggles.
type rule struct{ at, weight []float64 }

// The rules in use, made when first asked for.
var (
	legendre16 = sync.OnceValue(func() rule { return legendre(16) })
	legendre32 = sync.OnceValue(func() rule { return legendre(32) })
	legendre64 = sync.OnceValue(func() rule { return legendre(64) })
	// legendreFine are 32, 64, … 2048 nodes.
	legendreFine = [...]func() rule{
		legendre32, legendre64,
		sync.OnceValue(func() rule { return legendre(128) }),
		sync.OnceValue(func() rule { return legendre(256) }),
		sync.OnceValue(func() rule { return legendre(512) }),
		sync.OnceValue(func() rule { return legendre(1024) }),
		sync.OnceValue(func() rule { return legendre(2048) }),
	}
)

func legendre(n int) rule {
	r := rule{make([]float64, n), make([]float64, n)}
	quad.Legendre{}.FixedLocations(r.at, r.weight, 0, 1)
	return r
}

// legendreFor returns the rule with at least n nodes, or the finest there is.
func legendreFor(n float64) rule {
	for i, f := range legendreFine {
		if n <= float64(int(32)<<i) {
			return f()
		}
	}
	return legendreFine[len(legendreFine)-1]()
}

// expm1Over returns (e^(x·y) − 1)/x, which is y at x = 0: the integral of e^(x·u)
// over u = 0..y.
func expm1Over(x, y float64) float64 {
	if x == 0 {
		return y
	}
	return math.Expm1(x*y) / x
}

// logistic returns 1/(1+e^(−q)) for any q, infinities included.
func logistic(q float64) float64 { return 1 / (1 + math.Exp(-q)) }

// softplus returns ln(1+e^q) for any q, infinities included.
func softplus(q float64) float64 {
	if q > 0 {
		return q + math.Log1p(math.Exp(-q))
	}
	return math.Log1p(math.Exp(q))
}

// lnRising returns ln (x)ₙ = ln Γ(x+n) − ln Γ(x) for x > 0; without the
// cancellation of the two when n is small beside x.
func lnRising(x float64, n int) float64 {
	if n > 100 && x < 1e4 {
		return lgamma(x+float64(n)) - lgamma(x)
	}
	sum, product := 0.0, 1.0
	for i := range n {
		if i%8 == 0 {
			sum, product = sum+math.Log(product), 1
		}
		product *= x + float64(i)
	}
	return sum + math.Log(product)
}
