package intake

import (
	"math"
	"slices"
	"strings"

	"worth/internal/i18n"
)

// assignByContent recognises order tables without a header by what the columns
// hold: one or two columns of ids, a date, and after it an amount, or a count
// and an amount. What the analyst gave stays as given. Anything else is asked.
func (m *matcher) assignByContent(taken []bool) {
	width := len(m.source.Columns)
	date := m.onlyDate()
	after := width - date - 1
	if m.Kind != Orders || date < 1 || date > 2 || after < 1 || after > 2 {
		return
	}
	for i := date + 1; i < width; i++ {
		if valueShape(m.cells(i)) != numberShape {
			return
		}
	}
	if after == 2 {
		if slices.ContainsFunc(m.cells(date+1), fractional) {
			return
		}
		m.placeOpen(Quantity, date+1, taken)
	}
	m.placeOpen(CustomerID, 0, taken)
	m.placeOpen(OrderedAt, date, taken)
	m.placeOpen(Amount, width-1, taken)
	m.source.note("no header, recognised by content: customer, date and amount")
}

// onlyDate returns the column of dates, or -1 when there is none or several.
func (m *matcher) onlyDate() int {
	date := -1
	for i := range m.source.Columns {
		if valueShape(m.cells(i)) != dateShaped {
			continue
		}
		if date >= 0 {
			return -1
		}
		date = i
	}
	return date
}

// placeOpen guesses a field unless the analyst placed or barred it, or gave its
// column to another.
func (m *matcher) placeOpen(field Field, column int, taken []bool) {
	if _, placed := m.Mapping[field]; placed || taken[column] || m.barred[field] {
		return
	}
	m.place(field, column, Likely)
}

func fractional(cell string) bool { return strings.ContainsAny(cell, ".,") }

// cells returns the sampled cells of a column.
func (m *matcher) cells(i int) []string { return cellsOf(m.source.Sample, i, len(m.source.Sample)) }

// checkAgainstSample reads every mapped date and number column, and takes back
// what the data contradict: a column whose name says date but whose cells are
// none would otherwise reject the whole file.
func (m *matcher) checkAgainstSample() {
	m.Dates, m.Amounts = map[Field]DateReading{}, map[Field]AmountReading{}
	for _, field := range m.Mapping.Fields() {
		column := m.Mapping[field]
		values, unread, example := m.read(field, m.cells(column))
		tolerated := values / 5
		if m.Confidence[field] == Sure {
			tolerated = values / 2
		}
		if m.Confidence[field] == Given || m.packed(field) || unread <= tolerated {
			continue
		}
		delete(m.Mapping, field)
		delete(m.Confidence, field)
		delete(m.Dates, field)
		delete(m.Amounts, field)
		if next := m.rivals[field]; len(next) > 0 {
			m.rivals[field] = next[1:]
			m.retry(field, next[0])
			continue
		}
		why := i18n.T("column %s is not taken for %s: values such as %q do not read so", m.source.Columns[column], string(field), clip(example))
		m.Warnings = append(m.Warnings, why)
		m.Refused[field] = why
	}
}

// retry places the next best column of a field when its cells agree.
func (m *matcher) retry(field Field, column int) {
	values, unread, _ := m.read(field, m.cells(column))
	if unread*5 > values {
		delete(m.Dates, field)
		delete(m.Amounts, field)
		return
	}
	m.place(field, column, Likely)
}

// read decides how a field's cells are written and counts those it cannot read.
func (m *matcher) read(field Field, cells []string) (values, unread int, example string) {
	info, _ := FieldInfo(field)
	switch info.Type {
	case TypeDate:
		r := ReadDates(cells, m.hints.DateOrder)
		m.Dates[field] = r
		return r.Values, r.Unread, r.Example
	case TypeAmount, TypeInteger:
		r := ReadAmounts(cells)
		m.Amounts[field] = r
		return r.Values, r.Unread, r.Example
	case TypeID, TypeText, TypeStatus:
	}
	return len(cells), 0, ""
}

// settleSubtotal decides whether a subtotal is before or after discounts, which
// stores handle differently: where total = subtotal + shipping + tax on rows
// that have a discount, the discount is already taken off.
func (m *matcher) settleSubtotal() {
	gross, ok := m.Mapping[Gross]
	_, hasNet := m.Mapping[Subtotal]
	if !ok || hasNet || m.Confidence[Gross] == Given {
		return
	}
	var before, after int
	for _, row := range m.source.Sample {
		discount, okD := m.value(row, Discount)
		total, okT := m.value(row, Total)
		goods, okG := m.value(row, Gross)
		if !okD || !okT || !okG || discount == 0 {
			continue
		}
		shipping, _ := m.value(row, Shipping)
		tax, _ := m.value(row, Tax)
		rest := math.Abs(discount)
		switch {
		case near(total, goods+shipping+tax), near(total, goods+shipping):
			after++
		case near(total, goods-rest+shipping+tax), near(total, goods-rest+shipping):
			before++
		}
	}
	if after > 0 && after > 9*before {
		m.place(Subtotal, gross, m.Confidence[Gross])
		m.Amounts[Subtotal] = m.Amounts[Gross]
		delete(m.Mapping, Gross)
		delete(m.Confidence, Gross)
		delete(m.Amounts, Gross)
		m.source.note("%s is after discounts: the totals add up without taking them off again", m.source.Columns[gross])
	}
}

// value reads a mapped amount of a row.
func (m *matcher) value(row []string, field Field) (float64, bool) {
	column, ok := m.Mapping[field]
	if !ok {
		return 0, false
	}
	d, err := ParseAmount(row[column], m.Amounts[field].Style)
	return d.Float64(), err == nil
}

func near(a, b float64) bool {
	const cent = 0.011 // rounding of one amount, in currency
	return math.Abs(a-b) < cent
}

// clip shortens a cell for a sentence.
func clip(cell string) string {
	const most = 40 // characters
	n := 0
	for i := range cell {
		if n++; n > most {
			return cell[:i] + "…"
		}
	}
	return cell
}
