package decode

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func setRows(tb testing.TB, f *excelize.File, sheet string, rows [][]any) {
	tb.Helper()
	for i, row := range rows {
		if err := f.SetSheetRow(sheet, "A"+strconv.Itoa(i+1), &row); err != nil {
			tb.Fatal(err)
		}
	}
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func TestWorkbookCells(t *testing.T) {
	at := time.Date(2026, 5, 14, 11, 23, 45, 0, time.UTC)
	path := writeWorkbook(t, func(f *excelize.File) {
		style := func(code string) int {
			id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
			check(t, err)
			return id
		}
		put := func(cell string, value any, code string) {
			check(t, f.SetCellValue("Sheet1", cell, value))
			if code != "" {
				check(t, f.SetCellStyle("Sheet1", cell, cell, style(code)))
			}
		}
		put("A1", "下单时间", "")
		put("B1", "says \"a, b\"", "")
		put("A2", at, "yyyy/m/d h:mm")
		put("A3", "2026/5/15 9:30", "yyyy/m/d h:mm") // a text among dates
		put("A4", 46156, "d-mmm-yy")
		put("A5", 0.39, "h:mm AM/PM")
		put("A6", 1.5, "[h]:mm") // a length of time is a number
		put("A7", 46156, `"day "0`)
		put("B2", 19.989999999999998, "")
		put("B3", "0012345678901234567", "")
		put("B4", 1234.5, `"¥"#,##0.0;[Red]-0`)
		put("B5", 0.153, "0.0%")
		put("B6", 1e-7, "")
		put("B7", true, "")
		check(t, f.SetCellFormula("Sheet1", "C2", "B4*2"))
		put("C3", 3, "")
		check(t, f.SetCellFormula("Sheet1", "C3", "1+2"))
		put("C4", "a\nb", "")
		put("C5", "merged", "")
		check(t, f.MergeCell("Sheet1", "C5", "C6"))
		put("C7", 46156.25, "[$-409]m/d/yy h:mm AM/PM;@")
	})
	m := mustOpen(t, path, Options{})[0]
	want := `下单时间,"says ""a, b""",
2026-05-14 11:23:45,19.99,
2026/5/15 9:30,0012345678901234567,3
2026-05-14,1234.5,"a
b"
09:21:36,0.153,merged
1.5,0.0000001,
46156,TRUE,2026-05-14 06:00:00
`
	var out bytes.Buffer
	stats, err := m.WriteUTF8(t.Context(), &out, nil)
	if err != nil || out.String() != want {
		t.Errorf("%v\n%s", err, out.String())
	}
	if stats.Rows != 7 || stats.Dates != 4 || m.Format != Workbook || m.Plain {
		t.Errorf("%+v, %+v", stats, m)
	}
	if s := m.Sheets[0]; s.Formulas != 2 || s.Unstored != 1 || s.Merged != 1 || s.Rows != 7 || s.Columns != 3 {
		t.Errorf("%+v", s)
	}
	if all := strings.Join(m.Evidence, "\n"); !strings.Contains(all, "formulas") || !strings.Contains(all, "merged") {
		t.Errorf("evidence %s", all)
	}
}

// Numbers longer than 15 digits: whole where the file has them whole, and visibly
// spoilt where it has not.
func TestLongNumbers(t *testing.T) {
	path := rawWorkbook(t, `<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1"><v>1</v></c></row>`+
		`<row r="2"><c r="A2"><v>612345678901234567</v></c><c r="B2"><v>0.30000000000000004</v></c></row>`+
		`<row r="3"><c r="A3"><v>6.1234567890123456E+17</v></c><c r="B3"><v>1.2345678901234567E-2</v></c></row>`+
		`<row r="4"><c r="A4"><v>1E+3</v></c></row>`)
	m := mustOpen(t, path, Options{})[0]
	var out bytes.Buffer
	stats, err := m.WriteUTF8(t.Context(), &out, nil)
	want := "id,1\n612345678901234567,0.3\n6.1234567890123456E+17,0.0123456789012346\n1000,\n"
	if err != nil || out.String() != want || stats.Spoilt != 1 {
		t.Errorf("%q, %+v, %v", out.String(), stats, err)
	}
}

// rawWorkbook writes a workbook with these rows as they stand.
func rawWorkbook(tb testing.TB, rows string) string {
	tb.Helper()
	return alterWorkbook(tb, func(sheet []byte) []byte {
		before, _, _ := bytes.Cut(sheet, []byte("<sheetData>"))
		_, after, _ := bytes.Cut(sheet, []byte("</sheetData>"))
		return []byte(string(before) + "<sheetData>" + rows + "</sheetData>" + string(after))
	})
}

// alterWorkbook writes a workbook of one cell and rewrites the XML of its sheet.
func alterWorkbook(tb testing.TB, alter func([]byte) []byte) string {
	tb.Helper()
	made, err := os.ReadFile(writeWorkbook(tb, func(f *excelize.File) { setRows(tb, f, "Sheet1", [][]any{{"a"}}) }))
	check(tb, err)
	in, err := zip.NewReader(bytes.NewReader(made), int64(len(made)))
	check(tb, err)
	var entries []entry
	for _, f := range in.File {
		r, err := f.Open()
		check(tb, err)
		data, err := io.ReadAll(r)
		check(tb, err)
		if strings.HasPrefix(f.Name, "xl/worksheets/sheet") {
			data = alter(data)
		}
		entries = append(entries, entry{name: f.Name, data: data})
	}
	return writeFile(tb, "orders.xlsx", zipped(tb, entries...))
}

func TestSheetProposal(t *testing.T) {
	data := [][]any{{"order_id", "customer_id", "total"}, {"o1", "c1", 3}, {"o2", "c2", 4}, {"o3", "c2", 5}}
	dictionary := [][]any{{"Field", "Description", "Type"}}
	for i := range 40 {
		dictionary = append(dictionary, []any{fmt.Sprintf("f%d", i), "what it means", "text"})
	}
	path := writeWorkbook(t, func(f *excelize.File) {
		check(t, f.SetSheetName("Sheet1", "字段说明"))
		setRows(t, f, "字段说明", dictionary)
		for _, name := range []string{"2025", "2026", "Summary", "empty"} {
			_, err := f.NewSheet(name)
			check(t, err)
		}
		setRows(t, f, "2025", data)
		setRows(t, f, "2026", data[:2])
		setRows(t, f, "Summary", [][]any{{"month", "total", "of", "what"}, {1, 2, 3, 4}, {1, 2, 3, 4}, {1, 2, 3, 4}})
	})
	members := mustOpen(t, path, Options{})
	if len(members) != 2 || members[0].Sheet != "2025" || members[1].Sheet != "2026" || len(members[0].Sheets) != 5 {
		t.Fatalf("%+v", members)
	}
	if !members[0].Sheets[0].Dictionary || members[0].Sheets[1].Dictionary {
		t.Errorf("%+v", members[0].Sheets)
	}
	for _, want := range []string{"2 sheets", `"字段说明" describes columns`, `"Summary" is left aside`, `"empty" is empty`} {
		if !strings.Contains(strings.Join(members[0].Evidence, "\n"), want) {
			t.Errorf("%q does not say %q", members[0].Evidence, want)
		}
	}
	for _, asked := range []string{"summary", "4"} {
		if m := mustOpen(t, path, Options{Sheet: asked}); len(m) != 1 || m[0].Sheet != "Summary" {
			t.Errorf("--sheet %s: %+v", asked, m)
		}
	}
	if _, err := Open(t.Context(), path, Options{Sheet: "2027"}); err == nil || !strings.Contains(err.Error(), "字段说明, 2025, 2026") {
		t.Errorf("a sheet that is not there: %v", err)
	}
}

// Rows come out in order and complete, however they fall into slices.
func TestManyRows(t *testing.T) {
	const rows = 30_000
	var b strings.Builder
	var want strings.Builder
	for i := 1; i <= rows; i++ {
		n := strconv.Itoa(i)
		b.WriteString(`<row r="` + n + `" spans="1:2"><c r="A` + n + `" t="inlineStr"><is><t>订单 &amp; ` + n + `</t></is></c><c r="B` + n + `"><v>` + n + `</v></c></row>` + "\n")
		want.WriteString("订单 & " + n + "," + n + "\n")
	}
	path := rawWorkbook(t, b.String())
	m := mustOpen(t, path, Options{})[0]
	last := int64(0)
	var out bytes.Buffer
	_, err := m.WriteUTF8(t.Context(), &out, func(done, _ int64) { last = done })
	if err != nil || out.String() != want.String() || last != m.Bytes {
		t.Errorf("%d bytes of %d, %d of %d told, %v", out.Len(), want.Len(), last, m.Bytes, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, err = m.WriteUTF8(ctx, writer(func([]byte) error { cancel(); return nil }), nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err = m.WriteUTF8(t.Context(), full{}, nil); !errors.Is(err, errFull) {
		t.Errorf("disk full: %v", err)
	}
}

func TestMillionEmptyRows(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" s="0"/></row>`)
	for i := 2; i <= 1_000_000; i++ {
		b.WriteString(`<row r="` + strconv.Itoa(i) + `"/>`)
	}
	b.WriteString(`<row r="1000001"><c r="A1000001"><v>7</v></c></row>`)
	m := mustOpen(t, rawWorkbook(t, b.String()), Options{})[0]
	if got := text(t, &m); got != "id\n7\n" || m.Sheets[0].Rows != 2 || m.Sheets[0].Columns != 1 {
		t.Errorf("%q, %+v", got, m.Sheets)
	}
}

func TestMalformedSheets(t *testing.T) {
	cell := `<row r="1"><c r="A1"><v>1</v></c></row>`
	tests := map[string]struct {
		alter func([]byte) []byte
		want  string
	}{
		"cut off":       {func(s []byte) []byte { return s[:bytes.Index(s, []byte("</sheetData>"))] }, "cut off"},
		"not XML":       {func([]byte) []byte { return []byte("hello") }, "cut off"},
		"broken row":    {replaceRows(cell + `<row r="2"><c r="A2"><v>1</x></c></row><row r="3"><c r="A3"><v>1</v></c></row>`), "malformed"},
		"far column":    {replaceRows(`<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>`), "limit of 4,096"},
		"far row":       {replaceRows(cell + `<row r="99999999"><c r="A99999999"><v>1</v></c></row>`), "malformed"},
		"other prefix":  {prefixed, ""},
		"without names": {replaceRows(`<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>`), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			members, err := Open(t.Context(), alterWorkbook(t, tt.alter), Options{})
			var out bytes.Buffer
			if err == nil {
				_, err = members[0].WriteUTF8(t.Context(), &out, nil)
			}
			switch {
			case tt.want == "" && (err != nil || out.Len() == 0):
				t.Errorf("%q, %v", out.String(), err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("%q, %v", out.String(), err)
			}
		})
	}
}

func replaceRows(rows string) func([]byte) []byte {
	return func([]byte) []byte {
		return []byte(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`)
	}
}

// prefixed is the XML some writers make, every name with a prefix.
func prefixed([]byte) []byte {
	return []byte(`<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>` +
		`<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`)
}

func TestDates(t *testing.T) {
	tests := []struct {
		cell string
		old  bool
		want string
		ok   bool
	}{
		{dateMark + "46156.4748263889", false, "2026-05-14 11:23:45", true},
		{dateMark + "44694.4748263889", true, "2026-05-14 11:23:45", true},
		{dateMark + "46156.0000000000", false, "2026-05-14", true},
		{dateMark + "46156.9999999990", false, "2026-05-15", true},
		{dateMark + "46156.0000017361", false, "2026-05-14 00:00:00.150", true},
		{dateMark + "1.0000000000", false, "1900-01-01", true},
		{dateMark + "61.0000000000", false, "1900-03-01", true},
		{dateMark + "0.0000000000", false, "0", false},
		{dateMark + "-3.5000000000", false, "-3.5", false},
		{dateMark + "99999999.0000000000", false, "99999999", false},
		{timeMark + "0.3900000000", false, "09:21:36", true},
		{timeMark + "46156.2500000000", false, "2026-05-14 06:00:00", true},
		{dateMark + "text", false, "text", false},
	}
	for _, tt := range tests {
		if got, ok := isoDate(tt.cell, tt.old); got != tt.want || ok != tt.ok {
			t.Errorf("%q: %q, %v", tt.cell, got, ok)
		}
	}
}

func TestFormatCodes(t *testing.T) {
	for code, want := range map[string]string{
		"yyyy-mm-dd": "day", "m/d/yy h:mm": "day", "mmm-yy": "day", "[$-804]yyyy\"年\"m\"月\"d\"日\"": "day", "mmmm": "day", "dd.mm.yyyy;@": "day",
		"h:mm:ss": "clock", "mm:ss.0": "clock", "上午/下午h\"时\"mm\"分\"": "clock",
		"General": "", "0.00": "", "#,##0.00_);[Red](#,##0.00)": "", `"Order "0`: "", "[h]:mm": "", "0.00E+00": "", `\d0`: "", "@": "", "[Red]0": "", "0 \"days": "",
	} {
		got := ""
		switch {
		case showsDay(code):
			got = "day"
		case showsClock(code):
			got = "clock"
		}
		if got != want {
			t.Errorf("%s shows %q, not %q", code, got, want)
		}
	}
}
