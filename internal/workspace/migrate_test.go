package workspace

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"worth/internal/snapshot"
)

// older are the statements that take from a workspace file what a version of the
// program added to the one before.
var older = map[int][]string{
	3: {
		`drop table derived.purchase_days`,
		`alter table raw.files drop column columns`,
		`alter table raw.files drop column zoned`,
	},
	2: {
		`alter table core.referrals alter column referrer_id drop not null`,
		`alter table core.referrals drop column referrer_id`,
		`alter table core.referrals drop column referred_id`,
		`alter table derived.customers drop column orders_low`,
		`drop table derived.referrals`,
		`alter table core.identities alter column account_key drop not null`,
		`alter table core.identities drop column account_key`,
		`alter table core.identities drop column key`,
		`alter table core.interactions alter column account_key drop not null`,
		`alter table core.interactions drop column account_key`,
		`alter table core.campaign_members alter column account_key drop not null`,
		`alter table core.campaign_members drop column account_key`,
		`drop table core.accounts`,
		`drop table core.merges`,
		`drop table saved.scenarios`,
		`drop table saved.snapshots`,
	},
}

// age turns a workspace file of today into what the program of a version wrote, but
// for the snapshots in it when they are to stay.
func age(t *testing.T, path string, version int, snapshots bool) {
	t.Helper()
	db, err := sql.Open("duckdb", path)
	if err != nil {
		t.Fatal(err)
	}
	var statements []string
	for v := schemaVersion; v > version; v-- {
		statements = append(statements, older[v]...)
	}
	statements = append(statements, fmt.Sprintf(`update saved.workspace set value = '%d' where name = 'schema_version'`, version))
	for _, statement := range statements {
		if snapshots && strings.Contains(statement, "saved.snapshots") {
			continue
		}
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOpensOlderWorkspaces(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "old.worth.duckdb")
	w, err := Open(ctx, path, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	files := []string{
		file(t, "orders.csv", strings.Join(shop, "\n")),
		file(t, "referrals.csv", "Referrer,Referred Customer,Referral Date\na,b,2020-01-20\n"),
	}
	if _, err := w.Load(ctx, LoadRequest{Sources: files}, nil); err != nil {
		t.Fatal(err)
	}
	apply(t, w, Settings{Window: 24})
	want := customer(t, w, "a", "orders", "net_revenue", "segment", "referral", "value")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, version := range []int{1, 2, schemaVersion} { // at last there is nothing to do
		age(t, path, version, false)
		w, err := Open(ctx, path, Options{})
		if err != nil {
			t.Fatalf("version %d: %v", version, err)
		}
		if p, err := w.Pulse(ctx, "a"); err != nil || p.Rhythm == nil {
			t.Errorf("version %d: a has the rhythm %+v, %v", version, p, err)
		}
		if got := customer(t, w, "a", "orders", "net_revenue", "segment", "referral", "value"); got != want {
			t.Errorf("a is %s, before %s", got, want)
		}
		if w.Settings().Window != 24 {
			t.Errorf("the settings are gone: %+v", w.Settings())
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRefusesLaterWorkspaces(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "later.worth.duckdb")
	w, err := Open(ctx, path, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Load(ctx, LoadRequest{Sources: []string{file(t, "orders.csv", strings.Join(shop, "\n"))}}, nil); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, version := range []string{"999", "one"} {
		db, err := sql.Open("duckdb", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.ExecContext(ctx, `update saved.workspace set value = ? where name = 'schema_version'`, version); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(ctx, path, Options{}); err == nil || !strings.Contains(err.Error(), version) {
			t.Errorf("version %s: %v", version, err)
		}
	}
}

// TestOldSnapshotsOpen reads the snapshots of an older workspace after it was brought up
// to date: the same bytes, the same rows, comparable with now.
func TestOldSnapshotsOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.worth.duckdb")
	w := open(t, path, Options{Create: true})
	load(t, w, file(t, "orders.csv", table(shop...)), file(t, "referrals.csv", "Referrer,Referred Customer,Referral Date\na,b,2020-01-20\n"))
	questions := map[string]snapshot.Question{
		"segments": pageOf(snapshot.Segments), "overview": pageOf(snapshot.Overview), "referrals": pageOf(snapshot.Referrals),
		"customers": {Page: snapshot.Customers, Filter: "orders >= 1", Sort: "orders"},
		"sql":       statement("select customer_id, net_revenue from derived.customers order by customer_id"),
	}
	want := map[string]string{}
	for name, q := range questions {
		save(t, w, name, q)
		want[name] = written(t, w, name)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	age(t, path, 1, true)
	w = open(t, path, Options{})
	for name := range questions {
		if got := written(t, w, name); got != want[name] {
			t.Errorf("%s was\n%s\nand is\n%s", name, want[name], got)
		}
		s := snap(t, w, name)
		rows, err := s.Open(t.Context(), s.Columns()[0].Name, true, "")
		if sorted := gridded(t, rows, err); len(sorted) != s.Len() {
			t.Errorf("%s has %d rows of %d", name, len(sorted), s.Len())
		}
		if facts := SnapshotFacts(&s.Record); len(facts) == 0 {
			t.Errorf("%s rests on nothing", name)
		}
		d := compareTo(t, w, name, snapshot.Now)
		if data, rules, dates := causes(differences(t, d)); data+rules+dates != 0 {
			t.Errorf("%s differs from now by data in %d, by rules in %d, by as-of in %d", name, data, rules, dates)
		}
	}
	if m, err := w.Migration(t.Context(), "segments", snapshot.Now, false, nil); err != nil || len(m.From) == 0 {
		t.Errorf("nobody migrates: %v", err)
	}
}
