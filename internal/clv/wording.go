package clv

import (
	"math"
	"strconv"

	"worth/internal/i18n"
)

// figure returns a number as a sentence shows it: at most four digits behind the
// point and none that say nothing.
func figure(v float64) string {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return strconv.FormatFloat(v, 'f', -1, 64)
	case v == math.Trunc(v):
		return i18n.Number(v, 0)
	case math.Abs(v) < 0.001:
		return strconv.FormatFloat(v, 'g', 3, 64)
	}
	return i18n.Number(v, 4)
}

// percent returns a share as a sentence shows it: 0.1 as 10 %.
func percent(share float64) string {
	if math.IsNaN(share) || math.IsInf(share, 0) {
		return figure(share)
	}
	if hundredths := share * 100; math.Abs(hundredths-math.Round(hundredths)) < 1e-9 {
		return i18n.Percent(share, 0)
	}
	return i18n.Percent(share, 2)
}
