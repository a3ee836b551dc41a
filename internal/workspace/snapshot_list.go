package workspace

import (
	"context"
	"strings"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/tabular"
)

// Snapshot is a snapshot that was opened: its record and, as a Source, its rows as
// they were. Its methods may be called concurrently.
type Snapshot struct {
	Record snapshot.Record
	JSON   string // of the record, the same bytes ever since it was saved

	w       *Workspace
	key     int64
	columns []tabular.Column
}

var _ tabular.Source = (*Snapshot)(nil)

// Columns returns the columns of the rows.
func (s *Snapshot) Columns() []tabular.Column { return s.columns }

// Len returns the number of rows.
func (s *Snapshot) Len() int { return int(s.Record.Rows) }

// Page returns up to n rows from row from on.
func (s *Snapshot) Page(ctx context.Context, from, n int) (rows [][]any, err error) {
	from = max(from, 0)
	c := duck.Call{Name: "snapshot/page", Idents: duck.Idents{"table": tableOf(s.key)}, Args: duck.Args{"from": from, "to": from + max(n, 0)}}
	err = s.w.db.EachLegible(ctx, c, nil, func(row []any) error {
		rows = append(rows, append([]any{}, row...))
		return nil
	})
	return rows, err
}

// Each hands every row to visit, in order, without holding them. The slice is
// reused.
func (s *Snapshot) Each(ctx context.Context, visit func(row []any) error) error {
	return s.w.db.EachLegible(ctx, duck.Call{Name: "snapshot/all", Idents: duck.Idents{"table": tableOf(s.key)}}, nil, visit)
}

// Snapshots lists the snapshots, latest first: all, or those with a text in their
// name, note, page or SQL, in small letters or capitals.
func (w *Workspace) Snapshots(ctx context.Context, search string) ([]*Snapshot, error) {
	return w.snapshots(ctx, duck.Call{Name: "snapshot/list", Args: duck.Args{"text": strings.TrimSpace(search)}})
}

// Snapshot opens a snapshot by its name. It returns a *NoAnswerError when there is
// none.
func (w *Workspace) Snapshot(ctx context.Context, name string) (*Snapshot, error) {
	list, err := w.snapshots(ctx, duck.Call{Name: "snapshot/named", Args: duck.Args{"name": name}})
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, w.noSnapshot(ctx, name)
	}
	return list[0], nil
}

// noSnapshot says that there is no such snapshot, and which there are.
func (w *Workspace) noSnapshot(ctx context.Context, name string) error {
	list, err := w.Snapshots(ctx, "")
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return &NoAnswerError{i18n.T("there is no snapshot %q; the workspace has none yet", name)}
	}
	const shown = 8
	var names []string
	for _, s := range list[:min(shown, len(list))] {
		names = append(names, s.Record.Name)
	}
	more := ""
	if len(list) > shown {
		more = " …"
	}
	return &NoAnswerError{i18n.T("there is no snapshot %q; there are %s", name, strings.Join(names, ", ")+more)}
}

func (w *Workspace) snapshots(ctx context.Context, c duck.Call) ([]*Snapshot, error) {
	res, err := w.db.Query(ctx, c)
	if err != nil {
		return nil, err
	}
	out := make([]*Snapshot, 0, len(res.Rows))
	for _, r := range rowsOf(res) {
		s := &Snapshot{w: w, key: r.whole("key"), JSON: r.text("record")}
		if s.Record, err = snapshot.Read(s.JSON); err != nil {
			return nil, err
		}
		s.columns = s.Record.Tabular()
		out = append(out, s)
	}
	return out, nil
}

// RenameSnapshot gives a snapshot another name.
func (w *Workspace) RenameSnapshot(ctx context.Context, name, to string) error {
	if err := snapshot.CheckName(to); err != nil {
		return err
	}
	return w.rewrite(ctx, name, func(ctx context.Context, tx *duck.Tx, r *snapshot.Record) error {
		r.Name = to
		if name == to {
			return nil
		}
		return nameFree(ctx, tx, to)
	})
}

// NoteSnapshot gives a snapshot another note.
func (w *Workspace) NoteSnapshot(ctx context.Context, name, note string) error {
	return w.rewrite(ctx, name, func(_ context.Context, _ *duck.Tx, r *snapshot.Record) error {
		r.Note = note
		return nil
	})
}

func (w *Workspace) rewrite(ctx context.Context, name string, change func(context.Context, *duck.Tx, *snapshot.Record) error) error {
	return w.change(ctx, name, "snapshot/named", func(ctx context.Context, tx *duck.Tx, s *Snapshot) error {
		if err := change(ctx, tx, &s.Record); err != nil {
			return err
		}
		text, err := s.Record.Write()
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, duck.Call{Name: "snapshot/change", Args: duck.Args{"key": s.key, "name": s.Record.Name, "note": s.Record.Note, "record": text}})
		return err
	})
}

// DeleteSnapshot takes a snapshot away. RestoreSnapshot brings it back within a
// month.
func (w *Workspace) DeleteSnapshot(ctx context.Context, name string) error {
	return w.change(ctx, name, "snapshot/named", func(ctx context.Context, tx *duck.Tx, s *Snapshot) error {
		if err := expire(ctx, tx); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, duck.Call{Name: "snapshot/delete", Args: duck.Args{"key": s.key}})
		return err
	})
}

// RestoreSnapshot brings back the snapshot of a name that was taken away last. It
// is an error when the name is taken by another.
func (w *Workspace) RestoreSnapshot(ctx context.Context, name string) error {
	return w.change(ctx, name, "snapshot/deleted", func(ctx context.Context, tx *duck.Tx, s *Snapshot) error {
		if err := nameFree(ctx, tx, name); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, duck.Call{Name: "snapshot/restore", Args: duck.Args{"key": s.key}})
		return err
	})
}

// DeletedSnapshots returns the names of the snapshots that can be brought back, that
// taken away last first.
func (w *Workspace) DeletedSnapshots(ctx context.Context) ([]string, error) {
	rows, err := w.ask(ctx, duck.Call{Name: "snapshot/trash"})
	if err != nil {
		return nil, err
	}
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.text("name")
	}
	return names, nil
}

// change does something to the snapshot of a name, as query finds it.
func (w *Workspace) change(ctx context.Context, name, query string, do func(context.Context, *duck.Tx, *Snapshot) error) error {
	find := duck.Call{Name: query, Args: duck.Args{"name": name}}
	list, err := w.snapshots(ctx, find)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return w.noSnapshot(ctx, name)
	}
	return w.write(ctx, func(error) {}, func(ctx context.Context, tx *duck.Tx) error {
		res, err := tx.Query(ctx, find)
		if err != nil {
			return err
		}
		if len(res.Rows) == 0 || rowsOf(res)[0].whole("key") != list[0].key {
			return i18n.Errorf("the snapshot %q was changed by another program meanwhile; look again", name)
		}
		return do(ctx, tx, list[0])
	})
}

// expire forgets the snapshots that were taken away long ago.
func expire(ctx context.Context, tx *duck.Tx) error {
	res, err := tx.Query(ctx, duck.Call{Name: "snapshot/expired", Args: duck.Args{"days": undoDays}})
	if err != nil {
		return err
	}
	for _, r := range rowsOf(res) {
		key := r.whole("key")
		for _, table := range []string{tableOf(key), membersOf(key)} {
			if _, err := tx.Exec(ctx, duck.Call{Name: "snapshot/drop", Idents: duck.Idents{"table": table}}); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, duck.Call{Name: "snapshot/forget", Args: duck.Args{"key": key}}); err != nil {
			return err
		}
	}
	return nil
}
