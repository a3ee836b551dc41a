package page

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/clv"
	"worth/internal/whatif"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/screen"
)

// sampleWhatIf is a model of so many invented customers in four segments.
func sampleWhatIf(t testing.TB, customers int) *workspace.WhatIf {
	t.Helper()
	return whatIfOf(t, sampleFitted(t, customers))
}

// whatIfOf is the model of a baseline.
func whatIfOf(t testing.TB, in whatif.Fitted) *workspace.WhatIf {
	t.Helper()
	m, err := whatif.NewFitted(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	terms := workspace.Terms{Model: "bg-nbd", Horizon: 12, Discount: 0.1, Basis: workspace.NetRevenue, Currency: "EUR", AsOf: "2026-10-31"}
	name := func(number int32) string { return fmt.Sprintf("c-%05d", number) }
	return &workspace.WhatIf{
		Model: m, Terms: terms, Customers: len(in.Group),
		Names: func(context.Context) (func(int32) string, error) { return name, nil },
	}
}

// sampleFitted is a baseline of so many invented customers in four segments.
func sampleFitted(t testing.TB, customers int) whatif.Fitted {
	t.Helper()
	purchases, err := clv.New(clv.BGNBD, []float64{0.6, 90, 0.8, 2.4})
	if err != nil {
		t.Fatal(err)
	}
	in := whatif.Fitted{
		Purchases: purchases, Segments: []string{"Champions", "Loyal", "At Risk", "Lost\x1b[31m"},
		Terms: clv.Terms{Margin: 0.4, Discount: 0.1, Horizon: 12, Unit: 1}, CAC: 20,
	}
	step := 1 // days between first orders; a few dozen histories bend faster
	if customers < 10_000 {
		step = 200
	}
	of := map[clv.History]int32{}
	dice := rand.New(rand.NewPCG(1, 2))
	for i := range customers {
		h := clv.History{X: dice.IntN(9), T: float64(30 + step*dice.IntN(1400/step))}
		if h.X > 0 {
			h.TX = math.Round(h.T * float64(1+dice.IntN(9)) / 10)
		}
		if _, ok := of[h]; !ok {
			of[h] = int32(len(in.Groups))
			in.Groups = append(in.Groups, clv.Group{History: h, N: 1})
		}
		in.Group = append(in.Group, of[h])
		in.Spend = append(in.Spend, 20+float64(dice.IntN(100)))
		in.Customers.Segment = append(in.Customers.Segment, uint8(i%4))
	}
	return in
}

// whatIfSample is the page over a model, with all its work done.
func whatIfSample(t testing.TB, env *Env, m *workspace.WhatIf) *whatIf {
	t.Helper()
	p, _ := NewWhatIf(env).(*whatIf)
	p.Init()
	settle(p, func() tea.Msg { return reply[*workspace.WhatIf]{generation: p.generation, value: m} })
	return p
}

// settle runs a command of a page and all that follow from it, and returns what they
// send to others.
func settle(p Page, cmd tea.Cmd) []tea.Msg {
	if cmd == nil {
		return nil
	}
	switch msg := cmd().(type) {
	case nil:
		return nil
	case tea.BatchMsg:
		var sent []tea.Msg
		for _, c := range msg {
			sent = append(sent, settle(p, c)...)
		}
		return sent
	case OpenPage, OpenOverlay, Notice, Run, GoBack:
		return []tea.Msg{msg}
	default:
		return settle(p, p.Update(msg))
	}
}

// press gives keys to a page as the program does.
func press(p Page, names ...string) []tea.Msg {
	var sent []tea.Msg
	for _, name := range names {
		key := gridKey(name)
		if !Taken(p, key) {
			if id, ok := p.Keys().Match(key); ok {
				sent = append(sent, settle(p, p.Do(id))...)
				continue
			}
		}
		sent = append(sent, settle(p, p.Update(key))...)
	}
	return sent
}

// whatIfSamples are the page in its states.
func whatIfSamples(t testing.TB, env *Env) map[string]Page {
	t.Helper()
	m := sampleWhatIf(t, 400)
	moved := whatIfSample(t, env, m)
	press(moved, "l", "down", "down", "down", "l", "L")
	settle(moved, moved.Do(cmdTakeScope+"At Risk"))
	press(moved, "8", "5", "%", "enter", "tab")
	typing := whatIfSample(t, env, m)
	press(typing, "down", "down", "3", "5")
	waiting, _ := NewWhatIf(env).(*whatIf)
	waiting.Init()
	waiting.meter.Tell(workspace.Progress{Step: "reading customers", Share: 0.4})
	start := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	waiting.Update(Tick{At: start})
	waiting.Update(Tick{At: start.Add(2 * time.Second)})
	refused, _ := NewWhatIf(env).(*whatIf)
	refused.Init()
	answered(refused, &refused.inquiry, (*workspace.WhatIf)(nil), fmt.Errorf("no model: %w", &workspace.NoAnswerError{}))
	failed, _ := NewWhatIf(env).(*whatIf)
	failed.Init()
	answered(failed, &failed.inquiry, (*workspace.WhatIf)(nil), errors.New("the file is gone"))
	grid := newWhatIfGrid(env, m, whatif.Scenario{}, whatif.Everyone)
	settle(grid, grid.Init())
	mouth := whatIfSample(t, env, chainedWhatIf(t, 400))
	press(mouth, "up", "end")
	for mouth.lever() != whatif.Theta {
		press(mouth, "up")
	}
	press(mouth, "0", ".", "8", "enter", "up", "4", "0", "%", "enter", "down")
	return map[string]Page{
		"whatif-mouth": mouth, "whatif-customers": whatIfCustomersSample(t, env, moved),
		"whatif": whatIfSample(t, env, m), "whatif-moved": moved, "whatif-typing": typing, "whatif-waiting": waiting,
		"whatif-refused": refused, "whatif-failed": failed, "whatif-grid": grid,
	}
}

// shown is what a page shows.
func shown(p Page, w, h int) string { return screen.Text(p.View(w, h), w, h) }

// TestWhatIfMoves gives keys to the sliders and looks at the scenario.
func TestWhatIfMoves(t *testing.T) {
	m := sampleWhatIf(t, 300)
	env := sampleEnv(t)
	margin := []string{"down", "down"}
	for _, tt := range []struct {
		name string
		keys []string
		want string // what is set
	}{
		{"up", append(margin, "l"), "margin = 41 %"},
		{"down", append(margin, "h", "h"), "margin = 38 %"},
		{"a large step", append(margin, "+"), "margin = 45 %"},
		{"large steps", append(margin, "H", "-"), "margin = 30 %"},
		{"back to the baseline", append(margin, "l", "h"), ""},
		{"typed", append(margin, "3", "5", "enter"), "margin = 35 %"},
		{"typed points", append(margin, "=", "+", "3", "p", "t", "enter"), "margin = +3 pt"},
		{"typed and left", append(margin, "3", "5", "esc"), ""},
		{"typed, then down", append(margin, "3", "5", "%", "down", "l"), "margin = 35 %; retention"},
		{"out of bounds", append(margin, "3", "5", "0", "enter", "esc"), ""},
		{"reset", append(margin, "l", "x"), ""},
		{"undone", append(margin, "l", "l", "up", "l", "u"), "margin = 42 %"},
		{"slides are undone together", append(margin, "l", "l", "l", "u"), ""},
		{"redone", append(margin, "l", "u", "U"), "margin = 41 %"},
		{"everything reset", append(margin, "l", "up", "l", "X"), ""},
	} {
		p := whatIfSample(t, env, m)
		press(p, tt.keys...)
		var got []string
		for _, o := range p.history.Now().Settings() {
			got = append(got, settingText(o))
		}
		if text := strings.Join(got, "; "); !strings.HasPrefix(text, tt.want) || tt.want == "" && text != "" {
			t.Errorf("%s: set is %q, want %q", tt.name, text, tt.want)
		}
	}
}

// TestWhatIfShowsWhatItComesTo moves a slider and compares the screen with the model.
func TestWhatIfShowsWhatItComesTo(t *testing.T) {
	p := whatIfSample(t, sampleEnv(t), sampleWhatIf(t, 400))
	press(p, "down", "down", "4", "4", "%", "enter") // a tenth more margin
	text := shown(p, 120, 37)
	for _, want := range []string{"40 % → 44 %", "+10.0 %", "not saved *", "next 12 mo · discount 10 % · net revenue EUR", "CLV median", "What matters most"} {
		if !strings.Contains(text, want) {
			t.Errorf("the screen does not show %q:\n%s", want, text)
		}
	}
	press(p, "down", "l", "l", "l")
	if text = shown(p, 120, 37); !strings.Contains(text, "Retention is reached by one factor, ×0.") || !strings.Contains(text, "dropout parameter a") {
		t.Errorf("how retention is reached is not said:\n%s", text)
	}
}

// TestWhatIfOverrides sets a lever for a segment, lists it and takes it away.
func TestWhatIfOverrides(t *testing.T) {
	p := whatIfSample(t, sampleEnv(t), sampleWhatIf(t, 300))
	settle(p, p.Do(cmdTakeScope+"At Risk"))
	press(p, "down", "down", "l")
	text := shown(p, 120, 37)
	if !strings.Contains(text, "for At Risk") || !strings.Contains(text, "margin         ◆") || !strings.Contains(text, "At Risk: margin") {
		t.Errorf("an override is not seen:\n%s", text)
	}
	if p.result.Segments[2].Change() <= 0 || p.result.Segments[0].Change() != 0 {
		t.Errorf("the override changes %+v", p.result.Segments)
	}
	settle(p, p.Do(cmdTakeScope))
	if text := shown(p, 120, 37); !strings.Contains(text, "margin         ◇") {
		t.Errorf("everyone's slider does not tell of the override:\n%s", text)
	}
	sent := settle(p, p.Do(cmdOverrides))
	if open, ok := sent[0].(OpenOverlay); !ok || !strings.Contains(screen.Text(open.Overlay.View(80, 24, p.env.Theme), 80, 24), "At Risk: margin = 41 %") {
		t.Errorf("the list of what is set is %v", sent)
	}
	settle(p, p.Do(cmdRemove+"At Risk\x00margin"))
	if !p.history.Now().IsBaseline() || p.Reason(cmdOverrides) == "" {
		t.Error("the override is still there")
	}
}

// TestWhatIfMouse clicks, drags and turns the wheel over a slider.
func TestWhatIfMouse(t *testing.T) {
	p := whatIfSample(t, sampleEnv(t), sampleWhatIf(t, 300))
	p.View(120, 37)
	at, _ := p.tiles.of(paneSliders)
	from := at.x + 1
	for p.sliders.ValueAt(2, from-at.x-1) < 0 { // where the track of margin crosses 0
		from++
	}
	value := func() float64 { a, _ := p.standing(whatif.Margin); return a.At }
	settle(p, p.Update(tea.MouseClickMsg{X: from, Y: at.y + 3, Button: tea.MouseLeft}))
	if v := value(); math.Abs(v) > 0.1 || p.sliders.Cursor != 2 {
		t.Errorf("a click moves the margin to %v, the cursor to %d", v, p.sliders.Cursor)
	}
	settle(p, p.Update(tea.MouseMotionMsg{X: 500, Y: -3, Button: tea.MouseLeft}))
	if v := value(); v != 1 {
		t.Errorf("dragged to the end the margin is %v", v)
	}
	settle(p, p.Update(tea.MouseReleaseMsg{}))
	settle(p, p.Update(tea.MouseMotionMsg{X: 0, Y: 3, Button: tea.MouseLeft}))
	if v := value(); v != 1 {
		t.Errorf("after letting go the margin moves to %v", v)
	}
	settle(p, p.Update(Wheel{X: from, Y: at.y + 3, Lines: 6}))
	if v := value(); math.Abs(v-0.98) > 1e-9 {
		t.Errorf("two notches down make it %v", v)
	}
	settle(p, p.Update(tea.MouseClickMsg{X: at.x + at.w + 5, Y: 20, Button: tea.MouseLeft}))
	if p.pane != paneScopes {
		t.Error("a click does not choose the segments")
	}
}

// TestWhatIfWorksOffTheLoop holds a retention slider down: one bend is under way at a
// time, the last scenario is the one that counts, and what is late is dropped.
func TestWhatIfWorksOffTheLoop(t *testing.T) {
	p := whatIfSample(t, sampleEnv(t), sampleWhatIf(t, 300))
	press(p, "down", "down", "down")
	var cmds []tea.Cmd
	for range 50 {
		if cmd := p.Do(cmdMore); cmd != nil {
			cmds = append(cmds, cmd)
		}
	}
	if len(cmds) != 1 || p.valued || p.Busy() != "bending curves" {
		t.Fatalf("%d commands, busy with %q", len(cmds), p.Busy())
	}
	at, _ := p.standing(whatif.Retention)
	settle(p, cmds[0])
	now, _ := p.standing(whatif.Retention)
	if !p.valued || p.Busy() != "" || math.Abs(p.result.Total.Scenario.Retention-at.At) > 1e-6 || now.At != at.At {
		t.Errorf("in the end retention is %v, the slider at %v", p.result.Total.Scenario.Retention, at.At)
	}
	p.Do(cmdLess)
	if !p.Cancel() || p.Busy() != "" {
		t.Error("bending cannot be cancelled")
	}
	if text := shown(p, 120, 37); !strings.Contains(text, "what is shown is from") {
		t.Errorf("that it was stopped is not said:\n%s", text)
	}
	settle(p, p.Do(cmdLess))
	if !p.valued {
		t.Error("after a stop the next move is not worked out")
	}
}

// TestWhatIfStaysBounded holds keys down for a minute's worth of events, over all levers.
func TestWhatIfStaysBounded(t *testing.T) {
	p := whatIfSample(t, sampleEnv(t), chainedWhatIf(t, 200))
	finite := func() {
		t.Helper()
		for _, l := range append([]whatif.Line{p.result.Total}, p.result.Segments...) {
			for _, v := range []float64{l.Scenario.Value, l.Scenario.Mean, l.Scenario.Retention, l.Scenario.Gross, l.Scenario.Orders, l.Scenario.AOV} {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatalf("%v at %+v", v, p.history.Now())
				}
			}
		}
		if p.problem != nil {
			t.Fatal(p.problem)
		}
	}
	for _, id := range []string{cmdMuchMore, cmdMuchLess, cmdMore} {
		p.Do(keys.First)
		for range whatif.Levers {
			var waiting []tea.Cmd
			for i := range 150 { // as many as a held key sends in five seconds
				waiting = append(waiting, p.Do(id))
				if i%75 == 74 {
					settle(p, tea.Batch(waiting...))
					waiting = nil
				}
			}
			finite()
			at, _ := p.standing(p.lever())
			if at.At < at.Low-1e-9 || at.At > at.High+1e-9 {
				t.Errorf("%s stands at %v, beyond %v to %v", at.Lever, at.At, at.Low, at.High)
			}
			requireFilled(t, "held down", p.View(120, 37), 120, 37)
			p.Do(keys.Down)
		}
	}
}

// TestWhatIfSwitchesMode keeps the scenario, and says how to get back from a refusal.
func TestWhatIfSwitchesMode(t *testing.T) {
	p := whatIfSample(t, sampleEnv(t), sampleWhatIf(t, 200))
	press(p, "down", "down", "l")
	p.Do(cmdSwitchMode)
	answered(p, &p.inquiry, (*workspace.WhatIf)(nil), fmt.Errorf("too short: %w", &workspace.NoAnswerError{}))
	if text := shown(p, 80, 21); p.mode != whatif.ModeFormula || !strings.Contains(text, "f goes to the fitted model") {
		t.Errorf("the refusal does not say how to go on:\n%s", text)
	}
	if p.Reason(cmdSwitchMode) != "" || p.Reason(cmdSaveScenario) == "" {
		t.Error("without a model only the mode can be switched")
	}
	p.Do(cmdSwitchMode)
	settle(p, func() tea.Msg { return reply[*workspace.WhatIf]{generation: p.generation, value: sampleWhatIf(t, 200)} })
	if len(p.history.Now().Settings()) != 1 || p.result.Total.Change() <= 0 {
		t.Error("the scenario is lost with the mode")
	}
}

// TestWhatIfSavesAndCompares saves scenarios, compares, loads, renames and deletes them.
func TestWhatIfSavesAndCompares(t *testing.T) {
	ws, err := workspace.Open(context.Background(), "", workspace.Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ws.Close(); err != nil {
			t.Error(err)
		}
	})
	env := sampleEnv(t)
	env.Workspace = ws
	p := whatIfSample(t, env, sampleWhatIf(t, 200))
	press(p, "down", "down", "l")
	save := func(name string) []tea.Msg { return settle(p, p.Do(cmdSaveAs+name)) }
	save("summer save")
	if text := shown(p, 120, 37); !strings.Contains(text, " summer save ") || strings.Contains(text, "summer save *") {
		t.Errorf("the name is not shown:\n%s", text)
	}
	press(p, "l")
	if text := shown(p, 120, 37); !strings.Contains(text, "summer save *") {
		t.Errorf("a change is not marked:\n%s", text)
	}
	save("summer save") // its own name needs no question
	p.saved.Name = ""
	sent := save("summer save")
	if open, ok := sent[0].(OpenOverlay); !ok || !strings.Contains(screen.Text(open.Overlay.View(80, 24, env.Theme), 80, 24), "Replace it?") {
		t.Fatalf("another scenario is replaced without a question: %v", sent)
	}
	settle(p, p.Do(cmdReplaceScenario+"summer save"))
	settle(p, p.Do(cmdBaseline))
	save("nothing")
	sent = settle(p, p.Do(cmdScenarios))
	open, _ := sent[0].(OpenOverlay)
	dialog, ok := open.Overlay.(*savedDialog)
	if !ok {
		t.Fatalf("the scenarios are not listed: %v", sent)
	}
	if text := screen.Text(dialog.View(100, 24, env.Theme), 100, 24); !strings.Contains(text, "summer save") || !strings.Contains(text, "+5.0 %") || !strings.Contains(text, "by bg-nbd · as of 2026-10-31") {
		t.Errorf("the comparison shows\n%s", text)
	}
	dialog.Key(gridKey("down"))
	run, closed := dialog.Key(gridKey("enter"))
	settle(p, p.Do(sentBy(run).(Run).ID))
	if !closed || p.saved.Name != "summer save" || math.Abs(p.result.Total.Scenario.Value/p.result.Total.Baseline.Value-1.05) > 1e-9 {
		t.Errorf("loaded is %+v", p.scenario())
	}
	settle(p, p.Do(cmdRenameScenario+"summer save\x00autumn"))
	if p.saved.Name != "autumn" {
		t.Errorf("after renaming it is called %q", p.saved.Name)
	}
	if _, closed := dialog.Key(gridKey("d")); closed || !dialog.armed {
		t.Error("one d deletes")
	}
	settle(p, p.Do(cmdDeleteScenario+"autumn"))
	if left, err := ws.Scenarios(context.Background()); err != nil || len(left) != 1 {
		t.Errorf("left are %v, %v", left, err)
	}
	if sent := settle(p, p.Do(cmdDeleteScenario+"autumn")); len(sent) != 1 || !sent[0].(Notice).Bad {
		t.Errorf("deleting what is gone says %v", sent)
	}
}

// TestWhatIfGridOfTwoInputs turns through inputs and reads a cell.
func TestWhatIfGridOfTwoInputs(t *testing.T) {
	m := sampleWhatIf(t, 300)
	p, _ := newWhatIfGrid(sampleEnv(t), m, whatif.Scenario{}, whatif.Everyone).(*whatIfGrid)
	settle(p, p.Init())
	if note := p.cellNote(); !strings.Contains(note, "(=)") {
		t.Errorf("the cursor is not where the scenario stands: %s", note)
	}
	seen := map[whatif.Lever]bool{}
	for range whatif.Levers {
		settle(p, p.Do(cmdRows))
		if p.err != nil {
			t.Fatal(p.err)
		}
		seen[p.rows] = true
	}
	if seen[whatif.Frequency] || !seen[whatif.Upkeep] || !seen[whatif.Lifetime] {
		t.Errorf("the inputs down are %v", seen)
	}
	p.Do(cmdShares)
	requireFilled(t, "equity", p.View(80, 21), 80, 21)
}

// BenchmarkWhatIfKey presses a key on a page over a million customers and draws it.
func BenchmarkWhatIfKey(b *testing.B) {
	env := sampleEnv(b)
	p := whatIfSample(b, env, sampleWhatIf(b, 1_000_000))
	for _, lever := range []whatif.Lever{whatif.Frequency, whatif.Margin, whatif.Horizon, whatif.Retention} {
		p.sliders.Cursor = int(lever)
		for _, id := range []string{cmdMore} {
			b.Run(lever.String(), func(b *testing.B) {
				for b.Loop() {
					p.Do(id)
					p.View(200, 57)
				}
			})
		}
		settle(p, p.Do(cmdBaseline))
	}
}
