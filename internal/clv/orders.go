package clv

// OrderDistribution is the predictive distribution of how many orders a customer
// places: element k−1 is P(Y ≥ k).
type OrderDistribution []float64

// Orders returns the distribution of a history's orders in the time t after the
// end of observation.
func Orders(p Purchases, h History, t float64) OrderDistribution {
	return p.AtLeast(nil, h, t)
}

// None returns the probability of no order.
func (d OrderDistribution) None() float64 { return 1 - d.atLeast(1) }

// Exactly returns the probability of y orders, y ≥ 0.
func (d OrderDistribution) Exactly(y int) float64 { return d.atLeast(y) - d.atLeast(y+1) }

// atLeast returns the probability of k orders or more.
func (d OrderDistribution) atLeast(k int) float64 {
	switch {
	case k <= 0:
		return 1
	case k > len(d):
		return 0
	}
	return d[k-1]
}

// Mean returns the expected number of orders, Σ P(Y ≥ k).
func (d OrderDistribution) Mean() float64 {
	var sum float64
	for _, atLeast := range d {
		sum += atLeast
	}
	return sum
}

// Variance returns the variance of the number of orders, from
// E[Y(Y−1)] = Σ 2(k−1)·P(Y ≥ k).
func (d OrderDistribution) Variance() float64 {
	var pairs float64
	for i, atLeast := range d {
		pairs += 2 * float64(i) * atLeast
	}
	mean := d.Mean()
	return pairs + mean - mean*mean
}

// Quantile returns the smallest number of orders that is not exceeded with
// probability share at least.
func (d OrderDistribution) Quantile(share float64) int {
	lo, hi := 0, len(d) // P(Y ≤ y) = 1 − P(Y ≥ y+1)
	for lo < hi {
		if mid := (lo + hi) / 2; 1-d[mid] >= share {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}
