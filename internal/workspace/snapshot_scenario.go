package workspace

import (
	"context"
	"encoding/json"
	"slices"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/tabular"
	"worth/internal/whatif"
)

// scenarioColumns are the columns of ScenarioTable.
var scenarioColumns = []tabular.Column{
	{Name: "segment", Title: "segment", Doc: "of the scheme; total for everybody"},
	{Name: "customers", Title: "customers", Kind: tabular.Integer},
	{Name: "baseline", Title: "baseline", Kind: tabular.Money, Doc: "equity: predicted value and value of referrals, as the data say"},
	{Name: "scenario", Title: "scenario", Kind: tabular.Money, Doc: "equity under the assumptions"},
	{Name: "change", Title: "change", Kind: tabular.Money, Doc: "scenario − baseline"},
	{Name: "change_share", Title: "change, share", Kind: tabular.Share, Doc: "of the baseline"},
	{Name: "baseline_mean", Title: "mean before", Kind: tabular.Money, Doc: "mean value per customer, as the data say"},
	{Name: "scenario_mean", Title: "mean", Kind: tabular.Money, Doc: "mean value per customer under the assumptions"},
	{Name: "baseline_median", Title: "median before", Kind: tabular.Money, Doc: "median value per customer, as the data say"},
	{Name: "scenario_median", Title: "median", Kind: tabular.Money, Doc: "median value per customer under the assumptions"},
	{Name: "baseline_clv_cac", Title: "CLV:CAC before", Kind: tabular.Float, Doc: "mean value per cost of winning a customer, as the data say"},
	{Name: "scenario_clv_cac", Title: "CLV:CAC", Kind: tabular.Float, Doc: "mean value per cost of winning a customer under the assumptions"},
	{Name: "baseline_break_even_cac", Title: "3 : 1 CAC before", Kind: tabular.Money, Doc: "highest cost of winning a customer for 3 : 1, as the data say"},
	{Name: "scenario_break_even_cac", Title: "3 : 1 CAC", Kind: tabular.Money, Doc: "highest cost of winning a customer for 3 : 1 under the assumptions"},
	{Name: "baseline_retention", Title: "retention before", Kind: tabular.Share, Doc: "a year, as the data say"},
	{Name: "scenario_retention", Title: "retention", Kind: tabular.Share, Doc: "a year, under the assumptions"},
	{Name: "tier_up", Title: "tier up", Kind: tabular.Integer, Doc: "customers who come into a higher tier of value"},
	{Name: "tier_down", Title: "tier down", Kind: tabular.Integer, Doc: "customers who come into a lower one"},
}

// wholeShop is what everybody's row is called; no segment is, as schemes name theirs
// in words.
const wholeShop = "total"

// noCustomer is what the row of people is called who are known by their referrals
// only: with it the rows add up to the total.
const noCustomer = "no order"

// ScenarioTable returns what a scenario comes to as a row for every segment, the total
// last; where there are referrals, people who are no customers have a row before it.
func ScenarioTable(result whatif.Result, spread whatif.Distribution, referrals bool) *tabular.Table {
	t := &tabular.Table{Columns: slices.Clone(scenarioColumns)}
	total := whatif.SegmentSpread{BaselineMedian: spread.Baseline.Median, ScenarioMedian: spread.Scenario.Median}
	for i, line := range result.Segments {
		s := spread.Segments[i]
		total.Up += s.Up
		total.Down += s.Down
		t.Rows = append(t.Rows, scenarioRow(string(line.Scope), line, s))
	}
	if referrals {
		b, beyond := result.Beyond, make([]any, len(scenarioColumns))
		beyond[0], beyond[1], beyond[2], beyond[3], beyond[4] = noCustomer, int64(0), b.Baseline, b.Scenario, b.Scenario-b.Baseline
		t.Rows = append(t.Rows, beyond)
	}
	t.Rows = append(t.Rows, scenarioRow(wholeShop, result.Total, total))
	return t
}

func scenarioRow(name string, l whatif.Line, s whatif.SegmentSpread) []any {
	b, a := l.Baseline, l.Scenario
	known := func(v float64, ok bool) any {
		if !ok {
			return nil
		}
		return v
	}
	return []any{
		name, int64(l.Customers), b.Value, a.Value, l.Change(), known(l.ChangeShare()), b.Mean, a.Mean, s.BaselineMedian, s.ScenarioMedian,
		known(b.PerCAC()), known(a.PerCAC()), b.BreakEven(), a.BreakEven(), b.Retention, a.Retention, int64(s.Up), int64(s.Down),
	}
}

// keptScenario is a scenario as the record of a snapshot keeps it. Its name is no
// assumption and is left out.
type keptScenario struct {
	Scenario whatif.Scenario `json:"scenario"`
	Mode     string          `json:"mode"`
}

// ScenarioRequest asks to keep what a scenario comes to on a model, without a name yet.
func (m *WhatIf) ScenarioRequest(ctx context.Context, s whatif.Scenario) (SnapshotRequest, error) {
	s.Name = ""
	req := SnapshotRequest{Question: snapshot.Question{Page: snapshot.Scenario}, Key: []string{"segment"}}
	var err error
	if req.Scenario, err = json.Marshal(keptScenario{s, m.Mode().String()}); err != nil {
		return req, i18n.Errorf("the scenario cannot be kept: %v", err)
	}
	req.Table, err = m.scenarioTable(ctx, s)
	return req, err
}

// scenarioTable values a scenario.
func (m *WhatIf) scenarioTable(ctx context.Context, s whatif.Scenario) (*tabular.Table, error) {
	result, err := m.Evaluate(ctx, s)
	if err != nil {
		return nil, err
	}
	spread, err := m.Distribute(ctx, s)
	if err != nil {
		return nil, err
	}
	return ScenarioTable(result, spread, m.HasReferrals()), nil
}

// answerScenario values the scenario of a record on derived tables and keeps what it
// comes to in a place.
func (s derived) answerScenario(ctx context.Context, tx *duck.Tx, r *snapshot.Record, to place) (asking, error) {
	a := asking{columns: scenarioColumns}
	var kept keptScenario
	if err := json.Unmarshal(r.Scenario, &kept); err != nil {
		return a, i18n.Errorf("the scenario of the snapshot %q cannot be read: %v", r.Name, err)
	}
	mode := whatif.ModeFitted
	if kept.Mode == whatif.ModeFormula.String() {
		mode = whatif.ModeFormula
	}
	if !s.Scored {
		return a, &NoAnswerError{i18n.T("as of %s no customer is scored, so the scenario has nobody to value", s.AsOf.Format("2006-01-02"))}
	}
	from := starting{s, tx}
	read := &customerReader{out: whatif.Customers{Referrals: from.referrals(func() error { return nil })}}
	model, _, err := from.whatIf(ctx, mode, read, func(Progress) {})
	if err != nil {
		return a, err
	}
	table, err := model.scenarioTable(ctx, kept.Scenario)
	if err != nil {
		return a, err
	}
	rows, err := tableJSON(table)
	if err != nil {
		return a, err
	}
	_, err = tx.Exec(ctx, duck.Call{Name: "snapshot/place", Idents: to.idents(), Parts: map[string]duck.Call{
		"answer": {Name: "snapshot/worked", Args: duck.Args{"rows": rows, "shape": shapeOf(table)}},
	}})
	return a, err
}
