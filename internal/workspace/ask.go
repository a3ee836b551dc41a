package workspace

import (
	"context"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/rfm"
	"worth/internal/tabular"
)

// NoAnswerError says that the data cannot answer a question, and why.
type NoAnswerError struct{ text string }

func (e *NoAnswerError) Error() string { return e.text }

// row reads the cells of one answered row by column name.
type row struct {
	names map[string]int
	cells []any
}

func rowsOf(res *duck.Result) []row {
	names := make(map[string]int, len(res.Names))
	for i, n := range res.Names {
		names[n] = i
	}
	out := make([]row, len(res.Rows))
	for i, cells := range res.Rows {
		out[i] = row{names, cells}
	}
	return out
}

func (r row) cell(name string) any {
	i, ok := r.names[name]
	if !ok {
		return nil
	}
	return r.cells[i]
}

func (r row) text(name string) string            { s, _ := r.cell(name).(string); return s }
func (r row) whole(name string) int64            { n, _ := r.cell(name).(int64); return n }
func (r row) float(name string) float64          { f, _ := tabular.Number(r.cell(name)); return f }
func (r row) money(name string) tabular.Decimal  { d, _ := r.cell(name).(tabular.Decimal); return d }
func (r row) time(name string) (time.Time, bool) { t, ok := r.cell(name).(time.Time); return t, ok }

// texts returns a list of texts.
func (r row) texts(name string) []string {
	list, _ := r.cell(name).([]any)
	var out []string
	for _, v := range list {
		s, _ := v.(string)
		out = append(out, s)
	}
	return out
}

// known returns a number, nil where the data give none.
func (r row) known(name string) *float64 {
	f, ok := tabular.Number(r.cell(name))
	if !ok {
		return nil
	}
	return &f
}

// day returns an ISO date, empty for none.
func (r row) day(name string) string {
	if t, ok := r.time(name); ok {
		return t.Format(time.DateOnly)
	}
	return ""
}

// dayIn returns the ISO date of a moment in a time zone, empty for none.
func (r row) dayIn(name string, in *time.Location) string {
	if t, ok := r.time(name); ok {
		return t.In(in).Format(time.DateOnly)
	}
	return ""
}

// ask runs a query and returns its rows.
func (w *Workspace) ask(ctx context.Context, c duck.Call) ([]row, error) {
	res, err := w.query(ctx, c)
	if err != nil {
		return nil, err
	}
	return rowsOf(res), nil
}

// query runs a query that whoever traces the context is told of.
func (w *Workspace) query(ctx context.Context, c duck.Call) (*duck.Result, error) {
	trace(ctx, c)
	return w.db.Query(ctx, c)
}

// needs is what a question cannot be answered without; each level includes those
// before it.
type needs uint8

const (
	someOrders    needs = iota // whether they count or not
	countedOrders              // under the settings in force
	scores                     // of customers
)

// answerable returns a *NoAnswerError when the data lack what a question needs.
func (w *Workspace) answerable(ctx context.Context, need needs) error {
	w.mu.RLock()
	state := w.state
	w.mu.RUnlock()
	if !state.Ready {
		return &NoAnswerError{i18n.T("there are no orders to analyse; load a file of orders with a date and, for segments, a customer")}
	}
	if need == someOrders || state.Counted && (state.Scored || need == countedOrders) {
		return nil
	}
	rows, err := w.ask(ctx, state.priced(duck.Call{Name: "ask/quality", Args: qualityArgs(state)}))
	if err != nil {
		return err
	}
	switch q := rows[0]; {
	case q.whole("counted") == 0:
		return &NoAnswerError{i18n.T("no order counts up to %s; choose a later as-of date", state.AsOf.Format(time.DateOnly))}
	case !state.Counted:
		return &NoAnswerError{i18n.T("no order counts in the window up to %s; choose a longer window or another as-of date", state.AsOf.Format(time.DateOnly))}
	case q.whole("identified") == 0:
		return w.nobody(ctx)
	}
	return &NoAnswerError{i18n.T("no customer has a counted order in the window; choose a longer window or another as-of date")}
}

// anybody returns a *NoAnswerError when there are orders and nobody can be named, by
// them or by a file of customers.
func (w *Workspace) anybody(ctx context.Context) error {
	if err := w.answerable(ctx, someOrders); err != nil {
		return err
	}
	res, err := w.db.Query(ctx, duck.Call{Name: "grid/customers_count"})
	if err != nil || rowsOf(res)[0].whole("n") > 0 {
		return err
	}
	return w.nobody(ctx)
}

// nobody says that no order names its customer, and which files are to blame.
func (w *Workspace) nobody(ctx context.Context) error {
	files, err := w.Files(ctx)
	if err != nil {
		return err
	}
	var blame []string
	for _, f := range files {
		named := slices.ContainsFunc(f.Mapping, func(m Mapped) bool { return slices.Contains([]string{"customer_id", "email", "phone"}, m.Field) })
		if f.Kind == "orders" && !named {
			blame = append(blame, i18n.T("%s, read as %s, has no such column", filepath.Base(f.File), f.Format))
		}
	}
	const shown = 3
	if len(blame) == 0 {
		return &NoAnswerError{i18n.T("no order names its customer, so customers cannot be told apart: the customer cells are empty or masked; overview shows what the orders brought")}
	}
	return &NoAnswerError{i18n.T("no order names its customer (%s), so customers cannot be told apart; overview shows what the orders brought; load files with a customer column, or name it with --map customer_id=COLUMN",
		strings.Join(blame[:min(shown, len(blame))], "; "))}
}

// Header returns what the top line of every page says.
func (w *Workspace) Header(ctx context.Context) (Header, error) {
	w.mu.RLock()
	set, state := w.set, w.state
	w.mu.RUnlock()
	h := Header{
		Name: w.Name(), AsOf: state.AsOf, Basis: set.basis(), Currency: state.Currency, Scheme: set.Scheme, Window: set.Window,
		TimeZone: set.TimeZone, Apart: state.apart(),
	}
	if scheme, err := set.scheme(); err == nil {
		h.Scheme = scheme.Title
	}
	if state.AsOf.IsZero() && !state.Ready {
		return h, nil
	}
	rows, err := w.ask(ctx, duck.Call{Name: "ask/header"})
	if err != nil || len(rows) == 0 {
		return h, err
	}
	h.Customers, h.Orders = rows[0].whole("customers"), rows[0].whole("orders")
	h.Channels, _ = rows[0].cell("channels").(bool)
	return h, nil
}

// Overview returns the headline figures as of the as-of date.
func (w *Workspace) Overview(ctx context.Context) (Overview, error) {
	if err := w.answerable(ctx, countedOrders); err != nil {
		return Overview{}, err
	}
	rows, err := w.ask(ctx, duck.Call{Name: "ask/overview"})
	if err != nil {
		return Overview{}, err
	}
	r := rows[0]
	w.mu.RLock()
	state := w.state
	w.mu.RUnlock()
	asOf := state.AsOf
	return Overview{
		Customers: r.whole("customers"), Orders: r.whole("orders"), NetRevenue: r.money("net_revenue"), AOV: r.known("aov"),
		MedianAOV: r.known("median_aov"), ValuePerCustomer: r.known("value_per_customer"), RepeatRate: r.known("repeat_rate"),
		Gini: r.known("gini"), Top20Share: r.known("top_20_share"), AsOf: asOf.Format(time.DateOnly), MedianValue: r.known("median_value"),
		ActiveCustomers: r.whole("active"), PersonsNoOrder: r.whole("persons_no_order"), AnonymousOrders: r.whole("anonymous_orders"),
		AnonymousRevenue: r.float("anonymous_revenue"), RevenueYear: r.float("revenue_12mo"), RevenueYearBefore: r.float("revenue_12mo_before"),
		ClampedCustomers: r.whole("clamped"), FirstOrder: r.day("first_order"), LastOrder: r.day("last_order"),
		ExpectedOrders: r.known("expected_orders"), ExpectedValue: r.known("expected_value"), MedianCLV: r.known("median_clv"),
		EightyPercentFrom: r.known("share_for_80"), Top1: r.known("top_1_share"), Top5: r.known("top_5_share"), Top10: r.known("top_10_share"),
		Currency: state.Currency, Currencies: state.Currencies, Warnings: state.currencyWarnings(),
	}, nil
}

// Revenue returns the months with orders up to the as-of date, oldest first.
func (w *Workspace) Revenue(ctx context.Context) ([]Period, error) {
	if err := w.answerable(ctx, countedOrders); err != nil {
		return nil, err
	}
	rows, err := w.ask(ctx, duck.Call{Name: "ask/months"})
	out := make([]Period, 0, len(rows))
	for _, r := range rows {
		month, _ := r.time("month")
		out = append(out, Period{
			Month: month, Orders: r.whole("orders"), Customers: r.whole("customers"), New: r.whole("new_customers"), NetRevenue: r.float("net_revenue"),
		})
	}
	return out, err
}

// Concentration returns about a hundred points of the concentration curve, from
// (0, 0) to (1, 1).
func (w *Workspace) Concentration(ctx context.Context) ([]CurvePoint, error) {
	if err := w.answerable(ctx, scores); err != nil {
		return nil, err
	}
	rows, err := w.ask(ctx, duck.Call{Name: "ask/curve"})
	out := make([]CurvePoint, 0, len(rows))
	for _, r := range rows {
		out = append(out, CurvePoint{Customers: r.float("customer_share"), NetRevenue: r.float("net_revenue_share")})
	}
	return out, err
}

// Segments returns the segments of the scheme in the scheme's order, empty ones
// too, and Unmatched last when anybody is.
func (w *Workspace) Segments(ctx context.Context) ([]Segment, error) {
	if err := w.answerable(ctx, scores); err != nil {
		return nil, err
	}
	scheme, err := w.Settings().scheme()
	if err != nil {
		return nil, err
	}
	rows, err := w.ask(ctx, duck.Call{Name: "ask/segments"})
	if err != nil {
		return nil, err
	}
	byName := map[string]row{}
	for _, r := range rows {
		byName[r.text("segment")] = r
	}
	var out []Segment
	for _, s := range scheme.Segments {
		seg := Segment{Segment: s.Name, Title: i18n.T(s.Name), Meaning: s.Explanation()}
		if r, ok := byName[s.Name]; ok {
			seg.fill(r)
		}
		out = append(out, seg)
	}
	if r, ok := byName[Unmatched]; ok {
		seg := Segment{Segment: Unmatched, Title: i18n.T("Unmatched"), Meaning: i18n.T("no rule of the scheme takes these customers")}
		seg.fill(r)
		out = append(out, seg)
	}
	return out, nil
}

func (s *Segment) fill(r row) {
	s.Customers, s.CustomerShare = r.whole("customers"), r.float("customer_share")
	s.NetRevenue, s.NetRevenueShare = r.money("net_revenue"), r.float("net_revenue_share")
	s.RecencyDays, s.Orders, s.AOV = r.known("recency_days"), r.known("orders"), r.known("aov")
	s.ExpectedOrders, s.Historic, s.Predicted = r.known("expected_orders"), r.known("historic"), r.known("predicted")
	s.Referral, s.Cost, s.Value = r.known("referral"), r.known("cost"), r.known("value")
	s.CLVMean, s.CLVMedian = r.known("clv_mean"), r.known("clv_median")
}

// HeatMap returns the customers of each pair of R and F scores.
func (w *Workspace) HeatMap(ctx context.Context) ([]Cell, error) {
	if err := w.answerable(ctx, scores); err != nil {
		return nil, err
	}
	rows, err := w.ask(ctx, duck.Call{Name: "ask/heat"})
	out := make([]Cell, 0, len(rows))
	for _, r := range rows {
		out = append(out, Cell{
			R: int(r.whole("r")), F: int(r.whole("f")), Customers: r.whole("customers"), NetRevenue: r.float("net_revenue"),
		})
	}
	return out, err
}

// Cuts returns the cut-points in force: quantiles of the data, or frozen ones.
func (w *Workspace) Cuts(ctx context.Context) (rfm.Cuts, error) {
	if err := w.answerable(ctx, scores); err != nil {
		return rfm.Cuts{}, err
	}
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.state.Cuts, nil
}

// Scheme describes a segmentation scheme that can be chosen.
type Scheme struct{ Name, Title, Explanation string }

// Schemes lists the shipped schemes, the default first.
func Schemes() ([]Scheme, error) {
	names := rfm.Names()
	sort.SliceStable(names, func(i, j int) bool { return names[i] == rfm.Default && names[j] != rfm.Default })
	out := make([]Scheme, 0, len(names))
	for _, name := range names {
		s, err := rfm.Builtin(name)
		if err != nil {
			return nil, err
		}
		out = append(out, Scheme{Name: s.Name, Title: i18n.T(s.Title), Explanation: s.Explanation()})
	}
	return out, nil
}

// CheckScheme returns the name of the scheme in a scheme file, or what is wrong
// with the file.
func CheckScheme(file string, text []byte) (string, error) {
	s, err := rfm.Parse(file, text)
	if err != nil {
		return "", err
	}
	return s.Name, nil
}
