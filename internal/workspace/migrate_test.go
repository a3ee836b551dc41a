package workspace

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
)

// asVersion1 turns a workspace file into what the first program wrote.
func asVersion1(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("duckdb", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
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
		`alter table raw.files drop column columns`,
		`alter table raw.files drop column zoned`,
		`update saved.workspace set value = '1' where name = 'schema_version'`,
	} {
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
	asVersion1(t, path)
	for range 2 { // the second time there is nothing to do
		w, err := Open(ctx, path, Options{})
		if err != nil {
			t.Fatal(err)
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
