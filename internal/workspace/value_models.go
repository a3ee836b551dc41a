package workspace

import (
	"cmp"
	"context"
	"maps"
	"time"

	"worth/internal/clv"
	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/tabular"
)

// Unit is what a purchase model counts time in. It changes its parameters of time
// and its likelihood, not what it predicts.
type Unit string

// The units of time.
const (
	Days  Unit = "day"
	Weeks Unit = "week"
)

// Units are the units of time, the default first.
var Units = []Unit{Days, Weeks}

// days returns the length of the unit.
func (u Unit) days() float64 {
	const week = 7
	if u == Weeks {
		return week
	}
	return 1
}

// ParseUnit reads a unit of time; empty stands for days.
func ParseUnit(s string) (Unit, error) {
	switch u := Unit(cmp.Or(s, string(Days))); u {
	case Days, Weeks:
		return u, nil
	}
	return "", i18n.Errorf("the unit %q is not known; choose day or week", s)
}

// Terms are the conditions under which value is predicted.
type Terms struct {
	Model    string   `json:"model"`
	Horizon  float64  `json:"horizon_months"`
	Discount float64  `json:"discount"` // a year
	Basis    Basis    `json:"basis"`
	Margin   *float64 `json:"margin"` // share of spend that is value on the basis; nil: unknown, and so is value
	Currency string   `json:"currency"`
	AsOf     string   `json:"as_of"` // ISO date
}

// Fits are the fitted models every prediction comes from.
type Fits struct {
	Terms       Terms
	Purchases   *PurchaseFit
	Spend       *SpendFit // nil: see SpendReason
	SpendReason string    // why there is no model of spend, or no value
}

// derivedState returns what the derived tables stand for.
func (w *Workspace) derivedState() derived {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.state
}

// valueTerms returns the conditions in force.
func (d *derived) valueTerms() Terms {
	t := d.Settings.terms(0)
	return Terms{
		Model: cmp.Or(d.Settings.Model, Models[0]), Horizon: t.Horizon, Discount: t.Discount, Basis: d.Settings.basis(),
		Margin: d.Models.Margin, Currency: d.Currency, AsOf: d.AsOf.Format(time.DateOnly),
	}
}

// fitted returns the state of a workspace whose data carried a purchase model, or
// a *NoAnswerError with the reason why they did not.
func (w *Workspace) fitted(ctx context.Context) (derived, error) {
	if err := w.answerable(ctx, scores); err != nil {
		return derived{}, err
	}
	state := w.derivedState()
	return state, state.modelled()
}

// modelled returns a *NoAnswerError that says why there is no model.
func (d derived) modelled() error {
	if d.Models.Purchases == nil {
		return &NoAnswerError{cmp.Or(d.Models.Reason, i18n.T("no model was fitted; apply the settings again"))}
	}
	return nil
}

// Models returns the fitted models, or a *NoAnswerError that says what the data
// lack and what would do.
func (w *Workspace) Models(ctx context.Context) (Fits, error) {
	state, err := w.fitted(ctx)
	if err != nil {
		return Fits{}, err
	}
	m := state.Models
	return Fits{Terms: state.valueTerms(), Purchases: m.Purchases, Spend: m.Spend, SpendReason: m.SpendReason}, nil
}

// FitRequest asks for a fit.
type FitRequest struct {
	Model       string    // empty: that of the settings
	Unit        Unit      // empty: Days
	CalibrateTo time.Time // last day the model sees; zero: the as-of date
}

// FitResult is a fit made for itself.
type FitResult struct {
	Purchases   *PurchaseFit
	CalibrateTo string // ISO date
	Spend       *SpendFit
	SpendReason string // why there is no model of spend
}

// FitModel fits a purchase model, and a model of spend where the orders say what
// they brought. It returns a *NoAnswerError when the data cannot carry a fit.
func (w *Workspace) FitModel(ctx context.Context, req FitRequest) (FitResult, error) {
	if err := w.anybody(ctx); err != nil {
		return FitResult{}, err
	}
	state := w.derivedState()
	at, err := calibrationDay(state, req.CalibrateTo)
	if err != nil {
		return FitResult{}, err
	}
	f, err := w.framed(ctx, state, at)
	if err != nil {
		return FitResult{}, err
	}
	groups, _, err := w.split(ctx, f, at, cmp.Or(req.Unit, Days))
	if err != nil {
		return FitResult{}, err
	}
	out := FitResult{CalibrateTo: at.Format(time.DateOnly)}
	if out.Purchases, err = fitPurchases(ctx, cmp.Or(req.Model, state.Settings.Model), string(cmp.Or(req.Unit, Days)), groups); err != nil {
		return FitResult{}, err
	}
	spends, priced, err := w.splitSpend(ctx, f)
	if err != nil {
		return FitResult{}, err
	}
	if !priced {
		out.SpendReason = i18n.T("no repeat order says its amount, so spend cannot be modelled; name the column with --map net_revenue=COLUMN")
		return out, nil
	}
	out.Spend, out.SpendReason, err = fitSpend(ctx, spends)
	return out, err
}

// calibrationDay returns the day a fit sees orders up to.
func calibrationDay(state derived, day time.Time) (time.Time, error) {
	switch {
	case day.IsZero():
		return state.AsOf, nil
	case day.After(state.AsOf):
		return day, &NoAnswerError{i18n.T("the data end on %s, before the calibration up to %s does; choose an earlier day",
			state.AsOf.Format(time.DateOnly), day.Format(time.DateOnly))}
	}
	return day, nil
}

// split reads the purchase histories as of a day of a frame, and what followed
// until the frame's as-of date.
func (w *Workspace) split(ctx context.Context, f *frame, day time.Time, unit Unit) ([]clv.Group, []clv.Observed, error) {
	c := w.bought(f, f.with("ask/split", duck.Args{"split": day.Format(time.DateOnly)}))
	trace(ctx, c)
	var groups []clv.Group
	var observed []clv.Observed
	err := w.db.Each(ctx, c, func(row []any) error {
		g := historyOf([]any{row[0], row[1], row[2], row[4]})
		g.TX, g.T = g.TX/unit.days(), g.T/unit.days()
		actual, _ := row[3].(int64)
		observed = append(observed, clv.Observed{Group: g, Actual: int(actual)})
		if last := len(groups) - 1; last >= 0 && groups[last].History == g.History {
			groups[last].N += g.N
		} else {
			groups = append(groups, g)
		}
		return nil
	})
	return groups, observed, err
}

// bought lets a question under a frame read purchase days: those that are kept where
// the frame ends at the as-of date of the settings, as almost always.
func (w *Workspace) bought(f *frame, c duck.Call) duck.Call {
	part := duck.Call{Name: "ask/bought"}
	if f.args["as_of"] != w.derivedState().AsOf.Format(time.DateOnly) {
		part = f.call("ask/bought_until")
	}
	c.Parts = maps.Clone(c.Parts)
	c.Parts["bought"] = part
	return c
}

// splitSpend reads what repeat orders up to the frame's as-of date came to, and
// whether any of them says so.
func (w *Workspace) splitSpend(ctx context.Context, f *frame) (groups []clv.SpendGroup, priced bool, err error) {
	spend := f.call("ask/split_spend")
	trace(ctx, spend)
	err = w.db.Each(ctx, spend, func(row []any) error {
		x, _ := row[0].(int64)
		mean, known := tabular.Number(row[1])
		n, _ := row[2].(int64)
		priced = priced || known
		groups = append(groups, clv.SpendGroup{X: int(x), M: mean, N: int(n)})
		return nil
	})
	return groups, priced || len(groups) == 0, err
}

var predictionColumns = []tabular.Column{
	{Name: "customer_id", Title: "customer", Doc: "the id the files give the customer"},
	{Name: "x", Title: "x", Kind: tabular.Integer, Doc: "repeat purchase days"},
	{Name: "t_x", Title: "t_x", Kind: tabular.Float, Doc: "time from the first to the last purchase"},
	{Name: "t_cal", Title: "T", Kind: tabular.Float, Doc: "time from the first purchase to the as-of date"},
	{Name: "m_x", Title: "m_x", Kind: tabular.Money, Doc: "mean spend of repeat purchase days, 0 without any"},
	{Name: "p_alive", Title: "P(alive)", Kind: tabular.Share, Doc: "probability that the customer is still active"},
	{Name: "expected_orders", Title: "exp. orders", Kind: tabular.Float, Doc: "expected orders over the horizon"},
	{Name: "expected_spend", Title: "exp. spend", Kind: tabular.Money, Doc: "expected spend over the horizon"},
	{Name: "clv", Title: "CLV", Kind: tabular.Money, Doc: "discounted expected value over the horizon"},
	{Name: "clv_low", Title: "CLV low", Kind: tabular.Money, Doc: "value that one in ten such customers stays under"},
	{Name: "clv_high", Title: "CLV high", Kind: tabular.Money, Doc: "value that one in ten such customers exceeds"},
}

// Predictions returns what the models in force expect of every customer with a
// counted order, best customer first; t_x and t_cal are in the unit. It returns a
// *NoAnswerError when no model could be fitted.
func (w *Workspace) Predictions(ctx context.Context, unit Unit) (*Rows, error) {
	if _, err := w.fitted(ctx); err != nil {
		return nil, err
	}
	return w.open(ctx, duck.Call{Name: "grid/predictions_view", Args: duck.Args{"days": cmp.Or(unit, Days).days()}}, predictionColumns)
}
