package workspace

import (
	"strconv"
	"strings"
	"time"

	"worth/internal/duck"
	"worth/internal/filter"
	"worth/internal/i18n"
	"worth/internal/tabular"
)

// everything is the condition that every row meets.
var everything = duck.Call{Name: "filter/all"}

// CheckFilter returns what is wrong with a filter expression for the customers
// grid, nil if nothing is.
func CheckFilter(text string) error {
	_, err := condition(text)
	return err
}

// where returns the condition of a view. Values become bound parameters and
// columns quoted identifiers.
func (w *Workspace) where(v View) (duck.Call, error) {
	c, err := condition(v.Filter)
	if err != nil {
		return c, err
	}
	if v.Segment != "" {
		if err := w.checkSegment(v.Segment); err != nil {
			return c, err
		}
		c = both(c, equals("segment", v.Segment))
	}
	if v.R != 0 {
		c = both(c, equals("r", int64(v.R)))
	}
	if v.F != 0 {
		c = both(c, equals("f", int64(v.F)))
	}
	if v.Among == (Among{}) {
		return c, nil
	}
	people, err := w.among(v.Among)
	return both(c, people), err
}

// checkSegment returns an error that lists the segments when there is no such
// segment in the scheme in force.
func (w *Workspace) checkSegment(name string) error {
	scheme, err := w.Settings().scheme()
	if err != nil {
		return err
	}
	if _, ok := scheme.Segment(name); ok || name == Unmatched {
		return nil
	}
	names := make([]string, len(scheme.Segments))
	for i, s := range scheme.Segments {
		names[i] = s.Name
	}
	return &UnknownSegmentError{i18n.T("the scheme %s has no segment %q; its segments are %s", scheme.Name, name, strings.Join(names, ", "))}
}

// UnknownSegmentError says that the scheme in force has no segment of a name, and which
// it has.
type UnknownSegmentError struct{ text string }

func (e *UnknownSegmentError) Error() string { return e.text }

func both(left, right duck.Call) duck.Call {
	if left.Name == everything.Name {
		return right
	}
	return duck.Call{Name: "filter/both", Parts: map[string]duck.Call{"left": left, "right": right}}
}

func equals(column string, value any) duck.Call {
	return duck.Call{Name: "filter/equals", Idents: duck.Idents{"column": column}, Args: duck.Args{"value": value}}
}

// condition turns a filter expression into a condition over the customers grid.
func condition(text string) (duck.Call, error) { return conditionOn(customerColumns, text) }

// conditionOn turns a filter expression into a condition over some columns.
func conditionOn(columns []tabular.Column, text string) (duck.Call, error) {
	expr, err := filter.Parse(text)
	if err != nil || expr == nil {
		return everything, err
	}
	return compile(columns, expr)
}

func compile(columns []tabular.Column, expr filter.Expr) (duck.Call, error) {
	switch e := expr.(type) {
	case filter.And:
		return compilePair(columns, "filter/both", e.Left, e.Right)
	case filter.Or:
		return compilePair(columns, "filter/either", e.Left, e.Right)
	case filter.Not:
		of, err := compile(columns, e.Of)
		return duck.Call{Name: "filter/neither", Parts: map[string]duck.Call{"of": of}}, err
	case filter.Comparison:
		return compileComparison(columns, e)
	}
	return duck.Call{}, i18n.Errorf("the filter has a part of the kind %T that is not known", expr)
}

func compilePair(columns []tabular.Column, name string, left, right filter.Expr) (duck.Call, error) {
	l, err := compile(columns, left)
	if err != nil {
		return l, err
	}
	r, err := compile(columns, right)
	return duck.Call{Name: name, Parts: map[string]duck.Call{"left": l, "right": r}}, err
}

// comparisons names the query part of each operator.
var comparisons = map[filter.Op]string{
	filter.Equal: "filter/equals", filter.NotEqual: "filter/not_equal", filter.Greater: "filter/greater",
	filter.GreaterOrEqual: "filter/greater_or_equal", filter.Less: "filter/less", filter.LessOrEqual: "filter/less_or_equal",
	filter.Contains: "filter/contains", filter.In: "filter/one_of", filter.Empty: "filter/empty",
}

func compileComparison(columns []tabular.Column, e filter.Comparison) (duck.Call, error) {
	column, ok := columnNamed(columns, e.Column)
	if !ok {
		column, ok = columnNamed(columns, strings.ToLower(e.Column))
	}
	if !ok {
		return duck.Call{}, unknownColumn(columns, e.Column)
	}
	c := duck.Call{Name: comparisons[e.Op], Idents: duck.Idents{"column": column.Name}}
	switch e.Op {
	case filter.Empty:
		return c, nil
	case filter.Contains:
		c.Args = duck.Args{"value": e.Values[0]}
		return c, nil
	case filter.Equal, filter.NotEqual, filter.Greater, filter.GreaterOrEqual, filter.Less, filter.LessOrEqual, filter.In:
	}
	return withValues(c, column, e)
}

// withValues binds the values of a comparison as the column's kind.
func withValues(c duck.Call, column tabular.Column, e filter.Comparison) (duck.Call, error) {
	var texts []string
	var numbers []float64
	for _, text := range e.Values {
		value, err := filterValue(column, text)
		if err != nil {
			return c, err
		}
		switch v := value.(type) {
		case float64:
			numbers = append(numbers, v)
		case string:
			texts = append(texts, v)
		}
	}
	switch {
	case e.Op == filter.In && len(numbers) > 0:
		c.Args = duck.Args{"values": numbers}
	case e.Op == filter.In:
		c.Args = duck.Args{"values": texts}
	case len(numbers) > 0:
		c.Args = duck.Args{"value": numbers[0]}
	default:
		c.Args = duck.Args{"value": texts[0]}
	}
	return c, nil
}

// filterValue reads a value of a filter as its column's kind: a number (a share
// also as 12 %), an ISO date as text, or text.
func filterValue(column tabular.Column, text string) (any, error) {
	switch column.Kind {
	case tabular.Integer, tabular.Money, tabular.Float, tabular.Share:
		plain, percent := strings.CutSuffix(strings.ReplaceAll(text, ",", ""), "%")
		v, err := strconv.ParseFloat(strings.TrimSpace(plain), 64)
		if err != nil {
			return nil, i18n.Errorf("%s is a number, and %q is not; write %s >= 3", column.Name, text, column.Name)
		}
		if percent {
			v /= 100
		}
		return v, nil
	case tabular.Date, tabular.Time:
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			return nil, i18n.Errorf("%s is a date, and %q is not; write %s >= 2026-05-31", column.Name, text, column.Name)
		}
		return text, nil
	case tabular.Text, tabular.Boolean:
	}
	return text, nil
}
