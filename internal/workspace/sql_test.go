package workspace

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"worth/internal/tabular"
)

// ran runs a query that must run.
func ran(t testing.TB, w *Workspace, statement string) *SQLResult {
	t.Helper()
	r, err := w.RunSQL(t.Context(), statement, nil)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// paged returns the cells of all rows as text, joined by bars.
func paged(t testing.TB, r *SQLResult, sort string, desc bool, filter string) []string {
	t.Helper()
	rows, err := r.Open(t.Context(), sort, desc, filter)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	cells, err := rows.Page(t.Context(), 0, rows.Len()+1)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]string, len(cells))
	for i, row := range cells {
		for j, c := range row {
			if j > 0 {
				out[i] += "|"
			}
			out[i] += tabular.Plain(c, rows.Columns()[j].Kind)
		}
	}
	return out
}

// onFile returns a workspace in a file that holds orders.
func onFile(t testing.TB, rows ...string) *Workspace {
	t.Helper()
	w := open(t, filepath.Join(t.TempDir(), "shop.worth.duckdb"), Options{Threads: 2, Create: true})
	load(t, w, file(t, "orders.csv", table(rows...)))
	return w
}

// TestSQLAnswers asks workspaces in memory and in a file, sorts, filters, and reads
// parameters from the settings and from comments.
func TestSQLAnswers(t *testing.T) {
	for name, w := range map[string]*Workspace{"memory": loaded(t, shop...), "file": onFile(t, shop...)} {
		r := ran(t, w, "select customer_id, orders from derived.customers order by customer_id")
		if got := paged(t, r, "", false, ""); !slices.Equal(got, []string{"a|3", "b|2", "c|1"}) {
			t.Errorf("%s: %q", name, got)
		}
		if got := paged(t, r, "orders", false, "orders >= 2"); !slices.Equal(got, []string{"b|2", "a|3"}) {
			t.Errorf("%s, sorted and filtered: %q", name, got)
		}
		if got := paged(t, r, "customer_id", true, ""); !slices.Equal(got, []string{"c|1", "b|2", "a|3"}) {
			t.Errorf("%s, downwards: %q", name, got)
		}
		if _, err := r.Open(t.Context(), "none", false, ""); err == nil || !strings.Contains(err.Error(), "customer_id, orders") {
			t.Errorf("%s: sorting by no column gives %v", name, err)
		}
		if err := r.CheckFilter("orders > many"); err == nil {
			t.Errorf("%s: a number is compared with a word", name)
		}
		bound := ran(t, w, "-- $least = 2\n-- $who = ['a', 'c']\nselect customer_id, $as_of as as_of, $basis as basis, $window as months\n"+
			"from derived.customers where orders >= $least and last_order <= $as_of")
		if got := paged(t, bound, "", false, ""); !slices.Equal(got, []string{"a|2020-06-30|net_revenue|0", "b|2020-06-30|net_revenue|0"}) {
			t.Errorf("%s, with parameters: %q", name, got)
		}
	}
}

func TestSQLNamesColumnsApart(t *testing.T) {
	r := ran(t, inMemory(t), `select 1 as a, 2 as a, 3 as "A", 'x' as email, [1, 2] as list, 170141183460469231731687303715884105727::hugeint as big`)
	var names []string
	for _, c := range r.Columns {
		names = append(names, c.Name)
	}
	if want := []string{"a", "a_1", "A_2", "email", "list", "big"}; !slices.Equal(names, want) {
		t.Errorf("columns %q, want %q", names, want)
	}
	if !r.Columns[3].Personal {
		t.Error("e-mails are not masked")
	}
	if got := paged(t, r, "", false, ""); got[0] != "1|2|3|x|[1,2]|170141183460469231731687303715884105727" {
		t.Errorf("the row is %s", got[0])
	}
}

// TestSQLOnlyReads tries to leave the workspace or to change it.
func TestSQLOnlyReads(t *testing.T) {
	secret := file(t, "secret.csv", "a\n1\n")
	out := filepath.Join(t.TempDir(), "out.csv")
	for name, w := range map[string]*Workspace{"memory": loaded(t, shop...), "file": onFile(t, shop...)} {
		for statement, says := range map[string]string{
			"drop table core.orders":                             "only read",
			"delete from core.orders":                            "only read",
			"create table t as select 1":                         "only read",
			"insert into saved.audit values (now(), 'x', '')":    "only read",
			"copy core.orders to '" + out + "'":                  "only read",
			"attach '" + out + "' as other":                      "only read",
			"install httpfs":                                     "only read",
			"load httpfs":                                        "only read",
			"set threads = 1":                                    "only read",
			"pragma enable_profiling":                            "only read",
			"begin transaction":                                  "only read",
			"call enable_logging()":                              "cannot be called",
			"select * from '" + secret + "'":                     "neither files nor networks",
			"select * from read_text('/etc/passwd')":             "neither files nor networks",
			"select * from read_csv('/etc/passwd')":              "neither files nor networks",
			"select * from glob('/etc/*')":                       "neither files nor networks",
			"select * from sniff_csv('" + secret + "')":          "neither files nor networks",
			"from read_blob('/proc/self/environ')":               "neither files nor networks",
			"select * from enable_logging(storage => 'file')":    "cannot be called",
			`select * from "enable_logging" /* */ ()`:            "cannot be called",
			"select * from query('from enable_' || 'logging()')": "cannot be called",
			"select 1; drop table core.orders":                   "",
			"select * from nowhere":                              "nowhere",
			"select $nothing":                                    "-- $nothing = 'value'",
			"select ?":                                           "names",
			"selec 1":                                            "syntax error",
			"":                                                   "",
		} {
			r, err := w.RunSQL(t.Context(), statement, nil)
			if err == nil {
				t.Errorf("%s: %q runs", name, statement)
				r.Close()
			} else if !strings.Contains(err.Error(), says) {
				t.Errorf("%s: %q says %v", name, statement, err)
			}
			if got := IsWrite(err); got != (says == "only read") {
				t.Errorf("%s: %q is a write: %v", name, statement, got)
			}
		}
		if got := paged(t, ran(t, w, "select count(*) from core.orders"), "", false, ""); got[0] != "6" {
			t.Errorf("%s: %s orders are left", name, got)
		}
		if _, err := os.Stat(out); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: a file was written", name)
		}
	}
}

// TestSQLIsCancelled runs queries that never end.
func TestSQLIsCancelled(t *testing.T) {
	w := loaded(t, shop...)
	ran(t, w, "select 1")
	for _, statement := range []string{
		"with recursive t as (select 1 as i union all select i + 1 from t) select max(i) from t",
		"select count(*) from range(10000000) a, range(10000000) b where hash(a.range + b.range) = 1",
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		start := time.Now()
		_, err := w.RunSQL(ctx, statement, func(SQLProgress) {})
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled) {
			t.Errorf("%q ends in %v", statement, err)
		}
		if spent := time.Since(start); spent > 5*time.Second {
			t.Errorf("%q is cancelled after %v", statement, spent)
		}
	}
	if got := paged(t, ran(t, w, "select 2"), "", false, ""); got[0] != "2" {
		t.Errorf("afterwards: %q", got)
	}
}

// TestSQLIsBounded asks for more rows than are kept.
func TestSQLIsBounded(t *testing.T) {
	w := inMemory(t)
	wide := "select range as c0"
	for i := range 500 {
		wide += ", range + " + string(rune('0'+i%10)) + " as x" + strings.Repeat("i", i%7) + string(rune('a'+i%26))
	}
	r := ran(t, w, wide+" from range(1000)")
	if len(r.Columns) != 501 || r.Len() != 1000 || r.Truncated {
		t.Errorf("%d columns, %d rows, cut: %v", len(r.Columns), r.Len(), r.Truncated)
	}
	if testing.Short() {
		t.Skip("ten million rows")
	}
	r = ran(t, w, "select range as n from range(1000000000)")
	if !r.Truncated || r.Len() != maxResultRows {
		t.Errorf("%d rows, cut: %v", r.Len(), r.Truncated)
	}
	rows, err := r.Open(t.Context(), "", false, "n >= 9999998")
	if err != nil || rows.Len() != 2 {
		t.Fatalf("a filter sees rows that were cut: %v", err)
	}
	if err := rows.Close(); err != nil {
		t.Error(err)
	}
}

// TestSQLEndsWithTheData gives results up when the workspace is written to.
func TestSQLEndsWithTheData(t *testing.T) {
	for name, w := range map[string]*Workspace{"memory": loaded(t, shop...), "file": onFile(t, shop...)} {
		r := ran(t, w, "select * from core.orders")
		rows, err := r.Open(t.Context(), "", false, "")
		if err != nil {
			t.Fatal(err)
		}
		running := make(chan error)
		go func() {
			_, err := w.RunSQL(t.Context(), "select count(*) from range(10000000) a, range(10000000) b where hash(a.range + b.range) = 1", nil)
			running <- err
		}()
		time.Sleep(50 * time.Millisecond)
		apply(t, w, Settings{AsOf: day(t, "2020-02-10")})
		if err := <-running; err == nil || !strings.Contains(err.Error(), "written to") {
			t.Errorf("%s: what ran ends in %v", name, err)
		}
		if _, err := rows.Page(t.Context(), 0, 1); err == nil || !strings.Contains(err.Error(), "run the query again") {
			t.Errorf("%s: an old result is read: %v", name, err)
		}
		if err := rows.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := paged(t, ran(t, w, "select orders from derived.overview"), "", false, ""); got[0] != "4" {
			t.Errorf("%s: the new data are %q", name, got)
		}
	}
}

func TestWriteSQL(t *testing.T) {
	for name, w := range map[string]*Workspace{"memory": loaded(t, shop...), "file": onFile(t, shop...)} {
		n, err := w.WriteSQL(t.Context(), "-- $id = '6'\ndelete from core.orders where order_id = $id", nil)
		if err != nil || n != 1 {
			t.Fatalf("%s: %d rows, %v", name, n, err)
		}
		if o := overview(t, w); o.Orders != 5 || o.NetRevenue.String() != "65" {
			t.Errorf("%s: the analysis is not of what is left: %+v", name, o)
		}
		for _, statement := range []string{"drop table core.orders", "commit", "set threads = 1", "attach ':memory:' as x", "select 1", "drop schema derived cascade; select 1"} {
			if _, err := w.WriteSQL(t.Context(), statement, nil); err == nil {
				t.Errorf("%s: %q is run", name, statement)
			}
		}
		if o := overview(t, w); o.Orders != 5 {
			t.Errorf("%s: a refused statement changed something: %+v", name, o)
		}
	}
}

func TestExplainSQL(t *testing.T) {
	w := loaded(t, shop...)
	for _, run := range []bool{false, true} {
		plan, err := w.ExplainSQL(t.Context(), "select count(*) as n from core.orders where ordered_at <= $as_of", run)
		if err != nil {
			t.Fatal(err)
		}
		names := ""
		for _, row := range plan.Rows {
			if len(row) != len(plan.Columns) {
				t.Fatalf("a row of %d cells under %d columns", len(row), len(plan.Columns))
			}
			name, _ := row[0].(string)
			names += name + "\n"
		}
		if !strings.Contains(names, "aggregate") || !strings.Contains(names, "scan") {
			t.Errorf("run %v: the plan is\n%s", run, names)
		}
		t.Log("\n" + names)
	}
	typed := ran(t, w, "explain select * from core.orders")
	if lines := paged(t, typed, "", false, ""); len(lines) < 3 || !strings.Contains(strings.Join(lines, "\n"), "SCAN") {
		t.Errorf("an EXPLAIN answers %q", lines)
	}
	if _, err := w.ExplainSQL(t.Context(), "drop table core.orders", true); !IsWrite(err) {
		t.Errorf("the plan of a change: %v", err)
	}
}

func TestCompleteSQL(t *testing.T) {
	w := loaded(t, shop...)
	for before, want := range map[string]string{
		"sel": "select", "select * from derived.cust": "customers", "select net_rev from derived.customers where recen": "recency_days",
		"select quantile_c": "quantile_cont", "select $as": "$as_of", "-- $mine = 1\nselect $m": "$mine", "select 1 from core.ord": "orders",
	} {
		from, offers, err := w.CompleteSQL(t.Context(), before)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(offers, func(c Completion) bool { return c.Text == want }) {
			t.Errorf("%q offers %v", before, offers)
		}
		if from < 0 || from > len(before) || !strings.HasPrefix(want, before[from:]) {
			t.Errorf("%q is replaced from %d", before, from)
		}
	}
}

// BenchmarkCompleteSQL is what a keystroke waits for.
func BenchmarkCompleteSQL(b *testing.B) {
	w := loaded(b, shop...)
	for b.Loop() {
		if _, _, err := w.CompleteSQL(b.Context(), "select count(*), segm from derived.customers where re"); err != nil {
			b.Fatal(err)
		}
	}
}

func TestOwnParameters(t *testing.T) {
	for text, want := range map[string]any{
		"'it''s'": "it's", "12": int64(12), "1.5": 1.5, "true": true, "null": nil, "c-1": "c-1", `["a","b"]`: []string{"a", "b"},
		"2026-10-31": time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC), "2026-10-31 12:00:00": time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC),
	} {
		got := OwnParameters("-- why = because\n--  $ID =  " + text + "\nselect '-- $no = 1'")
		if len(got) != 1 || got[0].Name != "id" {
			t.Fatalf("%s gives %+v", text, got)
		}
		if texts, ok := want.([]string); ok {
			list, _ := got[0].Value.([]string)
			if !slices.Equal(list, texts) {
				t.Errorf("%s is %v", text, got[0].Value)
			}
		} else if got[0].Value != want {
			t.Errorf("%s is %v, a %T", text, got[0].Value, got[0].Value)
		}
		if again := OwnParameters("-- $id = " + got[0].Text()); tabular.Plain(again[0].Value, again[0].Kind) != tabular.Plain(got[0].Value, got[0].Kind) {
			t.Errorf("%s becomes %s", text, got[0].Text())
		}
	}
}

// TestShippedQueriesRun runs every query that is offered, with something for the
// parameters that settings do not give.
func TestShippedQueriesRun(t *testing.T) {
	w := loaded(t, shop...)
	all, err := w.ShippedQueries()
	if err != nil || len(all) < 15 {
		t.Fatalf("%d queries: %v", len(all), err)
	}
	for _, q := range all {
		if q.Question == "" || !strings.HasPrefix(q.Text, "-- "+q.Name+"\n-- ") {
			t.Errorf("%s does not say what it answers:\n%s", q.Name, q.Text)
		}
		if _, err := w.RunSQL(t.Context(), q.Text, nil); err != nil {
			t.Errorf("%s: %v\n%s", q.Name, err, q.Text)
		}
	}
}

// TestTracedQuestionsRunAgain takes what an answer was made from and gets the same
// answer from it.
func TestTracedQuestionsRunAgain(t *testing.T) {
	w := loaded(t, shop...)
	ctx, trace := Tracing(t.Context())
	if _, err := w.Overview(ctx); err != nil {
		t.Fatal(err)
	}
	rows, err := w.Customers(ctx, View{Filter: `orders >= 2 and customer_id in (a, "b'c")`, Sort: "orders"})
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	asked, ok := Named(trace.Asked(), "grid/customers_rows")
	if !ok || asked.Question == "" || len(asked.Parameters) != 2 {
		t.Fatalf("asked %+v", trace.Asked())
	}
	if r := ran(t, w, asked.Script()); r.Len() != 1 || rows.Len() != 1 {
		t.Errorf("%d rows where there were %d:\n%s", r.Len(), rows.Len(), asked.Script())
	}
	if _, ok := Named(trace.Asked(), "ask/overview"); !ok {
		t.Error("the overview is not traced")
	}
	if _, ok := Named(trace.Asked(), "ask/none"); ok {
		t.Error("a question is traced that was not asked")
	}
}

func TestDraftsAreKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "worth", "sql")
	w := open(t, "", Options{Threads: 1, Drafts: dir})
	d, err := w.Drafts()
	if err != nil || len(d.Buffers) != 0 {
		t.Fatalf("%+v, %v", d, err)
	}
	for i := range maxHistory + 3 {
		d.Remember(Past{Text: strings.Repeat("x", i/2)})
	}
	d.Buffers = []Draft{{Text: "select 1", Col: 8}}
	if err := w.KeepDrafts(d); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files %q, %v", files, err)
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others can read %v: %v", info.Mode(), err)
	}
	again, err := w.Drafts()
	if err != nil || again.Buffers[0].Text != "select 1" || len(again.History) != maxHistory/2+2 {
		t.Errorf("%d statements, %+v, %v", len(again.History), again.Buffers, err)
	}
	if err := os.WriteFile(files[0], []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Drafts(); err == nil || !strings.Contains(err.Error(), files[0]) {
		t.Errorf("a broken file gives %v", err)
	}
	if err := open(t, "", Options{}).KeepDrafts(d); err != nil {
		t.Errorf("without a folder: %v", err)
	}
}
