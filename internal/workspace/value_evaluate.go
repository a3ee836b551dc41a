package workspace

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"worth/internal/clv"
	"worth/internal/duck"
	"worth/internal/i18n"
)

// EvaluateRequest asks how well a model would have predicted what followed.
type EvaluateRequest struct {
	Model       string    // empty: that of the settings
	Unit        Unit      // empty: Days
	CalibrateTo time.Time // last day the model sees; zero: after three quarters of the history
	Compare     bool      // fit and score every model beside it
}

// Evaluation compares what a model predicts from the orders up to a day with what
// customers did from then to the as-of date.
type Evaluation struct {
	CalibrateTo time.Time // last day the model saw
	AsOf        time.Time // last day of the holdout
	HoldoutDays int
	Fit         *PurchaseFit
	clv.Evaluation
	ByWeek []TrackedWeek // since the first order of all, calibration included
	Models []ModelScore  // smallest AIC first; only if asked for
}

// TrackedWeek is a week of repeat orders, as placed and as expected. The last week
// may be shorter.
type TrackedWeek struct {
	Week  int       // from 1
	End   time.Time // its last day
	Known bool      // the model saw it
	clv.TrackPoint
}

// ModelScore is how a model fits and predicts.
type ModelScore struct {
	clv.Comparison
	Converged bool
	Warnings  []string
	Actual    float64 // orders in the holdout
	Predicted float64 // orders expected
	MAE       float64 // orders per customer
	RMSE      float64
	Bias      float64
	Reason    string // why the model has no score; the other fields but Model are then 0
}

// EvaluateModel fits a model on the orders up to a day and compares its
// predictions with what followed. It returns a *NoAnswerError when either part of
// the data is too short.
func (w *Workspace) EvaluateModel(ctx context.Context, req EvaluateRequest) (*Evaluation, error) {
	if err := w.answerable(ctx, scores); err != nil {
		return nil, err
	}
	state := w.derivedState()
	first, at, err := w.holdout(ctx, state, req.CalibrateTo)
	if err != nil {
		return nil, err
	}
	f, err := w.framed(ctx, state, state.AsOf)
	if err != nil {
		return nil, err
	}
	unit := cmp.Or(req.Unit, Days)
	groups, observed, err := w.split(ctx, f, at, unit)
	if err != nil {
		return nil, err
	}
	out := &Evaluation{CalibrateTo: at, AsOf: state.AsOf, HoldoutDays: daysBetween(at, state.AsOf)}
	model := cmp.Or(req.Model, state.Settings.Model, Models[0])
	if out.Fit, err = fitPurchases(ctx, model, string(unit), groups); err != nil {
		return nil, err
	}
	p, err := out.Fit.purchases()
	if err != nil {
		return nil, err
	}
	if out.Evaluation, err = clv.Evaluate(ctx, p, observed, float64(out.HoldoutDays)/unit.days()); err != nil {
		return nil, err
	}
	if out.ByWeek, err = w.track(ctx, f, p, unit, first, out); err != nil || !req.Compare {
		return out, err
	}
	out.Models, err = compareModels(ctx, out, unit, groups, observed)
	return out, err
}

// holdout returns the day of the first order and the last day of calibration.
func (w *Workspace) holdout(ctx context.Context, state derived, day time.Time) (first, at time.Time, err error) {
	rows, err := w.ask(ctx, duck.Call{Name: "ask/span"})
	if err != nil {
		return first, at, err
	}
	first, ok := rows[0].time("first_order")
	if !ok {
		return first, at, &NoAnswerError{i18n.T("no customer has a counted order; there is nothing to evaluate")}
	}
	span := daysBetween(first, state.AsOf)
	if at = day; at.IsZero() {
		at = first.AddDate(0, 0, span*3/4)
	}
	if !at.After(first) || !at.Before(state.AsOf) {
		return first, at, &NoAnswerError{i18n.T("calibration up to %s leaves nothing to compare: orders run from %s to %s; choose a day between",
			at.Format(time.DateOnly), first.Format(time.DateOnly), state.AsOf.Format(time.DateOnly))}
	}
	return first, at, nil
}

func daysBetween(from, to time.Time) int { return int(to.Sub(from).Hours()/24 + 0.5) }

// track follows the customers won until the end of calibration, week by week.
func (w *Workspace) track(ctx context.Context, f *frame, p clv.Purchases, unit Unit, first time.Time, e *Evaluation) ([]TrackedWeek, error) {
	rows, err := w.ask(ctx, w.bought(f, f.with("ask/split_days", duck.Args{"split": e.CalibrateTo.Format(time.DateOnly)})))
	if err != nil {
		return nil, err
	}
	var starts, repeats []clv.Dated
	for _, r := range rows {
		at := r.float("day") / unit.days()
		if n := int(r.whole("starts")); n > 0 {
			starts = append(starts, clv.Dated{At: at, N: n})
		}
		if n := int(r.whole("repeats")); n > 0 {
			repeats = append(repeats, clv.Dated{At: at, N: n})
		}
	}
	const week = 7
	points, err := clv.Track(ctx, p, starts, repeats, week/unit.days(), float64(daysBetween(first, e.AsOf))/unit.days())
	if err != nil {
		return nil, err
	}
	out := make([]TrackedWeek, len(points))
	for i, point := range points {
		end := first.AddDate(0, 0, int(point.End*unit.days()+0.5))
		out[i] = TrackedWeek{Week: i + 1, End: end, Known: !end.After(e.CalibrateTo), TrackPoint: point}
	}
	return out, nil
}

// compareModels fits and scores all models on what one was evaluated on.
func compareModels(ctx context.Context, e *Evaluation, unit Unit, groups []clv.Group, observed []clv.Observed) ([]ModelScore, error) {
	var candidates []clv.Candidate
	byModel := map[clv.Model]ModelScore{}
	var refused []ModelScore
	for _, model := range clv.Models {
		fit, eval := e.Fit, e.Evaluation
		if model.String() != fit.Model {
			var err error
			fit, eval, err = fitAndScore(ctx, model, unit, groups, observed, e.HoldoutDays)
			var none *NoAnswerError
			if errors.As(err, &none) {
				refused = append(refused, ModelScore{Comparison: clv.Comparison{Candidate: clv.Candidate{Model: model}}, Reason: none.Error()})
				continue
			}
			if err != nil {
				return nil, err
			}
		}
		candidates = append(candidates, clv.Candidate{Model: model, LogLikelihood: fit.LogLikelihood, Params: len(fit.Params), N: fit.N})
		byModel[model] = ModelScore{
			Converged: fit.Converged, Warnings: fit.Warnings, Actual: eval.Actual, Predicted: eval.Predicted,
			MAE: eval.MAE, RMSE: eval.RMSE, Bias: eval.Bias,
		}
	}
	var out []ModelScore
	for _, c := range clv.Compare(candidates) {
		s := byModel[c.Model]
		s.Comparison = c
		out = append(out, s)
	}
	return slices.Concat(out, refused), nil
}

func fitAndScore(ctx context.Context, model clv.Model, unit Unit, groups []clv.Group, observed []clv.Observed, holdout int) (*PurchaseFit, clv.Evaluation, error) {
	fit, err := fitPurchases(ctx, model.String(), string(unit), groups)
	if err != nil {
		return nil, clv.Evaluation{}, err
	}
	p, err := fit.purchases()
	if err != nil {
		return nil, clv.Evaluation{}, err
	}
	eval, err := clv.Evaluate(ctx, p, observed, float64(holdout)/unit.days())
	return fit, eval, err
}
