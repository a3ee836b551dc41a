package workspace

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"worth/internal/i18n"
	"worth/internal/rfm"
)

// SettingText is a setting as people read it.
type SettingText struct {
	Name    string // in the reader's language
	Value   string // in the reader's language
	Meaning string // what it decides, a few words
}

// Words returns the settings as people read them, defaults filled in, always the
// same ones in the same order.
func (s Settings) Words() []SettingText {
	list := append(s.countingWords(), s.scoringWords()...)
	return append(append(list, s.predictionWords()...), s.Referrals.words()...)
}

// Changes returns the settings that differ from those before, as they are now.
func (s Settings) Changes(before Settings) []SettingText {
	var out []SettingText
	old := before.Words()
	for i, now := range s.Words() {
		if now.Value != old[i].Value {
			out = append(out, now)
		}
	}
	return out
}

func (s Settings) countingWords() []SettingText {
	asOf, margin := i18n.T("latest in the data"), i18n.T("unknown")
	if !s.AsOf.IsZero() {
		asOf = s.AsOf.Format(time.DateOnly)
	}
	if s.MarginRate != 0 {
		margin = i18n.Percent(s.MarginRate, 1)
	}
	var charged []string
	for _, c := range []struct {
		counts bool
		name   string
	}{{true, i18n.T("goods")}, {s.WithShipping, i18n.T("shipping")}, {s.WithTax, i18n.T("tax")}} {
		if c.counts {
			charged = append(charged, c.name)
		}
	}
	return []SettingText{
		{i18n.T("as of"), asOf, i18n.T("last day that counts")},
		{i18n.T("time zone"), cmp.Or(s.TimeZone, "UTC"), i18n.T("in which days are counted")},
		{i18n.T("currency"), cmp.Or(s.Currency, i18n.T("that of most orders")), i18n.T("of the money that counts")},
		{i18n.T("exchange rates"), s.rateWords(), i18n.T("by which other currencies count; without them they are set aside")},
		{i18n.T("basis"), BasisText(s.basis()), i18n.T("what value is counted in")},
		{i18n.T("margin"), margin, i18n.T("share of net revenue, where no cost is known")},
		{i18n.T("revenue of"), strings.Join(charged, ", "), i18n.T("what counts as revenue")},
		{i18n.T("orders of amount 0"), choice(s.SkipZero, i18n.T("do not count"), i18n.T("count")), i18n.T("whether they are purchases")},
		{i18n.T("orders of one day"), choice(s.MergeSameDay, i18n.T("one purchase"), i18n.T("each a purchase")), i18n.T("how frequency is counted")},
	}
}

func (s Settings) scoringWords() []SettingText {
	window := i18n.T("all history")
	if s.Window > 0 {
		window = i18n.T("%d month{s}", s.Window)
	}
	cuts := i18n.T("quantiles of the data")
	if s.Cuts != nil {
		cuts = i18n.T("frozen: R %s · F %s · M %s", points(s.Cuts.R), points(s.Cuts.F), points(s.Cuts.M))
	}
	return []SettingText{
		{i18n.T("window"), window, i18n.T("orders before the as-of date that count for F and M")},
		{i18n.T("scheme"), cmp.Or(s.Scheme, rfm.Default), i18n.T("how customers are put into segments")},
		{i18n.T("cut-points"), cuts, i18n.T("what earns a score")},
		{i18n.T("M measures"), choice(s.Monetary == AverageSpend, i18n.T("average order"), i18n.T("total spend")), i18n.T("the monetary score")},
	}
}

func (s Settings) predictionWords() []SettingText {
	terms := s.terms(0)
	return []SettingText{
		{i18n.T("model"), cmp.Or(s.Model, Models[0]), i18n.T("of when customers buy and when they leave")},
		{i18n.T("horizon"), i18n.T("%s month{s}", trimmed(terms.Horizon)), i18n.T("how far ahead value is looked for")},
		{i18n.T("discount"), i18n.T("%s a year", i18n.Percent(terms.Discount, 1)), i18n.T("by which later value counts less")},
	}
}

func (r Referrals) words() []SettingText {
	p := r.Params()
	window := i18n.T("all")
	if r.Window > 0 {
		window = i18n.T("%d month{s}", r.Window)
	}
	return []SettingText{
		{i18n.T("λ"), trimmed(p.Lambda), i18n.T("what influence keeps from generation to generation")},
		{i18n.T("θ"), trimmed(p.Theta), i18n.T("share of a tree's value that is passed up")},
		{i18n.T("p1"), trimmed(p.TypeOne), i18n.T("share of referred customers who would not have come by themselves")},
		{i18n.T("referral window"), window, i18n.T("orders of a referred customer that count for those above")},
		{i18n.T("cost of keeping"), trimmed(r.Keep), i18n.T("a referred customer, in currency")},
		{i18n.T("acquisition saved"), trimmed(r.SavedCAC), i18n.T("by a referral, in currency")},
		{i18n.T("referral that counts"), choice(r.LastTouch, i18n.T("the latest"), i18n.T("the earliest")), i18n.T("where a customer has several")},
		{i18n.T("chains by staff"), choice(r.ChainStaff, i18n.T("yes"), i18n.T("no")), i18n.T("whether their referrals build chains")},
		{i18n.T("chains by KOLs"), choice(r.ChainKOL, i18n.T("yes"), i18n.T("no")), i18n.T("whether their referrals build chains")},
	}
}

// rateWords says which exchange rates there are.
func (s Settings) rateWords() string {
	kept, err := keptRates(s.Rates)
	if err != nil || len(kept) == 0 { // they were checked when they were applied
		return i18n.T("none")
	}
	var n int
	for _, list := range kept {
		n += len(list)
	}
	return i18n.T("%d of %s", n, strings.Join(slices.Sorted(maps.Keys(kept)), ", "))
}

// BasisText names a basis in the reader's language.
func BasisText(b Basis) string {
	switch b {
	case Margin:
		return i18n.T("margin")
	case Contribution:
		return i18n.T("contribution")
	case NetRevenue:
	}
	return i18n.T("net revenue")
}

func choice(first bool, yes, no string) string {
	if first {
		return yes
	}
	return no
}

// points writes cut-points one after the other.
func points(cuts []float64) string {
	texts := make([]string, len(cuts))
	for i, c := range cuts {
		texts[i] = trimmed(c)
	}
	return strings.Join(texts, " ")
}

// trimmed writes a number with as many decimals as it has.
func trimmed(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
