package intake

import (
	"math"
	"regexp"
	"strings"
	"unicode"

	"worth/internal/i18n"
	"worth/internal/tabular"
)

// AmountStyle is how a column writes its numbers.
type AmountStyle string

// The styles of numbers.
const (
	// AmountPlain is 1234.5 or -1234: a cast to DECIMAL reads it. Cells that are
	// not plain are read as AmountPoint.
	AmountPlain AmountStyle = "plain"
	// AmountPoint is 1,234.50, $1,234.50, (50.00), 12.00 EUR, 1 234.5, 1473个.
	AmountPoint AmountStyle = "point"
	// AmountComma is 1.234,56, 1 234,56 €, -3,5.
	AmountComma AmountStyle = "comma"
)

// AmountScale is the number of decimals kept: money is DECIMAL(18,4).
const AmountScale = 4

// AmountReading is the verdict on a column of numbers, from the sample.
type AmountReading struct {
	Style AmountStyle
	// Ambiguous says that a decimal point and a decimal comma both read every
	// value, to different amounts (only 1,234 or 1.234 and the like). Style then
	// takes the point for the decimal sign.
	Ambiguous bool
	Values    int    // sampled cells that are not empty
	Unread    int    // of these, cells the verdict cannot read
	Example   string // the first of the unread
}

var (
	plainNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)
	pointNumber = regexp.MustCompile(`^([0-9]{1,3}(,[0-9]{3})+|[0-9]*)(\.[0-9]*)?$`)
	commaNumber = regexp.MustCompile(`^([0-9]{1,3}(\.[0-9]{3})+|[0-9]*)(,[0-9]*)?$`)
	currency    = regexp.MustCompile(`^(?:` + strings.Join(currencyWords, "|") + `)$`)
	unit        = regexp.MustCompile(`^(?:` + strings.Join(unitWords, "|") + `)$`)
)

// What may stand beside a number, as regular expressions. The macro amount_alone
// of queries/session/macros.sql has the same words; a test holds them together.
var (
	// currencyWords stand on either side.
	currencyWords = []string{
		`[A-Za-z]{1,3}[$€£¥]`, `[A-Z]{3}`, `(?i:usd|eur|gbp|cny|rmb|jpy|hkd|twd|sgd|myr|krw|inr|aud|cad)`, `(?:RM|Rs|Rp|kr)\.?`, `Kč`, `zł`, `Ft`,
		`[$€£¥￥₹₩₽฿₫₱元圆]`, `人民币`,
	}
	// unitWords stand after a count: 1473个.
	unitWords = []string{`[个件份笔次单套双张本支瓶盒箱包袋条只台部把块人位天]`, `pcs?`, `pieces`}
)

// ReadAmounts decides how a column of numbers is written: the style that reads
// most cells, the point when both read the same.
func ReadAmounts(cells []string) AmountReading {
	var point, comma AmountReading
	plain, differ := true, false
	for _, cell := range cells {
		text := trimCell(cell)
		if isNull(text) {
			continue
		}
		plain = plain && plainNumber.MatchString(text)
		differ = point.try(cell, AmountPoint) != comma.try(cell, AmountComma) || differ
	}
	if comma.Unread < point.Unread {
		comma.Style = AmountComma
		return comma
	}
	point.Style = AmountPoint
	if plain {
		point.Style = AmountPlain
	}
	point.Ambiguous = differ && point.Unread == 0 && comma.Unread == 0
	return point
}

// try reads one cell under a style and returns the amount, or a value no amount
// has when it cannot be read.
func (r *AmountReading) try(cell string, style AmountStyle) int64 {
	r.Values++
	amount, problem := parseAmount(cell, style)
	if problem != "" {
		if r.Unread == 0 {
			r.Example = cell
		}
		r.Unread++
		return math.MinInt64
	}
	return amount
}

// ParseAmount reads one number, the reference for the loading SQL. Currency
// signs and codes go, whichever side they stand on; parentheses and a minus on
// either side are negative; spaces and apostrophes may group thousands; decimals
// beyond AmountScale are rounded half away from zero. Infinity and NaN, percent
// and numbers beyond DECIMAL(18,4) are refused with a sentence.
func ParseAmount(s string, style AmountStyle) (tabular.Decimal, error) {
	unscaled, problem := parseAmount(s, style)
	if problem != "" {
		return tabular.Decimal{}, i18n.Errorf(string(problem), clip(s))
	}
	return tabular.Decimal{Unscaled: unscaled, Scale: AmountScale}, nil
}

// amountProblem is the sentence, with a place for the cell, why it is no amount.
type amountProblem string

// The problems a cell can have; none is the empty one.
const (
	noDigits  amountProblem = "%q has no digits; leave the cell empty for no amount"
	notFinite amountProblem = "%q is not an amount; leave the cell empty for no amount"
	notNumber amountProblem = "%q is not a number"
	tooLarge  amountProblem = "%q is larger than an amount can be (14 digits before the decimals)"
)

// parseAmount is ParseAmount without the cost of a sentence.
func parseAmount(s string, style AmountStyle) (unscaled int64, problem amountProblem) {
	const longest = 64 // bytes; no number is longer, and a long text need not be searched
	if len(s) > longest {
		return 0, notNumber
	}
	digits, negative := stripAmount(s)
	switch strings.ToLower(digits) {
	case "":
		return 0, noDigits
	case "nan", "inf", "infinity", "+inf", "+infinity":
		return 0, notFinite
	}
	valid, group, point := pointNumber, ",", "."
	if style == AmountComma {
		valid, group, point = commaNumber, ".", ","
	}
	if !strings.ContainsAny(digits, "0123456789") || !valid.MatchString(digits) {
		return 0, notNumber
	}
	whole, fraction, _ := strings.Cut(strings.ReplaceAll(digits, group, ""), point)
	unscaled, fits := fixed(whole, fraction)
	if !fits {
		return 0, tooLarge
	}
	if negative {
		unscaled = -unscaled
	}
	return unscaled, ""
}

// stripAmount removes signs, currency and grouping spaces.
func stripAmount(s string) (digits string, negative bool) {
	text := strings.ReplaceAll(trimCell(s), "−", "-")
	if inner, ok := strings.CutPrefix(text, "("); ok && strings.HasSuffix(inner, ")") {
		text, negative = strings.TrimSuffix(inner, ")"), true
	}
	text, negative = stripSign(text, negative)
	first := strings.IndexAny(text, "0123456789.,-")
	if first > 0 && text[first] == '.' && letter(text[first-1]) { // Rs.500 is no half
		first++
	}
	if first > 0 && currency.MatchString(strings.TrimSpace(text[:first])) {
		text = text[first:]
	}
	if last := strings.LastIndexAny(text, "0123456789.,") + 1; last > 0 && last < len(text) {
		if tail := strings.TrimSpace(text[last:]); currency.MatchString(tail) || unit.MatchString(tail) {
			text = text[:last]
		}
	}
	text, negative = stripSign(text, negative)
	return ungroup(text), negative
}

// stripSign takes a minus or plus off either end: -5, $-5 after its sign, 5-.
// Two signs of a negative amount, (-5), are still one.
func stripSign(text string, negative bool) (string, bool) {
	text = strings.TrimSpace(text)
	if bare := strings.Trim(text, "-"); bare != text {
		return strings.TrimSpace(bare), true
	}
	if rest, ok := strings.CutPrefix(text, "+"); ok && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
		return rest, negative
	}
	return text, negative
}

// ungroup removes spaces and apostrophes that stand between digits.
func ungroup(text string) string {
	if strings.IndexFunc(text, grouping) < 0 {
		return text
	}
	runes := []rune(text)
	out := make([]rune, 0, len(runes))
	for i, r := range runes {
		if grouping(r) && i > 0 && i+3 < len(runes) &&
			digit(runes[i-1]) && digit(runes[i+1]) && digit(runes[i+2]) && digit(runes[i+3]) {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

func grouping(r rune) bool { return r == '\'' || r == '’' || unicode.Is(unicode.Z, r) }

func digit(r rune) bool { return r >= '0' && r <= '9' }

func letter(c byte) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }

// fixed combines whole and fraction digits into an amount of AmountScale
// decimals, and says whether DECIMAL(18,4) holds it.
func fixed(whole, fraction string) (int64, bool) {
	const most = 999_999_999_999_999_999 // 18 digits
	roundUp := len(fraction) > AmountScale && fraction[AmountScale] >= '5'
	fraction = (fraction + strings.Repeat("0", AmountScale))[:AmountScale]
	var n int64
	for _, r := range strings.TrimLeft(whole, "0") + fraction {
		if n > most/10 {
			return 0, false
		}
		n = n*10 + int64(r-'0')
	}
	if roundUp {
		n++
	}
	return n, n <= most
}
