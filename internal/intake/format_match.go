package intake

import (
	"cmp"
	"slices"
)

// FormatMatch says how well a file fits a known format.
type FormatMatch struct {
	Name     string
	Title    string  // in the reader's language
	Language string  // in which the columns are named
	Score    float64 // share of the format's columns that the file has, 0–1
	Matched  int     // columns of the format that the file has
}

// fitting is a format that a file has all must columns of.
type fitting struct {
	format *Format
	FormatMatch
}

// Formats are the formats that files are compared with. A Formats is read only
// and safe for concurrent use.
type Formats struct{ list []*Format }

// All returns the formats by name.
func (f *Formats) All() []*Format { return slices.Clone(f.list) }

// byName returns the format of that name, or nil.
func (f *Formats) byName(name string) *Format {
	for _, format := range f.list {
		if format.Name == name {
			return format
		}
	}
	return nil
}

// match returns the formats whose must columns and marks a header has, the best first: the
// larger share of its columns, then the larger number of them. Headers are
// normalised names.
func (f *Formats) match(names []string) []fitting {
	have := make(map[string]bool, len(names))
	for _, n := range names {
		have[n] = n != ""
	}
	var out []fitting
	for _, format := range f.list {
		if c, ok := format.best(have); ok {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, compareFittings)
	return out
}

func compareFittings(a, b fitting) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Matched, a.Matched))
}

// best matches a header in every language the format is known in.
func (f *Format) best(have map[string]bool) (best fitting, ok bool) {
	for _, language := range f.languages() {
		c, fits := f.in(language, have)
		if fits && (!ok || compareFittings(c, best) < 0) {
			best, ok = c, true
		}
	}
	return best, ok
}

// languages lists the languages of the format, its own first.
func (f *Format) languages() []string {
	out := []string{f.Language}
	for language := range f.Languages {
		out = append(out, language)
	}
	slices.Sort(out[1:])
	return out
}

// in matches a header whose names are in one language. ok says that all must
// columns are there.
func (f *Format) in(language string, have map[string]bool) (c fitting, ok bool) {
	matched := 0
	found := make(map[string]bool, len(f.Columns))
	for _, h := range f.Columns {
		for _, name := range f.spellings(h, language) {
			if have[f.folded[name]] {
				found[h[0]] = true
				matched++
				break
			}
		}
	}
	if matched == 0 || slices.ContainsFunc(f.needed(), func(name string) bool { return !found[name] }) {
		return fitting{}, false
	}
	return fitting{f, FormatMatch{
		Name: f.Name, Title: f.TitleText(), Language: language,
		Score: float64(matched) / float64(len(f.Columns)), Matched: matched,
	}}, true
}

// needed lists the columns without which a file is not of the format.
func (f *Format) needed() []string { return slices.Concat(f.Must, f.Marks) }

// spellings returns the names a column has in a language; one that has none
// there keeps its own.
func (f *Format) spellings(h Heading, language string) []string {
	if translated, ok := f.Languages[language][h[0]]; ok {
		return []string{translated}
	}
	return h
}

// column returns the position of a column of the format among normalised names,
// or -1. Of a name that stands twice the first is meant.
func (f *Format) column(name, language string, names []string) int {
	h, ok := f.heading(name)
	if !ok {
		return -1
	}
	for _, spelling := range f.spellings(h, language) {
		if i := slices.Index(names, f.folded[spelling]); i >= 0 {
			return i
		}
	}
	return -1
}
