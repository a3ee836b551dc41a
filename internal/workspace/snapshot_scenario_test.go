package workspace

import (
	"testing"

	"worth/internal/snapshot"
	"worth/internal/whatif"
)

// saveScenario keeps what an assumption comes to now.
func saveScenario(t *testing.T, w *Workspace, name string, mode whatif.Mode, lever whatif.Lever, text string) {
	t.Helper()
	model, err := w.WhatIf(t.Context(), mode, nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := model.Set(whatif.Scenario{Name: "a name is no assumption"}, whatif.Everyone, lever, text)
	if err != nil {
		t.Fatal(err)
	}
	req, err := model.ScenarioRequest(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	req.Name, req.Program = name, "test"
	if _, err := w.SaveSnapshot(t.Context(), req, nil); err != nil {
		t.Fatal(err)
	}
}

// TestScenarioDiff splits the change between scenarios by cause: another assumption
// is a rule, and the same one at another date is asked of both.
func TestScenarioDiff(t *testing.T) {
	w := inMemory(t)
	load(t, w, invented(t))
	later := w.state.AsOf
	apply(t, w, Settings{AsOf: later.AddDate(0, -3, 0)})
	saveScenario(t, w, "dear", whatif.ModeFitted, whatif.Margin, "40%")
	saveScenario(t, w, "dear again", whatif.ModeFitted, whatif.Margin, "40%")
	saveScenario(t, w, "cheap", whatif.ModeFitted, whatif.Margin, "20%")
	saveScenario(t, w, "formula", whatif.ModeFormula, whatif.Margin, "20%")
	apply(t, w, Settings{AsOf: later})
	saveScenario(t, w, "later", whatif.ModeFitted, whatif.Margin, "30%")
	was := contents(t, w)
	for _, tt := range []struct {
		before, after      string
		data, rules, dates bool
	}{
		{"dear", "dear again", false, false, false},
		{"dear", "cheap", false, true, false},
		{"dear", "formula", false, true, false},
		{"dear", "later", false, true, true},
		{"dear", snapshot.Now, false, false, true},
		{"formula", "later", false, true, true},
		{"formula", snapshot.Now, false, false, true},
	} {
		d := compareTo(t, w, tt.before, tt.after)
		data, rules, dates := causes(differences(t, d))
		if (data > 0) != tt.data || (rules > 0) != tt.rules || (dates > 0) != tt.dates {
			t.Errorf("%s → %s: %d by data, %d by rules, %d by as-of", tt.before, tt.after, data, rules, dates)
		}
		if d.Cause != "" || d.Len() == 0 {
			t.Errorf("%s → %s: %d rows, all by %q", tt.before, tt.after, d.Len(), d.Cause)
		}
	}
	if contents(t, w) != was {
		t.Error("comparing scenarios has changed the workspace")
	}
	load(t, w, file(t, "more.csv", "Order ID,Customer ID,Order Date,Total\nx1,new-1,"+later.AddDate(0, 0, -1).Format("2006-01-02")+",5000\n"))
	if data, rules, _ := causes(differences(t, compareTo(t, w, "later", snapshot.Now))); data == 0 || rules != 0 {
		t.Errorf("after a load %d by data, %d by rules", data, rules)
	}
}
