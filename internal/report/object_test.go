package report

import (
	"math"
	"strings"
	"testing"

	"worth/internal/tabular"
)

func TestWriteObject(t *testing.T) {
	type inner struct {
		File   string   `json:"file"`
		Notes  []string `json:"warnings"`
		Day    *string  `json:"date_min"`
		Skip   []string `json:"questions,omitempty"`
		Hidden int      `json:"-"`
		Plain  int
	}
	third := 1.0 / 3
	object := Object{
		{"net", tabular.Decimal{Unscaled: 12500, Scale: 4}},
		{"share", &third},
		{"none", (*float64)(nil)},
		{"nan", math.NaN()},
		{"files", []inner{{File: "a<b>&\x1b.csv"}}},
		{"rows", tabular.Table{Columns: columns[5:6], Rows: [][]any{{day}, {nil}}}},
		{"first", Row(tabular.Table{Columns: columns[:2], Rows: [][]any{{"007", int64(2)}}})},
		{"nobody", Row(tabular.Table{Columns: columns})},
	}
	want := `{
  "net": 1.25,
  "share": 0.3333333333333333,
  "none": null,
  "nan": null,
  "files": [
    {
      "file": "a<b>&\u001b.csv",
      "warnings": [],
      "date_min": null
    }
  ],
  "rows": [
    {
      "last_order": "2026-03-09"
    },
    {
      "last_order": null
    }
  ],
  "first": {
    "customer_id": "007",
    "orders": 2
  },
  "nobody": {}
}
`
	var out strings.Builder
	if err := WriteObject(&out, object); err != nil || out.String() != want {
		t.Errorf("got %s (%v), not %s", out.String(), err, want)
	}
	if err := WriteObject(&out, Object{{"f", func() {}}}); err == nil {
		t.Error("a function was written as JSON")
	}
}
