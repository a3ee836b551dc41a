package whatif

import "worth/internal/i18n"

// Figures are what customers are worth under one set of assumptions. Money is in the
// currency of the baseline. All are finite.
type Figures struct {
	Value    float64 // equity: Σ value, which is expected discounted margin less upkeep, plus weighted referral credit (by formula also less CAC)
	Mean     float64 // value per customer
	Share    float64 // of the value of all, 0–1 unless some are negative; 0 if all are worth nothing
	Referral float64 // the part of Value that is referral credit
	Upkeep   float64 // the upkeep subtracted in Value

	Orders    float64 // expected orders of the next 12 months per customer
	AOV       float64 // expected spend per order in these
	Retention float64 // share of those active today who are still active in 12 months
	CAC       float64 // cost of acquiring a customer, 0 if unknown
	Gross     float64 // value per customer before acquisition: what CAC is compared with
}

// PerCAC returns CLV : CAC, and false if CAC is not known.
func (f Figures) PerCAC() (float64, bool) {
	if f.CAC <= 0 {
		return 0, false
	}
	return f.Gross / f.CAC, true
}

// TargetPerCAC is the CLV : CAC that counts as healthy.
const TargetPerCAC = 3

// BreakEven returns the highest CAC at which CLV : CAC is 3 : 1, at least 0.
func (f Figures) BreakEven() float64 { return max(0, f.Gross/TargetPerCAC) }

// Line compares baseline and scenario for a segment or for all.
type Line struct {
	Scope     Scope // Everyone for the total
	Customers int
	Historic  float64 // value so far, the same in both
	Cost      float64 // what acquiring them is known to have cost, the same in both
	Baseline  Figures
	Scenario  Figures
}

// Change returns what the scenario adds to equity.
func (l Line) Change() float64 { return l.Scenario.Value - l.Baseline.Value }

// ChangeShare returns the change as a share of the baseline, and false if that is not
// positive.
func (l Line) ChangeShare() (float64, bool) {
	if l.Baseline.Value <= 0 {
		return 0, false
	}
	return l.Change() / l.Baseline.Value, true
}

// Result is what a scenario comes to.
type Result struct {
	Mode     Mode
	Total    Line
	Segments []Line   // in the order of Model.Segments
	Beyond   Beyond   // in Total, and in none of the segments
	Unvalued int      // customers whose expected spend does not exist; they count 0
	Notes    []string // sentences: settings held at a bound, or for segments that are not there
}

// Beyond is the weighted referral credit of people who are no customers here: referrers
// nobody knows, or without an order. With it the credit of everybody sums to 0.
type Beyond struct{ Baseline, Scenario float64 }

// Mouth is what word of mouth comes to.
type Mouth struct {
	Total    MouthLine
	Segments []MouthLine // in the order of Model.Segments
	Beyond   MouthLine   // of people who are no customers here
}

// MouthLine compares what word of mouth comes to at the baseline and in a scenario.
type MouthLine struct {
	Scope    Scope
	Baseline MouthFigures
	Scenario MouthFigures
}

// MouthFigures are sums over customers, before referral credit is weighted. Credited less
// Passed is referral credit; over everybody they are equal. Influence counts the same value
// once for everybody above it and is never added to the others.
type MouthFigures struct {
	Credited  float64 // received for those brought in
	Passed    float64 // passed up to the referrer
	Influence float64
	CRV       float64 // customer referral value
}

func (f *MouthFigures) add(o MouthFigures) {
	f.Credited += o.Credited
	f.Passed += o.Passed
	f.Influence += o.Influence
	f.CRV += o.CRV
}

// Tier is a customer's rank by value.
type Tier uint8

// The tiers. Their thresholds are those of the baseline: the top fifth of customers,
// the next three tenths and the other half.
const (
	TierTop Tier = iota
	TierMiddle
	TierRest
	tiers
)

// Name returns the name of a tier on screen.
func (t Tier) Name() string {
	switch t {
	case TierTop:
		return i18n.T("top fifth")
	case TierMiddle:
		return i18n.T("next three tenths")
	default:
		return i18n.T("lower half")
	}
}

// Short returns the name of a tier where there is no room for Name.
func (t Tier) Short() string {
	switch t {
	case TierTop:
		return i18n.T("top")
	case TierMiddle:
		return i18n.T("middle")
	default:
		return i18n.T("lower")
	}
}

// Spread is how value is spread over customers.
type Spread struct {
	Mean       float64
	Median     float64
	Deciles    [9]float64     // the values 10 %, …, 90 % of customers stay below
	Tenths     [10]float64    // Σ value of each tenth of customers, the most valuable first
	Tiers      [tiers]int     // customers by tier
	TierValues [tiers]float64 // Σ value by tier
}

// Distribution compares how value is spread, and who changes tier.
type Distribution struct {
	Thresholds [2]float64 // least value of the top and of the middle tier
	Baseline   Spread
	Scenario   Spread
	Moves      [tiers][tiers]int // customers by tier at the baseline, then in the scenario
	Segments   []SegmentSpread   // in the order of Model.Segments
}

// SegmentSpread is what a Distribution says of a segment.
type SegmentSpread struct {
	Scope          Scope
	BaselineMedian float64
	ScenarioMedian float64
	Up, Down       int // customers who change to a better and to a worse tier
}

// Moved returns how many customers change tier.
func (d Distribution) Moved() int {
	var n int
	for from := range d.Moves {
		for to, count := range d.Moves[from] {
			if from != to {
				n += count
			}
		}
	}
	return n
}

// Row is one customer under a scenario. Money is in currency.
type Row struct {
	Customer     int32 // index into Customers
	Segment      Scope
	Historic     float64
	Cost         float64 // 0 if unknown
	Baseline     Parts
	Scenario     Parts
	BaselineTier Tier
	ScenarioTier Tier
}

// Parts is a customer's value and what it is made of.
type Parts struct {
	Value     float64 // Predicted + Referral
	Predicted float64 // expected discounted margin less upkeep
	Referral  float64 // weighted referral credit
}

// Total returns historic + predicted + referral − cost in the scenario.
func (r Row) Total() float64 { return r.Historic + r.Scenario.Value - r.Cost }

// Bar is what one lever does to the equity of a scenario: the lever a step lower and a
// step higher, everything else as it is.
type Bar struct {
	Lever     Lever
	At        float64    // where the lever stands
	Low, High float64    // a step lower and higher, within bounds
	Equity    [2]float64 // the equity at Low and at High
}

// Width returns the spread of equity.
func (b Bar) Width() float64 {
	if b.Equity[0] > b.Equity[1] {
		return b.Equity[0] - b.Equity[1]
	}
	return b.Equity[1] - b.Equity[0]
}

// Axis is a lever and the values a grid gives it.
type Axis struct {
	Lever  Lever
	Values []float64 // ascending, in the lever's unit
}

// Grid is the equity of a scenario under every pair of values of two levers.
type Grid struct {
	Scope      Scope
	Rows, Cols Axis
	Equity     [][]float64 // of everybody, by row and column
}
