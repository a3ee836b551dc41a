package workspace

import (
	"testing"

	"worth/internal/rfm"
	"worth/internal/tabular"
)

// TestTablesAreWhole makes a table of every answer, full and empty: every row has
// a cell for every column, and no two columns have one name.
func TestTablesAreWhole(t *testing.T) {
	half, day := 0.5, "2026-10-31"
	interval := Estimate{&half, &half, &half, 4}
	sum := &Range{Expected: 3, Low80: 1, High80: 5, Low95: 0, High95: 6}
	for name, test := range map[string]struct {
		table *tabular.Table
		rows  int
	}{
		"overview":    {Overview{Gini: &half}.Table(), 1},
		"months":      {MonthTable([]Period{{}, {}}), 2},
		"curve":       {CurveTable([]CurvePoint{{}, {1, 1}}), 2},
		"segments":    {SegmentTable([]Segment{{}, {AOV: &half}}), 2},
		"heat map":    {HeatTable([]Cell{{}}), 1},
		"cut-points":  {CutTable(rfm.Cuts{R: []float64{1, 2}, F: []float64{1, 2}, M: []float64{1}}), 5},
		"quality":     {Quality{RefundShare: &half}.Table(), 1},
		"files":       {FileTable([]FileReport{{DateMin: &day}, {}}), 2},
		"referrals":   {ReferralSummary{KFactor: &half}.Table(), 1},
		"groups":      {ReferralGroupTable([]ReferralGroup{{Value: interval}, {}}, nil), 2},
		"generations": {GenerationTable([]Generation{{}}), 1},
		"refusals":    {RefusalTable([]RefusalReasons{{}}), 1},
		"equity":      {(&Equity{Segments: []EquityRow{{Orders: sum}, {Orders: sum, Value: sum}}}).Table(), 3},
		"no equity":   {(*Equity)(nil).Table(), 0},
		"fits": {Fits{
			Purchases: &PurchaseFit{Model: "bg-nbd", Params: map[string]float64{"r": 1, "alpha": 2, "a": 3, "b": 4}}, Spend: &SpendFit{P: 1, Q: 2, V: 3, SE: []float64{1}},
		}.Table(), 7},
		"no fits": {Fits{}.Table(), 0},
	} {
		if len(test.table.Rows) != test.rows {
			t.Errorf("%s: %d rows, not %d", name, len(test.table.Rows), test.rows)
		}
		for _, row := range test.table.Rows {
			if len(row) != len(test.table.Columns) {
				t.Errorf("%s: %d cells under %d columns", name, len(row), len(test.table.Columns))
			}
			for i, cell := range row {
				if _, number := tabular.Number(cell); cell != nil && number != test.table.Columns[i].Kind.Numeric() {
					t.Errorf("%s: %v stands in the column %s", name, cell, test.table.Columns[i].Name)
				}
			}
		}
		seen := map[string]bool{}
		for _, c := range test.table.Columns {
			if c.Name == "" || seen[c.Name] {
				t.Errorf("%s: the column name %q is empty or there twice", name, c.Name)
			}
			seen[c.Name] = true
		}
	}
}
