package demo

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// small is a shop of the least size, written once for the tests that only read.
func small(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if _, err := Write(t.Context(), dir, Options{Customers: MinCustomers}, nil); err != nil {
		t.Fatal(err)
	}
	return dir
}

// table reads an export into records by column name.
func table(t *testing.T, dir, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	r := csv.NewReader(f)
	if filepath.Ext(name) == ".tsv" {
		r.Comma = '\t'
	}
	header, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	var records []map[string]string
	for {
		cells, err := r.Read() // refuses records of another length
		if err == io.EOF {
			return records
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		record := make(map[string]string, len(cells))
		for i, cell := range cells {
			record[header[i]] = cell
		}
		records = append(records, record)
	}
}

// cents reads an amount with two decimals.
func cents(t *testing.T, amount string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.Replace(amount, ".", "", 1))
	if err != nil || len(amount) < 4 || amount[len(amount)-3] != '.' {
		t.Fatalf("%q is no amount with two decimals", amount)
	}
	return n
}

// sums hashes every file of a folder.
func sums(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	hashes := map[string]string{}
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		hashes[entry.Name()] = hex.EncodeToString(sum[:])
	}
	return hashes
}

func TestSameSeedSameBytes(t *testing.T) {
	first := sums(t, small(t))
	for _, procs := range []int{1, 2, 5} {
		before := runtime.GOMAXPROCS(procs)
		again := sums(t, small(t))
		runtime.GOMAXPROCS(before)
		for name, hash := range first {
			if again[name] != hash {
				t.Errorf("with %d processors %s has other bytes", procs, name)
			}
		}
		if len(again) != len(first) {
			t.Errorf("with %d processors there are %d files, not %d", procs, len(again), len(first))
		}
	}
}

// TestBytesArePinned fails when the shop changes, be it by a change of the
// generator or on a machine that computes otherwise.
func TestBytesArePinned(t *testing.T) {
	hashes := sums(t, small(t))
	var all []string
	for name, hash := range hashes {
		all = append(all, name+" "+hash[:16])
	}
	slices.Sort(all)
	want, err := os.ReadFile(filepath.Join("testdata", "small.sha256"))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(all, "\n") + "\n"; got != string(want) {
		t.Errorf("the %d-customer shop is not the pinned one; if that is meant, testdata/small.sha256 becomes:\n%s", MinCustomers, got)
	}
}

func TestOtherSeedOtherShop(t *testing.T) {
	dir := t.TempDir()
	if _, err := Write(t.Context(), dir, Options{Customers: MinCustomers, Seed: 7}, nil); err != nil {
		t.Fatal(err)
	}
	one, other := sums(t, small(t)), sums(t, dir)
	for _, name := range []string{"orders.csv", "customers.csv", "referrals.csv", "pos_2026.tsv", "interactions.csv"} {
		if one[name] == other[name] {
			t.Errorf("%s is the same for two seeds", name)
		}
	}
}

func TestOrdersAddUp(t *testing.T) {
	dir := small(t)
	lines := map[string]int{}
	for _, l := range table(t, dir, "order_lines.csv") {
		quantity, err := strconv.Atoi(l["Quantity"])
		if err != nil || quantity < 1 || cents(t, l["Line Discount"]) < 0 || cents(t, l["Unit Cost"]) >= cents(t, l["Unit Price"]) {
			t.Errorf("impossible line %v", l)
		}
		lines[l["Order ID"]] += quantity*cents(t, l["Unit Price"]) - cents(t, l["Line Discount"])
	}
	seen, last := map[string]bool{}, ""
	for _, o := range table(t, dir, "orders.csv") {
		id := o["Order ID"]
		subtotal, discount, refunded := cents(t, o["Subtotal"]), cents(t, o["Discount"]), cents(t, o["Refunded Amount"])
		if got := subtotal - discount + cents(t, o["Shipping"]) + cents(t, o["Tax"]); got != cents(t, o["Total"]) {
			t.Errorf("order %s: total %s, but its parts make %d cents", id, o["Total"], got)
		}
		if refunded > subtotal-discount || (o["Status"] == "refunded") != (refunded > 0 && refunded == subtotal-discount) {
			t.Errorf("order %s: %s with %d of %d cents refunded", id, o["Status"], refunded, subtotal-discount)
		}
		sum, hasLines := lines[id]
		if hasLines != (o["Sales Channel"] == "web") || hasLines && sum != subtotal {
			t.Errorf("order %s of %s: lines sum to %d cents, subtotal is %d", id, o["Sales Channel"], sum, subtotal)
		}
		if seen[id] || o["Order Date"] < last {
			t.Errorf("order %s is there twice or out of time", id)
		}
		seen[id], last = true, o["Order Date"]
	}
	if last < "2026-10-01" || last > "2026-10-31 23:59:59" {
		t.Errorf("the last order is of %s, want the last days of October 2026", last)
	}
}

func TestOrdersMeetTheNumberAsked(t *testing.T) {
	for _, o := range []Options{
		{Customers: 300, Orders: 500},
		{Customers: 300, Orders: 2500},
		{Customers: 3000, Orders: 30_000, Seed: 3},
		{Orders: 60_000},
		{Customers: 220_000, Orders: 400_000}, // calibrated on a sample
	} {
		files, err := Write(t.Context(), t.TempDir(), o, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := files[0].Rows
		if files[0].Name != "orders.csv" || math.Abs(float64(got-o.Orders)) > 0.02*float64(o.Orders) {
			t.Errorf("%+v gave %d rows in %s", o, got, files[0].Name)
		}
		hasLines := files[1].Name == "order_lines.csv"
		if hasLines != (got <= MaxOrdersWithLines) {
			t.Errorf("%d orders, lines written: %v", got, hasLines)
		}
	}
}

func TestOptionsThatMakeNoShop(t *testing.T) {
	for _, tc := range []struct {
		o    Options
		want string
	}{
		{Options{Customers: 5}, "between 300 and"},
		{Options{Customers: -1}, "between 300 and"},
		{Options{Customers: 300, Orders: 200}, "300 customers cannot place 200 orders"},
		{Options{Customers: 300, Orders: 900_000_000}, "cannot place"},
		{Options{Orders: -4}, "cannot have -4 orders"},
	} {
		dir := filepath.Join(t.TempDir(), "shop")
		if _, err := Write(t.Context(), dir, tc.o, nil); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%+v: error %v, want one with %q", tc.o, err, tc.want)
		}
		if _, err := Parameters(tc.o); err == nil {
			t.Errorf("Parameters accepts %+v", tc.o)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%+v left a folder", tc.o)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	b.ReportAllocs()
	const orders = 100_000
	for b.Loop() {
		if _, err := Write(context.Background(), b.TempDir(), Options{Customers: orders / 10, Orders: orders}, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(orders*b.N)/b.Elapsed().Seconds(), "orders/s")
}
