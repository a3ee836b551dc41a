package clv

import (
	"fmt"
	"math"
	"testing"
)

// sampleCustomers are customers of the CDNOW sample by their number.
var sampleCustomers = map[int]History{
	1: {2, 213. / 7, 272. / 7},
	3: {0, 0, 272. / 7},
	6: {7, 206. / 7, 272. / 7},
}

// answers are what a model says of a customer and the 39 weeks to come.
type answers struct{ alive, expected, variance, none float64 }

func TestAnswersForTheSample(t *testing.T) {
	people := readSample(t)
	for _, c := range []struct {
		model  Model
		params []float64
		want   map[int]answers
	}{
		{BGNBD, exactBG, map[int]answers{
			1: {.7266203116685, 1.225994455287, 2.528814376104, .4453720498},
			3: {1, .1947936312344, 0, 0},
			6: {0, 3.337571358046, 13.32216298034, .3642799114},
		}},
		{MBGNBD, exactMBG, map[int]answers{
			1: {.7061384789854, 1.262758850864, 2.63072781751, 0},
			3: {.3897229765828, .1539660190014, 0, 0},
			6: {.6226798962831, 3.167169542500, 12.7481128156, 0},
		}},
		{ParetoNBD, exactPareto, map[int]answers{
			1:    {.86913426361257, 1.4552017016024, 3.18256746979, 0},
			3:    {.29511257157959, .10707023245072, 0, 0},
			6:    {.74945290964076, 3.7120869982357, 13.54229412618, 0},
			157:  {.99618694388616, 19.595849247324, 0, 0},
			1516: {.997873404715, 20.114820878987, 0, 0},
		}},
	} {
		p := mustNew(t, c.model, c.params...)
		for id, want := range c.want {
			h := people[id-1].History
			what := fmt.Sprintf("%v, customer %d: ", c.model, id)
			orders := Orders(p, h, 39)
			if want.alive != 0 {
				near(t, what+"P(alive)", p.Alive(h), want.alive, 1e-9)
			}
			near(t, what+"E[Y]", p.Expected(h, 39), want.expected, 1e-9)
			near(t, what+"E[Y] by P(Y ≥ k)", orders.Mean(), want.expected, 1e-9)
			if want.variance != 0 {
				near(t, what+"Var Y", Variance(p, h, 39), want.variance, 1e-9)
				near(t, what+"Var Y by P(Y ≥ k)", orders.Variance(), want.variance, 1e-9)
			}
			if want.none != 0 {
				near(t, what+"P(Y = 0)", orders.None(), want.none, 2e-10)
			}
		}
	}
}

func TestOrdersOfTheSample(t *testing.T) {
	p := mustNew(t, BGNBD, exactBG...)
	for id, want := range map[int]struct {
		mass      [4]string
		quantiles [3]int
	}{
		1: {[4]string{".2393303639", ".1441824935", ".0808467357", ".0435421662"}, [3]int{0, 1, 3}},
		6: {[4]string{".0686926406", ".0752342606", ".0799291949", ".0794928745"}, [3]int{0, 2, 9}},
	} {
		orders := Orders(p, sampleCustomers[id], 39)
		for i, mass := range want.mass {
			printed(t, fmt.Sprintf("customer %d, P(Y = %d)", id, i+1), orders.Exactly(i+1), mass)
		}
		for i, share := range []float64{0.1, 0.5, 0.9} {
			if got := orders.Quantile(share); got != want.quantiles[i] {
				t.Errorf("customer %d: the quantile %v is %d, want %d", id, share, got, want.quantiles[i])
			}
		}
	}
}

// forecast is what a model says of all customers of the sample together.
type forecast struct {
	sum, mae, rmse, corr string
	rows                 [8]string
}

func TestHoldoutOfTheSample(t *testing.T) {
	people := readSample(t)
	actual := [8]string{".237", ".697", "1.393", "1.560", "2.532", "2.947", "3.862", "6.359"}
	for _, c := range []struct {
		model  Model
		params []float64
		want   forecast
	}{
		{BGNBD, exactBG, forecast{
			"1653.4087", ".78545", "1.60798", ".62565",
			[8]string{".2250873", ".5231312", "1.0441341", "1.5202795", "2.1638658", "2.6538459", "3.5040423", "6.1571905"},
		}},
		{MBGNBD, exactMBG, forecast{
			"1576.728302", ".764779", "1.607183", ".627253",
			[8]string{".1851612", ".5513585", "1.0489518", "1.4929326", "2.1043085", "2.5635529", "3.3608207", "5.8485089"},
		}},
		{ParetoNBD, exactPareto, forecast{
			"1665.513107", ".754523", "1.602848", ".630223",
			[8]string{".1384469", ".5994707", "1.1958367", "1.7138434", "2.3983082", "2.9072077", "3.8185593", "6.4030671"},
		}},
	} {
		t.Run(c.model.String(), func(t *testing.T) {
			p := mustNew(t, c.model, c.params...)
			var n, expected, bought [8]float64
			var sum, absolute, square float64
			var c2 comoments
			for _, who := range people {
				e, y := p.Expected(who.History, 39), float64(who.holdout)
				row := min(who.X, 7)
				n[row]++
				expected[row] += e
				bought[row] += y
				sum += e
				absolute += math.Abs(e - y)
				square += (e - y) * (e - y)
				c2.add(e, y, 1)
			}
			all := float64(len(people))
			printed(t, "Σ E[Y]", sum, c.want.sum)
			printed(t, "the mean absolute error", absolute/all, c.want.mae)
			printed(t, "the root mean square error", math.Sqrt(square/all), c.want.rmse)
			printed(t, "the correlation", c2.correlation(), c.want.corr)
			for x := range n {
				printed(t, fmt.Sprintf("expected of x = %d", x), expected[x]/n[x], c.want.rows[x])
				printed(t, fmt.Sprintf("actual of x = %d", x), bought[x]/n[x], actual[x])
			}
		})
	}
}

func TestNewCustomers(t *testing.T) {
	for _, c := range []struct {
		model  Model
		params []float64
		want   [5]string // t = 1, 10, 39, 52, 78 weeks
	}{
		{BGNBD, exactBG, [5]string{".0531842915", ".4317586985", "1.195010041", "1.444012397", "1.85795839"}},
		{MBGNBD, exactMBG, [5]string{".053060323434", ".433250955545", "1.182279751131", "1.418884876771", "1.803630417458"}},
		{ParetoNBD, exactPareto, [5]string{".0510063757411", ".427793553865", "1.21340401808", "1.47343428825", "1.90986613896"}},
	} {
		p := mustNew(t, c.model, c.params...)
		for i, weeks := range []float64{1, 10, 39, 52, 78} {
			near(t, fmt.Sprintf("%v: E[X(%v)]", c.model, weeks), p.New(weeks), number(t, c.want[i]), 2e-9)
		}
	}
}

func TestReferenceOfEveryCustomer(t *testing.T) {
	p := mustNew(t, BGNBD, exactBG...)
	rows := readCSV(t, dataFile(t, "cdnow_sample_bgnbd_gg_reference.csv"))
	if len(rows) != 2357 {
		t.Fatalf("%d customers", len(rows))
	}
	for _, row := range rows {
		h := History{int(number(t, row["frequency"])), number(t, row["recency"]), number(t, row["T"])}
		near(t, "P(alive) of "+row["id"], p.Alive(h), number(t, row["p_alive"]), 1e-7)
		near(t, "E[Y(39)] of "+row["id"], p.Expected(h, 39), number(t, row["e39"]), 1e-7)
	}
}

// TestDERT: the Pareto/NBD against the published values, the others against 30
// digits by another way: E[λ/(δ+λp)] by exponential integrals.
func TestDERT(t *testing.T) {
	people := readSample(t)
	p := mustNew(t, ParetoNBD, exactPareto...)
	var sum float64
	for _, who := range people {
		sum += p.DERT(who.History, .0027)
	}
	near(t, "Σ DERT", sum, 7185.972204937, 1e-9)
	for id, want := range map[int]float64{1: 6.48240257648, 3: .476959551338, 6: 16.536018543, 157: 86.9301579316, 1516: 86.024367421} {
		near(t, fmt.Sprintf("DERT of customer %d", id), p.DERT(people[id-1].History, .0027), want, 1e-9)
	}
	summary := summaryGroups(t)
	p = mustNew(t, ParetoNBD, .55327551, 10.57761224, .60621357, 11.66791124)
	sum = 0
	for _, g := range summary {
		sum += p.DERT(g.History, .0027)
	}
	near(t, "Σ DERT of the rounded file", sum, 7186.236326968, 3e-8)
}

func TestDERTOfBetaGeometricModels(t *testing.T) {
	for _, c := range []struct {
		model  Model
		params []float64
		h      History
		delta  float64
		want   float64
	}{
		{BGNBD, exactBG, sampleCustomers[1], .0027, 5.15663172759667},
		{MBGNBD, exactMBG, sampleCustomers[1], .0027, 4.91100767785275},
		{BGNBD, []float64{.24, 4.4, 1, 2.4}, History{2, 30, 38}, .002, 4.67507658453846},
		{BGNBD, []float64{.24, 4.4, .3, .4}, History{0, 0, 38}, .002, 1.19896605116517},
		{MBGNBD, []float64{.24, 4.4, .5, .5}, History{0, 0, 0}, .0001, 14.7971823166369},
		{MBGNBD, []float64{3, 20, .1, 6}, History{12, 100, 104}, .02, 5.83881929565012},
		{MBGNBD, []float64{3, 20, 4, 30}, History{12, 100, 104}, 1e-6, 13.264399842932},
	} {
		got := mustNew(t, c.model, c.params...).DERT(c.h, c.delta)
		near(t, fmt.Sprintf("%v %v %v: DERT at %v", c.model, c.params, c.h, c.delta), got, c.want, 1e-12)
	}
}

// summaryGroups reads the published summary, weeks with two decimals.
func summaryGroups(t testing.TB) []Group {
	t.Helper()
	rows := readCSV(t, dataFile(t, "cdnow_customers_summary.csv"))
	groups := make([]Group, len(rows))
	for i, row := range rows {
		groups[i] = Group{History{int(number(t, row["frequency"])), number(t, row["recency"]), number(t, row["T"])}, 1}
	}
	return groups
}

func TestIllegalParameters(t *testing.T) {
	for _, c := range []struct {
		model  Model
		params []float64
		want   string
	}{
		{BGNBD, []float64{1, 2, 3}, "the model bg-nbd has the parameters r, alpha, a, b; 3 were given"},
		{BGNBD, []float64{1, 2, -3, 1}, "the parameter a of the model bg-nbd must be a number between 1e-12 and 1,000,000,000,000, not -3"},
		{ParetoNBD, []float64{1, 2, 3, math.NaN()}, "the parameter beta of the model pareto-nbd must be a number between 1e-12 and 1,000,000,000,000, not NaN"},
		{MBGNBD, []float64{0, 2, 3, 1}, "the parameter r of the model mbg-nbd must be a number between 1e-12 and 1,000,000,000,000, not 0"},
		{MBGNBD, []float64{1, math.Inf(1), 3, 1}, "the parameter alpha of the model mbg-nbd must be a number between 1e-12 and 1,000,000,000,000, not +Inf"},
		{Model(9), []float64{1, 1, 3, 1}, "there is no model number 9; choose one of mbg-nbd, bg-nbd, pareto-nbd"},
	} {
		if _, err := New(c.model, c.params); err == nil || err.Error() != c.want {
			t.Errorf("New(%v, %v): %v, want %q", c.model, c.params, err, c.want)
		}
	}
}

func TestModelNames(t *testing.T) {
	for _, m := range Models {
		if got, err := ParseModel(m.String()); got != m || err != nil {
			t.Errorf("ParseModel(%q) = %v, %v", m.String(), got, err)
		}
	}
	if _, err := ParseModel("nbd"); err == nil || err.Error() != `the model "nbd" is not known; choose mbg-nbd, bg-nbd, pareto-nbd` {
		t.Error(err)
	}
}
