package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"worth/internal/tabular"
)

var columns = []tabular.Column{
	{Name: "customer_id", Kind: tabular.Text},
	{Name: "orders", Kind: tabular.Integer},
	{Name: "net_revenue", Kind: tabular.Money},
	{Name: "share", Kind: tabular.Share},
	{Name: "gap_days", Kind: tabular.Float},
	{Name: "last_order", Kind: tabular.Date},
	{Name: "at", Kind: tabular.Time},
	{Name: "active", Kind: tabular.Boolean},
}

var (
	moment = time.Date(2026, 3, 9, 17, 5, 6, 500_000_000, time.UTC)
	day    = time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC)
)

var rows = [][]any{
	{"00017", int64(1234567), tabular.Decimal{Unscaled: 12345600, Scale: 4}, 1.0 / 3, 0.1, day, moment, true},
	{"=1+2", nil, tabular.Decimal{Unscaled: -5, Scale: 4}, math.NaN(), math.Inf(1), nil, nil, nil},
	{"名\x1b[31m\"a\", b|c\n", int64(-1), nil, 0.5, 1e300, day, nil, false},
}

// render returns rows as a format writes them.
func render(t *testing.T, f Format, o Options, columns []tabular.Column, rows [][]any) string {
	t.Helper()
	var out bytes.Buffer
	w, err := New(f, &out, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Begin(columns); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.Row(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.End(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestText(t *testing.T) {
	for _, test := range []struct {
		name    string
		format  Format
		options Options
		want    []string // lines
	}{
		{"table", Table, Options{}, []string{
			`customer_id          orders  net_revenue   share  `,
			`────────────────  ─────────  ───────────  ──────  `,
			`00017             1,234,567     1,234.56  33.3 %  `,
		}},
		{"exact table", Table, Options{Exact: true}, []string{
			`customer_id        orders  net_revenue               share  `,
			`────────────────  ───────  ───────────  ──────────────────  `,
			`00017             1234567      1234.56  0.3333333333333333  `,
		}},
		{"csv", CSV, Options{}, []string{
			`customer_id,orders,net_revenue,share,gap_days,last_order,at,active`,
			`00017,1234567,1234.56,0.3333333333333333,0.1,2026-03-09,2026-03-09 17:05:06,true`,
			`'=1+2,,-0.0005,,,,,`,
		}},
		{"markdown", Markdown, Options{}, []string{
			`| customer_id | orders | net_revenue | share | gap_days | last_order | at | active |`,
			`| --- | ---: | ---: | ---: | ---: | --- | --- | --- |`,
			`| 00017 | 1,234,567 | 1,234.56 | 33.3 % | 0.10 | 2026-03-09 | 2026-03-09 17:05:06 | true |`,
		}},
		{"json", JSON, Options{}, []string{
			`[`,
			` {"customer_id": "00017", "orders": 1234567, "net_revenue": 1234.56, "share": 0.3333333333333333, "gap_days": 0.1, "last_order": "2026-03-09", "at": "2026-03-09T17:05:06.5", "active": true},`,
			` {"customer_id": "=1+2", "orders": null, "net_revenue": -0.0005, "share": null, "gap_days": null, "last_order": null, "at": null, "active": null},`,
		}},
		{"one object", JSON, Options{One: true}, []string{
			`{"customer_id": "00017", "orders": 1234567, "net_revenue": 1234.56, "share": 0.3333333333333333, "gap_days": 0.1, "last_order": "2026-03-09", "at": "2026-03-09T17:05:06.5", "active": true}`,
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			given := rows
			if test.options.One {
				given = rows[:1]
			}
			lines := strings.Split(render(t, test.format, test.options, columns, given), "\n")
			for i, want := range test.want {
				if lines[i] != want && (test.format != Table || !strings.HasPrefix(lines[i], want)) {
					t.Errorf("line %d is\n%s\nnot\n%s", i+1, lines[i], want)
				}
			}
		})
	}
}

func TestNothingSteersATerminal(t *testing.T) {
	for _, f := range []Format{Table, JSON, CSV, Markdown} {
		nasty := []tabular.Column{{Name: "a\x1b]0;title\a\u202e"}}
		got := render(t, f, Options{Terminal: true}, nasty, [][]any{{"x\x1b[2J\r\u009b1m\u202e\u2066y\U000e0001"}})
		for _, r := range got {
			if r != '\n' && (r < 0x20 || r >= 0x7f && r < 0xa0 || r == '\u202e' || r == '\u2066' || r == 0xe0001) {
				t.Errorf("%s lets %U through: %q", f, r, got)
			}
		}
	}
}

func TestTableAlignsWideCharacters(t *testing.T) {
	columns := []tabular.Column{{Name: "a"}, {Name: "n", Kind: tabular.Integer}}
	got := render(t, Table, Options{}, columns, [][]any{{"客户", int64(1)}, {"abcd", int64(20)}, {strings.Repeat("w", 60), int64(3)}})
	want := "a" + strings.Repeat(" ", 49) + " n\n" +
		strings.Repeat("─", 48) + "  ──\n" +
		"客户" + strings.Repeat(" ", 46) + " 1\n" +
		"abcd" + strings.Repeat(" ", 46) + "20\n" +
		strings.Repeat("w", 60) + "   3\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTableOfAnyLength(t *testing.T) {
	many := make([][]any, 3*sample+7)
	for i := range many {
		many[i] = []any{strconv.Itoa(i)}
	}
	got := render(t, Table, Options{}, columns[:1], many)
	if n := strings.Count(got, "\n"); n != len(many)+2 {
		t.Errorf("%d rows became %d lines", len(many), n)
	}
}

// Whatever a cell holds comes back from JSON and CSV.
func FuzzRoundTrip(f *testing.F) {
	f.Add("00017")
	f.Add("=cmd|' /C calc'!A0")
	f.Add("a\"b\\c\n\r\t\x00\u2028\U0001f600\u202e")
	f.Fuzz(func(t *testing.T, cell string) {
		cell = strings.ToValidUTF8(cell, "\ufffd")
		var objects []map[string]string
		if err := json.Unmarshal([]byte(render(t, JSON, Options{}, columns[:1], [][]any{{cell}})), &objects); err != nil || objects[0]["customer_id"] != cell {
			t.Errorf("JSON made %q of %q (%v)", objects, cell, err)
		}
		if strings.ContainsRune(cell, '\r') {
			return // a CSV reader turns \r\n into \n
		}
		records, err := csv.NewReader(strings.NewReader(render(t, CSV, Options{}, columns[:2], [][]any{{cell, int64(1)}}))).ReadAll()
		if err != nil || strings.TrimPrefix(records[1][0], "'") != strings.TrimPrefix(cell, "'") {
			t.Errorf("CSV made %q of %q (%v)", records, cell, err)
		}
	})
}

func TestNumbersReadBackExactly(t *testing.T) {
	for _, v := range []float64{0.1, 1e-7, 1e21, 123456789.123456789, math.MaxFloat64, math.SmallestNonzeroFloat64, math.Copysign(0, -1)} {
		var objects []map[string]float64
		text := render(t, JSON, Options{}, columns[4:5], [][]any{{v}})
		if err := json.Unmarshal([]byte(text), &objects); err != nil || objects[0]["gap_days"] != v {
			t.Errorf("%v became %s (%v)", v, text, err)
		}
	}
}

func TestEmptyAnswers(t *testing.T) {
	for f, want := range map[Format]string{
		JSON: "[]\n", CSV: "customer_id\n", Table: "customer_id\n───────────\n", Markdown: "| customer_id |\n| --- |\n",
	} {
		if got := render(t, f, Options{}, columns[:1], nil); got != want {
			t.Errorf("%s without rows is %q, not %q", f, got, want)
		}
	}
}

func TestSameNames(t *testing.T) {
	same := []tabular.Column{{Name: "n"}, {Name: "n"}, {Name: "n_2"}}
	if got, want := render(t, JSON, Options{One: true}, same, [][]any{{"a", "b", "c"}}), `{"n": "a", "n_2": "b", "n_2_2": "c"}`+"\n"; got != want {
		t.Errorf("got %s, not %s", got, want)
	}
}

func TestInert(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "a=1": "a=1", "=1": "'=1", "+1": "'+1", "-1": "'-1", "@a": "'@a", "\ta": "'\ta", "\ra": "'\ra", "＝1": "'＝1", "1-2": "1-2",
	} {
		if got := Inert(cell); got != want {
			t.Errorf("%q became %q, not %q", cell, got, want)
		}
	}
}

func TestSheet(t *testing.T) {
	old := time.Date(1850, 1, 2, 0, 0, 0, 0, time.UTC)
	data := append(rows[:len(rows):len(rows)], []any{"x", nil, nil, nil, nil, old, nil, nil})
	book, err := excelize.OpenReader(strings.NewReader(render(t, XLSX, Options{Sheet: "customers"}, columns, data)))
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{
		"A1": "customer_id", "A2": "00017", "B2": "1234567", "C2": "1234.56", "D2": "0.333333333333333",
		"A3": "=1+2", "B3": "", "D3": "", "E3": "", "F5": "1850-01-02",
	} {
		got, err := book.GetCellValue("customers", cell, excelize.Options{RawCellValue: true})
		if err != nil || !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%s is %q, not %q (%v)", cell, got, want, err)
		}
		if formula, err := book.GetCellFormula("customers", cell); formula != "" || err != nil {
			t.Errorf("%s has the formula %q (%v)", cell, formula, err)
		}
	}
	if shown, err := book.GetCellValue("customers", "F2"); shown != "2026-03-09" || err != nil {
		t.Errorf("the date is shown as %q (%v)", shown, err)
	}
	if kind, err := book.GetCellType("customers", "A2"); kind != excelize.CellTypeInlineString || err != nil {
		t.Errorf("an id is stored as type %v (%v)", kind, err)
	}
}

// A workbook keeps many rows in a file of its own, which must not stay when the export
// is cancelled: there are people in it.
func TestSheetGivenUp(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	cancelled := errors.New("cancelled")
	left := 0
	err := Write(XLSX, io.Discard, Options{}, func(w Writer) error {
		if err := w.Begin([]tabular.Column{{Name: "a"}}); err != nil {
			return err
		}
		row := []any{strings.Repeat("x", 30_000)}
		for range 1500 { // 16 MB are kept in memory
			if err := w.Row(row); err != nil {
				return err
			}
		}
		files, err := os.ReadDir(dir)
		left = len(files)
		return errors.Join(cancelled, err)
	})
	if !errors.Is(err, cancelled) {
		t.Errorf("it says %v", err)
	}
	if left == 0 {
		t.Error("there was no file to leave behind: the test tests nothing")
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 0 {
		t.Errorf("left behind: %v, %v", files, err)
	}
}

func TestSheetRefusesWhatExcelCannotHold(t *testing.T) {
	w, err := New(XLSX, &bytes.Buffer{}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Begin(columns[:1]); err != nil {
		t.Fatal(err)
	}
	if err := w.Row([]any{strings.Repeat("x", excelize.TotalCellChars+1)}); err == nil || !strings.Contains(err.Error(), "customer_id in row 2") {
		t.Errorf("a cell too long is answered by %v", err)
	}
}

func TestFormats(t *testing.T) {
	for name, want := range map[string]Format{"a.json": JSON, "b.CSV": CSV, "c.xlsx": XLSX, "d.parquet": Parquet, "e.md": Markdown, "f.txt": Table} {
		if got, err := ByName(name); got != want || err != nil {
			t.Errorf("%s is %s (%v), not %s", name, got, err, want)
		}
	}
	if _, err := ByName("out"); err == nil {
		t.Error("a name without extension has a format")
	}
	if _, err := Parse("pdf"); err == nil || !strings.Contains(err.Error(), "table, json, csv") {
		t.Errorf("an unknown format is answered by %v", err)
	}
	if _, err := New(Parquet, nil, Options{}); err == nil {
		t.Error("Parquet has a stream")
	}
}
