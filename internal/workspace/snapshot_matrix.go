package workspace

import (
	"context"
	"reflect"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/snapshot"
)

// Migration tells who went from which segment to which between two snapshots of the
// segments or of all customers, or between one and now. The later segments are
// scored with the rules and the cut-points of the earlier snapshot, so that who
// moved has done something; requantile takes them as they were found instead, with a
// warning. Progress may be called from another goroutine.
func (w *Workspace) Migration(ctx context.Context, before, after string, requantile bool, progress func(Progress)) (*snapshot.Matrix, error) {
	a, err := w.Snapshot(ctx, before)
	if err != nil {
		return nil, err
	}
	m := migration{a: a, requantile: requantile, progress: progress}
	if after != snapshot.Now {
		if m.b, err = w.Snapshot(ctx, after); err != nil {
			return nil, err
		}
	}
	var out *snapshot.Matrix
	err = w.aside(ctx, func(ctx context.Context, aside *duck.Aside) error {
		out, err = m.make(ctx, aside)
		return err
	})
	return out, err
}

// migration is a migration matrix in the making.
type migration struct {
	a, b       *Snapshot // b nil: now
	requantile bool
	progress   func(Progress)

	later    snapshot.Record
	warnings []string
}

func (m *migration) make(ctx context.Context, aside *duck.Aside) (*snapshot.Matrix, error) {
	from, err := members(aside, m.a)
	if err != nil {
		return nil, err
	}
	if m.b != nil {
		m.later = m.b.Record
	} else if _, m.later, err = current(ctx, aside, &m.a.Record); err != nil {
		return nil, err
	}
	to, err := m.laterMembers(ctx, aside)
	if err != nil {
		return nil, err
	}
	res, err := aside.Query(ctx, duck.Call{Name: "snapshot/matrix", Parts: map[string]duck.Call{"before": from, "after": to}})
	if err != nil {
		return nil, err
	}
	var moves []snapshot.Move
	for _, r := range rowsOf(res) {
		v := snapshot.Move{
			From: snapshot.Newcomer, To: snapshot.Gone, Customers: r.whole("customers"),
			Before: r.money("net_revenue_before"), After: r.money("net_revenue_after"),
		}
		if s, ok := r.cell("from_segment").(string); ok {
			v.From = s
		}
		if s, ok := r.cell("to_segment").(string); ok {
			v.To = s
		}
		moves = append(moves, v)
	}
	rows, columns := segmentsOf(&m.a.Record), segmentsOf(&m.a.Record)
	if m.requantile {
		columns = segmentsOf(&m.later)
	}
	out := snapshot.NewMatrix(moves, rows, columns)
	out.Frozen, out.Warnings, out.AsOf = !m.requantile, m.warnings, [2]string{m.a.Record.AsOf, m.later.AsOf}
	return out, nil
}

// laterMembers returns who is in which segment at the later time.
func (m *migration) laterMembers(ctx context.Context, aside *duck.Aside) (duck.Call, error) {
	if m.requantile {
		m.warnings = append(m.warnings, i18n.T("the later segments have cut-points of their own, so some customers moved without doing anything different"))
		if m.b != nil {
			return members(aside, m.b)
		}
		return duck.Call{Name: "snapshot/members"}, nil
	}
	if reflect.DeepEqual(m.a.Record.Cuts, m.later.Cuts) && !snapshot.Compare(&m.a.Record, &m.later).Rules {
		if m.b != nil { // they are frozen as they are
			return members(aside, m.b)
		}
		return duck.Call{Name: "snapshot/members"}, nil
	}
	today, err := dataPrint(ctx, aside)
	if err != nil {
		return duck.Call{}, err
	}
	if m.later.Data != today {
		m.warnings = append(m.warnings, i18n.T("the data have changed since %q was saved; its segments are those of today's data as of %s", m.later.Name, m.later.AsOf))
	}
	set, err := settingsOf(&m.a.Record)
	if err != nil {
		return duck.Call{}, err
	}
	at, err := settingsOf(&m.later)
	if err != nil {
		return duck.Call{}, err
	}
	cuts := m.a.Record.Cuts
	cuts.Frozen = true
	set.AsOf, set.Cuts = at.AsOf, &cuts
	to := place{aside.Name(), "main", "members"}
	err = rerun(ctx, aside, set, m.tell, func(ctx context.Context, tx *duck.Tx, _ derived) error {
		_, err := tx.Exec(ctx, duck.Call{
			Name: "snapshot/place", Idents: to.idents(), Parts: map[string]duck.Call{"answer": {Name: "snapshot/members"}},
		})
		return err
	})
	return duck.Call{Name: "snapshot/held", Idents: to.idents()}, err
}

func (m *migration) tell(step string, share float64) {
	if m.progress != nil {
		m.progress(Progress{Step: step, Share: share})
	}
}

// members returns who was in which segment when a snapshot was saved.
func members(aside *duck.Aside, s *Snapshot) (duck.Call, error) {
	q := s.Record.Question
	switch {
	case q.Page == snapshot.Segments:
		at := place{aside.Home(), "saved", membersOf(s.key)}
		return duck.Call{Name: "snapshot/held", Idents: at.idents()}, nil
	case q.Page == snapshot.Customers && q.Segment == "" && q.R == 0 && q.F == 0 && q.Filter == "":
		at := place{aside.Home(), "saved", tableOf(s.key)}
		return duck.Call{Name: "snapshot/listed", Idents: at.idents()}, nil
	}
	return duck.Call{}, i18n.Errorf("%q does not say who was in which segment; save the segments, or all customers", s.Record.Name)
}

// segmentsOf lists the segments of a record's scheme, in its order.
func segmentsOf(r *snapshot.Record) []string {
	set, err := settingsOf(r)
	if err != nil {
		return nil
	}
	scheme, err := set.scheme()
	if err != nil {
		return nil
	}
	names := make([]string, len(scheme.Segments))
	for i, s := range scheme.Segments {
		names[i] = s.Name
	}
	return names
}
