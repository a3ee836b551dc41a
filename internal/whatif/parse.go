package whatif

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"worth/internal/clv"
	"worth/internal/i18n"
)

// ParseSetting reads what was typed for a lever:
//
//	35%  3.6  24mo  2y     the value itself; =-20% where it begins with a sign
//	+3pt  -5pt             so many points more or less, for what is in percent
//	+6mo  -0.5  +10        so much more or less
//	×1.2  x1.2  *1.2       so many times the baseline
//	+10%  -10%             the same in percent, for what is not itself in percent
//	all                    no end, for the window of referrals
//
// It fails with a sentence that says how to write it. Bounds are not looked at: see
// Model.Set.
func ParseSetting(lever Lever, text string) (Setting, error) {
	if !lever.known() {
		return Setting{}, i18n.Errorf("there is no assumption number %d", int(lever))
	}
	if lever == Window && strings.EqualFold(strings.TrimSpace(text), "all") {
		return Setting{To, Unlimited}, nil
	}
	t, ok := readTyped(text)
	if !ok || !finite(t.number) {
		return Setting{}, i18n.Errorf("%q cannot be read as %s; write it as %s", strings.TrimSpace(text), lever.Name(), lever.examples())
	}
	setting, ok := t.setting(lever)
	if ok {
		return setting, nil
	}
	if lever.Unit() == UnitShare && t.sign != "" && t.unit == "%" {
		return Setting{}, i18n.Errorf("%q can be read in two ways for %s, which is itself in percent: write %spt to move it by points, or =%s for the value itself",
			t.text, lever.Name(), strings.TrimSuffix(t.text, "%"), t.text)
	}
	return Setting{}, i18n.Errorf("%q says too little, or something else than %s; write it as %s", t.text, lever.Name(), lever.examples())
}

// examples returns how a lever's value is written.
func (l Lever) examples() string {
	if l == Window {
		return i18n.T("12mo, 2y, +6mo or all")
	}
	switch l.Unit() {
	case UnitRatio:
		return i18n.T("0.6, 60%%, +0.1 or ×1.2")
	case UnitShare:
		return i18n.T("35%%, +3pt or ×1.2")
	case UnitMonths:
		return i18n.T("24mo, 2y, +6mo or ×1.5")
	case UnitYears:
		return i18n.T("4y, 18mo, +0.5y or ×1.2")
	case UnitFactor:
		return i18n.T("×0.9 or -10%%")
	default:
		return i18n.T("3.5, +0.5, ×1.2 or -10%%")
	}
}

// typed is a text taken apart.
type typed struct {
	text   string
	sign   string // "=", "×", "+" or "-", or nothing
	number float64
	unit   string // as typed, in lower case
}

// typedForm is what can be typed: a sign, a number – digits may be grouped, 1,200 – and a
// unit.
var typedForm = regexp.MustCompile(`^(=[+-]?|×|x|\*|\+|-)?\s*((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)\s*(%|/?[a-z]+)?$`)

// readTyped takes a text apart.
func readTyped(text string) (typed, bool) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "−", "-"))
	parts := typedForm.FindStringSubmatch(strings.ToLower(text))
	if parts == nil {
		return typed{}, false
	}
	number, err := strconv.ParseFloat(strings.ReplaceAll(parts[2], ",", ""), 64)
	if err != nil {
		return typed{}, false
	}
	t := typed{text: text, sign: parts[1], number: number, unit: parts[3]}
	switch t.sign {
	case "x", "*":
		t.sign = "×"
	case "=+":
		t.sign = "="
	case "=-":
		t.sign, t.number = "=", -number
	case "-":
		t.number = -number
	}
	return t, true
}

// setting returns what a typed text means for a lever, and false if nothing.
func (t typed) setting(lever Lever) (Setting, bool) {
	value, ok := t.value(lever)
	switch t.sign {
	case "×":
		return Setting{Times, t.number}, t.unit == ""
	case "+", "-":
		if t.unit == "%" && lever.Unit() != UnitShare {
			return Setting{Times, 1 + t.number/100}, t.number >= -100
		}
		if lever.Unit() == UnitShare {
			points := t.unit == "pt" || t.unit == "pp" || t.unit == "pts"
			return Setting{By, t.number / 100}, points
		}
		return Setting{By, value}, ok
	default:
		return Setting{To, value}, ok
	}
}

// value returns the number in the lever's unit, and false if the unit typed is another's
// or leaves doubt.
func (t typed) value(lever Lever) (float64, bool) {
	switch lever.Unit() {
	case UnitShare:
		// 0.35 without a unit may be meant as 35 % or as it stands.
		plain := t.unit == "%" || t.unit == "" && (t.number == 0 || math.Abs(t.number) >= 1)
		return t.number / 100, plain
	case UnitRatio:
		if t.unit == "%" {
			return t.number / 100, true
		}
		return t.number, t.unit == ""
	case UnitMonths:
		return months(t.number, t.unit, "mo")
	case UnitYears:
		value, ok := months(t.number, t.unit, "y")
		return value / 12, ok
	case UnitPerYear:
		return t.number, t.unit == "" || t.unit == "/yr" || t.unit == "/y" || t.unit == "/year"
	default:
		return t.number, t.unit == ""
	}
}

// months returns a time in months; a number without a unit is in the one given.
func months(number float64, unit, otherwise string) (float64, bool) {
	if unit == "" {
		unit = otherwise
	}
	switch unit {
	case "mo", "month", "months":
		return number, true
	case "y", "yr", "year", "years":
		return number * 12, true
	case "w", "wk", "week", "weeks":
		return number * 7 / clv.DaysPerMonth, true
	case "d", "day", "days":
		return number / clv.DaysPerMonth, true
	}
	return 0, false
}

// Assignment is a setting of a lever in a scope, as on the command line.
type Assignment struct {
	Scope Scope
	Lever Lever
	Text  string // for Model.Set
}

// ParseAssignment reads "margin=35%" or "retention@At Risk=+3pt": lever, segment and what
// it is set to. Whether there is such a segment only a Model knows.
func ParseAssignment(text string) (Assignment, error) {
	left, right, ok := strings.Cut(text, "=")
	if !ok || strings.TrimSpace(right) == "" {
		return Assignment{}, i18n.Errorf("%q sets nothing; write an assumption and its value as in margin=35%% or retention@At Risk=+3pt", text)
	}
	key, scope, _ := strings.Cut(left, "@")
	lever, err := ParseLever(key)
	if err != nil {
		return Assignment{}, err
	}
	if _, err := ParseSetting(lever, right); err != nil {
		return Assignment{}, err
	}
	return Assignment{Scope(strings.TrimSpace(scope)), lever, strings.TrimSpace(right)}, nil
}
