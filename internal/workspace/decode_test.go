package workspace

import (
	"archive/zip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// exportRows are the rows of an export, times as text.
func exportRows() [][]string {
	rows := [][]string{{"订单编号", "买家会员名", "订单创建时间", "买家实际支付金额", "订单状态"}}
	at := time.Date(2026, 3, 1, 10, 30, 0, 0, time.UTC)
	for i := range 40 {
		rows = append(rows, []string{
			fmt.Sprintf("6100000000000%05d", i), fmt.Sprintf("买家%d", i%7), at.Add(time.Duration(i) * 31 * time.Hour).Format(time.DateTime),
			fmt.Sprintf("%d.50", 20+i), "交易成功",
		})
	}
	return rows
}

// Whatever an export is wrapped in, it loads as its UTF-8 text does.
func TestWrappedExportsLoadAlike(t *testing.T) {
	dir := t.TempDir()
	rows := exportRows()
	text := ""
	for _, row := range rows {
		text += strings.Join(row, ",") + "\n"
	}
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	put := func(name, content string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("utf8.csv", text)
	put("gbk.csv", gbk)
	put("titled.csv", "订单导出\n导出时间,2026-06-01\n"+text)
	put("returns.csv", strings.ReplaceAll(text, "\n", "\r"))
	writeZip(t, filepath.Join(dir, "gbk.zip"), map[string]string{"订单.csv": gbk})
	writeBook(t, filepath.Join(dir, "book.xlsx"), rows)
	tests := []struct{ file, title, encoding, sheet string }{
		{"utf8.csv", "utf8.csv", "UTF-8", ""},
		{"gbk.csv", "gbk.csv", "GB18030", ""},
		{"titled.csv", "titled.csv", "UTF-8", ""},
		{"returns.csv", "returns.csv", "UTF-8", ""},
		{"gbk.zip", "gbk.zip: 订单.csv", "GB18030", ""},
		{"book.xlsx", "book.xlsx: [订单]", "UTF-8", "订单"},
	}
	var want Overview
	for i, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			w, err := Open(t.Context(), "", Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer w.Close()
			report, err := w.Load(t.Context(), LoadRequest{Sources: []string{filepath.Join(dir, tt.file)}}, nil)
			if err != nil {
				t.Fatal(err)
			}
			f := report.Files[0]
			if filepath.Base(f.Title()) != tt.title || f.Encoding != tt.encoding || f.Sheet != tt.sheet || f.Rows != 40 || f.Rejected != 0 {
				t.Errorf("%+v", f)
			}
			again, err := w.Load(t.Context(), LoadRequest{Sources: []string{filepath.Join(dir, tt.file)}}, nil)
			if err != nil || !again.Files[0].Already {
				t.Errorf("loaded twice: %+v, %v", again.Files, err)
			}
			got, err := w.Overview(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				want = got
			}
			if fmt.Sprintf("%+v", got.NetRevenue) != fmt.Sprintf("%+v", want.NetRevenue) || got.Customers != want.Customers || got.Orders != want.Orders || got.Orders != 40 {
				t.Errorf("%+v, not %+v", got, want)
			}
		})
	}
}

// Cells in the dress that exports put on them are read for what they are.
func TestDressedCells(t *testing.T) {
	text := "order_id,customer_id,order_date,total,quantity\n" +
		`="1001",'c1,46156.25,(RM 50.00),1473个` + "\n" +
		"\t1002,c1,46157,\"RM 1,234.56\",2 件\n" +
		"1003.0,\tc2,2026-05-16,¥88.00元,1\n" +
		"1004,c2,46159,Rs.500,1\n" +
		"1005,c3,46160,\"12,5\",1\n" // no amount with a decimal point
	path := filepath.Join(t.TempDir(), "dressed.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := Open(t.Context(), "", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	report, err := w.Load(t.Context(), LoadRequest{Sources: []string{path}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	f := report.Files[0]
	if f.Kept != 4 || f.Rejected != 1 || *f.DateMin != "2026-05-14" || *f.DateMax != "2026-05-17" || f.NetRevenue.String() != "1772.56" {
		t.Errorf("%+v, %s to %s, %s", f, *f.DateMin, *f.DateMax, f.NetRevenue)
	}
}

func writeZip(t *testing.T, path string, files map[string]string) {
	t.Helper()
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(out)
	for name, content := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

// writeBook writes a workbook whose first sheet describes the columns of the
// second, with true dates in every other row.
func writeBook(t *testing.T, path string, rows [][]string) {
	t.Helper()
	f := excelize.NewFile()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	check(f.SetSheetName("Sheet1", "字段说明"))
	check(f.SetSheetRow("字段说明", "A1", &[]string{"字段", "说明"}))
	_, err := f.NewSheet("订单")
	check(err)
	code := "yyyy/m/d h:mm:ss"
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
	check(err)
	for i, row := range rows {
		line := fmt.Sprint(i + 1)
		check(f.SetSheetRow("订单", "A"+line, &row))
		if at, err := time.Parse(time.DateTime, row[2]); err == nil && i%2 == 0 {
			check(f.SetCellValue("订单", "C"+line, at))
			check(f.SetCellStyle("订单", "C"+line, "C"+line, style))
		}
	}
	check(f.SaveAs(path))
	check(f.Close())
}
