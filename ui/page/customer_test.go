package page

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/screen"
	"worth/ui/theme"
)

// shopCustomer returns the page of a person of the tea shop.
func shopCustomer(t testing.TB, env *Env, id string) *customer {
	t.Helper()
	c := newCustomer(env, id, nil)
	gridDrain(t, c, c.Init())
	c.View(80, 24)
	gridDrain(t, c, c.Update(nil))
	t.Cleanup(c.Close)
	return c
}

func TestCustomerOnScreen(t *testing.T) {
	env := shopEnv(t)
	c := shopCustomer(t, env, "t-002")
	gridDo(t, c, keys.Down, keys.Down)
	goldenScreens(t, env, c)
}

func TestCustomerStates(t *testing.T) {
	env := shopEnv(t)
	c := newCustomer(env, "t-009", nil)
	init := c.Init()
	if text := screen.Text(c.View(60, 20), 60, 20); !strings.Contains(text, "reading t-009") || c.Busy() != "reading t-009" {
		t.Errorf("while reading it says %q and\n%s", c.Busy(), text)
	}
	if !c.Cancel() {
		t.Error("reading cannot be cancelled")
	}
	gridDrain(t, c, init)
	if text := screen.Text(c.View(60, 20), 60, 20); !strings.Contains(text, "stopped") {
		t.Errorf("once cancelled it says\n%s", text)
	}
	gridDo(t, c, cmdRetry)
	if text := screen.Text(c.View(60, 20), 60, 20); !strings.Contains(text, "net revenue") {
		t.Errorf("asked again it says\n%s", text)
	}
	missing := shopCustomer(t, env, "t-0O2")
	if text := screen.Text(missing.View(60, 20), 60, 20); !strings.Contains(text, "there is no customer") {
		t.Errorf("a person who is not there is\n%s", text)
	}
	for _, size := range goldenSizes {
		missing.View(size[0], size[1])
	}
}

func TestCustomerOpensOrders(t *testing.T) {
	env := shopEnv(t)
	c := shopCustomer(t, env, "t-002")
	c.orders.grid.GotoColumn("net_revenue")
	for _, sorted := range []string{"", keys.SortAscending, keys.SortDescending} {
		if sorted != "" {
			gridDo(t, c, sorted)
		}
		gridDo(t, c, keys.Last)
		id := cursorKey(t, c.orders)
		sent := gridDo(t, c, keys.Open)
		if len(sent) != 1 {
			t.Fatalf("sent %v", sent)
		}
		open, ok := sent[0].(OpenPage)
		if !ok || open.Page.Title() != "order "+id {
			t.Fatalf("opened %v for the order %s", sent, id)
		}
		gridDrain(t, open.Page, open.Page.Init())
		if text := screen.Text(open.Page.View(100, 8), 100, 8); !strings.Contains(text, "TEA-") {
			t.Errorf("the lines of the order are\n%s", text)
		}
		open.Page.Close()
	}
	if d := keys.Join(c.Keys(), keys.Global()).Duplicates(); len(d) > 0 {
		t.Errorf("keys are bound twice: %v", d)
	}
	if c.Reason(cmdNextCustomer) == "" {
		t.Error("there is a next customer without a list")
	}
}

func TestCustomerClicks(t *testing.T) {
	env := shopEnv(t)
	c := shopCustomer(t, env, "t-002")
	c.View(120, 40)
	click := tea.MouseClickMsg{Button: tea.MouseLeft, X: c.ordersX + 4, Y: c.ordersY + 1 + 3}
	gridDrain(t, c, c.Update(click))
	if row, _ := c.orders.grid.Cursor(); row != 3 {
		t.Errorf("a click on the fourth order goes to row %d", row)
	}
}

func TestCustomerWords(t *testing.T) {
	tests := []struct {
		p           workspace.Percentile
		full, short string
	}{
		{workspace.Percentile{Measure: "recency_days", Below: 0.82}, "more recent than 82 % of customers", "more recent than 82 %"},
		{workspace.Percentile{Measure: "orders", Below: 0}, "more orders than 0 % of customers", "more orders than 0 %"},
		{workspace.Percentile{Measure: "net_revenue", Below: 0.9999}, "spent more than 99.9 % of customers", "spent more than 99.9 %"},
		{workspace.Percentile{Measure: "aov", Below: 0.5}, "spends more an order than 50 % of customers", "more an order than 50 %"},
	}
	for _, tt := range tests {
		if full, short := compared(tt.p, true), compared(tt.p, false); full != tt.full || short != tt.short {
			t.Errorf("%s is %q and %q", tt.p.Measure, full, short)
		}
	}
}

func TestTimeline(t *testing.T) {
	day := func(month time.Month, d int) time.Time { return time.Date(2026, month, d, 12, 0, 0, 0, time.UTC) }
	asOf := time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)
	tests := map[string][]timedOrder{
		"several": {
			{day(1, 5), 100, purchase},
			{day(2, 1), 25, purchase},
			{day(2, 2), 25, purchase},
			{day(3, 15), -30, "credit"},
			{day(4, 20), 60, "refunded"},
			{day(5, 1), 80, "excluded"},
			{day(6, 10), 200, purchase},
			{day(12, 24), 999, purchase},
			{time.Time{}, 5, purchase},
		},
		"one":     {{day(10, 31), 10, purchase}},
		"credits": {{day(3, 1), -10, "credit"}},
		"none":    nil,
	}
	for name, orders := range tests {
		t.Run(name, func(t *testing.T) {
			l := timeline{theme: theme.NoColor(), orders: orders, asOf: asOf, selected: 1}
			golden.RequireEqual(t, screen.Text(l.View(72, 6), 72, 6)+screen.Text(l.View(40, 1), 40, 1))
			for _, size := range goldenSizes {
				l.View(size[0], size[1])
			}
		})
	}
}
