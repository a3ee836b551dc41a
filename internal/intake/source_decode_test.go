package intake

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"worth/internal/intake/decode"
)

const chineseOrders = "订单编号,买家会员名,订单创建时间,总金额\nA1,林小满,2026-05-14 11:23:45,12.50\nA2,陈大文,2026-05-15 09:00:00,30.00\n"

func gbk(t *testing.T, text string) string {
	t.Helper()
	out, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestInspectAllDecodes(t *testing.T) {
	dir := t.TempDir()
	path := write(t, "orders.csv", gbk(t, chineseOrders))
	sources, err := InspectAll(t.Context(), path, Options{TempDir: dir})
	if err != nil || len(sources) != 1 {
		t.Fatal(sources, err)
	}
	s := sources[0]
	if s.Original != path || s.Path == path || s.Encoding != decode.GB18030 || s.Title() != path || s.SHA256 != "" {
		t.Errorf("%+v", s)
	}
	if s.Columns[1] != "买家会员名" || s.Sample[0][1] != "林小满" {
		t.Errorf("columns %q, sample %q", s.Columns, s.Sample)
	}
	info, err := os.Stat(s.Path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy can be read by others: %v, %v", info.Mode(), err)
	}
	if _, err := InspectAll(t.Context(), path, Options{}); err == nil || !strings.Contains(err.Error(), "needs a folder") {
		t.Errorf("without a folder: %v", err)
	}
}

// UTF-8 goes to the reader where it is.
func TestInspectAllLeavesPlainFilesAlone(t *testing.T) {
	dir := t.TempDir()
	for _, text := range []string{chineseOrders, "\xef\xbb\xbf" + chineseOrders, zipped(t, chineseOrders)} {
		path := write(t, "orders.csv", text)
		sources, err := InspectAll(t.Context(), path, Options{TempDir: dir})
		if err != nil || sources[0].Path != path || len(sources[0].Warnings) > 0 {
			t.Errorf("%+v, %v", sources, err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("%d copies, %v", len(left), err)
	}
}

func TestInspectAllWarns(t *testing.T) {
	damaged := chineseOrders + strings.Repeat("A3,林小满,2026-05-14,1\n", 20) + "A4,\xe9,2026-05-14,1\n"
	told := map[string]float64{}
	sources, err := InspectAll(t.Context(), write(t, "orders.csv", damaged), Options{
		TempDir: t.TempDir(), Decoding: func(file string, share float64) { told[file] = share },
	})
	if err != nil || len(sources[0].Warnings) != 1 || !strings.Contains(sources[0].Warnings[0], "line 24, byte ") {
		t.Fatalf("%v, %+v", err, sources)
	}
	if told[sources[0].Title()] != 1 {
		t.Errorf("progress %v", told)
	}
	sources, err = InspectAll(t.Context(), write(t, "orders.csv", "customer_id,date\nJos\xe9,2026-01-02\n"), Options{TempDir: t.TempDir()})
	if err != nil || len(sources[0].Warnings) != 1 || !strings.Contains(sources[0].Warnings[0], "--encoding") {
		t.Errorf("one letter: %v, %+v", err, sources)
	}
	sources, err = InspectAll(t.Context(), write(t, "orders.csv", "customer_id,date\nJos\xe9,2026-01-02\n"), Options{TempDir: t.TempDir(), Encoding: decode.Windows1252})
	if err != nil || len(sources[0].Warnings) != 0 || sources[0].Sample[0][0] != "José" {
		t.Errorf("as told: %v, %+v", err, sources)
	}
}

// A failure half way leaves no copy behind.
func TestInspectAllCleansUp(t *testing.T) {
	dir := t.TempDir()
	bad := strings.Repeat(gbk(t, chineseOrders), 50)
	if _, err := InspectAll(t.Context(), write(t, "orders.csv", bad), Options{TempDir: dir, Encoding: decode.UTF8}); err == nil || !strings.Contains(err.Error(), "--encoding") {
		t.Errorf("GBK told to be UTF-8: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("%d copies, %v", len(left), err)
	}
}
