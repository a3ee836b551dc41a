package intake

import (
	"slices"
	"strings"

	"worth/internal/i18n"
)

// renamed says which columns had to be given other names than the file's: those
// that share one, and those with cells but without one. Exports the program knows
// are known with their names.
func (s *Source) renamed(rec Recognition) []string {
	if rec.FormatName() != "" || !s.HasHeader {
		return nil
	}
	var shared, nameless []string
	for i, h := range s.Headers {
		switch name := cleanName(h); {
		case name == s.Columns[i]:
		case name != "" && strings.HasPrefix(s.Columns[i], name+"_"):
			shared = append(shared, s.Columns[i])
		case name == "" && slices.ContainsFunc(s.Sample, func(row []string) bool { return row[i] != "" }):
			nameless = append(nameless, s.Columns[i])
		}
	}
	var out []string
	if len(shared) > 0 {
		out = append(out, i18n.T("several columns have one name; all but the first are called %s, and --map says which one counts", few(shared)))
	}
	if len(nameless) > 0 {
		out = append(out, i18n.T("columns without a name are called %s after their place", few(nameless)))
	}
	return out
}

// few lists the first names and says how many more there are.
func few(names []string) string {
	const most = 5
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return i18n.T("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}
