package clv

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"

	"worth/internal/i18n"
)

// FitOptions say how to fit. The zero value is what to use.
type FitOptions struct {
	// Start are parameters to start from, nil for a choice by the data. The result
	// does not depend on them, how long it takes does.
	Start []float64
}

// Fitted is a purchase model fitted by maximum likelihood, and how well the data
// determine it.
type Fitted struct {
	Model  Model
	Params []float64 // in the order of Model.Names; times in the unit of the groups
	// SE are standard errors, Covariance the inverse of the observed information by
	// the parameters themselves. Both are nil unless Converged.
	SE         []float64
	Covariance [][]float64

	LogLikelihood float64 // in full, in the unit of time of the groups
	AIC           float64 // 2·4 − 2·LogLikelihood
	// GradientNorm is the largest derivative of the log-likelihood by the logarithm
	// of a parameter, and Step the largest relative change of a parameter that one
	// more Newton step would make: the measure of convergence.
	GradientNorm float64
	Step         float64
	Converged    bool // the search ended at a maximum: Step is next to 0, the information positive definite
	Iterations   int

	N         int // customers
	Repeaters int // of these, with x > 0
	// Warnings are sentences on what the data leave open; none if all is well.
	Warnings []string
}

// Purchases returns the fitted model. It fails only on a Fitted that Fit did not
// make.
func (f *Fitted) Purchases() (Purchases, error) { return New(f.Model, f.Params) }

// Fit fits the model to groups of customers by maximum likelihood. Groups may
// repeat a history; their order matters to the last digits at most, and the
// number of threads not at all.
//
// It returns a TooThinError if the data cannot carry a fit, an error that names
// the first impossible history, or an error if ctx ends. A fit that ran but found
// no proper maximum is returned with Converged false and Warnings.
func Fit(ctx context.Context, m Model, groups []Group, options FitOptions) (*Fitted, error) {
	f := &Fitted{Model: m}
	if err := checkGroups(groups); err != nil {
		return nil, err
	}
	census := takeCensus(groups)
	if err := census.refuse(); err != nil {
		return nil, err
	}
	f.N, f.Repeaters = census.customers, census.repeaters
	start := census.start(m)
	if options.Start != nil {
		if _, err := New(m, options.Start); err != nil {
			return nil, i18n.Errorf("the fit cannot start there: %v", err)
		}
		copy(start[:], options.Start)
	}
	top, err := climb(ctx, newLikelihood(m, groups), start)
	if err != nil {
		return nil, i18n.Errorf("the fit of the model %s was stopped: %v", m.String(), err)
	}
	f.report(top)
	f.warn(census)
	return f, nil
}

// newLikelihood returns the log-likelihood of the groups under m.
func newLikelihood(m Model, groups []Group) likelihood {
	if m == ParetoNBD {
		return newParetoLikelihood(groups)
	}
	return newBetaGeometricLikelihood(m, groups)
}

// report copies what the search found.
func (f *Fitted) report(top summit) {
	f.Params = append([]float64(nil), top.params[:]...)
	f.LogLikelihood = top.value
	f.AIC = 2*paramCount - 2*top.value
	f.GradientNorm = top.gradient.largest()
	f.Step = top.step
	f.Iterations = top.iterations
	f.Converged = top.peaked && top.step < flat
	if !f.Converged {
		return
	}
	f.Covariance = top.covariance()
	for i, row := range f.Covariance {
		f.SE = append(f.SE, math.Sqrt(row[i]))
	}
}

// covariance returns the inverse of the information by the parameters. At a
// maximum, where the gradient is 0, that is the inverse by their logarithms, scaled.
func (s *summit) covariance() [][]float64 {
	var cholesky mat.Cholesky
	var inverse mat.SymDense
	if !cholesky.Factorize(s.information) || cholesky.InverseTo(&inverse) != nil {
		return nil
	}
	v := make([][]float64, paramCount)
	for i := range v {
		v[i] = make([]float64, paramCount)
		for j := range v[i] {
			v[i][j] = inverse.At(i, j) * s.params[i] * s.params[j]
		}
	}
	return v
}
