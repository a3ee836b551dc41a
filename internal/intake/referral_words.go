package intake

import (
	"sync"

	"worth/internal/referral"
)

// referralWords is synonyms/referral_words.yaml.
type referralWords struct {
	Counted  []string `yaml:"counted"`
	Pending  []string `yaml:"pending"`
	Rejected []string `yaml:"rejected"`
	Staff    []string `yaml:"staff"`
	KOL      []string `yaml:"kol"`

	status map[string]referral.Status
	kind   map[string]referral.Kind
}

// readReferralWords reads the embedded words once. They are part of the program,
// and tests read them: an error cannot happen to an analyst.
var readReferralWords = sync.OnceValues(func() (*referralWords, error) {
	w := &referralWords{status: map[string]referral.Status{}, kind: map[string]referral.Kind{}}
	if err := readYAML("referral_words", w); err != nil {
		return nil, err
	}
	for status, words := range map[referral.Status][]string{
		referral.Counted: w.Counted, referral.Pending: w.Pending, referral.Rejected: w.Rejected,
	} {
		for _, word := range words {
			w.status[normaliseWith(word, nil)] = status
		}
	}
	for kind, words := range map[referral.Kind][]string{referral.Staff: w.Staff, referral.KOL: w.KOL} {
		for _, word := range words {
			w.kind[normaliseWith(word, nil)] = kind
		}
	}
	return w, nil
})

// ClassifyReferral says what the status of a referral and the kind of its
// referrer mean, in the words of an export, and whether the status is known. One
// that nobody knows counts: a referral must not be lost to a word.
func ClassifyReferral(status, kind string) (s referral.Status, k referral.Kind, known bool, err error) {
	w, err := readReferralWords()
	if err != nil {
		return 0, 0, false, err
	}
	key := normaliseWith(status, nil)
	s, known = w.status[key]
	return s, w.kind[normaliseWith(kind, nil)], known || key == "", nil
}
