package snapshot

import (
	"encoding/json"
	"math"
	"time"

	"worth/internal/tabular"
)

// Cause is what a part of a change is due to.
type Cause string

// The causes. The order is that of attribution: what changed in the data is seen
// with the old rules at the old date, what changed in the rules with the new data
// at the old date, and the as-of date moves last. Another order would share out
// differently what two causes bring together; the sum is the same in any.
const (
	Data  Cause = "data"    // files loaded, rows changed or taken away
	Rules Cause = "rules"   // settings: scheme, cut-points, model, scenario, basis, window, …
	AsOf  Cause = "as_of"   // the last day that counts
	Whole Cause = "unsplit" // the answer cannot be asked again, and more than one thing differs
)

// Causes are the parts of a change that can be told apart, in order.
var Causes = []Cause{Data, Rules, AsOf}

// Differs says what differs between two snapshots.
type Differs struct{ Data, Rules, AsOf bool }

// Compare returns what differs between a and b.
func Compare(a, b *Record) Differs {
	return Differs{
		Data: a.Data != b.Data, Rules: rules(a) != rules(b), AsOf: a.AsOf != b.AsOf,
	}
}

// rules are the settings of a record without its as-of date, in one spelling.
func rules(r *Record) string {
	var set map[string]any
	if json.Unmarshal(r.Settings, &set) != nil {
		set = nil
	}
	delete(set, "as_of")
	for name, value := range map[string]any{"basis": "net_revenue", "time_zone": "UTC", "monetary": "total"} {
		if set[name] == value { // said or not, it is the default
			delete(set, name)
		}
	}
	if scheme, ok := set["scheme"]; ok && scheme == r.Scheme || !ok {
		delete(set, "scheme") // the record names it
	}
	text, err := json.Marshal([]any{set, r.Scheme, r.Scenario, r.Question})
	if err != nil { // what was read from JSON can be written
		return string(r.Settings)
	}
	return string(text)
}

// Only returns the one cause that differs, and whether there is just one.
func (d Differs) Only() (Cause, bool) {
	switch d {
	case Differs{Data: true}:
		return Data, true
	case Differs{Rules: true}:
		return Rules, true
	case Differs{AsOf: true}:
		return AsOf, true
	}
	return Whole, false
}

// Step is an answer that a change is explained by: the question of the earlier
// snapshot, of today's data, with the rules and the as-of date of either.
type Step struct {
	LaterRules, LaterAsOf bool
}

// The steps from the earlier answer to the later one, both on today's data.
var (
	first  = Step{}
	middle = Step{LaterRules: true}
	last   = Step{LaterRules: true, LaterAsOf: true}
)

// Plan says which answers explain a change: where each of the three steps is to be
// had from.
type Plan struct {
	Steps [3]From
}

// From is where the answer of a step is to be had.
type From uint8

// The places.
const (
	Run    From = iota // it has to be asked
	Before             // it is the earlier snapshot
	After              // it is the later one
	Same               // it is the step before
)

// Steps are the three steps, in order.
func Steps() [3]Step { return [3]Step{first, middle, last} }

// Explain plans how a change is explained, with as few answers as possible. today
// is the print of the workspace's data.
func Explain(a, b *Record, today string) Plan {
	d := Compare(a, b)
	p := Plan{}
	if !d.Rules && !d.AsOf { // whatever changed, the data did it
		return Plan{[3]From{Before, Same, Same}}
	}
	if a.Data == today {
		p.Steps[0] = Before
	}
	if b.Data == today {
		p.Steps[2] = After
	}
	switch {
	case !d.Rules:
		p.Steps[1] = Same
	case !d.AsOf: // the middle is the last
		p.Steps[1], p.Steps[2] = p.Steps[2], Same
	}
	return p
}

// Split shares a change out: before and after are the two snapshots' cells, at the
// three steps'. A cell without a value counts as 0. Whole numbers and money add up
// exactly, other numbers to the last digit that the sum can have.
func Split(before, after any, at [3]any) (change any, parts [3]any) {
	if whole, scale := exact(before, after, at[0], at[1], at[2]); whole {
		b, a, s := unscaled(before), unscaled(after), [3]int64{}
		for i, cell := range at {
			s[i] = unscaled(cell)
		}
		return number(a-b, scale), [3]any{number(s[0]-b+a-s[2], scale), number(s[1]-s[0], scale), number(s[2]-s[1], scale)}
	}
	b, a, s := value(before), value(after), [3]float64{}
	for i, cell := range at {
		s[i] = value(cell)
	}
	share := [3]float64{(s[0] - b) + (a - s[2]), s[1] - s[0], s[2] - s[1]}
	settle(&share, a-b)
	return a - b, [3]any{share[0], share[1], share[2]}
}

// settle gives what rounding left over to the largest part.
func settle(parts *[3]float64, sum float64) {
	const tries = 3
	for range tries {
		rest := sum - (parts[0] + parts[1] + parts[2])
		if rest == 0 || math.IsNaN(rest) || math.IsInf(rest, 0) {
			return
		}
		largest := 0
		for i, p := range parts {
			if math.Abs(p) > math.Abs(parts[largest]) {
				largest = i
			}
		}
		parts[largest] += rest
	}
}

// exact reports whether all cells are whole numbers or decimals of one scale.
func exact(cells ...any) (ok bool, scale uint8) {
	scale = 0
	for _, c := range cells {
		if d, is := c.(tabular.Decimal); is {
			scale = d.Scale
		}
	}
	for _, c := range cells {
		switch v := c.(type) {
		case nil:
		case int64:
			if scale != 0 {
				return false, 0
			}
		case tabular.Decimal:
			if v.Scale != scale {
				return false, 0
			}
		default:
			return false, 0
		}
	}
	return true, scale
}

func unscaled(cell any) int64 {
	switch v := cell.(type) {
	case int64:
		return v
	case tabular.Decimal:
		return v.Unscaled
	}
	return 0
}

func number(unscaled int64, scale uint8) any {
	if scale == 0 {
		return unscaled
	}
	return tabular.Decimal{Unscaled: unscaled, Scale: scale}
}

// value is a cell as a number: days since 1970 for dates, 1 for true.
func value(cell any) float64 {
	if f, ok := tabular.Number(cell); ok {
		return f
	}
	switch v := cell.(type) {
	case time.Time:
		const day = 24 * 60 * 60
		return float64(v.Unix()) / day
	case bool:
		if v {
			return 1
		}
	}
	return 0
}
