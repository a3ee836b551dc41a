package whatif

import (
	"math"
	"math/bits"
	"slices"
	"sync"
)

// arrange moves values about until, for every one of ranks – ascending – the value of that
// rank stands there, everything before it is not larger and everything after not smaller:
// quickselect for several ranks, in three parts because many customers are worth the same.
func arrange(values []float64, ranks []int) {
	var group sync.WaitGroup
	arrangeFrom(&group, values, 0, ranks, 4*bits.Len(uint(len(values))))
	group.Wait()
}

// aside is how many values are arranged beside the others, on another processor.
const aside = 1 << 15

// arrangeFrom arranges values whose first has the given rank, some of them in goroutines of
// the group. At depth 0 – pivots were poor – it sorts.
func arrangeFrom(group *sync.WaitGroup, values []float64, first int, ranks []int, depth int) {
	for len(ranks) > 0 && len(values) > 1 {
		if len(values) <= 64 || depth <= 0 {
			slices.Sort(values)
			return
		}
		depth--
		low, high := partition(values, pivot(values))
		below, _ := slices.BinarySearch(ranks, first+low)
		above, _ := slices.BinarySearch(ranks, first+high)
		lower, from, of, left := values[:low], first, ranks[:below], depth
		if low > aside && below > 0 {
			group.Go(func() { arrangeFrom(group, lower, from, of, left) })
		} else {
			arrangeFrom(group, lower, from, of, left)
		}
		values, first, ranks = values[high:], first+high, ranks[above:]
	}
}

// pivot returns the median of nine values.
func pivot(values []float64) float64 {
	var nine [9]float64
	for i := range nine {
		nine[i] = values[i*(len(values)-1)/8]
	}
	slices.Sort(nine[:])
	return nine[4]
}

// partition moves what is smaller than p to the front and what is larger to the back. What
// equals p is then at low up to high.
func partition(values []float64, p float64) (low, high int) {
	low, high = 0, len(values)
	for i := 0; i < high; {
		switch v := values[i]; {
		case v < p:
			values[i], values[low] = values[low], v
			low++
			i++
		case v > p:
			high--
			values[i], values[high] = values[high], v
		default:
			i++
		}
	}
	return low, high
}

// quantile is the type-7 (continuous) quantile of n values: between two ranks.
type quantile struct {
	rank int
	part float64 // of the way to the next rank
}

// quantileOf returns where the quantile of a share of n values lies.
func quantileOf(share float64, n int) quantile {
	whole, part := math.Modf(share * float64(n-1))
	return quantile{int(whole), part}
}

// next returns the other rank.
func (q quantile) next(n int) int { return min(q.rank+1, n-1) }

// of returns the quantile of arranged values.
func (q quantile) of(values []float64) float64 {
	low, high := values[q.rank], values[q.next(len(values))]
	return low + q.part*(high-low)
}

// median arranges values and returns their median, 0 if there are none.
func median(values []float64) float64 {
	n := len(values)
	if n == 0 {
		return 0
	}
	q := quantileOf(0.5, n)
	arrange(values, slices.Compact([]int{q.rank, q.next(n)}))
	return q.of(values)
}
