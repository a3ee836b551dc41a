package page

import (
	"math"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
)

// parseDay reads a typed date; empty is the zero time.
func parseDay(text string) (time.Time, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return time.Time{}, nil
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}, i18n.Errorf("%s is not a date; write it as 2026-10-31", text)
	}
	return day, nil
}

func checkDay(text string) error {
	_, err := parseDay(text)
	return err
}

// checkZone reports a time zone that is not known.
func checkZone(text string) error {
	if _, err := time.LoadLocation(strings.TrimSpace(text)); err != nil {
		return i18n.Errorf("the time zone %q is not known; use a name such as Europe/Berlin", text)
	}
	return nil
}

// parseRate reads a typed share, 35% or 0.35; empty is 0.
func parseRate(text string) (float64, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	digits, inPercent := strings.CutSuffix(text, "%")
	v, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	if inPercent {
		v /= 100
	}
	if err != nil || math.IsNaN(v) || v < -1 || v > 1 {
		return 0, i18n.Errorf("%s is not a share; write it as 35%%", text)
	}
	return v, nil
}

func checkRate(text string) error {
	_, err := parseRate(text)
	return err
}

// checkCurrency is the check of a currency's code; empty is the usual one.
func checkCurrency(text string) error {
	if text = strings.ToUpper(strings.TrimSpace(text)); text == "" {
		return nil
	}
	if len(text) != 3 || strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return i18n.Errorf("three letters, such as EUR")
	}
	return nil
}

// noRates is what stands for no exchange rates in the form.
const noRates = "none"

// ratesHint says which exchange rates are in force.
func ratesHint(set workspace.Settings) string {
	if set.Rates == "" {
		return noRates
	}
	return i18n.T("kept: %d rate{s}", strings.Count(set.Rates, "\n"))
}

// withRates reads the file of exchange rates that was typed and asks for an analysis
// with them; off the Update loop, as it reads a file.
func withRates(set workspace.Settings, path string) tea.Cmd {
	return func() tea.Msg {
		if path == noRates {
			set.Rates = ""
			return ApplySettings{set}
		}
		rates, err := workspace.ReadRates(path)
		if err != nil {
			return Failed{Err: err}
		}
		set.Rates = rates
		return ApplySettings{set}
	}
}

// parseMonths reads a typed number of months; empty is 0.
func parseMonths(text string) (int, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 1200 {
		return 0, i18n.Errorf("%s is not a number of months; write 12, or nothing for all history", text)
	}
	return n, nil
}

func checkMonths(text string) error {
	_, err := parseMonths(text)
	return err
}
