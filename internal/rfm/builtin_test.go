package rfm

import (
	"math"
	"slices"
	"strings"
	"testing"

	"worth/internal/i18n"
)

// shippedRules returns a shipped scheme's rules, every statistic being stat.
func shippedRules(t *testing.T, name string, stats Stats) Rules {
	t.Helper()
	s, err := Builtin(name)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := s.Resolve(stats)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// scored returns a customer with the given scores and nothing else remarkable.
func scored(r, f, m int) Measures {
	customer := Measures{RecencyDays: 100, Orders: 3, OrdersPerYear: 1, AOV: 50, NetRevenue: 150, TenureDays: 500, ValueRank: 0.4}
	customer.SetScore(Score{R: r, F: f, M: m, FM: CombineFM(f, m)})
	return customer
}

func TestMapSchemes(t *testing.T) {
	const (
		champ, loyal, potential, fresh, promising = "Champions", "Loyal", "Potential Loyalist", "New", "Promising"
		attention, sleep, risk, lose, hib, lost   = "Need Attention", "About To Sleep", "At Risk", "Can't Lose Them", "Hibernating", "Lost"
	)
	for name, grid := range map[string][5][5]string{
		"rfm-11": { // rows R 5 to 1, columns FM 1 to 5
			{fresh, potential, potential, champ, champ},
			{promising, potential, potential, loyal, loyal},
			{sleep, sleep, attention, loyal, loyal},
			{hib, hib, risk, risk, risk},
			{lost, lost, risk, lose, lose},
		},
		"rf-10": { // rows R 5 to 1, columns F 1 to 5
			{fresh, potential, potential, champ, champ},
			{promising, potential, potential, loyal, loyal},
			{sleep, sleep, attention, loyal, loyal},
			{hib, hib, risk, risk, lose},
			{hib, hib, risk, risk, lose},
		},
	} {
		rules := shippedRules(t, name, nil)
		for r := 1; r <= 5; r++ {
			for f := 1; f <= 5; f++ {
				for m := 1; m <= 5; m++ {
					column := f
					if name == "rfm-11" {
						column = CombineFM(f, m)
					}
					checkOne(t, rules, scored(r, f, m), grid[5-r][column-1])
				}
			}
		}
	}
}

// checkOne asserts that exactly one segment has boxes around the customer.
func checkOne(t *testing.T, rules Rules, customer Measures, want string) {
	t.Helper()
	found := make(map[string]bool)
	for i := range rules.Boxes {
		if rules.Boxes[i].Contains(customer) {
			found[rules.Boxes[i].Segment] = true
		}
	}
	got, ok := rules.Segment(customer)
	if len(found) != 1 || !ok || got != want {
		t.Errorf("%s: %v is in %v (%v), want %q alone", rules.Scheme, customer, found, got, want)
	}
}

// TestDefaultMapKeepsToPublishedRanges holds rfm-11 against the published R and
// FM ranges of its names.
func TestDefaultMapKeepsToPublishedRanges(t *testing.T) {
	ranges := map[string][4]int{ // R from, to; FM from, to
		"Champions": {4, 5, 4, 5}, "Loyal": {2, 5, 3, 5}, "Potential Loyalist": {3, 5, 1, 3},
		"New": {4, 5, 1, 1}, "Promising": {3, 4, 1, 1}, "Need Attention": {2, 3, 2, 3},
		"About To Sleep": {2, 3, 1, 2}, "At Risk": {1, 2, 2, 5}, "Can't Lose Them": {1, 1, 4, 5},
		"Hibernating": {1, 2, 1, 2}, "Lost": {1, 2, 1, 2},
	}
	for _, b := range shippedRules(t, "rfm-11", nil).Boxes {
		want, r, fm := ranges[b.Segment], b.Ranges[R], b.Ranges[FM]
		if r.Lo < float64(want[0]) || r.Hi > float64(want[1]) || fm.Lo < float64(want[2]) || fm.Hi > float64(want[3]) {
			t.Errorf("%s at R %v, FM %v leaves its ranges %v", b.Segment, r, fm, want)
		}
	}
}

func TestFourGroups(t *testing.T) {
	rules := shippedRules(t, "four-groups", nil)
	for r := 1; r <= 5; r++ {
		for f := 1; f <= 5; f++ {
			for m := 1; m <= 5; m++ {
				fm, want := CombineFM(f, m), "Low"
				switch {
				case r >= 4 && fm >= 4:
					want = "High"
				case r >= 3:
					want = "Potential"
				case fm >= 3:
					want = "Churn Warning"
				}
				if got, _ := rules.Segment(scored(r, f, m)); got != want {
					t.Errorf("R %d FM %d is %q, want %q", r, fm, got, want)
				}
			}
		}
	}
}

func TestMetals(t *testing.T) {
	rules := shippedRules(t, "metals", nil)
	for orders := 1; orders <= 2; orders++ {
		for r := 1; r <= 5; r++ {
			for f := 1; f <= 5; f++ {
				for m := 1; m <= 5; m++ {
					customer, want := scored(r, f, m), "Gold"
					customer[Orders] = float64(orders)
					switch {
					case orders == 1 && r >= 4:
						want = "Silver"
					case customer[FM] >= 4 && r >= 3:
						want = "Diamond"
					case r <= 2:
						want = "Bronze"
					}
					if got, _ := rules.Segment(customer); got != want {
						t.Errorf("%d orders, R %d, FM %v is %q, want %q", orders, r, customer[FM], got, want)
					}
				}
			}
		}
	}
}

func TestClothing(t *testing.T) {
	rules := shippedRules(t, "clothing", nil)
	for _, c := range []struct {
		recency, orders, year, aov, tenure float64
		want                               string
	}{
		{30, 20, 11, 500.01, 900, "High"},
		{29, 20, 11, 501, 900, "High"},
		{31, 20, 11, 501, 900, Unmatched},
		{30, 20, 10, 501, 900, Unmatched},
		{30, 20, 11, 500, 900, Unmatched},
		{90, 5, 5, 500, 900, "Potential"},
		{90, 5, 3, 200, 900, "Potential"},
		{0, 5, 4, 300, 900, "Potential"},
		{91, 5, 4, 300, 900, Unmatched},
		{89, 6, 6, 300, 900, Unmatched},
		{89, 2, 2, 300, 900, Unmatched},
		{89, 4, 4, 199.99, 900, Unmatched},
		{89, 4, 4, 500.01, 900, Unmatched},
		{180, 9, 2, 199.99, 900, "Dormant"},
		{181, 1, 0, 10, 181, "Dormant"},
		{400, 1, 0, -10, 400, "Dormant"},
		{179, 9, 2, 199.99, 900, Unmatched},
		{180, 9, 3, 199.99, 900, Unmatched},
		{180, 9, 2, 200, 900, Unmatched},
		{0, 1, 1, 80, 0, "New"},
		{7, 1, 1, 800, 7, "New"},
		{6, 1, 1, 80, 6, "New"},
		{8, 1, 1, 80, 8, Unmatched},
		{3, 2, 2, 80, 7, Unmatched},
	} {
		customer := Measures{RecencyDays: c.recency, Orders: c.orders, OrdersPerYear: c.year, AOV: c.aov, TenureDays: c.tenure}
		got, ok := rules.Segment(customer)
		if !ok {
			got = Unmatched
		}
		if got != c.want {
			t.Errorf("%+v is %s", c, got)
		}
	}
}

func TestClothingParameters(t *testing.T) {
	s, err := Builtin("clothing")
	if err != nil {
		t.Fatal(err)
	}
	cheaper, err := s.With("aov_low", 100)
	if err != nil {
		t.Fatal(err)
	}
	customer := Measures{RecencyDays: 40, Orders: 4, OrdersPerYear: 4, AOV: 150, TenureDays: 300}
	for name, c := range map[string]struct {
		s    Scheme
		want bool
	}{"as shipped": {s, false}, "from 100": {cheaper, true}} {
		rules, err := c.s.Resolve(nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := rules.Segment(customer); ok != c.want {
			t.Errorf("%s: matched %v, want %v", name, ok, c.want)
		}
	}
	if _, err := s.With("aov", 1); err == nil || !strings.Contains(err.Error(), "choose one of aov_low, aov_high") {
		t.Errorf("unknown parameter: %v", err)
	}
	if _, err := s.With("aov_low", 600); err == nil || !strings.Contains(err.Error(), "Potential never applies") {
		t.Errorf("aov_low above aov_high: %v", err)
	}
	if _, err := s.With("aov_low", math.NaN()); err == nil {
		t.Error("NaN was accepted")
	}
}

func TestValueTiers(t *testing.T) {
	rules := shippedRules(t, "value-3", nil)
	segments := func(net []float64) (got []string) {
		for _, v := range net {
			higher := 0
			for _, o := range net {
				if o > v {
					higher++
				}
			}
			var customer Measures
			customer[ValueRank] = float64(higher) / float64(len(net))
			s, _ := rules.Segment(customer)
			got = append(got, s[:1])
		}
		return got
	}
	for _, c := range []struct {
		net  []float64
		want string
	}{
		{[]float64{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, "HHMMMLLLLL"},
		{[]float64{9, 9, 9, 9, 9, 9, 9, 9, 9, 9}, "HHHHHHHHHH"},
		{[]float64{9, 9, 9, 7, 7, 5, 5, 5, 2, -1}, "HHHMMLLLLL"},
		{[]float64{9, 7, 7, 7, 7, 7, 7, 5, 2, -1}, "HHHHHHHLLL"},
		{[]float64{4}, "H"},
	} {
		if got := strings.Join(segments(c.net), ""); got != c.want {
			t.Errorf("%v: %s, want %s", c.net, got, c.want)
		}
	}
}

func TestEightCells(t *testing.T) {
	cells := []struct{ bits, name, chinese string }{
		{"111", "Key value", "重要价值客户"},
		{"011", "Key keep", "重要保持客户"},
		{"101", "Key develop", "重要发展客户"},
		{"001", "Key win-back", "重要挽留客户"},
		{"110", "General value", "一般价值客户"},
		{"010", "General keep", "一般保持客户"},
		{"100", "General develop", "一般发展客户"},
		{"000", "General win-back", "一般挽留客户"},
	}
	for _, name := range []string{"cn-8-mean", "cn-8-median"} {
		s, err := Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		stats, splits := Stats{}, map[Measure]float64{RecencyDays: 40, Orders: 2.5, NetRevenue: 200}
		for m, v := range splits {
			stat := Statistic{Measure: m, P: 0.5}
			if name == "cn-8-mean" {
				stat = Statistic{Measure: m, Mean: true}
			}
			stats[stat] = v
		}
		if needs := s.Needs(); len(needs) != 3 || !slices.ContainsFunc(needs, func(n Statistic) bool { return n.Measure == NetRevenue }) {
			t.Errorf("%s needs %v", name, needs)
		}
		rules := shippedRules(t, name, stats)
		for i, c := range cells {
			seg := s.Segments[i]
			if seg.Name != c.name || seg.Bits != c.bits || seg.Names["zh-Hans"] != c.chinese || seg.Label("zh-Hans") != c.chinese || seg.Order != i+1 {
				t.Errorf("%s: segment %+v, want %v", name, seg, c)
			}
			customer := Measures{RecencyDays: 41, Orders: 2, NetRevenue: 199}
			for j, m := range []Measure{RecencyDays, Orders, NetRevenue} {
				if c.bits[j] == '1' {
					customer[m] = map[Measure]float64{RecencyDays: 39, Orders: 3, NetRevenue: 201}[m]
				}
			}
			checkOne(t, rules, customer, c.name)
		}
		// On the split itself everything is low, as with a two-level score.
		checkOne(t, rules, Measures{RecencyDays: 40, Orders: 2.5, NetRevenue: 200}, "General win-back")
	}
}

func TestEightCellsByAverage(t *testing.T) {
	s, err := Builtin("cn-8-median")
	if err != nil {
		t.Fatal(err)
	}
	if s, err = s.ByAverage(); err != nil {
		t.Fatal(err)
	}
	stats := Stats{{Measure: RecencyDays, P: 0.5}: 10, {Measure: Orders, P: 0.5}: 3, {Measure: AOV, P: 0.5}: 200}
	if needs := s.Needs(); len(needs) != len(stats) || needs[2].String() != "median of aov" {
		t.Errorf("needs %v", needs)
	}
	rules, err := s.Resolve(stats)
	if err != nil {
		t.Fatal(err)
	}
	checkOne(t, rules, Measures{RecencyDays: 9, Orders: 4, AOV: 201, NetRevenue: -1}, "Key value")
	if got := rules.Measures(); !slices.Equal(got, []Measure{RecencyDays, Orders, AOV}) {
		t.Errorf("measures %v", got)
	}
}

func TestResolveRefusesMissingStatistics(t *testing.T) {
	s, err := Builtin("cn-8-mean")
	if err != nil {
		t.Fatal(err)
	}
	stats := Stats{}
	for _, need := range s.Needs() {
		if _, err := s.Resolve(stats); err == nil || !strings.Contains(err.Error(), need.String()) {
			t.Errorf("without %s: %v", need, err)
		}
		stats[need] = math.NaN()
		if _, err := s.Resolve(stats); err == nil || !strings.Contains(err.Error(), need.String()) {
			t.Errorf("with %s NaN: %v", need, err)
		}
		stats[need] = 1
	}
	if _, err := s.Resolve(stats); err != nil {
		t.Error(err)
	}
}

func TestShippedSchemes(t *testing.T) {
	files, err := shipped.ReadDir("schemes")
	if err != nil || len(files) != len(Names()) {
		t.Errorf("%d files for %d names, %v", len(files), len(Names()), err)
	}
	for _, name := range Names() {
		s, err := Builtin(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if s.Name != name || s.Title == "" || s.Explanation() != s.Title || s.Text == "" {
			t.Errorf("%s is called %q, title %q", name, s.Name, s.Title)
		}
		for _, seg := range s.Segments {
			// A sentence with a verb would be mangled on its way through i18n.
			if seg.Meaning == "" || i18n.T(seg.Meaning) != seg.Meaning || seg.Explanation() != seg.Meaning {
				t.Errorf("%s: %s means %q", name, seg.Name, seg.Meaning)
			}
			if got, ok := s.Segment(seg.Name); !ok || got.Order != seg.Order {
				t.Errorf("%s: Segment(%q) = %+v, %v", name, seg.Name, got, ok)
			}
		}
		if s.Unmatched != (name == "clothing") {
			t.Errorf("%s: unmatched %v", name, s.Unmatched)
		}
	}
	if Names()[0] != Default {
		t.Errorf("the default %s is not first of %v", Default, Names())
	}
	_, err = Builtin("gold")
	if err == nil || !strings.Contains(err.Error(), strings.Join(Names(), ", ")) {
		t.Errorf("unknown scheme: %v", err)
	}
}
