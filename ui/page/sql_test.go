package page

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/screen"
	"worth/ui/theme"
	"worth/ui/widget"
)

// openSQL returns the SQL page over an empty workspace that keeps its queries in a
// folder, with what was kept read.
func openSQL(t testing.TB, dir string) (*sqlPage, *Env) {
	t.Helper()
	ws, err := workspace.Open(t.Context(), "", workspace.Options{Threads: 1, Drafts: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ws.Close(); err != nil {
			t.Error(err)
		}
	})
	env := &Env{Workspace: ws, Theme: theme.Dark()}
	p, _ := NewSQL(env).(*sqlPage)
	t.Cleanup(p.Close)
	gridDrain(t, p, p.Init())
	return p, env
}

// ask types a query and runs it.
func (p *sqlPage) ask(t testing.TB, query string) []tea.Msg {
	t.Helper()
	p.editor().Rewrite(query)
	p.editor().Offer(nil, 0)
	sent := sqlDrain(t, p, p.Do(sqlRun))
	p.View(80, 21)
	return append(sent, sqlDrain(t, p, p.Update(nil))...)
}

// sqlDrain is gridDrain for a page that also asks the root for other things.
func sqlDrain(t testing.TB, p Page, cmd tea.Cmd) []tea.Msg {
	t.Helper()
	if cmd == nil {
		return nil
	}
	switch msg := cmd().(type) {
	case nil:
		return nil
	case tea.BatchMsg:
		var sent []tea.Msg
		for _, c := range msg {
			sent = append(sent, sqlDrain(t, p, c)...)
		}
		return sent
	case Changed, Run, RunProgram, Notice, OpenOverlay:
		return []tea.Msg{msg}
	default:
		return sqlDrain(t, p, p.Update(msg))
	}
}

func sqlText(p *sqlPage) string { return screen.Text(p.View(80, 21), 80, 21) }

func (p *sqlPage) sees(t testing.TB, texts ...string) {
	t.Helper()
	shown := sqlText(p)
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			t.Errorf("the page does not show %q:\n%s", text, shown)
		}
	}
}

func TestSQLPageRunsAndSorts(t *testing.T) {
	p, _ := openSQL(t, "")
	p.ask(t, "select * from (values ('b', 2), ('a', 10), ('c', 1)) t(word, n)")
	p.sees(t, "3 rows", "word", "read-only")
	gridPress(t, p, "esc")
	if p.Capture() {
		t.Fatal("Esc stays in the editor")
	}
	gridDo(t, p, keys.Right, keys.SortDescending)
	p.View(80, 21)
	gridDrain(t, p, p.Update(nil))
	if got := cursorKey(t, p.grid); got != "b" && got != "a" {
		t.Errorf("the first row is %s", got)
	}
	row, ok := p.grid.grid.Row(0)
	if !ok || row[0] != "a" {
		t.Errorf("the first row is %v", row)
	}
	gridDo(t, p, keys.Filter)
	gridPress(t, p, append(gridType("n < 5"), "enter")...)
	p.View(80, 21)
	gridDrain(t, p, p.Update(nil))
	if p.grid.grid.Len() != 2 {
		t.Errorf("%d rows pass the filter", p.grid.grid.Len())
	}
	gridDo(t, p, sqlDraw)
	p.sees(t, "n by word", "▄")
	gridDo(t, p, sqlDraw, sqlEdit)
	if !p.Capture() || p.chart != nil {
		t.Error("the chart does not go, or the editor does not come back")
	}
}

func TestSQLPageRefuses(t *testing.T) {
	p, _ := openSQL(t, "")
	for query, says := range map[string]string{
		"drop table core.orders":                 "only read",
		"select * from read_text('/etc/passwd')": "neither files nor",
		"selct":                                  "syntax error",
		"select $none":                           "-- $none =",
	} {
		p.ask(t, query)
		p.sees(t, says)
		if p.result != nil || p.grid != nil {
			t.Errorf("%q has a result", query)
		}
	}
	sent := p.ask(t, " -- nothing")
	if !strings.Contains(notices(sent), "no statement") {
		t.Errorf("an empty text sends %v", sent)
	}
}

// TestSQLPageWritesWhenAllowed asks before it writes.
func TestSQLPageWritesWhenAllowed(t *testing.T) {
	p, _ := openSQL(t, "")
	dialog := gridDrain(t, p, p.Do(sqlWrite))
	question, ok := dialog[0].(OpenOverlay)
	if !ok || p.writing {
		t.Fatalf("nobody is asked: %v", dialog)
	}
	if cmd, closed := question.Overlay.Key(gridKey("enter")); cmd != nil || !closed {
		t.Error("Enter allows writing")
	}
	cmd, _ := question.Overlay.Key(gridKey("y"))
	run, ok := sentBy(cmd).(Run)
	if !ok {
		t.Fatal("y allows nothing")
	}
	gridDo(t, p, run.ID)
	p.sees(t, "WRITING")
	sent := p.ask(t, "insert into saved.audit values (now(), 'test', 'x')")
	p.sees(t, "1 row changed")
	if !slices.ContainsFunc(sent, func(m tea.Msg) bool { _, ok := m.(Changed); return ok }) {
		t.Errorf("nobody is told: %v", sent)
	}
	p.ask(t, "select what from saved.audit")
	p.sees(t, "1 row ·")
	gridDo(t, p, sqlWrite)
	p.sees(t, "read-only")
}

// TestSQLPageCancels stops a query that never ends; what was there before stays.
func TestSQLPageCancels(t *testing.T) {
	p, _ := openSQL(t, "")
	p.ask(t, "select 'before' as word")
	p.editor().Rewrite("with recursive t as (select 1 as i union all select i + 1 from t) select max(i) from t")
	cmd := p.Do(sqlRun)
	if p.Busy() == "" || p.Reason(sqlRun) == "" {
		t.Error("nothing runs")
	}
	done := make(chan []tea.Msg)
	var parts tea.BatchMsg
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		parts = msg
	default:
		t.Fatalf("sends %T", msg)
	}
	go func() {
		var sent []tea.Msg
		for _, part := range parts {
			if part != nil {
				sent = append(sent, part())
			}
		}
		done <- sent
	}()
	time.Sleep(50 * time.Millisecond)
	if !p.Cancel() || p.Busy() != "" {
		t.Error("nothing is cancelled")
	}
	for _, msg := range <-done {
		if msg != nil {
			p.Update(msg)
		}
	}
	p.sees(t, "before", "cancelled")
	if p.Cancel() {
		t.Error("something is cancelled twice")
	}
}

// TestSQLPageShowsBadCells draws control sequences and five hundred columns.
func TestSQLPageShowsBadCells(t *testing.T) {
	p, _ := openSQL(t, "")
	p.ask(t, "select chr(27) || '[31mred' || chr(7) as \"a"+"\x1b"+"b\", repeat('客', 500) as wide")
	if view := p.View(80, 21); strings.Contains(view, "\x1b[31mred") || strings.Contains(view, "\a") {
		t.Errorf("a sequence reaches the terminal: %q", view)
	}
	wide := "select 0 as c0"
	for i := range 499 {
		wide += fmt.Sprintf(", %d as c%d", i, i+1)
	}
	p.ask(t, wide)
	p.sees(t, "1 row", "c0")
}

func TestSQLPageExplains(t *testing.T) {
	p, _ := openSQL(t, "")
	for _, id := range []string{sqlExplain, sqlProfile} {
		p.editor().Rewrite("select count(*) from core.orders")
		gridDo(t, p, id)
		p.View(80, 21)
		gridDrain(t, p, p.Update(nil))
		p.sees(t, "operator", "aggregate")
	}
	if p.Reason(sqlDraw) == "" {
		t.Error("a plan can be drawn")
	}
}

// TestSQLPageCompletes types a name and takes the first offer.
func TestSQLPageCompletes(t *testing.T) {
	p, _ := openSQL(t, "")
	p.editor().Rewrite("select * from core.order_l")
	gridPress(t, p, "i")
	if !p.editor().Offering() {
		t.Fatalf("nothing is offered:\n%s", sqlText(p))
	}
	p.sees(t, "order_lines", "table")
	gridPress(t, p, "tab")
	if got := p.editor().Text(); got != "select * from core.order_lines" {
		t.Errorf("the text is %q", got)
	}
	late := p.complete()
	gridPress(t, p, "space")
	gridDrain(t, p, late)
	if p.editor().Offering() {
		t.Error("an offer for another text is shown")
	}
}

// TestSQLPageKeepsTexts opens queries, leaves, and finds them again.
func TestSQLPageKeepsTexts(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sql")
	p, env := openSQL(t, dir)
	p.ask(t, "select 1 as first")
	gridDrain(t, p, p.Open("select 2"))
	if len(p.buffers) != 2 || p.current != 1 {
		t.Fatalf("%d texts, %d in view", len(p.buffers), p.current)
	}
	gridDo(t, p, sqlNext, sqlNew)
	if len(p.buffers) != 3 || p.editor().Text() != "" {
		t.Errorf("%d texts", len(p.buffers))
	}
	gridDo(t, p, sqlDrop, sqlPrevious)
	p.Close()
	again, _ := NewSQL(env).(*sqlPage)
	opened := again.Open("select 3") // before what was kept is there
	gridDrain(t, again, again.Init())
	gridDrain(t, again, opened)
	if len(again.buffers) != 3 || again.editor().Text() != "select 3" || again.buffers[0].Text() != "select 1 as first" {
		t.Errorf("%d texts, in view %q", len(again.buffers), again.editor().Text())
	}
	if len(again.history) != 1 || again.history[0].Rows != 1 {
		t.Errorf("the history is %+v", again.history)
	}
	sent := gridDrain(t, again, again.Do(sqlHistory))
	if _, ok := sent[0].(OpenOverlay); !ok {
		t.Errorf("the history sends %v", sent)
	}
	gridDo(t, again, sqlOpenPast+"0")
	if again.editor().Text() != "select 1 as first" {
		t.Errorf("the history opens %q", again.editor().Text())
	}
}

func TestSQLPageOpensShippedQueries(t *testing.T) {
	p, _ := openSQL(t, "")
	if sent := gridDrain(t, p, p.Do(sqlQueries)); len(sent) != 1 {
		t.Fatalf("the list sends %v", sent)
	}
	gridDo(t, p, sqlOpenQuery+"ask/files")
	if !strings.HasPrefix(p.editor().Text(), "-- ask/files\n-- Which files are loaded") {
		t.Errorf("the text is %q", p.editor().Text())
	}
	gridDo(t, p, sqlRun)
	if p.err != nil {
		t.Error(p.err)
	}
}

// TestSQLPageEditsOutside hands the text to a program and takes it back.
func TestSQLPageEditsOutside(t *testing.T) {
	p, _ := openSQL(t, "")
	t.Setenv("VISUAL", "")
	t.Setenv("EDITOR", "")
	if sent := gridDrain(t, p, p.Do(sqlExternal)); !strings.Contains(notices(sent), "EDITOR") {
		t.Errorf("without an editor: %v", sent)
	}
	t.Setenv("EDITOR", "ed -s")
	p.editor().Rewrite("select 1")
	sent := sqlDrain(t, p, p.Do(sqlExternal))
	program, ok := sent[0].(RunProgram)
	if !ok || len(program.Command.Args) != 3 {
		t.Fatalf("sends %v", sent)
	}
	path := program.Command.Args[2]
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info, err)
	}
	if err := os.WriteFile(path, []byte("select 2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.Update(program.Done(nil))
	if got := p.editor().Text(); got != "select 2" {
		t.Errorf("the text is %q", got)
	}
	if _, err := os.Stat(filepath.Dir(path)); !errors.Is(err, os.ErrNotExist) {
		t.Error("the file stays")
	}
	if p.editor().Undo(); p.editor().Text() != "select 1" {
		t.Error("what the editor did cannot be undone")
	}
}

// TestChartsChooseColumns says which columns of a result are drawn.
func TestChartsChooseColumns(t *testing.T) {
	text, number, day := tabular.Column{Name: "t"}, tabular.Column{Name: "n", Kind: tabular.Integer}, tabular.Column{Name: "d", Kind: tabular.Date}
	for _, tt := range []struct {
		columns      []tabular.Column
		label, value int
		ok           bool
	}{
		{[]tabular.Column{text, number}, 0, 1, true},
		{[]tabular.Column{number, day}, 1, 0, true},
		{[]tabular.Column{number, number}, 0, 1, true},
		{[]tabular.Column{text, text}, 0, 0, false},
		{nil, 0, 0, false},
	} {
		label, value, ok := charted(tt.columns)
		if ok != tt.ok || ok && (label != tt.label || value != tt.value) {
			t.Errorf("%v: %d, %d, %v", tt.columns, label, value, ok)
		}
	}
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	c := newSQLChart(day, number, [][]any{{start.AddDate(0, 1, 0), int64(3)}, {start, int64(5)}, {start, nil}}, 0, 1)
	if !c.dates || len(c.line.Series[0].Points) != 2 || c.line.Series[0].Points[0].Y != 5 {
		t.Errorf("the line is %+v", c.line.Series)
	}
}

// TestBehindNumbers shows the question behind an answer and where it leads.
func TestBehindNumbers(t *testing.T) {
	asked := []workspace.Asked{
		{Name: "ask/one", Question: "What is one?\n$x: a number.", SQL: "select $x as one", Parameters: []workspace.Parameter{{Name: "x", Value: int64(1), Kind: tabular.Integer}}},
		{Name: "ask/two", Question: "And two?", SQL: "select 2"},
	}
	open := func(rows bool, names ...string) Overlay {
		o, ok := sentBy(behind(asked, rows, names...)).(OpenOverlay)
		if !ok {
			t.Fatal("nothing is shown")
		}
		return o.Overlay
	}
	d := open(true)
	text := screen.Text(d.View(80, 24, theme.NoColor()), 80, 24)
	for _, part := range []string{"What is one?", "$x = 1", "select $x as one", "1 of 2"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not shown:\n%s", part, text)
		}
	}
	cmd, closed := d.Key(gridKey("enter"))
	if run, ok := sentBy(cmd).(Run); !ok || run.ID != keys.Open || !closed {
		t.Error("Enter does not lead to the rows")
	}
	d.Key(gridKey("tab"))
	cmd, _ = d.Key(gridKey("o"))
	if sql, ok := sentBy(cmd).(OpenSQL); !ok || sql.Text != "-- ask/two\n-- And two?\nselect 2\n" {
		t.Errorf("o sends %+v", sentBy(cmd))
	}
	cmd, _ = open(false, "ask/one").Key(gridKey("enter"))
	if sql, ok := sentBy(cmd).(OpenSQL); !ok || !strings.Contains(sql.Text, "-- $x = 1\n") {
		t.Errorf("Enter sends %+v", sentBy(cmd))
	}
	if n, ok := sentBy(behind(asked, true, "ask/none")).(Notice); !ok || !n.Bad {
		t.Error("a question that was not asked is shown")
	}
}

// sqlSamples are the SQL page in its states, by name.
func sqlSamples(t testing.TB, env *Env) map[string]Page {
	t.Helper()
	opened := func(query string) *sqlPage {
		p, _ := NewSQL(env).(*sqlPage)
		p.Init()
		p.Update(sqlKept{})
		t.Cleanup(p.Close)
		if query != "" {
			p.ask(t, query)
			p.View(200, 57)
			sqlDrain(t, p, p.Update(nil))
		}
		if p.err == nil && query != "" {
			p.said = "4 rows · 0.02 s"
		}
		return p
	}
	query := "-- invented\nselect * from (values ('Loyal', 41, 12.5), ('New ⟨客户⟩', 12, 3.25),\n  ('At Risk' || chr(27) || '[31m', 7, 0), (null, 1, -4)) t(segment, customers, net)"
	result := opened(query)
	result.Do(sqlLeave)
	chart := opened(query)
	sqlDrain(t, chart, chart.Do(sqlDraw))
	chart.Do(sqlLeave)
	typing := opened("")
	typing.Open("select 1;")
	typing.add("select segment, sum(net_re\nfrom derived.customers where orders > $window and city = 'x'\n/* all */")
	typing.editor().SetCursor(0, 26)
	typing.editor().Offer([]widget.Suggestion{{Text: "net_revenue", Note: "column"}, {Text: "net_result", Note: "column"}}, 6)
	writing := opened("drop table core.orders")
	writing.writing = true
	cut := opened(query)
	cut.result.Truncated, cut.result.Took = true, 2*time.Second
	return map[string]Page{"sql": result, "sql-chart": chart, "sql-typing": typing, "sql-refused": writing, "sql-truncated": cut, "sql-empty": opened("")}
}
