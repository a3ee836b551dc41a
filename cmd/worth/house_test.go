package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// root is the folder of the module.
const root = "../.."

// folders are those at the top of the house.
var folders = []string{"cmd", "internal", "queries", "testdata", "ui"}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() && !strings.HasPrefix(name, ".") && !slices.Contains(folders, name) {
			t.Errorf("the folder %s is none of %v", name, folders)
		}
	}
}

// sqlWords are beginnings of SQL that no sentence has.
var sqlWords = regexp.MustCompile(`(?is)\bselect\b.*\bfrom\b|\binsert\s+into\b|\bupdate\s+\S+\s+set\b|\bdelete\s+from\b|` +
	`\b(create|alter|drop)\s+(or\s+replace\s+)?(temp\s+|temporary\s+)?(table|view|schema|macro|type|index)\b|` +
	`\bwith\s+\w+\s+as\s*\(|\b(order|group)\s+by\s+\w+\s*[,;]|\bpragma\s+\w+|\battach\s+'|\bcopy\s+\S+\s+(to|from)\s+'|\bset\s+\w+\s*=\s*|` +
	`\bselect\s+\*|\bcopy\s*\(|\bread_(csv|json|parquet)\s*\(`)

// examples are files whose help texts show an analyst what a query looks like.
var examples = []string{"internal/cli/verbs.go"}

func TestSQLWords(t *testing.T) {
	for text, sql := range map[string]bool{
		"select 1 as one from t":                true,
		"SELECT\n\tx\nFROM y":                   true,
		"create or replace temp table t as":     true,
		"set threads = 2":                       true,
		"SELECT *":                              true,
		"insert into t values (1)":              true,
		"update t set a = 1":                    true,
		"delete from t":                         true,
		"create temp view v as":                 true,
		"with a as (select 1) x":                true,
		"drop table t":                          true,
		"from read_csv('x')":                    true,
		"copy (values (1))":                     true,
		"the update set everything right":       false,
		"worth sql 'select …' SRC…":             false,
		"select a folder":                       false,
		"sort by this column, smallest first":   false,
		"the table cannot be made; drop a file": false,
	} {
		if got := sqlWords.MatchString(text); got != sql {
			t.Errorf("%q is SQL: %v, want %v", text, got, sql)
		}
	}
}

// TestSQLStandsInQueries looks for SQL in the strings of the program. Tests may
// have some, to ask a finished workspace what an analyst would.
func TestSQLStandsInQueries(t *testing.T) {
	files := 0
	for _, folder := range folders {
		walkGo(t, folder, func(path string) {
			if strings.HasSuffix(path, "_test.go") {
				return
			}
			files++
			if relative, err := filepath.Rel(root, path); err == nil && slices.Contains(examples, filepath.ToSlash(relative)) {
				return
			}
			for at, text := range literals(t, path) {
				if sqlWords.MatchString(text) {
					t.Errorf("%s has SQL in a string; put it into queries: %q", at, text)
				}
			}
		})
	}
	if files < 100 {
		t.Errorf("only %d files were looked at", files)
	}
}

// walkGo visits the Go files of a folder of the house.
func walkGo(t *testing.T, folder string, visit func(path string)) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(root, folder), func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && filepath.Ext(path) == ".go" {
			visit(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// literals returns the string literals of a Go file by where they stand. Strings
// joined by + are one.
func literals(t *testing.T, path string) map[string]string {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		text, ok := joined(n)
		if ok {
			found[set.Position(n.Pos()).String()] = text
		}
		return !ok
	})
	return found
}

// joined returns the text of a string literal or of a sum of literals; what is
// added to one that is none counts as a blank.
func joined(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(n.Value)
		return text, n.Kind == token.STRING && err == nil
	case *ast.BinaryExpr:
		left, isLeft := joined(n.X)
		right, isRight := joined(n.Y)
		return left + " " + right, n.Op == token.ADD && (isLeft || isRight)
	}
	return "", false
}
