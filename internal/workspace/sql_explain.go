package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"worth/internal/duck"
	"worth/internal/tabular"
)

// plan is an operator of DuckDB's plan, as EXPLAIN and EXPLAIN ANALYZE write it.
type plan struct {
	Name     string         `json:"name"`          // of EXPLAIN
	Operator string         `json:"operator_name"` // of EXPLAIN ANALYZE
	Seconds  float64        `json:"operator_timing"`
	Rows     int64          `json:"operator_cardinality"`
	Extra    map[string]any `json:"extra_info"`
	Children []plan         `json:"children"`
}

// planColumns are those of ExplainSQL; profileColumns follow the first of them when
// the query was run.
var (
	planColumns = []tabular.Column{
		{Name: "operator", Title: "operator", Doc: "a step of the plan; what is below it and further in feeds it"},
		{Name: "estimated", Title: "estimated", Kind: tabular.Integer, Unit: "rows", Doc: "rows the database expects it to give"},
		{Name: "detail", Title: "detail", Doc: "columns, conditions, tables"},
	}
	profileColumns = []tabular.Column{
		{Name: "milliseconds", Title: "ms", Kind: tabular.Float, Doc: "time spent in the step, on all processors together"},
		{Name: "share", Title: "share", Kind: tabular.Share, Doc: "of the time spent in all steps"},
		{Name: "rows", Title: "rows", Kind: tabular.Integer, Doc: "rows it gave"},
	}
)

// ExplainSQL returns the plan of a query an analyst wrote, a row for every step,
// fed by those further in. With run it is run, and the rows say where the time went.
// The same holds for it as for RunSQL.
func (w *Workspace) ExplainSQL(ctx context.Context, statement string, run bool) (*tabular.Table, error) {
	if err := harmless(statement); err != nil {
		return nil, err
	}
	text, variables, err := w.bound(statement)
	if err != nil {
		return nil, err
	}
	c := duck.Call{Name: "sql/explain", Args: duck.Args{"statement": text}}
	if run {
		c.Name = "sql/profile"
	}
	var res *duck.Result
	err = w.within(ctx, func(ctx context.Context, box *duck.Sandbox, _ int) error {
		kind, _, err := box.Check(ctx, statement)
		switch {
		case err != nil:
			return err
		case kind == duck.Writes:
			return errReadOnly{}
		}
		res, err = box.Ask(ctx, c, variables)
		return err
	})
	if err != nil {
		return nil, shutOff(err)
	}
	return planTable(res, run)
}

// planTable lays a plan out as rows.
func planTable(res *duck.Result, run bool) (*tabular.Table, error) {
	var top []plan
	for _, row := range res.Rows {
		text, _ := row[len(row)-1].(string)
		var err error
		if run {
			var root plan
			err = json.Unmarshal([]byte(text), &root)
			top = root.Children
		} else {
			err = json.Unmarshal([]byte(text), &top)
		}
		if err != nil {
			return nil, errNoPlan(err)
		}
	}
	t := &tabular.Table{Columns: planColumns}
	if run {
		t.Columns = slices.Insert(slices.Clone(planColumns), 1, profileColumns...)
		for len(top) == 1 && top[0].title() == "EXPLAIN_ANALYZE" { // a frame of the question, not of the query
			top = top[0].Children
		}
	}
	whole := 0.0
	for _, p := range top {
		whole += p.time()
	}
	for _, p := range top {
		p.rows(t, 0, whole, run)
	}
	return t, nil
}

// time is that of the step and of all that feed it, in seconds.
func (p plan) time() float64 {
	sum := p.Seconds
	for _, c := range p.Children {
		sum += c.time()
	}
	return sum
}

func (p plan) title() string {
	if p.Operator != "" {
		return strings.TrimSpace(p.Operator)
	}
	return strings.TrimSpace(p.Name)
}

// rows adds the step and those that feed it.
func (p plan) rows(t *tabular.Table, depth int, whole float64, run bool) {
	row := []any{strings.Repeat("  ", depth) + strings.ToLower(strings.ReplaceAll(p.title(), "_", " ")), nil, p.detail()}
	var estimate int64
	if _, err := fmt.Sscan(fmt.Sprint(p.Extra["Estimated Cardinality"]), &estimate); err == nil {
		row[1] = estimate
	}
	if run {
		var share any
		if whole > 0 {
			share = p.Seconds / whole
		}
		row = slices.Insert(row, 1, any(math.Round(p.Seconds*1e5)/100), share, any(p.Rows))
	}
	t.Rows = append(t.Rows, row)
	for _, c := range p.Children {
		c.rows(t, depth+1, whole, run)
	}
}

// detail writes what else is known of the step, in the order of names.
func (p plan) detail() string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(p.Extra)) {
		if name == "Estimated Cardinality" {
			continue
		}
		text := ""
		switch v := p.Extra[name].(type) {
		case []any:
			for i, item := range v {
				if i > 0 {
					text += ", "
				}
				text += fmt.Sprint(item)
			}
		default:
			text = fmt.Sprint(v)
		}
		if text != "" {
			parts = append(parts, strings.ToLower(name)+": "+text)
		}
	}
	return strings.Join(parts, " · ")
}
