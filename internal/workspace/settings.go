package workspace

import (
	"slices"
	"strings"
	"time"

	"worth/internal/i18n"
	"worth/internal/rfm"
)

// Basis is what a customer's value is counted in.
type Basis string

// The bases of value.
const (
	NetRevenue   Basis = "net_revenue"  // after discounts and refunds, without tax and shipping
	Margin       Basis = "margin"       // net revenue less the cost of goods, or × the margin rate
	Contribution Basis = "contribution" // margin less what contacting the customer cost, as files of campaign members say
)

// Monetary is what the M of RFM measures.
type Monetary string

// The readings of M.
const (
	TotalSpend   Monetary = "total"   // net revenue of all counted orders
	AverageSpend Monetary = "average" // net revenue per counted order
)

// Settings are the assumptions every number carries. The zero value of a field
// means its default.
type Settings struct {
	AsOf         time.Time `json:"as_of,omitzero"`        // last day that counts; zero: the last order not in the future
	TimeZone     string    `json:"time_zone,omitempty"`   // IANA name in which days are counted; empty: UTC
	Currency     string    `json:"currency,omitempty"`    // ISO code of the money that counts; empty: that of most orders
	Rates        string    `json:"rates,omitempty"`       // exchange rates into it, as ParseRates returns them; empty: other currencies are set aside
	Basis        Basis     `json:"basis,omitempty"`       // empty: NetRevenue
	MarginRate   float64   `json:"margin_rate,omitempty"` // share of net revenue, 0–1, where no cost is known; 0: unknown
	Window       int       `json:"window,omitempty"`      // months before the as-of date that count for F and M; 0: all history
	Scheme       string    `json:"scheme,omitempty"`      // name of a shipped scheme; empty: rfm.Default
	SchemeText   string    `json:"scheme_text,omitempty"` // the analyst's own scheme file, in full; Scheme is then its name
	Cuts         *rfm.Cuts `json:"cuts,omitempty"`        // frozen cut-points; nil: quantiles of the data
	Monetary     Monetary  `json:"monetary,omitempty"`    // empty: TotalSpend
	MergeSameDay bool      `json:"merge_same_day,omitempty"`
	SkipZero     bool      `json:"skip_zero,omitempty"`     // orders of zero amount do not count as purchases
	WithShipping bool      `json:"with_shipping,omitempty"` // shipping the buyer paid counts as revenue
	WithTax      bool      `json:"with_tax,omitempty"`      // so does tax, where the files say it
	Model        string    `json:"model,omitempty"`         // purchase model; empty: mbg-nbd
	Horizon      float64   `json:"horizon,omitempty"`       // months; 0: 12
	Discount     *float64  `json:"discount,omitempty"`      // annual rate, 0.1 is 10 %; nil: 0.1
	Referrals    Referrals `json:"referrals,omitzero"`
}

// Models are the purchase models that can be chosen, the default first.
var Models = []string{"mbg-nbd", "bg-nbd", "pareto-nbd"}

// mostDiscount is the highest annual rate that later value can be set to count less by;
// the sliders of scenarios end there too.
const mostDiscount = 1.0

// SettingError says that a setting cannot be what it is asked to be.
type SettingError struct{ cause error }

func (e *SettingError) Error() string { return e.cause.Error() }

// Unwrap returns what is wrong with the setting.
func (e *SettingError) Unwrap() error { return e.cause }

// check returns an error that names the setting that cannot be.
func (s Settings) check() error {
	if _, err := time.LoadLocation(s.TimeZone); err != nil {
		return i18n.Errorf("the time zone %q is not known; use a name such as Europe/Berlin (%v)", s.TimeZone, err)
	}
	if s.Basis != "" && !slices.Contains([]Basis{NetRevenue, Margin, Contribution}, s.Basis) {
		return i18n.Errorf("the basis %q is not known; choose net_revenue, margin or contribution", string(s.Basis))
	}
	if !(s.MarginRate >= -1 && s.MarginRate <= 1) {
		return i18n.Errorf("a margin of %s is not possible; give a share such as 35%%", i18n.Percent(s.MarginRate, 0))
	}
	if s.Window < 0 {
		return i18n.Errorf("a window of %d month{s} is not possible; give a number of months, or 0 for all history", s.Window)
	}
	if s.Model != "" && !slices.Contains(Models, s.Model) {
		return i18n.Errorf("the model %q is not known; choose %s", s.Model, strings.Join(Models, ", "))
	}
	if s.Monetary != "" && s.Monetary != TotalSpend && s.Monetary != AverageSpend {
		return i18n.Errorf("the monetary measure %q is not known; choose total or average", string(s.Monetary))
	}
	if err := s.terms(0).Check(); err != nil { // horizon and discount
		return err
	}
	if d := s.terms(0).Discount; d > mostDiscount {
		return i18n.Errorf("a discount of %s a year cannot be used; it must be 0 %% to %s", i18n.Percent(d, 0), i18n.Percent(mostDiscount, 0))
	}
	if s.Currency != "" && !currencyCode.MatchString(s.Currency) {
		return i18n.Errorf("%q is no currency; write a code of three letters such as EUR", s.Currency)
	}
	if _, err := keptRates(s.Rates); err != nil {
		return err
	}
	if err := s.Referrals.check(); err != nil {
		return err
	}
	return s.checkScores()
}

// checkScores returns an error when there is no such scheme, or when the cut-points
// are none or are not made for as many levels as the scheme is.
func (s Settings) checkScores() error {
	scheme, err := s.scheme()
	if err != nil || s.Cuts == nil {
		return err
	}
	if err := s.Cuts.Validate(); err != nil {
		return err
	}
	if have := s.Cuts.Levels(); scheme.Levels != 0 && have != scheme.Levels {
		return i18n.Errorf("the scheme %s scores on %d level{s} and the cut-points make %d; choose other cut-points or another scheme",
			scheme.Name, scheme.Levels, have)
	}
	return nil
}

// charged names the macro that makes revenue of what an order brought.
func (s Settings) charged() string {
	switch {
	case s.WithShipping && s.WithTax:
		return "charged_both"
	case s.WithShipping:
		return "charged_shipping"
	case s.WithTax:
		return "charged_tax"
	}
	return "charged_goods"
}

// scheme returns the segmentation scheme the settings name.
func (s Settings) scheme() (rfm.Scheme, error) {
	if s.SchemeText != "" {
		return rfm.Parse(s.Scheme, []byte(s.SchemeText))
	}
	if s.Scheme == "" {
		return rfm.Builtin(rfm.Default)
	}
	return rfm.Builtin(s.Scheme)
}
