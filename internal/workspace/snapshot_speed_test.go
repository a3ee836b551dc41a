package workspace

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"worth/internal/duck"
	"worth/internal/snapshot"
)

// gridRows is how many customers the benchmarks of snapshots have; with
// WORTH_BENCH_ORDERS a tenth of those.
func gridRows(b *testing.B) int {
	b.Helper()
	const few = 50_000
	orders, err := strconv.Atoi(os.Getenv("WORTH_BENCH_ORDERS"))
	if err != nil {
		return few
	}
	return max(orders/10, 1)
}

// gridShop is a workspace file of so many customers, with an order each.
func gridShop(b *testing.B) *Workspace {
	b.Helper()
	w := open(b, filepath.Join(b.TempDir(), "shop.worth.duckdb"), Options{Create: true})
	var text strings.Builder
	text.WriteString(plainHeader + "\n")
	first := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range gridRows(b) {
		const days, amounts = 700, 977
		n := strconv.Itoa(i)
		text.WriteString(n + ",c-" + n + "," + first.AddDate(0, 0, i%days).Format(time.DateOnly) + "," + strconv.Itoa(i%amounts) + ".50\n")
	}
	load(b, w, file(b, "many.csv", text.String()))
	return w
}

// plainCopy copies the customers of a workspace into a plain DuckDB file.
func plainCopy(b *testing.B, w *Workspace) string {
	b.Helper()
	s := snap(b, w, "grid")
	path := filepath.Join(b.TempDir(), "copy")
	if _, err := w.detachable(b.Context(), path, tableOf(s.key)); err != nil {
		b.Fatal(err)
	}
	return filepath.Join(path, rowsFile)
}

// BenchmarkSnapshotSave compares keeping the grid of customers with a bare create
// table as of the same rows in the same kind of file.
func BenchmarkSnapshotSave(b *testing.B) {
	w := gridShop(b)
	save(b, w, "grid", pageOf(snapshot.Customers))
	path := plainCopy(b, w)
	var bare, worth time.Duration
	for i := 0; b.Loop(); i++ {
		bare += timed(b, func() error {
			db := plain(b, path)
			defer db.Close()
			if _, err := db.ExecContext(b.Context(), "create table kept"+strconv.Itoa(i)+" as from rows"); err != nil {
				return err
			}
			_, err := db.ExecContext(b.Context(), "checkpoint")
			return err
		})
		worth += timed(b, func() error {
			_, err := w.SaveSnapshot(b.Context(), SnapshotRequest{Name: "grid " + strconv.Itoa(i), Question: pageOf(snapshot.Customers)}, nil)
			return err
		})
	}
	compared(b, bare, worth)
}

// BenchmarkSnapshotDiff compares putting two kept grids side by side, with what
// changed counted in every column, with a bare full outer join of them.
func BenchmarkSnapshotDiff(b *testing.B) {
	w := gridShop(b)
	save(b, w, "grid", pageOf(snapshot.Customers))
	load(b, w, file(b, "more.csv", table(plainHeader, "x1,new,2020-04-01,10", "x2,c-17,2020-04-01,10")))
	save(b, w, "later", pageOf(snapshot.Customers))
	early, late := snap(b, w, "grid"), snap(b, w, "later")
	var bare, worth time.Duration
	for b.Loop() {
		bare += timed(b, func() error {
			// What an analyst would write by hand, in the same instance.
			return w.db.Aside(b.Context(), nil, []string{"saved", "main"}, func(ctx context.Context, aside *duck.Aside) error {
				return aside.Beside(ctx, func(ctx context.Context, tx *duck.Tx) error {
					_, err := tx.Change(ctx, "create or replace table scratch.main.joined as select * from saved."+tableOf(early.key)+
						" a full join saved."+tableOf(late.key)+" b on a.customer_id = b.customer_id", nil)
					return err
				})
			})
		})
		worth += timed(b, func() error {
			d := &Diff{w: w, Before: early.Record, After: late.Record, view: "diff_bench"}
			return w.aside(context.Background(), func(ctx context.Context, aside *duck.Aside) error {
				return d.align(ctx, aside, place{aside.Home(), "saved", tableOf(early.key)}, place{aside.Home(), "saved", tableOf(late.key)})
			})
		})
	}
	compared(b, bare, worth)
}

// BenchmarkSeries compares a series of month-ends with as many bare derives.
func BenchmarkSeries(b *testing.B) {
	w := inMemory(b)
	load(b, w, shopFile(b))
	const months = 24
	var bare, worth time.Duration
	for b.Loop() {
		one := timed(b, func() error { return w.Apply(b.Context(), w.Settings(), nil) })
		bare += months * one
		worth += timed(b, func() error {
			_, err := w.Series(b.Context(), SeriesRequest{Count: months}, nil)
			return err
		})
	}
	compared(b, bare, worth)
}
