package page

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// Do carries out a command, later if the tree is lent.
func (p *tree) Do(id string) tea.Cmd {
	switch {
	case id == cmdRetry:
		return p.Init()
	case p.lending.wait(id):
		return nil
	}
	if why := p.Reason(id); why != "" {
		return send(Notice{Text: why, Bad: true})
	}
	cmd := p.do(id)
	if p.usable() {
		p.look()
	}
	return cmd
}

// do carries out a command on a tree that has lines.
func (p *tree) do(id string) tea.Cmd {
	if next, ok := nudged(p.assume, id); ok {
		return p.recompute(next)
	}
	if p.walk(id) {
		return nil
	}
	switch id {
	case cmdFollow:
		return send(OpenPage{newCustomer(p.env, p.person().CustomerID, nil)})
	case keys.Open:
		return p.openLine()
	case keys.SortAscending, keys.SortDescending:
		return p.sortBy(id == keys.SortDescending)
	case keys.Search:
		p.askFor(true, i18n.T("search"), i18n.T("part of an id"), "")
	case keys.SearchNext:
		return p.search(true)
	case keys.SearchPrev:
		return p.search(false)
	case keys.Export:
		name := fileName(i18n.T("referrals of %s", p.label())) + ".csv"
		p.askFor(false, i18n.T("export to"), i18n.T("a file name ending in .csv, .json, .md, .xlsx or .parquet"), name)
	case keys.Reveal:
		return p.reveal()
	case keys.SQL:
		drill := ""
		if p.Reason(cmdFollow) == "" {
			drill = cmdFollow
		}
		return behindBy(p.asked, drill)
	case cmdKeepCredit:
		return keepCredit(p.env, p.assume)
	}
	return nil
}

// walk moves the cursors and opens and closes lines, and reports whether the
// command does that.
func (p *tree) walk(id string) bool {
	at := p.list.Cursor()
	switch id {
	case keys.Up:
		p.list.Move(-1)
	case keys.Down:
		p.list.Move(+1)
	case keys.First:
		p.list.Goto(0)
	case keys.Last:
		p.list.Goto(far)
	case keys.PageUp:
		p.list.Page(-2)
	case keys.PageDown:
		p.list.Page(+2)
	case keys.HalfUp:
		p.list.Page(-1)
	case keys.HalfDown:
		p.list.Page(+1)
	case cmdNextColumn:
		p.list.MoveColumn(+1)
	case cmdBeforeColumn:
		p.list.MoveColumn(-1)
	case keys.FirstColumn:
		p.list.MoveColumn(-far)
	case keys.LastColumn:
		p.list.MoveColumn(+far)
	case cmdParent:
		p.list.Goto(p.tree.Parent(at))
	default:
		return p.fold(id, at)
	}
	return true
}

// fold opens and closes lines.
func (p *tree) fold(id string, at int) bool {
	switch l := p.tree.Line(at); id {
	case keys.Right:
		if l.Direct > 0 && !l.Open {
			p.tree.Toggle(at)
		} else if l.Open {
			p.list.Move(+1)
		}
	case cmdClose:
		if l.Open {
			p.tree.Toggle(at)
		} else if up := p.tree.Parent(at); up >= 0 {
			p.list.Goto(up)
		}
	case cmdExpandBelow:
		p.tree.ExpandBelow(at)
	case cmdCloseBelow:
		p.tree.CollapseBelow(at)
	case cmdExpandAll, cmdCloseAll:
		p.foldAll(id == cmdExpandAll, l.CustomerID)
	default:
		return false
	}
	p.list.Goto(p.list.Cursor())
	return true
}

// foldAll opens or closes everything and keeps the cursor on its person, or on
// the root they stand below.
func (p *tree) foldAll(open bool, id string) {
	if open {
		p.tree.ExpandAll()
	} else {
		if len(p.path) > 0 {
			id = p.path[0]
		}
		p.tree.CollapseAll()
	}
	p.list.Goto(max(p.tree.Reveal(id), 0))
}

// openLine opens or closes the line under the cursor; one with nobody below leads
// to the customer.
func (p *tree) openLine() tea.Cmd {
	l := p.person()
	if l.Direct == 0 {
		return p.Do(cmdFollow)
	}
	p.tree.Toggle(p.list.Cursor())
	return nil
}

// label is what the person under the cursor is called on screen.
func (p *tree) label() string {
	l := p.person()
	return strangerName(l.CustomerID, l.Known, p.env.Revealed)
}

// sortBy orders siblings by the column under the cursor, or as they come on the
// labels.
func (p *tree) sortBy(falling bool) tea.Cmd {
	column, _ := p.list.Column()
	r := treeRead{tree: p.tree, line: p.list.Cursor()}
	return p.lending.lend(i18n.T("sorting"), func() func() tea.Cmd {
		err := r.sort(column.Name, falling)
		return func() tea.Cmd {
			if err != nil {
				return send(Notice{Text: err.Error(), Bad: true})
			}
			p.list.Sorted, p.list.Falling = column.Name, falling
			p.list.Goto(r.line)
			p.look()
			return nil
		}
	})
}

// recompute shows the credit under other assumptions, sorted anew if it is sorted
// by what they change.
func (p *tree) recompute(assume workspace.Referrals) tea.Cmd {
	r := treeRead{tree: p.tree, line: p.list.Cursor()}
	sorted, falling := p.list.Sorted, p.list.Falling
	return p.lending.lend(i18n.T("crediting"), func() func() tea.Cmd {
		err := r.tree.Recompute(assume)
		if err == nil && (sorted == "influence" || sorted == "conserved" || sorted == "referral" || sorted == "passed_up") {
			err = r.sort(sorted, falling)
		}
		return func() tea.Cmd {
			if err != nil {
				return send(Notice{Text: err.Error(), Bad: true})
			}
			p.assume = assume
			p.list.Goto(r.line)
			p.list.Forget()
			p.look()
			return nil
		}
	})
}

// search goes to the next or previous person of the query.
func (p *tree) search(forward bool) tea.Cmd {
	query, at, t, revealed := p.list.Query, p.list.Cursor(), p.tree, p.env.Revealed
	return p.lending.lend(i18n.T("searching"), func() func() tea.Cmd {
		find := t.Search
		if !forward {
			find = t.SearchBack
		}
		here := t.Line(at).CustomerID
		line := find(query, at, revealed)
		same := line >= 0 && t.Line(line).CustomerID == here
		return func() tea.Cmd {
			if line < 0 {
				return send(Notice{Text: i18n.T("nobody's id holds “%s”", query), Bad: true})
			}
			p.list.Goto(line)
			p.look()
			if same {
				return send(Notice{Text: i18n.T("no other id holds “%s”", query)})
			}
			return nil
		}
	})
}

// reveal shows or masks ids of people the shop does not know.
func (p *tree) reveal() tea.Cmd {
	if p.env.Revealed {
		p.env.Revealed = false
		return send(Notice{Text: i18n.T("personal data are masked")})
	}
	return revealing(p.env, i18n.T("referrals of %s", p.Title()), func(err error) tea.Msg { return revealWritten{err} })
}

// askFor opens the line for a search or a file name.
func (p *tree) askFor(searching bool, label, hint, text string) {
	history := p.named
	if searching {
		history = p.sought
	}
	p.searching = searching
	p.prompt = &gridPrompt{kind: promptExport, Prompt: widget.Prompt{Theme: p.env.Theme, Label: label, Hint: hint, History: history}}
	p.prompt.SetValue(text)
}

// closePrompt takes the line away and keeps what was typed for the next time.
func (p *tree) closePrompt() {
	p.prompt.Remember()
	if p.searching {
		p.sought = p.prompt.History
	} else {
		p.named = p.prompt.History
	}
	p.prompt = nil
}

// onKey handles typing while Capture.
func (p *tree) onKey(msg tea.KeyPressMsg) tea.Cmd {
	if p.prompt == nil {
		return nil
	}
	if p.prompt.Key(msg) {
		p.prompt.problem = ""
		return nil
	}
	switch msg.String() {
	case "esc":
		p.closePrompt()
	case "enter":
		text := strings.TrimSpace(p.prompt.Value())
		if !p.searching {
			return p.export(text)
		}
		p.closePrompt()
		if text != "" {
			p.list.Query = text
		}
		if p.list.Query != "" {
			return p.Do(keys.SearchNext)
		}
	}
	return nil
}

// onClick moves the cursor to what was clicked at. A click on the sign of a line,
// or on the line under the cursor, opens or closes it; one on the heading of the
// column under the cursor sorts by it.
func (p *tree) onClick(msg tea.MouseClickMsg) tea.Cmd {
	if !p.usable() || p.prompt != nil || msg.Button != tea.MouseLeft || p.list.Len() == 0 {
		return nil
	}
	at := p.list.Cursor()
	column, _ := p.list.Column()
	line, head, knob := p.list.Click(msg.X, msg.Y-p.listY)
	p.look()
	now, _ := p.list.Column()
	switch {
	case line && (knob || p.list.Cursor() == at):
		return p.Do(keys.Open)
	case head && now.Name == column.Name && p.list.Sorted == now.Name && p.list.Falling:
		return p.Do(keys.SortAscending)
	case head && now.Name == column.Name:
		return p.Do(keys.SortDescending)
	}
	return nil
}

// treeExported says that an export is over.
type treeExported struct {
	number int
	path   string
	rows   int
	err    error
}

// export writes the person under the cursor and everybody below to a file, as the
// tree is sorted.
func (p *tree) export(path string) tea.Cmd {
	if _, err := report.ByName(path); err != nil {
		p.prompt.problem = i18n.T("the name does not say what to write; end it in .csv, .json, .md, .xlsx or .parquet")
		return nil
	}
	e := gridExport{
		ws: p.env.Workspace, columns: workspace.ReferralColumns(), path: path, title: i18n.T("referrals"),
		replace: p.prompt.replace == path, revealed: p.env.Revealed,
	}
	for i := range e.columns {
		e.from = append(e.from, i)
	}
	t, assume, id, sorted, falling := p.tree, p.assume, p.person().CustomerID, p.list.Sorted, p.list.Falling
	ctx, number := p.exporting.start(context.Background())
	return func() tea.Msg {
		n, err := e.branch(ctx, t, assume, id, sorted, falling)
		return treeExported{number: number, path: path, rows: n, err: err}
	}
}

// branch writes the tree below a person.
func (e *gridExport) branch(ctx context.Context, t *workspace.ReferralTree, assume workspace.Referrals, id, sorted string, falling bool) (n int, err error) {
	branch, err := t.Fork(id, assume)
	if err == nil {
		err = branch.SortBy(sorted, falling)
	}
	if err != nil {
		return 0, err
	}
	rows := branch.Whole()
	if !e.revealed {
		rows = workspace.Veil(rows)
	}
	e.rows = newGridRows(tableRows{rows})
	n, err = e.run(ctx, make(chan float64, 1))
	return n, errors.Join(err, e.rows.close())
}

func (p *tree) onExported(msg treeExported) tea.Cmd {
	if !p.exporting.awaits(msg.number) {
		return nil
	}
	p.exporting.stop()
	if msg.err != nil {
		if p.prompt == nil || p.searching {
			return send(Notice{Text: msg.err.Error(), Bad: true})
		}
		p.prompt.problem = msg.err.Error()
		if exists := (existsError{}); errors.As(msg.err, &exists) {
			p.prompt.replace = exists.path
		}
		return nil
	}
	if p.prompt != nil && !p.searching {
		p.closePrompt()
	}
	return send(Notice{Text: i18n.T("%d row{s} {was|were} written to %s", msg.rows, msg.path)})
}
