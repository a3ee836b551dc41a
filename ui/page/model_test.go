package page

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"worth/internal/clv"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/screen"
)

// sampleFits are invented fits.
func sampleFits() workspace.Fits {
	margin := 1.0
	return workspace.Fits{
		Terms: workspace.Terms{
			Model: "mbg-nbd", Horizon: 12, Discount: 0.1, Basis: workspace.NetRevenue, Margin: &margin, Currency: "EUR", AsOf: "2026-10-31",
		},
		Purchases: &workspace.PurchaseFit{
			Model: "mbg-nbd", Unit: "day", N: 1200, Repeaters: 648, Params: map[string]float64{"r": 0.61234, "alpha": 58.127, "a": 0.7481, "b": 2.9},
			SE:            map[string]float64{"r": 0.0412, "alpha": 3.97, "a": 0.11, "b": 0.61},
			LogLikelihood: -12345.678, AIC: 24699.356, GradientNorm: 3e-12, Converged: true, Seconds: 0.002,
		},
		Spend: &workspace.SpendFit{
			P: 5.1, Q: 3.9, V: 41.2, N: 640, NotPositive: 8, Correlation: 0.213,
			Warnings: []string{"customers who order more often spend more an order (correlation 0.21), which the model takes for chance"},
		},
	}
}

// sampleEvaluation is an invented test of a model.
func sampleEvaluation() *workspace.Evaluation {
	fits := sampleFits()
	fits.Purchases.Params = map[string]float64{"r": 0.59, "alpha": 56.4, "a": 0.72, "b": 2.7}
	e := &workspace.Evaluation{
		CalibrateTo: time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC), AsOf: time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC), HoldoutDays: 214,
		Fit: fits.Purchases, Evaluation: clv.Evaluation{N: 900, Actual: 812, Predicted: 774.3, Ratio: 1.0487, MAE: 0.731, RMSE: 1.44, Bias: -0.042},
	}
	for x := range 8 {
		e.ByFrequency = append(e.ByFrequency, clv.FrequencyRow{
			X: x, OrMore: x == 7, N: 400 / (x + 1), Actual: 0.3 + 0.5*float64(x), Predicted: 0.28 + 0.47*float64(x),
		})
	}
	for i := range 8 {
		p := 0.1 * float64(i+1)
		e.Calibration = append(e.Calibration, clv.AliveBin{Low: p, High: p + 0.1, N: 100 - 5*i, Alive: p + 0.05, Predicted: 0.8 * p, Bought: 0.75*p + 0.03})
	}
	first := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	var actual, expected float64
	for i := range 95 {
		point := clv.TrackPoint{Actual: float64(20 + i%9), Predicted: float64(22 + i/20)}
		actual, expected = actual+point.Actual, expected+point.Predicted
		point.ActualTotal, point.PredictedTotal = actual, expected
		end := first.AddDate(0, 0, 7*(i+1))
		e.ByWeek = append(e.ByWeek, workspace.TrackedWeek{Week: i + 1, End: end, Known: !end.After(e.CalibrateTo), TrackPoint: point})
	}
	for i, m := range clv.Compare([]clv.Candidate{
		{Model: clv.MBGNBD, LogLikelihood: -9876.5, Params: 4, N: 900}, {Model: clv.BGNBD, LogLikelihood: -9879.1, Params: 4, N: 900},
	}) {
		e.Models = append(e.Models, workspace.ModelScore{Comparison: m, Converged: true, Actual: 812, Predicted: 774.3 + 20*float64(i), MAE: 0.731 + 0.01*float64(i)})
	}
	e.Models = append(e.Models, workspace.ModelScore{
		Comparison: clv.Comparison{Candidate: clv.Candidate{Model: clv.ParetoNBD}}, Reason: "too few customers",
	})
	return e
}

func sampleRange(v float64) *workspace.Range {
	return &workspace.Range{Expected: v, Low80: v * 0.9, High80: v * 1.1, Low95: v * 0.85, High95: v * 1.15, Process: v * 0.05, Parameters: v * 0.06}
}

func modelSample(t testing.TB, env *Env, d modelData, err error) *model {
	t.Helper()
	p, _ := NewModel(env).(*model)
	p.Init()
	answered(p, &p.inquiry, d, err)
	return p
}

// modelSamples are the model page in its states.
func modelSamples(t testing.TB, env *Env) map[string]Page {
	t.Helper()
	whole := modelData{fits: sampleFits(), eval: sampleEvaluation()}
	totals := modelSample(t, env, whole, nil)
	totals.Do(cmdTotals)
	answered(totals, &totals.totals, &workspace.Equity{
		Total:    workspace.EquityRow{Title: "all customers", Customers: 1200, Orders: sampleRange(2100), Value: sampleRange(91_000)},
		Segments: []workspace.EquityRow{{Segment: "Champions", Title: "Champions", Customers: 200, Orders: sampleRange(900), Value: sampleRange(50_000)}},
		Holdout:  &workspace.HoldoutRatio{CalibrateTo: whole.eval.CalibrateTo, Actual: 812, Predicted: 774.3, Ratio: 1.0487},
	}, nil)
	totals.Do(cmdFlags)
	answered(totals, &totals.totals, &workspace.BackTest{AsOf: whole.eval.CalibrateTo, Window: 182, Rows: []clv.BackTestRow{
		{Flag: clv.OnTime, N: 300, Returned: 210, Share: 0.7}, {Flag: clv.AtRisk, N: 200, Returned: 20, Share: 0.1},
	}}, nil)
	alive := modelSample(t, env, whole, nil)
	alive.pane = paneCalibration
	summed := modelSample(t, env, whole, nil)
	summed.pane = paneTracking
	summed.Do(cmdCumulative)
	waiting, _ := NewModel(env).(*model)
	waiting.Init()
	return map[string]Page{
		"model": modelSample(t, env, whole, nil), "model-alive": alive, "model-summed": summed, "model-totals": totals, "model-waiting": waiting,
		"model-untested": modelSample(t, env, modelData{fits: sampleFits(), refused: errors.New("calibration leaves nothing to compare")}, nil),
		"model-refused":  modelSample(t, env, modelData{}, &workspace.NoAnswerError{}),
		"model-failed":   modelSample(t, env, modelData{}, errors.New("the file is gone")),
	}
}

// The keys of the page turn models, move the calibration date and ask for what is
// heavy.
func TestModelCommands(t *testing.T) {
	env := sampleEnv(t)
	p := modelSample(t, env, modelData{fits: sampleFits(), eval: sampleEvaluation()}, nil)
	if p.model != "mbg-nbd" || p.until.Format(time.DateOnly) != "2026-03-31" {
		t.Fatalf("it begins with %s to %s", p.model, p.until)
	}
	p.Do(cmdNextModel)
	if p.model != "bg-nbd" || p.Busy() == "" {
		t.Errorf("the next model is %s, and %q runs", p.model, p.Busy())
	}
	if !p.Cancel() {
		t.Error("a fit cannot be stopped")
	}
	answered(p, &p.inquiry, modelData{}, context.Canceled)
	if text := screen.Text(p.View(120, 37), 120, 37); !strings.Contains(text, "placed 812") {
		t.Errorf("the answer before is gone:\n%s", text)
	}
	p.Do(cmdEarlier)
	if p.until.Format(time.DateOnly) != "2026-03-03" {
		t.Errorf("four weeks earlier is %s", p.until)
	}
	p.until = env.Header.AsOf.AddDate(0, 0, -7)
	if notice, ok := sentBy(p.Do(cmdLater)).(Notice); !ok || !notice.Bad || !strings.Contains(notice.Text, "2026-10-31") {
		t.Errorf("calibration may end after the data: %v", notice)
	}
	answered(p, &p.inquiry, modelData{fits: sampleFits(), eval: sampleEvaluation()}, nil)
	p.Do(cmdTotals)
	if p.pane != paneTotals || p.Busy() != "adding up intervals" {
		t.Errorf("pane %d, %q runs", p.pane, p.Busy())
	}
	answered(p, &p.totals, (*workspace.Equity)(nil), context.Canceled)
	if text := screen.Text(p.View(120, 37), 120, 37); !strings.Contains(text, "stopped; t adds up again") {
		t.Errorf("stopped totals are not said:\n%s", text)
	}
	for range modelPanes {
		p.Do(keys.NextPane)
	}
	if p.pane != paneTotals {
		t.Errorf("the panes do not come round: %d", p.pane)
	}
}
