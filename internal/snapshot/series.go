package snapshot

import (
	"math"
	"time"

	"worth/internal/i18n"
)

// Every is the length of the periods of a series.
type Every string

// The lengths of periods.
const (
	Month   Every = "month"
	Quarter Every = "quarter"
)

// ParseEvery returns the length of period called name.
func ParseEvery(name string) (Every, error) {
	switch e := Every(name); e {
	case Month, Quarter:
		return e, nil
	}
	return "", i18n.Errorf("a series goes by month or by quarter, not by %q", name)
}

// months of a period.
func (e Every) months() int {
	if e == Quarter {
		return 3
	}
	return 1
}

// PerYear returns how many periods a year has.
func (e Every) PerYear() int { return 12 / e.months() }

// Ends returns the last days of the n periods that end on or before a day, oldest
// first, and none before the day from.
func (e Every) Ends(from, until time.Time, n int) []time.Time {
	var out []time.Time
	step := e.months()
	year, month, _ := until.Date()
	month -= time.Month((int(month) - 1) % step) // first month of the period
	for k := -1; len(out) < n; k++ {
		end := time.Date(year, month-time.Month(k*step), 0, 0, 0, 0, 0, time.UTC)
		if end.After(until) {
			continue
		}
		if end.Before(from) {
			break
		}
		out = append([]time.Time{end}, out...)
	}
	return out
}

// Forecast is where a straight line leads, with an interval that holds the next
// value in 8 of 10 cases if the series goes on as it did.
type Forecast struct{ Value, Low, High float64 }

// Extend fits a straight line through the values of a series by least squares and
// follows it ahead periods beyond the last. Values that are not there (NaN) are
// passed over. It needs four of them; with fewer, ok is false.
func Extend(values []float64, ahead int) (f Forecast, ok bool) {
	const least = 4
	var n, sx, sy float64
	for i, v := range values {
		if !math.IsNaN(v) {
			n++
			sx += float64(i)
			sy += v
		}
	}
	if n < least {
		return f, false
	}
	mx, my := sx/n, sy/n
	var sxx, sxy float64
	for i, v := range values {
		if !math.IsNaN(v) {
			dx := float64(i) - mx
			sxx += dx * dx
			sxy += dx * (v - my)
		}
	}
	slope := sxy / sxx
	var left float64
	for i, v := range values {
		if !math.IsNaN(v) {
			d := v - my - slope*(float64(i)-mx)
			left += d * d
		}
	}
	x := float64(len(values) - 1 + ahead)
	f.Value = my + slope*(x-mx)
	reach := student80(int(n)-2) * math.Sqrt(left/(n-2)*(1+1/n+(x-mx)*(x-mx)/sxx))
	f.Low, f.High = f.Value-reach, f.Value+reach
	return f, true
}

// student80 is the 90 % quantile of Student's t, so that 80 % lie within it on both
// sides; from Cornish and Fisher's expansion beyond the exact first two.
func student80(degrees int) float64 {
	switch degrees {
	case 1:
		return 3.0776835371752527
	case 2:
		return 1.8856180831641267
	}
	const z = 1.2815515655446004
	v := float64(degrees)
	const z3, z5, z7 = z * z * z, z * z * z * z * z, z * z * z * z * z * z * z
	return z + (z3+z)/(4*v) + (5*z5+16*z3+3*z)/(96*v*v) + (3*z7+19*z5+17*z3-15*z)/(384*v*v*v)
}
