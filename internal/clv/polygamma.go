package clv

import "math"

// polygammaReach is where the asymptotic series below are exact to the last digits.
const polygammaReach = 12

// digamma returns ψ(x), the derivative of ln Γ, for x > 0: by recurrence to where
// the asymptotic series holds (Abramowitz & Stegun 6.3.5, 6.3.18). That of gonum
// keeps ten digits, too few to reach the top of a likelihood.
func digamma(x float64) float64 {
	var sum float64
	for ; x < polygammaReach; x++ {
		sum -= 1 / x
	}
	y := 1 / (x * x)
	return sum + math.Log(x) - 0.5/x -
		y*(1.0/12-y*(1.0/120-y*(1.0/252-y*(1.0/240-y*(1.0/132-y*(691.0/32760-y/12))))))
}

// trigamma returns ψ′(x), x > 0 (Abramowitz & Stegun 6.4.6, 6.4.12).
func trigamma(x float64) float64 {
	var sum float64
	for ; x < polygammaReach; x++ {
		sum += 1 / (x * x)
	}
	y := 1 / (x * x)
	return sum + 1/x + y/2 +
		y/x*(1.0/6-y*(1.0/30-y*(1.0/42-y*(1.0/30-y*(5.0/66-y*(691.0/2730-y*7/6))))))
}

// lgamma returns ln Γ(x), x > 0.
func lgamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}
