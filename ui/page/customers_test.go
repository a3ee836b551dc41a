package page

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/screen"
	"worth/ui/theme"
)

// shopFiles writes the exports of an invented tea shop: 60 people of whom number i
// orders every 9+i days, one order given back, one cancelled.
func shopFiles(dir string) error {
	var orders, lines, people strings.Builder
	orders.WriteString("Order ID,Customer ID,Order Date,Status,Channel,Currency,Subtotal,Discount,Total,Refunded Amount\n")
	lines.WriteString("Order ID,SKU,Product Name,Category,Quantity,Unit Price\n")
	people.WriteString("Customer ID,Name,Email,Phone,City,Country\n")
	number := 1000
	for i := range 60 {
		id := fmt.Sprintf("t-%03d", i)
		fmt.Fprintf(&people, "%s,Person %c%d,person.%d@example.com,+49 30 5550%02d,Tübingen,Germany\n", id, 'A'+i%26, i, i, i)
		day := time.Date(2025, 1, 2+i, 9, i, 0, 0, time.UTC)
		for n := 0; day.Year() < 2026 && n < 40-i/2; n++ {
			amount := float64(20 + (i*37+n*13)%180)
			status, refund := "completed", 0.0
			switch {
			case i == 2 && n == 5:
				status, refund = "refunded", amount
			case i == 2 && n == 9:
				status = "cancelled"
			}
			number++
			fmt.Fprintf(&orders, "%d,%s,%s,%s,%s,EUR,%.2f,0.00,%.2f,%.2f\n", number, id, day.Format("2006-01-02 15:04:05"), status,
				[]string{"web", "app", "pos"}[n%3], amount, amount, refund)
			fmt.Fprintf(&lines, "%d,TEA-%02d,Green Tea %d g,Tea,2,%.2f\n", number, n%7, 50+n, amount/2)
			day = day.AddDate(0, 0, 9+i)
		}
	}
	for name, text := range map[string]string{"orders.csv": orders.String(), "order_lines.csv": lines.String(), "customers.csv": people.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// loadedOnce returns what opens a workspace of invented files, loaded once for all
// tests, which only ask.
func loadedOnce(threads int, write func(dir string) error) func() (*workspace.Workspace, error) {
	return sync.OnceValues(func() (*workspace.Workspace, error) {
		ctx := context.Background()
		dir, err := os.MkdirTemp("", "worth")
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(dir)
		if err := write(dir); err != nil {
			return nil, err
		}
		ws, err := workspace.Open(ctx, "", workspace.Options{Threads: threads})
		if err != nil {
			return nil, err
		}
		_, err = ws.Load(ctx, workspace.LoadRequest{Sources: []string{dir}}, func(workspace.Progress) {})
		return ws, err
	})
}

// envOver returns an environment over a workspace.
func envOver(t testing.TB, open func() (*workspace.Workspace, error)) *Env {
	t.Helper()
	ws, err := open()
	if err != nil {
		t.Fatal(err)
	}
	header, err := ws.Header(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return &Env{Workspace: ws, Theme: theme.Dark(), Header: header}
}

// shop is a workspace of the tea shop.
var shop = loadedOnce(2, shopFiles)

// shopEnv returns an environment over the tea shop.
func shopEnv(t testing.TB) *Env {
	t.Helper()
	return envOver(t, shop)
}

// shopCustomers returns the open grid of the customers of a view.
func shopCustomers(t testing.TB, env *Env, view workspace.View) *GridPage {
	t.Helper()
	p, ok := NewCustomers(env, view, "").(*GridPage)
	if !ok {
		t.Fatal("the customers are no grid")
	}
	gridDrain(t, p, p.Init())
	p.View(80, 24)
	gridDrain(t, p, p.Update(nil))
	t.Cleanup(p.Close)
	return p
}

// goldenSizes are the sizes every page is drawn at.
var goldenSizes = [][2]int{{80, 24}, {120, 40}, {200, 60}, {40, 10}, {20, 5}, {0, 0}}

// goldenScreens compares a page with its pictures: the text at every size, which
// must not depend on the theme, and the colours of every theme at 80×24.
func goldenScreens(t *testing.T, env *Env, p Page) {
	t.Helper()
	themes := []theme.Theme{theme.Dark(), theme.Light(), theme.NoColor()}
	for _, size := range goldenSizes {
		w, h := size[0], size[1]
		t.Run(fmt.Sprintf("%dx%d", w, h), func(t *testing.T) {
			var texts []string
			for _, th := range themes {
				env.Theme = th
				p.View(w, h)
				gridDrain(t, p, p.Update(nil))
				texts = append(texts, screen.Text(p.View(w, h), w, h))
			}
			if texts[1] != texts[0] || texts[2] != texts[0] {
				t.Error("the themes differ in their text")
			}
			golden.RequireEqual(t, texts[0])
		})
	}
	for _, th := range themes {
		t.Run(th.Name, func(t *testing.T) {
			env.Theme = th
			golden.RequireEqual(t, p.View(80, 24)) // with its sequences
		})
	}
}

func TestCustomersOnScreen(t *testing.T) {
	env := shopEnv(t)
	p := shopCustomers(t, env, workspace.View{})
	gridDo(t, p, keys.Down, keys.Down, keys.Mark)
	goldenScreens(t, env, p)
}

func TestCustomersOfASegment(t *testing.T) {
	env := shopEnv(t)
	all := shopCustomers(t, env, workspace.View{})
	if all.grid.Len() != 60 {
		t.Fatalf("%d customers", all.grid.Len())
	}
	segments, err := env.Workspace.Segments(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range segments {
		p := shopCustomers(t, env, workspace.View{Segment: s.Segment})
		if int64(p.grid.Len()) != s.Customers {
			t.Errorf("%s has %d customers, its grid %d", s.Segment, s.Customers, p.grid.Len())
		}
	}
	p := shopCustomers(t, env, workspace.View{R: 1, F: 1, Filter: "orders > 1000"})
	if text := screen.Text(p.View(80, 24), 80, 24); !strings.Contains(text, "No row passes the filter orders > 1000") {
		t.Errorf("an empty view says\n%s", text)
	}
}

func TestCustomersFilterAndSort(t *testing.T) {
	env := shopEnv(t)
	p := shopCustomers(t, env, workspace.View{})
	gridDo(t, p, keys.Filter)
	gridPress(t, p, append(gridType("ordres > 3"), "enter")...)
	if !strings.Contains(p.prompt.problem, `"ordres"`) {
		t.Errorf("a wrong column says %q", p.prompt.problem)
	}
	gridPress(t, p, "ctrl+u")
	gridPress(t, p, append(gridType("orders > 20"), "enter")...)
	rows := p.grid.Len()
	if rows == 0 || rows == 60 {
		t.Fatalf("%d rows", rows)
	}
	p.grid.GotoColumn("orders")
	gridDo(t, p, keys.First)
	key := cursorKey(t, p)
	gridDo(t, p, keys.SortAscending)
	if p.grid.Len() != rows || cursorKey(t, p) != key {
		t.Errorf("sorting leaves %d of %d rows and goes from %s to %s", p.grid.Len(), rows, key, cursorKey(t, p))
	}
	before := int64(0)
	for i := range rows {
		row, ok := p.grid.Row(i)
		if !ok {
			t.Fatalf("row %d was not read", i)
		}
		if n, _ := row[4].(int64); n < before || n <= 20 {
			t.Errorf("row %d has %d orders after %d", i, n, before)
		} else {
			before = n
		}
	}
	if line := screen.Text(p.View(80, 24), 80, 1); !strings.Contains(line, "sort: orders ▲   filter: orders > 20") {
		t.Errorf("the line says %q", line)
	}
}

func TestCustomersExport(t *testing.T) {
	env := shopEnv(t)
	p := shopCustomers(t, env, workspace.View{})
	for _, name := range []string{"all.csv", "all.json", "all.md", "all.xlsx", "all.parquet"} {
		path := filepath.Join(t.TempDir(), name)
		gridDo(t, p, keys.Export)
		p.prompt.SetValue(path)
		if said := notices(gridPress(t, p, "enter")); said != "60 rows were written to "+path {
			t.Fatalf("%s: %q, %q", name, said, p.prompt.problem)
		}
		if info, err := os.Stat(path); err != nil || info.Size() < 500 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCustomersOpen(t *testing.T) {
	env := shopEnv(t)
	p := shopCustomers(t, env, workspace.View{})
	sent := gridDo(t, p, keys.Down, keys.Open)
	if len(sent) != 1 {
		t.Fatalf("sent %v", sent)
	}
	open, ok := sent[0].(OpenPage)
	if !ok || open.Page.Title() != cursorKey(t, p) {
		t.Fatalf("opened %v", sent[0])
	}
	c := open.Page
	gridDrain(t, c, c.Init())
	gridDo(t, c, cmdNextCustomer)
	if row, _ := p.grid.Cursor(); row != 2 || c.Title() != cursorKey(t, p) {
		t.Errorf("the next customer is %s, row %d is %s", c.Title(), row, cursorKey(t, p))
	}
	gridDo(t, c, cmdPreviousCustomer, cmdPreviousCustomer)
	if said := notices(gridDo(t, c, cmdPreviousCustomer)); c.Title() != cursorKey(t, p) || !strings.Contains(said, "no further customer") {
		t.Errorf("before the first customer %s it says %q", c.Title(), said)
	}
}

func TestRevealIsWrittenDown(t *testing.T) {
	env := shopEnv(t)
	c := shopCustomer(t, env, "t-003")
	shows := func() bool { return strings.Contains(screen.Text(c.View(120, 40), 120, 40), "person.3@example.com") }
	if shows() {
		t.Fatal("personal data are shown unasked")
	}
	if said := notices(gridDo(t, c, keys.Reveal)); !env.Revealed || !shows() || !strings.Contains(said, "written down") {
		t.Errorf("revealing says %q", said)
	}
	if gridDo(t, c, keys.Reveal); env.Revealed || shows() {
		t.Error("personal data are not masked again")
	}
}

func TestCustomersReadOnAfterAWalk(t *testing.T) {
	p, _ := newFakePage(t, 10_000)
	p.grid.Goto(255) // the last row of those read together
	p.View(80, 24)
	for range 3 {
		key, ok, cmd := p.step(300)
		if ok && cmd == nil {
			t.Fatalf("%s was there without being read", key)
		}
	}
	p.abandon()
	gridDrain(t, p, p.Update(nil))
	if key := cursorKey(t, p); key != fakeID(255+3*300) {
		t.Errorf("the cursor is on %s", key)
	}
}
