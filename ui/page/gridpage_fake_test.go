package page

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/ui/theme"
)

// gridDrain runs a command and what follows from it until nothing is left to do,
// and returns the messages that are the root's.
func gridDrain(t testing.TB, p Page, cmd tea.Cmd) []tea.Msg {
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
			sent = append(sent, gridDrain(t, p, c)...)
		}
		return sent
	case OpenPage, Notice, Copy, OpenOverlay, GoBack:
		return []tea.Msg{msg}
	default:
		return gridDrain(t, p, p.Update(msg))
	}
}

// gridPress types keys into a page that captures them.
func gridPress(t testing.TB, p Page, pressed ...string) []tea.Msg {
	t.Helper()
	var sent []tea.Msg
	for _, k := range pressed {
		sent = append(sent, gridDrain(t, p, p.Update(gridKey(k)))...)
	}
	return sent
}

// gridKey is the message of a key.
func gridKey(name string) tea.KeyPressMsg {
	codes := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "backspace": tea.KeyBackspace, "tab": tea.KeyTab, "space": tea.KeySpace,
		"down": tea.KeyDown, "up": tea.KeyUp, "end": tea.KeyEnd,
	}
	if code, ok := codes[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: []rune(rest)[0], Mod: tea.ModCtrl}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// gridType spells a text as keys.
func gridType(text string) []string { return strings.Split(text, "") }

// fakeShop is a source of n invented rows and notes what is done to it.
type fakeShop struct {
	n      int
	opened []*fakeRows
	fail   error // of opening
	broken error // of reading
}

// fakeRows are the rows i of which order(i) is shown at i.
type fakeRows struct {
	shop   *fakeShop
	query  gridQuery
	order  []int
	closed int
	gone   chan struct{} // closed with the rows
	pages  int
}

func fakeColumns() []tabular.Column {
	return []tabular.Column{
		{Name: "id", Title: "customer"},
		{Name: "amount", Title: "amount", Kind: tabular.Money, Doc: "what was paid"},
		{Name: "city", Title: "city"},
		{Name: "email", Title: "e-mail", Personal: true},
		{Name: "score", Title: "score", Kind: tabular.Integer},
	}
}

var fakeCities = []string{"Aalen", "Bremen", "Celle", "Dresden", "Emden"}

func (s *fakeShop) open(ctx context.Context, sort string, desc bool, filter string) (Rows, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s.fail != nil {
		return nil, s.fail
	}
	r := &fakeRows{shop: s, query: gridQuery{sort, desc, filter}, gone: make(chan struct{})}
	for i := range s.n {
		if filter == "" || i%2 == 0 {
			r.order = append(r.order, i)
		}
	}
	if sort == "amount" {
		slices.SortStableFunc(r.order, func(a, b int) int {
			if desc {
				a, b = b, a
			}
			return cmp.Compare(fakeAmount(a), fakeAmount(b))
		})
	}
	s.opened = append(s.opened, r)
	return r, nil
}

// last returns the rows opened last.
func (s *fakeShop) last() *fakeRows { return s.opened[len(s.opened)-1] }

func fakeID(i int) string      { return fmt.Sprintf("c-%07d", i) }
func fakeAmount(i int) float64 { return float64(i * 7919 % 100_003) }

func (r *fakeRows) Columns() []tabular.Column { return fakeColumns() }
func (r *fakeRows) Len() int                  { return len(r.order) }

func (r *fakeRows) Close() error {
	if r.closed++; r.closed == 1 {
		close(r.gone)
	}
	return nil
}

func (r *fakeRows) Page(ctx context.Context, from, n int) ([][]any, error) {
	r.pages++
	if err := errors.Join(ctx.Err(), r.shop.broken); err != nil {
		return nil, err
	}
	if r.closed > 0 {
		return nil, errors.New("rows are read after they were closed")
	}
	rows := make([][]any, 0, n)
	for _, i := range r.order[min(from, len(r.order)):min(from+n, len(r.order))] {
		rows = append(rows, []any{
			fakeID(i), fakeAmount(i), fakeCities[i%len(fakeCities)], "anna." + strconv.Itoa(i) + "@example.com", int64(i%5 + 1),
		})
	}
	return rows, nil
}

// fakeCheck refuses filters that begin with a sign.
func fakeCheck(filter string) error {
	if strings.HasPrefix(filter, "=") {
		return i18n.Errorf("a filter begins with a column")
	}
	return nil
}

// newFakePage returns a page over n rows that is open and has been drawn.
func newFakePage(t testing.TB, n int, options ...GridOption) (*GridPage, *fakeShop) {
	t.Helper()
	shop := &fakeShop{n: n}
	options = append([]GridOption{WithSort("", false), WithFilter(fakeCheck)}, options...)
	open := func(row []any) tea.Cmd { return send(Notice{Text: "opened " + tabular.Plain(row[0], tabular.Text)}) }
	p := NewGridPage(&Env{Theme: theme.Dark()}, "customers", shop.open, open, options...)
	gridDrain(t, p, p.Init())
	p.View(80, 24)
	gridDrain(t, p, p.Update(nil))
	return p, shop
}

// gridDo carries out commands and returns what the root is sent.
func gridDo(t testing.TB, p Page, commands ...string) []tea.Msg {
	t.Helper()
	var sent []tea.Msg
	for _, c := range commands {
		sent = append(sent, gridDrain(t, p, p.Do(c))...)
	}
	return sent
}

// cursorKey returns the key under the cursor.
func cursorKey(t testing.TB, p *GridPage) string {
	t.Helper()
	key, ok := p.grid.CursorKey()
	if !ok {
		t.Fatal("the row under the cursor was not read")
	}
	return key
}

// notices returns the texts of the notices among messages.
func notices(sent []tea.Msg) string {
	var texts []string
	for _, m := range sent {
		if n, ok := m.(Notice); ok {
			texts = append(texts, n.Text)
		}
	}
	return strings.Join(texts, "\n")
}
