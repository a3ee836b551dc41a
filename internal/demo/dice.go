package demo

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

// stream names one use of randomness, so that a change in how many numbers one
// part of the shop draws does not move the others.
type stream uint64

const (
	streamLife stream = iota + 1
	streamVisit
	streamOrder
	streamPerson
	streamForest
	streamGuest
	streamUplift
	streamMember
	streamTill
	streamSpend
	streamInteraction
	streamArm
	streamTillRow
	streamDirt
)

// dice draws everything that is random. Its numbers are the same on every
// machine: products are rounded before they are added (see times), logarithm
// and exponential are the package's own.
type dice struct{ pcg rand.PCG }

// reseed starts the sequence that belongs to the n-th thing of a stream.
func (d *dice) reseed(seed uint64, s stream, n int) {
	d.pcg.Seed(mix(seed+uint64(s)*0x9E3779B97F4A7C15), mix(uint64(n))) //nolint:gosec // n is never negative
}

// mix scrambles the bits of x (the finaliser of SplitMix64).
func mix(x uint64) uint64 {
	x += 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// unit draws from the open interval (0, 1).
func (d *dice) unit() float64 { return (float64(d.pcg.Uint64()>>12) + 0.5) * 0x1p-52 }

// chance is true with probability p.
func (d *dice) chance(p float64) bool { return d.unit() < p }

// below draws a whole number from [0, n).
func (d *dice) below(n int) int {
	hi, _ := bits.Mul64(d.pcg.Uint64(), uint64(n)) //nolint:gosec // n is positive
	return int(hi)                                 //nolint:gosec // hi < n
}

// weighted draws an index with probability proportional to the steps of cum, a
// running total.
func (d *dice) weighted(cum []int) int {
	at := d.below(cum[len(cum)-1])
	for i, c := range cum {
		if at < c {
			return i
		}
	}
	return len(cum) - 1
}

// exponential draws from the exponential distribution of mean 1.
func (d *dice) exponential() float64 { return -ln(d.unit()) }

// erlang draws from Gamma(shape, 1) for a whole shape.
func (d *dice) erlang(shape int) float64 {
	product := 1.0
	for range shape {
		product = times(product, d.unit())
	}
	return -ln(product)
}

// normal draws from the standard normal distribution (Marsaglia's polar method).
func (d *dice) normal() float64 {
	for {
		u, v := times(2, d.unit())-1, times(2, d.unit())-1
		s := times(u, u) + times(v, v)
		if s < 1 && s > 0 {
			return times(u, math.Sqrt(-2*ln(s)/s))
		}
	}
}

// gamma draws from Gamma(shape, 1) (Marsaglia and Tsang 2000).
func (d *dice) gamma(shape float64) float64 {
	if shape < 1 {
		boost := exp(ln(d.unit()) / shape)
		return times(d.gamma(shape+1), boost)
	}
	k := shape - 1.0/3
	c := 1 / math.Sqrt(9*k)
	for {
		x := d.normal()
		v := 1 + times(c, x)
		if v <= 0 {
			continue
		}
		v = times(times(v, v), v)
		if ln(d.unit()) < times(0.5, times(x, x))+k-times(k, v)+times(k, ln(v)) {
			return times(k, v)
		}
	}
}

// beta draws from Beta(a, b).
func (d *dice) beta(a, b float64) float64 {
	x, y := d.gamma(a), d.gamma(b)
	if x+y == 0 { // both underflowed: the mean is as good as any
		return a / (a + b)
	}
	return x / (x + y)
}

// times multiplies and rounds. The conversion keeps a compiler from fusing the
// product into a following sum, which would round differently on machines that
// have such an instruction.
func times(a, b float64) float64 { return float64(a * b) }

// ln is the natural logarithm of a positive x, good to about 1e-15.
//
// math.Log is not used because its last digit depends on the machine.
func ln(x float64) float64 {
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, e = 2*m, e-1
	}
	s := (m - 1) / (m + 1)
	s2 := times(s, s)
	sum := 0.0
	for _, odd := range &oddReciprocals {
		sum = odd + times(sum, s2)
	}
	return times(float64(e), math.Ln2) + times(2*s, sum)
}

// oddReciprocals are 1/21, 1/19, … 1, the series of artanh from its last term.
var oddReciprocals = [...]float64{
	1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1,
}

// exp is e to the power x, good to about 1e-15, 0 where it underflows.
func exp(x float64) float64 {
	if x < -700 {
		return 0
	}
	k := math.Floor(x/math.Ln2 + 0.5)
	f := x - times(k, math.Ln2)
	sum := 0.0
	for _, c := range &inverseFactorials {
		sum = c + times(sum, f)
	}
	return math.Ldexp(sum, int(k))
}

// inverseFactorials are 1/15!, 1/14!, … 1/0!, the series of exp from its last term.
var inverseFactorials = func() (c [16]float64) {
	factorial := 1.0
	for n := range c {
		if n > 0 {
			factorial *= float64(n)
		}
		c[len(c)-1-n] = 1 / factorial
	}
	return c
}()
