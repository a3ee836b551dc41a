package whatif

import (
	"context"
	"errors"
	"math"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"worth/internal/clv"
)

// TestBaselineIsPrediction compares the baseline with the scores of clv, segment by
// segment and customer by customer.
func TestBaselineIsPrediction(t *testing.T) {
	for _, model := range clv.Models {
		for _, horizon := range []float64{12, 8.97, 60, 240} {
			in := shop(t, mustPurchases(t, model), 700)
			in.Terms.Horizon = horizon
			m := mustFitted(t, in)
			scores, err := clv.Scores(context.Background(), in.Purchases, nil, in.Groups, in.Terms)
			if err != nil {
				t.Fatal(err)
			}
			sums, want := make([]float64, len(in.Segments)), make([]float64, len(in.Group))
			customers := make([]int32, len(in.Group))
			for i, g := range in.Group {
				want[i] = in.Terms.Margin * in.Spend[i] * scores[g].Discounted
				sums[in.Customers.Segment[i]] += want[i]
				customers[i] = int32(i)
			}
			result := mustEvaluate(t, m, Scenario{})
			for i, line := range result.Segments {
				near(t, "baseline of "+string(line.Scope), line.Baseline.Value, sums[i], 2e-7)
				if line.Baseline != line.Scenario {
					t.Errorf("%s: the empty scenario is %+v, the baseline %+v", line.Scope, line.Scenario, line.Baseline)
				}
			}
			rows, err := m.Rows(context.Background(), Scenario{}, customers)
			if err != nil {
				t.Fatal(err)
			}
			for i, row := range rows {
				near(t, "value of a customer", row.Baseline.Value, want[i], 2e-7)
			}
		}
	}
}

// scenarios are some that move every lever, for everyone and for segments.
func scenarios(t testing.TB, m *Model) []Scenario {
	t.Helper()
	var list []Scenario
	for lever, text := range map[Lever]string{
		Frequency: "×1.2", AOV: "+10%", Margin: "+3pt", Retention: "+3pt", Lifetime: "×1.1", Dropout: "-10%",
		Discount: "15%", Horizon: "24mo", CAC: "30", Upkeep: "2.5", Referral: "50%",
	} {
		for _, scope := range []Scope{Everyone, "At Risk", "Nobody"} {
			if m.Spec(scope, lever).Off == "" {
				list = append(list, mustSet(t, m, Scenario{}, scope, lever, text))
			}
		}
	}
	s := mustSet(t, m, Scenario{Name: "all"}, Everyone, Upkeep, "3")
	s = mustSet(t, m, s, Everyone, Retention, "+2pt")
	s = mustSet(t, m, s, "At Risk", Retention, "+5pt")
	s = mustSet(t, m, s, "Loyal", Margin, "20%")
	return append(list, mustSet(t, m, s, "Champions", Referral, "100%"))
}

// TestSegmentsAddUp: the total is the sum of the segments, and both are the sum of their
// customers; shares add up to 1.
func TestSegmentsAddUp(t *testing.T) {
	bothModels(t, func(t *testing.T, m *Model) {
		for _, s := range scenarios(t, m) {
			result, d := mustEvaluate(t, m, s), mustDistribute(t, m, s)
			var sum, share float64
			var customers, up, down int
			for i, line := range result.Segments {
				sum += line.Scenario.Value
				share += line.Scenario.Share
				customers += line.Customers
				up += d.Segments[i].Up
				down += d.Segments[i].Down
			}
			near(t, "sum of segments", sum, result.Total.Scenario.Value, 1e-12)
			near(t, "sum of shares", share, 1, 1e-12)
			near(t, "mean of customers", d.Scenario.Mean, result.Total.Scenario.Mean, 1e-10)
			near(t, "sum of tenths", total10(d.Scenario.Tenths), result.Total.Scenario.Value, 1e-10)
			if customers != result.Total.Customers || up+down != d.Moved() {
				t.Errorf("%d customers of %d, %d up and %d down of %d", customers, result.Total.Customers, up, down, d.Moved())
			}
		}
	})
}

// total10 adds up tenths.
func total10(tenths [10]float64) float64 {
	var sum float64
	for _, v := range tenths {
		sum += v
	}
	return sum
}

// TestRetentionIsReached: a retention asked for is the model's own, by direct evaluation
// of every history.
func TestRetentionIsReached(t *testing.T) {
	ctx := context.Background()
	for _, model := range clv.Models {
		in := shop(t, mustPurchases(t, model), 700)
		m := mustFitted(t, in)
		for _, scope := range []Scope{Everyone, "At Risk", "Champions", "Lost"} {
			base := m.Spec(scope, Retention).Base
			near(t, "baseline retention", base, directRetention(t, m, in, scope, 1), 1e-7)
			texts := []string{"+3pt", "-3pt", "-0.01pt", "×1.05", "90%"}
			if scope != Everyone {
				texts = texts[:2]
			}
			for _, text := range texts {
				s := mustSet(t, m, Scenario{}, scope, Retention, text)
				dropout, err := m.Position(ctx, s, scope, Dropout)
				if err != nil {
					t.Fatal(err)
				}
				got, err := m.Position(ctx, s, scope, Retention)
				if err != nil {
					t.Fatal(err)
				}
				setting, _ := ParseSetting(Retention, text)
				near(t, model.String()+" retention of "+string(scope)+" "+text, directRetention(t, m, in, scope, dropout.At), setting.of(base), 1e-7)
				near(t, "retention shown", got.At, setting.of(base), 1e-7)
				lifetime, err := m.Position(ctx, s, scope, Lifetime)
				if err != nil {
					t.Fatal(err)
				}
				near(t, "lifetime shown", lifetime.At, 1/(1-got.At), 1e-7)
				near(t, "retention in the result", lineOf(mustEvaluate(t, m, s), scope).Scenario.Retention, setting.of(base), 1e-7)
			}
		}
	}
}

// lineOf returns the line of a scope.
func lineOf(r Result, scope Scope) Line {
	for _, line := range r.Segments {
		if line.Scope == scope {
			return line
		}
	}
	return r.Total
}

// directRetention computes the 12-month retention of a scope from clv alone.
func directRetention(t *testing.T, m *Model, in Fitted, scope Scope, factor float64) float64 {
	t.Helper()
	params := slices.Clone(in.Purchases.Params())
	params[2] *= factor
	bent, err := clv.New(in.Purchases.Model(), params)
	if err != nil {
		t.Fatal(err)
	}
	known := map[clv.History]float64{}
	var active, retained float64
	for i, g := range in.Group {
		if segment, ok := m.index(scope); ok && int(in.Customers.Segment[i]) != segment {
			continue
		}
		h := in.Groups[g].History
		stay, ok := known[h]
		if !ok {
			stay = bent.AliveAfter(h, 365.25) / bent.Alive(h)
			known[h] = stay
		}
		alive := in.Purchases.Alive(h)
		active += alive
		retained += alive * stay
	}
	return retained / active
}

// TestBentValue compares value under another retention with clv: who is active today
// stays, what comes is the bent model's.
func TestBentValue(t *testing.T) {
	for _, model := range clv.Models {
		in := shop(t, mustPurchases(t, model), 300)
		m := mustFitted(t, in)
		s := mustSet(t, m, mustSet(t, m, Scenario{}, Everyone, Dropout, "×0.7"), Everyone, Upkeep, "4")
		s = mustSet(t, m, mustSet(t, m, s, Everyone, Horizon, "30.5mo"), Everyone, Frequency, "×1.1")
		params := slices.Clone(in.Purchases.Params())
		params[2] *= 0.7
		bent, err := clv.New(model, params)
		if err != nil {
			t.Fatal(err)
		}
		terms := in.Terms
		terms.Horizon = 30.5
		var want float64
		for i, g := range in.Group {
			h := in.Groups[g].History
			active := in.Purchases.Alive(h) / bent.Alive(h)
			want += 1.1 * terms.Margin * in.Spend[i] * active * clv.DiscountedOrders(bent, h, terms)
			for k := 1.0; k <= 31; k++ {
				end := math.Min(k, 30.5)
				want -= 4 * (end - k + 1) / 12 * math.Pow(1.1, -end/12) * active * bent.AliveAfter(h, end*clv.DaysPerMonth)
			}
		}
		near(t, "bent value", mustEvaluate(t, m, s).Total.Scenario.Value, want, 1e-6)
	}
}

// TestMonotone: more margin, horizon, retention, frequency or spend is worth more, more
// discount or upkeep less.
func TestMonotone(t *testing.T) {
	bothModels(t, func(t *testing.T, m *Model) {
		for lever, rises := range map[Lever]bool{
			Margin: true, Horizon: true, Retention: true, Lifetime: true, Frequency: true, AOV: true,
			Discount: false, Upkeep: false, Dropout: false,
		} {
			for _, scope := range []Scope{Everyone, "Loyal"} {
				if m.Spec(scope, lever).Off != "" {
					continue
				}
				spec, last := m.Spec(scope, lever), math.NaN()
				for i := range 6 {
					at := spec.Low + (spec.High-spec.Low)*float64(i)/5
					if lever == Dropout {
						at = 0.25 + float64(i)/2
					}
					value := mustEvaluate(t, m, m.Place(Scenario{}, scope, lever, at)).Total.Scenario.Value
					if i > 0 && (rises && value < last || !rises && value > last) {
						t.Errorf("%v of %q at %v: %v after %v", lever, scope, at, value, last)
					}
					last = value
				}
			}
		}
	})
}

// TestNothingIsInfinite pulls every lever to its bounds, all others too.
func TestNothingIsInfinite(t *testing.T) {
	bothModels(t, func(t *testing.T, m *Model) {
		for _, high := range []bool{false, true} {
			s := Scenario{}
			for _, lever := range Levers {
				spec := m.Spec(Everyone, lever)
				at := spec.Low
				if high {
					at = spec.High
				}
				s = m.Place(s, Everyone, lever, at)
				checkFinite(t, mustEvaluate(t, m, s))
				checkFinite(t, mustEvaluate(t, m, m.Place(Scenario{}, "At Risk", lever, at)))
				checkFinite(t, mustDistribute(t, m, s))
			}
		}
		for _, value := range []float64{math.NaN(), math.Inf(1), -1e300, 1e300} {
			for _, lever := range Levers {
				checkFinite(t, mustEvaluate(t, m, m.Place(Scenario{}, Everyone, lever, value)))
				checkFinite(t, mustEvaluate(t, m, Scenario{}.With("Lost", lever, Setting{To, value})))
				checkFinite(t, mustEvaluate(t, m, Scenario{}.With(Everyone, lever, Setting{Times, value})))
			}
		}
	})
}

// checkFinite fails if any number in v is NaN or infinite.
func checkFinite(t *testing.T, v any) {
	t.Helper()
	var walk func(path string, v reflect.Value)
	walk = func(path string, v reflect.Value) {
		switch v.Kind() {
		case reflect.Float64:
			if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
				t.Errorf("%s is %v", path, f)
			}
		case reflect.Struct:
			for i := range v.NumField() {
				walk(path+"."+v.Type().Field(i).Name, v.Field(i))
			}
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				walk(path, v.Index(i))
			}
		default:
		}
	}
	walk("", reflect.ValueOf(v))
}

// TestOverrideIsRemovable: taking an override away restores what was, to the last bit.
func TestOverrideIsRemovable(t *testing.T) {
	bothModels(t, func(t *testing.T, m *Model) {
		for _, s := range scenarios(t, m) {
			was := mustEvaluate(t, m, s)
			for lever, text := range map[Lever]string{Margin: "10%", Retention: "+4pt", Frequency: "×2"} {
				if _, own, _ := s.Get("Champions", lever); own {
					continue
				}
				changed := mustSet(t, m, s, "Champions", lever, text)
				if reflect.DeepEqual(mustEvaluate(t, m, changed).Segments[0], was.Segments[0]) {
					t.Errorf("%v of Champions does nothing", lever)
				}
				back := mustSet(t, m, changed, "Champions", lever, "")
				if !back.Equal(s) || !reflect.DeepEqual(mustEvaluate(t, m, back), was) {
					t.Errorf("%v cannot be taken back", lever)
				}
			}
		}
	})
}

// TestOnlyTheSegmentMoves: an override changes its segment and no other.
func TestOnlyTheSegmentMoves(t *testing.T) {
	bothModels(t, func(t *testing.T, m *Model) {
		s := mustSet(t, m, mustSet(t, m, Scenario{}, "Loyal", Retention, "+4pt"), "Loyal", AOV, "×1.5")
		for _, line := range mustEvaluate(t, m, s).Segments {
			changed := line.Change() != 0
			if changed != (line.Scope == "Loyal") {
				t.Errorf("%s changes by %v", line.Scope, line.Change())
			}
		}
	})
}

// TestKnowsNoThreads: one processor and all give the same bits.
func TestKnowsNoThreads(t *testing.T) {
	in := shop(t, mustPurchases(t, clv.MBGNBD), 20000)
	type answer struct {
		result Result
		spread Distribution
	}
	ask := func() []answer {
		m := mustFitted(t, in)
		s := mustSet(t, m, mustSet(t, m, Scenario{}, Everyone, Retention, "+3pt"), "Loyal", Upkeep, "1")
		return []answer{{mustEvaluate(t, m, s), mustDistribute(t, m, s)}, {mustEvaluate(t, m, Scenario{}), mustDistribute(t, m, Scenario{})}}
	}
	all := ask()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if one := ask(); !reflect.DeepEqual(one, all) {
		t.Error("one processor finds something else than all")
	}
}

// TestReadyAndStopped: a new retention has to be computed, can be stopped, and is kept.
func TestReadyAndStopped(t *testing.T) {
	m := mustFitted(t, shop(t, mustPurchases(t, clv.BGNBD), 1000))
	s := mustSet(t, m, Scenario{}, Everyone, Margin, "40%")
	if !m.Ready(s) {
		t.Error("a margin is not ready")
	}
	s = mustSet(t, m, s, Everyone, Retention, "+2pt")
	if m.Ready(s) {
		t.Error("a new retention is ready")
	}
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	if err := m.Prepare(stopped, s, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped calculation says %v", err)
	}
	last := 0.0
	if err := m.Prepare(context.Background(), s, func(done float64) {
		if done < last || done > 1 {
			t.Errorf("progress goes from %v to %v", last, done)
		}
		last = done
	}); err != nil {
		t.Fatal(err)
	}
	if !m.Ready(s) || last != 1 {
		t.Errorf("prepared to %v, ready %v", last, m.Ready(s))
	}
	if upkeep := mustSet(t, m, s, "Lost", Upkeep, "2"); m.Ready(upkeep) {
		t.Error("a first upkeep is ready")
	}
}
