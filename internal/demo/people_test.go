package demo

import (
	"strings"
	"testing"
)

func TestReferralsAreAForestWithDirt(t *testing.T) {
	dir := small(t)
	joined := map[string]string{}
	for _, c := range table(t, dir, "customers.csv") {
		joined[c["Customer ID"]] = c["Registered At"]
	}
	parent := map[string]string{}
	self, unknown, second, staff := 0, 0, 0, 0
	for _, r := range table(t, dir, "referrals.csv") {
		from, to := r["Referrer Customer ID"], r["Referred Customer ID"]
		switch {
		case joined[to] == "":
			t.Errorf("referred customer %s is in no file", to)
		case from == to:
			self++
		case parent[to] != "":
			second++
		case strings.HasPrefix(from, "staff-"):
			staff++
			if r["Referrer Kind"] != "staff" {
				t.Errorf("%s is a %q", from, r["Referrer Kind"])
			}
		case joined[from] == "":
			unknown++
		default:
			parent[to] = from
		}
	}
	if self != 3 || unknown != 2 || second != 2 || staff == 0 {
		t.Errorf("self-referrals %d, unknown referrers %d, second claims %d, staff %d; want 3, 2, 2 and some", self, unknown, second, staff)
	}
	deepest, circles := 0, 0
	for at := range parent {
		generations := 0
		for ; parent[at] != "" && generations <= len(parent); generations++ {
			at = parent[at]
		}
		if generations > len(parent) {
			circles++
			continue
		}
		deepest = max(deepest, generations)
	}
	if deepest < 5 || circles < 3 {
		t.Errorf("deepest referral %d generations, customers in or below a circle %d; want at least 5 and 3", deepest, circles)
	}
}

func TestCustomersAreUnmistakablyInvented(t *testing.T) {
	ids, phones, emails := map[string]bool{}, map[string]bool{}, map[string]bool{}
	cjk := 0
	for _, c := range table(t, small(t), "customers.csv") {
		id, phone, email := c["Customer ID"], c["Phone"], c["Email"]
		if ids[id] || phone == "" && email == "" {
			t.Errorf("customer %s is there twice or cannot be reached", id)
		}
		ids[id] = true
		if email != "" && !strings.HasSuffix(strings.ToLower(email), "@example.com") && !strings.HasSuffix(strings.ToLower(email), "@example.org") {
			t.Errorf("customer %s has the e-mail %s", id, email)
		}
		if phone != "" && !strings.Contains(phone, "-555-01") && !strings.HasPrefix(phone, "+86 199 0") && id[0] == 'c' {
			t.Errorf("customer %s has the phone %s", id, phone)
		}
		if id[0] == 'c' && (phone != "" && phones[phone] || email != "" && emails[email]) {
			t.Errorf("customer %s shares %s or %s with another", id, phone, email)
		}
		phones[phone], emails[email] = true, true
		if strings.ContainsFunc(c["Last Name"], func(r rune) bool { return r >= 0x3000 }) {
			cjk++
		}
	}
	if cjk < 5 {
		t.Errorf("%d customers with Chinese, Japanese or Korean names, want some", cjk)
	}
}

func TestPhonesStayDistinctInLargeShops(t *testing.T) {
	seen := map[string]int{}
	for _, i := range []int{0, 99, 100, 79_999, 80_000, 180_000, 99_999, 9_999_999, 10_000_000, 19_999_999} {
		for _, culture := range []int{german, chinese} {
			phone := phoneOf(i, culture)
			if other, taken := seen[phone]; taken && other != i {
				t.Errorf("customers %d and %d share %s", i, other, phone)
			}
			seen[phone] = i
		}
	}
}

func TestStoreMembersAreKnownInTheWebShop(t *testing.T) {
	dir := t.TempDir()
	if _, err := Write(t.Context(), dir, Options{}, nil); err != nil {
		t.Fatal(err)
	}
	digits := strings.NewReplacer("+86 ", "", "+", "", " ", "", "-", "")
	phones, cards, accounts := map[string]bool{}, map[string]bool{}, map[string]int{}
	for _, c := range table(t, dir, "customers.csv") {
		phones[digits.Replace(c["Phone"])], cards[c["Member No"]] = true, true
		accounts[strings.ToLower(c["Email"])]++
	}
	delete(phones, "")
	delete(cards, "")
	delete(accounts, "")
	byPhone, byCard, nobody := 0, 0, 0
	for _, o := range table(t, dir, "pos_2026.tsv") {
		switch {
		case phones[o["手机号"]]:
			byPhone++
		case cards[o["会员号"]]:
			byCard++
		case o["会员号"] == "" && o["手机号"] == "":
			t.Errorf("order %s has no key", o["订单号"])
		default:
			nobody++
		}
		if cents(t, o["商品金额"])-cents(t, o["优惠金额"]) != cents(t, o["实付金额"]) || o["下单时间"] < "2026-01-01" {
			t.Errorf("impossible till order %v", o)
		}
	}
	if byPhone == 0 || byCard == 0 || nobody == 0 {
		t.Errorf("till orders found by phone %d, by card %d, not at all %d; want some of each", byPhone, byCard, nobody)
	}
	twice := 0
	for _, n := range accounts {
		if n > 1 {
			twice++
		}
	}
	if twice == 0 {
		t.Error("nobody has two accounts under one e-mail")
	}
}

func TestSideFilesRefer(t *testing.T) {
	dir := small(t)
	customers, skus, campaigns := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, c := range table(t, dir, "customers.csv") {
		customers[c["Customer ID"]] = true
	}
	for _, p := range table(t, dir, "products.csv") {
		if skus[p["SKU"]] {
			t.Errorf("SKU %s is there twice", p["SKU"])
		}
		skus[p["SKU"]] = true
	}
	for _, c := range table(t, dir, "campaigns.csv") {
		campaigns[c["Campaign ID"]] = true
	}
	for _, m := range table(t, dir, "campaign_members.csv") {
		if !campaigns[m["Campaign ID"]] || !customers[m["Customer ID"]] || (m["Arm"] == "control") != (m["Cost"] == "0.00") {
			t.Errorf("impossible member %v", m)
		}
	}
	for _, l := range table(t, dir, "order_lines.csv") {
		if !skus[l["SKU"]] {
			t.Errorf("unknown SKU in line %v", l)
		}
	}
	for _, i := range table(t, dir, "interactions.csv") {
		if !customers[i["Customer ID"]] || (i["Kind"] == "ticket") == skus[i["Target"]] {
			t.Errorf("impossible interaction %v", i)
		}
	}
	guests, orders := 0, table(t, dir, "orders.csv")
	for _, o := range orders {
		if o["Customer ID"] == "" {
			guests++
		} else if !customers[o["Customer ID"]] {
			t.Errorf("unknown customer in order %v", o)
		}
		if o["Campaign"] != "" && !campaigns[o["Campaign"]] {
			t.Errorf("unknown campaign in order %v", o)
		}
	}
	if share := float64(guests) / float64(len(orders)); share < 0.012 || share > 0.018 {
		t.Errorf("%.3f of orders are guests', want %.3f", share, guestShare)
	}
	if months := len(table(t, dir, "channel_costs.csv")); months != 36*channelCount {
		t.Errorf("%d channel costs, want one for each channel and month", months)
	}
}

func TestCampaignsLiftTheTreated(t *testing.T) {
	s, err := plan(t.Context(), Options{Customers: 40_000})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.simulate(t.Context(), func(int) {}); err != nil {
		t.Fatal(err)
	}
	var members, orders [3]float64
	for c := range s.campaigns {
		for i := 0; i < s.Customers && s.joinDay(i) < s.campaigns[c].fromDay; i++ {
			members[s.arm(c, i)]++
		}
	}
	for _, keys := range s.months {
		for _, key := range keys {
			customer, day := int(key>>customerShift&guest), int(key>>secondShift)/86400
			c := s.campaignOn(day)
			if c < 0 || customer == guest || s.joinDay(customer) >= s.campaigns[c].fromDay {
				continue
			}
			orders[s.arm(c, customer)]++
		}
	}
	lift := orders[armTreated]/members[armTreated] - orders[armControl]/members[armControl]
	if lift < 0.3*s.truth.Uplift || lift > s.truth.Uplift {
		t.Errorf("treated members place %.4f more orders than controls, want most of %.2f", lift, s.truth.Uplift)
	}
	if share := members[armControl] / (members[armControl] + members[armTreated]); share < 0.24 || share > 0.26 {
		t.Errorf("%.3f of members are held out, want %.2f", share, heldOut)
	}
}
