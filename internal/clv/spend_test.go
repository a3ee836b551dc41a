package clv

import (
	"context"
	"encoding/csv"
	"math"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

func TestSpendFitOfTheSample(t *testing.T) {
	fit, err := FitSpend(context.Background(), spendOf(readSample(t)))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "p", fit.P, 6.2495722713, 1e-9)
	near(t, "q", fit.Q, 3.7442246671, 1e-9)
	near(t, "v", fit.V, 15.4435209626, 1e-9)
	printed(t, "log-likelihood", fit.LogLikelihood, "-4055.917695")
	for i, want := range []string{"1.19005534", "0.29013307", "4.15942275"} {
		printed(t, "standard error of "+fit.Names()[i], fit.SE[i], want)
	}
	if fit.N != 946 || fit.OneTime != 1411 || fit.NotPositive != 0 {
		t.Errorf("fitted on %d, left out %d + %d; want 946, 1411, 0", fit.N, fit.OneTime, fit.NotPositive)
	}
	if !fit.Converged || len(fit.Warnings) != 0 {
		t.Errorf("converged %v, warnings %v", fit.Converged, fit.Warnings)
	}
}

func TestSpendFitOfTheRoundedFile(t *testing.T) {
	rows := readCSV(t, dataFile(t, "cdnow_customers_summary_with_transactions.csv"))
	groups := make([]SpendGroup, len(rows))
	for i, row := range rows {
		groups[i] = SpendGroup{int(number(t, row["x"])), number(t, row["zbar"]), 1}
	}
	fit, err := FitSpend(context.Background(), groups)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "p", fit.P, 6.2488024897, 1e-9)
	near(t, "q", fit.Q, 3.7445884533, 1e-9)
	near(t, "v", fit.V, 15.4477480095, 1e-9)
	printed(t, "log-likelihood", fit.LogLikelihood, "-4055.923244")
}

// readCSV returns the rows of a file by column.
func readCSV(t testing.TB, path string) []map[string]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]map[string]string, len(records)-1)
	for i, record := range records[1:] {
		rows[i] = map[string]string{}
		for j, column := range records[0] {
			rows[i][column] = record[j]
		}
	}
	return rows
}

// number returns the number in a cell.
func number(t testing.TB, cell string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// The optimum of testdata/spend.csv, found with 30 digits.
const (
	pinnedP  = 3.75008542416816
	pinnedQ  = 2.97289877925
	pinnedV  = 30.836636836743
	pinnedLL = -1955.6774527518658
)

// pinnedSpend reads the generated customers in testdata: 400 repeat buyers drawn
// from p 4, q 3, v 30, amounts rounded to cents, and 253 customers to leave out.
func pinnedSpend(t testing.TB) []SpendGroup {
	t.Helper()
	rows := readCSV(t, "testdata/spend.csv")
	groups := make([]SpendGroup, len(rows))
	for i, row := range rows {
		groups[i] = SpendGroup{int(number(t, row["x"])), number(t, row["m"]), int(number(t, row["n"]))}
	}
	return groups
}

func TestSpendFitOfPinnedData(t *testing.T) {
	fit, err := FitSpend(context.Background(), pinnedSpend(t))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "p", fit.P, pinnedP, 1e-9)
	near(t, "q", fit.Q, pinnedQ, 1e-9)
	near(t, "v", fit.V, pinnedV, 1e-9)
	near(t, "log-likelihood", fit.LogLikelihood, pinnedLL, 1e-12)
	if fit.N != 400 || fit.OneTime != 250 || fit.NotPositive != 3 {
		t.Errorf("fitted on %d, left out %d + %d; want 400, 250, 3", fit.N, fit.OneTime, fit.NotPositive)
	}
	truth := []float64{4, 3, 30}
	for i, got := range fit.Params() {
		if math.Abs(got-truth[i]) > 3*fit.SE[i] {
			t.Errorf("%s is %v ± %v, drawn from %v", fit.Names()[i], got, fit.SE[i], truth[i])
		}
	}
}

// TestSpendLikelihood compares the sums the fit works on with the likelihood of
// one customer after the other, and its derivatives with differences.
func TestSpendLikelihood(t *testing.T) {
	groups := pinnedSpend(t)
	s := Spend{P: 3.1, Q: 2.7, V: 41}
	total := func(s Spend) float64 {
		var sum float64
		for _, g := range groups {
			if g.usable() {
				sum += float64(g.N) * s.LogLikelihood(g.X, g.M)
			}
		}
		return sum
	}
	l := newSpendLikelihood(groups)
	slope := spendAt(t, l, s)
	near(t, "log-likelihood", slope.value, total(s), 1e-12)
	move := func(i int, by float64) Spend {
		params := s.Params()
		params[i] += by
		return Spend{params[0], params[1], params[2]}
	}
	for i, name := range s.Names() {
		h := 1e-4 * s.Params()[i]
		near(t, "gradient by "+name, slope.gradient[i], (total(move(i, h))-total(move(i, -h)))/(2*h), 1e-5)
		up, down := spendAt(t, l, move(i, h)), spendAt(t, l, move(i, -h))
		for j := range 3 {
			near(t, "hessian "+name+s.Names()[j], slope.hessian[i][j], (up.gradient[j]-down.gradient[j])/(2*h), 1e-6)
		}
	}
}

// spendAt returns the likelihood at parameters.
func spendAt(t *testing.T, l *spendLikelihood, s Spend) spendSlope {
	t.Helper()
	slope, err := l.at(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	return slope
}

// TestSpendFitKnowsNoOrder: threads change nothing, nor does counting everybody
// twice change more than the standard errors.
func TestSpendFitKnowsNoOrder(t *testing.T) {
	groups := pinnedSpend(t)
	first, err := FitSpend(context.Background(), groups)
	if err != nil {
		t.Fatal(err)
	}
	before := runtime.GOMAXPROCS(1)
	second, err := FitSpend(context.Background(), groups)
	runtime.GOMAXPROCS(before)
	if err != nil {
		t.Fatal(err)
	}
	if first.Spend != second.Spend || first.LogLikelihood != second.LogLikelihood {
		t.Errorf("one thread finds %v, all find %v", second.Spend, first.Spend)
	}
	for i := range groups {
		groups[i].N *= 2
	}
	third, err := FitSpend(context.Background(), groups)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "p of everybody twice", third.P, first.P, 1e-9)
	near(t, "standard error of everybody twice", third.SE[0]*math.Sqrt2, first.SE[0], 1e-7)
}

func TestSpendFitRefuses(t *testing.T) {
	tests := []struct {
		name   string
		groups []SpendGroup
		says   string
	}{
		{"nobody", nil, "0 customers ordered again"},
		{"one-time buyers", []SpendGroup{{0, 0, 1000}}, "1,000 ordered once"},
		{"two customers", []SpendGroup{{3, 12, 1}, {1, 20, 1}}, "2 customers"},
		{"nothing positive", []SpendGroup{{2, 0, 20}, {3, -5, 20}}, "40 came to nothing"},
		{"all the same", []SpendGroup{{1, 20, 50}, {2, 20, 30}, {0, 0, 100}}, "all 80 repeat buyers spend 20.00"},
		{"not numbers", []SpendGroup{{2, math.NaN(), 20}, {3, math.Inf(1), 20}}, "0 customers"},
	}
	for _, test := range tests {
		fit, err := FitSpend(context.Background(), test.groups)
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %+v, %v; want a sentence with %q", test.name, fit, err, test.says)
		}
	}
}

// TestSpendFitStaysFinite fits what hardly has an optimum: parameters that run off
// must come back finite, with a warning.
func TestSpendFitStaysFinite(t *testing.T) {
	var nearly, wild, often []SpendGroup
	for i := range 40 {
		nearly = append(nearly, SpendGroup{1 + i%3, 20 + 1e-4*float64(i%7), 1})
		wild = append(wild, SpendGroup{1 + i%3, math.Pow(10, float64(i%12)-4), 1})
		often = append(often, SpendGroup{1 + i%5, 10 + float64(i%9), 1})
	}
	often = append(often, SpendGroup{10_000, 14, 1})
	for name, groups := range map[string][]SpendGroup{"nearly equal": nearly, "wild": wild, "10,000 orders": often} {
		fit, err := FitSpend(context.Background(), groups)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i, v := range append(fit.Params(), fit.LogLikelihood, fit.GradientNorm, fit.Correlation) {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("%s: number %d is %v", name, i, v)
			}
		}
		if len(fit.Warnings) == 0 {
			t.Errorf("%s: no warning on %v", name, fit.Spend)
		}
		t.Logf("%s: %v after %d steps, converged %v: %q", name, fit.Spend, fit.Iterations, fit.Converged, fit.Warnings)
	}
}

func TestSpendFitStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := FitSpend(ctx, pinnedSpend(t)); err == nil || !strings.Contains(err.Error(), "stopped") {
		t.Errorf("a cancelled fit says %v", err)
	}
}

func TestSpendOfFirstTenCustomers(t *testing.T) {
	s := Spend{P: 6.25, Q: 3.74, V: 15.44}
	people := readSample(t)
	for i, want := range []float64{24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17} {
		got, err := s.Mean(people[i].X, people[i].m)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(got-want) > 0.1 {
			t.Errorf("customer %d spends %.3f an order, want %.2f", i+1, got, want)
		}
	}
}

func TestSpendWithoutMean(t *testing.T) {
	s := Spend{P: 0.4, Q: 0.9, V: 20}
	if v, err := s.Mean(0, 0); err == nil || !strings.Contains(err.Error(), "must be more than 1") {
		t.Errorf("one-time buyers at q 0.9 spend %v, %v; want a sentence", v, err)
	}
	if v, err := s.Mean(1, 30); err != nil || v <= 0 {
		t.Errorf("one repeat order at q 0.9: %v, %v; want a positive mean", v, err)
	}
	if v, err := s.MeanSquare(2, 30); err == nil || !strings.Contains(err.Error(), "must be more than 2") {
		t.Errorf("two repeat orders at q 0.9 have the second moment %v, %v; want a sentence", v, err)
	}
	if v, err := s.Mean(3, -50); err != nil || v <= 0 {
		t.Errorf("refunds above orders: %v, %v; want what an amount of 0 gives", v, err)
	}
}
