package workspace

import (
	"slices"

	"worth/internal/tabular"
)

// customerColumns are the columns of derived.customers as grids and verbs show
// them, in the order of queries/grid/customers_columns.sql.
var customerColumns = []tabular.Column{
	{Name: "customer_id", Title: "customer", Doc: "the id the files give the customer"},
	{Name: "first_order", Title: "first", Kind: tabular.Date, Doc: "day of the first counted order"},
	{Name: "last_order", Title: "last", Kind: tabular.Date, Doc: "day of the last counted order"},
	{Name: "recency_days", Title: "recency", Kind: tabular.Integer, Unit: "days", Doc: "days from the last order to the as-of date"},
	{Name: "orders", Title: "orders", Kind: tabular.Integer, Doc: "counted orders in the window"},
	{Name: "net_revenue", Title: "net", Kind: tabular.Money, Doc: "net revenue in the window, after discounts and refunds"},
	{Name: "aov", Title: "AOV", Kind: tabular.Money, Doc: "net revenue per counted order"},
	{Name: "gap_days", Title: "gap", Kind: tabular.Float, Unit: "days", Doc: "median days between order days"},
	{Name: "tenure_days", Title: "tenure", Kind: tabular.Integer, Unit: "days", Doc: "days from the first order to the as-of date"},
	{Name: "refund_rate", Title: "refunded", Kind: tabular.Share, Doc: "refunds and credits as a share of gross"},
	{Name: "margin", Title: "margin", Kind: tabular.Money, Doc: "net revenue less cost of goods, where it is known"},
	{Name: "r", Title: "R", Kind: tabular.Integer, Doc: "recency score, 5 is most recent"},
	{Name: "f", Title: "F", Kind: tabular.Integer, Doc: "frequency score, 5 is most often"},
	{Name: "m", Title: "M", Kind: tabular.Integer, Doc: "monetary score, 5 is most spent"},
	{Name: "segment", Title: "segment", Doc: "segment of the scheme in force"},
	{Name: "orders_per_year", Title: "orders/yr", Kind: tabular.Integer, Doc: "counted orders in the last 365 days"},
	{Name: "x", Title: "x", Kind: tabular.Integer, Doc: "repeat purchase days, for purchase models"},
	{Name: "t_x", Title: "t_x", Kind: tabular.Float, Unit: "days", Doc: "days from the first to the last purchase"},
	{Name: "t_cal", Title: "T", Kind: tabular.Float, Unit: "days", Doc: "days from the first purchase to the as-of date"},
	{Name: "m_x", Title: "m_x", Kind: tabular.Money, Doc: "mean spend of repeat purchase days, 0 without any"},
	{Name: "p_alive", Title: "P(alive)", Kind: tabular.Share, Doc: "probability that the customer is still active"},
	{Name: "expected_orders", Title: "exp. orders", Kind: tabular.Float, Doc: "expected orders over the horizon"},
	{Name: "orders_low", Title: "orders low", Kind: tabular.Integer, Doc: "orders over the horizon that one in ten such customers stays under"},
	{Name: "orders_high", Title: "orders high", Kind: tabular.Integer, Doc: "orders over the horizon that one in ten such customers exceeds"},
	{Name: "p_no_order", Title: "P(none)", Kind: tabular.Share, Doc: "probability of no order over the horizon"},
	{Name: "expected_spend", Title: "exp. spend", Kind: tabular.Money, Doc: "expected spend over the horizon"},
	{Name: "clv", Title: "CLV", Kind: tabular.Money, Doc: "discounted expected value over the horizon"},
	{Name: "clv_low", Title: "CLV low", Kind: tabular.Money, Doc: "value that one in ten such customers stays under"},
	{Name: "clv_high", Title: "CLV high", Kind: tabular.Money, Doc: "value that one in ten such customers exceeds"},
	{Name: "historic", Title: "historic", Kind: tabular.Money, Doc: "value brought so far, on the basis in force"},
	{Name: "predicted", Title: "predicted", Kind: tabular.Money, Doc: "value expected over the horizon"},
	{Name: "referral", Title: "referral", Kind: tabular.Money, Doc: "value credited for referrals, less value passed up"},
	{Name: "cost", Title: "cost", Kind: tabular.Money, Doc: "what it cost to win the customer, where channel costs are known"},
	{Name: "value", Title: "value", Kind: tabular.Money, Doc: "historic + predicted + referral − cost"},
}

// CustomerColumns returns the columns of the customers grid.
func (w *Workspace) CustomerColumns() []tabular.Column { return slices.Clone(customerColumns) }
