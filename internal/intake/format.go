package intake

import (
	"strings"

	"worth/internal/i18n"
)

// Format describes one export of one platform: which columns it has, what they
// mean, and how its amounts are to be read. It is data: a file under formats, or
// one of the analyst's own. A file of a format is read by the format alone; the
// synonyms are for files of no format.
type Format struct {
	Name     string `yaml:"name"`     // such as shopify_orders; a format of the analyst's replaces one of the same name
	Title    string `yaml:"title"`    // for people
	Platform string `yaml:"platform"` // of orders that no column gives one
	Currency string `yaml:"currency"` // likewise; ISO code
	Kind     Kind   `yaml:"kind"`
	Language string `yaml:"language"` // of the columns below: en, zh, …

	// Columns is the signature: the header as the platform writes it, of every
	// column its other spellings too. The order does not matter.
	Columns []Heading `yaml:"columns"`
	// Must are the columns without which a file is not of the format; those that
	// carry order, date, amount and person. Each is mapped.
	Must []string `yaml:"must"`
	// Marks are further columns that a file must have, though nothing is made of
	// them: they tell the format from others.
	Marks []string `yaml:"marks"`
	// Map says which column holds which field.
	Map map[Field]string `yaml:"map"`
	// Languages gives the columns in other languages: language → column → name.
	Languages map[string]map[string]string `yaml:"languages"`

	// Customer lists the fields that identify an order's customer, the best first:
	// the second is asked where a row has no first.
	Customer []Field      `yaml:"customer"`
	Status   FormatStatus `yaml:"status"`
	Money    FormatMoney  `yaml:"money"`
	// Continued says that further rows of an order leave the order's cells empty.
	Continued bool `yaml:"continued"`
	// Read names the macro that reads a column which is not written like others.
	Read map[Field]FormatReader `yaml:"read"`
	// Action is what the rows of an interactions file are about, such as review,
	// where no column says it.
	Action string `yaml:"action"`
	// Open says that columns which are not listed go by the synonyms; otherwise
	// nothing is made of them.
	Open bool `yaml:"open"`
	// Notes are English sentences the analyst should see with every such file.
	Notes []string `yaml:"notes"`

	file   string // it was read from
	lines  func(path string) int
	folded map[string]string // names of columns, normalised
}

// Heading is a column of a signature: the name it has in the format file and the
// other names it goes by.
type Heading []string

// UnmarshalYAML reads one name or a list of them.
func (h *Heading) UnmarshalYAML(decode func(any) error) error {
	var one string
	if err := decode(&one); err == nil {
		*h = Heading{one}
		return nil
	}
	var many []string
	if err := decode(&many); err != nil {
		return err
	}
	*h = many
	return nil
}

// FormatStatus says what a platform's order statuses mean. Words that stand in no
// list mean what they mean elsewhere; see ClassifyStatus.
type FormatStatus struct {
	Counted  []string `yaml:"counted"`
	Excluded []string `yaml:"excluded"`
	Refunded []string `yaml:"refunded"`
}

// FormatMoney says how net revenue follows from a platform's amounts.
type FormatMoney struct {
	Revenue RevenueRule `yaml:"revenue"`
	// Per says whether the amounts of the rule belong to the row (rows of one order
	// add up) or to the order (count once). Empty: as usual for the rule.
	Per Level `yaml:"per"`
	// Row lists amounts that belong to the row here though they usually belong to
	// the order: shipping, tax, refund.
	Row []Field `yaml:"row"`
	// Outside lists amounts that are recorded and never taken off, since the rule's
	// amounts do not contain them or are already less them: shipping, tax, refund.
	Outside []Field `yaml:"outside"`
}

// FormatReader names a way of reading cells that are not written like others.
type FormatReader string

// PackedAmounts reads key:value text with amounts in it and adds them up:
// "amount:5.00|reason:broken|amount:2.50" is 7.50.
const PackedAmounts FormatReader = "packed_amounts"

// JoinedAmounts adds up the numbers of several items that share a cell: "1;2".
const JoinedAmounts FormatReader = "joined_amounts"

// Aside is the kind of files that a format knows and customer analysis has no use
// for, such as a list of sellers: they are named and left out.
const Aside Kind = "aside"

// heading returns the signature's column of that name.
func (f *Format) heading(name string) (Heading, bool) {
	for _, h := range f.Columns {
		if len(h) > 0 && h[0] == name {
			return h, true
		}
	}
	return nil, false
}

// classify says what a status means in this format, which may be none.
func (f *Format) classify(word string) (StatusClass, bool) {
	if f == nil {
		return ClassifyStatus(word)
	}
	key := normalise(word)
	for class, words := range map[StatusClass][]string{
		StatusCounted: f.Status.Counted, StatusExcluded: f.Status.Excluded, StatusRefunded: f.Status.Refunded,
	} {
		for _, w := range words {
			if normalise(w) == key {
				return class, true
			}
		}
	}
	return ClassifyStatus(word)
}

// afterSales separates an order's status from that of its after-sales case, where
// a file has both.
const afterSales = " · "

// classifyBoth says what a status with that of the after-sales case behind it
// means: what was given back is given back, whatever became of the order.
func (f *Format) classifyBoth(word string) (StatusClass, bool) {
	status, after, both := strings.Cut(word, afterSales)
	class, known := f.classify(status)
	if !both || class == StatusExcluded {
		return class, known
	}
	if later, _ := f.classify(after); later == StatusRefunded {
		return StatusRefunded, true
	}
	return class, known
}

// TitleText returns the title in the reader's language.
func (f *Format) TitleText() string { return i18n.T(f.Title) }
