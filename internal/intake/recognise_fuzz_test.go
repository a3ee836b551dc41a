package intake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzRecognise recognises tables under the headers of all known exports and what
// becomes of them: whatever the names and the cells, a mapping names columns that
// there are, the formats that are shown are the best two, and the same file is
// recognised alike again.
func FuzzRecognise(f *testing.F) {
	headers, err := filepath.Glob(filepath.Join("..", "..", "testdata", "formats", "*", "*.csv"))
	if err != nil || len(headers) == 0 {
		f.Fatalf("no invented exports were found: %v", err)
	}
	for _, path := range headers {
		text, err := os.ReadFile(filepath.Clean(path))
		if err != nil {
			f.Fatal(err)
		}
		first, rest, _ := strings.Cut(string(text), "\n")
		second, _, _ := strings.Cut(rest, "\n")
		f.Add(first, second)
	}
	f.Fuzz(func(t *testing.T, header, row string) {
		names, cells := strings.Split(header, ","), strings.Split(row, ",")
		if len(names) > 300 {
			return
		}
		made := func() *Source {
			s := &Source{Path: "f.csv", Original: "f.csv", Container: CSV, Delimiter: ","}
			s.SetColumns(names, [][]string{cells, cells})
			return s
		}
		rec, err := Recognise(made(), Hints{})
		if err != nil {
			return
		}
		for field, position := range rec.Mapping {
			if position < 0 || position >= len(names) {
				t.Fatalf("%s is column %d of %d", field, position, len(names))
			}
		}
		if len(rec.Matches) > 2 || len(rec.Matches) == 2 && rec.Matches[0].Score < rec.Matches[1].Score {
			t.Fatalf("the formats that fit are %+v", rec.Matches)
		}
		again, err := Recognise(made(), Hints{})
		if err != nil || again.Kind != rec.Kind || again.Format != rec.Format || show(made(), again.Mapping) != show(made(), rec.Mapping) {
			t.Fatalf("recognised as %s %s, and then as %s %s, %v", rec.Kind, show(made(), rec.Mapping), again.Kind, show(made(), again.Mapping), err)
		}
	})
}
