package workspace

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"worth/internal/report"
	"worth/internal/snapshot"
	"worth/internal/tabular"
)

// save keeps a page that must be possible to keep.
func save(t testing.TB, w *Workspace, name string, q snapshot.Question) snapshot.Record {
	t.Helper()
	r, err := w.SaveSnapshot(context.Background(), SnapshotRequest{Name: name, Note: "a note", Question: q, Program: "test"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func pageOf(p snapshot.Page) snapshot.Question { return snapshot.Question{Page: p} }

func statement(text string) snapshot.Question {
	return snapshot.Question{Page: snapshot.SQL, SQL: text}
}

// snap opens a snapshot that must be there.
func snap(t testing.TB, w *Workspace, name string) *Snapshot {
	t.Helper()
	s, err := w.Snapshot(context.Background(), name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// written is a snapshot as JSON: its record and its rows.
func written(t testing.TB, w *Workspace, name string) string {
	t.Helper()
	s := snap(t, w, name)
	var out bytes.Buffer
	out.WriteString(s.JSON + "\n")
	j, err := report.New(report.JSON, &out, report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Begin(s.Columns()); err != nil {
		t.Fatal(err)
	}
	if err := s.Each(context.Background(), j.Row); err != nil {
		t.Fatal(err)
	}
	if err := j.End(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// odd are columns of types that JSON, Parquet or tabular have no like of.
const odd = `select customer_id, count(*)::hugeint * 100000000000000000000 as huge, sum(net_revenue) as net, list(order_id order by order_id) as ids,
	{'a': min(ordered_at), 'b': interval 2 days} as both, gen_random_uuid()::varchar <> '' as yes, $as_of as as_of, null as nothing
	from core.orders where customer_id is not null group by customer_id order by customer_id`

func TestSnapshotTravels(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.worth.duckdb")
	w := open(t, path, Options{Create: true})
	load(t, w, filepath.Join(small, "orders.csv"))
	apply(t, w, Settings{Scheme: "rf-10"})
	questions := map[string]snapshot.Question{
		"the overview": pageOf(snapshot.Overview), "the segments": pageOf(snapshot.Segments), "all customers": pageOf(snapshot.Customers),
		"some customers": {Page: snapshot.Customers, Filter: "orders >= 2", Sort: "aov", Desc: true},
		"odd":            statement(odd),
	}
	before := map[string]string{}
	for name, q := range questions {
		r := save(t, w, name, q)
		if r.Rows == 0 || r.AsOf == "" || len(r.Files) != 1 || r.Scheme != "rf-10" || r.SQL == "" || r.DuckDB == "" {
			t.Errorf("%s is kept as %+v", name, r)
		}
		before[name] = written(t, w, name)
	}
	// A query that runs beside the workspace is no hindrance.
	result, err := w.RunSQL(t.Context(), "select 1", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("beside", func(t *testing.T) { differences(t, compareTo(t, w, "odd", snapshot.Now)) })
	other := inMemory(t)
	for name := range questions {
		to := filepath.Join(t.TempDir(), "one.worth-snapshot")
		if err := w.ExportSnapshot(t.Context(), name, to); err != nil {
			t.Fatal(err)
		}
		if _, err := other.ImportSnapshot(t.Context(), to, nil); err != nil {
			t.Fatal(err)
		}
		if after := written(t, other, name); after != before[name] {
			t.Errorf("%s became\n%s\nfrom\n%s", name, after, before[name])
		}
		if _, err := other.ImportSnapshot(t.Context(), to, nil); err == nil || !strings.Contains(err.Error(), "already") {
			t.Errorf("it is taken in twice: %v", err)
		}
		if info, err := os.Stat(to); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the file: %v, %v", info, err)
		}
	}
	if err := result.Close(); err != nil {
		t.Error(err)
	}
	// The tables are rebuilt and the program starts anew: nothing has changed.
	apply(t, w, Settings{AsOf: day(t, "2019-01-01")})
	load(t, w, file(t, "more.csv", table(plainHeader, "100,z,2020-04-01,10")))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, path, Options{})
	for name := range questions {
		if after := written(t, again, name); after != before[name] {
			t.Errorf("%s became\n%s\nfrom\n%s", name, after, before[name])
		}
	}
}

// What is kept is what the page shows.
func TestSnapshotIsThePage(t *testing.T) {
	w := inMemory(t)
	load(t, w, filepath.Join(small, "orders.csv"))
	save(t, w, "all", pageOf(snapshot.Customers))
	rows, err := w.Customers(t.Context(), View{})
	if err != nil {
		t.Fatal(err)
	}
	want, err := rows.Page(t.Context(), 0, rows.Len())
	if err != nil {
		t.Fatal(err)
	}
	s := snap(t, w, "all")
	got, err := s.Page(t.Context(), 0, s.Len())
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) || len(want) == 0 {
		t.Fatalf("%d rows of %d", len(got), len(want))
	}
	for i := range want {
		for j, c := range s.Columns() {
			if tabular.Plain(got[i][j], c.Kind) != tabular.Plain(want[i][j], c.Kind) {
				t.Errorf("row %d, %s: %v, not %v", i, c.Name, got[i][j], want[i][j])
			}
		}
	}
	segments, err := w.Segments(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	save(t, w, "segments", pageOf(snapshot.Segments))
	s = snap(t, w, "segments")
	if got, err = s.Page(t.Context(), 0, s.Len()); err != nil || len(got) != len(segments) {
		t.Fatalf("%d segments of %d, %v", len(got), len(segments), err)
	}
	for i, segment := range segments {
		if got[i][0] != segment.Segment || got[i][1] != segment.Customers || got[i][3] != segment.NetRevenue {
			t.Errorf("%v is kept of %+v", got[i], segment)
		}
	}
}

func TestSnapshotNames(t *testing.T) {
	w := loaded(t, shop...)
	save(t, w, "monday", pageOf(snapshot.Overview))
	save(t, w, "tuesday", statement("select 1 as one"))
	for _, name := range []string{"", " ", "now", "NOW", "monday", "a\nb", " x", strings.Repeat("x", 200)} {
		if _, err := w.SaveSnapshot(t.Context(), SnapshotRequest{Name: name, Question: pageOf(snapshot.Overview)}, nil); err == nil {
			t.Errorf("the name %q is taken", name)
		}
	}
	list := func(search string) string {
		all, err := w.Snapshots(t.Context(), search)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, s := range all {
			names = append(names, s.Record.Name)
		}
		return strings.Join(names, ",")
	}
	if list("") != "tuesday,monday" || list("ONE") != "tuesday" || list("OverView") != "monday" || list("x%") != "" {
		t.Errorf("found %s; %s; %s; %s", list(""), list("ONE"), list("OverView"), list("x%"))
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(w.RenameSnapshot(t.Context(), "monday", "last monday"))
	must(w.NoteSnapshot(t.Context(), "last monday", "checked"))
	if s := snap(t, w, "last monday"); s.Record.Note != "checked" || !strings.Contains(s.JSON, "last monday") {
		t.Errorf("it became %s", s.JSON)
	}
	if err := w.RenameSnapshot(t.Context(), "last monday", "tuesday"); err == nil {
		t.Error("two snapshots of a name")
	}
	must(w.DeleteSnapshot(t.Context(), "tuesday"))
	if list("") != "last monday" {
		t.Errorf("left are %s", list(""))
	}
	must(w.RestoreSnapshot(t.Context(), "tuesday"))
	if s := snap(t, w, "tuesday"); s.Len() != 1 {
		t.Errorf("it came back with %d rows", s.Len())
	}
	if _, err := w.Snapshot(t.Context(), "friday"); err == nil || !strings.Contains(err.Error(), "tuesday") {
		t.Errorf("a snapshot nobody made: %v", err)
	}
}

// A query that does more than read is not kept, and nothing of it is left.
func TestSnapshotOfBadQueries(t *testing.T) {
	w := loaded(t, shop...)
	secret := file(t, "secret.txt", "swordfish\n")
	before := contents(t, w)
	for _, text := range []string{
		"", "selct 1", "drop table core.orders", "copy core.orders to '" + secret + "x'", "explain select 1", "select 1; select 2",
		"select * from read_text('" + secret + "')", "select * from '" + secret + "'", "select * from read_csv('" + secret + "')",
		"select * from glob('/*')", "select * from read_blob('" + secret + "')", "select content from read_text(['" + secret + "'])",
		"select * from sniff_csv('" + secret + "')", "select * from parquet_schema('" + secret + "')", "attach '" + secret + "' as x",
		"select * from query('select 1')", "select $nothing", "set threads = 1", "select * from read_json('" + secret + "')",
		"select * from parquet_metadata('" + secret + "')", "select * from parquet_kv_metadata('" + secret + "')",
		"select * from read_duckdb('" + secret + "')", "select * from read_ndjson_objects('" + secret + "')",
	} {
		_, err := w.SaveSnapshot(t.Context(), SnapshotRequest{Name: "bad", Question: statement(text)}, nil)
		if err == nil {
			t.Errorf("%s is kept", text)
		} else if strings.Contains(err.Error(), "swordfish") {
			t.Errorf("%s: %v", text, err)
		}
	}
	if contents(t, w) != before {
		t.Error("something was left behind")
	}
}

// A file that was cut, changed or made by a later program is refused with a
// sentence, and nothing of it is taken in.
func TestSnapshotFilesGoneWrong(t *testing.T) {
	w := loaded(t, shop...)
	save(t, w, "segments", pageOf(snapshot.Segments))
	good := filepath.Join(t.TempDir(), "good.worth-snapshot")
	if err := w.ExportSnapshot(t.Context(), "segments", good); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	other := inMemory(t)
	before := contents(t, other)
	bad := filepath.Join(t.TempDir(), "bad.worth-snapshot")
	try := func(text []byte) error {
		t.Helper()
		if err := os.WriteFile(bad, text, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := other.ImportSnapshot(t.Context(), bad, nil)
		if err != nil && !strings.HasPrefix(err.Error(), bad+": ") {
			t.Errorf("the error does not name the file: %v", err)
		}
		return err
	}
	for _, share := range []int{0, 1, 2, 5, 9} {
		if try(text[:len(text)*share/10]) == nil {
			t.Errorf("cut to %d tenths it is taken in", share)
		}
	}
	if try([]byte("a,b\n1,2\n")) == nil {
		t.Error("a table is taken in")
	}
	if contents(t, other) != before {
		t.Error("something was left behind")
	}
	for at := 60; at < len(text); at += max(len(text)/60, 1) {
		changed := bytes.Clone(text)
		changed[at] ^= 0x55
		if try(changed) != nil {
			continue
		}
		// What the archive says of times and permissions does not matter.
		if written(t, other, "segments") != written(t, w, "segments") {
			t.Errorf("changed at byte %d it is taken in as something else", at)
		}
		if err := other.DeleteSnapshot(t.Context(), "segments"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := other.ImportSnapshot(t.Context(), filepath.Join(t.TempDir(), "none"), nil); err == nil {
		t.Error("a file that is not there is taken in")
	}
}
