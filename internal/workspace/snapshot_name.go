package workspace

import (
	"context"
	"strconv"
	"strings"

	"worth/internal/duck"
	"worth/internal/i18n"
)

// NameTakenError says that another snapshot has the name.
type NameTakenError struct{ Name string }

func (e *NameTakenError) Error() string {
	return i18n.T("there is a snapshot %q already; choose another name, or remove or rename that one", e.Name)
}

// nameFree returns a *NameTakenError when a name is taken.
func nameFree(ctx context.Context, tx *duck.Tx, name string) error {
	res, err := tx.Query(ctx, duck.Call{Name: "snapshot/named", Args: duck.Args{"name": name}})
	if err == nil && len(res.Rows) > 0 {
		return &NameTakenError{name}
	}
	return err
}

// FreeSnapshotName returns the name itself if no snapshot has it, or else the first of
// "name 2", "name 3" … that is free.
func (w *Workspace) FreeSnapshotName(ctx context.Context, name string) (string, error) {
	all, err := w.Snapshots(ctx, "")
	if err != nil {
		return "", err
	}
	taken := make(map[string]bool, len(all))
	for _, s := range all {
		taken[s.Record.Name] = true
	}
	stem, n := name, 1
	if i := strings.LastIndexByte(name, ' '); i > 0 {
		if last, err := strconv.Atoi(name[i+1:]); err == nil && last > 1 && taken[name[:i]] { // it was offered before
			stem, n = name[:i], last
		}
	}
	for free := name; ; free = stem + " " + strconv.Itoa(n) {
		if !taken[free] {
			return free, nil
		}
		n++
	}
}
