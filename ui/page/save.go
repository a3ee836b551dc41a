package page

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/widget"
)

// Saving is what a page would keep as a snapshot.
type Saving struct {
	What string // in words; the name that is offered begins so
	// Request says what to keep, without a name. It is called in a command.
	Request func(ctx context.Context) (workspace.SnapshotRequest, error)
}

// Saver is a page whose answer can be kept as a snapshot.
type Saver interface {
	Page
	// Saving returns what is kept, or says why nothing can be now.
	Saving() (s Saving, why string)
}

// SavingOf returns what would be kept of a page, or says why nothing can be.
func SavingOf(p Page) (s Saving, why string) {
	if saver, ok := p.(Saver); ok {
		return saver.Saving()
	}
	return Saving{}, i18n.T("there is nothing on this page that could be kept as a snapshot")
}

// The keys of the fields of dialogs about snapshots.
const (
	fieldName = "name"
	fieldNote = "note"
)

// takenError says that a name is taken and which one is free.
type takenError struct {
	err  error
	free string
}

func (e *takenError) Error() string {
	return i18n.T("%v. %q is free.", e.err, e.free)
}

// Save opens the dialog that asks for the name and the note of a snapshot and keeps
// it. The name it offers is free.
func Save(env *Env, s Saving) tea.Cmd {
	ws, name := env.Workspace, s.What
	if asOf := env.Header.AsOf; !asOf.IsZero() {
		name += " " + asOf.Format(time.DateOnly)
	}
	return func() tea.Msg {
		free, err := ws.FreeSnapshotName(context.Background(), name)
		if err != nil {
			return Notice{Text: err.Error(), Bad: true}
		}
		return OpenOverlay{newSave(env, s, free)}
	}
}

// newSave returns the dialog with a name to offer.
func newSave(env *Env, s Saving, name string) *formDialog {
	ws, version := env.Workspace, env.Version
	return &formDialog{
		env: env, title: i18n.T("Save as a snapshot"), verb: i18n.T("saves"), what: i18n.T("saving"), offer: fieldName,
		text: i18n.T("The rows are kept as they are now, with the settings, files and versions they rest on."),
		form: widget.Form{Fields: []widget.Field{
			{Key: fieldName, Label: i18n.T("Name"), Value: name, Check: snapshot.CheckName},
			{Key: fieldNote, Label: i18n.T("Note"), Hint: i18n.T("what to remember about it; may be empty")},
		}},
		work: func(ctx context.Context, typed map[string]string, tell func(workspace.Progress)) (formDone, error) {
			req, err := s.Request(ctx)
			if err != nil {
				return formDone{}, err
			}
			req.Name, req.Note, req.Program = typed[fieldName], typed[fieldNote], version
			r, err := ws.SaveSnapshot(ctx, req, tell)
			if err != nil {
				return formDone{}, offeringName(ctx, ws, err)
			}
			return formDone{notice: savedText(&r), then: changedSnapshots()}, nil
		},
	}
}

// savedText says what was kept.
func savedText(r *snapshot.Record) string {
	what := i18n.T(string(r.Page))
	if r.AsOf == "" {
		return i18n.T("saved as “%s”: %s, %d row{s} · 0 shows the snapshots", r.Name, what, r.Rows)
	}
	return i18n.T("saved as “%s”: %s as of %s, %d row{s} · 0 shows the snapshots", r.Name, what, r.AsOf, r.Rows)
}

// offeringName adds a name that is free to an error that says that one is taken.
func offeringName(ctx context.Context, ws *workspace.Workspace, err error) error {
	var taken *workspace.NameTakenError
	if !errors.As(err, &taken) {
		return err
	}
	free, errFree := ws.FreeSnapshotName(ctx, taken.Name)
	if errFree != nil {
		return errors.Join(err, errFree)
	}
	return &takenError{err, free}
}

// asking keeps what a question answers.
func asking(what string, q snapshot.Question) Saving {
	return Saving{What: what, Request: func(context.Context) (workspace.SnapshotRequest, error) {
		return workspace.SnapshotRequest{Question: q}, nil
	}}
}

// tabled keeps a table that the program worked out for a page.
func tabled(page, what string, t *tabular.Table) Saving {
	return Saving{What: what, Request: func(context.Context) (workspace.SnapshotRequest, error) {
		return workspace.SnapshotRequest{Question: snapshot.Question{Page: snapshot.Page(page)}, Table: t, Key: leadingTexts(t.Columns)}, nil
	}}
}

// leadingTexts are the names of the texts and days before the first number: what
// likely tells rows apart.
func leadingTexts(columns []tabular.Column) []string {
	var names []string
	for _, c := range columns {
		if c.Kind.Numeric() {
			break
		}
		names = append(names, c.Name)
	}
	return names
}

// noAnswerYet is why a page cannot be kept before its answer is there.
func noAnswerYet() string { return i18n.T("there is no answer yet") }

// mostKept is how many rows of a grid are kept whose question cannot be asked again.
const mostKept = 100_000

// shownRows keeps the rows that a grid shows: its visible columns, filtered and sorted.
func (p *GridPage) shownRows(page string) Saving {
	rows, at := p.rows, p.shown()
	t := &tabular.Table{}
	for _, i := range at {
		t.Columns = append(t.Columns, rows.Columns()[i])
	}
	key := leadingTexts(t.Columns)
	if !p.keyless && len(t.Columns) > 0 {
		key = []string{t.Columns[0].Name}
	}
	return Saving{What: p.title, Request: func(ctx context.Context) (workspace.SnapshotRequest, error) {
		req := workspace.SnapshotRequest{Question: snapshot.Question{Page: snapshot.Page(page)}, Table: t, Key: key}
		if rows.Len() > mostKept {
			return req, i18n.Errorf("the grid has %d row{s} and at most %d can be kept of this page; filter it first", rows.Len(), mostKept)
		}
		t.Rows = nil
		return req, rows.Each(ctx, func(row []any) error {
			cells := make([]any, len(at))
			for i, from := range at {
				if from < len(row) {
					cells[i] = row[from]
				}
			}
			t.Rows = append(t.Rows, cells)
			return ctx.Err()
		})
	}}
}

// Saving keeps the question of the grid, or the rows it shows where it has none.
func (p *GridPage) Saving() (Saving, string) {
	switch {
	case p.rows == nil:
		return Saving{}, noAnswerYet()
	case p.unsaved != "":
		return Saving{}, p.unsaved.String()
	case p.question != nil:
		return asking(p.title, p.question(p.query)), ""
	case p.rows.Len() == 0:
		return Saving{}, i18n.T("there are no rows")
	}
	page := p.home.Page
	if page == "" {
		page = "rows"
	}
	return p.shownRows(page), ""
}

// Saving keeps the overview.
func (p *overview) Saving() (Saving, string) {
	if !p.ready {
		return Saving{}, noAnswerYet()
	}
	return asking(i18n.T("overview"), snapshot.Question{Page: snapshot.Overview}), ""
}

// Saving keeps the segments, with who is in which.
func (p *segments) Saving() (Saving, string) {
	if !p.ready {
		return Saving{}, noAnswerYet()
	}
	return asking(i18n.T("segments"), snapshot.Question{Page: snapshot.Segments}), ""
}

// Saving keeps the figures of the customer.
func (c *customer) Saving() (Saving, string) {
	if !c.ready {
		return Saving{}, noAnswerYet()
	}
	return asking(c.id, snapshot.Question{Page: snapshot.Customer, Customer: c.id}), ""
}

// Saving keeps everybody in trees under λ and θ in force; others are to be kept first,
// or the snapshot would not be what is shown.
func (p *referrals) Saving() (Saving, string) {
	if !p.ready {
		return Saving{}, noAnswerYet()
	}
	return savingReferrals(p.env, p.assume)
}

// Saving keeps everybody in trees.
func (p *tree) Saving() (Saving, string) {
	if p.tree == nil {
		return Saving{}, noAnswerYet()
	}
	return savingReferrals(p.env, p.assume)
}

func savingReferrals(env *Env, shown workspace.Referrals) (Saving, string) {
	if !sameCredit(shown, env.Workspace.Settings().Referrals) {
		return Saving{}, i18n.T("λ and θ are not those of the settings; A keeps them for every page, then this can be saved")
	}
	return asking(i18n.T("referrals"), snapshot.Question{Page: snapshot.Referrals}), ""
}

// Saving keeps the scenario and what it comes to.
func (p *whatIf) Saving() (Saving, string) {
	if p.model == nil || !p.valued {
		return Saving{}, noAnswerYet()
	}
	what := p.saved.Name
	if what == "" {
		what = i18n.T("what-if")
	}
	model, now := p.model, p.history.Now()
	return Saving{What: what, Request: func(ctx context.Context) (workspace.SnapshotRequest, error) {
		return model.ScenarioRequest(ctx, now)
	}}, ""
}

// Saving keeps the statement that was run last; its rows are those of the moment of
// saving.
func (p *sqlPage) Saving() (Saving, string) {
	if p.result == nil || p.statement == "" {
		return Saving{}, i18n.T("run a statement first; its rows can be kept then")
	}
	return asking("SQL", snapshot.Question{Page: snapshot.SQL, SQL: p.statement}), ""
}

// save asks for the name of a snapshot, also from within the editor, which has every key.
func (p *sqlPage) save() tea.Cmd {
	s, why := p.Saving()
	if why != "" {
		return send(Notice{Text: why, Bad: true})
	}
	return Save(p.env, s)
}

// Saving keeps the figures of the data's quality.
func (p *quality) Saving() (Saving, string) {
	if !p.ready {
		return Saving{}, noAnswerYet()
	}
	return tabled(placeQuality, i18n.T("data quality"), p.data.Table()), ""
}

// Saving keeps the parameters of the models.
func (p *model) Saving() (Saving, string) {
	offers := slices.DeleteFunc(p.exports(), func(o offer) bool { return o.table == nil || len(o.table.Rows) == 0 })
	if !p.ready || len(offers) == 0 {
		return Saving{}, noAnswerYet()
	}
	return tabled(placeModels, i18n.T("models"), offers[0].table), ""
}
