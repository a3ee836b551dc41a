package workspace

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"worth/internal/identity"
)

// The files of a shop whose customers stand under several ids: the web shop knows
// them by e-mail, the tills by phone, the loyalty scheme by member number.
var peopleFiles = map[string]string{
	"web.csv": table("Order ID,Email,Order Date,Total", "w1,ann@example.com,2020-01-01,10", "w2,Bob@Example.com,2020-01-02,20",
		"w3,cyd@example.com,2020-01-03,30", "w4,dan@example.com,2020-01-03,5"),
	"till.csv": table("Order ID,Phone,Order Date,Total", "t1,+86 138 0013 8000,2020-02-01,40", "t2,13900139000,2020-02-02,50",
		"t3,186******05,2020-02-03,60", "t4,021-5550000,2020-02-04,70"),
	"loyal.csv": table("Customer ID,Name,Email,Phone,Member No,City", "c-1,Ann Invented,ANN@example.com,13800138000,M1,Leith",
		"c-2,Bob Invented,bob@example.com,,M2,Hove", "c-3,Cyd Invented,,186******05,M3,Bath"),
	"club.csv": table("Customer ID,Name,Email,Phone,Member No,City", "k-9,Ann B. Invented,,0086 13800138000,,York",
		"k-8,Cyd Invented,cyd@example.com,,M3,Bath", "c-2,Robert Invented,,13900139000,M2,"),
	"house.csv": table("Customer ID,Name,Phone", "h-1,A,0215550000", "h-2,B,0215550000", "h-3,C,0215550000", "h-4,D,0215550000", "h-5,E,0215550000"),
	"views.csv": table("Customer ID,Interaction Date,Action", "k-9,2020-01-05,view", "c-1,2020-01-06,view", "nobody,2020-01-06,view"),
	"sent.csv":  table("Campaign ID,Customer ID,Arm", "spring,k-8,treated", "spring,c-3,control"),
}

// people writes the files in an order of their names and returns their paths.
func people(t testing.TB, names []string) []string {
	t.Helper()
	out := make([]string, 0, len(names))
	for _, name := range names {
		out = append(out, file(t, name, peopleFiles[name]))
	}
	return out
}

// peopled returns what follows from the files, whatever order they came in.
func peopled(t testing.TB, w *Workspace) string {
	t.Helper()
	var out []string
	for _, q := range []string{
		"select customer_id, name, email, phone, city, person_key = hash(customer_id) >> 1 from core.persons order by 1",
		"select order_id, customer_id, net_revenue, (select p.customer_id from core.persons p where p.person_key = o.person_key) from core.orders o order by 1",
		"select kind, i.value, masked, p.customer_id from core.identities i join core.persons p using (person_key) order by all",
		"select customer_id, orders, net_revenue, segment from derived.customers order by 1",
		"select p.customer_id, kind from core.interactions left join core.persons p using (person_key) order by all",
		"select p.customer_id, arm from core.campaign_members left join core.persons p using (person_key) order by all",
		"select state, rule, value from core.merges order by all",
		"select customer_id, person_key from core.accounts order by all",
	} {
		out = append(out, rows(t, w, q)...)
	}
	return strings.Join(out, "\n")
}

// Files give the same persons, orders and totals in any order, in one load or in
// several.
func TestPeopleInAnyOrder(t *testing.T) {
	names := make([]string, 0, len(peopleFiles))
	for name := range peopleFiles {
		names = append(names, name)
	}
	slices.Sort(names)
	w := inMemory(t)
	load(t, w, people(t, names)...)
	want := peopled(t, w)
	expect(t, w, "select customer_id, orders, net_revenue from derived.customers where orders > 0 order by 1",
		"0215550000|1|70", "c-1|2|50", "c-2|2|70", "c-3|1|30", "dan@example.com|1|5")
	expect(t, w, "select name, email, city from core.persons where customer_id = 'c-1'", "Ann Invented|ann@example.com|Leith")
	expect(t, w, "select person_key is null from core.orders where order_id = 't3'", "true") // masked
	expect(t, w, "select count(*) from core.persons where customer_id like 'h-%'", "5")      // a phone that six ids share
	dice := rand.New(rand.NewPCG(3, 4))
	for i := range 4 {
		if spare(i) {
			continue
		}
		dice.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		cut := dice.IntN(len(names))
		for _, loads := range [][][]string{{names}, {names[:cut], names[cut:]}} {
			w := inMemory(t)
			for _, part := range loads {
				if len(part) > 0 {
					load(t, w, people(t, part)...)
				}
			}
			got := peopled(t, w)
			// What once joined ids and does no more is remembered.
			got = strings.ReplaceAll(got, "lapsed|phone|0215550000\n", "")
			if got != want {
				t.Fatalf("loaded as %v:\n%s\nnot\n%s", loads, got, want)
			}
		}
	}
}

// A key that more and more ids share joins them until they are too many for one
// person.
func TestSharedPhones(t *testing.T) {
	w := inMemory(t)
	header := "Customer ID,Name,Phone"
	load(t, w, file(t, "few.csv", table(header, "h-1,A,0215550000", "h-2,B,021 555 0000")), file(t, "orders.csv", table(shop...)))
	expect(t, w, "select customer_id from core.persons where customer_id like 'h%'", "h-1")
	load(t, w, file(t, "many.csv", table(header, "h-3,C,0215550000", "h-4,D,0215550000", "h-5,E,0215550000", "h-6,F,0215550000")))
	expect(t, w, "select customer_id, name from core.persons where customer_id like 'h%' order by 1", "h-1|A", "h-2|B", "h-3|C", "h-4|D", "h-5|E", "h-6|F")
	expect(t, w, "select state, value from core.merges", "lapsed|0215550000")
	expect(t, w, "select count(*) from core.accounts", "0")
}

// lookalikes are two customers who may be one, and one who is another.
var lookalikes = table("Customer ID,Name,Email,City,Birthday", "a,Ada Invented,ada.invented@example.com,Leith,1980-01-02",
	"a2,ada  INVENTED,,Leith,", "b,Ada Invented,other@example.org,York,1970-05-06", "c,Cy Typo,cytypo@gmail.com,,", "c2,,cytypo@gmial.com,,")

// lookalike returns a workspace of orders and lookalikes.
func lookalike(t testing.TB) *Workspace {
	t.Helper()
	w := inMemory(t)
	load(t, w, file(t, "orders.csv", table(append(slices.Clone(shop), "7,a2,2020-05-01,50,20")...)), file(t, "people.csv", lookalikes),
		file(t, "friends.csv", table("Referrer,Referred Customer,Referral Date", "a2,b,2020-01-20")))
	return w
}

func suggested(t testing.TB, w *Workspace) []string {
	t.Helper()
	s, err := w.Suggestions(context.Background(), 10)
	if err != nil || s.Total != int64(len(s.Pairs)) {
		t.Fatalf("%+v: %v", s, err)
	}
	var out []string
	for _, p := range s.Pairs {
		out = append(out, p.One.CustomerID+"+"+p.Other.CustomerID)
	}
	return out
}

func TestSuggestions(t *testing.T) {
	ctx := context.Background()
	w := lookalike(t)
	s, err := w.Suggestions(ctx, 10)
	if err != nil {
		t.Fatal(err)
	}
	if got := suggested(t, w); !slices.Equal(got, []string{"a+a2", "c+c2"}) {
		t.Fatalf("suggested are %v", got)
	}
	first := s.Pairs[0]
	if first.Score < identity.Least || !slices.Equal(first.Evidence, []string{"the same name", "the same city"}) ||
		first.One.Orders != 3 || first.One.Email != "ada.invented@example.com" || first.Other.NetRevenue.String() != "50" || first.One.Birth != "1980-01-02" {
		t.Errorf("%+v", first)
	}
	if one, err := w.Suggestions(ctx, 1); err != nil || len(one.Pairs) != 1 || one.Total != 2 {
		t.Errorf("the first of them: %+v: %v", one, err)
	}
}

// What is accepted is one person with all that belongs to them, and can be undone.
func TestAcceptAndUndo(t *testing.T) {
	ctx := context.Background()
	w := lookalike(t)
	before := peopled(t, w)
	s, err := w.Suggestions(ctx, 10)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.AcceptMerge(ctx, s.Pairs[0].Pair(), nil); err != nil {
		t.Fatal(err)
	}
	if got := customer(t, w, "a", "orders", "net_revenue"); got != "4|180" {
		t.Errorf("a is %s", got)
	}
	expect(t, w, "select referrer_id, customer_id from derived.referrals where referrer_id is not null", "a|b")
	if got := suggested(t, w); !slices.Equal(got, []string{"c+c2"}) {
		t.Errorf("still suggested: %v", got)
	}
	m, err := w.Merges(ctx, 10)
	if err != nil || m.Total != 1 || m.List[0].State != MergeMade || m.List[0].CustomerID != "a" || !slices.Equal(m.List[0].Others, []string{"a2"}) ||
		m.List[0].Reason() != "by hand: the same name, the same city" || m.List[0].Score == nil {
		t.Fatalf("%+v: %v", m, err)
	}
	if err := w.AcceptMerge(ctx, Pair{One: "a2", Other: "a"}, nil); err == nil {
		t.Error("one person was merged with itself")
	}
	if q, err := w.Quality(ctx); err != nil || q.Merged != 1 || q.Persons != 4 {
		t.Errorf("%+v: %v", q, err)
	}
	// Later loads keep the decision.
	load(t, w, file(t, "more.csv", table(shop[0], "8,a2,2020-06-01,1000,1")))
	if got := customer(t, w, "a", "orders", "net_revenue"); got != "5|1180" {
		t.Errorf("after another load a is %s", got)
	}
	apart, err := w.UndoMerge(ctx, m.List[0].Number, nil)
	if err != nil || !apart {
		t.Fatalf("apart %v: %v", apart, err)
	}
	if got := customer(t, w, "a2", "orders", "net_revenue"); got != "2|1050" {
		t.Errorf("a2 is %s", got)
	}
	if _, err := w.UndoMerge(ctx, m.List[0].Number, nil); err == nil {
		t.Error("a merge was undone twice")
	}
	if got := suggested(t, w); !slices.Equal(got, []string{"a+a2", "c+c2"}) {
		t.Errorf("suggested again: %v", got)
	}
	expect(t, w, "select count(*) from core.accounts", "0")
	if after := peopled(t, w); !strings.Contains(after, strings.Split(before, "\n")[0]) {
		t.Errorf("a is not as before:\n%s\nnot\n%s", after, before)
	}
}

func TestRefuseAndUndo(t *testing.T) {
	ctx := context.Background()
	w := lookalike(t)
	if err := w.RefuseMerge(ctx, Pair{One: "a2", Other: "a"}, nil); err != nil {
		t.Fatal(err)
	}
	if got := suggested(t, w); !slices.Equal(got, []string{"c+c2"}) {
		t.Errorf("suggested after a refusal: %v", got)
	}
	m, err := w.Merges(ctx, 10)
	if err != nil || m.List[0].State != MergeRefused {
		t.Fatalf("%+v: %v", m, err)
	}
	if apart, err := w.UndoMerge(ctx, m.List[0].Number, nil); err != nil || !apart {
		t.Errorf("%v: %v", apart, err)
	}
	if got := suggested(t, w); len(got) != 2 {
		t.Errorf("suggested: %v", got)
	}
	var missing *NotFoundError
	if err := w.AcceptMerge(ctx, Pair{One: "a", Other: "ghost"}, nil); !errors.As(err, &missing) || missing.ID != "ghost" {
		t.Errorf("a stranger: %v", err)
	}
	if err := w.AcceptMerge(ctx, Pair{One: "a", Other: " a "}, nil); err == nil {
		t.Error("an id was merged with itself")
	}
	if _, err := w.UndoMerge(ctx, 99, nil); err == nil {
		t.Error("no merge was undone")
	}
}

// A key that an analyst took back joins nobody, in later loads neither; ids may
// stay one person for another reason.
func TestUndoKey(t *testing.T) {
	ctx := context.Background()
	w := inMemory(t)
	header := "Customer ID,Name,Email,Phone"
	load(t, w, file(t, "orders.csv", table(shop...)),
		file(t, "people.csv", table(header, "a,Ada,ada@example.com,0215550000", "b,Bea,ada@example.com,021-555 0000")))
	if got := customer(t, w, "a", "orders", "net_revenue"); got != "5|165" {
		t.Fatalf("a is %s", got)
	}
	m, err := w.Merges(ctx, 10)
	if err != nil || m.Total != 2 || m.List[0].Rule != "phone" || m.List[0].Reason() != "the same phone" || m.List[1].Value != "ada@example.com" {
		t.Fatalf("%+v: %v", m, err)
	}
	if apart, err := w.UndoMerge(ctx, m.List[0].Number, nil); err != nil || apart {
		t.Errorf("the e-mail address still joins them: %v, %v", apart, err)
	}
	if apart, err := w.UndoMerge(ctx, m.List[1].Number, nil); err != nil || !apart {
		t.Errorf("%v, %v", apart, err)
	}
	want := []string{"a|3|130", "b|2|35", "c|1|0"}
	expect(t, w, "select customer_id, orders, net_revenue from derived.customers order by 1", want...)
	load(t, w, file(t, "more.csv", table(header, "z,Zed,,")))
	expect(t, w, "select customer_id, orders, net_revenue from derived.customers where orders > 0 order by 1", want...)
	if got := suggested(t, w); len(got) != 0 {
		t.Errorf("suggested: %v", got)
	}
}

func TestNobodyToCompare(t *testing.T) {
	ctx := context.Background()
	w := inMemory(t)
	var none *NoAnswerError
	if _, err := w.Suggestions(ctx, 5); !errors.As(err, &none) {
		t.Errorf("suggestions: %v", err)
	}
	if _, err := w.Merges(ctx, 5); !errors.As(err, &none) {
		t.Errorf("merges: %v", err)
	}
	load(t, w, file(t, "orders.csv", table(shop...)))
	if s, err := w.Suggestions(ctx, 5); err != nil || s.Total != 0 || len(s.Pairs) != 0 {
		t.Errorf("%+v: %v", s, err)
	}
}

// The loading SQL reads keys as package identity does.
func TestKeysInSQL(t *testing.T) {
	w := inMemory(t)
	for _, kind := range []identity.Kind{identity.Email, identity.Phone, identity.MemberNo, "customer id"} {
		for _, value := range []string{
			"ann@example.com", " Ann@Example.COM ", "ann", "+86 138-0013-8000", "008613800138000", "+4930123456", "0000000", "12345", "M-1", "1234567890123456",
		} {
			got := rows(t, w, fmt.Sprintf("select coalesce(identity_value('%s', '%s'), '')", kind, value))[0]
			if want := identity.Key(kind, value); got != want {
				t.Errorf("%s %q: SQL says %q, Key %q", kind, value, got, want)
			}
		}
	}
}
