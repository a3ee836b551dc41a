package identity

import (
	"regexp"
	"strings"

	"worth/internal/i18n"
)

// MostIDs is how many ids may share a key. A key that more ids share, such as the
// phone of a household, a shop assistant's or a placeholder, joins nobody.
const MostIDs = 5

// Kind is what an id or key is.
type Kind string

// The kinds of keys that join ids, as core.identities has them.
const (
	Email    Kind = "e-mail"
	Phone    Kind = "phone"
	MemberNo Kind = "member no"
)

// Rule says when two values of a kind are one key.
type Rule struct {
	Kind Kind
	Text i18n.Text // what is shared, in a sentence on why ids are one person
	rest []edit    // in order
	form *regexp.Regexp
}

// edit takes something out of a value.
type edit struct {
	what *regexp.Regexp
	with string
}

// Rules are the kinds of keys that join ids. The loading SQL follows them
// (identity_value in queries/session/shared.sql); a test holds the two together.
var Rules = []Rule{
	{Kind: Email, Text: "the same e-mail address", form: regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)},
	{Kind: Phone, Text: "the same phone", rest: []edit{
		{regexp.MustCompile(`[^0-9+]`), ""},
		{regexp.MustCompile(`^(\+|00)`), ""},
		{regexp.MustCompile(`^86(1\d{10})$`), "$1"}, // mobile numbers in China
	}, form: regexp.MustCompile(`^\d{7,15}$`)},
	{Kind: MemberNo, Text: "the same member number", form: regexp.MustCompile(`.`)},
}

// Key returns the value by which a key of a kind is compared, empty when it cannot
// be one. Masked values (see intake.Masked) and words for nothing are the
// caller's to leave out.
func Key(kind Kind, value string) string {
	for _, r := range Rules {
		if r.Kind == kind {
			return r.key(value)
		}
	}
	return ""
}

func (r Rule) key(value string) string {
	value = strings.TrimSpace(value)
	if r.Kind == Email {
		value = strings.ToLower(value)
	}
	for _, e := range r.rest {
		value = e.what.ReplaceAllString(value, e.with)
	}
	if !r.form.MatchString(value) || r.Kind == Phone && strings.Trim(value, value[:1]) == "" { // 00000000000
		return ""
	}
	return value
}
