package workspace

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/sqltext"
	"worth/internal/tabular"
)

// Parameter is a value that a query names as $name.
type Parameter struct {
	Name  string
	Value any // a cell, or a list of them
	Kind  tabular.Kind
	Doc   i18n.Text // what it means; empty for those of a query's own
}

// Parameters returns what the settings in force give every query that asks for it.
func (w *Workspace) Parameters() []Parameter {
	w.mu.RLock()
	set, state := w.set, w.state
	w.mu.RUnlock()
	zone := set.TimeZone
	if zone == "" {
		zone = "UTC"
	}
	var asOf, start any
	if !state.AsOf.IsZero() {
		asOf, start = state.AsOf, time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
		if set.Window > 0 {
			start = monthsBefore(state.AsOf, set.Window).AddDate(0, 0, 1)
		}
	}
	scheme, model, horizon, discount := set.Scheme, set.Model, set.Horizon, 0.1
	if s, err := set.scheme(); err == nil {
		scheme = s.Name
	}
	if model == "" {
		model = Models[0]
	}
	if horizon == 0 {
		horizon = 12
	}
	if set.Discount != nil {
		discount = *set.Discount
	}
	var margin any
	if set.MarginRate != 0 {
		margin = set.MarginRate
	}
	end := qualityArgs(state)["end"]
	return []Parameter{
		{"as_of", asOf, tabular.Date, "last day that counts"},
		{"end", end, tabular.Time, "the moment after the as-of day, in UTC"},
		{"zone", zone, tabular.Text, "time zone in which days are counted"},
		{"currency", state.Currency, tabular.Text, "currency of money"},
		{"basis", string(set.basis()), tabular.Text, "what value is counted in: net_revenue, margin or contribution"},
		{"margin", margin, tabular.Share, "margin as a share of net revenue, 0–1, null when unknown"},
		{"scheme", scheme, tabular.Text, "segmentation scheme"},
		{"window", int64(set.Window), tabular.Integer, "months before the as-of date that count for F and M, 0 for all history"},
		{"window_start", start, tabular.Date, "first day of the window"},
		{"model", model, tabular.Text, "purchase model"},
		{"horizon", horizon, tabular.Float, "months to look ahead"},
		{"discount", discount, tabular.Share, "discount rate a year, 0–1"},
	}
}

// ownSign begins a comment that gives a parameter its value: -- $id = 'c-1'.
const ownSign = "$"

// OwnParameters returns the values that comments of a statement give its
// parameters, one a line: -- $id = 'c-1'. Values are numbers, true, false, null,
// dates (2026-10-31) and moments (2026-10-31 12:00:00), JSON lists, and anything
// else as text, in single quotes or not.
func OwnParameters(statement string) []Parameter {
	var out []Parameter
	for _, t := range sqltext.Tokens(statement) {
		text, ok := strings.CutPrefix(statement[t.Start:t.End], "--")
		if t.Kind != sqltext.Comment || !ok {
			continue
		}
		name, value, ok := strings.Cut(strings.TrimSpace(text), "=")
		name, dollar := strings.CutPrefix(strings.TrimSpace(name), ownSign)
		if !ok || !dollar || name == "" || strings.ContainsAny(name, " ,:$") {
			continue
		}
		p := Parameter{Name: strings.ToLower(name)}
		p.Value, p.Kind = ownValue(strings.TrimSpace(value))
		out = append(out, p)
	}
	return out
}

// ownValue reads a value as a comment writes it.
func ownValue(text string) (any, tabular.Kind) {
	if strings.HasPrefix(text, "'") && strings.HasSuffix(text, "'") && len(text) >= 2 {
		return strings.ReplaceAll(text[1:len(text)-1], "''", "'"), tabular.Text
	}
	switch strings.ToLower(text) {
	case "", "null":
		return nil, tabular.Text
	case "true", "false":
		return strings.EqualFold(text, "true"), tabular.Boolean
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, tabular.Integer
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil {
		return f, tabular.Float
	}
	if t, err := time.Parse(time.DateOnly, text); err == nil {
		return t, tabular.Date
	}
	if t, err := time.Parse(time.DateTime, text); err == nil {
		return t, tabular.Time
	}
	if list, ok := ownList(text); ok {
		return list, tabular.Text
	}
	return text, tabular.Text
}

// ownList reads a list of texts or of numbers.
func ownList(text string) (any, bool) {
	var numbers []float64
	if json.Unmarshal([]byte(text), &numbers) == nil {
		return numbers, true
	}
	var texts []string
	err := json.Unmarshal([]byte(text), &texts)
	return texts, err == nil
}

// Text writes a value as a comment of a query gives it; OwnParameters reads it.
func (p Parameter) Text() string {
	switch v := p.Value.(type) {
	case nil:
		return "null"
	case string:
		return "'" + strings.ReplaceAll(v, "'", "''") + "'"
	case []string, []float64:
		text, err := json.Marshal(v)
		if err != nil {
			return "null"
		}
		return string(text)
	}
	return tabular.Plain(p.Value, p.Kind)
}

// bound finds the values of the parameters a statement names, and returns the
// statement as it is sent, with parameters read from variables. A query that is
// an argument itself cannot have parameters.
func (w *Workspace) bound(statement string) (text string, variables duck.Args, err error) {
	names := sqltext.Parameters(statement)
	if len(names) == 0 {
		return statement, nil, nil
	}
	known := map[string]Parameter{}
	for _, p := range append(w.Parameters(), OwnParameters(statement)...) {
		known[p.Name] = p
	}
	variables = duck.Args{}
	for _, name := range names {
		p, ok := known[name]
		if !ok {
			return "", nil, w.unknownParameter(name)
		}
		variables[name] = p.Value
		if day, ok := p.Value.(time.Time); ok && p.Kind == tabular.Date {
			variables[name] = duck.Day(day)
		}
	}
	text = sqltext.Substitute(statement, func(name string) string { return "getvariable('" + name + "')" })
	return text, variables, nil
}

func (w *Workspace) unknownParameter(name string) error {
	if name == "?" || name != "" && name[0] >= '0' && name[0] <= '9' {
		return i18n.Errorf("parameters need names here, such as $as_of")
	}
	var list []string
	for _, p := range w.Parameters() {
		list = append(list, "$"+p.Name)
	}
	return i18n.Errorf("nothing gives $%s a value; write one in a comment, -- $%s = 'value', or use what the settings give: %s",
		name, name, strings.Join(list, ", "))
}
