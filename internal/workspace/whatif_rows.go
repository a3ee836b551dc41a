package workspace

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"worth/internal/duck"
	"worth/internal/tabular"
	"worth/internal/whatif"
)

// Picked says which customers of a WhatIf are meant.
type Picked struct {
	Scope    whatif.Scope // a segment, or everyone
	Moving   bool         // of them only those who change from a tier to another
	From, To whatif.Tier
}

// WhatIfRows are customers under a scenario. They are computed as they are asked for, on
// the numbers of a WhatIf, and need no database. They do not change and may be used by
// any number of goroutines.
type WhatIfRows struct {
	model    *WhatIf
	scenario whatif.Scenario
	order    []int32
	name     func(int32) string
}

var _ tabular.Source = (*WhatIfRows)(nil)

// whatIfColumn is a column of WhatIfRows with what a Row has of it: the number shown, or
// by which text is sorted; nil for names.
type whatIfColumn struct {
	tabular.Column
	of func(whatif.Row) float64
}

var whatIfColumns = []whatIfColumn{
	{tabular.Column{Name: "customer_id", Title: "customer", Doc: "the customer"}, nil},
	{tabular.Column{Name: "segment", Title: "segment", Doc: "in the scheme of the settings"}, nil},
	{
		tabular.Column{Name: "baseline", Title: "baseline", Kind: tabular.Money, Doc: "value to come as things stand"},
		func(r whatif.Row) float64 { return r.Baseline.Value },
	},
	{
		tabular.Column{Name: "scenario", Title: "scenario", Kind: tabular.Money, Doc: "value to come in the scenario: predicted and referral"},
		func(r whatif.Row) float64 { return r.Scenario.Value },
	},
	{tabular.Column{Name: "change", Title: "change", Kind: tabular.Money, Doc: "what the scenario adds"}, whatIfChange},
	{
		tabular.Column{Name: "change_share", Title: "relative change", Kind: tabular.Share, Doc: "the change as a share of the baseline"},
		func(r whatif.Row) float64 { return safeShare(whatIfChange(r), r.Baseline.Value) },
	},
	{
		tabular.Column{Name: "tier_before", Title: "tier before", Doc: "tier of value as things stand: top fifth of customers, middle (the next three tenths), lower half"},
		func(r whatif.Row) float64 { return float64(r.BaselineTier) },
	},
	{
		tabular.Column{Name: "tier_after", Title: "tier after", Doc: "tier of value in the scenario, by the thresholds of the baseline"},
		func(r whatif.Row) float64 { return float64(r.ScenarioTier) },
	},
	{
		tabular.Column{Name: "predicted", Title: "predicted", Kind: tabular.Money, Doc: "expected discounted value less upkeep in the scenario"},
		func(r whatif.Row) float64 { return r.Scenario.Predicted },
	},
	{
		tabular.Column{Name: "referral", Title: "referral", Kind: tabular.Money, Doc: "weighted referral credit in the scenario: received less passed up"},
		func(r whatif.Row) float64 { return r.Scenario.Referral },
	},
	{
		tabular.Column{Name: "historic", Title: "historic", Kind: tabular.Money, Doc: "value so far"},
		func(r whatif.Row) float64 { return r.Historic },
	},
	{
		tabular.Column{Name: "cost", Title: "cost", Kind: tabular.Money, Doc: "what winning the customer cost, where known"},
		func(r whatif.Row) float64 { return r.Cost },
	},
	{
		tabular.Column{Name: "value", Title: "value", Kind: tabular.Money, Doc: "historic + predicted + referral − cost, in the scenario"},
		whatif.Row.Total,
	},
}

func whatIfChange(r whatif.Row) float64 { return r.Scenario.Value - r.Baseline.Value }

// safeShare returns part/whole, 0 of nothing.
func safeShare(part, whole float64) float64 {
	if whole <= 0 {
		return 0
	}
	return part / whole
}

// CustomerRows returns customers under a scenario, sorted by a column, or by what they
// are worth in it, best first, when sort is empty. It takes a second or so at a million
// customers.
func (m *WhatIf) CustomerRows(ctx context.Context, s whatif.Scenario, pick Picked, sort string, descending bool) (*WhatIfRows, error) {
	if sort == "" {
		sort, descending = "scenario", true
	}
	name, err := m.Names(ctx)
	if err != nil {
		return nil, err
	}
	r := &WhatIfRows{model: m, scenario: s, order: m.Members(pick.Scope), name: name}
	if pick.Moving {
		if r.order, err = m.moving(ctx, s, pick); err != nil {
			return nil, err
		}
	}
	return r, r.sort(ctx, sort, descending)
}

// moving returns the customers of a scope who change tier.
func (m *WhatIf) moving(ctx context.Context, s whatif.Scenario, pick Picked) ([]int32, error) {
	movers, err := m.Movers(ctx, s, pick.From, pick.To)
	if err != nil || pick.Scope == whatif.Everyone {
		return movers, err
	}
	members := m.Members(pick.Scope)
	return slices.DeleteFunc(movers, func(c int32) bool {
		_, found := slices.BinarySearch(members, c)
		return !found
	}), nil
}

// rowsAtOnce is how many customers are valued before it is looked whether to go on.
const rowsAtOnce = 8192

// sort puts the rows in the order of a column. Customers who are equal stay in their own.
func (r *WhatIfRows) sort(ctx context.Context, column string, descending bool) error {
	at := slices.IndexFunc(whatIfColumns, func(c whatIfColumn) bool { return c.Name == column })
	if at < 0 {
		return unknownColumn(r.Columns(), column)
	}
	direction := 1
	if descending {
		direction = -1
	}
	if column == "customer_id" {
		slices.SortStableFunc(r.order, func(a, b int32) int { return direction * cmp.Compare(r.name(a), r.name(b)) })
		return ctx.Err()
	}
	key := whatIfColumns[at].of
	if key == nil {
		rank := map[whatif.Scope]float64{}
		for i, name := range r.model.Segments() {
			rank[whatif.Scope(name)] = float64(i)
		}
		key = func(row whatif.Row) float64 { return rank[row.Segment] }
	}
	type keyed struct {
		key      float64
		customer int32
	}
	keys := make([]keyed, 0, len(r.order))
	err := r.visit(ctx, func(row whatif.Row) error {
		keys = append(keys, keyed{key(row), row.Customer})
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortFunc(keys, func(a, b keyed) int {
		return cmp.Or(direction*cmp.Compare(a.key, b.key), cmp.Compare(a.customer, b.customer))
	})
	for i, k := range keys {
		r.order[i] = k.customer
	}
	return ctx.Err()
}

// visit values all customers in order.
func (r *WhatIfRows) visit(ctx context.Context, do func(whatif.Row) error) error {
	for from := 0; from < len(r.order); from += rowsAtOnce {
		rows, err := r.model.Rows(ctx, r.scenario, r.order[from:min(from+rowsAtOnce, len(r.order))])
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := do(row); err != nil {
				return err
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// Under returns the same customers in the same order under another scenario.
func (r *WhatIfRows) Under(s whatif.Scenario) *WhatIfRows {
	other := *r
	other.scenario = s
	return &other
}

// Columns returns the columns.
func (r *WhatIfRows) Columns() []tabular.Column {
	columns := make([]tabular.Column, len(whatIfColumns))
	for i, c := range whatIfColumns {
		columns[i] = c.Column
	}
	return columns
}

// Len returns the number of rows.
func (r *WhatIfRows) Len() int { return len(r.order) }

// Page returns up to n rows from row from on. It takes microseconds a row once the
// scenario is prepared.
func (r *WhatIfRows) Page(ctx context.Context, from, n int) ([][]any, error) {
	from = min(max(from, 0), len(r.order))
	rows, err := r.model.Rows(ctx, r.scenario, r.order[from:min(from+max(n, 0), len(r.order))])
	if err != nil {
		return nil, err
	}
	cells := make([][]any, len(rows))
	for i, row := range rows {
		cells[i] = r.cells(row)
	}
	return cells, nil
}

// Each hands every row to visit, in order.
func (r *WhatIfRows) Each(ctx context.Context, visit func(row []any) error) error {
	return r.visit(ctx, func(row whatif.Row) error { return visit(r.cells(row)) })
}

// cells returns a row with the columns of whatIfColumns.
func (r *WhatIfRows) cells(row whatif.Row) []any {
	cells := make([]any, len(whatIfColumns))
	for i, c := range whatIfColumns {
		switch c.Name {
		case "customer_id":
			cells[i] = r.name(row.Customer)
		case "segment":
			cells[i] = string(row.Segment)
		case "tier_before":
			cells[i] = row.BaselineTier.Short()
		case "tier_after":
			cells[i] = row.ScenarioTier.Short()
		case "change_share":
			if row.Baseline.Value > 0 {
				cells[i] = c.of(row)
			}
		default:
			cells[i] = c.of(row)
		}
	}
	return cells
}

// Locate returns the number of the row of a customer_id, and whether there is one.
func (r *WhatIfRows) Locate(_ context.Context, key string) (row int, ok bool, err error) {
	row = slices.IndexFunc(r.order, func(c int32) bool { return r.name(c) == key })
	return max(row, 0), row >= 0, nil
}

// Close does nothing: the rows hold nothing in the database.
func (r *WhatIfRows) Close() error { return nil }

// whatIfNames returns what reads the customer_id of every customer of a WhatIf once.
func (w *Workspace) whatIfNames(built int) func(context.Context) (func(int32) string, error) {
	var mu sync.Mutex
	var known *ids
	return func(ctx context.Context) (func(int32) string, error) {
		mu.Lock()
		defer mu.Unlock()
		if err := w.unchanged(built); err != nil {
			return nil, err
		}
		if known == nil {
			read := &ids{}
			err := w.db.Each(ctx, duck.Call{Name: "ask/whatif_ids"}, func(row []any) error {
				id, _ := row[0].(string)
				read.add(id)
				return nil
			})
			if err == nil {
				err = w.unchanged(built)
			}
			if err != nil {
				return nil, err
			}
			known = read
		}
		return func(number int32) string { return known.at(int(number)) }, nil
	}
}
