package rfm

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"worth/internal/i18n"
)

// maxFile is far beyond any real scheme; it keeps a mistaken --scheme orders.csv
// from being parsed as YAML.
const maxFile = 64 << 10

// maxText is the length of the longest name or sentence, in characters.
const maxText = 300

// reader takes a YAML file apart, collecting what is wrong with it.
type reader struct {
	file string
	errs []error
}

// entry is one line "key: value" of a mapping.
type entry struct {
	key   string
	node  ast.Node // the key, for errors about it
	value ast.Node
}

// place says where in a file an error is, as editors and compilers do.
func place(file string, line, column int) string {
	return file + ":" + strconv.Itoa(line) + ":" + strconv.Itoa(column)
}

func (r *reader) failAt(line, column int, sentence string) {
	r.errs = append(r.errs, &schemeError{place(r.file, line, column) + ": " + sentence})
}

func (r *reader) fail(node ast.Node, sentence string) {
	p := position(node)
	r.failAt(p.Line, p.Column, sentence)
}

// schemeError is a sentence that was translated when it was made.
type schemeError struct{ text string }

func (e *schemeError) Error() string { return e.text }

// position returns where a node begins; a block mapping begins at its first key.
func position(node ast.Node) *token.Position {
	if m, ok := node.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		node = m.Values[0].Key
	}
	if t := node.GetToken(); t != nil && t.Position != nil {
		return t.Position
	}
	return &token.Position{Line: 1, Column: 1}
}

// body parses the file into the one document it must hold, or returns nil.
func (r *reader) body(data []byte) ast.Node {
	switch {
	case len(data) > maxFile:
		r.failAt(1, 1, i18n.T("this file of %d bytes is too long for a scheme; is it the file you meant?", len(data)))
		return nil
	case !utf8.Valid(data):
		r.failAt(1, 1, i18n.T("this file is not UTF-8 text; save the scheme as UTF-8"))
		return nil
	}
	data = []byte(strings.TrimPrefix(string(data), "\uFEFF"))
	file, err := parseYAML(data)
	var bad yaml.Error
	switch {
	case errors.As(err, &bad) && bad.GetToken() != nil && bad.GetToken().Position != nil:
		p := bad.GetToken().Position
		r.failAt(p.Line, p.Column, yamlSentence(bad.GetMessage()))
		return nil
	case err != nil:
		r.failAt(1, 1, yamlSentence(err.Error()))
		return nil
	case len(file.Docs) > 1:
		r.failAt(1, 1, i18n.T("a scheme file holds one scheme, but here --- begins another"))
		return nil
	case len(file.Docs) == 0 || file.Docs[0].Body == nil:
		r.failAt(1, 1, i18n.T("this file is empty; a scheme lists segments, and a map or rules"))
		return nil
	}
	return file.Docs[0].Body
}

// maxDepth is how deep brackets may nest: the YAML library takes time that grows
// with the square of the depth.
const maxDepth = 20

var errDepth = errors.New("brackets are nested too deep")

// parseYAML turns a panic of the YAML library into an error: a file must never
// take the program down.
func parseYAML(data []byte) (file *ast.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the YAML reader gave up: %v", p)
		}
	}()
	tokens := lexer.Tokenize(string(data))
	depth := 0
	for _, t := range tokens {
		switch t.Type { //nolint:exhaustive // only brackets nest
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		}
		if depth > maxDepth {
			return nil, errDepth
		}
	}
	file, err = parser.Parse(tokens, 0)
	if err != nil {
		return nil, fmt.Errorf("yaml: %w", err)
	}
	return file, nil
}

func yamlSentence(message string) string {
	if strings.HasPrefix(message, "invalid header option") {
		return i18n.T("a bound that begins with > needs quotes, as in \">= 4\"")
	}
	return i18n.T("this is not valid YAML: %s", message)
}

// entries returns the lines of a mapping, or reports that node is none.
func (r *reader) entries(node ast.Node, what string) []entry {
	var values []*ast.MappingValueNode
	switch n := node.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	default:
		r.fail(node, i18n.T("%s is made of lines such as \"key: value\"", what))
		return nil
	}
	list := make([]entry, 0, len(values))
	for _, v := range values {
		key, ok := scalar(v.Key)
		if !ok {
			r.fail(v.Key, i18n.T("%s has a key that is not a plain word", what))
			continue
		}
		list = append(list, entry{key, v.Key, v.Value})
	}
	return list
}

// fields returns the values of a mapping that may have only the known keys.
func (r *reader) fields(node ast.Node, what string, known ...string) map[string]ast.Node {
	fields := make(map[string]ast.Node)
	for _, e := range r.entries(node, what) {
		if !slices.Contains(known, e.key) {
			r.fail(e.node, i18n.T("%s has no %q; it may have %s", what, e.key, strings.Join(known, ", ")))
			continue
		}
		fields[e.key] = e.value
	}
	return fields
}

// items returns the members of a list, or reports that node is none.
func (r *reader) items(node ast.Node, what string) []ast.Node {
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		r.fail(node, i18n.T("%s must be a list", what))
		return nil
	}
	return list.Values
}

// text returns a scalar fit to be shown, or reports why it is not.
func (r *reader) text(node ast.Node, what string) string {
	s, ok := scalar(node)
	s = strings.TrimSpace(s)
	switch {
	case !ok || s == "":
		r.fail(node, i18n.T("%s must be a text", what))
		return ""
	case utf8.RuneCountInString(s) > maxText:
		r.fail(node, i18n.T("%s is longer than %d characters", what, maxText))
		return ""
	case strings.ContainsFunc(s, func(c rune) bool { return !unicode.IsPrint(c) }):
		r.fail(node, i18n.T("%s holds characters that cannot be shown: %q", what, s))
		return ""
	}
	return s
}

// choice returns a text that must be one of the allowed ones.
func (r *reader) choice(node ast.Node, what string, allowed ...string) string {
	s := r.text(node, what)
	if s != "" && !slices.Contains(allowed, s) {
		r.fail(node, i18n.T("%s cannot be %q; choose %s", what, s, strings.Join(allowed, " | ")))
	}
	return s
}

// scalar returns the text of a plain value as it was written, or false for
// lists, mappings, nulls, anchors and tags.
func scalar(node ast.Node) (string, bool) {
	switch n := node.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	}
	return "", false
}
