package intake

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestBuiltinFormatsAreSound(t *testing.T) {
	f, err := readBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range f.All() {
		if format.file != format.Name+".yaml" {
			t.Errorf("the format %s stands in %s", format.Name, format.file)
		}
		if format.Kind == Orders && format.Money.Revenue == "" {
			t.Errorf("%s does not say how net revenue is made", format.Name)
		}
		if format.Kind == Orders && len(format.Status.Counted)+len(format.Status.Excluded) == 0 && format.Map[Status] != "" {
			t.Errorf("%s has a status and does not say what it means", format.Name)
		}
		for class, words := range map[StatusClass][]string{
			StatusCounted: format.Status.Counted, StatusExcluded: format.Status.Excluded, StatusRefunded: format.Status.Refunded,
		} {
			for _, word := range words {
				if got, known := format.classify(word); got != class || !known {
					t.Errorf("%s: %q is %s, not %s", format.Name, word, got, class)
				}
			}
		}
	}
}

// Every format is told from every other, by its whole header and by its must
// columns alone, in each of its languages. newFormats makes sure of it; this
// counts the headers that it makes sure of.
func TestFormatsAreToldApart(t *testing.T) {
	f := BuiltinFormats()
	headers := 0
	for _, format := range f.All() {
		for _, language := range format.languages() {
			headers++
			var names []string
			for _, h := range format.Columns {
				names = append(names, normalise(format.spellings(h, language)[0]))
			}
			found := f.match(names)
			if len(found) == 0 || found[0].Name != format.Name || found[0].Score != 1 || found[0].Language != language {
				t.Errorf("%s in %s is found as %+v", format.Name, language, found)
			}
			slices.Reverse(names) // "do not rely on the column ordering"
			if found := f.match(names); len(found) == 0 || found[0].Name != format.Name {
				t.Errorf("%s in %s is found as %+v when its columns are turned round", format.Name, language, found)
			}
		}
	}
	if headers < 50 {
		t.Errorf("only %d headers", headers)
	}
}

func TestFormatMatching(t *testing.T) {
	tests := []struct {
		name, header string
		want         []string // name and language of the best two
	}{
		{"French", `Date,"Commande n°",État,Client,Type de client,Ventes nettes`, []string{"woocommerce_analytics fr"}},
		{"newer layout first", strings.Join(firsts("wechat_orders"), ","), []string{"wechat_orders zh", "wechat_orders_old zh"}},
		{"older layout alone", strings.Join(firsts("wechat_orders_old"), ","), []string{"wechat_orders_old zh"}},
		{"one must column missing", "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,Country", nil},
		{"spelt otherwise", "invoice_no,stock code,QUANTITY,Invoice Date,unit_price,customer_id", []string{"online_retail en"}},
		{"nothing known", "a,b,c", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := inspect(t, tt.header+"\n"+strings.Repeat(",", strings.Count(tt.header, ","))+"\n")
			r, err := Recognise(s, Hints{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, m := range r.Matches {
				got = append(got, m.Name+" "+m.Language)
				if m.Score <= 0 || m.Score > 1 || m.Title == "" || m.Matched == 0 {
					t.Errorf("%+v", m)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%v, want %v", got, tt.want)
			}
			if len(got) > 0 && !strings.HasPrefix(got[0], r.FormatName()) || len(got) == 0 && r.Format != "" {
				t.Errorf("read as %s", r.FormatName())
			}
		})
	}
}

// firsts returns the columns of a built-in format as the platform writes them.
func firsts(name string) []string {
	var out []string
	for _, h := range BuiltinFormats().byName(name).Columns {
		out = append(out, `"`+h[0]+`"`)
	}
	return out
}

// The analyst may choose the second best, or none.
func TestFormatOfTheAnalyst(t *testing.T) {
	s := inspect(t, strings.Join(firsts("wechat_orders"), ",")+"\n")
	for text, want := range map[string]string{"": "wechat_orders", "format=wechat_orders_old": "wechat_orders_old", "format=none": "", "kind=customers": ""} {
		o, err := ParseMap(text)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Recognise(s, Hints{Overrides: o})
		if err != nil || r.FormatName() != want || len(r.Matches) != 2 {
			t.Errorf("%q: %q, %v", text, r.FormatName(), err)
		}
		if again, err := ParseMap(o.String()); err != nil || again.Format != o.Format || again.Kind != o.Kind {
			t.Errorf("%q does not come back from %q", text, o)
		}
	}
	o, err := ParseMap("net_revenue=订单实际支付金额,channel=")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Recognise(s, Hints{Overrides: o})
	if _, has := r.Mapping[Channel]; err != nil || has || r.Revenue != RevenueNet || r.FormatName() != "wechat_orders" {
		t.Errorf("an amount placed by hand: %s, %v, %v", r.Revenue, has, err)
	}
}

const soundFormat = `name: till
title: The till
kind: orders
language: de
columns: [Bon, Karte, Tag, [Netto, Nettobetrag], Versand]
must: [Bon, Karte, Tag, Netto]
map:
  order_id: Bon
  customer_id: Karte
  ordered_at: Tag
  total: Netto
  shipping: Versand
customer: [customer_id]
money:
  revenue: total
`

func TestFormatErrorsNameFileAndLine(t *testing.T) {
	if _, err := ParseFormat("till.yaml", []byte(soundFormat)); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, old, new, want string }{
		{"must not mapped", "must: [Bon,", "must: [Versand, Bon,", ""},
		{"must unmapped", "  ordered_at: Tag\n", "  ordered_at: Netto\n", `till.yaml, line 6: the must column "Tag" is mapped to no field`},
		{"must unknown", "must: [Bon", "must: [Beleg", `till.yaml, line 6: the must column "Beleg" is not among the columns`},
		{"unknown field", "  shipping: Versand", "  postage: Versand", `till.yaml, line 12: a file of kind orders has no field "postage"`},
		{"unknown column", "shipping: Versand", "shipping: Porto", `till.yaml, line 12: "Porto" is not among the columns`},
		{"need unmapped", "kind: orders", "kind: refunds", `till.yaml, line 8: no column is mapped to refund, refunded_at, which a file of kind refunds needs`},
		{"unknown kind", "kind: orders", "kind: bons", `till.yaml, line 3: there is no kind of file "bons"`},
		{"no title", "title: The till\n", "", `till.yaml, line 1: the format does not say its title`},
		{"unknown key", "title:", "titel: x\ntitle:", "till.yaml, line 2: "},
		{"not YAML", "columns: [Bon", "columns: [[[Bon", "till.yaml, line "},
		{"column twice", "Versand]", "Versand, bon]", `till.yaml, line 5: the column "bon" stands twice`},
		{"nameless column", "Versand]", `Versand, "--"]`, `till.yaml, line 5: the column "--" has neither letters nor digits`},
		{"rule without its field", "revenue: total", "revenue: price", `till.yaml, line 15: the rule price needs a column mapped to price`},
		{"unknown rule", "revenue: total", "revenue: profit", `till.yaml, line 15: there is no rule "profit"`},
		{"unknown level", "  revenue: total", "  revenue: total\n  per: day", `till.yaml, line 16: amounts belong to the order or to the row, not to "day"`},
		{"unknown amount", "  revenue: total", "  revenue: total\n  row: [gross]", `row and outside list shipping, tax or refund, not "gross"`},
		{"not a key of people", "customer: [customer_id]", "customer: [name]", `till.yaml, line 13: a customer is known by`},
		{"unknown reader", "customer:", "read: {total: backwards}\ncustomer:", `till.yaml, line 13: a mapped field can be read as packed_amounts`},
		{"other language", "customer:", "languages: {en: {Receipt: Bon}}\ncustomer:", `till.yaml, line 13: "Receipt" is not among the columns`},
		{"not UTF-8", "till", "t\xffll", "till.yaml: the file is not UTF-8 text"},
		{"far too long", "title:", strings.Repeat("#", 300_000) + "\ntitle:", "till.yaml: a file of 300,"},
		{"bottomless", "columns: [", "columns: " + strings.Repeat("[", 1000), "till.yaml: the format cannot be read: brackets are nested too deep"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(soundFormat, tt.old, tt.new, 1)
			if text == soundFormat {
				t.Fatal("nothing was changed")
			}
			_, err := ParseFormat("till.yaml", []byte(text))
			switch {
			case tt.want == "" && err != nil:
				t.Error(err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
}

// A format of the analyst's stands beside the others, or replaces one.
func TestOwnFormats(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("notes.txt", "no format")
	write("till.yaml", soundFormat)
	own, err := BuiltinFormats().With(dir)
	if err != nil || len(own.All()) != len(BuiltinFormats().All())+1 {
		t.Fatal(err)
	}
	s := inspect(t, "Bon,Karte,Tag,Nettobetrag,Versand\n1,k,2026-01-02,12.00,2.00\n")
	r, err := Recognise(s, Hints{Formats: own})
	if err != nil || r.Format != "The till" || show(s, r.Mapping) != "customer_id=Karte order_id=Bon ordered_at=Tag shipping=Versand total=Nettobetrag" {
		t.Errorf("%s: %s, %v", r.Format, show(s, r.Mapping), err)
	}
	again := write("again.yaml", soundFormat)
	if _, err := BuiltinFormats().With(dir); err == nil || !strings.Contains(err.Error(), again) {
		t.Errorf("two formats of one name: %v", err)
	}
	if _, err := BuiltinFormats().With(filepath.Join(dir, "nowhere")); err == nil {
		t.Error("a file that is not there is taken")
	}
	cdnow, err := formatFiles.ReadFile("formats/cdnow.yaml")
	if err != nil {
		t.Fatal(err)
	}
	better := write("better.yml", strings.Replace(string(cdnow), "CDNOW purchases", "Better", 1))
	replaced, err := BuiltinFormats().With(better)
	if err != nil || len(replaced.All()) != len(BuiltinFormats().All()) || replaced.byName("cdnow").Title != "Better" {
		t.Errorf("a format is not replaced: %v", err)
	}
	twin := write("twin.yml", strings.Replace(string(cdnow), "name: cdnow", "name: twin", 1))
	if _, err := BuiltinFormats().With(twin); err == nil || !strings.Contains(err.Error(), `cannot be told from those of the format "cdnow"`) {
		t.Errorf("two formats of one header: %v", err)
	}
}

func TestFormatStatuses(t *testing.T) {
	magento, pdd := BuiltinFormats().byName("magento_orders"), BuiltinFormats().byName("pinduoduo_orders")
	for _, tt := range []struct {
		format *Format
		word   string
		class  StatusClass
		known  bool
	}{
		{magento, "closed", StatusRefunded, true},
		{nil, "closed", StatusCounted, true},
		{magento, "Complete", StatusCounted, true},
		{magento, "shipped", StatusCounted, true}, // of the general words
		{magento, "mystery", StatusCounted, false},
		{pdd, "已收货 · 退款成功", StatusRefunded, true},
		{pdd, "已取消 · 退款成功", StatusExcluded, true},
		{pdd, "已收货 · 无售后或售后取消", StatusCounted, true},
	} {
		if class, known := tt.format.classifyBoth(tt.word); class != tt.class || known != tt.known {
			t.Errorf("%q: %s %v, want %s %v", tt.word, class, known, tt.class, tt.known)
		}
	}
}

func FuzzParseFormat(f *testing.F) {
	f.Add([]byte(soundFormat))
	f.Add([]byte("columns: [[a, b], c]\nmust: [x]\nmap: {order_id: a}\nlanguages: {fr: {a: b}}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		format, err := ParseFormat("fuzz.yaml", text)
		if err == nil && (format.Name == "" || len(format.Columns) == 0 && format.Kind != Aside) {
			t.Errorf("%+v", format)
		}
	})
}
