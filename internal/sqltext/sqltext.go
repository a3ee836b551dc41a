// Package sqltext takes the text of SQL apart: tokens for colours, statements,
// parameters and the functions that are called.
//
// It reads DuckDB's spelling: doubled quotes, dollar-quoted texts, nested
// comments, $name parameters. A text that is still being typed is read as far as
// it goes; nothing is ever an error, and nothing is checked against a database.
// It knows no values and runs nothing.
package sqltext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is the part a token plays.
type Kind uint8

// The parts of a text.
const (
	Space       Kind = iota
	Comment          // to the end of the line, or between /* and */
	Keyword          // select, from, …
	Function         // a name with a parenthesis after it
	Name             // a table, a column, an alias; in double quotes or not
	String           // a text in single quotes or between $$
	Number           // a number
	Parameter        // $name, $1 or ?
	Punctuation      // operators, commas, parentheses
)

// Token is a part of a text.
type Token struct {
	Kind       Kind
	Start, End int // bytes
}

// State is what a line inherits from the one before: an open comment or text.
// The zero value is that of the first line.
type State struct {
	comment int    // how many comments are open; they nest
	quote   string // what ends the open text: ', " or $tag$
}

// Line returns the tokens of one line without its line break, and the state in
// which the next one begins. Tokens cover the line without gaps.
func Line(line string, s State) ([]Token, State) {
	var tokens []Token
	l := lexer{text: line, state: s}
	for l.at < len(line) {
		start := l.at
		kind := l.next()
		tokens = append(tokens, Token{kind, start, l.at})
	}
	return tokens, l.state
}

// Tokens returns the tokens of a whole text. They cover it without gaps.
func Tokens(text string) []Token {
	tokens, _ := Line(text, State{})
	return tokens
}

// lexer reads tokens one after the other.
type lexer struct {
	text  string
	at    int
	state State
}

// next reads one token and returns its kind.
func (l *lexer) next() Kind {
	switch {
	case l.state.comment > 0:
		l.inComment()
		return Comment
	case l.state.quote != "":
		return l.inQuote()
	}
	rest := l.text[l.at:]
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case unicode.IsSpace(r):
		l.while(unicode.IsSpace)
		return Space
	case strings.HasPrefix(rest, "--"):
		if end := strings.IndexByte(rest, '\n'); end >= 0 {
			l.at += end
		} else {
			l.at = len(l.text)
		}
		return Comment
	case strings.HasPrefix(rest, "/*"):
		l.at += 2
		l.state.comment = 1
		l.inComment()
		return Comment
	case r == '\'' || r == '"':
		l.at++
		l.state.quote = rest[:1]
		return l.inQuote()
	case r == '$':
		return l.dollar(rest)
	case r >= '0' && r <= '9' || r == '.' && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9':
		l.number()
		return Number
	case isNameStart(r):
		start := l.at
		l.while(isNameRune)
		return l.word(strings.ToLower(l.text[start:l.at]))
	case r == '?':
		l.at++
		return Parameter
	}
	l.at += size
	return Punctuation
}

func (l *lexer) while(belongs func(rune) bool) {
	for l.at < len(l.text) {
		r, size := utf8.DecodeRuneInString(l.text[l.at:])
		if !belongs(r) {
			return
		}
		l.at += size
	}
}

func isNameStart(r rune) bool { return r == '_' || unicode.IsLetter(r) }
func isNameRune(r rune) bool  { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// inComment goes on to the end of the open comments, which nest.
func (l *lexer) inComment() {
	for l.state.comment > 0 && l.at < len(l.text) {
		switch rest := l.text[l.at:]; {
		case strings.HasPrefix(rest, "/*"):
			l.state.comment++
			l.at += 2
		case strings.HasPrefix(rest, "*/"):
			l.state.comment--
			l.at += 2
		default:
			l.at++
		}
	}
}

// inQuote goes on to the end of the open text or quoted name.
func (l *lexer) inQuote() Kind {
	quote := l.state.quote
	kind := String
	if quote == `"` {
		kind = Name
	}
	for l.at < len(l.text) {
		end := strings.Index(l.text[l.at:], quote)
		if end < 0 {
			l.at = len(l.text)
			return kind
		}
		l.at += end + len(quote)
		if len(quote) > 1 || !strings.HasPrefix(l.text[l.at:], quote) {
			l.state.quote = ""
			return l.called(kind)
		}
		l.at++ // a doubled quote stands for one
	}
	return kind
}

// called makes a name that a parenthesis follows a function.
func (l *lexer) called(kind Kind) Kind {
	if kind == Name && strings.HasPrefix(strings.TrimLeft(l.text[l.at:], " \t\n"), "(") {
		return Function
	}
	return kind
}

// dollar reads a parameter or the beginning of a dollar-quoted text.
func (l *lexer) dollar(rest string) Kind {
	l.at++
	l.while(isNameRune)
	tag := rest[:len(rest)-len(l.text[l.at:])]
	if strings.HasPrefix(l.text[l.at:], "$") && (len(tag) == 1 || tag[1] < '0' || tag[1] > '9') {
		l.at++
		l.state.quote = tag + "$"
		return l.inQuote()
	}
	if len(tag) == 1 {
		return Punctuation
	}
	return Parameter
}

// number reads digits, a decimal part and an exponent, or 0x….
func (l *lexer) number() {
	l.while(func(r rune) bool { return isNameRune(r) || r == '.' })
	if l.at < len(l.text) && strings.IndexByte("+-", l.text[l.at]) >= 0 && strings.IndexByte("eE", l.text[l.at-1]) >= 0 {
		l.at++
		l.while(unicode.IsDigit)
	}
}

// word says whether a name is a keyword, a function or another name. Keywords
// with a parenthesis after them, such as in (…), stay keywords.
func (l *lexer) word(lower string) Kind {
	if keywords[lower] {
		return Keyword
	}
	return l.called(Name)
}
