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
// stands in the way of the rest.
type quality struct {
	base
	data workspace.Quality
	text scrolled
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
			p.data = msg.value
		}
	case Wheel:
		p.text.scroll(msg.Lines)
	}
	return nil
}

// qualityKeys are the page's bindings.
var qualityKeys = keys.Join(
	keys.Map{
		{ID: cmdRejected, Keys: []string{"x"}, Help: "rejected rows", Group: groupPage, Short: true},
		{ID: cmdPeople, Keys: []string{"i"}, Help: "who is who: merged and suggested persons", Group: groupPage, Short: true},
		{ID: cmdRetry, Keys: []string{"r"}, Help: "ask again", Group: groupPage},
	},
	exportBinding,
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
	return ""
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
	}
	if rows, _, ok := step(id, p.text.height); ok {
		p.text.scroll(rows)
	}
	return nil
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
	panel.Body = widget.ViewFunc(func(w, h int) string { return p.text.view(findings(t, p.data, w), w, h) })
	return panel.View(w, h)
}

// finding is a number and what it means; the style says how to take it.
type finding struct {
	number, sentence string
	style            lipgloss.Style
}

// findings are the lines of the page.
func findings(t theme.Theme, q workspace.Quality, w int) []string {
	var lines []string
	for _, section := range []struct {
		title string
		list  []finding
	}{
		{i18n.T("Who bought"), identityFindings(t, q)},
		{i18n.T("What counts"), orderFindings(t, q)},
		{i18n.T("When"), timeFindings(t, q)},
	} {
		lines = append(lines, " "+t.Strong.Render(section.title))
		for _, f := range section.list {
			lines = append(lines, findingLines(t, f, w)...)
		}
		lines = append(lines, "")
	}
	return append(lines, fileWarnings(t, q, w)...)
}

// numberWidth is the room for the number before a sentence.
const numberWidth = 12

func findingLines(t theme.Theme, f finding, w int) []string {
	var lines []string
	before := f.style.Render(widget.FitRight(f.number, numberWidth))
	for _, line := range wrapped(f.sentence, max(w-numberWidth-4, 10)) {
		lines = append(lines, before+"  "+t.Text.Render(line))
		before = strings.Repeat(" ", numberWidth)
	}
	return lines
}

// count is a finding on how many there are; none is good news, any is looked at.
func count(t theme.Theme, n int64, some, none string) finding {
	if n == 0 {
		return finding{i18n.Number(0, 0), none, t.Muted}
	}
	return finding{i18n.Number(float64(n), 0), some, t.Warn}
}

func identityFindings(t theme.Theme, q workspace.Quality) []finding {
	coverage := t.Good
	if q.IdentityCoverageOrders != nil && *q.IdentityCoverageOrders < 0.8 {
		coverage = t.Warn
	}
	list := []finding{
		{percent(q.IdentityCoverageOrders, 1), i18n.T("of the counted orders name their customer (identity coverage)."), coverage},
		{percent(q.IdentityCoverageRevenue, 1), i18n.T("of the net revenue comes from customers who can be named."), coverage},
		{i18n.Number(float64(q.Persons), 0), i18n.T("persons are known, from orders and customer files."), t.Strong},
		count(t, q.Anonymous, i18n.T("counted orders name nobody. Their revenue counts; they take no part in scores and segments."),
			i18n.T("orders without a customer.")),
	}
	if q.Merged > 0 {
		list = append(list, finding{
			i18n.Number(float64(q.Merged), 0), i18n.T("further ids belong to these persons, by keys they share or as decided; i shows why."), t.Strong,
		})
	}
	if q.SpanningRevenue != nil {
		list = append(list, finding{
			i18n.Number(float64(q.Spanning), 0),
			i18n.T("persons bought on several platforms; they bring %s of the revenue of known persons.", i18n.Percent(*q.SpanningRevenue, 1)), t.Strong,
		})
	}
	return list
}

func orderFindings(t theme.Theme, q workspace.Quality) []finding {
	list := []finding{
		{i18n.Number(float64(q.Orders), 0), i18n.T("orders were loaded."), t.Strong},
		{i18n.Number(float64(q.Counted), 0), i18n.T("of them count as purchases."), t.Strong},
		count(t, q.Excluded, i18n.T("were left out: their status says cancelled, unpaid or void."), i18n.T("orders cancelled, unpaid or void.")),
		count(t, q.Credits, i18n.T("credits of %s in all: they lower net revenue and are no purchases.", i18n.Number(q.CreditRevenue, 2)),
			i18n.T("credits or negative orders.")),
		count(t, q.Refunded, i18n.T("orders were refunded in whole or in part."), i18n.T("refunded orders.")),
	}
	if q.RefundShare != nil && *q.RefundShare > 0 {
		list = append(list, finding{percent(q.RefundShare, 1), i18n.T("of gross sales was given back as refunds and credits."), t.Strong})
	}
	list = append(list,
		count(t, q.ZeroAmount, i18n.T("orders have the amount 0. They count as purchases unless the settings say otherwise."), i18n.T("orders of amount 0.")),
		count(t, q.Duplicates, i18n.T("rows repeat an order that was loaded already; each order counts once."), i18n.T("repeated orders.")),
		count(t, q.Rejected, i18n.T("rows could not be read and were rejected; x shows each with line, value and reason."), i18n.T("rejected rows.")),
	)
	if len(q.Currencies) > 0 {
		one := finding{i18n.Number(1, 0), i18n.T("currency: %s.", q.Currencies[0]), t.Strong}
		if n := len(q.Currencies); n > 1 {
			one = finding{i18n.Number(float64(n), 0), i18n.T("currencies are added up as if they were one: %s.", strings.Join(q.Currencies, ", ")), t.Warn}
		}
		list = append(list, one)
	}
	return list
}

func timeFindings(t theme.Theme, q workspace.Quality) []finding {
	return []finding{
		count(t, q.FutureOrders, i18n.T("orders are dated after the day they were loaded; the default as-of date stands before them."),
			i18n.T("orders dated in the future.")),
		count(t, q.AfterAsOf, i18n.T("orders are later than the as-of date and do not count."), i18n.T("orders left out by the as-of date.")),
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
