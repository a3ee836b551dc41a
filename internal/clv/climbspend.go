package clv

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"
)

// spendClimb is where a climb of the spend likelihood ended.
type spendClimb struct {
	at        spendPoint
	slope     spendSlope
	steps     int
	converged bool
}

// What a climb accepts as the top. The gain a full Newton step promises, ½·gᵀH⁻¹g,
// is in units of log-likelihood; below noise no evaluation can tell it from
// rounding, and what remains is a last polish by the step itself.
const (
	polishGain = 1e-8
	topGain    = 1e-17
)

// climbSpend maximises the likelihood by Newton steps in log-parameters, damped
// where the likelihood is not concave and shortened where it would fall. Near the
// top steps are taken without asking the likelihood, whose rounding is larger than
// what is left to gain.
func climbSpend(ctx context.Context, l *spendLikelihood, start spendPoint) (spendClimb, error) {
	climb := spendClimb{at: start}
	var err error
	if climb.slope, err = l.at(ctx, start.spend()); err != nil {
		return climb, err
	}
	damping, last := 0.0, math.Inf(1)
	for climb.steps < maxNewton {
		step, gain := climb.slope.newton(climb.at, &damping)
		if gain <= topGain || (gain <= polishGain && gain >= last/2) {
			climb.converged = damping == 0 && !climb.atEdge()
			return climb, nil
		}
		last = gain
		climb.steps++
		moved, err := climb.move(ctx, l, step, gain)
		if err != nil {
			return climb, err
		}
		if !moved {
			climb.converged = gain <= polishGain && !climb.atEdge()
			return climb, nil
		}
	}
	return climb, nil
}

// atEdge tells whether a parameter ran to its bound.
func (c *spendClimb) atEdge() bool { return c.at.largest() >= maxLogParam }

// move takes a step, shortened to 2 in any log-parameter and halved until the
// likelihood rises. It reports false if no step raises it.
func (c *spendClimb) move(ctx context.Context, l *spendLikelihood, step spendPoint, gain float64) (bool, error) {
	length := math.Min(1, 2/step.largest())
	for range 40 {
		at := c.at.plus(step, length)
		slope, err := l.at(ctx, at.spend())
		if err != nil {
			return false, err
		}
		if slope.value > c.slope.value || (gain <= polishGain && length == 1) {
			c.at, c.slope = at, slope
			return true, nil
		}
		length /= 2
	}
	return false, nil
}

// newton returns the Newton step in log-parameters and the gain it promises. Where
// the likelihood is not concave the information is damped until it is positive
// definite (Levenberg 1944); damping is what did, 0 if none was needed. Where none
// does, at a place that is no number, there is no step and no gain.
func (d *spendSlope) newton(at spendPoint, damping *float64) (step spendPoint, gain float64) {
	gradient, information := d.logGradient(at), d.logInformation(at)
	trace := math.Abs(information[0][0]) + math.Abs(information[1][1]) + math.Abs(information[2][2])
	*damping = 0
	for range 40 {
		var cholesky mat.Cholesky
		if cholesky.Factorize(symmetric(information, *damping)) {
			var solved mat.VecDense
			if err := cholesky.SolveVecTo(&solved, mat.NewVecDense(3, gradient[:])); err == nil {
				for i := range step {
					step[i] = solved.AtVec(i)
					gain += gradient[i] * step[i] / 2
				}
				return step, gain
			}
		}
		*damping = math.Max(*damping*10, 1e-6*trace+1e-12)
	}
	return spendPoint{}, 0
}

// covariance returns the inverse of the observed information by p, q and v, or nil
// where it is not positive definite.
func (d *spendSlope) covariance() [][]float64 {
	var information [3][3]float64
	for i := range information {
		for j := range information {
			information[i][j] = -d.hessian[i][j]
		}
	}
	var cholesky mat.Cholesky
	if !cholesky.Factorize(symmetric(information, 0)) {
		return nil
	}
	var inverse mat.SymDense
	if err := cholesky.InverseTo(&inverse); err != nil {
		return nil
	}
	rows := make([][]float64, 3)
	for i := range rows {
		rows[i] = []float64{inverse.At(i, 0), inverse.At(i, 1), inverse.At(i, 2)}
	}
	return rows
}

// symmetric returns a matrix with shift added to its diagonal.
func symmetric(rows [3][3]float64, shift float64) *mat.SymDense {
	m := mat.NewSymDense(3, nil)
	for i := range rows {
		for j := i; j < 3; j++ {
			m.SetSym(i, j, rows[i][j])
		}
		m.SetSym(i, i, rows[i][i]+shift)
	}
	return m
}
