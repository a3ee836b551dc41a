package intake

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// normalise reduces a header name to what its meaning depends on: letters and
// digits in lower case, full-width forms made narrow, without a unit in
// brackets. "Invoice No.", "invoice_no" and "InvoiceNo" become one, as do
// "商品总价(元)" and "商品总价".
func normalise(name string) string { return normaliseWith(name, vocabulary().units) }

func normaliseWith(name string, units []string) string {
	const longest = 400 // no header name is longer; a hostile one need not be folded whole
	if len(name) > longest {
		name = strings.ToValidUTF8(name[:longest], "")
	}
	name = strings.ToLower(norm.NFKC.String(name))
	for _, unit := range units {
		name = strings.ReplaceAll(name, "("+unit+")", "")
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, name)
}

// safeNames makes column names unique (regardless of case, as DuckDB compares
// them) and safe to show: no control or formatting characters, no surrounding
// spaces, not endless. A repeated name gets _2, _3, …; an empty one becomes
// column_7 after its position.
func safeNames(headers []string) []string {
	taken := make(map[string]bool, len(headers))
	for _, h := range headers {
		taken[strings.ToLower(cleanName(h))] = true
	}
	used := make(map[string]bool, len(headers))
	last := map[string]int{} // number of a repeated name, so that thousands of them take no time
	out := make([]string, len(headers))
	for i, h := range headers {
		name := cleanName(h)
		if name == "" {
			name = "column_" + strconv.Itoa(i+1)
		}
		unique := name
		for n := max(2, last[name]+1); used[strings.ToLower(unique)] || unique != name && taken[strings.ToLower(unique)]; n++ {
			unique = name + "_" + strconv.Itoa(n)
			last[name] = n
		}
		used[strings.ToLower(unique)] = true
		out[i] = unique
	}
	return out
}

// cleanName drops what must not reach a terminal and trims the rest.
func cleanName(name string) string {
	const longest = 200 // runes
	name = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, name)
	name = strings.TrimSpace(name)
	if runes := []rune(name); len(runes) > longest {
		name = strings.TrimSpace(string(runes[:longest]))
	}
	return name
}

// fit pads or cuts a row to n cells.
func fit(row []string, n int) []string {
	if len(row) == n {
		return row
	}
	out := make([]string, n)
	copy(out, row)
	return out
}
