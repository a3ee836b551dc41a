package cli

import "testing"

func TestParseInclude(t *testing.T) {
	for text, want := range map[string]include{
		"shipping": {shipping: true}, "tax": {tax: true}, "shipping, tax": {true, true}, "none": {},
	} {
		if got, err := parseInclude(text); err != nil || got != want {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "handling", "none,tax"} {
		if got, err := parseInclude(text); err == nil {
			t.Errorf("%q is taken as %+v", text, got)
		}
	}
}
