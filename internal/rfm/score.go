package rfm

import (
	"math"
	"slices"
	"strconv"

	"worth/internal/i18n"
)

// The numbers of levels a score may have. Five is the default, and the one that
// the shipped schemes over scores are made for.
const (
	MinLevels     = 2
	MaxLevels     = 5
	DefaultLevels = 5
)

// Score is how a customer ranks: 1 is the worst level.
type Score struct {
	R  int `json:"r"`  // recency: how recent the last order is
	F  int `json:"f"`  // frequency: how many orders
	M  int `json:"m"`  // money: how much net spend
	FM int `json:"fm"` // F and M in one: ceil((F+M)/2), half rounds up
}

// CombineFM returns ceil((f+m)/2), the one score for frequency and money.
func CombineFM(f, m int) int { return (f + m + 1) / 2 }

// Mode says where the cut-points of a measure come from.
type Mode string

// The modes of cut-points.
const (
	ModeQuantile Mode = "quantile" // type-7 quantiles of the customers' values
	ModeFixed    Mode = "fixed"    // thresholds somebody chose
)

// Cuts are the cut-points that turn values into scores: one fewer than there
// are levels, ascending. The points of R are days since the last order, those of
// F orders, those of M currency. Frozen cuts are kept when the data or the as-of
// date changes, so that segments at two dates can be compared.
type Cuts struct {
	R      []float64 `json:"r"`
	F      []float64 `json:"f"`
	M      []float64 `json:"m"`
	RMode  Mode      `json:"r_mode"`
	FMode  Mode      `json:"f_mode"`
	MMode  Mode      `json:"m_mode"`
	Frozen bool      `json:"frozen"`
}

// FixedFCuts returns the cut-points that score 1, 2, 3, 4–5 and 6 or more orders
// as 1 to 5, for shops where most customers bought once and quantiles of F
// coincide.
func FixedFCuts() []float64 { return []float64{1, 2, 3, 5} }

// WithFixedF returns c with the cut-points of [FixedFCuts]; it needs five
// levels.
func (c Cuts) WithFixedF() Cuts {
	c.F, c.FMode = FixedFCuts(), ModeFixed
	return c
}

// Levels returns the number of levels c scores on.
func (c Cuts) Levels() int { return len(c.R) + 1 }

// Validate reports why c cannot score: a wrong number of cut-points, cut-points
// that are not ascending (fixed ones strictly so, quantiles may coincide), not
// finite, or without a known mode.
func (c Cuts) Validate() error {
	for _, a := range []struct {
		name   string
		points []float64
		mode   Mode
	}{{"R", c.R, c.RMode}, {"F", c.F, c.FMode}, {"M", c.M, c.MMode}} {
		if n := len(a.points) + 1; n < MinLevels || n > MaxLevels {
			return i18n.Errorf("%s has %d cut-points; give between %d and %d",
				a.name, len(a.points), MinLevels-1, MaxLevels-1)
		}
		if len(a.points) != len(c.R) {
			return i18n.Errorf("%s has %d cut-points and R has %d; give all three the same number",
				a.name, len(a.points), len(c.R))
		}
		if a.mode != ModeQuantile && a.mode != ModeFixed {
			return i18n.Errorf("the cut-points of %s are of mode %q; choose %s or %s",
				a.name, string(a.mode), string(ModeQuantile), string(ModeFixed))
		}
		if err := checkPoints(a.name, a.points, a.mode == ModeFixed); err != nil {
			return err
		}
	}
	return nil
}

func checkPoints(name string, points []float64, strict bool) error {
	for i, p := range points {
		if math.IsNaN(p) || math.IsInf(p, 0) {
			return i18n.Errorf("a cut-point of %s is %s; give a number", name, number(p))
		}
		if i > 0 && (p < points[i-1] || strict && p == points[i-1]) {
			return i18n.Errorf("the cut-points of %s must ascend, but %s stands after %s",
				name, number(p), number(points[i-1]))
		}
	}
	return nil
}

// Score scores a customer from the days since the last order, the number of
// orders and the net revenue (or whatever the cut-points of M measure).
func (c Cuts) Score(recencyDays, orders, net float64) Score {
	f, m := above(c.F, orders), above(c.M, net)
	return Score{R: recent(c.R, recencyDays), F: f, M: m, FM: CombineFM(f, m)}
}

// above returns the score of a measure that is better when greater.
func above(cuts []float64, value float64) int {
	score := 1
	for _, c := range cuts {
		if c < value {
			score++
		}
	}
	return score
}

// recent returns the score of a measure that is better when smaller: the mirror
// image of above, so that negating values and cut-points changes nothing.
func recent(cuts []float64, value float64) int {
	score := 1
	for _, c := range cuts {
		if c > value {
			score++
		}
	}
	return score
}

// DistinctLevels returns how many levels ascending cut-points can give out:
// coinciding ones, as when most customers bought once, leave levels empty.
func DistinctLevels(cuts []float64) int {
	return len(slices.Compact(slices.Clone(cuts))) + 1
}

// QuantileCuts returns the cut-points of customers given by three parallel
// slices: the type-7 quantiles 1/levels, 2/levels, … of each. It fails when
// there are no customers, when the slices differ in length, when a value is not
// finite, or when levels is not 2 to 5. It leaves the slices as they are.
func QuantileCuts(recencyDays, orders, net []float64, levels int) (Cuts, error) {
	if levels < MinLevels || levels > MaxLevels {
		return Cuts{}, i18n.Errorf("scores cannot have %d level{s}; choose between %d and %d",
			levels, MinLevels, MaxLevels)
	}
	if len(recencyDays) != len(orders) || len(orders) != len(net) {
		return Cuts{}, i18n.Errorf("cut-points need the same customers for all three measures, but got %d, %d and %d",
			len(recencyDays), len(orders), len(net))
	}
	c := Cuts{RMode: ModeQuantile, FMode: ModeQuantile, MMode: ModeQuantile}
	for _, a := range []struct {
		to     *[]float64
		values []float64
	}{{&c.R, recencyDays}, {&c.F, orders}, {&c.M, net}} {
		sorted := slices.Sorted(slices.Values(a.values))
		for k := 1; k < levels; k++ {
			q, err := sortedQuantile(sorted, float64(k)/float64(levels))
			if err != nil {
				return Cuts{}, err
			}
			*a.to = append(*a.to, q)
		}
	}
	return c, nil
}

// Quantile returns the type-7 (continuous) quantile of values at p, 0 to 1: the
// point p·(n−1) of the ascending values, between two of them by proportion. It
// fails when there are no values, when one is not finite, or when p is not a
// share. It leaves values as they are.
func Quantile(values []float64, p float64) (float64, error) {
	return sortedQuantile(slices.Sorted(slices.Values(values)), p)
}

func sortedQuantile(sorted []float64, p float64) (float64, error) {
	n := len(sorted)
	switch {
	case n == 0:
		return 0, i18n.Errorf("there are no customers to take cut-points from")
	case !(p >= 0 && p <= 1):
		return 0, i18n.Errorf("a quantile is taken at a share between 0 and 1, not at %s", number(p))
	case math.IsNaN(sorted[0]) || math.IsInf(sorted[0], 0) || math.IsInf(sorted[n-1], 0):
		// Sorting puts NaN first, so the ends tell about all values.
		return 0, i18n.Errorf("cut-points cannot be taken from values that are not finite")
	}
	at := p * float64(n-1)
	lo, hi := sorted[int(math.Floor(at))], sorted[int(math.Ceil(at))]
	if lo == hi {
		// Interpolating between equals could round to just below them, and put
		// them above their own cut-point.
		return lo, nil
	}
	share := at - math.Floor(at)
	return min(max(lo*(1-share)+hi*share, lo), hi), nil
}

// number writes v as it would stand in a scheme file.
func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
