package whatif

import "worth/internal/clv"

// Fitted is the baseline of a Model on a fitted purchase model. The Model keeps the
// slices; they must not be changed afterwards.
type Fitted struct {
	Purchases clv.Purchases
	Groups    []clv.Group // the distinct histories; N is not looked at
	Group     []int32     // of customers: index into Groups
	Spend     []float64   // of customers: expected value of an order (clv.Worth.PerOrder); NaN if it does not exist
	Customers Customers
	Segments  []string  // names, all different, at most 256
	Terms     clv.Terms // margin, discount and horizon of the baseline
	CAC       float64   // cost of acquiring one customer where Customers.Cost has none; 0 if unknown
	Upkeep    float64   // cost of keeping a customer for a year
	Referral  float64   // weight of referral credit in value, 0–1; 0 makes the baseline what clv predicts
}

// Customers are the customers of a baseline, column by column and all equally long.
// Money is in one currency. Several Models may share them.
type Customers struct {
	Segment  []uint8   // index into the segments
	Historic []float64 // value so far, or nil
	Referral []float64 // referral credit: received less passed up, or nil
	Cost     []float64 // what acquiring the customer cost, NaN if unknown, or nil

	Referrals *Referrals // what Referral follows from; nil: its assumptions cannot be moved
}

// Formulae is the baseline of a Model by formula.
type Formulae struct {
	Customers Customers
	Segments  []FormulaSegment
	Discount  float64    // annual rate
	Timing    clv.Timing // when in a year its profit comes in
	Perpetual bool       // the retention form
	Referral  float64    // weight of referral credit in value, 0–1
}

// FormulaSegment is what is estimated of a segment. Money is in one currency.
type FormulaSegment struct {
	Name      string
	Frequency float64 // orders a year
	AOV       float64 // spend per order; profit per order is AOV·Margin
	Margin    float64 // share of spend that is kept, −1 to 1
	Years     float64 // expected lifetime
	CAC       float64 // cost of acquiring one customer, 0 if unknown
	Upkeep    float64 // cost of keeping one customer for a year
	N         Counts  // what the estimates rest on
}

// Counts says on how much each estimate of a segment rests; 0 stands for a setting
// rather than an estimate.
type Counts struct {
	Frequency int // customers
	Profit    int // orders
	Lifetime  int // customers
	CAC       int // customers whose cost is known
}
