package intake

import (
	"encoding/json"
	"strconv"

	"worth/internal/duck"
)

// reader returns the part of a query that reads a source as text columns.
func reader(s *Source) duck.Call {
	switch s.Container {
	case Parquet:
		return duck.Call{Name: "load/source_parquet", Args: duck.Args{"path": s.Path}}
	case JSON, NDJSON:
		return duck.Call{Name: "load/source_json", Args: duck.Args{"path": s.Path, "compression": compression(s)}}
	case CSV:
	}
	return duck.Call{Name: "load/source_csv", Args: duck.Args{
		"path": s.Path, "delim": s.Delimiter, "quote": s.Quote, "escape": s.Escape, "header": s.HasHeader,
		"skip": s.SkipLines, "columns": columnsJSON(s, nil), "shape": columnsJSON(s, nil), "compression": compression(s),
		"strict": !s.MixedEnds,
	}, Idents: duck.Idents{"nulls": "null_words"}}
}

// compression goes by the file's content; DuckDB would go by its name.
func compression(s *Source) string {
	if s.Gzip {
		return "gzip"
	}
	return "uncompressed"
}

// columnsJSON writes {"c1":"VARCHAR",…} in column order; types says which columns
// are something else.
func columnsJSON(s *Source, types map[int]string) string {
	out := []byte{'{'}
	for i := range s.Columns {
		if i > 0 {
			out = append(out, ',')
		}
		as := "VARCHAR"
		if t, ok := types[i]; ok {
			as = t
		}
		out = append(out, `"`+positional(i)+`":"`+as+`"`...)
	}
	return string(append(out, '}'))
}

// typed makes a reading query let DuckDB's reader itself parse the dates and
// amounts that are written as it would write them, and take only empty cells for
// nothing. That is a third faster than reading text first; a file in which some
// cell is written otherwise must be read again as text.
func (l *loader) typed(r *FileReport, call duck.Call) duck.Call {
	types := map[int]string{}
	for f, position := range r.Recognition.Mapping {
		spec, _ := FieldInfo(f)
		date, amount := r.Recognition.Dates[f], r.Recognition.Amounts[f]
		switch {
		case spec.Type == TypeDate && date.Form == FormISO && !date.HasZone:
			types[position], call.Idents[string(f)+"_as"] = "TIMESTAMP", "date_read"
		case (spec.Type == TypeAmount || spec.Type == TypeInteger) && amount.Style == AmountPlain && counts(f, r.Recognition):
			types[position], call.Idents[string(f)+"_as"] = "DECIMAL(18,4)", "amount_read"
		}
	}
	source := reader(r.Source)
	source.Args["columns"], source.Idents["nulls"] = columnsJSON(r.Source, types), "null_empty"
	call.Parts = map[string]duck.Call{"source": source}
	return call
}

func positional(i int) string { return "c" + strconv.Itoa(i+1) }

// column returns the name under which a reader's columns are addressed: by
// position in delimited text, so that no name of a file ever matters.
func column(s *Source, position int) string {
	if s.Container == CSV {
		return positional(position)
	}
	return s.Headers[position]
}

// heading returns a column's name as the file writes it.
func heading(s *Source, position int) string {
	if position < len(s.Headers) && s.Headers[position] != "" {
		return s.Headers[position]
	}
	return s.Columns[position]
}

// firstRecord is the number of the first row of data, a header being record 1.
func firstRecord(s *Source) int64 {
	if s.Container == CSV && s.HasHeader {
		return 2
	}
	return 1
}

// absent is the column of nulls that stands for what a file does not have.
const absent = "absent"

// reading fills a query that reads a file: its columns, the macros that read
// them and the formats of its dates.
func (l *loader) reading(r *FileReport, name string) duck.Call {
	s, rec := r.Source, r.Recognition
	zone := l.req.Zone
	if zone == "" {
		zone = "UTC"
	}
	c := duck.Call{
		Name:   name,
		Args:   duck.Args{"file_key": r.Key, "first": firstRecord(s), "zone": zone},
		Idents: duck.Idents{"moment": "moment_utc", "revenue": "revenue_" + string(rec.Revenue)},
		Parts:  map[string]duck.Call{"source": reader(s)},
	}
	if zone != "UTC" {
		c.Idents["moment"] = "moment_zone"
	}
	if rec.Revenue == "" {
		c.Idents["revenue"] = "revenue_" + string(RevenueNone)
	}
	for _, f := range AllFields() {
		c.Idents[string(f)] = absent
		if position, ok := rec.Mapping[f]; ok && counts(f, rec) {
			c.Idents[string(f)] = column(s, position)
		}
		c.Idents[string(f)+"_as"] = readAs(f, r)
		if date := rec.Dates[f]; isDate(f) {
			c.Args[string(f)+"_formats"] = formats(date)
			if date.HasZone { // the cell says its own offset
				c.Idents["moment"] = "moment_utc"
			}
		}
	}
	c.Idents["customer"], c.Idents["customer_as"] = customer(r)
	return c
}

// counts reports whether a field's cells are of use. An amount that another makes
// needless, such as a total beside a subtotal, is not read at all.
func counts(f Field, rec Recognition) bool {
	switch f {
	case NetRevenue, Subtotal, Total, LineAmount, Amount:
		return string(rec.Revenue) == string(f)
	default:
		return true
	}
}

func isDate(f Field) bool {
	spec, ok := FieldInfo(f)
	return ok && spec.Type == TypeDate
}

// readAs names the macro that reads the cells of a field. What a file does not
// have gets a macro of its own: DuckDB would try every reading of every null.
func readAs(f Field, r *FileReport) string {
	spec, _ := FieldInfo(f)
	_, mapped := r.Recognition.Mapping[f]
	mapped = mapped && counts(f, r.Recognition)
	switch spec.Type {
	case TypeDate:
		d := r.Recognition.Dates[f]
		switch {
		case !mapped:
			return "date_none"
		case d.HasZone:
			return "date_offset"
		case d.Form == FormISO || d.Form == "":
			return "date_iso"
		}
		return "date_formats"
	case TypeAmount, TypeInteger:
		if !mapped {
			return "amount_none"
		}
		switch r.Recognition.Amounts[f].Style {
		case AmountComma:
			return "amount_comma"
		case AmountPoint:
			return "amount_point"
		case AmountPlain:
		}
		return "amount_plain"
	case TypeID:
		return idAs(f, r)
	case TypeText, TypeStatus:
	}
	return "id_as_is"
}

// idAs reads ids as they are when the sample shows nothing to clean.
func idAs(f Field, r *FileReport) string {
	position, ok := r.Recognition.Mapping[f]
	if !ok {
		return "id_as_is"
	}
	for _, row := range r.Source.Sample {
		if id, reason := NormaliseID(row[position]); id != row[position] || reason != "" {
			return "id_clean"
		}
	}
	return "id_as_is"
}

// customer names the column that identifies an order's customer and the macro
// that reads it.
func customer(r *FileReport) (from, as string) {
	f := r.Recognition.Customer
	position, ok := r.Recognition.Mapping[f]
	if !ok {
		return absent, "id_as_is"
	}
	switch f {
	case Email:
		as = "email_clean"
	case Phone:
		as = "phone_clean"
	default: // customer_id and member_no; persons are cleaned one by one later
		as = "id_as_is"
	}
	return column(r.Source, position), as
}

// formats returns the strptime formats of a date column, for parameters that
// need some even when a cast reads the column.
func formats(d DateReading) []string {
	if len(d.Format.Formats) == 0 {
		return []string{"%Y-%m-%d"}
	}
	return d.Format.Formats
}

// mappingJSON writes a mapping as field → heading, for people.
func mappingJSON(r *FileReport) string {
	m := make(map[string]string, len(r.Recognition.Mapping))
	for f, position := range r.Recognition.Mapping {
		m[string(f)] = heading(r.Source, position)
	}
	text, err := json.Marshal(m)
	if err != nil { // a map of strings always marshals
		return "{}"
	}
	return string(text)
}
