package workspace

import (
	"context"

	"worth/internal/duck"
	"worth/internal/i18n"
)

// Channel is what winning customers through a channel costs, and what they bring.
type Channel struct {
	Channel   string   `json:"channel"`
	Customers int64    `json:"customers"` // first order through the channel while it was spent on
	Spend     float64  `json:"spend"`     // up to the as-of date
	CAC       *float64 `json:"cac"`       // spend per customer won; nil without any
	Historic  *float64 `json:"historic"`  // value so far of those it is known of, on the basis of the settings
	CLV       *float64 `json:"clv"`       // mean value expected within the horizon; nil without a fitted model
	// Months is the months of age that were seen of any customer, at most 12, and
	// Value what a customer brought in them: every customer at equal age.
	Months  *float64 `json:"months"`
	Value   *float64 `json:"value"`
	Ratio   *float64 `json:"ratio"`          // Value ÷ CAC
	Payback *float64 `json:"payback_months"` // first month of age by whose end CAC is earned; nil if not yet
}

// Band is how a ratio of value to acquisition cost is read.
type Band int

// The bands.
const (
	BandUnknown   Band = iota
	BandLoss           // below 0.9: customers cost more than they bring
	BandBreakEven      // about 1
	BandEarning        // above 1.1
	BandHealthy        // above 3
)

// Band returns the band of the ratio.
func (c *Channel) Band() Band {
	const about, healthy = 0.1, 3
	switch {
	case c.Ratio == nil:
		return BandUnknown
	case *c.Ratio < 1-about:
		return BandLoss
	case *c.Ratio <= 1+about:
		return BandBreakEven
	case *c.Ratio <= healthy:
		return BandEarning
	}
	return BandHealthy
}

// String returns the band in words.
func (b Band) String() string {
	switch b {
	case BandUnknown:
		return i18n.T("unknown")
	case BandLoss:
		return i18n.T("loss")
	case BandBreakEven:
		return i18n.T("break-even")
	case BandEarning:
		return i18n.T("earning")
	case BandHealthy:
		return i18n.T("healthy")
	}
	return ""
}

// Channels returns the channels whose cost is known, by name. It returns a
// *NoAnswerError when no costs of channels were loaded.
func (w *Workspace) Channels(ctx context.Context) ([]Channel, error) {
	if err := w.answerable(ctx, scores); err != nil {
		return nil, err
	}
	rows, err := w.ask(ctx, duck.Call{Name: "ask/channels"})
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, &NoAnswerError{i18n.T("it is not known what channels cost; load a file with channel, day and amount spent")}
	}
	var out []Channel
	for _, r := range rows {
		c := Channel{
			Channel: r.text("channel"), Customers: r.whole("customers"), Spend: r.float("spend"), CAC: r.known("cac"),
			Historic: r.known("historic"), CLV: r.known("predicted"), Months: r.known("months"), Value: r.known("value"), Payback: r.known("payback"),
		}
		if c.CAC != nil && c.Value != nil {
			c.Ratio = ratio(*c.Value, *c.CAC)
		}
		out = append(out, c)
	}
	return out, nil
}
