package page

import "worth/internal/i18n"

// unknown stands for a number there is none of.
const unknown = "–"

// number writes a number that may be unknown.
func number(v *float64, decimals int) string {
	if v == nil {
		return unknown
	}
	return i18n.Number(*v, decimals)
}

// percent writes a share that may be unknown.
func percent(share *float64, decimals int) string {
	if share == nil {
		return unknown
	}
	return i18n.Percent(*share, decimals)
}

// signed writes a change in percent with its sign.
func signed(change float64) string {
	if change > 0 {
		return "+" + i18n.Percent(change, 0)
	}
	return i18n.Percent(change, 0)
}

// short writes a large number briefly that may be unknown.
func short(v *float64) string {
	if v == nil {
		return unknown
	}
	return i18n.Short(*v)
}
