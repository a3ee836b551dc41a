package workspace

import (
	"context"

	"worth/internal/clv"
	"worth/internal/duck"
)

// ReferralValue is what a customer who was brought in is expected to bring within
// the horizon, and what the others are: means with the 95 % interval of chance and
// of the parameters' uncertainty together, as those of segments.
type ReferralValue struct {
	Terms    Terms
	Referred Estimate
	Others   Estimate
	Reason   string // why no value or no interval is known
}

// ReferralValue returns the expected value of customers who were brought in beside
// that of the others. It takes seconds at a million customers. It returns a
// *NoAnswerError when no referral was loaded or no model could be fitted.
func (w *Workspace) ReferralValue(ctx context.Context) (*ReferralValue, error) {
	if err := w.referable(ctx); err != nil {
		return nil, err
	}
	s, err := w.summing(ctx)
	if err != nil {
		return nil, err
	}
	groups, sides, err := w.valueGroups(ctx, duck.Call{Name: "ask/referral_value_groups"})
	if err != nil {
		return nil, err
	}
	sums, err := s.value(ctx, groups)
	if err != nil {
		return nil, err
	}
	out := &ReferralValue{Terms: s.state.valueTerms()}
	for _, g := range sides {
		e := s.perHead(added(sums, g))
		if g.segment == yes {
			out.Referred = e
		} else {
			out.Others = e
		}
	}
	out.Reason = s.valueReason
	return out, nil
}

// Of returns what is expected of a group; nothing of a nil value.
func (v *ReferralValue) Of(g ReferralGroup) Estimate {
	switch {
	case v == nil:
		return Estimate{}
	case g.Referred:
		return v.Referred
	}
	return v.Others
}

// perHead returns the value of a sum over customers for each of them.
func (s *summing) perHead(sum clv.Sum) Estimate {
	e := Estimate{N: int64(sum.N)}
	purchases, spend := s.state.Models.Purchases.Covariance, s.state.Models.Spend
	if s.valueReason != "" || purchases == nil || spend == nil || spend.Covariance == nil {
		return e
	}
	if r := rangeOf(sum, purchases, spend.Covariance); r != nil {
		n := float64(sum.N)
		e.Estimate, e.Low, e.High = ratio(r.Expected, n), ratio(r.Low95, n), ratio(r.High95, n)
	}
	return e
}
