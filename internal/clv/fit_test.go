package clv

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// optimum is a maximum of the likelihood found elsewhere.
type optimum struct {
	model  Model
	params []float64
	se     []float64
	ll     float64
}

// fit fits what must be fitted.
func fit(t testing.TB, m Model, groups []Group) *Fitted {
	t.Helper()
	f, err := Fit(context.Background(), m, groups, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// check compares a fit with an optimum: parameters to a relative tolerance, the
// likelihood to 1e-6, standard errors to 1e-5 of themselves.
func (o optimum) check(t *testing.T, f *Fitted, relative float64) {
	t.Helper()
	if !f.Converged || f.Step > 1e-9 {
		t.Errorf("%v: converged %v, another step would be %v", o.model, f.Converged, f.Step)
	}
	for i, name := range o.model.Names() {
		near(t, fmt.Sprintf("%v: %s", o.model, name), f.Params[i], o.params[i], relative)
		if o.se != nil {
			near(t, fmt.Sprintf("%v: standard error of %s", o.model, name), f.SE[i], o.se[i], 1e-5)
		}
	}
	if !(math.Abs(f.LogLikelihood-o.ll) < 1e-6) {
		t.Errorf("%v: log-likelihood %.9f, want %.9f", o.model, f.LogLikelihood, o.ll)
	}
	if f.AIC != 8-2*f.LogLikelihood {
		t.Errorf("%v: AIC %v", o.model, f.AIC)
	}
}

func TestFitOfTheSample(t *testing.T) {
	groups := groupsOf(readSample(t))
	for _, c := range []struct {
		optimum
		relative float64
	}{
		{optimum{BGNBD, exactBG, []float64{.01255738, .37822406, .18573382, .70541426}, -9582.429207}, 1e-9},
		{optimum{MBGNBD, exactMBG, []float64{.08326821, .69562064, .15478993, .53749480}, -9582.135716}, 1e-9},
		{optimum{ParetoNBD, exactPareto, []float64{.04762793, .84272253, .18728134, 6.21111359}, -9594.9761789}, 1e-8},
	} {
		f := fit(t, c.model, groups)
		c.check(t, f, c.relative)
		if f.N != 2357 || f.Repeaters != 946 || len(f.Warnings) > 0 {
			t.Errorf("%d customers, %d repeaters, warnings %q", f.N, f.Repeaters, f.Warnings)
		}
	}
	for i := range groups {
		groups[i].TX *= 7
		groups[i].T *= 7
	}
	f := fit(t, BGNBD, groups)
	near(t, "alpha in days", f.Params[1], 30.8952141331, 1e-9)
	printed(t, "log-likelihood in days", f.LogLikelihood, "-14363.530443")
}

func TestFitOfTheRoundedFile(t *testing.T) {
	groups := summaryGroups(t)
	for _, o := range []optimum{
		{BGNBD, []float64{.2425929072, 4.4135315612, .7928861481, 2.4257534365}, nil, -9582.425561},
		{MBGNBD, []float64{.5248379837, 6.1829920197, .8913561553, 1.6139993347}, nil, -9582.132685},
		{ParetoNBD, []float64{.55327551, 10.57761224, .60621357, 11.66791124}, nil, -9594.9739298},
	} {
		relative := 1e-9
		if o.model == ParetoNBD {
			relative = 2e-8
		}
		o.check(t, fit(t, o.model, groups), relative)
	}
}

// pinned reads generated customers, in days: 600 drawn from a model with known
// parameters and grouped by history.
func pinned(t testing.TB, name string) []Group {
	t.Helper()
	rows := readCSV(t, "testdata/"+name)
	groups := make([]Group, len(rows))
	for i, row := range rows {
		groups[i] = Group{History{int(number(t, row["x"])), number(t, row["t_x"]), number(t, row["T"])}, int(number(t, row["n"]))}
	}
	return groups
}

// TestFitOfPinnedData: the optima were found with 40 digits from the likelihoods as
// the papers print them, with gamma and hypergeometric functions.
func TestFitOfPinnedData(t *testing.T) {
	for file, optima := range map[string][]optimum{
		"shop.csv": { // BG/NBD .9 60 .8 2.2
			{BGNBD, []float64{.93381882566208, 64.054825414, 1.5145497487019, 3.7651813250046}, []float64{.0931943527, 8.599066699, .5513770942, 1.606520012}, -6258.651124940776},
			{MBGNBD, []float64{2.0596493830419, 120.55395078283, 5.7419637309422, 19.63721089077}, []float64{.34173368, 21.01166783, 3.796732695, 13.95500139}, -6277.532301560999},
		},
		"shop_pareto.csv": { // Pareto/NBD .9 60 .6 80
			{MBGNBD, []float64{.91190501831504, 44.608250526446, .56041519957573, 1.293576552364}, []float64{.1696895545, 7.528153799, .08806434566, .3450563389}, -9557.358092208368},
			{ParetoNBD, []float64{.68470152529781, 51.697533388797, .79413316489517, 181.09907174953}, []float64{.08017459324, 6.177974591, .2708610307, 99.00972209}, -9557.474913803612},
		},
	} {
		groups := pinned(t, file)
		for _, o := range optima {
			o.check(t, fit(t, o.model, groups), 1e-10)
		}
	}
}

// TestSlopes compares the derivatives with differences of the sum of
// LogLikelihood, and the sum itself, also where α > β.
func TestSlopes(t *testing.T) {
	groups := pinned(t, "shop_pareto.csv")
	for _, params := range []vector{{.9, 60, .8, 2.2}, {2, 150, .3, 90}, {.4, 30, 3, 200}} {
		for _, m := range Models {
			l := newLikelihood(m, groups)
			at := func(params vector) slopes {
				s, err := l.at(context.Background(), params)
				if err != nil {
					t.Fatal(err)
				}
				return s
			}
			got := at(params)
			var sum float64
			p := mustNew(t, m, params[:]...)
			for _, g := range groups {
				sum += float64(g.N) * p.LogLikelihood(g.History)
			}
			near(t, m.String()+": log-likelihood", got.value, sum, 1e-13)
			for i := range params {
				h := 1e-4 * params[i]
				up, down := params, params
				up[i], down[i] = params[i]+h, params[i]-h
				high, low := at(up), at(down)
				if want := (high.value - low.value) / (2 * h); math.Abs(got.first[i]-want)*params[i] > 1e-3 {
					t.Errorf("%v %v: derivative %d is %v, want %v", m, params, i, got.first[i], want)
				}
				for j := i; j < paramCount; j++ {
					want := (high.first[j] - low.first[j]) / (2 * h)
					if math.Abs(got.second[i][j]-want)*params[i]*params[j] > 1e-4 {
						t.Errorf("%v %v: second derivative %d, %d is %v, want %v", m, params, i, j, got.second[i][j], want)
					}
				}
			}
		}
	}
}

// TestFitKnowsNoUnit: days, weeks or years are the same customers.
func TestFitKnowsNoUnit(t *testing.T) {
	days := pinned(t, "shop_pareto.csv")
	for _, m := range []Model{MBGNBD, ParetoNBD} {
		in := fit(t, m, days)
		a, _ := in.Purchases()
		for _, unit := range []float64{7, 365.25, 1. / 24} {
			groups := slices.Clone(days)
			for i := range groups {
				groups[i].TX /= unit
				groups[i].T /= unit
			}
			f := fit(t, m, groups)
			b, err := f.Purchases()
			if err != nil {
				t.Fatal(err)
			}
			for i, g := range groups[:50] {
				h := days[i].History
				near(t, fmt.Sprintf("%v in units of %v days: E[Y]", m, unit), b.Expected(g.History, 365/unit), a.Expected(h, 365), 1e-9)
				near(t, "P(alive)", b.Alive(g.History), a.Alive(h), 1e-9)
				near(t, "DERT", b.DERT(g.History, .0003*unit), a.DERT(h, .0003), 1e-9)
			}
		}
	}
}

// TestFitIsTheSameAnyway: threads change nothing; where it starts and how customers
// are grouped changes the last digits at most.
func TestFitIsTheSameAnyway(t *testing.T) {
	groups := pinned(t, "shop_pareto.csv")
	var single []Group
	for _, g := range slices.Backward(groups) {
		for range g.N {
			single = append(single, Group{g.History, 1})
		}
	}
	for _, m := range []Model{MBGNBD, ParetoNBD} {
		want := fit(t, m, groups)
		procs := runtime.GOMAXPROCS(1)
		alone := fit(t, m, groups)
		runtime.GOMAXPROCS(procs)
		if !slices.Equal(alone.Params, want.Params) || alone.LogLikelihood != want.LogLikelihood {
			t.Errorf("%v: %v with one thread, %v with %d", m, alone.Params, want.Params, procs)
		}
		for _, start := range [][]float64{nil, {.05, 5, .1, 3}, {20, 2000, 5, 500}, {3, 1, 9, .1}} {
			f, err := Fit(context.Background(), m, single, FitOptions{Start: start})
			if err != nil {
				t.Fatal(err)
			}
			optimum{m, want.Params, want.SE, want.LogLikelihood}.check(t, f, 1e-9)
		}
	}
	if _, err := Fit(context.Background(), BGNBD, groups, FitOptions{Start: []float64{1, 2, 3}}); err == nil {
		t.Error("a fit started from three parameters")
	}
}

// TestFitFindsTheTruth: of many simulated shops, parameters lie within the errors
// the fit claims. With 40 shops a mean of z² lies in .5 .. 1.7 but once in a
// thousand.
func TestFitFindsTheTruth(t *testing.T) {
	for _, c := range []struct {
		m      Model
		params []float64
	}{{BGNBD, []float64{.6, 8, .8, 2.5}}, {MBGNBD, []float64{.8, 7, .9, 1.8}}, {ParetoNBD, []float64{.7, 10, .8, 15}}} {
		sim := newSimulator(c.m, c.params, 1)
		var squares vector
		const shops = 40
		for range shops {
			f := fit(t, c.m, sim.groups(2000, 40, 80))
			if !f.Converged {
				t.Fatalf("%v: %v", c.m, f.Warnings)
			}
			for i, p := range f.Params {
				z := (math.Log(p) - math.Log(c.params[i])) * p / f.SE[i]
				squares[i] += z * z / shops
			}
		}
		for i, name := range c.m.Names() {
			if squares[i] < .5 || squares[i] > 1.7 {
				t.Errorf("%v: the mean of z² of %s is %v", c.m, name, squares[i])
			}
		}
	}
}

// TestExpectedFindsTheTruth: simulated customers order as often as foreseen, and
// are as often silent.
func TestExpectedFindsTheTruth(t *testing.T) {
	for _, c := range []struct {
		m      Model
		params []float64
	}{{BGNBD, []float64{.6, 8, .8, 2.5}}, {MBGNBD, []float64{.8, 7, .9, 1.8}}, {ParetoNBD, []float64{.7, 10, .8, 15}}} {
		p, sim := mustNew(t, c.m, c.params...), newSimulator(c.m, c.params, 7)
		var bought, expected, variance, silent, none, noneVariance float64
		for range 20_000 {
			seen := 20 + 30*sim.rand.Float64()
			at := sim.orders(seen + 26)
			h := history(at, seen)
			y := float64(len(at) - h.X)
			q := Orders(p, h, 26).None()
			bought += y
			expected += p.Expected(h, 26)
			variance += Variance(p, h, 26)
			if y == 0 {
				silent++
			}
			none += q
			noneVariance += q * (1 - q)
		}
		if z := (bought - expected) / math.Sqrt(variance); math.Abs(z) > 4 {
			t.Errorf("%v: %v orders, %v expected, z = %v", c.m, bought, expected, z)
		}
		if z := (silent - none) / math.Sqrt(noneVariance); math.Abs(z) > 4 {
			t.Errorf("%v: %v silent, %v expected, z = %v", c.m, silent, none, z)
		}
	}
}

func TestFitRefuses(t *testing.T) {
	buyers := func(n, x int) []Group { return []Group{{History{x, float64(10 * x), 100}, n}} }
	for _, c := range []struct {
		groups []Group
		want   string
	}{
		{nil, "0 customers are too few for a fit"},
		{buyers(2, 1), "2 customers are too few for a fit; it takes 50, of whom 20 bought again"},
		{buyers(41_208, 0), "none of the 41,208 customers bought again"},
		{append(buyers(500, 0), buyers(7, 2)...), "7 of the 507 customers bought again; a fit takes 20"},
		{[]Group{{History{0, 0, 0}, 90}}, "all orders of the 90 customers lie at the end of the observation"},
		{buyers(1000, 3), "the 1,000 customers have only 1 different history"},
	} {
		for _, m := range Models {
			_, err := Fit(context.Background(), m, c.groups, FitOptions{})
			var thin *TooThinError
			if !errors.As(err, &thin) || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("%v: %v, want %q", m, err, c.want)
			}
		}
	}
	for _, c := range []struct {
		group Group
		want  string
	}{
		{Group{History{1, 5, 4}, 1}, "group 2 bought last after a time of 5 and was seen for 4: the former lies between 0 and the latter"},
		{Group{History{1, -5, 4}, 1}, "group 2 bought last after a time of -5"},
		{Group{History{1, math.NaN(), 4}, 1}, "group 2 bought last after a time of NaN"},
		{Group{History{1, 1, math.Inf(1)}, 1}, "group 2 bought last after a time of 1 and was seen for +Inf"},
		{Group{History{0, 3, 4}, 1}, "group 2 bought once, but last 3 after that"},
		{Group{History{-1, 3, 4}, 1}, "group 2 has -1 repeat purchases"},
		{Group{History{1 << 40, 3, 4}, 1}, "group 2 has 1,099,511,627,776 repeat purchases"},
		{Group{History{1, 3, 4}, 0}, "group 2 stands for 0 customers"},
	} {
		_, err := Fit(context.Background(), BGNBD, append(buyers(100, 2), c.group), FitOptions{})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

func TestFitStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, m := range Models {
		if _, err := Fit(ctx, m, pinned(t, "shop.csv"), FitOptions{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%v: %v", m, err)
		}
	}
}

// oddShops are customers without a proper optimum, or with an odd one.
func oddShops(t testing.TB) map[string][]Group {
	alike := make([]Group, 12) // as regular as clockwork
	for i := range alike {
		alike[i] = Group{History{10 + i, float64(100 + 10*i), float64(100 + 10*i)}, 20}
	}
	heavy := append(pinned(t, "shop.csv"), Group{History{10_000, 10_950, 10_957}, 1})
	old := slices.Clone(pinned(t, "shop.csv"))
	for i := range old {
		old[i].TX *= 30
		old[i].T *= 30
	}
	gone := make([]Group, 30) // twice, and never again
	for i := range gone {
		gone[i] = Group{History{1, 1, float64(300 + i)}, 10}
	}
	twice := make([]Group, 30)
	for i := range twice {
		twice[i] = Group{History{i % 2, float64(i%2) * 40, float64(50 + i)}, 10}
	}
	return map[string][]Group{
		"clockwork": alike, "10,000 orders": heavy, "30 years": old, "gone": gone, "once or twice": twice,
		"pareto on bg": pinned(t, "shop.csv"),
	}
}

// TestFitOfOddShops: whatever comes, the answer is finite, usable and frank.
func TestFitOfOddShops(t *testing.T) {
	for name, groups := range oddShops(t) {
		for _, m := range Models {
			what := fmt.Sprintf("%s, %v", name, m)
			f, err := Fit(context.Background(), m, groups, FitOptions{})
			if err != nil {
				t.Errorf("%s: %v", what, err)
				continue
			}
			t.Logf("%s: converged %v after %d, %.4g, step %.2g %q", what, f.Converged, f.Iterations, f.Params, f.Step, f.Warnings)
			p, err := f.Purchases()
			if err != nil {
				t.Errorf("%s: %v", what, err)
				continue
			}
			if !f.Converged && (len(f.Warnings) == 0 || f.Covariance != nil) {
				t.Errorf("%s: no maximum, and nothing said", what)
			}
			for _, g := range groups {
				for _, v := range []float64{p.Alive(g.History), p.Expected(g.History, 365), p.Factorial2(g.History, 365), f.LogLikelihood} {
					if math.IsNaN(v) || math.IsInf(v, 0) {
						t.Fatalf("%s: %v for %+v", what, v, g)
					}
				}
			}
		}
	}
}

// TestRidge: where customers do not differ in leaving, s and β have no end.
func TestRidge(t *testing.T) {
	f := fit(t, ParetoNBD, pinned(t, "shop.csv"))
	if f.Converged || f.SE != nil || !slices.ContainsFunc(f.Warnings, func(w string) bool { return strings.Contains(w, "s and beta ran off together along their ridge") }) {
		t.Errorf("%+v", f)
	}
	if rate := f.Params[2] / f.Params[3]; math.Abs(rate-.003535) > 1e-5 {
		t.Errorf("the rate of leaving is %v", rate)
	}
}
