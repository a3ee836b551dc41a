package page

import (
	"context"
	"os"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/workspace"
	"worth/ui/widget"
)

// snapshotEnding ends the names of snapshot files.
const snapshotEnding = ".worth-snapshot"

// fieldPath is the key of a field for a file.
const fieldPath = "path"

// changedSnapshots is what follows a change of the list: every page asks anew.
func changedSnapshots() []tea.Msg { return []tea.Msg{Changed{}} }

// newRename returns the dialog that gives a snapshot another name.
func newRename(env *Env, name string) Overlay {
	ws := env.Workspace
	return &formDialog{
		env: env, title: i18n.T("Rename %q", name), verb: i18n.T("renames"), what: i18n.T("renaming"), offer: fieldName,
		form: widget.Form{Fields: []widget.Field{{Key: fieldName, Label: i18n.T("Name"), Value: name, Check: snapshot.CheckName}}},
		work: func(ctx context.Context, typed map[string]string, _ func(workspace.Progress)) (formDone, error) {
			if err := ws.RenameSnapshot(ctx, name, typed[fieldName]); err != nil {
				return formDone{}, offeringName(ctx, ws, err)
			}
			return formDone{notice: i18n.T("%q is now called %q", name, typed[fieldName]), then: changedSnapshots()}, nil
		},
	}
}

// newNote returns the dialog that changes the note of a snapshot.
func newNote(env *Env, name, note string) Overlay {
	ws := env.Workspace
	return &formDialog{
		env: env, title: i18n.T("Note of %q", name), verb: i18n.T("saves"), what: i18n.T("saving"),
		form: widget.Form{Fields: []widget.Field{{Key: fieldNote, Label: i18n.T("Note"), Value: note, Hint: i18n.T("what to remember about it; may be empty")}}},
		work: func(ctx context.Context, typed map[string]string, _ func(workspace.Progress)) (formDone, error) {
			return formDone{notice: i18n.T("the note of %q is saved", name), then: changedSnapshots()}, ws.NoteSnapshot(ctx, name, typed[fieldNote])
		},
	}
}

// newWriteSnapshot returns the dialog that writes a snapshot to a file.
func newWriteSnapshot(env *Env, name string) Overlay {
	ws := env.Workspace
	return &formDialog{
		env: env, title: i18n.T("Write %q to a file", name), verb: i18n.T("writes"), what: i18n.T("writing"),
		text: i18n.T("The file holds all rows, personal fields included, and everything they rest on. Only you can read it; i takes it in on another workspace's page of snapshots."),
		form: widget.Form{Fields: []widget.Field{{Key: fieldPath, Label: i18n.T("File"), Value: fileName(name) + snapshotEnding, Check: someFile}}},
		work: func(ctx context.Context, typed map[string]string, _ func(workspace.Progress)) (formDone, error) {
			path := typed[fieldPath]
			if _, err := os.Stat(path); err == nil && typed[replaceKey] != path {
				return formDone{}, existsError{path}
			}
			return formDone{notice: i18n.T("%q was written to %s", name, path)}, ws.ExportSnapshot(ctx, name, path)
		},
	}
}

// someFile returns what is wrong with the name of a file.
func someFile(path string) error {
	if strings.TrimSpace(path) == "" {
		return i18n.Errorf("name a file")
	}
	return nil
}

// newImport returns the dialog that takes a snapshot in from a file.
func newImport(env *Env) Overlay {
	ws := env.Workspace
	return &formDialog{
		env: env, title: i18n.T("Take a snapshot in"), verb: i18n.T("takes it in"), what: i18n.T("reading the file"),
		text: i18n.T("A file that w on this page, or worth snapshot export, wrote. It keeps its name and everything it rests on."),
		form: widget.Form{Fields: []widget.Field{{Key: fieldPath, Label: i18n.T("File"), Hint: i18n.T("such as monday%s", snapshotEnding), Check: someFile}}},
		work: func(ctx context.Context, typed map[string]string, tell func(workspace.Progress)) (formDone, error) {
			r, err := ws.ImportSnapshot(ctx, typed[fieldPath], tell)
			if err != nil {
				return formDone{}, err
			}
			return formDone{notice: i18n.T("%q is here: %s as of %s, %d row{s}", r.Name, i18n.T(string(r.Page)), r.AsOf, r.Rows), then: changedSnapshots()}, nil
		},
	}
}

// The keys of the fields of a series.
const (
	fieldEvery = "every"
	fieldCount = "count"
	fieldCuts  = "cuts"
)

// newSeriesDialog returns the dialog that asks which dates a series has, and opens it.
func newSeriesDialog(env *Env) Overlay {
	return &formDialog{
		env: env, title: i18n.T("Series"), verb: i18n.T("makes it"), what: i18n.T("beginning"),
		text: i18n.T("The analysis as of the end of every month or quarter, from the orders that are loaded: segments, their value, and the figures of all customers. ctrl+s then keeps it as a snapshot."),
		form: widget.Form{Fields: []widget.Field{
			{Key: fieldEvery, Label: i18n.T("Ends of"), Kind: widget.FieldChoice, Value: string(snapshot.Month), Options: []widget.Choice{
				{Value: string(snapshot.Month), Label: i18n.T("months")}, {Value: string(snapshot.Quarter), Label: i18n.T("quarters")},
			}},
			{Key: fieldCount, Label: i18n.T("How many"), Kind: widget.FieldNumber, Hint: i18n.T("24 months or 8 quarters"), Check: checkCount},
			{Key: fieldCuts, Label: i18n.T("Cut-points"), Kind: widget.FieldChoice, Value: "frozen", Options: []widget.Choice{
				{Value: "frozen", Label: i18n.T("those in force, at every date")}, {Value: "own", Label: i18n.T("quantiles of each date")},
			}},
		}},
		work: func(_ context.Context, typed map[string]string, _ func(workspace.Progress)) (formDone, error) {
			n, err := parseCountOf(typed[fieldCount])
			req := workspace.SeriesRequest{Every: snapshot.Every(typed[fieldEvery]), Count: n, Requantile: typed[fieldCuts] == "own"}
			return formDone{then: []tea.Msg{OpenPage{newTrend(env, req)}}}, err
		},
	}
}

// mostPeriods is the most dates of a series.
const mostPeriods = 600

// parseCountOf reads how many dates a series has; 0 for the default.
func parseCountOf(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > mostPeriods {
		return 0, i18n.Errorf("a series has 1 to %d dates", mostPeriods)
	}
	return n, nil
}

func checkCount(text string) error {
	_, err := parseCountOf(strings.TrimSpace(text))
	return err
}
