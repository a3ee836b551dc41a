package cli

import (
	"context"
	"io"
	"strconv"
	"time"

	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// clvEvaluate prints what a model would have predicted beside what happened.
func (c *call) clvEvaluate(ctx context.Context) error {
	return c.use(ctx, c.args, func(w *workspace.Workspace) error {
		e, err := w.EvaluateModel(ctx, workspace.EvaluateRequest{Unit: c.opts.clv.unit, CalibrateTo: c.opts.clv.calibrateTo, Compare: true})
		if err != nil {
			return err
		}
		for _, warning := range e.Fit.Warnings {
			c.say.sentence(warning)
		}
		return c.print(ctx, answer{name: "evaluation", rows: evaluationRows(e), object: evaluationObject(e), text: evaluationText(e)})
	})
}

// evaluationObject returns an evaluation as JSON has it.
func evaluationObject(e *workspace.Evaluation) report.Object {
	return report.Object{
		{Name: "model", Value: e.Fit.Model},
		{Name: "unit", Value: e.Fit.Unit},
		{Name: "calibrate_to", Value: e.CalibrateTo.Format(time.DateOnly)},
		{Name: "as_of", Value: e.AsOf.Format(time.DateOnly)},
		{Name: "holdout_days", Value: e.HoldoutDays},
		{Name: "n", Value: e.N},
		{Name: "actual", Value: e.Actual},
		{Name: "predicted", Value: e.Predicted},
		{Name: "ratio", Value: e.Ratio},
		{Name: "mae", Value: e.MAE},
		{Name: "rmse", Value: e.RMSE},
		{Name: "bias", Value: e.Bias},
		{Name: "correlation", Value: e.Correlation},
		{Name: "by_frequency", Value: frequencies(e)},
		{Name: "by_week", Value: weeks(e)},
		{Name: "p_alive", Value: aliveBins(e)},
		{Name: "models", Value: scores(e)},
		{Name: "params", Value: namedValues(e.Fit.Model, e.Fit.Params)},
		{Name: "log_likelihood", Value: e.Fit.LogLikelihood},
		{Name: "converged", Value: e.Fit.Converged},
		{Name: "warnings", Value: e.Fit.Warnings},
	}
}

func frequencies(e *workspace.Evaluation) []report.Object {
	var out []report.Object
	for _, r := range e.ByFrequency {
		out = append(out, report.Object{
			{Name: "x", Value: r.X},
			{Name: "or_more", Value: r.OrMore},
			{Name: "customers", Value: r.N},
			{Name: "actual", Value: r.Actual},
			{Name: "predicted", Value: r.Predicted},
		})
	}
	return out
}

func weeks(e *workspace.Evaluation) []report.Object {
	var out []report.Object
	for _, r := range e.ByWeek {
		out = append(out, report.Object{
			{Name: "week", Value: r.Week},
			{Name: "end", Value: r.End.Format(time.DateOnly)},
			{Name: "calibration", Value: r.Known},
			{Name: "actual", Value: r.Actual},
			{Name: "predicted", Value: r.Predicted},
			{Name: "actual_total", Value: r.ActualTotal},
			{Name: "predicted_total", Value: r.PredictedTotal},
		})
	}
	return out
}

func aliveBins(e *workspace.Evaluation) []report.Object {
	var out []report.Object
	for _, b := range e.Calibration {
		out = append(out, report.Object{
			{Name: "low", Value: b.Low},
			{Name: "high", Value: b.High},
			{Name: "customers", Value: b.N},
			{Name: "p_alive", Value: b.Alive},
			{Name: "predicted_buyers", Value: b.Predicted},
			{Name: "actual_buyers", Value: b.Bought},
		})
	}
	return out
}

func scores(e *workspace.Evaluation) []report.Object {
	var out []report.Object
	for _, m := range e.Models {
		if m.Reason != "" {
			out = append(out, report.Object{{Name: "model", Value: m.Model.String()}, {Name: "reason", Value: m.Reason}})
			continue
		}
		out = append(out, report.Object{
			{Name: "model", Value: m.Model.String()},
			{Name: "log_likelihood", Value: m.LogLikelihood},
			{Name: "aic", Value: m.AIC},
			{Name: "bic", Value: m.BIC},
			{Name: "aic_weight", Value: m.Weight},
			{Name: "converged", Value: m.Converged},
			{Name: "predicted", Value: m.Predicted},
			{Name: "mae", Value: m.MAE},
			{Name: "rmse", Value: m.RMSE},
			{Name: "bias", Value: m.Bias},
		})
	}
	return out
}

// evaluationRows returns an evaluation as rows: a group of customers by repeat
// orders, or a week.
func evaluationRows(e *workspace.Evaluation) tabular.Source {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "by"},
		{Name: "group"},
		{Name: "customers", Kind: tabular.Integer},
		{Name: "actual", Kind: tabular.Float},
		{Name: "predicted", Kind: tabular.Float},
	}}
	for _, r := range e.ByFrequency {
		t.Rows = append(t.Rows, []any{"frequency", frequencyName(r.X, r.OrMore), int64(r.N), r.Actual, r.Predicted})
	}
	for _, r := range e.ByWeek {
		t.Rows = append(t.Rows, []any{"week", r.End.Format(time.DateOnly), nil, r.Actual, r.Predicted})
	}
	return tabular.NewSource(t)
}

func frequencyName(x int, orMore bool) string {
	if orMore {
		return strconv.Itoa(x) + "+"
	}
	return strconv.Itoa(x)
}

// evaluationText returns an evaluation as people read it.
func evaluationText(e *workspace.Evaluation) func(io.Writer) error {
	return func(out io.Writer) error {
		p := &printer{out: out}
		p.title(i18n.T("%s fitted up to %s, compared with orders up to %s", e.Fit.Model, e.CalibrateTo.Format(time.DateOnly), e.AsOf.Format(time.DateOnly)))
		p.line(i18n.T("customers"), i18n.Number(float64(e.N), 0), "")
		p.line(i18n.T("orders expected"), i18n.Number(e.Predicted, 1), i18n.T("%s placed: %s for each expected", i18n.Number(e.Actual, 0), i18n.Number(e.Ratio, 3)))
		p.line(i18n.T("error a customer"), i18n.Number(e.MAE, 4), i18n.T("mean absolute; root mean square %s, bias %s", i18n.Number(e.RMSE, 4), i18n.Number(e.Bias, 4)))
		p.line(i18n.T("correlation"), i18n.Number(e.Correlation, 4), "")
		p.title(i18n.T("Orders in the holdout, by repeat orders before"))
		frequency := tabular.Table{Columns: []tabular.Column{
			{Name: "x"},
			{Name: "customers", Kind: tabular.Integer},
			{Name: "actual", Kind: tabular.Float},
			{Name: "predicted", Kind: tabular.Float},
		}}
		for _, r := range e.ByFrequency {
			frequency.Rows = append(frequency.Rows, []any{frequencyName(r.X, r.OrMore), int64(r.N), r.Actual, r.Predicted})
		}
		p.table(frequency)
		p.title(i18n.T("Models"))
		models := tabular.Table{Columns: []tabular.Column{
			{Name: "model"},
			{Name: "aic", Kind: tabular.Float},
			{Name: "predicted", Kind: tabular.Float},
			{Name: "mae", Kind: tabular.Float},
			{Name: "note"},
		}}
		for _, m := range e.Models {
			row := []any{m.Model.String(), m.AIC, m.Predicted, m.MAE, converged(m.Converged)}
			if m.Reason != "" {
				row = []any{m.Model.String(), nil, nil, nil, m.Reason}
			}
			models.Rows = append(models.Rows, row)
		}
		p.table(models)
		return p.err
	}
}
