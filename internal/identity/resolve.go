package identity

import (
	"context"

	"worth/internal/duck"
	"worth/internal/i18n"
)

// Resolve brings persons in line with the keys that are loaded and with what was
// decided by hand: ids that are one become one person, ids that are not any more
// become persons of their own, and orders, interactions, campaign members and
// keys follow. It runs within the transaction of a load or of a decision. When
// nothing can join two ids it costs one look at the keys.
func Resolve(ctx context.Context, tx *duck.Tx) error {
	needed, err := needed(ctx, tx)
	if err != nil || !needed {
		return err
	}
	for _, c := range []duck.Call{
		{Name: "identity/shared", Args: duck.Args{"most": MostIDs}},
		{Name: "identity/everybody"},
		{Name: "identity/components"},
	} {
		if _, err := tx.Exec(ctx, c); err != nil {
			return err
		}
	}
	joined, err := components(ctx, tx)
	if err != nil {
		return err
	}
	apart, err := merged(ctx, tx)
	if err != nil {
		return err
	}
	if joined || apart {
		if err := rewrite(ctx, tx); err != nil {
			return err
		}
	}
	for _, name := range []string{"identity/log", "identity/lapse"} {
		if _, err := tx.Exec(ctx, duck.Call{Name: name}); err != nil {
			return err
		}
	}
	return nil
}

// needed reports whether any two ids can be one, or were.
func needed(ctx context.Context, tx *duck.Tx) (bool, error) {
	res, err := tx.Query(ctx, duck.Call{Name: "identity/facts"})
	if err != nil {
		return false, err
	}
	keys, _ := res.Rows[0][0].(bool)
	merged, _ := res.Rows[0][1].(int64)
	decided, _ := res.Rows[0][2].(int64)
	return keys || merged > 0 || decided > 0, nil
}

func merged(ctx context.Context, tx *duck.Tx) (bool, error) {
	res, err := tx.Query(ctx, duck.Call{Name: "identity/facts"})
	if err != nil {
		return false, err
	}
	n, _ := res.Rows[0][1].(int64)
	return n > 0, nil
}

// components finds out which ids are one person's, writes them down and reports
// whether there are any.
func components(ctx context.Context, tx *duck.Tx) (bool, error) {
	var u Union
	err := tx.Each(ctx, duck.Call{Name: "identity/links"}, func(row []any) error {
		id, _ := row[0].(int64)
		link, ok := row[1].(int64)
		if !ok {
			return i18n.Errorf("the ids that belong together cannot be read: a link is %v", row[1])
		}
		u.Link(id, link)
		return nil
	})
	if err != nil {
		return false, err
	}
	const batch = 50_000 // rows are held while they are appended
	var rows [][]any
	found := false
	flush := func() error {
		err := tx.Append(ctx, "main", "identity_components", rows)
		rows = rows[:0]
		return err
	}
	err = u.Each(func(id, person int64) error {
		found = true
		rows = append(rows, []any{id, person})
		if len(rows) < batch {
			return nil
		}
		return flush()
	})
	if err != nil {
		return false, err
	}
	return found, flush()
}

// rewrite makes the persons and lets everything follow them.
func rewrite(ctx context.Context, tx *duck.Tx) error {
	follow := func(table string) duck.Call {
		return duck.Call{Name: "identity/follow", Idents: duck.Idents{"table": table}}
	}
	for _, c := range []duck.Call{
		{Name: "identity/accounts"},
		{Name: "identity/people"},
		{Name: "identity/moves"},
		{Name: "identity/orders"},
		follow("identities"), follow("interactions"), follow("campaign_members"),
		{Name: "identity/drop_persons"},
		{Name: "identity/set_accounts"},
		{Name: "identity/persons"},
		{Name: "identity/free_accounts"},
	} {
		if _, err := tx.Exec(ctx, c); err != nil {
			return err
		}
	}
	return nil
}
