package cli

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"worth/internal/i18n"
	"worth/internal/workspace"
)

// daysPerMonth and monthsPerYear relate the units of time spans.
const (
	daysPerYear   = 365.25
	monthsPerYear = 12
	daysPerMonth  = daysPerYear / monthsPerYear
)

// parseDay reads an ISO date; the zero time stands for the latest in the data.
func parseDay(s string) (time.Time, error) {
	if s == "latest" {
		return time.Time{}, nil
	}
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return day, i18n.Errorf("%q is no date; write one such as 2026-10-31, or latest", s)
	}
	return day, nil
}

// parseZone reads the name of a time zone.
func parseZone(s string) (string, error) {
	if _, err := time.LoadLocation(s); err != nil || s == "" || s == "Local" {
		return "", i18n.Errorf("the time zone %q is not known; use a name such as Europe/Berlin", s)
	}
	return s, nil
}

// parseCurrency reads a currency code of three letters.
func parseCurrency(s string) (string, error) {
	code := strings.ToUpper(s)
	if len(code) != 3 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return "", i18n.Errorf("%q is no currency; write a code of three letters such as EUR", s)
	}
	return code, nil
}

// parseBasis reads a basis of value.
func parseBasis(s string) (workspace.Basis, error) {
	known := []string{string(workspace.NetRevenue), string(workspace.Margin), string(workspace.Contribution)}
	basis, err := oneOf(s, known)
	return workspace.Basis(basis), err
}

// parseModel reads the name of a purchase model.
func parseModel(s string) (string, error) { return oneOf(s, workspace.Models) }

// readShare reads a share written as 35% or 0.35, and whether it is one from low to 1.
func readShare(s string, low float64) (share float64, ok bool) {
	digits, percent := strings.CutSuffix(strings.ReplaceAll(s, "−", "-"), "%")
	v, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	if percent {
		v /= 100
	}
	return v, err == nil && v >= low && v <= 1
}

// parseShare reads a share from 0 to 1.
func parseShare(s string) (float64, error) {
	v, ok := readShare(s, 0)
	if !ok {
		return 0, i18n.Errorf("%q is no share from 0%% to 100%%; write one such as 35%% or 0.35", s)
	}
	return v, nil
}

// parseMargin reads a share of net revenue that is margin, less than nothing where goods
// cost more than they bring.
func parseMargin(s string) (float64, error) {
	v, ok := readShare(s, -1)
	if !ok {
		return 0, i18n.Errorf("%q is no margin from -100%% to 100%%; write one such as 35%% or 0.35", s)
	}
	return v, nil
}

// parseDiscount reads an annual rate.
func parseDiscount(s string) (float64, error) {
	v, ok := readShare(s, 0)
	if !ok {
		return 0, i18n.Errorf("%q is no discount from 0%% to 100%% a year; write one such as 10%% or 0.1", s)
	}
	return v, nil
}

// parseAmount reads an amount of money.
func parseAmount(s string) (float64, error) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, i18n.Errorf("%q is no amount; write one such as 12.50", s)
	}
	return v, nil
}

// parseSpan splits a span of time such as 12mo into its number and unit.
func parseSpan(s string) (n float64, unit string, ok bool) {
	digits := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyz ")
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil || n < 0 || math.IsInf(n, 0) || math.IsNaN(n) {
		return 0, "", false
	}
	return n, strings.TrimSpace(s[len(digits):]), true
}

// parseWindow reads whole months: 12mo, 1y, or all for no window.
func parseWindow(s string) (int, error) {
	const most = 1200
	if s == "all" {
		return 0, nil
	}
	n, unit, ok := parseSpan(s)
	if unit == "y" {
		n *= monthsPerYear
	}
	if !ok || unit != "mo" && unit != "y" || n != math.Trunc(n) || n < 1 || n > most {
		return 0, i18n.Errorf("%q is no window of whole months; write one such as 12mo or 2y, or all for all history", s)
	}
	return int(n), nil
}

// parseHorizon reads a span of time and returns it in months.
func parseHorizon(s string) (float64, error) {
	n, unit, ok := parseSpan(s)
	days := map[string]float64{"d": 1, "w": 7, "mo": daysPerMonth, "y": daysPerYear}[unit]
	if !ok || days == 0 || n == 0 {
		return 0, i18n.Errorf("%q is no horizon; write one such as 12mo, 39w, 90d or 2y", s)
	}
	if unit == "mo" {
		return n, nil
	}
	return n * days / daysPerMonth, nil
}

// parseDelimiter reads one character, or the word tab.
func parseDelimiter(s string) (string, error) {
	if s == "tab" || s == `\t` {
		return "\t", nil
	}
	if utf8.RuneCountInString(s) != 1 {
		return "", i18n.Errorf("%q is no delimiter; write one character, or tab", s)
	}
	return s, nil
}

// parseSort reads a column to sort by: net_revenue, -net_revenue or "net_revenue desc".
func parseSort(s string) (column string, descending bool) {
	column, descending = strings.CutPrefix(strings.TrimSpace(s), "-")
	words := strings.Fields(column)
	if len(words) == 2 && (strings.EqualFold(words[1], "desc") || strings.EqualFold(words[1], "asc")) {
		return words[0], descending != strings.EqualFold(words[1], "desc")
	}
	return column, descending
}

// parseCount reads a whole number from least to most.
func parseCount(s string, least, most int) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > most {
		return 0, i18n.Errorf("%q is no number between %d and %d", s, least, most)
	}
	return n, nil
}

// include is the value of --include.
type include struct{ shipping, tax bool }

// parseInclude reads a list of what counts as revenue beside goods.
func parseInclude(text string) (include, error) {
	var out include
	for part := range strings.SplitSeq(text, ",") {
		what, err := oneOf(strings.TrimSpace(part), []string{"shipping", "tax", "none"})
		if err != nil {
			return include{}, err
		}
		out.shipping, out.tax = out.shipping || what == "shipping", out.tax || what == "tax"
	}
	if out != (include{}) && strings.Contains(text, "none") {
		return include{}, i18n.Errorf("%q is both something and nothing; leave out none", text)
	}
	return out, nil
}

// parseBytes reads a size: a number, alone or with KB, MB, GB or TB (of 1024).
func parseBytes(s string) (int64, error) {
	number, unit := strings.ToUpper(strings.TrimSpace(s)), int64(1)
	for i, name := range []string{"KB", "MB", "GB", "TB"} {
		if text, ok := strings.CutSuffix(number, name); ok {
			number, unit = strings.TrimSpace(text), int64(1)<<(10*(i+1))
			break
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 1 || n > math.MaxInt64/unit {
		return 0, i18n.Errorf("%q is no size; write a number of bytes, or one such as 100GB", s)
	}
	return n * unit, nil
}
