package clv

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"
)

// How the search for the maximum ends.
const (
	maxIterations = 200
	// longestStep is how far a step changes the logarithm of a parameter at most.
	longestStep = 1.5
	// noGain is an increase of a log-likelihood that says nothing about customers;
	// a steeper promise is worth a step. To it comes the rounding of the sum.
	noGain = 1e-8
	// polished is a step so small that the next would be rounding.
	polished = 1e-11
	// flat is a last Newton step that means there was no end in sight.
	flat = 1e-5
	// mostDamping is damping under which no step is left.
	mostDamping = 1e12
	// mostDrift is how far the logarithm of a parameter may run from its start.
	mostDrift = 23
)

// summit is where a search ended.
type summit struct {
	slopes

	params      vector
	gradient    vector        // by the logarithms of the parameters
	information *mat.SymDense // the same
	step        float64       // the largest change of a log parameter in the next Newton step
	peaked      bool          // the information is positive definite
	iterations  int
}

// climb finds the maximum of a log-likelihood from start. Newton's method in the
// logarithms of the parameters, which are then free, with Levenberg's damping as
// long as the surface is not concave or a step disappoints.
//
// It does not wait for a gradient to vanish, which rounding never lets it do: it
// ends when the next step promises no gain that the likelihood could show, and
// then takes plain Newton steps, which do not look at the likelihood, as long as
// they get shorter. At a proper maximum they are soon next to nothing; on a ridge
// they are not, which is how one tells.
//
// gonum's optimize has Newton's method with line searches that compare values of
// the likelihood and so fail within its rounding.
func climb(ctx context.Context, l likelihood, start vector) (summit, error) {
	s, err := survey(ctx, l, start)
	damping := 0.0
	for err == nil && s.iterations < maxIterations && damping < mostDamping && s.drift(start) < mostDrift {
		step, ok := s.newton(damping)
		if !ok {
			damping = max(1e-3, 4*damping)
			continue
		}
		gain := step.dot(s.gradient) / 2
		if noise := noGain + 1e-15*math.Abs(s.value); damping == 0 && gain < noise {
			return polish(ctx, l, s)
		}
		var next summit
		if next, err = survey(ctx, l, s.params.grown(step.shortened())); err != nil {
			break
		}
		next.iterations = s.iterations + 1
		if next.value > s.value {
			s, damping = next, calmer(damping)
		} else {
			s.iterations, damping = next.iterations, max(1e-3, 10*damping)
		}
	}
	return s, err
}

// calmer returns the damping after a step that led up.
func calmer(damping float64) float64 {
	if damping < 1e-3 {
		return 0
	}
	return damping / 10
}

// polish takes Newton steps from s as long as each is less than half as long as
// the one before.
func polish(ctx context.Context, l likelihood, s summit) (summit, error) {
	for range 20 {
		step, ok := s.newton(0)
		if !ok || step.largest() < polished {
			return s, nil
		}
		next, err := survey(ctx, l, s.params.grown(step.shortened()))
		if err != nil {
			return s, err
		}
		if !(next.step < s.step/2) {
			return s, nil
		}
		next.iterations = s.iterations + 1
		s = next
	}
	return s, nil
}

// survey evaluates the likelihood.
func survey(ctx context.Context, l likelihood, params vector) (summit, error) {
	sum, err := l.at(ctx, params)
	s := summit{slopes: sum, params: params, step: math.Inf(1)}
	s.gradient, s.information = sum.logScale(params)
	if step, ok := s.newton(0); ok {
		s.step, s.peaked = step.largest(), true
	}
	return s, err
}

// newton returns the step (information + damping·|diagonal|)⁻¹·gradient, or false
// if that matrix is not positive definite.
func (s *summit) newton(damping float64) (vector, bool) {
	damped := mat.NewSymDense(paramCount, nil)
	damped.CopySym(s.information)
	for i := range paramCount {
		d := s.information.At(i, i)
		damped.SetSym(i, i, d+damping*math.Abs(d))
	}
	var cholesky mat.Cholesky
	if !cholesky.Factorize(damped) {
		return vector{}, false
	}
	var solved mat.VecDense
	if err := cholesky.SolveVecTo(&solved, mat.NewVecDense(paramCount, s.gradient[:])); err != nil {
		return vector{}, false // singular but for rounding
	}
	var step vector
	for i := range step {
		step[i] = solved.AtVec(i)
	}
	return step, !math.IsNaN(step.dot(step))
}

// drift returns how far the logarithm of a parameter has run from its start.
func (s *summit) drift(start vector) float64 {
	var far float64
	for i, p := range s.params {
		far = max(far, math.Abs(math.Log(p/start[i])))
	}
	return far
}

func (v vector) dot(w vector) float64 {
	var sum float64
	for i := range v {
		sum += v[i] * w[i]
	}
	return sum
}

// largest returns the largest component's size.
func (v vector) largest() float64 {
	var most float64
	for _, c := range v {
		most = max(most, math.Abs(c))
	}
	return most
}

// shortened returns v, shorter if it is too long for a step.
func (v vector) shortened() vector {
	if by := longestStep / v.largest(); by < 1 {
		for i := range v {
			v[i] *= by
		}
	}
	return v
}

// grown returns the parameters v with step added to their logarithms.
func (v vector) grown(step vector) vector {
	for i := range v {
		v[i] *= math.Exp(step[i])
	}
	return v
}
