package workspace

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"worth/internal/duck"
	"worth/internal/intake"
	"worth/internal/tabular"
)

const plainHeader = "Order ID,Customer ID,Order Date,Total"

func TestSameFileTwice(t *testing.T) {
	w := inMemory(t)
	path := file(t, "orders.csv", table(shop...))
	load(t, w, path)
	before := contents(t, w)
	report := load(t, w, path, file(t, "copy.csv", table(shop...)))
	for _, f := range report.Files {
		if !f.Already || len(f.Warnings) == 0 {
			t.Errorf("%s is not recognised: %+v", f.File, f)
		}
	}
	if report.Orders != 6 || contents(t, w) != before {
		t.Errorf("loading the same again changed the workspace: %+v", report)
	}
	twice := load(t, inMemory(t), path, file(t, "copy.csv", table(shop...)))
	if !twice.Files[1].Already || twice.Orders != 6 {
		t.Errorf("two copies in one load: %+v", twice)
	}
}

// A folder of daily files brings what the files put together bring.
func TestFolderOfDays(t *testing.T) {
	dir := t.TempDir()
	for name, day := range map[string][]string{
		"2020-01-10.csv": shop[1:2], "2020-02-10.csv": shop[2:5], "2020-03-31.csv": shop[5:6], "later/2020-06-30.csv": shop[6:],
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(table(append([]string{shop[0]}, day...)...)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	whole, daily, oneByOne := loaded(t, shop...), inMemory(t), inMemory(t)
	load(t, daily, dir)
	for _, name := range []string{"2020-03-31.csv", "2020-01-10.csv", "later", "2020-02-10.csv"} {
		load(t, oneByOne, filepath.Join(dir, name))
	}
	if customersJSON(t, daily) != customersJSON(t, whole) || customersJSON(t, oneByOne) != customersJSON(t, whole) {
		t.Error("daily files bring something else")
	}
}

func TestLinesRollUp(t *testing.T) {
	w := loaded(t, "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
		"536365,85123A,WHITE LAMP,6,12/1/2010 8:26,2.55,17850.0,United Kingdom",
		"536365,71053,LANTERN,2,12/1/2010 8:26,3.39,17850.0,United Kingdom",
		"C536379,D,Discount,-1,12/1/2010 9:41,27.50,14527.0,United Kingdom",
		"536381,22139,TEAPOT,10,12/1/2010 9:41,4.25,14527.0,United Kingdom",
		"536400,22139,TEAPOT,1,12/13/2010 9:41,4.25,,United Kingdom")
	expect(t, w, "select order_id, customer_id, standing, gross, net_revenue, line from core.orders order by order_id",
		"536365|17850|purchase|22.08|22.08|2", "536381|14527|purchase|42.5|42.5|5", "536400||purchase|4.25|4.25|6", "C536379|14527|credit|0|-27.5|4")
	expect(t, w, "select count(*), sum(net_revenue) from core.order_lines", "5|41.33")
	expect(t, w, "select sku, name from core.products order by sku", "22139|TEAPOT", "71053|LANTERN", "85123A|WHITE LAMP", "D|Discount")
	if o := overview(t, w); o.Orders != 3 || o.AnonymousOrders != 1 || o.NetRevenue.String() != "41.33" || o.Customers != 2 {
		t.Errorf("%+v", o)
	}
	c, err := w.Customer(context.Background(), "17850")
	if err != nil {
		t.Fatal(err)
	}
	lines, err := w.OrderLines(context.Background(), c.OrderKeys[0])
	if err != nil || len(lines.Rows) != 2 || lines.Rows[0][0] != "85123A" {
		t.Errorf("lines %v: %v", lines, err)
	}
}

// An order all of whose lines came back is given back; half of them leave half.
func TestLinesGivenBack(t *testing.T) {
	w := loaded(t, "order_id,sku,quantity,price,order_date,customer_id",
		"1,A,2,10,2020-01-01,x", "1,A,-2,10,2020-01-01,x", "2,A,2,10,2020-01-02,y", "2,A,-1,10,2020-01-02,y")
	expect(t, w, "select order_id, standing, net_revenue from core.orders order by 1", "1|refunded|0", "2|purchase|10")
}

func TestDates(t *testing.T) {
	i := 0
	for name, dates := range map[string][2]string{
		"iso":            {"2020-02-03", "2020-11-25"},
		"iso time":       {"2020-02-03 10:00:00", "2020-11-25 09:30:00"},
		"iso T and zone": {"2020-02-03T10:00:00Z", "2020-11-25T09:30:00+02:00"},
		"shopify":        {"2020-02-03 10:00:00 +0100", "2020-11-25 10:00:00 +0100"},
		"compact":        {"20200203", "20201125"},
		"slashes":        {"2020/02/03", "2020/11/25"},
		"us":             {"02/03/2020", "11/25/2020"},
		"us time":        {"2/3/2020 8:26", "11/25/2020 18:00"},
		"european":       {"03.02.2020", "25.11.2020"},
		"british":        {"3/2/2020", "25/11/2020"},
		"short year":     {"03/02/20", "25/11/20"},
		"text":           {"3 Feb 2020", "25 Nov 2020"},
		"month first":    {"Feb 3, 2020", "November 25, 2020"},
	} {
		if i++; spare(i) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			cell := func(s string) string { return `"` + s + `"` }
			w := loaded(t, plainHeader, "1,a,"+cell(dates[0])+",10", "2,b,"+cell(dates[1])+",20")
			expect(t, w, "select order_id, ordered_at::date from core.orders order by 1", "1|2020-02-03", "2|2020-11-25")
			expect(t, w, "select count(*) from raw.rejects", "0")
		})
	}
}

// DuckDB knows an infinite date. Files that say so are told; nobody meets it later.
func TestInfiniteDates(t *testing.T) {
	day := func(i int) string {
		switch i {
		case 50:
			return "infinity"
		case 70:
			return "-Infinity"
		}
		return "2020-01-05"
	}
	orders := []string{"Order ID,Customer ID,Order Date,Total,Paid At"}
	customers, spend := []string{"Customer ID,Registered At"}, []string{"Date,Channel,Cost"}
	for i := range 100 {
		n := strconv.Itoa(i)
		orders = append(orders, n+",c"+n+","+day(i)+",5,2020-01-05", "x"+n+",c"+n+",2020-01-06,5,"+day(i))
		customers = append(customers, "c"+n+","+day(i))
		spend = append(spend, day(i)+",web,10")
	}
	w := inMemory(t)
	report := load(t, w, file(t, "orders.csv", table(orders...)),
		file(t, "customers.csv", table(customers...)), file(t, "spend.csv", table(spend...)))
	if report.Orders != 198 {
		t.Errorf("%d orders", report.Orders)
	}
	expect(t, w, "select count(*), count(paid_at), max(ordered_at)::date, max(paid_at)::date from core.orders", "198|196|2020-01-06|2020-01-05")
	expect(t, w, "select count(registered_at), max(registered_at)::date from core.persons", "98|2020-01-05")
	expect(t, w, `select count(*), max("to") from core.spend`, "98|2020-01-31")
	expect(t, w, `select "column", count(*) from raw.rejects group by all order by all`, "Date|2", "Order Date|2", "Registered At|2")
}

func TestDayOrMonth(t *testing.T) {
	path := file(t, "orders.csv", table(plainHeader, "1,a,03/04/2020,10", "2,b,05/06/2020,20"))
	w := inMemory(t)
	warnings := strings.Join(load(t, w, path).Files[0].Warnings, "\n")
	for _, want := range []string{"2020-04-03", "2020-06-05", "2020-03-04", "2020-05-06", "--date-order"} {
		if !strings.Contains(warnings, want) {
			t.Errorf("the warning does not say %s: %s", want, warnings)
		}
	}
	expect(t, w, "select min(ordered_at)::date from core.orders", "2020-04-03")
	w = inMemory(t)
	report := loadAs(t, w, LoadRequest{Sources: []string{path}, DateOrder: "mdy"})
	if len(report.Files[0].Warnings) != 0 {
		t.Errorf("told the order, it still says %q", report.Files[0].Warnings)
	}
	expect(t, w, "select min(ordered_at)::date from core.orders", "2020-03-04")
	if _, err := w.Load(context.Background(), LoadRequest{Sources: []string{path}, DateOrder: "ydm"}, nil); err == nil {
		t.Error("an order that is none is taken")
	}
}

// One shop in every container comes out the same.
func TestContainers(t *testing.T) {
	whole := loaded(t, shop...)
	want := customersJSON(t, whole)
	parquet := filepath.Join(t.TempDir(), "orders.parquet")
	if err := whole.WriteParquet(context.Background(), parquet, shopTable()); err != nil {
		t.Fatal(err)
	}
	typed := filepath.Join(t.TempDir(), "typed.parquet")
	source := shopTable()
	for i, kind := range map[int]tabular.Kind{0: tabular.Integer, 3: tabular.Money, 4: tabular.Float} {
		source.Columns()[i].Kind = kind
	}
	if err := whole.WriteParquet(context.Background(), typed, source); err != nil {
		t.Fatal(err)
	}
	objects := shopObjects(t)
	csv := table(shop...)
	i := 0
	for name, path := range map[string]string{
		"Parquet":       parquet,
		"typed Parquet": typed,
		"NDJSON":        file(t, "orders.ndjson", table(objects...)),
		"JSON":          file(t, "orders.json", "[\n"+strings.Join(objects, ",\n")+"]"),
		"TSV":           file(t, "orders.tsv", strings.ReplaceAll(csv, ",", "\t")),
		"semicolons":    file(t, "orders.txt", strings.ReplaceAll(csv, ",", ";")),
		"bars":          file(t, "orders.csv", strings.ReplaceAll(csv, ",", "|")),
		"quotes":        file(t, "orders.csv", `"`+strings.ReplaceAll(strings.Join(shop, "\"\n\""), ",", `","`)+`"`),
		"BOM":           file(t, "orders.csv", "\ufeff"+csv),
		"gzip":          zipped(t, "orders.csv.gz", csv),
		"gzip, no name": zipped(t, "orders.csv", csv),
		"NDJSON gzip":   zipped(t, "orders.ndjson.gz", table(objects...)),
	} {
		if i++; spare(i) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			w := inMemory(t)
			f := load(t, w, path).Files[0]
			if f.Rows != 6 || f.Rejected != 0 {
				t.Errorf("%d rows, %d rejected", f.Rows, f.Rejected)
			}
			if got := customersJSON(t, w); got != want {
				t.Errorf("other customers:\n%s\n%s", got, want)
			}
		})
	}
	t.Run("spaces", func(t *testing.T) {
		w := inMemory(t)
		load(t, w, file(t, "orders.txt", " customer_id  date   dollar_value\n 00001 20200110  10.00\n 00001 20200210    20.5\n"))
		expect(t, w, "select customer_id, count(*), sum(net_revenue) from core.orders group by 1", "00001|2|30.5")
	})
	t.Run("numbers and dates typed", func(t *testing.T) {
		w := inMemory(t)
		load(t, w, file(t, "orders.json", `[{"order_id":1,"customer":{"id":7},"customer_id":"00001","order_date":"2020-01-10","total":10.5,"note":null},
			{"order_id":2,"customer_id":"00001","order_date":"2020-02-10","total":-3}]`))
		expect(t, w, "select order_id, customer_id, net_revenue, standing from core.orders order by 1", "1|00001|10.5|purchase", "2|00001|-3|credit")
	})
}

// Lines are those of the file, whatever stands between them.
func TestLineNumbers(t *testing.T) {
	for name, newline := range map[string]string{"LF": "\n", "CRLF": "\r\n"} {
		t.Run(name, func(t *testing.T) {
			text := strings.Join([]string{
				"Order ID,Customer ID,Order Date,Total,Note", // 1
				"1,a,2020-01-01,10,x",
				"2,a,nodate,10,x",                               // 3: rejected
				"3,a,2020-01-03,10,\"two" + newline + "lines\"", // 4
				"4,a,2020-01-04,abc,x",                          // 5: rejected
				"5,a,2020-01-05,10,x,one,too,many",              // 6: rejected
				"6,a,2020-01-06,10,x",                           // 7
				"7,a,,10,x",                                     // 8: rejected
				"8,a,1776-07-04,10,x",                           // 9: rejected
				"9,1.03E+19,2020-01-09,10,x",                    // 10: rejected
				"10,a,2020-01-10,10,x",                          // 11
			}, newline) + newline
			w := inMemory(t)
			f := load(t, w, file(t, "orders.csv", text)).Files[0]
			expect(t, w, "select line, order_id from core.orders order by line", "2|1", "4|3", "7|6", "11|10")
			expect(t, w, `select line, "column", value from raw.rejects order by line`, "3|Order Date|nodate", "5|Total|abc",
				"6||5,a,2020-01-05,10,x,one,too,many", "8|Order Date|", "9|Order Date|1776-07-04", "10|Customer ID|1.03E+19")
			if f.Rows != 10 || f.Kept != 4 || f.Rejected != 6 {
				t.Errorf("%d rows, %d kept, %d rejected", f.Rows, f.Kept, f.Rejected)
			}
			r, err := w.Rejects(context.Background(), "")
			if err != nil || r.Len() != 6 {
				t.Errorf("%d rejects can be listed: %v", r.Len(), err)
			}
		})
	}
}

// The same holds for files whose rows are no orders.
func TestLineNumbersOfOthers(t *testing.T) {
	w := inMemory(t)
	load(t, w, file(t, "orders.csv", table(shop...)), file(t, "refunds.csv", table("Refund ID,Order ID,Refund Date,Refund Amount", "r1,1,2020-03-01,1",
		"r2,1,2020-03-01,1,too,many", "r3,1,2020-03-01,2", "r4,,2020-03-01,2", "r5,1,2020-03-01,much", "r6,1,2020-03-01,3")))
	expect(t, w, "select line, amount from core.refunds order by line", "2|1", "4|2", "7|3")
	expect(t, w, `select line, "column", value from raw.rejects order by line`, "3||r2,1,2020-03-01,1,too,many", "5|Order ID|", "6|Refund Amount|much")
}

// A load may end before its orders have their numbers; the next one sees to it.
func TestLineNumbersLeftOver(t *testing.T) {
	w := inMemory(t)
	in, done, err := w.request(LoadRequest{Sources: []string{file(t, "first.csv", table(shop...))}})
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	if err := w.write(t.Context(), nil, func(ctx context.Context, tx *duck.Tx) error {
		_, err := intake.Load(ctx, tx, in, nil)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	expect(t, w, "select count(line), count(*) from core.orders", "0|6")
	load(t, w, file(t, "second.csv", table(plainHeader, "91,a,2020-04-01,1", "92,b,2020-04-02,1")))
	expect(t, w, "select file_key, min(line), max(line), count(distinct line) from core.orders group by all order by all", "1|2|7|6", "2|2|3|2")
}

// Large files are read in parts by several threads; rows still know their line.
func TestLineNumbersOfManyRows(t *testing.T) {
	if testing.Short() {
		t.Skip("a million rows take too long for -short")
	}
	const n = 1_000_000
	bad := map[int]bool{7: true, 300_000: true, 700_000: true, 999_990: true}
	var b strings.Builder
	b.WriteString(plainHeader + "\n")
	for i := range n {
		b.WriteString(orderRow(i))
		if bad[i] {
			b.WriteString(",one,too,many")
		}
		b.WriteByte('\n')
	}
	w := inMemory(t)
	f := load(t, w, file(t, "many.csv", b.String())).Files[0]
	if f.Rows != n || f.Rejected != 4 || f.Kept != n-4 {
		t.Errorf("%d rows, %d kept, %d rejected", f.Rows, f.Kept, f.Rejected)
	}
	expect(t, w, "select line from raw.rejects order by line", "9", "300002", "700002", "999992")
	expect(t, w, "select count(*) from core.orders where line <> order_id::bigint - 1000000 + 2", "0")
}

func TestStatuses(t *testing.T) {
	w := loaded(t, plainHeader+",Status", "1,a,2020-01-01,10,paid", "2,a,2020-01-02,10,Cancelled", "3,a,2020-01-03,10,交易关闭", "4,a,2020-01-04,10,unpaid",
		"5,a,2020-01-05,10,refunded", "6,a,2020-01-06,10,void", "7,a,2020-01-07,10,zorgblatt", "8,a,2020-01-08,10,交易成功", "9,a,2020-01-09,10,")
	expect(t, w, "select standing, string_agg(order_id, ' ' order by order_id) from core.orders group by 1 order by 1",
		"purchase|1 7 8 9", "refunded|5", "excluded|2 3 4 6")
	if got := customer(t, w, "a", "orders", "net_revenue"); got != "4|40" {
		t.Errorf("a has %s", got)
	}
	files, err := w.Files(context.Background())
	if err != nil || !strings.Contains(strings.Join(files[0].Warnings, " "), "zorgblatt") || files[0].Excluded != 4 {
		t.Errorf("%+v: %v", files, err)
	}
}

// A status beyond the sample that decides about columns still counts.
func TestLateStatus(t *testing.T) {
	var b strings.Builder
	b.WriteString(plainHeader + ",Status\n")
	for i := range 5000 {
		status := "paid"
		if i == 4000 {
			status = "cancelled"
		}
		if i == 4001 {
			status = "refunded"
		}
		b.WriteString(orderRow(i) + "," + status + "\n")
	}
	w := inMemory(t)
	load(t, w, file(t, "orders.csv", b.String()))
	expect(t, w, "select line, standing from core.orders where standing <> 'purchase' order by line", "4002|excluded", "4003|refunded")
}

// A refund with a date of its own counts from that day on.
func TestRefundsFile(t *testing.T) {
	w := inMemory(t)
	load(t, w, file(t, "refunds.csv", table("Refund ID,Order ID,Refund Date,Refund Amount,Reason", "r1,1,2020-03-01,10,broken", "r2,2,2020-04-01,5,late")),
		file(t, "orders.csv", table(plainHeader, "1,a,2020-01-01,10", "2,a,2020-02-01,20", "3,b,2020-05-01,1")))
	for asOf, want := range map[string]string{"2020-02-15": "2|30", "2020-03-01": "1|20", "2020-03-31": "1|20", "2020-05-01": "1|15"} {
		apply(t, w, Settings{AsOf: day(t, asOf)})
		if got := customer(t, w, "a", "orders", "net_revenue"); got != want {
			t.Errorf("as of %s a has %s, not %s", asOf, got, want)
		}
	}
}

func TestMappingOverrideAndMemory(t *testing.T) {
	ctx := context.Background()
	header := "nr,wer,wann,wieviel"
	path := file(t, "odd.csv", table(header, "1,a,2020-01-01,10", "2,b,2020-01-02,20"))
	w := inMemory(t)
	_, err := w.Load(ctx, LoadRequest{Sources: []string{path}}, nil)
	var need *NeedsAnswerError
	if !errors.As(err, &need) || len(need.File.Questions) == 0 || !strings.Contains(err.Error(), "--map") {
		t.Fatalf("columns nobody knows: %v", err)
	}
	answers := map[string]string{"order_id": "nr", "customer_id": "wer", "ordered_at": "wann", "total": "wieviel"}
	loadAs(t, w, LoadRequest{Sources: []string{path}, Map: answers})
	expect(t, w, "select order_id, customer_id, net_revenue from core.orders order by 1", "1|a|10", "2|b|20")

	w = inMemory(t)
	if err := w.RememberMapping(ctx, path, answers, ReadOptions{}); err != nil {
		t.Fatal(err)
	}
	next := file(t, "next.csv", table(strings.ToUpper(header), "3,a,2020-01-03,30"))
	checked, err := w.Check(ctx, LoadRequest{Sources: []string{next}}, nil)
	if err != nil || len(checked.Files[0].Questions) != 0 || checked.Orders != 1 {
		t.Errorf("a check does not know what is remembered: %+v, %v", checked, err)
	}
	load(t, w, next)
	expect(t, w, "select order_id, customer_id, net_revenue from core.orders", "3|a|30")
	if _, err := w.Load(ctx, LoadRequest{Sources: []string{path}, Map: map[string]string{"customer_id": "nowhere"}}, nil); err == nil {
		t.Error("a column that is not there is taken")
	}
}

// A check reads as a load would, in the same time zone, and keeps nothing.
func TestCheck(t *testing.T) {
	ctx := context.Background()
	w := inMemory(t)
	apply(t, w, Settings{TimeZone: "Asia/Shanghai"})
	before := contents(t, w)
	path := file(t, "orders.csv", table(plainHeader, "1,a,2020-01-01T20:00:00Z,10", "2,a,2020-01-01T10:00:00Z,10"))
	unclear := file(t, "odd.csv", table("nr,wer,wann,wieviel", "1,a,2020-01-01,10"))
	report, err := w.Check(ctx, LoadRequest{Sources: []string{path, unclear}}, nil)
	if err != nil || len(report.Files) != 2 || report.Orders != 2 || len(report.Files[1].Questions) == 0 {
		t.Fatalf("%+v: %v", report, err)
	}
	if contents(t, w) != before {
		t.Error("a check changes the workspace")
	}
	loaded := load(t, w, path)
	if *report.Files[0].DateMax != *loaded.Files[0].DateMax {
		t.Errorf("the check says %s, the load %s", *report.Files[0].DateMax, *loaded.Files[0].DateMax)
	}
}

// Who the customers are does not depend on which file comes first.
func TestCustomersFile(t *testing.T) {
	people := file(t, "customers.csv", table("Customer ID,Name,Email,City", "a,Ada Invented,ada@example.com,Leith", "z,Zed Invented,,Hove"))
	orders := file(t, "orders.csv", table(shop...))
	for name, files := range map[string][][]string{
		"before": {{people}, {orders}}, "after": {{orders}, {people}}, "together": {{orders, people}}, "together, first": {{people, orders}},
	} {
		w := inMemory(t)
		for _, f := range files {
			load(t, w, f...)
		}
		expect(t, w, "select customer_id, name, email, city from core.persons order by 1",
			"a|Ada Invented|ada@example.com|Leith", "b|||", "c|||", "z|Zed Invented||Hove")
		if o := overview(t, w); o.Customers != 3 || o.PersonsNoOrder != 1 {
			t.Errorf("%s: %d customers, %d without orders", name, o.Customers, o.PersonsNoOrder)
		}
		if got := rows(t, w, "select kind, value from core.identities order by all"); strings.Join(got, " ") !=
			"customer id|a customer id|b customer id|c customer id|z e-mail|ada@example.com" {
			t.Errorf("%s: identities %q", name, got)
		}
	}
}

func TestIdentityCoverage(t *testing.T) {
	w := loaded(t, plainHeader, "1,00001,2020-01-01,10", "2,,2020-01-02,20", "3,17850.0,2020-01-03,30", "4,186******05,2020-01-04,40", "5,N/A,2020-01-05,0")
	q, err := w.Quality(context.Background())
	if err != nil || q.IdentityCoverageOrders == nil || *q.IdentityCoverageOrders != 0.4 || *q.IdentityCoverageRevenue != 0.4 || q.Anonymous != 3 {
		t.Errorf("%+v: %v", q, err)
	}
	expect(t, w, "select customer_id from core.persons order by 1", "00001", "17850")
}

// Ids are text: what looks alike to a spreadsheet stays apart, what is one stays one.
func TestIDs(t *testing.T) {
	w := loaded(t, plainHeader, "1,00001,2020-01-01,1", "2,1,2020-01-02,2", "3,1.0,2020-01-03,4", "4,' 1 ',2020-01-04,8", "5,=\"1\",2020-01-05,16")
	for _, line := range rows(t, w, "select customer_id, orders, net_revenue from derived.customers order by 1") {
		t.Log(line)
	}
	if got := customer(t, w, "00001", "orders"); got != "1" {
		t.Errorf("00001 has %s orders", got)
	}
	if got := customer(t, w, "1", "orders"); got == "1" {
		t.Errorf("1 and 1.0 are apart: %s", got)
	}
}

// The same order in two files counts once, and the file that repeats it says so.
func TestRepeatedOrders(t *testing.T) {
	w := inMemory(t)
	report := load(t, w, file(t, "jan.csv", table(plainHeader, "1,a,2020-01-01,10", "2,a,2020-01-02,20")),
		file(t, "feb.csv", table(plainHeader, "2,a,2020-01-02,20", "3,a,2020-02-01,30")))
	if report.Orders != 3 || report.NetRevenue.String() != "60" || report.Files[1].Duplicates != 1 {
		t.Errorf("%+v", report)
	}
	report = load(t, w, file(t, "mar.csv", table(plainHeader, "3,a,2020-02-01,30", "4,a,2020-03-01,40")))
	if report.Orders != 4 || report.NetRevenue.String() != "100" || report.Files[0].Duplicates != 1 {
		t.Errorf("%+v", report)
	}
}

func TestLoadCancelled(t *testing.T) {
	w := loaded(t, shop...)
	before := contents(t, w)
	path := file(t, "many.csv", manyOrders(50_000))
	for stop := range 6 {
		ctx, cancel := context.WithCancel(context.Background())
		steps := 0
		_, err := w.Load(ctx, LoadRequest{Sources: []string{path}}, func(Progress) {
			if steps++; steps > stop {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled at step %d, it ends in %v", stop, err)
		}
		if contents(t, w) != before {
			t.Fatalf("cancelled at step %d, the workspace has changed", stop)
		}
	}
	if report := load(t, w, path); report.Orders != 50_006 {
		t.Errorf("afterwards a load brings %d orders", report.Orders)
	}
}

// shopTable returns the shop as a table of texts.
func shopTable() tabular.Source {
	out := &tabular.Table{}
	for _, name := range strings.Split(shop[0], ",") {
		out.Columns = append(out.Columns, tabular.Column{Name: name})
	}
	for _, line := range shop[1:] {
		var row []any
		for _, cell := range strings.Split(line, ",") {
			row = append(row, cell)
		}
		out.Rows = append(out.Rows, row)
	}
	return tabular.NewSource(out)
}

// shopObjects returns the shop as JSON objects.
func shopObjects(t *testing.T) []string {
	t.Helper()
	names := strings.Split(shop[0], ",")
	var out []string
	for _, line := range shop[1:] {
		object := map[string]string{}
		for i, cell := range strings.Split(line, ",") {
			object[names[i]] = cell
		}
		text, err := json.Marshal(object)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(text))
	}
	return out
}

// zipped writes a gzip file.
func zipped(t testing.TB, name, text string) string {
	t.Helper()
	var b strings.Builder
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return file(t, name, b.String())
}
