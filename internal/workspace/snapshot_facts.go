package workspace

import (
	"encoding/json"
	"strings"

	"worth/internal/clv"
	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/whatif"
)

// Fact is one thing that a snapshot rests on, as people read it.
type Fact struct{ Name, Value string }

// Facts are what belongs together of them, under a heading.
type Facts struct {
	Heading string
	List    []Fact
}

// SnapshotFacts returns everything that a snapshot rests on. What cannot be read any
// more is said in its place.
func SnapshotFacts(r *snapshot.Record) []Facts {
	return []Facts{
		{i18n.T("Snapshot"), snapshotWords(r)},
		{i18n.T("Cut-points"), cutFacts(r)},
		{i18n.T("Models"), modelFacts(r)},
		{i18n.T("Files"), fileFacts(r)},
		{i18n.T("Settings"), settingFacts(r)},
		{i18n.T("Made by"), []Fact{{i18n.T("worth"), r.Program}, {i18n.T("DuckDB"), r.DuckDB}, {i18n.T("print of the data"), r.Data}}},
	}
}

// snapshotWords say what was kept and when.
func snapshotWords(r *snapshot.Record) []Fact {
	asOf, key := r.AsOf, strings.Join(r.Key, ", ")
	if asOf == "" {
		asOf = i18n.T("no orders")
	}
	if key == "" {
		key = i18n.T("one row, or told apart by order")
	}
	facts := []Fact{
		{i18n.T("page"), i18n.T(string(r.Page))},
		{i18n.T("note"), r.Note},
		{i18n.T("as of"), asOf},
		{i18n.T("saved"), r.SavedAt.Format("2006-01-02 15:04 UTC")},
		{i18n.T("rows"), i18n.T("%d", r.Rows)},
		{i18n.T("currency"), r.Currency},
		{i18n.T("key"), key},
	}
	return append(facts, questionFacts(r)...)
}

// questionFacts say what was asked beside the page, and the assumptions of a scenario.
func questionFacts(r *snapshot.Record) []Fact {
	q := r.Question
	var facts []Fact
	for _, f := range []Fact{{i18n.T("customer"), q.Customer}, {i18n.T("segment"), q.Segment}, {i18n.T("filter"), q.Filter}} {
		if f.Value != "" {
			facts = append(facts, f)
		}
	}
	if q.R > 0 || q.F > 0 {
		facts = append(facts, Fact{i18n.T("scores"), i18n.T("R %d, F %d", q.R, q.F)})
	}
	if q.Sort != "" {
		facts = append(facts, Fact{i18n.T("sorted by"), q.Sort + choice(q.Desc, " ▼", " ▲")})
	}
	if r.Page == snapshot.Scenario && len(r.Scenario) > 0 {
		facts = append(facts, scenarioFacts(r)...)
	}
	return facts
}

func scenarioFacts(r *snapshot.Record) []Fact {
	var kept keptScenario
	if err := json.Unmarshal(r.Scenario, &kept); err != nil {
		return []Fact{{i18n.T("scenario"), err.Error()}}
	}
	facts := []Fact{{i18n.T("valued by"), choice(kept.Mode == whatif.ModeFormula.String(), i18n.T("formula"), i18n.T("fitted model"))}}
	for _, o := range kept.Scenario.Settings() {
		name := o.Lever.Name()
		if o.Scope != whatif.Everyone {
			name = i18n.T("%s of %s", name, string(o.Scope))
		}
		facts = append(facts, Fact{name, o.Lever.FormatSetting(o.Setting)})
	}
	if len(facts) == 1 {
		facts = append(facts, Fact{i18n.T("assumptions"), i18n.T("none: the baseline")})
	}
	return facts
}

// settingFacts are the settings that were in force, at the snapshot's as-of date.
func settingFacts(r *snapshot.Record) []Fact {
	set, err := settingsOf(r)
	if err != nil {
		return []Fact{{i18n.T("settings"), err.Error()}}
	}
	var facts []Fact
	for _, s := range set.Words() {
		facts = append(facts, Fact{s.Name, s.Value})
	}
	return facts
}

// cutFacts are the cut-points in force.
func cutFacts(r *snapshot.Record) []Fact {
	var facts []Fact
	for _, c := range []struct {
		name string
		cuts []float64
	}{{i18n.T("R, days"), r.Cuts.R}, {i18n.T("F, orders"), r.Cuts.F}, {i18n.T("M, currency"), r.Cuts.M}} {
		if len(c.cuts) > 0 {
			facts = append(facts, Fact{c.name, points(c.cuts)})
		}
	}
	if len(facts) == 0 {
		return []Fact{{i18n.T("scores"), i18n.T("nobody was scored")}}
	}
	return append(facts, Fact{i18n.T("from"), choice(r.Cuts.Frozen, i18n.T("frozen"), i18n.T("quantiles of the data, where not fixed by the scheme"))})
}

// modelFacts are the models that were fitted, with their parameters.
func modelFacts(r *snapshot.Record) []Fact {
	var m fittedModels
	if err := json.Unmarshal(r.Model, &m); err != nil {
		return []Fact{{i18n.T("models"), err.Error()}}
	}
	var facts []Fact
	if p := m.Purchases; p != nil {
		facts = append(facts, Fact{i18n.T("purchases"), i18n.T("%s, times in %s, %d customer{s}", p.Model, i18n.T(p.Unit+"s"), p.N)})
		facts = append(facts, Fact{i18n.T("parameters"), parameterText(p)})
	} else {
		facts = append(facts, Fact{i18n.T("purchases"), i18n.T("no model: %s", m.Reason)})
	}
	if s := m.Spend; s != nil {
		return append(facts, Fact{i18n.T("spend"), i18n.T("Gamma-Gamma, p %s, q %s, v %s", i18n.Number(s.P, 3), i18n.Number(s.Q, 3), i18n.Number(s.V, 3))})
	}
	return append(facts, Fact{i18n.T("spend"), i18n.T("no model: %s", m.SpendReason)})
}

// parameterText writes the parameters of a purchase model in its own order.
func parameterText(p *PurchaseFit) string {
	model, err := clv.ParseModel(p.Model)
	if err != nil {
		return err.Error()
	}
	var texts []string
	for _, name := range model.Names() {
		texts = append(texts, name+" "+i18n.Number(p.Params[name], 4))
	}
	return strings.Join(texts, ", ")
}

// shownHash is how much of a file's hash is shown; the whole stands in the record.
const shownHash = 12

// fileFacts are the files whose rows the snapshot rests on.
func fileFacts(r *snapshot.Record) []Fact {
	var facts []Fact
	for _, f := range r.Files {
		name := f.Name
		if f.Sheet != "" {
			name += " · " + f.Sheet
		}
		facts = append(facts, Fact{name, i18n.T("%s, %d of %d row{s} kept, sha256 %s…", i18n.T(f.Kind), f.Kept, f.Rows, f.SHA256[:min(len(f.SHA256), shownHash)])})
	}
	if len(facts) == 0 {
		return []Fact{{i18n.T("files"), i18n.T("none")}}
	}
	return facts
}
