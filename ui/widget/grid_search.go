package widget

import (
	"strings"
	"unicode/utf8"
)

// gridSearch is the state of a search on screen. Finding rows is the page's.
type gridSearch struct {
	open  bool   // the query is being typed
	query string // what was typed
	last  string // the query before this one, for Cancel
}

// OpenSearch begins a new query; Type and Backspace change it.
func (g *Grid) OpenSearch() {
	g.search = gridSearch{open: true, last: g.search.query}
}

// Searching reports whether a query is being typed, so that keys are text.
func (g *Grid) Searching() bool { return g.search.open }

// Type appends to the query being typed.
func (g *Grid) Type(text string) {
	if g.search.open {
		g.search.query += Clean(text)
	}
}

// Backspace takes the last character of the query away.
func (g *Grid) Backspace() {
	if g.search.open {
		_, size := utf8.DecodeLastRuneInString(g.search.query)
		g.search.query = g.search.query[:len(g.search.query)-size]
	}
}

// AcceptSearch ends typing and returns the query to look for, which stays
// highlighted. An empty one repeats the query before.
func (g *Grid) AcceptSearch() (query string) {
	if g.search.open && g.search.query == "" {
		g.search.query = g.search.last
	}
	g.search.open = false
	return g.search.query
}

// CancelSearch ends typing and goes back to the query before.
func (g *Grid) CancelSearch() {
	if g.search.open {
		g.search = gridSearch{query: g.search.last}
	}
}

// SetQuery sets what is highlighted; "" ends the search.
func (g *Grid) SetQuery(query string) { g.search = gridSearch{query: Clean(query)} }

// Query returns what is being searched for.
func (g *Grid) Query() string { return g.search.query }

// needle returns the text to highlight, in lower case.
func (s *gridSearch) needle() string { return strings.ToLower(s.query) }

// gridFound reports whether a cell as drawn holds the text to highlight.
func gridFound(text, needle string) bool {
	return needle != "" && strings.Contains(strings.ToLower(text), needle)
}
