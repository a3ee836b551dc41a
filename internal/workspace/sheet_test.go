package workspace

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestSheetRows checks that rows of a workbook are known by the numbers the sheet
// gives them, whatever stands above the column names and between the rows.
func TestSheetRows(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "orders.xlsx")
	f := excelize.NewFile()
	for at, row := range map[string][]any{
		"A1": {"Orders of the shop"}, "A4": {"order_id", "customer_id", "order_date", "amount"},
		"A5": {"1", "a", "2026-01-02", 10}, "A6": {"2", "b", "2026-01-03", 20}, "A9": {"3", "c", "some day", 30},
		"A10": {"4", "d", "2026-01-05", 40}, "A12": {"5", "e", "2026-01-06", "much"}, "A13": {"6", "f", "2026-01-07", 50},
		"A14": {"7", "g", "2026-01-08", 50}, "A15": {"8", "h", "2026-01-09", 50}, "A16": {"9", "i", "2026-01-10", 50},
		"A17": {"10", "j", "2026-01-08", 50}, "A18": {"11", "k", "2026-01-09", 50}, "A19": {"12", "l", "2026-01-10", 50},
	} {
		if err := f.SetSheetRow("Sheet1", at, &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	w := open(t, "", Options{})
	if _, err := w.Load(t.Context(), LoadRequest{Sources: []string{path}}, nil); err != nil {
		t.Fatal(err)
	}
	if got := rows(t, w, "select line || ' ' || value from raw.rejects order by line"); !slices.Equal(got, []string{"9 some day", "12 much"}) {
		t.Errorf("the rejects are %v", got)
	}
	if got := rows(t, w, "select order_id || ' ' || line from core.orders where order_id in ('1', '4', '6') order by line"); !slices.Equal(got, []string{"1 5", "4 10", "6 13"}) {
		t.Errorf("the orders are %v", got)
	}
}
