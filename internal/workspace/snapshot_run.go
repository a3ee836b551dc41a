package workspace

import (
	"context"
	"encoding/json"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/snapshot"
)

// place is where an answer was kept.
type place struct{ catalog, schema, table string }

func (p place) idents() duck.Idents {
	return duck.Idents{"catalog": p.catalog, "schema": p.schema, "table": p.table}
}

// aside lets do work with a database in memory beside the workspace, in which the
// analysis can be made anew under other settings. The workspace stays as it is,
// readable by everybody, and may even be another program's to read.
func (w *Workspace) aside(ctx context.Context, do func(ctx context.Context, a *duck.Aside) error) error {
	return w.db.Aside(ctx, []string{"derived"}, []string{"core", "raw", "saved", "main"}, do)
}

// rerun makes the analysis under other settings and lets ask use it, in the same
// transaction.
func rerun(ctx context.Context, a *duck.Aside, set Settings, tell func(string, float64), ask func(context.Context, *duck.Tx, derived) error) error {
	return a.Transact(ctx, func(ctx context.Context, tx *duck.Tx) error {
		state, err := standing(ctx, a)
		if err != nil {
			return err
		}
		set.TimeZone = state.Settings.TimeZone // the wall clocks of files stand in that, see rezone
		out, err := derive(ctx, tx, set, tell)
		if err != nil {
			return err
		}
		return ask(ctx, tx, out)
	})
}

// answer asks the question of a record and keeps the answer in a place.
func (s derived) answer(ctx context.Context, tx *duck.Tx, r *snapshot.Record, to place) (asking, error) {
	if r.Page == snapshot.Scenario {
		return s.answerScenario(ctx, tx, r, to)
	}
	a, err := s.asked(r.Question)
	if err != nil {
		return a, err
	}
	if err := tx.Set(ctx, a.variables); err != nil {
		return a, err
	}
	_, err = tx.Exec(ctx, duck.Call{Name: "snapshot/place", Idents: to.idents(), Parts: map[string]duck.Call{"answer": a.call}})
	return a, err
}

// settingsOf reads the settings of a record, at its own as-of date.
func settingsOf(r *snapshot.Record) (Settings, error) {
	var set Settings
	if err := json.Unmarshal(r.Settings, &set); err != nil {
		return set, i18n.Errorf("the settings of the snapshot %q cannot be read: %v", r.Name, err)
	}
	if err := set.check(); err != nil {
		return set, i18n.Errorf("the settings of the snapshot %q are not possible any more: %v", r.Name, err)
	}
	if r.AsOf != "" {
		day, err := time.Parse(time.DateOnly, r.AsOf)
		if err != nil {
			return set, i18n.Errorf("the as-of date %q of the snapshot %q is no date", r.AsOf, r.Name)
		}
		set.AsOf = day
	}
	return set, nil
}

// stepSettings are the settings of a step between two snapshots, and the record whose
// question it asks.
func stepSettings(s snapshot.Step, a, b *snapshot.Record) (Settings, *snapshot.Record, error) {
	rules, dates := a, a
	if s.LaterRules {
		rules = b
	}
	if s.LaterAsOf {
		dates = b
	}
	set, err := settingsOf(rules)
	if err != nil {
		return set, rules, err
	}
	at, err := settingsOf(dates)
	set.AsOf = at.AsOf
	return set, rules, err
}

// current returns the record of the question of another one asked now, without its
// rows.
func current(ctx context.Context, from duck.Runner, of *snapshot.Record) (derived, snapshot.Record, error) {
	state, err := standing(ctx, from)
	if err != nil {
		return state, snapshot.Record{}, err
	}
	r, err := state.recordOf(of.Question)
	if err != nil {
		return state, r, err
	}
	r.Scenario = of.Scenario
	r.Name, r.SavedAt = snapshot.Now, time.Now().UTC().Truncate(time.Second)
	return state, r, sources(ctx, from, &r)
}
