package sqltext

import (
	"slices"
	"strings"
	"testing"
)

// spelled writes tokens as kind letters with their text.
func spelled(text string, tokens []Token) string {
	letters := "_ckfnsdp."
	var parts []string
	for _, t := range tokens {
		if t.Kind != Space {
			parts = append(parts, letters[t.Kind:t.Kind+1]+":"+text[t.Start:t.End])
		}
	}
	return strings.Join(parts, " ")
}

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		"select a, sum(b) from t":    "k:select n:a .:, f:sum .:( n:b .:) k:from n:t",
		"x = 'it''s' -- why":         "n:x .:= s:'it''s' c:-- why",
		`"a ""b""" > 1.5e-3`:         `n:"a ""b""" .:> d:1.5e-3`,
		"/* a /* b */ c */ 1":        "c:/* a /* b */ c */ d:1",
		"$as_of + $1 + ?":            "p:$as_of .:+ p:$1 .:+ p:?",
		"$$it's$$ || $q$ $$ $q$":     "s:$$it's$$ .:| .:| s:$q$ $$ $q$",
		"'open":                      "s:'open",
		"客户 = 1":                     "n:客户 .:= d:1",
		"in (1) and count  (*)":      "k:in .:( d:1 .:) k:and f:count .:( .:* .:)",
		"a.b::date":                  "n:a .:. n:b .:: .:: n:date",
		"\"quoted\"(1)":              "f:\"quoted\" .:( d:1 .:)",
		"select 'a\nb' -- c\nfrom x": "k:select s:'a\nb' c:-- c k:from n:x",
	} {
		if got := spelled(text, Tokens(text)); got != want {
			t.Errorf("%q is\n%s, want\n%s", text, got, want)
		}
	}
}

// TestLinesGoOn reads a text line by line and finds what reading it whole finds.
func TestLinesGoOn(t *testing.T) {
	text := "select 'a\nb', /* c\n/* d */\n e */ $x$ f\n'g $x$, h"
	var state State
	var got []string
	for _, line := range strings.Split(text, "\n") {
		var tokens []Token
		tokens, state = Line(line, state)
		got = append(got, spelled(line, tokens))
	}
	want := "k:select s:'a|s:b' .:, c:/* c|c:/* d */|c: e */ s:$x$ f|s:'g $x$ .:, n:h"
	if joined := strings.Join(got, "|"); joined != want {
		t.Errorf("got\n%s, want\n%s", joined, want)
	}
	if state != (State{}) {
		t.Errorf("something is still open: %+v", state)
	}
}

func TestStatements(t *testing.T) {
	text := " select 1 ;\n-- why\nselect ';' as a;;\n-- only this\n"
	var got []string
	for _, s := range Statements(text) {
		got = append(got, s.Of(text))
	}
	if want := []string{"select 1", "-- why\nselect ';' as a"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for offset, want := range map[int]string{0: "select 1", 5: "select 1", 11: "select 1", 20: "-- why\nselect ';' as a", len(text): "-- why\nselect ';' as a"} {
		if s, ok := At(text, offset); !ok || s.Of(text) != want {
			t.Errorf("at %d is %q, want %q", offset, s.Of(text), want)
		}
	}
	if _, ok := At("-- nothing", 3); ok {
		t.Error("a comment is a statement")
	}
}

func TestParameters(t *testing.T) {
	text := "select $as_of, '$no', $AS_OF, $window -- $neither"
	if got := Parameters(text); !slices.Equal(got, []string{"as_of", "window"}) {
		t.Errorf("parameters: %q", got)
	}
	got := Substitute(text, func(name string) string { return "<" + name + ">" })
	if want := "select <as_of>, '$no', <as_of>, <window> -- $neither"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCalls(t *testing.T) {
	got := Calls(`select sum(a), "Query" /* x */ ('b'), 'glob(1)' from read_csv ('c') where x in (1) and query = 2`)
	if want := []string{"sum", "query", "read_csv", "in"}; !slices.Equal(got, want) {
		t.Errorf("calls %q, want %q", got, want)
	}
}

// FuzzTokens holds that tokens cover any text, whole or line by line.
func FuzzTokens(f *testing.F) {
	for _, seed := range []string{"select 1", "'", "$a$b", "/*/**/", "\"\"\"", "\xff$", "1e+", "a\n$$\nb$$"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, token := range Tokens(text) {
			if token.Start != at || token.End <= token.Start {
				t.Fatalf("%q: token %+v after %d", text, token, at)
			}
			at = token.End
		}
		if at != len(text) {
			t.Fatalf("%q ends at %d", text, at)
		}
		for _, s := range Statements(text) {
			if s.Start >= s.End || strings.TrimSpace(s.Of(text)) == "" {
				t.Fatalf("%q has an empty statement %+v", text, s)
			}
		}
		if got := Substitute(text, func(name string) string { return "$" + name }); len(got) != len(text) && !strings.ContainsAny(text, "?$") {
			t.Fatalf("%q becomes %q", text, got)
		}
	})
}
