package workspace

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/sqltext"
	"worth/queries"
)

// Shipped is a query of the program that can be run, and changed, as one's own.
type Shipped struct {
	Name     string // such as ask/overview
	Question string // what it answers, with its parameters and columns
	Text     string // to run: comments that say so, then the query
}

// shippedFolders are those whose queries answer questions.
var shippedFolders = []string{"ask", "grid"}

// ShippedQueries lists the program's own queries that answer questions, by name.
// Parameters that no setting gives a value stand at the top, to be filled in.
func (w *Workspace) ShippedQueries() ([]Shipped, error) {
	var out []Shipped
	for _, folder := range shippedFolders {
		entries, err := fs.ReadDir(queries.Files, folder)
		if err != nil {
			return nil, i18n.Errorf("the queries cannot be listed: %v", err)
		}
		for _, e := range entries {
			name := path.Join(folder, strings.TrimSuffix(e.Name(), ".sql"))
			if q, ok := w.shipped(name); ok {
				out = append(out, q)
			}
		}
	}
	return out, nil
}

// shipped renders a query; ok is false for one that is only a part of others or
// needs a table's name to be filled in.
func (w *Workspace) shipped(name string) (Shipped, bool) {
	text, err := duck.Render(w.derivedState().priced(duck.Call{Name: name}))
	if err != nil || !reads(text.SQL) {
		return Shipped{}, false
	}
	q := Shipped{Name: name, Question: question(name)}
	given := w.Parameters()
	var open []Parameter
	for _, parameter := range sqltext.Parameters(text.SQL) {
		if !slices.ContainsFunc(given, func(p Parameter) bool { return p.Name == parameter }) {
			open = append(open, blank(parameter))
		}
	}
	q.Text = script(name, q.Question, text.SQL, open)
	return q, true
}

// blank is a parameter to be filled in: ids and names are texts, what else there
// is are keys and numbers.
func blank(name string) Parameter {
	if strings.HasSuffix(name, "id") || strings.HasSuffix(name, "name") {
		return Parameter{Name: name, Value: ""}
	}
	return Parameter{Name: name}
}

// reads reports whether a text is a query, not a part of one.
func reads(text string) bool {
	return slices.Contains([]string{"select", "with", "from"}, sqltext.First(text))
}

// question returns the comment at the head of a query, a sentence or more.
func question(name string) string {
	text, err := queries.Files.ReadFile(name + ".sql")
	if err != nil {
		return ""
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		line, ok := strings.CutPrefix(strings.TrimSpace(line), "--")
		if !ok {
			break
		}
		lines = append(lines, strings.TrimSpace(line))
	}
	return strings.Join(lines, "\n")
}

// script writes a query as an analyst's own: its question and its parameters as
// comments, then the text.
func script(name, question, sql string, parameters []Parameter) string {
	var b strings.Builder
	b.WriteString("-- " + name + "\n")
	for line := range strings.Lines(question) {
		b.WriteString("-- " + strings.TrimSuffix(line, "\n") + "\n")
	}
	for _, p := range parameters {
		b.WriteString("-- $" + p.Name + " = " + p.Text() + "\n")
	}
	b.WriteString(strings.TrimSuffix(strings.TrimSpace(sql), ";") + "\n")
	return b.String()
}
