package intake

import (
	"strings"
	"testing"
)

func TestParseAmount(t *testing.T) {
	tests := []struct {
		cell  string
		style AmountStyle
		want  string // or "error: …"
	}{
		{"1234.5", AmountPlain, "1234.5"},
		{"-0.5", AmountPlain, "-0.5"},
		{"1,234.50", AmountPlain, "1234.5"},
		{"$1,234.50", AmountPoint, "1234.5"},
		{"-$5", AmountPoint, "-5"},
		{"$-5.25", AmountPoint, "-5.25"},
		{"5.00-", AmountPoint, "-5"},
		{"(50.00)", AmountPoint, "-50"},
		{"(RM 50.00)", AmountPoint, "-50"},
		{"RM 1,234.56", AmountPoint, "1234.56"},
		{"¥88", AmountPoint, "88"},
		{"88.00元", AmountPoint, "88"},
		{"EUR 12.00", AmountPoint, "12"},
		{"12.00 €", AmountPoint, "12"},
		{"−3.50", AmountPoint, "-3.5"},
		{"1 234.5", AmountPoint, "1234.5"},
		{"1'234.50", AmountPoint, "1234.5"},
		{"\t9.90 ", AmountPoint, "9.9"},
		{".5", AmountPoint, "0.5"},
		{"+5", AmountPoint, "5"},
		{"0.00005", AmountPoint, "0.0001"},
		{"-0.00005", AmountPoint, "-0.0001"},
		{"0.00004", AmountPoint, "0"},
		{"1.234,56", AmountComma, "1234.56"},
		{"1 234,56 €", AmountComma, "1234.56"},
		{"1\u00a0234,56", AmountComma, "1234.56"},
		{"-3,5", AmountComma, "-3.5"},
		{"1.234", AmountComma, "1234"},
		{"99999999999999.9999", AmountPoint, "99999999999999.9999"},
		{"100000000000000", AmountPoint, "error: larger than"},
		{"99999999999999999999999999", AmountPoint, "error: larger than"},
		{"1,23", AmountPoint, "error: not a number"},
		{"1.23.45", AmountPoint, "error: not a number"},
		{"12,34.5", AmountPoint, "error: not a number"},
		{"NaN", AmountPoint, "error: not an amount"},
		{"-inf", AmountPoint, "error: not an amount"},
		{"Infinity", AmountComma, "error: not an amount"},
		{"50%", AmountPoint, "error: not a number"},
		{"abc", AmountPoint, "error: not a number"},
		{".", AmountPoint, "error: not a number"},
		{"", AmountPoint, "error: no digits"},
		{"2026-01-02", AmountPoint, "error: not a number"},
	}
	for _, tt := range tests {
		got, err := ParseAmount(tt.cell, tt.style)
		if want, ok := strings.CutPrefix(tt.want, "error: "); ok {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%q: %v, %v; want %s", tt.cell, got, err, want)
			}
		} else if err != nil || got.String() != tt.want || got.Scale != AmountScale {
			t.Errorf("%q: %v, %v; want %s", tt.cell, got, err, tt.want)
		}
	}
}

func TestReadAmounts(t *testing.T) {
	tests := []struct {
		name      string
		cells     []string
		style     AmountStyle
		ambiguous bool
		unread    int
	}{
		{"plain", []string{"1234.5", "-3", ""}, AmountPlain, false, 0},
		{"thousands", []string{"1,234.50", "3"}, AmountPoint, false, 0},
		{"signs", []string{"$3", "(2)"}, AmountPoint, false, 0},
		{"decimal comma", []string{"1.234,56", "3,5"}, AmountComma, false, 0},
		{"only groups", []string{"1,234", "12"}, AmountPoint, true, 0},
		{"only three decimals", []string{"1.234", "12.500"}, AmountPlain, true, 0},
		{"bad cell", []string{"1.5", "x", "nan"}, AmountPoint, false, 2},
		{"empty", []string{"", "-"}, AmountPlain, false, 0},
	}
	for _, tt := range tests {
		if r := ReadAmounts(tt.cells); r.Style != tt.style || r.Ambiguous != tt.ambiguous || r.Unread != tt.unread {
			t.Errorf("%s: %+v", tt.name, r)
		}
	}
}

func FuzzParseAmount(f *testing.F) {
	f.Add("1,234.50")
	f.Add("(RM 50.00)")
	f.Fuzz(func(t *testing.T, s string) {
		for _, style := range []AmountStyle{AmountPoint, AmountComma} {
			d, err := ParseAmount(s, style)
			if err != nil {
				continue
			}
			if again, err := ParseAmount(d.String(), AmountPoint); err != nil || again != d {
				t.Fatalf("%q is %v but that reads as %v, %v", s, d, again, err)
			}
		}
	})
}
