package whatif

import (
	"math"
	"strings"

	"worth/internal/i18n"
)

// Format returns a value of a lever as it is shown: 35 %, 3.1 /yr, 24 mo.
func (l Lever) Format(value float64) string {
	if l == Window && value == Unlimited {
		return i18n.T("all")
	}
	switch l.Unit() {
	case UnitShare:
		return percent(value)
	case UnitPerYear:
		return i18n.T("%s /yr", figure(value))
	case UnitYears:
		return i18n.T("%s y", figure(value))
	case UnitMonths:
		return i18n.T("%s mo", figure(value))
	case UnitFactor:
		return "×" + figure(value)
	default:
		return figure(value)
	}
}

// FormatSetting returns a setting as it is shown, which ParseSetting reads back but for
// rounding: 35 %, +3 pt, ×1.2.
func (l Lever) FormatSetting(s Setting) string {
	switch {
	case s.How == Times:
		return "×" + figure(s.Value)
	case s.How == To && s.Value < 0:
		return "=" + l.Format(s.Value)
	case s.How == To:
		return l.Format(s.Value)
	}
	sign := "+"
	if s.Value < 0 {
		sign = "-"
	}
	if l.Unit() == UnitShare {
		return sign + i18n.T("%s pt", figure(100*math.Abs(s.Value)))
	}
	if l.Unit() == UnitFactor {
		return sign + figure(math.Abs(s.Value))
	}
	return sign + l.Format(math.Abs(s.Value))
}

// percent returns a share in percent with up to two decimals.
func percent(share float64) string {
	return figure(100*share) + " %"
}

// figure returns a number with up to four significant digits behind whole ones and no
// trailing zeros.
func figure(v float64) string {
	decimals := 0
	switch a := math.Abs(v); {
	case a >= 1000:
	case a >= 10:
		decimals = 1
	case a >= 1:
		decimals = 2
	case a > 0:
		decimals = min(9, 2-int(math.Floor(math.Log10(a))))
	}
	text := i18n.Number(v, decimals)
	if decimals > 0 {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}
