package clv

import (
	"context"
	"math"
	"strings"
	"testing"
)

// mustFit fits a model that can be fitted.
func mustFit(t testing.TB, m Model, groups []Group) *Fitted {
	t.Helper()
	fit, err := Fit(context.Background(), m, groups, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return fit
}

// total adds up sums.
func total(sums []Sum) Sum {
	var all Sum
	for _, s := range sums {
		all.Add(s)
	}
	return all
}

// mustInterval returns an interval that must exist.
func mustInterval(t testing.TB, sum Sum, purchases, spend [][]float64) Interval {
	t.Helper()
	interval, err := sum.Interval(purchases, spend)
	if err != nil {
		t.Fatal(err)
	}
	return interval
}

// TestOrderInterval checks the interval of all CDNOW customers' orders in 39 weeks.
func TestOrderInterval(t *testing.T) {
	groups := groupsOf(readSample(t))
	bg := mustNew(t, BGNBD, exactBG...)
	sums, err := OrderSums(context.Background(), bg, groups, 39)
	if err != nil {
		t.Fatal(err)
	}
	all := total(sums)
	for i, want := range []string{"1460.37722", "-15.89769", "-853.90121", "143.44845"} {
		printed(t, "slope of Σ E[Y(39)] by "+BGNBD.Names()[i], all.Gradient[i], want)
	}
	interval := mustInterval(t, all, mustFit(t, BGNBD, groups).Covariance, nil)
	printed(t, "Σ E[Y(39)]", interval.Mean, "1653.409")
	printed(t, "process", interval.Process, "69.550")
	printed(t, "parameters", interval.Parameters, "74.351")
	printed(t, "both", interval.SD(), "101.810")
	low, high := interval.Range(Z95)
	near(t, "2.5 %", low, 1453.9, 1e-4)
	near(t, "97.5 %", high, 1852.9, 1e-4)
}

// TestSegmentsAddUp: the sums of segments are the total, whatever the segments, and
// groups of equal customers are the customers one by one.
func TestSegmentsAddUp(t *testing.T) {
	mbg := mustNew(t, MBGNBD, exactMBG...)
	var single, grouped []MoneyGroup
	for i, h := range someHistories {
		var group MoneyGroup
		for _, m := range []float64{12.5, 40, 300 + float64(i)} {
			if h.X == 0 {
				m = 0
			}
			single = append(single, MoneyGroup{Group{h, 1}, m, m * m})
			group = MoneyGroup{Group{h, group.N + 1}, group.M + m, group.M2 + m*m}
		}
		grouped = append(grouped, group)
	}
	ones, groups := mustValueSums(t, mbg, single), mustValueSums(t, mbg, grouped)
	all, other := total(ones), total(groups)
	segments := []Sum{total(ones[:5]), total(ones[5:11]), total(ones[11:])}
	third := total(segments)
	for _, sum := range []Sum{other, third} {
		near(t, "total", sum.Mean, all.Mean, 1e-12)
		near(t, "variance", sum.Variance, all.Variance, 1e-12)
		for i := range sum.Gradient {
			near(t, "slope", sum.Gradient[i], all.Gradient[i], 1e-9)
		}
		if sum.N != all.N {
			t.Errorf("%d customers, want %d", sum.N, all.N)
		}
	}
	var direct, variance float64
	for _, g := range single {
		direct += mustValue(t, mbg, person{History: g.History, m: g.M}, yearly)
		v, err := ValueVariance(mbg, exactSpend, g.History, g.M, yearly)
		if err != nil {
			t.Fatal(err)
		}
		variance += v
	}
	near(t, "total of values", all.Mean, direct, 1e-12)
	near(t, "total of variances", all.Variance, variance, 1e-12)
}

// mustValueSums returns sums of value at the yearly terms.
func mustValueSums(t testing.TB, p Purchases, groups []MoneyGroup) []Sum {
	t.Helper()
	sums, err := ValueSums(context.Background(), p, exactSpend, groups, yearly)
	if err != nil {
		t.Fatal(err)
	}
	return sums
}

// TestValueSlopes compares the derivatives by p, q and v with differences.
func TestValueSlopes(t *testing.T) {
	bg := mustNew(t, BGNBD, exactBG...)
	group := MoneyGroup{Group{someHistories[3], 2}, 70, 2600}
	sums := mustValueSums(t, bg, []MoneyGroup{group})
	for i, at := range exactSpend.Params() {
		step := 1e-5 * at
		value := func(by float64) float64 {
			params := exactSpend.Params()
			params[i] += by
			moved, err := ValueSums(context.Background(), bg, Spend{params[0], params[1], params[2]}, []MoneyGroup{group}, yearly)
			if err != nil {
				t.Fatal(err)
			}
			return moved[0].Mean
		}
		near(t, "slope by "+exactSpend.Names()[i], sums[0].Gradient[4+i], (value(step)-value(-step))/(2*step), 1e-8)
	}
}

// TestValueInterval: the interval of CDNOW's value has all its parts.
func TestValueInterval(t *testing.T) {
	people := readSample(t)
	groups := make([]MoneyGroup, len(people))
	for i, p := range people {
		groups[i] = MoneyGroup{Group{p.History, 1}, p.m, p.m * p.m}
	}
	fit := mustFit(t, BGNBD, groupsOf(people))
	spend, err := FitSpend(context.Background(), spendOf(people))
	if err != nil {
		t.Fatal(err)
	}
	all := total(mustValueSums(t, mustNew(t, BGNBD, exactBG...), groups))
	interval := mustInterval(t, all, fit.Covariance, spend.Covariance)
	near(t, "Σ value", interval.Mean, 72403.344684, 1e-10)
	orders := mustInterval(t, all, fit.Covariance, nil)
	if !(interval.Parameters > orders.Parameters) {
		t.Errorf("the spend parameters add nothing: %v and %v", interval.Parameters, orders.Parameters)
	}
	t.Logf("Σ value %.1f, process %.1f, parameters %.1f, both %.1f", interval.Mean, interval.Process, interval.Parameters, interval.SD())
}

func TestIntervalRefuses(t *testing.T) {
	bg := mustNew(t, BGNBD, exactBG...)
	groups := []MoneyGroup{{Group: Group{History{0, 0, 38}, 7}}, {Group{History{3, 20, 38}, 2}, 50, 1300}}
	sums, err := ValueSums(context.Background(), bg, Spend{3, 1.5, 20}, groups, yearly)
	if err != nil {
		t.Fatal(err)
	}
	covariance := [][]float64{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}
	if _, err := total(sums).Interval(covariance, nil); err == nil || !strings.Contains(err.Error(), "7 of its 9 customers") {
		t.Errorf("an endless variance says %v", err)
	}
	if _, err := sums[1].Interval(nil, nil); err == nil || !strings.Contains(err.Error(), "no standard errors") {
		t.Errorf("no covariance says %v", err)
	}
	if _, err := ValueSums(context.Background(), bg, Spend{3, 0.8, 20}, groups, yearly); err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("a mean that does not exist says %v", err)
	}
}

// TestCoverage draws shops from known parameters and counts how often what happens
// lies within the intervals that are shown: the predictive one of each customer's
// orders and money, which are discrete or have a mass at 0 and so hold a little more
// than 8 in 10, and the process interval of the total.
func TestCoverage(t *testing.T) {
	const shops, customers, ahead = 100, 60, 39.0
	for i, p := range models(t) {
		draw := newSimulator(p.Model(), p.Params(), uint64(11+i))
		people := make([]prophesied, shops*customers)
		groups := make([]Group, len(people))
		for j := range people {
			people[j] = draw.customer(26+13*draw.rand.Float64(), ahead)
			groups[j] = Group{people[j].History, 1}
		}
		orders, money := coveredCustomers(t, p, groups, people, ahead)
		totals := coveredTotals(t, p, groups, people, ahead, customers)
		t.Logf("%v: total %.3f, orders %.3f, money %.3f", p.Model(), totals, orders, money)
		if math.Abs(totals-0.8) > 0.12 { // three standard errors of 100 draws
			t.Errorf("%v: the 80 %% interval of the total holds in %.3f of shops", p.Model(), totals)
		}
		if orders < 0.8 || orders > 0.99 || money < 0.8 || money > 0.99 {
			t.Errorf("%v: P10–P90 holds for %.3f of customers' orders and %.3f of their money", p.Model(), orders, money)
		}
	}
}

// coveredCustomers returns the shares of customers whose orders and money lie
// within P10–P90.
func coveredCustomers(t *testing.T, p Purchases, groups []Group, people []prophesied, ahead float64) (orders, money float64) {
	t.Helper()
	terms := Terms{Margin: 1, Horizon: 1, Unit: 7, Month: ahead * 7}
	for i, score := range mustScore(t, p, &exactSpend, groups, terms) {
		of := people[i]
		if of.orders >= score.OrdersLow && of.orders <= score.OrdersHigh {
			orders++
		}
		worth, _ := score.Of(exactSpend.Scale(of.X, of.m))
		if of.money >= worth.CLVLow && of.money <= worth.CLVHigh {
			money++
		}
	}
	n := float64(len(people))
	return orders / n, money / n
}

// coveredTotals returns the share of shops, size customers each, whose orders lie
// within the 80 % interval of their sum.
func coveredTotals(t *testing.T, p Purchases, groups []Group, people []prophesied, ahead float64, size int) float64 {
	t.Helper()
	sums, err := OrderSums(context.Background(), p, groups, ahead)
	if err != nil {
		t.Fatal(err)
	}
	var covered, shops float64
	for lo := 0; lo < len(sums); lo += size {
		var actual float64
		for _, of := range people[lo : lo+size] {
			actual += float64(of.orders)
		}
		low, high := mustInterval(t, total(sums[lo:lo+size]), [][]float64{}, nil).Range(Z80)
		shops++
		if actual >= low && actual <= high {
			covered++
		}
	}
	return covered / shops
}

// prophesied is a customer whose future is known.
type prophesied struct {
	History
	m      float64 // mean of the repeat orders
	orders int     // in the time ahead
	money  float64 // what they come to
}

// customer draws a customer observed for T.
func (s *simulator) customer(observed, ahead float64) prophesied {
	orders := s.orders(observed + ahead)
	of := prophesied{History: history(orders, observed)}
	nu := s.gamma(exactSpend.Q) / exactSpend.V
	for _, at := range orders {
		amount := s.gamma(exactSpend.P) / nu
		if at <= observed {
			of.m += amount / float64(of.X)
		} else {
			of.orders++
			of.money += amount
		}
	}
	return of
}
