package ui

import (
	"context"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"worth/internal/workspace"
)

// steadyShop is the program over customers some of whom come back for years, which
// models can be fitted to.
func steadyShop(t testing.TB) *driver {
	t.Helper()
	var b strings.Builder
	b.WriteString("order_id,customer_id,order_date,amount,currency\n")
	order := 0
	for n := range 240 {
		for k := range n%6 + 1 {
			order++
			fmt.Fprintf(&b, "%d,c-%03d,%d-%02d-%02d,%d.%02d,EUR\n", order, n, 2022+k/2, (n+k*(3+n%5))%12+1, 1+(n+7*k)%28, 20+n%50+k*3, k)
		}
	}
	return drive(t, emptyShop(t), Options{Sources: &workspace.LoadRequest{Sources: []string{write(t, "orders.csv", b.String())}}})
}

// TestWhatIfPage opens the page, types a margin, drags a slider, saves and comes back.
func TestWhatIfPage(t *testing.T) {
	d := steadyShop(t)
	d.press("5")
	d.sees("for everyone", "by mbg-nbd", "next 12 mo · discount 10 % · net revenue EUR", "Customer equity", "What matters most")
	d.press("j", "j", "4", "0", "%", "enter")
	d.sees("100 % → 40 %", "-60.0 %", "not saved *")
	d.press("w")
	d.sees("Save the scenario as")
	for _, letter := range "lean" {
		d.press(string(letter))
	}
	d.press("enter")
	d.sees("saved as \"lean\"")
	d.press("u", "s")
	d.sees("Scenarios", "lean")
	d.press("enter")
	d.sees("100 % → 40 %")
	d.press("tab", "1") // away from the sliders digits are pages again
	d.sees("Segments")
	d.press("5")
	d.sees("100 % → 40 %")
	d.press("tab", "t")
	d.sees("Equity of everyone by retention and frequency")
	d.press("esc")
	d.sees("What matters most")
	d.press("f")
	d.sees("everyone, by formula", "for life, year's end")
	d.press("y")
	d.sees("for life, year's start")
	d.press("y")
	d.sees("without end")
	d.press("c")
	d.sees("customers under the scenario (", "[ ] move margin 100 % → 40 %", "tier after")
	d.press("]")
	d.sees("[ ] move margin 100 % → 41 %")
	d.press("esc")
	d.sees("without end", "100 % → 41 %")
}

// TestWhatIfDrag presses the button on a track and moves the mouse out of the page.
func TestWhatIfDrag(t *testing.T) {
	d := steadyShop(t)
	d.press("5")
	lines := strings.Split(d.text(), "\n")
	row, column := -1, -1
	for y, line := range lines {
		if strings.Contains(line, "margin") && strings.Contains(line, "○") {
			row, column = y, len([]rune(line[:strings.Index(line, "○")]))
		}
	}
	if row < 0 {
		t.Fatalf("there is no slider of the margin:\n%s", d.text())
	}
	d.send(tea.MouseClickMsg{X: column, Y: row, Button: tea.MouseLeft})
	d.send(tea.MouseMotionMsg{X: 0, Y: 0, Button: tea.MouseLeft})
	d.sees("100 % → -100 %")
	d.send(tea.MouseReleaseMsg{X: 0, Y: 0})
	d.send(tea.MouseMotionMsg{X: column, Y: row, Button: tea.MouseLeft})
	d.sees("100 % → -100 %")
	d.press("u")
	if strings.Contains(d.text(), "→ -100 %") {
		t.Errorf("a drag is not undone in one step:\n%s", d.text())
	}
}

// TestWhatIfRefuses says what the data lack, goes to the formula and back.
func TestWhatIfRefuses(t *testing.T) {
	d := drive(t, emptyShop(t), Options{})
	d.press("5")
	d.sees("there are no orders to analyse", "f values by formula")
	d.press("f")
	d.sees("there are no orders to analyse", "f goes to the fitted model")
	if _, err := d.root.env.Workspace.Scenarios(context.Background()); err != nil {
		t.Error(err)
	}
}
