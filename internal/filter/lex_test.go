package filter

import (
	"slices"
	"strings"
	"testing"
)

func TestTokenize(t *testing.T) {
	const c, o, v, k, p, u = Column, Operator, Value, Keyword, Punctuation, Unknown
	tests := []struct {
		filter string
		texts  []string
		kinds  []Kind
	}{
		{"", nil, nil},
		{"channel = pos", []string{"channel", "=", "pos"}, []Kind{c, o, v}},
		{"net>=10 and x!=2", []string{"net", ">=", "10", "and", "x", "!=", "2"}, []Kind{c, o, v, k, c, o, v}},
		{`"first name" ~ "O""Neil"`, []string{"first name", "~", `O"Neil`}, []Kind{c, o, v}},
		{"a is not empty or b is empty", strings.Fields("a is not empty or b is empty"), []Kind{c, o, o, o, k, c, o, o}},
		{"a in (x, 'y z')", []string{"a", "in", "(", "x", ",", "y z", ")"}, []Kind{c, o, p, v, p, v, p}},
		{"not (a not in (1))", []string{"not", "(", "a", "not", "in", "(", "1", ")", ")"}, []Kind{k, p, c, o, o, p, v, p, p}},
		{"segment = At Risk", []string{"segment", "=", "At", "Risk"}, []Kind{c, o, v, u}},
		{"= 3", []string{"=", "3"}, []Kind{u, c}},
		{`a = "open`, []string{"a", "=", "open"}, []Kind{c, o, v}},
		{"a ! 3)", []string{"a", "!", "3", ")"}, []Kind{c, u, u, u}},
		{"渠道 = 门店", []string{"渠道", "=", "门店"}, []Kind{c, o, v}},
	}
	for _, tt := range tests {
		t.Run(tt.filter, func(t *testing.T) {
			var texts []string
			var kinds []Kind
			for _, token := range Tokenize(tt.filter) {
				texts, kinds = append(texts, token.Text), append(kinds, token.Kind)
			}
			if !slices.Equal(texts, tt.texts) || !slices.Equal(kinds, tt.kinds) {
				t.Errorf("got %q %v, want %q %v", texts, kinds, tt.texts, tt.kinds)
			}
		})
	}
}
