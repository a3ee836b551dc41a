package intake

import (
	"worth/internal/i18n"
)

// Confidence says how well a column is known to hold a field.
type Confidence uint8

// The levels of confidence, the surest last.
const (
	Unsure Confidence = iota // not mapped; a Question asks
	Likely                   // a name that often means the field, and data that agree
	Sure                     // a name that means nothing else
	Given                    // the analyst said so
)

// String returns the confidence in words.
func (c Confidence) String() string {
	switch c {
	case Likely:
		return i18n.T("likely")
	case Sure:
		return i18n.T("sure")
	case Given:
		return i18n.T("given")
	case Unsure:
	}
	return i18n.T("unsure")
}

// Question is a field the analyst should place before the file is loaded, or
// may leave unmapped when it is not Required.
type Question struct {
	Field      Field
	Required   bool   // whether loading needs the answer
	Candidates []int  // columns that could hold it, the best first; may be empty
	Reason     string // a sentence: why it is asked
}

// Recognition is what a file's columns mean, with the evidence for it.
type Recognition struct {
	Kind       Kind
	Format     string        // title of the known export, such as "Shopify orders"; empty for others
	Matches    []FormatMatch // the two known exports that fit best, the best first; fewer when fewer fit
	Mapping    Mapping
	Confidence map[Field]Confidence
	Refused    map[Field]string // why a column that is named like a field is not taken for it
	Unmapped   []int            // columns that hold no field, in file order
	Missing    []Field          // fields without which the file cannot be loaded as Kind
	Questions  []Question       // fields not confidently recognised
	Customer   Field            // field that identifies the customer of an order: customer_id, email or phone; empty for none
	Instead    Field            // field that identifies the customer where a row has no Customer; empty for none
	Revenue    RevenueRule      // how an order's net revenue follows from its amounts
	Warnings   []string         // sentences the analyst should see, such as a missing customer column

	Dates   map[Field]DateReading   // of every mapped date field
	Amounts map[Field]AmountReading // of every mapped amount and integer field

	known *Format // nil for a file of no known format
}

// Ready reports whether the file can be loaded without an answer.
func (r Recognition) Ready() bool {
	for _, q := range r.Questions {
		if q.Required {
			return false
		}
	}
	return len(r.Missing) == 0
}

// Hints are what is known about a file beside its content.
type Hints struct {
	Overrides Overrides // the analyst's --map, a form's answers or a remembered mapping
	DateOrder DateOrder // --date-order; empty to decide from the data
	Formats   *Formats  // known exports; nil: BuiltinFormats
}

// Recognise says what the columns of s mean: by the known export that fits best
// or, where none does, by name; checked against the sample, under the analyst's
// hints. Overrides for columns that s does not have,
// or fields its kind does not have, are passed over (one --map serves several
// files; see Overrides.Check).
//
// A file that cannot be loaded as it is is no error: see Missing and Questions.
// The error is for a source whose columns are not known yet; see SetColumns.
func Recognise(s *Source, hints Hints) (Recognition, error) {
	if len(s.Columns) == 0 {
		return Recognition{}, i18n.Errorf("%s: no columns were found in the file", s.Original)
	}
	m := newMatcher(s, hints)
	m.chooseKind()
	m.assign()
	m.checkAgainstSample()
	if m.known == nil {
		m.settleSubtotal()
	}
	m.conclude()
	return m.Recognition, nil
}
