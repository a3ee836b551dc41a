package workspace

import (
	"cmp"
	"context"
	"errors"
	"time"

	"worth/internal/clv"
	"worth/internal/duck"
	"worth/internal/i18n"
)

// Equity is what the customers are expected to bring within the horizon, in all
// and per segment, with how far off that may be.
type Equity struct {
	Terms       Terms
	Total       EquityRow   // every customer with a counted order
	Segments    []EquityRow // in the scheme's order; customers without an order in the window last, under an empty name
	ValueReason string      // why no value is known; its ranges are nil then

	// The test of the model no interval makes: what happened in a holdout, divided by
	// what the model had expected. Nil with a reason where it cannot be made.
	Holdout       *HoldoutRatio
	HoldoutReason string
}

// EquityRow is a sum over customers.
type EquityRow struct {
	Segment   string
	Title     string // in the reader's language
	Customers int
	Orders    *Range
	Value     *Range // discounted
}

// Range is an expected sum and the intervals it falls into in 80 and 95 of 100
// cases if the model is right.
type Range struct {
	Expected      float64
	Low80, High80 float64
	Low95, High95 float64
	Process       float64 // standard deviation by chance, at known parameters
	Parameters    float64 // standard deviation of the expectation, as parameters are estimates
}

// HoldoutRatio is how many orders were placed after a day for each one expected.
type HoldoutRatio struct {
	CalibrateTo time.Time
	Actual      float64
	Predicted   float64
	Ratio       float64 // Actual ÷ Predicted
}

// Equity returns what the fitted models expect in all and per segment, with
// intervals. It takes a second or two at a million customers. It returns a
// *NoAnswerError when no model could be fitted.
func (w *Workspace) Equity(ctx context.Context) (*Equity, error) {
	s, err := w.summing(ctx)
	if err != nil {
		return nil, err
	}
	names, titles, err := w.segmentNames()
	if err != nil {
		return nil, err
	}
	groups, segments, err := w.valueGroups(ctx, duck.Call{Name: "ask/value_groups"})
	if err != nil {
		return nil, err
	}
	ofOrders, err := s.orders(ctx, groups)
	if err != nil {
		return nil, err
	}
	ofValue, err := s.value(ctx, groups)
	if err != nil {
		return nil, err
	}
	rows := map[string]EquityRow{}
	var orders, value clv.Sum
	for _, g := range segments {
		o, v := added(ofOrders, g), added(ofValue, g)
		orders.Add(o)
		value.Add(v)
		rows[g.segment] = s.row(g.segment, titles[g.segment], o, v)
	}
	out := &Equity{Terms: s.state.valueTerms(), Total: s.row("", i18n.T("all customers"), orders, value), ValueReason: s.valueReason}
	for _, name := range append(names, "") {
		if row, ok := rows[name]; ok {
			row.Title = cmp.Or(row.Title, i18n.T("no order in the window"))
			out.Segments = append(out.Segments, row)
		}
	}
	return out, w.addHoldout(ctx, out)
}

// addHoldout puts beside the sums what happened after three quarters of the
// history for each order the model expected.
func (w *Workspace) addHoldout(ctx context.Context, out *Equity) error {
	e, err := w.EvaluateModel(ctx, EvaluateRequest{})
	var none *NoAnswerError
	switch {
	case errors.As(err, &none):
		out.HoldoutReason = none.Error()
		return nil
	case err != nil:
		return err
	}
	out.Holdout = &HoldoutRatio{CalibrateTo: e.CalibrateTo, Actual: e.Actual, Predicted: e.Predicted, Ratio: e.Ratio}
	return nil
}

// summing adds expectations up.
type summing struct {
	state       derived
	purchases   clv.Purchases
	terms       clv.Terms
	valueReason string // why value cannot be summed; empty while it can
}

// summing returns what adds expectations up under the models in force, or a
// *NoAnswerError when none was fitted.
func (w *Workspace) summing(ctx context.Context) (*summing, error) {
	state, err := w.fitted(ctx)
	if err != nil {
		return nil, err
	}
	s := &summing{state: state, terms: state.Settings.terms(0), valueReason: state.Models.SpendReason}
	if s.purchases, err = state.Models.Purchases.purchases(); err != nil {
		return nil, err
	}
	if m := state.Models.Margin; m != nil {
		s.terms.Margin = max(-1, min(1, *m))
	}
	return s, nil
}

// orders returns the sum of the orders expected for each group.
func (s *summing) orders(ctx context.Context, groups []clv.MoneyGroup) ([]clv.Sum, error) {
	return clv.OrderSums(ctx, s.purchases, withoutMoney(groups), s.terms.End())
}

// value returns the sum of the value expected for each group, all at once: much of
// the work is the same for customers of different segments. It is nil while value
// is not known.
func (s *summing) value(ctx context.Context, groups []clv.MoneyGroup) ([]clv.Sum, error) {
	if s.valueReason != "" {
		return nil, nil
	}
	sums, err := clv.ValueSums(ctx, s.purchases, *s.state.Models.Spend.spend(), groups, s.terms)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil { // a customer's expected spend does not exist
		s.valueReason = err.Error()
		return nil, nil
	}
	return sums, nil
}

// added adds the sums of a segment's groups up; nothing where there are none.
func added(sums []clv.Sum, g segmentGroups) clv.Sum {
	var all clv.Sum
	if sums == nil {
		return all
	}
	for _, sum := range sums[g.from:g.to] {
		all.Add(sum)
	}
	return all
}

// row turns the sums of a segment into ranges. What has no interval is left out.
func (s *summing) row(segment, title string, orders, value clv.Sum) EquityRow {
	row := EquityRow{Segment: segment, Title: title, Customers: orders.N}
	purchases := s.state.Models.Purchases.Covariance
	if purchases == nil {
		s.valueReason = cmp.Or(s.valueReason, i18n.T("the fit has no proper maximum, so its parameters have no standard errors and sums no intervals"))
		return row
	}
	row.Orders = rangeOf(orders, purchases, nil)
	if s.valueReason != "" {
		return row
	}
	if spend := s.state.Models.Spend.Covariance; spend != nil {
		row.Value = rangeOf(value, purchases, spend)
	}
	return row
}

// rangeOf returns the range of a sum, nil if a customer's variance does not exist.
func rangeOf(sum clv.Sum, purchases, spend [][]float64) *Range {
	i, err := sum.Interval(purchases, spend)
	if err != nil {
		return nil
	}
	r := &Range{Expected: i.Mean, Process: i.Process, Parameters: i.Parameters}
	r.Low80, r.High80 = i.Range(clv.Z80)
	r.Low95, r.High95 = i.Range(clv.Z95)
	return r
}
