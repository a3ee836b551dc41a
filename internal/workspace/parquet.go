package workspace

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/tabular"
)

// noValue stands for a cell without a value on the way to Parquet.
const noValue = "\\N"

// parquetTypes are the DuckDB types of the kinds of columns.
var parquetTypes = map[tabular.Kind]string{
	tabular.Text: "VARCHAR", tabular.Integer: "BIGINT", tabular.Money: "DOUBLE", tabular.Float: "DOUBLE", tabular.Share: "DOUBLE",
	tabular.Date: "DATE", tabular.Time: "TIMESTAMP", tabular.Boolean: "BOOLEAN",
}

// WriteParquet writes all rows of an answer to a Parquet file that only its
// owner can read and that appears whole or not at all. Two columns of one name
// are told apart by a number.
func (w *Workspace) WriteParquet(ctx context.Context, path string, src tabular.Source) error {
	return report.AtomicPath(path, true, func(temporary string) error {
		plain := temporary + ".csv"
		types, shape := parquetColumns(src.Columns())
		err := errors.Join(writePlain(ctx, plain, src), ctx.Err())
		if err == nil {
			_, err = w.db.Exec(ctx, duck.Call{Name: "grid/copy_parquet", Args: duck.Args{
				"csv": plain, "path": temporary, "columns": types, "shape": shape, "null": noValue,
			}})
		}
		if errGone := os.Remove(plain); errGone != nil && !errors.Is(errGone, os.ErrNotExist) {
			err = errors.Join(err, errGone)
		}
		return err
	})
}

// parquetColumns writes {"name":"TYPE",…} in column order, and the same with
// every type a VARCHAR, which tells DuckDB how to read the first.
func parquetColumns(columns []tabular.Column) (types, shape string) {
	used := map[string]bool{}
	for i, c := range columns {
		name := c.Name
		for n := 2; used[strings.ToLower(name)]; n++ { // DuckDB's names know no case
			name = c.Name + "_" + strconv.Itoa(n)
		}
		used[strings.ToLower(name)] = true
		comma := ""
		if i > 0 {
			comma = ","
		}
		types += comma + jsonText(name) + ":" + jsonText(parquetTypes[c.Kind])
		shape += comma + jsonText(name) + `:"VARCHAR"`
	}
	return "{" + types + "}", "{" + shape + "}"
}

// jsonText writes a string as JSON.
func jsonText(s string) string {
	text, err := json.Marshal(s)
	if err != nil { // a string always marshals
		return `""`
	}
	return string(text)
}

// writePlain writes rows as CSV in which nothing is rounded.
func writePlain(ctx context.Context, path string, src tabular.Source) (err error) {
	f, err := os.OpenFile(filepath.Clean(path), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return i18n.Errorf("%s: cannot be written: %v", path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	out := csv.NewWriter(f)
	columns := src.Columns()
	record := make([]string, len(columns))
	const page = 4096
	for from := 0; from < src.Len(); from += page {
		rows, err := src.Page(ctx, from, page)
		if err != nil {
			return err
		}
		for _, row := range rows {
			for i, cell := range row {
				record[i] = noValue
				if cell != nil {
					record[i] = tabular.Plain(cell, columns[i].Kind)
				}
			}
			if err := out.Write(record); err != nil {
				return i18n.Errorf("%s: cannot be written: %v", path, err)
			}
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return i18n.Errorf("%s: cannot be written: %v", path, err)
	}
	return nil
}
