package widget

import (
	"math"
	"time"

	"worth/internal/i18n"
)

// Axis says what one direction of a chart shows.
type Axis struct {
	Min, Max float64                // the range shown; with Max not above Min it is taken from the data
	Dates    bool                   // values are days since 1970-01-01, see DayNumber
	Format   func(v float64) string // writes a value; nil writes dates or short numbers
}

// secondsPerDay converts day numbers to time.
const secondsPerDay = 24 * 60 * 60

// DayNumber returns the days from 1970-01-01 00:00 UTC to t, the unit of a date
// axis.
func DayNumber(t time.Time) float64 {
	return float64(t.Unix()) / secondsPerDay
}

// dayTime is the reverse of DayNumber, for years 1 to 9999; others are clamped.
func dayTime(day float64) time.Time {
	const first, last = -719162, 2932896 // 0001-01-01 and 9999-12-31
	if math.IsNaN(day) {
		day = 0
	}
	day = min(max(day, first), last)
	return time.Unix(int64(math.Round(day*secondsPerDay)), 0).UTC()
}

// write formats a value of the axis for the read-out.
func (a Axis) write(v float64) string {
	switch {
	case a.Format != nil:
		return Clean(a.Format(v))
	case a.Dates:
		return dayTime(v).Format(time.DateOnly)
	case !isFinite(v):
		return "–"
	}
	return i18n.Short(v)
}

// tick is a labelled place on an axis.
type tick struct {
	at    float64
	label string
}

// ticks returns the labelled places between low and high at round values, at
// most about count of them. low must be below high.
func (a Axis) ticks(low, high float64, count int) []tick {
	if a.Dates {
		return dateTicks(low, high, count)
	}
	var out []tick
	for _, v := range roundValues(low, high, count) {
		out = append(out, tick{at: v, label: a.write(v)})
	}
	return out
}

// roundStep returns a step of 1, 2 or 5 times a power of ten that divides the
// range into at most count parts.
func roundStep(low, high float64, count int) float64 {
	n := float64(max(count, 1))
	raw := high/n - low/n
	if raw <= 0 || !isFinite(raw) {
		return 0
	}
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, f := range []float64{1, 2, 5} {
		if f*power >= raw*(1-1e-9) {
			return f * power
		}
	}
	return 10 * power
}

// roundValues returns the multiples of a round step from low to high.
func roundValues(low, high float64, count int) []float64 {
	step := roundStep(low, high, count)
	if step == 0 || !isFinite(step) {
		return nil
	}
	first, last := math.Ceil(low/step-1e-6), math.Floor(high/step+1e-6)
	var out []float64
	for i := first; i <= last && len(out) <= count+1; i++ {
		out = append(out, i*step+0) // + 0 turns −0 into 0
	}
	return out
}

// dateStep is a calendar distance between ticks.
type dateStep struct{ years, months, days int }

// dateSteps are the distances ticks may have, the closest first. Steps of whole
// weeks start on Mondays.
var dateSteps = []dateStep{
	{days: 1},
	{days: 2},
	{days: 7},
	{days: 14},
	{months: 1},
	{months: 2},
	{months: 3},
	{months: 6},
	{years: 1},
	{years: 2},
	{years: 5},
	{years: 10},
	{years: 20},
	{years: 50},
	{years: 100},
	{years: 200},
	{years: 500},
	{years: 1000},
	{years: 2000},
	{years: 5000},
}

// length is about how many days the step takes.
func (s dateStep) length() float64 {
	return 365.25*float64(s.years) + 30.44*float64(s.months) + float64(s.days)
}

// layout is how dates at this distance are written.
func (s dateStep) layout() string {
	switch {
	case s.years > 0:
		return "2006"
	case s.months > 0:
		return "2006-01"
	}
	return time.DateOnly
}

// floor returns the last tick of the step at or before t.
func (s dateStep) floor(t time.Time) time.Time {
	y, m, d := t.Date()
	switch {
	case s.years > 0:
		return time.Date(y-y%s.years, 1, 1, 0, 0, 0, 0, time.UTC)
	case s.months > 0:
		return time.Date(y, m-time.Month((int(m)-1)%s.months), 1, 0, 0, 0, 0, time.UTC)
	case s.days >= 7:
		weekday := (int(t.Weekday()) + 6) % 7
		return time.Date(y, m, d-weekday, 0, 0, 0, 0, time.UTC)
	}
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// dateTicks returns ticks at round calendar places.
func dateTicks(low, high float64, count int) []tick {
	step := dateSteps[len(dateSteps)-1]
	for _, s := range dateSteps {
		if (high-low)/s.length() <= float64(max(count, 1)) {
			step = s
			break
		}
	}
	end := dayTime(high)
	var out []tick
	for t := step.floor(dayTime(low)); !t.After(end) && len(out) <= count+2; t = t.AddDate(step.years, step.months, step.days) {
		if day := DayNumber(t); day >= low-1e-9 {
			out = append(out, tick{at: day, label: t.Format(step.layout())})
		}
	}
	return out
}
