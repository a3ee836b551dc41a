package workspace

import (
	"context"
	"strconv"

	"worth/internal/duck"
	"worth/internal/i18n"
)

// schemaVersion is the version of queries/schema and of the derived tables. An
// older workspace is brought up to it when it is opened; a later one is not opened.
const schemaVersion = 3

// migrations bring a workspace from the version before to the one they are for.
var migrations = map[int]string{2: "schema/migrate_2", 3: "schema/migrate_3"}

// upgrade brings the tables of an older program's workspace up to date, in one
// transaction: canonical tables are altered, derived ones made anew.
func (w *Workspace) upgrade(ctx context.Context) error {
	text, err := w.kept(ctx, "schema_version")
	if err != nil {
		return i18n.Errorf("%s: this is a DuckDB file but not a workspace: %v", w.path, err)
	}
	version, err := strconv.Atoi(text)
	if err != nil || version < 1 {
		return i18n.Errorf("%s: the workspace says it is of version %q, which no program wrote", w.path, text)
	}
	switch {
	case version > schemaVersion:
		return i18n.Errorf("%s: the workspace is of version %s and this program reads version %s; use a newer program",
			w.path, text, strconv.Itoa(schemaVersion))
	case version == schemaVersion:
		return nil
	}
	set, err := w.keptSettings(ctx)
	if err != nil {
		return err
	}
	err = w.write(ctx, nil, func(ctx context.Context, tx *duck.Tx) error {
		for v := version + 1; v <= schemaVersion; v++ {
			if _, err := tx.Exec(ctx, duck.Call{Name: migrations[v]}); err != nil {
				return err
			}
		}
		if _, err := w.rebuild(ctx, tx, set, nil, 0); err != nil {
			return err
		}
		return keep(ctx, tx, "schema_version", strconv.Itoa(schemaVersion))
	})
	if err != nil {
		return i18n.Errorf("%s: the workspace of an older program cannot be brought up to date: %v", w.path, err)
	}
	return nil
}
