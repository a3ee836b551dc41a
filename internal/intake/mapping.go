package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"strconv"
	"strings"

	"worth/internal/i18n"
)

// Mapping says which column (0-based position) holds which field.
type Mapping map[Field]int

// Fields returns the mapped fields in a stable order.
func (m Mapping) Fields() []Field {
	out := make([]Field, 0, len(m))
	for f := range m {
		out = append(out, f)
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
}

// Overrides returns the mapping as the analyst's word, to be given again for
// another file of the same Signature. Columns are named by position.
func (m Mapping) Overrides() Overrides {
	o := Overrides{Columns: make(map[Field]string, len(m))}
	for f, column := range m {
		o.Columns[f] = "#" + strconv.Itoa(column+1)
	}
	return o
}

// Overrides returns what was recognised as the analyst's word, to be given again
// for another file of the same Signature.
func (r Recognition) Overrides() Overrides {
	o := r.Mapping.Overrides()
	o.Kind, o.Format = r.Kind, NoFormat
	if r.known == nil {
		return o
	}
	o.Format = r.known.Name
	for field := range r.known.Map { // fields that the analyst left out stay so
		if _, mapped := r.Mapping[field]; !mapped {
			o.Columns[field] = ""
		}
	}
	return o
}

// Overrides are column choices that outrank recognition: the analyst's --map,
// an answered form, or a mapping remembered for the same header.
type Overrides struct {
	Kind    Kind             // what the file is; empty to recognise it
	Format  string           // name of the known export it is, or NoFormat; empty to recognise it
	Columns map[Field]string // column by name or "#3" (1-based); "" for no column
}

// NoFormat says that a file is of no known export: its columns go by their names.
const NoFormat = "none"

// formatKey is what stands for the format where a mapping is written as pairs.
const formatKey = "format"

// Empty reports whether o says nothing.
func (o Overrides) Empty() bool { return o.Kind == "" && o.Format == "" && len(o.Columns) == 0 }

// String writes o in the form ParseMap reads.
func (o Overrides) String() string {
	var parts []string
	if o.Kind != "" {
		parts = append(parts, "kind="+string(o.Kind))
	}
	if o.Format != "" {
		parts = append(parts, formatKey+"="+o.Format)
	}
	for f, column := range o.Columns {
		if strings.ContainsAny(column, `,"`) {
			column = `"` + strings.ReplaceAll(column, `"`, `""`) + `"`
		}
		parts = append(parts, string(f)+"="+column)
	}
	sort.Strings(parts)
	return strings.Join(parts, ",")
}

// ParseMap reads the text of --map: field=column pairs separated by commas,
// order_id=InvoiceNo,customer_id=#7. A column stands by name or, for files
// without a header, by its 1-based #position; a name with a comma stands in
// double quotes; no column after = leaves the field unmapped. kind=customers
// says what the file is, format=shopify_orders which known export, format=none
// that it is none. Errors name the fields there are.
func ParseMap(text string) (Overrides, error) {
	o := Overrides{Columns: map[Field]string{}}
	for _, pair := range splitPairs(text) {
		name, column, found := strings.Cut(pair, "=")
		name, column = strings.TrimSpace(name), unquote(strings.TrimSpace(column))
		if !found || name == "" {
			return Overrides{}, i18n.Errorf("--map: %q is not of the form field=column, such as order_id=InvoiceNo", pair)
		}
		if name == "kind" {
			kind, err := ParseKind(column)
			if err != nil {
				return Overrides{}, err
			}
			o.Kind = kind
			continue
		}
		if name == formatKey {
			o.Format = column
			continue
		}
		field := Field(strings.ToLower(name))
		if _, known := FieldInfo(field); !known {
			return Overrides{}, i18n.Errorf("--map: there is no field %q; the fields are %s", name, joinFields(AllFields()))
		}
		if earlier, twice := o.Columns[field]; twice {
			return Overrides{}, i18n.Errorf("--map: the field %s is given twice, as %q and as %q; keep one", string(field), earlier, column)
		}
		o.Columns[field] = column
	}
	return o, nil
}

// splitPairs cuts at commas outside double quotes and drops empty pieces.
func splitPairs(text string) []string {
	var out []string
	quoted, from := false, 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && text[i] == '"' {
			quoted = !quoted
		}
		if i == len(text) || text[i] == ',' && !quoted {
			if piece := strings.TrimSpace(text[from:i]); piece != "" {
				out = append(out, piece)
			}
			from = i + 1
		}
	}
	return out
}

func unquote(s string) string {
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return strings.ReplaceAll(s[1:len(s)-1], `""`, `"`)
	}
	return s
}

// Check returns an error when a column of o stands in none of the sources. One
// --map serves several files, so a column may be absent from some of them.
func (o Overrides) Check(sources ...*Source) error {
	for _, field := range sortedFields(o.Columns) {
		column, found := o.Columns[field], false
		if column == "" {
			continue
		}
		for _, s := range sources {
			found = found || resolve(s, column) >= 0
		}
		if !found && len(sources) > 0 {
			return i18n.Errorf("--map: no file has a column %q for %s; the columns of %s are %s",
				column, string(field), sources[0].Original, listColumns(sources[0]))
		}
	}
	return nil
}

// resolve finds a column by name or by 1-based #position; -1 when absent.
func resolve(s *Source, column string) int {
	if i := s.Column(column); i >= 0 {
		return i
	}
	if digits, ok := strings.CutPrefix(column, "#"); ok {
		if n, err := strconv.Atoi(digits); err == nil && n >= 1 && n <= len(s.Columns) {
			return n - 1
		}
	}
	return -1
}

// listColumns names the columns for an error, the first thirty of many.
func listColumns(s *Source) string {
	const most = 30
	if len(s.Columns) <= most {
		return strings.Join(s.Columns, ", ")
	}
	return i18n.T("%s and %d more", strings.Join(s.Columns[:most], ", "), len(s.Columns)-most)
}

func sortedFields(m map[Field]string) []Field {
	out := make([]Field, 0, len(m))
	for f := range m {
		out = append(out, f)
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
}

func joinFields(fields []Field) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = string(f)
	}
	return strings.Join(names, ", ")
}

// Signature returns a hash of the header names, for remembering a mapping. Case,
// spaces and punctuation do not matter; order and number of columns do.
func Signature(headers []string) string {
	h := sha256.New()
	for _, name := range headers {
		key := normalise(name)
		if key == "" {
			key = name
		}
		h.Write([]byte(key))
		h.Write([]byte{0x1f})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
