package workspace

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// formatsDir holds a folder of invented exports for every format, with the
// quirks of the platform, and beside them what loading them has to give.
var formatsDir = filepath.Join("..", "..", "testdata", "formats")

// canonical are the questions a golden load answers: every canonical column, keys
// replaced by what they stand for.
var canonical = []struct{ title, sql string }{
	{"files", `select parse_filename(path) as file, kind, format, rows, kept, rejected, credits, excluded, duplicates, date_min, date_max,
		net_revenue, mapping::varchar as mapping, warnings from raw.files order by file_key`},
	{"rejects", `select parse_filename(f.path) as file, r.line, r."column", r.value, r.reason
		from raw.rejects r join raw.files f using (file_key) order by r.file_key, r.line, r."column"`},
	{"orders", `select o.* exclude (order_key, person_key), p.customer_id as person
		from core.orders o left join core.persons p using (person_key) order by o.ordered_at, o.order_id, o.file_key, o.line`},
	{"order_lines", `select l.* exclude (order_key, product_key), o.order_id, p.sku
		from core.order_lines l left join core.orders o using (order_key) left join core.products p using (product_key) order by l.file_key, l.line`},
	{"products", `select * exclude (product_key) from core.products order by sku`},
	{"persons", `select * exclude (person_key) from core.persons order by customer_id`},
	{"identities", `select p.customer_id as person, i.kind, i.value, i.source, i.masked
		from core.identities i left join core.persons p using (person_key) order by all`},
	{"refunds", `select r.* exclude (order_key), o.order_id from core.refunds r left join core.orders o using (order_key) order by r.file_key, r.line`},
	{"referrals", `select r.* exclude (referrer_key, referred_key), a.customer_id as referrer, b.customer_id as referred
		from core.referrals r left join core.persons a on a.person_key = r.referrer_key left join core.persons b on b.person_key = r.referred_key order by all`},
	{"interactions", `select i.* exclude (person_key, account_key), p.customer_id as person from core.interactions i left join core.persons p using (person_key) order by all`},
	{"spend", `select * from core.spend order by file_key, line`},
	{"campaigns", `select * exclude (campaign_key) from core.campaigns order by file_key, line`},
	{"campaign_members", `select m.* exclude (campaign_key, person_key, account_key), c.name as campaign, p.customer_id as person
		from core.campaign_members m left join core.campaigns c using (campaign_key) left join core.persons p using (person_key) order by m.file_key, m.line`},
}

// dump writes the canonical tables down, those without rows left out.
func dump(t testing.TB, w *Workspace) string {
	t.Helper()
	var out strings.Builder
	for _, q := range canonical {
		names := rows(t, w, "select string_agg(column_name, '|') from (describe "+q.sql+")")
		if body := rows(t, w, q.sql); len(body) > 0 {
			fmt.Fprintf(&out, "== %s\n%s\n%s\n\n", q.title, strings.Join(names, ""), strings.Join(body, "\n"))
		}
	}
	if q, err := w.Quality(context.Background()); err == nil && q.Orders > 0 {
		fmt.Fprintf(&out, "== worth\n")
		if o, err := w.Overview(context.Background()); err == nil {
			fmt.Fprintf(&out, "customers %d, orders %d, net revenue %s\n", o.Customers, o.Orders, o.NetRevenue)
		} else {
			fmt.Fprintf(&out, "%v\n", err)
		}
	}
	return out.String()
}

// formatFolders lists the folders of formatsDir.
func formatFolders(t testing.TB) []string {
	t.Helper()
	entries, err := os.ReadDir(formatsDir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, e.Name())
		}
	}
	return out
}

// exports lists the files of one folder of formatsDir, in order of their names.
func exports(t testing.TB, name string) []string {
	t.Helper()
	var out []string
	for _, pattern := range []string{"*.csv", "*.txt", "*.tsv"} {
		found, err := filepath.Glob(filepath.Join(formatsDir, name, pattern))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, found...)
	}
	return out
}

func TestGoldenLoads(t *testing.T) {
	for i, name := range formatFolders(t) {
		if spare(i) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			w := inMemory(t)
			for _, f := range load(t, w, exports(t, name)...).Files {
				if len(f.Formats) == 0 || !f.Formats[0].Taken {
					t.Errorf("%s is not recognised: %s %+v", f.File, f.Format, f.Formats)
				}
				if lost := f.Rows - f.Kept - f.Rejected - f.Duplicates; lost > 0 && f.Kind != "aside" {
					t.Errorf("%s: %d rows went missing without a word", f.File, lost)
				}
			}
			golden := filepath.Join(formatsDir, name, "load.golden")
			got := dump(t, w)
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the load is not as written down (-update renews it, look at it first)\ngot:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// Files give the same people, orders and totals in whatever order they are loaded,
// in one load or in several.
func TestAnyOrderOfFiles(t *testing.T) {
	same := []string{
		`select o.* exclude (file_key, line, order_key, person_key), p.customer_id as person
			from core.orders o left join core.persons p using (person_key) order by o.order_id`,
		`select customer_id from core.persons order by customer_id`,
		`select i.* exclude (file_key, line, person_key, account_key), p.customer_id as person from core.interactions i join core.persons p using (person_key) order by all`,
		`select l.* exclude (file_key, line, order_key, product_key), o.order_id from core.order_lines l left join core.orders o using (order_key) order by all`,
	}
	for i, name := range []string{"olist", "youzan", "taobao", "journey", "shop"} {
		if spare(i) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			files := exports(t, name)
			if name == "shop" {
				files = []string{exports(t, "shopify_orders")[0], exports(t, "shopify_customers")[0], exports(t, "klaviyo_profiles")[0], exports(t, "square_transactions")[0]}
			}
			backwards := slices.Clone(files)
			slices.Reverse(backwards)
			var want []string
			for _, loads := range [][][]string{{files}, {backwards}, {files[:1], files[1:]}, {files[len(files)/2:], files[:len(files)/2]}} {
				if name == "olist" && len(loads) > 1 {
					continue // reviews name orders, which have to be loaded by then
				}
				w := inMemory(t)
				for _, sources := range loads {
					load(t, w, sources...)
				}
				var got []string
				for _, q := range same {
					got = append(got, rows(t, w, q)...)
				}
				if want == nil {
					want = got
				}
				if !slices.Equal(got, want) {
					t.Errorf("loaded as %v:\n%s\nnot\n%s", loads, strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
			}
		})
	}
}

// An export without buyers takes none away from the one that names them.
func TestBuyersOutrankLines(t *testing.T) {
	orders := file(t, "ExportOrderList.csv", table("订单编号,买家会员名,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,订单创建时间",
		"3000,tb_an,100,0,100,85,交易成功,2026-01-02 10:00:00"))
	lines := exports(t, "taobao_suborders")[0]
	for _, loads := range [][][]string{{{orders, lines}}, {{lines, orders}}, {{lines}, {orders}}, {{orders}, {lines}}} {
		w := inMemory(t)
		for _, sources := range loads {
			load(t, w, sources...)
		}
		expect(t, w, `select order_id, customer_id, net_revenue, (select count(*) from core.order_lines l where l.order_key = o.order_key) from core.orders o where order_id = '3000'`,
			"3000|tb_an|85|2")
	}
}

// A returns sheet nets the orders it names: at its own dates, what the orders file
// says already not again, and never more than the goods.
func TestReturnsSheet(t *testing.T) {
	w := inMemory(t)
	load(t, w,
		file(t, "orders.csv", table("Order ID,Customer ID,Order Date,Subtotal,Shipping,Total,Refunded Amount,Status",
			"1,a,2026-01-02,100,5,105,,completed", "2,b,2026-01-09,40,5,45,,completed", "3,a,2026-02-02,60,5,65,20,completed",
			"4,c,2026-02-05,20,5,25,,cancelled", "5,c,2026-03-01,10,0,10,,completed")),
		file(t, "returns.csv", table("Order ID,Refund ID,Refund Date,Refund Amount,Reason",
			"1,r1,2026-03-02,30,late", "2,r2,2026-01-20,45,broken", "4,r3,2026-02-20,20,cancelled", "3,r4,2026-03-05,20,odd", "9,r5,2026-03-06,7,unknown")))
	apply(t, w, Settings{AsOf: day(t, "2026-03-31")})
	expect(t, w, "select customer_id, orders, net_revenue from derived.customers order by 1", "a|2|110", "b|0|0", "c|1|10")
	expect(t, w, "select month, net_revenue from derived.months order by 1", "2026-01-01|100", "2026-02-01|40", "2026-03-01|-20")
	if o := overview(t, w); o.NetRevenue.String() != "120.00" && o.NetRevenue.String() != "120" {
		t.Errorf("net revenue %s, not 120", o.NetRevenue)
	}
	apply(t, w, Settings{AsOf: day(t, "2026-01-15")})
	expect(t, w, "select customer_id, orders, net_revenue from derived.customers where orders > 0 order by 1", "a|1|100", "b|1|40")
}

// A remembered mapping keeps what the format knows beside the columns.
func TestRememberedFormat(t *testing.T) {
	path := exports(t, "taobao")[1]
	w := inMemory(t)
	if err := w.RememberMapping(context.Background(), path, map[string]string{"shop": ""}, ReadOptions{}); err != nil {
		t.Fatal(err)
	}
	load(t, w, path)
	expect(t, w, "select order_id, shop, platform, net_revenue from core.orders where order_id like '%3' or order_id like '%2' order by 1",
		"1000000000000000002||淘宝|45", "1000000000000000003||淘宝|0")
	plain := inMemory(t)
	report := loadAs(t, plain, LoadRequest{Sources: []string{path}, Map: map[string]string{"format": "none"}})
	if f := report.Files[0]; f.Format != "csv" || len(f.Formats) == 0 || f.Formats[0].Taken {
		t.Errorf("%s, %+v", f.Format, f.Formats)
	}
}

// Shipping and tax count by setting, and never for what was given back in full.
func TestShippingAndTaxBySetting(t *testing.T) {
	w := inMemory(t)
	load(t, w, exports(t, "woocommerce_orders")...)
	for _, tt := range []struct {
		set  Settings
		want string
	}{
		{Settings{}, "165"},
		{Settings{WithShipping: true}, "174.8"},              // 165 + 4.90 + 4.90
		{Settings{WithTax: true}, "199.2"},                   // 165 + 17.10 + 9.50 + 2.85 + 4.75
		{Settings{WithShipping: true, WithTax: true}, "209"}, // both
	} {
		apply(t, w, tt.set)
		expect(t, w, "select sum(net_revenue) from derived.overview", tt.want)
	}
}

// Two shops may number their orders alike.
func TestPlatformsNumberAlike(t *testing.T) {
	woo := file(t, "woo.csv", table("order_number,order_date,status,order_total,order_subtotal,discount_total,billing_email",
		"501,2026-01-03 10:00:00,completed,20,20,0,a@example.com", "502,2026-01-04 10:00:00,completed,30,30,0,b@example.com"))
	magento := file(t, "magento.csv", table("ID,Purchase Point,Purchase Date,Grand Total (Base),Status,Customer Email",
		"502,Main,2026-02-03 10:00:00,7,complete,b@example.com", "501,Main,2026-02-04 10:00:00,5,complete,c@example.com"))
	again := file(t, "again.csv", table("order_number,order_date,status,order_total,order_subtotal,discount_total,billing_email,order_id",
		"502,2026-01-04 10:00:00,completed,30,30,0,b@example.com,9"))
	for _, loads := range [][][]string{{{woo, magento, again}}, {{magento, woo, again}}, {{again}, {magento}, {woo}}, {{woo}, {again}, {magento}}} {
		w := inMemory(t)
		for _, sources := range loads {
			load(t, w, sources...)
		}
		expect(t, w, "select platform, order_id, customer_id, net_revenue from core.orders order by all",
			"Magento|501|c@example.com|5", "Magento|502|b@example.com|7", "WooCommerce|501|a@example.com|20", "WooCommerce|502|b@example.com|30")
		expect(t, w, "select count(distinct order_key) from core.orders", "4")
	}
}

// Exports of overlapping days bring every order and every line once, in one load or
// in two.
func TestOverlappingExports(t *testing.T) {
	header := "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
	one := file(t, "one.csv", table(header, "900001,A,Mug,2,2026-01-01 10:00:00,5,7,FR", "900002,A,Mug,1,2026-01-02 10:00:00,5,7,FR", "900002,B,Cup,1,2026-01-02 10:00:00,3,7,FR"))
	two := file(t, "two.csv", table(header, "900002,A,Mug,1,2026-01-02 10:00:00,5,7,FR", "900002,B,Cup,1,2026-01-02 10:00:00,3,7,FR", "900003,A,Mug,4,2026-01-03 10:00:00,5,8,FR"))
	for _, loads := range [][][]string{{{one, two}}, {{two, one}}, {{one}, {two}}, {{two}, {one}}} {
		w := inMemory(t)
		var repeats int64
		for _, sources := range loads {
			for _, f := range load(t, w, sources...).Files {
				repeats += f.Duplicates
			}
		}
		expect(t, w, "select order_id, customer_id, net_revenue from core.orders order by 1", "900001|7|10", "900002|7|8", "900003|8|20")
		expect(t, w, "select count(*), sum(net_revenue) from core.order_lines", "4|38")
		if repeats != 1 {
			t.Errorf("%d orders are said to repeat", repeats)
		}
	}
}
