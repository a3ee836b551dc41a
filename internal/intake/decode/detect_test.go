package decode

import (
	"strings"
	"testing"
	"unicode/utf8"
)

const (
	simplified  = "订单编号,买家会员名,收货地址\n1001,林小满,杭州市西湖区文三路\n1002,陈大文,上海市浦东新区世纪大道\n"
	traditional = "訂單編號,會員名稱,收件地址\n1001,林小滿,臺北市信義區松高路\n1002,陳大文,高雄市前鎮區中華五路\n"
	western     = "Name,City,Total\nJosé Núñez,Málaga,12\nZoë Brontë,Köln,9\nÉmilie Lefèvre,Besançon,7\nJörg Weiß,Düsseldorf,3 €\n"
)

func TestDetect(t *testing.T) {
	tests := []struct {
		name string
		text string
		in   Encoding
		mark string
		sure float64 // at least
	}{
		{"ascii", "id,date\n1,2026-05-14\n", UTF8, "", 1},
		{"utf-8 Chinese", simplified, UTF8, "", 0.99},
		{"utf-8 mark", simplified, UTF8, "\xef\xbb\xbf", 1},
		{"gbk", simplified, GB18030, "", Unsure},
		{"gbk, one name", "id,name\n1,林小满\n", GB18030, "", 0.55},
		{"gbk, rare characters", "id,name\n1,喆珺堃 订单\n2,昕怡 交易成功\n", GB18030, "", 0.4},
		{"gb18030 mark", simplified, GB18030, "\x84\x31\x95\x33", 1},
		{"big5", traditional, Big5, "", Unsure},
		{"utf-16 mark", simplified, UTF16LE, "\xff\xfe", 1},
		{"utf-16 big end mark", western, UTF16BE, "\xfe\xff", 1},
		{"utf-16 no mark", simplified, UTF16LE, "", 0.9},
		{"utf-16 big end no mark", western, UTF16BE, "", 0.9},
		{"windows-1252", western, Windows1252, "", Unsure},
		{"windows-1252, one letter", "customer_id,name\n1,José\n", Windows1252, "", 0.5},
		{"windows-1252, euro signs", "id,total\n1,12 €\n2,14 €\n", Windows1252, "", 0.5},
		{"mac roman", western, MacRoman, "", 0.7},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := Detect(append([]byte(tt.mark), encoded(t, tt.in, tt.text)...))
			if d.Encoding != tt.in || d.Confidence < tt.sure || len(d.Evidence) == 0 {
				t.Errorf("%s, %.2f, %q", d.Encoding, d.Confidence, d.Evidence)
			}
			if d.BOM != (tt.mark != "") {
				t.Errorf("mark %v", d.BOM)
			}
		})
	}
}

func TestDetectShowsASample(t *testing.T) {
	d := Detect(encoded(t, GB18030, simplified))
	if all := strings.Join(d.Evidence, " "); !strings.Contains(all, "“订单编号") {
		t.Errorf("evidence %q", all)
	}
	if d := Detect(encoded(t, GB18030, "id\n1,喆珺\n")); d.Confidence >= Unsure || !strings.Contains(strings.Join(d.Evidence, " "), "--encoding") {
		t.Errorf("two characters are taken for certain: %+v", d)
	}
}

func TestProgramsAreNoUTF16(t *testing.T) {
	for _, data := range []string{"\x7fELF\x02\x01\x01\x00\x00", "MZ\x90\x00\x03\x00\x00\x00", "a\x00b\x00\x00\x00"} {
		if d := Detect([]byte(data)); d.Encoding.wide() {
			t.Errorf("%q: %+v", data, d)
		}
	}
}

func TestDetectDamagedUTF8(t *testing.T) {
	text := strings.Repeat("买家留言,", 40) + "\xe4\xb9,\n"
	if d := Detect([]byte(text)); d.Encoding != UTF8 || d.Confidence >= 0.99 || !strings.Contains(d.Evidence[0], "2 places") {
		t.Errorf("%+v", d)
	}
}

// Pieces from within a text may begin and end within a character.
func TestDetectFromPieces(t *testing.T) {
	data := encoded(t, GB18030, strings.Repeat(simplified, 50))
	for cut := range 7 {
		d := Detect([]byte("id,name\n"), data[101+cut:len(data)-cut])
		if d.Encoding != GB18030 || d.Confidence < 0.9 {
			t.Errorf("cut at %d: %+v", cut, d)
		}
	}
	text := []byte(strings.Repeat(simplified, 50))
	if d := Detect([]byte("id\n"), text[1:len(text)-2]); d.Encoding != UTF8 || d.Confidence < 0.99 {
		t.Errorf("UTF-8 pieces: %+v", d)
	}
}

func TestParseEncoding(t *testing.T) {
	for name, want := range map[string]Encoding{
		"": "", "gbk": GB18030, "GB2312": GB18030, "gb-18030": GB18030, "utf-8": UTF8, "UTF8": UTF8, "big5": Big5,
		"latin1": Windows1252, "ISO-8859-1": Windows1252, "windows_1252": Windows1252, "mac roman": MacRoman, "utf-16le": UTF16LE,
	} {
		if got, err := ParseEncoding(name); err != nil || got != want {
			t.Errorf("%q: %q, %v", name, got, err)
		}
	}
	if _, err := ParseEncoding("klingon"); err == nil || !strings.Contains(err.Error(), "GB18030") {
		t.Errorf("an unknown name: %v", err)
	}
	for _, e := range Encodings {
		if got, err := ParseEncoding(string(e)); err != nil || got != e {
			t.Errorf("%s is not read back: %q, %v", e, got, err)
		}
	}
}

func FuzzDetect(f *testing.F) {
	for _, seed := range []string{simplified, western, "\xff\xfe", "\x00a\x00b", "\x81\x30\x81"} {
		f.Add([]byte(seed))
	}
	f.Add(encoded(f, GB18030, simplified))
	f.Fuzz(func(t *testing.T, data []byte) {
		d := Detect(data)
		if d.Confidence < 0 || d.Confidence > 1 || d.Encoding == "" {
			t.Errorf("%+v", d)
		}
		if utf8.Valid(data) && !strings.ContainsRune(string(data), 0) && d.Encoding != UTF8 && !d.BOM {
			t.Errorf("valid UTF-8 is taken for %s", d.Encoding)
		}
		for _, e := range d.Evidence {
			if !utf8.ValidString(e) {
				t.Errorf("evidence %q", e)
			}
		}
	})
}
