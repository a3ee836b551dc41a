package intake

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"worth/internal/duck"
	"worth/internal/i18n"
)

// Conversion is something that was done to cells of a column to make values of them.
type Conversion struct {
	Column   string // as the file names it; empty for all cells of a sheet
	Rule     string // a key of conversionRules
	Cells    int64
	Examples []string // one or two cells as the file has them; none of what names people
}

// Text says in the reader's language what was done.
func (c Conversion) Text() string { return conversionRules[c.Rule].String() }

// conversionRules are what can be done to a cell; see load/conversions.sql.
var conversionRules = map[string]i18n.Text{
	"nothing":       "read as no value",
	"wrapping":      "spaces, apostrophe or =\"…\" around the value taken off",
	"currency":      "currency taken off",
	"unit":          "unit taken off",
	"brackets":      "brackets read as a minus",
	"minus":         "minus moved to the front",
	"thousands":     "thousands marks taken out",
	"decimal_comma": "decimal comma read as a point",
	"rounded":       "rounded to four decimals",
	"packed":        "amounts added up out of packed text",
	"float":         "decimals of a whole number taken off",
	"serial":        "day number of a spreadsheet read as a date",
	"epoch":         "seconds since 1970 read as a time",
	"offset":        "time with an offset moved to UTC",
	"written":       "written date read by its format",
	"sheet_date":    "dates of the sheet written as text",
}

// looked is how many rows a load looks at for conversions: what is looked at is read
// once more. A check looks at all.
const looked = 100_000

// conversions counts what was done to the cells of columns that are not written as
// they are kept. A file that DuckDB's reader took as it is has none, and is not read
// for it.
func (l *loader) conversions(ctx context.Context, r *FileReport) error {
	if n := r.Source.sheetDates; n > 0 {
		r.Conversions = append(r.Conversions, Conversion{Rule: "sheet_date", Cells: n})
	}
	columns := r.touched()
	if len(columns) == 0 {
		return nil
	}
	limit := int64(looked)
	if l.req.EveryRow {
		limit = 1 << 62
	}
	source := reader(r.Source)
	if r.Source.Container == CSV {
		source.Idents["nulls"] = "null_empty"
	}
	res, err := l.tx.Query(ctx, duck.Call{
		Name: "load/conversions", Args: duck.Args{"file_key": r.Key, "limit": limit},
		Parts: map[string]duck.Call{"source": source, "cells": cellParts(r.Source, columns)},
	})
	if err != nil {
		return err
	}
	for _, row := range res.Rows {
		position, _ := row[0].(int64)
		c := Conversion{Column: heading(r.Source, int(position))}
		c.Rule, _ = row[1].(string)
		c.Cells, _ = row[2].(int64)
		i := slices.IndexFunc(columns, func(t touchedColumn) bool { return t.position == int(position) })
		first, _ := row[3].(string)
		last, _ := row[4].(string)
		switch {
		case i >= 0 && columns[i].personal:
		case first == last:
			c.Examples = []string{first}
		default:
			c.Examples = []string{first, last}
		}
		r.Conversions = append(r.Conversions, c)
	}
	if r.Rows > limit && len(res.Rows) > 0 {
		r.Looked = limit
	}
	return nil
}

// kept is how the conversions of a file are kept with the workspace.
type kept struct {
	Conversions []Conversion `json:"conversions"`
	Looked      int64        `json:"looked,omitempty"`
}

// keepConversions keeps what was done to the cells of a file with the workspace.
func (l *loader) keepConversions(ctx context.Context, r *FileReport) error {
	if len(r.Conversions) == 0 {
		return nil
	}
	text, err := json.Marshal(kept{r.Conversions, r.Looked})
	if err != nil {
		return i18n.Errorf("the conversions of %s cannot be kept: %v", r.Source.Original, err)
	}
	name := "conversions of file " + strconv.FormatInt(int64(r.Key), 10)
	return l.exec(ctx, duck.Call{Name: "workspace/keep", Args: duck.Args{"name": name, "value": string(text)}})
}

// KeptConversions reads what a workspace kept of the conversions of a file: the text
// of ask/files.sql, empty for none.
func KeptConversions(text string) ([]Conversion, int64, error) {
	if text == "" {
		return nil, 0, nil
	}
	var k kept
	if err := json.Unmarshal([]byte(text), &k); err != nil {
		return nil, 0, i18n.Errorf("the conversions that were kept cannot be read: %v", err)
	}
	return k.Conversions, k.Looked, nil
}

// touchedColumn is a column whose cells may have something done to them.
type touchedColumn struct {
	position int
	kind     string // how its cells are read
	personal bool   // what it holds names people
}

// touched returns the columns that were read cell by cell, by position.
func (r *FileReport) touched() []touchedColumn {
	var out []touchedColumn
	for f, position := range r.Recognition.Mapping {
		kind := r.touch(f)
		if kind == "" || slices.ContainsFunc(out, func(t touchedColumn) bool { return t.position == position }) {
			continue
		}
		out = append(out, touchedColumn{position, kind, f == Email || f == Phone || f == Birth || f == MemberNo})
	}
	slices.SortFunc(out, func(a, b touchedColumn) int { return a.position - b.position })
	return out
}

// touch says how the cells of a field are read one by one; empty when they are taken
// as they are.
func (r *FileReport) touch(f Field) string {
	rec := r.Recognition
	spec, _ := FieldInfo(f)
	date, amount := rec.Dates[f], rec.Amounts[f]
	switch {
	case !counts(f, rec):
		return ""
	case rec.reader(f) != "":
		return "packed"
	case spec.Type == TypeDate && r.typed && date.typed(), (spec.Type == TypeAmount || spec.Type == TypeInteger) && r.typed && amount.Style == AmountPlain:
		return ""
	case spec.Type == TypeDate:
		return dateAs(date)
	case (spec.Type == TypeAmount || spec.Type == TypeInteger) && amount.Style == AmountComma:
		return "amount_comma"
	case spec.Type == TypeAmount || spec.Type == TypeInteger:
		return "amount_point"
	case spec.Type == TypeID && idAs(f, r) == "id_clean":
		return "id"
	}
	return ""
}

// typed reports whether DuckDB's reader takes the dates as they are written.
func (r DateReading) typed() bool { return r.Form == FormISO && !r.HasZone && r.Numbers == NoNumbers }

// cellParts is the part of a query that lists the columns of a row.
func cellParts(s *Source, columns []touchedColumn) duck.Call {
	first := columns[0]
	c := duck.Call{
		Name: "load/cells_last", Args: duck.Args{"position": first.position, "kind": first.kind},
		Idents: duck.Idents{"cell": column(s, first.position)},
	}
	if len(columns) > 1 {
		c.Name, c.Parts = "load/cells", map[string]duck.Call{"more": cellParts(s, columns[1:])}
	}
	return c
}
