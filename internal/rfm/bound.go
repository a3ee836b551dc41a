package rfm

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"worth/internal/i18n"
)

// bound is one end of a span: a number, or a symbol whose number comes later.
type bound struct {
	number float64
	symbol string // a parameter, or mean, median, p80; empty for a number
	open   bool   // the end itself is not in the span
}

// span is a range with ends that may be symbols.
type span struct{ lo, hi bound }

// anything is the span without bounds.
var anything = span{bound{number: math.Inf(-1)}, bound{number: math.Inf(1)}}

var (
	numeric    = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)
	symbolic   = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	percentile = regexp.MustCompile(`^p([0-9]{1,2}(?:_[0-9]{1,3})?)$`)
)

// largest keeps bounds where float64 still tells cents apart.
const largest = 1e12

// statistic returns the statistic of m that a symbol names: mean, median, p80,
// p99_5. It reports false for anything else.
func statistic(symbol string, m Measure) (Statistic, bool) {
	switch symbol {
	case "":
		return Statistic{}, false
	case "mean":
		return Statistic{Measure: m, Mean: true}, true
	case "median":
		return Statistic{Measure: m, P: 0.5}, true
	}
	digits := percentile.FindStringSubmatch(symbol)
	if digits == nil {
		return Statistic{}, false
	}
	p, err := strconv.ParseFloat(strings.Replace(digits[1], "_", ".", 1), 64)
	if err != nil || p == 0 {
		return Statistic{}, false
	}
	return Statistic{Measure: m, P: p / 100}, true
}

// operators are the comparisons of a bound; two characters before one.
var operators = []struct {
	sign        string
	upper, open bool
}{
	{"<=", true, false},
	{">=", false, false},
	{"≤", true, false},
	{"≥", false, false},
	{"<", true, true},
	{">", false, true},
}

// parseSpan reads a bound as it stands in a scheme file: 1, 3..5, < 200,
// > mean, or comparisons joined by a comma.
func parseSpan(text string) (span, error) {
	sp := anything
	for part := range strings.SplitSeq(text, ",") {
		one, err := parsePart(strings.TrimSpace(part))
		if err != nil {
			return span{}, err
		}
		if one.lo != anything.lo {
			if sp.lo != anything.lo {
				return span{}, i18n.Errorf("%q has two lower ends; give one", text)
			}
			sp.lo = one.lo
		}
		if one.hi != anything.hi {
			if sp.hi != anything.hi {
				return span{}, i18n.Errorf("%q has two upper ends; give one", text)
			}
			sp.hi = one.hi
		}
	}
	return sp, nil
}

func parsePart(part string) (span, error) {
	for _, op := range operators {
		rest, ok := strings.CutPrefix(part, op.sign)
		if !ok {
			continue
		}
		b, err := parseBound(rest)
		b.open = op.open
		if op.upper {
			return span{anything.lo, b}, err
		}
		return span{b, anything.hi}, err
	}
	low, high, isRange := strings.Cut(part, "..")
	if !isRange {
		high = low
	}
	lo, err := parseBound(low)
	if err != nil {
		return span{}, err
	}
	hi, err := parseBound(high)
	return span{lo, hi}, err
}

func parseBound(text string) (bound, error) {
	text = strings.TrimSpace(text)
	plain, isPercent := strings.CutSuffix(text, "%")
	plain = strings.TrimSpace(plain)
	if !isPercent && symbolic.MatchString(text) {
		return bound{symbol: text}, nil
	}
	v, err := strconv.ParseFloat(plain, 64)
	if !numeric.MatchString(plain) || err != nil || math.Abs(v) > largest {
		return bound{}, i18n.Errorf("%q is not a bound; write a number (4), a range (3..5) or a comparison (<= 30, \"> mean\")", text)
	}
	if isPercent {
		v /= 100
	}
	return bound{number: v}, nil
}
