package rfm

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"worth/internal/i18n"
)

// maxCells bounds the work of proving a scheme to about a second, and
// maxOverlaps the number of mistakes an analyst is told of at once.
const (
	maxCells    = 1 << 20
	maxOverlaps = 20
)

// validate returns every reason to refuse the scheme: bounds that make no
// sense, gaps, overlaps and rules that can never apply.
func (s Scheme) validate() []error {
	if errs := s.checkBounds(); len(errs) > 0 {
		return errs
	}
	return s.prove(s.boxes(stand), true)
}

// stand gives statistics values for the proof before the data is known. Only
// their order counts, and that of quantiles of one measure is that of their P;
// checkBounds refuses schemes that would depend on any other order.
func stand(s Statistic) float64 { return 1000 * (1 + s.P) }

// at says where a rule stands in its file.
func (s Scheme) at(rule int) string {
	return place(s.file, s.rules[rule].line, s.rules[rule].column)
}

// name names a rule in a sentence about another rule.
func (s Scheme) name(rule int) string {
	return i18n.T("%s (line %s)", s.rules[rule].segment, strconv.Itoa(s.rules[rule].line))
}

// prover tries every cell that the bounds of the boxes cut out of the space of
// customers.
type prover struct {
	s       Scheme
	axes    []axis
	cell    []*atom // the cell being tried, an atom of each axis
	couple  bool    // whether measures that depend on each other are held together
	gap     string  // the first customer without a segment
	overlap map[[2]int]string
	any     []bool // by rule: whether some customer satisfies it
	reached []bool // by rule: whether it is the first for some customer
}

// prove returns gaps, overlaps and, if asked, rules that never apply. Values of
// statistics that only stand for the real ones cannot be compared between
// measures, so then measures are taken to be independent.
func (s Scheme) prove(boxes []Box, dead bool) []error {
	p := &prover{
		s: s, axes: axes(boxes, s.Levels),
		couple:  !dead || len(s.Needs()) == 0,
		overlap: make(map[[2]int]string),
		any:     make([]bool, len(boxes)),
		reached: make([]bool, len(boxes)),
	}
	cells := 1
	for _, a := range p.axes {
		if cells *= len(a.atoms); cells > maxCells {
			return []error{&schemeError{place(s.file, s.line, 1) + ": " +
				i18n.T("the rules combine too many different bounds to be checked for gaps; use fewer measures or bounds")}}
		}
	}
	p.cell = make([]*atom, len(p.axes))
	every := newBitset(len(boxes))
	for i := range boxes {
		every.add(i)
	}
	p.walk(0, every)
	return p.findings(dead)
}

// walk tries the cells from the axis on; within are the boxes that contain the
// atoms chosen so far.
func (p *prover) walk(axis int, within bitset) {
	if axis == len(p.axes) {
		p.try(within)
		return
	}
	for i := range p.axes[axis].atoms {
		a := &p.axes[axis].atoms[i]
		p.cell[axis] = a
		p.walk(axis+1, within.and(a.boxes))
	}
}

// try notes what the boxes of the current cell mean for the scheme.
func (p *prover) try(within bitset) {
	readings, possible := p.customer()
	if !possible {
		return
	}
	first := -1
	for i := range within.all() {
		p.any[i] = true
		if first < 0 {
			first = i
			p.reached[i] = true
		}
		if p.s.rules[i].segment != p.s.rules[first].segment && len(p.overlap) < maxOverlaps {
			if pair := [2]int{first, i}; p.overlap[pair] == "" {
				p.overlap[pair] = describe(readings)
			}
		}
	}
	if first < 0 && p.gap == "" {
		p.gap = describe(readings)
	}
}

// customer returns an example from the cell, or false when there can be none:
// nobody's last order is older than their first, or has more orders this year
// than ever, and with one order the first is the last.
func (p *prover) customer() ([]reading, bool) {
	at := [NumMeasures]*atom{}
	var readings []reading
	for i, a := range p.cell {
		readings = append(readings, a.readings...)
		if m := p.axes[i].measure; !m.isScore() {
			at[m] = a
		}
	}
	if !p.couple {
		return readings, true
	}
	set := func(m Measure, v float64) {
		for i := range readings {
			if readings[i].measure == m {
				readings[i].value = max(readings[i].value, v)
			}
		}
	}
	orders, year := at[Orders].or(1), at[OrdersPerYear].or(0)
	if orders.hi < year.lo {
		return nil, false
	}
	set(Orders, year.lo)
	recency, tenure := at[RecencyDays].or(0), at[TenureDays].or(0)
	if tenure.hi < recency.lo {
		return nil, false
	}
	set(TenureDays, recency.lo)
	if orders.hi == 1 {
		if recency.hi < tenure.lo {
			return nil, false
		}
		set(RecencyDays, tenure.lo)
	}
	return readings, true
}

func (p *prover) findings(dead bool) []error {
	var errs []error
	add := func(where, sentence string) { errs = append(errs, &schemeError{where + ": " + sentence}) }
	if p.gap != "" && !p.s.Unmatched {
		add(place(p.s.file, p.s.line, 1), i18n.T("%s belongs to no segment; add a rule, or say \"unmatched: allowed\"", p.gap))
	}
	if p.s.Match == MatchExactlyOne {
		for i := range p.any {
			for j := range i {
				if example := p.overlap[[2]int{j, i}]; example != "" {
					add(p.s.at(i), i18n.T("%s belongs to %s and to %s; make the rules exclude each other, or say \"match: first\"",
						example, p.s.name(j), p.s.name(i)))
				}
			}
		}
	}
	for i := range p.any {
		switch {
		case !dead || p.reached[i]:
		case p.any[i]:
			add(p.s.at(i), i18n.T("this rule for %s never applies: earlier rules take all its customers", p.s.rules[i].segment))
		default:
			add(p.s.at(i), i18n.T("this rule for %s never applies: no customer can meet all its bounds", p.s.rules[i].segment))
		}
	}
	return errs
}

// reading is a measured value of an example customer.
type reading struct {
	measure Measure
	value   float64
}

// describe writes an example customer: R 3, FM 2, recency_days 31.
func describe(readings []reading) string {
	if len(readings) == 0 {
		return i18n.T("every customer")
	}
	parts := make([]string, len(readings))
	for i, r := range readings {
		parts[i] = label(r.measure) + " " + number(r.value)
	}
	return strings.Join(parts, ", ")
}

// checkBounds returns what is wrong with single bounds.
func (s Scheme) checkBounds() []error {
	var errs []error
	kinds := [NumMeasures]map[string]bool{}
	for i, rule := range s.rules {
		for _, m := range AllMeasures() {
			for _, b := range [...]bound{rule.spans[m].lo, rule.spans[m].hi} {
				if sentence := s.checkBound(m, b); sentence != "" {
					errs = append(errs, &schemeError{s.at(i) + ": " + sentence})
					continue
				}
				if kinds[m] == nil {
					kinds[m] = make(map[string]bool)
				}
				if kind := kindOf(m, b); kind != "" {
					kinds[m][kind] = true
				}
			}
			if len(kinds[m]) == 2 && !kinds[m]["reported"] {
				kinds[m]["reported"] = true
				errs = append(errs, &schemeError{s.at(i) + ": " +
					i18n.T("%s is bounded by %s, and which is greater is known only with the data; use one kind for all rules",
						m.String(), listKinds(kinds[m]))})
			}
		}
	}
	return errs
}

// kindOf returns what a bound can be compared with beforehand: numbers with
// numbers, quantiles with quantiles, the mean with nothing else.
func kindOf(m Measure, b bound) string {
	stat, ok := statistic(b.symbol, m)
	switch {
	case ok && stat.Mean:
		return i18n.T("the mean")
	case ok:
		return i18n.T("quantiles")
	case b.symbol == "" && math.IsInf(b.number, 0):
		return ""
	}
	return i18n.T("numbers")
}

func listKinds(kinds map[string]bool) string {
	var list []string
	for k := range kinds {
		if k != "reported" {
			list = append(list, k)
		}
	}
	slices.Sort(list)
	return strings.Join(list, i18n.T(" and "))
}

// checkBound returns what is wrong with one bound of m, or nothing.
func (s Scheme) checkBound(m Measure, b bound) string {
	v := b.number
	if b.symbol != "" {
		if _, ok := statistic(b.symbol, m); ok {
			if m.isScore() || m == ValueRank {
				return i18n.T("%s cannot be bounded by its %s; give a number", label(m), b.symbol)
			}
			return ""
		}
		if !slices.ContainsFunc(s.Parameters, func(p Parameter) bool { return p.Name == b.symbol }) {
			return i18n.T("%q is neither a parameter of this scheme nor mean, median or a percentile such as p80", b.symbol)
		}
		v = s.parameter(b.symbol)
	}
	if math.IsInf(v, 0) {
		return ""
	}
	switch {
	case m.isScore() && (v < 1 || v > float64(s.Levels) || v != math.Trunc(v)):
		return i18n.T("%s is a whole number from 1 to %d, not %s", label(m), s.Levels, number(v))
	case m == ValueRank && (v < 0 || v > 1):
		return i18n.T("value_rank is a share from 0 to 1 (or 0 %% to 100 %%), not %s", number(v))
	}
	return ""
}
