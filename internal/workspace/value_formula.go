package workspace

import (
	"context"

	"worth/internal/clv"
	"worth/internal/i18n"
)

// Formula is lifetime value by arithmetic; see clv.Formula.
type Formula = clv.Formula

// FormulaInputs are the inputs of the formula as the data of a segment give them.
type FormulaInputs struct {
	Segment   string // empty: all customers
	Title     string // in the reader's language
	Customers int64
	Frequency Counted // purchase days a year since the first, of all customers
	AOV       Counted // net revenue per order; over orders
	Profit    Counted // value per order on the basis of the settings; over orders
	Years     Counted // lifetime, by how many years with an order are followed by another; over such years
	CAC       Counted // what winning a customer cost; over those of whom it is known
}

// Counted is an estimate and how many it rests on; nil where the data give none.
type Counted struct {
	Value *float64
	N     int64
}

func counted(v float64, n int64) Counted {
	if n == 0 {
		return Counted{}
	}
	return Counted{&v, n}
}

// FormulaInputs estimates the inputs of the formula, as scenarios on the formula
// begin with them, for all customers together and for every segment in the scheme's
// order. A segment that says too little of how long customers stay takes that of
// everybody.
func (w *Workspace) FormulaInputs(ctx context.Context) ([]FormulaInputs, error) {
	if err := w.answerable(ctx, scores); err != nil {
		return nil, err
	}
	state := w.derivedState()
	names, titles, err := w.segmentNames()
	if err != nil {
		return nil, err
	}
	f, err := w.framed(ctx, state, state.AsOf)
	if err != nil {
		return nil, err
	}
	rows, err := w.ask(ctx, f.call("ask/whatif_formula"))
	if err != nil {
		return nil, err
	}
	var all formulaSums
	bySegment := map[string]formulaSums{}
	for _, r := range rows {
		all.add(r)
		var own formulaSums
		own.add(r)
		bySegment[r.text("segment")] = own
	}
	out := []FormulaInputs{all.inputs(all, state.Settings.basis())}
	out[0].Title = i18n.T("all customers")
	for _, name := range names {
		if own, ok := bySegment[name]; ok {
			in := own.inputs(all, state.Settings.basis())
			in.Segment, in.Title = name, titles[name]
			out = append(out, in)
		}
	}
	return out, nil
}

// inputs turns sums into estimates.
func (s formulaSums) inputs(all formulaSums, basis Basis) FormulaInputs {
	e := s.segment("", all)
	in := FormulaInputs{
		Customers: s.customers, Frequency: counted(e.Frequency, int64(e.N.Frequency)), AOV: counted(e.AOV, int64(e.N.Profit)),
		CAC: counted(e.CAC, int64(e.N.CAC)),
	}
	if all.begun >= leastYears {
		in.Years = counted(e.Years, int64(e.N.Lifetime))
	}
	switch {
	case basis == NetRevenue:
		in.Profit = in.AOV
	case s.marginOf != 0:
		in.Profit = counted(e.AOV*share1(s.margin/s.marginOf), in.AOV.N)
	case all.marginOf != 0:
		in.Profit = counted(e.AOV*share1(all.margin/all.marginOf), in.AOV.N)
	}
	return in
}

// FormulaOverrides replaces inputs of the formula; nil leaves the estimate.
type FormulaOverrides struct {
	Frequency, Profit, Years, CAC, Upkeep, Discount *float64
	Timing                                          clv.Timing
	Perpetual                                       bool
}

// Formula puts the estimates and what replaces them together. An unknown CAC and
// upkeep count as 0. It returns a *NoAnswerError that names an input the data do
// not give.
func (in *FormulaInputs) Formula(o FormulaOverrides) (Formula, error) {
	f := Formula{
		CAC: value(o.CAC), Upkeep: value(o.Upkeep), Discount: value(o.Discount), Timing: o.Timing, Perpetual: o.Perpetual,
	}
	if o.CAC == nil {
		f.CAC = value(in.CAC.Value)
	}
	for _, input := range []struct {
		override, estimate *float64
		into               *float64
		name               string
	}{
		{o.Frequency, in.Frequency.Value, &f.Frequency, "frequency"},
		{o.Profit, in.Profit.Value, &f.Profit, "profit"},
		{o.Years, in.Years.Value, &f.Years, "years"},
	} {
		given := input.override
		if given == nil {
			given = input.estimate
		}
		if given == nil {
			return f, &NoAnswerError{i18n.T("the data give no %s for %s; give one with --%s", input.name, in.Title, input.name)}
		}
		*input.into = *given
	}
	return f, nil
}

func value(v *float64) float64 {
	if v == nil {
		return 0
	}
	return *v
}
