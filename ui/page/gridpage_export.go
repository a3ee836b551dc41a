package page

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// gridExport writes rows to a file: the columns shown, in their order, and all
// rows under the filter and in the order of the grid. Personal columns are masked
// unless they are shown.
type gridExport struct {
	ws       *workspace.Workspace
	rows     *gridRows
	columns  []tabular.Column
	from     []int // by column: its position in the source
	path     string
	title    string
	replace  bool // a file that exists may be replaced
	revealed bool
}

// gridExporting says how far an export is.
type gridExporting struct {
	page   *GridPage
	number int
	share  float64 // 0–1
	wait   tea.Cmd // for the next of these
}

// gridExported says that an export is over.
type gridExported struct {
	page   *GridPage
	number int
	path   string
	rows   int
	err    error
}

// existsError says that a file would be replaced.
type existsError struct{ path string }

func (e existsError) Error() string {
	return i18n.T("%s exists; press Enter once more to replace it", e.path)
}

// export starts writing to a file, whose name says the format.
func (p *GridPage) export(path string) tea.Cmd {
	if _, err := report.ByName(path); err != nil {
		p.prompt.problem = i18n.T("the name does not say what to write; end it in .csv, .json, .md, .xlsx or .parquet")
		return nil
	}
	e := &gridExport{
		ws: p.env.Workspace, rows: p.rows, from: p.shown(), path: path, title: p.title, replace: p.prompt.replace == path, revealed: p.env.Revealed,
	}
	for _, at := range e.from {
		e.columns = append(e.columns, p.rows.Columns()[at])
	}
	ctx, number := p.exporting.start(p.rows.life.ctx)
	p.progress = i18n.T("exporting to %s", path)
	shares := make(chan float64, 1)
	run := func() tea.Msg {
		defer close(shares)
		n, err := e.run(ctx, shares)
		return gridExported{page: p, number: number, path: path, rows: n, err: err}
	}
	return tea.Batch(run, waitForShare(p, number, shares))
}

// waitForShare returns a command that waits for the next share of an export.
func waitForShare(p *GridPage, number int, shares <-chan float64) tea.Cmd {
	return func() tea.Msg {
		share, ok := <-shares
		if !ok {
			return nil
		}
		return gridExporting{page: p, number: number, share: share, wait: waitForShare(p, number, shares)}
	}
}

func (p *GridPage) onExporting(msg gridExporting) tea.Cmd {
	if p.exporting.awaits(msg.number) {
		p.progress = i18n.T("exporting · %s", i18n.Percent(msg.share, 0))
	}
	return msg.wait
}

func (p *GridPage) onExported(msg gridExported) tea.Cmd {
	if !p.exporting.awaits(msg.number) {
		return nil
	}
	p.exporting.stop()
	if msg.err != nil {
		if p.prompt == nil {
			return send(Notice{Text: msg.err.Error(), Bad: true})
		}
		p.prompt.problem = msg.err.Error()
		if exists := (existsError{}); errors.As(msg.err, &exists) {
			p.prompt.replace = exists.path
		}
		return nil
	}
	if p.prompt != nil && p.prompt.kind == promptExport {
		p.closePrompt()
	}
	return send(Notice{Text: i18n.T("%d row{s} {was|were} written to %s", msg.rows, msg.path)})
}

// run writes the file and returns how many rows are in it.
func (e *gridExport) run(ctx context.Context, shares chan<- float64) (n int, err error) {
	if _, err := os.Stat(e.path); err == nil && !e.replace {
		return 0, existsError{e.path}
	}
	format, err := report.ByName(e.path)
	if err != nil {
		return 0, err
	}
	if format == report.Parquet { // the database writes it, reading pages
		shown := &gridShown{gridExport: *e, shares: shares}
		return e.rows.Len(), e.ws.WriteParquet(ctx, e.path, shown)
	}
	err = report.Atomic(e.path, true, func(out io.Writer) error {
		return report.Write(format, out, report.Options{Sheet: e.title}, func(w report.Writer) error {
			err := w.Begin((&gridShown{gridExport: *e}).Columns())
			if err == nil {
				n, err = e.each(ctx, shares, w.Row)
			}
			return err
		})
	})
	return n, err
}

// gridReport is after how many rows an export says how far it is.
const gridReport = 8192

// each hands over the rows as they are written and returns how many there were.
func (e *gridExport) each(ctx context.Context, shares chan<- float64, write func(row []any) error) (n int, err error) {
	cells := make([]any, len(e.from))
	err = e.rows.Each(ctx, func(row []any) error {
		e.fill(cells, row)
		if n++; n%gridReport == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			e.tell(shares, n)
		}
		return write(cells)
	})
	return n, err
}

// fill sets the cells to write from a row of the source.
func (e *gridExport) fill(cells, row []any) {
	for i, at := range e.from {
		cells[i] = nil
		if at >= len(row) || row[at] == nil {
			continue
		}
		cells[i] = row[at]
		if c := e.columns[i]; c.Personal && !e.revealed {
			cells[i] = workspace.Mask(c.Name, tabular.Plain(row[at], c.Kind))
		}
	}
}

// tell says that n rows are done, unless what was said before is not read yet.
func (e *gridExport) tell(shares chan<- float64, n int) {
	select {
	case shares <- float64(n) / float64(max(e.rows.Len(), n, 1)):
	default:
	}
}

// gridShown is an export as a source of its own, for a writer that reads pages.
type gridShown struct {
	gridExport
	shares chan<- float64
}

// Columns returns the columns that are written.
func (s *gridShown) Columns() []tabular.Column {
	columns := slices.Clone(s.columns)
	for i, c := range columns {
		if c.Personal && !s.revealed {
			columns[i].Kind = tabular.Text // what is left of the value is text
		}
	}
	return columns
}

// Len returns the number of rows.
func (s *gridShown) Len() int { return s.rows.Len() }

// Page returns rows as they are written.
func (s *gridShown) Page(ctx context.Context, from, n int) ([][]any, error) {
	rows, err := s.rows.Page(ctx, from, n)
	if err != nil {
		return nil, err
	}
	shown := make([][]any, len(rows))
	for i, row := range rows {
		shown[i] = make([]any, len(s.from))
		s.fill(shown[i], row)
	}
	s.tell(s.shares, from+len(rows))
	return shown, nil
}
