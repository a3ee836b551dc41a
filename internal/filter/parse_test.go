package filter

import (
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	tests := []struct {
		text string
		want Expr
	}{
		{"", nil},
		{"channel = pos", Comparison{"channel", Equal, []string{"pos"}}},
		{`segment != "At Risk"`, Comparison{"segment", NotEqual, []string{"At Risk"}}},
		{"a = 1 or b > 2 and c < 3", Or{Comparison{"a", Equal, []string{"1"}}, And{Comparison{"b", Greater, []string{"2"}}, Comparison{"c", Less, []string{"3"}}}}},
		{"(a = 1 or b > 2) and c < 3", And{Or{Comparison{"a", Equal, []string{"1"}}, Comparison{"b", Greater, []string{"2"}}}, Comparison{"c", Less, []string{"3"}}}},
		{"not a ~ x", Not{Comparison{"a", Contains, []string{"x"}}}},
		{"a not in (x, 'y z')", Not{Comparison{"a", In, []string{"x", "y z"}}}},
		{"(a in (x))", Comparison{"a", In, []string{"x"}}},
		{"a is not empty", Not{Comparison{"a", Empty, nil}}},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			got, err := Parse(tt.text)
			if err != nil || !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %#v, %v; want %#v", got, err, tt.want)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	tests := map[string]string{
		"orders":                             "not finished",
		"orders >":                           "not finished",
		"a = 1 b":                            `"b" does not belong`,
		"(a = 1":                             "not finished",
		`a = "x`:                             "not closed",
		"a = 1)":                             `")" does not belong`,
		strings.Repeat("not ", 60) + "a = 1": "nests deeper",
	}
	for text, want := range tests {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want it to say %q", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a = 1", `x in ("a", b) or not (y is empty)`, "= (", `"`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		expr, err := Parse(text)
		if err == nil && expr == nil && strings.TrimSpace(strings.ReplaceAll(text, "\u3000", " ")) != "" {
			t.Errorf("%q is neither a filter nor an error", text)
		}
	})
}
