package clv

import (
	"context"
	"math"
	"slices"

	"worth/internal/i18n"
)

// SpendGroup is what N customers have in common for the spend model.
type SpendGroup struct {
	X int     // repeat purchases
	M float64 // mean of what the repeat purchases came to
	N int     // customers
}

// SpendFit is a fitted spend model and what there is to say about the fit.
type SpendFit struct {
	Spend
	N             int         // repeat buyers the model was fitted on
	OneTime       int         // left out: no repeat order
	NotPositive   int         // left out: repeat orders that come to nothing or less
	LogLikelihood float64     // at the fit, over the N customers
	AIC           float64     // 2·3 − 2·LogLikelihood
	SE            []float64   // standard errors of p, q, v; nil if they do not exist
	Covariance    [][]float64 // inverse observed information; nil if it does not exist
	Correlation   float64     // of x and m, which the model takes for 0
	GradientNorm  float64     // largest slope per log-parameter; 0 at the optimum
	Iterations    int         // Newton steps
	Converged     bool        // the optimum was reached
	Warnings      []string    // sentences on what to keep in mind
}

// What a spend fit needs and where it begins to doubt itself.
const (
	minRepeatBuyers  = 10   // fewer carry no three parameters
	wishRepeatBuyers = 100  // fewer give wide standard errors
	wideCorrelation  = 0.2  // beyond, spend and frequency are hardly independent
	ridgeEdge        = 1e4  // p or q beyond: the spread they stand for is gone
	maxLogParam      = 30.0 // |ln parameter| is kept below
	maxNewton        = 200  // Newton steps
)

// FitSpend fits the Gamma-Gamma model by maximum likelihood to the repeat buyers
// among the groups whose mean is positive: Newton's method with the analytic
// gradient and Hessian in log-parameters. It refuses with a sentence when the data
// cannot carry a fit, and stops when ctx is done. The result does not depend on
// the number of processors.
func FitSpend(ctx context.Context, groups []SpendGroup) (SpendFit, error) {
	fit := countSpend(groups)
	if err := fit.refuse(groups); err != nil {
		return SpendFit{}, err
	}
	likelihood := newSpendLikelihood(groups)
	climb, err := climbSpend(ctx, likelihood, startSpend(groups))
	if err != nil {
		return SpendFit{}, err
	}
	fit.Spend = climb.at.spend()
	fit.LogLikelihood = climb.slope.value
	fit.AIC = 2*3 - 2*fit.LogLikelihood
	fit.GradientNorm = climb.slope.logGradient(climb.at).largest()
	fit.Iterations, fit.Converged = climb.steps, climb.converged
	fit.Correlation = correlateSpend(groups)
	fit.Covariance = climb.slope.covariance()
	if fit.Covariance != nil {
		for i := range fit.Covariance {
			fit.SE = append(fit.SE, math.Sqrt(fit.Covariance[i][i]))
		}
	}
	fit.warn()
	return fit, nil
}

// usable tells whether a group can be fitted.
func (g SpendGroup) usable() bool { return g.N > 0 && g.X > 0 && g.M > 0 && !math.IsInf(g.M, 0) }

// countSpend counts who is fitted and who is left out.
func countSpend(groups []SpendGroup) SpendFit {
	var fit SpendFit
	for _, g := range groups {
		switch {
		case g.usable():
			fit.N += g.N
		case g.X <= 0:
			fit.OneTime += max(0, g.N)
		default:
			fit.NotPositive += max(0, g.N)
		}
	}
	return fit
}

// refuse says why the groups cannot carry a fit, if they cannot.
func (f *SpendFit) refuse(groups []SpendGroup) error {
	if f.N < minRepeatBuyers {
		return i18n.Errorf("spend cannot be modelled: %d customer{s} ordered again with a positive amount and %d are needed (%d ordered once, %d came to nothing or less); load a longer history",
			f.N, minRepeatBuyers, f.OneTime, f.NotPositive)
	}
	first, same := math.NaN(), true
	for _, g := range groups {
		if !g.usable() {
			continue
		}
		if math.IsNaN(first) {
			first = g.M
		}
		same = same && math.Abs(g.M-first) <= 1e-9*first
	}
	if same {
		return i18n.Errorf("spend cannot be modelled: all %d repeat buyers spend %s an order, so there is no spread between customers to fit; take that amount",
			f.N, i18n.Number(first, 2))
	}
	return nil
}

// warn notes what an analyst should know of the fit.
func (f *SpendFit) warn() {
	note := func(sentence string) { f.Warnings = append(f.Warnings, sentence) }
	if f.N < wishRepeatBuyers {
		note(i18n.T("only %d repeat buyer{s} {carries|carry} the spend model; below %d its parameters are uncertain", f.N, wishRepeatBuyers))
	}
	if math.Abs(f.Correlation) > wideCorrelation {
		note(i18n.T("spend and frequency correlate by %s; the spend model takes them for independent", i18n.Number(f.Correlation, 2)))
	}
	if !f.Converged {
		note(i18n.T("the spend fit did not reach its optimum in %d steps", f.Iterations))
	}
	if f.Covariance == nil {
		note(i18n.T("the spend fit has no standard errors: its likelihood is flat in some direction"))
	}
	if f.P > ridgeEdge || f.Q > ridgeEdge || f.P < 1/ridgeEdge || f.Q < 1/ridgeEdge {
		note(i18n.T("the spend parameters ran off (p %s, q %s): customers or orders hardly differ", figure(f.P), figure(f.Q)))
	}
	if f.Q <= 1 {
		note(i18n.T("q is %s, not more than 1: one-time buyers have no expected spend and no lifetime value", figure(f.Q)))
	} else if f.Q <= 2 {
		note(i18n.T("q is %s, not more than 2: what one-time buyers spend has no variance, so totals have no interval", figure(f.Q)))
	}
}

// correlateSpend returns the correlation of x and m over the usable customers, 0
// if one of them does not vary.
func correlateSpend(groups []SpendGroup) float64 {
	var c comoments
	for _, g := range groups {
		if g.usable() {
			c.add(float64(g.X), g.M, float64(g.N))
		}
	}
	return c.correlation()
}

// startSpend returns parameters to start from, by moments: the means of customers
// scatter as inverse gamma with the observed mean and variance, orders with shape
// 2 about them.
func startSpend(groups []SpendGroup) spendPoint {
	var c comoments
	for _, g := range groups {
		if g.usable() {
			c.add(float64(g.X), g.M, float64(g.N))
		}
	}
	const p = 2
	cv2 := c.yy / c.n / (c.meanY * c.meanY)
	q := 2 + 1/math.Max(cv2, 1e-3)
	q = math.Min(q, 50)
	return spendPoint{math.Log(p), math.Log(q), math.Log(c.meanY * (q - 1) / p)}
}

// comoments gathers weighted means and co-moments of pairs in one pass without
// cancellation (Welford 1962).
type comoments struct{ n, meanX, meanY, xx, yy, xy float64 }

// add takes in the pair (x, y) weight times.
func (c *comoments) add(x, y, weight float64) {
	c.n += weight
	dx, dy := x-c.meanX, y-c.meanY
	c.meanX += dx * weight / c.n
	c.meanY += dy * weight / c.n
	c.xx += weight * dx * (x - c.meanX)
	c.yy += weight * dy * (y - c.meanY)
	c.xy += weight * dx * (y - c.meanY)
}

// correlation returns Pearson's correlation, 0 if x or y does not vary.
func (c *comoments) correlation() float64 {
	if !(c.xx > 0 && c.yy > 0) {
		return 0
	}
	return math.Max(-1, math.Min(1, c.xy/math.Sqrt(c.xx*c.yy)))
}

// distinctX returns the distinct x of usable groups, ascending.
func distinctX(groups []SpendGroup) []int {
	seen := map[int]bool{}
	for _, g := range groups {
		if g.usable() {
			seen[g.X] = true
		}
	}
	xs := make([]int, 0, len(seen))
	for x := range seen {
		xs = append(xs, x)
	}
	slices.Sort(xs)
	return xs
}
