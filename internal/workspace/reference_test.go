package workspace

import (
	"context"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// public returns the path of a public data set, or skips the test.
func public(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("WORTH_DATA")
	if dir == "" {
		t.Skip("WORTH_DATA names no folder of public data sets; the tests over them are skipped")
	}
	return filepath.Join(dir, name)
}

func TestCDNOWMaster(t *testing.T) {
	w := inMemory(t)
	report := load(t, w, public(t, "CDNOW_master.txt"))
	f := report.Files[0]
	if f.Rows != 69_659 || f.Kept != 69_659 || f.Rejected != 0 {
		t.Errorf("%d rows, %d kept, %d rejected", f.Rows, f.Kept, f.Rejected)
	}
	o := overview(t, w)
	if o.Orders != 69_659 || o.Customers != 23_570 || o.NetRevenue.String() != "2500315.63" || o.FirstOrder != "1997-01-01" || o.LastOrder != "1998-06-30" {
		t.Errorf("%d orders of %d customers, %s, %s to %s", o.Orders, o.Customers, o.NetRevenue, o.FirstOrder, o.LastOrder)
	}
}

// The calibration sample of Fader and Hardie: repeat purchases, recency and age of
// every customer as published, in weeks.
func TestCDNOWSample(t *testing.T) {
	w := inMemory(t)
	apply(t, w, Settings{AsOf: day(t, "1997-09-30")})
	loadAs(t, w, LoadRequest{Sources: []string{public(t, "CDNOW_sample.txt")}, Map: map[string]string{"customer_id": "#2"}})
	got := map[int][]float64{}
	err := w.db.User(context.Background(), `select customer_id::int, x, t_x / 7, t_cal / 7, m_x from derived.customers`,
		func(_, _ []string) error { return nil }, func(row []any) error {
			id, _ := row[0].(int64)
			for _, c := range row[1:] {
				f, ok := c.(float64)
				if n, whole := c.(int64); whole {
					f, ok = float64(n), true
				}
				if !ok {
					return fmt.Errorf("customer %d: %v", id, row)
				}
				got[int(id)] = append(got[int(id)], f)
			}
			return nil
		})
	if err != nil {
		t.Fatal(err)
	}
	for _, reference := range []struct {
		file    string
		columns []int // in the reference, for x, t_x, T and m_x
	}{
		{"cdnow_customers_summary.csv", []int{1, 2, 3}},
		{"cdnow_customers_summary_with_transactions.csv", []int{1, 2, 3, 4}},
	} {
		f, err := os.Open(public(t, reference.file))
		if err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if len(records) != 2358 || len(got) != 2357 {
			t.Fatalf("%s has %d customers, the workspace %d", reference.file, len(records)-1, len(got))
		}
		wrong := 0
		for _, record := range records[1:] {
			id, err := strconv.Atoi(record[0])
			if err != nil {
				t.Fatal(err)
			}
			for i, column := range reference.columns {
				want, err := strconv.ParseFloat(record[column], 64)
				if err != nil {
					t.Fatal(err)
				}
				// Published to two decimals.
				if math.Abs(got[id][i]-want) > 0.005000001 {
					if wrong++; wrong <= 5 {
						t.Errorf("%s: customer %d: column %s is %v, not %v", reference.file, id, records[0][column], got[id][i], want)
					}
				}
			}
		}
		if wrong > 0 {
			t.Errorf("%s: %d figures differ", reference.file, wrong)
		}
	}
}

func TestRetailPanel(t *testing.T) {
	w := inMemory(t)
	f := load(t, w, public(t, "transactions_sample.csv")).Files[0]
	if f.Rows != 75_000 || f.Rejected != 0 {
		t.Errorf("%d rows, %d rejected", f.Rows, f.Rejected)
	}
	o := overview(t, w)
	expect(t, w, "select count(*), count(distinct person_key), sum(net_revenue) from core.orders", "47243|2377|233935.24")
	expect(t, w, "select count(*) from core.order_lines", "75000")
	if o.NetRevenue.String() != "233935.24" {
		t.Errorf("net revenue is %s", o.NetRevenue)
	}
}

// A whole folder: households, products, campaigns and who was in them beside the
// lines.
func TestCampaignFiles(t *testing.T) {
	w := inMemory(t)
	report := load(t, w, public(t, "transactions_sample.csv"), public(t, "demographics.csv"), public(t, "products.csv"),
		public(t, "campaigns.csv"), public(t, "campaign_descriptions.csv"), public(t, "coupon_redemptions.csv"))
	for _, f := range report.Files {
		t.Logf("%s: %s, %d rows, %d kept, %d rejected %q", filepath.Base(f.File), f.Kind, f.Rows, f.Kept, f.Rejected, f.Warnings)
		if f.Rows == 0 || f.Kept == 0 {
			t.Errorf("%s: of %d rows %d are kept", f.File, f.Rows, f.Kept)
		}
	}
	expect(t, w, "select count(*) from core.campaigns", "27")
	expect(t, w, "select count(*) from core.campaign_members", "6589")
}
