package workspace

import (
	"context"
	"strings"

	"worth/internal/duck"
	"worth/internal/i18n"
)

// Completion is one way to go on with a text of SQL.
type Completion struct {
	Text string    // what replaces the text from a byte on
	Kind i18n.Text // what it is: table, column, function, keyword, parameter
}

// completionKinds are the words for DuckDB's own.
var completionKinds = map[string]i18n.Text{
	"keyword": "keyword", "table": "table", "column": "column", "schema": "schema", "catalog": "database", "type": "type",
	"scalar_function": "function", "table_function": "table function", "pragma_function": "pragma", "setting": "setting",
}

// CompleteSQL returns how a statement can go on, best first, given the text before
// the cursor, and the byte from which a completion replaces it.
func (w *Workspace) CompleteSQL(ctx context.Context, before string) (from int, offers []Completion, err error) {
	if at, ok := parameterAt(before); ok {
		for _, p := range append(w.Parameters(), OwnParameters(before)...) {
			if strings.HasPrefix(p.Name, strings.ToLower(before[at+1:])) {
				offers = append(offers, Completion{"$" + p.Name, "parameter"})
			}
		}
		return at, offers, nil
	}
	var res *duck.Result
	err = w.within(ctx, func(ctx context.Context, box *duck.Sandbox, _ int) error {
		res, err = box.Here(ctx, duck.Call{Name: "sql/complete", Args: duck.Args{"text": before}})
		return err
	})
	if err != nil {
		return 0, nil, err
	}
	for _, r := range rowsOf(res) {
		text := strings.TrimRight(r.text("suggestion"), " ")
		start := int(r.whole("suggestion_start"))
		if start > len(before) || len(offers) > 0 && start != from {
			continue
		}
		typed := before[start:]
		if strings.EqualFold(text, typed) { // it is written already
			return len(before), nil, nil
		}
		if goesOn(text, typed) {
			from = start
			offers = append(offers, Completion{text, completionKinds[r.text("suggestion_type")]})
		}
	}
	return from, offers, nil
}

// goesOn reports whether a completion holds what was typed and is no operator.
func goesOn(text, typed string) bool {
	if text == "" || strings.ContainsAny(text[:1], "!%&*+-/<=>@^|~?#()[]{},;:.") {
		return false
	}
	return strings.Contains(strings.ToLower(text), strings.ToLower(strings.TrimPrefix(typed, `"`)))
}

// parameterAt returns where the parameter begins that is being typed.
func parameterAt(before string) (at int, ok bool) {
	at = strings.LastIndexByte(before, '$')
	if at < 0 {
		return 0, false
	}
	for _, r := range before[at+1:] {
		if r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return 0, false
		}
	}
	return at, true
}
