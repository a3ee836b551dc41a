package duck

import (
	"math/big"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
)

// cell turns a value of the driver into a cell of package tabular; kind is
// DuckDB's name of its type. Lists become []any. Whole numbers and decimals beyond
// 64 bits are an error, never rounded. Types that tabular has no cell for become
// text.
func cell(value any, kind string) (any, error) {
	switch v := value.(type) {
	case nil, bool, string, int64, float64:
		if kind == jsonType {
			return nested(value), nil
		}
		return v, nil
	case time.Time:
		return moment(v, kind), nil
	case int8:
		return int64(v), nil
	case int16:
		return int64(v), nil
	case int32:
		return int64(v), nil
	case uint8:
		return int64(v), nil
	case uint16:
		return int64(v), nil
	case uint32:
		return int64(v), nil
	case float32:
		return float64(v), nil
	case uint64:
		return whole(new(big.Int).SetUint64(v))
	case *big.Int:
		return whole(v)
	case duckdb.Decimal:
		unscaled, err := whole(v.Value)
		if err != nil {
			return nil, err
		}
		return tabular.Decimal{Unscaled: unscaled, Scale: v.Scale}, nil
	case []any:
		if kind == jsonType {
			return nested(value), nil
		}
		return cells(v)
	}
	return foreign(value, kind), nil
}

// legible is cell for an analyst's own statement, whose columns may be of any
// type: lists are text, and so are numbers too large for a cell, exactly.
func legible(value any, kind string) (any, error) {
	switch v := value.(type) {
	case []any:
		return nested(v), nil
	case uint64, *big.Int, duckdb.Decimal:
		if exact, err := cell(value, kind); err == nil {
			return exact, nil
		}
		return digits(value), nil
	}
	return cell(value, kind)
}

func cells(list []any) (any, error) {
	out := make([]any, len(list))
	for i, v := range list {
		c, err := cell(v, "")
		if err != nil {
			return nil, err
		}
		out[i] = c
	}
	return out, nil
}

func whole(v *big.Int) (int64, error) {
	if !v.IsInt64() {
		return 0, i18n.Errorf("the number %s is too large to hold exactly", v.String())
	}
	return v.Int64(), nil
}

// moment passes a date or a point in time; a time of day, which has no day,
// becomes text.
func moment(t time.Time, kind string) any {
	switch kind {
	case "TIME":
		return t.Format("15:04:05.999999")
	case "TIMETZ":
		return t.Format("15:04:05.999999-07:00")
	}
	return t
}
