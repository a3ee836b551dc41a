package duck

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"worth/internal/tabular"
)

func TestCells(t *testing.T) {
	db := memory(t)
	day := time.Date(2026, 2, 3, 0, 0, 0, 0, time.UTC)
	for sql, want := range map[string]any{
		"null":                          nil,
		"true":                          true,
		"1::tinyint":                    int64(1),
		"-2::smallint":                  int64(-2),
		"3::integer":                    int64(3),
		"9223372036854775807::bigint":   int64(math.MaxInt64),
		"1::utinyint":                   int64(1),
		"2::usmallint":                  int64(2),
		"3::uinteger":                   int64(3),
		"4::ubigint":                    int64(4),
		"5::hugeint":                    int64(5),
		"sum(6)":                        int64(6),
		"18446744073709551615::ubigint": "18446744073709551615",
		"170141183460469231731687303715884105727::hugeint":  "170141183460469231731687303715884105727",
		"340282366920938463463374607431768211455::uhugeint": "340282366920938463463374607431768211455",
		"0.5::float":                                   0.5,
		"0.1::double":                                  0.1,
		"12.50::decimal(18,4)":                         tabular.Decimal{Unscaled: 125000, Scale: 4},
		"-0.05::decimal(4,2)":                          tabular.Decimal{Unscaled: -5, Scale: 2},
		"12345678901234567890.12::decimal(38,4)":       "12345678901234567890.12",
		"-12345678901234567890::decimal(38,4)":         "-12345678901234567890",
		"'text'":                                       "text",
		"'a'::enum('a', 'b')":                          "a",
		"date '2026-02-03'":                            day,
		"timestamp '2026-02-03 04:05:06'":              day.Add(4*time.Hour + 5*time.Minute + 6*time.Second),
		"timestamptz '2026-02-03 04:05:06+01'":         day.Add(3*time.Hour + 5*time.Minute + 6*time.Second),
		"time '04:05:06.25'":                           "04:05:06.25",
		"timetz '04:05:06+02'":                         "04:05:06+02:00",
		"interval '1 day 2 hours'":                     "1 day 02:00:00",
		"interval '14 months 3 days'":                  "1 year 2 months 3 days",
		"interval '-90 seconds'":                       "-00:01:30",
		"interval '0 days'":                            "00:00:00",
		"interval '1.5 seconds'":                       "00:00:01.5",
		"'3f2504e0-4f89-11d3-9a0c-0305e82c3301'::uuid": "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
		`'ab\x00\xFF'::blob`:                           `ab\x00\xFF`,
		"'10101'::bit":                                 "10101",
		"[1, null, 3]":                                 "[1,null,3]",
		"['a', 'b<c']":                                 `["a","b<c"]`,
		"[1, 2]::integer[2]":                           "[1,2]",
		"[[0.5::decimal(4,2)], []]":                    "[[0.5],[]]",
		"{'b': 1, 'a': 'x', 'at': date '2026-02-03'}":  `{"a":"x","at":"2026-02-03","b":1}`,
		"map {'z': [1], 'a': [2]}":                     `{"z":[1],"a":[2]}`,
		"map {7: timestamp '2026-02-03 04:05:06'}":     `{"7":"2026-02-03T04:05:06"}`,
		"{'id': '3f2504e0-4f89-11d3-9a0c-0305e82c3301'::uuid::varchar, 'n': 'nan'::double}": `{"id":"3f2504e0-4f89-11d3-9a0c-0305e82c3301","n":"NaN"}`,
		`'{"a": [1, "x"]}'::json`:  `{"a":[1,"x"]}`,
		`'"x"'::json`:              `"x"`,
		"union_value(n := 5)":      "5",
		"union_value(s := 'five')": "five",
	} {
		if got := single(t, db, "select "+sql); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %#v, not %#v", sql, got, want)
		}
	}
	for sql, is := range map[string]func(float64) bool{
		"'nan'::double": math.IsNaN,
		"'inf'::double": func(f float64) bool { return math.IsInf(f, 1) },
	} {
		if f, ok := single(t, db, "select "+sql).(float64); !ok || !is(f) {
			t.Errorf("%s is %v", sql, f)
		}
	}
}

// The program's own queries get lists as lists, and no number that is rounded.
func TestQueryCells(t *testing.T) {
	got, err := cell([]any{int32(1), nil, "x"}, "INTEGER[]")
	if err != nil || !reflect.DeepEqual(got, []any{int64(1), nil, "x"}) {
		t.Errorf("a list is %#v: %v", got, err)
	}
	if got, err := cell(uint64(math.MaxUint64), "UBIGINT"); err == nil || !strings.Contains(err.Error(), "18446744073709551615") {
		t.Errorf("a number too large is %v: %v", got, err)
	}
}

// Whatever type DuckDB knows, an analyst's answer holds cells only. The driver
// cannot read times of day in nanoseconds.
func TestAllTypes(t *testing.T) {
	err := memory(t).User(t.Context(), "select * exclude (time_ns) from test_all_types()", func(_, _ []string) error { return nil }, func(row []any) error {
		for i, v := range row {
			switch v.(type) {
			case nil, string, int64, float64, bool, tabular.Decimal, time.Time:
			default:
				t.Errorf("column %d is a %T", i, v)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
