package clv

import (
	"math"
	"testing"
)

// worked is the worked example: 10 orders a year at 80, for 4 years, bought for 300.
var worked = Formula{Frequency: 10, Profit: 80, Years: 4, CAC: 300}

// with returns the worked example at a discount, with its profit at some time.
func with(discount float64, timing Timing, perpetual bool) Formula {
	f := worked
	f.Discount, f.Timing, f.Perpetual = discount, timing, perpetual
	return f
}

func TestFormulaWorkedExamples(t *testing.T) {
	upkeep := worked
	upkeep.Upkeep = 50
	half := with(0.1, TimingEnd, false)
	half.Years = 2.5
	tests := []struct {
		name    string
		formula Formula
		want    string
	}{
		{"simple", worked, "2900.00"},
		{"simple with upkeep", upkeep, "2700.00"},
		{"8 % end", with(.08, TimingEnd, false), "2349.70"},
		{"8 % start", with(.08, TimingStart, false), "2561.68"},
		{"10 % default", with(.10, TimingDefault, false), "2235.89"},
		{"10 % end", with(.10, TimingEnd, false), "2235.89"},
		{"10 % start", with(.10, TimingStart, false), "2489.48"},
		{"12 % end", with(.12, TimingEnd, false), "2129.88"},
		{"12 % start", with(.12, TimingStart, false), "2421.47"},
		{"perpetual", with(0, TimingDefault, true), "2900.00"},
		{"perpetual 10 %", with(.10, TimingDefault, true), "2214.29"},
		{"perpetual 10 % start", with(.10, TimingStart, true), "2214.29"},
		{"perpetual 10 % end", with(.10, TimingEnd, true), "1414.29"},
		{"last year pro-rated", half, "1388.96"}, // 800·(1/1.1 + 1/1.21 + 0.5/1.331) − 300
	}
	for _, test := range tests {
		got, err := test.formula.Value()
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		printed(t, test.name, got, test.want)
	}
}

func TestRetentionIsLifetime(t *testing.T) {
	years, err := Lifetime(0.75)
	if err != nil || years != 4 {
		t.Fatalf("retention 75 %% is a lifetime of %v years, %v; want 4", years, err)
	}
	if got := Retention(4); got != 0.75 {
		t.Errorf("a lifetime of 4 years is a retention of %v, want 0.75", got)
	}
	f := worked
	f.Years = years
	got, err := f.Value()
	if err != nil {
		t.Fatal(err)
	}
	printed(t, "value at a retention of 75 %", got, "2900.00")
	for _, bad := range []float64{-.1, 1, 1.2, .999, math.NaN(), math.Inf(1)} {
		if years, err := Lifetime(bad); err == nil {
			t.Errorf("retention %v gives a lifetime of %v, want a sentence", bad, years)
		}
	}
	if years, err := Lifetime(0.99); err != nil || math.Abs(years-100) > 1e-9 {
		t.Errorf("retention 99 %%: %v, %v; want 100 years", years, err)
	}
}

// TestFormulaBadInput feeds every input what no shop has: a sentence or a finite
// number must come back.
func TestFormulaBadInput(t *testing.T) {
	refused := map[string]Formula{
		"discount −5 %":     with(-.05, TimingEnd, false),
		"discount NaN":      with(math.NaN(), TimingEnd, false),
		"discount 2,000 %":  with(20, TimingEnd, false),
		"lifetime 0":        {Frequency: 10, Profit: 80},
		"lifetime 200":      {Frequency: 10, Profit: 80, Years: 200},
		"lifetime −1":       {Frequency: 10, Profit: 80, Years: -1},
		"frequency −1":      {Frequency: -1, Profit: 80, Years: 1},
		"frequency +Inf":    {Frequency: math.Inf(1), Profit: 80, Years: 1},
		"profit NaN":        {Frequency: 1, Profit: math.NaN(), Years: 1},
		"cac −1":            {Frequency: 1, Profit: 80, Years: 1, CAC: -1},
		"upkeep −1":         {Frequency: 1, Profit: 80, Years: 1, Upkeep: -1},
		"perpetual, ½ year": {Frequency: 1, Profit: 80, Years: 0.5, Perpetual: true},
	}
	for name, f := range refused {
		if v, err := f.Value(); err == nil {
			t.Errorf("%s gives %v, want a sentence", name, v)
		}
	}
	edge := []float64{0, 1e-9, 0.5, 1, 3, 10}
	for _, d := range edge {
		for _, years := range []float64{1e-9, 0.5, 1, 99.5, 100} {
			for _, perpetual := range []bool{false, true} {
				f := Formula{Frequency: maxFrequency, Profit: -maxMoney, Years: years, CAC: maxMoney, Upkeep: maxMoney, Discount: d, Perpetual: perpetual}
				if v, err := f.Value(); err == nil && (math.IsNaN(v) || math.IsInf(v, 0)) {
					t.Errorf("discount %v, %v years: %v", d, years, v)
				}
			}
		}
	}
}

// TestFormulaIsMonotone: more profit, frequency and lifetime never lower the value,
// more discount, cost and upkeep never raise it.
func TestFormulaIsMonotone(t *testing.T) {
	moves := map[string]func(*Formula, float64){
		"frequency": func(f *Formula, by float64) { f.Frequency += by },
		"profit":    func(f *Formula, by float64) { f.Profit += by },
		"lifetime":  func(f *Formula, by float64) { f.Years += by },
		"discount":  func(f *Formula, by float64) { f.Discount = 1 - by/20 },
		"cac":       func(f *Formula, by float64) { f.CAC -= by },
		"upkeep":    func(f *Formula, by float64) { f.Upkeep = 20 - by },
	}
	for name, move := range moves {
		for _, perpetual := range []bool{false, true} {
			last := math.Inf(-1)
			for by := 0.0; by <= 20; by += 0.25 {
				f := with(0.1, TimingEnd, perpetual)
				move(&f, by)
				v, err := f.Value()
				if err != nil {
					t.Fatalf("%s +%v: %v", name, by, err)
				}
				if v < last {
					t.Errorf("%s +%v lowers the value from %v to %v (perpetual %v)", name, by, last, v, perpetual)
				}
				last = v
			}
		}
	}
}
