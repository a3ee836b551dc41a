package referral

import (
	"math"

	"worth/internal/i18n"
)

// Kind says what a referrer is to the shop.
type Kind uint8

// The kinds of referrers.
const (
	Customer Kind = iota
	Staff         // somebody the shop pays: guides, distributors it employs
	KOL           // a key opinion leader: an influencer under contract
)

// Status says how far a referral got.
type Status uint8

// The statuses of referrals.
const (
	Counted  Status = iota
	Pending         // not completed yet
	Rejected        // refused, cancelled or fraudulent, as the programme says
)

// Undated is the time of a statement that has none. It counts, after every dated
// one.
const Undated = math.MaxInt64

// Edge is one statement of who brought whom.
type Edge struct {
	Referrer, Referred int64 // keys of persons
	At                 int64 // in any unit, the same as [Person.Until]; Undated for none
	Kind               Kind
	Status             Status
	Reward             float64 // what the referrer was given, in currency
}

// Person is somebody the shop knows.
type Person struct {
	Key   int64 // distinct; of several persons with one key the first is reached by it
	Until int64 // the last moment at which somebody can have brought them in: that of the first paid order; Undated if there is none
}

// Options are the rules of a forest. The zero value is the default.
type Options struct {
	LastTouch  bool // the latest valid statement wins, not the earliest; a circle then leaves its last member without a parent
	ChainStaff bool // staff build chains as customers do
	ChainKOL   bool // so do KOLs
}

// Reason says why a statement does not count.
type Reason uint8

// The reasons, in the order in which they are looked for.
const (
	Accepted     Reason = iota
	NotApproved         // its status is rejected
	NotCompleted        // its status is pending
	Self                // referrer and referred are one person
	ByStaff             // the referrer is staff
	ByKOL               // the referrer is a KOL
	TooLate             // later than the first paid order
	Unknown             // nobody knows the referred, nor anybody they brought in
	Repeated            // the same referral stands elsewhere
	Superseded          // somebody else's statement wins
	Circle              // it is the latest of a circle
	reasons
)

var reasonNames = [reasons]string{
	"", "rejected", "pending", "self", "staff", "kol", "late", "unknown", "duplicate", "superseded", "cycle",
}

var reasonTexts = [reasons]i18n.Text{
	"counted",
	"the programme rejected it",
	"it is pending",
	"referrer and referred are the same person",
	"the referrer is staff and builds no chain",
	"the referrer is a KOL and builds no chain",
	"it is later than the first paid order",
	"the referred person is not known",
	"the same referral is stated elsewhere",
	"somebody else's referral comes first",
	"it closes a circle, as its latest referral",
}

// Reasons lists every reason to refuse, in the order in which they are looked for.
func Reasons() []Reason {
	out := make([]Reason, 0, reasons-1)
	for r := NotApproved; r < reasons; r++ {
		out = append(out, r)
	}
	return out
}

// String returns a short name for files and JSON: self, cycle and so on; empty
// for Accepted.
func (r Reason) String() string { return reasonNames[min(r, reasons-1)] }

// Text returns the reason in words, in the current language.
func (r Reason) Text() string { return reasonTexts[min(r, reasons-1)].String() }
