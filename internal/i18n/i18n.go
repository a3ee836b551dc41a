// Package i18n turns every sentence and number a person reads into that
// person's language.
//
// A text is looked up by its English wording, so the code reads as the screen
// does and English needs no catalog; other languages add one. Formatting is
// that of fmt, except that %d and %f group digits in the manner of the
// language (41,208). Pass identifiers, years and file line references that must
// not be grouped as strings.
//
// What it does not do: translate data. Cells, ids and JSON keys stay as they
// are in every language.
package i18n

import (
	"sync/atomic"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Languages are the tags Use accepts, the default first.
var Languages = []string{"en"}

var current atomic.Pointer[message.Printer]

func init() { current.Store(message.NewPrinter(language.English)) }

// Use switches every later text to the language tag. It is safe to call while
// other goroutines format; texts already formatted keep their language. It
// returns an error naming the known tags when tag is not one of Languages.
func Use(tag string) error {
	for _, known := range Languages {
		if tag == known {
			current.Store(message.NewPrinter(language.Make(tag)))
			return nil
		}
	}
	return Errorf("the language %q is not available; choose one of %v", tag, Languages)
}

// T returns the text for an English wording, formatted with args. Words that
// depend on a number follow it in braces: "%d file{s}", "%d {person is|people
// are} known". They agree with the last number before them and hold no verb of
// formatting themselves.
func T(english string, args ...any) string {
	return text(false, english, args)
}

// Errorf is fmt.Errorf for sentences an analyst reads: the wording goes through
// T, and every error among args stays reachable with errors.Is and errors.As.
// Use %v for wrapped errors; %w is not understood by the message printer.
func Errorf(english string, args ...any) error {
	var causes []error
	for _, a := range args {
		if err, ok := a.(error); ok && err != nil {
			causes = append(causes, err)
		}
	}
	return &sentence{text: T(english, args...), causes: causes}
}

// sentence is a translated error text with the errors it explains.
type sentence struct {
	text   string
	causes []error
}

func (s *sentence) Error() string   { return s.text }
func (s *sentence) Unwrap() []error { return s.causes }

// Text is a wording whose translation is put off until it is shown, for tables
// of texts that outlive a change of language (key bindings, column titles).
type Text string

// String returns the text in the current language.
func (t Text) String() string { return T(string(t)) }
