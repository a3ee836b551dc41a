package clv

import (
	"cmp"
	"context"
	"math"
	"slices"

	"worth/internal/i18n"
)

// Dated are N first or repeat orders at a time, in the purchase model's unit from
// any fixed moment.
type Dated struct {
	At float64
	N  int
}

// TrackPoint is one step of tracking, a week as a rule: repeat orders in the step
// and since the beginning, as they happened and as the model has it.
type TrackPoint struct {
	End            float64 // of the step, on the clock of the orders
	Actual         float64 // repeat orders in the step
	Predicted      float64 // expected repeat orders in the step
	ActualTotal    float64 // repeat orders until its end
	PredictedTotal float64 // expected repeat orders until its end
}

// maxTrack bounds the steps of tracking: 100 years of weeks.
const maxTrack = 5_300

// Track follows a cohort from its first orders: the expected repeat orders of
// everybody who has begun, Σ E[X(end − start)], against those placed, for steps of
// the given length from time 0 to end (Fader, Hardie & Lee 2005a, figures 3 and 4).
// Orders before 0 count into the first step. It refuses steps that are not
// positive or too many, and stops when ctx is done.
func Track(ctx context.Context, p Purchases, starts, repeats []Dated, step, end float64) ([]TrackPoint, error) {
	n := math.Ceil(end/step - 1e-9)
	if !(step > 0 && n >= 1 && n <= maxTrack) {
		return nil, i18n.Errorf("%s units of time cannot be followed in steps of %s; there must be 1 to %d steps",
			figure(end), figure(step), maxTrack)
	}
	points := make([]TrackPoint, int(n))
	for i := range points {
		points[i].End = math.Min(float64(i+1)*step, end)
	}
	starts = gather(starts)
	known := map[int64]float64{} // starts and steps lie on a lattice: few lags differ
	for i := range points {
		if ctx.Err() != nil {
			return nil, i18n.Errorf("the tracking was stopped: %v", context.Cause(ctx))
		}
		points[i].PredictedTotal = begun(p, starts, points[i].End, known)
	}
	for _, r := range repeats {
		if i := max(0, int(math.Ceil(r.At/step-1e-9))-1); i < len(points) && r.At <= end*(1+1e-12) {
			points[i].Actual += float64(r.N)
		}
	}
	var last TrackPoint
	for i := range points {
		point := &points[i]
		point.ActualTotal = last.ActualTotal + point.Actual
		point.Predicted = point.PredictedTotal - last.PredictedTotal
		last = *point
	}
	return points, nil
}

// begun returns the expected repeat orders until a time of all who began before.
func begun(p Purchases, starts []Dated, until float64, known map[int64]float64) float64 {
	const lattice = 1 << 20 // lags closer than a millionth of a unit are one
	var sum float64
	for _, s := range starts {
		lag := until - s.At
		if lag <= 0 {
			break
		}
		key := int64(math.Round(lag * lattice))
		e, ok := known[key]
		if !ok {
			e = p.New(lag)
			known[key] = e
		}
		sum += float64(s.N) * e
	}
	return sum
}

// gather sorts by time and joins what is at the same time.
func gather(dated []Dated) []Dated {
	sorted := slices.Clone(dated)
	slices.SortFunc(sorted, func(a, b Dated) int { return cmp.Compare(a.At, b.At) })
	joined := sorted[:0]
	for _, d := range sorted {
		if n := len(joined); n > 0 && joined[n-1].At == d.At {
			joined[n-1].N += d.N
		} else {
			joined = append(joined, d)
		}
	}
	return joined
}
