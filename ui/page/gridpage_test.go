package page

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"worth/ui/keys"
	"worth/ui/screen"
	"worth/ui/theme"
)

func TestGridPageShowsRows(t *testing.T) {
	p, _ := newFakePage(t, 1_000_000)
	text := screen.Text(p.View(80, 24), 80, 24)
	for _, want := range []string{"sort: as they come", "filter: none", "personal columns masked", "c-0000000", "a***", "row 1 of 1,000,000"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q:\n%s", want, text)
		}
	}
	if p.Title() != "customers (1,000,000)" {
		t.Errorf("the title is %q", p.Title())
	}
	gridDo(t, p, keys.Last)
	if key := cursorKey(t, p); key != fakeID(999_999) {
		t.Errorf("the last row is %s", key)
	}
	if d := keys.Join(p.Keys(), keys.Global()).Duplicates(); len(d) > 0 {
		t.Errorf("keys are bound twice: %v", d)
	}
}

func TestGridPageKeepsItsRowWhenSorted(t *testing.T) {
	for _, at := range []int{0, 77, 60_123, 99_999} {
		t.Run(strconv.Itoa(at), func(t *testing.T) {
			p, shop := newFakePage(t, 100_000)
			p.grid.Goto(at)
			gridDrain(t, p, p.Update(nil))
			gridDo(t, p, keys.Right, keys.SortDescending)
			if key := cursorKey(t, p); key != fakeID(at) {
				t.Errorf("the cursor went from %s to %s", fakeID(at), key)
			}
			row, _ := p.grid.Cursor()
			if want := slices.Index(shop.last().order, at); row != want {
				t.Errorf("the cursor is at row %d, not %d", row, want)
			}
			if shop.last().query != (gridQuery{"amount", true, ""}) {
				t.Errorf("asked for %+v", shop.last().query)
			}
			if shop.opened[0].closed != 1 || shop.last().closed != 0 {
				t.Errorf("closed %d and %d times", shop.opened[0].closed, shop.last().closed)
			}
			gridDrain(t, p, p.Init()) // the workspace has changed
			if key := cursorKey(t, p); key != fakeID(at) || len(shop.opened) != 3 || shop.last().query.sort != "amount" {
				t.Errorf("after a refresh the cursor is on %s of %+v", key, shop.last().query)
			}
		})
	}
}

func TestGridPageMovingOnEndsTheReturn(t *testing.T) {
	p, _ := newFakePage(t, 100_000)
	p.grid.Goto(90_000)
	gridDrain(t, p, p.Update(nil))
	opening := p.Do(keys.SortAscending) // not run yet
	var hunt tea.Cmd
	switch msg := opening().(type) {
	case tea.BatchMsg:
		hunt = p.Update(msg[0]())
	default:
		hunt = p.Update(msg)
	}
	if !p.locating.running() {
		t.Fatal("the row is not looked for")
	}
	gridDo(t, p, keys.First)
	gridDrain(t, p, hunt)
	if row, _ := p.grid.Cursor(); row != 0 {
		t.Errorf("the cursor was taken to row %d from where the reader went", row)
	}
}

func TestGridPageFilter(t *testing.T) {
	p, shop := newFakePage(t, 1000)
	gridDo(t, p, keys.Filter)
	if !p.Capture() {
		t.Fatal("the filter takes no text")
	}
	gridPress(t, p, append(gridType("= 3"), "enter")...)
	if text := screen.Text(p.View(80, 24), 80, 24); !p.Capture() || !strings.Contains(text, "a filter begins with a column") {
		t.Fatalf("a wrong filter is not refused in place:\n%s", text)
	}
	gridPress(t, p, "ctrl+u")
	gridPress(t, p, append(gridType("score > 2"), "enter")...)
	if p.Capture() || p.grid.Len() != 500 || p.query.filter != "score > 2" {
		t.Fatalf("%d rows pass the filter %q", p.grid.Len(), p.query.filter)
	}
	shop.fail = errors.New("the database cannot compare that")
	gridDo(t, p, keys.Filter)
	gridPress(t, p, append(gridType(" and city = 3"), "enter")...)
	text := screen.Text(p.View(80, 24), 80, 24)
	if !p.Capture() || p.prompt.Value() != "score > 2 and city = 3" || !strings.Contains(text, "cannot compare") {
		t.Fatalf("a filter the workspace refuses is not asked for again:\n%s", text)
	}
	if p.grid.Len() != 500 || shop.last().closed > 0 {
		t.Error("the rows before are gone")
	}
	gridPress(t, p, "esc")
	if p.Capture() {
		t.Error("esc does not leave the filter")
	}
}

func TestGridPageCompletesFilters(t *testing.T) {
	p, _ := newFakePage(t, 100)
	gridDo(t, p, keys.Filter)
	gridPress(t, p, "c", "i", "tab")
	if p.prompt.Value() != "city" {
		t.Fatalf("completed to %q", p.prompt.Value())
	}
	gridPress(t, p, " ", "=", " ", "d", "tab")
	if p.prompt.Value() != "city = Dresden" {
		t.Errorf("completed to %q", p.prompt.Value())
	}
	if values := p.values(fakeColumns()[3], "anna"); values != nil {
		t.Errorf("masked values are offered: %v", values)
	}
}

func TestGridPageSearch(t *testing.T) {
	tests := []struct {
		name, query, next string
		from, want        int
		notice            string
	}{
		{"next", "emden", keys.SearchNext, 0, 4, ""},
		{"words in any order", "EMDEN c-0000009", keys.SearchNext, 0, 9, ""},
		{"far", "0048999", keys.SearchNext, 3, 48_999, ""},
		{"around the end", "0000002", keys.SearchNext, 40_000, 2, ""},
		{"back", "emden", keys.SearchPrev, 10, 9, ""},
		{"back around the start", "0049000", keys.SearchPrev, 3, 49_000, ""},
		{"letters in order", "c49987", keys.SearchNext, 0, 49_987, ""},
		{"only here", "0000017", keys.SearchNext, 17, 17, "no other row"},
		{"nowhere", "zzz", keys.SearchNext, 5, 5, "no row holds “zzz”"},
		{"masked", "anna.7@", keys.SearchNext, 5, 5, "no row holds"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, _ := newFakePage(t, 50_000)
			p.grid.SetQuery(tt.query)
			p.grid.Goto(tt.from)
			said := notices(gridDo(t, p, tt.next))
			if row, _ := p.grid.Cursor(); row != tt.want {
				t.Errorf("from row %d the cursor went to %d, not %d", tt.from, row, tt.want)
			}
			if !strings.Contains(said, tt.notice) || tt.notice == "" && said != "" {
				t.Errorf("it says %q", said)
			}
			if p.Busy() != "" {
				t.Errorf("still %s", p.Busy())
			}
		})
	}
}

func TestGridPageSearchFindsWhatIsRevealed(t *testing.T) {
	p, _ := newFakePage(t, 5000)
	p.env.Revealed = true
	gridDo(t, p, keys.Search)
	gridPress(t, p, append(gridType("anna.77@"), "backspace", "@", "enter")...)
	if row, _ := p.grid.Cursor(); row != 77 {
		t.Errorf("the cursor is at row %d", row)
	}
	gridDo(t, p, keys.Search)
	gridPress(t, p, "x", "esc")
	if p.grid.Query() != "anna.77@" {
		t.Errorf("esc leaves the query %q", p.grid.Query())
	}
}

func TestGridPageSearchCanBeCancelled(t *testing.T) {
	p, shop := newFakePage(t, 1_000_000)
	p.grid.SetQuery("nobody")
	step := p.Do(keys.SearchNext)
	for range 3 {
		step = p.Update(step())
	}
	if !strings.Contains(p.Busy(), "searching for nobody · 5 %") {
		t.Errorf("busy with %q", p.Busy())
	}
	if !p.Cancel() || p.Busy() != "" {
		t.Fatal("the search goes on")
	}
	before := shop.last().pages
	if gridDrain(t, p, step); shop.last().pages != before+1 { // the chunk under way, which is told to stop
		t.Errorf("%d more chunks were read", shop.last().pages-before)
	}
	if p.Cancel() {
		t.Error("something is cancelled twice")
	}
}

func TestGridPageDropsLateRows(t *testing.T) {
	p, shop := newFakePage(t, 1000)
	late := p.sortBy("amount", false)
	msg := late()
	gridDo(t, p, keys.SortDescending)
	shown := p.rows
	gridDrain(t, p, p.Update(msg))
	if p.rows != shown || shop.opened[1].closed != 1 {
		t.Errorf("late rows were shown, or closed %d times", shop.opened[1].closed)
	}
	opening := p.sortBy("amount", true)
	if p.Busy() == "" || !p.Cancel() {
		t.Fatal("opening cannot be cancelled")
	}
	gridDrain(t, p, opening)
	if p.rows != shown {
		t.Error("cancelled rows were shown")
	}
	read := gridRead{page: p, generation: p.grid.Generation() - 1, err: errors.New("late")}
	gridDrain(t, p, p.Update(read))
	if p.failed {
		t.Error("a late error is taken")
	}
}

func TestGridPageErrors(t *testing.T) {
	shop := &fakeShop{n: 10, fail: errors.New("the disk is gone")}
	p := NewGridPage(&Env{Theme: theme.Dark()}, "customers", shop.open, nil)
	gridDrain(t, p, p.Init())
	if text := screen.Text(p.View(60, 8), 60, 8); !strings.Contains(text, "the disk is gone") {
		t.Errorf("the error is not shown:\n%s", text)
	}
	if p.Title() != "customers" || p.Reason(keys.Export) == "" || p.Reason(keys.Choose) == "" {
		t.Error("commands of rows are offered without rows")
	}
	shop.fail, shop.broken = nil, errors.New("a page cannot be read")
	gridDrain(t, p, p.Init())
	if text := screen.Text(p.View(60, 8), 60, 8); !strings.Contains(text, "a page cannot be read") {
		t.Errorf("the error of reading is not shown:\n%s", text)
	}
	shop.broken = nil
	gridDo(t, p, keys.Down)
	if text := screen.Text(p.View(60, 8), 60, 8); !strings.Contains(text, "c-0000001") {
		t.Errorf("the rows are not asked for again:\n%s", text)
	}
	shop.n = 0
	gridDrain(t, p, p.Init())
	if text := screen.Text(p.View(60, 8), 60, 8); !strings.Contains(text, "There are no rows.") {
		t.Errorf("nothing is not said:\n%s", text)
	}
}

func TestGridPageCopiesOpensAndMarks(t *testing.T) {
	p, _ := newFakePage(t, 10)
	sent := gridDo(t, p, keys.Down, keys.CopyCell, keys.CopyRow, keys.Open)
	want := []tea.Msg{
		Copy{Text: "c-0000001", What: "the cell"},
		Copy{Text: "c-0000001\t7919\tBremen\ta***\t2", What: "the row"},
		Notice{Text: "opened c-0000001"},
	}
	if !slices.Equal(sent, want) {
		t.Errorf("sent %v, want %v", sent, want)
	}
	click := tea.MouseClickMsg{Button: tea.MouseLeft, X: 4, Y: 2 + 4}
	if sent := gridDrain(t, p, p.Update(click)); len(sent) > 0 || cursorKey(t, p) != fakeID(4) {
		t.Errorf("a click leads to %s and sends %v", cursorKey(t, p), sent)
	}
	if sent := notices(gridDrain(t, p, p.Update(click))); sent != "opened c-0000004" {
		t.Errorf("a click on the cursor's row says %q", sent)
	}
	gridDrain(t, p, p.Update(Wheel{Lines: 3}))
	if p.Reason(keys.ClearMarks) == "" {
		t.Error("marks can be taken away where there are none")
	}
	gridDo(t, p, keys.Mark)
	if p.Reason(keys.ClearMarks) != "" {
		t.Error("a mark cannot be taken away")
	}
}

func TestGridPageWithoutWhatItCannot(t *testing.T) {
	p := NewGridPage(&Env{Theme: theme.Dark()}, "rejects", (&fakeShop{n: 3}).open, nil)
	for _, id := range []string{keys.Open, keys.Filter, keys.SortAscending} {
		if _, ok := p.Keys().Find(id); ok {
			t.Errorf("%s is bound", id)
		}
	}
}

func TestGridPageCloses(t *testing.T) {
	p, shop := newFakePage(t, 1_000_000)
	rows := p.rows
	p.grid.Goto(500_000)
	read := p.read()
	p.Close()
	<-shop.last().gone
	if _, err := rows.Page(context.Background(), 0, 1); !canceled(err) {
		t.Errorf("closed rows say %v", err)
	}
	gridDrain(t, p, read)
	p.Close()
	if p.Cancel() || p.Busy() != "" || shop.last().closed != 1 {
		t.Error("a closed page is busy, or closes again")
	}
}
