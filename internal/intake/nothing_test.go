package intake

import (
	"math/rand/v2"
	"strings"
	"testing"
)

var testWords = []string{"", "NULL", "n/a", "-", "——"}

func TestNothingScan(t *testing.T) {
	for text, none := range map[string]bool{
		"":                           true,
		"a,b\n1,2\n":                 true,
		"a,b\n1,NULL\n":              false,
		"a,b\n1,NULL":                false,
		"NULL,b\n":                   false,
		"\ufeffNULL,b\n":             false,
		"a,b\r\n-,2\r\n":             false,
		"a,b\n1,\"n/a\"\n":           false,
		"a,b\n1,——\n":                false,
		"a,b\n1,ANNULLED\n":          true,
		"a,b\n1,NULLS\n":             true,
		"2026-01-02,-5.00\nx-1,a-\n": true,
		"a,,\n,\"\",\n":              true,
	} {
		for _, step := range []int{1, 2, 3, 7, len(text) + 1} {
			scan := newNothingScan(testWords, ",", `"`)
			for at := 0; at < len(text); at += step {
				if _, err := scan.Write([]byte(text[at:min(len(text), at+step)])); err != nil {
					t.Fatal(err)
				}
			}
			if got := scan.none(); got != none {
				t.Errorf("%q in steps of %d: none = %v", text, step, got)
			}
		}
	}
}

// No cell that is a word for nothing goes unnoticed, wherever reading is cut.
func TestNothingScanMissesNone(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"NULL", "n/a", "-", "——", "a", "", "NUL", "—", "12-3", ",", "\n", ",", "\n", "NULLL"}
	for range 3000 {
		var b strings.Builder
		for range random.IntN(12) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		text, want := b.String(), true
		for _, cell := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '\n' }) {
			for _, word := range testWords {
				want = want && cell != word
			}
		}
		scan := newNothingScan(testWords, ",", `"`)
		for at := 0; at < len(text); {
			n := min(len(text)-at, 1+random.IntN(5))
			_, _ = scan.Write([]byte(text[at : at+n]))
			at += n
		}
		if got := scan.none(); got != want {
			t.Fatalf("%q: none = %v, want %v", text, got, want)
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
		if !scan.none() {
			b.Fatal("there is nothing to find")
		}
	}
}
