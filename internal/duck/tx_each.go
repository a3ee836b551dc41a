package duck

import "context"

// Each runs a call and hands every row to visit without holding the answer. The
// row slice is reused. An error of visit ends the query and is returned.
func (tx *Tx) Each(ctx context.Context, c Call, visit func(row []any) error) error {
	text, err := Render(c)
	if err != nil {
		return err
	}
	return explainIn(ctx, c.Name, each(ctx, tx.conn, text, cell, nil, visit))
}
