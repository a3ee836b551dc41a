package demo

import "time"

// years is how long the shop has been open.
const years = 3

// Channels of orders.csv.
const (
	channelWeb = iota
	channelApp
	channelPOS
	channelCount
)

var channelNames = [channelCount]string{"web", "app", "pos"}

// calendar turns operational time, in which every day is alike, into days on
// which a shop is more or less busy.
type calendar struct {
	start   time.Time // first day, midnight UTC
	days    int
	busy    []float64 // operational time at the start of each day; busy[days] = days
	first   []int     // by whole operational day: the calendar day it begins in
	month   []int     // by day: months since the first
	months  []time.Time
	weekday []time.Weekday
	text    []string // by day: 2026-10-31
}

// season is how busy a month is beside the others, January first.
var season = [12]float64{0.86, 0.84, 0.92, 0.95, 1.02, 0.93, 0.83, 0.85, 0.95, 1.02, 1.33, 1.52}

// rhythm is how busy a weekday is beside the others, Sunday first.
var rhythm = [7]float64{1.02, 1.05, 0.93, 0.92, 0.97, 1.06, 1.12}

// hours are the shares of a channel's orders by hour of the day. Stores are
// open from 10 to 20.
var hours = [channelCount][24]int{
	channelWeb: {8, 4, 2, 1, 1, 2, 6, 14, 26, 38, 46, 48, 52, 46, 42, 42, 44, 48, 54, 66, 78, 76, 50, 22},
	channelApp: {12, 6, 3, 2, 2, 4, 16, 34, 38, 30, 30, 34, 50, 44, 32, 32, 36, 46, 56, 64, 74, 84, 66, 30},
	channelPOS: {10: 24, 11: 44, 12: 52, 13: 46, 14: 40, 15: 46, 16: 58, 17: 66, 18: 58, 19: 30},
}

var hoursCum = func() (cum [channelCount][]int) {
	for c := range hours {
		cum[c] = runningTotal(hours[c][:])
	}
	return cum
}()

// runningTotal turns weights into the form weighted draws from.
func runningTotal(weights []int) []int {
	cum, total := make([]int, len(weights)), 0
	for i, w := range weights {
		total += w
		cum[i] = total
	}
	return cum
}

// newCalendar covers the years that end with the calendar date of end.
func newCalendar(end time.Time) *calendar {
	last := time.Date(end.Year(), end.Month(), end.Day(), 0, 0, 0, 0, time.UTC)
	start := last.AddDate(-years, 0, 1)
	days := int(last.Sub(start).Hours()/24) + 1
	c := &calendar{start: start, days: days, busy: make([]float64, days+1)}
	for d := range days {
		t := start.AddDate(0, 0, d)
		if d == 0 || t.Day() == 1 {
			c.months = append(c.months, t)
		}
		c.month = append(c.month, len(c.months)-1)
		c.weekday = append(c.weekday, t.Weekday())
		c.text = append(c.text, t.Format(time.DateOnly))
		c.busy[d+1] = c.busy[d] + times(times(season[t.Month()-1], rhythm[t.Weekday()]), sale(t))
	}
	total := c.busy[days]
	for d := range c.busy {
		c.busy[d] = times(c.busy[d]/total, float64(days))
	}
	for whole, d := 0, 0; whole < days; whole++ {
		for c.busy[d+1] <= float64(whole) {
			d++
		}
		c.first = append(c.first, d)
	}
	return c
}

// sale is the extra pull of the week of Black Friday, and the lull of Christmas.
func sale(t time.Time) float64 {
	switch {
	case t.Month() == time.November && t.Day() >= 22 && t.Day() <= 29:
		return 1.75
	case t.Month() == time.December && t.Day() >= 23 && t.Day() <= 26:
		return 0.4
	default:
		return 1
	}
}

// day is the calendar day of an operational time in [0, days).
func (c *calendar) day(operational float64) int {
	d := c.first[int(operational)]
	for d < c.days-1 && c.busy[d+1] <= operational {
		d++
	}
	return d
}

// dayOf is the calendar day of a date, clamped to the calendar.
func (c *calendar) dayOf(t time.Time) int {
	return min(max(int(t.Sub(c.start).Hours()/24), 0), c.days-1)
}

// monthEnd is the last day of a month of the calendar.
func (c *calendar) monthEnd(month int) time.Time {
	if month+1 < len(c.months) {
		return c.months[month+1].AddDate(0, 0, -1)
	}
	return c.start.AddDate(0, 0, c.days-1)
}

// moment draws a second of a day, counted from the start of the calendar, at
// which the channel takes orders.
func (c *calendar) moment(d *dice, day, channel int) int {
	hour := d.weighted(hoursCum[channel])
	return day*86400 + hour*3600 + d.below(3600)
}

// appendMoment writes a second of the calendar as 2026-10-31 18:04:09.
func (c *calendar) appendMoment(dst []byte, second int) []byte {
	day, rest := second/86400, second%86400
	dst = append(dst, c.text[day]...)
	dst = appendPadded(append(dst, ' '), rest/3600, 2)
	dst = appendPadded(append(dst, ':'), rest/60%60, 2)
	return appendPadded(append(dst, ':'), rest%60, 2)
}
