package workspace

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"

	"worth/internal/demo"
	"worth/internal/duck"
	"worth/internal/intake"
)

// The benchmarks compare worth with plain DuckDB doing the same, in one run, and
// report the ratio; seconds alone say more of the machine than of the program.
// WORTH_BENCH_ORDERS sets the size of the shop (default 200,000 orders, a tenth as
// many customers); WORTH_BENCH_DIR names a folder that keeps it between runs.
//
//	WORTH_BENCH_ORDERS=10000000 WORTH_BENCH_DIR=/tmp/shop go test -bench . -benchtime 3x ./internal/workspace

const benchOrders = 200_000

// shopFile writes the demo shop once and returns its orders file.
func shopFile(b *testing.B) string {
	b.Helper()
	orders := benchOrders
	if text := os.Getenv("WORTH_BENCH_ORDERS"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			b.Fatalf("WORTH_BENCH_ORDERS is no number: %v", err)
		}
		orders = n
	}
	dir := os.Getenv("WORTH_BENCH_DIR")
	if dir == "" {
		dir = b.TempDir()
	}
	path := filepath.Join(dir, "orders.csv")
	if _, err := os.Stat(path); err == nil {
		return path
	}
	if _, err := demo.Write(b.Context(), dir, demo.Options{Orders: orders}, nil); err != nil {
		b.Fatal(err)
	}
	return path
}

// timed returns how long do takes.
func timed(b *testing.B, do func() error) time.Duration {
	b.Helper()
	start := time.Now()
	if err := do(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

// bareLoad is the load an analyst would write by hand: the same columns, ids as
// text and money as decimals.
const bareLoad = `create table orders as from read_csv('%s', header = true, auto_detect = false, columns = {
  'Order ID': 'VARCHAR', 'Customer ID': 'VARCHAR', 'Order Date': 'TIMESTAMP', 'Status': 'VARCHAR', 'Sales Channel': 'VARCHAR',
  'Campaign': 'VARCHAR', 'Coupon Code': 'VARCHAR', 'Currency': 'VARCHAR', 'Subtotal': 'DECIMAL(18,4)', 'Discount': 'DECIMAL(18,4)',
  'Shipping': 'DECIMAL(18,4)', 'Tax': 'DECIMAL(18,4)', 'Total': 'DECIMAL(18,4)', 'Refunded Amount': 'DECIMAL(18,4)',
  'Points Redeemed': 'DECIMAL(18,4)', 'Shipping Country': 'VARCHAR'})`

// plain opens plain DuckDB, in memory or in a new file.
func plain(b *testing.B, path string) *sql.DB {
	b.Helper()
	db, err := sql.Open("duckdb", path)
	if err != nil {
		b.Fatal(err)
	}
	return db
}

func BenchmarkLoad(b *testing.B) {
	file := shopFile(b)
	for _, kind := range []string{"memory", "file"} {
		b.Run(kind, func(b *testing.B) {
			var bare, worth time.Duration
			for b.Loop() {
				dir := b.TempDir()
				barePath, worthPath := "", ""
				if kind == "file" {
					barePath, worthPath = filepath.Join(dir, "bare.duckdb"), filepath.Join(dir, "shop.worth.duckdb")
				}
				db := plain(b, barePath)
				bare += timed(b, func() error {
					_, err := db.ExecContext(b.Context(), fmt.Sprintf(bareLoad, file))
					return err
				})
				if err := db.Close(); err != nil {
					b.Fatal(err)
				}
				w, err := Open(b.Context(), worthPath, Options{Create: true})
				if err != nil {
					b.Fatal(err)
				}
				worth += timed(b, func() error { return loadOnly(b.Context(), w, file) })
				if err := w.Close(); err != nil {
					b.Fatal(err)
				}
				if err := os.RemoveAll(dir); err != nil {
					b.Fatal(err)
				}
			}
			compared(b, bare, worth)
		})
	}
}

// compared gives the seconds of both sides and their ratio.
func compared(b *testing.B, bare, worth time.Duration) {
	b.Helper()
	n := float64(b.N)
	b.ReportMetric(bare.Seconds()/n, "bare-s/op")
	b.ReportMetric(worth.Seconds()/n, "worth-s/op")
	b.ReportMetric(float64(worth)/float64(bare), "ratio")
}

// loadOnly loads into the canonical tables without deriving anything.
func loadOnly(ctx context.Context, w *Workspace, file string) error {
	in, done, err := w.request(LoadRequest{Sources: []string{file}})
	if err != nil {
		return err
	}
	defer done()
	var report *intake.Report
	return w.write(ctx, nil, func(ctx context.Context, tx *duck.Tx) error {
		report, err = intake.Load(ctx, tx, in, nil)
		return err
	}, func(ctx context.Context, tx *duck.Tx) error { return report.Number(ctx, tx) })
}

// minimalRFM is the least that gives scores: count, sum and last order of every
// customer, quantiles, scores. %s is the customer's key.
const minimalRFM = `create or replace temp table rfm as
with customers as (
  select %s as customer, count(*) as orders, sum(net_revenue) as net_revenue, max(ordered_at)::date as last_order
  from core.orders where standing = 'purchase' and %[1]s is not null group by customer
), cuts as (
  select max(last_order) as as_of, quantile_cont(last_order, [0.2, 0.4, 0.6, 0.8]) as r, quantile_cont(orders, [0.2, 0.4, 0.6, 0.8]) as f,
    quantile_cont(net_revenue, [0.2, 0.4, 0.6, 0.8]) as m
  from customers
)
select c.*, 1 + (r[1] < last_order)::int + (r[2] < last_order)::int + (r[3] < last_order)::int + (r[4] < last_order)::int as r,
  1 + (f[1] < orders)::int + (f[2] < orders)::int + (f[3] < orders)::int + (f[4] < orders)::int as f,
  1 + (m[1] < net_revenue)::int + (m[2] < net_revenue)::int + (m[3] < net_revenue)::int + (m[4] < net_revenue)::int as m
from customers c, cuts`

func BenchmarkDerive(b *testing.B) {
	file := shopFile(b)
	dir := b.TempDir()
	path := filepath.Join(dir, "shop.worth.duckdb")
	w, err := Open(b.Context(), path, Options{Create: true})
	if err != nil {
		b.Fatal(err)
	}
	if err := loadOnly(b.Context(), w, file); err != nil {
		b.Fatal(err)
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	for _, key := range []string{"customer_id", "person_key"} {
		b.Run("against_"+key, func(b *testing.B) {
			var bare, worth time.Duration
			for b.Loop() {
				db := plain(b, path)
				bare += timed(b, func() error {
					_, err := db.ExecContext(b.Context(), fmt.Sprintf(minimalRFM, key))
					return err
				})
				if err := db.Close(); err != nil {
					b.Fatal(err)
				}
				worth += deriveCustomers(b, path)
			}
			compared(b, bare, worth)
		})
	}
}

// deriveCustomers times the steps that make derived.customers, the models apart.
func deriveCustomers(b *testing.B, path string) time.Duration {
	b.Helper()
	w, err := Open(b.Context(), path, Options{})
	if err != nil {
		b.Fatal(err)
	}
	var spent time.Duration
	err = w.write(b.Context(), nil, func(ctx context.Context, tx *duck.Tx) error {
		scheme, err := w.Settings().scheme()
		if err != nil {
			return err
		}
		d := &deriver{tx: tx, scheme: scheme, tell: func(string, float64) {}}
		start := time.Now()
		for _, step := range []func(context.Context) error{d.anchor, d.activity, d.score, d.place, d.unpredicted, d.customers} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		spent = time.Since(start)
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return spent
}

// benchWorkspace loads the shop into a file and returns its path.
func benchWorkspace(b *testing.B) string {
	b.Helper()
	file := shopFile(b)
	path := filepath.Join(b.TempDir(), "shop.worth.duckdb")
	w, err := Open(b.Context(), path, Options{Create: true})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := w.Load(b.Context(), LoadRequest{Sources: []string{file}}, nil); err != nil {
		b.Fatal(err)
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkExplore times what an analyst waits for in an opened workspace.
func BenchmarkExplore(b *testing.B) {
	path := benchWorkspace(b)
	b.Run("cold_start", func(b *testing.B) {
		for b.Loop() {
			w, err := Open(b.Context(), path, Options{})
			if err != nil {
				b.Fatal(err)
			}
			firstScreen(b, w)
			if err := w.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("customer_cold", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			w, err := Open(b.Context(), path, Options{})
			if err != nil {
				b.Fatal(err)
			}
			id := someCustomer(b, w)
			if err := w.Warm(b.Context()); err != nil { // as the program does behind its first page
				b.Fatal(err)
			}
			b.StartTimer()
			customerPage(b, w, id)
			b.StopTimer()
			if err := w.Close(); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		}
	})
	w, err := Open(b.Context(), path, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer w.Close()
	b.Run("customer", func(b *testing.B) {
		id := someCustomer(b, w)
		customerPage(b, w, id)
		for b.Loop() {
			customerPage(b, w, id)
		}
	})
	b.Run("drill", func(b *testing.B) {
		for b.Loop() {
			rows, err := w.Customers(b.Context(), View{Segment: "Champions"})
			if err != nil {
				b.Fatal(err)
			}
			page(b, rows, 0)
			if err := rows.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("sort", func(b *testing.B) {
		for b.Loop() {
			rows, err := w.Customers(b.Context(), View{Sort: "gap_days"})
			if err != nil {
				b.Fatal(err)
			}
			if err := rows.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	rows, err := w.Customers(b.Context(), View{Sort: "gap_days"})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("page", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			page(b, rows, (i*7919)%max(rows.Len(), 1))
		}
	})
}

func firstScreen(b *testing.B, w *Workspace) {
	b.Helper()
	ctx := b.Context()
	for _, ask := range []func() error{
		func() error { _, err := w.Header(ctx); return err },
		func() error { _, err := w.Overview(ctx); return err },
		func() error { _, err := w.Revenue(ctx); return err },
		func() error { _, err := w.Concentration(ctx); return err },
		func() error { _, err := w.Segments(ctx); return err },
	} {
		if err := ask(); err != nil {
			b.Fatal(err)
		}
	}
}

// someCustomer returns the id of somebody who orders often.
func someCustomer(b *testing.B, w *Workspace) string {
	b.Helper()
	rows, err := w.Customers(b.Context(), View{Sort: "orders", Desc: true})
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	block, err := rows.Page(b.Context(), rows.Len()/100, 1)
	if err != nil {
		b.Fatal(err)
	}
	id, _ := block[0][0].(string)
	return id
}

// customerPage asks what the page of a customer asks.
func customerPage(b *testing.B, w *Workspace, id string) {
	b.Helper()
	ctx := b.Context()
	for _, ask := range []func() error{
		func() error { _, err := w.Customer(ctx, id); return err },
		func() error { _, err := w.ReferralStanding(ctx, id); return err },
		func() error { _, err := w.Models(ctx); return err },
		func() error { _, err := w.Pulse(ctx, id); return err },
	} {
		if err := ask(); err != nil {
			b.Fatal(err)
		}
	}
}

func page(b *testing.B, rows *Rows, from int) {
	b.Helper()
	const block = 256 // what the grid asks for
	if _, err := rows.Page(b.Context(), from, block); err != nil {
		b.Fatal(err)
	}
}
