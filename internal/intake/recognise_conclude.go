package intake

import (
	"slices"

	"worth/internal/i18n"
)

// conclude says what is missing, what to ask, and what follows for orders.
func (m *matcher) conclude() {
	used := map[int]bool{}
	for _, column := range m.Mapping {
		used[column] = true
	}
	for i := range m.source.Columns {
		if !used[i] {
			m.Unmapped = append(m.Unmapped, i)
		}
	}
	if m.Kind == Aside {
		return
	}
	for _, group := range vocabulary().kinds[m.Kind].Needs {
		if slices.ContainsFunc(group, m.has) {
			continue
		}
		m.Missing = append(m.Missing, group[0])
		m.ask(group[0], true, i18n.T("no column is recognised as %s, which a file of kind %s needs", string(group[0]), string(m.Kind)))
	}
	switch m.Kind {
	case Orders:
		m.concludeOrders()
	case OrderLines:
		m.Revenue = m.revenue()
	default: // other rows are not revenue
	}
	m.askAboutRivals()
}

func (m *matcher) has(field Field) bool { _, ok := m.Mapping[field]; return ok }

// concludeOrders finds what identifies the customer and what the revenue is.
func (m *matcher) concludeOrders() {
	m.Revenue = m.revenue()
	m.findCustomer()
	if m.Customer == "" {
		m.warn("no column names the customer: the orders load as channel revenue and stay out of customer analysis")
		m.ask(CustomerID, false, i18n.T("no column is recognised as the customer"))
	}
	if m.Revenue == RevenueNone && (m.known == nil || m.known.Money.Revenue != RevenueNone) {
		m.warn("no column holds an amount: orders are counted, money is unknown")
		m.ask(Amount, false, i18n.T("no column is recognised as an amount"))
	}
	if !m.has(OrderID) {
		m.warn("no column holds an order number: every row is one order")
	}
}

// findCustomer chooses what identifies the customer of an order: what the analyst
// gave, then what the known export is known by, then the usual.
func (m *matcher) findCustomer() {
	usual := []Field{CustomerID, Email, Phone}
	keys := usual
	if m.known != nil {
		keys = m.known.Customer
		for _, field := range usual {
			if m.Confidence[field] == Given && !slices.Contains(keys, field) {
				keys = append([]Field{field}, keys...)
			}
		}
	}
	for _, field := range keys {
		switch {
		case !m.has(field):
		case m.Customer == "":
			m.Customer = field
		case m.Instead == "" && m.known != nil:
			m.Instead = field
		}
	}
}

// ask adds a question with the columns whose data could be the field.
func (m *matcher) ask(field Field, required bool, reason string) {
	m.Questions = append(m.Questions, Question{
		Field: field, Required: required, Candidates: m.candidates(field), Reason: reason,
	})
}

// candidates lists unmapped columns whose cells look like the field's type.
func (m *matcher) candidates(field Field) []int {
	info, _ := FieldInfo(field)
	const glance = 100_000 // cells looked at in all columns together
	most := max(20, glance/len(m.source.Columns))
	var out []int
	for _, i := range m.Unmapped {
		cells := cellsOf(m.source.Sample, i, most)
		if !slices.ContainsFunc(cells, func(c string) bool { return !isNull(trimCell(c)) }) {
			continue
		}
		found, fits := valueShape(cells), false
		switch info.Type {
		case TypeDate:
			fits = found == dateShaped
		case TypeAmount, TypeInteger:
			fits = found == numberShape
		case TypeID:
			fits = found == textShape || found == numberShape && !slices.ContainsFunc(cells, decimals)
		case TypeText, TypeStatus:
			fits = found == textShape
		}
		if fits {
			out = append(out, i)
		}
	}
	return out
}

// decimals reports whether a cell has decimals other than zeros, which ids that
// were once floats do not.
func decimals(cell string) bool {
	id, _ := NormaliseID(cell)
	return fractional(id)
}

// askAboutRivals asks where a less than sure name has a competitor for a field
// that everything hangs on.
func (m *matcher) askAboutRivals() {
	for _, field := range []Field{OrderedAt, CustomerID, OrderID} {
		if m.Confidence[field] != Likely || len(m.rivals[field]) == 0 {
			continue
		}
		column := m.Mapping[field]
		m.Questions = append(m.Questions, Question{
			Field:      field,
			Candidates: append([]int{column}, m.rivals[field]...),
			Reason: i18n.T("%s is taken for %s, but %s could be it too", m.source.Columns[column],
				string(field), m.source.Columns[m.rivals[field][0]]),
		})
	}
}
