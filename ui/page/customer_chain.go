package page

import "worth/internal/i18n"

// referral is the row of the person among referrals.
func (c *customer) referral() record { return record{&c.chain} }

// broughtInBy says who brought the person in; "" for nobody.
func (c *customer) broughtInBy() string {
	id := c.referral().text("referrer_id", true)
	if id == "" {
		return ""
	}
	cell, _ := c.referral().cell("referrer_known")
	isKnown, _ := cell.(bool)
	return i18n.T("brought in by %s", strangerName(id, isKnown, c.env.Revealed))
}

// broughtIn says how many people the person brought in, directly and in all; ""
// for nobody.
func (c *customer) broughtIn() string {
	direct, _ := c.referral().number("direct")
	all, _ := c.referral().number("descendants")
	switch {
	case direct == 0:
		return ""
	case all == direct:
		return i18n.T("brought in %d", int64(direct))
	}
	return i18n.T("brought in %d, %d in all", int64(direct), int64(all))
}

// credited returns what the person's referrals are worth. Value brought, influence
// and value kept are never added up.
func (c *customer) credited() []shortened {
	if len(c.chain.Rows) == 0 {
		return nil
	}
	return []shortened{
		moneyOf(c.referral(), i18n.T("brought"), "brought"),
		moneyOf(c.referral(), i18n.T("influence"), "influence"),
		moneyOf(c.referral(), i18n.T("kept"), "conserved"),
	}
}
