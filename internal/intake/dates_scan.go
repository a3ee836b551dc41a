package intake

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dateShape is how a date is written, without its numbers: enough to build the
// strptime format that reads it.
type dateShape struct {
	form     DateForm
	sep      string // between the parts of numeric and text dates
	free     bool   // whether day, month and year order is open
	year     string // %Y or %y
	month    string // %m, %b or %B
	monthAt  int    // position of a named month: 0 first, 1 second
	afterDay string // between day and year of "June 14, 2019"
	clock    string // strptime of the time of day with what stands before it
}

// writtenDate is one scanned date.
type writtenDate struct {
	shape   dateShape
	parts   [3]int // as written; for compact, ISO, text dates: year, month, day
	zoned   bool
	seconds int // since midnight
	nanos   int
	offset  int // of the zone, seconds east of UTC
}

var (
	numericDate = regexp.MustCompile(`^(\d{1,4})([-/.#])(\d{1,2})([-/.#])(\d{1,4})(.*)$`)
	compactDate = regexp.MustCompile(`^((?:1[89]|20|21)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)|( .*))?$`)
	chineseDate = regexp.MustCompile(`^(\d{4})年(\d{1,2})月(\d{1,2})日(.*)$`)
	dayMonth    = regexp.MustCompile(`^(\d{1,2})([- ])([A-Za-z]{3,9})([- ])(\d{4}|\d{2})([ T].*)?$`)
	stationDate = regexp.MustCompile(`^(\d{1,2})([A-Za-z]{3})(\d{4}|\d{2})(?:(:)(\d\d):(\d\d)(?::(\d\d))?)?$`)
	monthDay    = regexp.MustCompile(`^([A-Za-z]{3,9}) (\d{1,2})(,? )(\d{4})([ ,T].*)?$`)
	clockTime   = regexp.MustCompile(`^([ T]|, )(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?( ?)((?i:[ap]m)?)( ?)(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$`)
)

// scanDate recognises every supported way of writing a date.
func scanDate(text string) (writtenDate, bool) {
	const longest = 48
	if len(text) < 6 || len(text) > longest {
		return writtenDate{}, false
	}
	c := text[0]
	switch {
	case c >= '0' && c <= '9':
		for _, scan := range []func(string) (writtenDate, bool){scanNumeric, scanCompact, scanChinese, scanDayMonth, scanStation} {
			if d, ok := scan(text); ok {
				return d, true
			}
		}
	case c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z':
		return scanMonthDay(text)
	}
	return writtenDate{}, false
}

func scanNumeric(text string) (writtenDate, bool) {
	m := numericDate.FindStringSubmatch(text)
	if m == nil || m[2] != m[4] {
		return writtenDate{}, false
	}
	first, last := len(m[1]), len(m[5])
	d := writtenDate{parts: [3]int{number(m[1]), number(m[3]), number(m[5])}}
	d.shape = dateShape{form: FormNumeric, sep: m[2], year: "%Y", month: "%m"}
	switch {
	case first == 4 && last <= 2:
		if m[2] == "-" && len(m[3]) == 2 && last == 2 {
			d.shape.form = FormISO
		}
	case first <= 2 && last == 4:
		d.shape.free = true
	case first <= 2 && last <= 2:
		d.shape.free, d.shape.year = true, "%y"
	default:
		return writtenDate{}, false
	}
	return d, d.scanClock(m[6])
}

func scanCompact(text string) (writtenDate, bool) {
	m := compactDate.FindStringSubmatch(text)
	if m == nil {
		return writtenDate{}, false
	}
	d := writtenDate{parts: [3]int{number(m[1]), number(m[2]), number(m[3])}}
	d.shape = dateShape{form: FormCompact, year: "%Y", month: "%m"}
	if _, ok := d.in(YMD); !ok {
		return writtenDate{}, false
	}
	if m[4] == "" {
		return d, d.scanClock(m[7])
	}
	d.shape.clock = "%H%M%S"
	return d, d.setTime(number(m[4]), number(m[5]), number(m[6]))
}

func scanChinese(text string) (writtenDate, bool) {
	m := chineseDate.FindStringSubmatch(text)
	if m == nil {
		return writtenDate{}, false
	}
	d := writtenDate{parts: [3]int{number(m[1]), number(m[2]), number(m[3])}}
	d.shape = dateShape{form: FormNumeric, sep: "年", year: "%Y", month: "%m"}
	return d, d.scanClock(m[4])
}

func scanDayMonth(text string) (writtenDate, bool) {
	m := dayMonth.FindStringSubmatch(text)
	if m == nil || m[2] != m[4] {
		return writtenDate{}, false
	}
	month, name, ok := monthNamed(m[3])
	d := writtenDate{parts: [3]int{number(m[5]), month, number(m[1])}}
	d.shape = dateShape{form: FormText, sep: m[2], year: "%Y", month: name, monthAt: 1}
	if len(m[5]) == 2 {
		d.shape.year, d.parts[0] = "%y", century(d.parts[0])
	}
	return d, ok && d.scanClock(m[6])
}

// scanStation reads what statistics programs write: 14JUN09:17:58:34.
func scanStation(text string) (writtenDate, bool) {
	m := stationDate.FindStringSubmatch(text)
	if m == nil {
		return writtenDate{}, false
	}
	month, name, ok := monthNamed(m[2])
	d := writtenDate{parts: [3]int{number(m[3]), month, number(m[1])}}
	d.shape = dateShape{form: FormText, year: "%Y", month: name, monthAt: 1}
	if len(m[3]) == 2 {
		d.shape.year, d.parts[0] = "%y", century(d.parts[0])
	}
	if m[4] != "" {
		d.shape.clock = ":%H:%M"
		if m[7] != "" {
			d.shape.clock += ":%S"
		}
	}
	return d, ok && d.setTime(number(m[5]), number(m[6]), number(m[7]))
}

func scanMonthDay(text string) (writtenDate, bool) {
	m := monthDay.FindStringSubmatch(text)
	if m == nil {
		return writtenDate{}, false
	}
	month, name, ok := monthNamed(m[1])
	d := writtenDate{parts: [3]int{number(m[4]), month, number(m[2])}}
	d.shape = dateShape{form: FormText, sep: " ", afterDay: m[3], year: "%Y", month: name}
	return d, ok && d.scanClock(m[5])
}

// scanClock reads the rest of a date cell: nothing, or a time of day.
func (d *writtenDate) scanClock(rest string) bool {
	if rest == "" {
		return true
	}
	m := clockTime.FindStringSubmatch(rest)
	if m == nil {
		return false
	}
	hour, format := number(m[2]), "%H:%M"
	if m[7] != "" {
		if hour < 1 || hour > 12 {
			return false
		}
		hour, format = hour%12, "%I:%M"
		if m[7][0] == 'p' || m[7][0] == 'P' {
			hour += 12
		}
	}
	if m[4] != "" {
		format += ":%S"
	}
	if m[5] != "" {
		format += ".%f"
		if len(m[5]) > 6 {
			format = strings.TrimSuffix(format, "%f") + "%n"
		}
		d.nanos = number((m[5] + "00000000")[:9])
	}
	if m[7] != "" {
		format += m[6] + "%p"
	}
	return d.setZone(m, &format) && d.setTime(hour, number(m[3]), number(m[4])) && d.setClock(m[1]+format)
}

// setZone reads the UTC offset in a clockTime match.
func (d *writtenDate) setZone(m []string, format *string) bool {
	zone, gap := m[9], m[6]+m[8]
	if m[7] != "" {
		gap = m[8]
	}
	if zone == "" {
		return m[7] != "" && m[8] == "" || gap == ""
	}
	d.zoned = true
	if zone[0] != '+' && zone[0] != '-' {
		*format += gap + zone
		return true
	}
	*format += gap + "%z"
	digits := strings.ReplaceAll(zone[1:], ":", "") + "00"
	d.offset = number(digits[:2])*3600 + number(digits[2:4])*60
	if zone[0] == '-' {
		d.offset = -d.offset
	}
	return d.offset <= 15*3600 && d.offset >= -15*3600
}

func (d *writtenDate) setClock(format string) bool {
	d.shape.clock = format
	return true
}

func (d *writtenDate) setTime(hour, minute, second int) bool {
	d.seconds = hour*3600 + minute*60 + second
	return hour < 24 && minute < 60 && second < 60
}

// in returns the point in time under an order, and whether there is such a day.
func (d *writtenDate) in(order DateOrder) (time.Time, bool) {
	year, month, day := d.parts[0], d.parts[1], d.parts[2]
	if d.shape.free {
		switch order {
		case DMY:
			day, month, year = d.parts[0], d.parts[1], d.parts[2]
		case MDY:
			month, day, year = d.parts[0], d.parts[1], d.parts[2]
		case YMD:
			if d.shape.year == "%Y" {
				return time.Time{}, false
			}
		}
		if d.shape.year == "%y" {
			year = century(year)
		}
	}
	if year < 1 || month < 1 || month > 12 || day < 1 || day > 31 {
		return time.Time{}, false
	}
	t := time.Date(year, time.Month(month), day, 0, 0, d.seconds, d.nanos, time.UTC)
	if t.Day() != day {
		return time.Time{}, false
	}
	return t.Add(-time.Duration(d.offset) * time.Second), true
}

// strptime returns the DuckDB format that reads the shape under an order.
func (s dateShape) strptime(order DateOrder) string {
	day := "%d"
	switch {
	case s.form == FormText && s.monthAt == 1:
		return day + s.sep + s.month + s.sep + s.year + s.clock
	case s.form == FormText:
		return s.month + " " + day + s.afterDay + s.year + s.clock
	case s.sep == "年":
		return s.year + "年" + s.month + "月" + day + "日" + s.clock
	case s.free && order == DMY:
		return day + s.sep + s.month + s.sep + s.year + s.clock
	case s.free && order == MDY:
		return s.month + s.sep + day + s.sep + s.year + s.clock
	}
	return s.year + s.sep + s.month + s.sep + day + s.clock
}

// monthNamed reads an English month name, short or full.
func monthNamed(name string) (month int, format string, ok bool) {
	for m := time.January; m <= time.December; m++ {
		switch {
		case strings.EqualFold(name, m.String()[:3]):
			return int(m), "%b", true
		case strings.EqualFold(name, m.String()):
			return int(m), "%B", true
		}
	}
	return 0, "", false
}

// century completes a two-digit year: 69–99 are 19xx, 00–68 are 20xx.
func century(year int) int {
	if year >= 69 {
		return 1900 + year
	}
	return 2000 + year
}

// number reads digits already matched; an empty string is 0.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
