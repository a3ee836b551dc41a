package intake

import (
	"fmt"
	"regexp"
	"strings"
)

// StatusClass is what an order status means for revenue.
type StatusClass string

// The classes of order statuses.
const (
	StatusCounted  StatusClass = "counted"  // a purchase
	StatusExcluded StatusClass = "excluded" // cancelled, unpaid or void: never a purchase
	StatusRefunded StatusClass = "refunded" // fully given back: revenue nets to nothing
)

// ClassifyStatus says what a status word means, and whether it is known. Case,
// spaces and punctuation do not matter. An unknown word is counted: dropping
// revenue because of a word nobody knows would be a silent guess. An empty
// status is known and counted.
func ClassifyStatus(word string) (class StatusClass, known bool) {
	v := vocabulary()
	key := normalise(word)
	if key == "" {
		return StatusCounted, true
	}
	if class, known = v.status.exact[key]; known {
		return class, true
	}
	for _, rule := range v.status.Contains {
		if strings.Contains(key, normalise(rule.Word)) {
			return rule.Class, true
		}
	}
	return StatusCounted, false
}

// CreditPatterns returns the RE2 patterns of order ids that mark credit notes,
// such as C536379. A match alone proves nothing (another shop may number its
// orders so): a row is a credit when its id matches and its quantity or amount
// is negative.
func CreditPatterns() []string { return vocabulary().status.CreditPatterns }

// IsCreditID reports whether an order id looks like that of a credit note; see
// CreditPatterns.
func IsCreditID(id string) bool {
	for _, p := range vocabulary().status.credit {
		if p.MatchString(id) {
			return true
		}
	}
	return false
}

// statusWords is synonyms/status.yaml.
type statusWords struct {
	Counted        []string       `yaml:"counted"`
	Excluded       []string       `yaml:"excluded"`
	Refunded       []string       `yaml:"refunded"`
	Contains       []containsRule `yaml:"contains"`
	CreditPatterns []string       `yaml:"credit_patterns"`

	exact  map[string]StatusClass
	credit []*regexp.Regexp
}

// containsRule classifies every status that contains a word; the first that
// applies decides.
type containsRule struct {
	Word  string      `yaml:"word"`
	Class StatusClass `yaml:"class"`
}

func (s *statusWords) index() error {
	s.exact = map[string]StatusClass{}
	for class, list := range map[StatusClass][]string{
		StatusCounted: s.Counted, StatusExcluded: s.Excluded, StatusRefunded: s.Refunded,
	} {
		for _, word := range list {
			key := normaliseWith(word, nil)
			if _, twice := s.exact[key]; twice {
				return fmt.Errorf("synonyms status: %q stands twice", word)
			}
			s.exact[key] = class
		}
	}
	for _, text := range s.CreditPatterns {
		p, err := regexp.Compile(text)
		if err != nil {
			return fmt.Errorf("synonyms status: %w", err)
		}
		s.credit = append(s.credit, p)
	}
	return nil
}
