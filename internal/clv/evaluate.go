package clv

import (
	"context"
	"math"

	"worth/internal/i18n"
)

// Observed are N customers with one history who placed Actual orders each in the
// holdout, the time after the end of observation.
type Observed struct {
	Group
	Actual int
}

// Evaluation compares a model's predictions with what happened in a holdout the
// model was not fitted on.
type Evaluation struct {
	N           int            // customers
	Actual      float64        // orders in the holdout
	Predicted   float64        // orders expected
	Ratio       float64        // Actual / Predicted, 0 if nothing was expected
	MAE         float64        // mean absolute error, orders per customer
	RMSE        float64        // root of the mean squared error
	Bias        float64        // mean of predicted − actual
	Correlation float64        // of predicted and actual over customers, 0 if one is constant
	ByFrequency []FrequencyRow // by repeat orders before the holdout: 0 … 6, 7 and more
	Calibration []AliveBin     // by P(alive), ten bins, empty ones left out
}

// FrequencyRow are the customers with X repeat orders before the holdout.
type FrequencyRow struct {
	X         int     // repeat orders
	OrMore    bool    // X or more
	N         int     // customers
	Actual    float64 // mean orders in the holdout
	Predicted float64 // mean expected orders
}

// AliveBin are the customers whose P(alive) lies within Low and High.
type AliveBin struct {
	Low, High float64
	N         int     // customers
	Alive     float64 // mean P(alive)
	Predicted float64 // mean probability of an order in the holdout
	Bought    float64 // share who placed one
}

const (
	frequencyRows = 8 // 0 … 6, 7 and more
	aliveBins     = 10
)

// Evaluate compares the predictions of a model for the time t after observation
// with what customers did. It refuses with a sentence without customers or time,
// and stops when ctx is done. The result does not depend on the number of
// processors.
func Evaluate(ctx context.Context, p Purchases, observed []Observed, t float64) (Evaluation, error) {
	if !(t > 0) || math.IsInf(t, 0) {
		return Evaluation{}, i18n.Errorf("a holdout of %s units of time cannot be evaluated; calibrate to an earlier date", figure(t))
	}
	chunks := chunksOf(len(observed), 1024)
	parts := make([]holdoutSums, len(chunks))
	err := eachTask(ctx, len(chunks), func(task int) {
		c := chunks[task]
		var buffer []float64
		for _, o := range observed[c.lo:c.hi] {
			buffer = parts[task].add(p, o, t, buffer)
		}
	})
	if err != nil {
		return Evaluation{}, err
	}
	var all holdoutSums
	for i := range parts {
		all.merge(&parts[i])
	}
	if all.n == 0 {
		return Evaluation{}, i18n.Errorf("there is nobody to evaluate: no customer ordered before the holdout")
	}
	return all.evaluation(), nil
}

// holdoutSums gathers weighted sums over customers.
type holdoutSums struct {
	n, actual, predicted      float64
	absolute, squared         float64
	actual2, predicted2, both float64
	frequency                 [frequencyRows]binSums
	alive                     [aliveBins]binSums
}

// binSums are sums over the customers of a bin.
type binSums struct{ n, actual, predicted, alive float64 }

// add takes in the customers of one history. It returns buffer, grown.
func (s *holdoutSums) add(p Purchases, o Observed, t float64, buffer []float64) []float64 {
	if o.N <= 0 {
		return buffer
	}
	n, actual := float64(o.N), float64(o.Actual)
	predicted := p.Expected(o.History, t)
	off := predicted - actual
	s.n += n
	s.actual += n * actual
	s.predicted += n * predicted
	s.absolute += n * math.Abs(off)
	s.squared += n * off * off
	s.actual2 += n * actual * actual
	s.predicted2 += n * predicted * predicted
	s.both += n * actual * predicted
	s.frequency[min(max(o.X, 0), frequencyRows-1)].add(n, actual, predicted, 0)

	alive := p.Alive(o.History)
	buffer = p.AtLeast(buffer[:0], o.History, t)
	bought := 0.0
	if o.Actual > 0 {
		bought = 1
	}
	bin := min(max(int(alive*aliveBins), 0), aliveBins-1)
	s.alive[bin].add(n, bought, 1-OrderDistribution(buffer).None(), alive)
	return buffer
}

// add takes in n customers.
func (b *binSums) add(n, actual, predicted, alive float64) {
	b.n += n
	b.actual += n * actual
	b.predicted += n * predicted
	b.alive += n * alive
}

// merge adds other sums.
func (s *holdoutSums) merge(o *holdoutSums) {
	s.n += o.n
	s.actual += o.actual
	s.predicted += o.predicted
	s.absolute += o.absolute
	s.squared += o.squared
	s.actual2 += o.actual2
	s.predicted2 += o.predicted2
	s.both += o.both
	for i, b := range o.frequency {
		s.frequency[i].merge(b)
	}
	for i, b := range o.alive {
		s.alive[i].merge(b)
	}
}

// merge adds the sums of another part.
func (b *binSums) merge(o binSums) {
	b.n += o.n
	b.actual += o.actual
	b.predicted += o.predicted
	b.alive += o.alive
}

// evaluation returns the measures of the sums.
func (s *holdoutSums) evaluation() Evaluation {
	e := Evaluation{
		N: int(s.n), Actual: s.actual, Predicted: s.predicted,
		MAE: s.absolute / s.n, RMSE: math.Sqrt(s.squared / s.n), Bias: (s.predicted - s.actual) / s.n,
	}
	if s.predicted > 0 {
		e.Ratio = s.actual / s.predicted
	}
	varA, varP := s.actual2-s.actual*s.actual/s.n, s.predicted2-s.predicted*s.predicted/s.n
	if varA > 1e-12*s.actual2 && varP > 1e-12*s.predicted2 {
		e.Correlation = (s.both - s.actual*s.predicted/s.n) / math.Sqrt(varA*varP)
	}
	for x, b := range s.frequency {
		if b.n > 0 {
			e.ByFrequency = append(e.ByFrequency, FrequencyRow{x, x == frequencyRows-1, int(b.n), b.actual / b.n, b.predicted / b.n})
		}
	}
	for i, b := range s.alive {
		if b.n > 0 {
			low, high := float64(i)/aliveBins, float64(i+1)/aliveBins
			e.Calibration = append(e.Calibration, AliveBin{low, high, int(b.n), b.alive / b.n, b.predicted / b.n, b.actual / b.n})
		}
	}
	return e
}
