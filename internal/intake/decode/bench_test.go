package decode

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
)

// exportText is a platform's export: ids, names, products, money and times.
func exportText(rows int) string {
	var b strings.Builder
	b.WriteString("订单编号,买家会员名,收货人姓名,宝贝标题,总金额,订单状态,订单创建时间\n")
	for i := range rows {
		n := strconv.Itoa(i)
		b.WriteString("61000000000" + n + ",买家" + n + ",林小满,秋季新款宽松圆领针织开衫女外套,128.50,交易成功,2026-05-14 11:23:45\n")
	}
	return b.String()
}

func encoded(tb testing.TB, e Encoding, text string) []byte {
	tb.Helper()
	codec := e.codec()
	if codec == nil {
		return []byte(text)
	}
	out, err := encoding.ReplaceUnsupported(codec.NewEncoder()).Bytes([]byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

func BenchmarkTranscode(b *testing.B) {
	text := exportText(100_000)
	for _, e := range []Encoding{UTF8, GB18030, Big5, UTF16LE, Windows1252} {
		data := encoded(b, e, text)
		b.Run(string(e), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if err := newTranscoder("x", e).run(b.Context(), io.Discard, bytes.NewReader(data)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkWorkbook reads 100,000 rows of 12 columns.
func BenchmarkWorkbook(b *testing.B) {
	path := writeWorkbook(b, func(f *excelize.File) {
		code := "yyyy/m/d hh:mm"
		date, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
		if err != nil {
			b.Fatal(err)
		}
		w, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		at := time.Date(2026, 5, 14, 11, 23, 45, 0, time.UTC)
		for i := range 100_000 {
			row := []any{
				"61000000000" + strconv.Itoa(i),
				excelize.Cell{StyleID: date, Value: at.Add(time.Duration(i) * time.Second)},
				12.34 + float64(i), "交易成功", "买家" + strconv.Itoa(i%20_000), 1, 128.5, "林小满", "针织开衫", "杭州", "13800000000", 0,
			}
			if err := w.SetRow("A"+strconv.Itoa(i+1), row); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
	})
	for b.Loop() {
		members, err := Open(b.Context(), path, Options{TempDir: b.TempDir()})
		if err != nil {
			b.Fatal(err)
		}
		stats, err := members[0].WriteUTF8(b.Context(), io.Discard, nil)
		if err != nil || stats.Rows != 100_000 {
			b.Fatal(stats, err)
		}
	}
}
