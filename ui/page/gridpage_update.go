package page

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// Replies to the commands of a GridPage. Each names its grid, as a page may hold
// one and move another, and is dropped when its number is not awaited any more.
type (
	gridOpened struct {
		page   *GridPage
		number int
		query  gridQuery
		rows   Rows
		sample [][]any
		asked  []workspace.Asked
		err    error
	}
	gridRead struct {
		page       *GridPage
		generation int
		from       int
		rows       [][]any
		err        error
	}
	gridRevealed struct {
		page *GridPage
		err  error
	}
)

// Update handles replies, typing while Capture, and the mouse.
func (p *GridPage) Update(msg tea.Msg) tea.Cmd {
	p.sync()
	return tea.Batch(p.on(msg), p.read())
}

func (p *GridPage) on(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.onKey(msg)
	case tea.PasteMsg:
		p.onPaste(msg.Content)
	case Wheel:
		p.locating.stop()
		p.grid.Scroll(msg.Lines)
	case tea.MouseClickMsg:
		return p.onClick(msg)
	}
	return p.onReply(msg)
}

func (p *GridPage) onReply(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case gridOpened:
		if msg.page == p {
			return p.onOpened(msg)
		}
	case gridRead:
		if msg.page == p {
			p.onRead(msg)
		}
	case gridHunted:
		if msg.page == p {
			return p.onHunted(msg)
		}
	case gridExporting:
		if msg.page == p {
			return p.onExporting(msg)
		}
	case gridExported:
		if msg.page == p {
			return p.onExported(msg)
		}
	case gridRevealed:
		if msg.page == p {
			return p.onRevealed(msg)
		}
	}
	return nil
}

// onOpened shows the rows that were asked for.
func (p *GridPage) onOpened(msg gridOpened) tea.Cmd {
	if !p.opening.awaits(msg.number) {
		if msg.rows == nil {
			return nil
		}
		return newGridRows(msg.rows).letGo()
	}
	p.opening.stop()
	p.grid.SetLoading("")
	if msg.err != nil {
		if msg.query.filter != p.query.filter {
			p.refuseFilter(msg.query.filter, msg.err)
			return nil
		}
		if p.goal != nil && msg.query != (gridQuery{}) && !canceled(msg.err) && !errors.As(msg.err, new(*workspace.NoAnswerError)) {
			return p.giveUp(msg.err)
		}
		p.grid.SetError(msg.err)
		return nil
	}
	key, hasKey := p.grid.CursorKey()
	earlier := p.rows
	p.rows, p.query, p.failed = newGridRows(msg.rows), msg.query, false
	if p.sources = msg.asked; len(p.sources) == 0 {
		p.sources = p.lent
	}
	clear(p.reading)
	if p.keyless {
		p.grid.SetSource(p.rows, widget.KeepRow)
	} else {
		p.grid.SetSource(p.rows, widget.KeepKey)
	}
	p.grid.SetEmpty(p.emptyText())
	if p.columns != nil && !p.chosen {
		p.grid.SetVisible(p.columns(p.rows.Columns(), msg.sample))
	}
	if msg.query.sort != "" {
		p.grid.SortBy(msg.query.sort, msg.query.desc)
	}
	var cmds []tea.Cmd
	if earlier != nil {
		cmds = append(cmds, earlier.letGo())
	}
	if p.goal != nil {
		cmds = append(cmds, p.arrive())
	} else if hasKey && !p.keyless && p.rows.Len() > 0 {
		cmds = append(cmds, p.locate(key))
	}
	return tea.Batch(cmds...)
}

// emptyText is what stands in place of rows.
func (p *GridPage) emptyText() string {
	if p.query.filter != "" {
		return i18n.T("No row passes the filter %s. Press f to change it.", p.query.filter)
	}
	return p.empty.String()
}

// read returns commands for all rows the grid lacks.
func (p *GridPage) read() tea.Cmd {
	if p.rows == nil {
		return nil
	}
	var cmds []tea.Cmd
	for from, n, ok := p.grid.Need(); ok; from, n, ok = p.grid.Need() {
		rows, ctx := p.rows, p.rows.life.ctx
		p.reading[from] = true
		reply := gridRead{page: p, generation: p.grid.Generation(), from: from}
		cmds = append(cmds, func() tea.Msg {
			reply.rows, reply.err = rows.Page(ctx, reply.from, n)
			return reply
		})
	}
	return tea.Batch(cmds...)
}

func (p *GridPage) onRead(msg gridRead) {
	if msg.generation == p.grid.Generation() {
		delete(p.reading, msg.from)
	}
	if msg.err != nil {
		p.failed = p.grid.Fail(msg.from, msg.err, msg.generation) || p.failed
		return
	}
	p.grid.Put(msg.from, msg.rows, msg.generation)
}

// Do carries out a command of Keys.
func (p *GridPage) Do(id string) tea.Cmd {
	p.sync()
	if why := p.Reason(id); why != "" {
		return send(Notice{Text: why, Bad: true})
	}
	if p.failed {
		p.failed = false
		p.grid.Retry()
	}
	before, _ := p.grid.Cursor()
	cmd := p.do(id)
	if after, _ := p.grid.Cursor(); after != before {
		p.locating.stop() // the reader went on
	}
	return tea.Batch(cmd, p.read())
}

func (p *GridPage) do(id string) tea.Cmd {
	switch id {
	case keys.Open:
		return p.openRow()
	case keys.SortAscending, keys.SortDescending:
		return p.sortBy(p.grid.CurrentColumn().Name, id == keys.SortDescending)
	case keys.Filter:
		p.askFilter()
	case keys.Search:
		p.grid.OpenSearch()
	case keys.SearchNext:
		return p.search(true)
	case keys.SearchPrev:
		return p.search(false)
	case keys.Choose:
		return send(OpenOverlay{newGridChooser(p)})
	case keys.WholeCell:
		return send(OpenOverlay{newGridCell(p.grid.CurrentColumn(), p.grid.CellText(), p.grid.CopyCell())})
	case keys.CopyCell:
		return send(Copy{Text: p.grid.CopyCell(), What: i18n.T("the cell")})
	case keys.CopyRow:
		return send(Copy{Text: p.grid.CopyRow(), What: i18n.T("the row")})
	case keys.Export:
		p.askExport()
	case keys.Reveal:
		return p.reveal()
	case cmdRetry:
		return p.Init()
	case keys.SQL:
		return behind(p.sources, p.onOpen != nil && p.grid.Len() > 0)
	case keys.Hide, keys.Unhide:
		p.chosen = true
		p.grid.Do(id)
	default:
		p.grid.Do(id)
	}
	return nil
}

// openRow drills into the row under the cursor.
func (p *GridPage) openRow() tea.Cmd {
	row, _ := p.grid.Cursor()
	cells, ok := p.grid.Row(row)
	if !ok {
		return send(Notice{Text: i18n.T("this row is still being read"), Bad: true})
	}
	return p.onOpen(cells)
}

// sortBy asks for the rows in the order of a column.
func (p *GridPage) sortBy(column string, desc bool) tea.Cmd {
	q := p.query
	q.sort, q.desc = column, desc
	return p.reopen(q)
}

// step moves the cursor by so many rows and returns the key of the row it is then
// on; ok is false at either end, and when that row has not been read yet.
func (p *GridPage) step(by int) (key string, ok bool, cmd tea.Cmd) {
	row, _ := p.grid.Cursor()
	if row+by < 0 || row+by >= p.grid.Len() {
		return "", false, nil
	}
	p.locating.stop()
	p.grid.Move(by, 0)
	key, ok = p.grid.CursorKey()
	return key, ok, p.read()
}

// abandon forgets the reads under way, so that the rows are asked for again: the
// page that moved the cursor by step is gone, and with it their replies.
func (p *GridPage) abandon() {
	for from := range p.reading {
		p.grid.Fail(from, nil, p.grid.Generation())
	}
	if len(p.reading) > 0 {
		clear(p.reading)
		p.grid.Retry()
	}
}

// reveal shows or masks personal columns. That they are shown is written down
// first, and without that they stay masked.
func (p *GridPage) reveal() tea.Cmd {
	if p.env.Revealed {
		p.env.Revealed = false
		return send(Notice{Text: i18n.T("personal columns are masked")})
	}
	return revealing(p.env, p.title, func(err error) tea.Msg { return gridRevealed{p, err} })
}

func (p *GridPage) onRevealed(msg gridRevealed) tea.Cmd {
	return revealed(p.env, msg.err)
}

// revealing returns a command that writes down that personal data are shown.
func revealing(env *Env, what string, reply func(error) tea.Msg) tea.Cmd {
	ws := env.Workspace
	return func() tea.Msg { return reply(ws.LogReveal(context.Background(), what)) }
}

// revealed shows personal data unless that could not be written down.
func revealed(env *Env, err error) tea.Cmd {
	if err != nil {
		return send(Notice{Text: i18n.T("personal data stay masked: that they are shown could not be written down (%v)", err), Bad: true})
	}
	env.Revealed = true
	return send(Notice{Text: i18n.T("personal data are shown now, which was written down; press R to mask them")})
}

// sync takes over what changed in the environment.
func (p *GridPage) sync() {
	if p.env.Theme.Name != p.themed {
		p.themed = p.env.Theme.Name
		p.grid.SetTheme(p.env.Theme)
	}
	if p.env.Revealed != p.grid.Revealed() {
		p.grid.SetRevealed(p.env.Revealed)
	}
	if p.prompt != nil {
		p.prompt.Theme = p.env.Theme
	}
}

// shown returns the positions of the visible columns in the source, in the order
// shown.
func (p *GridPage) shown() []int {
	var positions []int
	columns := p.rows.Columns()
	for _, name := range p.grid.VisibleColumns() {
		for i, c := range columns {
			if c.Name == name && !slices.Contains(positions, i) {
				positions = append(positions, i)
				break
			}
		}
	}
	return positions
}

// heading returns what a column is called on screen.
func heading(c tabular.Column) string {
	if c.Title != "" {
		return c.Title.String()
	}
	return c.Name
}
