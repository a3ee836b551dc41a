package intake

import (
	"slices"
	"sort"

	"worth/internal/i18n"
)

// matcher builds a Recognition step by step.
type matcher struct {
	Recognition
	source *Source
	hints  Hints
	names  []string        // normalised header of each column; empty without a header
	given  Mapping         // overrides that this source has columns for
	barred map[Field]bool  // fields the analyst wants unmapped
	rivals map[Field][]int // columns that fit a field as well as the one chosen

	language string // of the known export's columns
}

func newMatcher(s *Source, hints Hints) *matcher {
	m := &matcher{
		source: s, hints: hints, names: make([]string, len(s.Columns)),
		given: Mapping{}, barred: map[Field]bool{}, rivals: map[Field][]int{},
	}
	m.Mapping, m.Confidence, m.Refused = Mapping{}, map[Field]Confidence{}, map[Field]string{}
	for i, h := range s.Headers {
		m.names[i] = normalise(h)
	}
	for field, column := range hints.Overrides.Columns {
		if column == "" {
			m.barred[field] = true
		} else if i := resolve(s, column); i >= 0 {
			m.given[field] = i
		}
	}
	return m
}

// chooseKind takes the kind the analyst gave, that of a known export, or the
// one whose vocabulary explains the columns best.
func (m *matcher) chooseKind() {
	m.chooseFormat()
	switch {
	case m.hints.Overrides.Kind != "":
		m.Kind = m.hints.Overrides.Kind
		return
	case m.known != nil:
		m.Kind = m.known.Kind
		return
	}
	m.Kind = m.bestKind()
	if !m.source.HasHeader && m.onlyDate() >= 0 && m.allGivenIn(Orders) {
		m.Kind = Orders // few given columns say less than a column of dates does
	}
}

// allGivenIn reports whether a kind has all fields the analyst gave.
func (m *matcher) allGivenIn(kind Kind) bool {
	for field := range m.given {
		if !slices.Contains(FieldsOf(kind), field) {
			return false
		}
	}
	return true
}

// bestKind compares the vocabularies. Orders may win without its date, so that
// an order file lacking one is told so rather than read as something else.
func (m *matcher) bestKind() Kind {
	met, lacking := Kind(""), Orders
	best := map[Kind]int{}
	for _, kind := range Kinds() {
		score, needs := m.score(kind)
		best[kind] = score
		switch {
		case needs && (met == "" || score > best[met]):
			met = kind
		case !needs && score > best[lacking]:
			lacking = kind
		}
	}
	switch {
	case met == "":
		return lacking
	case best[Orders] > best[met]:
		return Orders
	}
	return met
}

// score weighs the fields that the column names and overrides have for a kind.
func (m *matcher) score(kind Kind) (score int, needsMet bool) {
	k := vocabulary().kinds[kind]
	strength := map[Field]int{}
	for _, name := range m.names {
		if h, ok := k.lookup[name]; ok && name != "" && !m.barred[h.field] {
			strength[h.field] = max(strength[h.field], weight(h.sure))
		}
	}
	if len(m.given) == len(m.hints.Overrides.Columns)-len(m.barred) {
		for field := range m.given {
			if slices.Contains(FieldsOf(kind), field) {
				strength[field] = weight(true)
			}
		}
	}
	for field, w := range strength {
		score += w + k.Signs[field]*w/weight(true)
	}
	needsMet = true
	for _, group := range k.Needs {
		needsMet = needsMet && slices.ContainsFunc(group, func(f Field) bool { return strength[f] > 0 })
	}
	return score, needsMet
}

func weight(sure bool) int {
	if sure {
		return 2
	}
	return 1
}

// assign gives each field its best column: the analyst's choice, then the known
// export's, then the surest name.
func (m *matcher) assign() {
	taken := make([]bool, len(m.names))
	for _, field := range m.given.Fields() {
		if !slices.Contains(FieldsOf(m.Kind), field) {
			m.warn("--map: a file of kind %s has no field %s; column %s is left out", string(m.Kind), string(field), m.source.Columns[m.given[field]])
			continue
		}
		m.place(field, m.given[field], Given)
		taken[m.given[field]] = true
	}
	if m.known != nil {
		m.assignFormat(taken)
		if !m.known.Open {
			return
		}
	}
	if !m.source.HasHeader {
		m.assignByContent(taken)
		return
	}
	for field, columns := range m.byName(taken) {
		best := columns[0]
		confidence := Likely
		if m.hitOf(best).sure {
			confidence = Sure
		}
		m.place(field, best, confidence)
		m.rivals[field] = columns[1:]
	}
}

// byName collects for every field still open its columns, the best first.
func (m *matcher) byName(taken []bool) map[Field][]int {
	out := map[Field][]int{}
	for i := range m.names {
		h := m.hitOf(i)
		if _, placed := m.Mapping[h.field]; h.field == "" || placed || taken[i] || m.barred[h.field] {
			continue
		}
		out[h.field] = append(out[h.field], i)
	}
	for _, columns := range out {
		sort.SliceStable(columns, func(a, b int) bool {
			x, y := m.hitOf(columns[a]), m.hitOf(columns[b])
			if x.sure != y.sure {
				return x.sure
			}
			return x.rank < y.rank
		})
	}
	return out
}

func (m *matcher) hitOf(column int) hit {
	if m.names[column] == "" {
		return hit{}
	}
	return vocabulary().kinds[m.Kind].lookup[m.names[column]]
}

func (m *matcher) place(field Field, column int, confidence Confidence) {
	m.Mapping[field], m.Confidence[field] = column, confidence
}

func (m *matcher) warn(english string, args ...any) {
	m.Warnings = append(m.Warnings, i18n.T(english, args...))
}
