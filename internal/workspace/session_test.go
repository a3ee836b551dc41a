package workspace

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// sessionShop is an empty workspace in a file, with a folder for what is kept
// beside it.
func sessionShop(t *testing.T) *Workspace {
	t.Helper()
	dir := t.TempDir()
	w, err := Open(context.Background(), filepath.Join(dir, "shop.duckdb"), Options{Create: true, Drafts: filepath.Join(dir, "kept")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func TestSessionComesBack(t *testing.T) {
	w := sessionShop(t)
	if s, err := w.Session(); err != nil || !reflect.DeepEqual(s, Session{}) {
		t.Fatalf("before anything was kept there is %+v (%v)", s, err)
	}
	want := Session{
		Trail:    []Place{{Page: "segments", Pane: 1, View: View{R: 5, F: 2}}, {Page: "customers", Title: "R 5, F 2", View: View{R: 5, F: 2, Filter: "orders >= 2", Sort: "aov", Desc: true}, Row: 7, Key: "c-00192", Column: "aov", Columns: []string{"customer_id", "aov"}}},
		Others:   []Place{{Page: "overview"}},
		Settings: []SettingsAt{{Settings{}, time.Unix(0, 0).UTC()}, {Settings{Scheme: "rf-10", AsOf: time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)}, time.Unix(60, 0).UTC()}},
		At:       1,
	}
	if err := w.KeepSession(want); err != nil {
		t.Fatal(err)
	}
	got, err := w.Session()
	want.Version = sessionVersion
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("kept\n%+v, got\n%+v (%v)", want, got, err)
	}
	info, err := os.Stat(w.beside(sessionEnding))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file may be used as %v (%v)", info.Mode(), err)
	}
	if d, err := w.Drafts(); err != nil || len(d.Buffers) > 0 {
		t.Errorf("the drafts hold %+v (%v)", d, err)
	}
}

func TestSessionForgetsTheOldestSettings(t *testing.T) {
	w := sessionShop(t)
	var s Session
	for n := range maxPast + 10 {
		s.Settings = append(s.Settings, SettingsAt{Settings: Settings{Window: n}})
	}
	s.At = maxPast + 5
	if err := w.KeepSession(s); err != nil {
		t.Fatal(err)
	}
	got, err := w.Session()
	if err != nil || len(got.Settings) != maxPast || got.Settings[got.At].Settings.Window != maxPast+5 {
		t.Errorf("%d settings, at %d (%v)", len(got.Settings), got.At, err)
	}
}

func TestSessionThatCannotBeRead(t *testing.T) {
	w := sessionShop(t)
	if err := w.KeepSession(Session{}); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		``:                                     "unexpected end",
		`{"version": 1, "trail": [{"page"`:     "unexpected end",
		`[1, 2]`:                               "cannot unmarshal",
		`{"version": 99}`:                      "another version",
		`{"version": 1, "at": 3}`:              "damaged",
		`{"version": 1, "at": -1}`:             "damaged",
		`{"version": 1, "trail": "customers"}`: "cannot unmarshal",
		"\x00\x1b[31m":                         "invalid character",
	} {
		if err := os.WriteFile(w.beside(sessionEnding), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := w.Session()
		if err == nil || !strings.Contains(err.Error(), want) || !reflect.DeepEqual(s, Session{}) {
			t.Errorf("%q gives %+v and %v", text, s, err)
		}
	}
}

func TestNoSessionInMemory(t *testing.T) {
	w, err := Open(context.Background(), "", Options{Drafts: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := w.KeepSession(Session{Trail: []Place{{Page: "segments"}}}); err != nil {
		t.Fatal(err)
	}
	if s, err := w.Session(); err != nil || len(s.Trail) > 0 {
		t.Errorf("a workspace in memory was left at %+v (%v)", s, err)
	}
}

func TestSettingsInWords(t *testing.T) {
	whole, tenth := Settings{}, 0.1
	changed := Settings{Scheme: "rf-10", Window: 12, Discount: &tenth, Horizon: 12, Basis: NetRevenue, SkipZero: true}
	var names []string
	for _, c := range changed.Changes(whole) {
		names = append(names, c.Name+" "+c.Value)
	}
	if got, want := strings.Join(names, "; "), "orders of amount 0 do not count; window 12 months; scheme rf-10"; got != want {
		t.Errorf("changed are %q, not %q: defaults that are named are no change", got, want)
	}
	if len(whole.Words()) != len(changed.Words()) {
		t.Error("settings are not always the same ones")
	}
	if whole.Equal(changed) || !changed.Equal(changed) {
		t.Error("settings are not told apart")
	}
}
