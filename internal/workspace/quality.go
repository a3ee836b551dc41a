package workspace

import (
	"context"
	"encoding/json"
	"slices"
	"sort"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/intake"
	"worth/internal/tabular"
)

// qualityArgs bounds the quality questions by the as-of date.
func qualityArgs(state derived) duck.Args {
	asOf := state.AsOf
	return duck.Args{"end": time.Date(asOf.Year(), asOf.Month(), asOf.Day()+1, 0, 0, 0, 0, state.Settings.location()).UTC()}
}

// Quality returns how much of the loaded data can be used, and what stands in
// the way of the rest.
func (w *Workspace) Quality(ctx context.Context) (Quality, error) {
	w.mu.RLock()
	state := w.state
	w.mu.RUnlock()
	rows, err := w.ask(ctx, state.priced(duck.Call{Name: "ask/quality", Args: qualityArgs(state)}))
	if err != nil {
		return Quality{}, err
	}
	r := rows[0]
	q := Quality{
		Orders: r.whole("orders"), Counted: r.whole("counted"), Credits: r.whole("credits"), CreditRevenue: r.float("credit_revenue"),
		Refunded: r.whole("refunded"), Excluded: r.whole("excluded"), ZeroAmount: r.whole("zero"), Anonymous: r.whole("anonymous"),
		Duplicates: r.whole("duplicates"), Rejected: r.whole("rejected"), Persons: r.whole("persons"), Merged: r.whole("merged"), FutureOrders: r.whole("future"),
		AfterAsOf:               r.whole("after_as_of"),
		IdentityCoverageOrders:  ratio(float64(r.whole("identified")), float64(r.whole("counted"))),
		IdentityCoverageRevenue: ratio(r.float("identified_revenue"), r.float("net_revenue")),
		RefundShare:             ratio(r.float("given_back"), r.float("gross")),
	}
	q.DateMin, q.DateMax = r.dayIn("date_min", state.Settings.location()), r.dayIn("date_max", state.Settings.location())
	q.Currency, q.Currencies, q.Apart = state.Currency, state.Currencies, state.apart()
	if several, _ := r.cell("platforms").(bool); several {
		if err := w.spanning(ctx, &q, state); err != nil {
			return Quality{}, err
		}
	}
	if q.Files, err = w.Files(ctx); err != nil {
		return Quality{}, err
	}
	if state.marginless() {
		q.Warnings = append(q.Warnings, marginUnknown())
	}
	q.Warnings = append(q.Warnings, state.currencyWarnings()...)
	return q, nil
}

// Finding names orders that ask/quality counts, for OrdersBehind.
type Finding string

// The findings with orders behind them.
const (
	AllOrders     Finding = "all"
	CountedOrders Finding = "counted"
	Credits       Finding = "credit"
	Refunded      Finding = "refunded"
	Excluded      Finding = "excluded"
	ZeroAmount    Finding = "zero"
	Anonymous     Finding = "anonymous"
	Identified    Finding = "identified"
	AfterAsOf     Finding = "later"
	FutureOrders  Finding = "future"
	FromFile      Finding = "file"
)

// OrdersBehind returns the orders that a finding counts, latest first; file is the
// path for FromFile.
func (w *Workspace) OrdersBehind(ctx context.Context, finding Finding, file string) (*Rows, error) {
	if err := w.answerable(ctx, someOrders); err != nil {
		return nil, err
	}
	state := w.derivedState()
	args := qualityArgs(state)
	args["finding"], args["file"] = string(finding), file
	c := state.priced(duck.Call{Name: "grid/orders_rows", Args: args})
	if finding == FromFile { // all of them, in their own currencies
		c.Parts = nil
	}
	trace(ctx, c)
	c.Name = "grid/orders_view"
	return w.open(ctx, c, foundColumns)
}

// foundColumns are the columns of OrdersBehind.
var foundColumns = []tabular.Column{
	{Name: "order_id", Title: "order", Doc: "as the file calls it"},
	{Name: "customer_id", Title: "customer", Doc: "as the file calls the customer"},
	{Name: "ordered_at", Title: "ordered", Kind: tabular.Time, Doc: "in the time zone of the settings"},
	{Name: "standing", Title: "counts as", Doc: "purchase, credit, refunded or excluded"},
	{Name: "status", Title: "status", Doc: "in the words of the file"},
	{Name: "platform", Title: "platform"},
	{Name: "shop", Title: "shop"},
	{Name: "channel", Title: "channel"},
	{Name: "currency", Title: "currency"},
	{Name: "gross", Title: "gross", Kind: tabular.Money},
	{Name: "discount", Title: "discount", Kind: tabular.Money},
	{Name: "refund", Title: "refund", Kind: tabular.Money},
	{Name: "net_revenue", Title: "net", Kind: tabular.Money},
	{Name: "file", Title: "file", Doc: "where it stands"},
	{Name: "line", Title: "line", Kind: tabular.Integer, Doc: "record in the file, a header being 1"},
}

// spanning counts the persons who bought on several platforms.
func (w *Workspace) spanning(ctx context.Context, q *Quality, state derived) error {
	rows, err := w.ask(ctx, state.priced(duck.Call{Name: "ask/platforms", Args: qualityArgs(state)}))
	if err != nil {
		return err
	}
	q.Spanning = rows[0].whole("spanning")
	q.SpanningRevenue = ratio(rows[0].float("net_revenue"), rows[0].float("known_revenue"))
	return nil
}

func ratio(part, whole float64) *float64 {
	if whole == 0 {
		return nil
	}
	share := part / whole
	return &share
}

// Files returns what became of every file loaded, in the order of loading.
func (w *Workspace) Files(ctx context.Context) ([]FileReport, error) {
	rows, err := w.ask(ctx, duck.Call{Name: "ask/files"})
	if err != nil {
		return nil, err
	}
	location := w.Settings().location()
	out := make([]FileReport, 0, len(rows))
	for _, r := range rows {
		f := FileReport{
			File: r.text("path"), Kind: r.text("kind"), Format: r.text("format"), Encoding: r.text("encoding"), Sheet: r.text("sheet"), Rows: r.whole("rows"),
			Kept: r.whole("kept"), Rejected: r.whole("rejected"), Credits: r.whole("credits"), Excluded: r.whole("excluded"),
			Duplicates: r.whole("duplicates"), NetRevenue: r.money("net_revenue"),
		}
		if first := r.dayIn("date_min", location); first != "" {
			last := r.dayIn("date_max", location)
			f.DateMin, f.DateMax = &first, &last
		}
		if f.Mapping, err = mapped(r.text("mapping")); err != nil {
			return nil, i18n.Errorf("%s: the mapping kept for the file cannot be read: %v", f.File, err)
		}
		conversions, looked, err := intake.KeptConversions(r.text("conversions"))
		if err != nil {
			return nil, i18n.Errorf("%s: %v", f.File, err)
		}
		f.Conversions, f.Looked = conversionsOf(conversions), looked
		f.Warnings, f.Columns = r.texts("warnings"), r.texts("columns")
		for _, c := range f.Columns {
			if !slices.ContainsFunc(f.Mapping, func(m Mapped) bool { return m.Column == c }) {
				f.Unmapped = append(f.Unmapped, c)
			}
		}
		out = append(out, f)
	}
	return out, nil
}

func mapped(text string) ([]Mapped, error) {
	m := map[string]string{}
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		return nil, i18n.Errorf("%q is not a mapping: %v", text, err)
	}
	out := make([]Mapped, 0, len(m))
	for field, column := range m {
		out = append(out, Mapped{Field: field, Column: column, Sure: true})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Field < out[j].Field })
	return out, nil
}
