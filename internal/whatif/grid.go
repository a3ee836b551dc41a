package whatif

import (
	"context"
	"slices"

	"worth/internal/i18n"
)

// mostGrid is how many values an axis may have.
const mostGrid = 50

// Axis returns up to n values of a lever in large steps about where it stands, that value
// in the middle unless a bound is near, for Sensitivity.
func (m *Model) Axis(ctx context.Context, s Scenario, scope Scope, lever Lever, n int) (Axis, error) {
	position, err := m.Position(ctx, s, scope, lever)
	if err != nil {
		return Axis{}, err
	}
	axis := Axis{Lever: lever, Values: []float64{position.At}}
	if position.Large <= 0 || position.Off != "" {
		return axis, nil
	}
	n = min(n, mostGrid)
	below, above := position.At, position.At
	for len(axis.Values) < n && (below > position.Low || above < position.High) {
		if above < position.High {
			above = position.hold(above + position.Large)
			axis.Values = append(axis.Values, above)
		}
		if below > position.Low && len(axis.Values) < n {
			below = position.hold(below - position.Large)
			axis.Values = append(axis.Values, below)
		}
	}
	slices.Sort(axis.Values)
	return axis, nil
}

// Sensitivity returns the equity of everybody when two levers of a scope take every pair
// of the axes' values, everything else as in the scenario. It fails with a sentence if the
// levers are one and the same, or a value is out of bounds.
func (m *Model) Sensitivity(ctx context.Context, s Scenario, scope Scope, rows, cols Axis, progress Progress) (Grid, error) {
	if rows.Lever == cols.Lever || rows.Lever.bends() && cols.Lever.bends() {
		return Grid{}, i18n.Errorf("%s and %s are one and the same; a grid needs two inputs", rows.Lever.Name(), cols.Lever.Name())
	}
	specs := [2]Spec{m.Spec(scope, rows.Lever), m.Spec(scope, cols.Lever)}
	for i, axis := range []Axis{rows, cols} {
		if len(axis.Values) > mostGrid {
			return Grid{}, i18n.Errorf("%d values of %s are more than a grid holds, which is %d", len(axis.Values), axis.Lever.Name(), mostGrid)
		}
		for _, value := range axis.Values {
			if err := specs[i].check(value); err != nil {
				return Grid{}, err
			}
		}
	}
	// The lever that bends curves goes round the outside, so that each bend is asked for once.
	grid := Grid{Scope: scope, Rows: rows, Cols: cols, Equity: make([][]float64, len(rows.Values))}
	for i := range grid.Equity {
		grid.Equity[i] = make([]float64, len(cols.Values))
	}
	outer, inner := rows, cols
	if cols.Lever.bends() {
		outer, inner = cols, rows
	}
	for i, a := range outer.Values {
		for j, b := range inner.Values {
			at := m.place(m.place(s, m.Spec(scope, outer.Lever), scope, a), m.Spec(scope, inner.Lever), scope, b)
			equity, err := m.equity(ctx, at)
			if err != nil {
				return Grid{}, err
			}
			if cols.Lever.bends() {
				grid.Equity[j][i] = equity
			} else {
				grid.Equity[i][j] = equity
			}
		}
		progress.tell(float64(i+1) / float64(len(outer.Values)))
	}
	return grid, nil
}
