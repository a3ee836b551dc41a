package decode

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// writeFile puts data into a file of a fresh folder.
func writeFile(tb testing.TB, name string, data []byte) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

// writeWorkbook saves a new workbook, the first sheet of which is Sheet1.
func writeWorkbook(tb testing.TB, fill func(f *excelize.File)) string {
	tb.Helper()
	f := excelize.NewFile()
	fill(f)
	path := filepath.Join(tb.TempDir(), "orders.xlsx")
	if err := f.SaveAs(path); err != nil {
		tb.Fatal(err)
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return path
}

func gzipped(tb testing.TB, data []byte) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		tb.Fatal(err)
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// entry is a file to be put into an archive.
type entry struct {
	name  string
	data  []byte
	flags uint16 // 1: locked
}

func zipped(tb testing.TB, entries ...entry) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		w, err := z.CreateHeader(&zip.FileHeader{Name: e.name, Method: zip.Deflate, NonUTF8: true, Flags: e.flags})
		if err == nil {
			_, err = w.Write(e.data)
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func mustOpen(tb testing.TB, path string, o Options) []Member {
	tb.Helper()
	o.TempDir = tb.TempDir()
	members, err := Open(tb.Context(), path, o)
	if err != nil {
		tb.Fatal(err)
	}
	return members
}

func text(tb testing.TB, m *Member) string {
	tb.Helper()
	var out bytes.Buffer
	if _, err := m.WriteUTF8(tb.Context(), &out, nil); err != nil {
		tb.Fatal(err)
	}
	return out.String()
}

func TestOpenText(t *testing.T) {
	gbk, utf := encoded(t, GB18030, simplified), []byte(simplified)
	tests := []struct {
		name    string
		data    []byte
		options Options
		plain   bool
		e       Encoding
		want    string
	}{
		{"utf-8", utf, Options{}, true, UTF8, simplified},
		{"utf-8 with a mark", append([]byte("\xef\xbb\xbf"), utf...), Options{}, true, UTF8, simplified},
		{"utf-8 with two marks", append([]byte("\xef\xbb\xbf\xef\xbb\xbf"), utf...), Options{}, false, UTF8, simplified},
		{"utf-8 gzip", gzipped(t, utf), Options{}, true, UTF8, simplified},
		{"gbk", gbk, Options{}, false, GB18030, simplified},
		{"gbk gzip", gzipped(t, gbk), Options{}, false, GB18030, simplified},
		{"big5", encoded(t, Big5, traditional), Options{}, false, Big5, traditional},
		{"utf-16", append([]byte("\xff\xfe"), encoded(t, UTF16LE, simplified)...), Options{}, false, UTF16LE, simplified},
		{"windows-1252", encoded(t, Windows1252, western), Options{}, false, Windows1252, western},
		{"mac roman with returns", encoded(t, MacRoman, strings.ReplaceAll(western, "\n", "\r")), Options{}, false, MacRoman, western},
		{"utf-8 with returns", []byte("a,b\r1,2\r"), Options{}, false, UTF8, "a,b\n1,2\n"},
		{"utf-16 with returns", encoded(t, UTF16LE, "id,b\r1,2\r"), Options{}, false, UTF16LE, "id,b\n1,2\n"},
		{"as told", encoded(t, Windows1252, "1,José\n"), Options{Encoding: MacRoman}, false, MacRoman, "1,JosÈ\n"},
		{"as told, and so found", utf, Options{Encoding: UTF8}, true, UTF8, simplified},
		{"damaged", append(append([]byte{}, []byte(strings.Repeat(simplified, 9))...), "9,\xe4,x\n"...), Options{}, false, UTF8, strings.Repeat(simplified, 9) + "9,\ufffd,x\n"},
		{"parquet", []byte("PAR1....PAR1"), Options{}, true, "", "PAR1....PAR1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			members := mustOpen(t, writeFile(t, "orders.csv", tt.data), tt.options)
			m := members[0]
			if len(members) != 1 || m.Plain != tt.plain || m.Encoding != tt.e || m.Format == Text && len(m.Evidence) == 0 {
				t.Errorf("%d members, %+v", len(members), m)
			}
			if got := text(t, &m); got != tt.want {
				t.Errorf("%q", got)
			}
		})
	}
}

// Foreign bytes far down a file decide about all of it.
func TestForeignBytesFarDown(t *testing.T) {
	head := strings.Repeat("1001,2026-05-14,12.50,nothing but ASCII here\n", 80_000)
	data := append([]byte(head), encoded(t, GB18030, strings.Repeat(simplified, 20))...)
	for name, data := range map[string][]byte{"plain": data, "gzip": gzipped(t, data), "zip": zipped(t, entry{name: "orders.csv", data: data})} {
		m := mustOpen(t, writeFile(t, name, data), Options{Limits: Limits{Bytes: 1 << 30, Ratio: 1 << 30, Members: 5, Parts: 1 << 20}})[0]
		if m.Encoding != GB18030 || m.Plain {
			t.Errorf("%s: %s, %q", name, m.Encoding, m.Evidence)
		}
		if !strings.HasSuffix(text(t, &m), simplified) {
			t.Errorf("%s: the end is not decoded", name)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	bomb := make([]byte, 80<<20)
	inner := zipped(t, entry{name: "a.csv", data: []byte("a,b\n")})
	book, err := os.ReadFile(writeWorkbook(t, func(*excelize.File) {}))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"old workbook", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\x00o\x00r\x00k\x00"), "soffice --headless --convert-to xlsx"},
		{"locked workbook", []byte("\xd0\xcf\x11\xe0 E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"), "locked with a password"},
		{"empty workbook", book, "every sheet of the workbook is empty"},
		{"gzip twice", gzipped(t, gzipped(t, []byte("a,b\n"))), "holds another compressed file"},
		{"zip in gzip", gzipped(t, inner), "holds another compressed file"},
		{"cut gzip", gzipped(t, []byte(simplified))[:40], "cut off before its end"},
		{"gzip bomb", gzipped(t, bomb), "expands to more than 250 times its size"},
		{"zip bomb", zipped(t, entry{name: "orders.csv", data: bomb}), "expands to more than 250 times its size"},
		{"zip in zip", zipped(t, entry{name: "more.zip", data: inner}), "more.zip in it is an archive itself"},
		{"zip in zip, in disguise", zipped(t, entry{name: "orders.csv", data: inner}), "is an archive itself"},
		{"cut zip", zipped(t, entry{name: "a.csv", data: []byte("a")})[:60], "damaged or cut off"},
		{"empty zip", zipped(t), "holds no data file"},
		{"zip of pictures", zipped(t, entry{name: "a.png", data: []byte("x")}), "holds no data file"},
		{"locked zip", zipped(t, entry{name: "a.csv", data: []byte("x"), flags: 1}), "locked with a password"},
		{"path up", zipped(t, entry{name: "../../etc/orders.csv", data: []byte("x")}), "leads out of the archive"},
		{"path up, backwards", zipped(t, entry{name: `..\orders.csv`, data: []byte("x")}), "leads out of the archive"},
		{"path from the root", zipped(t, entry{name: "/etc/orders.csv", data: []byte("x")}), "leads out of the archive"},
		{"path of a drive", zipped(t, entry{name: `C:\orders.csv`, data: []byte("x")}), "leads out of the archive"},
		{"document", zipped(t, entry{name: "word/document.xml", data: []byte("x")}), "a Word document"},
		{"binary workbook", zipped(t, entry{name: "xl/workbook.bin", data: []byte("x")}), ".xlsb"},
		{"broken workbook", zipped(t, entry{name: "xl/workbook.xml", data: []byte("<workbook><sheets>")}), "damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			members, err := Open(t.Context(), writeFile(t, "orders.zip", tt.data), Options{})
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "orders.zip") {
				t.Errorf("%v, %+v", err, members)
			}
		})
	}
}

func TestOpenArchive(t *testing.T) {
	book, err := os.ReadFile(writeWorkbook(t, func(f *excelize.File) {
		setRows(t, f, "Sheet1", [][]any{{"customer_id", "total"}, {"c1", 12.5}})
	}))
	if err != nil {
		t.Fatal(err)
	}
	data := zipped(t,
		entry{name: string(encoded(t, GB18030, `导出\订单2026年.csv`)), data: encoded(t, GB18030, simplified)},
		entry{name: "__MACOSX/._orders.csv", data: []byte("x")},
		entry{name: "使用说明.txt", data: []byte("x")},
		entry{name: "b/lines.csv", data: []byte("a,b\n1,2\n")},
		entry{name: "b/people.xlsx", data: book},
		entry{name: "logo.png", data: []byte("x")},
		entry{name: "empty.csv"},
	)
	members := mustOpen(t, writeFile(t, "export.zip", data), Options{})
	var names, texts []string
	for i := range members {
		names, texts = append(names, members[i].Name), append(texts, text(t, &members[i]))
		if members[i].Plain || !strings.Contains(strings.Join(members[i].Evidence, " "), "使用说明.txt, logo.png") {
			t.Errorf("%+v", members[i])
		}
	}
	if got := strings.Join(names, "|"); got != "b/lines.csv|b/people.xlsx|导出/订单2026年.csv" {
		t.Errorf("names %s", got)
	}
	if got := strings.Join(texts, "|"); got != "a,b\n1,2\n|customer_id,total\nc1,12.5\n|"+simplified {
		t.Errorf("texts %q", got)
	}
	if title := members[1].Title(); !strings.HasSuffix(title, "export.zip: b/people.xlsx [Sheet1]") {
		t.Errorf("title %s", title)
	}
}

func TestArchiveLimits(t *testing.T) {
	a := entry{name: "a.csv", data: []byte("a,b\n")}
	b := entry{name: "b.csv", data: bytes.Repeat([]byte("a,b\n"), 1<<19)}
	path := writeFile(t, "export.zip", zipped(t, a, b))
	if _, err := Open(t.Context(), path, Options{Limits: Limits{Bytes: 1 << 30, Ratio: 100, Members: 1}}); err == nil || !strings.Contains(err.Error(), "holds 2 files") {
		t.Errorf("members: %v", err)
	}
	if _, err := Open(t.Context(), path, Options{Limits: Limits{Bytes: 1 << 20, Ratio: 100, Members: 9}}); err == nil || !strings.Contains(err.Error(), "more than 1 MB") {
		t.Errorf("bytes: %v", err)
	}
}

func TestFileThatChanges(t *testing.T) {
	path := writeFile(t, "orders.csv", encoded(t, GB18030, simplified))
	m := mustOpen(t, path, Options{})[0]
	if err := m.Unchanged(); err != nil {
		t.Error(err)
	}
	touch := time.Now().Add(time.Hour)
	if err := os.Chtimes(path, touch, touch); err != nil {
		t.Fatal(err)
	}
	if _, err := m.WriteUTF8(t.Context(), &bytes.Buffer{}, nil); err == nil || !strings.Contains(err.Error(), "changed while it was being read") {
		t.Errorf("changed before: %v", err)
	}
	m = mustOpen(t, path, Options{})[0]
	grow := writer(func([]byte) error { return os.WriteFile(path, []byte("more"), 0o600) })
	if _, err := m.WriteUTF8(t.Context(), grow, nil); err == nil || !strings.Contains(err.Error(), "changed while it was being read") {
		t.Errorf("changed during: %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := m.Unchanged(); err == nil || !strings.Contains(err.Error(), "went away") {
		t.Errorf("gone: %v", err)
	}
}

type writer func(p []byte) error

func (w writer) Write(p []byte) (int, error) { return len(p), w(p) }

func TestProgressAndCancel(t *testing.T) {
	data := encoded(t, GB18030, strings.Repeat(simplified, 20_000))
	for name, data := range map[string][]byte{"plain": data, "gzip": gzipped(t, data), "zip": zipped(t, entry{name: "orders.csv", data: data})} {
		m := mustOpen(t, writeFile(t, name, data), Options{Limits: Limits{Bytes: 1 << 30, Ratio: 1 << 30, Members: 5}})[0]
		last := int64(0)
		_, err := m.WriteUTF8(t.Context(), writer(func([]byte) error { return nil }), func(done, total int64) {
			if done < last || done > total || total != m.Bytes {
				t.Fatalf("%s: %d of %d after %d", name, done, total, last)
			}
			last = done
		})
		if err != nil || last < m.Bytes*9/10 {
			t.Errorf("%s: %d of %d, %v", name, last, m.Bytes, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		_, err = m.WriteUTF8(ctx, writer(func([]byte) error { cancel(); return nil }), nil)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: cancelled: %v", name, err)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(zipped(f, entry{name: "a.csv", data: []byte("a,b\n")}))
	f.Add(gzipped(f, []byte("a,b\n")))
	f.Add([]byte("a,b\r1,2"))
	book, err := os.ReadFile(writeWorkbook(f, func(b *excelize.File) { setRows(f, b, "Sheet1", [][]any{{"a", "b"}, {1, time.Now()}}) }))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(book)
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(dir, "fuzz")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		members, err := Open(t.Context(), path, Options{TempDir: dir, Limits: Limits{Bytes: 1 << 24, Ratio: 100, Members: 20, Parts: 1 << 22}})
		if err != nil {
			return
		}
		for i := range members {
			if _, err := members[i].WriteUTF8(t.Context(), &bytes.Buffer{}, nil); err != nil && strings.Contains(err.Error(), "changed while") {
				t.Error(err)
			}
		}
	})
}
