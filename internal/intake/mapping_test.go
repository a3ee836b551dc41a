package intake

import (
	"strings"
	"testing"
)

func TestParseMap(t *testing.T) {
	o, err := ParseMap(` order_id=InvoiceNo, customer_id=#7,amount="Price, net",coupon=,kind=orders`)
	if err != nil {
		t.Fatal(err)
	}
	want := Overrides{Kind: Orders, Columns: map[Field]string{OrderID: "InvoiceNo", CustomerID: "#7", Amount: "Price, net", Coupon: ""}}
	if o.String() != want.String() || o.Kind != Orders || len(o.Columns) != 4 || o.Columns[Amount] != "Price, net" {
		t.Errorf("%+v", o)
	}
	if again, err := ParseMap(o.String()); err != nil || again.String() != o.String() {
		t.Errorf("%q reads as %q, %v", o, again, err)
	}
	for text, message := range map[string]string{
		"order_id":                      "not of the form field=column",
		"=x":                            "not of the form field=column",
		"orderid=x":                     "no field \"orderid\"; the fields are order_id, customer_id",
		"kind=shops":                    "the kinds are orders",
		"amount=a,amount=b":             "given twice",
		"order_id=a,customer=b,amount=": "no field \"customer\"",
	} {
		if _, err := ParseMap(text); err == nil || !strings.Contains(err.Error(), message) {
			t.Errorf("%q: %v, want %s", text, err, message)
		}
	}
}

func TestOverridesCheck(t *testing.T) {
	a := inspect(t, "Order ID,Order Date,Who\n1,2026-01-02,x\n2,2026-01-03,y\n")
	b := inspect(t, "Customer ID,City\n1,Bonn\n2,Graz\n")
	for text, fine := range map[string]bool{
		"customer_id=Who": true, "customer_id=who": true, "customer_id=#3": true, "city=City,customer_id=Who": true,
		"city=": true, "customer_id=Nobody": false, "customer_id=#9": false, "customer_id=#0": false,
	} {
		o, err := ParseMap(text)
		if err != nil {
			t.Fatal(err)
		}
		err = o.Check(a, b)
		if fine != (err == nil) {
			t.Errorf("%s: %v", text, err)
		}
		if err != nil && !strings.Contains(err.Error(), "Order ID, Order Date, Who") {
			t.Errorf("%s: %v does not list the columns", text, err)
		}
	}
}

func TestRememberedMapping(t *testing.T) {
	a := inspect(t, "A,B,C\n1,2026-01-02,x\n2,2026-01-03,y\n")
	b := inspect(t, "a, b ,C\n3,2026-02-02,x\n4,2026-02-03,y\n")
	if a.Signature() != b.Signature() {
		t.Error("the same header has two signatures")
	}
	for _, other := range []string{"A,C,B", "A,B", "A,B,C,D"} {
		if Signature(strings.Split(other, ",")) == a.Signature() {
			t.Errorf("%s has the signature of A,B,C", other)
		}
	}
	m := Mapping{CustomerID: 0, OrderedAt: 1}
	r, err := Recognise(b, Hints{Overrides: m.Overrides()})
	if err != nil || r.Mapping[OrderedAt] != 1 || r.Confidence[CustomerID] != Given || !r.Ready() {
		t.Errorf("%+v, %v", r, err)
	}
}
