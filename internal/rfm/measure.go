package rfm

import "math"

// Measure is something a scheme can bound.
type Measure uint8

// The measures, in the order of [Measures]. Only customers with at least one
// counted order are measured.
const (
	R             Measure = iota // recency score
	F                            // frequency score
	M                            // money score
	FM                           // ceil((F+M)/2)
	RecencyDays                  // whole days from the last order to the as-of date
	Orders                       // counted orders
	OrdersPerYear                // counted orders in the 365 days that end with the as-of date
	AOV                          // net revenue per order, in the workspace's currency
	NetRevenue                   // net revenue, in the workspace's currency; may be negative
	TenureDays                   // whole days from the first order to the as-of date
	ValueRank                    // share of customers with strictly higher net revenue, 0 ≤ x < 1
	Referred                     // people brought in directly, as the referral forest counts them
)

// NumMeasures is the number of measures.
const NumMeasures = 12

// names are the measures' names in scheme files, queries and JSON.
var names = [NumMeasures]string{
	"r", "f", "m", "fm", "recency_days", "orders", "orders_per_year",
	"aov", "net_revenue", "tenure_days", "value_rank", "referred",
}

// AllMeasures returns every measure in the order of [Measures].
func AllMeasures() []Measure {
	all := make([]Measure, NumMeasures)
	for i := range all {
		all[i] = Measure(i)
	}
	return all
}

// String returns the measure's name in scheme files, queries and JSON:
// recency_days.
func (m Measure) String() string {
	if int(m) < len(names) {
		return names[m]
	}
	return "unknown measure"
}

// isScore reports whether m is one of the scores.
func (m Measure) isScore() bool { return m <= FM }

// isWhole reports whether m takes whole numbers only, so that "≤ 90" and "≥ 91"
// leave no gap.
func (m Measure) isWhole() bool { return m != AOV && m != NetRevenue && m != ValueRank }

// domain returns the values m can take at all, scores on the given number of
// levels.
func (m Measure) domain(levels int) Range {
	switch m {
	case R, F, M, FM:
		return Range{Lo: 1, Hi: float64(levels)}
	case Orders:
		return Range{Lo: 1, Hi: math.Inf(1)}
	case RecencyDays, OrdersPerYear, TenureDays, Referred:
		return Range{Lo: 0, Hi: math.Inf(1)}
	case ValueRank:
		return Range{Lo: 0, Hi: 1, HiOpen: true}
	case AOV, NetRevenue:
	}
	return Everything
}

// Measures holds a customer's value of every measure, indexed by Measure. None
// may be NaN.
type Measures [NumMeasures]float64

// SetScore puts s into the four scores of m.
func (m *Measures) SetScore(s Score) {
	m[R], m[F], m[M], m[FM] = float64(s.R), float64(s.F), float64(s.M), float64(s.FM)
}

// Range is an interval of a measure. An open end does not belong to it; an end
// without a bound is infinite.
type Range struct {
	Lo, Hi         float64
	LoOpen, HiOpen bool
}

// Everything is the range without bounds.
var Everything = Range{Lo: math.Inf(-1), Hi: math.Inf(1)}

// Contains reports whether x lies in the range.
func (r Range) Contains(x float64) bool {
	return (x > r.Lo || x == r.Lo && !r.LoOpen) && (x < r.Hi || x == r.Hi && !r.HiOpen)
}

// String writes the range as a bound of a scheme file, or "any".
func (r Range) String() string {
	below, above := math.IsInf(r.Lo, -1), math.IsInf(r.Hi, 1)
	lo, hi := "≥ "+number(r.Lo), "≤ "+number(r.Hi)
	if r.LoOpen {
		lo = "> " + number(r.Lo)
	}
	if r.HiOpen {
		hi = "< " + number(r.Hi)
	}
	switch {
	case below && above:
		return "any"
	case below:
		return hi
	case above:
		return lo
	case r.Lo == r.Hi:
		return number(r.Lo)
	case !r.LoOpen && !r.HiOpen:
		return number(r.Lo) + ".." + number(r.Hi)
	}
	return lo + ", " + hi
}
