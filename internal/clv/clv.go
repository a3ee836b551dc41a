// Package clv computes what customers are likely to bring: purchase models
// (BG/NBD, MBG/NBD, Pareto/NBD) with the Gamma-Gamma model of spend, and the
// formulas of lifetime value.
//
// The idea: a purchase model is fitted on how often (x), how recently (t_x) and
// for how long (T) customers were seen; it then answers for any such history
// whether the customer is still active and how many orders to expect. A spend
// model adds what one order is worth. Both see customers as groups of equal
// histories, which a million customers have about a hundred thousand of.
//
// Guarantees: numbers in, numbers out – no SQL, no files, no clock. Results are
// the same whatever the number of threads. Every answer is finite at every legal
// parameter; where a quantity does not exist (a mean of spend with q ≤ 1) an
// error says so.
//
// Sources: Fader, Hardie & Lee 2005, Marketing Science 24:275 (BG/NBD) and JMR
// 42:415; Batislam et al. 2007 and Hoppe & Wagner 2007 (MBG/NBD); Schmittlein,
// Morrison & Colombo 1987 and Fader & Hardie 2005, note 009 (Pareto/NBD); Fader &
// Hardie 2013, note 025 (Gamma-Gamma).
package clv

import (
	"slices"
	"strings"

	"worth/internal/i18n"
)

// Model is a model of when customers buy and when they leave.
type Model int

// The purchase models.
const (
	MBGNBD    Model = iota // modified BG/NBD: may leave after any order, the first included
	BGNBD                  // beta-geometric/NBD: may leave after any repeat order
	ParetoNBD              // Pareto/NBD: may leave at any moment
)

// Models are all purchase models, the default first.
var Models = []Model{MBGNBD, BGNBD, ParetoNBD}

// String returns the name a model has in settings, verbs and on screen.
func (m Model) String() string {
	switch m {
	case MBGNBD:
		return "mbg-nbd"
	case BGNBD:
		return "bg-nbd"
	case ParetoNBD:
		return "pareto-nbd"
	}
	return "unknown model"
}

// ParseModel returns the model of a name such as bg-nbd.
func ParseModel(name string) (Model, error) {
	for _, m := range Models {
		if m.String() == name {
			return m, nil
		}
	}
	return 0, i18n.Errorf("the model %q is not known; choose %s", name, strings.Join(modelNames(), ", "))
}

func modelNames() []string {
	names := make([]string, len(Models))
	for i, m := range Models {
		names[i] = m.String()
	}
	return names
}

// Names returns the names of a model's four parameters, in the order of Params.
func (m Model) Names() []string {
	if m == ParetoNBD {
		return []string{"r", "alpha", "s", "beta"}
	}
	return []string{"r", "alpha", "a", "b"}
}

// History is what a purchase model knows of a customer. Times are in the unit the
// model was fitted in.
type History struct {
	X  int     // repeat purchases: days with an order, the first one excluded
	TX float64 // from the first to the last purchase
	T  float64 // from the first purchase to the end of observation, T ≥ TX
}

// Group is a history that N customers have in common.
type Group struct {
	History
	N int
}

// Purchases is a purchase model with its parameters. Implementations are values
// and may be used by any number of goroutines at once. They expect possible
// histories (X ≥ 0, 0 ≤ TX ≤ T) and times t ≥ 0; Fit checks the former.
type Purchases interface {
	// Model tells which model this is.
	Model() Model
	// Params returns the parameters in the order of Names: r, alpha, a, b or r,
	// alpha, s, beta.
	Params() []float64
	// LogLikelihood returns the log-likelihood of one history.
	LogLikelihood(h History) float64
	// Alive returns the probability that a customer is still active at the end of
	// observation, 0–1.
	Alive(h History) float64
	// AliveAfter returns the probability that a customer is still active at the
	// time t after the end of observation, 0–1.
	AliveAfter(h History, t float64) float64
	// Expected returns E[Y(t)], the expected number of orders in the time t after
	// the end of observation.
	Expected(h History, t float64) float64
	// ExpectedAt sets dst[i] to Expected(h, ts[i]), sharing the work among the
	// times; dst must be at least as long as ts.
	ExpectedAt(dst []float64, h History, ts []float64)
	// New returns E[X(t)], the expected number of repeat orders of somebody new in
	// the time t after the first order.
	New(t float64) float64
	// AtLeast appends P(Y(t) ≥ k) for k = 1, 2, … to dst, until it is below 1e-13
	// beyond the mode (or k a million). See OrderDistribution.
	AtLeast(dst []float64, h History, t float64) []float64
	// Factorial2 returns E[Y(t)(Y(t)−1)], the second factorial moment.
	Factorial2(h History, t float64) float64
	// DERT returns the discounted expected residual transactions of all time to
	// come at the continuous discount rate delta > 0 per unit of time.
	DERT(h History, delta float64) float64
}

// Legal parameters lie between these; the unit of time is the caller's, so the
// range is wide.
const (
	smallestParam = 1e-12
	largestParam  = 1e12
)

// New returns the purchase model m with the parameters params, in the order of
// m.Names. It returns an error that names the parameter that is missing, not
// positive or out of all proportion.
func New(m Model, params []float64) (Purchases, error) {
	if !slices.Contains(Models, m) {
		return nil, i18n.Errorf("there is no model number %d; choose one of %s", int(m), strings.Join(modelNames(), ", "))
	}
	names := m.Names()
	if len(params) != len(names) {
		return nil, i18n.Errorf("the model %s has the parameters %s; %d were given", m.String(), strings.Join(names, ", "), len(params))
	}
	for i, p := range params {
		if !(p >= smallestParam && p <= largestParam) {
			return nil, i18n.Errorf("the parameter %s of the model %s must be a number between %s and %s, not %s",
				names[i], m.String(), figure(smallestParam), figure(largestParam), figure(p))
		}
	}
	if m == ParetoNBD {
		return pareto{r: params[0], alpha: params[1], s: params[2], beta: params[3]}, nil
	}
	return newBetaGeometric(m, params), nil
}
