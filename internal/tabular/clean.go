package tabular

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// The visible stand-ins for characters that must not reach the terminal.
const (
	tabSymbol    = '⇥'
	breakSymbol  = '↵'
	unknownRune  = utf8.RuneError // invalid UTF-8, unassigned and private-use characters
	maxCombining = 2              // accents kept on one letter; more would climb over other lines
)

// Clean returns s as it may be written to a terminal: on one line, and without
// anything that could move the cursor, change colours or reorder text.
//
// Control characters become visible symbols (⇥ for a tab, ↵ for a line break,
// ␛ for an escape), invalid UTF-8 becomes �, and characters without a shape of
// their own (bidirectional controls, zero-width characters, emoji modifiers)
// are left out. Accents stay on the letters they belong to, at most two each.
// Flags become their two letters, because terminals do not agree on how wide a
// flag is. Clean is idempotent, and returns s itself when nothing has to change.
func Clean(s string) string {
	if PlainASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	accents := maxCombining // none may come before the first letter
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch c := classify(r); c.kind {
		case runeAccent:
			if accents < maxCombining {
				b.WriteRune(r)
				accents++
			}
			continue
		case runeHidden:
			continue
		case runeShown:
			b.WriteRune(c.shown)
		}
		accents = accentsAfter(r)
	}
	return b.String()
}

// accentsAfter returns how many of the allowed accents count as used up after
// r: none after a letter or a vowel sign, all after anything else.
func accentsAfter(r rune) int {
	if isCommonWide(r) || r >= 0x41 && unicode.In(r, unicode.L, unicode.Mc) {
		return 0
	}
	return maxCombining
}

// Escape returns s for a reader who wants to see everything that is in it: as
// Clean, but characters Clean leaves out are spelled ⟨U+200B⟩, and a line break
// is kept as a line break after its ↵. The newline is thus the only control
// character in the result; the caller splits lines there.
func Escape(s string) string {
	if PlainASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	accents := maxCombining
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		c := classify(r)
		if r == utf8.RuneError && size == 1 {
			fmt.Fprintf(&b, "⟨%02X⟩", s[i])
			c.kind = runeHidden
		} else if c.kind == runeHidden || c.kind == runeAccent && accents >= maxCombining {
			fmt.Fprintf(&b, "⟨%U⟩", r)
		} else {
			b.WriteRune(c.shown)
		}
		if r == '\n' {
			b.WriteByte('\n')
		}
		i += size
		switch c.kind {
		case runeAccent:
			accents++
		case runeShown:
			accents = accentsAfter(r)
		case runeHidden:
			accents = maxCombining
		}
	}
	return b.String()
}

// runeKind says what becomes of a character on its way to the terminal.
type runeKind uint8

const (
	runeShown  runeKind = iota // written, perhaps as another character
	runeAccent                 // written on the letter before it
	runeHidden                 // has no shape of its own
)

// runeClass is the fate of one character.
type runeClass struct {
	kind  runeKind
	shown rune // what to write, unless hidden
}

// classify decides the fate of r. It is the one place that knows which
// characters are dangerous.
func classify(r rune) runeClass {
	switch {
	case isCommon(r):
		return runeClass{runeShown, r}
	case r < 0x20 || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029':
		return runeClass{runeShown, controlSymbol(r)}
	case r >= 0x1f1e6 && r <= 0x1f1ff: // regional indicators: half a flag each
		return runeClass{runeShown, 'A' + r - 0x1f1e6}
	case r >= 0x1f3fb && r <= 0x1f3ff: // skin tones, of no width once joined
		return runeClass{runeHidden, r}
	case unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
		return runeClass{runeHidden, r}
	case unicode.Is(unicode.Zs, r) && r != '\u3000':
		return runeClass{runeShown, ' '}
	case unicode.In(r, unicode.Mn, unicode.Me):
		return runeClass{runeAccent, r}
	case !unicode.IsGraphic(r):
		return runeClass{runeShown, unknownRune}
	case RuneWidth(r) == 0:
		return runeClass{runeHidden, r}
	}
	return runeClass{runeShown, r}
}

// isCommon reports whether r is in one of the ranges most text is made of, all
// letters, digits and punctuation: a short cut past the Unicode tables.
func isCommon(r rune) bool {
	return r >= 0x20 && r < 0x7f || r > 0xa0 && r < 0x300 && r != 0xad || isCommonWide(r)
}

// isCommonWide reports whether r is a common character of two columns: kana,
// a unified ideograph or a Hangul syllable.
func isCommonWide(r rune) bool {
	return r >= 0x4e00 && r < 0xa000 || r >= 0xac00 && r <= 0xd7a3 || r >= 0x3041 && r <= 0x3096 || r >= 0x30a1 && r <= 0x30ff
}

// controlSymbol returns the visible stand-in of a control character.
func controlSymbol(r rune) rune {
	switch {
	case r == '\t':
		return tabSymbol
	case r == '\n' || r == '\u2028' || r == '\u2029' || r == '\u0085':
		return breakSymbol
	case r < 0x20:
		return '␀' + r // the Unicode block "control pictures" is in ASCII order
	case r == 0x7f:
		return '␡'
	}
	return unknownRune
}

// PlainASCII reports whether s is printable ASCII throughout: one byte, one
// character, one column.
func PlainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// RuneWidth returns the columns r takes on its own: 0, 1 or 2.
func RuneWidth(r rune) int {
	if r >= 0x20 && r < 0x300 && r != 0x7f && r != 0xad {
		return 1
	}
	if isCommonWide(r) {
		return 2
	}
	var buf [utf8.UTFMax]byte
	return ansi.StringWidthWc(string(buf[:utf8.EncodeRune(buf[:], r)]))
}

// Width returns the number of terminal columns s takes; escape sequences of
// styles take none. It counts as the renderer does by default, character by
// character (wcwidth); terminals that join characters may need fewer columns
// for some Indic and Thai texts, never more.
func Width(s string) int {
	if PlainASCII(s) {
		return len(s)
	}
	return ansi.StringWidthWc(s)
}
