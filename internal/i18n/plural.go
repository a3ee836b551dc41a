package i18n

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/message"
)

// For is T for a text that stands beside a number instead of holding it, as in
// a table: forms before the first number of the wording agree with n.
func For(n int64, english string, args ...any) string {
	return text(n == 1, english, args)
}

// text formats a wording whose first forms are those of one, or of many.
//
// The forms are resolved in the fallback and not in the key, so a catalog has
// one entry for each wording: languages without plural forms translate it
// without braces, those with more than two use x/text/feature/plural.
func text(one bool, english string, args []any) string {
	return current.Load().Sprintf(message.Key(english, agree(one, english, args)), args...)
}

// agree resolves the forms of an English wording: of {one|many} it takes the
// left one where the number before it is 1, and {s} is short for {|s}. Other
// braces stay as they are.
func agree(one bool, english string, args []any) string {
	if !strings.Contains(english, "{") {
		return english
	}
	var b strings.Builder
	next := 0 // the argument of the next verb
	for i := 0; i < len(english); {
		switch english[i] {
		case '%':
			end := verbEnd(english, i)
			if english[end-1] != '%' {
				if explicit, ok := argument(english[i:end]); ok {
					next = explicit
				}
				one = next < len(args) && isOne(args[next])
				next++
			}
			b.WriteString(english[i:end])
			i = end
		case '{':
			form, length := chosen(english[i:], one)
			b.WriteString(form)
			i += length
		default:
			b.WriteByte(english[i])
			i++
		}
	}
	return b.String()
}

// verbEnd returns where the verb that begins at start ends.
func verbEnd(s string, start int) int {
	for i := start + 1; i < len(s); i++ {
		if !strings.ContainsRune("+-# 0123456789.[]", rune(s[i])) {
			_, size := utf8.DecodeRuneInString(s[i:])
			return i + size
		}
	}
	return len(s)
}

// argument returns which argument, counted from 0, a verb such as %[2]d names.
func argument(verb string) (int, bool) {
	at := strings.IndexByte(verb, '[')
	if at < 0 {
		return 0, false
	}
	var n int
	_, err := fmt.Sscanf(verb[at:], "[%d]", &n)
	return n - 1, err == nil && n > 0
}

// isOne tells whether an argument counts one thing, as a number or as a number
// that was written already. 1.0 is a measurement and takes the plural.
func isOne(arg any) bool {
	switch arg.(type) {
	case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64, string:
		return fmt.Sprint(arg) == "1"
	}
	return false
}

// chosen returns the form to write for the braces s begins with, and how long
// they are. Braces that hold no forms are written as they stand.
func chosen(s string, one bool) (form string, length int) {
	end := strings.IndexByte(s, '}')
	if end < 0 {
		return s[:1], 1
	}
	single, many, forms := strings.Cut(s[1:end], "|")
	if s[1:end] == "s" {
		single, many, forms = "", "s", true
	}
	switch {
	case !forms:
		return s[:1], 1
	case one:
		return single, end + 1
	}
	return many, end + 1
}
