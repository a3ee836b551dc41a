package whatif

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"worth/internal/clv"
)

func TestParseSetting(t *testing.T) {
	for _, test := range []struct {
		lever Lever
		text  string
		want  Setting
	}{
		{Margin, "35%", Setting{To, 0.35}},
		{Margin, " 35 % ", Setting{To, 0.35}},
		{Margin, "35", Setting{To, 0.35}},
		{Margin, "=-20%", Setting{To, -0.2}},
		{Margin, "=−20%", Setting{To, -0.2}},
		{Margin, "0", Setting{To, 0}},
		{Retention, "+3pt", Setting{By, 0.03}},
		{Retention, "-3 pp", Setting{By, -0.03}},
		{Retention, "−0.5pt", Setting{By, -0.005}},
		{Discount, "×1.2", Setting{Times, 1.2}},
		{Frequency, "3.6", Setting{To, 3.6}},
		{Frequency, "3.6/yr", Setting{To, 3.6}},
		{Frequency, "x1.2", Setting{Times, 1.2}},
		{Frequency, "*1.2", Setting{Times, 1.2}},
		{Frequency, "-10%", Setting{Times, 0.9}},
		{AOV, "+10%", Setting{Times, 1.1}},
		{AOV, "+.5", Setting{By, 0.5}},
		{Horizon, "24mo", Setting{To, 24}},
		{Horizon, "24", Setting{To, 24}},
		{Horizon, "2y", Setting{To, 24}},
		{Horizon, "39w", Setting{To, 39 * 7 / clv.DaysPerMonth}},
		{Horizon, "+6mo", Setting{By, 6}},
		{Lifetime, "4y", Setting{To, 4}},
		{Lifetime, "18mo", Setting{To, 1.5}},
		{Lifetime, "4", Setting{To, 4}},
		{Dropout, "0.9", Setting{To, 0.9}},
		{Dropout, "-10%", Setting{Times, 0.9}},
		{CAC, "30", Setting{To, 30}},
		{CAC, "1,200.5", Setting{To, 1200.5}},
	} {
		got, err := ParseSetting(test.lever, test.text)
		if err != nil || got.How != test.want.How || math.Abs(got.Value-test.want.Value) > 1e-12 {
			t.Errorf("%v %q is %+v, %v; want %+v", test.lever, test.text, got, err, test.want)
		}
	}
}

// TestParseRefuses: what says nothing, or too little, gets a sentence that says how.
func TestParseRefuses(t *testing.T) {
	for _, test := range []struct {
		lever Lever
		text  string
		want  string
	}{
		{Margin, "", "35%"},
		{Margin, "NaN", "cannot be read"},
		{Margin, "Inf%", "cannot be read"},
		{Margin, "0x1p3", "cannot be read"},
		{Margin, "1e3%", "cannot be read"},
		{Margin, "3,5%", "cannot be read"},
		{Margin, "--3%", "cannot be read"},
		{Margin, "35 % of it", "cannot be read"},
		{Margin, "-200%", "=-200% for the value itself"},
		{Discount, "-5%", "write -5pt"},
		{Margin, "0.35", "35%, +3pt or ×1.2"},
		{Margin, "+3", "says too little"},
		{Margin, "24mo", "something else"},
		{Frequency, "20%", "-10%"},
		{Frequency, "-120%", "something else"},
		{Frequency, "+3pt", "something else"},
		{Horizon, "24 parsecs", "something else"},
		{Horizon, "200%", "24mo"},
		{CAC, "9999999999999999", "cannot be read"},
		{CAC, strings.Repeat("9", 400), "cannot be read"},
		{Lever(99), "1", "no assumption"},
	} {
		_, err := ParseSetting(test.lever, test.text)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v %q says %v, want %q in it", test.lever, test.text, err, test.want)
		}
	}
}

// TestSetBounds: what is out of bounds gets a sentence and changes nothing.
func TestSetBounds(t *testing.T) {
	bothModels(t, func(t *testing.T, m *Model) {
		was := mustSet(t, m, Scenario{}, Everyone, Margin, "20%")
		for _, test := range []struct {
			scope Scope
			lever Lever
			text  string
			want  string
		}{
			{Everyone, Margin, "=-200%", "-100 % to 100 %"},
			{Everyone, Margin, "+90pt", "-100 % to 100 %"},
			{Everyone, Discount, "=-5%", "0 % to 100 %"},
			{Everyone, Discount, "300%", "discount of 300 % cannot be used"},
			{Everyone, Retention, "100%", "retention of 100 %"},
			{"At Risk", Frequency, "×6", "frequency of"},
			{Everyone, Dropout, "0", "×0.01"},
			{Everyone, CAC, "=-1", "CAC of -1"},
			{"Nobody", Retention, "+1pt", "no customers"},
			{"Elsewhere", Margin, "10%", "Champions, Loyal"},
		} {
			s, err := m.Set(was, test.scope, test.lever, test.text)
			if err == nil || !strings.Contains(err.Error(), test.want) || !s.Equal(was) {
				t.Errorf("%v@%s=%s says %v, want %q in it", test.lever, test.scope, test.text, err, test.want)
			}
		}
		for _, text := range []string{"0", "200y"} {
			want := "1 mo to 120 mo"
			if m.Mode() == ModeFormula {
				want = "as long as customers stay"
			}
			if _, err := m.Set(was, Everyone, Horizon, text); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("a horizon of %s says %v", text, err)
			}
		}
	})
}

// someBase returns a value a lever may have at the baseline.
func (l Lever) someBase() float64 {
	if l == Dropout {
		return 1
	}
	return 0.7
}

// TestFormatReadsBack: a setting as it is shown can be typed.
func TestFormatReadsBack(t *testing.T) {
	for _, lever := range Levers {
		for _, setting := range []Setting{{To, 0.35}, {To, 12}, {To, -0.25}, {By, 0.03}, {By, -0.25}, {Times, 1.25}, {Times, 0.5}} {
			if lever == Dropout && (setting.How == By || setting.Value < 0) {
				continue // a factor is multiplied
			}
			text := lever.FormatSetting(setting)
			got, err := ParseSetting(lever, text)
			if err != nil || math.Abs(got.of(lever.someBase())-setting.of(lever.someBase())) > 1e-9 {
				t.Errorf("%v %+v is shown as %q, which reads %+v, %v", lever, setting, text, got, err)
			}
		}
	}
}

func TestParseAssignment(t *testing.T) {
	for text, want := range map[string]Assignment{
		"margin=35%":             {Everyone, Margin, "35%"},
		"retention@At Risk=+3pt": {"At Risk", Retention, "+3pt"},
		"Margin@Loyal==-20%":     {"Loyal", Margin, "=-20%"},
		" cac = 30 ":             {Everyone, CAC, "30"},
	} {
		if got, err := ParseAssignment(text); err != nil || got != want {
			t.Errorf("%q is %+v, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"margin": "sets nothing", "margin=": "sets nothing", "profit=3": "choose frequency", "margin=lots": "cannot be read",
	} {
		if _, err := ParseAssignment(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q says %v", text, err)
		}
	}
}

// TestScenarioJSON: a scenario reads back as it was, to the last bit.
func TestScenarioJSON(t *testing.T) {
	tenth := 0.1
	s := Scenario{Name: "summer save"}.
		With(Everyone, Margin, Setting{To, tenth + 0.2}).
		With("At Risk", Retention, Setting{By, 0.03}).
		With("Loyal \"x\"", Frequency, Setting{Times, 1.2})
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"version":1,"name":"summer save","all":{"margin":{"to":0.30000000000000004}},` +
		`"segments":{"At Risk":{"retention":{"by":0.03}},"Loyal \"x\"":{"frequency":{"times":1.2}}}}`
	if string(data) != want {
		t.Errorf("written as %s", data)
	}
	for _, want := range []Scenario{s, {}, {Name: "nothing"}} {
		data, _ := json.Marshal(want)
		var got Scenario
		if err := json.Unmarshal(data, &got); err != nil || !got.Equal(want) {
			t.Errorf("%s reads %+v, %v", data, got, err)
		}
	}
	for data, want := range map[string]string{
		`{"version":2,"name":"later"}`:                                  "version 2",
		`{"version":1,"all":{"profit":{"to":1}}}`:                       "profit",
		`{"version":1,"all":{"margin":{"to":1,"by":2}}}`:                "one of to, by and times",
		`{"version":1,"all":{"margin":0.3}}`:                            "must be an object",
		`{"version":1,"name":"n","segments":{"A":{"wealth":{"to":1}}}}`: `segment "A"`,
		`{"version":1,"all":{"margin":{"to":1e999}}}`:                   "",
		`[]`: "cannot be read",
	} {
		got := Scenario{Name: "kept"}
		if err := json.Unmarshal([]byte(data), &got); err == nil || !strings.Contains(err.Error(), want) || got.Name != "kept" {
			t.Errorf("%s says %v and leaves %+v", data, err, got)
		}
	}
}

// TestScenarioIsAValue: changes leave the scenario they start from as it was; faces of
// retention take each other's place.
func TestScenarioIsAValue(t *testing.T) {
	empty := Scenario{}
	a := empty.With(Everyone, Retention, Setting{By, 0.03}).With("Loyal", Margin, Setting{To, 0.2})
	b := a.With(Everyone, Lifetime, Setting{To, 4}).With("Loyal", Dropout, Setting{Times, 0.9})
	if !empty.IsBaseline() || len(a.Settings()) != 2 || len(b.Settings()) != 3 || len(b.Overrides()) != 2 {
		t.Errorf("%v, then %v, then %v", empty, a.Settings(), b.Settings())
	}
	if _, _, ok := b.Get("Loyal", Lifetime); ok {
		t.Error("a segment with a dropout of its own takes over everyone's lifetime")
	}
	if setting, own, ok := b.Get("Lost", Lifetime); !ok || own || setting.Value != 4 {
		t.Errorf("Lost has the lifetime %v, its own %v, set %v", setting, own, ok)
	}
	if back := a.Without("Loyal", Margin).Without(Everyone, Lifetime); !back.Equal(empty) || !back.IsBaseline() {
		t.Errorf("everything taken away leaves %+v", back)
	}
}

func TestHistory(t *testing.T) {
	at := func(v float64) Scenario { return Scenario{}.With(Everyone, Margin, Setting{To, v}) }
	h := NewHistory(Scenario{})
	if h.Undo() || h.Redo() || h.CanUndo() || h.CanRedo() {
		t.Error("a new history can be undone")
	}
	h.Do(at(1))
	h.Do(at(1)) // nothing new
	h.Slide("margin", at(2))
	h.Slide("margin", at(3))
	h.Slide("margin", at(4))
	h.Slide("aov", at(5))
	for _, want := range []Scenario{at(4), at(1), {}} {
		if !h.Undo() || !h.Now().Equal(want) {
			t.Errorf("undone to %+v, want %+v", h.Now(), want)
		}
	}
	for _, want := range []Scenario{at(1), at(4), at(5)} {
		if h.Undo(); !h.Redo() || !h.Redo() && !h.Now().Equal(at(5)) {
			t.Errorf("redo ends at %+v before %+v", h.Now(), want)
		}
	}
	h.Slide("aov", at(5)) // where it is: no step of its own
	h.Slide("aov", at(6))
	if h.Undo(); !h.Now().Equal(at(5)) {
		t.Errorf("a slide from where it stood is undone to %+v", h.Now())
	}
	h.Do(at(7))
	if h.CanRedo() || !h.CanUndo() {
		t.Error("what was undone is not forgotten")
	}
	for i := range 2 * mostSteps {
		h.Do(at(float64(10 + i)))
	}
	steps := 0
	for h.Undo() {
		steps++
	}
	if steps != mostSteps {
		t.Errorf("%d steps can be undone, want %d", steps, mostSteps)
	}
}
