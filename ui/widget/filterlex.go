package widget

import (
	"strings"
	"unicode/utf8"

	"worth/internal/filter"
	"worth/ui/theme"
)

// StyleFilter returns a filter in colours: columns, operators and values apart,
// what does not belong as errors. Its width is that of Clean(text).
func StyleFilter(text string, t theme.Theme) string {
	var b strings.Builder
	end := 0
	for _, token := range filter.Tokenize(text) {
		b.WriteString(Clean(text[end:token.Start]))
		style := t.Text
		switch token.Kind {
		case filter.Column:
			style = t.Accent
		case filter.Operator, filter.Keyword:
			style = t.Strong
		case filter.Value:
			style = t.Good
		case filter.Punctuation:
			style = t.Muted
		case filter.Unknown:
			style = t.Bad
		}
		b.WriteString(style.Render(Clean(text[token.Start:token.End])))
		end = token.End
	}
	b.WriteString(Clean(text[end:]))
	return b.String()
}

// runeStart moves a byte offset back to the start of a character, within text.
func runeStart(text string, offset int) int {
	offset = min(max(offset, 0), len(text))
	for offset > 0 && offset < len(text) && !utf8.RuneStart(text[offset]) {
		offset--
	}
	return offset
}
