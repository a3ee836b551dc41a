package whatif

import (
	"context"
	"math"

	"worth/internal/clv"
)

// The factors on the parameter of leaving that a scenario may ask for.
const (
	leastFactor = 0.01
	mostFactor  = 100
)

// solveTolerance is how near a retention is met. Curves are good to 1e-7.
const solveTolerance = 1e-9

// target is a retention in a scope.
type target struct {
	scope     int
	retention float64
}

// retention returns the share of the customers of a scope active today who are still
// active in 12 months, given the probabilities of single spans; 0 if nobody is.
func (e *fitted) retention(scope int, stay []float64) float64 {
	var retained, active float64
	for _, c := range e.scoped(scope) {
		active += c.active
		retained += clv.Dot(c.actives, stay)
	}
	if active <= 0 {
		return 0
	}
	return retained / active
}

// known returns the factor of a target that was solved before.
func (e *fitted) known(t target) (float64, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	factor, ok := e.solved[t]
	return factor, ok
}

// solve returns the factor on the parameter of leaving at which a scope has a retention:
// one between the bounds, or else the nearest. Retention falls with the factor, so the
// root is kept between two factors and sought by secants in ln(factor) against
// ln(−ln retention), which is near a line; where that is slow, in the middle.
func (e *fitted) solve(ctx context.Context, t target) (float64, error) {
	if factor, ok := e.known(t); ok {
		return factor, nil
	}
	b := bracket{low: math.Log(leastFactor), high: math.Log(mostFactor)}
	stay := make([]float64, len(e.spans))
	at := 0.0
	for range 100 {
		factor := math.Exp(at)
		p, err := e.bent(factor)
		if err != nil {
			return 0, err
		}
		if err := e.survival.at(ctx, p, []float64{e.year}, stay); err != nil {
			return 0, err
		}
		retention := e.retention(t.scope, stay)
		if math.Abs(retention-t.retention) < solveTolerance || b.high-b.low < 1e-12 {
			break
		}
		at = b.next(at, logHazard(retention)-logHazard(t.retention))
	}
	factor := math.Exp(at)
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.solved) > 10_000 { // a slider held down for hours
		clear(e.solved)
	}
	e.solved[t] = factor
	return factor, nil
}

// logHazard returns ln(−ln retention).
func logHazard(retention float64) float64 {
	return math.Log(-math.Log(math.Min(1-1e-15, math.Max(1e-300, retention))))
}

// bracket encloses the zero of an increasing function, low to high, and remembers where
// it was last seen.
type bracket struct {
	low, high  float64
	lastAt     float64
	lastValue  float64
	seen, slow bool
}

// next returns where to look after the function was value at at.
func (b *bracket) next(at, value float64) float64 {
	width := b.high - b.low
	if value > 0 {
		b.high = at
	} else {
		b.low = at
	}
	to := at - value // the slope is about 1
	if b.seen && value != b.lastValue {
		to = at - value*(at-b.lastAt)/(value-b.lastValue)
	}
	halved := b.high-b.low <= width/2
	if b.slow && !halved || !(to > b.low && to < b.high) {
		to = (b.low + b.high) / 2
	}
	b.slow = b.seen && !halved && math.Abs(value) > math.Abs(b.lastValue)/2
	b.lastAt, b.lastValue, b.seen = at, value, true
	return to
}
