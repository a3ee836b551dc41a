package workspace

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/tabular"
)

// keepTable keeps rows that the program worked out itself.
func keepTable(ctx context.Context, tx *duck.Tx, key int64, r *snapshot.Record, req SnapshotRequest) error {
	rows, err := tableJSON(req.Table)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, duck.Call{
		Name: "snapshot/table", Idents: duck.Idents{"table": tableOf(key)},
		Args: duck.Args{"rows": rows, "shape": shapeOf(req.Table)},
	})
	r.Columns, r.Key, r.Scenario = snapshot.Describe(req.Table.Columns), append(r.Key, req.Key...), req.Scenario
	return err
}

// shapeOf writes the types of a table's columns as from_json takes them.
func shapeOf(t *tabular.Table) string {
	members := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		kind := parquetTypes[c.Kind]
		if c.Kind == tabular.Money && exactly(t, i) {
			kind = "DECIMAL(18,4)"
		}
		members[i] = jsonText(c.Name) + ":" + jsonText(kind)
	}
	return "[{" + strings.Join(members, ",") + "}]"
}

// exactly reports whether all amounts of a column are money as the workspace has
// it.
func exactly(t *tabular.Table, column int) bool {
	const scale = 4
	for _, row := range t.Rows {
		if d, ok := row[column].(tabular.Decimal); row[column] != nil && (!ok || d.Scale != scale) {
			return false
		}
	}
	return true
}

// tableJSON writes rows as a JSON array of objects, unrounded.
func tableJSON(t *tabular.Table) (string, error) {
	out := make([]map[string]any, len(t.Rows))
	for i, row := range t.Rows {
		out[i] = make(map[string]any, len(row))
		for j, cell := range row {
			if at, ok := cell.(time.Time); ok {
				cell = tabular.Plain(at, t.Columns[j].Kind)
			}
			out[i][t.Columns[j].Name] = cell
		}
	}
	text, err := json.Marshal(out)
	if err != nil {
		return "", i18n.Errorf("the rows cannot be kept: %v", err)
	}
	return string(text), nil
}
