package whatif

import (
	"strings"

	"worth/internal/i18n"
)

// Lever is an assumption that can be moved.
type Lever int

// The levers. Retention, Lifetime and Dropout are three faces of one thing: whichever
// was set last drives the others.
const (
	Frequency Lever = iota // orders a year; scales expected orders
	AOV                    // spend per order; scales expected spend
	Margin                 // share of spend that is kept
	Retention              // share of those active today who are still active in 12 months
	Lifetime               // years, 1/(1−retention)
	Dropout                // factor on the parameter of leaving
	Discount               // annual rate
	Horizon                // months; the formula has none
	CAC                    // cost of acquiring a customer
	Upkeep                 // cost of keeping a customer for a year
	Referral               // weight of referral credit in value
	Theta                  // share of a tree's value that is passed up to the referrer
	Window                 // months of the referred that count for those above; Unlimited for all
	Lambda                 // what influence keeps from generation to generation
	TypeOne                // p1: share of the referred who would not have come by themselves
)

// Levers are all levers, in the order of the page.
var Levers = []Lever{Frequency, AOV, Margin, Retention, Lifetime, Dropout, Discount, Horizon, CAC, Upkeep, Referral, Theta, Window, Lambda, TypeOne}

// Unit is what a lever is counted in.
type Unit int

// The units.
const (
	UnitPerYear Unit = iota // orders a year
	UnitMoney               // currency
	UnitShare               // 0–1, shown in percent
	UnitYears
	UnitMonths
	UnitFactor // of the baseline, 1 there
	UnitRatio  // 0–1, shown as it stands
)

// traits is what is fixed about a lever.
type traits struct {
	key  string
	name i18n.Text
	unit Unit
	help i18n.Text
}

var leverTraits = [...]traits{
	Frequency: {"frequency", "frequency", UnitPerYear, "Scales the orders expected of every customer."},
	AOV:       {"aov", "AOV", UnitMoney, "Scales what is expected to be spent per order."},
	Margin:    {"margin", "margin", UnitShare, "The share of spend that is kept."},
	Retention: {"retention", "retention", UnitShare, "The share of the customers active today who are still active in 12 months, reached by one factor on the dropout parameter of the model."},
	Lifetime:  {"lifetime", "lifetime", UnitYears, "1/(1 − retention): one drives the other."},
	Dropout:   {"dropout", "dropout", UnitFactor, "A factor on the dropout parameter of the model, which moves retention and lifetime."},
	Discount:  {"discount", "discount", UnitShare, "Annual rate, compounded; an order counts as paid at the end of its month."},
	Horizon:   {"horizon", "horizon", UnitMonths, "How far ahead value is counted."},
	CAC:       {"cac", "CAC", UnitMoney, "The cost of acquiring one customer, which CLV is compared with."},
	Upkeep:    {"upkeep", "upkeep", UnitMoney, "The cost of keeping one customer for a year, while active."},
	Referral:  {"referral", "referral credit", UnitShare, "How much of referral credit counts as value; it moves value between customers."},
	Theta:     {"theta", "passed up θ", UnitRatio, "The share of what a customer and those below are worth that is passed up to the referrer. It shows in equity as far as referral credit counts, and moves value, never makes any."},
	Window:    {"window", "referral window", UnitMonths, "For how many months from the first order what the referred are worth counts for those above them."},
	Lambda:    {"lambda", "influence λ", UnitRatio, "What influence keeps from generation to generation. Influence stands beside value, never in it."},
	TypeOne:   {"p1", "p1", UnitRatio, "The share of the referred who would not have come by themselves, for the customer referral value (CRV), which stands beside value."},
}

// String returns the key of a lever in verbs and scenarios: frequency, aov, margin, ….
func (l Lever) String() string {
	if !l.known() {
		return "unknown lever"
	}
	return leverTraits[l].key
}

// Name returns the name of a lever on screen.
func (l Lever) Name() string { return leverTraits[l].name.String() }

// Help returns a sentence on what a lever does.
func (l Lever) Help() string { return leverTraits[l].help.String() }

// Unit returns what a lever is counted in.
func (l Lever) Unit() Unit { return leverTraits[l].unit }

func (l Lever) known() bool { return l >= 0 && int(l) < len(leverTraits) }

// bends reports whether a lever is a face of retention.
func (l Lever) bends() bool { return l == Retention || l == Lifetime || l == Dropout }

// Chained reports whether a lever is about who brought in whom, which is one thing for
// all segments together.
func (l Lever) Chained() bool { return l == Theta || l == Window || l.Aside() }

// Aside reports whether a lever changes only what stands beside value: influence and CRV.
func (l Lever) Aside() bool { return l == Lambda || l == TypeOne }

// ParseLever returns the lever of a key such as margin.
func ParseLever(key string) (Lever, error) {
	keys := make([]string, len(Levers))
	for i, l := range Levers {
		if strings.EqualFold(l.String(), strings.TrimSpace(key)) {
			return l, nil
		}
		keys[i] = l.String()
	}
	return 0, i18n.Errorf("the assumption %q is not known; choose %s", key, strings.Join(keys, ", "))
}

// Spec is what a lever can do in a scope, in the lever's unit.
type Spec struct {
	Lever     Lever
	Unit      Unit
	Base      float64 // its value at the baseline, within the bounds
	Low, High float64 // bounds
	Small     float64 // step of a key
	Large     float64 // step of a key with shift, and of the tornado
	N         int     // customers or orders the base was estimated from, 0 if it is none
	Off       string  // why the lever does nothing here, empty if it does
}

// Position is where a lever stands.
type Position struct {
	Spec
	At      float64 // in the scenario
	Own     bool    // set in this very scope
	Setting Setting // what holds here; see Set
	Set     bool    // whether anything does, here or for everyone
}
