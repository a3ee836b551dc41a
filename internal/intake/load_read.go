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
	header, skip := s.HasHeader, s.SkipLines
	if s.Labels { // two lines of names; the columns go by position
		header, skip = false, skip+2
	}
	return duck.Call{Name: "load/source_csv", Args: duck.Args{
		"path": s.Path, "delim": s.Delimiter, "quote": s.Quote, "escape": s.Escape, "header": header,
		"skip": skip, "columns": columnsJSON(s, nil), "shape": columnsJSON(s, nil), "compression": compression(s),
		"strict": !s.MixedEnds, "buffer": bufferBytes(s),
	}, Idents: duck.Idents{"nulls": "null_words"}}
}

// bufferBytes is how much of a delimited file one thread reads at a time. DuckDB
// keeps rows in groups, and copies what a thread brings together with that of others
// where it does not fill one: a fifth of the time of an insert. So of a large file
// every thread gets half as much again as fills a group; a small file is cut finer,
// for all threads to have some of it, and so is one whose rows are too long for that.
func bufferBytes(s *Source) int64 {
	const group, least, most, parts = 122_880, 8_000_000, 64_000_000, 16 // rows, bytes, bytes; least is DuckDB's own
	sampled := 0
	for _, row := range s.Sample {
		sampled += len(row) // delimiters and the line end
		for _, cell := range row {
			sampled += len(cell)
		}
	}
	fills := int64(sampled) * group * 3 / 2 / int64(max(len(s.Sample), 1))
	if s.Bytes < parts*fills || fills > most {
		return least
	}
	return max(fills, least)
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
	call.Idents["lost"] = "amount_taken"
	for f, position := range r.Recognition.Mapping {
		spec, _ := FieldInfo(f)
		date, amount := r.Recognition.Dates[f], r.Recognition.Amounts[f]
		switch {
		case spec.Type == TypeDate && date.typed():
			types[position], call.Idents[string(f)+"_as"] = "TIMESTAMP", "date_read_finite"
			if f == OrderedAt { // of which every row is looked at anyway
				call.Idents[string(f)+"_as"] = "date_read"
			}
		case spec.Type != TypeAmount && spec.Type != TypeInteger || !counts(f, r.Recognition):
		case amount.Style == AmountPlain && r.Recognition.reader(f) == "":
			types[position], call.Idents[string(f)+"_as"] = "DECIMAL(18,4)", "amount_read"
		default:
			call.Idents["lost"] = "amount_lost"
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
	switch {
	case s.Labels:
		return 3
	case s.Container == CSV && s.HasHeader:
		return 2
	}
	return 1
}

// absent is the column of nulls that stands for what a file does not have. No file
// calls one of its own so.
const absent = "column_not_there"

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
		Idents: duck.Idents{"moment": "moment_utc", "revenue": "revenue_" + string(rec.Revenue), "lost": "amount_lost"},
		Parts:  map[string]duck.Call{"source": reader(s)},
	}
	if zone != "UTC" && !zoned(rec) {
		c.Idents["moment"] = "moment_zone"
	}
	if rec.Revenue == "" {
		c.Idents["revenue"] = "revenue_" + string(RevenueNone)
	}
	if rec.Revenue == RevenueTotal {
		c.Idents["revenue"] = totalMacro(rec)
	}
	for _, f := range AllFields() {
		c.Idents[string(f)] = absent
		if position, ok := rec.Mapping[f]; ok && counts(f, rec) {
			c.Idents[string(f)] = column(s, position)
		}
		c.Idents[string(f)+"_as"] = readAs(f, r)
		if isDate(f) {
			c.Args[string(f)+"_formats"] = formats(rec.Dates[f])
		}
	}
	c.Idents["customer"], c.Idents["instead"], c.Idents["customer_as"] = customer(r)
	shared(&c, rec)
	return c
}

// zoned reports whether the dates of a file say their own offset, or count from a
// moment. If one column of them does, the others are taken to be in UTC.
func zoned(rec Recognition) bool {
	for _, date := range rec.Dates {
		if date.HasZone || date.Numbers != NoNumbers && date.Numbers != SerialDays {
			return true
		}
	}
	return false
}

// counts reports whether a field's cells are of use. An amount that another makes
// needless, such as a total beside a subtotal, is not read at all.
func counts(f Field, rec Recognition) bool {
	switch f {
	case NetRevenue, Subtotal, Total, LineAmount, Amount:
		return revenueBase[rec.Revenue] == f || f == Total && rec.Revenue == RevenueTaxed
	default:
		return true
	}
}

// totalMacro names the macro that takes out of a total what is in it.
func totalMacro(rec Recognition) string {
	switch shipping, tax := rec.outside(Shipping), rec.outside(Tax); {
	case shipping && tax:
		return "revenue_total_goods"
	case shipping:
		return "revenue_total_without_shipping"
	case tax:
		return "revenue_total_without_tax"
	}
	return "revenue_total"
}

// shared fills in what all rows of a file have in common.
func shared(c *duck.Call, rec Recognition) {
	c.Args["platform"], c.Args["currency"], c.Args["action"] = nullable(rec.platform()), nullable(rec.currency()), nullable(rec.action())
	c.Idents["platform_as"], c.Idents["currency_as"], c.Idents["status_as"] = "text_own", "text_own", "status_alone"
	if rec.known == nil {
		return
	}
	c.Idents["platform_as"], c.Idents["currency_as"] = "text_known", "currency_clean"
	if _, both := rec.Mapping[AfterSales]; both {
		c.Idents["status_as"] = "status_both"
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
	if as := r.Recognition.reader(f); as != "" && mapped {
		return string(as)
	}
	switch spec.Type {
	case TypeDate:
		d := r.Recognition.Dates[f]
		if !mapped {
			return "date_none"
		}
		return dateAs(d)
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

// customer names the columns that identify an order's customer, the second for
// rows that lack the first, and the macro that reads them.
func customer(r *FileReport) (from, instead, as string) {
	rec := r.Recognition
	position, ok := rec.Mapping[rec.Customer]
	if !ok {
		return absent, absent, "customer_id_as"
	}
	from, instead = column(r.Source, position), absent
	if second, ok := rec.Mapping[rec.Instead]; ok {
		instead = column(r.Source, second)
	}
	switch {
	case rec.Customer == Email && rec.Instead == Phone:
		as = "customer_email_or_phone"
	case rec.Customer == Email && rec.Instead == CustomerID:
		as = "customer_email_or_id"
	case rec.Customer == Phone && rec.Instead == Email:
		as = "customer_phone_or_email"
	case rec.Customer == Email:
		as = "customer_email_as"
	case rec.Customer == Phone:
		as = "customer_phone_as"
	default: // customer_id and member_no; persons are cleaned one by one later
		as = "customer_id_as"
	}
	return from, instead, as
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
		m[string(f)] = r.Source.Columns[position]
	}
	text, err := json.Marshal(m)
	if err != nil { // a map of strings always marshals
		return "{}"
	}
	return string(text)
}
