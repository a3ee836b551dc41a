package intake

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestDialects(t *testing.T) {
	tests := []struct {
		name, text       string
		delimiter, quote string
		columns          int
	}{
		{"comma", "customer_id,date,total\n1,2026-01-02,3.50\n2,2026-01-03,4\n", ",", `"`, 3},
		{"semicolon, decimal comma", "customer_id;date;total\n1;2026-01-02;3,50\n2;2026-01-03;4,20\n", ";", `"`, 3},
		{"semicolon, no header", "1;2026-01-02;3,50\n2;2026-01-03;4,20\n", ";", `"`, 3},
		{"tab", "订单号\t下单时间\t实付金额\r\nT1\t2026-01-02\t3\r\n", "\t", `"`, 3},
		{"pipe", "customer_id|date|total\n1|2026-01-02|3\n", "|", `"`, 3},
		{"commas in quotes", "customer_id;name\n1;\"a,b,c\"\n2;\"d,e,f\"\n", ";", `"`, 2},
		{"line breaks in quotes", "customer_id,note,date\n1,\"a\nb\n\nc\",2026-01-02\n2,x,2026-01-03\n", ",", `"`, 3},
		{"doubled quotes", "id,name,date\n1,\"a \"\"b\"\", c\",2026-01-02\n", ",", `"`, 3},
		{"stray quotes in tabs", "sku\tproduct name\tdate\nA\t\"Big\" pot\t2026-01-02\nB\t5\" pipe\t2026-01-03\nC\t\"x\" y\t2026-01-04\n", "\t", "", 3},
		{"one column", "customer_id\n1\n2\n", ",", `"`, 1},
		{"old Mac lines", "customer_id,date\r1,2026-01-02\r2,2026-01-03\r", ",", `"`, 2},
		{"cells after the header's", "customer_id,date\n1,2026-01-02,\n2,2026-01-03,\n", ",", `"`, 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := inspect(t, tt.text)
			if s.Delimiter != tt.delimiter || s.Quote != tt.quote || len(s.Columns) != tt.columns {
				t.Errorf("delimiter %q, quote %q, columns %q", s.Delimiter, s.Quote, s.Columns)
			}
		})
	}
}

func TestBackslashEscape(t *testing.T) {
	s := inspect(t, "id,name,date\n1,\"a \\\"b\\\", c\",2026-01-02\n2,\"x\",2026-01-03\n")
	if s.Escape != `\` || s.Sample[0][1] != `a "b", c` {
		t.Errorf("escape %q, sample %q", s.Escape, s.Sample)
	}
}

func TestForcedDelimiter(t *testing.T) {
	path := write(t, "a.csv", "a:b,c:d\n1:2,3:4\n")
	s, err := Inspect(t.Context(), path, Options{Delimiter: ":"})
	if err != nil || len(s.Columns) != 3 || s.Delimiter != ":" {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := Inspect(t.Context(), path, Options{Delimiter: "::"}); err == nil {
		t.Error("a delimiter of two bytes was accepted")
	}
}

func TestHeaders(t *testing.T) {
	tests := []struct {
		name, text string
		header     bool
		rows       int
	}{
		{"known names", "date,customer\n2026-01-02,a\n", true, 1},
		{"unknown names over values", "wann,wieviel\n2026-01-02,3\n2026-01-03,4\n", true, 2},
		{"values", "7,2026-01-02,3.50\n8,2026-01-03,4\n", false, 2},
		{"values with text", "anna,2026-01-02,3.50\nbert,2026-01-03,4\n", false, 2},
		{"all text, repeated", "anna,red\nbert,blue\nanna,red\n", false, 3},
		{"all text, distinct first", "wer,farbe\nbert,blau\nanna,rot\n", true, 2},
		{"blank lines above", "\n\ncustomer_id,date\n1,2026-01-02\n", true, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := inspect(t, tt.text)
			if s.HasHeader != tt.header || len(s.Sample) != tt.rows || len(s.Evidence) == 0 {
				t.Errorf("header %v, %d rows, evidence %q", s.HasHeader, len(s.Sample), s.Evidence)
			}
		})
	}
	if s := inspect(t, "\n\r\n\ncustomer_id,date\n1,2026-01-02\n"); s.SkipLines != 3 {
		t.Errorf("%d lines to skip", s.SkipLines)
	}
}

func TestSampleReachesTheEnd(t *testing.T) {
	var b strings.Builder
	b.WriteString("customer_id,date,total\n")
	for i := range 400_000 {
		fmt.Fprintf(&b, "c%06d,2026-01-02,%d\n", i, i%90)
	}
	s := inspect(t, b.String())
	last := s.Sample[len(s.Sample)-1]
	if len(s.Sample) <= sampleRows || last[0] < "c399000" {
		t.Errorf("%d rows, the last %q", len(s.Sample), last)
	}
	bad := strings.Replace(b.String(), "c399999", "c39999\xe9", 1)
	if _, err := Inspect(t.Context(), write(t, "bad.csv", bad), Options{}); err == nil || !strings.Contains(err.Error(), "0xE9 is not UTF-8") {
		t.Errorf("invalid UTF-8 near the end: %v", err)
	}
}

func TestWhitespaceTables(t *testing.T) {
	text := " customer_id  date number_of_cds  dollar_value\r\n 00001 19970101  1   11.77\r\n\r\n 00002 19970112  1   12.00\r\n"
	s := inspect(t, text)
	if s.Path == s.Original || s.Delimiter != "\t" || s.Quote != "" || !s.HasHeader {
		t.Fatalf("%+v", s)
	}
	if !slices.Equal(s.Columns, []string{"customer_id", "date", "number_of_cds", "dollar_value"}) || s.Sample[0][0] != "00001" {
		t.Errorf("columns %q, sample %q", s.Columns, s.Sample)
	}
	copied, err := os.ReadFile(s.Path)
	want := "customer_id\tdate\tnumber_of_cds\tdollar_value\n00001\t19970101\t1\t11.77\n\n00002\t19970112\t1\t12.00\n"
	if err != nil || string(copied) != want {
		t.Errorf("copy %q, %v", copied, err)
	}
	if _, err := Inspect(t.Context(), s.Original, Options{}); err == nil {
		t.Error("a copy was made without a folder for it")
	}
	dir := t.TempDir()
	bad := write(t, "bad.txt", text+strings.Repeat(" 00003 19970112  1   12.00\n", 200_000)+" 00004 1997\xe90112  1 3\n")
	if _, err := Inspect(t.Context(), bad, Options{TempDir: dir}); err == nil || !strings.Contains(err.Error(), "line 200005") {
		t.Errorf("invalid line: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("%d files left after a failure, %v", len(left), err)
	}
}

// Columns that had to be given other names are told with them.
func TestRenamedColumns(t *testing.T) {
	for name, test := range map[string]struct{ header, row, want string }{
		"none":             {"order_id,customer_id,order_date,total", "1,a,2020-01-01,5", ""},
		"shared":           {"order_id,customer_id,order_date,total,Total", "1,a,2020-01-01,5,6", "Total_2"},
		"without":          {"order_id,customer_id,order_date,total,", "1,a,2020-01-01,5,6", "column_5"},
		"without anything": {"order_id,customer_id,order_date,total,", "1,a,2020-01-01,5,", ""},
		"many":             {"order_id,customer_id,order_date,total" + strings.Repeat(",note", 9), "1,a,2020-01-01,5" + strings.Repeat(",x", 9), "and 3 more"},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Inspect(t.Context(), write(t, "orders.csv", test.header+"\n"+test.row+"\n"+test.row+"\n"), Options{})
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join(s.renamed(Recognition{}), "\n")
			if test.want == "" && got != "" || !strings.Contains(got, test.want) {
				t.Errorf("it says %q, not %q", got, test.want)
			}
		})
	}
	started := safeNames(slices.Repeat([]string{"note"}, 50_000)) // in no time
	if last := started[len(started)-1]; last != "note_50000" {
		t.Errorf("the last is called %s", last)
	}
}
