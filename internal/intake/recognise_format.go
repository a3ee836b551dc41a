package intake

import (
	"slices"

	"worth/internal/i18n"
)

// chooseFormat finds the known export the file is: the one the analyst says, or
// the one that fits best. A kind the analyst gave rules out formats of others.
func (m *matcher) chooseFormat() {
	formats := m.hints.Formats
	if formats == nil {
		formats = BuiltinFormats()
	}
	found := formats.match(m.names)
	for _, c := range found[:min(len(found), 2)] {
		m.Matches = append(m.Matches, c.FormatMatch)
	}
	switch name := m.hints.Overrides.Format; {
	case name == NoFormat:
		return
	case name != "":
		m.takeGiven(formats, found, name)
		return
	}
	kind := m.hints.Overrides.Kind
	i := slices.IndexFunc(found, func(c fitting) bool { return kind == "" || c.format.Kind == kind })
	if i >= 0 {
		m.take(found[i].format, found[i].Language)
	}
}

// takeGiven takes the format the analyst named, whatever it lacks.
func (m *matcher) takeGiven(formats *Formats, found []fitting, name string) {
	format := formats.byName(name)
	if format == nil { // one --map serves several files; Overrides.checkFormat has refused unknown names
		return
	}
	language := format.Language
	for _, c := range found {
		if c.format == format {
			language = c.Language
		}
	}
	m.take(format, language)
}

func (m *matcher) take(format *Format, language string) {
	m.known, m.language, m.Format = format, language, format.TitleText()
}

// assignFormat places what a known export's columns mean, and nothing else: every
// column is accounted for in the format, those that are not mapped on purpose.
func (m *matcher) assignFormat(taken []bool) {
	for field, name := range m.known.Map {
		i := m.known.column(name, m.language, m.names)
		if _, placed := m.Mapping[field]; i < 0 || placed || taken[i] || m.barred[field] || m.Kind != m.known.Kind {
			continue
		}
		m.place(field, i, Sure)
	}
	for _, column := range m.Mapping {
		taken[column] = true
	}
	for _, note := range m.known.Notes {
		m.Warnings = append(m.Warnings, i18n.T(note))
	}
}

// revenue returns the rule of the known export, unless the analyst placed amounts
// it knows nothing of.
func (m *matcher) revenue() RevenueRule {
	usual := RevenueOf(m.Mapping)
	if m.known == nil || m.known.Money.Revenue == "" {
		return usual
	}
	rule := m.known.Money.Revenue
	if base := revenueBase[rule]; base != "" && !m.has(base) {
		return usual
	}
	for field := range m.given {
		if _, own := m.known.Map[field]; !own && slices.Contains(baseFields(), field) {
			return usual
		}
	}
	return rule
}

// baseFields lists the amounts from which a rule makes net revenue.
func baseFields() []Field {
	return []Field{NetRevenue, Subtotal, Gross, Total, LineAmount, Price, Amount}
}

// packed reports whether a field's cells are read by a reader of the format.
func (m *matcher) packed(field Field) bool { return m.reader(field) != "" }

// FormatName is the name of the known export the file is read as, such as
// shopify_orders; empty for a file of none.
func (r Recognition) FormatName() string {
	if r.known == nil {
		return ""
	}
	return r.known.Name
}

// reader returns the format's own way of reading a field, if it has one.
func (r Recognition) reader(field Field) FormatReader {
	if r.known == nil {
		return ""
	}
	return r.known.Read[field]
}

// addsUp reports whether an amount that usually belongs to the order belongs to
// the row in this file.
func (r Recognition) addsUp(field Field) bool {
	return r.known != nil && slices.Contains(r.known.Money.Row, field)
}

// outside reports whether an amount is recorded and never taken off.
func (r Recognition) outside(field Field) bool {
	return r.known != nil && slices.Contains(r.known.Money.Outside, field)
}

// continued reports whether further rows of an order leave the order's cells empty.
func (r Recognition) continued() bool { return r.known != nil && r.known.Continued }

// platform and currency are what orders have that no column gives any.
func (r Recognition) platform() string {
	if r.known == nil {
		return ""
	}
	return r.known.Platform
}

// action is what the rows of an interactions file are about when no column says it.
func (r Recognition) action() string {
	if r.known == nil {
		return ""
	}
	return r.known.Action
}

func (r Recognition) currency() string {
	if r.known == nil {
		return ""
	}
	return r.known.Currency
}
