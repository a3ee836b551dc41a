package workspace

import (
	"cmp"
	"math"
	"slices"

	"worth/internal/i18n"
	"worth/internal/referral"
)

// Referrals are the assumptions about word of mouth. The zero value of a field
// means its default.
type Referrals struct {
	Own        OwnValue `json:"own,omitempty"`         // what people are worth themselves; empty: HistoricValue
	Lambda     *float64 `json:"lambda,omitempty"`      // what influence keeps from generation to generation, 0–1; nil: ½
	Theta      *float64 `json:"theta,omitempty"`       // share of a tree's value that is passed up, 0–1; nil: ½
	TypeOne    *float64 `json:"type_one,omitempty"`    // p1: share of referred customers who would not have come by themselves, 0–1; nil: 1
	Window     int      `json:"window,omitempty"`      // months from a referred customer's first order that count for those above; 0: all
	Keep       float64  `json:"keep,omitempty"`        // cost of keeping a referred customer, in currency
	SavedCAC   float64  `json:"saved_cac,omitempty"`   // acquisition cost that a referral saves, in currency
	LastTouch  bool     `json:"last_touch,omitempty"`  // the latest valid referral counts, not the earliest
	ChainStaff bool     `json:"chain_staff,omitempty"` // referrals by staff build chains too
	ChainKOL   bool     `json:"chain_kol,omitempty"`   // referrals by KOLs build chains too
}

// Params returns the assumptions of credit, defaults filled in.
func (r Referrals) Params() referral.Params {
	p := referral.DefaultParams
	for _, s := range []struct {
		from *float64
		to   *float64
	}{{r.Lambda, &p.Lambda}, {r.Theta, &p.Theta}, {r.TypeOne, &p.TypeOne}} {
		if s.from != nil {
			*s.to = *s.from
		}
	}
	p.Keep, p.SavedCAC = r.Keep, r.SavedCAC
	return p
}

func (r Referrals) own() OwnValue { return cmp.Or(r.Own, HistoricValue) }

func (r Referrals) options() referral.Options {
	return referral.Options{LastTouch: r.LastTouch, ChainStaff: r.ChainStaff, ChainKOL: r.ChainKOL}
}

// check returns an error that names the assumption that cannot be.
func (r Referrals) check() error {
	if !slices.Contains(OwnValues, r.own()) {
		return i18n.Errorf("the own value %q is not known; choose historic, predicted or total", string(r.Own))
	}
	const most = 1200
	if r.Window < 0 || r.Window > most {
		return i18n.Errorf("referrals cannot count for %d month{s}; give a number of months, or 0 for all", r.Window)
	}
	if math.IsNaN(r.Keep) || math.IsNaN(r.SavedCAC) {
		return i18n.Errorf("a cost of referred customers is no amount")
	}
	return r.Params().Check()
}
