package workspace

import (
	"context"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/tabular"
)

// Channel is what the customers of a channel bring, and what winning one through
// it costs. A customer belongs to the channel of the first order.
type Channel struct {
	Channel    string   `json:"channel"`     // in lower case; empty for customers whose orders name none
	Customers  int64    `json:"customers"`   // with a counted order in the window
	Orders     int64    `json:"orders"`      // theirs
	NetRevenue float64  `json:"net_revenue"` // theirs
	Historic   *float64 `json:"historic"`    // value so far of those it is known of, on the basis of the settings
	CLV        *float64 `json:"clv"`         // mean value expected within the horizon; nil without a fitted model
	Predicted  *float64 `json:"predicted"`   // the same of all its customers

	// What follows is nil for a channel of which nobody knows what it cost.

	Won   *int64   `json:"won"`   // customers whose first order came while it was spent on
	Spend *float64 `json:"spend"` // up to the as-of date
	CAC   *float64 `json:"cac"`   // spend per customer won; nil without any
	// Months is the months of age that were seen of any customer won, at most 12, and
	// Value what a customer brought in them: every customer at equal age.
	Months    *float64 `json:"months"`
	Value     *float64 `json:"value"`
	Ratio     *float64 `json:"clv_cac"`        // Value ÷ CAC
	Payback   *float64 `json:"payback_months"` // first month of age by whose end CAC is earned; nil if not yet
	BreakEven *float64 `json:"break_even_cac"` // the highest CAC for 3 : 1, Value ÷ 3
}

// healthyRatio is the ratio of value to acquisition cost from which a channel is
// healthy, and that a break-even CAC aims at.
const healthyRatio = 3

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
	const about = 0.1
	switch {
	case c.Ratio == nil:
		return BandUnknown
	case *c.Ratio < 1-about:
		return BandLoss
	case *c.Ratio <= 1+about:
		return BandBreakEven
	case *c.Ratio <= healthyRatio:
		return BandEarning
	}
	return BandHealthy
}

// bands are the names of the bands, in their order.
var bands = [...]i18n.Text{"unknown", "loss", "break-even", "earning", "healthy"}

// String returns the band in words.
func (b Band) String() string { return bands[b].String() }

// Channels returns the channels, most net revenue first; customers whose orders
// name none come last, under an empty name. It returns a *NoAnswerError when
// neither orders nor costs name a channel.
func (w *Workspace) Channels(ctx context.Context) ([]Channel, error) {
	if err := w.answerable(ctx, scores); err != nil {
		return nil, err
	}
	rows, err := w.ask(ctx, duck.Call{Name: "ask/channels"})
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || len(rows) == 1 && rows[0].text("channel") == "" {
		return nil, &NoAnswerError{i18n.T("no order names the channel it came through, and it is not known what channels cost; load orders with a channel column, or a file with channel, day and amount spent")}
	}
	out := make([]Channel, 0, len(rows))
	for _, r := range rows {
		out = append(out, channelOf(r))
	}
	return out, nil
}

func channelOf(r row) Channel {
	c := Channel{
		Channel: r.text("channel"), Customers: r.whole("customers"), Orders: r.whole("orders"), NetRevenue: r.float("net_revenue"),
		Historic: r.known("historic"), CLV: r.known("clv"), Predicted: r.known("predicted"), Spend: r.known("spend"), CAC: r.known("cac"),
		Months: r.known("months"), Value: r.known("value"), Payback: r.known("payback"),
	}
	if won, ok := r.cell("won").(int64); ok {
		c.Won = &won
	}
	if c.Value != nil {
		c.BreakEven = ratio(*c.Value, healthyRatio)
	}
	if c.CAC != nil && c.Value != nil {
		c.Ratio = ratio(*c.Value, *c.CAC)
	}
	return c
}

// ChannelTable returns channels as rows.
func ChannelTable(channels []Channel) *tabular.Table {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "channel", Title: "channel", Doc: "of a customer's first order"},
		{Name: "customers", Title: "customers", Kind: tabular.Integer, Doc: "with a counted order in the window"},
		{Name: "orders", Title: "orders", Kind: tabular.Integer},
		{Name: "net_revenue", Title: "net", Kind: tabular.Money},
		{Name: "historic", Title: "historic", Kind: tabular.Money, Doc: "value so far, on the basis in force"},
		{Name: "clv", Title: "CLV", Kind: tabular.Money, Doc: "mean value expected of a customer within the horizon"},
		{Name: "predicted", Title: "predicted", Kind: tabular.Money, Doc: "value expected of all its customers within the horizon"},
		{Name: "won", Title: "won", Kind: tabular.Integer, Doc: "customers whose first order came while it was spent on"},
		{Name: "spend", Title: "spend", Kind: tabular.Money, Doc: "on winning customers, up to the as-of date"},
		{Name: "cac", Title: "CAC", Kind: tabular.Money, Doc: "spend per customer won"},
		{Name: "months", Title: "months", Kind: tabular.Integer, Doc: "of age that were seen, at most 12"},
		{Name: "value", Title: "value", Kind: tabular.Money, Doc: "what a customer won brought in those months, on the basis in force"},
		{Name: "clv_cac", Title: "CLV : CAC", Kind: tabular.Float, Doc: "that value ÷ CAC"},
		{Name: "payback_months", Title: "payback", Kind: tabular.Integer, Unit: "months", Doc: "month of age by whose end CAC is earned"},
		{Name: "break_even_cac", Title: "break-even", Kind: tabular.Money, Doc: "the highest CAC for 3 : 1"},
		{Name: "band", Title: "reading", Doc: "loss, break-even, earning (above 1) or healthy (above 3)"},
	}}
	for _, c := range channels {
		var channel, band any
		if c.Channel != "" {
			channel = c.Channel
		}
		if c.Ratio != nil {
			band = string(bands[c.Band()])
		}
		t.Rows = append(t.Rows, []any{
			channel, c.Customers, c.Orders, c.NetRevenue, optional(c.Historic), optional(c.CLV), optional(c.Predicted), optional(c.Won), optional(c.Spend), optional(c.CAC),
			optional(c.Months), optional(c.Value), optional(c.Ratio), optional(c.Payback), optional(c.BreakEven), band,
		})
	}
	return t
}
