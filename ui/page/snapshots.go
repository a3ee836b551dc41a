package page

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/keys"
)

// Commands of the pages of snapshots.
const (
	cmdDiff           = "snapshot.diff"
	cmdNow            = "snapshot.now"
	cmdSeries         = "snapshot.series"
	cmdRenameSnapshot = "snapshot.rename"
	cmdNoteSnapshot   = "snapshot.note"
	cmdDeleteSnapshot = "snapshot.delete"
	cmdUndelete       = "snapshot.undelete"
	cmdWriteSnapshot  = "snapshot.write"
	cmdImportSnapshot = "snapshot.import"

	cmdTakeAway = "snapshot.takeaway:" // and the name of a snapshot
)

// groupSnapshots heads the bindings of snapshots in the help.
const groupSnapshots i18n.Text = "Snapshots"

// placeSnapshots is the name of the page in places.
const placeSnapshots = "snapshots"

// snapshots is the grid of what was saved. Two marked rows are compared with each
// other, the row under the cursor with now.
type snapshots struct {
	*GridPage
	working inquiry // taking away and bringing back
}

// NewSnapshots returns the page of snapshots.
func NewSnapshots(env *Env) Page {
	ws := env.Workspace
	p := &snapshots{}
	open := func(ctx context.Context, sort string, desc bool, filter string) (Rows, error) {
		rows, err := ws.SnapshotGrid(ctx, workspace.View{Sort: sort, Desc: desc, Filter: filter})
		if err != nil {
			return nil, err
		}
		return rows, nil
	}
	onOpen := func(row []any) tea.Cmd {
		return send(OpenPage{newSnapshot(env, tabular.Plain(row[0], tabular.Text))})
	}
	p.GridPage = NewGridPage(env, i18n.T("snapshots"), open, onOpen, WithSort("saved_at", true), WithFilter(workspace.CheckSnapshotFilter),
		WithEmpty("No snapshot is saved yet. ctrl+s on any page keeps what it shows; i takes one in from a file, t makes a series of months."),
		WithoutSaving("the list of snapshots is kept anyway; open one, or save another page"))
	p.home = workspace.Place{Page: placeSnapshots}
	return p
}

// Init asks for the list. Marks are taken away, as what they are on may be gone.
func (p *snapshots) Init() tea.Cmd {
	p.grid.ClearMarks()
	return p.GridPage.Init()
}

// snapshotsKeys are the bindings of the page beside those of its grid.
var snapshotsKeys = keys.Map{
	{ID: keys.Open, Keys: []string{"enter"}, Help: "open", Group: groupPage, Short: true},
	{ID: cmdDiff, Keys: []string{"d"}, Help: "compare two marked, or this with now", Group: groupSnapshots, Short: true},
	{ID: cmdSeries, Keys: []string{"t"}, Help: "trend: a series of months or quarters", Group: groupSnapshots, Short: true},
	{ID: cmdNow, Keys: []string{"p"}, Help: "ask its question of the present data", Group: groupSnapshots},
	{ID: cmdRenameSnapshot, Keys: []string{"m"}, Help: "rename", Group: groupSnapshots},
	{ID: cmdNoteSnapshot, Keys: []string{"o"}, Help: "edit the note", Group: groupSnapshots},
	{ID: cmdDeleteSnapshot, Keys: []string{"x", "delete"}, Help: "delete", Group: groupSnapshots, Short: true},
	{ID: cmdUndelete, Keys: []string{"u"}, Help: "bring back what was deleted last", Group: groupSnapshots},
	{ID: cmdWriteSnapshot, Keys: []string{"w"}, Help: "write it to a file for another workspace", Group: groupSnapshots},
	{ID: cmdImportSnapshot, Keys: []string{"i"}, Help: "take one in from a file", Group: groupSnapshots},
}

// Keys are those of snapshots and of the grid.
func (p *snapshots) Keys() keys.Map {
	if p.Capture() {
		return p.GridPage.Keys()
	}
	return keys.Join(snapshotsKeys, p.GridPage.Keys().Without(keys.Open))
}

// ofOne are the commands about the snapshot under the cursor.
var ofOne = map[string]bool{
	cmdDiff: true, cmdNow: true, cmdRenameSnapshot: true, cmdNoteSnapshot: true, cmdDeleteSnapshot: true, cmdWriteSnapshot: true,
}

// Reason says why a command cannot be used.
func (p *snapshots) Reason(id string) string {
	marked := len(p.grid.Marks())
	switch {
	case ofOne[id] && p.grid.Len() == 0:
		return i18n.T("no snapshot is saved yet")
	case (id == cmdDeleteSnapshot || id == cmdUndelete) && p.working.Busy() != "":
		return p.working.Busy()
	case id == cmdDiff && marked > 2:
		return i18n.T("%d are marked; mark two, or none to compare this one with now", marked)
	}
	return p.GridPage.Reason(id)
}

// named is the name of the snapshot under the cursor, and its cells by column.
func (p *snapshots) named() (name string, cell func(column string) any, ok bool) {
	at, _ := p.grid.Cursor()
	row, ok := p.grid.Row(at)
	if !ok || p.rows == nil {
		return "", nil, false
	}
	t := &tabular.Table{Columns: p.rows.Columns()}
	return tabular.Plain(row[0], tabular.Text), func(column string) any { return row[t.Index(column)] }, true
}

// Do carries out a command.
func (p *snapshots) Do(id string) tea.Cmd {
	if name, ok := strings.CutPrefix(id, cmdTakeAway); ok {
		return p.takeAway(name)
	}
	if why := p.Reason(id); why != "" {
		return send(Notice{Text: why, Bad: true})
	}
	switch id {
	case cmdSeries:
		return send(OpenOverlay{newSeriesDialog(p.env)})
	case cmdUndelete:
		return p.bringBack()
	case cmdImportSnapshot:
		return send(OpenOverlay{newImport(p.env)})
	}
	if !ofOne[id] {
		return p.GridPage.Do(id)
	}
	name, cell, ok := p.named()
	if !ok {
		return send(Notice{Text: i18n.T("this row is still being read"), Bad: true})
	}
	switch id {
	case cmdDiff:
		return p.compare(name)
	case cmdRenameSnapshot:
		return send(OpenOverlay{newRename(p.env, name)})
	case cmdNoteSnapshot:
		return send(OpenOverlay{newNote(p.env, name, tabular.Plain(cell("note"), tabular.Text))})
	case cmdWriteSnapshot:
		return send(OpenOverlay{newWriteSnapshot(p.env, name)})
	case cmdNow:
		return openNow(p.env, name)
	}
	return send(OpenOverlay{&confirm{
		title: i18n.T("Delete a snapshot"), then: cmdTakeAway + name,
		text: i18n.T("Delete the snapshot %q? Press y to delete it, any other key to keep it. For a month, u brings it back.", name),
	}})
}

// compare opens the comparison of two marked snapshots, or of one with now.
func (p *snapshots) compare(name string) tea.Cmd {
	marks := p.grid.Marks()
	switch len(marks) {
	case 2:
		return send(OpenPage{newDiff(p.env, marks[0], marks[1])})
	case 1:
		name = marks[0]
	}
	return send(OpenPage{newDiff(p.env, name, snapshot.Now)})
}

// takeAway deletes a snapshot.
func (p *snapshots) takeAway(name string) tea.Cmd {
	ws := p.env.Workspace
	return ask(&p.working, i18n.T("deleting"), func(ctx context.Context) (string, error) {
		return i18n.T("%q is deleted; u brings it back", name), ws.DeleteSnapshot(ctx, name)
	})
}

// bringBack restores the snapshot that was deleted last.
func (p *snapshots) bringBack() tea.Cmd {
	ws := p.env.Workspace
	return ask(&p.working, i18n.T("bringing back"), func(ctx context.Context) (string, error) {
		gone, err := ws.DeletedSnapshots(ctx)
		if err != nil {
			return "", err
		}
		if len(gone) == 0 {
			return "", i18n.Errorf("nothing was deleted within a month")
		}
		return i18n.T("%q is back", gone[0]), ws.RestoreSnapshot(ctx, gone[0])
	})
}

// Update handles what the grid does, and the end of taking away and bringing back.
func (p *snapshots) Update(msg tea.Msg) tea.Cmd {
	done, ok := msg.(reply[string])
	if !ok {
		return p.GridPage.Update(msg)
	}
	if !p.working.settle(done.generation) {
		return nil
	}
	switch {
	case canceled(done.err):
		return send(Notice{Text: i18n.T("stopped; nothing was changed")})
	case done.err != nil:
		return send(Notice{Text: done.err.Error(), Bad: true})
	}
	return tea.Batch(send(Notice{Text: done.value}), send(Changed{}))
}

// Busy says what runs.
func (p *snapshots) Busy() string {
	if busy := p.working.Busy(); busy != "" {
		return busy
	}
	return p.GridPage.Busy()
}

// Cancel stops what runs.
func (p *snapshots) Cancel() bool { return p.working.Cancel() || p.GridPage.Cancel() }

// Close gives up what runs and the rows.
func (p *snapshots) Close() {
	p.working.Close()
	p.GridPage.Close()
}
