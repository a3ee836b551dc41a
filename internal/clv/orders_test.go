package clv

import "testing"

func TestOrderDistribution(t *testing.T) {
	d := OrderDistribution{0.5, 0.25, 0.05} // 0: .5, 1: .25, 2: .2, 3: .05
	near(t, "P(no order)", d.None(), 0.5, 0)
	for y, want := range []float64{0.5, 0.25, 0.2, 0.05, 0} {
		near(t, "P(Y = y)", d.Exactly(y), want, 1e-15)
	}
	near(t, "mean", d.Mean(), 0.8, 1e-15)
	near(t, "variance", d.Variance(), 0.25+0.8+0.45-0.64, 1e-14)
	for share, want := range map[float64]int{0: 0, 0.1: 0, 0.5: 0, 0.51: 1, 0.75: 1, 0.76: 2, 0.9: 2, 0.951: 3, 1: 3} {
		if got := d.Quantile(share); got != want {
			t.Errorf("the %v quantile is %d, want %d", share, got, want)
		}
	}
	var nobody OrderDistribution
	if nobody.None() != 1 || nobody.Mean() != 0 || nobody.Quantile(0.9) != 0 {
		t.Errorf("somebody who has left: %v, %v, %d", nobody.None(), nobody.Mean(), nobody.Quantile(0.9))
	}
}
