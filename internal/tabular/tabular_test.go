package tabular

import (
	"encoding/json"
	"testing"
)

// TestDecimalJSON checks that a number is read back as the value it was written as.
func TestDecimalJSON(t *testing.T) {
	t.Parallel()
	for _, d := range []Decimal{{0, 4}, {5, 4}, {-5, 4}, {125000, 4}, {-1250001, 4}, {7, 0}} {
		text, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var got Decimal
		if err := json.Unmarshal(text, &got); err != nil || got.String() != d.String() {
			t.Errorf("%s is read back as %s, %v", d, got, err)
		}
	}
	for _, text := range []string{"1e400", "1.5.2", `"12"`, "99999999999999999999"} {
		var got Decimal
		if err := json.Unmarshal([]byte(text), &got); err == nil {
			t.Errorf("%s is read as %s", text, got)
		}
	}
}
