package rfm

import (
	"embed"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"worth/internal/i18n"
)

// Unmatched is the name under which customers without a segment are shown. No
// segment may be called so.
const Unmatched = "Unmatched"

// Default is the name of the scheme that is used when none is chosen.
const Default = "rfm-11"

// Match says what it means when two rules of a scheme hold for one customer.
type Match string

// The ways to match.
const (
	MatchFirst       Match = "first"       // the earlier rule takes the customer
	MatchExactlyOne  Match = "exactly-one" // it is a mistake, refused when the file is read
	unmatchedRefused       = "refused"
	unmatchedAllowed       = "allowed"
)

// Segment is one group of a scheme.
type Segment struct {
	Name    string            // English, the key in data and JSON: Can't Lose Them
	Names   map[string]string // names in other languages, by tag: zh-Hans, zh-Hant
	Order   int               // 1 is the best segment
	Meaning string            // a sentence on who these customers are; may be empty
	Bits    string            // for high/low schemes, 1 = high in the order R, F, M: 011; else empty

	shipped bool // Meaning is a wording of the program, not of the analyst
}

// Explanation returns Meaning in the current language; an analyst's own is
// returned as written.
func (s Segment) Explanation() string {
	if s.shipped {
		return i18n.T(s.Meaning)
	}
	return s.Meaning
}

// Label returns the segment's name in a language, or the English one.
func (s Segment) Label(language string) string {
	if name, ok := s.Names[language]; ok {
		return name
	}
	return s.Name
}

// Parameter is a number of a scheme that an analyst may change.
type Parameter struct {
	Name  string
	Value float64 // in the unit of the measures it bounds
}

// Scheme is a validated segmentation. It is made by [Builtin] or [Parse]; its
// slices must not be changed.
type Scheme struct {
	Name       string      // what --scheme, snapshots and JSON call it
	Title      string      // one line on what it is
	Levels     int         // levels of the scores it is made for
	Match      Match       // whether rules may overlap
	Unmatched  bool        // whether customers may belong to no segment
	Segments   []Segment   // best first
	Parameters []Parameter // in the order of the file
	Text       string      // the file, for snapshots to keep

	file  string
	line  int // where the rules begin
	rules []rule

	shipped bool
}

// Explanation returns Title in the current language; an analyst's own is
// returned as written.
func (s Scheme) Explanation() string {
	if s.shipped {
		return i18n.T(s.Title)
	}
	return s.Title
}

// rule is one box of a scheme whose bounds may still be symbols.
type rule struct {
	segment string
	spans   [NumMeasures]span
	line    int // in the file
	column  int
}

// Segment returns the scheme's segment of that name.
func (s Scheme) Segment(name string) (Segment, bool) {
	i := slices.IndexFunc(s.Segments, func(seg Segment) bool { return seg.Name == name })
	if i < 0 {
		return Segment{}, false
	}
	return s.Segments[i], true
}

// With returns the scheme with another value for a parameter. It fails when the
// scheme has no such parameter, or when the value makes rules collide.
func (s Scheme) With(parameter string, value float64) (Scheme, error) {
	i := slices.IndexFunc(s.Parameters, func(p Parameter) bool { return p.Name == parameter })
	if i < 0 {
		known := make([]string, len(s.Parameters))
		for j, p := range s.Parameters {
			known[j] = p.Name
		}
		if len(known) == 0 {
			return Scheme{}, i18n.Errorf("the scheme %s has no parameters", s.Name)
		}
		return Scheme{}, i18n.Errorf("the scheme %s has no parameter %q; choose one of %s",
			s.Name, parameter, strings.Join(known, ", "))
	}
	if !(value >= -largest && value <= largest) {
		return Scheme{}, i18n.Errorf("%s cannot be %s; give a number", parameter, number(value))
	}
	s.Parameters = slices.Clone(s.Parameters)
	s.Parameters[i].Value = value
	return s.validated()
}

// ByAverage returns the scheme with bounds on net revenue put on the average
// order value instead, for shops that take M as the average order. Other
// measures, value_rank too, stay as they are.
func (s Scheme) ByAverage() (Scheme, error) {
	s.rules = slices.Clone(s.rules)
	for i := range s.rules {
		spans := &s.rules[i].spans
		if spans[NetRevenue] == anything {
			continue
		}
		if spans[AOV] != anything {
			return Scheme{}, i18n.Errorf("%s bounds net_revenue and aov at once, so net_revenue cannot stand for aov", s.at(i))
		}
		spans[AOV], spans[NetRevenue] = spans[NetRevenue], anything
	}
	return s.validated()
}

// validated returns the scheme if it is fit to use.
func (s Scheme) validated() (Scheme, error) {
	if errs := s.validate(); len(errs) > 0 {
		return Scheme{}, errors.Join(errs...)
	}
	return s, nil
}

// parameter returns the value of a parameter that validate has found to exist.
func (s Scheme) parameter(name string) float64 {
	for _, p := range s.Parameters {
		if p.Name == name {
			return p.Value
		}
	}
	return 0
}

// shipped holds the schemes that come with the program, named as their files.
//
//go:embed schemes/*.yaml
var shipped embed.FS

// Names returns the names of the schemes that come with the program, the
// default first.
func Names() []string {
	return []string{
		Default, "rf-10", "cn-8-mean", "cn-8-median", "four-groups",
		"metals", "clothing", "value-3", "value-ladder",
	}
}

// Builtin returns a scheme that comes with the program. It fails, naming the
// known ones, when there is none of that name.
func Builtin(name string) (Scheme, error) {
	if !slices.Contains(Names(), name) {
		return Scheme{}, i18n.Errorf("there is no scheme %q; choose one of %s, or name a scheme file",
			name, strings.Join(Names(), ", "))
	}
	file := name + ".yaml"
	data, err := shipped.ReadFile("schemes/" + file)
	if err != nil {
		return Scheme{}, i18n.Errorf("the scheme %s is missing from this program: %v", name, err)
	}
	s, err := parse(file, data)
	s.shipped = true
	for i := range s.Segments {
		s.Segments[i].shipped = true
	}
	return s, err
}

// Parse reads an analyst's scheme file. The file's name is for errors, and names
// the scheme when the file itself does not. The error joins a sentence for every
// mistake found, each with file, line and column.
func Parse(name string, data []byte) (Scheme, error) {
	s, err := parse(name, data)
	if err == nil && slices.Contains(Names(), s.Name) {
		return Scheme{}, i18n.Errorf("%s: the name %s belongs to a scheme of the program; give yours another with a line such as \"name: my-%s\"",
			name, s.Name, s.Name)
	}
	return s, err
}

// baseName names a scheme after its file.
func baseName(file string) string {
	base := filepath.Base(file)
	return strings.TrimSuffix(base, filepath.Ext(base))
}
