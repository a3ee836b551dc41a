package workspace

import (
	"fmt"
	"math"
	"testing"

	"worth/internal/demo"
)

// campaignShop has five members treated, of whom three bought, four left alone, of
// whom one did, one in either arm, and a second campaign without control group.
func campaignShop(t *testing.T) *Workspace {
	t.Helper()
	w := inMemory(t)
	load(t, w,
		file(t, "orders.csv", table("order_id,customer_id,order_date,total",
			"1,t1,2026-03-10,30", "2,t2,2026-03-10,20", "3,t3,2026-03-19,10", "4,c1,2026-03-12,8", "5,x,2026-03-12,900",
			"6,t1,2026-03-04,5", "7,t1,2026-02-01,70", "8,t4,2026-03-20,60", "9,t5,2026-01-01,1", "10,c2,2026-01-01,1", "11,c3,2026-01-01,1", "12,c4,2026-01-01,1")),
		file(t, "campaigns.csv", table("Campaign ID,Campaign Name,From,To,Cost", "1,Letter,2026-03-10,2026-03-19,2", "2,Banner,2026-03-10,2026-03-19,", "3,Old,2026-01-02,2026-01-20,5")),
		file(t, "members.csv", table("Campaign ID,Customer ID,Arm,Cost",
			"1,t1,treated,1", "1,t2,treated,1", "1,t3,treated,1", "1,t4,treated,1", "1,t5,treated,1",
			"1,c1,Control,0", "1,c2,control group,0", "1,c3,Hold-out,0", "1,c4,对照组,0", "1,x,treated,1", "1,x,control,0",
			"2,t1,treated,", "2,t2,treated,", "3,t1,treated,1", "4,t1,treated,1")))
	return w
}

// Welch's and Newcombe's intervals of numbers worked out by hand.
func TestCampaigns(t *testing.T) {
	campaigns, err := campaignShop(t).Campaigns(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]Campaign{}
	for _, c := range campaigns {
		byName[c.Campaign] = c
	}
	if len(campaigns) != 4 || len(byName) != 4 {
		t.Fatalf("campaigns are %+v", campaigns)
	}
	c := byName["Letter"]
	if !c.Causal || c.Treated.Members != 5 || c.Treated.Buyers != 3 || c.Control.Members != 4 || c.Control.Buyers != 1 || c.Both != 1 || c.Cost != 7 || c.Reason != "" {
		t.Errorf("the letter is %+v", c)
	}
	// 30, 20, 10, 0, 0 against 8, 0, 0, 0: means 12 and 2, variances 170 and 16, so
	// t of 4.906002 degrees of freedom times the root of 170/5 + 16/4.
	closeTo(t, "uplift", *c.Uplift.Estimate, 10, 1e-12)
	closeTo(t, "low", *c.Uplift.Low, 10-15.93788586934435, 1e-9)
	closeTo(t, "high", *c.Uplift.High, 10+15.93788586934435, 1e-9)
	closeTo(t, "incremental", *c.Incremental.Estimate, 50, 1e-12)
	closeTo(t, "return", *c.ROI.Estimate, (50.0-7)/7, 1e-12)
	closeTo(t, "conversion", *c.Conversion.Estimate, 3.0/5-1.0/4, 1e-12)
	if c.From != "2026-03-10" || c.To != "2026-03-19" {
		t.Errorf("it ran from %s to %s", c.From, c.To)
	}
	// Before and after: t1 brought 30 after 5, t2 20 after nothing.
	b := byName["Banner"]
	if b.Causal || b.Design() != "before" || b.Conversion.Estimate != nil || b.ROI.Estimate != nil || *b.Uplift.Estimate != (25.0+20)/2 || b.Uplift.Low == nil {
		t.Errorf("the banner is %+v", b)
	}
	if old := byName["Old"]; old.Reason == "" || old.Uplift.Estimate != nil {
		t.Errorf("nothing is known of the days before the old one: %+v", old)
	}
	if nameless := byName[""]; nameless.Reason == "" || nameless.Treated.Members != 1 {
		t.Errorf("a campaign no file describes is %+v", nameless)
	}
	if n := len(CampaignTable(campaigns).Rows); n != 4 {
		t.Errorf("%d rows", n)
	}
}

// Newcombe (1998), table II, method 10, and arms that are alike or empty.
func TestIntervalsOfDifferences(t *testing.T) {
	e := newcombe(56, 70, 48, 80)
	closeTo(t, "low", *e.Low, .0524, 1e-3)
	closeTo(t, "high", *e.High, .3339, 1e-3)
	if e := newcombe(0, 10, 0, 10); *e.Estimate != 0 || !(*e.Low < 0 && *e.High > 0) {
		t.Errorf("nobody of ten against nobody of ten is %v to %v", *e.Low, *e.High)
	}
	for name, e := range map[string]Estimate{
		"equal values": welch(moments{3, 0, 0}, moments{3, 0, 0}), "one in an arm": welch(moments{1, 5, 25}, moments{3, 6, 20}), "alike": pairedMean(moments{3, 3, 3}),
	} {
		if e.Estimate == nil || e.Low != nil || e.High != nil {
			t.Errorf("%s: %+v", name, e)
		}
	}
	if e := welch(moments{}, moments{2, 1, 1}); e.Estimate != nil {
		t.Errorf("nobody against two is %v", *e.Estimate)
	}
}

// signalShop is the whole demo, small: everything of it is loaded once for what
// stands beside value.
func signalShop(t *testing.T) *Workspace {
	t.Helper()
	dir := t.TempDir()
	if _, err := demo.Write(t.Context(), dir, demo.Options{Customers: 300, Orders: 1200, Seed: 5}, nil); err != nil {
		t.Fatal(err)
	}
	w := inMemory(t)
	load(t, w, dir)
	return w
}

// What stands behind a number is as many as the number says.
func TestRowsBehindNumbers(t *testing.T) {
	w := signalShop(t)
	behind := func(v View) int {
		t.Helper()
		r, err := w.Customers(t.Context(), v)
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := r.Close(); err != nil {
				t.Error(err)
			}
		}()
		return r.Len()
	}
	var customers int64
	channels, err := w.Channels(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range channels {
		customers += c.Customers
		if n := behind(View{Among: Among{AmongChannel, c.Channel}}); int64(n) != c.Customers {
			t.Errorf("%q has %d customers, %d are behind it", c.Channel, c.Customers, n)
		}
	}
	if o := overview(t, w); o.Customers != customers {
		t.Errorf("channels have %d customers of %d", customers, o.Customers)
	}
	signals, err := w.Signals(t.Context())
	if err != nil || len(signals) != 4 || signals[0].Kind != "review" {
		t.Fatalf("signals are %+v: %v", signals, err)
	}
	for _, s := range signals {
		if n := behind(View{Among: Among{AmongInteraction, s.Kind}}); int64(n) != s.People {
			t.Errorf("%s: %d people, %d are behind it", s.Kind, s.People, n)
		}
	}
	campaigns, err := w.Campaigns(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range campaigns {
		var treated, control int64
		incremental := 0.0
		for _, s := range c.Segments {
			treated, control = treated+s.Treated.Members, control+s.Control.Members
			if s.Segment == "" {
				continue
			}
			if n := behind(View{Segment: s.Segment, Among: Among{AmongCampaign, c.Key}}); int64(n) != s.Treated.Members+s.Control.Members {
				t.Errorf("%s, %s: %d members are behind %d + %d", c.Campaign, s.Segment, n, s.Treated.Members, s.Control.Members)
			}
			incremental += s.Cost
		}
		if treated != c.Treated.Members || control != c.Control.Members || math.Abs(incremental-c.Cost) > 1e-6 {
			t.Errorf("%s: segments have %d and %d members for %v, not %d and %d for %v", c.Campaign, treated, control, incremental, c.Treated.Members, c.Control.Members, c.Cost)
		}
	}
	ordersBehind(t, w)
	signsOf(t, w, signals)
	expectedOfReferred(t, w, behind)
}

// ordersBehind compares findings on quality with the orders they count.
func ordersBehind(t *testing.T, w *Workspace) {
	t.Helper()
	q, err := w.Quality(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for finding, want := range map[Finding]int64{
		AllOrders: q.Orders, CountedOrders: q.Counted, Credits: q.Credits, Refunded: q.Refunded, Excluded: q.Excluded, ZeroAmount: q.ZeroAmount,
		Anonymous: q.Anonymous, Identified: q.Counted - q.Anonymous, AfterAsOf: q.AfterAsOf, FutureOrders: q.FutureOrders,
	} {
		r, err := w.OrdersBehind(t.Context(), finding, "")
		if err != nil {
			t.Fatal(err)
		}
		if int64(r.Len()) != want {
			t.Errorf("%s: %d orders, %d are behind it", finding, want, r.Len())
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

// signsOf compares signs with the ratings themselves, and a customer's with all.
func signsOf(t *testing.T, w *Workspace, signals []Signal) {
	t.Helper()
	expect(t, w, "select count(*) filter (value > 3), count(*) filter (value < 3) from core.interactions where kind = 'review'",
		fmt.Sprintf("%d|%d", signals[0].Positive, signals[0].Negative))
	for _, s := range signals[1:] {
		signed := map[string][2]int64{"share": {s.Interactions, 0}, "ticket": {0, s.Interactions}}[s.Kind]
		if s.Positive != signed[0] || s.Negative != signed[1] || s.Rating != nil {
			t.Errorf("%s: %+v", s.Kind, s)
		}
	}
	id := rows(t, w, "select customer_id from core.persons p join core.interactions i using (person_key) group by all order by count(*) desc, 1 limit 1")[0]
	c, err := w.Customer(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var n int64
	for _, row := range c.Signals.Rows {
		times, _ := row[1].(int64)
		n += times
	}
	expect(t, w, fmt.Sprintf("select count(*) from core.persons p join core.interactions i using (person_key) where customer_id = '%s'", id), fmt.Sprint(n))
}

// expectedOfReferred adds the value of either group up to that of all.
func expectedOfReferred(t *testing.T, w *Workspace, behind func(View) int) {
	t.Helper()
	v, err := w.ReferralValue(t.Context())
	if err != nil || v.Reason != "" {
		t.Fatalf("%+v: %v", v, err)
	}
	referred, others := behind(View{Among: Among{AmongReferred, "yes"}}), behind(View{Among: Among{AmongReferred, "no"}})
	if int64(referred) != v.Referred.N || int64(others) != v.Others.N || referred == 0 {
		t.Errorf("%d and %d customers are behind %d and %d", referred, others, v.Referred.N, v.Others.N)
	}
	e, err := w.Equity(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	closeTo(t, "value", *v.Referred.Estimate*float64(referred)+*v.Others.Estimate*float64(others), e.Total.Value.Expected, 1e-9)
	for _, g := range []Estimate{v.Referred, v.Others} {
		if !(*g.Low < *g.Estimate && *g.Estimate < *g.High) {
			t.Errorf("%v lies not within %v and %v", *g.Estimate, *g.Low, *g.High)
		}
	}
}
