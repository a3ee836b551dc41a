package cli

import (
	"math"
	"strings"
	"testing"
	"time"
)

// accepted fails unless parse reads every text as its value and refuses nothing
// else of cases; a nil value must be refused with a sentence that quotes the text.
func accepted[T comparable](t *testing.T, parse func(string) (T, error), cases map[string]any) {
	t.Helper()
	for text, want := range cases {
		got, err := parse(text)
		switch {
		case want == nil && (err == nil || !strings.Contains(err.Error(), `"`+text+`"`)):
			t.Errorf("%q was read as %v (%v)", text, got, err)
		case want != nil && (err != nil || any(got) != want):
			t.Errorf("%q was read as %v (%v), not %v", text, got, err, want)
		}
	}
}

func TestValues(t *testing.T) {
	accepted(t, parseShare, map[string]any{
		"35%": 0.35, "0.35": 0.35, "100 %": 1.0, "0": 0.0, "35": nil, "-1%": nil, "x": nil, "": nil, "NaN": nil, "101%": nil,
	})
	accepted(t, parseMargin, map[string]any{"35%": 0.35, "-20%": -0.2, "−20%": -0.2, "-200%": nil, "150%": nil, "NaN": nil, "": nil})
	accepted(t, parseDiscount, map[string]any{"10%": 0.1, "0": 0.0, "100%": 1.0, "-5%": nil, "300%": nil, "NaN": nil, "ten": nil})
	accepted(t, parseWindow, map[string]any{
		"12mo": 12, "1y": 12, "all": 0, "90d": nil, "0mo": nil, "1.5mo": nil, "-3mo": nil, "mo": nil, "12": nil, "": nil, "1e9mo": nil,
	})
	accepted(t, parseDay, map[string]any{
		"2026-10-31": time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC), "latest": time.Time{}, "31.10.2026": nil, "2026-02-30": nil, "": nil,
	})
	accepted(t, parseCurrency, map[string]any{"eur": "EUR", "CNY": "CNY", "€": nil, "EURO": nil, "E R": nil, "": nil})
	accepted(t, parseZone, map[string]any{"Europe/Berlin": "Europe/Berlin", "UTC": "UTC", "Mars/Base": nil, "": nil, "Local": nil})
	accepted(t, parseModel, map[string]any{"bg-nbd": "bg-nbd", "bgnbd": nil})
	accepted(t, parseBytes, map[string]any{"100": int64(100), "2 kb": int64(2048), "1GB": int64(1 << 30), "0": nil, "-1MB": nil, "1.5GB": nil, "9999999TB": nil, "": nil})
	accepted(t, parseDelimiter, map[string]any{";": ";", "tab": "\t", "，": "，", "ab": nil, "": nil})
}

func TestHorizon(t *testing.T) {
	for text, want := range map[string]float64{"12mo": 12, "2y": 24, "365.25d": 12, "39w": 39 * 7 * 12 / 365.25} {
		if got, err := parseHorizon(text); err != nil || math.Abs(got-want) > 1e-12 {
			t.Errorf("%s is %v months (%v), not %v", text, got, err, want)
		}
	}
	for _, text := range []string{"12", "0mo", "-1mo", "3h", "", "mo", "Inf mo"} {
		if got, err := parseHorizon(text); err == nil {
			t.Errorf("%q is %v months", text, got)
		}
	}
}

func TestSort(t *testing.T) {
	for text, want := range map[string]struct {
		column     string
		descending bool
	}{
		"orders": {"orders", false}, "-orders": {"orders", true}, "orders desc": {"orders", true},
		"orders asc": {"orders", false}, "-orders desc": {"orders", false}, " orders DESC ": {"orders", true},
	} {
		if column, descending := parseSort(text); column != want.column || descending != want.descending {
			t.Errorf("%q is %s, descending %v", text, column, descending)
		}
	}
}
