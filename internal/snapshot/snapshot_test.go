package snapshot

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"worth/internal/tabular"
)

func TestRecordKeepsItsBytes(t *testing.T) {
	r := Record{
		Version: Version, Name: "montag <&> 周一", Page: Segments, SavedAt: time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC),
		Settings: json.RawMessage(`{"scheme":"rf-10"}`), Model: json.RawMessage(`{}`), Columns: []Column{{Name: "segment"}},
	}
	text, err := r.Write()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Read(text)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := again.Write(); err != nil || second != text {
		t.Errorf("%s\nbecame\n%s (%v)", text, second, err)
	}
	for name, bad := range map[string]string{
		"later": `{"version":2,"name":"x","columns":[{"name":"a"}]}`, "empty": `{}`, "none": ``, "no name": `{"version":1,"columns":[{"name":"a"}]}`,
		"no columns": `{"version":1,"name":"x"}`,
	} {
		if _, err := Read(bad); err == nil {
			t.Errorf("%s is read", name)
		}
	}
}

func record(data, settings, asOf string) *Record {
	return &Record{Data: data, Settings: json.RawMessage(settings), AsOf: asOf, Scheme: "rfm-11", Question: Question{Page: Segments}}
}

func TestCompare(t *testing.T) {
	plain := record("d", `{}`, "2026-01-31")
	for _, c := range []struct {
		name string
		b    *Record
		want Differs
	}{
		{"nothing", record("d", `{}`, "2026-01-31"), Differs{}},
		{"a default that is said", record("d", `{"basis":"net_revenue","time_zone":"UTC","scheme":"rfm-11","as_of":"2026-01-31T00:00:00Z"}`, "2026-01-31"), Differs{}},
		{"data", record("e", `{}`, "2026-01-31"), Differs{Data: true}},
		{"basis", record("d", `{"basis":"margin"}`, "2026-01-31"), Differs{Rules: true}},
		{"cut-points", record("d", `{"cuts":{"r":[1,2,3,4]}}`, "2026-01-31"), Differs{Rules: true}},
		{"date", record("d", `{}`, "2026-02-28"), Differs{AsOf: true}},
	} {
		if got := Compare(plain, c.b); got != c.want {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// Only what is needed is asked.
func TestExplain(t *testing.T) {
	a := record("old", `{}`, "2026-01-31")
	for _, c := range []struct {
		name  string
		b     *Record
		today string
		want  [3]From
	}{
		{"new data", record("new", `{}`, "2026-01-31"), "new", [3]From{Before, Same, Same}},
		{"another date", record("old", `{}`, "2026-02-28"), "old", [3]From{Before, Same, After}},
		{"other rules", record("old", `{"window":12}`, "2026-01-31"), "old", [3]From{Before, After, Same}},
		{"new data, another date", record("new", `{}`, "2026-02-28"), "new", [3]From{Run, Same, After}},
		{"new data, other rules", record("new", `{"window":12}`, "2026-01-31"), "new", [3]From{Run, After, Same}},
		{"rules and date", record("old", `{"window":12}`, "2026-02-28"), "old", [3]From{Before, Run, After}},
		{"all", record("new", `{"window":12}`, "2026-02-28"), "new", [3]From{Run, Run, After}},
		{"both long ago", record("old", `{"window":12}`, "2026-02-28"), "new", [3]From{Run, Run, Run}},
	} {
		if got := Explain(a, c.b, c.today); got.Steps != c.want {
			t.Errorf("%s: %v", c.name, got.Steps)
		}
	}
}

// The parts add up to the whole, whatever the numbers are.
func TestSplitAddsUp(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	money := func() any { return tabular.Decimal{Unscaled: random.Int64N(1e15) - 5e14, Scale: 4} }
	whole := func() any { return random.Int64N(1e9) - 5e8 }
	float := func() any { return random.NormFloat64() * math.Pow(10, float64(random.IntN(12)-4)) }
	for i := range 3000 {
		invent := []func() any{money, whole, float}[i%3]
		cell := func() any {
			if random.IntN(8) == 0 {
				return nil
			}
			return invent()
		}
		before, after, at := cell(), cell(), [3]any{cell(), cell(), cell()}
		change, parts := Split(before, after, at)
		var sum, size float64
		for _, c := range []any{before, after, at[0], at[1], at[2], 1.0} {
			size += math.Abs(value(c))
		}
		var units int64
		for _, p := range parts {
			f, ok := tabular.Number(p)
			if !ok {
				t.Fatalf("%v is no number", p)
			}
			sum += f
			units += unscaled(p)
		}
		want, _ := tabular.Number(change)
		if i%3 != 2 && units != unscaled(change) || math.Abs(sum-want) > 1e-12*size {
			t.Errorf("%v → %v by way of %v: %v in parts %v", before, after, at, change, parts)
		}
	}
	day := time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)
	if change, parts := Split(day, day.AddDate(0, 0, 3), [3]any{day, day, day.AddDate(0, 0, 3)}); change != 3.0 || parts != [3]any{0.0, 0.0, 3.0} {
		t.Errorf("three days are %v in parts %v", change, parts)
	}
}

func TestEnds(t *testing.T) {
	day := func(text string) time.Time {
		d, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		every       Every
		from, until string
		n           int
		want        []string
	}{
		{Month, "2020-01-01", "2026-03-30", 3, []string{"2025-12-31", "2026-01-31", "2026-02-28"}},
		{Month, "2020-01-01", "2026-03-31", 2, []string{"2026-02-28", "2026-03-31"}},
		{Month, "2026-02-15", "2026-03-31", 9, []string{"2026-02-28", "2026-03-31"}},
		{Quarter, "2020-01-01", "2026-02-01", 2, []string{"2025-09-30", "2025-12-31"}},
		{Quarter, "2020-01-01", "2026-12-31", 2, []string{"2026-09-30", "2026-12-31"}},
		{Month, "2026-03-10", "2026-03-20", 4, nil},
	} {
		var got []string
		for _, d := range c.every.Ends(day(c.from), day(c.until), c.n) {
			got = append(got, d.Format(time.DateOnly))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s ends up to %s: %v", c.every, c.until, got)
		}
	}
}

// The line and its interval are those of a textbook's least squares.
func TestExtend(t *testing.T) {
	f, ok := Extend([]float64{1, 3, 2, 5, 4, math.NaN(), 7}, 2)
	if !ok || math.Abs(f.Value-8.5429) > 0.001 || math.Abs(f.High-10.859) > 0.01 || math.Abs(f.High-f.Value-(f.Value-f.Low)) > 1e-9 {
		t.Errorf("%+v", f)
	}
	exact, ok := Extend([]float64{1, 2, 3, 4, 5}, 3)
	if !ok || math.Abs(exact.Value-8) > 1e-9 || exact.High-exact.Low > 1e-6 {
		t.Errorf("a straight line leads to %+v", exact)
	}
	if _, ok := Extend([]float64{1, math.NaN(), 3, 4}, 1); ok {
		t.Error("three values make a line")
	}
	for degrees, want := range map[int]float64{1: 3.0777, 3: 1.6377, 5: 1.4759, 10: 1.3722, 30: 1.3104, 1000: 1.2824} {
		if got := student80(degrees); math.Abs(got-want) > 0.006 {
			t.Errorf("t of %d degrees is %.4f, not %.4f", degrees, got, want)
		}
	}
}

func TestMatrix(t *testing.T) {
	amount := func(units int64) tabular.Decimal { return tabular.Decimal{Unscaled: units * 1e4, Scale: 4} }
	m := NewMatrix([]Move{
		{"A", "A", 3, amount(30), amount(40)},
		{"A", "B", 1, amount(5), amount(5)},
		{"B", Gone, 2, amount(7), amount(0)},
		{Newcomer, "C", 4, amount(0), amount(9)},
	}, []string{"A", "B"}, []string{"A", "B"})
	if m.Size("A") != 4 || m.Size("B") != 2 || m.Size(Newcomer) != 4 || m.At("B", "B").Customers != 0 {
		t.Errorf("%+v", m)
	}
	if got := fmt.Sprint(m.From, m.To); got != "[A B new] [A B C no longer in data]" {
		t.Errorf("the segments are %s", got)
	}
	rows := m.Table().Rows
	if len(rows) != len(m.From)*len(m.To)-1 || rows[1][3] != 0.25 {
		t.Errorf("%v", rows)
	}
}
