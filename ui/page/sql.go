package page

import (
	"context"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// sqlPage is where an analyst asks questions of their own: an editor with several
// texts above, the result below. Queries run off the update loop and can only read,
// unless writing was turned on and confirmed.
type sqlPage struct {
	env    *Env
	themed string // name of the theme the editors draw in

	buffers []*widget.Editor
	current int
	history []workspace.Past
	asked   bool // for what was kept
	loaded  bool // it is there, and may be kept anew
	kept    int  // sum of the buffers' versions when they were kept last

	editing bool // keys go to the editor
	writing bool // statements may change the workspace
	chart   *sqlChart

	running   gridTask
	what      string                                // what runs
	progress  atomic.Pointer[workspace.SQLProgress] // of what runs
	offers    gridTask                              // completions that are awaited
	statement string                                // run last
	result    *workspace.SQLResult                  // nil: none, or a plan
	grid      *GridPage                             // of the result or plan; nil: none
	err       error                                 // why there is no result
	said      string                                // of the result, in its frame
	text      scrolled                              // of the error

	places sqlPlaces // of the last view
}

// Commands of the SQL page.
const (
	sqlRun      = "sql.run"
	sqlExplain  = "sql.explain"
	sqlProfile  = "sql.profile"
	sqlDraw     = "sql.chart"
	sqlQueries  = "sql.queries"
	sqlHistory  = "sql.history"
	sqlExternal = "sql.external"
	sqlNew      = "sql.new"
	sqlDrop     = "sql.drop"
	sqlNext     = "sql.next"
	sqlPrevious = "sql.previous"
	sqlWrite    = "sql.write"
	sqlEdit     = "sql.edit"
	sqlLeave    = "sql.leave"
	sqlComplete = "sql.complete"
	sqlMayWrite = "sql.write.confirmed"

	sqlOpenQuery = "sql.query:" // and the name of a shipped query
	sqlOpenPast  = "sql.past:"  // and a number in the history
)

// NewSQL returns the SQL page.
func NewSQL(env *Env) Page {
	p := &sqlPage{env: env, editing: true}
	p.add("")
	return p
}

func (p *sqlPage) Title() string { return i18n.T("SQL") }

// editor returns the text in view.
func (p *sqlPage) editor() *widget.Editor { return p.buffers[p.current] }

// add opens another text and shows it.
func (p *sqlPage) add(text string) {
	e := widget.NewEditor(p.env.Theme, text)
	e.Hint = i18n.T("write a query; F3 has some to begin with")
	p.buffers = append(p.buffers, e)
	p.current = len(p.buffers) - 1
	p.themed = p.env.Theme.Name
}

// Open shows a query in a text of its own, ready to be run.
func (p *sqlPage) Open(text string) tea.Cmd {
	if p.editor().Text() == "" {
		p.editor().SetText(text)
	} else {
		p.add(text)
	}
	p.editor().SetCursor(0, 0)
	p.editing = true
	return p.keep()
}

// QueryOpener is a page that takes a query to be looked at, run and changed.
type QueryOpener interface {
	// Open shows the query.
	Open(text string) tea.Cmd
}

// Init reads what was kept, once. When the data have changed it runs the last query
// again.
func (p *sqlPage) Init() tea.Cmd {
	if !p.asked {
		p.asked = true
		ws := p.env.Workspace
		return tea.Batch(func() tea.Msg {
			drafts, err := ws.Drafts()
			return sqlKept{drafts, err}
		}, func() tea.Msg { // so that the first letters need not wait for it
			_, _, _ = ws.CompleteSQL(context.Background(), "")
			return nil
		})
	}
	if p.result == nil || p.statement == "" {
		return nil
	}
	return p.run(p.statement)
}

// sqlKept is what earlier sessions left.
type sqlKept struct {
	drafts workspace.Drafts
	err    error
}

func (p *sqlPage) onKept(msg sqlKept) tea.Cmd {
	if msg.err != nil {
		return send(Notice{Text: msg.err.Error(), Bad: true})
	}
	p.loaded = true
	p.history = append(msg.drafts.History, p.history...)
	typed := p.buffers
	if len(msg.drafts.Buffers) == 0 {
		return nil
	}
	p.buffers = nil
	for _, b := range msg.drafts.Buffers {
		p.add(b.Text)
		p.editor().SetCursor(b.Row, b.Col)
	}
	p.current = min(max(msg.drafts.Current, 0), len(p.buffers)-1)
	for _, e := range typed { // a query may have been opened meanwhile
		if e.Text() != "" {
			p.buffers = append(p.buffers, e)
			p.current = len(p.buffers) - 1
		}
	}
	p.kept = p.versions()
	return nil
}

// versions changes with every change of any text.
func (p *sqlPage) versions() int {
	sum := len(p.buffers)
	for _, e := range p.buffers {
		sum += e.Version()
	}
	return sum
}

// keep keeps the texts and the history for the next session. It is called when a
// statement is run, a text is left, and the page is closed.
func (p *sqlPage) keep() tea.Cmd {
	if !p.loaded {
		return nil
	}
	drafts, ws := p.drafts(), p.env.Workspace
	return func() tea.Msg {
		if err := ws.KeepDrafts(drafts); err != nil {
			return Notice{Text: err.Error(), Bad: true}
		}
		return nil
	}
}

func (p *sqlPage) drafts() workspace.Drafts {
	p.kept = p.versions()
	d := workspace.Drafts{Current: p.current, History: append([]workspace.Past(nil), p.history...)}
	for _, e := range p.buffers {
		row, at := e.Cursor()
		d.Buffers = append(d.Buffers, workspace.Draft{Text: e.Text(), Row: row, Col: at})
	}
	return d
}

// remember notes a statement that was run.
func (p *sqlPage) remember(rows int, took time.Duration, err error) {
	past := workspace.Past{Text: p.statement, At: time.Now().UTC().Truncate(time.Second), Rows: rows, Seconds: took.Seconds()}
	if err != nil {
		past.Failed = err.Error()
	}
	d := workspace.Drafts{History: p.history}
	d.Remember(past)
	p.history = d.History
}

// sqlKeys are the bindings that hold in the editor and below it.
var sqlKeys = keys.Map{
	{ID: sqlRun, Keys: []string{"f5", "ctrl+r", "alt+enter", "ctrl+enter"}, Help: "run the statement", Group: groupPage, Short: true},
	{ID: sqlQueries, Keys: []string{"f3", "ctrl+o"}, Help: "queries", Group: groupPage, Short: true},
	{ID: sqlHistory, Keys: []string{"f4", "ctrl+g"}, Help: "history", Group: groupPage, Short: true},
	{ID: sqlExplain, Keys: []string{"f6"}, Help: "explain", Group: groupPage, Short: true},
	{ID: sqlProfile, Keys: []string{"f7"}, Help: "run and show where the time goes", Group: groupPage},
	{ID: sqlExternal, Keys: []string{"f2"}, Help: "open the text in $EDITOR", Group: groupPage},
	{ID: sqlWrite, Keys: []string{"f8"}, Help: "let statements change the workspace, or not", Group: groupPage},
	{ID: sqlNew, Keys: []string{"ctrl+t"}, Help: "new text", Group: groupPage},
	{ID: keys.Save, Keys: []string{"ctrl+s"}, Help: "save the result as a snapshot", Group: groupPage},
	{ID: sqlDrop, Keys: []string{"alt+w"}, Help: "close the text", Group: groupPage},
	{ID: sqlNext, Keys: []string{"alt+n", "ctrl+pgdown"}, Help: "next text", Group: groupPage},
	{ID: sqlPrevious, Keys: []string{"alt+p", "ctrl+pgup"}, Help: "text before", Group: groupPage},
}

// sqlEditorKeys are the bindings of the editor alone.
var sqlEditorKeys = keys.Map{
	{ID: sqlLeave, Keys: []string{"esc"}, Help: "to the result and other pages", Group: groupPage, Short: true},
	{ID: sqlComplete, Keys: []string{"ctrl+space", "ctrl+@"}, Help: "complete the word; Tab takes", Group: groupPage},
}

// sqlResultKeys are the bindings below the editor alone.
var sqlResultKeys = keys.Map{
	{ID: sqlEdit, Keys: []string{"i", "tab"}, Help: "edit", Group: groupPage, Short: true},
	{ID: sqlDraw, Keys: []string{"C"}, Help: "chart", Group: groupPage, Short: true},
}

// SQLKeys returns all bindings of the SQL page, whatever has the focus.
func SQLKeys() keys.Map {
	return keys.Join(sqlEditorKeys, sqlResultKeys, sqlKeys, keys.Paging().Without(keys.SQL), keys.Grid())
}

// Keys are those of the editor, or those of the result.
func (p *sqlPage) Keys() keys.Map {
	if p.editing {
		return keys.Join(keys.Map{sqlKeys[0], sqlEditorKeys[0]}, sqlKeys[1:], sqlEditorKeys[1:])
	}
	if p.grid == nil || p.chart != nil {
		return keys.Join(sqlResultKeys, sqlKeys, keys.Moving())
	}
	if p.grid.Capture() {
		return p.grid.Keys()
	}
	return keys.Join(sqlResultKeys, sqlKeys, p.grid.Keys().Without(cmdRetry, keys.SQL))
}

// Reason says why a command cannot be used now.
func (p *sqlPage) Reason(id string) string {
	switch id {
	case sqlRun, sqlExplain, sqlProfile:
		if p.running.running() {
			return i18n.T("a statement runs; ctrl+c cancels it")
		}
	case sqlDraw:
		if p.result == nil || p.grid == nil {
			return i18n.T("there is no result to draw")
		}
	case sqlHistory:
		if len(p.history) == 0 {
			return i18n.T("nothing was run yet")
		}
	case keys.Save:
		_, why := p.Saving()
		return why
	case sqlNext, sqlPrevious, sqlDrop:
		if len(p.buffers) < 2 {
			return i18n.T("there is one text only")
		}
	default:
		if p.grid != nil && !p.editing {
			return p.grid.Reason(id)
		}
	}
	return ""
}

// Capture reports whether keys are text.
func (p *sqlPage) Capture() bool { return p.editing || p.grid != nil && p.grid.Capture() }

// Busy says what runs and how far it is.
func (p *sqlPage) Busy() string {
	if p.running.running() {
		text := p.what
		if d := p.progress.Load(); d != nil && d.Share > 0 {
			text += " · " + i18n.Percent(d.Share, 0)
			if d.Rows > 0 {
				text += " · " + i18n.T("%s row{s} read", i18n.Short(float64(d.Rows)))
			}
		}
		return text
	}
	if p.grid != nil {
		return p.grid.Busy()
	}
	return ""
}

// Cancel stops what runs.
func (p *sqlPage) Cancel() bool {
	p.offers.stop()
	ran := p.running.stop()
	if ran {
		p.said = i18n.T("cancelled")
	}
	listed := p.grid != nil && p.grid.Cancel()
	return ran || listed
}

// Close gives up the result and keeps the texts.
func (p *sqlPage) Close() {
	p.Cancel()
	forget := p.forget()
	drafts, ws, keep := p.drafts(), p.env.Workspace, p.loaded
	// Nobody is left to be told of an error, and closing may have to wait for a
	// read that is being cancelled.
	if keep {
		_ = ws.KeepDrafts(drafts)
	}
	if forget != nil {
		go forget()
	}
}

// forget gives the present result up and returns the command that frees it.
func (p *sqlPage) forget() tea.Cmd {
	grid, result := p.grid, p.result
	p.grid, p.result, p.chart, p.err, p.said = nil, nil, nil, nil, ""
	if grid != nil {
		grid.Close()
	}
	if result == nil {
		return nil
	}
	return func() tea.Msg {
		if err := result.Close(); err != nil {
			return Notice{Text: err.Error(), Bad: true}
		}
		return nil
	}
}
