package rfm

import (
	"math"
	"testing"
)

func TestTierOf15And60Percent(t *testing.T) {
	for name, c := range map[string]struct {
		of   func(c, r float64) (float64, bool)
		want float64
	}{"index": {Index, 4}, "one worth": {OneWorth, 8.5}, "Gini": {TwoGroupGini, 0.45}} {
		if got, ok := c.of(0.15, 0.60); !ok || !near(got, c.want) {
			t.Errorf("%s = %v, %v; want %v", name, got, ok, c.want)
		}
	}
}

func TestConcentrationUndefined(t *testing.T) {
	for _, c := range []struct {
		of       func(c, r float64) (float64, bool)
		customer float64
		revenue  float64
	}{
		{Index, 0, 0.5},
		{Index, 1.1, 0.5},
		{Index, 0.5, math.NaN()},
		{OneWorth, 0, 0.5},
		{OneWorth, 1, 1},
		{OneWorth, 0.5, 1},
		{OneWorth, math.NaN(), 0.5},
		{TwoGroupGini, 0.5, 1.2},
		{TwoGroupGini, -0.1, 0.5},
		{TwoGroupGini, 0.5, math.NaN()},
	} {
		if got, ok := c.of(c.customer, c.revenue); ok {
			t.Errorf("shares %v and %v gave %v", c.customer, c.revenue, got)
		}
	}
}

func TestGini(t *testing.T) {
	for _, c := range []struct {
		values  []float64
		want    float64
		clamped int
		ok      bool
	}{
		{[]float64{5, 5, 5, 5}, 0, 0, true},
		{[]float64{0, 0, 0, 8}, 0.75, 0, true},
		{[]float64{3, 1, 2}, 2.0 / 9, 0, true},
		{[]float64{-4, 0, -1, 8}, 0.75, 2, true},
		{[]float64{-4, 0}, 0, 1, false},
		{nil, 0, 0, false},
		{[]float64{1, math.NaN()}, 0, 0, false},
	} {
		got, clamped, ok := Gini(c.values)
		if !near(got, c.want) || clamped != c.clamped || ok != c.ok {
			t.Errorf("Gini(%v) = %v, %d, %v; want %v, %d, %v", c.values, got, clamped, ok, c.want, c.clamped, c.ok)
		}
	}
}

func TestGiniOfTwoGroups(t *testing.T) {
	// 100 customers of whom 15 share 60 % evenly and 85 the rest.
	values := make([]float64, 100)
	for i := range values {
		values[i] = 60.0 / 15
		if i >= 15 {
			values[i] = 40.0 / 85
		}
	}
	if got, _, _ := Gini(values); math.Abs(got-0.45) > 1e-9 {
		t.Errorf("Gini = %v, want 0.45", got)
	}
}
