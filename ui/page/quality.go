package page

import (
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/theme"
	"worth/ui/widget"
)

// quality says in plain sentences how much of the data can be used, and what
// stands in the way of the rest. The cursor goes through the findings; behind most
// of them stand orders, rows or people.
type quality struct {
	base
	data   workspace.Quality
	text   scrolled
	cursor int   // of the findings
	starts []int // the line of the text each finding begins at, of the last view
	follow bool  // the window goes to the cursor in the next view
}

// NewQuality returns the data quality page.
func NewQuality(env *Env) Page { return &quality{base: base{env: env}} }

func (p *quality) Title() string { return i18n.T("data quality") }

// Init asks for the quality of the data.
func (p *quality) Init() tea.Cmd {
	ws := p.env.Workspace
	return ask(&p.inquiry, i18n.T("checking the data"), ws.Quality)
}

// Update handles replies and the wheel.
func (p *quality) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case reply[workspace.Quality]:
		if p.accept(msg.generation, msg.err) {
			p.asked = msg.asked
			p.data = msg.value
		}
	case Wheel:
		p.text.scroll(msg.Lines)
	case tea.MouseClickMsg:
		return p.onClick(msg)
	}
	return nil
}

// onClick moves the cursor to the finding clicked at; a second click opens it.
func (p *quality) onClick(msg tea.MouseClickMsg) tea.Cmd {
	line := msg.Y - 1 + p.text.top
	for i := len(p.starts) - 1; i >= 0 && msg.Button == tea.MouseLeft; i-- {
		if line < p.starts[i] {
			continue
		}
		again := p.cursor == i
		p.cursor = i
		if again && p.Reason(keys.Open) == "" {
			return p.Do(keys.Open)
		}
		break
	}
	return nil
}

// qualityKeys are the page's bindings.
var qualityKeys = keys.Join(
	keys.Map{
		{ID: keys.Open, Keys: []string{"enter"}, Help: "show what is behind the finding", Group: groupPage, Short: true},
		{ID: cmdRejected, Keys: []string{"x"}, Help: "rejected rows", Group: groupPage, Short: true},
		{ID: cmdPeople, Keys: []string{"i"}, Help: "who is who: merged and suggested persons", Group: groupPage, Short: true},
		{ID: cmdRetry, Keys: []string{"r"}, Help: "ask again", Group: groupPage},
	},
	exportBinding, sqlBinding,
	keys.Moving().Without(keys.Left, keys.Right),
)

// Keys returns the page's bindings.
func (p *quality) Keys() keys.Map { return qualityKeys }

// Reason says why a command cannot be used.
func (p *quality) Reason(id string) string {
	if id == keys.Export && !p.ready {
		return i18n.T("there is no answer yet")
	}
	if id == cmdRejected && p.data.Rejected == 0 {
		return i18n.T("no row was rejected")
	}
	if id == keys.SQL && len(p.asked) == 0 {
		return noQuestion()
	}
	if id == keys.Open {
		switch f, ok := p.finding(); {
		case !ok:
			return i18n.T("there is no answer yet")
		case f.open == nil:
			return i18n.T("no rows stand behind this")
		}
	}
	return ""
}

// finding returns the finding under the cursor.
func (p *quality) finding() (finding, bool) {
	if !p.ready {
		return finding{}, false
	}
	at := 0
	for _, section := range qualitySections(p.env.Theme, p.data) {
		for _, f := range section.list {
			if at == p.cursor {
				return f, true
			}
			at++
		}
	}
	return finding{}, false
}

// Do carries out a command.
func (p *quality) Do(id string) tea.Cmd {
	switch id {
	case cmdRejected:
		return send(OpenPage{NewRejects(p.env, "")})
	case cmdPeople:
		return send(OpenPage{NewPeople(p.env)})
	case cmdRetry:
		return p.Init()
	case keys.Export:
		return export(p.env, 0, p.exports()...)
	case keys.Open:
		if why := p.Reason(id); why != "" {
			return send(Notice{Text: why, Bad: true})
		}
		f, _ := p.finding()
		return send(OpenPage{f.open(p.env)})
	case keys.SQL:
		return behind(p.asked, p.Reason(keys.Open) == "")
	}
	if rows, _, ok := step(id, listPage); ok {
		p.move(rows)
	}
	return nil
}

// move moves the cursor by so many findings. What is left of a move past the last
// one scrolls what stands below.
func (p *quality) move(rows int) {
	count := 0
	for _, s := range qualitySections(p.env.Theme, p.data) {
		count += len(s.list)
	}
	to := min(p.cursor+rows, count-1)
	if rows > 0 && to < p.cursor+rows {
		p.text.scroll(p.cursor + rows - to)
	} else {
		p.follow = true
	}
	p.cursor = max(to, 0)
}

// View draws the findings.
func (p *quality) View(w, h int) string {
	if text, ok := p.instead(w, h); ok {
		return text
	}
	t := p.env.Theme
	panel := widget.Panel{Theme: t, Title: i18n.T("How much of the data can be used"), Focused: true}
	if p.data.DateMin != "" {
		panel.Note = i18n.T("%s to %s", p.data.DateMin, p.data.DateMax)
	}
	panel.Body = widget.ViewFunc(p.body)
	return panel.View(w, h)
}

// finding is a number and what it means; the style says how to take it.
type finding struct {
	number, sentence string
	style            lipgloss.Style
	open             func(*Env) Page // what is behind it; nil for nothing
}

// behindOrders returns the finding with the orders it counts behind it, if any.
func (f finding) behindOrders(n int64, what workspace.Finding) finding {
	if n == 0 {
		return f
	}
	f.open = func(env *Env) Page { return NewOrders(env, what, "") }
	return f
}

// section is findings under a title.
type section struct {
	title string
	list  []finding
}

func qualitySections(t theme.Theme, q workspace.Quality) []section {
	return []section{
		{i18n.T("Who bought"), identityFindings(t, q)},
		{i18n.T("What counts"), orderFindings(t, q)},
		{i18n.T("Currencies"), currencyFindings(t, q)},
		{i18n.T("When"), timeFindings(t, q)},
	}
}

// body draws the findings, the cursor in sight after a move.
func (p *quality) body(w, h int) string {
	t := p.env.Theme
	var lines []string
	p.starts = p.starts[:0]
	for _, s := range qualitySections(t, p.data) {
		if len(s.list) == 0 {
			continue
		}
		lines = append(lines, " "+t.Strong.Render(s.title))
		for _, f := range s.list {
			here := len(p.starts) == p.cursor
			p.starts = append(p.starts, len(lines))
			lines = append(lines, findingLines(t, f, here, w)...)
			if here && p.follow {
				p.text.top = max(min(p.text.top, p.starts[p.cursor]-1), len(lines)-h)
			}
		}
		lines = append(lines, "")
	}
	p.follow = false
	return p.text.view(append(lines, fileWarnings(t, p.data, w)...), w, h)
}

// numberWidth is the room for the number before a sentence.
const numberWidth = 12

// findingLines are the lines of a finding; the cursor's is marked.
func findingLines(t theme.Theme, f finding, here bool, w int) []string {
	var lines []string
	before := " " + f.style.Render(widget.FitRight(f.number, numberWidth-1))
	if here {
		before = t.Cursor.Render("▸" + widget.FitRight(f.number, numberWidth-1))
	}
	for _, line := range wrapped(f.sentence, max(w-numberWidth-4, 10)) {
		lines = append(lines, before+"  "+t.Text.Render(line))
		before = strings.Repeat(" ", numberWidth)
	}
	return lines
}

// count is a finding on how many there are; none is good news, any is looked at.
func count(t theme.Theme, n int64, some, none string) finding {
	if n == 0 {
		return finding{number: i18n.Number(0, 0), sentence: none, style: t.Muted}
	}
	return finding{number: i18n.Number(float64(n), 0), sentence: some, style: t.Warn}
}

func identityFindings(t theme.Theme, q workspace.Quality) []finding {
	coverage := t.Good
	if q.IdentityCoverageOrders != nil && *q.IdentityCoverageOrders < 0.8 {
		coverage = t.Warn
	}
	named := finding{percent(q.IdentityCoverageOrders, 1), i18n.T("of the counted orders name their customer (identity coverage)."), coverage, nil}
	revenue := finding{percent(q.IdentityCoverageRevenue, 1), i18n.T("of the net revenue comes from customers who can be named."), coverage, nil}
	everybody := func(env *Env) Page { return NewCustomers(env, workspace.View{}, "") }
	list := []finding{
		named.behindOrders(q.Counted-q.Anonymous, workspace.Identified), revenue.behindOrders(q.Counted-q.Anonymous, workspace.Identified),
		{i18n.Number(float64(q.Persons), 0), i18n.For(q.Persons, "{person is|persons are} known, from orders and customer files."), t.Strong, everybody},
		count(t, q.Anonymous, i18n.For(q.Anonymous, "counted order{s} {names nobody. Its revenue counts; it takes|name nobody. Their revenue counts; they take} no part in scores and segments."),
			i18n.T("orders without a customer.")).behindOrders(q.Anonymous, workspace.Anonymous),
	}
	if q.Merged > 0 {
		list = append(list, finding{
			i18n.Number(float64(q.Merged), 0), i18n.For(q.Merged, "further {id belongs|ids belong} to these persons, by keys they share or as decided; i shows why."), t.Strong, NewPeople,
		})
	}
	if q.SpanningRevenue != nil {
		list = append(list, finding{
			i18n.Number(float64(q.Spanning), 0),
			i18n.For(q.Spanning, "person{s} bought on several platforms; they bring %s of the revenue of known persons.", i18n.Percent(*q.SpanningRevenue, 1)), t.Strong, nil,
		})
	}
	return list
}

func orderFindings(t theme.Theme, q workspace.Quality) []finding {
	all := finding{i18n.Number(float64(q.Orders), 0), i18n.For(q.Orders, "order{s} {was|were} loaded."), t.Strong, nil}
	counted := finding{i18n.Number(float64(q.Counted), 0), i18n.For(q.Counted, "of them {counts as a purchase|count as purchases}."), t.Strong, nil}
	list := []finding{
		all.behindOrders(q.Orders, workspace.AllOrders), counted.behindOrders(q.Counted, workspace.CountedOrders),
		count(t, q.Excluded, i18n.For(q.Excluded, "{was left out: its|were left out: their} status says cancelled, unpaid or void."), i18n.T("orders cancelled, unpaid or void.")).
			behindOrders(q.Excluded, workspace.Excluded),
		count(t, q.Credits, i18n.For(q.Credits, "{credit: it lowers net revenue and is no purchase|credits: they lower net revenue and are no purchases}; %s in all.", i18n.Number(q.CreditRevenue, 2)),
			i18n.T("credits or negative orders.")).behindOrders(q.Credits, workspace.Credits),
		count(t, q.Refunded, i18n.For(q.Refunded, "order{s} {was|were} refunded in whole or in part."), i18n.T("refunded orders.")).behindOrders(q.Refunded, workspace.Refunded),
	}
	if q.RefundShare != nil && *q.RefundShare > 0 {
		list = append(list, finding{percent(q.RefundShare, 1), i18n.T("of gross sales was given back as refunds and credits."), t.Strong, nil})
	}
	rejected := count(t, q.Rejected, i18n.For(q.Rejected, "row{s} could not be read and {was|were} rejected; x shows each with line, value and reason."), i18n.T("rejected rows."))
	if q.Rejected > 0 {
		rejected.open = func(env *Env) Page { return NewRejects(env, "") }
	}
	list = append(list,
		count(t, q.ZeroAmount, i18n.For(q.ZeroAmount, "{order has the amount 0. It counts as a purchase|orders have the amount 0. They count as purchases} unless the settings say otherwise."), i18n.T("orders of amount 0.")).
			behindOrders(q.ZeroAmount, workspace.ZeroAmount),
		count(t, q.Duplicates, i18n.For(q.Duplicates, "row{s} {repeats|repeat} an order that was loaded already; each order counts once."), i18n.T("repeated orders.")),
		rejected,
	)
	if q.Currency != "" && len(q.Currencies) == 0 {
		list = append(list, finding{q.Currency, i18n.T("is the currency of all orders that name one."), t.Strong, nil})
	}
	return list
}

// currencyFindings lists what each currency brought; nothing where there is but one.
func currencyFindings(t theme.Theme, q workspace.Quality) []finding {
	var list []finding
	for _, c := range q.Currencies {
		name, style := widget.Clean(c.Currency), t.Strong
		if name == "" {
			name = i18n.T("none named")
		}
		text := i18n.T("%d order{s} of %d customer{s}, net revenue %s.", c.Orders, c.Customers, i18n.Number(c.NetRevenue.Float64(), 2))
		switch {
		case c.Currency == q.Currency:
			text += " " + i18n.T("This is what the analysis counts in.")
		case c.Apart() > 0:
			style = t.Warn
			text += " " + i18n.T("%d order{s} {is|are} set aside from all figures: money is not added up over currencies. The settings choose another currency, or exchange rates.", c.Apart())
		case c.Currency != "":
			text += " " + i18n.T("Counted as %s %s, at the rates in force.", i18n.Number(c.Revenue.Float64(), 2), q.Currency)
		default:
			text += " " + i18n.T("Taken to be in %s.", q.Currency)
		}
		list = append(list, finding{name, text, style, nil})
	}
	return list
}

func timeFindings(t theme.Theme, q workspace.Quality) []finding {
	return []finding{
		count(t, q.FutureOrders, i18n.For(q.FutureOrders, "{order is dated after the day it was|orders are dated after the day they were} loaded; the default as-of date stands before them."),
			i18n.T("orders dated in the future.")).behindOrders(q.FutureOrders, workspace.FutureOrders),
		count(t, q.AfterAsOf, i18n.For(q.AfterAsOf, "{order is later than the as-of date and does|orders are later than the as-of date and do} not count."), i18n.T("orders left out by the as-of date.")).
			behindOrders(q.AfterAsOf, workspace.AfterAsOf),
	}
}

// fileWarnings lists what there is to be wary of, file by file.
func fileWarnings(t theme.Theme, q workspace.Quality, w int) []string {
	var lines []string
	for _, warning := range q.Warnings {
		lines = appendWrapped(lines, t.Warn.Render, "▲ ", warning, w)
	}
	for _, f := range q.Files {
		if len(f.Warnings) == 0 {
			continue
		}
		lines = append(lines, " "+t.Strong.Render(widget.Clean(filepath.Base(f.File))))
		for _, warning := range f.Warnings {
			lines = appendWrapped(lines, t.Warn.Render, "▲ ", warning, w)
		}
	}
	return lines
}
