// Package filter reads filter expressions, the small language in which an
// analyst says which rows of a grid to show:
//
//	channel = pos and (orders >= 3 or net_revenue > 1000) and not segment in (Lost, "At Risk")
//	last_order is not empty and email ~ example.com
//
// Tokenize splits a filter that is still being typed, for colours and
// completion; Parse turns a finished one into an expression. What columns there
// are and what their values mean is the business of whoever runs the filter.
package filter

import "strings"

// Kind is the part a token plays in a filter.
type Kind uint8

// The parts of a filter such as: channel = pos and last >= 2024-05-01.
const (
	Column      Kind = iota // the name of a column
	Operator                // = != > >= < <= ~, in, is empty
	Value                   // what the column is compared with
	Keyword                 // and, or, not
	Punctuation             // parentheses and commas
	Unknown                 // something that does not belong where it stands
)

// Token is a token of a filter being typed.
type Token struct {
	Kind       Kind
	Start, End int    // bytes of the text
	Text       string // without quotes
}

// Tokenize splits a filter, finished or not, into tokens and says what
// part each plays. It checks no names and no values; that is the business of
// whoever runs the filter.
func Tokenize(text string) []Token {
	var tokens []Token
	p := Follower{}
	for i := 0; ; {
		raw, ok := Next(text, i)
		if !ok {
			return tokens
		}
		raw.Kind = p.Take(raw, text[raw.Start:raw.End])
		tokens = append(tokens, raw)
		i = raw.End
	}
}

// OperatorSigns are the characters operators are made of, beside words.
const OperatorSigns = "=!<>~"

// Ends are the characters that end a word; a value that holds one needs quotes.
const Ends = " \t\r\n\u3000(),\"'" + OperatorSigns

// Next returns the first token from byte i on, its kind not yet set.
func Next(text string, i int) (token Token, ok bool) {
	rest := strings.TrimLeft(text[i:], " \t\r\n\u3000")
	start := len(text) - len(rest)
	if rest == "" {
		return Token{}, false
	}
	token = Token{Start: start}
	length := 1
	switch first := rest[0]; {
	case first == '"' || first == '\'':
		length, token.Text = QuotedText(rest)
	case strings.IndexByte("(),", first) >= 0:
		token.Text = rest[:1]
	case strings.IndexByte(OperatorSigns, first) >= 0:
		if len(rest) > 1 && rest[1] == '=' && first != '=' && first != '~' {
			length = 2
		}
		token.Text = rest[:length]
	default:
		if length = strings.IndexAny(rest, Ends); length < 0 {
			length = len(rest)
		}
		token.Text = rest[:length]
	}
	token.End = start + length
	return token, true
}

// QuotedText reads a quoted text, in which a doubled quote stands for one,
// to its end or that of s. It returns the bytes read and the text.
func QuotedText(s string) (length int, text string) {
	quote := s[0]
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		if s[i] == quote {
			if i+1 == len(s) || s[i+1] != quote {
				return i + 1, b.String()
			}
			i++
		}
		b.WriteByte(s[i])
	}
	return len(s), b.String()
}

// Stage is what a filter expects next.
type Stage uint8

// The stages of a filter.
const (
	ExpectColumn Stage = iota
	ExpectOperator
	ExpectIn        // after not
	ExpectEmpty     // after is
	ExpectOnlyEmpty // after is not
	ExpectValue
	ExpectList     // after in: the parenthesis
	ExpectListItem // in the list: a value
	ExpectListNext // in the list: a comma or the end
	ExpectLink     // after a comparison: and, or, a closing parenthesis
)

// Follower follows a filter token by token. Its zero value stands at the start.
type Follower struct {
	Stage  Stage
	Column string // of the comparison under way
	Depth  int    // open parentheses around comparisons
}

// Take moves on by one token and says what part it plays. A token that does not
// belong leaves the state as it is. Written is the token with its quotes.
func (p *Follower) Take(token Token, written string) Kind {
	first := written[0]
	quoted := first == '"' || first == '\''
	sign := !quoted && strings.IndexByte(OperatorSigns, first) >= 0
	punctuation := !quoted && strings.IndexByte("(),", first) >= 0
	word := ""
	if !quoted {
		word = strings.ToLower(token.Text)
	}
	switch {
	case punctuation:
		return p.takePunctuation(first)
	case sign:
		return p.takeSign(token.Text)
	}
	switch p.Stage {
	case ExpectColumn:
		if word == "not" {
			return Keyword
		}
		p.Column, p.Stage = token.Text, ExpectOperator
		return Column
	case ExpectOperator, ExpectIn, ExpectEmpty, ExpectOnlyEmpty:
		return p.takeOperatorWord(word)
	case ExpectValue:
		p.Stage = ExpectLink
		return Value
	case ExpectListItem:
		p.Stage = ExpectListNext
		return Value
	case ExpectLink:
		if word == "and" || word == "or" {
			p.Stage = ExpectColumn
			return Keyword
		}
	case ExpectList, ExpectListNext:
	}
	return Unknown
}

// takeSign moves on by an operator made of signs.
func (p *Follower) takeSign(sign string) Kind {
	if p.Stage != ExpectOperator || sign == "!" {
		return Unknown
	}
	p.Stage = ExpectValue
	return Operator
}

// takeOperatorWord moves on by an operator made of letters.
func (p *Follower) takeOperatorWord(word string) Kind {
	switch {
	case word == "not" && p.Stage == ExpectOperator:
		p.Stage = ExpectIn
	case word == "not" && p.Stage == ExpectEmpty:
		p.Stage = ExpectOnlyEmpty
	case word == "in" && (p.Stage == ExpectOperator || p.Stage == ExpectIn):
		p.Stage = ExpectList
	case word == "is" && p.Stage == ExpectOperator:
		p.Stage = ExpectEmpty
	case word == "empty" && (p.Stage == ExpectEmpty || p.Stage == ExpectOnlyEmpty):
		p.Stage = ExpectLink
	default:
		return Unknown
	}
	return Operator
}

// takePunctuation moves on by a parenthesis or a comma.
func (p *Follower) takePunctuation(sign byte) Kind {
	switch {
	case sign == '(' && p.Stage == ExpectColumn:
		p.Depth++
	case sign == '(' && p.Stage == ExpectList:
		p.Stage = ExpectListItem
	case sign == ',' && p.Stage == ExpectListNext:
		p.Stage = ExpectListItem
	case sign == ')' && (p.Stage == ExpectListNext || p.Stage == ExpectListItem):
		p.Stage = ExpectLink
	case sign == ')' && p.Stage == ExpectLink && p.Depth > 0:
		p.Depth--
	default:
		return Unknown
	}
	return Punctuation
}
