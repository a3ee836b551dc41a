package decode

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

func transcodeAll(tb testing.TB, e Encoding, data []byte) (string, Stats) {
	tb.Helper()
	var out bytes.Buffer
	c := newTranscoder("orders.csv", e)
	if err := c.run(tb.Context(), &out, bytes.NewReader(data)); err != nil {
		tb.Fatal(err)
	}
	return out.String(), c.stats
}

// Whatever the mixture of ASCII and other characters, and wherever blocks end,
// text comes back as it was.
func TestTranscodeRoundTrip(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 9))
	alphabets := map[Encoding]string{
		UTF8: "订单買家é€𠮷", GB18030: "订单买家成功€𠮷é", Big5: "訂單買家成功", UTF16LE: "订单é𠮷€", UTF16BE: "訂單é𠮷€",
		Windows1252: "éñüß€’œŽ", MacRoman: "éñüß∂’œ",
	}
	for e, alphabet := range alphabets {
		letters := []rune(alphabet)
		var b strings.Builder
		for b.Len() < 3*blockBytes {
			for range random.IntN(40) {
				b.WriteByte(" abc,019\"\n"[random.IntN(10)])
			}
			for range random.IntN(9) {
				b.WriteRune(letters[random.IntN(len(letters))])
			}
		}
		text := b.String()
		got, stats := transcodeAll(t, e, encoded(t, e, text))
		if got != text || stats.Replaced != 0 || stats.Written != int64(len(text)) {
			t.Errorf("%s: %d bytes came back as %d, %+v", e, len(text), len(got), stats)
		}
	}
}

func TestTranscodeMarks(t *testing.T) {
	for _, e := range []Encoding{UTF8, GB18030, UTF16LE, UTF16BE} {
		var bom string
		for _, m := range marks {
			if m.encoding == e {
				bom = m.bytes
			}
		}
		for n := range 3 {
			data := append([]byte(strings.Repeat(bom, n)), encoded(t, e, "编号\n1\n")...)
			if got, _ := transcodeAll(t, e, data); got != "编号\n1\n" {
				t.Errorf("%s with %d marks: %q", e, n, got)
			}
		}
	}
}

func TestUndecodableIsCountedAndLocated(t *testing.T) {
	gbk := encoded(t, GB18030, "编号,名称\n1,林小满\n2,")
	tests := []struct {
		name string
		e    Encoding
		data []byte
		want string
		at   Problem
	}{
		{"utf-8", UTF8, []byte("a,b\n1,\xff2\n"), "a,b\n1,\ufffd2\n", Problem{2, 7, "0xFF"}},
		{"utf-8 cut at the end", UTF8, []byte("a,b\n1,\xe4\xb9"), "a,b\n1,\ufffd\ufffd", Problem{2, 7, "0xE4"}},
		{"gbk before a comma", GB18030, append(append([]byte{}, gbk...), "\xb0,x\n"...), "编号,名称\n1,林小满\n2,\ufffd,x\n", Problem{3, 22, "0xB0"}},
		{"gbk before a quote", GB18030, append(append([]byte{}, gbk...), "\"\xb0\"\n"...), "编号,名称\n1,林小满\n2,\"\ufffd\"\n", Problem{3, 23, "0xB0"}},
		{"gbk cut at the end", GB18030, append(append([]byte{}, gbk...), 0xb0), "编号,名称\n1,林小满\n2,\ufffd", Problem{3, 22, "0xB0"}},
		{"windows-1252", Windows1252, []byte("caf\xe9\n\x81\n"), "café\n\ufffd\n", Problem{2, 6, "0x81"}},
		{"utf-16 surrogate", UTF16LE, []byte("a\x00\n\x00\x00\xd8b\x00\n\x00"), "a\n\ufffdb\n", Problem{2, 5, "0x00D8"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, stats := transcodeAll(t, tt.e, tt.data)
			if got != tt.want || stats.Replaced < 1 || len(stats.Problems) < 1 || stats.Problems[0] != tt.at {
				t.Errorf("%q, %+v", got, stats)
			}
			strict := newTranscoder("orders.csv", tt.e)
			strict.strict = true
			err := strict.run(t.Context(), &bytes.Buffer{}, bytes.NewReader(tt.data))
			if err == nil || !strings.Contains(err.Error(), "orders.csv: line ") || !strings.Contains(err.Error(), tt.at.Bytes) {
				t.Errorf("strict: %v", err)
			}
		})
	}
}

func TestReplacementThatWasThere(t *testing.T) {
	for _, e := range []Encoding{UTF8, GB18030, UTF16LE, UTF16BE} {
		got, stats := transcodeAll(t, e, encoded(t, e, "名\ufffd称\n"))
		if got != "名\ufffd称\n" || stats.Replaced != 0 {
			t.Errorf("%s: %q, %+v", e, got, stats)
		}
	}
}

func TestTooManyReplacements(t *testing.T) {
	data := encoded(t, GB18030, strings.Repeat(simplified, 200))
	err := newTranscoder("orders.csv", UTF8).run(t.Context(), &bytes.Buffer{}, bytes.NewReader(data))
	if err == nil || !strings.Contains(err.Error(), "--encoding") || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("GBK read as UTF-8: %v", err)
	}
}

func TestLoneReturns(t *testing.T) {
	for _, text := range []string{"a,b\r1,2\r", "a\r\nb\rc\n", strings.Repeat("x\r", blockBytes) + "\r\n", "\r", "a\r"} {
		c := newTranscoder("old.csv", UTF8)
		c.returns = true
		var out bytes.Buffer
		if err := c.run(t.Context(), &out, iotest.OneByteReader(strings.NewReader(text))); err != nil {
			t.Fatal(err)
		}
		want := strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
		if out.String() != want {
			t.Errorf("%.20q became %.20q", text, out.String())
		}
	}
}

func TestTranscodeStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := newTranscoder("x", UTF8).run(ctx, &bytes.Buffer{}, strings.NewReader("a"))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	err = newTranscoder("x", UTF8).run(t.Context(), full{}, strings.NewReader("a"))
	if !errors.Is(err, errFull) || !strings.Contains(err.Error(), "room on the disk") {
		t.Errorf("disk full: %v", err)
	}
	err = newTranscoder("x", UTF8).run(t.Context(), &bytes.Buffer{}, iotest.ErrReader(errFull))
	if !errors.Is(err, errFull) {
		t.Errorf("unreadable: %v", err)
	}
}

var errFull = errors.New("no space left on device")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func FuzzTranscode(f *testing.F) {
	for i := range Encodings {
		f.Add(uint8(i), encoded(f, Encodings[i], "a,b\n\"买\",2\r\n"), false)
	}
	f.Add(uint8(1), []byte("\x81\x30\x81\xb0,\x84\x31\xa4\x37"), true)
	f.Fuzz(func(t *testing.T, which uint8, data []byte, returns bool) {
		e := Encodings[int(which)%len(Encodings)]
		c := newTranscoder("x", e)
		c.returns = returns
		var out bytes.Buffer
		err := c.run(t.Context(), &out, iotest.HalfReader(bytes.NewReader(data)))
		if err != nil && c.stats.Replaced == 0 {
			t.Fatalf("%s: %v", e, err)
		}
		if !utf8.Valid(out.Bytes()) || c.stats.Written != int64(out.Len()) {
			t.Errorf("%s gave %q, %+v", e, out.Bytes(), c.stats)
		}
		if e.codec() != nil && !returns && err == nil { // the same as the decoder by itself
			plain := data
			if n := c.skipMarks(data); n > 0 {
				plain = data[n:]
			}
			if want := decodeAll(e, plain); out.String() != want {
				t.Errorf("%s gave %q, not %q", e, out.String(), want)
			}
		}
	})
}
