package page

import (
	"math"
	"strconv"
	"strings"
	"time"

	"worth/internal/i18n"
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
