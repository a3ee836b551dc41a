package workspace

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// bytesOf returns n bytes that are no text.
func bytesOf(n int) string {
	random := rand.New(rand.NewPCG(1, 2))
	out := make([]byte, n)
	for i := range out {
		out[i] = byte(random.UintN(256))
	}
	return string(out)
}

// Files that cannot be loaded end in a sentence that names them, and the workspace
// stays as it was.
func TestRefused(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	w := loaded(t, shop...)
	before := contents(t, w)
	whole := zipped(t, "whole.csv.gz", manyOrders(20_000))
	packed, err := os.ReadFile(filepath.Clean(whole))
	if err != nil {
		t.Fatal(err)
	}
	good := plainHeader + "\n1,a,2020-01-01,10\n"
	late := manyOrders(300_000)
	for name, c := range map[string]struct{ path, want string }{
		"missing":             {filepath.Join(dir, "none.csv"), "no such file"},
		"empty":               {file(t, "empty.csv", ""), "empty"},
		"blank":               {file(t, "blank.csv", "\n\n  \n"), "blank lines"},
		"binary":              {file(t, "binary.csv", bytesOf(5000)), "save"},
		"ELF":                 {file(t, "program", "\x7fELF\x02\x01\x01\x00\x00"), "NUL"},
		"folder of nothing":   {dir, "no data files"},
		"glob of nothing":     {filepath.Join(dir, "*.csv"), "no file matches"},
		"cut off gzip":        {file(t, "cut.csv.gz", string(packed[:len(packed)/2])), "cut off"},
		"cut off gzip, small": {file(t, "tiny.csv.gz", string(packed[:20])), "cut off"},
		"gzip of nothing":     {zipped(t, "nothing.csv.gz", ""), "empty"},
		"damaged gzip":        {file(t, "damaged.csv.gz", string(packed[:len(packed)-8])+"12345678"), "damaged"},
		"cut off Parquet":     {file(t, "cut.parquet", "PAR1\x15\x04\x15\x10"), "cut off"},
		"Parquet of nonsense": {file(t, "odd.parquet", "PAR1"+bytesOf(100)+"PAR1"), "odd.parquet"},
		"broken JSON":         {file(t, "broken.json", `[{"order_id": 1, "order_date": "2020-01-01", `), "broken.json"},
		"JSON cut off":        {file(t, "cut.ndjson", `{"order_id": 1, "order_date": "2020-01-01"}`+"\n"+`{"order_id": 2, "or`), "line 2, byte 20: the JSON is damaged or cut off"},
		"JSON of numbers":     {file(t, "numbers.json", `[1, 2, 3]`), "no list of records"},
		"JSON of one number":  {file(t, "number.json", `42`), "no list of records"},
		"JSON of nothing":     {file(t, "nothing.json", `[]`), "no list of records"},
		"JSON of more":        {file(t, "more.json", `[{"order_id": 1, "order_date": "2020-01-01"}, 7]`), "no list of records"},
		"JSON without bottom": {file(t, "deep.json", "[{\n\"a\":"+strings.Repeat(`{"a":`, 50_000)+"1"+strings.Repeat("}", 50_000)+"}]"), "line 2: values are nested more than 1,000 deep"},
		"dates of nonsense":   {file(t, "nodates.csv", table(plainHeader, "1,a,yesterday,10")), `values such as "yesterday" do not read so`},
		"money beyond money":  {file(t, "huge.csv", table(plainHeader, "901,a,2020-01-01,99999999999999", "902,a,2020-01-01,99999999999999")), "huge.csv: the amounts add up to more"},
		"HTML":                {file(t, "page.xls", "<html><table><tr><td>1</td></tr></table></html>"), "HTML"},
		"NUL bytes":           {file(t, "nul.csv", good+"2,a\x00,2020-01-01,10\n"), "NUL"},
		"NUL bytes, late":     {file(t, "nul-late.csv", late+"2,a\x00,2020-01-01,10\n"), "NUL"},
		"other ends, late":    {file(t, "ends-late.csv", late+"2,a,2020-01-01,10\r\n"), "line end"},
		"UTF-16":              {file(t, "utf16.csv", "\xff\xfeO\x00r\x00d\x00"), "ordered_at"},
		"no date":             {file(t, "nodate.csv", table("Order ID,Customer ID,Total", "1,a,10")), "ordered_at"},
		"hostile name":        {file(t, "hostile.csv", table(`"'; drop table core.orders; --",b,c`, "1,2,3")), "drop table"},
		"one column":          {file(t, "one.csv", table("thing", "x", "y")), "ordered_at"},
		"other program's":     {file(t, "shop.db", "SQLite format 3\x00"+bytesOf(100)), "SQLite"},
		"5,000 columns":       {file(t, "wide.csv", wide(5000)), "ordered_at"},
	} {
		t.Run(name, func(t *testing.T) {
			report, err := w.Load(ctx, LoadRequest{Sources: []string{c.path}}, nil)
			if err == nil {
				t.Fatalf("it loads: %+v", report)
			}
			text := err.Error()
			if !strings.Contains(text, c.want) || !strings.Contains(text, filepath.Base(c.path)) || strings.Contains(text, "goroutine") || !utf8.ValidString(text) {
				t.Errorf("it says %q", text)
			}
			if len(text) > 1500 || strings.ContainsAny(text, "\n$") || strings.Contains(text, ".sql") {
				t.Errorf("it says too much: %q", text)
			}
		})
	}
	if contents(t, w) != before {
		t.Error("the workspace has changed")
	}
}

func wide(n int) string {
	names, cells := make([]string, n), make([]string, n)
	for i := range names {
		names[i], cells[i] = "column with a name "+strings.Repeat("i", i%7), "1"
	}
	return strings.Join(names, ",") + "\n" + strings.Join(cells, ",") + "\n"
}

// A name that the database cannot be told is refused before anything is read.
func TestUnreadableName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "b\xffd.csv")
	if err := os.WriteFile(path, []byte(table(shop...)), 0o600); err != nil {
		t.Skipf("there can be no such name here: %v", err)
	}
	_, err := inMemory(t).Load(context.Background(), LoadRequest{Sources: []string{path}}, nil)
	if err == nil || !strings.Contains(err.Error(), "b�d.csv: the name") || !utf8.ValidString(err.Error()) {
		t.Errorf("%v", err)
	}
}

// A column may be called anything, also what a query calls something of its own.
func TestColumnsLikeAliases(t *testing.T) {
	w := inMemory(t)
	load(t, w, file(t, "alias.json", `[{"a": "x", "o": 1, "r": {"gross": 2}, "absent": 3, "line": 4, "c": 5, "order_id": 1, "customer_id": "k", "order_date": "2020-01-01", "total": 10}]`))
	expect(t, w, "select count(*), sum(net_revenue), any_value(order_id) from core.orders", "1|10|1")
}

func TestUnreadable(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	path := file(t, "secret.csv", table(shop...))
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := inMemory(t).Load(context.Background(), LoadRequest{Sources: []string{path}}, nil); err == nil || !strings.Contains(err.Error(), "permissions") {
		t.Errorf("%v", err)
	}
}

// Files that are odd and can be loaded all the same.
func TestOddButLoads(t *testing.T) {
	i := 0
	for name, c := range map[string]struct {
		text string
		want string // orders, their net revenue, and rejects
	}{
		"mixed line ends":       {plainHeader + "\n1,a,2020-01-01,10\r\n2,b,2020-01-02,20\n3,c,2020-01-03,30\r\n", "3|60|0"},
		"other ends in quotes":  {plainHeader + ",Note\r\n1,a,2020-01-01,10,\"two\nlines\"\r\n2,\"b\"x,2020-01-02,20,y\r\n3,c,2020-01-03,30,z\r\n" + strings.Repeat("9,c,2020-01-03,0,\"z\"\r\n", 200), "3|40|1"},
		"a stray return":        {plainHeader + "\n1,a,2020-01-01,10\n2,b,2020-0\r1-02,20\n3,c,2020-01-03,30\n", "2|40|2"},
		"header only":           {plainHeader + "\n", "0||0"},
		"no newline at the end": {plainHeader + "\n1,a,2020-01-01,10", "1|10|0"},
		"one order":             {plainHeader + "\n1,a,2020-01-01,10\n", "1|10|0"},
		"same names twice":      {"Order ID,Customer ID,Order Date,Total,Total,Note,Note\n1,a,2020-01-01,10,99,x,y\n", "1|10|0"},
		"names that are empty":  {"Order ID,,Customer ID,Order Date,Total,,\n1,,a,2020-01-01,10,,\n", "1|10|0"},
		"control sequences":     {plainHeader + ",\x1b[31mNote\n1,a\x1b[2J,2020-01-01,10,\x1b]0;title\x07\n", "1|10|0"},
		"hostile names":         {plainHeader + `,"'; drop table core.orders; --"` + "\n1,'; drop table core.orders; --,2020-01-01,10,x\n", "1|10|0"},
		"amounts that are none": {plainHeader + "\n1,a,2020-01-01,10\n2,a,2020-01-02,NaN\n3,a,2020-01-03,inf\n4,a,2020-01-04,-Infinity\n5,a,2020-01-05,1e999\n" +
			strings.Repeat("6,a,2020-01-06,0\n", 30), "2|10|4"},
		"amounts of nothing else": {plainHeader + "\n1,a,2020-01-01,NaN\n2,a,2020-01-02,inf\n", "2||0"},
		"10 MB in one row":        {plainHeader + ",Note\n1,a,2020-01-01,10,x\n2,a,2020-01-02,10," + strings.Repeat("x", 10<<20) + "\n3,a,2020-01-03,10,x\n", "2|20|1"},
		"5,000 columns":           {plainHeader + strings.Repeat(",more", 5000) + "\n1,a,2020-01-01,10" + strings.Repeat(",x", 5000) + "\n", "1|10|0"},
		"amounts too large":       {plainHeader + "\n1,a,2020-01-01,10\n2,a,2020-01-02,99999999999999999999\n", "1|10|1"},
		"years 1 and 9999":        {plainHeader + "\n1,a,0001-01-01,10\n2,a,2020-01-02,10\n3,a,9999-12-31,10\n", "1|10|2"},
		"the future":              {plainHeader + "\n1,a,2020-01-01,10\n2,a,2199-01-02,20\n", "2|30|0"},
		"more cells":              {plainHeader + "\n1,a,2020-01-01,10\n2,a,2020-01-02,20,extra\n3,a\n", "1|10|2"},
		"stray quote":             {plainHeader + "\n" + strings.Repeat("1,\"a\",2020-01-01,0\n", 200) + "2,\"a\"b,2020-01-02,20\n3,\"a\",2020-01-03,30\n", "2|30|1"},
		"no customer":             {"Order ID,Order Date,Total\n1,2020-01-01,10\n", "1|10|0"},
		"no amount":               {"Order ID,Customer ID,Order Date\n1,a,2020-01-01\n", "1||0"},
	} {
		if i++; spare(i) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			w := inMemory(t)
			f := load(t, w, file(t, "odd.csv", c.text)).Files[0]
			expect(t, w, "select count(*), sum(net_revenue), (select count(*) from raw.rejects) from core.orders", c.want)
			if f.Kept+f.Rejected != f.Rows {
				t.Errorf("of %d rows %d are kept and %d rejected", f.Rows, f.Kept, f.Rejected)
			}
			for _, r := range rows(t, w, "select distinct reason from raw.rejects") {
				t.Log(r)
			}
			for _, text := range append(append([]string{}, f.Warnings...), f.Evidence...) {
				if strings.ContainsAny(text, "\x1b\x07") {
					t.Errorf("a control sequence gets through: %q", text)
				}
			}
		})
	}
}

func TestHeaderOnlyAnswers(t *testing.T) {
	w := loaded(t, plainHeader)
	var none *NoAnswerError
	if _, err := w.Overview(context.Background()); !errors.As(err, &none) {
		t.Errorf("%v", err)
	}
}

// Orders without customers are revenue, and cannot be segmented.
func TestNoCustomers(t *testing.T) {
	ctx := context.Background()
	w := loaded(t, "Order ID,Order Date,Total", "1,2020-01-01,10", "2,2020-01-02,20")
	o := overview(t, w)
	if o.Orders != 2 || o.Customers != 0 || o.AnonymousOrders != 2 || o.NetRevenue.String() != "30" || o.Gini != nil || o.RepeatRate != nil {
		t.Errorf("%+v", o)
	}
	var none *NoAnswerError
	if _, err := w.Segments(ctx); !errors.As(err, &none) || !strings.Contains(err.Error(), "customer") {
		t.Errorf("segments: %v", err)
	}
	if _, err := w.Customers(ctx, View{}); !errors.As(err, &none) || !strings.Contains(err.Error(), "--map customer_id=COLUMN") {
		t.Errorf("customers: %v", err)
	}
	if _, err := w.Customer(ctx, "1"); !errors.As(err, &none) {
		t.Errorf("a customer: %v", err)
	}
	if months, err := w.Revenue(ctx); err != nil || len(months) != 1 {
		t.Errorf("months %v: %v", months, err)
	}
}

func TestOneCustomer(t *testing.T) {
	ctx := context.Background()
	for name, orders := range map[string][]string{
		"one order":     {"1,a,2020-01-01,10"},
		"one customer":  {"1,a,2020-01-01,10", "2,a,2020-01-02,20", "3,a,2020-01-02,20"},
		"for nothing":   {"1,a,2020-01-01,0", "2,a,2020-01-01,0"},
		"only credits":  {"C1,a,2020-01-01,-10", "2,b,2020-01-01,5"},
		"all the same":  {"1,a,2020-01-01,10", "2,b,2020-01-01,10", "3,c,2020-01-01,10"},
		"the same name": {"1,'; drop table core.persons; --,2020-01-01,10"},
	} {
		t.Run(name, func(t *testing.T) {
			w := loaded(t, append([]string{plainHeader}, orders...)...)
			o := overview(t, w)
			segments, err := w.Segments(ctx)
			if err != nil {
				t.Fatal(err)
			}
			n := int64(0)
			for _, s := range segments {
				n += s.Customers
			}
			if n != o.Customers || n == 0 {
				t.Errorf("%d customers in segments, %d in all", n, o.Customers)
			}
			schemes, err := Schemes()
			if err != nil {
				t.Fatal(err)
			}
			for i, s := range schemes {
				if spare(i) {
					continue
				}
				apply(t, w, Settings{Scheme: s.Name})
			}
			if _, err := w.Concentration(ctx); err != nil {
				t.Error(err)
			}
			if got := len(rows(t, w, "select distinct r, f, m from derived.customers where orders > 0")); name == "all the same" && got != 1 {
				t.Errorf("equal customers have %d scores", got)
			}
		})
	}
}

// What is dated in the future is kept, said, and set aside from the as-of date.
func TestFuture(t *testing.T) {
	w := loaded(t, plainHeader, "1,a,2020-01-01,10", "2,b,2150-01-02,20")
	if o := overview(t, w); o.AsOf != "2020-01-01" || o.Orders != 1 {
		t.Errorf("%+v", o)
	}
	q, err := w.Quality(context.Background())
	if err != nil || q.FutureOrders != 1 || !strings.Contains(strings.Join(q.Files[0].Warnings, " "), "after today") {
		t.Errorf("%+v: %v", q, err)
	}
}

// One bad file among good ones loads nothing.
func TestAllOrNothing(t *testing.T) {
	w := loaded(t, shop...)
	before := contents(t, w)
	good := file(t, "good.csv", table(plainHeader, "100,z,2020-01-01,10"))
	for name, bad := range map[string]string{
		"missing": filepath.Join(t.TempDir(), "none.csv"), "binary": file(t, "binary.csv", bytesOf(4000)), "unclear": file(t, "odd.csv", table("a,b", "1,2")),
	} {
		if _, err := w.Load(context.Background(), LoadRequest{Sources: []string{good, bad}}, nil); err == nil {
			t.Errorf("%s: it loads", name)
		}
	}
	if contents(t, w) != before {
		t.Error("the workspace has changed")
	}
}

// Bytes that are no UTF-8 beyond what is sampled.
func TestInvalidLate(t *testing.T) {
	w := loaded(t, shop...)
	before := contents(t, w)
	text := manyOrders(300_000)
	middle := strings.Index(text[len(text)/3:], "\n") + len(text)/3 + 1
	report, err := w.Load(context.Background(), LoadRequest{Sources: []string{
		file(t, "late.csv", text[:middle]+"9,M\xfcller,2020-01-01,10\n"+text[middle:]),
	}}, nil)
	if err == nil {
		f := report.Files[0]
		if f.Rejected != 1 || f.Kept != 300_000 {
			t.Errorf("%+v", f)
		}
		line := strconv.Itoa(strings.Count(text[:middle], "\n") + 1)
		expect(t, w, "select line, reason from raw.rejects", line+"|the row is not valid UTF-8")
		expect(t, w, "select order_id from core.orders where line = "+line+" + 1", strings.SplitN(text[middle:], ",", 2)[0])
		return
	}
	if !strings.Contains(err.Error(), "UTF-8") {
		t.Errorf("%v", err)
	}
	if contents(t, w) != before {
		t.Error("the workspace has changed")
	}
}
