package identity

import "worth/internal/i18n"

// Evidence is what speaks for or against two persons being one. Fields that one
// of them lacks say nothing.
type Evidence struct {
	SameName   bool // letters and digits alone, whatever their case
	NearName   bool // by Jaro-Winkler similarity, at least NameNear
	SameCity   bool
	SameBirth  bool
	OtherBirth bool // both are known and differ
	TypoEmail  bool // one mailbox, domains two letters apart at most
	NearEmail  bool // one domain, mailboxes two letters apart at most
	OtherEmail bool // both are known and not alike
	NearPhone  bool // one digit apart
	OtherPhone bool // both are known and not alike
}

// NameNear is the Jaro-Winkler similarity, 0–1, from which on names are alike.
const NameNear = 0.92

// Least is the score from which on a pair is suggested.
const Least = 0.6

// MostInBlock is how many people may have what makes a pair worth looking at (name
// and city, name and birthday, mailbox) in common; of more, none are compared.
const MostInBlock = 12

// Weight is what one piece of evidence adds to a score.
type Weight struct {
	Name   string // of the column of identity/pairs
	Points float64
	Text   i18n.Text // as a person reads it
	holds  func(Evidence) bool
}

// Weights are the pieces of evidence, strongest first.
var Weights = []Weight{
	{"typo_email", 0.6, "the same mailbox, domains a letter or two apart", func(e Evidence) bool { return e.TypoEmail }},
	{"same_name", 0.45, "the same name", func(e Evidence) bool { return e.SameName }},
	{"near_email", 0.35, "e-mail addresses a letter or two apart", func(e Evidence) bool { return e.NearEmail }},
	{"near_name", 0.3, "names much alike", func(e Evidence) bool { return e.NearName }},
	{"same_birth", 0.25, "the same birthday", func(e Evidence) bool { return e.SameBirth }},
	{"near_phone", 0.25, "phones a digit apart", func(e Evidence) bool { return e.NearPhone }},
	{"same_city", 0.15, "the same city", func(e Evidence) bool { return e.SameCity }},
	{"other_phone", -0.2, "but different phones", func(e Evidence) bool { return e.OtherPhone }},
	{"other_email", -0.25, "but different e-mail addresses", func(e Evidence) bool { return e.OtherEmail }},
	{"other_birth", -0.6, "but different birthdays", func(e Evidence) bool { return e.OtherBirth }},
}

// Score says how likely two persons are one, 0–1: the sum of the weights of the
// evidence. It is a rank, not a probability.
func Score(e Evidence) float64 {
	score := 0.0
	for _, w := range Weights {
		if w.holds(e) {
			score += w.Points
		}
	}
	return min(max(score, 0), 1)
}

// Reasons lists the evidence in words, strongest first.
func Reasons(e Evidence) []string {
	var out []string
	for _, w := range Weights {
		if w.holds(e) {
			out = append(out, w.Text.String())
		}
	}
	return out
}
