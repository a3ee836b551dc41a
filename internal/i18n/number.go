package i18n

import (
	"math"
	"strconv"
)

// Number writes v with grouped digits and the given number of decimals.
func Number(v float64, decimals int) string {
	return T("%."+strconv.Itoa(decimals)+"f", v)
}

// Short writes v in at most about six characters: 847, 66.2, 12.4 k, 3.41 M.
func Short(v float64) string {
	for _, unit := range []struct {
		size float64
		name string
	}{{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e4, "k"}} {
		if math.Abs(v) >= unit.size {
			scale := unit.size
			if unit.name == "k" {
				scale = 1e3
			}
			return significant(v/scale) + " " + T(unit.name)
		}
	}
	return significant(v)
}

// Percent writes a share (0–1) in percent with the given number of decimals.
func Percent(share float64, decimals int) string {
	return T("%."+strconv.Itoa(decimals)+"f %%", share*100)
}

// significant writes three significant digits, but never cuts whole ones.
func significant(v float64) string {
	switch a := math.Abs(v); {
	case a >= 100 || a == math.Trunc(a):
		return Number(v, 0)
	case a >= 10:
		return Number(v, 1)
	default:
		return Number(v, 2)
	}
}
