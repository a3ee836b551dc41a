package queries

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// query is one file of this folder, taken apart.
type query struct {
	name, header, body string
}

func all(t *testing.T) []query {
	t.Helper()
	var out []query
	err := fs.WalkDir(Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := Files.ReadFile(name)
		if err != nil {
			return err
		}
		q := query{name: strings.TrimSuffix(name, ".sql")}
		lines := strings.Split(string(text), "\n")
		for len(lines) > 0 && strings.HasPrefix(lines[0], "--") {
			q.header += strings.TrimSpace(strings.TrimPrefix(lines[0], "--")) + "\n"
			lines = lines[1:]
		}
		q.body = comment.ReplaceAllString(strings.Join(lines, "\n"), "")
		out = append(out, q)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var (
	comment     = regexp.MustCompile(`(?m)--.*$`)
	literal     = regexp.MustCompile(`'[^']*'`)
	parameter   = regexp.MustCompile(`\$([a-z][a-z0-9_]*)`)
	placeholder = regexp.MustCompile(`\{(> )?([a-z][a-z0-9_/]*)\}`)
	elsewhere   = regexp.MustCompile(`(?i)(see|as in|as) [a-z]+/[a-z_]+`)
	generic     = regexp.MustCompile(`\{…_as\}|every other \{name\}|other \{name\}|…_formats`)
)

// Every query starts by saying what it answers.
func TestQueriesSayWhatTheyAnswer(t *testing.T) {
	for _, q := range all(t) {
		first, _, _ := strings.Cut(q.header, "\n")
		if len(first) < 10 || strings.ToUpper(first[:1]) != first[:1] && first[0] != 0xe2 { // … goes on from another file
			t.Errorf("%s.sql starts with %q", q.name, first)
		}
		if strings.TrimSpace(q.body) == "" {
			t.Errorf("%s.sql holds no query", q.name)
		}
	}
}

// Every parameter and placeholder is explained in the header, or in that of the
// query it refers to.
func TestQueriesExplainTheirParameters(t *testing.T) {
	for _, q := range all(t) {
		if elsewhere.MatchString(q.header) || generic.MatchString(q.header) {
			continue
		}
		for _, m := range parameter.FindAllStringSubmatch(q.body, -1) {
			if !strings.Contains(q.header, "$"+m[1]) {
				t.Errorf("%s.sql does not say what $%s is", q.name, m[1])
			}
		}
		for _, m := range placeholder.FindAllStringSubmatch(literal.ReplaceAllString(q.body, "''"), -1) {
			if m[1] != "" && strings.Contains(m[2], "/") { // another query, which says so itself
				continue
			}
			if !strings.Contains(q.header, "{"+m[1]+m[2]+"}") {
				t.Errorf("%s.sql does not say what %s is", q.name, m[0])
			}
		}
	}
}

// A query that another one includes by its path exists, and every query is used:
// named in Go, or included.
func TestQueriesAreUsed(t *testing.T) {
	queries := all(t)
	exists, used := map[string]bool{}, map[string]bool{}
	for _, q := range queries {
		exists[q.name] = true
	}
	for _, q := range queries {
		for _, m := range placeholder.FindAllStringSubmatch(q.body, -1) {
			if m[1] == "" || exists[m[2]] {
				used[m[2]] = true
				continue
			}
			if strings.Contains(m[2], "/") {
				t.Errorf("%s.sql includes %s, which is not there", q.name, m[2])
			}
		}
	}
	var literals []string
	for _, f := range goFiles(t) {
		for _, s := range f.texts {
			used[s.text] = true
			literals = append(literals, s.text)
		}
	}
	for _, q := range queries {
		folder := path.Dir(q.name) + "/"
		// Kinds of files name their query by their own name: "load/" + kind.
		if !used[q.name] && (!slices.Contains(literals, folder) || !used[path.Base(q.name)]) {
			t.Errorf("nothing uses %s.sql", q.name)
		}
	}
}

// source is a Go file of the module, taken apart.
type source struct {
	path    string // from the module's root
	folder  string
	test    bool
	imports []string
	texts   []text
}

type text struct {
	text string
	line int
}

// goFiles parses every Go file of the module.
func goFiles(t *testing.T) []source {
	t.Helper()
	var out []source
	root := ".."
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if base := entry.Name(); name != root && (strings.HasPrefix(base, ".") || base == "testdata" || base == "dist") {
				return fs.SkipDir
			}
			return nil
		}
		if filepath.Ext(name) != ".go" {
			return nil
		}
		f, err := parse(name)
		if os.IsNotExist(err) { // gone since it was listed
			return nil
		}
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		f.path = filepath.ToSlash(relative)
		f.folder = path.Dir(f.path)
		out = append(out, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 20 {
		t.Fatalf("only %d Go files were found", len(out))
	}
	return out
}

func parse(name string) (source, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
	if err != nil {
		return source{}, err
	}
	f := source{test: strings.HasSuffix(name, "_test.go")}
	for _, i := range file.Imports {
		value, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			return f, err
		}
		f.imports = append(f.imports, value)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		if value, err := strconv.Unquote(lit.Value); err == nil {
			f.texts = append(f.texts, text{value, set.Position(lit.Pos()).Line})
		}
		return true
	})
	return f, nil
}

const driver = "github.com/duckdb/"

// arrows are the imports that must not be: from folders (with those below them) to
// paths that start so.
var arrows = []struct {
	from []string
	to   []string
}{
	{[]string{"ui", "internal/cli", "cmd"}, []string{"worth/internal/duck", "worth/internal/intake", "worth/queries", driver, "database/sql"}},
	{
		[]string{"internal/rfm", "internal/clv", "internal/referral", "internal/whatif", "internal/filter", "internal/tabular"},
		[]string{"worth/internal/duck", "worth/internal/workspace", "worth/ui", "charm.land/bubbletea", "charm.land/lipgloss", "charm.land/bubbles", driver, "database/sql"},
	},
	{[]string{"internal/duck", "internal/intake", "internal/workspace", "internal/report"}, []string{"worth/ui", "worth/internal/cli", "charm.land/bubbletea", "charm.land/lipgloss"}},
	{[]string{"internal/intake"}, []string{"worth/internal/workspace"}},
	{[]string{"internal/cli"}, []string{"worth/ui"}},
}

// The house keeps its order: nothing above the workspace knows the database, and
// the models know neither database nor screen.
func TestImportArrows(t *testing.T) {
	below := func(folder string, roots []string) bool {
		return slices.ContainsFunc(roots, func(r string) bool { return folder == r || strings.HasPrefix(folder, r+"/") })
	}
	for _, f := range goFiles(t) {
		if f.test {
			continue
		}
		for _, i := range f.imports {
			for _, a := range arrows {
				forbidden := slices.ContainsFunc(a.to, func(p string) bool { return i == strings.TrimSuffix(p, "/") || strings.HasPrefix(i, p) })
				if below(f.folder, a.from) && forbidden {
					t.Errorf("%s imports %s", f.path, i)
				}
			}
			if strings.HasPrefix(i, driver) && f.folder != "internal/duck" {
				t.Errorf("%s imports the database driver %s; only internal/duck may", f.path, i)
			}
		}
	}
}
