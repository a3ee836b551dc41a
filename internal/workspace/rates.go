package workspace

import (
	"cmp"
	"encoding/csv"
	"math/big"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"worth/internal/i18n"
)

// rate is what one unit of a currency is worth from a day on.
type rate struct {
	currency string    // ISO code
	since    time.Time // day; zero: always
	value    *big.Rat  // > 0
}

// Limits of a table of rates.
const (
	maxRateBytes    = 4 << 20
	rateDigits      = 12 // behind the point, of rates as they are used
	maxRateExponent = 8  // digits before the point
)

// ReadRates reads a file of exchange rates: currency, rate and, where rates change,
// the day each holds from, with or without a line of these names; see Settings.Rates.
// It returns the text that Settings.Rates keeps.
func ReadRates(path string) (string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", i18n.Errorf("the exchange rates cannot be read: %v", err)
	}
	return ParseRates(path, string(text))
}

// ParseRates is ReadRates for the text of a file; name is said in errors.
func ParseRates(name, text string) (string, error) {
	if len(text) > maxRateBytes {
		return "", i18n.Errorf("%s: a table of exchange rates may have %d bytes; this one has %d: keep the currencies and days that the orders need", name, maxRateBytes, len(text))
	}
	text = strings.TrimPrefix(text, "\ufeff")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = rateDelimiter(text), -1, true
	records, err := r.ReadAll()
	if err != nil {
		return "", i18n.Errorf("%s: the exchange rates cannot be read: %v", name, err)
	}
	columns := []int{0, 1, 2} // of currency, rate and date
	var rates []rate
	for i, record := range records {
		if i == 0 {
			if named, ok := rateColumns(record); ok {
				columns = named
				continue
			}
		}
		one, err := parseRate(record, columns, r.Comma == ';')
		if err != nil {
			return "", i18n.Errorf("%s, record %s: %v", name, strconv.Itoa(i+1), err)
		}
		rates = append(rates, one)
	}
	if len(rates) == 0 {
		return "", i18n.Errorf("%s has no exchange rates; a line is a currency and its rate, such as USD,0.92, and the day it holds from where rates change", name)
	}
	return rateText(name, rates)
}

// rateDelimiter is the first of those that the first line has.
func rateDelimiter(text string) rune {
	first, _, _ := strings.Cut(text, "\n")
	for _, d := range []rune{'\t', ';'} {
		if strings.ContainsRune(first, d) {
			return d
		}
	}
	return ','
}

// rateColumns finds the columns of a line of names; ok is false for a line of values.
func rateColumns(record []string) (columns []int, ok bool) {
	columns = []int{-1, -1, -1}
	for i, cell := range record {
		switch strings.ToLower(strings.TrimSpace(cell)) {
		case "currency", "code", "currency code", "币种", "货币":
			columns[0] = i
		case "rate", "exchange rate", "汇率":
			columns[1] = i
		case "date", "since", "day", "日期":
			columns[2] = i
		}
	}
	return columns, columns[0] >= 0 && columns[1] >= 0
}

var currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)

// parseRate reads one record.
func parseRate(record []string, columns []int, decimalComma bool) (rate, error) {
	cell := func(i int) string {
		if columns[i] < 0 || columns[i] >= len(record) {
			return ""
		}
		return strings.TrimSpace(record[columns[i]])
	}
	one := rate{currency: strings.ToUpper(cell(0))}
	if !currencyCode.MatchString(one.currency) {
		return one, i18n.Errorf("%q is no currency; write a code of three letters such as EUR", cell(0))
	}
	text := cell(1)
	if decimalComma {
		text = strings.Replace(text, ",", ".", 1)
	}
	value, err := strconv.ParseFloat(text, 64) // keeps Rat from reading 1/3 and 0x1p9
	exact, ok := new(big.Rat).SetString(text)
	if err != nil || !ok || !(value > 0) || value >= 1e8 || value < 1e-10 {
		return one, i18n.Errorf("%q is no exchange rate of %s; write a number above 0, such as 0.92", cell(1), one.currency)
	}
	one.value = exact
	if day := cell(2); day != "" {
		if one.since, err = time.Parse(time.DateOnly, day); err != nil {
			return one, i18n.Errorf("%q is no date; write the day the rate of %s holds from as 2026-10-31", day, one.currency)
		}
	}
	return one, nil
}

// rateText writes rates as Settings keep them, one a line, in order.
func rateText(name string, rates []rate) (string, error) {
	slices.SortStableFunc(rates, func(a, b rate) int {
		return cmp.Or(cmp.Compare(a.currency, b.currency), a.since.Compare(b.since))
	})
	var b strings.Builder
	for i, r := range rates {
		if i > 0 && rates[i-1].currency == r.currency && rates[i-1].since.Equal(r.since) {
			if rates[i-1].value.Cmp(r.value) == 0 {
				continue
			}
			return "", i18n.Errorf("%s gives %s two exchange rates from the same day on (%s); leave one", name, r.currency, since(r.since))
		}
		b.WriteString(r.currency + " " + decimals(r.value) + " " + r.since.Format(time.DateOnly) + "\n")
	}
	return b.String(), nil
}

func since(day time.Time) string {
	if day.IsZero() {
		return i18n.T("always")
	}
	return day.Format(time.DateOnly)
}

// decimals writes a rate with the digits it is used with.
func decimals(v *big.Rat) string { return v.FloatString(rateDigits) }

// keptRates reads the text of Settings.Rates, by currency, oldest first.
func keptRates(text string) (map[string][]rate, error) {
	out := map[string][]rate{}
	for line := range strings.Lines(text) {
		record := strings.Fields(line)
		one, err := parseRate(record, []int{0, 1, 2}, false)
		if err != nil {
			return nil, i18n.Errorf("the exchange rates that were kept cannot be read: %v", err)
		}
		out[one.currency] = append(out[one.currency], one)
	}
	return out, nil
}

// ratesInto turns rates into those of one currency. Where it is listed itself, all
// are worth something in a common currency, and it is divided by; where it is not,
// they are worth something in it. From days on which either is not known yet there
// is no rate.
func ratesInto(kept map[string][]rate, into string) []rate {
	target, listed := kept[into]
	var out []rate
	currencies := make([]string, 0, len(kept))
	for c := range kept {
		currencies = append(currencies, c)
	}
	slices.Sort(currencies)
	for _, c := range currencies {
		switch {
		case c == into:
		case !listed:
			out = append(out, kept[c]...)
		default:
			out = append(out, crossed(kept[c], target)...)
		}
	}
	return out
}

// crossed divides the rates of one currency by those of another, from every day on
// which either changes.
func crossed(of, by []rate) []rate {
	var days []time.Time
	for _, r := range slices.Concat(of, by) {
		days = append(days, r.since)
	}
	slices.SortFunc(days, time.Time.Compare)
	days = slices.CompactFunc(days, time.Time.Equal)
	var out []rate
	for _, day := range days {
		a, b := rateAt(of, day), rateAt(by, day)
		if a != nil && b != nil {
			out = append(out, rate{of[0].currency, day, new(big.Rat).Quo(a, b)})
		}
	}
	return out
}

// rateAt is the latest rate at or before a day, nil without one.
func rateAt(rates []rate, day time.Time) *big.Rat {
	var at *big.Rat
	for _, r := range rates {
		if r.since.After(day) {
			break
		}
		at = r.value
	}
	return at
}
