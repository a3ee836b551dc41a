package duck

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"
)

// jsonType is DuckDB's name for columns of JSON, which the driver takes apart.
const jsonType = "JSON"

// foreign writes a value that tabular has no cell for: a UUID and a blob as DuckDB
// prints them, an interval as "1 day 02:00:00", structs and maps as JSON.
func foreign(value any, kind string) string {
	switch v := value.(type) {
	case []byte:
		if kind == "UUID" && len(v) == len(duckdb.UUID{}) {
			id := duckdb.UUID(v)
			return id.String()
		}
		return blob(v)
	case duckdb.Interval:
		return interval(v)
	case duckdb.Union:
		if v.Value == nil {
			return ""
		}
		if text, ok := jsonable(v.Value).(string); ok {
			return text
		}
		return nested(v.Value)
	}
	return nested(value)
}

// nested writes a list, struct, map or JSON value as JSON text.
func nested(value any) string {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(jsonable(value)); err != nil { // nothing but what jsonable leaves
		return fmt.Sprint(value)
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// jsonable turns a value of the driver into one that encoding/json writes as an
// analyst would: numbers exactly, points in time in ISO form, and text for what
// JSON has no number for.
func jsonable(value any) any {
	switch v := value.(type) {
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = jsonable(item)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, item := range v {
			out[k] = jsonable(item)
		}
		return out
	case duckdb.OrderedMap:
		return pairs(v)
	case duckdb.Union:
		return jsonable(v.Value)
	case *big.Int, duckdb.Decimal:
		return json.Number(digits(v))
	case float64:
		if text := strconv.FormatFloat(v, 'g', -1, 64); strings.ContainsAny(text, "IN") { // Inf, NaN
			return text
		}
	case float32:
		if text := strconv.FormatFloat(float64(v), 'g', -1, 32); strings.ContainsAny(text, "IN") {
			return text
		}
	case time.Time:
		return iso(v)
	case []byte, duckdb.Interval:
		return foreign(v, "")
	}
	return value
}

// pairs writes a map as JSON: its keys may be of any type, in its own order.
func pairs(m duckdb.OrderedMap) json.RawMessage {
	keys, values := m.Keys(), m.Values()
	out := []byte{'{'}
	for i, k := range keys {
		if i > 0 {
			out = append(out, ',')
		}
		name, ok := jsonable(k).(string)
		if !ok {
			name = nested(k)
		}
		out = append(out, nested(name)...)
		out = append(out, ':')
		out = append(out, nested(values[i])...)
	}
	return append(out, '}')
}

// iso writes a day without a time of day, and a point in time with it.
func iso(t time.Time) string {
	if t.Equal(t.Truncate(24 * time.Hour)) {
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02T15:04:05.999999")
}

// digits writes a number of any size.
func digits(value any) string {
	switch v := value.(type) {
	case uint64:
		return strconv.FormatUint(v, 10)
	case *big.Int:
		return v.String()
	case duckdb.Decimal:
		text := new(big.Int).Abs(v.Value).String()
		if pad := int(v.Scale) + 1 - len(text); pad > 0 {
			text = strings.Repeat("0", pad) + text
		}
		if v.Scale > 0 {
			cut := len(text) - int(v.Scale)
			text = strings.TrimRight(text[:cut]+"."+text[cut:], "0")
			text = strings.TrimSuffix(text, ".")
		}
		if v.Value.Sign() < 0 {
			text = "-" + text
		}
		return text
	}
	return fmt.Sprint(value)
}

// blob writes bytes as DuckDB does: printable ASCII as it is, others as \x0A.
func blob(data []byte) string {
	var out strings.Builder
	for _, b := range data {
		if b < 0x20 || b >= 0x7f || b == '\\' {
			fmt.Fprintf(&out, `\x%02X`, b)
			continue
		}
		out.WriteByte(b)
	}
	return out.String()
}

// interval writes years, months and days in words and the rest as a clock.
func interval(v duckdb.Interval) string {
	var parts []string
	add := func(n int32, unit string) {
		if n == 1 || n == -1 {
			parts = append(parts, strconv.Itoa(int(n))+" "+unit)
		} else if n != 0 {
			parts = append(parts, strconv.Itoa(int(n))+" "+unit+"s")
		}
	}
	add(v.Months/12, "year")
	add(v.Months%12, "month")
	add(v.Days, "day")
	if v.Micros != 0 || len(parts) == 0 {
		parts = append(parts, clock(v.Micros))
	}
	return strings.Join(parts, " ")
}

// clock writes microseconds as 02:00:00, with decimals only if there are any.
func clock(micros int64) string {
	sign, left := "", uint64(micros) //nolint:gosec // negative ones are turned around below
	if micros < 0 {
		sign, left = "-", -left // in uint64, where the least int64 has a counterpart
	}
	const second = 1_000_000
	text := fmt.Sprintf("%s%02d:%02d:%02d", sign, left/second/3600, left/second/60%60, left/second%60)
	if rest := left % second; rest != 0 {
		text += strings.TrimRight(fmt.Sprintf(".%06d", rest), "0")
	}
	return text
}
