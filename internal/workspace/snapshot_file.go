package workspace

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/snapshot"
)

// rowsFile is what queries/snapshot/file_new and file_open call the database of a
// snapshot's rows.
const rowsFile = "rows.duckdb"

// ExportSnapshot writes a snapshot to one file, which ImportSnapshot reads in any
// workspace. It holds the rows in full, personal fields included, and can be read
// by its owner alone. It appears whole or not at all.
func (w *Workspace) ExportSnapshot(ctx context.Context, name, path string) (err error) {
	s, err := w.Snapshot(ctx, name)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "worth-snapshot-")
	if err != nil {
		return i18n.Errorf("no folder for temporary files can be made: %v", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	rows, err := w.detachable(ctx, filepath.Join(dir, "rows"), tableOf(s.key))
	if err != nil {
		return err
	}
	members := ""
	if s.Record.Page == snapshot.Segments {
		if members, err = w.detachable(ctx, filepath.Join(dir, "members"), membersOf(s.key)); err != nil {
			return err
		}
	}
	return report.Atomic(path, true, func(out io.Writer) error { return snapshot.Pack(out, s.JSON, s.Record.Program, rows, members) })
}

// detachable copies a table of the schema saved to a database file of its own in a
// new folder and returns its path.
func (w *Workspace) detachable(ctx context.Context, folder, table string) (path string, err error) {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return "", i18n.Errorf("no folder for temporary files can be made: %v", err)
	}
	name := w.fileName()
	if _, err := w.db.Exec(ctx, duck.Call{Name: "snapshot/file_new", Idents: duck.Idents{"folder": folder, "name": name}}); err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, w.letGo(ctx, name)) }()
	_, err = w.db.Exec(ctx, duck.Call{
		Name: "snapshot/place", Idents: duck.Idents{"catalog": name, "schema": "main", "table": "rows"},
		Parts: map[string]duck.Call{"answer": {Name: "snapshot/all", Idents: duck.Idents{"table": table}}},
	})
	return filepath.Join(folder, rowsFile), err
}

// fileName returns a name for a database file that is open for a moment.
func (w *Workspace) fileName() string {
	return "worth_file_" + strconv.FormatInt(w.views.Add(1), 10)
}

func (w *Workspace) letGo(ctx context.Context, name string) error {
	_, err := w.db.Exec(context.WithoutCancel(ctx), duck.Call{Name: "snapshot/file_end", Idents: duck.Idents{"name": name}})
	return err
}

// ImportSnapshot takes a snapshot in from a file that ExportSnapshot wrote, under
// its own name, as one transaction, and returns its record. A file that is none, of
// a later version, cut short or changed is an error that says so; so is a name
// that is taken.
func (w *Workspace) ImportSnapshot(ctx context.Context, path string, progress func(Progress)) (r snapshot.Record, err error) {
	dir, err := os.MkdirTemp("", "worth-snapshot-")
	if err != nil {
		return r, i18n.Errorf("no folder for temporary files can be made: %v", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	in := arriving{path: path, rows: filepath.Join(dir, "rows"), members: filepath.Join(dir, "members")}
	if err := errors.Join(os.Mkdir(in.rows, 0o700), os.Mkdir(in.members, 0o700)); err != nil {
		return r, i18n.Errorf("no folder for temporary files can be made: %v", err)
	}
	in.text, in.hasMembers, err = snapshot.Unpack(path, filepath.Join(in.rows, rowsFile), filepath.Join(in.members, rowsFile))
	if err != nil {
		return r, err
	}
	if in.record, err = snapshot.Read(in.text); err != nil {
		return r, i18n.Errorf("%s: %v", path, err)
	}
	names := []string{w.fileName(), w.fileName()}
	err = w.write(ctx, waitingFor(progress), func(ctx context.Context, tx *duck.Tx) error { return in.enter(ctx, tx, names) })
	return in.record, errors.Join(err, w.letGo(ctx, names[0]), w.letGo(ctx, names[1]))
}

// arriving is a snapshot file that was unpacked.
type arriving struct {
	path          string
	rows, members string // folders
	hasMembers    bool
	text          string
	record        snapshot.Record
}

// enter takes the rows and the record in.
func (in *arriving) enter(ctx context.Context, tx *duck.Tx, names []string) error {
	if err := nameFree(ctx, tx, in.record.Name); err != nil {
		return err
	}
	key, err := nextKey(ctx, tx)
	if err != nil {
		return err
	}
	if err := in.table(ctx, tx, in.rows, names[0], tableOf(key)); err != nil {
		return err
	}
	if in.hasMembers {
		if err := in.table(ctx, tx, in.members, names[1], membersOf(key)); err != nil {
			return err
		}
	}
	if err := in.fits(ctx, tx, key); err != nil {
		return err
	}
	return note(ctx, tx, key, &in.record, in.text)
}

// table copies the one table of a database file into the schema saved. A view in
// it could read what it likes, so there may be none.
func (in *arriving) table(ctx context.Context, tx *duck.Tx, folder, name, table string) error {
	if _, err := tx.Exec(ctx, duck.Call{Name: "snapshot/file_open", Idents: duck.Idents{"folder": folder, "name": name}}); err != nil {
		return i18n.Errorf("%s: the rows in it cannot be read, perhaps because a later program wrote them: %v", in.path, err)
	}
	res, err := tx.Query(ctx, duck.Call{Name: "snapshot/file_tables", Args: duck.Args{"name": name}})
	if err != nil {
		return err
	}
	if good, _ := res.Rows[0][0].(bool); !good {
		return i18n.Errorf("%s: the rows in it are not those of a snapshot", in.path)
	}
	return take(ctx, tx, table, duck.Call{Name: "snapshot/rows", Idents: duck.Idents{"catalog": name, "schema": "main", "table": "rows"}})
}

// fits returns an error when the rows that arrived are not those of the record.
func (in *arriving) fits(ctx context.Context, tx *duck.Tx, key int64) error {
	shape, err := tx.Query(ctx, duck.Call{Name: "snapshot/shape", Idents: duck.Idents{"table": tableOf(key)}})
	if err != nil {
		return err
	}
	count, err := tx.Query(ctx, duck.Call{Name: "snapshot/count", Idents: duck.Idents{"table": tableOf(key)}})
	if err != nil {
		return err
	}
	same := len(shape.Names) == len(in.record.Columns) && count.Rows[0][0] == in.record.Rows
	for i := 0; same && i < len(shape.Names); i++ {
		same = shape.Names[i] == in.record.Columns[i].Name
	}
	if !same || in.record.Page == snapshot.Segments && !in.hasMembers {
		return i18n.Errorf("%s: the rows in it are not those that its description says", in.path)
	}
	return nil
}
