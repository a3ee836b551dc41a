package intake

// RevenueRule names the amounts from which an order's net revenue follows. Net
// revenue excludes shipping and tax and is after discounts and refunds.
type RevenueRule string

// The rules, the most direct first; RevenueOf picks the first whose fields are
// there. Where a subtracted field is not mapped it counts as nothing. A refund
// is subtracted as its absolute amount.
const (
	RevenueNet      RevenueRule = "net_revenue" // net_revenue
	RevenueSubtotal RevenueRule = "subtotal"    // subtotal − refund
	RevenueGross    RevenueRule = "gross"       // gross − |discount| − refund
	RevenueTotal    RevenueRule = "total"       // total − shipping − tax − refund
	RevenueLine     RevenueRule = "line_amount" // Σ line_amount − |discount| of the order − refund
	RevenuePrice    RevenueRule = "price"       // Σ (price × quantity − |line_discount|) − |discount| of the order − refund
	RevenueAmount   RevenueRule = "amount"      // Σ amount − refund
	RevenueNone     RevenueRule = "none"        // no amounts: money is null

	// RevenueTaxed is the subtotal less the tax in it: where total = subtotal +
	// shipping though there is tax, prices include it, and goods bear their share.
	RevenueTaxed RevenueRule = "subtotal_taxed"
	// RevenueLineGross is Σ (line_amount − |line_discount|) − |discount| of the order − refund.
	RevenueLineGross RevenueRule = "line_gross"
)

// revenueBase names the field each rule cannot do without.
var revenueBase = map[RevenueRule]Field{
	RevenueNet: NetRevenue, RevenueSubtotal: Subtotal, RevenueTaxed: Subtotal, RevenueGross: Gross, RevenueTotal: Total,
	RevenueLine: LineAmount, RevenueLineGross: LineAmount, RevenuePrice: Price, RevenueAmount: Amount, RevenueNone: "",
}

// RevenueOf returns the rule for the amounts that a mapping has. A total is
// preferred to gross when the discount is unknown, since gross then overstates.
func RevenueOf(m Mapping) RevenueRule {
	has := func(f Field) bool { _, ok := m[f]; return ok }
	switch {
	case has(NetRevenue):
		return RevenueNet
	case has(Subtotal):
		return RevenueSubtotal
	case has(Gross) && (has(Discount) || !has(Total)):
		return RevenueGross
	case has(Total):
		return RevenueTotal
	case has(LineAmount):
		return RevenueLine
	case has(Amount):
		return RevenueAmount
	case has(Price):
		return RevenuePrice
	}
	return RevenueNone
}
