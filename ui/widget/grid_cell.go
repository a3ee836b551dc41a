package widget

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"worth/internal/i18n"
	"worth/internal/tabular"
)

const (
	gridMoneyDecimals = 2
	gridFloatDecimals = 2
	gridShareDecimals = 1
	gridDayDecimals   = 1 // medians of days fall between two of them at most
)

// gridFormat writes cells in the manner of the current language. It asks the
// language once and then formats without it, as a screen has a thousand cells.
type gridFormat struct {
	group, point, percent string
	yes, no               string
}

// newGridFormat learns the signs of the current language from samples.
func newGridFormat() gridFormat {
	f := gridFormat{yes: i18n.T("yes"), no: i18n.T("no")}
	sample := i18n.Number(1234.5, 1)
	if _, rest, ok := strings.Cut(sample, "1"); ok {
		f.group, rest, _ = strings.Cut(rest, "234")
		f.point, _, _ = strings.Cut(rest, "5")
	}
	_, f.percent, _ = strings.Cut(i18n.Percent(0.5, 0), "50")
	return f
}

// cell returns the text of a cell of a column of kind, on one line and without
// anything dangerous. It looks at no more of a long text than width columns need.
func (f *gridFormat) cell(cell any, kind tabular.Kind, width int) string {
	switch v := cell.(type) {
	case string:
		return gridClean(v, width)
	case int64:
		if kind == tabular.Share || kind == tabular.Money {
			return f.float(float64(v), kind)
		}
		return f.grouped(v < 0, gridMagnitude(v), 0, 0)
	case tabular.Decimal:
		return f.decimal(v, kind)
	case float64:
		return f.float(v, kind)
	case bool:
		if v {
			return f.yes
		}
		return f.no
	case time.Time:
		return gridTime(v, kind)
	}
	return ""
}

// decimal writes an exact decimal, rounded half away from zero.
func (f *gridFormat) decimal(d tabular.Decimal, kind tabular.Kind) string {
	if kind == tabular.Share {
		return f.float(d.Float64(), kind)
	}
	magnitude, scale := gridMagnitude(d.Unscaled), int(d.Scale)
	for ; scale > gridMoneyDecimals+1; scale-- {
		magnitude /= 10 // only the first digit cut decides
	}
	if scale > gridMoneyDecimals {
		magnitude = (magnitude + 5) / 10
		scale--
	}
	decimals := gridMoneyDecimals
	if kind == tabular.Integer && d.Float64() == math.Trunc(d.Float64()) {
		decimals = 0
	}
	return f.grouped(d.Unscaled < 0, magnitude, scale, decimals)
}

// float writes a measured number with the decimals of its kind. Small ones keep
// three significant digits, enormous ones get an exponent.
func (f *gridFormat) float(v float64, kind tabular.Kind) string {
	decimals, suffix := gridFloatDecimals, ""
	switch kind {
	case tabular.Share:
		v, decimals, suffix = v*100, gridShareDecimals, f.percent
	case tabular.Integer:
		if v == math.Trunc(v) {
			decimals = 0
		}
	case tabular.Float:
		if a := math.Abs(v); a > 0 && a < 0.1 {
			return strings.Replace(strconv.FormatFloat(v, 'g', 3, 64), ".", f.point, 1)
		}
	case tabular.Text, tabular.Money, tabular.Date, tabular.Time, tabular.Boolean:
	}
	switch {
	case math.IsNaN(v):
		return "NaN"
	case math.IsInf(v, 1):
		return "∞"
	case math.IsInf(v, -1):
		return "-∞"
	case math.Abs(v) >= 1e15:
		return strings.Replace(strconv.FormatFloat(v, 'g', 6, 64), ".", f.point, 1) + suffix
	}
	digits := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64) // rounds as fmt does
	n, err := strconv.ParseUint(strings.Replace(digits, ".", "", 1), 10, 64)
	if err != nil { // not below 1e15
		return digits + suffix
	}
	return f.grouped(v < 0, n, decimals, decimals) + suffix
}

// gridDays is the unit of columns that count days.
const gridDays = "days"

// days writes a number of days.
func (f *gridFormat) days(v float64) string {
	const most = 1e12
	if math.IsNaN(v) || math.Abs(v) > most {
		return f.float(v, tabular.Float)
	}
	scale := math.Pow10(gridDayDecimals)
	return f.grouped(v < 0, uint64(math.Round(math.Abs(v)*scale)), gridDayDecimals, gridDayDecimals)
}

// grouped writes magnitude × 10^−scale with grouped digits and exactly the given
// decimals, of which scale must not have more. Zero has no sign.
func (f *gridFormat) grouped(negative bool, magnitude uint64, scale, decimals int) string {
	var buf [24]byte
	digits := strconv.AppendUint(buf[:0], magnitude, 10)
	for len(digits) <= scale { // leading zeros: one before the point
		digits = append(digits[:1], digits...)
		digits[0] = '0'
	}
	whole, fraction := digits[:len(digits)-scale], digits[len(digits)-scale:]
	out := make([]byte, 0, 40)
	if negative && magnitude != 0 {
		out = append(out, '-')
	}
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out = append(out, f.group...)
		}
		out = append(out, d)
	}
	if decimals > 0 {
		out = append(out, f.point...)
		for i := range decimals {
			if i < len(fraction) {
				out = append(out, fraction[i])
			} else {
				out = append(out, '0')
			}
		}
	}
	return string(out)
}

// gridMagnitude returns the absolute value, also of the least integer.
func gridMagnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v) //nolint:gosec // wraps around to the magnitude
	}
	return uint64(v)
}

// gridTime writes a day or a point in time as ISO 8601 does, but years before
// our era as historians do: the year before 1 is 1 BC.
func gridTime(t time.Time, kind tabular.Kind) string {
	layout := "-01-02 15:04:05"
	if kind == tabular.Date {
		layout = "-01-02"
	}
	if t.Year() > 0 {
		return t.Format("2006" + layout)
	}
	year := strconv.Itoa(1 - t.Year())
	return i18n.T("%s BC", strings.Repeat("0", max(4-len(year), 0))+year+t.Format(layout))
}

// gridClean is Clean for the first width columns of s, ending in an ellipsis
// when there is more. Cells can be megabytes long, and are drawn again and again.
func gridClean(s string, width int) string {
	limit := utf8.UTFMax*width + 64 // the spare room is for characters that are left out
	if len(s) <= limit {
		return Clean(s)
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return Clean(s[:limit]) + ellipsis
}

// gridMask hides a personal value but for its first character.
func gridMask(text string) string {
	clean := []rune(gridClean(text, 1))
	if len(clean) == 0 {
		return "***"
	}
	return string(clean[:1]) + "***"
}

// cellText returns a cell of a column as it is drawn within width columns; empty
// reports that it has no value.
func (g *Grid) cellText(row []any, index, width int) (text string, empty bool) {
	if index >= len(row) || row[index] == nil {
		return "·", true
	}
	c := &g.columns[index]
	if c.Personal && !g.revealed {
		return gridMask(tabular.Plain(row[index], c.Kind)), false
	}
	if v, ok := row[index].(float64); ok && c.Kind == tabular.Float && c.Unit == gridDays {
		return g.format.days(v), false
	}
	return g.format.cell(row[index], c.Kind, width), false
}

// cellWidth returns the columns a cell would like to take, at most about
// gridFullWidth.
func (g *Grid) cellWidth(row []any, index int) int {
	text, _ := g.cellText(row, index, gridFullWidth)
	return Width(text)
}

// exactText returns a cell unrounded, but masked like the screen.
func (g *Grid) exactText(row []any, index int) string {
	if index >= len(row) || row[index] == nil {
		return ""
	}
	c := &g.columns[index]
	text := tabular.Plain(row[index], c.Kind)
	if c.Personal && !g.revealed {
		return gridMask(text)
	}
	return text
}

// CellText returns the whole cell under the cursor for an overlay, as Escape
// writes it; "" when it has no value or has not been read.
func (g *Grid) CellText() string { return Escape(g.CopyCell()) }

// CopyCell returns the exact value of the cell under the cursor, as
// tabular.Plain writes it. Personal cells are masked unless revealed.
func (g *Grid) CopyCell() string {
	row, ok := g.cache.row(g.row)
	if !ok || g.column >= len(g.visible) {
		return ""
	}
	return g.exactText(row, g.visible[g.column])
}

// CopyRow returns the exact values of the visible columns of the row under the
// cursor, separated by tabs. A value that holds a tab, a line break or a quote
// is quoted the way spreadsheets read it back.
func (g *Grid) CopyRow() string {
	row, ok := g.cache.row(g.row)
	if !ok {
		return ""
	}
	values := make([]string, len(g.visible))
	for i, c := range g.visible {
		value := g.exactText(row, c)
		if strings.ContainsAny(value, "\t\r\n\"") {
			value = `"` + strings.ReplaceAll(value, `"`, `""`) + `"`
		}
		values[i] = value
	}
	return strings.Join(values, "\t")
}
