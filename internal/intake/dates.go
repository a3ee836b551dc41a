package intake

import (
	"slices"
	"sort"
	"strings"
	"time"

	"worth/internal/i18n"
)

// DateOrder is the order of day, month and year in a written date.
type DateOrder string

// The orders. Year first also covers ISO and yyyymmdd.
const (
	YMD DateOrder = "ymd"
	DMY DateOrder = "dmy"
	MDY DateOrder = "mdy"
)

// ParseDateOrder reads the value of --date-order; empty means undecided.
func ParseDateOrder(text string) (DateOrder, error) {
	switch order := DateOrder(strings.ToLower(strings.TrimSpace(text))); order {
	case YMD, DMY, MDY, "":
		return order, nil
	}
	return "", i18n.Errorf("--date-order: %q is no order; choose dmy (14/6/2019), mdy (6/14/2019) or ymd (2019/6/14)", text)
}

// DateForm is the way a column writes its dates.
type DateForm string

// The forms. A column that mixes them is FormMixed.
const (
	FormISO     DateForm = "iso"     // 2019-06-14, with or without time: a plain cast reads it, unless HasZone
	FormCompact DateForm = "compact" // 20190614, 20190614093000
	FormNumeric DateForm = "numeric" // 14/06/2019, 6-14-19, 2019/6/14, 14.6.2019
	FormText    DateForm = "text"    // 14 Jun 2019, June 14, 2019
	FormMixed   DateForm = "mixed"   // more than one of the above
)

// DateFormat is a named list of DuckDB strptime formats, to be tried in order.
type DateFormat struct {
	Name    DateOrder
	Formats []string
}

// DateReading is the verdict on a date column, from the sample. It holds for
// the shapes the sample has; the loading SQL counts what it makes of all rows.
type DateReading struct {
	Form  DateForm
	Order DateOrder
	// Ambiguous says that day first and month first both read every sampled
	// value. Order is then day first, unless --date-order decided it.
	Ambiguous bool
	HasTime   bool // some value has a time of day
	// HasZone says that some value has a UTC offset. A cast to TIMESTAMP would drop
	// it; try_strptime with Format applies it and returns TIMESTAMPTZ.
	HasZone bool
	// Numbers is what bare numbers in the column count. Unless they are SerialDays
	// they are moments in UTC.
	Numbers NumberDate
	Format  DateFormat
	Other   *DateFormat // the other reading of a numeric day/month column, possible or not; nil for other forms
	Values  int         // sampled cells that are not empty
	Unread  int         // of these, cells the verdict cannot read
	Example string      // the first of the unread
}

// ReadDates decides how a column of dates is written. A given order decides
// between day first and month first whatever the values allow; empty leaves it
// to them: the order every value allows wins, and day first if both do. Two-digit
// years 69–99 are 19xx, 00–68 are 20xx.
func ReadDates(cells []string, given DateOrder) DateReading {
	var r DateReading
	shapes := map[dateShape]int{}
	fits := map[DateOrder]int{}
	free, parsed := 0, make([]writtenDate, 0, len(cells))
	var texts, others []string
	for _, cell := range cells {
		text := cleanDate(cell)
		if text == "" {
			continue
		}
		r.Values++
		d, ok := scanDate(text)
		if !ok {
			others = append(others, cell)
			continue
		}
		parsed, texts = append(parsed, d), append(texts, cell)
		if d.shape.free {
			free++
			for _, order := range []DateOrder{DMY, MDY, YMD} {
				if _, ok := d.in(order); ok {
					fits[order]++
				}
			}
		}
	}
	r.countNumbers(others)
	r.Order, r.Ambiguous = chooseOrder(fits, free, given)
	for i, d := range parsed {
		if _, ok := d.in(r.Order); !ok {
			r.unread(texts[i])
			continue
		}
		shapes[d.shape]++
		r.HasTime = r.HasTime || d.shape.clock != ""
		r.HasZone = r.HasZone || d.zoned
	}
	r.describe(shapes, free > 0)
	return r
}

func (r *DateReading) unread(cell string) {
	if r.Unread == 0 {
		r.Example = cell
	}
	r.Unread++
}

// chooseOrder picks the reading that most values allow; day first wins ties,
// then month first. Dates that are not free (year first, named month) need none.
func chooseOrder(fits map[DateOrder]int, free int, given DateOrder) (order DateOrder, ambiguous bool) {
	if free == 0 {
		return YMD, false
	}
	if given != "" {
		return given, false
	}
	order = DMY
	for _, other := range []DateOrder{MDY, YMD} {
		if fits[other] > fits[order] {
			order = other
		}
	}
	return order, fits[DMY] == free && fits[MDY] == free
}

// describe fills form and formats from the shapes seen: two-digit years first,
// then the most frequent first.
func (r *DateReading) describe(shapes map[dateShape]int, free bool) {
	seen := make([]dateShape, 0, len(shapes))
	forms := map[DateForm]bool{}
	for s := range shapes {
		seen = append(seen, s)
		forms[s.form] = true
	}
	sort.Slice(seen, func(i, j int) bool {
		if seen[i].year != seen[j].year {
			return seen[i].year == "%y" // %Y would read 14/06/19 as the year 19
		}
		if shapes[seen[i]] != shapes[seen[j]] {
			return shapes[seen[i]] > shapes[seen[j]]
		}
		return seen[i].strptime(DMY) < seen[j].strptime(DMY)
	})
	for f := range forms {
		r.Form = f
	}
	if len(forms) > 1 {
		r.Form = FormMixed
	}
	r.Format = formatsFor(r.Order, seen)
	if free {
		other := DMY
		if r.Order == DMY {
			other = MDY
		}
		f := formatsFor(other, seen)
		r.Other = &f
	}
}

// formatsFor lists the formats of the shapes seen, then their siblings with
// other times of day, then ISO: a later row may differ a little from the sample.
func formatsFor(order DateOrder, seen []dateShape) DateFormat {
	var out []string
	add := func(format string) {
		if !slices.Contains(out, format) {
			out = append(out, format)
		}
	}
	for _, s := range seen {
		add(s.strptime(order))
	}
	for _, s := range seen {
		for _, clock := range []string{"", " %H:%M", " %H:%M:%S"} {
			sibling := s
			sibling.clock = clock
			add(sibling.strptime(order))
		}
	}
	add("%Y-%m-%d")
	add("%Y-%m-%d %H:%M:%S")
	return DateFormat{Name: order, Formats: out}
}

// ParseDate reads one cell under an order: the reference for the loading SQL.
// The time of day is kept; a UTC offset is applied, so that the result is in UTC.
func ParseDate(cell string, order DateOrder) (time.Time, bool) {
	d, ok := scanDate(cleanDate(cell))
	if !ok {
		return time.Time{}, false
	}
	return d.in(order)
}

// cleanDate trims what exports put around dates; null words become empty.
func cleanDate(cell string) string {
	text := trimCell(cell)
	if isNull(text) || strings.HasPrefix(text, "0000-00-00") {
		return ""
	}
	return text
}
