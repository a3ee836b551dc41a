package intake

import (
	"slices"
	"strings"
	"testing"
)

func TestPreamble(t *testing.T) {
	rows := "o1,c1,2026-01-02,3.50\no2,c2,2026-01-03,4\no3,c2,2026-01-04,5\no4,c3,2026-01-05,6\n"
	header := "order_id,customer_id,date,total\n"
	tests := []struct {
		name, text string
		skip       int
		labels     bool
		rows       int
	}{
		{"none", header + rows, 0, false, 4},
		{"title", "Order report\n" + header + rows, 1, false, 4},
		{"title, padded, and period", "Order report,,,\nfrom,2026-01-01,,\n\n" + header + rows, 3, false, 4},
		{"title after a mark, CRLF", "\xef\xbb\xbf" + strings.ReplaceAll("Order report\n\n"+header+rows, "\n", "\r\n"), 2, false, 4},
		{"labels above", ",,when,what\n" + header + rows, 1, false, 4},
		{"repeated labels above", "keys,keys,facts,facts\n" + header + rows, 1, false, 4},
		{"labels below", header + " , ,when,收入\n" + rows, 0, true, 4},
		{"units below", header + ",,,(元)\n" + rows, 0, true, 4},
		{"title and labels", "Report\n" + header + ",,日期,元\n" + rows, 1, true, 4},
		{"delimiter at the end", "order_id,customer_id,date,total,\n" + strings.ReplaceAll(rows, "\n", ",\n"), 0, false, 4},
		{"a longer row than the header", header + strings.ReplaceAll(rows, "\n", ",\n"), 0, false, 4},
		{"a first row half empty", header + "o0,,,\n" + rows, 0, false, 5},
		{"a first row without amount", header + "o0,c9,2026-01-01,\n" + rows, 0, false, 5},
		{"no header", rows, 0, false, 4},
		{"no header, first row half empty", "o0,,,\n" + rows, 0, false, 5},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := inspect(t, tt.text)
			if s.SkipLines != tt.skip || s.Labels != tt.labels || len(s.Sample) != tt.rows {
				t.Errorf("%d lines skipped, labels %v, rows %q, evidence %q", s.SkipLines, s.Labels, s.Sample, s.Evidence)
			}
			if s.HasHeader && !slices.Equal(s.Headers[:4], []string{"order_id", "customer_id", "date", "total"}) {
				t.Errorf("headers %q", s.Headers)
			}
		})
	}
}

func TestTrailingEmptyColumnsAreSaid(t *testing.T) {
	s := inspect(t, "order_id,date,\no1,2026-01-02,\no2,2026-01-03,\n")
	if !strings.Contains(strings.Join(s.Evidence, "\n"), "1 column at the end") {
		t.Errorf("evidence %q", s.Evidence)
	}
}
