package intake

import (
	"math"
	"regexp"
	"strconv"
	"time"
)

// NumberDate is what the bare numbers of a date column count.
type NumberDate string

// The numbers. Each has a range of years that ids and amounts rarely fall into;
// a column whose numbers are mostly in one of them is read so.
const (
	NoNumbers         NumberDate = ""
	SerialDays        NumberDate = "serial"       // days since 1899-12-30, the dates of spreadsheets
	EpochSeconds      NumberDate = "seconds"      // since 1970-01-01 UTC
	EpochMilliseconds NumberDate = "milliseconds" // likewise
	EpochMicroseconds NumberDate = "microseconds" // likewise
)

// numberDates are the rules: the numbers from least to below most are dates of a
// kind, and unit makes microseconds of them. The macros date_serial, date_seconds …
// of queries/session/macros.sql have the same bounds.
var numberDates = []struct {
	kind              NumberDate
	least, most, unit float64
	shift             float64 // between the number and the count since 1970
	step              float64 // microseconds that the number is exact to
}{
	{kind: SerialDays, least: 10_960, most: 73_052, unit: 86_400_000_000, shift: -25_569, step: 1000}, // 1930 to 2099
	{kind: EpochSeconds, least: 315_532_800, most: 4_102_444_800, unit: 1e6, step: 1},                 // 1980 to 2099
	{kind: EpochMilliseconds, least: 315_532_800_000, most: 4_102_444_800_000, unit: 1e3, step: 1},
	{kind: EpochMicroseconds, least: 315_532_800_000_000, most: 4_102_444_800_000_000, unit: 1, step: 1},
}

var bareNumber = regexp.MustCompile(`^[0-9]{5,16}(\.[0-9]+)?$`)

// numberDate reads a number as a date of a kind, or of any kind when kind is
// empty; the result is UTC.
func numberDate(text string, kind NumberDate) (time.Time, NumberDate, bool) {
	if !bareNumber.MatchString(text) {
		return time.Time{}, "", false
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return time.Time{}, "", false
	}
	for _, rule := range numberDates {
		if (kind == "" || kind == rule.kind) && n >= rule.least && n < rule.most {
			return time.UnixMicro(int64(math.Round((n+rule.shift)*rule.unit/rule.step) * rule.step)).UTC(), rule.kind, true
		}
	}
	return time.Time{}, "", false
}

// countNumbers decides what the numbers among cells that are no written dates
// count: the kind most of them can be.
func (r *DateReading) countNumbers(cells []string) {
	counts := map[NumberDate]int{}
	for _, cell := range cells {
		if _, kind, ok := numberDate(cleanDate(cell), ""); ok {
			counts[kind]++
		}
	}
	for _, rule := range numberDates {
		if counts[rule.kind] > counts[r.Numbers] {
			r.Numbers = rule.kind
		}
	}
	r.Unread, r.Example = 0, ""
	for _, cell := range cells {
		if _, _, ok := numberDate(cleanDate(cell), r.Numbers); !ok || r.Numbers == NoNumbers {
			r.unread(cell)
			continue
		}
		r.HasTime = r.HasTime || r.Numbers != SerialDays || cell != strconv.Itoa(number(cell))
	}
}

// Parse reads one cell as the column is read: the reference for the loading SQL.
// A UTC offset is applied, so that the result is in UTC.
func (r DateReading) Parse(cell string) (time.Time, bool) {
	if r.Numbers != NoNumbers {
		if at, _, ok := numberDate(cleanDate(cell), r.Numbers); ok {
			return at, true
		}
	}
	return ParseDate(cell, r.Order)
}

// dateAs names the macro that reads the cells of a date column.
func dateAs(r DateReading) string {
	switch {
	case r.Numbers != NoNumbers:
		return "date_" + string(r.Numbers)
	case r.HasZone:
		return "date_offset"
	case r.Form == FormISO || r.Form == "":
		return "date_iso"
	}
	return "date_formats"
}
