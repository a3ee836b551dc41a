package clv

import "worth/internal/i18n"

// What a fit of four parameters needs at least. With less, it ends somewhere, but
// anywhere.
const (
	leastCustomers = 50
	leastRepeaters = 20
	leastHistories = 8
)

// mostPurchases is more repeat purchases than anybody makes: one on every day of
// 2,700 years.
const mostPurchases = mostOrders

// TooThinError says that the data cannot carry a fit, and what would.
type TooThinError struct {
	N         int     // customers
	Repeaters int     // of these, with a repeat purchase
	Histories int     // different histories
	Span      float64 // longest time a customer was seen, in the unit of the groups
	reason    string
}

// Error says how many customers there are, and how many are needed.
func (e *TooThinError) Error() string { return e.reason }

// checkGroups returns an error on the first group that cannot be.
func checkGroups(groups []Group) error {
	for i, g := range groups {
		switch {
		case g.N < 1:
			return i18n.Errorf("group %d stands for %d customer{s}; a group has one at least", i+1, g.N)
		case g.X < 0 || g.X > mostPurchases:
			return i18n.Errorf("group %d has %d repeat purchase{s}; possible are 0 to %d", i+1, g.X, mostPurchases)
		case !(g.TX >= 0 && g.TX <= g.T && g.T <= largestParam):
			return i18n.Errorf("group %d bought last after a time of %s and was seen for %s: the former lies between 0 and the latter", i+1, figure(g.TX), figure(g.T))
		case g.X == 0 && g.TX > 0:
			return i18n.Errorf("group %d bought once, but last %s after that", i+1, figure(g.TX))
		}
	}
	return nil
}

// census is what is to be known of the groups before a fit.
type census struct {
	customers, repeaters, histories int
	orders, time                    float64 // Σx, ΣT
	span                            float64 // largest T
}

func takeCensus(groups []Group) census {
	var c census
	seen := map[History]bool{}
	for _, g := range groups {
		c.customers += g.N
		if g.X > 0 {
			c.repeaters += g.N
		}
		if len(seen) < leastHistories {
			seen[g.History] = true
		}
		c.orders += float64(g.N) * float64(g.X)
		c.time += float64(g.N) * g.T
		c.span = max(c.span, g.T)
	}
	c.histories = len(seen)
	return c
}

// refuse returns a TooThinError if there is too little to fit.
func (c census) refuse() error {
	var reason string
	switch {
	case c.customers < leastCustomers:
		reason = i18n.T("%d customer{s} {is|are} too few for a fit; it takes %d, of whom %d bought again. Load a longer period, or use the formula", c.customers, leastCustomers, leastRepeaters)
	case c.span == 0:
		reason = i18n.T("all orders of the %d customers lie at the end of the observation; a fit needs time in which somebody could have come back. Load a longer period", c.customers)
	case c.repeaters == 0:
		reason = i18n.T("none of the %d customers bought again, so nothing is known about how often they do; a fit takes %d who did. Load a longer period, or use the formula", c.customers, leastRepeaters)
	case c.repeaters < leastRepeaters:
		reason = i18n.T("%d of the %d customers bought again; a fit takes %d. Load a longer period, or use the formula", c.repeaters, c.customers, leastRepeaters)
	case c.histories < leastHistories:
		reason = i18n.T("the %d customers have only %d different histor{y|ies} between them; a fit of how they differ takes %d. Check that dates were read as days", c.customers, c.histories, leastHistories)
	default:
		return nil
	}
	return &TooThinError{N: c.customers, Repeaters: c.repeaters, Histories: c.histories, Span: c.span, reason: reason}
}

// start returns parameters to start a fit from: as in most shops, at the pace of
// this one.
func (c census) start(m Model) vector {
	length := c.time / float64(c.customers)
	pace := c.orders / c.time // orders of a customer in a unit of time, left or not
	if m == ParetoNBD {
		return vector{0.7, 0.7 / (1.7 * pace), 0.6, length / 2}
	}
	return vector{0.5, 0.5 / (2 * pace), 0.8, 2}
}

// Where a warning is due.
const (
	wideError = 1.0 // standard error over estimate
	farOut    = 1e3 // a shape at which customers hardly differ
	nearNil   = 1e-3
)

// warn adds what the data leave open.
func (f *Fitted) warn(c census) {
	names := f.Model.Names()
	say := func(english string, args ...any) { f.Warnings = append(f.Warnings, i18n.T(english, args...)) }
	if !f.Converged {
		say("the likelihood has no proper peak in reach: there are no standard errors, and forecasts rest on parameters that the data leave open")
	}
	f.warnOfRidges(say)
	for i, se := range f.SE {
		if se > wideError*f.Params[i] {
			say("%s is hardly determined: %s with a standard error of %s", names[i], figure(f.Params[i]), figure(se))
		}
	}
	if c.repeaters < 100 {
		say("only %d customer{s} bought again; the estimates are rough", c.repeaters)
	}
}

// warnOfRidges tells where parameters ran off along a line on which the likelihood
// hardly changes.
func (f *Fitted) warnOfRidges(say func(english string, args ...any)) {
	p := f.Params
	if p[0] > farOut {
		say("r and alpha ran off together along their ridge: the data show one pace of buying, %s order{s} per unit of time, and no differences between customers", figure(p[0]/p[1]))
	}
	if f.Model == ParetoNBD {
		switch {
		case p[2] > farOut:
			say("s and beta ran off together along their ridge: the data show one rate of leaving, %s per unit of time, and no differences between customers", figure(p[2]/p[3]))
		case p[2] < nearNil:
			say("the data show next to nobody leaving: s is %s", figure(p[2]))
		}
		return
	}
	share := p[2] / (p[2] + p[3])
	switch {
	case share < nearNil:
		say("the data show next to nobody leaving: of all orders, %s %% are a customer's last", figure(100*share))
	case p[2]+p[3] > farOut:
		say("a and b ran off together along their ridge: the data show one probability of leaving after an order, %s %%, and no differences between customers", figure(100*share))
	}
}
