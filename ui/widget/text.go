package widget

import (
	"strings"
	"unicode/utf8"

	"worth/internal/tabular"
)

// ellipsis ends a text that was cut.
const ellipsis = "…"

// Clean returns s as it may be written to a terminal: see [tabular.Clean].
func Clean(s string) string { return tabular.Clean(s) }

// Escape returns s for a reader who wants to see everything that is in it: see
// [tabular.Escape].
func Escape(s string) string { return tabular.Escape(s) }

// Width returns the number of terminal columns s takes: see [tabular.Width].
func Width(s string) int { return tabular.Width(s) }

func isPlainASCII(s string) bool { return tabular.PlainASCII(s) }

func runeWidth(r rune) int { return tabular.RuneWidth(r) }

// Fit returns the clean, unstyled text s in exactly width columns: padded with
// spaces on the right, or cut with an ellipsis. It reads no more of s than fits.
func Fit(s string, width int) string {
	cut, used := truncate(s, width)
	if used >= width {
		return cut
	}
	return cut + spaces(width-used)
}

// FitRight is Fit for text that stands at the right, such as numbers: it pads
// on the left.
func FitRight(s string, width int) string {
	cut, used := truncate(s, width)
	if used >= width {
		return cut
	}
	return spaces(width-used) + cut
}

// truncate cuts s to at most width columns, with an ellipsis when anything was
// cut, and returns it with the columns it takes.
func truncate(s string, width int) (cut string, used int) {
	if width <= 0 {
		return "", 0
	}
	keep, keepWidth := 0, 0 // the longest prefix that leaves room for the ellipsis
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		w := runeWidth(r)
		if used+w > width {
			return s[:keep] + ellipsis, keepWidth + 1
		}
		used += w
		i += size
		if used < width {
			keep, keepWidth = i, used
		}
	}
	return s, used
}

// blank is a stock of spaces to slice, wide enough for most screens.
var blank = strings.Repeat(" ", 512)

// spaces returns n spaces; none for a negative n.
func spaces(n int) string {
	if n <= len(blank) {
		return blank[:max(n, 0)]
	}
	return strings.Repeat(" ", n)
}
