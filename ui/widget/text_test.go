package widget

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestFit(t *testing.T) {
	tests := []struct {
		in          string
		width       int
		left, right string
	}{
		{"abc", 5, "abc  ", "  abc"},
		{"abc", 3, "abc", "abc"},
		{"abcd", 3, "ab…", "ab…"},
		{"abcd", 1, "…", "…"},
		{"abcd", 0, "", ""},
		{"abcd", -3, "", ""},
		{"", 2, "  ", "  "},
		{"王小明", 6, "王小明", "王小明"},
		{"王小明", 5, "王小…", "王小…"},
		{"王小明", 4, "王… ", " 王…"},
		{"王", 1, "…", "…"},
		{"ae\u0301b", 3, "ae\u0301b", "ae\u0301b"},
		{"ae\u0301bc", 3, "ae\u0301…", "ae\u0301…"},
	}
	for _, tt := range tests {
		if got := Fit(tt.in, tt.width); got != tt.left {
			t.Errorf("Fit(%q, %d) = %q, want %q", tt.in, tt.width, got, tt.left)
		}
		if got := FitRight(tt.in, tt.width); got != tt.right {
			t.Errorf("FitRight(%q, %d) = %q, want %q", tt.in, tt.width, got, tt.right)
		}
	}
}

func FuzzFit(f *testing.F) {
	for _, seed := range []string{"", "Ann", "a\u202e\u200b\u0301", "王\xff小\t", "🇨🇳👍🏽", "हिंदी", "e\u034f\u0301"} {
		f.Add(seed, 7)
	}
	f.Fuzz(func(t *testing.T, s string, width int) {
		width = min(max(width, -1), 300)
		s = Clean(s)
		if w := ansi.StringWidthWc(Fit(s, width)); w != max(width, 0) {
			t.Fatalf("Fit(%q, %d) is %d wide", s, width, w)
		}
		if w := ansi.StringWidthWc(FitRight(s, width)); w != max(width, 0) {
			t.Fatalf("FitRight(%q, %d) is %d wide", s, width, w)
		}
	})
}
