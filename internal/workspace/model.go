package workspace

import (
	"cmp"
	"context"
	"errors"
	"time"

	"worth/internal/clv"
	"worth/internal/duck"
	"worth/internal/tabular"
)

// Defaults of the settings of prediction.
const (
	DefaultHorizon  = 12.0 // months
	DefaultDiscount = 0.1  // a year
)

// PurchaseFit is a fitted purchase model. Times are in Unit.
type PurchaseFit struct {
	Model         string             `json:"model"`
	Unit          string             `json:"unit"` // day or week
	N             int                `json:"n"`
	Repeaters     int                `json:"repeaters"`
	Params        map[string]float64 `json:"params"`
	SE            map[string]float64 `json:"se"` // empty when the fit has no proper maximum
	LogLikelihood float64            `json:"log_likelihood"`
	AIC           float64            `json:"aic"`
	GradientNorm  float64            `json:"gradient_norm"`
	Converged     bool               `json:"converged"`
	Warnings      []string           `json:"warnings"`
	Seconds       float64            `json:"seconds"`              // the fit alone
	Covariance    [][]float64        `json:"covariance,omitempty"` // of the parameters in the order r, alpha, a or s, b or beta
}

// SpendFit is a fitted Gamma-Gamma model of what a repeat purchase comes to.
type SpendFit struct {
	P             float64     `json:"p"`
	Q             float64     `json:"q"`
	V             float64     `json:"v"` // in currency
	SE            []float64   `json:"se"`
	N             int         `json:"n"`            // repeat buyers it was fitted on
	NotPositive   int         `json:"not_positive"` // left out: repeat orders that come to nothing or less
	LogLikelihood float64     `json:"log_likelihood"`
	Correlation   float64     `json:"correlation"` // of frequency and spend, which the model takes for 0
	Warnings      []string    `json:"warnings"`
	Covariance    [][]float64 `json:"covariance,omitempty"` // of p, q, v
}

// fittedModels are the models of value that were fitted, or the reasons why not.
type fittedModels struct {
	Purchases   *PurchaseFit `json:"purchases,omitempty"`
	Spend       *SpendFit    `json:"spend,omitempty"`
	Reason      string       `json:"reason,omitempty"`       // why there is no purchase model
	SpendReason string       `json:"spend_reason,omitempty"` // why there is no spend model, or no value
	Margin      *float64     `json:"margin,omitempty"`       // share of spend that is value, on the basis in force; nil: unknown
}

// purchases returns the fitted purchase model.
func (f *PurchaseFit) purchases() (clv.Purchases, error) {
	model, err := clv.ParseModel(f.Model)
	if err != nil {
		return nil, err
	}
	params := make([]float64, 0, len(f.Params))
	for _, name := range model.Names() {
		params = append(params, f.Params[name])
	}
	return clv.New(model, params)
}

func (f *SpendFit) spend() *clv.Spend {
	if f == nil {
		return nil
	}
	return &clv.Spend{P: f.P, Q: f.Q, V: f.V}
}

// fitPurchases fits a model to grouped histories. Data that cannot carry a fit
// give a *NoAnswerError.
func fitPurchases(ctx context.Context, name, unit string, groups []clv.Group) (*PurchaseFit, error) {
	model, err := clv.ParseModel(cmp.Or(name, Models[0]))
	if err != nil {
		return nil, err
	}
	start := time.Now()
	fit, err := clv.Fit(ctx, model, groups, clv.FitOptions{})
	var thin *clv.TooThinError
	if errors.As(err, &thin) {
		return nil, &NoAnswerError{err.Error()}
	}
	if err != nil {
		return nil, err
	}
	out := &PurchaseFit{
		Model: model.String(), Unit: unit, N: fit.N, Repeaters: fit.Repeaters, Params: named(model, fit.Params), SE: named(model, fit.SE),
		LogLikelihood: fit.LogLikelihood, AIC: fit.AIC, GradientNorm: fit.GradientNorm, Converged: fit.Converged,
		Warnings: append([]string{}, fit.Warnings...), Seconds: time.Since(start).Seconds(), Covariance: fit.Covariance,
	}
	return out, nil
}

func named(model clv.Model, values []float64) map[string]float64 {
	out := map[string]float64{}
	for i, v := range values {
		out[model.Names()[i]] = v
	}
	return out
}

// fitSpend fits the spend model. Data that cannot carry it give a reason.
func fitSpend(ctx context.Context, groups []clv.SpendGroup) (fit *SpendFit, reason string, err error) {
	f, err := clv.FitSpend(ctx, groups)
	if ctx.Err() != nil {
		return nil, "", ctx.Err()
	}
	if err != nil { // it refuses, and says why
		return nil, err.Error(), nil
	}
	return &SpendFit{
		P: f.P, Q: f.Q, V: f.V, SE: f.SE, N: f.N, NotPositive: f.NotPositive, LogLikelihood: f.LogLikelihood,
		Correlation: f.Correlation, Warnings: append([]string{}, f.Warnings...), Covariance: f.Covariance,
	}, "", nil
}

// terms returns the conditions under which value is counted, in days.
func (s Settings) terms(margin float64) clv.Terms {
	discount := DefaultDiscount
	if s.Discount != nil {
		discount = *s.Discount
	}
	return clv.Terms{Margin: margin, Discount: discount, Horizon: cmp.Or(s.Horizon, DefaultHorizon), Unit: 1}
}

// predict fits the models of value and puts down what they say of every
// purchase history, and what it cost to win customers.
func (d *deriver) predict(ctx context.Context) error {
	if err := d.unpredicted(ctx); err != nil {
		return err
	}
	groups, err := d.histories(ctx)
	if err != nil {
		return err
	}
	m := &d.out.Models
	m.Purchases, err = fitPurchases(ctx, d.set.Model, "day", groups)
	var refused *NoAnswerError
	if errors.As(err, &refused) {
		m.Reason = refused.Error()
		return nil
	}
	if err != nil {
		return err
	}
	if err := d.money(ctx); err != nil {
		return err
	}
	return d.putPredictions(ctx, groups)
}

// unpredicted puts down that no model says anything yet, and what it cost to win
// customers.
func (d *deriver) unpredicted(ctx context.Context) error {
	if err := d.exec(ctx, "derive/prediction_table"); err != nil {
		return err
	}
	d.args["spend_v"] = nil
	return d.acquisition(ctx)
}

func (d *deriver) acquisition(ctx context.Context) error {
	res, err := d.tx.Query(ctx, duck.Call{Name: "derive/spend_count"})
	if err != nil {
		return err
	}
	if n, _ := res.Rows[0][0].(int64); n == 0 {
		return d.exec(ctx, "derive/no_acquisition")
	}
	d.costly = true
	return d.exec(ctx, "derive/acquisition")
}

func (d *deriver) histories(ctx context.Context) ([]clv.Group, error) {
	var groups []clv.Group
	err := d.tx.Each(ctx, d.call("derive/histories"), func(row []any) error {
		groups = append(groups, historyOf(row))
		return nil
	})
	return groups, err
}

// historyOf reads x, t_x, t_cal and n.
func historyOf(row []any) clv.Group {
	x, _ := row[0].(int64)
	tx, _ := tabular.Number(row[1])
	t, _ := tabular.Number(row[2])
	n, _ := row[3].(int64)
	return clv.Group{History: clv.History{X: int(x), TX: tx, T: t}, N: int(n)}
}

// money fits the spend model and finds out which share of spend is value.
func (d *deriver) money(ctx context.Context) error {
	var spends []clv.SpendGroup
	err := d.tx.Each(ctx, d.call("derive/repeat_spend"), func(row []any) error {
		x, _ := row[0].(int64)
		mean, _ := tabular.Number(row[1])
		n, _ := row[2].(int64)
		spends = append(spends, clv.SpendGroup{X: int(x), M: mean, N: int(n)})
		return nil
	})
	if err != nil {
		return err
	}
	m := &d.out.Models
	if m.Spend, m.SpendReason, err = fitSpend(ctx, spends); err != nil {
		return err
	}
	share := 1.0
	if d.set.basis() != NetRevenue {
		res, err := d.tx.Query(ctx, d.call("derive/margin_share"))
		if err != nil {
			return err
		}
		known := false
		if share, known = tabular.Number(res.Rows[0][0]); !known {
			m.SpendReason = marginUnknown()
			return nil
		}
	}
	m.Margin = &share
	return nil
}

// putPredictions scores the histories and appends what comes out.
func (d *deriver) putPredictions(ctx context.Context, groups []clv.Group) error {
	m := d.out.Models
	p, err := m.Purchases.purchases()
	if err != nil {
		return err
	}
	spend, margin := m.Spend.spend(), 0.0
	if m.Margin == nil {
		spend = nil
	} else {
		margin = max(-1, min(1, *m.Margin))
	}
	scores, err := clv.Scores(ctx, p, spend, groups, d.set.terms(margin))
	if err != nil {
		return err
	}
	if spend != nil {
		d.args["spend_v"] = spend.V
	}
	rows := make([][]any, len(groups))
	for i, g := range groups {
		rows[i] = predictionRow(g, scores[i])
	}
	return d.tx.Append(ctx, "", "predictions", rows)
}

// predictionRow is what the models say of a history, as temp.predictions has it.
func predictionRow(g clv.Group, s clv.Score) []any {
	row := []any{
		int32(g.X), int32(g.TX), int32(g.T), s.Alive, s.Orders, int32(s.OrdersLow), int32(s.OrdersHigh), s.None, nil, nil, nil, nil, //nolint:gosec // days and orders
	}
	if s.Valued {
		for i, v := range []float64{s.PerOrder, s.Value, s.ValueLow, s.ValueHigh} {
			row[len(row)-4+i] = v
		}
	}
	return row
}
