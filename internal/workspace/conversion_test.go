package workspace

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// converted lists what a report says was done to cells.
func convertedCells(f FileReport) []string {
	var out []string
	for _, c := range f.Conversions {
		out = append(out, fmt.Sprintf("%s %s %d %s", c.Column, c.Rule, c.Cells, strings.Join(c.Examples, "|")))
	}
	return out
}

// TestConversions checks that what is done to cells is counted column by column, in a
// check over all rows and in the workspace that was loaded.
func TestConversions(t *testing.T) {
	t.Parallel()
	path := file(t, "odd.csv", `order_id,customer_id,email,order_date,amount,discount,shipping
="001",'a1,A@x.org,2026-01-05,"$1,234.50",-,3
2,a2,b@x.org,2026-02-05,(50.00),——,1.5元
3,a3,c@x.org,2026-02-06,20,1,2
4,a4,d@x.org,2026-02-06,30,1,2
`)
	want := []string{
		`order_id wrapping 1 ="001"`, `customer_id wrapping 1 'a1`,
		"amount brackets 1 (50.00)", "amount currency 1 $1,234.50", "amount thousands 1 $1,234.50",
		"discount nothing 2 -|——", "shipping currency 1 1.5元",
	}
	w := open(t, "", Options{})
	report, err := w.Check(t.Context(), LoadRequest{Sources: []string{path}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := convertedCells(report.Files[0]); !slices.Equal(got, want) {
		t.Errorf("a check says\n%s", strings.Join(got, "\n"))
	}
	if _, err := w.Load(t.Context(), LoadRequest{Sources: []string{path}}, nil); err != nil {
		t.Fatal(err)
	}
	files, err := w.Files(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := convertedCells(files[0]); !slices.Equal(got, want) {
		t.Errorf("the workspace keeps\n%s", strings.Join(got, "\n"))
	}
}

// TestConversionsOfDates checks dates that are numbers and dates written by a format.
func TestConversionsOfDates(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ dates, want string }{
		"serial":      {"46027\n46028.5\n2026-01-07\n", "order_date serial 2 46027|46028.5"},
		"epoch":       {"1767571200\n1767657600\n1767744000\n", "order_date epoch 3 1767571200|1767744000"},
		"written":     {"25/01/2026\n26/01/2026\n27/01/2026\n", "order_date written 3 25/01/2026|27/01/2026"},
		"as it is":    {"2026-01-25\n2026-01-26\n2026-01-27\n", ""},
		"with offset": {"2026-01-25 10:00:00 +0100\n2026-01-26 10:00:00 +0100\n2026-01-27 10:00:00 +0100\n", "order_date offset 3 2026-01-25 10:00:00 +0100|2026-01-27 10:00:00 +0100"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var text strings.Builder
			text.WriteString("order_id,customer_id,amount,order_date\n")
			for i, day := range strings.Fields(strings.ReplaceAll(c.dates, " ", "_")) {
				fmt.Fprintf(&text, "%d,c%d,5,%s\n", i, i, strings.ReplaceAll(day, "_", " "))
			}
			w := open(t, "", Options{})
			report, err := w.Check(t.Context(), LoadRequest{Sources: []string{file(t, "dates.csv", text.String())}}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(convertedCells(report.Files[0]), "\n"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestDashIsNothing checks that a dash among spaces far below the rows that are looked
// at is no amount: DuckDB would read it as 0.
func TestDashIsNothing(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	text.WriteString("order_id,customer_id,order_date,amount\n")
	for i := range 5000 {
		fmt.Fprintf(&text, "%d,c%d,2026-01-05,10\n", i, i%50)
	}
	text.WriteString("9001,c1,2026-01-05,- \n9002,c1,2026-01-05,  -  \n9003,c1,2026-01-05, - \n")
	w := open(t, "", Options{})
	if _, err := w.Load(t.Context(), LoadRequest{Sources: []string{file(t, "dash.csv", text.String())}}, nil); err != nil {
		t.Fatal(err)
	}
	if got := rows(t, w, "select order_id || ' ' || coalesce(net_revenue::varchar, 'null') from core.orders where order_id in ('9001', '9002', '9003') order by 1"); !slices.Equal(got, []string{"9001 null", "9003 null"}) {
		t.Errorf("dashes are read as %v", got)
	}
	if got := rows(t, w, "select line || ' ' || value from raw.rejects"); !slices.Equal(got, []string{"5003   -  "}) {
		t.Errorf("the rejects are %q", got)
	}
}
