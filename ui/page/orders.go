package page

import (
	"context"
	"path/filepath"

	"worth/internal/i18n"
	"worth/internal/workspace"
)

// foundColumns are the columns of the orders behind a finding that are shown at
// first, if they have values.
var foundColumns = []string{
	"order_id", "customer_id", "ordered_at", "net_revenue", "standing", "status", "channel", "platform", "shop", "currency", "gross", "discount", "refund",
	"file", "line",
}

// NewOrders returns the grid of the orders behind a finding on the quality of the
// data; file is the path for workspace.FromFile.
func NewOrders(env *Env, finding workspace.Finding, file string) Page {
	title := i18n.T("orders")
	if file != "" {
		title = i18n.T("orders of %s", filepath.Base(file))
	}
	ws := env.Workspace
	return NewGridPage(env, title, func(ctx context.Context, _ string, _ bool, _ string) (Rows, error) {
		rows, err := ws.OrdersBehind(ctx, finding, file)
		if err != nil {
			return nil, err
		}
		return rows, nil
	}, nil, WithColumns(columnsWithValues(foundColumns)), WithEmpty("There are no such orders."))
}
