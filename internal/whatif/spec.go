package whatif

import (
	"math"

	"worth/internal/i18n"
)

// The bounds of levers. A baseline outside widens them.
const (
	mostScale     = 5  // of frequency and AOV
	mostCost      = 10 // of CAC and upkeep, in AOV or of the baseline
	mostDiscount  = 1  // a year
	mostRetention = 0.99
	leastYears    = 0.1
	mostYears     = 100
	leastMonths   = 1
)

// hold returns a value within the bounds.
func (s Spec) hold(value float64) float64 {
	if math.IsNaN(value) {
		return s.Base
	}
	return math.Min(s.High, math.Max(s.Low, value))
}

// check returns a sentence if a value is out of bounds.
func (s Spec) check(value float64) error {
	const slip = 1e-9
	if value >= s.Low-slip*math.Abs(s.Low)-slip*slip && value <= s.High+slip*math.Abs(s.High) {
		return nil
	}
	return i18n.Errorf("%s of %s cannot be used here; it must be %s to %s",
		s.Lever.Name(), s.Lever.Format(value), s.Lever.Format(s.Low), s.Lever.Format(s.High))
}

// ends are the least and the most that can be reached.
type ends struct{ retention, years [2]float64 }

// standing is where a scope stands at the baseline, which bounds and steps follow from.
type standing struct {
	figures   Figures
	terms     terms
	customers int
	active    float64 // customers active today
	years     float64 // lifetime
	ends      ends
	n         Counts
	off       func(Lever) string
}

// specs returns what the levers can do for a scope.
func (s standing) specs() []Spec {
	specs := make([]Spec, len(Levers))
	for _, l := range Levers {
		spec := s.spec(l)
		spec.Lever, spec.Unit, spec.Off = l, l.Unit(), s.idle(l)
		spec.Low, spec.High = math.Min(spec.Low, spec.Base), math.Max(spec.High, spec.Base)
		specs[l] = spec
	}
	return specs
}

// idle says why a lever does nothing.
func (s standing) idle(l Lever) string {
	switch {
	case s.customers == 0:
		return i18n.T("there are no customers here")
	case l.bends() && s.active <= 0:
		return i18n.T("none of the customers here is active today")
	}
	return s.off(l)
}

// spec returns base, bounds, steps and n of a lever.
func (s standing) spec(l Lever) Spec {
	f, t := s.figures, s.terms
	switch l {
	case Frequency:
		return scaled(f.Orders, s.n.Frequency)
	case AOV:
		return scaled(f.AOV, s.n.Profit)
	case Margin:
		return Spec{Base: t.margin, Low: -1, High: 1, Small: 0.01, Large: 0.05, N: s.n.Profit}
	case Retention:
		return Spec{Base: f.Retention, Low: s.ends.retention[0], High: math.Min(s.ends.retention[1], mostRetention), Small: 0.01, Large: 0.05, N: s.n.Lifetime}
	case Lifetime:
		return Spec{Base: s.years, Low: s.ends.years[0], High: math.Min(s.ends.years[1], mostYears), Small: 0.1, Large: 0.5, N: s.n.Lifetime}
	case Dropout:
		return Spec{Base: 1, Low: leastFactor, High: mostFactor, Small: 0.02, Large: 0.1}
	case Discount:
		return Spec{Base: t.discount, Low: 0, High: mostDiscount, Small: 0.01, Large: 0.05}
	case Horizon:
		return Spec{Base: t.horizon, Low: leastMonths, High: reach, Small: 1, Large: 6}
	case CAC:
		return cost(t.cac, f.AOV, s.n.CAC)
	case Upkeep:
		return cost(t.upkeep, f.AOV, 0)
	case Theta, Lambda, TypeOne:
		return Spec{Base: *t.level(l), Low: 0, High: 1, Small: 0.05, Large: 0.25}
	case Window:
		return Spec{Base: t.window, Low: leastMonths, High: Unlimited, Small: 1, Large: 12}
	default:
		return Spec{Base: t.referral, Low: 0, High: 1, Small: 0.05, Large: 0.25}
	}
}

// scaled returns the spec of a lever that scales what the model expects.
func scaled(base float64, n int) Spec {
	return Spec{Base: base, Low: 0, High: mostScale * base, Small: round(base / 100), Large: round(base / 10), N: n}
}

// cost returns the spec of a cost, whose base may be 0.
func cost(base, aov float64, n int) Spec {
	yard := math.Max(base, aov)
	if yard <= 0 {
		yard = 1
	}
	return Spec{Base: base, Low: 0, High: mostCost * yard, Small: round(yard / 100), Large: round(yard / 10), N: n}
}

// round returns the largest 1, 2 or 5 times a power of ten not above v.
func round(v float64) float64 {
	if !(v > 0) {
		return 0
	}
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, digit := range []float64{5, 2} {
		if digit*power <= v*(1+1e-9) {
			return digit * power
		}
	}
	return power
}

// lifetime returns 1/(1−retention), at most a million years.
func lifetime(retention float64) float64 { return 1 / math.Max(1e-6, 1-retention) }
