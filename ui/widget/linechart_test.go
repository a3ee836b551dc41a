package widget

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTicksAreRound(t *testing.T) {
	day := func(s string) float64 {
		at, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return DayNumber(at)
	}
	dates := Axis{Dates: true}
	for _, c := range []struct {
		name      string
		axis      Axis
		low, high float64
		count     int
		want      string
	}{
		{"numbers", Axis{}, 0, 800_000, 4, "0 200 k 400 k 600 k 800 k"},
		{"below zero", Axis{}, -1, 1, 4, "-1 -0.50 0 0.50 1"},
		{"days", dates, day("2026-10-01"), day("2026-10-04"), 4, "2026-10-01 2026-10-02 2026-10-03 2026-10-04"},
		{"weeks on Mondays", dates, day("2026-10-01"), day("2026-10-31"), 5, "2026-10-05 2026-10-12 2026-10-19 2026-10-26"},
		{"quarters", dates, day("2025-12-15"), day("2026-10-31"), 4, "2026-01 2026-04 2026-07 2026-10"},
		{"decades", dates, day("1995-01-01"), day("2026-10-31"), 4, "2000 2010 2020"},
	} {
		var labels []string
		for _, tick := range c.axis.ticks(c.low, c.high, c.count) {
			labels = append(labels, tick.label)
		}
		if got := strings.Join(labels, " "); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestTicksOfAnyRangeAreFewAndInside(t *testing.T) {
	ends := []float64{-math.MaxFloat64, -1e9, -3, 0, 5e-324, 0.1, 7, 1e12, math.MaxFloat64}
	for _, axis := range []Axis{{}, {Dates: true}} {
		for _, low := range ends {
			for _, high := range ends {
				if low >= high {
					continue
				}
				ticks := axis.ticks(low, high, 5)
				if len(ticks) > 8 {
					t.Errorf("%g to %g has %d ticks", low, high, len(ticks))
				}
				if !slices.IsSortedFunc(ticks, func(a, b tick) int { return int(math.Copysign(1, a.at-b.at)) }) {
					t.Errorf("%g to %g: ticks out of order: %v", low, high, ticks)
				}
			}
		}
	}
}

func TestDayNumberIsTheReverseOfDayTime(t *testing.T) {
	for _, s := range []string{"0001-01-01", "1969-12-31", "1970-01-01", "2026-10-31", "9999-12-31"} {
		at, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		if got := dayTime(DayNumber(at)); !got.Equal(at) {
			t.Errorf("%s comes back as %s", s, got)
		}
	}
}

func TestChartReadsOutAndFindsPoints(t *testing.T) {
	c := &LineChart{Focused: true, Cursor: 1, Series: []Series{
		{Name: "now", Points: []Point{{0, 10}, {5, 847}, {10, 30}}},
		{Name: "before", Points: []Point{{0, 1}, {4, 66.2}, {10, 3}}},
	}}
	head, _, _ := strings.Cut(c.View(60, 10), "\n")
	for _, want := range []string{"5", "now 847", "before 66.2"} {
		if !strings.Contains(head, want) {
			t.Errorf("the read-out %q lacks %q", head, want)
		}
	}
	if p, ok := c.Hit(59); !ok || p != 2 {
		t.Errorf("the last column hits point %d, %v", p, ok)
	}
	if _, ok := c.Hit(0); ok {
		t.Error("the y axis hits a point")
	}
	c.Move(99)
	if c.Cursor != 2 {
		t.Errorf("the cursor is at %d after moving past the end", c.Cursor)
	}
}

func TestBarsAndColumnsAreExactToAnEighth(t *testing.T) {
	for _, c := range []struct {
		value, most float64
		w           int
		want        string
		cells       int
	}{
		{1, 1, 4, "████", 4},
		{0.5, 1, 3, "█▌", 2},
		{0, 1, 4, "", 0},
		{1e-9, 1, 4, "▏", 1},
		{2, 1, 2, "██", 2},
		{-1, 1, 4, "", 0},
		{math.NaN(), 1, 4, "", 0},
		{math.Inf(1), 1, 2, "██", 2},
		{1, 0, 4, "", 0},
	} {
		if got, cells := hbar(c.value, c.most, c.w); got != c.want || cells != c.cells {
			t.Errorf("hbar(%g, %g, %d) = %q, %d; want %q, %d", c.value, c.most, c.w, got, cells, c.want, c.cells)
		}
	}
	s := Sparkline{Values: []float64{0, 4, math.NaN(), 8}}
	if got := s.View(5, 1); got != "▁▄ █ " {
		t.Errorf("sparkline %q", got)
	}
	if got := (Sparkline{Values: []float64{0, 0, 8, 8}}).View(2, 1); got != "▁█" {
		t.Errorf("a narrow sparkline does not show the means: %q", got)
	}
}
