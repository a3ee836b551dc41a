package intake

import (
	"regexp"
	"slices"
	"testing"
)

func TestVocabularyIsSound(t *testing.T) {
	v, err := readVocabulary()
	if err != nil {
		t.Fatal(err)
	}
	types := []Type{TypeID, TypeText, TypeDate, TypeAmount, TypeInteger, TypeStatus}
	used := map[Field]bool{}
	for kind, words := range v.kinds {
		if words.Kind != kind {
			t.Errorf("%s.yaml says it is %s", kind, words.Kind)
		}
		fields := FieldsOf(kind)
		for _, f := range fields {
			used[f] = true
		}
		for _, group := range append(words.Needs, keys(words.Signs)) {
			for _, f := range group {
				if !slices.Contains(fields, f) {
					t.Errorf("%s needs or weighs %s, for which it has no names", kind, f)
				}
			}
		}
		for name, h := range words.lookup {
			if name == "" {
				t.Errorf("%s: a name of %s is only punctuation", kind, h.field)
			}
		}
	}
	for _, f := range v.fields {
		if !slices.Contains(types, f.Type) || f.Doc == "" || !used[f.Name] {
			t.Errorf("field %+v has no known type, no description or no names", f)
		}
		if f.Level != "" && f.Level != PerOrder && f.Level != PerRow {
			t.Errorf("field %s has the level %q", f.Name, f.Level)
		}
	}
}

func keys(m map[Field]int) []Field {
	var out []Field
	for f := range m {
		out = append(out, f)
	}
	return out
}

func TestNormalise(t *testing.T) {
	for name, want := range map[string]string{
		"Invoice No.": "invoiceno", "invoice_no": "invoiceno", "InvoiceNo": "invoiceno", "\ufeff\"InvoiceNo\" ": "invoiceno", "amazon-order-id": "amazonorderid",
		"商品总价(元)": "商品总价", "商品总价（元）": "商品总价", "收货地址 ": "收货地址", "Total (USD)": "total", "Created (UTC)": "created",
		"Ｔｏｔａｌ": "total", "Commande n°": "commanden", "__": "",
	} {
		if got := normalise(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestClassifyStatus(t *testing.T) {
	tests := []struct {
		word  string
		class StatusClass
		known bool
	}{
		{"completed", StatusCounted, true},
		{"Paid", StatusCounted, true},
		{"partially_refunded", StatusCounted, true},
		{"wc-processing", StatusCounted, false},
		{"Cancelled", StatusExcluded, true},
		{"canceled", StatusExcluded, true},
		{"voided", StatusExcluded, true},
		{"Pending Payment", StatusExcluded, true},
		{"Order Canceled By Seller", StatusExcluded, true},
		{"REFUNDED", StatusRefunded, true},
		{"charged_back", StatusRefunded, true},
		{"交易成功", StatusCounted, true},
		{"交易关闭", StatusExcluded, true},
		{"已取消", StatusExcluded, true},
		{"待付款", StatusExcluded, true},
		{"等待买家付款", StatusExcluded, true},
		{"已退款", StatusRefunded, true},
		{"未发货，退款成功", StatusRefunded, true},
		{"部分退款成功", StatusCounted, true},
		{"已发货，待签收", StatusCounted, true},
		{"", StatusCounted, true},
		{" ", StatusCounted, true},
		{"mystery", StatusCounted, false},
	}
	for _, tt := range tests {
		if class, known := ClassifyStatus(tt.word); class != tt.class || known != tt.known {
			t.Errorf("%q: %s %v, want %s %v", tt.word, class, known, tt.class, tt.known)
		}
	}
}

func TestCreditIDs(t *testing.T) {
	for id, want := range map[string]bool{"C536379": true, "c536379": true, "536379": false, "CN-12": true, "Copper": false, "C12": false, "XC536379": false} {
		if IsCreditID(id) != want {
			t.Errorf("%s: %v", id, !want)
		}
	}
	for _, p := range CreditPatterns() {
		if _, err := regexp.Compile(p); err != nil {
			t.Error(err)
		}
	}
}
