package workspace

import (
	"context"

	"worth/internal/clv"
	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/whatif"
)

// leastYears is on how many customers' years an estimate of how long customers stay
// must rest; segments with fewer take that of everybody.
const leastYears = 30

// formula makes the model of the formula mode.
func (s starting) formula(ctx context.Context, read *customerReader, progress func(Progress)) (*WhatIf, *customerReader, error) {
	f, err := framedIn(ctx, s.from, s.derived, s.AsOf)
	if err != nil {
		return nil, nil, err
	}
	progress(Progress{Step: i18n.T("estimating segments"), Share: 0})
	rows, err := s.ask(ctx, f.call("ask/whatif_formula"))
	if err != nil {
		return nil, nil, err
	}
	if err := s.readCustomers(ctx, read, progress); err != nil {
		return nil, nil, err
	}
	segments, err := formulaSegments(read.segments, rows, s.Settings.basis())
	if err != nil {
		return nil, nil, err
	}
	in := whatif.Formulae{Customers: read.out, Segments: segments, Discount: s.Settings.terms(0).Discount}
	m, err := whatif.NewFormula(in)
	if err != nil {
		return nil, nil, err
	}
	return &WhatIf{Model: m, Terms: s.valueTerms(), Customers: len(read.out.Segment), Names: read.names}, read.shared(), nil
}

// Timed returns the same by formula with a year's profit at another time, or in the
// retention form; see whatif.Model.Timed.
func (m *WhatIf) Timed(timing clv.Timing, perpetual bool) (*WhatIf, error) {
	model, err := m.Model.Timed(timing, perpetual)
	if err != nil {
		return nil, err
	}
	timed := *m
	timed.Model = model
	return &timed, nil
}

// formulaSegments turns sums by segment into estimates. Where a segment does not say
// its margin or how long customers stay, everybody's stands in.
func formulaSegments(names []string, rows []row, basis Basis) ([]whatif.FormulaSegment, error) {
	byName := map[string]row{}
	var all formulaSums
	for _, r := range rows {
		byName[segmentOf(r)] = r
		all.add(r)
	}
	margin, known := all.margin, all.marginOf != 0
	if basis != NetRevenue && !known {
		return nil, &NoAnswerError{i18n.T("the margin is not known; give one with --margin, or choose the basis net revenue")}
	}
	if all.begun < leastYears {
		return nil, &NoAnswerError{i18n.T(
			"how long customers stay cannot be told: only %d year{s} of customers {is|are} over with the year after them, and %d are needed; load orders of two years or more",
			all.begun, leastYears)}
	}
	segments := make([]whatif.FormulaSegment, len(names))
	for i, name := range names {
		var own formulaSums
		own.add(byName[name])
		s := own.segment(name, all)
		switch {
		case basis == NetRevenue:
			s.Margin = 1
		case own.marginOf != 0:
			s.Margin = share1(own.margin / own.marginOf)
		default:
			s.Margin = share1(margin / all.marginOf)
		}
		segments[i] = s
	}
	return segments, nil
}

// share1 holds a share within −1 and 1.
func share1(v float64) float64 { return max(-1, min(1, v)) }

// formulaSums are the columns of ask/whatif_formula, added up.
type formulaSums struct {
	customers, days, orders, paid, begun, retained int64
	years, revenue, margin, marginOf               float64
	cost                                           float64
}

func (s *formulaSums) add(r row) {
	s.customers += r.whole("customers")
	s.days += wholeSum(r, "days")
	s.orders += wholeSum(r, "orders")
	s.paid += r.whole("paid")
	s.begun += wholeSum(r, "begun")
	s.retained += wholeSum(r, "retained")
	s.years += r.float("years")
	s.revenue += r.float("net_revenue")
	s.margin += r.float("margin")
	s.marginOf += r.float("margin_of")
	s.cost += r.float("cost")
}

// wholeSum reads a sum of whole numbers, whichever type the database gives it.
func wholeSum(r row, name string) int64 {
	v, _ := tabular.Number(r.cell(name))
	return int64(v)
}

// segment returns the estimates of a segment; all stands in for what it cannot say.
func (s formulaSums) segment(name string, all formulaSums) whatif.FormulaSegment {
	out := whatif.FormulaSegment{
		Name: name,
		N:    whatif.Counts{Frequency: int(s.customers), Profit: int(s.orders), CAC: int(s.paid), Lifetime: int(s.begun)},
	}
	if s.years > 0 {
		out.Frequency = float64(s.days) / s.years
	}
	priced := s
	if s.orders == 0 {
		priced = all
	}
	if priced.orders > 0 {
		out.AOV = max(0, priced.revenue/float64(priced.orders))
	}
	if s.paid > 0 {
		out.CAC = s.cost / float64(s.paid)
	}
	stays := s
	if s.begun < leastYears {
		stays = all
		out.N.Lifetime = int(all.begun)
	}
	// One more year, not retained, keeps a small segment from staying for ever.
	out.Years = 1 / (1 - float64(stays.retained)/float64(stays.begun+1))
	return out
}
