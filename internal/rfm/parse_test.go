package rfm

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

func example(t *testing.T, file string) Scheme {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Parse(file, data)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestOwnScheme(t *testing.T) {
	s := example(t, "example.yaml")
	if s.Name != "shop-4" || s.Unmatched || s.Match != MatchFirst || len(s.Segments) != 4 || s.Segments[0].Label("zh-Hans") != "明星客户" {
		t.Errorf("scheme %+v", s)
	}
	if got := s.Segments[1].Label("zh-Hant"); got != "New" {
		t.Errorf("a segment without a Chinese name is called %q", got)
	}
	if got := s.Segments[0].Explanation(); !strings.Contains(got, "than 80 % of customers") {
		t.Errorf("an analyst's sentence was changed: %q", got)
	}
	needs := s.Needs()
	if len(needs) != 1 || needs[0] != (Statistic{Measure: AOV, P: 0.8}) || needs[0].String() != "p80 of aov" {
		t.Fatalf("needs %v", needs)
	}
	rules, err := s.Resolve(Stats{needs[0]: 250})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		recency, orders, aov, tenure float64
		want                         string
	}{
		{10, 1, 900, 10, "New"},
		{30, 1, 10, 30, "New"},
		{31, 1, 900, 31, "Regulars"},
		{30, 2, 250.01, 300, "Stars"},
		{30, 2, 250, 300, "Regulars"},
		{180, 2, 900, 300, "Regulars"},
		{181, 2, 900, 300, "Asleep"},
	} {
		got, _ := rules.Segment(Measures{RecencyDays: c.recency, Orders: c.orders, AOV: c.aov, TenureDays: c.tenure})
		if got != c.want {
			t.Errorf("%+v is %s", c, got)
		}
	}
}

func TestRulesBeforeMap(t *testing.T) {
	rules, err := example(t, "new-by-tenure.yaml").Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	for tenure, want := range map[float64]string{0: "New", 90: "New", 91: "Promising"} {
		customer := scored(5, 1, 1)
		customer[TenureDays] = tenure
		if got, _ := rules.Segment(customer); got != want {
			t.Errorf("a customer of %v days is %s, want %s", tenure, got, want)
		}
	}
	if rules.Boxes[0].Ranges[TenureDays].String() != "> 90" || rules.Boxes[0].Ranges[R].String() != "5" {
		t.Errorf("first box %+v", rules.Boxes[0])
	}
}

// two is the beginning of a scheme with segments A and B.
const two = "segments: [{name: A}, {name: B}]\n"

func TestBadFiles(t *testing.T) {
	grid := func(rows string) string {
		return two + "levels: 2\nmap:\n  rows: r\n  columns: fm\n  grid:\n" + rows
	}
	for name, c := range map[string]struct{ file, want string }{
		"empty":               {"", "s.yaml:1:1: this file is empty"},
		"not YAML":            {"rules: [a,\n", "s.yaml:1:8: this is not valid YAML: sequence end token ']' not found"},
		"binary":              {"PAR1\xff\xfe", "s.yaml:1:1: this file is not UTF-8 text"},
		"too long":            {strings.Repeat("# orders\n", 9000), "too long for a scheme"},
		"nested":              {strings.Repeat("[", 60000), "s.yaml:1:1: this is not valid YAML: brackets are nested too deep"},
		"a list":              {"- a\n- b\n", `a scheme is made of lines such as "key: value"`},
		"two documents":       {"---\nname: a\n---\nname: b\n", "holds one scheme"},
		"same key twice":      {"name: a\nname: b\n", `s.yaml:2:1: this is not valid YAML: mapping key "name" already defined`},
		"unquoted comparison": {two + "rules:\n  - segment: A\n    r: >= 4\n", `s.yaml:4:8: a bound that begins with > needs quotes, as in ">= 4"`},
		"anchors":             {"name: &a x\nsegments: *a\n", "s.yaml:1:7: name must be a text"},
		"unknown key":         {"nmae: a\n" + two + "rules: [{segment: A}]\n", `s.yaml:1:1: a scheme has no "nmae"; it may have name, title`},
		"unknown measure":     {two + "rules:\n  - segment: A\n    days: 3\n", `s.yaml:4:5: a rule has no "days"; it may have segment, r, f, m, fm, recency_days`},
		"no segments":         {"rules: [{segment: A}]\n", "the scheme has no list of segments"},
		"no rules":            {two, "neither a map nor rules"},
		"misspelt segment":    {two + "rules:\n  - segment: AA\n", `s.yaml:3:14: "AA" is not in the list of segments: A, B`},
		"listed twice":        {"segments:\n  - name: A\n  - name: a\n", `s.yaml:3:11: the segment "a" is listed twice`},
		"unmatched segment":   {"segments: [{name: unmatched}]\n", "no segment may be called Unmatched"},
		"unused segment":      {two + "rules: [{segment: A}]\n", `s.yaml:2:1: the segment "B" is in the list, but no rule leads to it`},
		"bad match":           {two + "match: any\n", `s.yaml:2:8: match cannot be "any"; choose first | exactly-one`},
		"bad levels":          {two + "levels: 9\n", "s.yaml:2:9: levels must be a number from 2 to 5"},
		"bad bits":            {"segments: [{name: A, bits: 12}]\n", "bits are three digits"},
		"control sequence":    {"segments: [{name: \"A\\e[31m\"}]\n", `holds characters that cannot be shown: "A\x1b[31m"`},
		"bidi name":           {"segments: [{name: \"A\u202e\"}]\n", "cannot be shown"},
		"bad bound":           {two + "rules: [{segment: A, aov: much}, {segment: B}]\n", `s.yaml:2:9: "much" is neither a parameter of this scheme nor mean, median or a percentile`},
		"bad number":          {two + "rules: [{segment: A, aov: 1e3}, {segment: B}]\n", `s.yaml:2:27: "1e3" is not a bound`},
		"two lower ends":      {two + "rules: [{segment: A, aov: \"> 3, >= 4\"}, {segment: B}]\n", "two lower ends"},
		"score out of range":  {two + "rules: [{segment: A, r: 6}, {segment: B}]\n", "s.yaml:2:9: R is a whole number from 1 to 5, not 6"},
		"share out of range":  {two + "rules: [{segment: A, value_rank: < 20}, {segment: B}]\n", "value_rank is a share from 0 to 1 (or 0 % to 100 %), not 20"},
		"mean of a score":     {two + "rules: [{segment: A, r: < mean}, {segment: B}]\n", "R cannot be bounded by its mean"},
		"mixed kinds":         {two + "rules: [{segment: A, aov: < mean}, {segment: B, aov: \"> 5\"}]\n", "s.yaml:2:36: aov is bounded by numbers and the mean"},
		"bad parameter":       {two + "parameters: {p80: 3}\n", `a parameter cannot be called "p80"`},
		"word as parameter":   {two + "parameters: {days: soon}\n", "the parameter days must be a number"},
		"gap in scores":       {two + "rules:\n  - {segment: A, r: \">= 4\"}\n  - {segment: B, r: <= 3, fm: \">= 2\"}\n", `s.yaml:3:1: R 1, FM 1 belongs to no segment; add a rule, or say "unmatched: allowed"`},
		"gap between days":    {two + "rules:\n  - {segment: A, recency_days: <= 30}\n  - {segment: B, recency_days: \"> 31\"}\n", "recency_days 31 belongs to no segment"},
		"gap between amounts": {two + "rules:\n  - {segment: A, aov: <= 30}\n  - {segment: B, aov: \">= 31\"}\n", "aov 30.5 belongs to no segment"},
		"gap at a bound":      {two + "rules:\n  - {segment: A, aov: < mean}\n  - {segment: B, aov: \"> mean\"}\n", "belongs to no segment"},
		"overlap": {
			two + "match: exactly-one\nrules:\n  - {segment: A, r: \">= 3\"}\n  - {segment: B, r: <= 3}\n",
			`s.yaml:5:5: R 3 belongs to A (line 4) and to B (line 5); make the rules exclude each other, or say "match: first"`,
		},
		"never reached":  {two + "rules:\n  - {segment: A}\n  - {segment: B, r: 3}\n", "s.yaml:4:5: this rule for B never applies: earlier rules take all its customers"},
		"empty range":    {two + "rules:\n  - {segment: B, r: 4..3}\n  - {segment: A}\n", "s.yaml:3:5: this rule for B never applies: no customer can meet all its bounds"},
		"impossible":     {two + "rules:\n  - {segment: B, recency_days: 100, tenure_days: 50}\n  - {segment: A}\n", "no customer can meet all its bounds"},
		"half an order":  {two + "rules:\n  - {segment: B, orders: 1.5}\n  - {segment: A}\n", "no customer can meet all its bounds"},
		"missing row":    {grid("    2: [A, B]\n"), "s.yaml:7:5: R 1 belongs to no segment: the grid has no row 1"},
		"short row":      {grid("    2: [A]\n    1: [A, B]\n"), "s.yaml:7:8: the row of R 2 needs 2 cells, for FM 1 to 2, and has 1"},
		"empty cell":     {grid("    2: [A, ~]\n    1: [A, B]\n"), "s.yaml:7:12: R 2, FM 2 belongs to no segment"},
		"row twice":      {grid("    2: [A, B]\n    02: [A, B]\n"), `and "02" is not one more of them`},
		"same two axes":  {two + "map: {rows: r, columns: r, grid: {}}\n", "rows and columns of the map are both r"},
		"half a map":     {two + "map: {rows: r, grid: {}}\n", `the map has no "columns"`},
		"no such score":  {two + "map: {rows: aov, columns: r, grid: {}}\n", `rows cannot be "aov"; choose r | f | m | fm`},
		"name of ours":   {"name: metals\nsegments: [{name: A}]\nrules: [{segment: A}]\n", "the name metals belongs to a scheme of the program"},
		"name like path": {"name: ../x\n", `the name "../x" must be at most 60 letters`},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Parse("s.yaml", []byte(c.file))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %+v, %v\nwant %q", s.Segments, err, c.want)
			}
		})
	}
}

func TestEveryMistakeIsNamed(t *testing.T) {
	_, err := Parse("s.yaml", []byte(two+"levels: 9\nrules:\n  - {segment: C}\n  - {segment: B, x: 1}\n"))
	for _, want := range []string{"s.yaml:2:9:", "s.yaml:4:15:", "s.yaml:5:18:"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing from:\n%v", want, err)
		}
	}
}

func TestGoodFiles(t *testing.T) {
	for name, file := range map[string]string{
		"whole days leave no gap":  two + "match: exactly-one\nrules: [{segment: A, recency_days: <= 90}, {segment: B, recency_days: \">= 91\"}]\n",
		"unicode signs, no quotes": two + "rules:\n  - segment: A\n    aov: ≥ 3\n  - segment: B\n    aov: < 3\n",
		"percent":                  two + "rules: [{segment: A, value_rank: < 12.5 %}, {segment: B, value_rank: 12.5%..100%}]\n",
		"first order is last":      two + "match: exactly-one\nunmatched: allowed\nrules: [{segment: A, tenure_days: <= 7}, {segment: B, recency_days: \">= 180\"}]\n",
		"nothing in empty cells":   two + "levels: 2\nunmatched: allowed\nmap: {rows: f, columns: m, grid: {1: [A, ~], 2: [~, B]}}\n",
		"BOM and CRLF":             "\uFEFF" + strings.ReplaceAll(two+"rules:\n  - segment: A\n    r: 1..3\n  - segment: B\n", "\n", "\r\n"),
		"percentiles":              two + "match: exactly-one\nrules: [{segment: A, orders: < p99_5}, {segment: B, orders: \">= p99_5\"}]\n",
	} {
		if s, err := Parse("my shop.yaml", []byte(file)); err != nil || s.Name != "my shop" {
			t.Errorf("%s: %q, %v", name, s.Name, err)
		}
	}
}

// TestResolveProvesAgain has quantiles that are apart when the file is read and
// coincide in the data, where both rules leave the one value out.
func TestResolveProvesAgain(t *testing.T) {
	s, err := Parse("s.yaml", []byte(two+`rules:
  - {segment: A, aov: "< p20"}
  - {segment: A, aov: "> p80"}
  - {segment: B, aov: ">= p20, < p80"}
  - {segment: B, aov: "> p20, <= p80"}
`))
	if err != nil {
		t.Fatal(err)
	}
	low, high := Statistic{Measure: AOV, P: 0.2}, Statistic{Measure: AOV, P: 0.8}
	if _, err := s.Resolve(Stats{low: 1, high: 2}); err != nil {
		t.Error(err)
	}
	if _, err := s.Resolve(Stats{low: 2, high: 2}); err == nil || !strings.Contains(err.Error(), "aov 2 belongs to no segment") {
		t.Errorf("coinciding quantiles: %v", err)
	}
}

func TestTooManyCells(t *testing.T) {
	file := two + "rules:\n"
	for i := range 100 {
		file += fmt.Sprintf("  - {segment: A, aov: < %d, net_revenue: < %d, value_rank: < 0.%02d, orders: < %d}\n", i+1, i+1, i+1, i+2)
	}
	_, err := Parse("s.yaml", []byte(file+"  - {segment: B}\n"))
	if err == nil || !strings.Contains(err.Error(), "too many different bounds") {
		t.Error(err)
	}
}

// TestProofAgreesWithBruteForce builds random schemes over few values and tries
// every customer one by one.
func TestProofAgreesWithBruteForce(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	accepted := 0
	for range 1000 {
		file, match := randomScheme(random)
		s, err := Parse("s.yaml", []byte(file))
		gap, overlap, dead := bruteForce(t, file)
		want := !gap && !dead && (match == MatchFirst || !overlap)
		if (err == nil) != want {
			t.Fatalf("%s\naccepted: %v; gap %v, overlap %v, dead rule %v", file, err, gap, overlap, dead)
		}
		if err == nil {
			accepted++
			if s.Match != match {
				t.Fatalf("match %s, want %s", s.Match, match)
			}
		}
	}
	if accepted < 20 {
		t.Errorf("only %d schemes were accepted; the test says little", accepted)
	}
}

func randomScheme(random *rand.Rand) (string, Match) {
	match := MatchFirst
	if random.IntN(2) == 0 {
		match = MatchExactlyOne
	}
	file := two + "levels: 2\nmatch: " + string(match) + "\nrules:\n  - {segment: A" + randomBounds(random) + "}\n"
	for range random.IntN(2) {
		file += "  - {segment: B" + randomBounds(random) + "}\n"
	}
	return file + "  - {segment: B" + randomBounds(random) + "}\n", match
}

func randomBounds(random *rand.Rand) (bounds string) {
	for _, m := range []Measure{R, FM, RecencyDays, TenureDays, Orders, OrdersPerYear, AOV} {
		if random.IntN(5) > 0 {
			continue
		}
		sign := []string{"<", "<=", ">", ">=", ""}[random.IntN(5)]
		bounds += fmt.Sprintf(", %s: %q", m, fmt.Sprintf("%s %d", sign, 1+random.IntN(2)))
	}
	return bounds
}

// bruteForce tries every possible customer whose values are small.
func bruteForce(t *testing.T, file string) (gap, overlap, dead bool) {
	t.Helper()
	r := &reader{file: "s.yaml"}
	var s Scheme
	r.scheme(r.body([]byte(file)), &s)
	if len(r.errs) > 0 {
		t.Fatal(r.errs)
	}
	rules := Rules{Boxes: s.boxes(stand)}
	reached := make([]bool, len(rules.Boxes))
	eachCustomer(func(m Measures) {
		first := -1
		for i := range rules.Boxes {
			switch {
			case !rules.Boxes[i].Contains(m):
			case first < 0:
				first = i
				reached[i] = true
			case rules.Boxes[i].Segment != rules.Boxes[first].Segment:
				overlap = true
			}
		}
		segment, ok := rules.Segment(m)
		if ok != (first >= 0) || ok && segment != rules.Boxes[first].Segment {
			t.Fatalf("Segment(%v) = %q, %v", m, segment, ok)
		}
		gap = gap || first < 0
	})
	for _, ok := range reached {
		dead = dead || !ok
	}
	return gap, overlap, dead
}

// eachCustomer yields every customer with two levels, up to 3 days and orders,
// and an AOV in steps of a half.
func eachCustomer(yield func(Measures)) {
	for _, score := range []Score{{1, 1, 1, 1}, {1, 2, 2, 2}, {2, 1, 1, 1}, {2, 2, 2, 2}} {
		for orders := 1.0; orders <= 3; orders++ {
			for year := 0.0; year <= orders; year++ {
				for tenure := 0.0; tenure <= 3; tenure++ {
					for recency := 0.0; recency <= tenure; recency++ {
						if orders == 1 && recency != tenure {
							continue
						}
						for aov := 0.5; aov <= 2.5; aov += 0.5 {
							m := Measures{RecencyDays: recency, Orders: orders, OrdersPerYear: year, TenureDays: tenure, AOV: aov}
							m.SetScore(score)
							yield(m)
						}
					}
				}
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range Names() {
		data, err := shipped.ReadFile("schemes/" + name + ".yaml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(two + "rules: [{segment: A, aov: \"> p80\"}, {segment: B}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Parse("fuzz.yaml", data)
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without a sentence")
			}
			return
		}
		stats := Stats{}
		for _, need := range s.Needs() {
			stats[need] = stand(need)
		}
		rules, err := s.Resolve(stats)
		if err != nil {
			return // measures that depend on each other may differ from the stand-ins
		}
		customer := Measures{RecencyDays: 9, Orders: 2, OrdersPerYear: 1, AOV: 5, NetRevenue: 10, TenureDays: 99, ValueRank: 0.5}
		customer.SetScore(Score{R: 1, F: 2, M: 2, FM: 2})
		if name, ok := rules.Segment(customer); ok {
			if _, listed := s.Segment(name); !listed {
				t.Errorf("the segment %q is not in the list", name)
			}
		} else if !s.Unmatched {
			t.Errorf("nobody's customer in a scheme without gaps:\n%s", data)
		}
	})
}
