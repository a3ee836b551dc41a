package intake

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"worth/internal/i18n"
)

// ParseFormat reads a format file. Errors are sentences that name the file, the
// line and what to write instead; all that is wrong is told at once.
func ParseFormat(file string, text []byte) (*Format, error) {
	const longest = 64 << 10 // bytes; keeps a mistaken --format-file orders.csv from being parsed
	switch {
	case len(text) > longest:
		return nil, i18n.Errorf("%s: a file of %d bytes is too long for a format; is it the file you meant?", file, len(text))
	case !utf8.Valid(text):
		return nil, i18n.Errorf("%s: the file is not UTF-8 text; save the format as UTF-8", file)
	}
	format, tree, err := decodeFormat(text)
	if err != nil {
		var bad yaml.Error
		if errors.As(err, &bad) && bad.GetToken() != nil && bad.GetToken().Position != nil {
			return nil, i18n.Errorf("%s, line %s: %s", file, strconv.Itoa(bad.GetToken().Position.Line), bad.GetMessage())
		}
		return nil, i18n.Errorf("%s: the format cannot be read: %v", file, err)
	}
	format.file = file
	format.lines = func(path string) int { return lineOf(tree, path) }
	format.fold()
	return format, format.check()
}

// fold normalises the names of all columns, which every file is compared with.
func (f *Format) fold() {
	f.folded = map[string]string{}
	for _, h := range f.Columns {
		for _, name := range h {
			f.folded[name] = normalise(name)
		}
	}
	for _, names := range f.Languages {
		for _, name := range names {
			f.folded[name] = normalise(name)
		}
	}
}

// decodeFormat reads YAML strictly. A panic of the library becomes an error: a
// file must never take the program down.
func decodeFormat(text []byte) (format *Format, tree *ast.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the YAML reader gave up: %v", p)
		}
	}()
	if err := shallow(text); err != nil {
		return nil, nil, err
	}
	format = &Format{}
	if err := yaml.UnmarshalWithOptions(text, format, yaml.Strict()); err != nil {
		return nil, nil, err //nolint:wrapcheck // the caller makes a sentence of it
	}
	tree, err = parser.ParseBytes(text, 0)
	return format, tree, err //nolint:wrapcheck // likewise
}

// shallow refuses brackets nested deeper than any format nests them: the YAML
// library takes time that grows with the square of the depth.
func shallow(text []byte) error {
	const deepest = 20
	depth := 0
	for _, t := range lexer.Tokenize(string(text)) {
		switch t.Type { //nolint:exhaustive // only brackets nest
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		}
		if depth > deepest {
			return i18n.Errorf("brackets are nested too deep")
		}
	}
	return nil
}

// lineOf returns the line of a node such as $.map.order_id, or that of the nearest
// node around it; 1 when there is none.
func lineOf(tree *ast.File, path string) int {
	for path != "$" && path != "" {
		p, err := yaml.PathString(path)
		if err == nil {
			if node, err := p.FilterFile(tree); err == nil && node != nil && node.GetToken() != nil {
				return node.GetToken().Position.Line
			}
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return 1
}

// fail returns an error that names the file and the line of a key.
func (f *Format) fail(key, sentence string) error {
	return i18n.Errorf("%s, line %s: %s", f.file, strconv.Itoa(f.lines("$."+key)), sentence)
}

// check returns everything that is wrong with the format in itself.
func (f *Format) check() error {
	return errors.Join(f.checkHead(), f.checkColumns(), f.checkMap(), f.checkMoney())
}

func (f *Format) checkHead() error {
	var errs []error
	for _, part := range []struct{ key, value string }{{"name", f.Name}, {"title", f.Title}, {"kind", string(f.Kind)}, {"language", f.Language}} {
		if part.value == "" {
			errs = append(errs, f.fail(part.key, i18n.T("the format does not say its %s", part.key)))
		}
	}
	if f.Kind != "" && f.Kind != Aside {
		if _, err := ParseKind(string(f.Kind)); err != nil {
			errs = append(errs, f.fail("kind", i18n.T("there is no kind of file %q; the kinds are %s", string(f.Kind), kindNames())))
		}
	}
	return errors.Join(errs...)
}

// checkColumns looks at the signature and what is said of its columns.
func (f *Format) checkColumns() error {
	var errs []error
	seen := map[string]string{}
	for i, h := range f.Columns {
		key := "columns[" + strconv.Itoa(i) + "]"
		if len(h) == 0 {
			errs = append(errs, f.fail(key, i18n.T("a column has no name")))
		}
		for _, name := range h {
			n := normalise(name)
			switch earlier, twice := seen[n]; {
			case n == "":
				errs = append(errs, f.fail(key, i18n.T("the column %q has neither letters nor digits", name)))
			case twice && earlier != h[0]:
				errs = append(errs, f.fail(key, i18n.T("the column %q stands twice; list a name that a file has twice once", name)))
			}
			seen[n] = h[0]
		}
	}
	for language, names := range f.Languages {
		for name := range names {
			if _, ok := f.heading(name); !ok {
				errs = append(errs, f.fail("languages."+language, i18n.T("%q is not among the columns", name)))
			}
		}
	}
	if len(f.Must) == 0 && f.Kind != Aside {
		errs = append(errs, f.fail("must", i18n.T("the format names no must columns; name those that carry order, date, amount and person")))
	}
	for i, name := range f.Marks {
		if _, ok := f.heading(name); !ok {
			errs = append(errs, f.fail("marks["+strconv.Itoa(i)+"]", i18n.T("%q is not among the columns", name)))
		}
	}
	for i, name := range f.Must {
		key := "must[" + strconv.Itoa(i) + "]"
		if _, ok := f.heading(name); !ok {
			errs = append(errs, f.fail(key, i18n.T("the must column %q is not among the columns", name)))
		} else if f.Kind != Aside && !f.maps(name) {
			errs = append(errs, f.fail(key, i18n.T("the must column %q is mapped to no field", name)))
		}
	}
	return errors.Join(errs...)
}

// maps reports whether a column is mapped to a field.
func (f *Format) maps(column string) bool {
	for _, name := range f.Map {
		if name == column {
			return true
		}
	}
	return false
}

// checkMap looks at the fields columns are mapped to.
func (f *Format) checkMap() error {
	words := vocabulary().kinds[f.Kind]
	if words == nil { // an unknown kind is told elsewhere
		return nil
	}
	var errs []error
	fields := FieldsOf(f.Kind)
	for _, field := range sortedFields(f.Map) {
		key := "map." + string(field)
		if !slices.Contains(fields, field) {
			errs = append(errs, f.fail(key, i18n.T("a file of kind %s has no field %q; its fields are %s", string(f.Kind), string(field), joinFields(fields))))
		}
		if _, ok := f.heading(f.Map[field]); !ok {
			errs = append(errs, f.fail(key, i18n.T("%q is not among the columns", f.Map[field])))
		}
	}
	for _, group := range words.Needs {
		if !slices.ContainsFunc(group, func(field Field) bool { _, ok := f.Map[field]; return ok }) {
			errs = append(errs, f.fail("map", i18n.T("no column is mapped to %s, which a file of kind %s needs", joinFields(group), string(f.Kind))))
		}
	}
	for i, field := range f.Customer {
		if _, ok := f.Map[field]; !ok || !slices.Contains([]Field{CustomerID, Email, Phone}, field) {
			errs = append(errs, f.fail("customer["+strconv.Itoa(i)+"]", i18n.T("a customer is known by customer_id, email or phone, mapped to a column; %q is not", string(field))))
		}
	}
	for field, reader := range f.Read {
		if _, ok := f.Map[field]; !ok || reader != PackedAmounts && reader != JoinedAmounts {
			errs = append(errs, f.fail("read."+string(field), i18n.T("a mapped field can be read as packed_amounts or joined_amounts; %s as %q cannot", string(field), string(reader))))
		}
	}
	return errors.Join(errs...)
}

// checkMoney looks at how net revenue is made.
func (f *Format) checkMoney() error {
	var errs []error
	if f.Money.Revenue != "" {
		base, known := revenueBase[f.Money.Revenue]
		if !known {
			errs = append(errs, f.fail("money.revenue", i18n.T("there is no rule %q to make net revenue; the rules are %s", string(f.Money.Revenue), ruleNames())))
		} else if _, ok := f.Map[base]; !ok && base != "" {
			errs = append(errs, f.fail("money.revenue", i18n.T("the rule %s needs a column mapped to %s", string(f.Money.Revenue), string(base))))
		}
	}
	if f.Money.Per != "" && f.Money.Per != PerOrder && f.Money.Per != PerRow {
		errs = append(errs, f.fail("money.per", i18n.T("amounts belong to the order or to the row, not to %q", string(f.Money.Per))))
	}
	for _, field := range slices.Concat(f.Money.Row, f.Money.Outside) {
		if !slices.Contains([]Field{Shipping, Tax, Refund}, field) {
			errs = append(errs, f.fail("money", i18n.T("row and outside list shipping, tax or refund, not %q", string(field))))
		}
	}
	return errors.Join(errs...)
}

func kindNames() string {
	names := make([]string, 0, len(Kinds()))
	for _, k := range Kinds() {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}

func ruleNames() string {
	names := make([]string, 0, len(revenueBase))
	for rule := range revenueBase {
		names = append(names, string(rule))
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
