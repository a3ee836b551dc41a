package intake

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// write puts text into a file of a fresh folder.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func inspect(t *testing.T, text string) *Source {
	t.Helper()
	s, err := Inspect(t.Context(), write(t, "orders.csv", text), Options{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func zipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestInspectRefusesWithASentence(t *testing.T) {
	packed := zipped(t, strings.Repeat("customer_id,date,amount\n1,2026-01-02,3.50\n", 50))
	tests := []struct{ name, content, want string }{
		{"empty", "", "the file is empty"},
		{"blank lines", "\n\r\n \n", "nothing but blank lines"},
		{"empty gzip", zipped(t, ""), "the file is empty"},
		{"cut gzip", packed[:len(packed)-12], "cut off before its end"},
		{"cut gzip header", packed[:5], "cut off before its end"},
		{"gzip twice", zipped(t, packed), "holds another compressed file"},
		{"damaged gzip", packed[:20] + "\x00\xff\x00" + packed[23:], "gzip"},
		{"cut workbook", "PK\x03\x04....[Content_Types].xml", "ZIP file is damaged or cut off"},
		{"old workbook", "\xd0\xcf\x11\xe0\xa1\xb1", "old Excel workbook"},
		{"cut parquet", "PAR1 and then nothing more", "cut off before its end"},
		{"database", "\x00\x00\x00\x00\x00\x00\x00\x00DUCK\x40", "DuckDB database"},
		{"web page", "<!DOCTYPE html><table>", "HTML"},
		{"NUL", "customer_id,date\n1,2026-01-02\n2,2026\x00-01-03\n", "line 3, byte 37: a NUL byte"},
		{"endless row", strings.Repeat("x", rowLimit+headBytes+1), "longer than 16 MB"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := write(t, "orders.csv", tt.content)
			_, err := InspectAll(t.Context(), path, Options{TempDir: t.TempDir()})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("error %v does not say %q", err, tt.want)
			}
			if !strings.HasPrefix(err.Error(), path) {
				t.Errorf("error %q does not name the file", err)
			}
		})
	}
}

func TestInspectRefusesPaths(t *testing.T) {
	dir := t.TempDir()
	if _, err := Inspect(t.Context(), filepath.Join(dir, "no.csv"), Options{}); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("missing file: %v", err)
	}
	if _, err := Inspect(t.Context(), dir, Options{}); err == nil || !strings.Contains(err.Error(), "this is a folder") {
		t.Errorf("folder: %v", err)
	}
	if os.Geteuid() == 0 {
		t.Log("unreadable files are not tested: root may read everything")
		return
	}
	path := write(t, "secret.csv", "a,b\n")
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := Inspect(t.Context(), path, Options{}); err == nil || !strings.Contains(err.Error(), "not allowed") {
		t.Errorf("unreadable file: %v", err)
	}
}

func TestInspectIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Inspect(ctx, write(t, "a.csv", "a,b\n1,2\n"), Options{}); err == nil {
		t.Error("a cancelled context did not stop Inspect")
	}
}

func TestHeaderWithoutRowsIsNoError(t *testing.T) {
	s := inspect(t, "Order ID,Customer ID,Order Date,Total\n")
	if !s.HasHeader || len(s.Sample) != 0 || len(s.Columns) != 4 {
		t.Fatalf("header %v, %d rows, columns %q", s.HasHeader, len(s.Sample), s.Columns)
	}
	r, err := Recognise(s, Hints{})
	if err != nil || !r.Ready() || r.Kind != Orders {
		t.Errorf("recognised %v, %v", r, err)
	}
}

func TestStrangeHeaders(t *testing.T) {
	tests := []struct{ name, header, want string }{
		{"duplicate", "id,date,id,ID,date", "id|date|id_2|ID_3|date_2"},
		{"suffix taken", "id,id,id_2,date,total", "id|id_3|id_2|date|total"},
		{"empty", "customer_id,,date,,", "customer_id|column_2|date|column_4|column_5"},
		{"control", "\x1b[31mdate,cust\x07omer_id,\u202etotal,a\u200bb,c", "[31mdate|customer_id|total|ab|c"},
		{"SQL", "customer_id,date,'; drop table orders; --,a,b", "customer_id|date|'; drop table orders; --|a|b"},
		{"spaces", " customer_id , date,total ,a,b", "customer_id|date|total|a|b"},
		{"BOM", "\ufeffcustomer_id,date,total,a,b", "customer_id|date|total|a|b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := inspect(t, tt.header+"\n1,2026-01-02,3,4,5\n2,2026-01-03,3,4,5\n")
			if got := strings.Join(s.Columns, "|"); got != tt.want {
				t.Errorf("columns %s, want %s", got, tt.want)
			}
			if !s.HasHeader || len(s.Headers) != len(s.Columns) || len(s.Sample) != 2 {
				t.Errorf("header %v, %d headers, %d rows", s.HasHeader, len(s.Headers), len(s.Sample))
			}
		})
	}
}

func TestWideFile(t *testing.T) {
	var header, row []string
	for i := range 5000 {
		header = append(header, fmt.Sprintf("field %d", i))
		row = append(row, fmt.Sprint(i))
	}
	header[17], header[4000], row[4000] = "customer_id", "order date", "2026-01-02"
	line := strings.Join(row, ",") + "\n"
	s := inspect(t, strings.Join(header, ",")+"\n"+strings.Repeat(line, 300))
	r, err := Recognise(s, Hints{})
	if err != nil || len(s.Columns) != 5000 || r.Mapping[CustomerID] != 17 || r.Mapping[OrderedAt] != 4000 {
		t.Errorf("%d columns, mapping %v, %v", len(s.Columns), r.Mapping, err)
	}
}

func TestLongRow(t *testing.T) {
	s := inspect(t, "customer_id,date,note\n1,2026-01-02,"+strings.Repeat("x", 10<<20)+"\n2,2026-01-03,short\n")
	if s.LongestRow < 10<<20 || len(s.Sample) != 2 || len(s.Columns) != 3 {
		t.Errorf("longest row %d, %d rows, %d columns", s.LongestRow, len(s.Sample), len(s.Columns))
	}
}

func TestContainers(t *testing.T) {
	tests := []struct {
		name, content string
		want          Container
	}{
		{"array", `[{"id": 1}, {"id": 2}]`, JSON},
		{"pretty array", "\ufeff[\n  {\n \"id\": 1 } ]", JSON},
		{"one object", "{\n \"id\": 1\n}\n", JSON},
		{"lines", "{\"id\": 1}\n{\"id\": 2}\n", NDJSON},
		{"CSV in brackets", "[id],[date]\n1,2\n", CSV},
		{"parquet", "PAR1 some pages and a footer PAR1", Parquet},
		{"zipped CSV", zipped(t, "id,date\n1,2026-01-02\n"), CSV},
		{"zipped lines", zipped(t, "{\"id\": 1}\n"), NDJSON},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := inspect(t, tt.content)
			if s.Container != tt.want || s.Gzip != strings.HasPrefix(tt.name, "zipped") {
				t.Errorf("container %s, gzip %v", s.Container, s.Gzip)
			}
		})
	}
}

func TestSetColumns(t *testing.T) {
	s := &Source{Container: Parquet}
	s.SetColumns([]string{"customer_id", "date", "date"}, [][]string{{"1", "2026-01-02"}, {"2", "2026-01-03", "x", "y"}})
	if !slices.Equal(s.Columns, []string{"customer_id", "date", "date_2"}) || len(s.Sample[0]) != 3 || len(s.Sample[1]) != 3 {
		t.Errorf("columns %q, sample %q", s.Columns, s.Sample)
	}
	if s.Column("date_2") != 2 || s.Column("Customer ID") != 0 || s.Column("price") != -1 {
		t.Error("columns are not found by name")
	}
}

func TestHash(t *testing.T) {
	path := write(t, "a.txt", "abc")
	got, err := Hash(t.Context(), path)
	const want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	if err != nil || got != want {
		t.Errorf("hash %s, %v", got, err)
	}
	packed := zipped(t, strings.Repeat("2026-01-02,1,2,3\n", 500))
	if _, err := Hash(t.Context(), write(t, "a.gz", packed)); err != nil {
		t.Errorf("whole gzip: %v", err)
	}
	if _, err := Hash(t.Context(), write(t, "b.gz", packed[:len(packed)-1])); err == nil || !strings.Contains(err.Error(), "cut off") {
		t.Errorf("cut gzip: %v", err)
	}
}

func TestExpand(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{
		"b.csv", "a.TSV", "note.md", ".hidden.csv", "sub/c.json.gz", "sub/deep/d.csv",
		".git/x.csv", "none/readme.md", "odd.name",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("a,b\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		args []string
		want string // names relative to dir, or the error
	}{
		{[]string{""}, "a.TSV b.csv sub/c.json.gz"},
		{[]string{"b.csv", ""}, "b.csv a.TSV sub/c.json.gz"},
		{[]string{"*.csv", "odd.name", "b.csv"}, "b.csv odd.name"},
		{[]string{"*.parquet"}, "error: no file matches"},
		{[]string{"none"}, "error: no data files"},
		{[]string{"missing.csv"}, "error: no such file"},
		{nil, "error: no files named"},
	}
	for _, tt := range tests {
		var args []string
		for _, a := range tt.args {
			args = append(args, filepath.Join(dir, a))
		}
		files, err := Expand(args)
		var names []string
		for _, f := range files {
			rel, rerr := filepath.Rel(dir, f)
			if rerr != nil {
				t.Fatal(rerr)
			}
			names = append(names, rel)
		}
		if wantErr, ok := strings.CutPrefix(tt.want, "error: "); ok {
			if err == nil || !strings.Contains(err.Error(), wantErr) {
				t.Errorf("%q: error %v, want %q", tt.args, err, wantErr)
			}
		} else if got := strings.Join(names, " "); err != nil || got != tt.want {
			t.Errorf("%q: %s, %v; want %s", tt.args, got, err, tt.want)
		}
	}
}

func FuzzInspect(f *testing.F) {
	for _, seed := range []string{
		"customer_id,date,amount\n1,2026-01-02,3.50\n", " a  b c\n 1  2 3\n", "\"a\"\"b\",c\r\n1,\"x\ny\"\r\n", "{\"a\":1}\n", "[{}]",
		"\xff\xfe\x00", "a;b\n1,5;2", "\x1f\x8b\x08", "PAR1", "订单号\t下单时间\n1\t2026年1月2日\n", "\"", "a,b\n\"", "00001 19970101 1 11.77\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		path := filepath.Join(dir, "f.csv")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Inspect(t.Context(), path, Options{TempDir: dir})
		if err != nil || s.Container != CSV {
			return
		}
		for _, row := range s.Sample {
			if len(row) != len(s.Columns) {
				t.Fatalf("%d cells under %d columns", len(row), len(s.Columns))
			}
		}
		seen := map[string]bool{}
		for _, c := range s.Columns {
			if key := strings.ToLower(c); c == "" || seen[key] {
				t.Fatalf("column names %q are not unique", s.Columns)
			} else {
				seen[key] = true
			}
		}
		if _, err := Recognise(s, Hints{}); err != nil {
			t.Fatal(err)
		}
	})
}
