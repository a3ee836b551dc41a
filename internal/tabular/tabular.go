// Package tabular holds the plain values in which answers travel from a
// workspace to a page, a verb or a report: columns that know their kind and
// unit, rows of cells, and sources too long to hold.
//
// A cell is nil (no value), string, int64, float64, bool, Decimal, or time.Time
// (for Date and Time columns), and nothing else.
package tabular

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"

	"worth/internal/i18n"
)

// Kind says how a column's cells are compared, aligned and written.
type Kind uint8

// The kinds of columns.
const (
	Text    Kind = iota // free text or an identifier; never a number, even if it looks like one
	Integer             // a count or whole number of units
	Money               // an amount in the workspace's currency
	Float               // any other measured number
	Share               // a fraction, 0–1, shown in percent
	Date                // a calendar day
	Time                // a point in time
	Boolean             // yes or no
)

// Numeric reports whether cells of this kind are numbers, to be right-aligned.
func (k Kind) Numeric() bool { return k >= Integer && k <= Share }

// Column describes one column of an answer.
type Column struct {
	Name     string    // snake_case; the JSON key and the name in filters and SQL
	Title    i18n.Text // heading on screen
	Kind     Kind      // how cells behave
	Unit     string    // "days", "orders"; empty when the kind says it all
	Personal bool      // a name, phone, e-mail or address: masked until revealed
	Doc      i18n.Text // one sentence: what the number means
}

// Table is an answer small enough to hold.
type Table struct {
	Columns []Column
	Rows    [][]any
}

// Index returns the position of the column called name, or -1.
func (t *Table) Index(name string) int {
	for i, c := range t.Columns {
		if c.Name == name {
			return i
		}
	}
	return -1
}

// Source is an answer of any length, read a page at a time. Implementations
// allow concurrent calls of Page.
type Source interface {
	// Columns returns the columns in their natural order. Callers must not
	// change the slice.
	Columns() []Column
	// Len returns the number of rows.
	Len() int
	// Page returns up to n rows from row from on (0-based); fewer at the end.
	// It blocks on the database and is cancelled with ctx.
	Page(ctx context.Context, from, n int) ([][]any, error)
}

// NewSource returns a Source over rows already in memory.
func NewSource(t *Table) Source { return memory{t} }

type memory struct{ t *Table }

func (m memory) Columns() []Column { return m.t.Columns }
func (m memory) Len() int          { return len(m.t.Rows) }

func (m memory) Page(ctx context.Context, from, n int) ([][]any, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	from = min(max(from, 0), len(m.t.Rows))
	return m.t.Rows[from:min(from+max(n, 0), len(m.t.Rows))], nil
}

// Decimal is an exact decimal number: Unscaled × 10^−Scale. Money is a Decimal
// of scale 4, so that sums do not depend on the order of their terms.
type Decimal struct {
	Unscaled int64
	Scale    uint8
}

// Float64 returns the nearest float64.
func (d Decimal) Float64() float64 { return float64(d.Unscaled) / math.Pow10(int(d.Scale)) }

// String returns the shortest exact decimal form: "12.5", never "12.5000".
func (d Decimal) String() string {
	digits := strconv.FormatInt(d.Unscaled, 10)
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	if pad := int(d.Scale) + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	cut := len(digits) - int(d.Scale)
	whole, fraction := digits[:cut], strings.TrimRight(digits[cut:], "0")
	if fraction == "" {
		return sign + whole
	}
	return sign + whole + "." + fraction
}

// MarshalJSON writes the exact decimal form as a JSON number.
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalJSON reads what MarshalJSON writes.
func (d *Decimal) UnmarshalJSON(text []byte) error {
	whole, fraction, _ := strings.Cut(string(text), ".")
	unscaled, err := strconv.ParseInt(whole+fraction, 10, 64)
	if err != nil || len(fraction) > math.MaxUint8 {
		return i18n.Errorf("%q is not a decimal number", string(text))
	}
	*d = Decimal{Unscaled: unscaled, Scale: uint8(len(fraction))} //nolint:gosec // checked above
	return nil
}

// Number returns the numeric value of a cell and whether it has one.
func Number(cell any) (float64, bool) {
	switch v := cell.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	case Decimal:
		return v.Float64(), true
	}
	return 0, false
}

// Plain returns a cell as the exact, unlocalised text used for copying and for
// CSV: ISO dates, a point as decimal sign, no grouping, empty for no value.
func Plain(cell any, kind Kind) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case Decimal:
		return v.String()
	case time.Time:
		if kind == Date {
			return v.Format(time.DateOnly)
		}
		return v.Format("2006-01-02 15:04:05")
	}
	return ""
}
