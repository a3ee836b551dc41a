package clv

import (
	"math"

	"worth/internal/i18n"
)

// Spend is the Gamma-Gamma model of what an order is worth (Fader & Hardie 2013,
// note 025). Orders of one customer scatter around the customer's mean ζ with
// shape P; the means scatter over customers with shape Q and scale V. It assumes
// that how much a customer spends says nothing of how often: SpendFit.Correlation
// tells how far that holds.
//
// A customer enters by x repeat orders of m on average. Everything the model says
// of money is Scale(x, m) times a factor of x alone, which is what lets a million
// customers with amounts of their own be scored by their few common histories.
type Spend struct {
	P float64 // shape of the orders of one customer, > 0
	Q float64 // shape of customers' means, > 0; E[ζ] of a new customer needs Q > 1
	V float64 // scale of customers' means, in currency, > 0
}

// Names returns the names of the parameters of a spend model.
func (Spend) Names() []string { return []string{"p", "q", "v"} }

// Params returns the parameters in the order of Names.
func (s Spend) Params() []float64 { return []float64{s.P, s.Q, s.V} }

// Scale returns v + m·x, the money a customer's factors multiply. An m below 0 –
// refunds larger than the orders – counts as 0.
func (s Spend) Scale(x int, m float64) float64 {
	return s.V + math.Max(0, m)*float64(x)
}

// Mean returns E[ζ | x, m] = p(v+mx)/(px+q−1), the expected value of an order. It
// fails when that does not exist: for one-time buyers if Q ≤ 1.
func (s Spend) Mean(x int, m float64) (float64, error) {
	factor, ok := s.meanFactor(x)
	if !ok {
		return 0, s.noMean(x)
	}
	return s.Scale(x, m) * factor, nil
}

// MeanSquare returns E[ζ² | x, m] = p²(v+mx)²/((px+q−1)(px+q−2)). It fails when
// that does not exist, if px+q ≤ 2.
func (s Spend) MeanSquare(x int, m float64) (float64, error) {
	factor, ok := s.squareFactor(x)
	if !ok {
		return 0, s.noVariance(x)
	}
	scale := s.Scale(x, m)
	return scale * scale * factor, nil
}

// LogLikelihood returns the log-likelihood of x repeat orders of m on average,
// m > 0 and x ≥ 1.
func (s Spend) LogLikelihood(x int, m float64) float64 {
	n := float64(x)
	a := s.P * n
	return lgamma(a+s.Q) - lgamma(a) - lgamma(s.Q) + s.Q*math.Log(s.V) +
		(a-1)*math.Log(m) + a*math.Log(n) - (a+s.Q)*math.Log(s.V+m*n)
}

// meanFactor returns E[ζ]/(v+mx) and whether it exists.
func (s Spend) meanFactor(x int) (float64, bool) {
	b := s.shape(x)
	return s.P / (b - 1), b > 1
}

// squareFactor returns E[ζ²]/(v+mx)² and whether it exists.
func (s Spend) squareFactor(x int) (float64, bool) {
	b := s.shape(x)
	return s.P * s.P / ((b - 1) * (b - 2)), b > 2
}

// shape returns px+q, the shape of what is known of a customer's mean.
func (s Spend) shape(x int) float64 { return s.P*float64(x) + s.Q }

// noMean says that the mean spend of customers with x repeat orders is infinite.
func (s Spend) noMean(x int) error {
	return i18n.Errorf("the expected value of an order does not exist for customers with %d repeat order{s}: p·x + q is %s and must be more than 1 (p %s, q %s)",
		x, figure(s.shape(x)), figure(s.P), figure(s.Q))
}

// noVariance says that the variance of the spend of customers with x repeat
// orders is infinite.
func (s Spend) noVariance(x int) error {
	return i18n.Errorf("the variance of what customers with %d repeat order{s} spend does not exist: p·x + q is %s and must be more than 2 (p %s, q %s)",
		x, figure(s.shape(x)), figure(s.P), figure(s.Q))
}
