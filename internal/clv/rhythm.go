package clv

import (
	"cmp"
	"math"
	"slices"

	"worth/internal/i18n"
)

// Rhythm is when a customer's next order is due, in days after the last one, from
// the gaps between order days: due at the median gap, late at its 75 % quantile, at
// risk at its 90 % quantile. A customer with three orders or more has a rhythm of
// their own; others follow the customers who were at the same order.
type Rhythm struct {
	Due    float64 // days of silence after which the next order is due
	Late   float64 // … it is late, at least Due
	AtRisk float64 // … the customer is at risk, at least Late
	Own    bool    // from the customer's own gaps
	Gaps   int     // gaps it is taken from
}

// Flag says how a customer's silence stands to the rhythm.
type Flag int

// The flags, in the order silence passes them.
const (
	OnTime Flag = iota // the next order is not due
	Due                // due, not late
	Late               // late, not at risk
	AtRisk             // at risk of being lost
)

// Flags are all flags in order.
var Flags = []Flag{OnTime, Due, Late, AtRisk}

// String returns the name of a flag.
func (f Flag) String() string {
	switch f {
	case OnTime:
		return i18n.T("on time")
	case Due:
		return i18n.T("due")
	case Late:
		return i18n.T("late")
	case AtRisk:
		return i18n.T("at risk")
	}
	return i18n.T("unknown flag")
}

// Flag returns the flag after the given days of silence.
func (r Rhythm) Flag(silence float64) Flag {
	switch {
	case silence > r.AtRisk:
		return AtRisk
	case silence > r.Late:
		return Late
	case silence > r.Due:
		return Due
	}
	return OnTime
}

const (
	ownGaps  = 2  // from three orders on a customer has a rhythm
	sureGaps = 5  // from six orders on their quantiles stand alone
	seenGaps = 30 // fewer gaps at an order number say too little
)

// Rhythms are the gaps of a population, by order number: those between the first
// and the second order, the second and the third, and so on.
type Rhythms struct {
	byOrder []Rhythm // index n−1: gaps after the nth order; Gaps is 0 if too few
	all     Rhythm   // over all gaps
}

// NewRhythms learns from the order days of customers, each list ascending without
// repeats, days counted from any fixed day.
func NewRhythms(customers [][]int) Rhythms {
	var byOrder [][]float64
	var all []float64
	for _, days := range customers {
		for i, gap := range gapsOf(days) {
			if i == len(byOrder) {
				byOrder = append(byOrder, nil)
			}
			byOrder[i] = append(byOrder[i], gap)
			all = append(all, gap)
		}
	}
	r := Rhythms{all: rhythmOf(all)}
	for _, gaps := range byOrder {
		if len(gaps) < seenGaps {
			break
		}
		r.byOrder = append(r.byOrder, rhythmOf(gaps))
	}
	return r
}

// GapCount says that N gaps of a population are Days long and follow the order
// with the number Order, from 1.
type GapCount struct {
	Order, Days, N int
}

// TallyRhythms returns the rhythms of a population whose gaps were counted
// elsewhere, as NewRhythms would have them. The counts are sorted by order number,
// then by length.
func TallyRhythms(counts []GapCount) Rhythms {
	var r Rhythms
	enough := true
	for lo := 0; lo < len(counts); {
		hi := lo
		for hi < len(counts) && counts[hi].Order == counts[lo].Order {
			hi++
		}
		if rhythm := tallied(counts[lo:hi]); enough && counts[lo].Order == len(r.byOrder)+1 && rhythm.Gaps >= seenGaps {
			r.byOrder = append(r.byOrder, rhythm)
		} else {
			enough = false
		}
		lo = hi
	}
	all := slices.SortedFunc(slices.Values(counts), func(a, b GapCount) int { return cmp.Compare(a.Days, b.Days) })
	r.all = tallied(all)
	return r
}

// tallied returns the rhythm of counted gaps, the shortest first.
func tallied(counts []GapCount) Rhythm {
	n := 0
	for _, c := range counts {
		n += c.N
	}
	if n == 0 {
		return Rhythm{}
	}
	quantile := func(share float64) float64 {
		return quantileOf(n, share, func(i int) float64 {
			for _, c := range counts {
				if i -= c.N; i < 0 {
					return float64(c.Days)
				}
			}
			return float64(counts[len(counts)-1].Days)
		})
	}
	return Rhythm{Due: quantile(0.5), Late: quantile(0.75), AtRisk: quantile(0.9), Gaps: n}
}

// Of returns the rhythm of a customer with the given order days. It reports false
// if nobody's gaps tell: a first order in a shop where nobody came back.
func (r Rhythms) Of(days []int) (Rhythm, bool) {
	others := r.all
	if n := len(days); n >= 1 && n <= len(r.byOrder) {
		others = r.byOrder[n-1]
	}
	gaps := gapsOf(days)
	if len(gaps) < ownGaps {
		return others, others.Gaps > 0
	}
	own := rhythmOf(gaps)
	own.Own = true
	if len(gaps) < sureGaps {
		// Two or three gaps say little of their own spread: nobody is called late
		// before the others at this order would be.
		own.Late = math.Max(own.Late, others.Late)
		own.AtRisk = math.Max(own.AtRisk, others.AtRisk)
	}
	return own, true
}

// gapsOf returns the days between consecutive order days.
func gapsOf(days []int) []float64 {
	if len(days) < 2 {
		return nil
	}
	gaps := make([]float64, len(days)-1)
	for i := range gaps {
		gaps[i] = float64(days[i+1] - days[i])
	}
	return gaps
}

// rhythmOf returns the rhythm of gaps, which it sorts.
func rhythmOf(gaps []float64) Rhythm {
	if len(gaps) == 0 {
		return Rhythm{}
	}
	slices.Sort(gaps)
	return Rhythm{Due: sortedQuantile(gaps, 0.5), Late: sortedQuantile(gaps, 0.75), AtRisk: sortedQuantile(gaps, 0.9), Gaps: len(gaps)}
}

// sortedQuantile returns the type-7 quantile of ascending values.
func sortedQuantile(sorted []float64, share float64) float64 {
	return quantileOf(len(sorted), share, func(i int) float64 { return sorted[i] })
}

// quantileOf returns the type-7 quantile of n ascending values, of which value
// returns the one at a place.
func quantileOf(n int, share float64, value func(i int) float64) float64 {
	at := share * float64(n-1)
	i := min(int(at), n-1)
	low := value(i)
	if i+1 == n {
		return low
	}
	return low + (at-float64(i))*(value(i+1)-low)
}

// BackTestRow says of the customers who had a flag at a past day how many of them
// came back.
type BackTestRow struct {
	Flag     Flag
	N        int     // customers with the flag that day
	Returned int     // who ordered in the window after it
	Share    float64 // Returned / N, 0 if there are none
}

// BackTest flags every customer as of a past day, from what was known then, and
// counts who ordered within the window of days that followed. It returns a row per
// flag and how many customers had no rhythm. Customers whose first order came later
// are left out.
func BackTest(customers [][]int, asOf, window int) (rows []BackTestRow, unflagged int) {
	known := make([][]int, 0, len(customers))
	next := make([]int, 0, len(customers)) // days from asOf to the next order, or beyond the window
	for _, days := range customers {
		n, _ := slices.BinarySearch(days, asOf+1)
		if n == 0 {
			continue
		}
		wait := window + 1
		if n < len(days) {
			wait = days[n] - asOf
		}
		known, next = append(known, days[:n]), append(next, wait)
	}
	rhythms := NewRhythms(known)
	rows = make([]BackTestRow, len(Flags))
	for i, flag := range Flags {
		rows[i].Flag = flag
	}
	for i, days := range known {
		rhythm, ok := rhythms.Of(days)
		if !ok {
			unflagged++
			continue
		}
		row := &rows[rhythm.Flag(float64(asOf-days[len(days)-1]))]
		row.N++
		if next[i] <= window {
			row.Returned++
		}
	}
	for i := range rows {
		if rows[i].N > 0 {
			rows[i].Share = float64(rows[i].Returned) / float64(rows[i].N)
		}
	}
	return rows, unflagged
}
