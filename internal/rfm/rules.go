package rfm

import (
	"errors"
	"math"
	"slices"

	"worth/internal/i18n"
)

// Box is one rule with numbers for bounds: a customer whose measures all lie in
// its ranges is taken by it, unless a box of lower rank took them first.
type Box struct {
	Rank    int                // 1 is tried first
	Segment string             // name of the segment
	Ranges  [NumMeasures]Range // indexed by Measure; Everything where the rule says nothing
}

// Contains reports whether a customer lies in the box.
func (b *Box) Contains(m Measures) bool {
	for i, r := range b.Ranges {
		if !r.Contains(m[i]) {
			return false
		}
	}
	return true
}

// Rules is a scheme ready to apply: boxes in the order of their ranks.
type Rules struct {
	Scheme string // name of the scheme
	Boxes  []Box
}

// Segment returns the segment of the first box that contains the customer, or
// false when none does. It is the reference for the query that sorts all
// customers.
func (r Rules) Segment(m Measures) (string, bool) {
	for i := range r.Boxes {
		if r.Boxes[i].Contains(m) {
			return r.Boxes[i].Segment, true
		}
	}
	return "", false
}

// Measures returns the measures that any box bounds, in order.
func (r Rules) Measures() []Measure {
	var used []Measure
	for _, m := range AllMeasures() {
		if slices.ContainsFunc(r.Boxes, func(b Box) bool { return b.Ranges[m] != Everything }) {
			used = append(used, m)
		}
	}
	return used
}

// Statistic is a number over all scored customers that a scheme's bound stands
// for: the arithmetic mean of a measure, or its type-7 quantile at P.
type Statistic struct {
	Measure Measure
	Mean    bool    // the mean; P is 0 then
	P       float64 // share 0–1 of a quantile; 0.5 is the median
}

// String returns the statistic as an analyst would name it: "median of aov".
func (s Statistic) String() string {
	switch {
	case s.Mean:
		return "mean of " + s.Measure.String()
	case s.P == 0.5:
		return "median of " + s.Measure.String()
	}
	// Six decimals undo the rounding of P/100 without showing it.
	return "p" + number(math.Round(s.P*1e8)/1e6) + " of " + s.Measure.String()
}

// Stats gives the values of statistics, in the unit of their measure.
type Stats map[Statistic]float64

// Needs returns the statistics that Resolve needs, in the order of measures and
// quantiles, means first.
func (s Scheme) Needs() []Statistic {
	var needs []Statistic
	for _, rule := range s.rules {
		for i, sp := range rule.spans {
			for _, b := range [...]bound{sp.lo, sp.hi} {
				if stat, ok := statistic(b.symbol, Measure(i)); ok && !slices.Contains(needs, stat) {
					needs = append(needs, stat)
				}
			}
		}
	}
	slices.SortFunc(needs, func(a, b Statistic) int {
		if a.Measure != b.Measure {
			return int(a.Measure) - int(b.Measure)
		}
		switch {
		case a.P < b.P:
			return -1
		case a.P > b.P:
			return 1
		}
		return 0
	})
	return needs
}

// Resolve puts numbers in the place of statistics and parameters. It fails when
// a statistic of [Scheme.Needs] is missing or not finite, and when their values
// open a gap or an overlap that the scheme does not allow.
func (s Scheme) Resolve(stats Stats) (Rules, error) {
	needs := s.Needs()
	for _, need := range needs {
		v, ok := stats[need]
		if !ok || math.IsNaN(v) || math.IsInf(v, 0) {
			return Rules{}, i18n.Errorf("the scheme %s needs the %s, which this data does not give",
				s.Name, need.String())
		}
	}
	boxes := s.boxes(func(stat Statistic) float64 { return stats[stat] })
	if len(needs) > 0 {
		if findings := s.prove(boxes, false); len(findings) > 0 {
			return Rules{}, errors.Join(findings...)
		}
	}
	return Rules{Scheme: s.Name, Boxes: boxes}, nil
}

// boxes returns the scheme's rules with numbers for bounds.
func (s Scheme) boxes(value func(Statistic) float64) []Box {
	boxes, measures := make([]Box, len(s.rules)), AllMeasures()
	for i, rule := range s.rules {
		boxes[i] = Box{Rank: i + 1, Segment: rule.segment}
		for j, sp := range rule.spans {
			number := func(b bound) float64 {
				if stat, ok := statistic(b.symbol, measures[j]); ok {
					return value(stat)
				}
				if b.symbol != "" {
					return s.parameter(b.symbol)
				}
				return b.number
			}
			boxes[i].Ranges[j] = Range{
				Lo: number(sp.lo), LoOpen: sp.lo.open,
				Hi: number(sp.hi), HiOpen: sp.hi.open,
			}
		}
	}
	return boxes
}
