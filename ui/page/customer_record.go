package page

import (
	"slices"
	"strings"
	"time"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// record finds cells of one-row tables by the name of their column, in the first
// table that has it.
type record []*tabular.Table

// cell returns a cell and its column; nil when there is none or no value.
func (r record) cell(name string) (any, tabular.Column) {
	for _, t := range r {
		if at := t.Index(name); at >= 0 && len(t.Rows) > 0 && at < len(t.Rows[0]) {
			return t.Rows[0][at], t.Columns[at]
		}
	}
	return nil, tabular.Column{}
}

// text returns a text cell, masked if it is personal and not revealed; "" without
// a value.
func (r record) text(name string, revealed bool) string {
	cell, column := r.cell(name)
	if cell == nil {
		return ""
	}
	text := tabular.Plain(cell, column.Kind)
	if column.Personal && !revealed {
		return workspace.Mask(name, text)
	}
	return text
}

// number returns a numeric cell and whether there is one.
func (r record) number(name string) (float64, bool) {
	cell, _ := r.cell(name)
	return tabular.Number(cell)
}

// amount writes a cell of money or another measure; "" without a value.
func (r record) amount(name string) string {
	v, ok := r.number(name)
	if !ok {
		return ""
	}
	return i18n.Number(v, 2)
}

// days writes a number of days; "" without a value.
func (r record) days(name string) string {
	v, ok := r.number(name)
	if !ok {
		return ""
	}
	return daysText(v)
}

// daysText writes a number of days, with a decimal only where it has one.
func daysText(v float64) string {
	if v == float64(int64(v)) {
		return i18n.T("%d day{s}", int64(v))
	}
	return i18n.T("%s day{s}", i18n.Number(v, 1))
}

// day writes a date; "" without a value.
func (r record) day(name string) string {
	cell, _ := r.cell(name)
	if t, ok := cell.(time.Time); ok {
		return t.Format(time.DateOnly)
	}
	text, _ := cell.(string)
	return text
}

// joined joins those of parts that are not empty.
func joined(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), separator)
}
