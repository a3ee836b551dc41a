package duck

import (
	"fmt"
	"maps"
	"regexp"
	"strconv"
	"strings"

	"worth/queries"
)

// Args are the values a query binds, by parameter name without the dollar sign.
type Args map[string]any

// Idents are the identifiers that fill {name} placeholders. They are quoted, so
// any text is safe: a file's column called `'; drop table` is just a name.
type Idents map[string]string

// Call is one use of a query of the queries folder.
type Call struct {
	Name   string // path without ".sql", such as "derive/customers"
	Args   Args
	Idents Idents
	Parts  map[string]Call // what fills {> name} where it is not another query's path
}

// Text is a rendered query: what is sent to DuckDB, and what an analyst is shown.
type Text struct {
	SQL  string
	Args Args
}

var (
	placeholder = regexp.MustCompile(`\{(> )?([a-z][a-z0-9_/]*)\}`)
	parameter   = regexp.MustCompile(`\$([a-z][a-z0-9_]*)`)
	comment     = regexp.MustCompile(`(?m)^\s*--.*\n?`)
)

// Render fills the placeholders of a call. Parameters of parts are renamed so
// that two uses of one part do not share a value. The errors are programming
// errors: an unknown query, a placeholder without a filling.
func Render(c Call) (Text, error) {
	r := renderer{args: Args{}}
	sql, err := r.render(c, "")
	if err != nil {
		return Text{}, err
	}
	return Text{SQL: sql, Args: r.args}, nil
}

type renderer struct {
	args  Args
	parts int
}

func (r *renderer) render(c Call, suffix string) (string, error) {
	raw, err := queries.Files.ReadFile(c.Name + ".sql")
	if err != nil {
		return "", fmt.Errorf("query %s: %w", c.Name, err)
	}
	// Comments speak of placeholders and parameters too, and must not be filled.
	sql := strings.TrimSpace(comment.ReplaceAllString(string(raw), ""))
	sql = r.bind(sql, c.Args, suffix)
	return r.fill(sql, c, suffix)
}

// bind collects the arguments a query uses and renames those it was given
// itself; parameters it was not given are left for the enclosing query.
func (r *renderer) bind(sql string, args Args, suffix string) string {
	return parameter.ReplaceAllStringFunc(sql, func(p string) string {
		value, ok := args[p[1:]]
		if !ok {
			return p
		}
		r.args[p[1:]+suffix] = value
		return p + suffix
	})
}

func (r *renderer) fill(sql string, c Call, suffix string) (string, error) {
	var failed error
	out := placeholder.ReplaceAllStringFunc(sql, func(p string) string {
		m := placeholder.FindStringSubmatch(p)
		if m[1] == "" {
			name, ok := c.Idents[m[2]]
			if !ok && failed == nil {
				failed = fmt.Errorf("query %s: nothing fills %s", c.Name, p)
			}
			return Quote(name)
		}
		text, err := r.part(m[2], c, suffix)
		if err != nil && failed == nil {
			failed = err
		}
		return text
	})
	return out, failed
}

func (r *renderer) part(name string, c Call, suffix string) (string, error) {
	part, chosen := c.Parts[name]
	if !chosen {
		// A shared query: it sees what its caller was given.
		part = Call{Name: name, Args: c.Args, Idents: c.Idents, Parts: c.Parts}
		text, err := r.render(part, suffix+"_")
		return strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), ";")), err
	}
	r.parts++
	idents := maps.Clone(c.Idents)
	if idents == nil {
		idents = Idents{}
	}
	maps.Copy(idents, part.Idents)
	part.Idents = idents
	text, err := r.render(part, "_"+strconv.Itoa(r.parts))
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), ";")), err
}

// Quote returns name as a quoted SQL identifier.
func Quote(name string) string {
	return `"` + strings.ReplaceAll(strings.ReplaceAll(name, "\x00", ""), `"`, `""`) + `"`
}
