package clv

import (
	"math"

	"worth/internal/i18n"
)

// DaysPerMonth is the length of a month of a horizon.
const DaysPerMonth = 365.25 / 12

// maxHorizon is the longest horizon in months.
const maxHorizon = 50 * 12

// Terms are the conditions lifetime value is counted under.
type Terms struct {
	Margin   float64 // share of spend that is kept, −1 to 1
	Discount float64 // annual rate, compounded; an order counts as paid at the end of its month
	Horizon  float64 // months ahead; a last part of a month is paid at its end
	Unit     float64 // days in one unit of the purchase model's time: 1 for days, 7 for weeks
	Month    float64 // days in a month; 0 stands for DaysPerMonth
}

// Check returns a sentence on the first term that cannot be used.
func (t Terms) Check() error {
	if !(t.Margin >= -1 && t.Margin <= 1) {
		return i18n.Errorf("a margin of %s cannot be used; it must be −100 %% to 100 %%", percent(t.Margin))
	}
	if err := checkDiscount(t.Discount); err != nil {
		return err
	}
	if !(t.Horizon > 0 && t.Horizon <= maxHorizon) {
		return i18n.Errorf("a horizon of %s months cannot be used; it must be more than 0 and at most %d (%d years)",
			figure(t.Horizon), maxHorizon, maxHorizon/12)
	}
	if !(t.Unit > 0 && t.Unit <= maxHorizon*DaysPerMonth) {
		return i18n.Errorf("a unit of time of %s days cannot be used", figure(t.Unit))
	}
	if !(t.Month >= 0 && t.Month <= maxHorizon*DaysPerMonth) {
		return i18n.Errorf("a month of %s days cannot be used", figure(t.Month))
	}
	return nil
}

// End returns the horizon in units of the purchase model's time.
func (t Terms) End() float64 { return t.at(t.Horizon) }

// at returns the end of month k in units of the purchase model's time.
func (t Terms) at(k float64) float64 {
	month := t.Month
	if month == 0 {
		month = DaysPerMonth
	}
	return k * month / t.Unit
}

// period is a month of the horizon, the last one maybe a part.
type period struct {
	end      float64 // in units of the purchase model's time
	length   float64 // in months
	discount float64 // what money at its end is worth today
}

// periods returns the months of the horizon.
func (t Terms) periods() []period {
	n := int(math.Ceil(t.Horizon - 1e-9))
	periods := make([]period, n)
	for i := range periods {
		k := math.Min(float64(i+1), t.Horizon)
		periods[i] = period{t.at(k), k - float64(i), math.Pow(1+t.Discount, -k/12)}
	}
	periods[n-1].end = t.End() // also when rounding hid a last sliver of a month
	return periods
}

// quadrature is Σ weight·E(time), a linear functional of a curve E that is 0 at 0.
type quadrature struct{ times, weights []float64 }

// quadrature returns the discounted sum of a curve's increments over the horizon,
// Σ (E(t_k) − E(t_{k−1}))·d_k, summed by parts: the weight of E(t_k) is d_k − d_{k+1}.
// Times of weight 0 are left out: without a discount there is one.
func (t Terms) quadrature() quadrature {
	var q quadrature
	periods := t.periods()
	for i, p := range periods {
		weight := p.discount
		if i+1 < len(periods) {
			weight -= periods[i+1].discount
		}
		if weight != 0 {
			q.times = append(q.times, p.end)
			q.weights = append(q.weights, weight)
		}
	}
	return q
}

// orders returns the functional of a history's expected orders, which it leaves in
// room: a slice as long as the times. The last time is the horizon.
func (q quadrature) orders(p Purchases, h History, room []float64) float64 {
	p.ExpectedAt(room, h, q.times)
	return Dot(q.weights, room)
}

// DiscountedOrders returns Σ (E[Y(t_k)] − E[Y(t_{k−1})])·d_k over the months of
// the horizon, the expected orders with each counted at its present value. The
// terms must be checked.
func DiscountedOrders(p Purchases, h History, terms Terms) float64 {
	q := terms.quadrature()
	return q.orders(p, h, make([]float64, len(q.times)))
}

// Value returns the lifetime value of a customer with the history h whose repeat
// orders came to m on average: margin·E[ζ | x, m]·DiscountedOrders. It fails if the
// terms cannot be used or the expected spend does not exist.
func Value(p Purchases, s Spend, h History, m float64, terms Terms) (float64, error) {
	if err := terms.Check(); err != nil {
		return 0, err
	}
	spend, err := s.Mean(h.X, m)
	if err != nil {
		return 0, err
	}
	return terms.Margin * spend * DiscountedOrders(p, h, terms), nil
}

// ValueVariance returns the variance of the discounted margin a customer brings
// within the horizon, exact up to when in a month orders are placed:
// E[V²] = E[ζ²]·{(1+1/p)·Σ d_k²ΔE_k + Σ d_k·d̄_k·ΔF₂_k}, d̄_k being the mean discount
// factor of earlier orders and F₂ the second factorial moment of orders. It fails
// if the terms cannot be used or the variance does not exist.
func ValueVariance(p Purchases, s Spend, h History, m float64, terms Terms) (float64, error) {
	if err := terms.Check(); err != nil {
		return 0, err
	}
	if _, ok := s.squareFactor(h.X); !ok {
		return 0, s.noVariance(h.X)
	}
	scale := s.Scale(h.X, m)
	mean, square := valueFactors(p, s, h, terms)
	return scale * scale * (square - mean*mean), nil
}

// valueFactors returns the mean of a customer's value divided by v+mx and the mean
// of its square divided by (v+mx)². Both must exist.
func valueFactors(p Purchases, s Spend, h History, terms Terms) (mean, square float64) {
	spend, _ := s.meanFactor(h.X)
	spendSquare, _ := s.squareFactor(h.X)
	var orders, squares, pairs, before, past, lastE, lastF float64
	periods := terms.periods()
	expected := expectedAtEnds(p, h, periods)
	for i, period := range periods {
		e, f := expected[i], p.Factorial2(h, period.end)
		d := period.discount
		earlier := (before + d*period.length/2) / (past + period.length/2)
		orders += d * (e - lastE)
		squares += d * d * (e - lastE)
		pairs += d * earlier * (f - lastF)
		before, past = before+d*period.length, past+period.length
		lastE, lastF = e, f
	}
	mean = terms.Margin * spend * orders
	square = terms.Margin * terms.Margin * spendSquare * ((1+1/s.P)*squares + pairs)
	return mean, square
}

// expectedAtEnds returns expected orders until the end of each period.
func expectedAtEnds(p Purchases, h History, periods []period) []float64 {
	ends, expected := make([]float64, len(periods)), make([]float64, len(periods))
	for i, period := range periods {
		ends[i] = period.end
	}
	p.ExpectedAt(expected, h, ends)
	return expected
}
