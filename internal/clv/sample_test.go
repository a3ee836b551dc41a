package clv

import (
	"bufio"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"
)

// person is one customer of the CDNOW sample, times in weeks.
type person struct {
	History
	m       float64 // mean of the repeat days' totals
	holdout int     // order days in the 39 weeks after observation
}

// Parameters at the exact maxima of the likelihoods on the CDNOW sample, in weeks.
var (
	exactBG     = []float64{.2425945224, 4.4136020190, .7929220172, 2.4259067768}
	exactMBG    = []float64{.5248431591, 6.1830852796, .8913593907, 1.6140022402}
	exactPareto = []float64{.5532770469, 10.5776834633, .6062399891, 11.6687352889}
	exactSpend  = Spend{P: 6.2495722713, Q: 3.7442246671, V: 15.4435209626}
)

// dataFile returns the path of a public file, or skips the test saying so.
func dataFile(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("WORTH_DATA")
	if dir == "" {
		t.Skip("WORTH_DATA is not set: the public CDNOW files are needed for " + name)
	}
	return filepath.Join(dir, name)
}

// mustNew returns a model that must exist.
func mustNew(t testing.TB, m Model, params ...float64) Purchases {
	t.Helper()
	p, err := New(m, params)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// near fails the test unless got is within a relative tolerance of want.
func near(t *testing.T, what string, got, want, relative float64) {
	t.Helper()
	if !(math.Abs(got-want) <= relative*math.Max(math.Abs(want), 1e-300)) {
		t.Errorf("%s is %.13g, want %.13g (off by %.2g)", what, got, want, math.Abs(got-want)/math.Abs(want))
	}
}

// printed fails the test unless got rounds to want as it is printed.
func printed(t *testing.T, what string, got float64, want string) {
	t.Helper()
	decimals := 0
	if _, behind, found := strings.Cut(want, "."); found {
		decimals = len(behind)
	}
	v, err := strconv.ParseFloat(want, 64)
	if err != nil {
		t.Fatal(err)
	}
	if !(math.Abs(got-v) <= 0.51*math.Pow(10, -float64(decimals))) {
		t.Errorf("%s is %.14g, want %s", what, got, want)
	}
}

// sampleDays are the totals of one customer's order days.
type sampleDays map[int]float64

// readSample reads CDNOW_sample.txt: first orders from 1997-01-01 on, observed to
// 1997-09-30, then a holdout of 39 weeks; orders of one day are one.
func readSample(t testing.TB) []person {
	t.Helper()
	file, err := os.Open(dataFile(t, "CDNOW_sample.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	byID := map[string]sampleDays{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		cells := strings.Fields(lines.Text())
		if len(cells) != 5 {
			t.Fatalf("CDNOW_sample.txt has the line %q", lines.Text())
		}
		at, err := time.Parse("20060102", cells[2])
		if err != nil {
			t.Fatal(err)
		}
		amount, err := strconv.ParseFloat(cells[4], 64)
		if err != nil {
			t.Fatal(err)
		}
		if byID[cells[1]] == nil {
			byID[cells[1]] = sampleDays{}
		}
		byID[cells[1]][int(at.Unix()/86400)] += amount
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	ids := make([]string, 0, len(byID))
	for id := range byID {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	people := make([]person, len(ids))
	for i, id := range ids {
		people[i] = byID[id].person()
	}
	return people
}

// person returns the customer of order days.
func (d sampleDays) person() person {
	end := int(time.Date(1997, 9, 30, 0, 0, 0, 0, time.UTC).Unix() / 86400)
	days := make([]int, 0, len(d))
	for day := range d {
		days = append(days, day)
	}
	sort.Ints(days)
	var p person
	p.T = float64(end-days[0]) / 7
	var total float64
	for _, day := range days[1:] {
		if day > end {
			p.holdout++
			continue
		}
		p.X++
		p.TX = float64(day-days[0]) / 7
		total += d[day]
	}
	if p.X > 0 {
		p.m = total / float64(p.X)
	}
	return p
}

// groupsOf returns every person as a group.
func groupsOf(people []person) []Group {
	groups := make([]Group, len(people))
	for i, p := range people {
		groups[i] = Group{p.History, 1}
	}
	return groups
}

// spendOf returns every person for the spend model.
func spendOf(people []person) []SpendGroup {
	groups := make([]SpendGroup, len(people))
	for i, p := range people {
		groups[i] = SpendGroup{p.X, p.m, 1}
	}
	return groups
}

// yearly are the terms of 12 months at 10 % with a margin of 1, in weeks.
var yearly = Terms{Margin: 1, Discount: 0.1, Horizon: 12, Unit: 7}

// lasting returns terms with another horizon and discount.
func lasting(months, discount float64) Terms {
	terms := yearly
	terms.Horizon, terms.Discount = months, discount
	return terms
}
