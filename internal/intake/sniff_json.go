package intake

import (
	"context"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"worth/internal/duck"
	"worth/internal/i18n"
)

// namedJSON reports whether a file's name says that it is JSON.
func namedJSON(name string) bool {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	return slices.Contains([]string{".json", ".ndjson", ".jsonl"}, filepath.Ext(name))
}

// notRecords refuses JSON without columns.
func notRecords(title string) error {
	return i18n.Errorf(`%s: the JSON holds no list of records such as [{"order_id": "1", …}, …]; export it as records`, title)
}

// deepest is how far values of a JSON file may be nested. No export goes near it;
// DuckDB, which reads a value within a value by calling itself, runs out of stack
// beyond some ten thousand, and takes the program with it.
const deepest = 1000

// checkNesting reads a JSON file through and refuses it when its values are nested too
// deep.
func (s *Source) checkNesting(ctx context.Context) error {
	n := &nesting{title: s.Title()}
	err := pour(ctx, s.Path, s.Title(), n, io.Discard)
	if n.tooDeep != nil {
		return n.tooDeep
	}
	return err
}

// nesting is a writer that counts how deep the JSON is that goes by.
type nesting struct {
	title   string
	depth   int
	line    int // line breaks so far
	quoted  bool
	escaped bool // the last byte was a backslash in quotes
	tooDeep error
}

// Write looks at the next part of the text; it fails where values are nested too deep.
func (n *nesting) Write(p []byte) (int, error) {
	for i, c := range p {
		switch {
		case n.escaped:
			n.escaped = false
		case c == '"':
			n.quoted = !n.quoted
		case c == '\n':
			n.line++
			n.quoted = false // no string goes over a line
		case n.quoted:
			n.escaped = c == '\\'
		case c == '{' || c == '[':
			if n.depth++; n.depth > deepest {
				n.tooDeep = i18n.Errorf("%s: line %s: values are nested more than %d deep, which no export needs; export it as flat records",
					n.title, strconv.Itoa(n.line+1), deepest)
				return i, n.tooDeep
			}
		case c == '}' || c == ']':
			n.depth = max(n.depth-1, 0)
		}
	}
	return len(p), nil
}

// jsonPlace finds where DuckDB's words say that JSON is damaged.
var jsonPlace = regexp.MustCompile(`at byte (\d+) in (line|record/value) (\d+): (.+)$`)

// damagedJSON refuses JSON at a byte of a line or a record. Of what is damaged DuckDB
// gives the number of the next.
func damagedJSON(title, at, unit, number, reason string) error {
	n, err := strconv.Atoi(number)
	if err != nil {
		n = 1
	}
	number = strconv.Itoa(max(n-1, 1))
	if unit == "line" {
		return i18n.Errorf("%s: line %s, byte %s: the JSON is damaged or cut off there (%s); copy or export it again", title, number, at, reason)
	}
	return i18n.Errorf("%s: record %s, byte %s: the JSON is damaged or cut off there (%s); copy or export it again", title, number, at, reason)
}

// unreadable says why the database cannot read a file, in a sentence.
func unreadable(s *Source, e *duck.Error) error {
	reason := e.Reason()
	if place := jsonPlace.FindStringSubmatch(reason); place != nil {
		return damagedJSON(s.Title(), place[1], place[2], place[3], place[4])
	}
	switch {
	case strings.Contains(reason, "No files found"):
		return i18n.Errorf("%s: went away while it was being read; load it again when it is there", s.Title())
	case strings.Contains(reason, "non-record JSON"):
		return notRecords(s.Title())
	case strings.Contains(reason, "state machine reached an invalid state"): // DuckDB's words for it
		return i18n.Errorf("%s: cannot be read: somewhere far down lines end differently than at the top; save the file with one kind of line end", s.Title())
	}
	return i18n.Errorf("%s: cannot be read as %s; export it again (%s)", s.Title(), string(s.Container), reason)
}
