package intake

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

var testWords = []string{"", "NULL", "n/a", "-", "——"}

// scanned shows a scan a text in parts of step bytes.
func scanned(t *testing.T, text string, step func() int) *nothingScan {
	t.Helper()
	scan := newNothingScan(testWords, ",", `"`)
	for at := 0; at < len(text); {
		n := min(len(text)-at, step())
		if _, err := scan.Write([]byte(text[at : at+n])); err != nil {
			t.Fatal(err)
		}
		at += n
	}
	scan.end()
	return scan
}

func TestNothingScan(t *testing.T) {
	type want struct{ found, dashed bool }
	none, word, dash := want{}, want{found: true}, want{true, true}
	long := strings.Repeat("2026-01-05 10:00,-5.00,a - b,x-\n", 40)
	for text, want := range map[string]want{
		"":                           none,
		"a,b\n1,2\n":                 none,
		"a,b\n1,NULL\n":              word,
		"a,b\n1,NULL":                word,
		"NULL,b\n":                   word,
		"\ufeffNULL,b\n":             word,
		"a,b\r\n-,2\r\n":             word,
		"a,b\n1,\"n/a\"\n":           word,
		"a,b\n1,——\n":                word,
		"a,b\n1,ANNULLED\n":          none,
		"a,b\n1,NULLS\n":             none,
		"2026-01-02,-5.00\nx-1,a-\n": none,
		"a,,\n,\"\",\n":              none,
		"- ,1\n":                     dash,
		"1,- ":                       dash,
		"1,- \r\n2,3\n":              dash,
		"1,\" -   \"\n":              dash,
		"NULL,1\n2,  -  ,3\n":        dash,
		"1, -,2\n":                   none,
		"1,- 5,2\n":                  none,
		long:                         none,
		long + "1,  -  ,2\n":         dash,
	} {
		for _, step := range []int{1, 2, 3, 7, 65, len(text) + 1} {
			got := scanned(t, text, func() int { return step })
			if got.found != want.found || got.dashed != want.dashed {
				t.Errorf("%q in steps of %d: found %v, dashed %v", text, step, got.found, got.dashed)
			}
		}
	}
}

// No cell that is a word for nothing goes unnoticed, wherever reading is cut.
func TestNothingScanMissesNone(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"NULL", "n/a", "-", "——", "a", "", "NUL", "—", "12-3", ",", "\n", ",", "\n", "NULLL", " ", "- "}
	for range 3000 {
		var b strings.Builder
		for range random.IntN(12) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		text, word, dash := b.String(), false, false
		for _, cell := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '\n' }) {
			word = word || slices.Contains(testWords, cell)
			dash = dash || strings.TrimSpace(cell) == "-" && strings.HasSuffix(cell, " ")
		}
		got := scanned(t, text, func() int { return 1 + random.IntN(5) })
		if got.dashed != dash || !dash && got.found != word {
			t.Fatalf("%q: found %v, dashed %v; want %v, %v", text, got.found, got.dashed, word, dash)
		}
	}
}

func BenchmarkNothingScan(b *testing.B) {
	row := "10000001,c-0000807,2023-11-01 00:14:06,completed,web,,FRIEND-c-0000732,EUR,95.44,9.54,0.00,18.90,104.80,0.00,0,IT\n"
	text := []byte(strings.Repeat(row, 1000))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		scan := newNothingScan([]string{"NULL", "null", "N/A", "n/a", "-", "--", "—", "——", "None", "nil", "NaT"}, ",", `"`)
		_, _ = scan.Write(text)
		if scan.found {
			b.Fatal("there is nothing to find")
		}
	}
}
