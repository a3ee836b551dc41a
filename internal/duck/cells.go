package duck

import (
	"fmt"
	"math/big"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
)

// cell turns a value of the driver into a cell of package tabular. Whole
// numbers and decimals beyond 64 bits are an error, never rounded.
func cell(value any) (any, error) {
	switch v := value.(type) {
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
		return tabular.Decimal{Unscaled: unscaled.(int64), Scale: v.Scale}, nil
	case []byte:
		return string(v), nil
	case []any:
		return cells(v)
	default:
		return plain(value), nil
	}
}

// plain passes cells through and writes DuckDB's other types as text.
func plain(value any) any {
	switch v := value.(type) {
	case nil, bool, string, int64, float64:
		return v
	case fmt.Stringer:
		if t, ok := value.(interface{ UnixNano() int64 }); ok { // time.Time
			return t
		}
		return v.String()
	default:
		return fmt.Sprint(v)
	}
}

func cells(list []any) (any, error) {
	out := make([]any, len(list))
	for i, v := range list {
		c, err := cell(v)
		if err != nil {
			return nil, err
		}
		out[i] = c
	}
	return out, nil
}

func whole(v *big.Int) (any, error) {
	if !v.IsInt64() {
		return nil, i18n.Errorf("the number %s is too large to hold exactly", v.String())
	}
	return v.Int64(), nil
}
