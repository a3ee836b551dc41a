package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/ui/keys"
	"worth/ui/widget"
)

// gridPrompt is the line that asks for a filter or a file name.
type gridPrompt struct {
	widget.Prompt
	kind    gridPromptKind
	problem string // what is wrong with the text, below the line
	replace string // a file that exists, and may be replaced when named once more
}

// problemLines is how many lines a problem may take.
const problemLines = 6

// View draws the line with its offers, or with what is wrong in whole lines.
func (p *gridPrompt) View(w, h int) string {
	line := p.Prompt.View(w, min(p.Height(), h))
	if p.problem == "" {
		return line
	}
	lines := []string{line}
	texts := wrapped(p.problem, max(w-4, 1))
	for i, text := range texts[:min(len(texts), problemLines, max(h-1, 0))] {
		if i == problemLines-1 && len(texts) > problemLines {
			text += " …"
		}
		lines = append(lines, gridLine(w, gridRun{}, gridRun{p.Theme.Bad, "  " + text}))
	}
	return widget.Stack(lines...)
}

// gridPromptKind is what a prompt asks for.
type gridPromptKind int

const (
	promptFilter gridPromptKind = iota
	promptExport
	gridPrompts // how many there are
)

// The bindings while text is typed, for the footer.
var (
	filterKeys = keys.Map{
		{ID: cmdApply, Keys: []string{"enter"}, Help: "filter", Group: groupPage, Short: true},
		{ID: cmdComplete, Keys: []string{"tab"}, Help: "complete the word", Group: groupPage, Short: true},
		leaveKey,
	}
	exportKeys = keys.Map{{ID: cmdApply, Keys: []string{"enter"}, Help: "write the file", Group: groupPage, Short: true}, leaveKey}
	searchKeys = keys.Map{{ID: cmdApply, Keys: []string{"enter"}, Help: "search", Group: groupPage, Short: true}, leaveKey}
	leaveKey   = keys.Binding{ID: keys.Back, Keys: []string{"esc"}, Help: "leave it", Group: groupPage, Short: true}
)

// cmdComplete takes what the completion offers.
const cmdComplete = "complete"

// keys are the bindings of the prompt.
func (p *gridPrompt) keys() keys.Map {
	if p.kind == promptFilter {
		return filterKeys
	}
	return exportKeys
}

// ask opens a prompt.
func (p *GridPage) ask(kind gridPromptKind, label, hint, text string) *gridPrompt {
	p.prompt = &gridPrompt{kind: kind, Prompt: widget.Prompt{
		Theme: p.env.Theme, Label: label, Hint: hint, History: p.asked[kind],
	}}
	p.prompt.SetValue(text)
	return p.prompt
}

// askFilter opens the filter, with the one in force.
func (p *GridPage) askFilter() {
	prompt := p.ask(promptFilter, i18n.T("filter"), i18n.T("such as orders >= 2 and segment = Champions; empty for all rows"), p.query.filter)
	prompt.Complete = p.complete
}

// refuseFilter opens the filter again with what is wrong with it.
func (p *GridPage) refuseFilter(filter string, err error) {
	p.askFilter()
	p.prompt.SetValue(filter)
	p.prompt.problem = err.Error()
}

// askExport opens the prompt for a file name.
func (p *GridPage) askExport() {
	p.ask(promptExport, i18n.T("export to"), i18n.T("a file name ending in .csv, .json, .md, .xlsx or .parquet"), fileName(p.title)+".csv")
}

// fileName makes a name for a file out of a title.
func fileName(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return "rows"
	}
	return strings.Join(words, "-")
}

// complete offers ways to go on with the filter.
func (p *GridPage) complete(text string, cursor int) (from int, offers []widget.Suggestion) {
	var columns []tabular.Column
	if p.rows != nil {
		columns = p.rows.Columns()
	}
	at := len(string([]rune(text)[:cursor])) // completion counts bytes, the prompt characters
	completions, start, _ := widget.CompleteFilter(text, at, columns, p.values)
	for _, c := range completions {
		offers = append(offers, widget.Suggestion{Text: c.Text, Note: c.Detail})
	}
	return utf8.RuneCountInString(text[:start]), offers
}

const (
	gridValueRows = 512 // rows around the window that are looked through for values
	gridValues    = 20  // values offered
)

// values returns values of a column that hold a text, from the rows that happen
// to be there. Masked values are not offered.
func (p *GridPage) values(column tabular.Column, part string) []string {
	if column.Kind != tabular.Text || column.Personal && !p.env.Revealed {
		return nil
	}
	index := (&tabular.Table{Columns: p.rows.Columns()}).Index(column.Name)
	top, _ := p.grid.Window()
	seen := map[string]bool{}
	var values []string
	for i := max(top-gridValueRows, 0); index >= 0 && i < top+gridValueRows && len(values) < gridValues; i++ {
		row, ok := p.grid.Row(i)
		if !ok || index >= len(row) {
			continue
		}
		value, ok := row[index].(string)
		if ok && !seen[value] && strings.Contains(strings.ToLower(value), strings.ToLower(part)) {
			seen[value] = true
			values = append(values, value)
		}
	}
	return values
}

// onKey handles typing while Capture.
func (p *GridPage) onKey(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case p.prompt != nil:
		return p.onPromptKey(msg)
	case p.grid.Searching():
		return p.onSearchKey(msg)
	}
	return nil
}

func (p *GridPage) onPromptKey(msg tea.KeyPressMsg) tea.Cmd {
	if p.prompt.Key(msg) {
		p.prompt.problem = ""
		return nil
	}
	switch msg.String() {
	case "enter":
		return p.submit()
	case "esc":
		p.closePrompt()
	}
	return nil
}

// closePrompt takes the prompt away and keeps what was typed for the next time.
func (p *GridPage) closePrompt() {
	kind := p.prompt.kind
	p.prompt.Remember()
	p.asked[kind] = p.prompt.History
	p.prompt = nil
}

// submit does what the prompt was opened for, or says in it why not.
func (p *GridPage) submit() tea.Cmd {
	text := strings.TrimSpace(p.prompt.Value())
	switch p.prompt.kind {
	case promptFilter:
		if text != "" {
			if err := p.check(text); err != nil {
				p.prompt.problem = err.Error()
				return nil
			}
		}
		p.closePrompt()
		q := p.query
		q.filter = text
		return p.reopen(q)
	case promptExport:
		return p.export(text)
	case gridPrompts:
	}
	return nil
}

func (p *GridPage) onSearchKey(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "enter":
		if p.grid.AcceptSearch() != "" {
			return p.search(true)
		}
	case "esc":
		p.grid.CancelSearch()
	case "backspace", "ctrl+h":
		p.grid.Backspace()
	default:
		p.grid.Type(msg.Text)
	}
	return nil
}

func (p *GridPage) onPaste(text string) {
	if p.prompt != nil {
		p.prompt.Insert(text)
	} else {
		p.grid.Type(text)
	}
}

// onClick moves the cursor to what was clicked at. A click on the row under the
// cursor opens it; one on the heading of the cursor's column sorts by it.
func (p *GridPage) onClick(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft {
		return nil
	}
	x, y := msg.X, msg.Y-p.lineHeight()
	if p.prompt != nil {
		p.prompt.Hit(msg.Y)
		return nil
	}
	row, column := p.grid.Cursor()
	hitRow := p.grid.Click(x, y)
	p.locating.stop()
	nowRow, nowColumn := p.grid.Cursor()
	_, hitHeading := p.grid.HeaderAt(x, y)
	switch {
	case hitRow && nowRow == row && p.onOpen != nil:
		return p.Do(keys.Open)
	case hitHeading && nowColumn == column && p.sorts:
		name, desc, _ := p.grid.Sort()
		return p.sortBy(p.grid.CurrentColumn().Name, name == p.grid.CurrentColumn().Name && !desc)
	}
	return nil
}
