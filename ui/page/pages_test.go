package page

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/screen"
	"worth/ui/theme"
	"worth/ui/widget"
)

// sentBy runs a command and returns its message, nil for no command.
func sentBy(cmd tea.Cmd) tea.Msg {
	if cmd == nil {
		return nil
	}
	return cmd()
}

// TestOverviewMoves gives commands to the overview and looks at its cursors.
func TestOverviewMoves(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   []string
		pane int
		want func(p *overview) int
		at   int
	}{
		{"down the segments", []string{keys.Down, keys.Down}, paneSegments, func(p *overview) int { return p.list.Cursor }, 2},
		{"to the last", []string{keys.Last, keys.Up}, paneSegments, func(p *overview) int { return p.list.Cursor }, 10},
		{"stops at the end", []string{keys.Last, keys.Down}, paneSegments, func(p *overview) int { return p.list.Cursor }, 11},
		{"months begin at the last", []string{keys.NextPane, keys.Left}, paneRevenue, func(p *overview) int { return p.chart.Cursor }, 28},
		{"curve begins at the best fifth", []string{keys.NextPane, keys.NextPane, keys.Right}, paneCurve, func(p *overview) int { return p.curve.Cursor }, 21},
		{"back round", []string{keys.PreviousPane, keys.PreviousPane}, paneCurve, func(p *overview) int { return p.curve.Cursor }, 20},
	} {
		p := overviewSample(t, sampleEnv(t))
		for _, id := range tt.do {
			if cmd := p.Do(id); cmd != nil {
				t.Errorf("%s: %s sends %v", tt.name, id, cmd())
			}
		}
		if got := tt.want(p); got != tt.at || p.pane != tt.pane {
			t.Errorf("%s: pane %d at %d, want pane %d at %d", tt.name, p.pane, got, tt.pane, tt.at)
		}
	}
}

// TestOverviewKeepsItsPlace asks anew and finds the cursor on the same segment,
// although it stands elsewhere.
func TestOverviewKeepsItsPlace(t *testing.T) {
	p := overviewSample(t, sampleEnv(t))
	p.Do(keys.Down)
	p.Do(keys.NextPane)
	p.Do(keys.First)
	next := sampleOverview()
	slices.Reverse(next.segments)
	p.Init()
	answered(p, &p.inquiry, next, nil)
	if got := p.data.segments[p.list.Cursor].Segment; got != "Loyal" {
		t.Errorf("the cursor is on %s", got)
	}
	if p.chart.Cursor != 0 {
		t.Errorf("the month is %d", p.chart.Cursor)
	}
}

// TestRepliesCount drops late replies, and keeps the answer before when the
// reader stops the next one.
func TestRepliesCount(t *testing.T) {
	p := overviewSample(t, sampleEnv(t))
	late := p.generation
	p.Init()
	p.Update(reply[overviewData]{generation: late, err: errors.New("late")})
	if p.err != nil || p.Busy() == "" {
		t.Errorf("a late reply is taken: %v", p.err)
	}
	if !p.Cancel() || p.Cancel() || p.Busy() != "cancelling…" {
		t.Error("a question is cancelled once")
	}
	answered(p, &p.inquiry, overviewData{}, context.Canceled)
	if text := screen.Text(p.View(80, 21), 80, 21); !strings.Contains(text, "Champions") || p.Busy() != "" {
		t.Errorf("the answer before is gone:\n%s", text)
	}
	p.Init()
	answered(p, &p.inquiry, overviewData{}, errors.New("the file is gone"))
	if text := screen.Text(p.View(80, 21), 80, 21); !strings.Contains(text, "the file is gone") || !strings.Contains(text, "r tries again") {
		t.Errorf("an error is not said:\n%s", text)
	}
}

func TestDrillsFromWhatIsUnderTheCursor(t *testing.T) {
	env := sampleEnv(t)
	over := overviewSample(t, env)
	over.Do(keys.Last)
	seg := segmentsSample(t, env)
	heat := segmentsSample(t, env)
	heat.Do(keys.NextPane)
	for name, tt := range map[string]struct {
		p     Page
		title string
	}{"overview": {over, workspace.Unmatched}, "segments": {seg, "Champions"}, "cell": {heat, "R 5, F 1"}} {
		open, ok := sentBy(tt.p.Do(keys.Open)).(OpenPage)
		if !ok || !strings.Contains(open.Page.Title(), tt.title) {
			t.Errorf("%s opens %v", name, open.Page)
			continue
		}
		open.Page.Close()
	}
	for range 4 {
		seg.Do(keys.Down)
	}
	if seg.Reason(keys.Open) == "" { // Promising is empty
		t.Error("an empty segment can be opened")
	}
	heat.Do(keys.Right)
	if heat.Reason(keys.Open) == "" { // nobody has F 2
		t.Error("an empty cell can be opened")
	}
}

func TestClicksSelectThenOpen(t *testing.T) {
	p := segmentsSample(t, sampleEnv(t))
	p.View(150, 37)
	click := func(x, y int) tea.Msg { return sentBy(p.Update(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})) }
	if msg := click(5, 4); msg != nil || p.list.Cursor != 2 {
		t.Errorf("the first click sends %v, the cursor is at %d", msg, p.list.Cursor)
	}
	if open, ok := click(5, 4).(OpenPage); !ok {
		t.Error("the second click opens nothing")
	} else {
		open.Page.Close()
	}
	heat, _ := p.tiles.at(140, 5)
	if msg := click(140, 5); msg != nil || p.pane != paneHeat || heat.pane != paneHeat || p.heat.Col != 4 {
		t.Errorf("a click on the heat map sends %v, pane %d, column %d", msg, p.pane, p.heat.Col)
	}
	p.Update(Wheel{X: 5, Y: 5, Lines: 3})
	if p.list.Cursor != 5 {
		t.Errorf("the wheel moves to %d", p.list.Cursor)
	}
}

// TestScoreRanges writes coinciding cut-points as scores nobody has.
func TestScoreRanges(t *testing.T) {
	if got, want := upwardRanges([]float64{1, 1, 2, 4}), []string{"≤ 1", "–", "≤ 2", "≤ 4", "> 4"}; !slices.Equal(got, want) {
		t.Errorf("frequency: %v, want %v", got, want)
	}
	if got, want := recencyRanges([]float64{30, 90, 90, 365}), []string{"≥ 365", "< 365", "–", "< 90", "< 30"}; !slices.Equal(got, want) {
		t.Errorf("recency: %v, want %v", got, want)
	}
	if got := upwardRanges(nil); len(got) != 1 {
		t.Errorf("without cut-points: %v", got)
	}
}

func TestCutPointForm(t *testing.T) {
	p := segmentsSample(t, sampleEnv(t))
	p.Do(cmdCuts)
	if !p.Capture() || p.form.Value(fieldR) != "30  90  180  365" {
		t.Fatalf("the form shows %q", p.form.Value(fieldR))
	}
	p.form.SetValue(fieldR, "10 20 thirty")
	if msg := sentBy(p.Update(gridKey("enter"))); msg != nil {
		t.Errorf("letters are applied: %v", msg)
	}
	p.form.SetValue(fieldR, "10 20 30")
	if n, ok := sentBy(p.Update(gridKey("enter"))).(Notice); !ok || !n.Bad {
		t.Error("three cut-points beside four are applied")
	}
	p.form.SetValue(fieldR, "10 20 30 40")
	apply, ok := sentBy(p.Update(gridKey("enter"))).(ApplySettings)
	if !ok || !apply.Settings.Cuts.Frozen || !slices.Equal(apply.Settings.Cuts.R, []float64{10, 20, 30, 40}) {
		t.Fatalf("sends %+v", apply)
	}
	if cuts := apply.Settings.Cuts; cuts.FMode != "quantile" || cuts.RMode != "fixed" || !slices.Equal(cuts.F, []float64{1, 1, 2, 4}) {
		t.Errorf("untouched quantiles become %+v", cuts)
	}
	p.Update(gridKey("esc"))
	if p.Capture() {
		t.Error("Esc stays in the form")
	}
	froze, ok := sentBy(p.Do(cmdFreeze)).(ApplySettings)
	if !ok || froze.Settings.Cuts == nil || !froze.Settings.Cuts.Frozen {
		t.Errorf("F sends %+v", froze)
	}
}

func TestSettingsAreRead(t *testing.T) {
	env := sampleEnv(t)
	d, _ := NewSettings(env).(*settings)
	for key, value := range map[string]string{
		setAsOf: "2025-06-30", setZone: "Europe/Berlin", setCurrency: " usd", setBasis: "margin", setMargin: "35%", setWindow: "12",
		setScheme: "metals", setMonetary: "average", setMerge: "true", setSkipZero: "true",
	} {
		if !d.form.SetValue(key, value) {
			t.Errorf("there is no field %s", key)
		}
	}
	apply, ok := sentBy(d.apply()).(ApplySettings)
	want := workspace.Settings{
		AsOf: time.Date(2025, 6, 30, 0, 0, 0, 0, time.UTC), TimeZone: "Europe/Berlin", Currency: "USD", Basis: workspace.Margin, MarginRate: 0.35,
		Window: 12, Scheme: "metals", Monetary: workspace.AverageSpend, MergeSameDay: true, SkipZero: true,
	}
	if !ok || apply.Settings != want {
		t.Errorf("sends %+v", apply)
	}
	for key, value := range map[string]string{setAsOf: "30.6.", setZone: "Mars/Base", setMargin: "x", setWindow: "-1"} {
		d, _ := NewSettings(env).(*settings)
		d.form.SetValue(key, value)
		if d.apply() != nil {
			t.Errorf("%s = %s is applied", key, value)
		}
	}
}

func TestShares(t *testing.T) {
	for text, want := range map[string]float64{"": 0, "35%": 0.35, " 35 %": 0.35, "0.2": 0.2, "-10%": -0.1} {
		if got, err := parseRate(text); err != nil || got != want {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"35", "NaN", "a", "120%", "%"} {
		if got, err := parseRate(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}

// TestMappingAsks answers a question about a file that waits to be loaded.
func TestMappingAsks(t *testing.T) {
	file := sampleFiles()[0]
	file.Mapping = file.Mapping[:3]
	file.Questions = []workspace.Question{{Field: "amount", Candidates: []string{"Note"}, Needed: true, Reason: "no amount was found"}}
	request := &workspace.LoadRequest{Sources: []string{file.File, "/data/more.csv"}}
	d, _ := NewMapping(sampleEnv(t), file, request, workspace.ReadOptions{}).(*mapping)
	if cmd, closed := d.Key(gridKey("ctrl+s")); cmd != nil || closed {
		t.Fatal("a file is loaded without what it needs")
	}
	d.Key(gridKey("right")) // the first candidate
	cmd, closed := d.Key(gridKey("ctrl+s"))
	again, ok := sentBy(cmd).(LoadFiles)
	if !ok || !closed || len(again.Request.Sources) != 2 || request.MapFile != nil {
		t.Fatalf("sends %+v, closed %v", again, closed)
	}
	answer := again.Request.MapFile[file.File]
	if answer["amount"] != "Note" || answer["order_id"] != "InvoiceNo" || answer["kind"] != "orders" || answer["coupon"] != "" {
		t.Errorf("the answer is %v", answer)
	}
}

// TestMappingReadsAnotherWay corrects how a loaded file is read: all files are read
// again, and of its columns only what was changed is said.
func TestMappingReadsAnotherWay(t *testing.T) {
	file := sampleFiles()[0]
	file.Member = "orders.csv"
	file.Questions = []workspace.Question{{Field: "amount", Needed: true, Reason: "no amount was found"}}
	d, _ := NewMapping(sampleEnv(t), file, nil, workspace.ReadOptions{DateOrder: "dmy"}).(*mapping)
	for i, f := range d.form.Fields {
		if f.Key == readEncoding {
			d.form.Cursor = i
		}
	}
	d.Key(gridKey("right"))
	d.Key(gridKey("right"))
	cmd, closed := d.Key(gridKey("ctrl+s"))
	again, ok := sentBy(cmd).(LoadFiles)
	if !ok || !closed || !again.Request.Replay {
		t.Fatalf("sends %+v, closed %v", again, closed)
	}
	want := workspace.ReadOptions{Encoding: workspace.Encodings()[1], DateOrder: "dmy"}
	if got := again.Request.Read[file.File]; got != want {
		t.Errorf("the file is read as %+v", got)
	}
	if got := again.Request.MapFile; len(got) != 0 {
		t.Errorf("columns of another reading are kept: %v", got)
	}
}

// TestMappingKeepsAnswersOfOtherKinds goes through the kinds and back.
func TestMappingKeepsAnswersOfOtherKinds(t *testing.T) {
	d, _ := NewMapping(sampleEnv(t), sampleFiles()[0], nil, workspace.ReadOptions{}).(*mapping)
	before := d.form.Values()
	d.form.Cursor = 0
	for range workspace.Kinds() {
		d.Key(gridKey("right"))
	}
	if after := d.form.Values(); after["ordered_at"] != before["ordered_at"] || d.kind != "orders" {
		t.Errorf("kind %s: %v, before %v", d.kind, after["ordered_at"], before["ordered_at"])
	}
}

func TestLoadAsksAndReports(t *testing.T) {
	env := sampleEnv(t)
	p := loadingSample(t, env)
	if p.Reason(cmdAdd) == "" {
		t.Error("files can be added while files are loaded")
	}
	sent := answered(p, &p.inquiry, workspace.LoadReport{}, &workspace.NeedsAnswerError{File: sampleFiles()[0]})
	if _, ok := sent[0].(OpenOverlay); !ok || p.Reason(cmdMapping) != "" {
		t.Errorf("a question is not asked: %v", sent)
	}
	if _, ok := sentBy(p.Do(cmdMapping)).(OpenOverlay); !ok {
		t.Error("Enter does not ask again")
	}
	p = loadingSample(t, env)
	sent = answered(p, &p.inquiry, workspace.LoadReport{Files: sampleFiles(), Orders: 3}, nil)
	if loaded, ok := sent[0].(Loaded); !ok || loaded.Report.Orders != 3 || p.meter != nil {
		t.Errorf("a load ends in %v", sent)
	}
	p.Do(keys.Down)
	if p.Reason(cmdRejected) == "" {
		t.Error("a file without rejected rows shows some")
	}
	p.Do(keys.Up)
	if p.Reason(cmdRejected) != "" {
		t.Error("rejected rows cannot be shown")
	}
	open, ok := sentBy(p.Do(cmdRejected)).(OpenPage)
	if !ok {
		t.Fatal("rejected rows are not opened")
	}
	open.Page.Close()
}

func TestStartMarksAndLoads(t *testing.T) {
	p := startSample(t, sampleEnv(t))
	if open := sentBy(p.Update(gridKey("enter"))); open == nil {
		t.Error("Enter does nothing")
	}
	for range 3 {
		p.Update(gridKey("down"))
	}
	p.Update(gridKey("space"))
	p.Update(gridKey("space"))
	load, ok := sentBy(p.Update(gridKey("enter"))).(LoadFiles)
	if want := []string{"/data/customers.csv", "/data/orders.csv"}; !ok || !slices.Equal(load.Request.Sources, want) {
		t.Errorf("loads %v", load.Request.Sources)
	}
	p.Update(gridKey("space")) // on the last, which is marked
	if !slices.Equal(p.marked, []string{"/data/customers.csv"}) {
		t.Errorf("marked: %v", p.marked)
	}
	if _, ok := sentBy(p.Update(gridKey("esc"))).(GoBack); !ok {
		t.Error("Esc does not go back")
	}
	p.Update(picked{"/data/shop.worth.duckdb", true})
	if open, ok := sentBy(p.Update(picked{"/data/shop.worth.duckdb", true})).(OpenWorkspace); !ok || open.Path == "" {
		t.Error("a workspace is not opened")
	}
}

func TestReadDirSaysWhatIsWrong(t *testing.T) {
	if got := readDir(t.TempDir() + "/none"); got.Err == nil || !strings.Contains(got.Err.Error(), "cannot be read") {
		t.Errorf("a missing folder gives %+v", got)
	}
}

func TestPaletteSaysWhyNot(t *testing.T) {
	d := NewPalette(theme.NoColor(), []widget.Command{{ID: "a", Title: "one"}, {ID: "b", Title: "two", Disabled: "nothing is loaded"}})
	cmd, closed := d.Key(gridKey("enter"))
	if run, ok := sentBy(cmd).(Run); !ok || run.ID != "a" || !closed {
		t.Errorf("Enter sends %v", sentBy(cmd))
	}
	d.Key(gridKey("down"))
	cmd, closed = d.Key(gridKey("enter"))
	if n, ok := sentBy(cmd).(Notice); !ok || closed || !strings.Contains(n.Text, "nothing is loaded") {
		t.Errorf("a command that cannot be used sends %v", sentBy(cmd))
	}
}

// TestTilesCoverThePage divides pages of all sizes.
func TestTilesCoverThePage(t *testing.T) {
	for i := range 80 {
		w, h := i*11%90+1, i*7%40+1
		covered := 0
		division := tiled(w, h, []int{w / 3}, []share{{1, 5}, {pane: 2}, {pane: 3}}, []share{{pane: 4}, {5, 9}})
		for _, column := range division {
			for _, at := range column {
				covered += at.w * at.h
				if hit, ok := division.at(at.x, at.y); at.w > 0 && at.h > 0 && (!ok || hit.pane != at.pane) {
					t.Errorf("%d×%d: a click in pane %d hits %v", w, h, at.pane, hit)
				}
			}
		}
		if covered != w*h && h >= 9 {
			t.Errorf("%d×%d: %d cells are covered", w, h, covered)
		}
	}
}

func TestScrolledStopsAtTheEnds(t *testing.T) {
	var s scrolled
	lines := strings.Split("a b c d e", " ")
	for _, tt := range []struct {
		by   int
		want string
		more bool
	}{{0, "a\nb", true}, {1, "b\nc", true}, {far, "d\ne", false}, {-far, "a\nb", true}} {
		s.scroll(tt.by)
		if got := s.view(lines, 1, 2); got != tt.want || s.more() != tt.more {
			t.Errorf("after %d: %q, more %v", tt.by, got, s.more())
		}
	}
}

// An empty workspace has no last order whose day could be hinted at.
func TestSettingsOfAnEmptyWorkspace(t *testing.T) {
	day := time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)
	for hint, header := range map[string]workspace.Header{"": {}, "2026-10-31": {AsOf: day}} {
		if got := settingFields(workspace.Settings{}, header)[0].Hint; got != hint {
			t.Errorf("as of %v the hint is %q", header.AsOf, got)
		}
	}
}
