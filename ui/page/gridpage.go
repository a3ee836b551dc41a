package page

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// GridPage shows the rows of any length that a callback opens, and does with
// them what an analyst expects of a data grid: sort, filter, search, choose
// columns, see a whole cell, copy, mark, reveal, export.
//
// It holds one source at a time. Sorting and filtering open another in a command
// while the present one stays in sight; the cursor then goes to the row with
// the key, the first cell, that it was on.
type GridPage struct {
	env    *Env
	title  string
	open   OpenRows
	onOpen func(row []any) tea.Cmd // nil: rows cannot be drilled into

	sorts   bool
	check   func(filter string) error // nil: rows cannot be filtered
	empty   i18n.Text                 // in place of rows, when there are none
	bare    bool                      // without the line above the grid
	keyless bool                      // first cells do not tell rows apart
	columns func(columns []tabular.Column, sample [][]any) []string
	chosen  bool // the columns shown were chosen by hand

	question func(q gridQuery) snapshot.Question // that the rows answer; nil: none that can be asked again
	unsaved  i18n.Text                           // why the rows cannot be kept as a snapshot; empty when they can

	grid    *widget.Grid
	rows    *gridRows         // what the grid shows; nil until the first is open
	query   gridQuery         // what rows answers
	sources []workspace.Asked // what was put to the database for rows
	lent    []workspace.Asked // likewise, for rows in memory
	prompt  *gridPrompt
	asked   [gridPrompts][]string // what was typed into each prompt before
	reading map[int]bool          // rows being read, by the first of them
	failed  bool                  // rows could not be read; asked again with the next command
	themed  string                // name of the theme the grid draws in
	height  int                   // of the last view
	home    workspace.Place       // which page this is, for another session; empty: none to return to
	goal    *workspace.Place      // where to go once the rows are there

	opening, locating, searching, exporting gridTask
	progress                                string // what searching or exporting says of itself
}

// gridQuery is what rows are asked for by.
type gridQuery struct {
	sort   string // the name of a column; empty: the natural order
	desc   bool
	filter string
}

// GridOption says what else a GridPage can do.
type GridOption func(*GridPage)

// WithSort lets rows be sorted by any column. A name says by which the natural
// order, that of an empty sort, is; it may be empty.
func WithSort(natural string, desc bool) GridOption {
	return func(p *GridPage) {
		p.sorts = true
		p.grid.SortBy(natural, desc)
	}
}

// WithFilter lets rows be filtered by expressions that check accepts.
func WithFilter(check func(filter string) error) GridOption {
	return func(p *GridPage) { p.check = check }
}

// WithColumns says which columns are shown until the reader chooses others, given
// all columns and a few of the first rows.
func WithColumns(choose func(columns []tabular.Column, sample [][]any) []string) GridOption {
	return func(p *GridPage) { p.columns = choose }
}

// WithEmpty sets the sentence that stands in place of rows.
func WithEmpty(text i18n.Text) GridOption { return func(p *GridPage) { p.empty = text } }

// WithQuestion says which question the rows answer, so that a snapshot of them can be
// asked again.
func WithQuestion(question func(q gridQuery) snapshot.Question) GridOption {
	return func(p *GridPage) { p.question = question }
}

// WithoutSaving says why the rows cannot be kept as a snapshot.
func WithoutSaving(why i18n.Text) GridOption { return func(p *GridPage) { p.unsaved = why } }

// WithoutLine leaves out the line above the grid that says how it is sorted and
// filtered, for a grid within another page.
func WithoutLine() GridOption { return func(p *GridPage) { p.bare = true } }

// WithoutKey is for rows whose first cell does not tell them apart: the cursor
// keeps its row number, not its row, when they are asked for again.
func WithoutKey() GridOption { return func(p *GridPage) { p.keyless = true } }

// WithAsked says what was put to the database for rows that are in memory already.
func WithAsked(asked []workspace.Asked) GridOption { return func(p *GridPage) { p.lent = asked } }

// NewGridPage returns a page over the rows that open returns. OnOpen is what Enter
// does with the cells, in the order of the source, of the row under the cursor;
// nil if there is nothing behind rows.
func NewGridPage(env *Env, title string, open OpenRows, onOpen func(row []any) tea.Cmd, options ...GridOption) *GridPage {
	p := &GridPage{
		env: env, title: title, open: open, onOpen: onOpen, grid: widget.NewGrid(env.Theme), themed: env.Theme.Name,
		empty: "There are no rows.", reading: map[int]bool{},
	}
	for _, o := range options {
		o(p)
	}
	p.grid.SetRevealed(env.Revealed)
	return p
}

// Title is the name of the page with the number of its rows, once known.
func (p *GridPage) Title() string {
	if p.rows == nil {
		return p.title
	}
	return i18n.T("%s (%d)", p.title, p.rows.Len())
}

// Init opens the rows, again under the present sort and filter when it is not the
// first time.
func (p *GridPage) Init() tea.Cmd { return p.reopen(p.query) }

// gridKeys are the bindings of a GridPage beside those of every grid.
var gridKeys = keys.Map{{ID: cmdRetry, Keys: []string{"r"}, Help: "ask again", Group: groupPage}}

// Keys are the grid's, less those of what these rows cannot do at all; while text
// is typed they are those of the text.
func (p *GridPage) Keys() keys.Map {
	switch {
	case p.prompt != nil:
		return p.prompt.keys()
	case p.grid.Searching():
		return searchKeys
	}
	var without []string
	if p.onOpen == nil {
		without = append(without, keys.Open)
	}
	if !p.sorts {
		without = append(without, keys.SortAscending, keys.SortDescending)
	}
	if p.check == nil {
		without = append(without, keys.Filter)
	}
	return keys.Join(keys.Paging(), keys.Grid(), gridKeys).Without(without...)
}

// Reason says why a command cannot be used now.
func (p *GridPage) Reason(id string) string {
	switch id {
	case keys.Open, keys.Export, keys.Search, keys.CopyCell, keys.CopyRow, keys.WholeCell, keys.Mark:
		if p.grid.Len() == 0 {
			return i18n.T("there are no rows")
		}
	case keys.SearchNext, keys.SearchPrev:
		if p.grid.Query() == "" {
			return i18n.T("nothing was searched for yet")
		}
	case keys.Reveal:
		if !p.personal() {
			return i18n.T("nothing here is personal")
		}
	case keys.Choose, keys.Hide, keys.Unhide, keys.SortAscending, keys.SortDescending, keys.Filter:
		if p.rows == nil {
			return i18n.T("the columns are not known yet")
		}
	case keys.SQL:
		if len(p.sources) == 0 {
			return noQuestion()
		}
	case keys.ClearMarks:
		if len(p.grid.Marks()) == 0 {
			return i18n.T("no row is marked")
		}
	}
	return ""
}

// personal reports whether any column is masked until revealed.
func (p *GridPage) personal() bool {
	return p.rows != nil && slices.ContainsFunc(p.rows.Columns(), func(c tabular.Column) bool { return c.Personal })
}

// show shows the named columns, as chosen by the reader.
func (p *GridPage) show(names []string) {
	p.chosen = true
	p.grid.SetVisible(names)
}

// Capture reports whether a search, a filter or a file name is being typed.
func (p *GridPage) Capture() bool { return p.prompt != nil || p.grid.Searching() }

// Busy says what runs.
func (p *GridPage) Busy() string {
	switch {
	case p.opening.running():
		return i18n.T("asking for rows")
	case p.searching.running(), p.exporting.running():
		return p.progress
	}
	return ""
}

// Cancel stops opening, searching and exporting. What was in sight stays.
func (p *GridPage) Cancel() bool {
	opened, searched, exported := p.opening.stop(), p.searching.stop(), p.exporting.stop()
	located := p.locating.stop()
	p.grid.SetLoading("")
	if opened && p.rows == nil {
		p.grid.SetError(i18n.Errorf("The question was cancelled."))
	}
	return opened || searched || exported || located
}

// Close stops everything and gives up the rows.
func (p *GridPage) Close() {
	p.Cancel()
	if rows := p.rows; rows != nil {
		p.rows = nil
		p.grid.SetSource(nil)
		rows.life.stop()
		// Closing may have to wait for a read that is being cancelled, and nobody
		// is left to be told of an error.
		go func() { _ = rows.close() }()
	}
}

// reopen asks for rows under another query. The present rows stay in sight.
func (p *GridPage) reopen(q gridQuery) tea.Cmd {
	p.searching.stop()
	p.locating.stop()
	p.grid.SetLoading(i18n.T("Asking for rows …"))
	ctx, number := p.opening.start(context.Background())
	open, sampled := p.open, p.columns != nil && !p.chosen
	return func() tea.Msg {
		reply := gridOpened{page: p, number: number, query: q}
		ctx, trace := workspace.Tracing(ctx)
		reply.rows, reply.sample, reply.err = openSampled(ctx, open, q, sampled)
		reply.asked = trace.Asked()
		return reply
	}
}

// gridSample is how many rows decide which columns are shown at first.
const gridSample = 50

// openSampled opens rows and reads a few if asked to. Rows nobody waits for any
// more are closed at once.
func openSampled(ctx context.Context, open OpenRows, q gridQuery, sampled bool) (rows Rows, sample [][]any, err error) {
	rows, err = open(ctx, q.sort, q.desc, q.filter)
	if err != nil {
		return nil, nil, err
	}
	if sampled {
		sample, err = rows.Page(ctx, 0, gridSample)
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		if closing := rows.Close(); closing != nil {
			err = i18n.Errorf("%v; the rows could not be given up either: %v", err, closing)
		}
		return nil, nil, err
	}
	return rows, sample, nil
}
