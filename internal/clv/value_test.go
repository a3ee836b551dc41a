package clv

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

// TestValueReference checks values of three CDNOW customers and sums over all at
// the exact fits.
func TestValueReference(t *testing.T) {
	people := readSample(t)
	bg := mustNew(t, BGNBD, exactBG...)
	tests := []struct {
		months, discount float64
		want             [3]string
	}{
		{12, 0, [3]string{"38.53567963057", "8.87846461793", "300.92139480099"}},
		{12, 0.1, [3]string{"36.73373252439", "8.45317266193", "287.08478659468"}},
		{36, 0.1, [3]string{"77.62426674146", "19.36228012517", "579.72398017776"}},
		{120, 0.1, [3]string{"130.46489941373", "35.95502187578", "932.96125108749"}},
	}
	for _, test := range tests {
		for i, id := range []int{1, 3, 6} {
			got := mustValue(t, bg, people[id-1], lasting(test.months, test.discount))
			want := number(t, test.want[i])
			near(t, "value of customer "+strconv.Itoa(id), got, want, 1e-9)
		}
	}
	var sum float64
	for _, p := range people {
		sum += mustValue(t, bg, p, yearly)
	}
	near(t, "Σ value", sum, 72403.344684, 1e-10)
}

// mustValue returns a customer's value, which must exist.
func mustValue(t testing.TB, p Purchases, of person, terms Terms) float64 {
	t.Helper()
	v, err := Value(p, exactSpend, of.History, of.m, terms)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestValueOfEveryCustomer checks the reference table row by row. It counts months
// of 4.345 weeks and discounts 1 % a month.
func TestValueOfEveryCustomer(t *testing.T) {
	people := readSample(t)
	bg := mustNew(t, BGNBD, exactBG...)
	rows := readCSV(t, dataFile(t, "cdnow_sample_bgnbd_gg_reference.csv"))
	if len(rows) != 2357 || len(people) != 2357 {
		t.Fatalf("%d rows for %d customers, want 2,357", len(rows), len(people))
	}
	terms := Terms{Margin: 1, Horizon: 12, Unit: 7, Month: 4.345 * 7}
	monthly := terms
	monthly.Discount = math.Pow(1.01, 12) - 1
	for i, row := range rows {
		of, name := people[i], "of customer "+row["id"]
		if of.X != int(number(t, row["frequency"])) || of.holdout != int(number(t, row["holdout39"])) {
			t.Fatalf("the history %s is %+v, want %v", name, of, row)
		}
		near(t, "P(alive) "+name, bg.Alive(of.History), number(t, row["p_alive"]), 1e-7)
		near(t, "E[Y(39)] "+name, bg.Expected(of.History, 39), number(t, row["e39"]), 1e-7)
		spend, err := exactSpend.Mean(of.X, of.m)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "E[M] "+name, spend, number(t, row["spend"]), 1e-7)
		near(t, "value at 1 % a month "+name, mustValue(t, bg, of, monthly), number(t, row["clv12_W_d01"]), 1e-7)
		near(t, "value "+name, mustValue(t, bg, of, terms), number(t, row["clv12_W_d0"]), 1e-7)
	}
}

// TestValueSpread checks standard deviations of discounted value, which simulation
// of 400,000 customers confirmed to half a percent.
func TestValueSpread(t *testing.T) {
	people := readSample(t)
	bg := mustNew(t, BGNBD, exactBG...)
	tests := []struct {
		id     int
		months float64
		want   string
	}{{1, 12, "49.872"}, {6, 12, "325.868"}, {1, 120, "192.228"}, {6, 120, "1413.445"}}
	for _, test := range tests {
		of := people[test.id-1]
		v, err := ValueVariance(bg, exactSpend, of.History, of.m, lasting(test.months, 0.1))
		if err != nil {
			t.Fatal(err)
		}
		printed(t, "standard deviation", math.Sqrt(v), test.want)
	}
}

// scaled returns a model and a history with time counted in units that are shorter
// by the factor.
func scaled(t testing.TB, p Purchases, h History, factor float64) (Purchases, History) {
	t.Helper()
	params := append([]float64(nil), p.Params()...)
	params[1] *= factor
	if p.Model() == ParetoNBD {
		params[3] *= factor
	}
	return mustNew(t, p.Model(), params...), History{h.X, h.TX * factor, h.T * factor}
}

// models returns one of each purchase model.
func models(t testing.TB) []Purchases {
	t.Helper()
	return []Purchases{mustNew(t, BGNBD, exactBG...), mustNew(t, MBGNBD, exactMBG...), mustNew(t, ParetoNBD, exactPareto...)}
}

// someHistories are histories in weeks, from the newest customer to a buyer of
// every other day.
var someHistories = []History{{0, 0, 0}, {0, 0, 38.86}, {1, 1.71, 38.86}, {2, 30.43, 38.86}, {7, 29.43, 38.86}, {29, 37.7, 38.9}, {150, 38.5, 38.86}, {3, 200, 260}}

// TestValueKnowsNoUnit: a value is the same with time in days, weeks and months.
func TestValueKnowsNoUnit(t *testing.T) {
	for _, weeks := range models(t) {
		for _, h := range someHistories {
			for _, terms := range []Terms{lasting(12, 0.1), lasting(7.5, 0.3), lasting(60, 0)} {
				want := mustValue(t, weeks, person{History: h, m: 40}, terms)
				for _, unit := range []float64{1, DaysPerMonth} {
					p, other := scaled(t, weeks, h, 7/unit)
					inUnit := terms
					inUnit.Unit = unit
					got := mustValue(t, p, person{History: other, m: 40}, inUnit)
					near(t, p.Model().String()+" value in units of "+figure(unit)+" days", got, want, 1e-11)
				}
			}
		}
	}
}

// TestValueIsMonotone: more margin and a longer horizon never lower a value, more
// discount never raises it.
func TestValueIsMonotone(t *testing.T) {
	moves := map[string]func(float64) Terms{
		"margin": func(by float64) Terms {
			terms := yearly
			terms.Margin = by
			return terms
		},
		"horizon":  func(by float64) Terms { return lasting(120*by, 0.1) },
		"discount": func(by float64) Terms { return lasting(36, 10*(1-by)) },
	}
	for _, p := range models(t) {
		for name, move := range moves {
			for _, h := range someHistories {
				last := math.Inf(-1)
				for by := 0.01; by <= 1; by += 0.01 {
					v := mustValue(t, p, person{History: h, m: 40}, move(by))
					if v < last {
						t.Errorf("%v, %v: %s at %v lowers the value from %v to %v", p.Model(), h, name, by, last, v)
					}
					last = v
				}
			}
		}
	}
}

// TestValueRisesWithRetention: the less likely customers are to leave, the more
// each of them is worth.
func TestValueRisesWithRetention(t *testing.T) {
	for _, p := range models(t) {
		for _, h := range someHistories {
			last := math.Inf(1)
			for dropout := 0.1; dropout < 5; dropout *= 1.1 {
				params := append([]float64(nil), p.Params()...)
				params[2] *= dropout // a, or s
				v := mustValue(t, mustNew(t, p.Model(), params...), person{History: h, m: 40}, yearly)
				if v > last {
					t.Errorf("%v, %v: dropout times %v raises the value from %v to %v", p.Model(), h, dropout, last, v)
				}
				last = v
			}
		}
	}
}

// TestFractionalMonths: a horizon a sliver longer than whole months is worth a
// sliver more, and half a month lies between.
func TestFractionalMonths(t *testing.T) {
	bg := mustNew(t, BGNBD, exactBG...)
	value := func(months float64) float64 {
		return mustValue(t, bg, person{History: someHistories[3], m: 22}, lasting(months, 0.1))
	}
	near(t, "value over 12 months and a sliver", value(12+1e-6), value(12), 1e-6)
	near(t, "value over 12 months less a sliver", value(12-1e-6), value(12), 1e-6)
	if half := value(12.5); !(half > value(12) && half < value(13)) {
		t.Errorf("12.5 months are worth %v, between %v and %v expected", half, value(12), value(13))
	}
	if brief := value(0.01); !(brief > 0 && brief < value(1)/50) {
		t.Errorf("a hundredth of a month is worth %v, a month %v", brief, value(1))
	}
}

func TestTermsRefuse(t *testing.T) {
	tests := map[string]Terms{
		"discount of -5 %":      {Margin: 1, Discount: -.05, Horizon: 12, Unit: 1},
		"margin of -200 %":      {Margin: -2, Horizon: 12, Unit: 1},
		"horizon of 0 months":   {Margin: 1, Unit: 1},
		"horizon of 2,400":      {Margin: 1, Horizon: 2400, Unit: 1},
		"unit of time of 0":     {Margin: 1, Horizon: 12},
		"discount of NaN":       {Margin: 1, Discount: math.NaN(), Horizon: 12, Unit: 1},
		"horizon of +Inf month": {Margin: 1, Horizon: math.Inf(1), Unit: 1},
		"month of -1 days":      {Margin: 1, Horizon: 12, Unit: 1, Month: -1},
	}
	for says, terms := range tests {
		if err := terms.Check(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: %v; want a sentence with %q", terms, err, says)
		}
	}
	bold := Terms{Margin: -1, Discount: 3, Horizon: maxHorizon, Unit: 1}
	v, err := Value(mustNew(t, BGNBD, exactBG...), exactSpend, History{2, 30, 38}, 20, bold)
	if err != nil || !(v < 0) || math.IsInf(v, 0) {
		t.Errorf("50 years at 300 %% and a margin of −100 %%: %v, %v; want a finite loss", v, err)
	}
}
