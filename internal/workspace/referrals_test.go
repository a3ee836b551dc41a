package workspace

import (
	"context"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// family is the worked example as exports: A→B,C,D; B→E,F; E→G.
var (
	familyOrders = []string{
		"Order ID,Customer ID,Order Date,Total",
		"1,A,2024-01-05,3000", "2,B,2024-02-05,5000", "3,C,2024-02-06,5000", "4,D,2024-02-07,5000",
		"5,E,2024-03-05,2000", "6,F,2024-03-06,1000", "7,G,2024-04-05,4000", "8,A,2025-05-05,2000", "9,Z,2025-05-06,10",
	}
	familyReferrals = []string{
		"Referrer ID,Referred ID,Referral Date,Status,Reward",
		"A,B,2024-02-01,completed,10", "A,C,2024-02-02,completed,10", "A,D,2024-02-03,completed,", "B,E,2024-03-01,completed,5",
		"B,F,2024-03-01,completed,5", "E,G,2024-04-01,completed,5",
	}
)

// wordOfMouth returns a workspace of the family's orders and the referrals given.
func wordOfMouth(t testing.TB, referrals ...string) *Workspace {
	t.Helper()
	w := inMemory(t)
	load(t, w, file(t, "orders.csv", table(familyOrders...)), file(t, "referrals.csv", table(referrals...)))
	return w
}

func TestWorkedTreeThroughFiles(t *testing.T) {
	w := wordOfMouth(t, familyReferrals...)
	expect(t, w, `select customer_id, own, direct, descendants, direct_value, brought, influence, conserved, referral, passed_up, depth, generation, referrer_id
		from derived.referrals order by node`,
		"A|5000|3|6|15000|22000|8750|13750|8750|0|3|0|",
		"B|5000|2|3|3000|7000|2500|3750|-1250|3750|2|1|A",
		"E|2000|1|1|4000|4000|2000|2000|0|2000|1|2|B",
		"G|4000|0|0|0|0|0|2000|-2000|2000|0|3|E",
		"F|1000|0|0|0|0|0|500|-500|500|0|2|B",
		"C|5000|0|0|0|0|0|2500|-2500|2500|0|1|A",
		"D|5000|0|0|0|0|0|2500|-2500|2500|0|1|A")
	expect(t, w, "select sum(referral), sum(historic), count(referral) from derived.customers", "0|27010|8")
	expect(t, w, `select customer_id, file_key, line, evidence, "at"::date, reward from derived.referrals where customer_id = 'B'`,
		"B|2|2|referrals file|2024-02-01|10")
}

func TestReferralSummary(t *testing.T) {
	w := wordOfMouth(t, append(familyReferrals, "A,A,2024-01-01,completed,1", "G,A,,completed,1", "Z,B,2024-02-02,rejected,1")...)
	s, err := w.Referrals(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if s.Customers != 8 || s.Referrers != 3 || s.Referred != 6 || s.Roots != 1 || s.Deepest != 3 || s.Refused != 3 || s.Strangers != 0 {
		t.Errorf("%+v", s)
	}
	if *s.ReferralRate != 3.0/8 || *s.ReferralsPerReferrer != 2 || *s.KFactor != 0 || s.Rewards != 35 || *s.RewardPerReferred != 35.0/6 {
		t.Errorf("rate %v, per referrer %v, K %v, rewards %v, each %v", *s.ReferralRate, *s.ReferralsPerReferrer, *s.KFactor, s.Rewards, *s.RewardPerReferred)
	}
	others, referred := s.Groups[0], s.Groups[1]
	if others.Referred || others.Customers != 2 || *others.RepeatShare.Estimate != 0.5 || *others.Retention.Estimate != 1 || others.Retention.N != 1 ||
		*others.Value.Estimate != 2505 {
		t.Errorf("not referred: %+v", others)
	}
	if !referred.Referred || referred.Customers != 6 || *referred.AOV != 22_000.0/6 || *referred.MedianValue != 4500 || referred.Retention.N != 6 ||
		*referred.Retention.Estimate != 0 || *referred.Retention.Low != 0 || *referred.Retention.High < 0.3 {
		t.Errorf("referred: %+v", referred)
	}
	if len(s.Generations) != 4 || s.Generations[1].People != 3 || s.Generations[3].Own != 4000 {
		t.Errorf("generations %+v", s.Generations)
	}
	got := map[string]int64{}
	for _, r := range s.Reasons {
		got[r.Reason] = r.Count
		if r.Text == "" || r.Text == r.Reason {
			t.Errorf("%s is not said in words", r.Reason)
		}
	}
	if len(got) != 3 || got["self"] != 1 || got["rejected"] != 1 || got["cycle"] != 1 {
		t.Errorf("reasons %v", got)
	}
	roots, err := w.TopRoots(context.Background(), "brought", 5)
	if err != nil || len(roots.Rows) != 1 || roots.Rows[0][0] != "A" {
		t.Errorf("roots %v: %v", roots, err)
	}
	if _, err := w.TopRoots(context.Background(), "nosuch", 5); err == nil {
		t.Error("roots by a column there is none of")
	}
}

func TestRefusedEdgesSayWhere(t *testing.T) {
	w := wordOfMouth(t, append(familyReferrals, "A,A,2024-01-01,completed,1", "G,D,,pending approval,1", "Z,B,2024-12-02,completed,1", "A,nobody,,,", "C,D,2024-02-04,,", "186****05,D,,,")...)
	refused, err := w.RefusedEdges(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := refused.Close(); err != nil {
			t.Error(err)
		}
	}()
	page, err := refused.Page(context.Background(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range page {
		line, _ := row[1].(int64)
		referrer, _ := row[3].(string)
		reason, _ := row[8].(string)
		got = append(got, strconv.FormatInt(line, 10)+" "+referrer+" "+reason)
	}
	if want := "8 A self, 9 G pending, 10 Z late, 11 A unknown, 12 C superseded"; strings.Join(got, ", ") != want {
		t.Errorf("refused %v", got)
	}
	expect(t, w, `select line, "column", value, reason from raw.rejects`, "13|Referrer ID|186****05|a masked id names nobody")
}

// The rows of a file may stand in any order.
func TestOrderOfReferralRows(t *testing.T) {
	said := append(slices.Clone(familyReferrals[1:]), "G,A,,,", "C,D,2024-02-03,,", "D,D,,,", "stranger,Z,,,", "stranger,C,2024-01-01,,", "B,C,2024-01-01,,")
	question := "select customer_id, referrer_id, influence, conserved, crv from derived.referrals order by node"
	refused := "select referrer_id, referred_id, reason from derived.refused_edges order by all"
	w := wordOfMouth(t, append([]string{familyReferrals[0]}, said...)...)
	want, why := rows(t, w, question), rows(t, w, refused)
	slices.Reverse(said)
	w = wordOfMouth(t, append([]string{familyReferrals[0]}, said...)...)
	expect(t, w, question, want...)
	expect(t, w, refused, why...)
}

// A distributor is known by phone, a friend by e-mail, a code by its owner.
func TestReferralsResolveToPersons(t *testing.T) {
	w := inMemory(t)
	load(t, w, file(t, "orders.csv", table(
		"Order ID,Customer ID,Order Date,Total,Coupon Code,Referrer",
		"1,A,2024-01-05,10,,", "2,B,2024-02-05,20,,+86 138 0013 8000", "3,C,2024-02-06,30,ANNA10,", "4,D,2024-02-06,40,OTHER,", "5,B,2024-03-05,1,,other",
		"6,A,2024-03-05,1,ANNA10,")),
		file(t, "customers.csv", table(
			"Customer ID,Name,Email,Phone,Referral Code,Referred By,Registered At",
			"A,Anna,anna@example.com,13800138000,ANNA10,,2023-01-01", "B,Bo,bo@example.com,,,,2023-01-01", "E,Eve,,,,Bo@Example.com,2024-03-01", "C,Cy,,,,,2023-01-01")))
	// One person under three keys brings in nobody but herself.
	load(t, w, file(t, "referrals.csv", table("Referrer ID,Referred ID", "anna@example.com,A", "+8613800138000,ANNA10")))
	expect(t, w, "select customer_id, referrer_id, evidence from derived.referrals order by customer_id",
		"A||", "B|A|orders file", "C|A|coupon code", "E|B|customers file")
	expect(t, w, "select line, evidence, referrer_id, referred_id, reason from derived.refused_edges order by all",
		"2|referrals file|anna@example.com|A|self", "3|referrals file|+8613800138000|ANNA10|self", "6|orders file|other|B|late", "7|coupon code|ANNA10|A|self")
}

// What a customers file says has no time of its own: whoever bought before
// registering was still brought in.
func TestPointerAfterFirstOrder(t *testing.T) {
	w := inMemory(t)
	load(t, w, file(t, "orders.csv", table("Order ID,Customer ID,Order Date,Total", "1,A,2024-01-05,10", "2,B,2024-02-05,20")),
		file(t, "customers.csv", table("Customer ID,Name,Registered At,Referred By", "A,Anna,2023-01-01,", "B,Bo,2025-01-01,A", "C,Cy,2024-01-01,99")))
	expect(t, w, "select customer_id, referrer_id, known from derived.referrals order by node", "A||true", "B|A|true", "99||false", "C|99|true")
}

func TestReferralSettings(t *testing.T) {
	half, all := 0.25, 1.0
	w := wordOfMouth(t, append(familyReferrals, "Z,A,2024-01-01,,")...)
	apply(t, w, Settings{Referrals: Referrals{Lambda: &all, Theta: &half}})
	expect(t, w, "select influence, conserved from derived.referrals where customer_id in ('Z', 'E') order by customer_id", "4000|2250", "27000|2260")
	expect(t, w, "select sum(conserved) from derived.referrals", "27010")
	apply(t, w, Settings{Referrals: Referrals{Window: 12}}) // of A's 5,000, 2,000 came later
	expect(t, w, "select own, counted, conserved from derived.referrals where customer_id = 'A'", "5000|3000|7875")
	expect(t, w, "select brought, conserved from derived.referrals where customer_id = 'Z'", "25000|5885")
	expect(t, w, "select sum(conserved), sum(own) from derived.referrals", "27010|27010")
	apply(t, w, Settings{AsOf: day(t, "2024-02-28")})
	expect(t, w, "select customer_id, own, direct from derived.referrals order by node", "Z|0|1", "A|3000|3", "B|5000|0", "C|5000|0", "D|5000|0")
	apply(t, w, Settings{Basis: Margin, MarginRate: 0.5})
	expect(t, w, "select influence from derived.referrals where customer_id = 'A'", "4375")
	for _, bad := range []Referrals{{Lambda: new(float64), Theta: &[]float64{1.5}[0]}, {TypeOne: &[]float64{math.NaN()}[0]}, {Window: -1}, {Keep: math.Inf(1)}} {
		if err := w.Apply(context.Background(), Settings{Referrals: bad}, nil); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}

func TestNoReferral(t *testing.T) {
	w := loaded(t, shop...)
	ctx := context.Background()
	var none *NoAnswerError
	if _, err := w.Referrals(ctx); !errors.As(err, &none) || !strings.Contains(err.Error(), "no referral was loaded") {
		t.Errorf("without referrals: %v", err)
	}
	if _, err := w.ReferralTree(ctx, ""); !errors.As(err, &none) {
		t.Errorf("a tree without referrals: %v", err)
	}
	expect(t, w, "select (select count(*) from derived.referrals), (select count(*) from derived.refused_edges), count(referral) from derived.customers", "0|0|0")
}

func TestReferralTree(t *testing.T) {
	w := wordOfMouth(t, append(familyReferrals, "stranger,Z,2024-01-01,,")...)
	ctx := context.Background()
	tree, err := w.ReferralTree(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	if tree.Len() != 2 || tree.Line(1).CustomerID != "stranger" || tree.Line(1).Known || !tree.Line(0).Known {
		t.Errorf("%d lines, the second %+v", tree.Len(), tree.Line(1))
	}
	tree.ExpandAll()
	if l := tree.Line(2); tree.Len() != 9 || l.CustomerID != "E" || l.Level != 2 || l.Own != 2000 || l.Conserved != 2000 || l.Brought != 4000 || l.Referral != 0 {
		t.Errorf("%d lines, the third %+v", tree.Len(), l)
	}
	tree.CollapseAll()
	if line := tree.Search("g", 0, false); line != 3 || tree.Line(line).CustomerID != "G" || strings.Join(tree.Path(line), ">") != "A>B>E>G" || tree.Parent(line) != 2 {
		t.Errorf("G is on line %d", line)
	}
	if tree.Search("nosuch", -1, false) != -1 || tree.Reveal("nosuch") != -1 || tree.Reveal("Z") < 0 {
		t.Error("somebody is found who is not there, or not found who is")
	}
	if err := tree.SortBy("nosuch", true); err == nil {
		t.Error("a column there is none of is sorted by")
	}
	for _, c := range ReferralColumns() {
		if !c.Kind.Numeric() {
			continue
		}
		if err := tree.SortBy(c.Name, true); err != nil {
			t.Errorf("sorting by %s: %v", c.Name, err)
		}
	}
	if err := tree.SortBy("own", false); err != nil || tree.Line(0).CustomerID != "stranger" {
		t.Errorf("by own value: %+v (%v)", tree.Line(0), err)
	}
	line := tree.Reveal("B")
	exported := tree.Subtree(line)
	want, err := w.Subtree(ctx, "B")
	if err != nil || len(exported.Rows) != 4 || len(want.Rows) != 4 {
		t.Fatalf("below B %v and %v: %v", exported.Rows, want, err)
	}
	for i, row := range want.Rows {
		for j, cell := range row {
			if exported.Rows[i][j] != cell {
				t.Errorf("%s of line %d is %v in the tree and %v in the table", want.Columns[j].Name, i, exported.Rows[i][j], cell)
			}
		}
	}
	zero := 0.0
	if err := tree.Recompute(Referrals{Theta: &zero}); err != nil || tree.Line(line).Conserved != 5000 {
		t.Errorf("at θ 0 B keeps %v (%v)", tree.Line(line).Conserved, err)
	}
	one, err := w.ReferralTree(ctx, "B")
	if err != nil || one.Len() != 3 || one.Line(0).CustomerID != "B" || one.Line(0).Generation != 1 || one.Line(0).Level != 0 {
		t.Errorf("the tree of B: %v", err)
	}
	var unknown *NotFoundError
	if _, err := w.ReferralTree(ctx, "nosuch"); !errors.As(err, &unknown) {
		t.Errorf("the tree of nobody: %v", err)
	}
	if _, err := w.Subtree(ctx, "nosuch"); !errors.As(err, &unknown) {
		t.Errorf("nobody below nobody: %v", err)
	}
}

func TestMaskStated(t *testing.T) {
	for id, want := range map[string]string{
		"ann@example.com": "a***@example.com", "+86 138 0013 8000": "+***", "13800138000": "1***", "c-00044": "c-00044", "12345": "12345", "": "", "CODE10": "CODE10",
	} {
		if got := MaskStated(id); got != want {
			t.Errorf("%q is shown as %q, not %q", id, got, want)
		}
	}
}

func TestValueLadder(t *testing.T) {
	w := open(t, "", Options{})
	load(t, w,
		file(t, "orders.csv", table("Order ID,Customer ID,Order Date,Total", "1,a,2020-01-01,10", "2,a,2020-02-01,10", "3,b,2020-03-01,10",
			"4,c,2020-01-05,10", "5,c,2020-04-01,10", "6,d,2020-05-01,10")),
		file(t, "referrals.csv", table("Referrer,Referred Customer,Referral Date", "b,d,2020-04-20")))
	apply(t, w, Settings{Scheme: "value-ladder"})
	for id, want := range map[string]string{"a": "User", "b": "Advocate", "c": "User", "d": "Purchaser"} {
		if got := customer(t, w, id, "segment"); got != want {
			t.Errorf("%s is a %s, not a %s", id, got, want)
		}
	}
	segments, err := w.Segments(t.Context())
	if err != nil || len(segments) != 3 || segments[0].Customers != 1 || segments[1].Customers != 2 {
		t.Errorf("segments %+v: %v", segments, err)
	}
}

func TestOwnValue(t *testing.T) {
	for of, want := range map[OwnValue]float64{HistoricValue: 10, PredictedValue: 3, TotalValue: 13} {
		if got := of.value(10, 3); got != want {
			t.Errorf("%s value is %v, not %v", of, got, want)
		}
	}
	if err := (Settings{Referrals: Referrals{Own: "all"}}).check(); err == nil {
		t.Error("an own value nobody knows is taken")
	}
}
