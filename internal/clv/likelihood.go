package clv

import (
	"cmp"
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// paramCount is how many parameters a purchase model has.
const paramCount = 4

// vector holds something for each parameter.
type vector [paramCount]float64

// slopes are a log-likelihood at one point with its first and second derivatives.
// Of the second, only those with i ≤ j are kept.
type slopes struct {
	value  float64
	first  vector
	second [paramCount]vector
}

// add adds by times other.
func (s *slopes) add(by float64, other *slopes) {
	s.value += by * other.value
	for i := range s.first {
		s.first[i] += by * other.first[i]
		for j := i; j < paramCount; j++ {
			s.second[i][j] += by * other.second[i][j]
		}
	}
}

// logScale returns the gradient by the logarithms of the parameters and the
// information (minus the second derivatives) by the same: dℓ/dη = θ·ℓ′,
// d²ℓ/dη² = θθᵀℓ″ + diag(θ·ℓ′).
func (s *slopes) logScale(params vector) (gradient vector, information *mat.SymDense) {
	information = mat.NewSymDense(paramCount, nil)
	for i := range params {
		gradient[i] = params[i] * s.first[i]
		for j := i; j < paramCount; j++ {
			information.SetSym(i, j, -params[i]*params[j]*s.second[i][j])
		}
		information.SetSym(i, i, information.At(i, i)-gradient[i])
	}
	return gradient, information
}

// likelihood is the log-likelihood of a set of histories as a function of the
// parameters. Its sums are taken in the same order whatever the number of threads.
type likelihood interface {
	at(ctx context.Context, params vector) (slopes, error)
}

// sumChunk is how many groups are summed at a time.
const sumChunk = 256

// sumSlopes returns the sum of what work adds up for each range of 0..n.
func sumSlopes(ctx context.Context, n int, work func(c chunk, sum *slopes)) (slopes, error) {
	parts := make([]slopes, len(chunksOf(n, sumChunk)))
	err := eachChunk(ctx, n, sumChunk, func(c chunk) { work(c, &parts[c.lo/sumChunk]) })
	var sum slopes
	for i := range parts {
		sum.add(1, &parts[i])
	}
	return sum, err
}

// tally counts customers by how many repeat purchases they made: above[i] made
// more than i. It serves the gamma functions of the likelihoods, which are of the
// form Σ ln Γ(θ+x)/Γ(θ) = Σᵢ above[i]·ln(θ+i) – exact, and without gamma functions.
type tally struct{ above []float64 }

func newTally(groups []Group) tally {
	var most int
	for _, g := range groups {
		most = max(most, g.X)
	}
	above := make([]float64, most+1)
	for _, g := range groups {
		above[g.X] += float64(g.N)
	}
	for i, sum := most, 0.0; i >= 0; i-- {
		above[i], sum = sum, sum+above[i]
	}
	return tally{above[:most]}
}

// rising returns Σ ln (θ)ₓ with its first and second derivative by θ.
func (t tally) rising(theta float64) (value, first, second float64) {
	for i, n := range t.above {
		p := theta + float64(i)
		value += n * math.Log(p)
		first += n / p
		second -= n / (p * p)
	}
	return value, first, second
}

// age is what customers have in common who were seen for the time T.
type age struct{ T, customers, orders float64 }

// agesOf returns the distinct T, ascending.
func agesOf(groups []Group) []age {
	at := map[float64]int{}
	var ages []age
	for _, g := range groups {
		i, known := at[g.T]
		if !known {
			i = len(ages)
			at[g.T] = i
			ages = append(ages, age{T: g.T})
		}
		ages[i].customers += float64(g.N)
		ages[i].orders += float64(g.N) * float64(g.X)
	}
	slices.SortFunc(ages, func(a, b age) int { return cmp.Compare(a.T, b.T) })
	return ages
}

// buying adds what the likelihoods share, the part of the NBD: the sum of
// ln Γ(r+x)/Γ(r) + r ln α − (r+x) ln(α+T), r and α being the first two parameters.
func (s *slopes) buying(t tally, ages []age, params vector) {
	r, alpha := params[0], params[1]
	s.value, s.first[0], s.second[0][0] = t.rising(r)
	for _, g := range ages {
		n, size, rate := g.customers, r*g.customers+g.orders, alpha+g.T
		log := math.Log1p(g.T / alpha) // ln(α+T) − ln α
		s.value -= n*r*log + g.orders*math.Log(rate)
		s.first[0] -= n * log
		s.first[1] += n*r/alpha - size/rate
		s.second[0][1] += n/alpha - n/rate
		s.second[1][1] += size/(rate*rate) - n*r/(alpha*alpha)
	}
}
