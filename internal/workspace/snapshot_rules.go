package workspace

import (
	"worth/internal/i18n"
	"worth/internal/snapshot"
)

// DifferingRules says in which rules the later of two snapshots differs from the
// earlier one: a setting and what it is then for each. It is empty when none does.
func DifferingRules(before, after *snapshot.Record) []Fact {
	if !snapshot.Compare(before, after).Rules {
		return nil
	}
	var facts []Fact
	a, errA := settingsOf(before)
	b, errB := settingsOf(after)
	if errA == nil && errB == nil {
		a.AsOf = b.AsOf // that is a cause of its own
		for _, s := range b.Changes(a) {
			facts = append(facts, Fact{s.Name, s.Value})
		}
	}
	if string(before.Scenario) != string(after.Scenario) {
		facts = append(facts, scenarioFacts(after)...)
	}
	if before.Question != after.Question {
		facts = append(facts, Fact{i18n.T("question"), i18n.T("another filter, order or query")})
	}
	if len(facts) == 0 {
		facts = append(facts, Fact{i18n.T("scheme"), after.Scheme})
	}
	return facts
}
