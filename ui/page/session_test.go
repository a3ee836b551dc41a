package page

import (
	"encoding/json"
	"strings"
	"testing"

	"worth/internal/whatif"
	"worth/internal/workspace"
	"worth/ui/theme"
)

// kept is a place after it was written down and read again.
func kept(t *testing.T, at workspace.Place) workspace.Place {
	t.Helper()
	text, err := json.Marshal(at)
	if err != nil {
		t.Fatal(err)
	}
	var again workspace.Place
	if err := json.Unmarshal(text, &again); err != nil {
		t.Fatal(err)
	}
	return again
}

func TestWhatIfKeepsItsScenario(t *testing.T) {
	env := &Env{Theme: theme.Dark()}
	p := whatIfSample(t, env, sampleWhatIf(t, 200))
	press(p, "l", "l", "down", "down", "l")
	p.keep("summer save")
	press(p, "h", "tab")
	before := p.history.Now()
	if before.IsBaseline() {
		t.Fatal("the keys moved nothing")
	}

	again := whatIfSample(t, env, sampleWhatIf(t, 200))
	again.Restore(kept(t, p.Place()))
	if !again.history.Now().Equal(before) || !again.saved.Equal(p.saved) || again.scenario().Name != "summer save" {
		t.Errorf("it is %+v saved as %+v, not %+v saved as %+v", again.history.Now(), again.saved, before, p.saved)
	}
	if again.pane != p.pane || again.mode != p.mode || again.scope != p.scope {
		t.Errorf("pane %d, mode %v, scope %q, not %d, %v, %q", again.pane, again.mode, again.scope, p.pane, p.mode, p.scope)
	}

	rows := p.exports()[0].table.Rows
	last := rows[len(rows)-1]
	if len(rows) != len(p.result.Segments)+1 || last[2] != p.result.Total.Baseline.Value || last[3] != p.result.Total.Scenario.Value {
		t.Errorf("exported are %v", last)
	}
}

func TestWhatIfPassesOverWhatIsNoScenario(t *testing.T) {
	for _, text := range []string{``, `null`, `[]`, `{"now": 7}`, `{"mode": 99, "scope": "Nobody", "now": {"version": 99}}`} {
		p, ok := NewWhatIf(&Env{Theme: theme.Dark()}).(*whatIf)
		if !ok {
			t.Fatal("the page is another")
		}
		p.Restore(workspace.Place{Page: "whatif", Pane: -3, Scenario: json.RawMessage(text)})
		if !p.history.Now().IsBaseline() || p.mode != whatif.ModeFitted || p.pane != 0 {
			t.Errorf("%s became %+v, mode %v, pane %d", text, p.history.Now(), p.mode, p.pane)
		}
	}
}

// TestPlacesLeadBack opens the page of every place that pages other than the first
// ones say they are at.
func TestPlacesLeadBack(t *testing.T) {
	ws, err := emptyWorkspace()
	if err != nil {
		t.Fatal(err)
	}
	env := &Env{Theme: theme.Dark(), Workspace: ws}
	for _, p := range []Page{
		NewCustomers(env, workspace.View{Segment: "At Risk", R: 2, F: 3, Filter: "orders >= 2", Sort: "aov"}, "At Risk"),
		NewCustomer(env, "c-7"), NewQuality(env), NewRejects(env, "/some/orders.csv"), NewModel(env),
	} {
		k, ok := p.(Keeper)
		if !ok {
			t.Errorf("%T keeps no place", p)
			continue
		}
		at := kept(t, k.Place())
		again := OpenAt(env, at, nil)
		if again == nil || again.Title() != p.Title() {
			t.Errorf("%+v leads to %v, not %s", at, again, p.Title())
			continue
		}
		if back, ok := again.(Keeper); !ok || back.Place().Page != at.Page || back.Place().View != at.View || back.Place().ID != at.ID {
			t.Errorf("%+v came back as %+v", at, back.Place())
		}
		again.Close()
		p.Close()
	}
	if p := OpenAt(env, workspace.Place{Page: "nosuch"}, nil); p != nil {
		t.Errorf("a place nobody knows leads to %s", p.Title())
	}
}

func TestSettingsHistoryDialog(t *testing.T) {
	list := []workspace.SettingsAt{{}, {Settings: workspace.Settings{Scheme: "rf-10"}}, {Settings: workspace.Settings{Scheme: "rf-10", Window: 6}}}
	text := NewSettingsHistory(theme.NoColor(), list, 1, "past:").View(80, 20, theme.NoColor())
	latest, middle, first := strings.Index(text, "window 6 months"), strings.Index(text, "scheme rf-10"), strings.Index(text, "as it was at first")
	if latest < 0 || middle < latest || first < middle || !strings.Contains(text, "in force") {
		t.Errorf("the dialog shows\n%s", text)
	}
}
