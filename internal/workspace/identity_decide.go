package workspace

import (
	"context"
	"strconv"
	"strings"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/identity"
)

// AcceptMerge makes one person of two ids and rebuilds the analysis, as one
// transaction: on an error, or when ctx ends, everything stays as it was. The
// decision outlasts later loads and can be taken back with UndoMerge. It returns a
// *NotFoundError for an id nobody has.
func (w *Workspace) AcceptMerge(ctx context.Context, p Pair, progress func(Progress)) error {
	return w.decide(ctx, p, MergeMade, progress)
}

// RefuseMerge keeps that two ids are two persons, so that they are not suggested
// again. Keys that they share still make them one.
func (w *Workspace) RefuseMerge(ctx context.Context, p Pair, progress func(Progress)) error {
	return w.decide(ctx, p, MergeRefused, progress)
}

// UndoMerge takes back what was decided under a number of Merges: the ids are
// persons of their own again, or a refused pair can be suggested again. apart is
// false when the ids remain one person because they have something else in
// common. It returns an error for a number there is none of.
func (w *Workspace) UndoMerge(ctx context.Context, number int64, progress func(Progress)) (apart bool, err error) {
	err = w.repeople(ctx, progress, func(ctx context.Context, tx *duck.Tx) error {
		state, err := mergeState(ctx, tx, number)
		if err != nil {
			return err
		}
		before, err := persons(ctx, tx)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, duck.Call{Name: "identity/undo", Args: duck.Args{"merge_key": number}}); err != nil {
			return err
		}
		if err := identity.Resolve(ctx, tx); err != nil {
			return err
		}
		after, err := persons(ctx, tx)
		apart = state == MergeRefused || after > before
		return err
	})
	return apart, err
}

// mergeState returns the state of a merge that can be undone.
func mergeState(ctx context.Context, tx *duck.Tx, number int64) (MergeState, error) {
	res, err := tx.Query(ctx, duck.Call{Name: "identity/merge", Args: duck.Args{"merge_key": number}})
	if err != nil {
		return "", err
	}
	if len(res.Rows) == 0 {
		return "", i18n.Errorf("there is no merge %s; worth identity list shows them", strconv.FormatInt(number, 10))
	}
	text, _ := res.Rows[0][0].(string)
	switch state := MergeState(text); state {
	case MergeMade, MergeRefused:
		return state, nil
	case MergeUndone, MergeLapsed:
	}
	return "", i18n.Errorf("merge %s joins nobody any more: it is %s", strconv.FormatInt(number, 10), text)
}

func persons(ctx context.Context, tx *duck.Tx) (int64, error) {
	res, err := tx.Query(ctx, duck.Call{Name: "identity/joined"})
	if err != nil {
		return 0, err
	}
	n, _ := res.Rows[0][0].(int64)
	return n, nil
}

// account is an id as it was asked for, and the person it belongs to.
type account struct{ key, person int64 }

func (w *Workspace) decide(ctx context.Context, p Pair, state MergeState, progress func(Progress)) error {
	p.One, p.Other = strings.TrimSpace(p.One), strings.TrimSpace(p.Other)
	if p.One == p.Other {
		return i18n.Errorf("%s is one id; name two", p.One)
	}
	found, err := w.accounts(ctx, p)
	if err != nil {
		return err
	}
	one, other := found[p.One], found[p.Other]
	if one.person == other.person {
		if state == MergeRefused {
			return i18n.Errorf("%s and %s are one person already; take the merge back with worth identity undo", p.One, p.Other)
		}
		return i18n.Errorf("%s and %s are one person already", p.One, p.Other)
	}
	var why any
	if len(p.Evidence) > 0 {
		why = strings.Join(p.Evidence, ", ")
	}
	args := duck.Args{
		"state": string(state), "one_key": one.key, "other_key": other.key, "one_id": p.One, "other_id": p.Other,
		"score": optional(p.Score), "evidence": why,
	}
	return w.repeople(ctx, progress, func(ctx context.Context, tx *duck.Tx) error {
		for _, name := range []string{"identity/withdraw", "identity/decide"} {
			if _, err := tx.Exec(ctx, duck.Call{Name: name, Args: args}); err != nil {
				return err
			}
		}
		return identity.Resolve(ctx, tx)
	})
}

// accounts finds two ids, shown ones or merged ones.
func (w *Workspace) accounts(ctx context.Context, p Pair) (map[string]account, error) {
	rows, err := w.ask(ctx, duck.Call{Name: "identity/find", Args: duck.Args{"one": p.One, "other": p.Other}})
	if err != nil {
		return nil, err
	}
	found := map[string]account{}
	for _, r := range rows {
		found[r.text("customer_id")] = account{r.whole("account_key"), r.whole("person_key")}
	}
	for _, id := range []string{p.One, p.Other} {
		if _, ok := found[id]; !ok {
			return nil, w.notFound(ctx, id)
		}
	}
	return found, nil
}

// repeople changes who is who and rebuilds the analysis in one transaction.
func (w *Workspace) repeople(ctx context.Context, progress func(Progress), change func(context.Context, *duck.Tx) error) error {
	var out derived
	set := w.Settings()
	err := w.write(ctx, waitingFor(progress), func(ctx context.Context, tx *duck.Tx) error {
		if err := change(ctx, tx); err != nil {
			return err
		}
		var err error
		out, err = w.rebuild(ctx, tx, set, progress, 0)
		return err
	})
	if err != nil {
		return err
	}
	w.adopt(set, out)
	return nil
}

// shownAs returns the id by which the person is shown into whom an id was merged;
// empty for none.
func (w *Workspace) shownAs(ctx context.Context, id string) (string, error) {
	rows, err := w.ask(ctx, duck.Call{Name: "identity/shown", Args: duck.Args{"id": id}})
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return rows[0].text("customer_id"), nil
}
