package clv

import (
	"math"
	"strings"

	"worth/internal/i18n"
)

// Timing says when in a year its profit comes in.
type Timing int

// The timings of a year's profit.
const (
	TimingDefault Timing = iota // the end of the year; its start in a perpetuity
	TimingEnd                   // the end of the year
	TimingStart                 // the start of the year, the first at once
)

// ParseTiming returns the timing of "end", "start" or "" (the default).
func ParseTiming(name string) (Timing, error) {
	switch strings.ToLower(name) {
	case "":
		return TimingDefault, nil
	case "end":
		return TimingEnd, nil
	case "start":
		return TimingStart, nil
	}
	return 0, i18n.Errorf("the timing %q is not known; choose end (of the year) or start", name)
}

// Formula is lifetime value by arithmetic: what a customer brings a year, for as
// many years as customers stay, less what the customer costs. Money is in one
// currency, shares are 0–1.
//
//	simple      f·m·L − CAC − u·L
//	discounted  Σ t=1..⌈L⌉ (f·m − u)/(1+d)^t − CAC, the last year pro-rated;
//	            t−1 when the year's profit comes in at its start
//	perpetual   (f·m − u)·(1+d)/(1+d−ρ) − CAC, ρ = 1 − 1/L; with profit at the
//	            end of each year ρ takes the place of the factor 1+d
type Formula struct {
	Frequency float64 // f: orders a year
	Profit    float64 // m: profit of one order
	Years     float64 // L: expected lifetime in years
	CAC       float64 // acquisition cost, paid once
	Upkeep    float64 // u: cost of keeping the customer, a year
	Discount  float64 // d: annual rate
	Timing    Timing  // when a year's profit comes in
	Perpetual bool    // the retention form: no end, each year ρ of customers stay
}

// The bounds of what a formula accepts. They are far beyond any shop; a value
// outside is a slip of the hand.
const (
	maxFrequency = 100_000
	maxMoney     = 1e12
	maxYears     = 100
	maxDiscount  = 10 // 1,000 % a year
)

// Lifetime returns the expected lifetime in years of customers of whom the share
// retention stays each year: 4 for 0.75.
func Lifetime(retention float64) (float64, error) {
	years := 1 / (1 - retention)
	if !(retention >= 0 && retention < 1 && years <= maxYears*(1+1e-9)) {
		return 0, i18n.Errorf("a retention of %s a year cannot be used; it must be at least 0 %% and at most %s, a lifetime of %d years",
			percent(retention), percent(1-1.0/maxYears), maxYears)
	}
	return years, nil
}

// Retention returns the share of customers that stays each year when they stay
// for years on average: 0.75 for 4. A lifetime under a year has none: it gives 0.
func Retention(years float64) float64 {
	return math.Max(0, 1-1/years)
}

// Value returns the lifetime value of the formula, or a sentence that says which
// input cannot be used. The value is finite.
func (f Formula) Value() (float64, error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	if f.Perpetual {
		return f.perpetual()
	}
	year := f.Frequency*f.Profit - f.Upkeep
	return year*f.yearFactors() - f.CAC, nil
}

// yearFactors returns what one unit of money in each year of the lifetime is
// worth today, the last year pro-rated.
func (f Formula) yearFactors() float64 {
	whole := math.Floor(f.Years)
	var sum float64
	for t := 1.0; t <= whole; t++ {
		sum += f.factor(t)
	}
	return sum + (f.Years-whole)*f.factor(whole+1)
}

// factor returns the discount factor of year t = 1, 2, ….
func (f Formula) factor(t float64) float64 {
	if f.Timing == TimingStart {
		t--
	}
	return math.Pow(1+f.Discount, -t)
}

// perpetual returns the value of a customer who stays each year with the
// retention that belongs to the lifetime.
func (f Formula) perpetual() (float64, error) {
	if f.Years < 1 {
		return 0, i18n.Errorf("a lifetime of %s year{s} is no yearly retention; the perpetual form needs at least 1 year", figure(f.Years))
	}
	retention := Retention(f.Years)
	first := 1 + f.Discount
	if f.Timing == TimingEnd {
		first = retention
	}
	year := f.Frequency*f.Profit - f.Upkeep
	return year*first/(1+f.Discount-retention) - f.CAC, nil
}

// check returns a sentence on the first input that cannot be used.
func (f Formula) check() error {
	inputs := []struct {
		value, low, high float64
		err              func(value, low, high string) error
	}{
		{f.Frequency, 0, maxFrequency, func(v, lo, hi string) error {
			return i18n.Errorf("a frequency of %s order{s} a year cannot be used; it must be %s to %s", v, lo, hi)
		}},
		{f.Profit, -maxMoney, maxMoney, func(v, lo, hi string) error {
			return i18n.Errorf("a profit of %s per order cannot be used; it must be %s to %s", v, lo, hi)
		}},
		{f.CAC, 0, maxMoney, func(v, lo, hi string) error {
			return i18n.Errorf("an acquisition cost of %s cannot be used; it must be %s to %s", v, lo, hi)
		}},
		{f.Upkeep, 0, maxMoney, func(v, lo, hi string) error {
			return i18n.Errorf("an upkeep of %s a year cannot be used; it must be %s to %s", v, lo, hi)
		}},
	}
	for _, in := range inputs {
		if !(in.value >= in.low && in.value <= in.high) {
			return in.err(figure(in.value), figure(in.low), figure(in.high))
		}
	}
	if !(f.Years > 0 && f.Years <= maxYears*(1+1e-9)) {
		return i18n.Errorf("a lifetime of %s year{s} cannot be used; it must be more than 0 and at most %d years", figure(f.Years), maxYears)
	}
	return checkDiscount(f.Discount)
}

// checkDiscount returns a sentence when an annual rate cannot be used.
func checkDiscount(annual float64) error {
	if annual >= 0 && annual <= maxDiscount {
		return nil
	}
	return i18n.Errorf("a discount of %s a year cannot be used; it must be 0 %% to %s", percent(annual), percent(maxDiscount))
}
