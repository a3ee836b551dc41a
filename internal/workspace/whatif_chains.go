package workspace

import (
	"context"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/referral"
	"worth/internal/whatif"
)

// chainReader reads who brought in whom for scenarios, when they first ask. It stands for
// the derived tables as they were when the customers were read, and for no later ones.
type chainReader struct {
	starting
	unchanged func() error // a sentence if the derived tables were made anew
	own       []float64    // by node, as historic below
	historic  []float64
}

// referrals returns what scenarios need to move the assumptions of word of mouth, nil
// where nobody is said to have brought in anybody.
func (s starting) referrals(unchanged func() error) *whatif.Referrals {
	if !s.Referred {
		return nil
	}
	r := &chainReader{starting: s, unchanged: unchanged}
	set := s.Settings.Referrals
	return &whatif.Referrals{Params: set.Params(), Window: set.Window, Chains: r.chains, Within: r.within}
}

// unchanged returns a sentence if the derived tables were made anew.
func (w *Workspace) unchanged(built int) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.built != built {
		return &NoAnswerError{i18n.T("the data or the settings changed since the customers were read; ask again")}
	}
	return nil
}

// chains reads who brought in whom.
func (r *chainReader) chains(ctx context.Context) (*whatif.Chains, error) {
	var s statements
	out := &whatif.Chains{}
	r.historic = nil
	c := duck.Call{Name: "ask/whatif_chains"}
	trace(ctx, c)
	err := r.from.Each(ctx, c, func(row []any) error {
		key, _ := row[1].(int64)
		own, _ := row[2].(float64)
		counted, _ := row[3].(float64)
		historic, _ := row[5].(float64)
		if parent, referred := row[0].(int64); referred {
			reward, _ := row[4].(float64)
			s.edges = append(s.edges, referral.Edge{Referrer: s.people[parent].Key, Referred: key, At: referral.Undated, Reward: reward})
		}
		customer := int32(-1)
		if number, ok := row[6].(int64); ok {
			customer = int32(number) //nolint:gosec // a Model holds no more customers
		}
		s.people = append(s.people, referral.Person{Key: key, Until: referral.Undated})
		out.Own, out.Counted, out.Customer = append(out.Own, own), append(out.Counted, counted), append(out.Customer, customer)
		r.historic = append(r.historic, historic)
		return nil
	})
	if err == nil {
		err = r.unchanged()
	}
	if err != nil {
		return nil, err
	}
	r.own = out.Own
	// Nodes are people, in their order: see ReferralTree.
	out.Forest, err = referral.Build(s.people, s.edges, referral.Options{ChainStaff: true, ChainKOL: true})
	return out, err
}

// within returns what of the own value of the people of chains counts for those above
// them within so many months from their first order; what is predicted counts in full.
func (r *chainReader) within(ctx context.Context, months int) ([]float64, error) {
	of := r.Settings.Referrals.own()
	counted := make([]float64, len(r.own))
	for node, own := range r.own {
		counted[node] = of.value(0, own-r.historic[node])
	}
	if of == PredictedValue {
		copy(counted, r.own)
		return counted, nil
	}
	f, err := framedIn(ctx, r.from, r.derived, r.AsOf)
	if err != nil {
		return nil, err
	}
	c := f.with("ask/whatif_window", duck.Args{"months": months})
	trace(ctx, c)
	err = r.from.Each(ctx, c, func(row []any) error {
		node, _ := row[0].(int64)
		spent, _ := row[1].(float64)
		counted[node] += spent
		return nil
	})
	if err == nil {
		err = r.unchanged()
	}
	return counted, err
}
