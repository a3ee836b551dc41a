package workspace

import (
	"time"

	"worth/internal/tabular"
)

// FrequencyTable returns what customers ordered and were expected to order in the
// holdout, by repeat orders before it; no rows of a nil evaluation.
func (e *Evaluation) FrequencyTable() *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "x", Title: "repeat orders", Kind: tabular.Integer, Doc: "before the holdout"},
		{Name: "or_more", Title: "or more", Kind: tabular.Boolean},
		{Name: "customers", Title: "customers", Kind: tabular.Integer},
		{Name: "actual", Title: "placed", Kind: tabular.Float, Doc: "mean orders in the holdout"},
		{Name: "predicted", Title: "expected", Kind: tabular.Float, Doc: "mean expected orders in the holdout"},
	}}
	if e == nil {
		return t
	}
	for _, r := range e.ByFrequency {
		t.Rows = append(t.Rows, []any{int64(r.X), r.OrMore, int64(r.N), r.Actual, r.Predicted})
	}
	return t
}

// WeekTable returns repeat orders by week as placed and as expected; no rows of a
// nil evaluation.
func (e *Evaluation) WeekTable() *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "week", Title: "week", Kind: tabular.Integer, Doc: "since the first order of all"},
		{Name: "end", Title: "end", Kind: tabular.Date, Doc: "its last day"},
		{Name: "calibration", Title: "calibration", Kind: tabular.Boolean, Doc: "the model saw it"},
		{Name: "actual", Title: "placed", Kind: tabular.Float},
		{Name: "predicted", Title: "expected", Kind: tabular.Float},
		{Name: "actual_total", Title: "placed in all", Kind: tabular.Float},
		{Name: "predicted_total", Title: "expected in all", Kind: tabular.Float},
	}}
	if e == nil {
		return t
	}
	for _, r := range e.ByWeek {
		t.Rows = append(t.Rows, []any{int64(r.Week), r.End, r.Known, r.Actual, r.Predicted, r.ActualTotal, r.PredictedTotal})
	}
	return t
}

// CalibrationTable returns how many customers bought in the holdout and were
// predicted to, by P(alive); no rows of a nil evaluation.
func (e *Evaluation) CalibrationTable() *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "low", Title: "from", Kind: tabular.Share, Doc: "P(alive)"},
		{Name: "high", Title: "to", Kind: tabular.Share, Doc: "P(alive)"},
		{Name: "customers", Title: "customers", Kind: tabular.Integer},
		{Name: "p_alive", Title: "P(alive)", Kind: tabular.Share, Doc: "mean"},
		{Name: "predicted_buyers", Title: "predicted", Kind: tabular.Share, Doc: "mean probability of an order in the holdout"},
		{Name: "actual_buyers", Title: "bought", Kind: tabular.Share, Doc: "who placed one"},
	}}
	if e == nil {
		return t
	}
	for _, b := range e.Calibration {
		t.Rows = append(t.Rows, []any{b.Low, b.High, int64(b.N), b.Alive, b.Predicted, b.Bought})
	}
	return t
}

// ModelTable returns how the models fit and predict, smallest AIC first; no rows of
// a nil evaluation.
func (e *Evaluation) ModelTable() *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "model", Title: "model"},
		{Name: "log_likelihood", Title: "log-likelihood", Kind: tabular.Float},
		{Name: "aic", Title: "AIC", Kind: tabular.Float},
		{Name: "bic", Title: "BIC", Kind: tabular.Float},
		{Name: "aic_weight", Title: "weight", Kind: tabular.Share, Doc: "Akaike weight"},
		{Name: "predicted", Title: "expected", Kind: tabular.Float, Doc: "orders in the holdout"},
		{Name: "actual", Title: "placed", Kind: tabular.Float, Doc: "orders in the holdout"},
		{Name: "mae", Title: "MAE", Kind: tabular.Float, Doc: "orders per customer"},
		{Name: "rmse", Title: "RMSE", Kind: tabular.Float},
		{Name: "bias", Title: "bias", Kind: tabular.Float},
		{Name: "reason", Title: "why not", Doc: "why the model has no score"},
	}}
	if e == nil {
		return t
	}
	for _, m := range e.Models {
		row := []any{m.Model.String(), nil, nil, nil, nil, nil, nil, nil, nil, nil, text(m.Reason)}
		if m.Reason == "" {
			row = []any{m.Model.String(), m.LogLikelihood, m.AIC, m.BIC, m.Weight, m.Predicted, m.Actual, m.MAE, m.RMSE, m.Bias, nil}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Table returns how many customers of each flag came back; no rows of a nil test.
func (b *BackTest) Table() *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "as_of", Title: "as of", Doc: "the day the flags are of"},
		{Name: "days", Title: "within", Kind: tabular.Integer, Unit: "days"},
		{Name: "flag", Title: "flag"},
		{Name: "customers", Title: "customers", Kind: tabular.Integer},
		{Name: "returned", Title: "returned", Kind: tabular.Integer, Doc: "who ordered within those days"},
		{Name: "share", Title: "share", Kind: tabular.Share},
	}}
	if b == nil {
		return t
	}
	for _, r := range b.Rows {
		t.Rows = append(t.Rows, []any{b.AsOf.Format(time.DateOnly), int64(b.Window), r.Flag.String(), int64(r.N), int64(r.Returned), r.Share})
	}
	return t
}
