package sqltext

import (
	"slices"
	"strings"
)

// Span is a part of a text, in bytes.
type Span struct{ Start, End int }

// Of returns the part of the text.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Statements returns the statements of a text, without the semicolons between
// them and without the space around them. Comments before a statement belong to
// it; a part of nothing but comments is no statement.
func Statements(text string) []Span {
	var out []Span
	start, says := 0, false
	add := func(end int) {
		if part := text[start:end]; says {
			from := start + len(part) - len(strings.TrimLeft(part, " \t\r\n"))
			out = append(out, Span{from, start + len(strings.TrimRight(part, " \t\r\n"))})
		}
		says = false
	}
	for _, t := range Tokens(text) {
		switch {
		case t.Kind == Punctuation && text[t.Start:t.End] == ";":
			add(t.Start)
			start = t.End
		case t.Kind != Space && t.Kind != Comment:
			says = true
		}
	}
	add(len(text))
	return out
}

// At returns the statement in which an offset lies; between two it is the one
// before, and before all of them the first. It reports false for a text without
// statements.
func At(text string, offset int) (Span, bool) {
	all := Statements(text)
	if len(all) == 0 {
		return Span{}, false
	}
	i := slices.IndexFunc(all, func(s Span) bool { return s.Start > offset })
	switch i {
	case -1:
		return all[len(all)-1], true
	case 0:
		return all[0], true
	}
	return all[i-1], true
}

// First returns the first word of a text in lower case, comments left out.
func First(text string) string {
	for _, t := range Tokens(text) {
		if t.Kind != Space && t.Kind != Comment {
			return strings.ToLower(text[t.Start:t.End])
		}
	}
	return ""
}

// Parameters returns the names of the parameters of a text, without their dollar
// sign, once each in order of appearance.
func Parameters(text string) []string {
	var names []string
	for _, t := range Tokens(text) {
		name := strings.ToLower(strings.TrimPrefix(text[t.Start:t.End], "$"))
		if t.Kind == Parameter && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Substitute returns the text with every parameter replaced by what is written
// for it.
func Substitute(text string, write func(name string) string) string {
	var b strings.Builder
	for _, t := range Tokens(text) {
		part := text[t.Start:t.End]
		if t.Kind == Parameter {
			part = write(strings.ToLower(strings.TrimPrefix(part, "$")))
		}
		b.WriteString(part)
	}
	return b.String()
}

// Calls returns the names of what the text may call as a function, in lower case
// and without quotes: every name, and every keyword, with a parenthesis after it,
// whatever spaces and comments stand between.
func Calls(text string) []string {
	var names []string
	last := ""
	for _, t := range Tokens(text) {
		part := text[t.Start:t.End]
		switch t.Kind {
		case Space, Comment:
			continue
		case Punctuation:
			if part == "(" && last != "" && !slices.Contains(names, last) {
				names = append(names, last)
			}
			last = ""
		case Name, Function, Keyword:
			last = strings.ToLower(unquoted(part))
		case String, Number, Parameter:
			last = ""
		}
	}
	return names
}

// unquoted takes the double quotes off a name.
func unquoted(name string) string {
	if len(name) >= 2 && name[0] == '"' {
		return strings.ReplaceAll(name[1:len(name)-1], `""`, `"`)
	}
	return name
}
