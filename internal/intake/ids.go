package intake

import (
	"regexp"
	"strings"
	"unicode"

	"worth/internal/i18n"
)

var (
	wholeFloat = regexp.MustCompile(`^(-?[0-9]+)\.0+$`)
	scientific = regexp.MustCompile(`^-?[0-9](\.[0-9]+)?[eE]\+[0-9]+$`)
)

// NormaliseID returns an identifier as text, the reference for the loading SQL.
//
//   - An id is always text: 00001 stays 00001.
//   - White space around it, a leading apostrophe and the ="…" of spreadsheets go.
//   - 17850.0 becomes 17850: a column of ids that once was a column of floats.
//   - 1.03E+19 is refused, since a spreadsheet has thrown digits away.
//   - NULL, N/A, -, —— and the like are no id: empty, without a reason.
//
// reason is a sentence when the id is refused and empty otherwise.
func NormaliseID(s string) (id, reason string) {
	id = trimCell(s)
	if isNull(id) {
		return "", ""
	}
	if scientific.MatchString(id) {
		return "", i18n.T("%s went through a spreadsheet that dropped digits of the id; export the column as text", id)
	}
	if m := wholeFloat.FindStringSubmatch(id); m != nil {
		return m[1], ""
	}
	return id, ""
}

// Masked reports whether a value is hidden (186******05, ##…, $$…) and can
// therefore never identify anybody.
func Masked(s string) bool {
	s = trimCell(s)
	return strings.Contains(s, "**") || strings.HasPrefix(s, "##") || strings.HasPrefix(s, "$$")
}

// trimCell removes what exports wrap around a value: white space and invisible
// characters, a leading apostrophe, the ="…" or = that keeps spreadsheets from
// reading a number. Anything else after = is a formula and stays.
func trimCell(s string) string {
	s = strings.TrimFunc(s, invisible)
	if inner, ok := strings.CutPrefix(s, `="`); ok && strings.HasSuffix(inner, `"`) {
		s = strings.TrimSuffix(inner, `"`)
	} else if digits, ok := strings.CutPrefix(s, "="); ok && digits != "" && strings.Trim(digits, "0123456789") == "" {
		s = digits
	}
	s = strings.TrimPrefix(s, "'")
	return strings.TrimFunc(s, invisible)
}

func invisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.C, r) || unicode.Is(unicode.Z, r)
}

// isNull reports whether a trimmed cell stands for no value.
func isNull(s string) bool {
	const longest = 6 // bytes of the longest word below
	if len(s) > longest {
		return false
	}
	switch strings.ToLower(s) {
	case "", "-", "--", "—", "——", "null", "nil", "none", "n/a", "na", "#n/a", `\n`, "nat":
		return true
	}
	return false
}
