package filter

import (
	"strings"

	"worth/internal/i18n"
)

// maxDepth bounds how deep parentheses and nots may nest.
const maxDepth = 50

// Expr is a parsed filter: an And, Or, Not or Comparison.
type Expr interface{ isExpr() }

// And holds when both sides do.
type And struct{ Left, Right Expr }

// Or holds when one side does.
type Or struct{ Left, Right Expr }

// Not holds when its operand does not.
type Not struct{ Of Expr }

// Comparison compares a column with values: one for the signs, any number for
// In, none for Empty.
type Comparison struct {
	Column string
	Op     Op
	Values []string
}

func (And) isExpr()        {}
func (Or) isExpr()         {}
func (Not) isExpr()        {}
func (Comparison) isExpr() {}

// Op is how a comparison compares.
type Op string

// The operators of comparisons.
const (
	Equal          Op = "="
	NotEqual       Op = "!="
	Greater        Op = ">"
	GreaterOrEqual Op = ">="
	Less           Op = "<"
	LessOrEqual    Op = "<="
	Contains       Op = "~"
	In             Op = "in"
	Empty          Op = "is empty"
)

// Parse reads a filter. An empty text gives nil: no filter. Errors are sentences
// that say what stands where it does not belong.
func Parse(text string) (Expr, error) {
	p := &parser{}
	var follow Follower
	for i := 0; ; {
		token, ok := Next(text, i)
		if !ok {
			break
		}
		written := text[token.Start:token.End]
		token.Kind = follow.Take(token, written)
		if token.Kind == Unknown {
			return nil, i18n.Errorf("%q does not belong there; write a filter such as orders >= 3 and segment = \"At Risk\"", written)
		}
		if first := written[0]; (first == '"' || first == '\'') && (len(written) < 2 || written[len(written)-1] != first) {
			return nil, i18n.Errorf("the quote of %q is not closed", written)
		}
		p.tokens = append(p.tokens, token)
		i = token.End
	}
	if len(p.tokens) == 0 {
		return nil, nil //nolint:nilnil // no filter is a filter
	}
	if follow.Stage != ExpectLink || follow.Depth > 0 {
		return nil, i18n.Errorf("the filter is not finished; it ends after %q", p.tokens[len(p.tokens)-1].Text)
	}
	return p.or(0)
}

// parser turns tokens whose order Follower has checked into an expression.
type parser struct {
	tokens []Token
	at     int
}

func (p *parser) peek(kind Kind, word string) bool {
	return p.at < len(p.tokens) && p.tokens[p.at].Kind == kind && strings.EqualFold(p.tokens[p.at].Text, word)
}

func (p *parser) next() Token {
	t := p.tokens[p.at]
	p.at++
	return t
}

func (p *parser) or(depth int) (Expr, error) {
	left, err := p.and(depth)
	for err == nil && p.peek(Keyword, "or") {
		p.next()
		var right Expr
		right, err = p.and(depth)
		left = Or{left, right}
	}
	return left, err
}

func (p *parser) and(depth int) (Expr, error) {
	left, err := p.term(depth)
	for err == nil && p.peek(Keyword, "and") {
		p.next()
		var right Expr
		right, err = p.term(depth)
		left = And{left, right}
	}
	return left, err
}

func (p *parser) term(depth int) (Expr, error) {
	switch {
	case depth > maxDepth:
		return nil, i18n.Errorf("the filter nests deeper than %d levels; write it flatter", maxDepth)
	case p.peek(Keyword, "not"):
		p.next()
		of, err := p.term(depth + 1)
		return Not{of}, err
	case p.peek(Punctuation, "("):
		p.next()
		inner, err := p.or(depth + 1)
		if err == nil {
			p.next() // Follower has seen the parenthesis that closes
		}
		return inner, err
	}
	return p.comparison(), nil
}

func (p *parser) comparison() Expr {
	c := Comparison{Column: p.next().Text}
	negated := false
	var words []string
	for p.at < len(p.tokens) && p.tokens[p.at].Kind == Operator {
		word := strings.ToLower(p.next().Text)
		if word == "not" {
			negated = true
			continue
		}
		words = append(words, word)
	}
	c.Op = Op(strings.Join(words, " "))
	if c.Op == "==" {
		c.Op = Equal
	}
	if c.Op == "<>" {
		c.Op = NotEqual
	}
	for p.at < len(p.tokens) && (p.tokens[p.at].Kind == Value || c.Op == In && p.tokens[p.at].Kind == Punctuation) {
		t := p.next()
		if t.Kind == Value {
			c.Values = append(c.Values, t.Text)
		} else if t.Text == ")" {
			break
		}
	}
	if negated {
		return Not{c}
	}
	return c
}
