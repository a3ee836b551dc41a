package intake

import (
	"context"

	"worth/internal/duck"
	"worth/internal/i18n"
)

// orderReferrers reads who brought in the buyers of an orders file, if it says
// so: a distributor's phone, a share id, a referral code.
func (l *loader) orderReferrers(ctx context.Context, r *FileReport) error {
	if _, says := r.Recognition.Mapping[Referrer]; !says || r.Recognition.Customer == "" {
		return nil
	}
	if err := l.exec(ctx, l.reading(r, "load/order_referrals")); err != nil {
		return err
	}
	into := table{"core", "referrals"}
	return l.exec(ctx, duck.Call{Name: "load/shift", Args: duck.Args{"file_key": r.Key}, Idents: into.idents()})
}

// inspectReferrals tells of the statuses of a referrals file that are not known.
func (l *loader) inspectReferrals(ctx context.Context, r *FileReport) error {
	res, err := l.tx.Query(ctx, duck.Call{Name: "load/referral_statuses", Args: duck.Args{"file_key": r.Key}})
	if err != nil {
		return err
	}
	for _, row := range res.Rows {
		word, _ := row[0].(string)
		_, _, known, err := ClassifyReferral(word, "")
		if err != nil {
			return err
		}
		if !known {
			r.Warnings = append(r.Warnings, i18n.T("the referral status %q is not known; its referrals count", word))
		}
	}
	return nil
}
