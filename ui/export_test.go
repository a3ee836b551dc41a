package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"worth/internal/workspace"
)

// peopleShop is a shop whose customers have names and addresses, one of them like
// a formula.
func peopleShop(t *testing.T) *driver {
	t.Helper()
	return drive(t, peopleLoaded(t), Options{})
}

// peopleLoaded is the workspace of peopleShop.
func peopleLoaded(t *testing.T) *workspace.Workspace {
	t.Helper()
	w := emptyShop(t)
	people := write(t, "customers.csv", "customer_id,name,email,phone\n"+
		"c-033,\"=HYPERLINK(\"\"http://x\"\")\",maria@example.com,+49 30 1234567\n")
	_, err := w.Load(context.Background(), workspace.LoadRequest{Sources: []string{shopFile(t), people}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// exported writes what a page offers to a file of that name and returns its text.
func (d *driver) exported(name string) string {
	d.t.Helper()
	path := filepath.Join(d.t.TempDir(), name)
	d.press("ctrl+u")
	d.send(tea.PasteMsg{Content: path})
	d.press("enter")
	if len(d.root.dialogs) > 0 {
		d.t.Fatalf("it was not written:\n%s", d.text())
	}
	text, err := os.ReadFile(path)
	if err != nil {
		d.t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		d.t.Errorf("%s may be used as %v (%v)", name, info.Mode(), err)
	}
	return string(text)
}

func TestPagesExport(t *testing.T) {
	shop := peopleLoaded(t) // exporting changes nothing
	for name, test := range map[string]struct {
		keys   []string // to the page
		turn   int      // how many times tab is pressed in the dialog
		begins string
		holds  string
	}{
		"overview, segments":   {[]string{"1"}, 0, "segment,customers,customer_share,", "Champions,"},
		"overview, months":     {[]string{"1", "tab"}, 0, "month,orders,customers,new_customers,net_revenue\n2025-01-01,", "2025-12-01"},
		"overview, figures":    {[]string{"1"}, 3, "customers,orders,net_revenue,aov,", "40,160,"},
		"overview, curve":      {[]string{"1"}, 2, "customer_share,net_revenue_share\n0,0\n", "\n1,1\n"},
		"segments":             {[]string{"2"}, 0, "segment,customers,", "Loyal,"},
		"heat map":             {[]string{"2", "tab"}, 0, "r,f,customers,net_revenue\n", "5,5,"},
		"cut-points":           {[]string{"2"}, 2, "measure,cut_point,value,mode,frozen\nrecency_days,1,", "monetary,4,"},
		"data quality":         {[]string{"D"}, 0, "orders,counted,excluded,", "160,160,0"},
		"files":                {[]string{"D"}, 1, "file,kind,format,", "orders.csv,orders,"},
		"orders of a customer": {[]string{"3", "enter"}, 0, "order_id,ordered_at,", "EUR"},
		"customer":             {[]string{"3", "enter"}, 1, "customer_id,first_order,", "c-040,"},
	} {
		t.Run(name, func(t *testing.T) {
			d := drive(t, shop, Options{})
			d.press(test.keys...)
			d.press("e")
			for range test.turn {
				d.press("tab")
			}
			text := d.exported("out.csv")
			if !strings.HasPrefix(text, test.begins) {
				t.Errorf("it does not begin with %q:\n%s", test.begins, text)
			}
			if !strings.Contains(text, test.holds) {
				t.Errorf("it does not hold %q:\n%s", test.holds, text)
			}
			d.sees(" written to ")
		})
	}
}

// TestExportMasksAndNeutralises writes a person whose name is a formula.
func TestExportMasksAndNeutralises(t *testing.T) {
	d := peopleShop(t)
	d.press("3", "f")
	d.press(strings.Split("customer_id = c-033", "")...)
	d.press("enter", "enter")
	d.sees("c-033")
	for format, test := range map[string]struct{ masked, shown string }{
		"csv":  {"'=***,m***@example.com,'+***", "\"'=HYPERLINK(\"\"http://x\"\")\",maria@example.com,'+49301234567"},
		"json": {`"name": "=***", "email": "m***@example.com"`, `"name": "=HYPERLINK(\"http://x\")", "email": "maria@example.com"`},
		"md":   {"| =\\*\\*\\* | m\\*\\*\\*@example.com |", "| maria@example.com |"},
	} {
		for _, revealed := range []bool{false, true} {
			d.root.env.Revealed = revealed
			want := test.masked
			if revealed {
				want = test.shown
			}
			d.press("e", "tab", "tab")
			if got := d.exported("out." + format); !strings.Contains(got, want) {
				t.Errorf("%s, revealed %v, does not hold %s:\n%s", format, revealed, want, got)
			}
		}
	}
	for _, format := range []string{"xlsx", "parquet"} {
		d.root.env.Revealed = false
		d.press("e", "tab", "tab")
		if got := d.exported("out." + format); len(got) == 0 || strings.Contains(got, "maria") {
			t.Errorf("%s is empty or shows a name", format)
		}
	}
}

func TestExportAsksBeforeItReplaces(t *testing.T) {
	d := peopleShop(t)
	path := write(t, "there.csv", "precious")
	d.press("e", "ctrl+u")
	d.press(strings.Split(path, "")...)
	d.press("enter")
	d.sees("there.csv exists;")
	if text, err := os.ReadFile(path); err != nil || string(text) != "precious" {
		t.Fatalf("the file holds %q (%v)", text, err)
	}
	d.press("enter")
	d.sees(" written to ")
	d.press("e", "ctrl+u", "x", "enter")
	d.sees("the name does not say what to write")
	d.press("esc")
	if len(d.root.dialogs) > 0 {
		t.Error("Esc does not close the dialog")
	}
}
