package rfm

import (
	"math"
	"slices"
)

// A tier holds a share of the customers and a share of the revenue, both 0–1.
// These functions say how unequal that is; they report false when the shares do
// not allow an answer.

// Index returns how many times its share of customers a tier's share of revenue
// is: 4 when 15 % of customers bring 60 % of revenue, 1 when all are equal. It
// reports false without customers.
func Index(customerShare, revenueShare float64) (float64, bool) {
	if !(customerShare > 0 && customerShare <= 1) || !finite(revenueShare) {
		return 0, false
	}
	return revenueShare / customerShare, true
}

// OneWorth returns how many average customers outside the tier bring as much
// revenue as an average one in it: 8.5 for 15 % and 60 %. It reports false when
// the tier is empty or everybody, or when the others bring no revenue.
func OneWorth(customerShare, revenueShare float64) (float64, bool) {
	if !(customerShare > 0 && customerShare < 1) || !finite(revenueShare) || revenueShare >= 1 {
		return 0, false
	}
	return revenueShare * (1 - customerShare) / ((1 - revenueShare) * customerShare), true
}

// TwoGroupGini returns the Gini coefficient of a tier and the others, as if all
// were equal within each: the distance of the two shares, 0.45 for 15 % and
// 60 %. It reports false when a share is not within 0–1.
func TwoGroupGini(customerShare, revenueShare float64) (float64, bool) {
	if !(customerShare >= 0 && customerShare <= 1 && revenueShare >= 0 && revenueShare <= 1) {
		return 0, false
	}
	return math.Abs(revenueShare - customerShare), true
}

// Gini returns the Gini coefficient of customers' net revenue, 0 (all equal) to
// 1 − 1/n (one has everything): 2·Σ i·x(i) / (n·Σx) − (n+1)/n over ascending x.
// Negative values count as 0, and clamped says how many there were. It reports
// false when there is no revenue to share or a value is not finite. It leaves
// values as they are.
func Gini(values []float64) (gini float64, clamped int, ok bool) {
	sorted := slices.Sorted(slices.Values(values))
	var sum, weighted float64
	for i, x := range sorted {
		if !finite(x) {
			return 0, 0, false
		}
		if x < 0 {
			clamped++
			continue
		}
		sum += x
		weighted += float64(i+1) * x
	}
	if sum == 0 {
		return 0, clamped, false
	}
	n := float64(len(sorted))
	return max(0, 2*weighted/(n*sum)-(n+1)/n), clamped, true
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
