package page

import (
	"context"
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/sqltext"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/widget"
)

// Replies to what the SQL page asks.
type (
	sqlRan struct {
		number  int
		result  *workspace.SQLResult
		changed int64 // rows, when the statement changed some
		wrote   bool
		took    time.Duration
		err     error
	}
	sqlExplained struct {
		number int
		plan   *tabular.Table
		run    bool
		took   time.Duration
		err    error
	}
)

// statementAtCursor returns the statement the cursor is in.
func (p *sqlPage) statementAtCursor() string {
	text := p.editor().Text()
	span, ok := sqltext.At(text, p.editor().Offset())
	if !ok {
		return ""
	}
	return span.Of(text)
}

// runHere runs the statement under the cursor.
func (p *sqlPage) runHere() tea.Cmd {
	statement := p.statementAtCursor()
	if statement == "" {
		return send(Notice{Text: i18n.T("there is no statement to run"), Bad: true})
	}
	return tea.Batch(p.run(statement), p.keep())
}

// run runs a statement. The result before stays in sight until there is another.
func (p *sqlPage) run(statement string) tea.Cmd {
	p.statement, p.what = statement, i18n.T("running")
	p.progress.Store(nil)
	ctx, number := p.running.start(context.Background())
	ws, writing := p.env.Workspace, p.writing
	tell := func(d workspace.SQLProgress) { p.progress.Store(&d) }
	return func() tea.Msg {
		start := time.Now()
		msg := sqlRan{number: number}
		msg.result, msg.err = ws.RunSQL(ctx, statement, tell)
		if writing && workspace.IsWrite(msg.err) {
			msg.wrote = true
			msg.changed, msg.err = ws.WriteSQL(ctx, statement, nil)
		}
		msg.took = time.Since(start)
		return msg
	}
}

// onRan shows a result. One that nobody waits for any more is given up.
func (p *sqlPage) onRan(msg sqlRan) tea.Cmd {
	if !p.running.awaits(msg.number) {
		if msg.result == nil {
			return nil
		}
		late := msg.result
		return func() tea.Msg {
			if err := late.Close(); err != nil {
				return Notice{Text: err.Error(), Bad: true}
			}
			return nil
		}
	}
	p.running.stop()
	rows := int(msg.changed)
	if msg.result != nil {
		rows = msg.result.Len()
	}
	p.remember(rows, msg.took, msg.err)
	cmds := []tea.Cmd{p.forget(), p.keep()}
	switch {
	case msg.err != nil:
		p.fail(msg.err)
	case msg.wrote:
		p.said = i18n.T("%d row{s} changed · %s", msg.changed, seconds(msg.took))
		p.statement = "" // it is not run again by itself
		cmds = append(cmds, send(Changed{}))
	default:
		cmds = append(cmds, p.show(msg.result))
	}
	return tea.Batch(cmds...)
}

// fail shows why there is no result.
func (p *sqlPage) fail(err error) {
	p.err, p.text = err, scrolled{}
	if errors.Is(err, context.Canceled) {
		p.err, p.said = nil, i18n.T("cancelled")
	}
}

// show shows a result in a grid.
func (p *sqlPage) show(r *workspace.SQLResult) tea.Cmd {
	p.result = r
	p.said = i18n.T("%d row{s} · %s", r.Len(), seconds(r.Took))
	open := func(ctx context.Context, sort string, desc bool, filter string) (Rows, error) {
		return r.Open(ctx, sort, desc, filter)
	}
	p.grid = NewGridPage(p.env, i18n.T("result"), open, nil, WithSort("", false), WithFilter(r.CheckFilter), WithoutLine(), WithoutKey(),
		WithEmpty("The query answers with no rows."))
	return p.grid.Init()
}

// seconds writes a duration as a reader needs it: who does not wait wants none.
func seconds(d time.Duration) string {
	switch {
	case d < time.Second:
		return i18n.T("< 1 s")
	case d < 10*time.Second:
		return i18n.T("%s s", i18n.Number(d.Seconds(), 2))
	}
	return i18n.T("%s s", i18n.Number(d.Seconds(), 0))
}

// explain asks for the plan of the statement under the cursor; with run, for where
// its time goes.
func (p *sqlPage) explain(run bool) tea.Cmd {
	statement := p.statementAtCursor()
	if statement == "" {
		return send(Notice{Text: i18n.T("there is no statement to explain"), Bad: true})
	}
	p.what = i18n.T("explaining")
	if run {
		p.what = i18n.T("running")
	}
	p.progress.Store(nil)
	ctx, number := p.running.start(context.Background())
	ws := p.env.Workspace
	return func() tea.Msg {
		start := time.Now()
		plan, err := ws.ExplainSQL(ctx, statement, run)
		return sqlExplained{number, plan, run, time.Since(start), err}
	}
}

// onExplained shows a plan in a grid.
func (p *sqlPage) onExplained(msg sqlExplained) tea.Cmd {
	if !p.running.awaits(msg.number) {
		return nil
	}
	p.running.stop()
	cmds := []tea.Cmd{p.forget()}
	if msg.err != nil {
		p.fail(msg.err)
		return tea.Batch(cmds...)
	}
	p.said = i18n.T("plan; what is further in feeds what is above it")
	if msg.run {
		p.said = i18n.T("profile · %s", seconds(msg.took))
	}
	p.grid = NewGridPage(p.env, i18n.T("plan"), openTable(msg.plan), nil, WithSort("", false), WithoutLine(), WithoutKey())
	return tea.Batch(append(cmds, p.grid.Init())...)
}

// sqlOffers are completions of the text of a version.
type sqlOffers struct {
	number  int
	version int
	cut     int // bytes before the cursor that an offer replaces
	offers  []workspace.Completion
}

// complete asks how the text before the cursor can go on, in a command; the answer
// counts only if nothing was typed meanwhile.
func (p *sqlPage) complete() tea.Cmd {
	e := p.editor()
	text, offset := e.Text(), e.Offset()
	before := text[:offset]
	if span, ok := sqltext.At(text, offset); ok && span.Start <= offset {
		before = text[span.Start:offset]
	}
	ctx, number := p.offers.start(context.Background())
	version, ws := e.Version(), p.env.Workspace
	return func() tea.Msg {
		from, offers, err := ws.CompleteSQL(ctx, before)
		if err != nil || from > len(before) { // completing is help, not worth an error
			offers, from = nil, len(before)
		}
		return sqlOffers{number, version, len(before) - from, offers}
	}
}

func (p *sqlPage) onOffers(msg sqlOffers) {
	if !p.offers.awaits(msg.number) {
		return
	}
	p.offers.stop()
	if msg.version != p.editor().Version() || !p.editing {
		return
	}
	list := make([]widget.Suggestion, 0, len(msg.offers))
	for _, o := range msg.offers {
		list = append(list, widget.Suggestion{Text: o.Text, Note: o.Kind.String()})
	}
	p.editor().Offer(list, msg.cut)
}

// worthCompleting reports whether what was typed may begin a name.
func worthCompleting(typed string) bool {
	return typed != "" && !strings.ContainsAny(typed, " \t\n()[]{},;:+-*/=<>!'\"")
}
