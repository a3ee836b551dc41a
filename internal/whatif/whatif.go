// Package whatif answers what customers would be worth under other assumptions:
// scenarios of frequency, spend, margin, retention, discount, horizon and costs, for
// everybody or for some segments, beside the baseline.
//
// The idea: under a purchase model expected orders until t are P(alive) times a curve
// that depends on how often (x) and for how long (T) a customer was seen, and value is
// linear in that curve. A Model therefore holds a curve per (x, T) at a dozen times
// and, for each segment, what its customers' curves add up to: totals under any
// margin, discount, horizon or scale are dot products of a dozen numbers, whatever the
// number of customers. Only a change of retention bends the curves; they are then
// computed anew, and kept.
//
// What a change of retention means: one factor on the parameter of leaving – a of the
// (M)BG/NBD, s of the Pareto/NBD, 1/lifetime of the formula – solved so that the
// share of the customers active today who are still active in 12 months moves by as
// much as asked. Who is active today is not touched: P(alive) is what the orders so far
// say, under the parameters they were fitted with, and a scenario changes what is to
// come, not what was. Were the factor on P(alive) too, better retention would bring back
// customers who left long ago, and they would make most of its value.
//
// Word of mouth: referral credit – received less passed up – counts with a weight, 0 at
// the baseline, so that equity is what the model predicts. Its assumptions, θ and the
// window, are levers for everyone, as chains cross segments; λ and p1 move influence and
// customer referral value, which stand beside value. Own value, which credit is a share
// of, stays that of the baseline. With people who hold credit and are no customers –
// Result.Beyond – credit of one weight sums to nothing.
//
// Guarantees: numbers in, numbers out – no SQL, no files, no clock. At the baseline
// every figure is that of package clv; a scenario without levers is the baseline to
// the last bit. Results do not depend on the number of processors. No figure is NaN or
// infinite: settings are held within bounds, and a Result says which were. A Model may
// be used by any number of goroutines at once.
//
// What it does not do: intervals (package clv has them), and scenarios of who will be
// a customer – they are about the customers of today.
package whatif

// Mode is how a Model values customers.
type Mode int

// The modes.
const (
	ModeFitted  Mode = iota // a fitted purchase model, customer by customer
	ModeFormula             // lifetime value by arithmetic, segment by segment
)

// String returns "fitted" or "formula".
func (m Mode) String() string {
	if m == ModeFormula {
		return "formula"
	}
	return "fitted"
}

// Scope is whom a setting is for: the name of a segment, or Everyone.
type Scope string

// Everyone is the scope of settings that hold wherever a segment has none of its own.
const Everyone Scope = ""
