package decode

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// A date in a workbook is a number that its style shows as a date, and the
// library's rows give no styles. So the styles are changed in memory before any
// row is read: those that show a date or a time put a mark before the number,
// which no text can hold, and all others show the number as it is stored.
const (
	dateMark = "\x01D"
	timeMark = "\x01T"
	serial   = "0.0000000000" // a day to a hundred-thousandth of a second
)

// markDates changes the styles of a workbook.
func markDates(f *excelize.File) error {
	if f.Styles == nil || f.Styles.CellXfs == nil {
		return nil
	}
	codes := map[int]string{}
	if f.Styles.NumFmts != nil {
		for _, n := range f.Styles.NumFmts.NumFmt {
			if n != nil {
				codes[n.NumFmtID] = n.FormatCode
			}
		}
	}
	styles := len(f.Styles.CellXfs.Xf)
	dates, err := numberFormat(f, dateMark)
	if err != nil {
		return err
	}
	times, err := numberFormat(f, timeMark)
	if err != nil {
		return err
	}
	plain := 1 << 20 // no format has this number: cells show what is stored
	for i := range f.Styles.CellXfs.Xf[:styles] {
		shown := 0
		if id := f.Styles.CellXfs.Xf[i].NumFmtID; id != nil {
			shown = *id
		}
		code, custom := codes[shown]
		as := &plain
		switch {
		case custom && showsDay(code), !custom && builtinDate(shown):
			as = dates
		case custom && showsClock(code), !custom && builtinTime(shown):
			as = times
		}
		f.Styles.CellXfs.Xf[i].NumFmtID = as
	}
	return nil
}

// numberFormat adds a format that writes a mark before numbers and leaves text.
func numberFormat(f *excelize.File, mark string) (*int, error) {
	code := `"` + mark + `"` + serial + `;"` + mark + `"-` + serial + `;"` + mark + `"` + serial + `;@`
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller names the file
	}
	return f.Styles.CellXfs.Xf[style].NumFmtID, nil
}

// builtinDate and builtinTime know the numbered formats of the standard, those
// of East Asian versions included.
func builtinDate(id int) bool {
	return id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id == 57 || id == 58
}

func builtinTime(id int) bool {
	return id >= 18 && id <= 21 || id >= 32 && id <= 35 || id == 45 || id == 47
}

// showsDay and showsClock read a format code: a date has a year or a day (or a
// month alone), a time of day has hours or seconds. [h] is a length of time.
func showsDay(code string) bool {
	letters, length := formatLetters(code)
	return !length && (strings.ContainsAny(letters, "yde") || strings.Contains(letters, "m") && !strings.ContainsAny(letters, "hs0#?"))
}

func showsClock(code string) bool {
	letters, length := formatLetters(code)
	return !length && strings.ContainsAny(letters, "hs")
}

// formatLetters returns the first section of a format code in lower case without
// literals, locales and colours; length says that it shows a length of time.
func formatLetters(code string) (letters string, length bool) {
	code, _, _ = strings.Cut(strings.ToLower(code), ";")
	if strings.HasPrefix(code, "general") {
		return "", false
	}
	var out []byte
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '\\', '_', '*': // the next character stands for itself
			i++
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return string(out), length
			}
			i += end + 1
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return string(out), length
			}
			inner := code[i+1 : i+end]
			length = length || inner != "" && strings.Trim(inner, "hms") == ""
			i += end
		default:
			out = append(out, code[i])
		}
	}
	// Only the letters of scientific numbers are none of a date: 0.00e+00.
	return strings.ReplaceAll(string(out), "e+", ""), length
}

// isoDate writes a serial number of days as a date or a time of day. Numbers that
// are no day stay numbers.
func isoDate(cell string, from1904 bool) (text string, ok bool) {
	clock := strings.HasPrefix(cell, timeMark)
	days, err := strconv.ParseFloat(cell[len(dateMark):], 64)
	if err != nil {
		return cell[len(dateMark):], false
	}
	const last = 2958466 // the first day of the year 10000
	shift := 0.0
	if from1904 {
		shift = 1462
	}
	if days < 0 || days+shift >= last || !clock && days+shift < 1 {
		return trimNumber(cell[len(dateMark):]), false
	}
	milliseconds := int64(math.Round(days * 86_400_000))
	const day = 86_400_000
	if clock && milliseconds < day {
		return time.UnixMilli(milliseconds).UTC().Format("15:04:05"), true
	}
	if days+shift < 61 { // Excel counts a 29 February 1900 that never was
		milliseconds += day
	}
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	at := start.Add(time.Duration(shift)*24*time.Hour).UnixMilli() + milliseconds
	switch {
	case milliseconds%day == 0:
		return time.UnixMilli(at).UTC().Format(time.DateOnly), true
	case milliseconds%1000 == 0:
		return time.UnixMilli(at).UTC().Format(time.DateTime), true
	}
	return time.UnixMilli(at).UTC().Format("2006-01-02 15:04:05.000"), true
}

func trimNumber(number string) string {
	if strings.Contains(number, ".") {
		number = strings.TrimRight(strings.TrimRight(number, "0"), ".")
	}
	return number
}
