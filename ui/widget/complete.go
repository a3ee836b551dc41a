package widget

import (
	"slices"
	"strings"

	"worth/internal/filter"
	"worth/internal/i18n"
	"worth/internal/tabular"
)

// FilterCompletion is one way to go on with a filter.
type FilterCompletion struct {
	Text   string      // what replaces the range, quoted where it must be
	Label  string      // what the list shows, clean
	Detail string      // a remark beside it: the title of a column, the meaning of an operator
	Kind   filter.Kind // the part it plays
}

// maxFilterCompletions bounds a list nobody would read to its end anyway.
const maxFilterCompletions = 50

// CompleteFilter returns how a filter can go on at the cursor, best first, and
// the range of bytes a completion replaces. The cursor is a byte offset. Values,
// which may be nil, returns values of a column that hold a prefix; it is called
// at most once and must answer from memory.
func CompleteFilter(
	text string, cursor int, columns []tabular.Column, values func(column tabular.Column, prefix string) []string,
) (completions []FilterCompletion, from, to int) {
	cursor = runeStart(text, cursor)
	p, partial, from, to := filterAt(text, cursor)
	column := filterColumnNamed(columns, p.Column)
	switch p.Stage {
	case filter.ExpectColumn:
		completions = completeColumns(columns, partial)
	case filter.ExpectOperator:
		completions = completeWords(operatorsFor(column.Kind), partial, filter.Operator)
	case filter.ExpectEmpty:
		completions = completeWords([]filterWord{{"empty", ""}, {"not empty", ""}}, partial, filter.Operator)
	case filter.ExpectIn:
		completions = completeWords([]filterWord{{"in", i18n.T("none of a list")}}, partial, filter.Operator)
	case filter.ExpectOnlyEmpty:
		completions = completeWords([]filterWord{{"empty", ""}}, partial, filter.Operator)
	case filter.ExpectValue, filter.ExpectListItem:
		completions = completeValues(column, partial, values)
	case filter.ExpectList:
		completions = completeWords([]filterWord{{"(", i18n.T("a list of values")}}, partial, filter.Punctuation)
	case filter.ExpectListNext:
		completions = completeWords([]filterWord{
			{",", i18n.T("another value")}, {")", i18n.T("end of the list")},
		}, partial, filter.Punctuation)
	case filter.ExpectLink:
		links := []filterWord{{"and", i18n.T("both must hold")}, {"or", i18n.T("one must hold")}}
		completions = completeWords(links, partial, filter.Keyword)
		if p.Depth > 0 && partial == "" {
			completions = append(completions, FilterCompletion{Text: ")", Label: ")", Kind: filter.Punctuation})
		}
	}
	return completions[:min(len(completions), maxFilterCompletions)], from, to
}

// filterAt follows a filter up to the cursor. When the cursor touches a word,
// that word is what is being completed: partial is what stands before the
// cursor of it, and from and to its range.
func filterAt(text string, cursor int) (p filter.Follower, partial string, from, to int) {
	for i := 0; ; {
		token, ok := filter.Next(text, i)
		if !ok || token.Start >= cursor {
			return p, "", cursor, cursor
		}
		written := text[token.Start:token.End]
		finished := strings.IndexByte("(),", written[0]) >= 0 ||
			strings.IndexByte(filter.OperatorSigns, written[0]) >= 0 && written != "!"
		if token.End >= cursor && !finished {
			before := text[token.Start:cursor]
			if quote := written[0]; quote == '"' || quote == '\'' {
				_, before = filter.QuotedText(before)
			}
			return p, before, token.Start, token.End
		}
		p.Take(token, written)
		i = token.End
	}
}

// filterColumnNamed returns the column of that name, whatever its case; the zero
// Column, a text, when there is none.
func filterColumnNamed(columns []tabular.Column, name string) tabular.Column {
	i := slices.IndexFunc(columns, func(c tabular.Column) bool { return strings.EqualFold(c.Name, name) })
	if i < 0 {
		return tabular.Column{Name: name}
	}
	return columns[i]
}

// completeColumns returns the columns whose name begins with partial, then those
// whose name or title holds it.
func completeColumns(columns []tabular.Column, partial string) []FilterCompletion {
	var begin, hold []FilterCompletion
	needle := strings.ToLower(partial)
	for _, c := range columns {
		title := c.Title.String()
		completion := FilterCompletion{
			Text: quoteFilter(c.Name), Label: Clean(c.Name), Detail: Clean(title), Kind: filter.Column,
		}
		switch name := strings.ToLower(c.Name); {
		case strings.HasPrefix(name, needle):
			begin = append(begin, completion)
		case strings.Contains(name, needle) || strings.Contains(strings.ToLower(title), needle):
			hold = append(hold, completion)
		}
		if len(begin) == maxFilterCompletions {
			break
		}
	}
	return append(begin, hold...)
}

// completeValues returns the values of a column: yes and no for a boolean, else
// what values knows.
func completeValues(
	column tabular.Column, partial string, values func(column tabular.Column, prefix string) []string,
) []FilterCompletion {
	if column.Kind == tabular.Boolean {
		return completeWords([]filterWord{{"true", i18n.T("yes")}, {"false", i18n.T("no")}}, partial, filter.Value)
	}
	if values == nil {
		return nil
	}
	var completions []FilterCompletion
	for _, v := range values(column, partial) {
		completions = append(completions, FilterCompletion{
			Text: quoteFilter(v), Label: gridClean(v, gridFitWidth), Kind: filter.Value,
		})
	}
	return completions
}

// filterWord is a fixed word of the language and what it means.
type filterWord struct{ word, detail string }

// completeWords returns the words that begin with partial.
func completeWords(words []filterWord, partial string, kind filter.Kind) []FilterCompletion {
	var completions []FilterCompletion
	for _, w := range words {
		if strings.HasPrefix(w.word, strings.ToLower(partial)) {
			completions = append(completions, FilterCompletion{Text: w.word, Label: w.word, Detail: w.detail, Kind: kind})
		}
	}
	return completions
}

// operatorsFor returns the operators that make sense for a kind of column, the
// likeliest first.
func operatorsFor(kind tabular.Kind) []filterWord {
	equal := []filterWord{{"=", i18n.T("equal to")}, {"!=", i18n.T("other than")}}
	order := []filterWord{
		{">", i18n.T("more than")},
		{">=", i18n.T("at least")},
		{"<", i18n.T("less than")},
		{"<=", i18n.T("at most")},
	}
	if kind == tabular.Date || kind == tabular.Time {
		order = []filterWord{
			{">", i18n.T("after")},
			{">=", i18n.T("on or after")},
			{"<", i18n.T("before")},
			{"<=", i18n.T("on or before")},
		}
	}
	rest := []filterWord{
		{"in", i18n.T("one of a list")},
		{"not in", i18n.T("none of a list")},
		{"is empty", i18n.T("has no value")},
		{"is not empty", i18n.T("has a value")},
	}
	switch kind {
	case tabular.Boolean:
		return append(equal, rest[2:]...)
	case tabular.Text:
		return slices.Concat(equal, []filterWord{{"~", i18n.T("contains")}}, rest, order)
	case tabular.Integer, tabular.Money, tabular.Float, tabular.Share, tabular.Date, tabular.Time:
	}
	return slices.Concat(order, equal, rest)
}

// quoteFilter returns a name or value as it must be written in a filter: as it is
// when it reads as one word, else in double quotes.
func quoteFilter(s string) string {
	switch strings.ToLower(s) {
	case "", "and", "or", "not", "in", "is", "empty":
	default:
		if !strings.ContainsAny(s, filter.Ends) {
			return s
		}
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
