package tabular

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

func TestClean(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "Ann Lee", "Ann Lee"},
		{"escape sequence", "a\x1b[31mred", "a␛[31mred"},
		{"C1 control", "a\u009b31m", "a�31m"},
		{"tab and break", "a\tb\r\nc", "a⇥b␍↵c"},
		{"delete and NUL", "a\x7f\x00", "a␡␀"},
		{"bidi", "a\u202eb\u2066c\u200f", "abc"},
		{"zero width", "a\u200bb\ufeffc\u2060", "abc"},
		{"invalid UTF-8", "a\xff\xc3", "a��"},
		{"chinese", "王小明", "王小明"},
		{"accents", "e\u0301\u0302\u0303\u0304", "e\u0301\u0302"},
		{"accent on nothing", "\u0301a", "a"},
		{"devanagari", "हिंदी", "हिंदी"},
		{"flag", "🇨🇳", "CN"},
		{"joined emoji", "👩\u200d👧👍🏽❤\ufe0f", "👩👧👍❤"},
		{"line separator", "a\u2028b\u0085c", "a↵b↵c"},
		{"no-break space", "a\u00a0b", "a b"},
		{"hangul filler", "a\u3164b", "ab"},
		{"private use", "a\ue000", "a�"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Clean(tt.in); got != tt.want {
				t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestEscape(t *testing.T) {
	tests := []struct{ in, want string }{
		{"plain", "plain"},
		{"a\u202eb\x1b[0m", "a⟨U+202E⟩b␛[0m"},
		{"a\nb\tc", "a↵\nb⇥c"},
		{"a\xffb", "a⟨FF⟩b"},
		{"e\u0301", "e\u0301"},
		{"1\u0301", "1⟨U+0301⟩"},
		{"👍🏽", "👍⟨U+1F3FD⟩"},
	}
	for _, tt := range tests {
		if got := Escape(tt.in); got != tt.want {
			t.Errorf("Escape(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{
		"", "Ann", "\x1b]0;x\a", "a\u202e\u200b\u0301", "王\xff小\t", "🇨🇳👍🏽", "\u009b31m\u2028", "हिंदी", "e\u034f\u0301", "\U000e0041",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		accents := 0
		for _, r := range got {
			switch {
			case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r),
				unicode.Is(unicode.Bidi_Control, r), unicode.Is(unicode.Variation_Selector, r):
				t.Fatalf("Clean(%q) lets %U through", s, r)
			case unicode.In(r, unicode.Mn, unicode.Me):
				accents++
				if accents > maxCombining {
					t.Fatalf("Clean(%q) piles up accents", s)
				}
			default:
				accents = 0
				if ansi.StringWidthWc(string(r)) == 0 {
					t.Fatalf("Clean(%q) lets %U through, which has no width", s, r)
				}
			}
		}
		if !utf8.ValidString(got) || Clean(got) != got {
			t.Fatalf("Clean(%q) = %q is not clean", s, got)
		}
		for _, line := range strings.Split(Escape(s), "\n") {
			if Clean(line) != line {
				t.Fatalf("Escape(%q) has the unclean line %q", s, line)
			}
		}
	})
}

func BenchmarkClean(b *testing.B) {
	for _, bb := range []struct{ name, text string }{{"ascii", "Ann Example, Main Street 12"}, {"chinese", "广东省深圳市南山区示例路十二号"}} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Clean(bb.text)
			}
		})
	}
}
