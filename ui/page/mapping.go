package page

import (
	"maps"
	"path/filepath"
	"slices"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/theme"
	"worth/ui/widget"
)

// kindField is the key of the field that says what the rows of a file are.
const kindField = "kind"

// mapping is the dialog in which the analyst says how a file is read and what its
// columns are.
type mapping struct {
	env     *Env
	file    workspace.FileReport
	request workspace.LoadRequest // what is loaded with the answer
	kind    string
	values  map[string]string // of every field so far, those of other kinds too
	before  map[string]string // of the fields at first
	form    widget.Form
}

// NewMapping returns the dialog on a file. Confirming loads the files of the request
// anew with the answer. Without one the file is loaded already: then all files of the
// workspace are read again. read is how the file is read now.
func NewMapping(env *Env, file workspace.FileReport, request *workspace.LoadRequest, read workspace.ReadOptions) Overlay {
	d := &mapping{env: env, file: file, request: workspace.LoadRequest{Replay: true}, kind: file.Kind, values: map[string]string{}}
	if request != nil {
		d.request = *request
	}
	for _, m := range file.Mapping {
		d.values[m.Field] = m.Column
	}
	d.values[readEncoding], d.values[readSheet] = read.Encoding, read.Sheet
	d.values[readDelimiter], d.values[readDates] = delimiterName(read.Delimiter), read.DateOrder
	d.fill()
	d.before = d.form.Values()
	for i, f := range d.form.Fields { // begin at the first thing to answer
		if f.Message != "" {
			d.form.Cursor = i
			break
		}
	}
	return d
}

// fill makes the fields of the kind, what must be answered first.
func (d *mapping) fill() {
	kinds := make([]widget.Choice, 0, len(workspace.Kinds()))
	for _, k := range workspace.Kinds() {
		kinds = append(kinds, widget.Choice{Value: k})
	}
	fields := []widget.Field{{
		Key: kindField, Label: i18n.T("rows are"), Kind: widget.FieldChoice, Value: d.kind, Options: kinds,
	}}
	fields = append(fields, d.reading()...)
	known := workspace.Fields(d.kind)
	slices.SortStableFunc(known, func(a, b workspace.Field) int { return d.rank(a.Name) - d.rank(b.Name) })
	for _, f := range known {
		field := widget.Field{Key: f.Name, Label: f.Name, Kind: widget.FieldChoice, Value: d.values[f.Name], Note: f.Doc.String()}
		q, asked := d.question(f.Name)
		if asked {
			field.Message = q.Reason
		}
		if asked && q.Needed {
			field.Check = needed
		}
		field.Options = d.columns(q.Candidates)
		fields = append(fields, field)
	}
	d.form.Fields = fields
}

// needed refuses an empty choice.
func needed(column string) error {
	if column == "" {
		return i18n.Errorf("the file cannot be loaded without it; choose its column")
	}
	return nil
}

// rank orders the fields: what is asked, what is mapped, the rest.
func (d *mapping) rank(field string) int {
	if _, asked := d.question(field); asked {
		return 0
	}
	if d.values[field] != "" {
		return 1
	}
	return 2
}

func (d *mapping) question(field string) (workspace.Question, bool) {
	i := slices.IndexFunc(d.file.Questions, func(q workspace.Question) bool { return q.Field == field })
	if i < 0 {
		return workspace.Question{}, false
	}
	return d.file.Questions[i], true
}

// columns are the choices of a field: likely columns first, then all others.
func (d *mapping) columns(likely []string) []widget.Choice {
	out := []widget.Choice{{Label: i18n.T("not in this file")}}
	seen := map[string]bool{}
	all := d.file.Columns
	if len(all) == 0 { // a report read back from the workspace knows only the used ones
		for _, m := range d.file.Mapping {
			all = append(all, m.Column)
		}
		all = append(all, d.file.Unmapped...)
	}
	for _, c := range slices.Concat(likely, all) {
		if !seen[c] {
			seen[c] = true
			out = append(out, widget.Choice{Value: c, Label: widget.Clean(c)})
		}
	}
	return out
}

// Key edits; ctrl+s, or enter past the last field, confirms.
func (d *mapping) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if msg.String() == "ctrl+s" {
		return d.confirm()
	}
	switch d.form.Key(msg) {
	case widget.FormChanged:
		d.changed()
		return nil, false
	case widget.FormMoved:
		return nil, false
	case widget.FormIgnored:
	}
	switch msg.String() {
	case "esc":
		return nil, true
	case "enter":
		return d.confirm()
	}
	return nil, false
}

// changed lists other fields when the kind of the file was changed.
func (d *mapping) changed() {
	if kind := d.form.Value(kindField); kind != d.kind {
		d.kind = kind
		maps.Copy(d.values, d.form.Values())
		d.fill()
	}
}

// Update handles clicks.
func (d *mapping) Update(msg tea.Msg) tea.Cmd {
	if click, ok := msg.(tea.MouseClickMsg); ok && d.form.Hit(click.Y-1) == widget.FormChanged {
		d.changed()
	}
	return nil
}

// confirm loads the files with the answer.
func (d *mapping) confirm() (tea.Cmd, bool) {
	read, again := d.read()
	if !again && !d.form.Validate() { // read otherwise, its columns are others
		return nil, false
	}
	request := d.request
	request.MapFile, request.Read = maps.Clone(request.MapFile), maps.Clone(request.Read)
	if request.MapFile == nil {
		request.MapFile = map[string]map[string]string{}
	}
	if request.Read == nil {
		request.Read = map[string]workspace.ReadOptions{}
	}
	request.Read[d.file.File] = read
	if answer := d.answer(again); len(answer) > 0 {
		request.MapFile[d.file.Title()] = answer
	} else {
		delete(request.MapFile, d.file.Title())
	}
	return send(LoadFiles{request}), true
}

// View draws the form.
func (d *mapping) View(w, h int, t theme.Theme) string {
	d.form.Theme = t
	title := i18n.T("Columns of %s", filepath.Base(d.file.Title()))
	asked := 0 // every question takes a line
	for _, f := range d.form.Fields {
		if f.Message != "" {
			asked++
		}
	}
	return Dialog(t, title, i18n.T("ctrl+s confirms · Esc leaves"), &d.form, min(w-dialogFrame, 96), len(d.form.Fields)+asked, w, h)
}
