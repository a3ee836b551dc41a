package page

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// load loads files and shows what became of every file of the workspace.
type load struct {
	base
	request *workspace.LoadRequest // what is loaded first; nil when it has landed or there is nothing
	meter   *Meter
	files   []workspace.FileReport
	grid    *widget.Grid
	detail  scrolled
	listH   int // height of the table in the last view
}

// NewLoad returns the load page. With a request it loads those files first and
// sends Loaded when they have landed.
func NewLoad(env *Env, request *workspace.LoadRequest) Page {
	p := &load{base: base{env: env}, request: request, grid: widget.NewGrid(env.Theme)}
	p.grid.SetEmpty(i18n.T("nothing is loaded yet; press a to choose files"))
	return p
}

func (p *load) Title() string { return i18n.T("load") }

// Init starts the load, or asks what was loaded.
func (p *load) Init() tea.Cmd {
	if p.request != nil {
		return p.start(*p.request)
	}
	ws := p.env.Workspace
	return ask(&p.inquiry, i18n.T("listing files"), ws.Files)
}

// start loads the files of a request. Mappings the analyst confirmed are kept
// for files with the same header before anything is read by them.
func (p *load) start(request workspace.LoadRequest) tea.Cmd {
	ws, meter := p.env.Workspace, &Meter{}
	p.meter, p.err = meter, nil
	return ask(&p.inquiry, i18n.T("loading"), func(ctx context.Context) (workspace.LoadReport, error) {
		for title, mapping := range request.MapFile {
			path, err := workspace.SourceOf(title)
			if err != nil {
				return workspace.LoadReport{}, err
			}
			if err := ws.RememberMapping(ctx, title, mapping, request.Read[path]); err != nil {
				return workspace.LoadReport{}, err
			}
		}
		return ws.Load(ctx, request, meter.Tell)
	})
}

// Update handles replies, ticks and the mouse.
func (p *load) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case reply[workspace.LoadReport]:
		return p.onLoaded(msg)
	case reply[[]workspace.FileReport]:
		if p.accept(msg.generation, msg.err) {
			p.asked = msg.asked
			p.show(msg.value)
		}
	case Tick:
		if p.meter != nil {
			p.meter.Tick(msg.At)
		}
	case tea.MouseClickMsg:
		if msg.Button == tea.MouseLeft && p.meter == nil {
			p.grid.Click(msg.X-1, msg.Y-1)
			p.detail.top = 0
		}
	case Wheel:
		if msg.Y > p.listH {
			p.detail.scroll(msg.Lines)
		} else {
			p.grid.Scroll(msg.Lines)
		}
	}
	return nil
}

// correct opens the dialog on a loaded file, which is looked at again for all its
// columns.
func (p *load) correct(title string) tea.Cmd {
	env := p.env
	return func() tea.Msg {
		file, read, err := env.Workspace.Reread(context.Background(), title)
		if err != nil {
			return Notice{Text: err.Error(), Bad: true}
		}
		return OpenOverlay{NewMapping(env, file, nil, read)}
	}
}

// onLoaded handles the end of a load. Files whose columns are not clear are asked
// about at once.
func (p *load) onLoaded(msg reply[workspace.LoadReport]) tea.Cmd {
	if !p.settle(msg.generation) {
		return nil
	}
	request := p.request
	p.meter, p.err = nil, msg.err
	var need *workspace.NeedsAnswerError
	switch {
	case errors.As(msg.err, &need) && request != nil:
		return send(OpenOverlay{NewMapping(p.env, need.File, request, request.Read[need.File.File])})
	case msg.err != nil:
		return nil
	}
	p.request = nil
	p.show(msg.value.Files)
	p.ready = true
	return send(Loaded{msg.value})
}

// fileColumns are the columns of the table of files.
var fileColumns = []tabular.Column{
	{Name: "file", Title: "file", Kind: tabular.Text},
	{Name: "kind", Title: "rows are", Kind: tabular.Text},
	{Name: "rows", Title: "rows", Kind: tabular.Integer},
	{Name: "kept", Title: "kept", Kind: tabular.Integer},
	{Name: "rejected", Title: "rejected", Kind: tabular.Integer},
	{Name: "credits", Title: "credits", Kind: tabular.Integer},
	{Name: "excluded", Title: "excluded", Kind: tabular.Integer},
	{Name: "duplicates", Title: "repeated", Kind: tabular.Integer},
	{Name: "date_min", Title: "from", Kind: tabular.Text},
	{Name: "date_max", Title: "to", Kind: tabular.Text},
	{Name: "net_revenue", Title: "net revenue", Kind: tabular.Money},
	{Name: "warnings", Title: "warnings", Kind: tabular.Integer},
}

// show takes over the reports and keeps the cursor on its file.
func (p *load) show(files []workspace.FileReport) {
	p.files = files
	table := &tabular.Table{Columns: fileColumns}
	for _, f := range files {
		table.Rows = append(table.Rows, []any{
			filepath.Base(f.Title()), f.Kind, f.Rows, f.Kept, f.Rejected, f.Credits, f.Excluded, f.Duplicates,
			optional(f.DateMin), optional(f.DateMax), f.NetRevenue, int64(len(f.Warnings)),
		})
	}
	row, _ := p.grid.Cursor()
	p.grid.SetSource(tabular.NewSource(table), widget.KeepRow)
	p.grid.Put(0, table.Rows, p.grid.Generation())
	p.grid.Goto(row)
}

// optional is a cell for a text that may be missing.
func optional(text *string) any {
	if text == nil {
		return nil
	}
	return *text
}

// current returns the report under the cursor.
func (p *load) current() (workspace.FileReport, bool) {
	row, _ := p.grid.Cursor()
	if row >= len(p.files) {
		return workspace.FileReport{}, false
	}
	return p.files[row], true
}

// loadKeys are the page's bindings.
var loadKeys = keys.Join(
	keys.Map{
		{ID: cmdMapping, Keys: []string{"enter"}, Help: "correct how it is read", Group: groupPage, Short: true},
		{ID: cmdRejected, Keys: []string{"x"}, Help: "rejected rows", Group: groupPage, Short: true},
		{ID: cmdAdd, Keys: []string{"a"}, Help: "add files", Group: groupPage, Short: true},
		{ID: cmdFileOrders, Keys: []string{"o"}, Help: "the orders the file brought", Group: groupPage, Short: true},
		{ID: cmdRetry, Keys: []string{"r"}, Help: "try again", Group: groupPage},
	},
	exportBinding, sqlBinding,
	keys.Moving(),
)

// Keys returns the page's bindings.
func (p *load) Keys() keys.Map { return loadKeys }

// Reason says why a command cannot be used.
func (p *load) Reason(id string) string {
	f, ok := p.current()
	switch {
	case id == keys.SQL && len(p.asked) == 0:
		return noQuestion()
	case !slices.Contains([]string{cmdMapping, cmdRejected, cmdAdd, cmdFileOrders, keys.Export}, id):
		return ""
	case p.meter != nil:
		return i18n.T("files are being loaded")
	case id == cmdMapping && p.pending() != nil || id == cmdAdd:
		return ""
	case !ok:
		return i18n.T("no file is loaded")
	case id == cmdRejected && f.Rejected == 0:
		return i18n.T("no row of it was rejected")
	case id == cmdFileOrders && f.Kind != "orders":
		return i18n.T("it brought no orders; its rows are %s", f.Kind)
	}
	return ""
}

// Held says that files are being loaded: closing the page would stop that, and
// nothing of them would be kept.
func (p *load) Held() string {
	if p.meter == nil {
		return ""
	}
	return i18n.T("files are being loaded; ctrl+c stops that first, and then nothing of them is kept")
}

// pending returns the file that a load stopped at with a question.
func (p *load) pending() *workspace.FileReport {
	var need *workspace.NeedsAnswerError
	if p.request != nil && errors.As(p.err, &need) {
		return &need.File
	}
	return nil
}

// behind shows the query behind the table; from a file that brought orders or had
// rows rejected it leads to those.
func (p *load) behind() tea.Cmd {
	for _, drill := range []string{cmdFileOrders, cmdRejected} {
		if p.Reason(drill) == "" {
			return behindBy(p.asked, drill, "ask/files")
		}
	}
	return behindBy(p.asked, "", "ask/files")
}

// Do carries out a command.
func (p *load) Do(id string) tea.Cmd {
	f, _ := p.current()
	switch id {
	case cmdMapping:
		if file := p.pending(); file != nil {
			return send(OpenOverlay{NewMapping(p.env, *file, p.request, p.request.Read[file.File])})
		}
		return p.correct(f.Title())
	case cmdRejected:
		return send(OpenPage{NewRejects(p.env, f.Title())})
	case cmdAdd:
		return send(OpenPage{NewStart(p.env, nil)})
	case cmdFileOrders:
		return send(OpenPage{NewOrders(p.env, workspace.FromFile, f.Title())})
	case cmdRetry:
		return p.Init()
	case keys.Export:
		return export(p.env, 0, offer{i18n.T("files"), workspace.FileTable(p.files)})
	case keys.SQL:
		return p.behind()
	}
	p.detail.top = 0
	p.grid.Do(id)
	return nil
}
