package clv

import (
	"context"
	"math"
	"strconv"
	"strings"
	"testing"
)

// observedOf returns every person with what they did in the holdout.
func observedOf(people []person) []Observed {
	observed := make([]Observed, len(people))
	for i, p := range people {
		observed[i] = Observed{Group{p.History, 1}, p.holdout}
	}
	return observed
}

// TestEvaluateTheSample checks the holdout of CDNOW for the three models.
func TestEvaluateTheSample(t *testing.T) {
	observed := observedOf(readSample(t))
	actual := []string{".237", ".697", "1.393", "1.560", "2.532", "2.947", "3.862", "6.359"}
	counts := []int{1411, 439, 214, 100, 62, 38, 29, 64}
	tests := []struct {
		model                Model
		params               []float64
		sum, mae, rmse, corr string
		rows                 []string
	}{
		{BGNBD, exactBG, "1653.4087", ".78545", "1.60798", ".62565", []string{".2250873", ".5231312", "1.0441341", "1.5202795", "2.1638658", "2.6538459", "3.5040423", "6.1571905"}},
		{MBGNBD, exactMBG, "1576.728302", ".764779", "1.607183", ".627253", []string{".1851612", ".5513585", "1.0489518", "1.4929326", "2.1043085", "2.5635529", "3.3608207", "5.8485089"}},
		{ParetoNBD, exactPareto, "1665.513107213", ".754523", "1.602848", ".630223", []string{".1384469", ".5994707", "1.1958367", "1.7138434", "2.3983082", "2.9072077", "3.8185593", "6.4030671"}},
	}
	for _, test := range tests {
		e, err := Evaluate(context.Background(), mustNew(t, test.model, test.params...), observed, 39)
		if err != nil {
			t.Fatal(err)
		}
		name := test.model.String()
		near(t, name+" Σ", e.Predicted, number(t, test.sum), 3e-8)
		printed(t, name+" MAE", e.MAE, test.mae)
		printed(t, name+" RMSE", e.RMSE, test.rmse)
		printed(t, name+" correlation", e.Correlation, test.corr)
		near(t, name+" bias", e.Bias, (e.Predicted-1882)/2357, 1e-12)
		if e.N != 2357 || e.Actual != 1882 || len(e.ByFrequency) != 8 {
			t.Fatalf("%s: %d customers, %v orders, %d rows", name, e.N, e.Actual, len(e.ByFrequency))
		}
		for x, row := range e.ByFrequency {
			printed(t, name+" actual of "+strconv.Itoa(x), row.Actual, actual[x])
			printed(t, name+" predicted of "+strconv.Itoa(x), row.Predicted, test.rows[x])
			if row.N != counts[x] || row.X != x || row.OrMore != (x == 7) {
				t.Errorf("%s row %d is %+v", name, x, row)
			}
		}
		if test.model == BGNBD {
			printed(t, "actual / expected", e.Ratio, "1.138")
		}
	}
}

// TestEvaluateIsCalibrated: of customers drawn from the model, as many buy as it
// says, whatever P(alive).
func TestEvaluateIsCalibrated(t *testing.T) {
	for i, p := range models(t) {
		draw := newSimulator(p.Model(), p.Params(), uint64(5+i))
		observed := make([]Observed, 8000)
		for j := range observed {
			of := draw.customer(30, 39)
			observed[j] = Observed{Group{of.History, 1}, of.orders}
		}
		e, err := Evaluate(context.Background(), p, observed, 39)
		if err != nil {
			t.Fatal(err)
		}
		var n int
		for _, bin := range e.Calibration {
			n += bin.N
			se := math.Sqrt(bin.Predicted*(1-bin.Predicted)/float64(bin.N)) + 1e-9
			if math.Abs(bin.Bought-bin.Predicted) > 4*se || bin.Alive < bin.Low || bin.Alive > bin.High {
				t.Errorf("%v: %+v is off by %.1f standard errors", p.Model(), bin, math.Abs(bin.Bought-bin.Predicted)/se)
			}
		}
		if n != e.N || n != len(observed) || math.Abs(e.Ratio-1) > 0.1 {
			t.Errorf("%v: %d of %d customers, actual / expected %v", p.Model(), n, e.N, e.Ratio)
		}
	}
}

func TestEvaluateRefuses(t *testing.T) {
	bg := mustNew(t, BGNBD, exactBG...)
	if _, err := Evaluate(context.Background(), bg, nil, 39); err == nil || !strings.Contains(err.Error(), "nobody") {
		t.Errorf("nobody to evaluate says %v", err)
	}
	for _, holdout := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		if _, err := Evaluate(context.Background(), bg, []Observed{{Group{History{1, 2, 3}, 1}, 1}}, holdout); err == nil {
			t.Errorf("a holdout of %v is not refused", holdout)
		}
	}
	one, err := Evaluate(context.Background(), bg, []Observed{{Group{History{1, 2, 3}, 4}, 0}}, 39)
	if err != nil || one.Correlation != 0 || one.Ratio != 0 || one.Predicted <= 0 {
		t.Errorf("four equal customers without orders: %+v, %v", one, err)
	}
}

// TestTrack follows the CDNOW cohort for 78 weeks.
func TestTrack(t *testing.T) {
	people := readSample(t)
	end := 78.0
	var starts, repeats []Dated
	var later int
	for _, p := range people {
		start := 38.857142857142854 - p.T // the first day is one day before the first start
		starts = append(starts, Dated{start, 1})
		repeats = append(repeats, Dated{start + p.TX, p.X})
		later += p.holdout
	}
	repeats = append(repeats, Dated{end, later})
	bg := mustNew(t, BGNBD, exactBG...)
	points, err := Track(context.Background(), bg, starts, repeats, 1, end)
	if err != nil {
		t.Fatal(err)
	}
	last := points[len(points)-1]
	if len(points) != 78 || last.End != 78 || last.ActualTotal != 2457+1882 {
		t.Fatalf("%d points, the last %+v; want 78 and 4,339 repeat orders", len(points), last)
	}
	var direct, steps float64
	for _, s := range starts {
		direct += bg.New(end - s.At)
	}
	for _, point := range points {
		steps += point.Predicted
	}
	near(t, "expected orders", last.PredictedTotal, direct, 1e-9)
	near(t, "sum of the steps", steps, last.PredictedTotal, 1e-12)
	t.Logf("week 39: %.1f expected, %.0f placed; week 78: %.1f", points[38].PredictedTotal, points[38].ActualTotal, last.PredictedTotal)
	if ratio := points[38].PredictedTotal / 2457; math.Abs(ratio-1) > 0.05 {
		t.Errorf("expected over placed by week 39 is %v: the model was fitted to these weeks", ratio)
	}
}

func TestTrackRefuses(t *testing.T) {
	bg := mustNew(t, BGNBD, exactBG...)
	for _, bad := range [][2]float64{{0, 10}, {-1, 10}, {1, 0}, {1, math.NaN()}, {math.NaN(), 10}, {1e-9, 10}, {1, math.Inf(1)}} {
		if points, err := Track(context.Background(), bg, nil, nil, bad[0], bad[1]); err == nil {
			t.Errorf("steps of %v to %v give %d points, want a sentence", bad[0], bad[1], len(points))
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Track(ctx, bg, nil, nil, 1, 10); err == nil {
		t.Error("cancelled tracking goes on")
	}
}

func TestCompare(t *testing.T) {
	rows := Compare([]Candidate{
		{BGNBD, -9582.429207, 4, 2357}, {ParetoNBD, -9594.9761789, 4, 2357}, {MBGNBD, -9582.135716, 4, 2357},
	})
	for i, want := range []Model{MBGNBD, BGNBD, ParetoNBD} {
		if rows[i].Model != want {
			t.Errorf("place %d is %v, want %v", i+1, rows[i].Model, want)
		}
	}
	near(t, "AIC", rows[0].AIC, 19172.271432, 1e-12)
	near(t, "BIC", rows[0].BIC, 4*math.Log(2357)+2*9582.135716, 1e-12)
	near(t, "delta", rows[1].Delta, 0.586982, 1e-6)
	near(t, "sum of weights", rows[0].Weight+rows[1].Weight+rows[2].Weight, 1, 1e-12)
}
